"""What paying, splitting, reversing and recording late can and cannot change."""

from __future__ import annotations

from datetime import date

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

import delinquency as dq
from tests.strategies_internal import (
    CNY,
    FEW,
    MANY,
    accounts,
    allocation_orders,
    amounts,
    closes,
    countings,
    days,
    money,
    policies,
    policy_of,
    questions,
)

NOT_CONTINUED = (dq.ScheduleChangeRule.FOLLOW_NEW, dq.ScheduleChangeRule.FREEZE)


def told(account, *, as_of, policy, known_on=None):
    """Everything that an assessment says, as plain values."""
    answer = dq.assess(account, as_of=as_of, policy=policy, known_on=known_on)
    return answer.count, answer.reading, answer.exposure, answer.ledger.entries


@FEW
@given(questions(), policies(), st.data())
def test_splitting_a_payment_within_its_day_changes_nothing(question, policy, data):
    """Law: payments of one value date are one payment."""
    account, as_of = question
    assume(account.payments)
    index = data.draw(st.integers(0, len(account.payments) - 1))
    payment = account.payments[index]
    assume(payment.amount > money(1))
    part = money(data.draw(st.integers(1, int(payment.amount * 100) - 1)))
    parts = (
        attrs.evolve(payment, amount=part),
        attrs.evolve(payment, amount=payment.amount - part),
    )
    rest = account.payments[:index] + account.payments[index + 1 :]
    split = attrs.evolve(account, payments=(*rest, *parts))
    asked = {"as_of": as_of, "policy": policy}
    assert told(split, **asked) == told(account, **asked)


