"""What rules read of a block of accounts: every reading at every period, each made once.

The one idea: windows are put together from shorter windows, whole columns at a time, so that a longer one
costs a few steps more. A reading begins at the first period at which its history is long enough; where a
period of its window is unknown, so is the reading, whatever number stands there: sums and changes run around
the ends of their type and back, so a number of which nobody knows spoils none of which somebody does.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.conditions import How, Operator, Reading
from delinquency.portfolio.warnings.encoding import Beside
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import unknown_of

__all__ = ["BlockReadings", "over_window", "sums_over_window"]

Array = npt.NDArray[Any]


def over_window(join: Callable[[Array, Array], Array], rows: Array, window: int) -> Array:
    """The rows of every run of ``window`` rows, joined: the first of them ends at row ``window - 1``.

    ``join`` is such that joining a row with itself changes nothing. Rows fewer than the window leave none.

    Examples
    --------
    >>> over_window(np.maximum, np.array([[3], [1], [2], [0]]), 3).ravel().tolist()
    [3, 2]
    """
    span, joined = 1, rows
    while 2 * span <= window:
        joined = join(joined[span:], joined[:-span])
        span *= 2
    rest = window - span
    return join(joined[rest:], joined[:-rest]) if rest else joined


def sums_over_window(rows: Array, window: int) -> Array:
    """As :func:`over_window`, the rows of every run added: in runs of 1, 2, 4 and so on, each made once.

    Examples
    --------
    >>> sums_over_window(np.array([[3], [1], [2], [5]]), 3).ravel().tolist()
    [6, 8]
    """
    span, power, covered = 1, rows, 0
    total: Array | None = None
    count = len(rows) + 1 - window
    while True:
        if window & span:
            part = power[covered : covered + count]
            total = part if total is None else np.add(total, part)
            covered += span
        if covered == window and total is not None:
            return total
        power = np.add(power[span:], power[:-span])
        span *= 2


_SIDES: Final[Mapping[Operator, tuple[bool, ...]]] = MappingProxyType(
    {
        Operator.OVER: (True,),
        Operator.AT_LEAST: (False,),
        Operator.UNDER: (False,),
        Operator.AT_MOST: (True,),
        Operator.EQUAL: (True, False),
    }
)
"""Whether a whole number is compared with the one below a fraction; else with the one above."""


class BlockReadings:
    """The readings of accounts ``[first, last)`` of a panel."""

    def __init__(self, panel: ObservationPanel, first: int, last: int) -> None:
        self.periods = len(panel.dates)
        self.accounts = last - first
        self._gaps = panel.gaps
        self._columns = {name: column[:, first:last] for name, column in panel.numbers.items()}
        self._unknown: dict[tuple[str, int], Array | None] = {}

    def unknown(self, reading: Reading) -> Array | None:
        """From the first period of a reading on, where a period that it needs is unknown.

        ``None`` where everything is known.
        """
        name, periods = reading.observation, reading.periods
        if name not in self._gaps:
            return None
        if (name, periods) not in self._unknown:
            if (name, 1) not in self._unknown:
                column = self._columns[name]
                found = column == unknown_of(column.dtype)
                self._unknown[name, 1] = found if found.any() else None
            single = self._unknown[name, 1]
            self._unknown[name, periods] = (
                None if single is None else over_window(np.bitwise_or, single, periods)
            )
        return self._unknown[name, periods]

    def is_within(self, reading: Reading, low: int, high: int, kind: npt.DTypeLike) -> Array:
        """From the first period of a reading on, whether what is read is from ``low`` to ``high``.

        The highest number is at least ``low`` where one of them is, and at most ``high`` where all are; so
        no greatest and no least is looked for. ``kind`` as for :meth:`numbers`.
        """
        column, window = self._columns[reading.observation], reading.window
        match reading.how:
            case How.HIGHEST:
                return _extreme(column, low, high, window, (np.bitwise_or, np.bitwise_and))
            case How.LOWEST:
                return _extreme(column, low, high, window, (np.bitwise_and, np.bitwise_or))
            case How.RISES:
                return _in_a_row(column[1:] > column[:-1], low, high, window)
            case How.FALLS:
                return _in_a_row(column[1:] < column[:-1], low, high, window)
            case _:
                return _between(self.numbers(reading, kind), low, high)

    def numbers(self, reading: Reading, kind: npt.DTypeLike) -> Array:
        """From the first period of a reading on, the whole number that stands for it.

        Of a mean it is the sum, of growth the change. ``kind`` is a type wide enough for every one that is
        known. At least one period of the panel is long enough.
        """
        column, window = self._columns[reading.observation], reading.window
        match reading.how:
            case How.LATEST:
                return column
            case How.HIGHEST:
                return over_window(np.maximum, column, window)
            case How.LOWEST:
                return over_window(np.minimum, column, window)
            case How.TOTAL | How.MEAN:
                return sums_over_window(column.astype(kind, copy=False), window)
            case How.CHANGE | How.GROWTH:
                return np.subtract(column[window:], column[:-window], dtype=kind)
            case How.RISES | How.FALLS:
                compare = np.greater if reading.how is How.RISES else np.less
                return _streaks(compare(column[1:], column[:-1]), window).astype(kind)

    def sides(self, condition: Beside) -> Iterator[tuple[Array, Array]]:
        """What is compared by the operator of a condition, from the first period of its readings on.

        The left side, and the whole number below or above the fraction beside it: equal to both it is equal
        to the fraction.
        """
        left, right = condition.left, condition.right
        periods = self.periods + 1 - max(left.periods, 1 if right is None else right.periods)
        given = self._product(left, right, 1, condition.kind)[-periods:]
        for is_floor in _SIDES[condition.operator]:
            yield given, self._limit(condition, periods, is_floor=is_floor)

    def gaps(self, readings: Sequence[Reading | None], first: int) -> Array | None:
        """From a period on, where one of some readings is unknown; ``None``: nowhere."""
        periods = self.periods - first
        found: Array | None = None
        for reading in readings:
            if reading is None:
                continue
            gaps = [self.unknown(reading)]
            if reading.how is How.GROWTH:
                gaps.append(self.changed_from(reading) <= 0)
            for each in gaps:
                if each is not None:
                    part = each[-periods:]
                    found = part if found is None else found | part
        return found

    def _limit(self, condition: Beside, periods: int, *, is_floor: bool) -> Array:
        """What the left side is beside, as the whole number below it or the one above."""
        kind, sign = condition.kind, 1 if is_floor else -1
        product = self._product(condition.right, condition.left, sign * condition.numerator, kind)
        limit = product[-periods:]
        if condition.denominator != 1:
            limit = np.floor_divide(limit, condition.denominator, dtype=kind)
        return limit if is_floor else np.negative(limit)

    def _product(
        self, reading: Reading | None, other: Reading | None, factor: int, kind: npt.DTypeLike
    ) -> Array:
        """A reading times ``factor``, and times what the other one, if it is growth, changed from."""
        told: Any = None if reading is None else self.numbers(reading, kind)
        if other is not None and other.how is How.GROWTH:
            before = self.changed_from(other)
            periods = len(before) if told is None else min(len(before), len(told))
            last = before[-periods:]
            told = last if told is None else np.multiply(told[-periods:], last, dtype=kind)
        product: Array = told if factor == 1 else np.multiply(told, factor, dtype=kind)
        return product

    def changed_from(self, reading: Reading) -> Array:
        """From the first period of a reading of growth on, what it changed from."""
        return self._columns[reading.observation][: -reading.window]


def _between(numbers: Array, low: int, high: int) -> Array:
    bounds = np.iinfo(numbers.dtype)
    if low <= bounds.min:
        return np.less_equal(numbers, high)
    found = np.greater_equal(numbers, low)
    if high < bounds.max:
        np.bitwise_and(found, np.less_equal(numbers, high), out=found)
    return found


def _extreme(
    column: Array, low: int, high: int, window: int, joins: tuple[np.ufunc, np.ufunc]
) -> Array:
    """Whether those from ``low`` on, and those up to ``high``, are as many of a window as they have to be."""
    bounds = np.iinfo(column.dtype)
    found: Array | None = None
    if low > bounds.min:
        found = over_window(joins[0], np.greater_equal(column, low), window)
    if high < bounds.max or found is None:
        below = over_window(joins[1], np.less_equal(column, high), window)
        found = below if found is None else np.bitwise_and(found, below)
    return found


def _in_a_row(steps: Array, low: int, high: int, window: int) -> Array:
    """Whether from ``low`` to ``high`` of the last steps of a window are taken, one after another."""
    found = np.ones((len(steps) + 1 - window, *steps.shape[1:]), dtype=np.bool_)
    if low > window or high < 0:
        return ~found
    if low > 0:
        found &= over_window(np.bitwise_and, steps, low)[-len(found) :]
    if high < window:
        found &= ~over_window(np.bitwise_and, steps, high + 1)[-len(found) :]
    return found


def _streaks(steps: Array, window: int) -> Array:
    """How many steps in a row are taken up to each period, at most the window."""
    counts = np.empty(steps.shape, dtype=np.uint8)
    running = np.zeros(steps.shape[1:], dtype=np.uint8)
    for place, step in enumerate(steps):
        np.add(running, 1, out=running)
        np.multiply(running, step, out=running)
        np.minimum(running, window, out=running)
        counts[place] = running
    return counts[window - 1 :]
