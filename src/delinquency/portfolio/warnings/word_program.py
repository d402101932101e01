"""The steps in which words of truths are joined, written once for all rules of a set.

The one idea: a step that was written before is not written again, whichever rule asks for it, and the row of
a step is free for another one after the last step that reads it.
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

from delinquency.portfolio.kernels.warning_program import (
    AND,
    AND_NOT,
    FILL,
    FOLD,
    KEEP,
    NOT,
    OR,
    SHIFT,
    STEP_WIDTH,
)

__all__ = ["Program", "Word", "WordSteps"]

Word = int
"""What stands in a row: the place of the step that writes it; of a comparison its own, from -1 down."""

_WRITES: Final = frozenset({AND, OR, AND_NOT, NOT, SHIFT, FILL})
_READS_TWO: Final = frozenset({AND, OR, AND_NOT, FOLD})


@attrs.frozen(slots=True)
class Program:
    """Steps with the rows that they use, for :func:`~...kernels.warning_program.run_program`.

    Attributes
    ----------
    steps : int64 array, steps by five
    masks : word array, steps by two
    rows : int
        Rows that are needed beside those of comparisons.
    kept : int
        Rows that are kept.
    """

    steps: npt.NDArray[np.int64]
    masks: npt.NDArray[Any]
    rows: int
    kept: int


class WordSteps:
    """Steps as they are asked for."""

    def __init__(self, periods: int) -> None:
        self.periods = periods
        self._steps: list[tuple[int, Word, Word, int, int]] = []
        self._known: dict[tuple[int, Word, Word, int, int], Word] = {}
        self._kept = 0

    def _step(
        self, code: int, left: Word = 0, right: Word = 0, number: int = 0, mask: int = 0
    ) -> Word:
        asked = (code, left, right, number, mask)
        if asked not in self._known:
            self._known[asked] = len(self._steps)
            self._steps.append(asked)
        return self._known[asked]

    def both(self, left: Word, right: Word) -> Word:
        """The bits that stand in both."""
        return left if left == right else self._step(AND, *sorted((left, right)))

    def either(self, left: Word, right: Word) -> Word:
        """The bits that stand in one of them."""
        return left if left == right else self._step(OR, *sorted((left, right)))

    def without(self, left: Word, right: Word) -> Word:
        """The bits that stand in the left one alone."""
        if right == self.filled(0):
            return left
        return self._step(AND_NOT, left, right)

    def opposite(self, word: Word) -> Word:
        """The bits that do not stand in it."""
        return self._step(NOT, word)

    def moved(self, word: Word, periods: int, *, begins: bool = False) -> Word:
        """The bits so many periods later; those before the first one are as ``begins`` says."""
        if periods == 0:
            return word
        if periods >= self.periods:
            return self.filled(self.periods if begins else 0)
        return self._step(SHIFT, word, 0, periods, self.up_to(periods) if begins else 0)

    def up_to(self, period: int) -> int:
        """Every bit before a period, as a number."""
        return (1 << min(period, self.periods)) - 1

    def filled(self, period: int) -> Word:
        """Every bit before a period."""
        return self._step(FILL, mask=self.up_to(period))

    def joined(self, join: Callable[[Word, Word], Word], word: Word, window: int) -> Word:
        """Each period joined with those before it, of a window; before it is full the bits say nothing."""
        return self._over(join, word, window, begins=False)

    def _over(
        self, join: Callable[[Word, Word], Word], word: Word, window: int, *, begins: bool
    ) -> Word:
        span, window = 1, min(window, self.periods + 1)
        while span < window:
            step = min(span, window - span)
            word = join(word, self.moved(word, step, begins=begins))
            span += step
        return word

    def in_window(self, word: Word, wanted: int, window: int, *, begins: bool) -> Word:
        """Where a bit stood at so many of the last periods; those before the first are as ``begins`` says."""
        if wanted in (1, window):
            join = self.both if wanted == window else self.either
            return self._over(join, word, window, begins=begins)
        near = [
            self.moved(word, periods, begins=begins) for periods in range(min(window, self.periods))
        ]
        beyond = window - len(near)
        if begins:
            wanted -= beyond
        if wanted <= 0:
            return self.filled(self.periods)
        return self.at_least(near, wanted) if wanted <= len(near) else self.filled(0)

    def at_least(self, words: Sequence[Word], wanted: int) -> Word:
        """Where at least so many have the bit; where more than half are wanted, fewer may fail."""
        if wanted in (1, len(words)):
            return reduce(self.either if wanted == 1 else self.both, words)
        spared = len(words) + 1 - wanted
        if spared < wanted:
            return self.opposite(self.at_least([self.opposite(each) for each in words], spared))
        held: list[Word] = []
        for word in words:
            carried = [word, *(self.both(each, word) for each in held)]
            held = [
                each if place >= len(held) else self.either(each, held[place])
                for place, each in enumerate(carried[:wanted])
            ]
        return held[-1]

    def fold(self, holds: Word, could: Word, rule: int) -> None:
        """Tell the last state of the signal of a rule."""
        self._steps.append((FOLD, holds, could, rule, 0))

    def keep(self, *words: Word) -> list[int]:
        """Keep words for the whole block: their places among those that are kept."""
        for word in words:
            self._steps.append((KEEP, word, 0, self._kept, 0))
            self._kept += 1
        return list(range(self._kept - len(words), self._kept))

    def program(self, given: int, kind: np.dtype[Any]) -> Program:
        """The steps whose answer somebody reads, with a row for each answer for as long as it is read.

        ``given`` rows of comparisons come before them.
        """
        needed = self._needed()
        last_read = {word: place for place in needed for word in self._reads(place)}
        row_of: dict[Word, int] = {-1 - row: row for row in range(given)}
        free: list[int] = []
        rows, steps, masks = 0, [], []
        for place in needed:
            code, _, _, number, mask = self._steps[place]
            reads = self._reads(place)
            left, right, *_ = (*(row_of[word] for word in reads), 0, 0)
            target = 0
            if code in _WRITES:
                if not free:
                    free, rows = [given + rows], rows + 1
                target = row_of[place] = free.pop()
            # No step writes a row that it reads: a loop over two rows is quicker where they are apart.
            free += {row_of[word] for word in reads if word >= 0 and last_read[word] == place}
            steps.append((code, target, left, right, number))
            masks.append((mask, number if code == SHIFT else 0))
        table = np.array(steps, dtype=np.int64).reshape(-1, STEP_WIDTH)
        return Program(table, np.array(masks, dtype=kind).reshape(-1, 2), rows, self._kept)

    def _reads(self, place: int) -> tuple[Word, ...]:
        code, left, right, *_ = self._steps[place]
        if code == FILL:
            return ()
        return (left, right) if code in _READS_TWO else (left,)

    def _needed(self) -> list[int]:
        """The places of the steps that lead to something told or kept, in their order."""
        wanted: set[int] = set()
        for place in reversed(range(len(self._steps))):
            if self._steps[place][0] not in _WRITES or place in wanted:
                wanted.update((place, *self._reads(place)))
        return [place for place in range(len(self._steps)) if place in wanted]
