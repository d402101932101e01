"""On which days a late fee is charged: the day before, on and after each boundary."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
from delinquency import late_fees
from delinquency.calendar import LAST_DAY, day_number, to_date
from delinquency.late_fees import EveryDays, EveryMonths, assessment_days, fee_due_day

USD = dq.Currency.of("USD")
TERMS = late_fees.LateFeeTerms(name="late", amount=late_fees.FlatFee(15), currency=USD)


def number(day: date) -> int:
    return day_number(day, where="test", field="day")


def dates(terms, due: date, until: date) -> list[date]:
    return [to_date(day) for day in assessment_days(terms, number(due), number(until))]


def test_without_days_to_wait_the_fee_is_charged_on_the_first_late_day():
    due = date(2025, 9, 25)
    assert dates(TERMS, due, date(2025, 9, 26)) == []
    assert dates(TERMS, due, date(2025, 9, 27)) == [date(2025, 9, 26)]


@pytest.mark.parametrize(("wait_days", "first"), [(0, 26), (1, 27), (3, 29)])
def test_a_debt_is_unpaid_for_more_than_the_days_to_wait(wait_days, first):
    terms = attrs.evolve(TERMS, wait_days=wait_days)
    assert dates(terms, date(2025, 9, 25), date(2025, 9, first)) == []
    assert dates(terms, date(2025, 9, 25), date(2025, 9, first + 1)) == [date(2025, 9, first)]


def test_a_debt_settled_at_the_close_of_the_day_of_the_fee_bears_none():
    """Due 1 March, ten days to wait: the fee is of 12 March; settled on the 12th, [1, 12) is unpaid."""
    terms = attrs.evolve(TERMS, wait_days=10)
    assert dates(terms, date(2025, 3, 1), date(2025, 3, 12)) == []
    assert dates(terms, date(2025, 3, 1), date(2025, 3, 13)) == [date(2025, 3, 12)]


def test_once_is_once_however_long_the_debt_stays_unpaid():
    assert len(dates(TERMS, date(2025, 1, 1), date(2035, 1, 1))) == 1


def test_a_fee_every_seven_days_comes_on_late_days_1_8_and_15():
    terms = attrs.evolve(TERMS, recurrence=EveryDays(7))
    due = date(2025, 3, 1)
    assert dates(terms, due, date(2025, 3, 16)) == [date(2025, 3, 2), date(2025, 3, 9)]
    assert dates(terms, due, date(2025, 3, 17))[-1] == date(2025, 3, 16)


def test_a_fee_of_every_day_comes_on_every_late_day():
    terms = attrs.evolve(TERMS, recurrence=EveryDays(1))
    assert len(dates(terms, date(2025, 3, 1), date(2025, 3, 31))) == 29


def test_a_monthly_fee_of_the_31st_comes_back_to_the_31st_after_a_short_month():
    terms = attrs.evolve(TERMS, recurrence=EveryMonths())
    assert dates(terms, date(2025, 1, 30), date(2025, 4, 1)) == [
        date(2025, 1, 31),
        date(2025, 2, 28),
        date(2025, 3, 31),
    ]
    assert dates(terms, date(2025, 1, 30), date(2025, 3, 31))[-1] == date(2025, 2, 28)


def test_a_fee_every_third_month_skips_the_months_between():
    terms = attrs.evolve(TERMS, recurrence=EveryMonths(3), wait_days=15)
    assert dates(terms, date(2025, 1, 1), date(2025, 7, 18)) == [
        date(2025, 1, 17),
        date(2025, 4, 17),
        date(2025, 7, 17),
    ]


def test_days_end_with_the_last_date_that_a_contract_can_name():
    for recurrence in (EveryDays(1), EveryMonths()):
        terms = attrs.evolve(TERMS, recurrence=recurrence)
        assert assessment_days(terms, LAST_DAY - 2, LAST_DAY + 1000)[-1] <= LAST_DAY
    assert assessment_days(TERMS, LAST_DAY, LAST_DAY + 1000) == ()
    assert assessment_days(TERMS, LAST_DAY - 1, LAST_DAY + 1000) == (LAST_DAY,)


@pytest.mark.parametrize("until", [-1000, 99, 100, 101])
def test_a_debt_that_was_never_late_bears_no_fee(until):
    assert assessment_days(TERMS, 100, until) == ()


def test_the_fee_falls_due_its_days_after_it_is_charged():
    assert fee_due_day(TERMS, 100) == 100
    assert fee_due_day(attrs.evolve(TERMS, due_in_days=21), 100) == 121


@pytest.mark.parametrize("wrong", [None, 1.0, "100", True, date(2025, 1, 1)])
def test_days_are_day_numbers(wrong):
    for asked in (
        lambda: assessment_days(TERMS, wrong, 200),
        lambda: assessment_days(TERMS, 100, wrong),
        lambda: fee_due_day(TERMS, wrong),
    ):
        with pytest.raises(dq.InvalidTypeError, match="expected an int"):
            asked()


@pytest.mark.parametrize("wrong", [None, "late", 15])
def test_terms_are_terms(wrong):
    with pytest.raises(dq.InvalidTypeError, match="expected LateFeeTerms"):
        assessment_days(wrong, 100, 200)
    with pytest.raises(dq.InvalidTypeError, match="expected LateFeeTerms"):
        fee_due_day(wrong, 100)


@pytest.mark.parametrize("kind", [EveryDays, EveryMonths])
@pytest.mark.parametrize("wrong", [0, -1])
def test_a_fee_comes_again_after_at_least_one(kind, wrong):
    with pytest.raises(dq.InvalidValueError, match="expected 1 or more"):
        kind(wrong)
    with pytest.raises(dq.InvalidTypeError, match="expected an int"):
        kind(1.0)