@FEW
@given(questions(), policies(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_given_changes_nothing(question, policy, random):
    """Law: facts are dated; the order in which they are listed has no meaning."""
    account, as_of = question
    shuffled = {}
    for field in ("payments", "charges", "events"):
        facts = list(getattr(account, field))
        random.shuffle(facts)
        shuffled[field] = facts
    asked = {"as_of": as_of, "policy": policy}
    assert told(attrs.evolve(account, **shuffled), **asked) == told(account, **asked)


@MANY
@given(accounts(), allocation_orders(), st.sampled_from(NOT_CONTINUED), st.data())
def test_paying_more_never_makes_an_account_later(account, allocation, rule, data):
    """Law: one more payment never adds a day, a late debt or a cent of arrears.

    It holds for every order of payment, because the order of a day is the same with and without
    the money. It may fail under CONTINUE, where the money that settles debts after a change is
    itself what ends the carried age: see the example below.
    """
    counting = data.draw(countings(schedule_change=rule))
    policy = policy_of(counting, allocation)
    as_of = data.draw(closes(account))
    more = dq.Payment(data.draw(closes(account)), data.draw(amounts(least=1)))
    richer = attrs.evolve(account, payments=(*account.payments, more))
    before = dq.assess(account, as_of=as_of, policy=policy)
    after = dq.assess(richer, as_of=as_of, policy=policy)
    assert after.days_past_due <= before.days_past_due
    assert after.delinquent_days <= before.delinquent_days
    assert after.arrears <= before.arrears
    assert after.exposure <= before.exposure
    assert after.count.late_count <= before.count.late_count


@FEW
@given(questions(), policies(), amounts(least=1), st.integers(1, 400))
def test_money_that_comes_after_the_close_is_not_seen(question, policy, amount, later):
    """Law: a payment after ``as_of`` changes nothing, on whatever day it was recorded."""
    account, as_of = question
    future = dq.Payment(as_of + days(later), amount, recorded_on=as_of - days(1))
    asked = {"as_of": as_of, "policy": policy}
    richer = attrs.evolve(account, payments=(*account.payments, future))
    assert told(richer, **asked) == told(account, **asked)


@FEW
@given(questions(), policies(), amounts(least=1), st.data())
def test_a_reversed_payment_was_never_made(question, policy, amount, data):
    """Law: from the day of the reversal on, the answer is that of an account without it.

    With ``known_on`` before the reversal the payment still counts.
    """
    account, as_of = question
    paid_on = data.draw(closes(account))
    assume(paid_on <= as_of)
    reversed_on = paid_on + days(data.draw(st.integers(0, (as_of - paid_on).days)))
    payment = dq.Payment(paid_on, amount, reversed_on=reversed_on)
    bounced = attrs.evolve(account, payments=(*account.payments, payment))
    stood = attrs.evolve(
        account, payments=(*account.payments, attrs.evolve(payment, reversed_on=None))
    )
    assert told(bounced, as_of=as_of, policy=policy) == told(account, as_of=as_of, policy=policy)
    known = {"as_of": as_of, "policy": policy, "known_on": reversed_on - days(1)}
    assert told(bounced, **known) == told(stood, **known)


@FEW
@given(questions(plain=True), policies())
def test_books_kept_in_time_know_what_happened(question, policy):
    """Law: if every fact is recorded on its day, ``known_on=as_of`` changes nothing."""
    account, as_of = question
    asked = {"as_of": as_of, "policy": policy}
    assert told(account, **asked, known_on=as_of) == told(account, **asked)


@FEW
@given(accounts(), policies(), st.data())
def test_what_was_answered_then_does_not_depend_on_what_came_later(account, policy, data):
    """Law: with ``known_on``, facts recorded later and reversals made later leave no trace."""
    known_on = data.draw(closes(account))
    as_of = data.draw(closes(account))
    then = attrs.evolve(
        account,
        payments=[
            attrs.evolve(
                payment,
                reversed_on=payment.reversed_on
                if payment.reversed_on and payment.reversed_on <= known_on
                else None,
            )
            for payment in account.payments
            if (payment.recorded_on or payment.value_date) <= known_on
        ],
        charges=[c for c in account.charges if (c.recorded_on or c.due_date) <= known_on],
        events=[e for e in account.events if (e.recorded_on or e.start) <= known_on],
    )
    asked = {"as_of": as_of, "policy": policy, "known_on": known_on}
    now, before = told(account, **asked), told(then, **asked)
    # The place of a debt among the obligations is not a figure of the account.
    assert now[0]._replace(oldest_obligation=0) == before[0]._replace(oldest_obligation=0)
    assert now[1:] == before[1:]


def test_under_continue_a_fee_paid_early_can_keep_a_carried_age_alive():
    """The exception to the law that paying more never makes an account later."""
    change = date(2025, 3, 1)
    schedule = dq.Schedule(
        CNY,
        [
            dq.Instalment(date(2025, 1, 10), 100, in_force_until=change),
            dq.Instalment(date(2025, 3, 31), fees=10),
            dq.Instalment(date(2025, 12, 31), 95, in_force_from=change),
        ],
    )
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2025, 1, 1),
        schedule=schedule,
        payments=[dq.Payment(date(2025, 3, 10), 110)],
    )
    states = (dq.DueState.IN_ADVANCE, dq.DueState.PAST_DUE, dq.DueState.DUE)
    parts = (
        dq.Component.FEES,
        dq.Component.PRINCIPAL,
        dq.Component.INTEREST,
        dq.Component.PENALTY,
    )
    steps = [dq.AllocationStep(state, part) for part in parts for state in states]
    policy = policy_of(
        dq.Counting(schedule_change=dq.ScheduleChangeRule.CONTINUE),
        dq.AllocationOrder(steps, dq.AllocationGrain.COMPONENT_FIRST),
    )
    early = attrs.evolve(account, payments=[*account.payments, dq.Payment(date(2025, 2, 1), 10)])
    as_of = date(2025, 3, 20)
    assert dq.days_past_due(account, as_of=as_of, policy=policy) == 0
    assert dq.days_past_due(early, as_of=as_of, policy=policy) == 69
