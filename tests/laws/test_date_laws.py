"""What holds of every calendar, every adjustment and every schedule."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from delinquency.business_days import BusinessDayConvention as B
from delinquency.business_days import adjust
from delinquency.calendar import add_months
from delinquency.errors import InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import NO_HOLIDAYS, WEEKENDS_ONLY, HolidayCalendar
from delinquency.periods import Stub
from delinquency.regular_periods import period_dates, period_dates_by_count
from delinquency.rolls import DayOfMonth
from delinquency.weekdays import Weekday

FIRST, LAST = date(2024, 1, 1), date(2026, 12, 31)
DAYS = st.dates(min_value=FIRST, max_value=LAST)
INNER = st.dates(min_value=date(2024, 3, 1), max_value=date(2026, 10, 31))
WIDE = st.dates(min_value=date(1950, 1, 1), max_value=date(2150, 1, 1))
CONVENTIONS = st.sampled_from(B)
FREQUENCIES = st.sampled_from(
    [Frequency.of(text) for text in ("1D", "10D", "1W", "2W", "1M", "2M", "3M", "6M", "1Y")]
)
STUBS = st.sampled_from([stub for stub in Stub if stub not in (Stub.NONE, Stub.BOTH)])


@st.composite
def calendars(draw, name: str = "drawn") -> HolidayCalendar:
    holidays = draw(st.sets(DAYS, max_size=60))
    working = draw(st.sets(DAYS, max_size=10)) - holidays
    weekend = draw(st.sets(st.sampled_from(Weekday), max_size=3))
    return HolidayCalendar.from_holidays(
        name, holidays=holidays, working_days=working, weekend=weekend, first=FIRST, last=LAST
    )


@st.composite
def extended_calendars(draw, name: str) -> HolidayCalendar:
    """A calendar, known to one day and assumed to another, or known throughout."""
    known = draw(calendars(name=name))
    if draw(st.booleans()):
        last = LAST + timedelta(days=draw(st.integers(1, 400)))
        known = known.with_assumed_weekends(last=last)
    first = draw(st.integers(0, 1200).filter(lambda skipped: skipped < len(known.entries)))
    begins = known.first + timedelta(days=first)
    assumed = known.assumed_from and max(known.assumed_from, begins)
    return HolidayCalendar(name, begins, known.entries[first:], assumed)


def every_day(first: date, until: date):
    return (first + timedelta(days=n) for n in range((until - first).days))


@given(day=INNER, convention=CONVENTIONS, calendar=calendars())
def test_adjusting_twice_is_adjusting_once(day, convention, calendar):
    """adjust(adjust(d)) = adjust(d), and the result is a business day unless nothing is adjusted."""
    once = adjust(day, convention=convention, calendar=calendar)
    assert adjust(once, convention=convention, calendar=calendar) == once
    assert convention is B.NO_ADJUST or calendar.is_business_day(once)


@given(day=INNER, calendar=calendars())
def test_following_is_never_earlier_and_preceding_never_later(day, calendar):
    """PRECEDING ≤ d ≤ FOLLOWING, with no business day strictly between."""
    before = adjust(day, convention=B.PRECEDING, calendar=calendar)
    after = adjust(day, convention=B.FOLLOWING, calendar=calendar)
    assert before <= day <= after
    between = every_day(before + timedelta(days=1), after)
    assert before == after or not any(map(calendar.is_business_day, between))


@given(day=INNER, calendar=calendars())
def test_modified_conventions_stay_in_the_month(day, calendar):
    """MODIFIED_* give a day of the month of d, and of its half for the half-month form."""
    month = (day.year, day.month)
    for convention in (B.MODIFIED_FOLLOWING, B.MODIFIED_PRECEDING):
        found = adjust(day, convention=convention, calendar=calendar)
        in_month = any(
            calendar.is_business_day(each)
            for each in every_day(day.replace(day=1), add_months(day.replace(day=1), 1))
        )
        assert (found.year, found.month) == month or not in_month
    half = adjust(day, convention=B.MODIFIED_FOLLOWING_BI_MONTHLY, calendar=calendar)
    assert half <= day or (half.month == day.month and (half.day <= 15) == (day.day <= 15))


@given(day=INNER, calendar=calendars())
def test_nearest_is_as_near_as_any_business_day(day, calendar):
    """|NEAREST − d| is the least distance to a business day; of two, the later."""
    found = adjust(day, convention=B.NEAREST, calendar=calendar)
    before = adjust(day, convention=B.PRECEDING, calendar=calendar)
    after = adjust(day, convention=B.FOLLOWING, calendar=calendar)
    assert found == (before if day - before < after - day else after)


@given(first=INNER, second=INNER, convention=CONVENTIONS, calendar=calendars())
def test_adjusting_never_changes_the_order_of_two_days(first, second, convention, calendar):
    """d ≤ e implies adjust(d) ≤ adjust(e)."""
    early, late = sorted((first, second))
    assert adjust(early, convention=convention, calendar=calendar) <= adjust(
        late, convention=convention, calendar=calendar
    )


@given(days=st.lists(DAYS, min_size=3, max_size=3), calendar=calendars())
def test_counting_business_days_is_additive_and_counts_one_by_one(days, calendar):
    """between(a, c) = between(a, b) + between(b, c) = the number of business days in [a, c)."""
    a, b, c = sorted(days)
    whole = calendar.business_days_between(a, c)
    parts = calendar.business_days_between(a, b) + calendar.business_days_between(b, c)
    assert whole == parts == sum(map(calendar.is_business_day, every_day(a, c)))


@given(a=WIDE, b=WIDE)
def test_weekends_are_counted_as_numpy_counts_them(a, b):
    """business_days_between of a weekend-only calendar is numpy's ``busday_count``."""
    start, end = sorted((a, b))
    expected = int(np.busday_count(start, end))
    assert WEEKENDS_ONLY.business_days_between(start, end) == expected


