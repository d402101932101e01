"""Values that hold from a date: a rate, a grace, a tolerance that law or contract changed.

The one idea: a value is a step function of the day, and a day before its first step has no value: it is
refused, never guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Generic, TypeVar, cast

import attrs

from delinquency.calendar import FIRST_DAY, LAST_DAY, Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["Dated", "dated"]

T = TypeVar("T")
U = TypeVar("U")


def _rows(items: Iterable[tuple[date | None, T]]) -> tuple[tuple[date | None, T], ...]:
    if isinstance(items, str) or not isinstance(items, Iterable):
        raise InvalidTypeError.at(
            "dated value", expected="pairs of a date and a value", found=items
        )
    rows = tuple(items)
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, tuple) or len(row) != 2:
            raise InvalidTypeError.at(
                f"dated value, row {number}", expected="a pair of a date and a value", found=row
            )
    return rows


@attrs.frozen(slots=True)
class Dated(Generic[T]):
    """A value by the day from which it holds, each ``[its date, the next date)``.

    Parameters
    ----------
    rows : iterable of tuple of date and value
        In order of date. ``None`` for the first date is "always before".

    Raises
    ------
    InvalidTypeError
        No pairs; a ``datetime`` for a ``date``.
    InvalidValueError
        No row; dates that are not in order, or twice the same.

    Examples
    --------
    Three days of grace until the end of June 2025, five from July:

    >>> grace = Dated(((None, 3), (date(2025, 7, 1), 5)))
    >>> grace.on_date(date(2025, 6, 30)), grace.on_date(date(2025, 7, 1))
    (3, 5)
    >>> Dated(((date(2025, 7, 1), 5),)).on_date(date(2025, 6, 30))
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: dated value: expected a day from 2025-07-01, found 2025-06-30. \
Hint: Add the value that held before.
    """

    rows: tuple[tuple[date | None, T], ...] = attrs.field(converter=_rows)
    days: tuple[Day, ...] = attrs.field(init=False, repr=False, eq=False)
    values: tuple[T, ...] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        if not self.rows:
            raise InvalidValueError.at("dated value", expected="at least one row", found="none")
        days = tuple(_start(number, row[0]) for number, row in enumerate(self.rows, start=1))
        for number in range(1, len(days)):
            if days[number] <= days[number - 1]:
                raise InvalidValueError.at(
                    f"dated value, row {number + 1}",
                    expected=f"a date after {to_date(days[number - 1])}",
                    found=str(self.rows[number][0]),
                    hint="Rows must be in date order.",
                )
        object.__setattr__(self, "days", days)
        object.__setattr__(self, "values", tuple(value for _, value in self.rows))

    def on(self, day: Day) -> T:
        """The value that holds on a day number.

        Raises
        ------
        InvalidValueError
            A day before the first row.
        """
        place = bisect_right(self.days, day) - 1
        if place < 0:
            raise InvalidValueError.at(
                "dated value",
                expected=f"a day from {to_date(self.days[0])}",
                found=str(to_date(day)),
                hint="Add the value that held before.",
            )
        return self.values[place]

    def on_date(self, day: date) -> T:
        """The value that holds on a date; as :meth:`on`."""
        return self.on(day_number(day, where="dated value", field="day"))

    def pieces(self, start: Day, end: Day) -> Iterator[tuple[Day, Day, T]]:
        """The stretches of ``[start, end)`` on which one value holds, in order of time."""
        while start < end:
            value = self.on(start)
            place = bisect_right(self.days, start)
            until = min(end, self.days[place]) if place < len(self.days) else end
            yield start, until, value
            start = until

    def map(self, function: Callable[[T], U]) -> Dated[U]:
        """The same steps of another value."""
        return Dated(tuple((start, function(value)) for start, value in self.rows))


def _start(number: int, value: date | None) -> Day:
    if value is not None:
        return day_number(value, where=f"dated value, row {number}", field="date")
    if number > 1:
        raise InvalidTypeError.at(f"dated value, row {number}", expected="a date", found=None)
    return FIRST_DAY - LAST_DAY


def dated(value: T | Dated[T]) -> Dated[T]:
    """A dated value as it is, a plain value as one for every day.

    Examples
    --------
    >>> dated(3) == Dated(((None, 3),)) == dated(dated(3))
    True
    """
    if isinstance(value, Dated):
        return cast("Dated[T]", value)
    return Dated(((None, value),))
