"""What holds from a day on: values that change on days, and the days of which nothing is known.

Rates, factors, waivers and suspensions all change on days of their own, and a delay crosses all of them.
The one idea: each is a row of days and the values that hold from them; several are laid over each other
once, and a delay is then cut only where something changes. A table does not hold before its first day: those
days carry a :class:`Gap`, which is refused when a day of it would bear, never guessed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Generic, NoReturn, TypeVar

import attrs

from delinquency.calendar import NONE_DAY, Day, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["EVER", "Gap", "Span", "Steps", "always", "checked_spans", "laid_over", "refuse_gap"]

T = TypeVar("T")

EVER: Final = -NONE_DAY
"""A day before every day."""

Span = tuple[Day, Day]
"""The days ``[start, end)``; an end of 2**31 - 1 is open."""


@attrs.frozen(slots=True)
class Steps(Generic[T]):
    """Values by the day from which they hold.

    Attributes
    ----------
    days : tuple of int
        In order, the first :data:`EVER` [days since 1970-01-01].
    values : tuple
        ``values[i]`` holds on ``[days[i], days[i + 1])``.

    Examples
    --------
    >>> steps = Steps((EVER, 10), ("before", "after"))
    >>> steps.on(9), steps.on(10)
    ('before', 'after')
    """

    days: tuple[Day, ...]
    values: tuple[T, ...]

    def on(self, day: Day) -> T:
        """What holds on a day."""
        return self.values[bisect_right(self.days, day) - 1]


def always(value: T) -> Steps[T]:
    """One value for every day."""
    return Steps((EVER,), (value,))


def laid_over(join: Callable[..., T], *layers: Steps[Any]) -> Steps[T]:
    """Several rows of values as one, joined wherever one of them changes.

    Examples
    --------
    >>> laid_over(max, Steps((EVER, 10), (1, 2)), Steps((EVER, 5), (0, 3)))
    Steps(days=(-2147483647, 5, 10), values=(1, 3, 3))
    """
    days = sorted({day for layer in layers for day in layer.days})
    return Steps(tuple(days), tuple(join(*(layer.on(day) for layer in layers)) for day in days))


@attrs.frozen(slots=True)
class Gap:
    """Days that a table does not cover.

    Attributes
    ----------
    where : str
        The table, for the message.
    since : int
        The first day that it covers.
    until : int, optional
        The last one; ``None`` if it has no end.
    """

    where: str
    since: Day
    until: Day | None = None


def refuse_gap(gap: Gap, *, start: Day, end: Day) -> NoReturn:
    """Refuse to say what the days ``[start, end)`` bore.

    Raises
    ------
    InvalidValueError
        Always; it names the days that the table covers and the first that it does not.

    Examples
    --------
    >>> refuse_gap(Gap("contract rates", 19723), start=19722, end=19730)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: contract rates: expected days from 2024-01-01 on, which the \
table covers, found 2023-12-31, of days that bear penalty interest from 2023-12-31 until 2024-01-08 \
(excluded). Hint: Add the rates of these days.
    """
    last = "on" if gap.until is None else f"to {to_date(gap.until)}"
    raise InvalidValueError.at(
        gap.where,
        expected=f"days from {to_date(gap.since)} {last}, which the table covers",
        found=f"{to_date(start)}, of days that bear penalty interest from {to_date(start)} until "
        f"{to_date(end)} (excluded)",
        hint="Add the rates of these days.",
    )


def checked_spans(spans: Iterable[Sequence[Day]], where: str) -> tuple[Span, ...]:
    """Spans of days in order; they may touch, not overlap.

    Raises
    ------
    InvalidTypeError
        A day that is no day number.
    InvalidValueError
        An end not after its start; two spans that share a day.

    Examples
    --------
    >>> checked_spans([(20, 25), (10, 20)], "suspension")
    ((10, 20), (20, 25))
    """
    kept = sorted((start, end) for start, end in spans)
    last = EVER
    for start, end in kept:
        if type(start) is not int or type(end) is not int:
            raise InvalidTypeError.at(where, expected="two day numbers", found=(start, end))
        if end <= start:
            raise InvalidValueError.at(
                where, expected=f"an end after {to_date(start)}", found=str(to_date(end))
            )
        if start < last:
            raise InvalidValueError.at(
                where,
                expected=f"a start on or after {to_date(last)}, where another ends",
                found=str(to_date(start)),
                hint="They may touch, not overlap.",
            )
        last = end
    return tuple(kept)