@given(day=INNER, holidays=st.sets(DAYS, max_size=40), convention=CONVENTIONS)
def test_adjustment_without_make_up_days_is_that_of_numpy(day, holidays, convention):
    """The four conventions that numpy has give numpy's day."""
    names = {
        B.FOLLOWING: "following",
        B.PRECEDING: "preceding",
        B.MODIFIED_FOLLOWING: "modifiedfollowing",
        B.MODIFIED_PRECEDING: "modifiedpreceding",
    }
    assume(convention in names)
    calendar = HolidayCalendar.from_holidays("n", holidays=holidays, first=FIRST, last=LAST)
    expected = np.busday_offset(day, 0, roll=names[convention], holidays=sorted(holidays))
    assert adjust(day, convention=convention, calendar=calendar) == expected.astype(date)


@given(day=INNER, count=st.integers(0, 20), calendar=calendars())
def test_added_business_days_are_taken_away_again(day, count, calendar):
    """From a business day d: between(d, d + n) = n, and (d + n) − n = d."""
    assume(calendar.is_business_day(day))
    try:
        later = calendar.add_business_days(day, count)
    except InvalidValueError:
        assume(False)
    assert calendar.business_days_between(day, later) == count
    assert calendar.add_business_days(later, -count) == day


@given(day=INNER, a=calendars(name="a"), b=calendars(name="b"), c=calendars(name="c"))
def test_the_union_of_calendars_is_closed_where_any_is(day, a, b, c):
    """| is commutative, associative and idempotent; closed if either is closed."""
    assert (a | b).is_business_day(day) == (a.is_business_day(day) and b.is_business_day(day))
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    assert (a | NO_HOLIDAYS).entries == a.entries


@given(
    a=extended_calendars(name="a"), b=extended_calendars(name="b"), c=extended_calendars(name="c")
)
def test_the_union_of_calendars_assumes_every_day_that_any_of_them_assumes(a, b, c):
    """| stays commutative, associative and idempotent; a day is assumed if it is in either."""
    assume(max(each.first for each in (a, b, c)) <= min(each.last for each in (a, b, c)))
    assert a | b == b | a
    assert (a | b) | c == a | (b | c)
    assert a | a == a
    both = a | b
    for day in every_day(both.first, both.last + timedelta(days=1)):
        assert is_assumed(both, day) == (is_assumed(a, day) or is_assumed(b, day))


def is_assumed(calendar: HolidayCalendar, day: date) -> bool:
    return calendar.assumed_from is not None and calendar.assumed_from <= day


