"""A roll picks one day of each month, or of each week."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from delinquency.business_days import BusinessDayConvention as B
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import NO_HOLIDAYS, WEEKENDS_ONLY, HolidayCalendar
from delinquency.period_arithmetic import add_periods, end_of_month, last_business_day_of_month
from delinquency.rolls import (
    DayOfMonth,
    DayOfWeek,
    EndOfMonth,
    ThirdWednesday,
    check_roll,
    neighbours,
    next_roll_date,
    previous_roll_date,
    roll_date,
)
from delinquency.weekdays import Weekday

FRIDAY = DayOfWeek(Weekday.FRIDAY)


@pytest.mark.parametrize(
    ("day", "roll", "expected"),
    [
        ("2025-02-10", DayOfMonth(5), "2025-02-05"),
        ("2025-02-10", DayOfMonth(30), "2025-02-28"),
        ("2024-02-10", DayOfMonth(30), "2024-02-29"),
        ("2025-02-10", DayOfMonth(31), "2025-02-28"),
        ("2025-02-10", EndOfMonth(), "2025-02-28"),
        ("2025-01-03", FRIDAY, "2025-01-03"),
        ("2025-01-04", FRIDAY, "2025-01-10"),
        ("2025-03-31", ThirdWednesday(), "2025-03-19"),
        ("2025-10-01", ThirdWednesday(), "2025-10-15"),
        ("2025-01-31", ThirdWednesday(), "2025-01-15"),
        ("2026-07-01", ThirdWednesday(), "2026-07-15"),
        ("2025-05-01", ThirdWednesday(), "2025-05-21"),
    ],
)
def test_the_roll_date_of_a_day(day, roll, expected):
    assert str(roll_date(date.fromisoformat(day), roll=roll)) == expected


@pytest.mark.parametrize(
    ("roll", "frequency", "before", "after"),
    [
        (DayOfMonth(15), "P1M", "2024-12-15", "2025-02-15"),
        (EndOfMonth(), "P3M", "2024-10-31", "2025-04-30"),
        (DayOfMonth(15), "P1D", "2025-01-15", "2025-02-15"),
        (FRIDAY, "P1W", "2025-01-10", "2025-01-24"),
        (FRIDAY, "P1D", "2025-01-10", "2025-01-24"),
        (ThirdWednesday(), "P1M", "2024-12-18", "2025-02-19"),
    ],
)
def test_the_roll_dates_on_either_side_of_a_friday_in_january(roll, frequency, before, after):
    day, every = date(2025, 1, 17), Frequency.of(frequency)
    assert str(next_roll_date(day, roll=roll, frequency=every)) == after
    assert str(previous_roll_date(day, roll=roll, frequency=every)) == before


def test_neighbours_are_the_roll_date_the_one_before_and_the_one_after():
    assert neighbours(0, EndOfMonth()) == (30, -1, 58)


@pytest.mark.parametrize("number", [0, 32, -1])
def test_a_day_of_the_month_is_from_1_to_31(number):
    with pytest.raises(InvalidValueError, match="from 1 to 31"):
        DayOfMonth(number)


@pytest.mark.parametrize("number", [1.0, "1", True, None])
def test_a_day_of_the_month_is_a_whole_number(number):
    with pytest.raises(InvalidTypeError, match="an int"):
        DayOfMonth(number)


def test_a_weekday_is_no_number():
    with pytest.raises(InvalidTypeError, match="a Weekday"):
        DayOfWeek(4)


@pytest.mark.parametrize("roll", [31, "EOM", None, EndOfMonth])
def test_what_is_no_roll_is_refused(roll):
    with pytest.raises(InvalidTypeError, match="a DayOfMonth, EndOfMonth"):
        check_roll(roll)
    with pytest.raises(InvalidTypeError):
        roll_date(date(2025, 1, 1), roll=roll)


def test_there_is_no_next_roll_date_at_maturity_or_after_2200():
    with pytest.raises(InvalidValueError, match="found TERM"):
        next_roll_date(date(2025, 1, 1), roll=EndOfMonth(), frequency=Frequency.TERM)
    with pytest.raises(InvalidValueError, match="found a later one"):
        next_roll_date(date(2200, 12, 31), roll=EndOfMonth(), frequency=Frequency.MONTHLY)
    with pytest.raises(InvalidValueError, match="found an earlier one"):
        previous_roll_date(date(1900, 1, 1), roll=EndOfMonth(), frequency=Frequency.MONTHLY)
    with pytest.raises(InvalidTypeError, match="a Frequency"):
        next_roll_date(date(2025, 1, 1), roll=EndOfMonth(), frequency="P1M")


def later(day: str, count: int, every: str, convention: B, *, end: bool = False) -> str:
    return str(
        add_periods(
            date.fromisoformat(day),
            count,
            frequency=Frequency.of(every),
            convention=convention,
            calendar=WEEKENDS_ONLY,
            end_of_month=end,
        )
    )


def test_periods_are_added_and_the_result_is_adjusted_once():
    assert later("2025-01-31", 1, "P1M", B.NO_ADJUST) == "2025-02-28"
    assert later("2025-01-31", 7, "P1M", B.FOLLOWING) == "2025-09-01"
    assert later("2025-01-04", 1, "P1W", B.FOLLOWING) == "2025-01-13"
    assert later("2025-01-31", -2, "P1M", B.MODIFIED_FOLLOWING) == "2024-11-29"
    assert later("2025-01-31", 0, "P1M", B.FOLLOWING) == "2025-01-31"


def test_an_end_of_month_goes_to_an_end_of_month():
    assert later("2025-02-28", 1, "P1M", B.NO_ADJUST) == "2025-03-28"
    assert later("2025-02-28", 1, "P1M", B.NO_ADJUST, end=True) == "2025-03-31"
    assert later("2025-05-30", 1, "P1M", B.NO_ADJUST, end=True) == "2025-06-30"
    assert later("2025-05-30", 3, "P1M", B.FOLLOWING, end=True) == "2025-08-29"
    assert later("2025-05-29", 3, "P1M", B.FOLLOWING, end=True) == "2025-08-29"
    assert later("2025-05-30", 2, "P1W", B.FOLLOWING, end=True) == "2025-06-13"


def test_the_end_of_the_month_is_found_by_calendar_and_by_business_days():
    assert end_of_month(date(2024, 1, 15), months=1) == date(2024, 2, 29)
    found = last_business_day_of_month(date(2025, 5, 1), calendar=WEEKENDS_ONLY)
    assert found == date(2025, 5, 30)
    shut = HolidayCalendar.from_holidays(
        "shut", holidays=[], first=date(2025, 5, 1), last=date(2025, 5, 31), weekend=Weekday
    )
    with pytest.raises(InvalidValueError, match="a business day in the month of 2025-05-01"):
        last_business_day_of_month(date(2025, 5, 1), calendar=shut)


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        ({"period_count": 1.0}, InvalidTypeError, "period_count: expected an int"),
        ({"frequency": "P1M"}, InvalidTypeError, "a Frequency"),
        ({"frequency": Frequency.TERM}, InvalidValueError, "found TERM"),
        ({"convention": None}, InvalidTypeError, "a BusinessDayConvention"),
        ({"calendar": None}, InvalidTypeError, "a HolidayCalendar"),
        ({"day": datetime(2025, 1, 1)}, InvalidTypeError, "datetime is not a date"),
        ({"period_count": 10**9}, InvalidValueError, "found a later one"),
        ({"period_count": -(10**9)}, InvalidValueError, "found an earlier one"),
    ],
)
def test_impossible_periods_are_refused(change, kind, told):
    given = {
        "day": date(2025, 1, 1),
        "period_count": 1,
        "frequency": Frequency.MONTHLY,
        "convention": B.FOLLOWING,
        "calendar": NO_HOLIDAYS,
    }
    with pytest.raises(kind, match=told):
        add_periods(**{**given, **change})


def test_months_of_an_end_of_month_are_a_whole_number():
    with pytest.raises(InvalidTypeError, match="months: expected an int"):
        end_of_month(date(2025, 1, 1), months=1.0)
    with pytest.raises(InvalidValueError, match="found a later one"):
        end_of_month(date(2200, 12, 1), months=1)
