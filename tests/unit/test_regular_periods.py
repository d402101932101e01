"""The dates of periods follow from what was said, and what cannot be met is refused."""

from __future__ import annotations

import pickle
from datetime import date, datetime

import pytest

from delinquency import Frequency, PeriodDates, Stub, period_dates, period_dates_by_count
from delinquency.business_days import AccrueTo
from delinquency.business_days import BusinessDayConvention as B
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.holiday_calendar import WEEKENDS_ONLY, HolidayCalendar
from delinquency.rolls import DayOfMonth, DayOfWeek, EndOfMonth, ThirdWednesday
from delinquency.weekdays import Weekday

MONTHLY = Frequency.MONTHLY


def nominal(start: str, end: str, **how) -> list[str]:
    how.setdefault("frequency", MONTHLY)
    dates = period_dates(date.fromisoformat(start), date.fromisoformat(end), **how)
    return [str(day) for day in dates.nominal]


def test_a_due_day_of_31_comes_back_after_february():
    assert nominal("2024-12-31", "2025-04-30") == [
        "2024-12-31",
        "2025-01-31",
        "2025-02-28",
        "2025-03-31",
        "2025-04-30",
    ]


def test_counted_backwards_the_day_is_that_of_the_end():
    found = nominal("2025-01-31", "2025-04-30", stub=Stub.SHORT_INITIAL)
    assert found == ["2025-01-31", "2025-02-28", "2025-03-30", "2025-04-30"]


@pytest.mark.parametrize(
    ("stub", "inner"),
    [
        (Stub.SHORT_INITIAL, ["2025-01-20", "2025-02-20", "2025-03-20"]),
        (Stub.LONG_INITIAL, ["2025-02-20", "2025-03-20"]),
        (Stub.SMART_INITIAL, ["2025-02-20", "2025-03-20"]),
        (Stub.SHORT_FINAL, ["2025-02-15", "2025-03-15", "2025-04-15"]),
        (Stub.LONG_FINAL, ["2025-02-15", "2025-03-15"]),
        (Stub.SMART_FINAL, ["2025-02-15", "2025-03-15"]),
    ],
)
def test_five_days_left_over_go_where_the_stub_says(stub, inner):
    found = nominal("2025-01-15", "2025-04-20", stub=stub)
    assert found == ["2025-01-15", *inner, "2025-04-20"]


def test_a_smart_stub_of_seven_days_stands_alone():
    assert len(nominal("2025-01-15", "2025-03-21", stub=Stub.SMART_FINAL)) == 3
    assert len(nominal("2025-01-15", "2025-03-22", stub=Stub.SMART_FINAL)) == 4


@pytest.mark.parametrize("stub", [*Stub, None])
def test_a_term_of_whole_periods_has_no_stub(stub):
    if stub is Stub.BOTH:
        return
    dates = period_dates(date(2025, 1, 15), date(2025, 4, 15), frequency=MONTHLY, stub=stub)
    assert len(dates) == 3
    assert not dates.has_initial_stub
    assert not dates.has_final_stub


def test_a_term_shorter_than_a_period_is_one_stub():
    for stub in (Stub.SHORT_INITIAL, Stub.LONG_INITIAL):
        dates = period_dates(date(2025, 1, 15), date(2025, 1, 20), frequency=MONTHLY, stub=stub)
        assert (len(dates), dates.has_initial_stub, dates.has_final_stub) == (1, True, False)
    dates = period_dates(
        date(2025, 1, 15), date(2025, 1, 20), frequency=MONTHLY, stub=Stub.LONG_FINAL
    )
    assert (len(dates), dates.has_initial_stub, dates.has_final_stub) == (1, False, True)


def test_days_left_over_are_refused_unless_a_stub_is_allowed():
    for stub in (None, Stub.NONE):
        with pytest.raises(InvalidValueError, match="found 5 days left over"):
            nominal("2025-01-15", "2025-04-20", stub=stub)
    with pytest.raises(InvalidValueError, match="found 5 days left over"):
        nominal("2025-01-15", "2025-01-20")


def test_a_roll_alone_says_which_end_is_counted_from():
    assert nominal("2025-01-15", "2025-03-20", roll=DayOfMonth(20)) == [
        "2025-01-15",
        "2025-02-20",
        "2025-03-20",
    ]
    assert nominal("2025-01-20", "2025-03-15", roll=DayOfMonth(20)) == [
        "2025-01-20",
        "2025-02-20",
        "2025-03-15",
    ]
    with pytest.raises(InvalidValueError, match="a roll date of DayOfMonth"):
        nominal("2025-01-15", "2025-03-15", roll=DayOfMonth(20))


