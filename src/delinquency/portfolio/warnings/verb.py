"""Judging the accounts of a panel by rules of early warning.

The one idea: conditions are interpreted over blocks of accounts that stay near the processor, every period
of a block at once, and the flags of one condition make room for those of the next. Each row equals the
answer for one account.
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
from delinquency.early_warning.verb import check_units
from delinquency.errors import InvalidTypeError
from delinquency.portfolio.run import Engine, chosen_engine, in_blocks, thread_count
from delinquency.portfolio.warnings.answer import PortfolioSignals
from delinquency.portfolio.warnings.encoding import Encoded, encoded
from delinquency.portfolio.warnings.folding import fold_block, new_lanes
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.truths import COULD, HOLDS, BlockTruths

__all__ = ["early_warning_signals"]

CELLS_OF_A_BLOCK = 2**18
"""Accounts by periods of a block: its flags stay near the processor."""


def early_warning_signals(
    panel: ObservationPanel,
    *,
    rules: WarningRules,
    history: bool = False,
    engine: Engine | None = None,
    threads: int | None = None,
) -> PortfolioSignals:
    """Say of every account which rules of early warning are raised at the end of the last period, since when.

    Each row equals :func:`delinquency.early_warning_signals` for that account.

    Parameters
    ----------
    panel : ObservationPanel
    rules : WarningRules
    history : bool
        Whether the state of every signal at the end of every period is kept.
    engine : Engine, optional
        Default: compiled where that is possible. The answers are equal.
    threads : int, optional
        Default: two for a large panel.

    Returns
    -------
    PortfolioSignals
        Accounts by rules. A rule whose observations are not there, or unknown, is not assessed; it is never
        silent because of that.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyNotInForceError
        No rule is in force on the last day.
    PolicyError
        An observation in another unit than the rules read it.
    MissingExtraError
        Compiled kernels without numba.

    Examples
    --------
    At the threshold, one day short of it, and where nobody knows:

    >>> from datetime import date
    >>> import delinquency as dq
    >>> days = np.ma.masked_equal([[5], [4], [-1]], -1)
    >>> panel = ObservationPanel.of(["A", "B", "C"], [date(2025, 1, 31)], {"days_past_due": days})
    >>> answer = early_warning_signals(panel, rules=dq.load_warning_rules("sama"))
    >>> place = answer.place_of("early_arrears")
    >>> answer.state[:, place].tolist(), answer.is_assessed[:, place].tolist()
    ([3, 0, 0], [True, True, False])
    """
    where = "portfolio.early_warning_signals"
    if not isinstance(panel, ObservationPanel):
        raise InvalidTypeError.at(
            f"{where}, panel",
            expected="an ObservationPanel",
            found=panel,
            hint="ObservationPanel.from_accounts makes one of observations of accounts.",
        )
    if not isinstance(rules, WarningRules):
        raise InvalidTypeError.at(
            f"{where}, rules",
            expected="WarningRules",
            found=rules,
            hint='Load them: load_warning_rules("sama").',
        )
    if not isinstance(history, bool):
        raise InvalidTypeError.at(f"{where}, history", expected="a bool", found=history)
    count = thread_count(threads, len(panel))
    job = _Job(panel, rules, chosen_engine(engine), history=history)
    step = max(1, CELLS_OF_A_BLOCK // len(panel.dates))
    in_blocks(job.work, len(panel), count, step)
    return job.answer()


@attrs.frozen(slots=True)
class _Encoded:
    """A rule with its conditions in whole numbers."""

    rule: WarningRule
    when: Encoded
    clears: Encoded | None


class _Job:
    """The rules in force over a panel, and the columns that they fill."""

    def __init__(
        self, panel: ObservationPanel, rules: WarningRules, engine: Engine, *, history: bool
    ) -> None:
        check_units(panel.terms, rules)
        in_force = rules.in_force(panel.as_of)
        self.panel, self.rules, self.engine = panel, rules, engine
        self._encoded = _encoded(in_force, panel, {**rules.terms, **panel.terms})
        shape = (len(panel), len(in_force))
        self._state = np.empty(shape, dtype=np.int8, order="F")
        self._since = np.empty(shape, dtype=np.int16, order="F")
        self._assessed = np.empty(shape, dtype=np.bool_, order="F")
        kept = len(panel.dates) if history else 0
        self._states = np.empty((*shape, kept), dtype=np.int8, order="F")
        self._kept = local()

    def work(self, first: int, last: int) -> None:
        """Answer accounts ``[first, last)``."""
        scratch = self._kept.__dict__.setdefault("flags", [])
        truths = BlockTruths(self.panel, first, last, scratch)
        lanes = self._kept.__dict__.get("lanes")
        if lanes is None or lanes.shape[1] != last - first:
            lanes = self._kept.lanes = new_lanes(len(self.panel.dates), last - first)
        for place, each in enumerate(self._encoded):
            when = truths.of(each.when)
            clears = None if each.clears is None else truths.of(each.clears)
            fold_block(
                each.rule,
                when,
                clears,
                lanes,
                self._states[first:last, place].T,
                self.engine,
            )
            self._tell(place, first, last, lanes)
            self._assessed[first:last, place] = when[-1, HOLDS] == when[-1, COULD]
            for flags in (when, clears):
                if flags is not None:
                    truths.give(flags)

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
