"""All rules of a set over words: planned once, and worked through block by block.

The one idea: what is compared and how it is joined is known before an account is looked at, so a block is a
few loops, however many rules there are.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.rule import WarningRule
from delinquency.portfolio.run import Engine
from delinquency.portfolio.warnings.encoding import Encoded
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.word_comparisons import word_loops
from delinquency.portfolio.warnings.word_program import Program
from delinquency.portfolio.warnings.words import MOST_OF_A_WORD, WordTruths, bits_of

__all__ = ["WordPlan"]

DIGITS: Final = (MOST_OF_A_WORD - 1).bit_length()
"""Binary digits of the number of a period."""

Array = npt.NDArray[Any]


class WordPlan:
    """The comparisons and steps of so many rules, and the blocks that are worked through by them.

    Every rule is told or kept before the first block.
    """

    def __init__(self, panel: ObservationPanel, engine: Engine, rules: int) -> None:
        self._truths, self._loops = WordTruths(panel), word_loops(engine)
        self._bits = bits_of(len(panel.dates))
        self._periods, self._digits = _periods(self._bits), _digits(self._bits)
        self._folds = np.zeros((rules, 2), dtype=np.int64)
        self._kept: list[tuple[int, list[int]]] = []

    def tell(self, place: int, rule: WarningRule, when: Encoded) -> None:
        """Tell the last state of the signal of a plain rule, the one at a place among all rules."""
        confirm_after = min(rule.confirm_after, len(self._bits) + 1)
        self._folds[place] = (confirm_after, rule.points)
        self._truths.steps.fold(*self._truths.of(when), place)

    def keep(self, place: int, when: Encoded, clears: Encoded | None) -> None:
        """Keep the truths of a rule, and of what clears it, for the whole block."""
        asked = [when] if clears is None else [when, clears]
        words = [word for each in asked for word in self._truths.of(each)]
        self._kept.append((place, self._truths.steps.keep(*words)))

    def work(
        self, first: int, last: int, columns: tuple[Array, ...], room: dict[str, Array]
    ) -> Iterator[tuple[int, Array, Array | None]]:
        """Work through accounts ``[first, last)``; give the truths that are kept as flags, rule by rule.

        Parameters
        ----------
        first, last : int
        columns : tuple of array
            The state, the place since when and whether it is assessed, rules by accounts, and the score.
        room : dict of array
            What earlier blocks have left behind; it is used again.
        """
        program, size = self._program, last - first
        given = _taken(room, "given", (self._truths.comparisons.rows, size), self._bits.dtype)
        kept = _taken(room, "kept", (program.kept, size), self._bits.dtype)
        self._truths.comparisons.fill(first, last, self._bits, self._loops, given)
        self._run(program, first, given, kept, columns, room)
        if not self._kept:
            return
        flags = _taken(room, "flags", (2, len(self._bits), 2, size), np.bool_)
        for place, rows in self._kept:
            when, *clears = (
                self._unpacked(kept[rows[begin] : rows[begin] + 2], flags[begin // 2])
                for begin in range(0, len(rows), 2)
            )
            yield place, when, clears[0] if clears else None

    @cached_property
    def _program(self) -> Program:
        return self._truths.steps.program(self._truths.comparisons.rows, self._bits.dtype)

    def _run(
        self,
        program: Program,
        first: int,
        given: Array,
        kept: Array,
        columns: tuple[Array, ...],
        room: dict[str, Array],
    ) -> None:
        from delinquency.portfolio.kernels.warning_words import AT_ONCE

        kind = self._bits.dtype
        self._loops.run(
            given,
            program.steps,
            program.masks,
            _taken(room, "rows", (program.rows, AT_ONCE), kind),
            len(self._bits),
            self._periods,
            self._digits,
            self._folds,
            _taken(room, "spare", (4, AT_ONCE), kind),
            kept,
            first,
            columns,
        )

    def _unpacked(self, words: Array, flags: Array) -> Array:
        """The bits of words as flags, periods by two by accounts."""
        self._loops.unpack(words, self._bits, flags.view(np.uint8))
        return flags


def _taken(room: dict[str, Array], name: str, shape: tuple[int, ...], kind: Any) -> Array:
    """Room of a shape, whatever stands in it."""
    found = room.get(name)
    if found is None or found.shape != shape:
        found = room[name] = np.empty(shape, dtype=kind)
    return found


def _periods(bits: Array) -> Array:
    """The bits of every period, of every one but the last, of the last, and of the first."""
    every = int(bits.sum(dtype=object))
    last = int(bits[-1])
    return np.array([every, every - last, last, int(bits[0])], dtype=bits.dtype)


def _digits(bits: Array) -> Array:
    """For each binary digit of the number of a period the bits of the periods that have it."""
    return np.array(
        [
            sum(1 << period for period in range(len(bits)) if period >> digit & 1)
            for digit in range(DIGITS)
        ],
        dtype=bits.dtype,
    )
