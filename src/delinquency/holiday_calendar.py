"""Which days are business days, and where that is known.

A calendar that answers for a year whose holidays nobody has announced yet is wrong in silence. The one
idea: a calendar is a table with one entry a day and two ends. Weekends, holidays and make-up working
days are read into the table once, and a day outside its ends is refused, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from delinquency.calendar import FIRST_DAY, LAST_DAY, Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.open_days import OPEN, SHUT, DayTable, OpenDays, days_within, week_table
from delinquency.weekdays import NO_WEEKEND, SATURDAY_SUNDAY, Weekday
from delinquency.whole_numbers import check_int

__all__ = ["NO_HOLIDAYS", "WEEKENDS_ONLY", "DayTable", "HolidayCalendar"]

_JOIN: Final = " | "


@attrs.frozen(slots=True, repr=False)
class HolidayCalendar:
    """The business days of a place within a covered range, both ends of which are covered.

    Make one with :meth:`from_holidays` or :meth:`weekends_only`, from a package with
    :mod:`delinquency.calendars`, or of two with ``|``. Equal calendars have the same name, the same
    range and the same business days, however they were made.

    Other names: business calendar, financial centre, good business days; 节假日历、工作日历.

    Parameters
    ----------
    name : str
        For messages, such as ``"CN"``.
    first : datetime.date
        The first day covered.
    entries : bytes
        One byte a day from ``first`` on: 1 for a business day, 0 for none.

    Attributes
    ----------
    last : datetime.date
        The last day covered.

    Raises
    ------
    InvalidTypeError
        A name that is no text, entries that are no ``bytes``, a ``datetime``.
    InvalidValueError
        An empty name, no entry, a byte other than 0 and 1, a range beyond 1900 to 2200.

    Examples
    --------
    Saturday 14 February 2026 is worked for the long Spring Festival holiday:

    >>> china = HolidayCalendar.from_holidays("CN",
    ...     holidays=[date(2026, 2, day) for day in (16, 17, 18, 19, 20, 23)],
    ...     working_days=[date(2026, 2, 14), date(2026, 2, 28)],
    ...     first=date(2026, 2, 1), last=date(2026, 2, 28))
    >>> china.is_business_day(date(2026, 2, 14)), china.is_business_day(date(2026, 2, 15))
    (True, False)
    >>> china.next_business_day(date(2026, 2, 14))
    datetime.date(2026, 2, 24)
    >>> china.business_days_between(date(2026, 2, 1), date(2026, 3, 1))
    16
    >>> china.is_business_day(date(2026, 3, 1))
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: calendar 'CN': expected a date from 2026-02-01 to \
2026-02-28, found 2026-03-01. Hint: A calendar answers for its covered range only; no \
holiday outside it is guessed.
    """

    name: str
    first: date
    entries: bytes
    open_days: OpenDays = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise InvalidTypeError.at("calendar, name", expected="a text", found=self.name)
        if not self.name.strip():
            raise InvalidValueError.at("calendar, name", expected="a name", found=repr(self.name))
        self._check_entries()
        first_day = day_number(self.first, where=self._where, field="first")
        if first_day + len(self.entries) - 1 > LAST_DAY:
            raise InvalidValueError.at(
                self._where,
                expected=f"at most {LAST_DAY - first_day + 1} days, to {to_date(LAST_DAY)}",
                found=f"{len(self.entries)} days",
            )
        object.__setattr__(self, "open_days", OpenDays(self.name, first_day, self.entries))

    @classmethod
    def from_holidays(
        cls,
        name: str,
        *,
        holidays: Iterable[date],
        first: date,
        last: date,
        weekend: Iterable[Weekday] = SATURDAY_SUNDAY,
        working_days: Iterable[date] = (),
    ) -> HolidayCalendar:
        """A calendar from its holidays.

        A day is a business day if it is one of the ``working_days``, or if it is neither a holiday
        nor of the weekend.

        Parameters
        ----------
        name : str
            For messages, such as ``"CN"``.
        holidays : iterable of datetime.date
            Days off; one that falls on the weekend changes nothing.
        first, last : datetime.date
            The covered range; both ends belong to it.
        weekend : iterable of Weekday, default Saturday and Sunday
            The days of the week that are off.
        working_days : iterable of datetime.date
            Days of the weekend that are worked all the same (调休上班日, make-up working days).

        Raises
        ------
        InvalidTypeError
            A ``datetime``, a text, a weekend of other things than ``Weekday``.
        InvalidValueError
            ``first`` after ``last``; a holiday or working day outside the range; a day in both.

        Examples
        --------
        >>> from delinquency.weekdays import FRIDAY_SATURDAY
        >>> gulf = HolidayCalendar.from_holidays("gulf", holidays=[], first=date(2025, 1, 1),
        ...     last=date(2025, 1, 31), weekend=FRIDAY_SATURDAY)
        >>> gulf.next_business_day(date(2025, 1, 2))
        datetime.date(2025, 1, 5)
        """
        where = f"calendar {name!r}"
        first_day = day_number(first, where=where, field="first")
        last_day = day_number(last, where=where, field="last")
        if first_day > last_day:
            raise InvalidValueError.at(
                where, expected=f"last on or after {first}", found=last.isoformat()
            )
        shut = days_within(holidays, first_day, last_day, where=f"{where}, holiday")
        worked = days_within(working_days, first_day, last_day, where=f"{where}, working day")
        if both := sorted(shut & worked):
            raise InvalidValueError.at(
                where,
                expected="each day to be a holiday or a working day",
                found=f"{to_date(both[0])} as both",
            )
        table = week_table(weekend, first_day, last_day - first_day + 1)
        for day in shut:
            table[day - first_day] = 0
        for day in worked:
            table[day - first_day] = 1
        return cls(name, first, bytes(table))

    @classmethod
    def weekends_only(
        cls, name: str, *, weekend: Iterable[Weekday] = SATURDAY_SUNDAY
    ) -> HolidayCalendar:
        """A calendar of no holidays but the weekend, from 1900-01-01 to 2200-12-31.

        Examples
        --------
        >>> fridays_off = HolidayCalendar.weekends_only("Fri", weekend=[Weekday.FRIDAY])
        >>> fridays_off.is_business_day(date(2025, 1, 3)), fridays_off.last
        (False, datetime.date(2200, 12, 31))
        """
        table = week_table(weekend, FIRST_DAY, LAST_DAY - FIRST_DAY + 1)
        return cls(name, to_date(FIRST_DAY), bytes(table))

    @property
    def last(self) -> date:
        """The last day covered."""
        return to_date(self.open_days.last_day)

    def covers(self, day: date) -> bool:
        """Whether the day is in the covered range; both ends are."""
        return self.open_days.covers(self._number(day))

    def is_business_day(self, day: date) -> bool:
        """Whether the day is a business day.

        Raises
        ------
        InvalidValueError
            Outside the covered range.

        Examples
        --------
        Friday and Saturday:

        >>> [WEEKENDS_ONLY.is_business_day(date(2025, 1, day)) for day in (3, 4)]
        [True, False]
        """
        return self.open_days.is_open(self._number(day))

    def next_business_day(self, day: date) -> date:
        """The first business day after the day; the day itself never is.

        Raises
        ------
        InvalidValueError
            The day, or the answer, is outside the covered range.

        Examples
        --------
        From Friday, and from Saturday:

        >>> [str(WEEKENDS_ONLY.next_business_day(date(2025, 1, day))) for day in (3, 4)]
        ['2025-01-06', '2025-01-06']
        """
        return self.add_business_days(day, 1)

    def previous_business_day(self, day: date) -> date:
        """The last business day before the day; otherwise as :meth:`next_business_day`.

        Examples
        --------
        >>> str(WEEKENDS_ONLY.previous_business_day(date(2025, 1, 6)))
        '2025-01-03'
        """
        return self.add_business_days(day, -1)

    def add_business_days(self, day: date, days: int) -> date:
        """The day that lies ``days`` business days after the day.

        The first is the first business day after it, whether it is one itself or not; 0 gives the
        day itself, unadjusted.

        Parameters
        ----------
        day : datetime.date
        days : int
            How many business days [business days]; may be negative.

        Raises
        ------
        InvalidTypeError
            ``days`` is no ``int``.
        InvalidValueError
            The day, or the answer, is outside the covered range.

        Examples
        --------
        From Friday 3 January 2025:

        >>> [str(WEEKENDS_ONLY.add_business_days(date(2025, 1, 3), n)) for n in (-1, 0, 1, 5)]
        ['2025-01-02', '2025-01-03', '2025-01-06', '2025-01-10']
        """
        check_int(days, f"{self._where}, days")
        number = self._number(day)
        self.open_days.check(number)
        for _ in range(abs(days)):
            if days > 0:
                number = self.open_days.open_from(number + 1)
            else:
                number = self.open_days.open_until(number - 1)
        return to_date(number)

    def business_days_between(self, start: date, end: date) -> int:
        """How many business days are in ``[start, end)``: the start counts, the end does not.

        The end may be the day after the last one covered.

        Returns
        -------
        int
            [business days]

        Raises
        ------
        InvalidValueError
            ``end`` before ``start``, or a day outside the covered range.

        Examples
        --------
        From Friday to itself, to Saturday and to Tuesday:

        >>> friday = date(2025, 1, 3)
        >>> [WEEKENDS_ONLY.business_days_between(friday, date(2025, 1, day)) for day in (3, 4, 7)]
        [0, 1, 2]
        """
        start_day = self._number(start, "start")
        end_day = self._number(end, "end")
        if end_day < start_day:
            raise InvalidValueError.at(
                self._where, expected=f"end on or after {start}", found=end.isoformat()
            )
        return self.open_days.count(start_day, end_day)

    def day_table(self) -> DayTable:
        """The calendar as an array, for a kernel.

        Examples
        --------
        >>> week = HolidayCalendar.from_holidays("week", holidays=[], first=date(2025, 1, 3),
        ...     last=date(2025, 1, 6))
        >>> first_day, is_business_day = week.day_table()
        >>> first_day, list(is_business_day)
        (20091, [1, 0, 0, 1])
        """
        return DayTable(self.open_days.first_day, self.entries)

    def __or__(self, other: HolidayCalendar) -> HolidayCalendar:
        """Closed if either is closed, where both are known; names joined in their order."""
        if not isinstance(other, HolidayCalendar):
            return NotImplemented
        names = sorted({*self.name.split(_JOIN), *other.name.split(_JOIN)})
        both = self.open_days.intersection(other.open_days, _JOIN.join(names))
        return HolidayCalendar(both.name, to_date(both.first_day), both.table)

    def __repr__(self) -> str:
        return (
            f"HolidayCalendar({self.name!r}, {self.open_days.covered}, "
            f"{self.entries.count(OPEN)} business days)"
        )

    @property
    def _where(self) -> str:
        return f"calendar {self.name!r}"

    def _number(self, day: date, field: str = "day") -> Day:
        return day_number(day, where=self._where, field=field)

    def _check_entries(self) -> None:
        where = f"{self._where}, entries"
        if not isinstance(self.entries, bytes):
            raise InvalidTypeError.at(where, expected="bytes", found=self.entries)
        if not self.entries or self.entries.translate(None, OPEN + SHUT):
            raise InvalidValueError.at(
                where, expected="one byte of 0 or 1 a day", found=self.entries or "no day"
            )


WEEKENDS_ONLY: Final = HolidayCalendar.weekends_only("WEEKENDS_ONLY")
"""Saturdays and Sundays are off, nothing else is; 1900-01-01 to 2200-12-31."""

NO_HOLIDAYS: Final = HolidayCalendar.weekends_only("NO_HOLIDAYS", weekend=NO_WEEKEND)
"""Every day is a business day; 1900-01-01 to 2200-12-31."""
