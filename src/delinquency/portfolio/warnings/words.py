"""Whether conditions hold of a block of accounts, with the periods of an account as the bits of one word.

The one idea: as in :mod:`~delinquency.portfolio.warnings.truths` a truth is two flags, whether a condition
surely holds and whether it could; here those of up to 64 periods are one number, so that a window is a few
shifts, and only comparisons look at every period.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.early_warning.conditions import How, Operator, Reading
from delinquency.portfolio.warnings.encoding import (
    AtLeast,
    Beside,
    Encoded,
    NotThere,
    Over,
    Within,
)
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.readings import BlockReadings
from delinquency.portfolio.warnings.word_bounds import (
    NOT_ABOVE_NOUGHT,
    Bounds,
    clipped,
    gap_of,
    halves,
)

__all__ = ["MOST_OF_A_WORD", "WordLoops", "WordTruths", "bits_of"]

MOST_OF_A_WORD: Final = 64
"""Periods that have room in a word."""

CELLS_OF_NUMBERS: Final = 2**17
"""Accounts by periods of which sums and changes are made at a time: they stay near the processor."""

Array = npt.NDArray[Any]
Words = npt.NDArray[Any]


def bits_of(periods: int) -> Words:
    """The bit of each period, in the narrowest word that has one for each.

    Examples
    --------
    >>> bits_of(3).tolist(), bits_of(33).dtype
    ([1, 2, 4], dtype('uint64'))
    """
    kind = np.uint32 if periods <= MOST_OF_A_WORD // 2 else np.uint64
    return np.array([1 << period for period in range(periods)], dtype=kind)


@attrs.frozen(slots=True)
class WordLoops:
    """The loops of :mod:`~delinquency.portfolio.kernels.warning_words`, compiled or as they were written."""

    at_once: int
    within: Callable[..., None]
    window: Callable[..., None]
    compare: Callable[..., None]
    unpack: Callable[..., None]
    fold: Callable[..., None]


class WordTruths:
    """The truths of conditions over accounts ``[first, last)`` of a panel, as two words an account."""

    def __init__(
        self,
        panel: ObservationPanel,
        first: int,
        last: int,
        bits: Words,
        bounds: Bounds,
        loops: WordLoops,
    ) -> None:
        step = max(1, CELLS_OF_NUMBERS // len(bits))
        self._parts = [
            (slice(start - first, end - first), BlockReadings(panel, start, end))
            for start in range(first, last, step)
            for end in [min(start + step, last)]
        ]
        self._panel, self._begin, self._loops = panel, first, loops
        self._bits, self._size, self._periods = bits, last - first, len(bits)
        self._bounds = bounds
        self._found: dict[str, dict[tuple[int, int], Words]] = {}
        self._unknown: dict[tuple[str, int], Words] = {}

    def of(self, condition: Encoded) -> Words:
        """The truths of a condition: where it surely holds, and where it could."""
        match condition:
            case NotThere():
                return self._marked(self._nothing(), [], self._periods)
            case Within():
                return self._within(condition)
            case Beside():
                return self._beside(condition)
            case AtLeast():
                parts = [self.of(each) for each in condition.parts]
                return _at_least(parts, condition.wanted)
            case Over():
                return self._over(self.of(condition.part), condition.wanted, condition.window)

    def _nothing(self) -> Words:
        return np.zeros(self._size, dtype=self._bits.dtype)

    def _up_to(self, period: int) -> Any:
        """Every bit before a period."""
        return self._bits.dtype.type((1 << min(period, self._periods)) - 1)

    def _marked(self, found: Words, unknown: Sequence[Words], first: int) -> Words:
        """Both words of a comparison that was made as if everything were known from a period on."""
        nobody = self._up_to(first)
        if unknown:
            nobody = nobody | reduce(np.bitwise_or, unknown)
        truths = np.empty((2, self._size), dtype=self._bits.dtype)
        np.bitwise_and(found, ~nobody, out=truths[0])
        np.bitwise_or(found, nobody, out=truths[1])
        return truths

    def _column(self, name: str, low: int, high: int) -> Words:
        """Where a number of an observation is from ``low`` to ``high``."""
        if name not in self._found:
            bounds = self._bounds[name]
            words = np.empty((len(bounds), self._size), dtype=self._bits.dtype)
            column = self._panel.numbers[name]
            ends = np.array([clipped(each, column.dtype) for each in bounds], dtype=column.dtype)
            lows, highs = ends[:, 0].copy(), ends[:, 1].copy()
            self._loops.within(column, self._begin, lows, highs, self._bits, words)
            self._found[name] = dict(zip(bounds, words, strict=True))
        return self._found[name][low, high]

    def _gaps(self, reading: Reading) -> list[Words]:
        """Where a period that a reading needs is unknown; nothing where everything is known."""
        name, periods = reading.observation, reading.periods
        if name not in self._panel.gaps:
            return []
        if (name, periods) not in self._unknown:
            if (name, 1) not in self._unknown:
                self._unknown[name, 1] = self._column(name, *gap_of(self._panel, name))
            single = self._unknown[name, 1]
            self._unknown[name, periods] = _joined(np.bitwise_or, single, periods)
        return [self._unknown[name, periods]]

    def _within(self, condition: Within) -> Words:
        reading, low, high = condition.reading, condition.low, condition.high
        first = reading.periods - 1
        if first >= self._periods:
            return self._marked(self._nothing(), [], self._periods)
        name, window = reading.observation, reading.window
        match reading.how:
            case How.LATEST:
                found = self._column(name, low, high)
            case How.HIGHEST:
                found = self._extreme(reading, low, high, (np.bitwise_or, np.bitwise_and))
            case How.LOWEST:
                found = self._extreme(reading, low, high, (np.bitwise_and, np.bitwise_or))
            case How.RISES | How.FALLS:
                found = _in_a_row(self._steps(reading), low, high, window)
            case _:
                found = self._over_windows(condition)
        return self._marked(found, self._gaps(reading), first)

    def _over_windows(self, condition: Within) -> Words:
        """Where the sum of a window, or the change over it, lies between its bounds."""
        reading, kind = condition.reading, condition.kind
        column, words = self._panel.numbers[reading.observation], self._nothing()
        ends = np.array(clipped((condition.low, condition.high), kind), dtype=kind)
        is_change = int(reading.how is How.CHANGE)
        running = np.empty(self._loops.at_once, dtype=kind)
        self._loops.window(
            column,
            self._begin,
            reading.window,
            is_change,
            *ends,
            self._bits,
            running,
            words,
        )
        return words

    def _extreme(
        self, reading: Reading, low: int, high: int, joins: tuple[np.ufunc, np.ufunc]
    ) -> Words:
        """Whether those from ``low`` on, and those up to ``high``, are as many as they have to be."""
        name, window = reading.observation, reading.window
        found = ~self._nothing()
        for half, (least, most) in halves(low, high).items():
            found &= _joined(joins[half], self._column(name, least, most), window)
        return found

    def _steps(self, reading: Reading) -> Words:
        """Where a number is above the one before, or below it."""
        column = self._panel.numbers[reading.observation]
        above, below = column[1:], column[:-1]
        if reading.how is How.FALLS:
            above, below = below, above
        words = self._nothing()
        self._loops.compare(above, self._begin, below, self._begin, 0, self._bits, 1, words)
        return words

    def _beside(self, condition: Beside) -> Words:
        asked = [each for each in (condition.left, condition.right) if each is not None]
        first = max(each.periods for each in asked) - 1
        if first >= self._periods:
            return self._marked(self._nothing(), [], self._periods)
        found = ~self._nothing()
        for part, readings in self._parts:
            for given, limit in readings.sides(condition):
                found[part] &= self._compared(given, condition, limit, first)
        gaps = [words for each in asked for words in self._gaps(each)]
        gaps += [
            self._column(each.observation, *NOT_ABOVE_NOUGHT) << each.window
            for each in asked
            if each.how is How.GROWTH
        ]
        return self._marked(found, gaps, first)

    def _compared(self, given: Array, condition: Beside, limit: Array, first: int) -> Words:
        """Where one side stands as the operator says beside the other."""
        words = np.zeros(given.shape[1], dtype=self._bits.dtype)
        operator = condition.operator
        if condition.kind == np.object_:
            for row, (ours, theirs) in enumerate(zip(given, limit, strict=True)):
                held = _OF_OBJECTS[operator](ours, theirs).astype(np.bool_)
                words |= np.where(held, self._bits[first + row], words.dtype.type(0))
            return words
        ours, theirs = (_kept(each, condition.kind) for each in (given, limit))
        if operator in (Operator.UNDER, Operator.AT_MOST):
            ours, theirs = theirs, ours
        or_equal = int(operator not in (Operator.OVER, Operator.UNDER))
        self._loops.compare(ours, 0, theirs, 0, or_equal, self._bits, first, words)
        if operator is Operator.EQUAL:
            other = np.zeros_like(words)
            self._loops.compare(theirs, 0, ours, 0, or_equal, self._bits, first, other)
            words &= other
        return words

    def _over(self, part: Words, wanted: int, window: int) -> Words:
        """Where a part held at enough of the last periods; of those before the history nobody knows."""

        def before(periods: int) -> Words:
            pad = np.zeros((2, 1), dtype=part.dtype)
            pad[1] = self._up_to(periods)
            moved: Words = part << part.dtype.type(periods)
            return moved | pad

        if wanted in (1, window):
            join = np.bitwise_and if wanted == window else np.bitwise_or
            span = 1
            while span < window:
                step = min(span, window - span)
                part = join(part, before(step))
                span += step
            return part
        return _at_least([before(periods) for periods in range(window)], wanted)


_OF_OBJECTS: Final = {
    Operator.OVER: np.greater,
    Operator.AT_LEAST: np.greater_equal,
    Operator.UNDER: np.less,
    Operator.AT_MOST: np.less_equal,
    Operator.EQUAL: np.equal,
}


def _kept(numbers: Array, kind: npt.DTypeLike) -> Array:
    """Numbers in one piece and of one type, which nobody writes to: as columns of a panel are."""
    kept = np.ascontiguousarray(numbers, dtype=kind)
    kept.flags.writeable = False
    return kept


def _joined(join: Callable[..., Words], words: Words, window: int) -> Words:
    """Each period joined with those before it, of a window; before it is full the bits say nothing."""
    span = 1
    while span < window:
        step = min(span, window - span)
        words = join(words, words << words.dtype.type(step))
        span += step
    return words


def _in_a_row(steps: Words, low: int, high: int, window: int) -> Words:
    """Whether from ``low`` to ``high`` of the last steps of a window are taken, one after another."""
    found = ~np.zeros_like(steps)
    if low > window or high < 0:
        return ~found
    if low > 0:
        found &= _joined(np.bitwise_and, steps, low)
    if high < window:
        found &= ~_joined(np.bitwise_and, steps, high + 1)
    return found


def _at_least(parts: Sequence[Words], wanted: int) -> Words:
    """Where at least so many parts hold; where more than half are wanted, fewer may fail."""
    spared = len(parts) + 1 - wanted
    if spared < wanted:
        return ~_at_least([~each for each in parts], spared)
    held: list[Words] = []
    for part in parts:
        carried = [part, *(each & part for each in held)]
        held = [
            each if place >= len(held) else each | held[place]
            for place, each in enumerate(carried[:wanted])
        ]
    return held[-1]
