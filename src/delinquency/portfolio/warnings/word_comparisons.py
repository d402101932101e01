"""The comparisons that all rules ask for, each once, and the words that they fill for a block of accounts.

The one idea: what every rule asks of one observation is known before a block is looked at, so that each
number is read from memory once and compared with all bounds while it is there.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.early_warning.conditions import How, Operator
from delinquency.portfolio.run import Engine
from delinquency.portfolio.warnings.encoding import Beside, Encoded, Within
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE
from delinquency.portfolio.warnings.truths import BlockTruths
from delinquency.portfolio.warnings.word_program import Word

__all__ = ["WordComparisons", "WordLoops", "word_loops"]

Words = npt.NDArray[Any]

_SUMMED: Final = frozenset({How.LATEST, How.TOTAL, How.MEAN})
_CHANGED: Final = frozenset({How.CHANGE, How.GROWTH})
_ORDERS: Final = {
    Operator.OVER: 1,
    Operator.AT_LEAST: 2,
    Operator.UNDER: 1,
    Operator.AT_MOST: 2,
    Operator.EQUAL: 3,
}
"""How both sides stand; with the opposite sign for what is under or at most."""


@attrs.frozen(slots=True)
class WordLoops:
    """The loops over words, compiled or as they were written."""

    reached: Callable[..., None]
    window: Callable[..., None]
    beside: Callable[..., None]
    unpack: Callable[..., None]
    pack: Callable[..., None]
    run: Callable[..., None]


def word_loops(engine: Engine) -> WordLoops:
    """The loops over words, compiled or as they were written."""
    from delinquency.portfolio.kernels import warning_program, warning_words
    from delinquency.portfolio.kernels.compiler import uncompiled

    loops = (
        warning_words.reached_words,
        warning_words.window_words,
        warning_words.beside_words,
        warning_words.unpack_words,
        warning_words.pack_words,
        warning_program.run_program,
    )
    return WordLoops(*(loops if engine is Engine.COMPILED else map(uncompiled, loops)))


class WordComparisons:
    """Which comparisons there are: a row of words for each, and of flags two."""

    def __init__(self, panel: ObservationPanel) -> None:
        self._panel = panel
        self._least: dict[str, dict[int, int]] = {}
        self._windows: dict[Within, int] = {}
        self._beside: dict[Beside, int] = {}
        self._flags: dict[Encoded, int] = {}
        self.rows = 0

    def _row(self, found: dict[Any, int], asked: Any, rows: int = 1) -> Word:
        if asked not in found:
            found[asked] = self.rows
            self.rows += rows
        return -1 - found[asked]

    def reached(self, name: str, least: int) -> Word:
        """Where a number of an observation is at least as much; the number is one of its type."""
        return self._row(self._least.setdefault(name, {}), least)

    def window(self, condition: Within) -> Word:
        """Where a sum or a change over a window is between its bounds."""
        return self._row(self._windows, condition)

    def beside(self, condition: Beside) -> Word | None:
        """Where one reading stands beside another; ``None``: no loop tells it."""
        hows = {each.how for each in (condition.left, condition.right) if each is not None}
        is_told = condition.has_room_crossed and hows <= _SUMMED | _CHANGED
        return self._row(self._beside, condition) if is_told else None

    def flags(self, condition: Encoded) -> tuple[Word, Word]:
        """Where a condition surely holds, and where it could, told by whole columns."""
        holds = self._row(self._flags, condition, rows=2)
        return holds, holds - 1

    def fill(self, first: int, last: int, bits: Words, loops: WordLoops, words: Words) -> None:
        """Fill the rows for accounts ``[first, last)``."""
        for name, found in self._least.items():
            column = self._panel.numbers[name]
            least = np.array(list(found), dtype=column.dtype)
            places = np.array(list(found.values()), dtype=np.int64)
            loops.reached(column, first, least, bits, places, words)
        for within, row in self._windows.items():
            self._fill_window(within, first, bits, loops, words[row])
        for beside, row in self._beside.items():
            self._fill_beside(beside, first, bits, loops, words[row])
        if not self._flags:
            return
        truths = BlockTruths(self._panel, first, last, [])
        for condition, row in self._flags.items():
            flags = truths.of(condition)
            loops.pack(flags.view(np.uint8), bits, words[row : row + 2])
            truths.give(flags)

    def _fill_window(
        self, condition: Within, first: int, bits: Words, loops: WordLoops, words: Words
    ) -> None:
        from delinquency.portfolio.kernels.warning_words import AT_ONCE

        reading, kind = condition.reading, condition.kind
        ends = np.array(_clipped((condition.low, condition.high), kind), dtype=kind)
        loops.window(
            self._panel.numbers[reading.observation],
            first,
            reading.window,
            int(reading.how in _CHANGED),
            *ends,
            bits,
            np.empty(AT_ONCE, dtype=kind),
            words,
        )

    def _fill_beside(
        self, condition: Beside, first: int, bits: Words, loops: WordLoops, words: Words
    ) -> None:
        from delinquency.portfolio.kernels.warning_words import AT_ONCE

        left = condition.left
        right = left if condition.right is None else condition.right
        sign = -1 if condition.operator in (Operator.UNDER, Operator.AT_MOST) else 1
        loops.beside(
            self._panel.numbers[left.observation],
            self._panel.numbers[right.observation],
            first,
            (left.window, 0 if condition.right is None else right.window),
            tuple(int(each.how in _CHANGED) for each in (left, right)),
            tuple(
                int(each is not None and each.how is How.GROWTH) for each in (left, condition.right)
            ),
            # Wide, so that a product of a narrow number is as wide where nothing is compiled.
            np.array([sign * condition.denominator, sign * condition.numerator], dtype=WIDE),
            max(left.periods, right.periods) - 1,
            _ORDERS[condition.operator],
            bits,
            np.empty((4, AT_ONCE), dtype=WIDE),
            words,
        )


def _clipped(bound: tuple[int, int], kind: np.dtype[Any]) -> tuple[int, int]:
    """Bounds that numbers of a type have room for; where there is nothing between them, 1 and 0."""
    ends = np.iinfo(kind)
    low, high = max(bound[0], int(ends.min)), min(bound[1], int(ends.max))
    return (low, high) if low <= high else (1, 0)
