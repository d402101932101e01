"""What is true of every plan that is followed, and of every plan that ends."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.errors import InvalidValueError
from delinquency.restructuring import ArrearsSpread, Forgiveness
from delinquency.restructuring.following import (
    PlanState,
    PromiseToPay,
    RowState,
    follow_plan,
    reinstate,
)
from tests.restructuring.test_laws import (
    POLICY,
    done_or_refused,
    loans,
    measures,
    plan_of,
    shares,
)
from tests.strategies_internal import MANY, MOST

NAMES = ("principal", "interest", "fees", "penalty")
RANK = {RowState.BROKEN: 0, RowState.PENDING: 1, RowState.LATE: 2, RowState.KEPT: 3}


@st.composite
def plans(draw, of=measures):
    """A loan and a plan that it can have: of the measures that are drawn the first ones that are accepted."""
    account = draw(loans())
    chosen = draw(st.lists(of, min_size=1, max_size=3))
    after = draw(st.integers(0, 120))
    for count in range(len(chosen), 0, -1):
        with suppress(InvalidValueError):
            done = done_or_refused(account, plan_of(account, chosen[:count], after))
            if done is not None and done.rows_after:
                return done
    done = done_or_refused(account, plan_of(account, [ArrearsSpread()], 0))
    assume(done is not None and done.rows_after)
    return done


def day_of(done, days: int) -> date:
    return done.plan.effective_on + timedelta(days=days)


@st.composite
def paid_since(draw, done) -> list[dq.Payment]:
    """Payments of some days since a plan: parts of rows, whole rows, or more."""
    asked = [row.after.total for row in done.schedule_rows if row.after]
    amounts = st.one_of(st.sampled_from(asked), st.integers(1, 20_000).map(Decimal))
    rows = st.tuples(st.integers(0, 200), amounts)
    return [
        dq.Payment(day_of(done, days), amount) for days, amount in draw(st.lists(rows, max_size=5))
    ]


def rounded(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal("0.01"))


@MOST
@given(st.data(), plans(), st.integers(0, 260))
def test_nothing_broken_is_open_exactly_when_nothing_is_past_due(data, done, days) -> None:
    """Law: rows broken and open, and what was left past due, are what days past due count - at any close."""
    paid = data.draw(paid_since(done))
    as_of = day_of(done, days)
    told = follow_plan(done, paid, as_of=as_of, policy=POLICY)
    beside = [
        place
        for place, debt in enumerate(told.ledger.obligations)
        if debt.kind and any(told.ledger.open_rows[place])
    ]
    assume(not beside)
    late = dq.days_past_due(told.account, as_of=as_of, policy=POLICY)
    open_breaches = [row for row in told.rows if row.broken_on and row.shortfall]
    assert (late == 0) == (not open_breaches and not told.left_past_due.total)
    if open_breaches and not told.left_past_due.total:
        assert late == max(row.days_late for row in open_breaches)


@MOST
@given(plans())
def test_what_the_plan_asks_is_what_the_ledger_has_open(done) -> None:
    """Law: before any payment each row is open in full, part by part, and so is what was left past due."""
    told = follow_plan(done, [], as_of=done.plan.effective_on, policy=POLICY)
    for row in told.rows:
        assert row.open == row.asked
        assert row.in_time == 0
    assert told.left_past_due == done.arrears_after


@MANY
@given(st.data(), plans(), st.integers(0, 120))
def test_a_plan_is_broken_exactly_when_some_close_was_past_due(data, done, days) -> None:
    """Law: with no tolerance a row is broken on the first close at which days past due are above 0."""
    assume(not done.arrears_after.total and not any(done.draft_after.beside))
    paid = data.draw(paid_since(done))
    told = follow_plan(done, paid, as_of=day_of(done, days), policy=POLICY)
    first = next(
        (
            day_of(done, day)
            for day in range(days + 1)
            if dq.days_past_due(told.account, as_of=day_of(done, day), policy=POLICY)
        ),
        None,
    )
    assert first == (None if told.breach is None else told.breach.on)


@MOST
@given(st.data(), plans(), st.integers(0, 260), st.integers(0, 5))
def test_a_payment_more_makes_no_row_worse(data, done, days, tolerance) -> None:
    """Law: money that is added, on whatever day, makes the state of no row and of no promise worse."""
    paid = data.draw(paid_since(done))
    more = dq.Payment(day_of(done, data.draw(st.integers(0, 260))), data.draw(st.integers(1, 9999)))
    as_of = day_of(done, days)
    promises = [
        PromiseToPay(day_of(done, made), day_of(done, made + wait), amount)
        for made, wait, amount in data.draw(
            st.lists(
                st.tuples(st.integers(0, days), st.integers(1, 60), st.integers(1, 9000)),
                max_size=3,
                unique_by=lambda each: (each[0], each[0] + each[1]),
            )
        )
    ]
    before, after = (
        follow_plan(
            done, each, as_of=as_of, policy=POLICY, tolerance_days=tolerance, promises=promises
        )
        for each in (paid, [*paid, more])
    )
    for old, new in zip(before.rows, after.rows, strict=True):
        assert RANK[new.state] >= RANK[old.state]
        assert new.shortfall <= old.shortfall
        assert new.in_time >= old.in_time
    assert sum(each.received for each in after.promises) >= sum(
        each.received for each in before.promises
    )


@MOST
@given(plans())
def test_a_plan_paid_row_by_row_is_kept_and_completed(done) -> None:
    """Law: each row paid on its due date, and what was left past due at once, leaves nothing broken or open."""
    rows = [row for row in done.schedule_rows if row.after]
    first = done.plan.effective_on
    told = follow_plan(done, [], as_of=first, policy=POLICY)
    paid = [dq.Payment(row.due_date, row.after.total) for row in rows]
    if told.left_past_due.total:
        paid.append(dq.Payment(first, told.left_past_due.total))
    beside = [charge for charge in done.after.charges if charge in done.before.charges]
    assume(all(charge.due_date < first for charge in beside))
    told = follow_plan(done, paid, as_of=rows[-1].due_date, policy=POLICY)
    assert told.state is PlanState.COMPLETED
    assert {row.state for row in told.rows} == {RowState.KEPT}
    assert told.shortfall == 0
    for row in rows[:-1]:
        assert follow_plan(done, paid, as_of=row.due_date, policy=POLICY).breach is None


@MOST
@given(st.data(), plans(), st.integers(1, 260))
def test_what_comes_back_adds_up(data, done, days) -> None:
    """Law: before + accrued - paid - given up = owed; money is conserved, and the ledger owes the same."""
    paid = data.draw(paid_since(done))
    on = day_of(done, days)
    back = back_or_refused(done, paid, on)
    if back is None:
        return
    for name in NAMES:
        before, accrued, settled, gone, owed = (
            getattr(each, name)
            for each in (back.debt_before, back.accrued, back.paid, back.given_up, back.owed)
        )
        assert before + accrued - settled - gone == owed, name
        assert before == getattr(done.debt_before, name), name
        assert accrued >= 0, name
    assert back.accrued.principal == back.accrued.fees == back.accrued.penalty == 0
    put = sum((each.amount for each in paid if each.value_date < on), Decimal(0))
    assert back.paid.total + back.unallocated == rounded(put)
    told = dq.breakdown(without_later(back.account, on), as_of=on, policy=POLICY)
    for name in NAMES:
        parts = sum(getattr(each, name) for each in (told.past_due, told.due, told.not_due))
        if name != "interest":
            assert parts == getattr(back.owed, name) - held(back, name), name
    if not back.unallocated:
        assert told.past_due == dq.breakdown(back.account, as_of=on, policy=POLICY).past_due or any(
            each.value_date == on for each in paid
        )
        assert told.past_due.interest == back.past_due.interest
        rows = sum(row.interest for row in back.account.schedule if in_force(row, on))
        assert rows >= told.past_due.interest


def without_later(account: dq.Account, on: date) -> dq.Account:
    return attrs.evolve(
        account, payments=[each for each in account.payments if each.value_date < on]
    )


def in_force(row: dq.Instalment, on: date) -> bool:
    return (row.in_force_from or date.min) <= on < (row.in_force_until or date.max)


def held(back, name: str) -> Decimal:
    """What held money settles of a component on the day itself."""
    if not back.unallocated:
        return Decimal(0)
    ledger = dq.replay(without_later(back.account, back.on), as_of=back.on, policy=POLICY)
    column = NAMES.index(name)
    day = ledger.as_of_day
    settled = sum(row[3] for row in ledger.settled_rows if row[0] == day and row[2] == column)
    return Decimal(settled) / 100


def back_or_refused(done, paid, on: date):
    """Old terms that came back; ``None`` where they are refused, and then for one of three reasons."""
    refused = ""
    try:
        return reinstate(done, paid, on=on, policy=POLICY, ground="agreed")
    except InvalidValueError as error:
        refused = str(error)
    reasons = ("is not completed", "is owed", "changed something")
    assert any(reason in refused for reason in reasons), refused
    return None


@MANY
@given(plans(), st.integers(1, 60))
def test_old_terms_with_nothing_paid_and_nothing_given_up_for_good_are_as_before(
    done, days
) -> None:
    """Law: the account owes, part by part, what it would without the plan, and is as many days past due.

    But for penalty that the plan moved: it stands in the parts of the plan, or falls due on the day.
    """
    assume(not done.waived.total and not done.forgiven.total)
    assume(not done.spread.penalty and not done.capitalised.penalty)
    on = day_of(done, days)
    back = back_or_refused(done, [], on)
    if back is None:
        return
    same(back, done, on)


def same(back, done, on: date) -> None:
    then, now = (dq.assess(each, as_of=on, policy=POLICY) for each in (done.before, back.account))
    assert now.days_past_due == then.days_past_due
    assert now.arrears == then.arrears
    assert now.exposure == then.exposure
    told = [dq.breakdown(each, as_of=on, policy=POLICY) for each in (done.before, back.account)]
    assert (told[0].past_due, told[0].due) == (told[1].past_due, told[1].due)
    assert told[0].not_due == told[1].not_due


@MANY
@given(
    plans(
        of=st.builds(
            Forgiveness,
            st.sampled_from([dq.Component.PRINCIPAL, dq.Component.INTEREST]),
            share=shares,
            on_completion=st.just(True),
        )
    ),
    st.integers(1, 60),
)
def test_what_was_given_up_on_completion_comes_back_whole(done, days) -> None:
    """Law: everything conditional, nothing paid: exactly what was owed before."""
    on = day_of(done, days)
    assume(done.forgiven.total and not done.spread.total)
    back = reinstate(done, [], on=on, policy=POLICY, ground="agreed")
    assert back.given_up.total == 0
    assert back.come_back == done.forgiven
    same(back, done, on)


@MANY
@given(st.data(), plans(), st.integers(1, 200))
def test_days_before_the_old_terms_come_back_are_as_they_were(data, done, days) -> None:
    """Law: what was answered of a day before is answered again."""
    paid = data.draw(paid_since(done))
    on = day_of(done, days)
    back = back_or_refused(done, paid, on)
    if back is None:
        return
    for each in {0, days // 2, days - 1}:
        day = day_of(done, each)
        before = follow_plan(done, paid, as_of=day, policy=POLICY).account
        told = [dq.assess(account, as_of=day, policy=POLICY) for account in (before, back.account)]
        assert told[0].days_past_due == told[1].days_past_due
        assert told[0].arrears == told[1].arrears
        assert told[0].exposure == told[1].exposure
