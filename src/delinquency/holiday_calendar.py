"""Which days are business days, and where that is known.

A calendar that answers for a year whose holidays nobody has announced yet is wrong in silence. The one
idea: a calendar is a table with one entry a day and two ends. Weekends, holidays and make-up working
days are read into the table once, and a day outside its ends is refused, never guessed. Who goes on with
weekends alone asks for it, and the calendar says from which day on it only assumes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from delinquency.calendar import FIRST_DAY, LAST_DAY, Day, day_number, to_date
from delinquency.open_days import (
    DayTable,
    OpenDays,
    checked_days,
    checked_range,
    mark_holidays,
    week_table,
)
from delinquency.weekdays import NO_WEEKEND, SATURDAY_SUNDAY, Weekday
from delinquency.whole_numbers import check_int

__all__ = ["NO_HOLIDAYS", "WEEKENDS_ONLY", "DayTable", "HolidayCalendar"]

_JOIN: Final = " | "


@attrs.frozen(slots=True, repr=False)
class HolidayCalendar:
    """The business days of a place within a covered range, both ends of which are covered.

    Make one with :meth:`from_holidays` or :meth:`weekends_only`, from a package with
    :mod:`delinquency.calendars`, or of two with ``|``. Equal calendars have the same name, the same
    range, the same business days and the same ``assumed_from``, however they were made.

    Other names: business calendar, financial centre, good business days; 节假日历、工作日历.

    Parameters
    ----------
    name : str
        For messages, such as ``"CN"``.
    first : datetime.date
        The first day covered.
    entries : bytes
        One byte a day from ``first`` on: 1 for a business day, 0 for none.
    assumed_from : datetime.date, optional
        From which day on the days are assumed, not known: see :meth:`with_assumed_weekends`.

    Attributes
    ----------
    last : datetime.date
        The last day covered.

    Raises
    ------
    InvalidTypeError
        A name that is no text, entries that are no ``bytes``, a ``datetime``.
    InvalidValueError
        An empty name, no entry, a byte other than 0 and 1, a range beyond 1900 to 2200; an
        ``assumed_from`` outside the range.

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
holiday outside it is guessed. To go on with weekends alone, say so with with_assumed_weekends(last=...).
    """

    name: str
    first: date
    entries: bytes
    assumed_from: date | None = None
    open_days: OpenDays = attrs.field(init=False, eq=False)

    def __attrs_post_init__(self) -> None:
        days = checked_days(self.name, self.first, self.entries, self.assumed_from)
        object.__setattr__(self, "open_days", days)

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
        first_day, last_day = checked_range(name, first, last)
        table = week_table(weekend, first_day, last_day - first_day + 1)
        mark_holidays(table, first_day, holidays, working_days, where=f"calendar {name!r}")
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

    def with_assumed_weekends(
        self, *, last: date, weekend: Iterable[Weekday] = SATURDAY_SUNDAY
    ) -> HolidayCalendar:
        """The same calendar, extended to a later last day by weekends alone.

        No holiday and no make-up working day is known after the last day covered so far; that day's
        morrow is ``assumed_from``, unless the calendar assumed before. Once more has been announced, make
        the calendar anew: business days from ``assumed_from`` on may move.

        Parameters
        ----------
        last : datetime.date
            The new last day, itself covered.
        weekend : iterable of Weekday, default Saturday and Sunday
            The days of the week that are off.

        Raises
        ------
        InvalidTypeError
            A ``datetime``, a weekend of other things than ``Weekday``.
        InvalidValueError
            A last day that is covered already, or after 2200.

        Examples
        --------
        1 January 2027, a Friday, counts as a business day until it is announced as a holiday:

        >>> known = HolidayCalendar.from_holidays("CN", holidays=[date(2026, 1, 1)],
        ...     first=date(2026, 1, 1), last=date(2026, 12, 31))
        >>> longer = known.with_assumed_weekends(last=date(2055, 12, 31))
        >>> longer.assumed_from, [longer.is_business_day(date(year, 1, 1)) for year in (2026, 2027)]
        (datetime.date(2027, 1, 1), [False, True])
        """
        return self._of(self.open_days.extended(self._number(last, "last"), weekend))

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
        return to_date(self.open_days.add(self._number(day), days))

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
        return self.open_days.count(self._number(start, "start"), self._number(end, "end"))

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
        """Closed where either is closed, assumed where either is; names joined in their order."""
        if not isinstance(other, HolidayCalendar):
            return NotImplemented
        names = sorted({*self.name.split(_JOIN), *other.name.split(_JOIN)})
        return self._of(self.open_days.intersection(other.open_days, _JOIN.join(names)))

    def __repr__(self) -> str:
        return f"HolidayCalendar({self.name!r}, {self.open_days.told})"

    @property
    def _where(self) -> str:
        return f"calendar {self.name!r}"

    def _number(self, day: date, field: str = "day") -> Day:
        return day_number(day, where=self._where, field=field)

    @classmethod
    def _of(cls, days: OpenDays) -> HolidayCalendar:
        assumed = None if days.assumed_day is None else to_date(days.assumed_day)
        return cls(days.name, to_date(days.first_day), days.table, assumed)


WEEKENDS_ONLY: Final = HolidayCalendar.weekends_only("WEEKENDS_ONLY")
"""Saturdays and Sundays are off, nothing else is; 1900-01-01 to 2200-12-31."""

NO_HOLIDAYS: Final = HolidayCalendar.weekends_only("NO_HOLIDAYS", weekend=NO_WEEKEND)
"""Every day is a business day; 1900-01-01 to 2200-12-31."""
