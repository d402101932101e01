"""Conditions as steps over words, with the periods of an account as the bits of one word.

The one idea: as in :mod:`~delinquency.portfolio.warnings.truths` a truth is two flags, whether a condition
surely holds and whether it could; here those of up to 64 periods are one number, so that a window is a few
shifts, and only comparisons look at every period.
"""

from __future__ import annotations

from functools import reduce
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.conditions import How, Reading
from delinquency.portfolio.kernels.status_layout import FARTHEST
from delinquency.portfolio.warnings.encoding import (
    AtLeast,
    Beside,
    Encoded,
    NotThere,
    Over,
    Within,
)
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE, unknown_of
from delinquency.portfolio.warnings.word_comparisons import WordComparisons
from delinquency.portfolio.warnings.word_program import Word, WordSteps

__all__ = ["MOST_OF_A_WORD", "WordTruths", "bits_of"]

MOST_OF_A_WORD: Final = 64
"""Periods that have room in a word."""

Truth = tuple[Word, Word]
"""Where a condition surely holds, and where it could."""


def bits_of(periods: int) -> npt.NDArray[Any]:
    """The bit of each period, in the narrowest word that has one for each.

    Examples
    --------
    >>> bits_of(3).tolist(), bits_of(33).dtype
    ([1, 2, 4], dtype('uint64'))
    """
    kind = np.uint32 if periods <= MOST_OF_A_WORD // 2 else np.uint64
    return np.array([1 << period for period in range(periods)], dtype=kind)


class WordTruths:
    """The truths of conditions over a panel, as comparisons and the steps that join them."""

    def __init__(self, panel: ObservationPanel) -> None:
        self._panel, self._periods = panel, len(panel.dates)
        self.comparisons = WordComparisons(panel)
        self.steps = WordSteps(self._periods)

    def of(self, condition: Encoded) -> Truth:
        """The truths of a condition."""
        match condition:
            case NotThere():
                return self._nobody_knows()
            case Within():
                return self._within(condition)
            case Beside():
                return self._beside(condition)
            case AtLeast():
                parts = [self.of(each) for each in condition.parts]
                holds, could = (
                    self.steps.at_least(side, condition.wanted) for side in zip(*parts, strict=True)
                )
                return holds, could
            case Over(part, wanted, window):
                holds, could = self.of(part)
                return (
                    self.steps.in_window(holds, wanted, window, begins=False),
                    self.steps.in_window(could, wanted, window, begins=True),
                )

    def _nobody_knows(self) -> Truth:
        return self.steps.filled(0), self.steps.filled(self._periods)

    def _marked(self, found: Word, unknown: list[Word], first: int) -> Truth:
        """Both words of a comparison that was made as if everything were known from a period on."""
        if first:
            unknown = [*unknown, self.steps.filled(first)]
        if not unknown:
            return found, found
        nobody = reduce(self.steps.either, unknown)
        return self.steps.without(found, nobody), self.steps.either(found, nobody)

    def _between(self, name: str, low: int, high: int) -> Word:
        """Where a number of an observation is from ``low`` to ``high``."""
        return self.steps.without(self._reached(name, low), self._reached(name, high + 1))

    def _reached(self, name: str, least: int) -> Word:
        ends = np.iinfo(self._panel.numbers[name].dtype)
        if least <= ends.min:
            return self.steps.filled(self._periods)
        return self.steps.filled(0) if least > ends.max else self.comparisons.reached(name, least)

    def _gaps(self, reading: Reading) -> list[Word]:
        """Where a period that a reading needs is unknown; nothing where everything is known."""
        name = reading.observation
        if name not in self._panel.gaps:
            return []
        unknown = unknown_of(self._panel.numbers[name].dtype)
        single = self._between(name, unknown, unknown)
        return [self.steps.joined(self.steps.either, single, reading.periods)]

    def _within(self, condition: Within) -> Truth:
        reading, low, high = condition.reading, condition.low, condition.high
        first = reading.periods - 1
        if first >= self._periods:
            return self._nobody_knows()
        match reading.how:
            case How.LATEST:
                found = self._between(reading.observation, low, high)
            case How.HIGHEST | How.LOWEST:
                found = self._extreme(reading, low, high)
            case How.RISES | How.FALLS:
                found = self._in_a_row(reading, low, high)
            case _:
                found = self.comparisons.window(condition)
        return self._marked(found, self._gaps(reading), first)

    def _extreme(self, reading: Reading, low: int, high: int) -> Word:
        """Whether those from ``low`` on, and those up to ``high``, are as many as they have to be."""
        either, both = self.steps.either, self.steps.both
        joins = (either, both) if reading.how is How.HIGHEST else (both, either)
        bounds = ((low, FARTHEST), (-FARTHEST, high))
        asked = [
            self.steps.joined(join, self._between(reading.observation, *bound), reading.window)
            for join, bound, is_bound in zip(
                joins, bounds, (low > -FARTHEST, high < FARTHEST), strict=True
            )
            if is_bound
        ]
        return reduce(both, asked, self.steps.filled(self._periods))

    def _in_a_row(self, reading: Reading, low: int, high: int) -> Word:
        """Whether from ``low`` to ``high`` of the last steps of a window are taken, one after another."""
        steps, window = self.steps, reading.window
        if low > window or high < 0:
            return steps.filled(0)
        step = Reading(reading.observation, How.CHANGE)
        bound = (1, FARTHEST) if reading.how is How.RISES else (-FARTHEST, -1)
        taken = self.comparisons.window(Within(step, *bound, WIDE))
        found = steps.filled(self._periods)
        if low > 0:
            found = steps.both(found, steps.joined(steps.both, taken, low))
        if high < window:
            found = steps.without(found, steps.joined(steps.both, taken, high + 1))
        return found

    def _beside(self, condition: Beside) -> Truth:
        asked = [each for each in (condition.left, condition.right) if each is not None]
        first = max(each.periods for each in asked) - 1
        if first >= self._periods:
            return self._nobody_knows()
        found = self.comparisons.beside(condition)
        if found is None:
            return self.comparisons.flags(condition)
        gaps = [word for each in asked for word in self._gaps(each)]
        gaps += [
            self.steps.moved(self._between(each.observation, -FARTHEST, 0), each.window)
            for each in asked
            if each.how is How.GROWTH
        ]
        return self._marked(found, gaps, first)
