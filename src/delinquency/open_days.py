"""Business days below the surface: a table with one byte a day, asked by day number.

Adjusting 360 due dates must not make 360 date objects. The one idea: a day is open or shut by one byte
of a table, so the next open day is a search for a byte and counting is a count of bytes, both of which
the language does in one step; what lies outside the table is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple, NoReturn

import attrs

from delinquency.calendar import LAST_DAY, Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.sequences import checked_tuple
from delinquency.weekdays import Weekday

__all__ = [
    "OPEN",
    "SHUT",
    "DayTable",
    "OpenDays",
    "checked_days",
    "checked_range",
    "days_within",
    "mark_holidays",
    "week_table",
]

OPEN: Final = b"\x01"
SHUT: Final = b"\x00"

_NO_GUESS: Final = (
    "A calendar answers for its covered range only; no holiday outside it is guessed."
)
_TO_GO_ON: Final = " To go on with weekends alone, say so with with_assumed_weekends(last=...)."


class DayTable(NamedTuple):
    """A calendar as an array, for a kernel: ``numpy.frombuffer(table.is_business_day, "u1")``.

    Attributes
    ----------
    first_day : int
        The day of entry 0 [days since 1970-01-01].
    is_business_day : bytes
        One byte a day: 1 for a business day, 0 for none.
    """

    first_day: Day
    is_business_day: bytes


@attrs.frozen(slots=True)
class OpenDays:
    """The business days from ``first_day`` to ``last_day``, both covered.

    Attributes
    ----------
    name : str
        Of the calendar, for messages.
    first_day : int
        The day of entry 0 [days since 1970-01-01].
    table : bytes
        One byte a day: 1 open, 0 shut. Trusted.
    assumed_day : int or None
        The first of the days to the end that are assumed and not known [days since 1970-01-01].

    Examples
    --------
    Friday 3 to Monday 6 January 2025:

    >>> days = OpenDays("week", 20091, bytes([1, 0, 0, 1]))
    >>> days.is_open(20092), days.open_from(20092), days.open_until(20093), days.count(20091, 20095)
    (False, 20094, 20091, 2)
    """

    name: str
    first_day: Day
    table: bytes
    assumed_day: Day | None = None

    @property
    def last_day(self) -> Day:
        """The last day covered [days since 1970-01-01]."""
        return self.first_day + len(self.table) - 1

    def covers(self, day: Day) -> bool:
        """Whether the table has an entry for the day."""
        return self.first_day <= day <= self.last_day

    def is_open(self, day: Day) -> bool:
        """Whether the day is a business day; outside the range it is refused."""
        self.check(day)
        return self.table[day - self.first_day] == 1

    def count(self, start_day: Day, end_day: Day) -> int:
        """How many business days are in ``[start_day, end_day)``."""
        if end_day < start_day:
            raise InvalidValueError.at(
                f"calendar {self.name!r}",
                expected=f"end on or after {to_date(start_day)}",
                found=to_date(end_day).isoformat(),
            )
        self.check(start_day)
        if end_day > self.last_day + 1:
            self.check(end_day)
        return self.table.count(OPEN, start_day - self.first_day, end_day - self.first_day)

    def open_from(self, day: Day) -> Day:
        """The first business day on or after the day."""
        found = self.first_open(day, self.last_day)
        return self._none("on or after", day) if found is None else found

    def open_until(self, day: Day) -> Day:
        """The last business day on or before the day."""
        found = self.last_open(self.first_day, day)
        return self._none("on or before", day) if found is None else found

    def add(self, day: Day, days: int) -> Day:
        """The day that lies so many business days after the day; 0 gives the day itself."""
        self.check(day)
        for _ in range(abs(days)):
            day = self.open_from(day + 1) if days > 0 else self.open_until(day - 1)
        return day

    def first_open(self, day: Day, last_day: Day) -> Day | None:
        """The first business day in ``[day, last_day]``, or None.

        Where the covered days hold none and the range ends before ``last_day``, nobody knows: refused.
        """
        self.check(day)
        at = self.table.find(OPEN, day - self.first_day, last_day + 1 - self.first_day)
        if at >= 0:
            return at + self.first_day
        if last_day > self.last_day:
            self.check(self.last_day + 1)
        return None

    def last_open(self, first_day: Day, day: Day) -> Day | None:
        """The last business day in ``[first_day, day]``, or None; as :meth:`first_open`."""
        self.check(day)
        start = max(first_day - self.first_day, 0)
        at = self.table.rfind(OPEN, start, day + 1 - self.first_day)
        if at >= 0:
            return at + self.first_day
        if first_day < self.first_day:
            self.check(self.first_day - 1)
        return None

    def intersection(self, other: OpenDays, name: str) -> OpenDays:
        """The days open in both, where both are covered; assumed where either is."""
        first_day = max(self.first_day, other.first_day)
        last_day = min(self.last_day, other.last_day)
        if first_day > last_day:
            raise InvalidValueError.at(
                f"calendars {self.name!r} and {other.name!r}",
                expected="covered ranges that share a day",
                found=f"{self.covered} and {other.covered}",
            )
        mine, theirs = (
            int.from_bytes(
                days.table[first_day - days.first_day : last_day + 1 - days.first_day], "little"
            )
            for days in (self, other)
        )
        table = (mine & theirs).to_bytes(last_day + 1 - first_day, "little")
        assumed = [
            max(days.assumed_day, first_day)
            for days in (self, other)
            if days.assumed_day is not None and days.assumed_day <= last_day
        ]
        return OpenDays(name, first_day, table, min(assumed, default=None))

    def extended(self, last_day: Day, weekend: Iterable[Weekday]) -> OpenDays:
        """The same days, and after them to a later last day those that are not of the weekend."""
        begin = self.last_day + 1
        if last_day < begin:
            raise InvalidValueError.at(
                f"calendar {self.name!r}",
                expected=f"a last day after {to_date(self.last_day)}, which is covered already",
                found=to_date(last_day).isoformat(),
            )
        table = self.table + bytes(week_table(weekend, begin, last_day - begin + 1))
        assumed = begin if self.assumed_day is None else self.assumed_day
        return OpenDays(self.name, self.first_day, table, assumed)

    @property
    def covered(self) -> str:
        """The covered range as a text: ``"2004-01-01 to 2026-12-31"``."""
        return f"{to_date(self.first_day)} to {to_date(self.last_day)}"

    @property
    def told(self) -> str:
        """The range, how many days of it are business days, and from which day on they are assumed."""
        assumed = "" if self.assumed_day is None else f", assumed from {to_date(self.assumed_day)}"
        return f"{self.covered}, {self.table.count(OPEN)} business days{assumed}"

    def check(self, day: Day) -> None:
        """Refuse a day outside the covered range.

        Raises
        ------
        InvalidValueError
            Naming the calendar, its range and the day.
        """
        if not self.covers(day):
            raise InvalidValueError.at(
                f"calendar {self.name!r}",
                expected=f"a date from {self.covered}",
                found=to_date(day).isoformat(),
                hint=_NO_GUESS + (_TO_GO_ON if day > self.last_day else ""),
            )

    def _none(self, side: str, day: Day) -> NoReturn:
        raise InvalidValueError.at(
            f"calendar {self.name!r}",
            expected=f"a business day {side} {to_date(day)}",
            found=f"none from {self.covered}",
            hint=_NO_GUESS,
        )


def week_table(weekend: Iterable[Weekday], first_day: Day, length: int) -> bytearray:
    """A table of ``length`` days from ``first_day`` on, of which the weekend alone is shut.

    Examples
    --------
    From Friday 3 January 2025, Saturday off:

    >>> list(week_table([Weekday.SATURDAY], 20091, 4))
    [1, 0, 1, 1]
    """
    off = {day.value for day in checked_tuple(weekend, Weekday, "weekend")}
    monday = -(first_day + 3) % 7
    week = bytes(0 if (number - monday) % 7 in off else 1 for number in range(7))
    return bytearray((week * (length // 7 + 1))[:length])


def days_within(days: Iterable[date], first_day: Day, last_day: Day, *, where: str) -> set[Day]:
    """The day numbers of dates, each refused unless it is in ``[first_day, last_day]``."""
    numbers: set[Day] = set()
    for day in checked_tuple(days, date, where):
        number = day_number(day, where=where, field="date")
        if not first_day <= number <= last_day:
            raise InvalidValueError.at(
                where,
                expected=f"a date from {to_date(first_day)} to {to_date(last_day)}",
                found=day.isoformat(),
                hint="Widen the covered range, or leave the date out.",
            )
        numbers.add(number)
    return numbers


def mark_holidays(
    table: bytearray,
    first_day: Day,
    holidays: Iterable[date],
    working_days: Iterable[date],
    *,
    where: str,
) -> None:
    """Shut the holidays in a table that begins on ``first_day``, and open the days that are worked.

    Raises
    ------
    InvalidTypeError
        Other things than dates.
    InvalidValueError
        A day outside the table; a day that is both.
    """
    last_day = first_day + len(table) - 1
    shut = days_within(holidays, first_day, last_day, where=f"{where}, holiday")
    worked = days_within(working_days, first_day, last_day, where=f"{where}, working day")
    if both := sorted(shut & worked):
        raise InvalidValueError.at(
            where,
            expected="each day to be a holiday or a working day",
            found=f"{to_date(both[0])} as both",
        )
    for day in shut:
        table[day - first_day] = 0
    for day in worked:
        table[day - first_day] = 1


def checked_range(name: str, first: date, last: date) -> tuple[Day, Day]:
    """The first and the last day of a calendar as day numbers, in order."""
    where = f"calendar {name!r}"
    first_day = day_number(first, where=where, field="first")
    last_day = day_number(last, where=where, field="last")
    if first_day > last_day:
        raise InvalidValueError.at(
            where, expected=f"last on or after {first}", found=last.isoformat()
        )
    return first_day, last_day


def checked_days(name: str, first: date, entries: bytes, assumed_from: date | None) -> OpenDays:
    """The parts of a calendar, each checked.

    Raises
    ------
    InvalidTypeError
        A part of another type.
    InvalidValueError
        No name, no day, a byte other than 0 and 1, days after 2200, assumed days that begin outside.
    """
    if not isinstance(name, str):
        raise InvalidTypeError.at("calendar, name", expected="a text", found=name)
    if not name.strip():
        raise InvalidValueError.at("calendar, name", expected="a name", found=repr(name))
    where = f"calendar {name!r}"
    if not isinstance(entries, bytes):
        raise InvalidTypeError.at(f"{where}, entries", expected="bytes", found=entries)
    if not entries or entries.translate(None, OPEN + SHUT):
        raise InvalidValueError.at(
            f"{where}, entries", expected="one byte of 0 or 1 a day", found=entries or "no day"
        )
    first_day = day_number(first, where=where, field="first")
    if first_day + len(entries) - 1 > LAST_DAY:
        raise InvalidValueError.at(
            where,
            expected=f"at most {LAST_DAY - first_day + 1} days, to {to_date(LAST_DAY)}",
            found=f"{len(entries)} days",
        )
    if assumed_from is None:
        return OpenDays(name, first_day, entries)
    assumed = day_number(assumed_from, where=where, field="assumed_from")
    days = OpenDays(name, first_day, entries, assumed)
    if not days.covers(assumed):
        raise InvalidValueError.at(
            f"{where}, assumed_from",
            expected=f"a date from {days.covered}",
            found=assumed_from.isoformat(),
        )
    return days
