"""What is true of every plan, beside what adds up: of measures one by one, of what is given up, of the way back."""

from __future__ import annotations

import random
from collections import Counter
from copy import deepcopy
from datetime import timedelta
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.dated_rates import rate_on
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Forgiveness,
    PrincipalDeferral,
    Restructured,
    Settlement,
    TermExtension,
)
from delinquency.restructuring.account_reading import read_account
from delinquency.restructuring.applying import apply_measures
from delinquency.restructuring.draft import Draft
from delinquency.restructuring.plan_run import PlanRun
from tests.restructuring.books import HOUSE, NAMES, answers_of_accounts, draw_asked
from tests.restructuring.test_laws import done_or_refused, loans, plan_of, shares
from tests.strategies_internal import MANY

CENT = Decimal("0.01")


def drawn(books: int, seed: int) -> list[Restructured]:
    """What plans did to accounts of any kind, of some drawn books."""
    rng = random.Random(seed)
    answers = [
        one
        for _ in range(books)
        for one in answers_of_accounts(draw_asked(rng)._replace(known_on=None))
    ]
    return [one for one in answers if isinstance(one, Restructured)]


DRAWN = drawn(50, 41)


def without_plan(done: Restructured) -> dq.Account:
    """The account after a plan less the rows, the facts and the charges that the plan put into it."""
    after, before, on = done.after, done.before, done.plan.effective_on
    rows = [
        attrs.evolve(row, in_force_until=None) if row.in_force_until == on else row
        for row in after.schedule
        if row.in_force_from != on
    ]
    events = [each for each in after.events if each in before.events]
    added = [each for each in after.events if each not in before.events]
    assert all(isinstance(each, MADE) for each in added), added
    charges = [each for each in after.charges if not each.charge_id.startswith(f"plan {on}")]
    return attrs.evolve(
        after,
        schedule=dq.Schedule(after.currency, rows),
        events=events,
        charges=[each for each in charges if each in before.charges],
    )


MADE = (dq.Restructuring, dq.Waiver, dq.PenaltyWaiver, dq.Closure, dq.WriteOff)
"""The facts that a plan may put into an account."""


def test_an_account_without_its_plan_is_the_one_before() -> None:
    """Law: nothing is edited: without what the plan put into it the account is as it was, fact by fact."""
    changed = [done for done in DRAWN if done.after != done.before]
    assert len(changed) > 100
    for done in changed:
        assert without_plan(done) == done.before


def test_a_plan_is_in_the_account_after_it_exactly_when_it_did_something() -> None:
    """Law: a plan that moved nothing, and made no row anew, leaves no trace; any other is recorded once."""
    seen: Counter[bool] = Counter()
    for done in DRAWN:
        on = done.plan.effective_on
        moved = bool(done.draft_after.moved) or done.draft_after.is_replanned
        seen[moved] += 1
        if not moved:
            assert done.after == done.before
            assert (
                done.present_value_loss == done.total_cost_change == done.next_payment_change == 0
            )
            continue
        facts = [
            each
            for each in done.after.events
            if isinstance(each, dq.Restructuring) and each.value_date == on
        ]
        assert len(facts) == 1
        assert facts[0].in_difficulty == done.plan.in_difficulty
    assert seen[True] > 100
    assert seen[False] > 5


def test_nothing_is_lost_of_any_account() -> None:
    """Law: by component, after = before - waived - forgiven - capitalised, and what was capitalised is principal."""
    seen: Counter[str] = Counter()
    for done in DRAWN:
        if done.settled.total:
            continue
        for name in NAMES:
            parts = [
                getattr(getattr(done, part), name)
                for part in ("debt_before", "waived", "forgiven", "capitalised", "debt_after")
            ]
            before, waived, forgiven, capitalised, after = parts
            moved = done.capitalised.total if name == "principal" else 0
            assert after == before - waived - forgiven - capitalised + moved, (done.plan, name)
            seen[name] += any(parts[1:4])
    assert all(seen[name] for name in NAMES), seen


def test_what_is_asked_for_is_what_is_owed_without_interest() -> None:
    """Law: principal, fees and penalty of the rows, and of what stays past due, are those of the debt."""
    for done in DRAWN:
        draft = done.draft_after
        interest_added = any(
            getattr(each, "interest", None) is not None for each in done.plan.measures
        )
        if done.settled.total or not draft.dues:
            continue
        for place, name in ((0, "principal"), (2, "fees"), (3, "penalty")):
            rows = sum(row[place + 1] for row in done.rows_after)
            rest = (
                draft.past_due(place) + draft.beside[place] + (draft.unposted if place == 3 else 0)
            )
            if name == "principal" and interest_added:
                assert rows + rest >= draft.owed()[place]
            else:
                assert rows + rest == draft.owed()[place], (done.plan, name)


