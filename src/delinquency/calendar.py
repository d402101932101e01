"""Dates and day numbers: one passage in, one passage out.

A contract speaks of dates, arithmetic of whole numbers, and most date mistakes are made between
the two. The one idea: a date becomes a day number (days since 1970-01-01, as in Arrow's
``date32``) once, at the door, where a ``datetime`` and a mistyped century are refused; nothing
below the door has a date to get wrong.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, TypeAlias

from dateutil.relativedelta import relativedelta

from delinquency.civil_days import add_months_day, whole_months_between
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.whole_numbers import check_least

__all__ = [
    "EPOCH_ORDINAL",
    "FIRST_DAY",
    "LAST_DAY",
    "LONGEST_SPAN",
    "NONE_DAY",
    "Day",
    "add_months",
    "add_months_day",
    "check_days",
    "day_number",
    "to_date",
    "whole_months_between",
]

Day: TypeAlias = int
"""A day number [days since 1970-01-01]."""

EPOCH_ORDINAL: Final = date(1970, 1, 1).toordinal()
"""``date.toordinal()`` of day number 0."""

FIRST_DAY: Final = date(1900, 1, 1).toordinal() - EPOCH_ORDINAL
"""The earliest day number accepted: 1900-01-01."""

LAST_DAY: Final = date(2200, 12, 31).toordinal() - EPOCH_ORDINAL
"""The latest day number accepted: 2200-12-31."""

LONGEST_SPAN: Final = LAST_DAY - FIRST_DAY
"""The most days between two days that are accepted [days]."""

NONE_DAY: Final = 2**31 - 1
"""Stands for "no such day" in a column: later than every day, so an open end compares right."""


def day_number(value: date, *, where: str, field: str) -> Day:
    """The day number of a date, refusing what no contract can mean.

    Parameters
    ----------
    value : datetime.date
        The date; 1900-01-01 and 2200-12-31 are the first and the last accepted.
    where : str
        The place, for the message: ``"account 'A-17'"``.
    field : str
        The field, for the message: ``"due_date"``.

    Returns
    -------
    int
        [days since 1970-01-01]

    Raises
    ------
    InvalidTypeError
        If it is a ``datetime`` or no date at all.
    InvalidValueError
        If it is before 1900-01-01 or after 2200-12-31.

    Examples
    --------
    >>> day_number(date(1970, 1, 1), where="loan", field="due_date")
    0
    >>> day_number(date(2200, 12, 31), where="loan", field="due_date") == LAST_DAY
    True
    >>> day_number(date(2201, 1, 1), where="loan", field="due_date")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: loan: expected due_date from 1900-01-01 to 2200-12-31, \
found 2201-01-01. Hint: For "no such date" use None, not a far-away date.
    """
    # The exact type first: an account has hundreds of dates and nearly all are plain ones.
    if type(value) is not date:
        _refuse_unless_date(value, where=where, field=field)
    day = value.toordinal() - EPOCH_ORDINAL
    if FIRST_DAY <= day <= LAST_DAY:
        return day
    raise InvalidValueError.at(
        where,
        expected=f"{field} from {to_date(FIRST_DAY)} to {to_date(LAST_DAY)}",
        found=value.isoformat(),
        hint='For "no such date" use None, not a far-away date.',
    )


def _refuse_unless_date(value: object, *, where: str, field: str) -> None:
    if isinstance(value, datetime):
        raise InvalidTypeError.at(
            where,
            expected=f"{field} to be a date",
            found=value,
            hint="A datetime is not a date: choose the time zone, then call .date().",
        )
    if not isinstance(value, date):
        raise InvalidTypeError.at(
            where,
            expected=f"{field} to be a date",
            found=value,
            hint="Parse text at the edge: date.fromisoformat('2026-03-01').",
        )


def to_date(day: Day) -> date:
    """The date of a day number; the inverse of :func:`day_number`.

    Parameters
    ----------
    day : int
        [days since 1970-01-01]

    Returns
    -------
    datetime.date

    Examples
    --------
    >>> to_date(0), to_date(-1)
    (datetime.date(1970, 1, 1), datetime.date(1969, 12, 31))
    """
    return date.fromordinal(day + EPOCH_ORDINAL)


def add_months(anchor: date, months: int) -> date:
    """The date ``months`` months after the anchor, clamped to the end of the month.

    Parameters
    ----------
    anchor : datetime.date
        The date counted from, such as the first due date. Count from it each time, never from the
        previous result, or a due day of 31 is lost in the first short month.
    months : int
        How many months to add [months]; may be negative.

    Returns
    -------
    datetime.date

    Raises
    ------
    InvalidTypeError
        If the anchor is no plain date.
    InvalidValueError
        If the result is before 1900-01-01 or after 2200-12-31.

    Examples
    --------
    >>> add_months(date(2025, 1, 31), 1), add_months(date(2024, 1, 31), 1)
    (datetime.date(2025, 2, 28), datetime.date(2024, 2, 29))
    >>> add_months(date(2025, 1, 31), 2)
    datetime.date(2025, 3, 31)
    """
    where = f"{months} months from {anchor}"
    day_number(anchor, where=where, field="the anchor")
    try:
        result = anchor + relativedelta(months=months)
    except (ValueError, OverflowError) as error:
        raise InvalidValueError.at(
            where,
            expected=f"a date from {to_date(FIRST_DAY)} to {to_date(LAST_DAY)}",
            found=f"no such date ({error})",
        ) from error
    day_number(result, where=where, field="the result")
    return result


def check_days(value: int, where: str, *, least: int) -> None:
    """Refuse what is no number of days, of ``least`` or more, that the calendar holds.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        Below ``least``, or more than from 1900-01-01 to 2200-12-31; both are accepted themselves.

    Examples
    --------
    >>> check_days(90, "grace", least=0)
    """
    check_least(value, where, least=least)
    if value > LONGEST_SPAN:
        raise InvalidValueError.at(
            where,
            expected=f"at most {LONGEST_SPAN:,} days, as many as the calendar has",
            found=value,
        )
