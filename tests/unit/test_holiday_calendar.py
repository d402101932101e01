"""A calendar knows its business days within its range, and says so outside it."""

from __future__ import annotations

import pickle
from datetime import date, datetime

import attrs
import pytest

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.holiday_calendar import NO_HOLIDAYS, WEEKENDS_ONLY, HolidayCalendar
from delinquency.open_days import OpenDays, days_within, week_table
from delinquency.weekdays import FRIDAY_SATURDAY, NO_WEEKEND, Weekday

FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
HOLIDAYS = tuple(date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23))
WORKED = (date(2026, 2, 14), date(2026, 2, 28))


def china(**fields) -> HolidayCalendar:
    given = {"holidays": HOLIDAYS, "working_days": WORKED, "first": FIRST, "last": LAST}
    return HolidayCalendar.from_holidays("CN", **{**given, **fields})


def test_a_saturday_that_is_worked_is_a_business_day():
    assert china().is_business_day(date(2026, 2, 14))
    assert not china(working_days=()).is_business_day(date(2026, 2, 14))


def test_a_holiday_and_a_sunday_are_none():
    assert not china().is_business_day(date(2026, 2, 17))
    assert not china().is_business_day(date(2026, 2, 15))


def test_a_holiday_on_a_weekend_changes_nothing():
    assert china(holidays=[*HOLIDAYS, date(2026, 2, 15)]) == china()


def test_a_working_day_that_is_no_weekend_changes_nothing():
    assert china(working_days=[*WORKED, date(2026, 2, 3)]) == china()


def test_the_gulf_rests_on_friday_and_saturday():
    gulf = HolidayCalendar.weekends_only("gulf", weekend=FRIDAY_SATURDAY)
    week = [gulf.is_business_day(date(2025, 1, day)) for day in range(2, 7)]
    assert week == [True, False, False, True, True]


def test_weekends_only_and_no_holidays_cover_1900_to_2200():
    for calendar in (WEEKENDS_ONLY, NO_HOLIDAYS):
        assert (calendar.first, calendar.last) == (date(1900, 1, 1), date(2200, 12, 31))
    assert NO_HOLIDAYS.business_days_between(date(2025, 1, 1), date(2026, 1, 1)) == 365
    assert not WEEKENDS_ONLY.is_business_day(date(1900, 1, 6))
    assert WEEKENDS_ONLY.is_business_day(date(2200, 12, 31))


@pytest.mark.parametrize("day", [date(2026, 1, 31), date(2026, 3, 1)])
def test_the_day_outside_either_end_is_refused_by_name_range_and_date(day):
    for ask in (china().is_business_day, china().next_business_day, china().previous_business_day):
        with pytest.raises(InvalidValueError) as caught:
            ask(day)
        assert caught.value.where == "calendar 'CN'"
        assert caught.value.expected == "a date from 2026-02-01 to 2026-02-28"
        assert caught.value.found == day.isoformat()


def test_covers_says_where_the_ends_are():
    days = [date(2026, 1, 31), FIRST, LAST, date(2026, 3, 1)]
    assert [china().covers(day) for day in days] == [False, True, True, False]


def test_a_search_that_leaves_the_range_is_refused_and_not_guessed():
    with pytest.raises(InvalidValueError, match="2026-03-01"):
        china().next_business_day(LAST)
    with pytest.raises(InvalidValueError, match="business day on or before 2026-02-01, found none"):
        china().previous_business_day(date(2026, 2, 2))
    with pytest.raises(InvalidValueError, match="business day on or after 2026-02-28, found none"):
        china(working_days=()).next_business_day(date(2026, 2, 27))


def test_business_days_are_added_across_a_long_holiday():
    start = date(2026, 2, 13)
    found = [china().add_business_days(start, days) for days in (-1, 0, 1, 2, 3)]
    assert [day.day for day in found] == [12, 13, 14, 24, 25]