def one_by_one(done: Restructured) -> Draft:
    """The draft after the measures, each put as a plan of its own to what the one before it left."""
    plan, account = done.plan, done.before
    read = read_account(account, plan, as_of=done.as_of, version=done.policy, known_on=None)
    draft = deepcopy(read.draft)
    rhythm = None
    for measure in plan.measures:
        own = rate_on(read.rates, draft.day)
        run = PlanRun(draft, account.currency, read.dues, own, given=rhythm)
        apply_measures(run, [measure])
        rhythm = run.given
    return draft


def told(draft: Draft) -> dict[str, object]:
    """A draft, its movements without the place of the measure, and not what each step says of interest put off."""
    of_a_step = {"put_off", "waited"}
    kept = [field.name for field in attrs.fields(Draft) if field.name not in of_a_step]
    found: dict[str, object] = {name: getattr(draft, name) for name in kept}
    return {**found, "moved": [each[1:] for each in draft.moved]}


def test_measures_one_by_one_are_the_plan() -> None:
    """Law: a plan is its measures in their order; each alone, to what the one before left, gives the same."""
    met = 0
    for done in DRAWN:
        if len(done.plan.measures) < 2 or not done.draft_before.dues:
            continue
        met += 1
        assert told(one_by_one(done)) == told(done.draft_after)
    assert met > 40


@MANY
@given(loans(), st.integers(0, 60))
def test_measures_that_find_nothing_change_nothing(account, after) -> None:
    """Law: a spread without arrears, and a waiver of nothing, are no plan."""
    plan = plan_of(account, [ArrearsWaiver(), ArrearsSpread()], after)
    done = done_or_refused(account, plan)
    if done is not None and not done.draft_before.past:
        assert done.after == account
        assert (done.present_value_loss, done.total_cost_change) == (0, 0)


GIVEN_UP = st.one_of(
    st.builds(
        Forgiveness, st.sampled_from([dq.Component.PRINCIPAL, dq.Component.INTEREST]), share=shares
    ),
    st.builds(ArrearsWaiver, share=shares),
)


@MANY
@given(loans(), GIVEN_UP, st.integers(0, 200))
def test_whatever_is_given_up_is_lost(account, measure, after) -> None:
    """Law: the loss is what was given up, past due at its face and more where it would have borne interest.

    Rows made anew differ from the old ones by rounding: within a cent a row the loss may be less. Interest that
    was earned and is not due is worth less by what it would have borne up to its due date: within a month at
    9.75 % a year not 1 %.
    """
    done = done_or_refused(account, plan_of(account, [measure], after))
    if done is None:
        return
    given_up = done.waived.total + done.forgiven.total
    rounding = CENT * (len(done.rows_before) + len(done.rows_after) + 2)
    assert done.present_value_loss >= given_up - rounding - given_up * Decimal("0.01")
    if given_up > 2 * rounding:
        assert done.present_value_loss > 0
        assert done.diminished_share.numerator > 0
    if given_up == 0:
        assert abs(done.present_value_loss) <= rounding


@MANY
@given(
    loans(),
    st.integers(1, 24),
    st.integers(0, 40),
    shares,
    st.sampled_from([dq.AmortisationMethod.ANNUITY, dq.AmortisationMethod.EQUAL_PRINCIPAL]),
)
def test_time_that_moves_with_its_interest_is_worth_nothing(
    account, count, after, share, method
) -> None:
    """Law: an extension and a balloon cost the lender nothing, within a cent a row, by either method."""
    given_plan = plan_of(account, [TermExtension(count), PrincipalDeferral(share=share)], after)
    done = done_or_refused(account, attrs.evolve(given_plan, method=method))
    if done is not None:
        rows = len(done.rows_before) + len(done.rows_after) + 2
        assert abs(done.present_value_loss) <= CENT * rows


@MANY
@given(loans(), shares, st.integers(0, 100))
def test_more_given_up_is_more_lost(account, share, after) -> None:
    """Law: of two shares forgiven the greater one is lost more of."""
    losses = []
    for part in (share, dq.Proportion(1, 1)):
        measure = Forgiveness(dq.Component.PRINCIPAL, share=part)
        done = done_or_refused(account, plan_of(account, [measure], after))
        if done is None:
            return
        losses.append((done.forgiven.principal, done.present_value_loss))
    if losses[0][0] < losses[1][0] - 1:
        assert losses[0][1] < losses[1][1]


def test_plans_without_a_settlement_settle_nothing() -> None:
    """Law: what is settled is named by settlements alone."""
    for done in DRAWN:
        has = any(isinstance(each, Settlement) for each in done.plan.measures)
        assert has or done.settled.total == 0


def test_the_answer_is_the_same_whenever_it_is_asked_for() -> None:
    """Law: on a later day, and with a rebuilt account, the same plan gives the same account and figures."""
    met = 0
    for done in DRAWN:
        if done.policy != HOUSE:
            continue
        met += 1
        again = dq.restructure(
            attrs.evolve(done.before),
            done.plan,
            as_of=done.as_of + timedelta(400),
            policy=done.policy,
        )
        assert again.after == done.after
        assert again.value_after == done.value_after
    assert met > 20
