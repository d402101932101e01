"""A due date that is no business day goes where its convention says."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from delinquency.business_days import BusinessDayConvention as B
from delinquency.business_days import adjust, adjust_day, adjust_days
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.holiday_calendar import NO_HOLIDAYS, WEEKENDS_ONLY, HolidayCalendar
from delinquency.open_days import OpenDays


def weekdays(first: date, last: date, holidays=()) -> HolidayCalendar:
    return HolidayCalendar.from_holidays("short", holidays=holidays, first=first, last=last)


def adjusted(day: str, convention: B, calendar=WEEKENDS_ONLY) -> str:
    return str(adjust(date.fromisoformat(day), convention=convention, calendar=calendar))


@pytest.mark.parametrize("convention", B)
def test_a_business_day_stays(convention):
    assert adjusted("2025-08-29", convention) == "2025-08-29"


@pytest.mark.parametrize(
    ("convention", "end_of_month", "start_of_month"),
    [
        (B.NO_ADJUST, "2025-08-31", "2025-11-01"),
        (B.FOLLOWING, "2025-09-01", "2025-11-03"),
        (B.MODIFIED_FOLLOWING, "2025-08-29", "2025-11-03"),
        (B.PRECEDING, "2025-08-29", "2025-10-31"),
        (B.MODIFIED_PRECEDING, "2025-08-29", "2025-11-03"),
        (B.NEAREST, "2025-09-01", "2025-10-31"),
        (B.MODIFIED_FOLLOWING_BI_MONTHLY, "2025-08-29", "2025-11-03"),
    ],
)
def test_a_sunday_at_the_end_and_a_saturday_at_the_start_of_a_month(
    convention, end_of_month, start_of_month
):
    assert adjusted("2025-08-31", convention) == end_of_month
    assert adjusted("2025-11-01", convention) == start_of_month


def test_a_half_month_ends_on_the_fifteenth():
    half = B.MODIFIED_FOLLOWING_BI_MONTHLY
    assert adjusted("2025-06-14", half) == "2025-06-13"
    assert adjusted("2025-06-15", half) == "2025-06-13"
    assert adjusted("2025-11-16", half) == "2025-11-17"
    assert adjusted("2025-06-14", B.MODIFIED_FOLLOWING) == "2025-06-16"


def test_of_two_business_days_equally_near_the_later_is_taken():
    long = weekdays(date(2025, 4, 1), date(2025, 5, 31), [date(2025, 5, 2)])
    assert adjusted("2025-05-03", B.NEAREST, long) == "2025-05-05"
    assert adjusted("2025-05-03", B.NEAREST) == "2025-05-02"


def test_a_modified_convention_asks_nothing_about_the_neighbouring_month():
    august = weekdays(date(2025, 8, 1), date(2025, 8, 31))
    assert adjusted("2025-08-31", B.MODIFIED_FOLLOWING, august) == "2025-08-29"
    november = weekdays(date(2025, 11, 1), date(2025, 11, 30))
    assert adjusted("2025-11-01", B.MODIFIED_PRECEDING, november) == "2025-11-03"
    for day, convention, calendar in (
        ("2025-08-31", B.FOLLOWING, august),
        ("2025-11-01", B.PRECEDING, november),
    ):
        with pytest.raises(InvalidValueError, match="found none from"):
            adjusted(day, convention, calendar)


def test_a_range_that_ends_within_the_month_leaves_the_question_open():
    cut = weekdays(date(2025, 8, 1), date(2025, 8, 30))
    with pytest.raises(InvalidValueError, match="found 2025-08-31"):
        adjusted("2025-08-30", B.MODIFIED_FOLLOWING, cut)
    cut = weekdays(date(2025, 11, 2), date(2025, 11, 30))
    with pytest.raises(InvalidValueError, match="found 2025-11-01"):
        adjusted("2025-11-02", B.MODIFIED_PRECEDING, cut)


def test_nearest_answers_at_an_end_of_the_range_where_no_unknown_day_could_be_nearer():
    assert adjusted("2025-06-01", B.NEAREST, weekdays(date(2025, 6, 1), date(2025, 6, 9))) == (
        "2025-06-02"
    )
    assert adjusted("2025-06-07", B.NEAREST, weekdays(date(2025, 6, 2), date(2025, 6, 8))) == (
        "2025-06-06"
    )
    with pytest.raises(InvalidValueError, match="found 2025-06-09"):
        adjusted("2025-06-08", B.NEAREST, weekdays(date(2025, 6, 2), date(2025, 6, 8)))
    with pytest.raises(InvalidValueError, match="found 2025-05-30"):
        adjusted("2025-05-31", B.NEAREST, weekdays(date(2025, 5, 31), date(2025, 6, 9)))


def test_a_business_day_is_given_back_by_the_leaf_too():
    known = OpenDays("week", 0, b"\x01\x00\x01")
    assert [adjust_day(0, convention=each, known=known) for each in B] == [0] * len(B)


def test_many_days_are_adjusted_each_alone():
    days = (20091, 20092, 20093)
    found = adjust_days(iter(days), convention=B.FOLLOWING, calendar=WEEKENDS_ONLY)
    assert found == (20091, 20094, 20094)
    assert adjust_days((), convention=B.FOLLOWING, calendar=WEEKENDS_ONLY) == ()
    assert adjust_days(days, convention=B.FOLLOWING, calendar=NO_HOLIDAYS) == days


@pytest.mark.parametrize(
    ("day", "convention", "calendar", "told"),
    [
        (datetime(2025, 1, 1), B.FOLLOWING, WEEKENDS_ONLY, "day to be a date"),
        ("2025-01-01", B.FOLLOWING, WEEKENDS_ONLY, "day to be a date"),
        (date(2025, 1, 1), "following", WEEKENDS_ONLY, "a BusinessDayConvention"),
        (date(2025, 1, 1), B.FOLLOWING, None, "a HolidayCalendar"),
    ],
)
def test_wrong_types_are_refused(day, convention, calendar, told):
    with pytest.raises(InvalidTypeError, match=told):
        adjust(day, convention=convention, calendar=calendar)


def test_a_day_outside_the_calendar_is_refused_on_business_days_too():
    calendar = weekdays(date(2025, 6, 2), date(2025, 6, 8))
    for day in ("2025-06-01", "2025-06-09"):
        with pytest.raises(InvalidValueError, match="expected a date from 2025-06-02"):
            adjusted(day, B.FOLLOWING, calendar)