def test_no_business_day_added_to_a_holiday_leaves_it_where_it_is():
    assert china().add_business_days(date(2026, 2, 17), 0) == date(2026, 2, 17)
    assert china().add_business_days(date(2026, 2, 17), 1) == date(2026, 2, 24)
    assert china().add_business_days(date(2026, 2, 17), -1) == date(2026, 2, 14)


@pytest.mark.parametrize("days", [1.0, "1", True, None])
def test_only_a_whole_number_of_business_days_can_be_added(days):
    with pytest.raises(InvalidTypeError, match="days: expected an int"):
        china().add_business_days(FIRST, days)


def test_the_start_counts_and_the_end_does_not():
    between = china().business_days_between
    assert between(date(2026, 2, 13), date(2026, 2, 13)) == 0
    assert between(date(2026, 2, 13), date(2026, 2, 14)) == 1
    assert between(date(2026, 2, 15), date(2026, 2, 24)) == 0
    assert between(FIRST, date(2026, 3, 1)) == 16


def test_counting_backwards_or_beyond_the_range_is_refused():
    with pytest.raises(InvalidValueError, match="end on or after 2026-02-02"):
        china().business_days_between(date(2026, 2, 2), FIRST)
    with pytest.raises(InvalidValueError, match="found 2026-03-02"):
        china().business_days_between(FIRST, date(2026, 3, 2))
    with pytest.raises(InvalidValueError, match="found 2026-01-31"):
        china().business_days_between(date(2026, 1, 31), FIRST)


def test_calendars_compare_hash_and_pickle_by_value():
    again = china(holidays=reversed(HOLIDAYS))
    assert again == china()
    assert hash(again) == hash(china())
    assert pickle.loads(pickle.dumps(china())) == china()
    assert attrs.evolve(china(), name="mainland") != china()


def test_a_calendar_shows_its_range():
    told = "HolidayCalendar('CN', 2026-02-01 to 2026-02-28, 16 business days)"
    assert repr(china()) == told


def test_a_union_is_closed_where_either_is_and_known_where_both_are():
    us = HolidayCalendar.from_holidays(
        "US", holidays=[date(2026, 2, 16)], first=date(2026, 2, 10), last=date(2026, 3, 31)
    )
    both = china() | us
    assert (both.name, both.first, both.last) == ("CN | US", date(2026, 2, 10), LAST)
    assert not both.is_business_day(date(2026, 2, 14))
    assert not both.is_business_day(date(2026, 2, 16))
    assert both.is_business_day(date(2026, 2, 13))


LATER = date(2056, 12, 31)


def test_beyond_what_was_announced_weekends_alone_are_off():
    longer = china().with_assumed_weekends(last=LATER)
    assert (longer.name, longer.first, longer.last) == ("CN", FIRST, LATER)
    assert longer.assumed_from == date(2026, 3, 1)
    assert longer.entries[:28] == china().entries
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2027, 1, 1), date(2056, 12, 30), LATER]
    assert [longer.is_business_day(day) for day in days] == [False, True, True, False, False]
    assert longer.next_business_day(LAST) == date(2026, 3, 2)


def test_nothing_is_assumed_unless_it_is_asked_for():
    for calendar in (china(), WEEKENDS_ONLY, NO_HOLIDAYS, china() | WEEKENDS_ONLY):
        assert calendar.assumed_from is None
        assert "assumed" not in repr(calendar)


def test_what_is_assumed_ends_where_it_was_asked_to():
    longer = china().with_assumed_weekends(last=date(2026, 3, 2))
    assert longer.covers(date(2026, 3, 2))
    with pytest.raises(InvalidValueError, match="found 2026-03-03") as caught:
        longer.is_business_day(date(2026, 3, 3))
    assert caught.value.hint.endswith("say so with with_assumed_weekends(last=...).")
    with pytest.raises(InvalidValueError, match="found 2026-01-31") as caught:
        longer.is_business_day(date(2026, 1, 31))
    assert "weekends" not in caught.value.hint


