"""Promises to pay at the boundary of each state, and which money serves which."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring.following import (
    PlanState,
    PromiseState,
    PromiseToPay,
    follow_plan,
)
from tests.restructuring.following.loans import POLICY, paid, spread_plan

MADE, BY = date(2025, 3, 3), date(2025, 3, 10)
PROMISE = PromiseToPay(MADE, BY, 100)


def followed(payments, *promises, as_of=date(2025, 3, 14)):
    return follow_plan(
        spread_plan(), payments, as_of=as_of, policy=POLICY, promises=promises or (PROMISE,)
    )


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (2, PromiseState.BROKEN),
        (3, PromiseState.KEPT),
        (10, PromiseState.KEPT),
        (11, PromiseState.BROKEN),
    ],
)
def test_money_from_the_day_of_the_promise_to_its_own_serves_it(day, state) -> None:
    (told,) = followed(paid((3, day, 100))).promises
    assert told.state is state
    assert told.kept_on == (date(2025, 3, day) if state is PromiseState.KEPT else None)
    assert told.broken_on == (None if state is PromiseState.KEPT else date(2025, 3, 11))


def test_less_than_all_of_it_is_partly_kept_and_breaks_the_plan() -> None:
    told = followed(paid((3, 5, 60), (3, 10, "39.99")))
    (promise,) = told.promises
    assert (promise.state, promise.received) == (PromiseState.PARTLY_KEPT, Decimal("99.99"))
    assert (told.state, told.breach.on) == (PlanState.BROKEN, date(2025, 3, 11))
    assert (told.breach.shortfall, told.breach.promise) == (Decimal("0.01"), promise)
    assert told.breach.row is None


def test_until_the_close_of_its_day_a_promise_is_pending() -> None:
    (told,) = followed(paid((3, 5, 60)), as_of=BY).promises
    assert (told.state, told.shortfall, told.broken_on) == (PromiseState.PENDING, 40, None)
    assert followed([], as_of=BY).state is PlanState.KEPT


def test_promises_are_served_in_order_of_their_days_and_money_serves_one() -> None:
    later = PromiseToPay(date(2025, 3, 2), date(2025, 3, 12), 100)
    told = followed(paid((3, 3, 30), (3, 8, 120)), later, PROMISE).promises
    assert [each.promise for each in told] == [PROMISE, later]
    assert [(each.state, each.received) for each in told] == [
        (PromiseState.KEPT, 100),
        (PromiseState.PARTLY_KEPT, 50),
    ]


def test_the_day_that_makes_it_whole_is_the_day_on_which_it_was_kept() -> None:
    (told,) = followed(paid((3, 5, 60), (3, 9, 60), (3, 10, 60))).promises
    assert (told.kept_on, told.received) == (date(2025, 3, 9), 100)


def test_only_the_debtor_keeps_a_promise_and_only_with_money_that_stands() -> None:
    gift = attrs.evolve(paid((3, 5, 100))[0], kind=dq.PaymentKind.GOODWILL)
    gone = attrs.evolve(paid((3, 5, 100))[0], reversed_on=date(2025, 3, 14))
    for each in (gift, gone):
        assert followed([each]).promises[0].state is PromiseState.BROKEN
    assert followed([gone], as_of=date(2025, 3, 13)).promises[0].state is PromiseState.KEPT


def test_a_promise_that_falls_due_when_nothing_is_owed_any_more_breaks_nothing() -> None:
    """All is paid on the 5th: the promise of 600 by the 10th cannot be kept, and need not be."""
    told = followed(paid((3, 5, 400)), PromiseToPay(MADE, BY, 600))
    assert told.promises[0].state is PromiseState.PARTLY_KEPT
    assert (told.state, told.breaches) == (PlanState.COMPLETED, ())
    assert followed(paid((3, 10, 400)), PromiseToPay(MADE, BY, 600)).breach is None
    told = followed(paid((3, 11, 400)), PromiseToPay(MADE, BY, 600))
    assert (told.state, str(told.breach.on)) == (PlanState.COMPLETED, "2025-03-11")


def test_of_one_day_a_row_is_broken_before_a_promise() -> None:
    promise = PromiseToPay(MADE, date(2025, 3, 15), 100)
    told = followed([], promise, as_of=date(2025, 3, 16))
    assert [breach.row is None for breach in told.breaches] == [False, True]
    assert {breach.on for breach in told.breaches} == {date(2025, 3, 16)}


def test_what_is_no_promise_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a day on or after promised_on"):
        PromiseToPay(MADE, date(2025, 3, 2), 100)
    with pytest.raises(InvalidValueError, match="more than 0"):
        PromiseToPay(MADE, BY, 0)
    with pytest.raises(InvalidTypeError, match="Decimal"):
        PromiseToPay(MADE, BY, 100.0)
    with pytest.raises(InvalidTypeError, match="promised_on"):
        PromiseToPay("2025-03-03", BY, 100)
    with pytest.raises(InvalidTypeError, match="for one promise"):
        follow_plan(spread_plan(), [], as_of=BY, policy=POLICY, promises=PROMISE)
    with pytest.raises(InvalidTypeError, match="promise 1"):
        followed([], 100)
    with pytest.raises(InvalidValueError, match="promise 2: expected one promise of a day"):
        followed([], PROMISE, attrs.evolve(PROMISE, amount=50))
    with pytest.raises(InvalidValueError, match="promised_on: expected a day from"):
        followed([], as_of=date(2025, 3, 2))
    with pytest.raises(
        InvalidValueError, match="promise 1, due_on: expected a day on or after that of"
    ):
        followed([], PromiseToPay(date(2025, 1, 17), date(2025, 2, 28), 100))
    with pytest.raises(InvalidValueError, match="at most 2 decimals"):
        followed([], attrs.evolve(PROMISE, amount=Decimal("0.001")))


def test_the_reasons_say_it_in_both_languages() -> None:
    told = followed(paid((3, 5, 60)))
    assert (
        "  First broken on 2025-03-11: the promise of 2025-03-03 for 2025-03-10 was 40.00 CNY short."
        in str(told).splitlines()
    )
    assert (
        "  2025-03-03 承诺于 2025-03-10 前还款 100.00 CNY：实收 60.00 CNY，少 40.00 CNY。"
        in told.explanation.to_text("zh").splitlines()
    )
