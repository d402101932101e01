"""Outcomes are events after the day of the signals, and nothing before it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import numpy as np
import pytest

from delinquency.back_testing import Outcomes
from delinquency.errors import InvalidTypeError, InvalidValueError

AS_OF = date(2025, 3, 31)
UNTIL = date(2025, 9, 30)


@pytest.mark.parametrize(
    ("event", "is_bad", "is_known"),
    [
        (date(2025, 3, 30), False, False),
        (date(2025, 3, 31), False, False),
        (date(2025, 4, 1), True, True),
        (date(2025, 6, 29), True, True),
        (date(2025, 6, 30), False, True),
        (None, False, True),
    ],
)
def test_the_ends_of_ninety_days(event, is_bad, is_known):
    """The day of the signals is outside, the ninetieth day after it inside."""
    found = Outcomes.of([event], watched_until=UNTIL).after(AS_OF, days=90)
    assert (found.is_bad.tolist(), found.is_known.tolist()) == ([is_bad], [is_known])


def test_who_was_not_watched_to_the_end_is_unknown_unless_the_event_came():
    seen = Outcomes.of([date(2025, 6, 1), None], watched_until=date(2025, 6, 28))
    found = seen.after(AS_OF, days=90)
    assert found.is_known.tolist() == [True, False]
    assert seen.after(AS_OF, days=89).is_known.tolist() == [True, True]


def test_days_of_numpy_are_taken_and_others_refused():
    days = np.array(["2025-04-01", "NaT"], dtype="datetime64[D]")
    assert Outcomes.of(days, watched_until=UNTIL).after(AS_OF, days=1).is_bad.tolist() == [
        True,
        False,
    ]
    with pytest.raises(InvalidValueError, match="up to watched_until"):
        Outcomes.of([date(2025, 10, 1)], watched_until=UNTIL)
    with pytest.raises(InvalidValueError, match="one day for each account"):
        Outcomes.of([], watched_until=UNTIL)
    nanoseconds = days.astype("datetime64[ns]")
    assert Outcomes.of(nanoseconds, watched_until=UNTIL).event_day[0] == 20179
    objects = [np.datetime64("NaT"), None, date(2025, 4, 1)]
    assert Outcomes.of(objects, watched_until=UNTIL).after(AS_OF, days=1).is_bad.sum() == 1
    for wrong in (["soon"], ["2025-04-01"], [1, 2], [0.5], [datetime(2025, 4, 1)], [True],
                  nanoseconds + np.timedelta64(1, "h"), "2025-04-01", date(2025, 4, 1)):  # fmt: skip
        with pytest.raises((InvalidTypeError, InvalidValueError), match="event_on"):
            Outcomes.of(wrong, watched_until=UNTIL)
    with pytest.raises(InvalidTypeError):
        Outcomes.of([None], watched_until=datetime(2025, 1, 1))
    with pytest.raises((InvalidTypeError, InvalidValueError)):
        Outcomes.of([None], watched_until=UNTIL).after(AS_OF, days=0)


def test_flags_are_events_on_the_last_day_that_was_watched():
    for flags in ([1, 0], [True, False], np.array([1, 0], dtype=np.uint8)):
        found = Outcomes.of_flags(flags, watched_until=UNTIL).after(AS_OF, days=183)
        assert (found.is_bad.tolist(), found.is_known.tolist()) == ([True, False], [True, True])
    for wrong in ([2, 0], ["yes"], [0.0, 1.0], [None]):
        with pytest.raises(InvalidTypeError, match="is_bad"):
            Outcomes.of_flags(wrong, watched_until=UNTIL)
    with pytest.raises(InvalidValueError, match="one day for each account"):
        Outcomes.of_flags(np.array([], dtype=bool), watched_until=UNTIL)


def test_an_event_that_never_came_does_not_come_however_long_one_waits():
    seen = Outcomes.of([date(2025, 4, 1), None], watched_until=UNTIL)
    for days in (10**6, 2**31, 10**12, 10**30):
        found = seen.after(AS_OF, days=days)
        assert (found.is_bad.tolist(), found.is_known.tolist()) == ([True, False], [True, False])


@pytest.mark.parametrize(
    "wrong",
    [
        np.array(["2025-04"], dtype="datetime64[M]"),
        np.array(["2025"], dtype="datetime64[Y]"),
        [np.datetime64("2025-04"), None],
        [np.datetime64("2025-04-01T10"), None],
        [date(2025, 4, 1), float("nan")],
        [Decimal("sNaN")],
        {date(2025, 4, 1), date(2025, 4, 2)},
        {date(2025, 4, 1): 1},
        np.ma.array(np.array(["2025-04-01"], dtype="datetime64[D]"), mask=[True]),
        np.array([-800_000], dtype="datetime64[D]"),
        # In 32 bits it would be a day to come.
        np.array([-3 * 10**9], dtype="datetime64[D]"),
        [[date(2025, 4, 1)], []],
        None,
    ],
)
def test_what_is_no_day_of_an_account_is_refused(wrong):
    with pytest.raises((InvalidTypeError, InvalidValueError), match="event_on"):
        Outcomes.of(wrong, watched_until=UNTIL)


def test_days_of_other_libraries_are_taken():
    pandas = pytest.importorskip("pandas")
    days = pandas.Series([pandas.Timestamp("2025-04-01"), pandas.NaT])
    for given in (days, days.astype(object).where(days.isna(), date(2025, 4, 1))):
        found = Outcomes.of(given, watched_until=UNTIL)
        assert found.event_day.tolist() == [20179, 2**31 - 1]


@pytest.mark.parametrize(
    "wrong", [np.ma.array([1, 0], mask=[1, 0]), {0, 1}, {1: 0}, [[1], [1, 0]], "10", True, None]
)
def test_flags_that_nobody_can_lay_beside_accounts_are_refused(wrong):
    with pytest.raises(InvalidTypeError, match="is_bad"):
        Outcomes.of_flags(wrong, watched_until=UNTIL)


@pytest.mark.parametrize(
    ("event_day", "watched_until"),
    [
        ([1], [2]),
        (np.array([1]), np.array([2])),
        (np.array([1, 2], dtype=np.int32), np.array([2], dtype=np.int32)),
        (np.array([[1]], dtype=np.int32), np.array([[2]], dtype=np.int32)),
    ],
)
def test_outcomes_are_columns_of_day_numbers(event_day, watched_until):
    with pytest.raises(InvalidTypeError, match=r"event_day|watched_until"):
        Outcomes(event_day, watched_until)


def test_outcomes_are_shown_in_short():
    until = [date(2025, 6, 28), date(2025, 6, 30)]
    by_id = Outcomes.of([date(2025, 6, 1), None], watched_until=until, account_id=["B", "A"])
    assert repr(by_id) == (
        "Outcomes(2 accounts, 1 with an event, watched until 2025-06-28 to 2025-06-30, found by id)"
    )
    by_row = Outcomes.of([None], watched_until=UNTIL)
    assert repr(by_row) == (
        f"Outcomes(1 accounts, 0 with an event, watched until {UNTIL}, found by position)"
    )
    none = np.array([], dtype=np.int32)
    assert "watched until no day" in repr(Outcomes(none, none))
