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

from delinquency.calendar import Day, day_number, to_date
from delinquency.errors import InvalidValueError
from delinquency.sequences import checked_tuple
from delinquency.weekdays import Weekday

__all__ = ["OPEN", "SHUT", "DayTable", "OpenDays", "days_within", "week_table"]

OPEN: Final = b"\x01"
SHUT: Final = b"\x00"

_NO_GUESS: Final = (
    "A calendar answers for its covered range only; no holiday outside it is guessed."
)


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
        """The days open in both, where both are known."""
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
        return OpenDays(name, first_day, table)

    @property
    def covered(self) -> str:
        """The covered range as a text: ``"2004-01-01 to 2026-12-31"``."""
        return f"{to_date(self.first_day)} to {to_date(self.last_day)}"

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
                hint=_NO_GUESS,
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
