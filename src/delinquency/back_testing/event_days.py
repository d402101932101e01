"""Days of events as outcomes are told of them, turned into day numbers.

The one idea: a day has no time. A month, a time of a day, a number and a text are refused, each told with
its column.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np

from delinquency.back_testing.checks import column_of
from delinquency.calendar import NONE_DAY, day_number
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["day_numbers", "last_days"]

_NUMPY_NONE = np.iinfo(np.int64).min
_MONTHS_AND_YEARS = ("M", "Y")


def day_numbers(days: Any, field: str, *, expected: str) -> Any:
    """Days by account as day numbers (int64); 2**31 - 1 where none came.

    Raises
    ------
    InvalidTypeError
        Not days.
    InvalidValueError
        No account, or not one day for each.
    """
    found = _whole_days(days, field, expected)
    if found.ndim != 1 or not len(found):
        raise InvalidValueError.at(
            f"outcomes, {field}", expected="one day for each account", found=f"{found.shape}"
        )
    return np.where(found == _NUMPY_NONE, NONE_DAY, found)


def last_days(watched_until: Any, count: int) -> Any:
    """The last day on which each account was watched (int64), of one day for all or one for each.

    Raises
    ------
    InvalidTypeError
        Neither a date nor days.
    InvalidValueError
        Another number of days; none of an account.
    """
    if isinstance(watched_until, date) or np.ndim(watched_until) == 0:
        last = day_number(watched_until, where="outcomes", field="watched_until")
        return np.full(count, last, dtype=np.int64)
    last_of_each = day_numbers(watched_until, "watched_until", expected="a date for each account")
    if len(last_of_each) != count:
        raise InvalidValueError.at(
            "outcomes, watched_until",
            expected=f"one day for all, or for each of {count:,} accounts",
            found=f"{len(last_of_each):,}",
        )
    missing = np.flatnonzero(last_of_each == NONE_DAY)
    if len(missing):
        raise InvalidValueError.at(
            f"outcomes, watched_until, row {missing[0]}", expected="a date", found="none"
        )
    return last_of_each


def _whole_days(days: Any, field: str, expected: str) -> Any:
    given = column_of(days, f"outcomes, {field}", expected)
    try:
        if given.dtype == np.object_:
            given = np.array([_day(each) for each in given.tolist()], dtype="datetime64[D]")
    except (TypeError, ValueError):
        raise _no_days(days, field, expected) from None
    if given.dtype.kind != "M" and given.size:
        raise _no_days(days, field, expected)
    found = given.astype("datetime64[D]")
    is_day = np.isnat(found) | ((found == given) & (not _is_of_months(given)))
    if not is_day.all():
        raise _no_days(days, field, expected)
    return found.astype(np.int64)


def _is_of_months(given: Any) -> bool:
    """Whether what is told are months or years, of which nobody knows the day."""
    return given.dtype.kind == "M" and np.datetime_data(given.dtype)[0] in _MONTHS_AND_YEARS


def _day(value: Any) -> Any:
    if isinstance(value, np.datetime64):
        day = value.astype("datetime64[D]")
        if np.isnat(day) or (day == value and not _is_of_months(value)):
            return day
        raise TypeError
    if value is None or (isinstance(value, datetime) and value != value):  # noqa: PLR0124
        # NaT of pandas is a datetime, and alone is not itself.
        return np.datetime64("NaT", "D")
    if isinstance(value, datetime) or not isinstance(value, date):
        raise TypeError
    return value


def _no_days(found: object, field: str, expected: str) -> InvalidTypeError:
    return InvalidTypeError.at(f"outcomes, {field}", expected=expected, found=found)
