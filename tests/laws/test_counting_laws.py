"""How days move with time, and how the choices of a policy order each other."""

from __future__ import annotations

from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from tests.strategies_internal import (
    FEW,
    MANY,
    accounts,
    closes,
    countings,
    days,
    policies,
    policy_of,
    questions,
)

CHANGE = dq.ScheduleChangeRule
NOT_CONTINUED = st.sampled_from((CHANGE.FOLLOW_NEW, CHANGE.FREEZE))


def count(account, as_of, policy, **changes):
    counting = attrs.evolve(policy.counting, **changes)
    scheme = attrs.evolve(policy.buckets, reads=dq.CountName.DELINQUENT_DAYS)
    changed = attrs.evolve(policy, counting=counting, buckets=scheme)
    return dq.assess(account, as_of=as_of, policy=changed).count


@MANY
@given(
    accounts(plain=True, changed=False),
    policies(tolerance_scope=dq.ToleranceScope.INSTALMENT),
    st.data(),
)
def test_an_account_gets_at_most_one_day_later_a_day(account, policy, data):
    """Law: days past due grow by at most one a day.

    Left out are what restates the past (a reversal, a change of schedule that brings a row of an
    older date) and a tolerance on the account, which lets a whole age appear at once.
    """
    today = data.draw(closes(account))
    before = dq.days_past_due(account, as_of=today, policy=policy)
    after = dq.days_past_due(account, as_of=today + days(1), policy=policy)
    assert after <= before + 1


@MANY
@given(questions(), policies())
def test_delinquent_days_never_exceed_days_past_due(question, policy):
    """Law: 0 <= delinquent <= raw, and both agree where nothing is suspended or graced."""
    account, as_of = question
    counted = dq.assess(account, as_of=as_of, policy=policy).count
    assert 0 <= counted.delinquent_days <= counted.days_past_due
    bare = count(attrs.evolve(account, events=()), as_of, policy, grace_days=0)
    assert bare.delinquent_days == bare.days_past_due == counted.days_past_due


@MANY
@given(questions(), policies())
def test_the_age_of_the_account_is_the_age_of_its_oldest_late_debt(question, policy):
    """Law: without a carried age, the account is as late as the first of its late debts."""
    account, as_of = question
    policy = policy_of(
        attrs.evolve(policy.counting, schedule_change=CHANGE.FOLLOW_NEW), policy.allocation
    )
    answer = dq.assess(account, as_of=as_of, policy=policy)
    ages = [(late.days_past_due, late.delinquent_days) for late in answer.late_instalments]
    assert max(ages, default=(0, 0)) == (answer.days_past_due, answer.delinquent_days)
    assert ages == sorted(ages, reverse=True)
    assert sum(late.open_amount for late in answer.late_instalments) <= answer.arrears
    assert (answer.oldest_due_date is None) == (answer.days_past_due == 0)


@FEW
@given(questions(), policies(schedule_change=CHANGE.FOLLOW_NEW), st.integers(0, 40))
def test_grace_only_takes_away(question, policy, more):
    """Law: grace leaves raw days alone, and more of it is never later.

    A trigger counts what was deducted as soon as anything is left, and nothing before.
    """
    account, as_of = question
    grace = policy.counting.grace_days
    base = count(account, as_of, policy)
    longer = count(account, as_of, policy, grace_days=grace + more)
    assert longer.days_past_due == base.days_past_due
    assert longer.delinquent_days <= base.delinquent_days
    deducted = count(account, as_of, policy, grace_kind=dq.GraceKind.DEDUCTED).delinquent_days
    trigger = count(account, as_of, policy, grace_kind=dq.GraceKind.TRIGGER).delinquent_days
    assert trigger == (deducted + grace if deducted else 0)


@FEW
@given(questions(), policies())
def test_a_suspension_only_takes_away(question, policy):
    """Law: without suspensions the raw days are the same and the delinquent days no fewer."""
    account, as_of = question
    suspended = count(account, as_of, policy)
    running = count(attrs.evolve(account, events=()), as_of, policy)
    assert running.days_past_due == suspended.days_past_due
    assert running.delinquent_days >= suspended.delinquent_days
    assert running.suspended_days == 0


@FEW
@given(questions(), policies(), st.sampled_from((Decimal("0.01"), Decimal(100), Decimal(10_000))))
def test_more_tolerance_is_never_later(question, policy, more):
    """Law: a wider tolerance adds no day and closes no debt."""
    account, as_of = question
    base = count(account, as_of, policy)
    wider = count(account, as_of, policy, tolerance=policy.counting.tolerance + more)
    assert wider.days_past_due <= base.days_past_due
    assert wider.late_count <= base.late_count
    assert wider.arrears == base.arrears


@FEW
@given(questions(), policies(tolerance=0))
def test_a_tolerance_of_nothing_has_no_scope(question, policy):
    """Law: with tolerance 0 both scopes give one answer, and nothing is tolerated."""
    account, as_of = question
    answers = {count(account, as_of, policy, tolerance_scope=scope) for scope in dq.ToleranceScope}
    assert len(answers) == 1
    assert not answers.pop().tolerated


