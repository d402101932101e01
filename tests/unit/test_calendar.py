"""Dates become day numbers once, at the door, and come back unchanged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.calendar import (
    EPOCH_ORDINAL,
    FIRST_DAY,
    LAST_DAY,
    NONE_DAY,
    add_months,
    add_months_day,
    day_number,
    to_date,
)
from delinquency.errors import InvalidTypeError, InvalidValueError

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))


def number(value) -> int:
    return day_number(value, where="account 'A-17'", field="due_date")


def test_day_zero_is_the_first_of_january_1970():
    assert number(date(1970, 1, 1)) == 0
    assert date.fromordinal(EPOCH_ORDINAL) == date(1970, 1, 1)


@given(value=DATES)
def test_a_date_comes_back_from_its_day_number(value):
    assert to_date(number(value)) == value
    assert number(value) == (value - date(1970, 1, 1)).days


def test_the_first_and_the_last_day_are_accepted():
    assert number(date(1900, 1, 1)) == FIRST_DAY == -25567
    assert number(date(2200, 12, 31)) == LAST_DAY == 84370


@pytest.mark.parametrize("value", [date(1899, 12, 31), date(2201, 1, 1), date.min, date.max])
def test_a_mistyped_century_is_refused(value):
    with pytest.raises(InvalidValueError) as caught:
        number(value)
    assert caught.value.where == "account 'A-17'"
    assert caught.value.expected == "due_date from 1900-01-01 to 2200-12-31"
    assert caught.value.found == value.isoformat()


@pytest.mark.parametrize("value", [datetime(2026, 3, 1), datetime(2026, 3, 1, tzinfo=UTC)])
def test_a_datetime_is_not_a_date(value):
    with pytest.raises(InvalidTypeError, match="choose the time zone"):
        number(value)


@pytest.mark.parametrize("value", [None, "2026-03-01", 20260301, 0, 1.5])
def test_what_is_no_date_is_refused_by_type(value):
    with pytest.raises(InvalidTypeError, match=r"due_date to be a date.*date\.fromisoformat"):
        number(value)


def test_a_subclass_of_date_is_a_date():
    class BookingDate(date):
        pass

    assert number(BookingDate(1970, 1, 2)) == 1


def test_no_day_is_later_than_every_day_and_fits_32_bits():
    assert LAST_DAY < NONE_DAY == 2_147_483_647


@pytest.mark.parametrize(
    ("anchor", "months", "result"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 2, date(2025, 3, 31)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 3, 31), 0, date(2025, 3, 31)),
    ],
)
def test_months_count_from_the_anchor_and_clamp_to_the_month_end(anchor, months, result):
    assert add_months(anchor, months) == result


def test_stepping_from_the_previous_result_would_lose_the_31st():
    anchor = date(2025, 1, 31)
    assert add_months(add_months(anchor, 1), 1) == date(2025, 3, 28) != add_months(anchor, 2)


@given(anchor=DATES, months=st.integers(min_value=-600, max_value=600))
def test_dates_and_day_numbers_agree_on_months(anchor, months):
    expected = add_months_day(number(anchor), months)
    if FIRST_DAY <= expected <= LAST_DAY:
        assert number(add_months(anchor, months)) == expected
    else:
        with pytest.raises(InvalidValueError):
            add_months(anchor, months)


@pytest.mark.parametrize("months", [12, 12 * 9000, -12 * 9000])
def test_a_result_outside_the_calendar_is_refused(months):
    with pytest.raises(InvalidValueError) as caught:
        add_months(date(2200, 12, 31), months)
    assert caught.value.where == f"{months} months from 2200-12-31"


def test_the_anchor_must_be_a_plain_date():
    with pytest.raises(InvalidTypeError):
        add_months(datetime(2026, 3, 1), 1)


def test_the_day_after_is_one_more():
    assert number(date(2024, 2, 29) + timedelta(days=1)) == number(date(2024, 2, 29)) + 1


def test_month_ends_are_the_last_days_of_every_month_between_two_dates() -> None:
    ends = dq.month_ends(date(2023, 12, 31), date(2024, 3, 30))
    assert ends == (date(2023, 12, 31), date(2024, 1, 31), date(2024, 2, 29))
    assert dq.month_ends(date(2024, 3, 31), date(2024, 3, 31)) == (date(2024, 3, 31),)
    assert dq.month_ends(date(2024, 3, 1), date(2024, 3, 30)) == ()
    assert len(dq.month_ends(date(1900, 1, 1), date(2200, 12, 31))) == 301 * 12


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(0, 4000))
def test_month_ends_are_the_days_before_a_first_of_a_month(start: date, length: int) -> None:
    """A day is listed exactly where the day after it is the first of a month."""
    end = min(start + timedelta(length), date(2200, 12, 30))
    if end < start:
        return
    days = (start + timedelta(step) for step in range((end - start).days + 1))
    assert dq.month_ends(start, end) == tuple(day for day in days if (day + timedelta(1)).day == 1)


def test_month_ends_of_bad_dates_are_refused() -> None:
    with pytest.raises(dq.InvalidValueError, match="a date on or after 2024-02-01"):
        dq.month_ends(date(2024, 2, 1), date(2024, 1, 31))
    with pytest.raises(dq.InvalidTypeError, match="to be a date"):
        dq.month_ends(datetime(2024, 1, 1), date(2024, 1, 31))
    with pytest.raises(dq.InvalidValueError, match="1900-01-01 to 2200-12-31"):
        dq.month_ends(date(2200, 12, 31), date(2201, 1, 1))
