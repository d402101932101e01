"""Months instead of days: the two mortgage methods, and a rendering for people.

The one idea: both methods ask how many monthly dates after the oldest unsettled due date have passed;
they differ by one day, and so by a whole bucket at a month's end.
"""

from __future__ import annotations

from datetime import date

from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.civil_days import add_months_day, whole_months_between
from delinquency.errors import InvalidValueError

__all__ = ["mba_months", "months_and_days", "ots_months"]


def mba_months(oldest_due_day: int, as_of_day: int) -> int:
    """Months delinquent by the method of the Mortgage Bankers Association [months].

    A loan ages by one month if the payment is not received by the close of the day before the next
    monthly due date: due 1 April and unpaid at the close of 30 April is 1. 0 if nothing is unsettled.

    Parameters
    ----------
    oldest_due_day : int
        Due day of the oldest unsettled instalment [day number]; 2**31 - 1 if there is none.
    as_of_day : int
        Close of this day [day number].

    References
    ----------
    Andrew Davidson & Co., *Consultant's corner*, April 2005.

    Examples
    --------
    >>> due = day_number(date(2005, 4, 1), where="example", field="due")
    >>> [mba_months(due, due + days) for days in (28, 29, 60)]
    [0, 1, 2]
    """
    if oldest_due_day == NONE_DAY:
        return 0
    return whole_months_between(oldest_due_day, as_of_day + 1)


def ots_months(oldest_due_day: int, as_of_day: int) -> int:
    """Months delinquent by the method of the Office of Thrift Supervision [months].

    A loan ages by one month if the payment is not received by the close of the corresponding day of
    the next month: due 1 July and unpaid at the close of 1 August is 1, at the end of July still 0.

    Parameters and example as for :func:`mba_months`; one day later for the same loan.

    Examples
    --------
    >>> due = day_number(date(2005, 7, 1), where="example", field="due")
    >>> [ots_months(due, due + days) for days in (30, 31)]
    [0, 1]
    """
    if oldest_due_day == NONE_DAY:
        return 0
    return whole_months_between(oldest_due_day, as_of_day)


def months_and_days(start: date, end: date) -> tuple[int, int]:
    """Whole months and left-over days from ``start`` to ``end``, for display.

    Months are counted from the anchor ``start``, clamped to month ends. Never compare the result with
    a threshold: a month has no fixed number of days.

    Raises
    ------
    InvalidTypeError
        Not dates.
    InvalidValueError
        ``end`` before ``start``.

    Examples
    --------
    >>> months_and_days(date(2013, 2, 28), date(2013, 3, 31))
    (1, 3)
    """
    first = day_number(start, where="months_and_days", field="start")
    last = day_number(end, where="months_and_days", field="end")
    if last < first:
        raise InvalidValueError.at(
            "months_and_days", expected=f"an end on or after {to_date(first)}", found=str(end)
        )
    months = whole_months_between(first, last)
    return months, last - add_months_day(first, months)