def test_the_end_of_month_takes_hold_only_from_an_end_of_month():
    assert nominal("2025-02-28", "2025-04-30", roll=EndOfMonth())[1] == "2025-03-31"
    assert nominal("2025-02-27", "2025-04-27", roll=EndOfMonth())[1] == "2025-03-27"
    assert nominal("2025-02-28", "2025-04-30", stub=Stub.SHORT_FINAL)[1] == "2025-03-28"


def test_the_last_business_day_counts_as_an_end_of_month():
    # 30 May 2025 is the last Friday of the month.
    how = {"roll": EndOfMonth(), "calendar": WEEKENDS_ONLY}
    assert nominal("2025-05-30", "2025-07-31", **how) == ["2025-05-30", "2025-06-30", "2025-07-31"]
    found = nominal("2025-05-30", "2025-07-31", convention=B.MODIFIED_FOLLOWING, **how)
    assert found == ["2025-05-31", "2025-06-30", "2025-07-31"]


def test_a_calendar_that_ends_within_the_month_still_knows_that_a_day_is_not_its_last():
    short = HolidayCalendar.from_holidays(
        "short", holidays=[], first=date(2025, 5, 1), last=date(2025, 5, 20)
    )
    how = {"roll": EndOfMonth(), "calendar": short}
    assert nominal("2025-05-10", "2025-06-10", **how) == ["2025-05-10", "2025-06-10"]


def test_a_plain_anniversary_ends_a_schedule_of_month_ends():
    how = {"roll": EndOfMonth(), "frequency": Frequency.of("2M"), "stub": Stub.NONE}
    found = nominal("2018-04-30", "2018-10-30", **how)
    assert found == ["2018-04-30", "2018-06-30", "2018-08-31", "2018-10-30"]
    with pytest.raises(InvalidValueError, match="left over"):
        nominal("2018-04-30", "2018-09-30", **how)


def test_two_month_ends_without_a_stub_share_the_later_day():
    assert nominal("2025-02-28", "2025-05-30")[1:-1] == ["2025-03-30", "2025-04-30"]
    assert nominal("2025-06-30", "2025-08-31") == ["2025-06-30", "2025-07-31", "2025-08-31"]
    with pytest.raises(InvalidValueError, match="left over"):
        nominal("2025-02-15", "2025-05-31")


def test_regular_dates_make_stubs_at_both_ends():
    dates = period_dates(
        date(2025, 1, 3),
        date(2025, 6, 20),
        frequency=MONTHLY,
        stub=Stub.BOTH,
        first_regular=date(2025, 2, 1),
        last_regular=date(2025, 6, 1),
    )
    assert len(dates) == 6
    assert [period.is_stub for period in dates] == [True, False, False, False, False, True]


def test_a_regular_date_one_whole_period_from_an_end_makes_no_stub():
    dates = period_dates(
        date(2025, 1, 1),
        date(2025, 6, 1),
        frequency=MONTHLY,
        first_regular=date(2025, 2, 1),
        last_regular=date(2025, 5, 1),
    )
    assert not dates.has_initial_stub
    assert not dates.has_final_stub


def test_a_stub_convention_applies_to_the_end_that_no_regular_date_gives():
    found = nominal(
        "2025-01-10", "2025-06-20", stub=Stub.SHORT_INITIAL, last_regular=date(2025, 6, 1)
    )
    assert found[:2] == ["2025-01-10", "2025-02-01"]
    assert found[-2:] == ["2025-06-01", "2025-06-20"]
    found = nominal(
        "2025-01-10", "2025-06-20", stub=Stub.SHORT_FINAL, first_regular=date(2025, 2, 1)
    )
    assert found[:2] == ["2025-01-10", "2025-02-01"]
    assert found[-2:] == ["2025-06-01", "2025-06-20"]


def test_a_regular_date_at_the_other_end_makes_the_whole_term_a_stub():
    initial = period_dates(
        date(2025, 1, 10), date(2025, 6, 20), frequency=MONTHLY, first_regular=date(2025, 6, 20)
    )
    assert (len(initial), initial.has_initial_stub, initial.has_final_stub) == (1, True, False)
    final = period_dates(
        date(2025, 1, 10), date(2025, 6, 20), frequency=MONTHLY, last_regular=date(2025, 1, 10)
    )
    assert (len(final), final.has_initial_stub, final.has_final_stub) == (1, False, True)


