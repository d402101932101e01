"""What the unknown leaves possible of the signals of many accounts: which may be up, and which surely are.

The one idea: the memories of :mod:`~delinquency.early_warning.signal_bounds`, kept for a row of accounts at a
time. Of a rule that one period clears, and that never waits, only the last period leaves anything open.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, Final

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
BITS: Final = 64
"""Of a word."""


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


def _folded(rule: WarningRule, when: Array, ends: Array) -> tuple[Array, Array]:
    """The steps of ``bounds_of_signal`` for a row of accounts; bits beyond a word are those of Python."""
    periods, _, size = when.shape
    clear_after, cool_down = (min(each, periods) for each in (rule.clear_after, rule.cool_down))
    kind: Any = np.uint64 if max(clear_after, cool_down + 1) < BITS else np.object_
    up: Any = np.zeros(size, dtype=kind)
    cools: Any = np.zeros(size, dtype=kind)
    is_silent: Any = np.ones(size, dtype=np.bool_)
    for truth, end in zip(when, ends, strict=True):
        could_fail = ~truth[HOLDS]
        cools <<= 1
        is_silent |= (cools >> (cool_down + 1)) > 0
        cools &= (1 << (cool_down + 1)) - 1
        was_up = up > 0
        row = np.where(could_fail & end[COULD], up << 1, up & 0)
        rises = truth[COULD] & (is_silent | was_up)
        stays = could_fail & ~end[HOLDS] & was_up
        up = (row & ((1 << clear_after) - 1)) | (rises | stays)
        cools |= row >> clear_after
        is_silent &= could_fail
    may = (up > 0).astype(np.bool_)
    return may, may & ~is_silent & (cools == 0).astype(np.bool_)
