"""Rules of early warning over the blocks of a panel, and the columns that they fill.

The one idea: a rule is judged at every period of a block and its signal folded before the next one is looked
at. Loops keep the periods of an account as the bits of a word; whole columns, and longer histories, have a
flag for each.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from threading import local
from typing import Any

import attrs
import numpy as np

from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.rules import WarningRules
from delinquency.early_warning.verb import check_units, warn_of_unverified
from delinquency.portfolio.run import Engine
from delinquency.portfolio.warnings.answer import PortfolioSignals
from delinquency.portfolio.warnings.encoding import Encoded, encoded
from delinquency.portfolio.warnings.folding import fold_block, is_plain, new_lanes
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.truths import COULD, HOLDS, BlockTruths
from delinquency.portfolio.warnings.word_bounds import word_bounds
from delinquency.portfolio.warnings.word_fold import WordFold, word_loops
from delinquency.portfolio.warnings.words import MOST_OF_A_WORD, WordTruths, bits_of

__all__ = ["WarningJob"]


@attrs.frozen(slots=True)
class _Encoded:
    """A rule with its conditions in whole numbers."""

    rule: WarningRule
    when: Encoded
    clears: Encoded | None


class WarningJob:
    """The rules in force over a panel, and the columns that they fill."""

    def __init__(
        self, panel: ObservationPanel, rules: WarningRules, engine: Engine, *, history: bool
    ) -> None:
        check_units(panel.terms, rules)
        in_force = rules.in_force(panel.as_of)
        warn_of_unverified(rules, in_force)
        self.panel, self.rules, self.engine = panel, rules, engine
        self._encoded = _encoded(in_force, panel, {**rules.terms, **panel.terms})
        shape = (len(panel), len(in_force))
        self._state = np.empty(shape, dtype=np.int8, order="F")
        self._since = np.empty(shape, dtype=np.int16, order="F")
        self._assessed = np.empty(shape, dtype=np.bool_, order="F")
        kept = len(panel.dates) if history else 0
        self._states = np.empty((*shape, kept), dtype=np.int8, order="F")
        self._kept = local()
        self._bits = bits_of(len(panel.dates)) if self._has_words else None
        parts = (part for each in self._encoded for part in (each.when, each.clears))
        self._bounds = word_bounds(filter(None, parts), panel)

    @property
    def _has_words(self) -> bool:
        """Whether loops work on words: there is an engine of loops, and a bit for every period."""
        is_looped = self.engine is not Engine.WHOLE_COLUMNS
        return is_looped and len(self.panel.dates) <= MOST_OF_A_WORD

    def work(self, first: int, last: int) -> None:
        """Answer accounts ``[first, last)``."""
        lanes = self._kept.__dict__.get("lanes")
        if lanes is None or lanes.shape[1] != last - first:
            lanes = self._kept.lanes = new_lanes(len(self.panel.dates), last - first)
        if self._bits is None:
            self._work_flags(first, last, lanes)
            return
        # Words run around their ends, which numpy tells of where nothing is compiled.
        with np.errstate(over="ignore"):
            self._work_words(first, last, lanes, self._bits)

    def _work_flags(self, first: int, last: int, lanes: Any) -> None:
        scratch = self._kept.__dict__.setdefault("flags", [])
        truths = BlockTruths(self.panel, first, last, scratch)
        for place, each in enumerate(self._encoded):
            when = truths.of(each.when)
            clears = None if each.clears is None else truths.of(each.clears)
            self._fold(place, first, last, when, clears, lanes)
            for flags in (when, clears):
                if flags is not None:
                    truths.give(flags)

    def _work_words(self, first: int, last: int, lanes: Any, bits: Any) -> None:
        loops = word_loops(self.engine)
        truths = WordTruths(self.panel, first, last, bits, self._bounds, loops)
        fold = WordFold(bits, loops)
        flags: Any = None
        for place, each in enumerate(self._encoded):
            when = truths.of(each.when)
            if is_plain(each.rule) and not self._states.shape[2]:
                columns = (self._state, self._since, self._assessed)
                fold.tell(each.rule, when, *(column[first:last, place] for column in columns))
                continue
            if flags is None:
                flags = np.empty((2, len(bits), 2, last - first), dtype=np.bool_)
            clears = None if each.clears is None else truths.of(each.clears)
            asked = fold.unpacked(when, flags[0])
            ends = None if clears is None else fold.unpacked(clears, flags[1])
            self._fold(place, first, last, asked, ends, lanes)

    def _fold(self, place: int, first: int, last: int, when: Any, clears: Any, lanes: Any) -> None:
        """Fold the signal of one rule from flags, and tell its last state."""
        rule, states = self._encoded[place].rule, self._states[first:last, place].T
        fold_block(rule, when, clears, lanes, states, self.engine)
        self._tell(place, first, last, lanes)
        self._assessed[first:last, place] = when[-1, HOLDS] == when[-1, COULD]

    def _tell(self, place: int, first: int, last: int, lanes: Any) -> None:
        """The state and its first period, from what a signal remembers."""
        up, confirmed, cools, age = lanes[:4]
        state = self._state[first:last, place]
        np.add(up, up, out=state, casting="unsafe")
        np.add(state, confirmed, out=state, casting="unsafe")
        np.add(state, cools, out=state, casting="unsafe")
        # -1 while it is silent, without a question to each account.
        speaks = (up | cools).astype(np.int16)
        since = (len(self.panel.dates) - age.astype(np.int16)) * speaks
        np.subtract(since, 1, out=self._since[first:last, place])

    def answer(self) -> PortfolioSignals:
        """The columns, as the answer that nobody can write to."""
        return PortfolioSignals(
            self.panel,
            self.rules,
            tuple(each.rule for each in self._encoded),
            self._state,
            self._since,
            self._assessed,
            self._states if self._states.shape[2] else None,
        )


def _encoded(
    in_force: Sequence[WarningRule], panel: ObservationPanel, terms: dict[str, ObservationTerm]
) -> list[_Encoded]:
    return [
        _Encoded(
            rule,
            encoded(rule.when, panel, terms),
            None if rule.clears is None else encoded(rule.clears, panel, terms),
        )
        for rule in in_force
    ]
