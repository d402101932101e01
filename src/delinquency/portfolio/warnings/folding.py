"""The signal of one rule over the periods of a block of accounts, by whichever engine there is."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.rule import WarningRule
from delinquency.portfolio.run import Engine
from delinquency.portfolio.warnings.truths import COULD, HOLDS

__all__ = ["fold_block", "is_plain", "new_lanes"]

Array = npt.NDArray[Any]
MOST_OF_A_BYTE = 254
"""Periods up to which what a signal remembers fits into bytes."""


def is_plain(rule: WarningRule) -> bool:
    """Whether a signal is cleared by one period without its condition and may come up again at once."""
    return rule.clears is None and rule.clear_after == 1 and rule.cool_down == 0


def new_lanes(periods: int, accounts: int) -> Array:
    """Room for what the signals of so many accounts remember over so many periods."""
    from delinquency.portfolio.kernels.warning_fold import LANES

    kind = np.uint8 if periods <= MOST_OF_A_BYTE else np.uint16
    return np.empty((LANES, accounts), dtype=kind)


def fold_block(
    rule: WarningRule,
    when: Array,
    clears: Array | None,
    lanes: Array,
    states: Array,
    engine: Engine,
) -> None:
    """Fold the signal of a rule; ``lanes`` tell what it remembers at the end of the last period.

    One that speaks for the borrower takes what nobody knows for a period that ends it.

    Parameters
    ----------
    rule : WarningRule
    when : bool array, periods by two by accounts
        Where the condition surely holds, and where it could.
    clears : bool array, periods by two by accounts, or None
        So of what clears the signal; ``None``: it is cleared wherever the condition does not hold.
    lanes : uint8 or uint16 array
        From :func:`new_lanes`; of bytes for the loops, else whole rows are folded.
    states : int8 array, periods by accounts
        Filled with the state at the end of each period, if it has any row.
    engine : Engine
    """
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.warning_fold import fold_signals

    lanes[...] = 0
    if not rule.is_warning:
        # What nobody knows speaks for no borrower.
        when = when[:, [HOLDS, HOLDS]]
        clears = None if clears is None else clears[:, [COULD, COULD]]
    asked = np.ones((1, *when.shape[1:]), dtype=np.bool_) if clears is None else clears
    narrow: Any = lanes.dtype.type
    most = int(np.iinfo(narrow).max)
    periods = (rule.confirm_after, rule.clear_after, rule.cool_down)
    limits: Any = [narrow(min(each, most)) for each in periods]
    if engine is Engine.WHOLE_COLUMNS or narrow is not np.uint8:
        _fold_rows(when, asked, limits, lanes, states)
        return
    fold: Any = fold_signals if engine is Engine.COMPILED else uncompiled(fold_signals)
    fold(when.view(np.uint8), asked.view(np.uint8), *limits, lanes, states)


def _fold_rows(when: Array, clears: Array, limits: list[Any], lanes: Array, states: Array) -> None:
    """The steps of :func:`fold_signals`, each over a row of accounts."""
    from delinquency.portfolio.kernels.warning_fold import next_lanes

    narrow: Any = lanes.dtype.type
    for period, (holds, could) in enumerate(when):
        ends = clears[period if len(clears) > 1 else 0, 0]
        given = (each.astype(narrow) for each in (holds, could, ends))
        lanes[...] = next_lanes(narrow, *given, *lanes, *limits)
        if len(states):
            states[period] = 2 * lanes[0] + lanes[1] + lanes[2]