def test_the_weekend_that_is_assumed_can_be_named():
    friday, sunday = date(2026, 3, 6), date(2026, 3, 8)
    gulf = china().with_assumed_weekends(last=LATER, weekend=FRIDAY_SATURDAY)
    assert not gulf.is_business_day(friday)
    assert gulf.is_business_day(sunday)


def test_extending_twice_is_extending_once():
    once = china().with_assumed_weekends(last=LATER)
    twice = china().with_assumed_weekends(last=date(2030, 1, 1)).with_assumed_weekends(last=LATER)
    assert once == twice
    assert twice.assumed_from == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("fields", "kind", "told"),
    [
        ({"last": LAST}, InvalidValueError, "a last day after 2026-02-28, which is covered"),
        ({"last": date(2026, 2, 1)}, InvalidValueError, "found 2026-02-01"),
        ({"last": date(2201, 1, 1)}, InvalidValueError, "2200-12-31"),
        ({"last": datetime(2027, 1, 1)}, InvalidTypeError, "last to be a date"),
        ({"last": 2027}, InvalidTypeError, "last to be a date"),
        ({"last": LATER, "weekend": [5, 6]}, InvalidTypeError, "an instance of Weekday"),
    ],
)
def test_what_no_calendar_can_be_extended_to_is_refused(fields, kind, told):
    with pytest.raises(kind, match=told):
        china().with_assumed_weekends(**fields)


def test_a_calendar_that_assumes_is_not_equal_to_one_that_knows_the_same_days():
    longer = china().with_assumed_weekends(last=LATER)
    known = attrs.evolve(longer, assumed_from=None)
    assert longer != known
    assert longer.entries == known.entries
    assert pickle.loads(pickle.dumps(longer)) == longer
    assert pickle.loads(pickle.dumps(longer)).assumed_from == date(2026, 3, 1)
    assert repr(longer).endswith("8061 business days, assumed from 2026-03-01)")


def test_a_union_assumes_from_the_first_day_on_which_either_does():
    longer = china().with_assumed_weekends(last=LATER)
    other = HolidayCalendar.from_holidays(
        "other", holidays=[], first=date(2026, 1, 1), last=date(2027, 12, 31)
    )
    assert (longer | other).assumed_from == (other | longer).assumed_from == date(2026, 3, 1)
    both = longer | other.with_assumed_weekends(last=LATER)
    assert (both.assumed_from, both.last) == (date(2026, 3, 1), LATER)


def test_a_union_that_ends_before_the_first_assumed_day_knows_all_its_days():
    longer = china().with_assumed_weekends(last=LATER)
    assert longer | china() == china()


def test_a_union_that_begins_within_the_assumed_days_assumes_all_its_days():
    longer = china().with_assumed_weekends(last=LATER)
    other = HolidayCalendar.from_holidays(
        "other", holidays=[], first=date(2027, 1, 1), last=date(2027, 12, 31)
    )
    both = longer | other
    assert both.assumed_from == both.first == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 1, 31), InvalidValueError),
        (date(2026, 3, 1), InvalidValueError),
        (datetime(2026, 2, 10), InvalidTypeError),
        ("2026-02-10", InvalidTypeError),
    ],
)
def test_what_is_assumed_begins_within_the_range(day, kind):
    for edge in (FIRST, LAST):
        assert attrs.evolve(china(), assumed_from=edge).assumed_from == edge
    with pytest.raises(kind, match="assumed_from"):
        attrs.evolve(china(), assumed_from=day)


def test_calendars_that_share_no_day_cannot_be_joined():
    later = HolidayCalendar.from_holidays(
        "later", holidays=[], first=date(2027, 1, 1), last=date(2027, 1, 31)
    )
    with pytest.raises(InvalidValueError, match="covered ranges that share a day"):
        china() | later


def test_a_calendar_is_joined_with_calendars_only():
    with pytest.raises(TypeError):
        china() | {date(2026, 2, 3)}


