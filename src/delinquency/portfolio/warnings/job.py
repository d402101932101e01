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
from typing import Any, Final

import attrs
import numpy as np

from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.period_checks import check_consecutive
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.rules import WarningRules
from delinquency.early_warning.verb import check_currency, check_units, warn_of_unverified
from delinquency.portfolio.run import Engine
from delinquency.portfolio.warnings.answer import PortfolioSignals
from delinquency.portfolio.warnings.encoding import Encoded, encoded
from delinquency.portfolio.warnings.folding import fold_block, is_plain, new_lanes
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.truths import COULD, HOLDS, BlockTruths
from delinquency.portfolio.warnings.word_plan import WordPlan
from delinquency.portfolio.warnings.words import MOST_OF_A_WORD

__all__ = ["WarningJob"]

_OTHER_DATES: Final = (
    "Where accounts have other dates, give all of them the same ones, such as the ends of months."
)


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
        check_consecutive(panel.dates, rules.period, "observation panel", hint=_OTHER_DATES)
        check_units(panel.terms, rules)
        check_currency(panel.currency, rules)
        in_force = rules.in_force(panel.as_of)
        warn_of_unverified(rules, in_force)
        self.panel, self.rules, self.engine = panel, rules, engine
        self._encoded = _encoded(in_force, panel, {**rules.terms, **panel.terms})
        shape = (len(panel), len(in_force))
        self._state = np.empty(shape, dtype=np.int8, order="F")
        self._since = np.empty(shape, dtype=np.int16, order="F")
        self._assessed = np.empty(shape, dtype=np.bool_, order="F")
        self._score = np.empty(len(panel), dtype=np.int64)
        kept = len(panel.dates) if history else 0
        self._states = np.empty((*shape, kept), dtype=np.int8, order="F")
        self._room = local()
        self._plan = self._word_plan(history=history) if self._has_words else None

    @property
    def _has_words(self) -> bool:
        """Whether loops work on words: there is an engine of loops, and a bit for every period."""
        is_looped = self.engine is not Engine.WHOLE_COLUMNS
        return is_looped and len(self.panel.dates) <= MOST_OF_A_WORD

    def _word_plan(self, *, history: bool) -> WordPlan:
        plan = WordPlan(self.panel, self.engine, len(self._encoded))
        for place, each in enumerate(self._encoded):
            if is_plain(each.rule) and each.rule.is_warning and not history:
                plan.tell(place, each.rule, each.when)
            else:
                plan.keep(place, each.when, each.clears)
        return plan

    def work(self, first: int, last: int) -> None:
        """Answer accounts ``[first, last)``."""
        self._score[first:last] = 0
        if self._plan is None:
            self._work_flags(first, last)
        else:
            # Words run around their ends, which numpy tells of where nothing is compiled.
            with np.errstate(over="ignore"):
                self._work_words(first, last, self._plan)

    def _work_flags(self, first: int, last: int) -> None:
        scratch = self._room.__dict__.setdefault("flags", [])
        truths = BlockTruths(self.panel, first, last, scratch)
        for place, each in enumerate(self._encoded):
            when = truths.of(each.when)
            clears = None if each.clears is None else truths.of(each.clears)
            self._fold(place, first, last, when, clears)
            for flags in (when, clears):
                if flags is not None:
                    truths.give(flags)

    def _work_words(self, first: int, last: int, plan: WordPlan) -> None:
        columns = (self._state.T, self._since.T, self._assessed.T, self._score)
        room = self._room.__dict__.setdefault("words", {})
        for place, when, clears in plan.work(first, last, columns, room):
            self._fold(place, first, last, when, clears)

    def _fold(self, place: int, first: int, last: int, when: Any, clears: Any) -> None:
        """Fold the signal of one rule from flags, and tell its last state."""
        lanes = self._room.__dict__.get("lanes")
        if lanes is None or lanes.shape[1] != last - first:
            lanes = self._room.lanes = new_lanes(len(self.panel.dates), last - first)
        rule, states = self._encoded[place].rule, self._states[first:last, place].T
        fold_block(rule, when, clears, lanes, states, self.engine)
        self._tell(place, first, last, lanes)
        self._assessed[first:last, place] = when[-1, HOLDS] == when[-1, COULD]

    def _tell(self, place: int, first: int, last: int, lanes: Any) -> None:
        """The state, its first period and the points, from what a signal remembers."""
        up, confirmed, cools, age = lanes[:4]
        state = self._state[first:last, place]
        np.add(up, up, out=state, casting="unsafe")
        np.add(state, confirmed, out=state, casting="unsafe")
        np.add(state, cools, out=state, casting="unsafe")
        # -1 while it is silent, without a question to each account.
        speaks = (up | cools).astype(np.int16)
        since = (len(self.panel.dates) - age.astype(np.int16)) * speaks
        np.subtract(since, 1, out=self._since[first:last, place])
        self._score[first:last] += up * np.int64(self._encoded[place].rule.points)

    def answer(self) -> PortfolioSignals:
        """The columns, as the answer that nobody can write to."""
        return PortfolioSignals(
            self.panel,
            self.rules,
            tuple(each.rule for each in self._encoded),
            self._state,
            self._since,
            self._assessed,
            self._score,
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
