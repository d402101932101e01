"""What the unknown leaves possible of the signals of many accounts: which may be up, and which surely are.

The one idea: the two guesses of :mod:`~delinquency.early_warning.signal_bounds`, taken for a row of accounts
at a time. Of a rule that one period clears, and that never waits, only the last period leaves anything open.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.rules import WarningRules
from delinquency.portfolio.run import in_blocks, thread_count
from delinquency.portfolio.warnings.encoding import encoded
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.truths import COULD, HOLDS, BlockTruths

__all__ = ["possibly_up"]

Array = npt.NDArray[Any]
CELLS_OF_A_BLOCK = 2**17
MOST = 2**15
"""More periods than a panel has."""


def possibly_up(
    panel: ObservationPanel, rules: WarningRules, rule: WarningRule
) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether the signal of a rule may be up at the end of the last period, and whether it surely is."""
    terms = {**rules.terms, **panel.terms}
    when = encoded(rule.when, panel, terms)
    clears = None if rule.clears is None else encoded(rule.clears, panel, terms)
    may, surely = (np.empty(len(panel), dtype=np.bool_) for _ in range(2))

    def work(first: int, last: int) -> None:
        truths = BlockTruths(panel, first, last, [])
        held = truths.of(when)
        over = ~held[:, ::-1] if clears is None else truths.of(clears)
        may[first:last], surely[first:last] = _folded(rule, held, over)

    step = max(1, CELLS_OF_A_BLOCK // len(panel.dates))
    in_blocks(work, len(panel), thread_count(None, len(panel)), step)
    return may, surely


class _Limb(NamedTuple):
    """Signals that are folded on a guess: whether they are up, and their rows of clearing periods."""

    up: Array
    cleared: Array

    def after(self, *, rises: Array, holds: Array, clears: Array, clear_after: int) -> _Limb:
        cleared = np.where(self.up & clears & ~holds, self.cleared + 1, 0)
        over = cleared >= clear_after
        return _Limb(np.where(self.up, ~over, rises), np.where(over, 0, cleared))

    def where(self, flags: Array, other: _Limb) -> _Limb:
        """These, and the others where there is no flag."""
        return _Limb(*(np.where(flags, mine, its) for mine, its in zip(self, other, strict=True)))


def _folded(rule: WarningRule, when: Array, ends: Array) -> tuple[Array, Array]:
    from delinquency.portfolio.kernels.warning_fold import CLEARED, LANES, next_lanes

    size = when.shape[2]
    lanes: Any = [np.zeros(size, dtype=np.uint16) for _ in range(LANES)]
    is_open, last_up = np.zeros(size, dtype=np.bool_), np.full(size, -1, dtype=np.int32)
    nothing = _Limb(is_open, np.zeros(size, dtype=np.int32))
    most = least = nothing
    clear_after, cool_down = (min(each, MOST) for each in (rule.clear_after, rule.cool_down))
    limits = [np.uint16(min(each, MOST)) for each in (rule.confirm_after, clear_after, cool_down)]
    for place, (truth, end) in enumerate(zip(when, ends, strict=True)):
        holds, could, over, over_could = truth[HOLDS], truth[COULD], end[HOLDS], end[COULD]
        known = _Limb(lanes[0] > 0, lanes[CLEARED].astype(np.int32))
        asked = ~could & (over_could & ~over) & np.where(is_open, most.up, known.up)
        opens = ~is_open & ((could & ~holds) | asked)
        most, least = known.where(opens, most), known.where(opens, least)
        since = place - 1 - lanes[3].astype(np.int32)
        before = np.where(known.up, place - 1, np.where(lanes[2] > 0, since - 1, -1))
        last_up = np.where(opens, before, last_up)
        is_open = is_open | opens
        cool = (last_up < 0) | (place - np.minimum(place - 1, last_up + 1) > cool_down)
        most = most.after(rises=could, holds=could, clears=over, clear_after=clear_after).where(
            is_open, most
        )
        least = least.after(
            rises=holds & cool, holds=holds, clears=over_could, clear_after=clear_after
        ).where(is_open, least)
        last_up = np.where(is_open & most.up, place, last_up)
        given = (each.astype(np.uint16) for each in (holds, could, over))
        lanes = next_lanes(np.uint16, *given, *lanes, *limits)
        is_over = ~most.up & ((last_up < 0) | (place - last_up > cool_down))
        alike = (most.up == least.up) & (most.cleared == least.cleared)
        is_open = is_open & ~(alike & (most.up | is_over))
    up = lanes[0] > 0
    return np.where(is_open, most.up, up), np.where(is_open, least.up, up)