def test_two_stubs_may_meet_without_a_regular_period_between():
    met = date(2025, 3, 1)
    how = {"stub": Stub.BOTH, "first_regular": met, "last_regular": met}
    assert nominal("2025-01-10", "2025-06-20", **how) == ["2025-01-10", "2025-03-01", "2025-06-20"]


def test_weeks_roll_on_the_weekday_of_the_anchor():
    dates = period_dates(date(2025, 1, 3), date(2025, 1, 17), frequency=Frequency.WEEKLY)
    assert dates.roll == DayOfWeek(Weekday.FRIDAY)
    assert [day.day for day in dates.nominal] == [3, 10, 17]
    found = nominal(
        "2025-01-01",
        "2025-01-17",
        frequency=Frequency.WEEKLY,
        roll=DayOfWeek(Weekday.FRIDAY),
        stub=Stub.SHORT_INITIAL,
    )
    assert found == ["2025-01-01", "2025-01-03", "2025-01-10", "2025-01-17"]


def test_periods_of_days_have_no_roll():
    dates = period_dates(date(2025, 1, 3), date(2025, 1, 23), frequency=Frequency.every_days(10))
    assert dates.roll is None
    assert len(dates) == 2


def test_third_wednesdays():
    found = nominal(
        "2025-03-19", "2025-12-17", frequency=Frequency.QUARTERLY, roll=ThirdWednesday()
    )
    assert found == ["2025-03-19", "2025-06-18", "2025-09-17", "2025-12-17"]


def test_at_maturity_there_is_one_period():
    dates = period_dates(
        date(2025, 1, 3), date(2027, 6, 20), frequency=Frequency.TERM, roll=DayOfMonth(9)
    )
    assert len(dates) == 1
    assert dates.roll is None
    assert not dates.has_initial_stub
    with pytest.raises(InvalidValueError, match="no regular date with TERM"):
        nominal(
            "2025-01-03",
            "2027-06-20",
            frequency=Frequency.TERM,
            first_regular=date(2025, 2, 1),
        )


def test_a_date_given_as_adjusted_stands_for_its_roll_date():
    how = {"roll": DayOfMonth(17), "convention": B.FOLLOWING, "calendar": WEEKENDS_ONLY}
    # Sunday 17 August 2025 is paid on Monday the 18th.
    assert nominal("2025-07-17", "2025-08-18", **how)[-1] == "2025-08-17"
    assert nominal("2025-08-18", "2025-10-17", start_convention=B.NO_ADJUST, **how)[0] == (
        "2025-08-17"
    )
    with_stub = nominal("2025-08-18", "2025-10-17", **how)
    assert with_stub == ["2025-08-18", "2025-09-17", "2025-10-17"]


def test_a_date_adjusted_into_the_next_month_stands_for_its_roll_date_too():
    how = {"roll": DayOfMonth(31), "convention": B.FOLLOWING, "calendar": WEEKENDS_ONLY}
    assert nominal("2025-07-31", "2025-09-01", **how) == ["2025-07-31", "2025-08-31"]


def test_both_dates_of_a_period_are_kept():
    dates = period_dates(
        date(2025, 7, 17),
        date(2025, 9, 17),
        frequency=MONTHLY,
        convention=B.FOLLOWING,
        calendar=WEEKENDS_ONLY,
    )
    first, second = dates.periods
    assert (first.number, first.start, first.end) == (1, date(2025, 7, 17), date(2025, 8, 18))
    assert (first.nominal_start, first.nominal_end) == (date(2025, 7, 17), date(2025, 8, 17))
    assert second.start == first.end
    assert dates.due_dates == (date(2025, 8, 18), date(2025, 9, 17))
    assert dates.accrual_days(AccrueTo.ADJUSTED) == dates.adjusted_days
    assert dates.accrual_days(AccrueTo.UNADJUSTED) == dates.nominal_days
    assert pickle.loads(pickle.dumps(dates)) == dates
    with pytest.raises(InvalidTypeError, match="an AccrueTo"):
        dates.accrual_days("adjusted")