def test_the_table_is_one_byte_a_day_for_a_kernel():
    numpy = pytest.importorskip("numpy")
    table = china().day_table()
    entries = numpy.frombuffer(table.is_business_day, "u1")
    assert entries.sum() == 16
    assert entries[(date(2026, 2, 14) - date(1970, 1, 1)).days - table.first_day] == 1


@pytest.mark.parametrize(
    ("fields", "kind", "told"),
    [
        ({"first": datetime(2026, 2, 1)}, InvalidTypeError, "first to be a date"),
        ({"last": "2026-02-28"}, InvalidTypeError, "last to be a date"),
        ({"last": date(2026, 1, 31)}, InvalidValueError, "last on or after 2026-02-01"),
        ({"holidays": "2026-02-17"}, InvalidTypeError, "an iterable of date"),
        ({"holidays": [datetime(2026, 2, 17)]}, InvalidTypeError, "datetime is not a date"),
        ({"holidays": [date(2026, 3, 1)]}, InvalidValueError, "holiday: expected a date from"),
        ({"working_days": [date(2026, 1, 31)]}, InvalidValueError, "working day: expected a date"),
        ({"working_days": HOLIDAYS[:1]}, InvalidValueError, "2026-02-16 as both"),
        ({"weekend": [5, 6]}, InvalidTypeError, "an instance of Weekday"),
    ],
)
def test_what_is_no_calendar_is_refused(fields, kind, told):
    with pytest.raises(kind, match=told):
        china(**fields)


@pytest.mark.parametrize(
    ("arguments", "kind", "told"),
    [
        ((1, FIRST, b"\x01"), InvalidTypeError, "name: expected a text"),
        ((" ", FIRST, b"\x01"), InvalidValueError, "name: expected a name"),
        (("x", FIRST, bytearray(1)), InvalidTypeError, "entries: expected bytes"),
        (("x", FIRST, b""), InvalidValueError, "found no day"),
        (("x", FIRST, b"\x02"), InvalidValueError, "one byte of 0 or 1 a day"),
        (("x", date(2200, 12, 31), b"\x01\x01"), InvalidValueError, "at most 1 days"),
        (("x", datetime(2026, 2, 1), b"\x01"), InvalidTypeError, "first to be a date"),
    ],
)
def test_what_is_no_table_is_refused(arguments, kind, told):
    with pytest.raises(kind, match=told):
        HolidayCalendar(*arguments)


def test_a_table_may_hold_no_business_day_at_all():
    shut = HolidayCalendar.from_holidays(
        "shut", holidays=[], first=FIRST, last=LAST, weekend=Weekday
    )
    assert shut.business_days_between(FIRST, LAST) == 0
    with pytest.raises(InvalidValueError, match="found none"):
        shut.next_business_day(FIRST)


def test_the_day_number_zero_is_a_day_like_any_other():
    days = OpenDays("thursday", -1, b"\x00\x01\x00")
    assert days.open_from(-1) == days.open_until(1) == 0


def test_a_limited_search_says_none_only_where_it_knows():
    days = OpenDays("shut", 0, b"\x00\x00\x00")
    assert days.first_open(0, 2) is None
    assert days.last_open(0, 2) is None
    with pytest.raises(InvalidValueError, match="found 1970-01-04"):
        days.first_open(0, 3)
    with pytest.raises(InvalidValueError, match="found 1969-12-31"):
        days.last_open(-1, 2)


def test_a_week_begins_on_any_day():
    for first in range(-10, 10):
        table = week_table([Weekday.MONDAY], first, 15)
        assert [7 * k - 3 for k in range(-1, 3) if first <= 7 * k - 3 < first] == []
        assert [first + at for at, entry in enumerate(table) if not entry] == [
            day for day in range(first, first + 15) if (day + 3) % 7 == 0
        ]
    assert bytes(week_table(NO_WEEKEND, 0, 3)) == b"\x01\x01\x01"


def test_a_date_named_twice_is_one_day():
    assert days_within([date(1970, 1, 2)] * 2, 0, 5, where="test") == {1}