@given(start=WIDE, days=st.integers(1, 4000), frequency=FREQUENCIES, stub=STUBS)
def test_period_dates_run_from_the_start_to_the_end_and_increase(start, days, frequency, stub):
    """b₀ = start, bₙ = end, bₖ < bₖ₊₁; every inner period is one frequency long."""
    end = start + timedelta(days=days)
    dates = period_dates(start, end, frequency=frequency, stub=stub)
    assert (dates.nominal[0], dates.nominal[-1]) == (start, end)
    assert all(before < after for before, after in pairwise(dates.nominal))
    for period in dates:
        if not period.is_stub and frequency.days:
            assert (period.nominal_end - period.nominal_start).days == frequency.days
    assert not (dates.has_initial_stub and dates.has_final_stub)


@given(start=WIDE, count=st.integers(1, 200), length=st.sampled_from([1, 2, 3, 6, 12]))
def test_counted_forwards_each_date_is_months_added_to_the_anchor(start, count, length):
    """bₖ = anchor + k · months, whichever way the schedule is asked for."""
    assume(start.year + count * length // 12 < 2190)
    frequency = Frequency.every_months(length)
    expected = tuple(add_months(start, number * length) for number in range(count + 1))
    forwards = period_dates(start, expected[-1], frequency=frequency, stub=Stub.SHORT_FINAL)
    assert forwards.nominal == expected
    by_count = period_dates_by_count(expected[0], count + 1, frequency=frequency)
    assert by_count.nominal[1:] == expected


@given(
    year=st.integers(1950, 2100),
    month=st.integers(1, 12),
    roll_day=st.integers(1, 31),
    count=st.integers(1, 120),
    length=st.sampled_from([1, 3, 6]),
)
def test_backwards_equals_forwards_where_nothing_is_left_over(year, month, roll_day, count, length):
    """Between two roll dates of a roll that is given, both directions and no stub agree."""
    frequency, roll = Frequency.every_months(length), DayOfMonth(roll_day)
    january = date(year, 1, roll_day)
    start = add_months(january, month - 1)
    end = add_months(january, month - 1 + count * length)
    made = [
        period_dates(start, end, frequency=frequency, roll=roll, stub=stub)
        for stub in (Stub.NONE, Stub.SHORT_INITIAL, Stub.SHORT_FINAL, None)
    ]
    assert len(made[0]) == count
    assert all(dates == made[0] for dates in made)


@given(
    year=st.integers(1950, 2100),
    count=st.integers(2, 100),
    split=st.integers(1, 99),
    roll_day=st.integers(1, 31),
)
def test_a_schedule_split_at_a_roll_date_joins_again(year, count, split, roll_day):
    """dates(a, b) + dates(b, c) = dates(a, c) for a roll date b and a roll that is given."""
    assume(split < count)
    roll = DayOfMonth(roll_day)
    whole = period_dates_by_count(
        date(year, 1, roll_day), count, frequency=Frequency.MONTHLY, roll=roll
    ).nominal[1:]
    left = period_dates(whole[0], whole[split], frequency=Frequency.MONTHLY, roll=roll)
    if split + 1 < len(whole):
        right = period_dates(whole[split], whole[-1], frequency=Frequency.MONTHLY, roll=roll)
        assert left.nominal + right.nominal[1:] == whole
    else:
        assert left.nominal == whole


@given(start=WIDE, count=st.integers(1, 60), convention=CONVENTIONS)
def test_each_date_is_adjusted_by_itself(start, count, convention):
    """adjustedₖ = adjust(nominalₖ): no adjustment moves the date after it."""
    dates = period_dates_by_count(
        start, count, frequency=Frequency.MONTHLY, convention=convention, calendar=WEEKENDS_ONLY
    )
    assert dates.adjusted == tuple(
        adjust(day, convention=convention, calendar=WEEKENDS_ONLY) for day in dates.nominal
    )


@given(frequency=FREQUENCIES)
def test_a_frequency_is_what_its_text_says(frequency):
    """Frequency.of(str(f)) = f."""
    assert Frequency.of(str(frequency)) == frequency


@pytest.mark.parametrize("calendar", [WEEKENDS_ONLY, NO_HOLIDAYS])
def test_a_table_is_a_mask_for_numpy(calendar):
    """The array form marks the days that the scalar form calls business days."""
    first_day, entries = calendar.day_table()
    mask = np.frombuffer(entries, "u1")
    for day in range(first_day, first_day + len(mask), 9973):
        assert calendar.open_days.is_open(day) == bool(mask[day - first_day])
