"""What really happened to accounts after the day on which they were judged.

The one idea: an outcome is a day. Whether it was foreseen is asked of a later stretch of days alone: what had
happened by the day of the signals is no outcome of theirs, and an account that was not watched to the end of
the stretch has none yet.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.back_testing.checks import checked_flags, column_of
from delinquency.calendar import FIRST_DAY, NONE_DAY, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.whole_numbers import check_least

__all__ = ["Horizon", "Outcomes"]

_NUMPY_NONE = np.iinfo(np.int64).min
_DAYS = "days without a time, or None where none came"
_MONTHS_AND_YEARS = ("M", "Y")


@attrs.frozen(slots=True, eq=False)
class Horizon:
    """Outcomes in the stretch of days after the signals, by account.

    Attributes
    ----------
    is_bad : bool array
        Whether the event came in ``(as_of, as_of + days]``.
    is_known : bool array
        Whether that can be said: not of accounts whose event had come by ``as_of``, nor of those that were
        not watched to the end without an event.
    """

    is_bad: npt.NDArray[np.bool_]
    is_known: npt.NDArray[np.bool_]


@attrs.frozen(slots=True, eq=False)
class Outcomes:
    """When the event that is to be foreseen came, by account.

    Attributes
    ----------
    event_day : int32 array
        Day numbers since 1970-01-01; 2**31 - 1 where it did not come.
    watched_until : int32 array
        The last day on which somebody looked.

    Raises
    ------
    InvalidTypeError
        Other arrays, or not one number for each account in both.
    """

    event_day: npt.NDArray[np.int32]
    watched_until: npt.NDArray[np.int32]

    def __attrs_post_init__(self) -> None:
        for name in ("event_day", "watched_until"):
            column: Any = getattr(self, name)
            is_column = isinstance(column, np.ndarray) and column.dtype == np.int32
            if not is_column or column.shape != (self.event_day.size,):
                raise InvalidTypeError.at(
                    f"outcomes, {name}",
                    expected="an int32 array with a day number for each account",
                    found=column,
                )

    @classmethod
    def of(cls, event_on: Any, *, watched_until: date) -> Self:
        """Outcomes from days.

        Parameters
        ----------
        event_on : array of datetime64[D] or sequence of date or None
            The day of the event of each account; ``NaT`` or ``None`` where it had not come by
            ``watched_until``.
        watched_until : date
            The last day on which somebody looked.

        Raises
        ------
        InvalidTypeError
            Not days, or not a date; months, years, times of a day, NaN; a set, a mapping or a masked array.
        InvalidValueError
            No account; an event before 1900 or after ``watched_until``.

        Examples
        --------
        >>> seen = Outcomes.of([date(2025, 3, 31), None], watched_until=date(2025, 6, 30))
        >>> after = seen.after(date(2025, 1, 31), days=90)
        >>> after.is_bad.tolist(), after.is_known.tolist()
        ([True, False], [True, True])

        An event on the day of the signals was not foreseen by them, and half a year was not watched:

        >>> seen.after(date(2025, 3, 31), days=90).is_known.tolist()
        [False, True]
        >>> seen.after(date(2025, 3, 31), days=92).is_known.tolist()
        [False, False]
        """
        last = day_number(watched_until, where="outcomes", field="watched_until")
        days = _day_numbers(event_on)
        if days.ndim != 1 or not len(days):
            raise InvalidValueError.at(
                "outcomes, event_on", expected="one day for each account", found=f"{days.shape}"
            )
        is_none = days == _NUMPY_NONE
        for wrong, expected in (
            (days < FIRST_DAY, f"a day from {to_date(FIRST_DAY)} on"),
            (days > last, f"a day up to watched_until, {watched_until}"),
        ):
            rows = np.flatnonzero(wrong & ~is_none)
            if len(rows):
                raise InvalidValueError.at(
                    f"outcomes, event_on, row {rows[0]}",
                    expected=expected,
                    found=str(np.datetime64(int(days[rows[0]]), "D")),
                )
        days = np.where(is_none, NONE_DAY, days)
        return cls(days.astype(np.int32), np.full(len(days), last, dtype=np.int32))

    @classmethod
    def of_flags(cls, is_bad: Any, *, watched_until: date) -> Self:
        """Outcomes of which a yes or no alone is told: the event came on the last day that was watched.

        Lead times are then counted to that day.

        Parameters
        ----------
        is_bad : bool array or sequence, or of 0 and 1
            By account.
        watched_until : date
            The end of the stretch in which the event came.

        Raises
        ------
        InvalidTypeError
            Neither flags nor 0 and 1; not a date; a set, a mapping or a masked array.
        InvalidValueError
            No account.

        Examples
        --------
        >>> seen = Outcomes.of_flags([1, 0], watched_until=date(2005, 10, 31))
        >>> seen.after(date(2005, 9, 30), days=31).is_bad.tolist()
        [True, False]
        >>> seen.after(date(2005, 9, 30), days=30).is_bad.tolist()
        [False, False]
        """
        flags = checked_flags(is_bad, "outcomes, is_bad")
        day = day_number(watched_until, where="outcomes", field="watched_until")
        none = np.datetime64("NaT", "D")
        return cls.of(np.where(flags, np.datetime64(day, "D"), none), watched_until=watched_until)

    def __len__(self) -> int:
        return len(self.event_day)

    def after(self, as_of: date, *, days: int) -> Horizon:
        """Whether the event came in the days after ``as_of``: ``(as_of, as_of + days]``.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            Not a date; fewer days than 1.
        """
        first = day_number(as_of, where="outcomes", field="as_of")
        check_least(days, "outcomes, days", least=1)
        last = first + days
        came = self.event_day != NONE_DAY
        is_bad = came & (self.event_day > first) & (self.event_day <= last)
        is_known = (self.event_day > first) & (is_bad | (self.watched_until >= last))
        return Horizon(is_bad, is_known)


def _day_numbers(event_on: Any) -> Any:
    """Whole days as numpy counts them; a month, a time of a day, a number and a text are no days."""
    given = column_of(event_on, "outcomes, event_on", _DAYS)
    try:
        if given.dtype == np.object_:
            given = np.array([_day(each) for each in given.tolist()], dtype="datetime64[D]")
    except (TypeError, ValueError):
        raise _no_days(event_on) from None
    if given.dtype.kind != "M" and given.size:
        raise _no_days(event_on)
    days = given.astype("datetime64[D]")
    is_day = np.isnat(days) | ((days == given) & (not _is_of_months(given)))
    if not is_day.all():
        raise _no_days(event_on)
    return days.astype(np.int64)


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


def _no_days(found: object) -> InvalidTypeError:
    return InvalidTypeError.at("outcomes, event_on", expected=_DAYS, found=found)
