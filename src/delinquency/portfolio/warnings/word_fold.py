"""Signals folded from words of truths, by loops."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.early_warning.rule import WarningRule
from delinquency.portfolio.run import Engine
from delinquency.portfolio.warnings.words import WordLoops, Words

__all__ = ["WordFold", "word_loops"]


def word_loops(engine: Engine) -> WordLoops:
    """The loops over words, compiled or as they were written."""
    from delinquency.portfolio.kernels import warning_words as kernels
    from delinquency.portfolio.kernels.compiler import uncompiled

    loops = (
        kernels.within_words,
        kernels.window_words,
        kernels.compare_words,
        kernels.unpack_words,
        kernels.fold_words,
    )
    if engine is Engine.COMPILED:
        return WordLoops(kernels.AT_ONCE, *loops)
    return WordLoops(kernels.AT_ONCE, *map(uncompiled, loops))


class WordFold:
    """The loops that end in a signal, and the room that they need."""

    def __init__(self, bits: Words, loops: WordLoops) -> None:
        from delinquency.portfolio.kernels.warning_words import AT_ONCE

        self._bits, self._loops = bits, loops
        count = max(1, (len(bits) - 1).bit_length())
        self._digits = np.array(
            [
                sum(1 << period for period in range(len(bits)) if period >> digit & 1)
                for digit in range(count)
            ],
            dtype=bits.dtype,
        )
        self._scratch = np.empty((3, AT_ONCE), dtype=bits.dtype)

    def tell(self, rule: WarningRule, when: Words, state: Any, since: Any, assessed: Any) -> None:
        """Fill in the last state of the signal of a plain rule."""
        confirm_after = min(rule.confirm_after, len(self._bits) + 1)
        holds, could = when
        self._loops.fold(
            holds,
            could,
            self._bits,
            self._digits,
            confirm_after,
            self._scratch,
            state,
            since,
            assessed,
        )

    def unpacked(self, words: Words, flags: Any) -> Any:
        """The bits of words as flags, periods by two by accounts."""
        self._loops.unpack(words, self._bits, flags.view(np.uint8))
        return flags
