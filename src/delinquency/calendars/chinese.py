"""The working days of mainland China from the package ``chinesecalendar``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from delinquency.calendars.years import calendar_of_years, span_of_years
from delinquency.errors import MissingExtraError
from delinquency.holiday_calendar import HolidayCalendar

__all__ = ["from_chinesecalendar"]

_WHERE = "calendar from chinesecalendar"


def from_chinesecalendar(
    years: Iterable[int] | int | None = None, *, name: str = "CN"
) -> HolidayCalendar:
    """The working days of mainland China, make-up working days among them (调休上班日).

    Parameters
    ----------
    years : int or iterable of int, optional
        Whole years without a gap; by default all that the package knows, from 2004 to the last year
        that the State Council has announced and the installed version holds.
    name : str, default ``"CN"``

    Returns
    -------
    HolidayCalendar
        For a loan that runs longer, extend it with
        :meth:`~delinquency.holiday_calendar.HolidayCalendar.with_assumed_weekends`.

    Raises
    ------
    MissingExtraError
        The package is not installed.
    InvalidTypeError
        Years that are no ``int``.
    InvalidValueError
        A year that the package does not know, a gap between years.

    References
    ----------
    国务院办公厅关于部分节假日安排的通知, one a year.
    """
    package = _package()
    known = range(min(package.holidays).year, max(package.holidays).year + 1)
    span = span_of_years(
        known if years is None else years,
        known=known,
        where=_WHERE,
        why="The arrangement of a year is announced in the November before it; a later version of "
        "the package may have it. To go on with weekends alone, extend the calendar with "
        "with_assumed_weekends(last=...).",
    )
    return calendar_of_years(name, span, package.is_workday)


def _package() -> Any:
    try:
        import chinese_calendar
    except ImportError:
        raise MissingExtraError.for_extra(
            "calendars", module="chinesecalendar", purpose=_WHERE
        ) from None
    return chinese_calendar
