"""What is observed of an account: every definition at its boundary, in histories made by hand."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency.early_warning.observing.month_periods import history_periods
from delinquency.restructuring.following import PromiseToPay
from tests.card_strategies import CNY
from tests.equivalence.books import draw_account

POLICY = dq.rulebook.load("founding-report")
RECOVERY = dq.PaymentKind.RECOVERY
BEGAN = date(2025, 1, 10)
DUES = (date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31))


def loan(*payments: dq.Payment, **more: Any) -> dq.Account:
    rows = [dq.Instalment(day, Decimal("90"), Decimal("10")) for day in DUES]
    made = {"schedule": dq.Schedule(CNY, rows), **more}
    return dq.Account(account_id="A-1", originated_on=BEGAN, payments=payments, **made)


def paid(day: date, amount: str, **more: Any) -> dq.Payment:
    return dq.Payment(day, Decimal(amount), **more)


def seen_of(account: dq.Account, as_of: date = DUES[2], **more: Any) -> dict[str, Any]:
    more.setdefault("periods", 4)
    return dict(dq.observe(account, as_of=as_of, policy=POLICY, **more).numbers)


def test_what_ends_before_the_account_began_is_unknown_and_the_month_of_its_beginning_is_told() -> (
    None
):
    seen = seen_of(loan())
    assert all(column[0] is None for column in seen.values())
    known = {name for name, column in seen.items() if column[1] is not None}
    # Of the first month: no bucket before it, the first payment is not decided, and it was never late.
    never = {"months_since_past_due", "months_since_30_days_past_due"}
    assert set(seen) - known == {"rolled_forward", "first_payment_default", *never}


def test_days_and_amounts_are_those_of_assess_at_each_end_as_known_then() -> None:
    late_news = paid(date(2025, 2, 3), "100", recorded_on=date(2025, 3, 5))
    account = loan(late_news, paid(date(2025, 3, 31), "100"))
    seen = dq.observe(account, as_of=DUES[2], policy=POLICY, periods=3)
    for place, end in enumerate(seen.dates):
        told = dq.assess(account, as_of=end, policy=POLICY, known_on=end)
        assert seen.numbers["days_past_due"][place] == told.days_past_due
        assert seen.numbers["delinquent_days"][place] == told.delinquent_days
        assert seen.value("arrears", end) == told.arrears
        assert seen.value("exposure", end) == told.exposure
    assert seen.numbers["days_past_due"] == (0, 28, 0)


def test_with_a_day_of_knowledge_a_late_record_restates_the_past() -> None:
    account = loan(paid(date(2025, 2, 3), "100", recorded_on=date(2025, 3, 5)))
    for known_on, expected in (
        (None, (0, 0, 0)),
        (date(2025, 3, 4), (0, 0, 0)),
        (date(2025, 3, 5), (0, 10_000, 0)),
    ):
        seen = seen_of(account, periods=3, known_on=known_on)
        assert seen["amount_paid"] == expected, known_on


def test_the_last_day_of_a_period_belongs_to_it_and_the_day_before_its_first_does_not() -> None:
    account = loan(paid(date(2025, 1, 31), "60"), paid(date(2025, 2, 1), "40"))
    seen = seen_of(account, periods=3)
    assert seen["amount_paid"] == (6_000, 4_000, 0)
    assert seen["amount_due"] == (10_000, 10_000, 10_000)
    assert seen["payment_ratio"] == (600_000, 400_000, 0)
    early = seen_of(account, as_of=date(2025, 2, 27), periods=1)
    assert early["amount_due"] == (10_000,)
    assert seen_of(account, as_of=date(2025, 1, 30), periods=1)["amount_due"] == (0,)


def test_where_nothing_fell_due_the_ratio_is_unknown() -> None:
    seen = seen_of(loan(paid(date(2025, 4, 30), "5")), as_of=date(2025, 4, 30), periods=1)
    assert seen["amount_due"] == (0,)
    assert seen["amount_paid"] == (500,)
    assert seen["payment_ratio"] == (None,)


@pytest.mark.parametrize(
    ("amount", "partial"), [("100", 0), ("99.99", 1), ("0.01", 1), ("100.01", 0)]
)
def test_a_part_payment_is_more_than_nothing_and_less_than_the_whole(
    amount: str, partial: int
) -> None:
    account = loan(paid(date(2025, 1, 31), amount))
    assert seen_of(account, periods=3)["part_paid_instalments"][0] == partial


def test_an_instalment_completed_after_its_period_stays_a_part_payment_of_it() -> None:
    account = loan(paid(date(2025, 1, 31), "50"), paid(date(2025, 2, 28), "50"))
    # By the end of February the first instalment is whole and nothing is paid of the second.
    assert seen_of(account, periods=3)["part_paid_instalments"] == (1, 0, 0)


def test_a_payment_taken_back_stands_until_its_reversal() -> None:
    account = loan(paid(date(2025, 1, 31), "100", reversed_on=date(2025, 2, 28)))
    seen = seen_of(account, periods=3)
    assert seen["amount_paid"] == (10_000, 0, 0)
    assert seen["payments_reversed"] == (0, 1, 0)
    assert seen["days_past_due"] == (0, 28, 59)
    next_day = loan(paid(date(2025, 1, 31), "100", reversed_on=date(2025, 3, 1)))
    assert seen_of(next_day, periods=3)["payments_reversed"] == (0, 0, 1)


@pytest.mark.parametrize(("day", "thirty"), [(1, (None, None, None)), (2, (None, 0, 1))])
def test_months_since_thirty_days_past_due_begin_on_the_thirtieth(day: int, thirty: Any) -> None:
    """Due on 31 January; 29 and 30 days past due at the close of 1 and 2 March, and paid after it."""
    account = loan(paid(date(2025, 3, 3), "300"))
    ends = [date(2025, 1, 31), date(2025, 3, day), date(2025, 3, 31)]
    seen = seen_of(account, dates=ends)
    assert seen["days_past_due"] == (0, 28 + day, 0)
    assert seen["months_since_30_days_past_due"] == thirty
    assert seen["months_since_past_due"] == (None, 0, 1)


def test_months_since_reach_as_far_back_as_the_periods_that_are_told() -> None:
    """Late at the end of February alone; of who never was, nobody tells a number."""
    account = loan(paid(date(2025, 2, 1), "50"), paid(date(2025, 3, 1), "250"))
    asked: dict[str, Any] = {"as_of": date(2025, 5, 31)}
    assert seen_of(account, periods=5, **asked)["months_since_past_due"] == (None, 0, 1, 2, 3)
    assert seen_of(account, periods=4, **asked)["months_since_past_due"] == (0, 1, 2, 3)
    assert seen_of(account, periods=3, **asked)["months_since_past_due"] == (None, None, None)
    prompt = loan(paid(BEGAN, "300"))
    assert seen_of(prompt, periods=12, **asked)["months_since_past_due"] == (None,) * 12


def test_months_since_past_due_are_those_of_each_end_as_it_was_known_then() -> None:
    """Money of January that is recorded in March: late in February as it was known, and never as known since."""
    news = paid(date(2025, 1, 31), "300", recorded_on=date(2025, 3, 5))
    account = loan(news)
    assert seen_of(account, periods=3)["months_since_past_due"] == (None, 0, 1)
    later = seen_of(account, periods=3, known_on=date(2025, 3, 5))
    assert later["months_since_past_due"] == (None, None, None)


def test_days_since_payment_count_from_the_beginning_until_money_comes() -> None:
    account = loan(paid(date(2025, 2, 27), "1"))
    assert seen_of(account, periods=3)["days_since_payment"] == (21, 1, 32)


def test_months_on_book_are_whole_months() -> None:
    assert seen_of(loan(), as_of=date(2025, 3, 9), periods=1)["months_on_book"] == (1,)
    assert seen_of(loan(), as_of=date(2025, 3, 10), periods=1)["months_on_book"] == (2,)


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2025, 3, 1), None),  # the 29th day after 31 January
        (date(2025, 3, 2), 1),
        (date(2025, 12, 31), 1),
    ],
)
def test_first_payment_default_is_decided_at_the_close_of_the_thirtieth_day(
    on: date, expected: int | None
) -> None:
    assert seen_of(loan(), as_of=on, periods=1)["first_payment_default"] == (expected,)


@pytest.mark.parametrize(
    ("day", "amount", "expected"),
    [
        (date(2025, 3, 2), "100", 0),
        (date(2025, 3, 3), "100", 1),
        (date(2025, 3, 2), "99.99", 1),
    ],
)
def test_the_first_payment_must_be_whole_by_the_thirtieth_day(
    day: date, amount: str, expected: int
) -> None:
    seen = seen_of(loan(paid(day, amount)), periods=1)
    assert seen["first_payment_default"] == (expected,)


def test_a_first_payment_taken_back_later_was_never_made() -> None:
    account = loan(paid(date(2025, 1, 31), "100", reversed_on=date(2025, 3, 20)))
    seen = seen_of(
        account, periods=2, dates=[date(2025, 3, 19), date(2025, 3, 20)], as_of=date(2025, 3, 20)
    )
    assert seen["first_payment_default"] == (0, 1)


def test_a_first_row_that_asks_for_nothing_is_not_the_first_instalment() -> None:
    rows = [dq.Instalment(date(2025, 1, 31)), dq.Instalment(DUES[1], Decimal("90"))]
    account = loan(schedule=dq.Schedule(CNY, rows))
    assert seen_of(account, as_of=date(2025, 3, 29), periods=1)["first_payment_default"] == (None,)
    assert seen_of(account, as_of=date(2025, 3, 30), periods=1)["first_payment_default"] == (1,)


@pytest.mark.parametrize(
    ("events", "payments", "expected"),
    [
        ([dq.WriteOff(date(2025, 2, 20))], [], 1),
        # Before the first instalment fell due, and only a part of what is owed.
        ([dq.WriteOff(date(2025, 1, 20))], [], 1),
        (
            [dq.WriteOff(date(2025, 2, 20), dq.Component.INTEREST)],
            [paid(date(2025, 2, 1), "90")],
            1,
        ),
        # Paid before it, and recovered in time and too late.
        ([dq.WriteOff(date(2025, 2, 20))], [paid(date(2025, 1, 31), "100")], 0),
        ([dq.WriteOff(date(2025, 2, 20))], [paid(date(2025, 3, 2), "370", kind=RECOVERY)], 0),
        ([dq.WriteOff(date(2025, 2, 20))], [paid(date(2025, 3, 3), "370", kind=RECOVERY)], 1),
    ],
)
def test_what_was_written_off_was_not_paid(
    events: list[Any], payments: list[dq.Payment], expected: int
) -> None:
    account = loan(*payments, events=events)
    assert seen_of(account, periods=1)["first_payment_default"] == (expected,)
    other = attrs.evolve(loan(), account_id="A-2")
    book = dq.portfolio.Portfolio.from_accounts([account, other])
    panel = dq.portfolio.observe(book, as_of=DUES[2], policy=POLICY, periods=1)
    assert panel.account(0).numbers["first_payment_default"] == (expected,)


def test_of_what_was_written_off_nobody_knows_how_late_it_is() -> None:
    account = loan(events=[dq.WriteOff(date(2025, 3, 15))])
    seen = seen_of(account, as_of=date(2025, 4, 30), periods=4)
    assert seen["days_past_due"] == (0, 28, None, None)
    assert seen["arrears"] == (0, 10_000, None, None)
    assert seen["exposure"][2:] == (None, None)
    assert seen["rolled_forward"] == (None, 1, None, None)
    book = dq.portfolio.Portfolio.from_accounts([account, attrs.evolve(loan(), account_id="A-2")])
    panel = dq.portfolio.observe(book, as_of=date(2025, 4, 30), policy=POLICY, periods=4)
    for name in ("days_past_due", "arrears", "exposure", "rolled_forward"):
        assert panel.account(0).numbers[name] == seen[name], name


def test_rolled_forward_says_a_worse_bucket_and_nothing_where_it_stays() -> None:
    # 1-30 at the end of February, 31-60 at the end of March, 61-90 at the end of April, then paid.
    account = loan(paid(date(2025, 5, 20), "300"))
    seen = seen_of(account, as_of=date(2025, 6, 30), periods=6)
    assert seen["days_past_due"] == (0, 28, 59, 89, 0, 0)
    assert seen["rolled_forward"] == (None, 1, 1, 1, 0, 0)


def test_a_charge_falls_due_with_its_own_day_and_a_waiver_takes_it_back() -> None:
    fee = dq.Charge("F-1", dq.Component.FEES, Decimal("15"), date(2025, 2, 10))
    waived = dq.Waiver(date(2025, 2, 20), dq.Component.FEES)
    assert seen_of(loan(charges=[fee]), periods=3)["amount_due"] == (10_000, 11_500, 10_000)
    seen = seen_of(loan(charges=[fee], events=[waived]), periods=3)
    assert seen["amount_due"] == (10_000, 10_000, 10_000)
    later = dq.Waiver(date(2025, 3, 1), dq.Component.FEES)
    seen = seen_of(loan(charges=[fee], events=[later]), periods=3)
    assert seen["amount_due"] == (10_000, 11_500, 10_000)


def test_a_row_that_another_took_the_place_of_fell_due_only_if_its_day_came_first() -> None:
    change = date(2025, 2, 28)
    old = dq.Instalment(DUES[0], Decimal("100"), in_force_until=change)
    gone = dq.Instalment(DUES[1], Decimal("100"), in_force_until=change)
    new = dq.Instalment(DUES[2], Decimal("200"), in_force_from=change)
    account = loan(paid(date(2025, 2, 1), "40"), schedule=dq.Schedule(CNY, [old, gone, new]))
    seen = seen_of(account, periods=3)
    assert seen["amount_due"] == (10_000, 0, 20_000)
    in_january = loan(paid(DUES[0], "40"), schedule=account.schedule)
    assert seen_of(in_january, as_of=date(2025, 3, 30), periods=2)["part_paid_instalments"] == (
        1,
        0,
    )


def test_promises_are_broken_on_the_day_after_theirs() -> None:
    promise = PromiseToPay(date(2025, 2, 1), date(2025, 2, 27), Decimal("50"))
    for day, amount, expected in (
        (date(2025, 2, 27), "50", (0, 0, 0)),
        (date(2025, 2, 27), "49.99", (0, 1, 0)),
        (date(2025, 2, 28), "50", (0, 1, 0)),
    ):
        seen = seen_of(loan(paid(day, amount)), periods=3, promises=[promise])
        assert seen["broken_promises"] == expected, (day, amount)
    at_the_end = PromiseToPay(date(2025, 2, 1), date(2025, 2, 28), Decimal("50"))
    assert seen_of(loan(), periods=3, promises=[at_the_end])["broken_promises"] == (0, 0, 1)


def test_no_promises_given_is_not_none_made() -> None:
    assert "broken_promises" not in seen_of(loan())
    assert seen_of(loan(), periods=2, promises=[])["broken_promises"] == (0, 0)


def test_months_end_on_the_day_asked_for() -> None:
    ends = [str(each.end) for each in history_periods(date(2025, 4, 30), 3, None, "observe")]
    assert ends == ["2025-02-28", "2025-03-31", "2025-04-30"]
    ends = [str(each.end) for each in history_periods(date(2025, 4, 29), 3, None, "observe")]
    assert ends == ["2025-02-28", "2025-03-29", "2025-04-29"]


def test_of_given_dates_the_first_opens_the_first_period_and_what_is_counted_in_it_is_unknown() -> (
    None
):
    seen = dq.observe(loan(), as_of=DUES[2], policy=POLICY, dates=[DUES[0], DUES[2]])
    assert seen.dates == (DUES[0], DUES[2])
    assert seen.numbers["amount_due"] == (None, 20_000)
    assert seen.numbers["days_past_due"] == (0, 59)
    assert seen.numbers["rolled_forward"] == (None, 1)


def test_before_the_account_began_all_is_unknown() -> None:
    seen = seen_of(loan(), as_of=date(2025, 1, 9))
    assert {number for column in seen.values() for number in column} == {None}
    assert seen_of(loan(), as_of=BEGAN, periods=1)["days_past_due"] == (0,)


@pytest.mark.parametrize("number", range(12))
def test_a_later_fact_changes_no_earlier_observation(number: int) -> None:
    account = draw_account(random.Random(number), number, CNY)
    ends = dq.month_ends(account.originated_on, account.originated_on + timedelta(400))
    earlier, asked = ends[:7], {"policy": POLICY}
    before = dq.observe(account, as_of=earlier[-1], dates=earlier, **asked)
    late_news = dq.Payment(earlier[2], Decimal("77"), recorded_on=earlier[-1] + timedelta(1))
    taken_back = [
        attrs.evolve(each, reversed_on=max(ends[-1], each.value_date))
        if each.reversed_on is None and (each.recorded_on or each.value_date) <= earlier[-1]
        else each
        for each in account.payments
    ]
    more = attrs.evolve(account, payments=(*taken_back, late_news))
    after = dq.observe(more, as_of=ends[-1], dates=ends, **asked)
    assert after.up_to(earlier[-1]) == before


ASKED = {"as_of": DUES[2], "policy": POLICY}


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"as_of": datetime(2025, 3, 31)}, dq.InvalidTypeError, "as_of"),
        ({"as_of": "2025-03-31"}, dq.InvalidTypeError, "as_of"),
        ({"policy": None}, dq.InvalidTypeError, "policy"),
        ({"periods": 0}, dq.InvalidValueError, "from 1 to 600"),
        ({"periods": 601}, dq.InvalidValueError, "from 1 to 600"),
        ({"periods": True}, dq.InvalidTypeError, "periods"),
        ({"dates": []}, dq.InvalidValueError, "at least one date"),
        ({"dates": "2025-03-31"}, dq.InvalidTypeError, "dates"),
        ({"dates": [datetime(2025, 3, 31)]}, dq.InvalidTypeError, "dates 1"),
        ({"dates": [DUES[1], DUES[0], DUES[2]]}, dq.InvalidValueError, "each once"),
        ({"dates": [DUES[2], DUES[2]]}, dq.InvalidValueError, "each once"),
        ({"dates": [DUES[0], DUES[1]]}, dq.InvalidValueError, "as the last date"),
        ({"dates": [DUES[2], date(2025, 4, 30)]}, dq.InvalidValueError, "as the last date"),
        ({"known_on": 3}, dq.InvalidTypeError, "known_on"),
        ({"promises": [3]}, dq.InvalidTypeError, "promise 1"),
        ({"policy": dq.rulebook.load("cn-loan"), "as_of": date(2019, 1, 1)}, None, ""),
    ],
)
def test_bad_input_is_named(change: dict[str, Any], error: Any, words: str) -> None:
    if error is None:
        # No version is asked for on days before the account began.
        assert dq.observe(loan(), **{**ASKED, **change}).numbers["arrears"][-1] is None
        return
    with pytest.raises(error, match=words):
        dq.observe(loan(), **{**ASKED, **change})


def test_a_promise_from_before_the_account_is_refused() -> None:
    with pytest.raises(dq.InvalidValueError, match="promised_on"):
        seen_of(loan(), promises=[PromiseToPay(date(2025, 1, 9), DUES[0], 50)])


def test_what_is_no_account_is_told_which_verb_is_its_own() -> None:
    book = dq.portfolio.Portfolio.from_accounts([loan()])
    with pytest.raises(dq.InvalidTypeError, match=r"delinquency\.portfolio"):
        dq.observe(book, **ASKED)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="expected an Account"):
        dq.observe(None, **ASKED)  # type: ignore[arg-type]