def test_the_start_and_the_end_may_have_conventions_of_their_own():
    dates = period_dates(
        date(2025, 5, 31),
        date(2025, 8, 31),
        frequency=MONTHLY,
        convention=B.MODIFIED_FOLLOWING,
        calendar=WEEKENDS_ONLY,
        start_convention=B.NO_ADJUST,
        end_convention=B.FOLLOWING,
    )
    assert [str(day) for day in dates.adjusted] == [
        "2025-05-31",
        "2025-06-30",
        "2025-07-31",
        "2025-09-01",
    ]


def test_two_dates_on_one_business_day_are_refused():
    with pytest.raises(InvalidValueError, match="adjusted: expected a date after 2025-01-06"):
        nominal(
            "2025-01-03",
            "2025-01-08",
            frequency=Frequency.DAILY,
            convention=B.FOLLOWING,
            calendar=WEEKENDS_ONLY,
        )


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        ({"end": date(2025, 1, 15)}, InvalidValueError, "end after 2025-01-15"),
        ({"end": date(2025, 1, 14)}, InvalidValueError, "end after 2025-01-15"),
        ({"end": date(2201, 1, 15)}, InvalidValueError, "from 1900-01-01 to 2200-12-31"),
        ({"start": datetime(2025, 1, 15)}, InvalidTypeError, "datetime is not a date"),
        ({"end": "2025-04-15"}, InvalidTypeError, "end to be a date"),
        ({"frequency": "P1M"}, InvalidTypeError, "a Frequency"),
        ({"stub": "short"}, InvalidTypeError, "a Stub"),
        ({"roll": 31}, InvalidTypeError, "a DayOfMonth, EndOfMonth"),
        ({"first_regular": date(2025, 1, 14)}, InvalidValueError, "first_regular: expected a date"),
        ({"last_regular": date(2025, 4, 16)}, InvalidValueError, "last_regular: expected a date"),
        (
            {"first_regular": date(2025, 3, 15), "last_regular": date(2025, 2, 15)},
            InvalidValueError,
            "on or after 2025-03-15, first_regular",
        ),
        (
            {"first_regular": date(2025, 2, 15), "stub": Stub.NONE},
            InvalidValueError,
            "no regular date with Stub.NONE",
        ),
        ({"stub": Stub.BOTH}, InvalidValueError, "within the term with Stub.BOTH"),
        ({"convention": B.FOLLOWING}, InvalidValueError, "expected a calendar"),
        ({"start_convention": B.FOLLOWING}, InvalidValueError, "start_convention: expected a cal"),
        ({"convention": "following"}, InvalidTypeError, "a BusinessDayConvention"),
        ({"calendar": "CN", "convention": B.NO_ADJUST}, InvalidTypeError, "a HolidayCalendar"),
        (
            {"frequency": Frequency.WEEKLY, "roll": DayOfMonth(31)},
            InvalidValueError,
            "a frequency of months for DayOfMonth",
        ),
        (
            {"frequency": Frequency.WEEKLY, "roll": EndOfMonth()},
            InvalidValueError,
            "a frequency of months for EndOfMonth",
        ),
        ({"roll": DayOfWeek(Weekday.FRIDAY)}, InvalidValueError, "a frequency of weeks"),
        (
            {"frequency": Frequency.every_days(10), "roll": DayOfWeek(Weekday.FRIDAY)},
            InvalidValueError,
            "a frequency of weeks",
        ),
        (
            {"frequency": Frequency.DAILY, "end": date(2060, 1, 1)},
            InvalidValueError,
            "at most 10,000 periods",
        ),
    ],
)
def test_impossible_requests_are_refused(change, kind, told):
    given = {"start": date(2025, 1, 15), "end": date(2025, 4, 15), "frequency": MONTHLY}
    with pytest.raises(kind, match=told):
        period_dates(**{**given, **change})


def test_ten_thousand_periods_are_accepted():
    last = date.fromordinal(date(2025, 1, 1).toordinal() + 10_000)
    assert len(period_dates(date(2025, 1, 1), last, frequency=Frequency.DAILY)) == 10_000


def test_dates_that_change_places_before_adjustment_are_refused():
    # Saturday 16 August is adjusted to Monday the 18th, which stands for it.
    with pytest.raises(InvalidValueError, match="dates in order"):
        nominal(
            "2025-08-17",
            "2025-08-18",
            roll=DayOfMonth(16),
            convention=B.FOLLOWING,
            calendar=WEEKENDS_ONLY,
        )