@MANY
@given(accounts(changed=True), policies(), st.data())
def test_carrying_an_age_over_a_change_is_never_milder_than_forgetting_it(account, policy, data):
    """Law: CONTINUE >= FOLLOW_NEW and FREEZE >= FOLLOW_NEW in days; arrears are the same."""
    as_of = data.draw(closes(account))
    new = count(account, as_of, policy, schedule_change=CHANGE.FOLLOW_NEW)
    for rule in (CHANGE.CONTINUE, CHANGE.FREEZE):
        carried = count(account, as_of, policy, schedule_change=rule)
        assert carried.days_past_due >= new.days_past_due
        assert carried.arrears == new.arrears
        longer = carried[:2] != new[:2]
        assert carried.carried == (rule.value if longer else "")
    assert new.carried == ""


@FEW
@given(questions(changed=False), policies())
def test_without_a_change_of_schedule_its_rule_has_no_say(question, policy):
    """Law: the rule for schedule changes matters only where a schedule changed."""
    account, as_of = question
    assert len({count(account, as_of, policy, schedule_change=rule) for rule in CHANGE}) == 1


@FEW
@given(questions(), policies(tolerance=0, schedule_change=CHANGE.FOLLOW_NEW))
def test_counting_from_the_due_date_is_one_day_more(question, policy):
    """Law: who is late under DAY_AFTER_DUE_DATE is exactly one day later under DUE_DATE."""
    account, as_of = question
    after = count(account, as_of, policy, first_day=dq.FirstDay.DAY_AFTER_DUE_DATE)
    on = count(account, as_of, policy, first_day=dq.FirstDay.DUE_DATE)
    if after.days_past_due:
        assert on.days_past_due == after.days_past_due + 1
    else:
        assert on.days_past_due in (0, 1)
    assert on.arrears >= after.arrears


@FEW
@given(questions(), policies(), NOT_CONTINUED)
def test_counting_more_components_is_never_milder(question, policy, rule):
    """Law: what one component keeps open, all of them keep open."""
    account, as_of = question
    some = count(account, as_of, policy, schedule_change=rule)
    every = count(account, as_of, policy, schedule_change=rule, components=tuple(dq.Component))
    assert every.days_past_due >= some.days_past_due
    assert every.arrears >= some.arrears


@MANY
@given(questions(charged=False, changed=False), countings(), st.permutations(list(dq.Component)))
def test_where_totals_decide_the_age_is_read_off_running_sums(question, counting, components):
    """Law: oldest first, everything counted: the oldest debt that the sum paid does not reach.

    Then holding excess until due days changes neither days nor arrears.
    """
    account, as_of = question
    counting = attrs.evolve(counting, components=tuple(dq.Component), tolerance=0)
    answers = set()
    for excess in (dq.Excess.NEXT_INSTALMENT, dq.Excess.HOLD):
        order = dq.AllocationOrder.oldest_first(*components, excess=excess)
        policy = policy_of(counting, order)
        assert dq.settles_by_totals(policy)
        counted = dq.assess(account, as_of=as_of, policy=policy).count
        answers.add((counted.days_past_due, counted.delinquent_days, counted.arrears))
        paid = dq.replay(account, as_of=as_of, policy=policy).paid
        first_late = as_of + days(counting.first_day is dq.FirstDay.DUE_DATE)
        owed, oldest = Decimal(0), None
        for row in account.schedule:
            owed += row.total
            if row.due_date < first_late and owed > paid and row.total and oldest is None:
                oldest = row.due_date
        assert counted.days_past_due == ((first_late - oldest).days if oldest else 0)
    assert len(answers) == 1


@FEW
@given(questions(), policies())
def test_the_bucket_is_the_one_that_holds_the_reading(question, policy):
    """Law: exactly one bucket holds the reading, both ends included, and it is the answer."""
    account, as_of = question
    answer = dq.assess(account, as_of=as_of, policy=policy)
    holding = [
        bucket
        for bucket in policy.buckets
        if bucket.first_day <= answer.reading
        and (bucket.last_day is None or answer.reading <= bucket.last_day)
    ]
    assert holding == [answer.bucket] == [dq.classify(answer.reading, scheme=policy.buckets)]


@FEW
@given(questions(), policies())
def test_every_answer_explains_itself_with_its_own_figures(question, policy):
    """Law: the explanation says what the assessment says, in both languages."""
    account, as_of = question
    answer = dq.assess(account, as_of=as_of, policy=policy)
    why = answer.explanation
    assert why.value == answer.bucket.code
    told = why.find("frozen_days") or why.find("delinquent_days")
    assert told.value == answer.delinquent_days
    assert why.find("arrears").value == answer.arrears
    assert why.find("payments").value == answer.ledger.paid
    reasons = [why.find(rule) for rule in ("days_past_due", "nothing_late", "carried")]
    assert any(reasons)
    assert len(why.to_text().splitlines()) == len(why.to_text(lang="zh").splitlines())
    assert str(answer) == why.sentence()