def test_a_count_of_periods_runs_from_the_first_due_date():
    dates = period_dates_by_count(date(2025, 1, 31), 3, frequency=MONTHLY)
    assert [str(day) for day in dates.nominal] == [
        "2024-12-31",
        "2025-01-31",
        "2025-02-28",
        "2025-03-31",
    ]
    assert not dates.has_initial_stub
    assert period_dates_by_count(
        date(2025, 1, 31), 3, frequency=MONTHLY, start=date(2024, 12, 31)
    ) == (dates)


def test_a_first_due_date_of_28_february_may_mean_the_28th_the_30th_or_the_end():
    first = date(2025, 2, 28)
    seconds = [
        period_dates_by_count(first, 2, frequency=MONTHLY, roll=roll).nominal[-1].day
        for roll in (None, DayOfMonth(30), EndOfMonth())
    ]
    assert seconds == [28, 30, 31]


def test_a_count_adjusts_like_any_other_schedule():
    dates = period_dates_by_count(
        date(2025, 8, 18),
        2,
        frequency=MONTHLY,
        start=date(2025, 8, 2),
        roll=DayOfMonth(17),
        convention=B.FOLLOWING,
        calendar=WEEKENDS_ONLY,
        start_convention=B.NO_ADJUST,
    )
    assert [str(day) for day in dates.nominal] == ["2025-08-02", "2025-08-17", "2025-09-17"]
    assert [str(day) for day in dates.adjusted] == ["2025-08-02", "2025-08-18", "2025-09-17"]


def test_one_payment_at_maturity_is_a_count_of_one():
    dates = period_dates_by_count(
        date(2025, 8, 18), 1, frequency=Frequency.TERM, start=date(2024, 2, 1)
    )
    assert dates.nominal == (date(2024, 2, 1), date(2025, 8, 18))
    assert not dates.has_initial_stub
    with pytest.raises(InvalidValueError, match="from 1 to 1 periods of TERM"):
        period_dates_by_count(date(2025, 8, 18), 2, frequency=Frequency.TERM)
    with pytest.raises(InvalidValueError, match="a start with TERM"):
        period_dates_by_count(date(2025, 8, 18), 1, frequency=Frequency.TERM)


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        ({"period_count": 0}, InvalidValueError, "from 1 to 10,000"),
        ({"period_count": 10_001}, InvalidValueError, "from 1 to 10,000"),
        ({"period_count": 12.0}, InvalidTypeError, "an int"),
        ({"period_count": True}, InvalidTypeError, "an int"),
        ({"period_count": 2400}, InvalidValueError, "last due date: expected a date from"),
        ({"start": date(2025, 1, 31)}, InvalidValueError, "start before 2025-01-31"),
        ({"start": datetime(2025, 1, 1)}, InvalidTypeError, "datetime is not a date"),
        ({"first_due_date": date(1900, 1, 1)}, InvalidValueError, "found an earlier one"),
        ({"first_due_date": "2025-01-31"}, InvalidTypeError, "first_due_date to be a date"),
        ({"roll": DayOfMonth(5)}, InvalidValueError, "first_due_date: expected a roll date of"),
        ({"roll": "EOM"}, InvalidTypeError, "a DayOfMonth, EndOfMonth"),
        ({"convention": B.FOLLOWING}, InvalidValueError, "expected a calendar"),
    ],
)
def test_impossible_counts_are_refused(change, kind, told):
    given = {"first_due_date": date(2025, 1, 31), "period_count": 12, "frequency": MONTHLY}
    with pytest.raises(kind, match=told):
        period_dates_by_count(**{**given, **change})


@pytest.mark.parametrize(
    ("change", "kind", "told"),
    [
        ({"nominal_days": [0, 1]}, InvalidTypeError, "a tuple of day numbers"),
        ({"nominal_days": (0,)}, InvalidValueError, "two boundaries or more"),
        ({"adjusted_days": (1, 0)}, InvalidValueError, "a date after 1970-01-02"),
        ({"nominal_days": (0, 0)}, InvalidValueError, "a date after 1970-01-01"),
        ({"adjusted_days": (0, 1, 2)}, InvalidValueError, "found 3 for 2"),
    ],
)
def test_boundaries_that_make_no_periods_are_refused(change, kind, told):
    given = {"nominal_days": (0, 1), "adjusted_days": (0, 1), "frequency": Frequency.DAILY}
    assert len(PeriodDates(**given)) == 1
    with pytest.raises(kind, match=told):
        PeriodDates(**{**given, **change})
