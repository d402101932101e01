"""What the model of risks sees of a panel, beside the candidates themselves: numbers with no threshold yet.

The one idea: a candidate asks whether a sum, a mean or a share is beyond one threshold. The model sees what
is asked of as a number, so that it finds the thresholds that tell risks best.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from delinquency.early_warning.conditions import (
    How,
    Reading,
    WarningCondition,
    comparisons_of,
)
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import unknown_of
from delinquency.portfolio.warnings.readings import BlockReadings

__all__ = ["numbers_of", "readings_at_the_end"]


def numbers_of(panel: ObservationPanel, conditions: Iterable[WarningCondition]) -> Any:
    """Every observation at every period, and every reading of the conditions at the last one.

    Parameters
    ----------
    panel : ObservationPanel
    conditions : iterable of condition

    Returns
    -------
    float array, accounts by columns
        NaN where nobody knows.
    """
    columns = [
        np.where(row == unknown_of(column.dtype), np.nan, row)
        for column in panel.numbers.values()
        for row in column
    ]
    return np.column_stack([*columns, *readings_at_the_end(panel, conditions)])


def readings_at_the_end(
    panel: ObservationPanel, conditions: Iterable[WarningCondition]
) -> list[Any]:
    """What the conditions read over windows, each once: of two readings beside each other the ratio.

    What the panel has no observation of, or too few periods for, is left out. A ratio to 0 or less is NaN, as
    what nobody knows is.

    Parameters
    ----------
    panel : ObservationPanel
    conditions : iterable of condition

    Examples
    --------
    What was paid in two months, of what was carried into them; the second carried nothing:

    >>> from datetime import date
    >>> from delinquency.early_warning.catalogue import CATALOGUE
    >>> from delinquency.early_warning.condition_text import parse_condition
    >>> from delinquency.portfolio import ObservationPanel
    >>> panel = ObservationPanel.of(["A-1", "A-2"], [date(2025, 1, 31), date(2025, 2, 28)],
    ...     {"part_paid_instalments": np.array([[1, 2], [2, 0]]),
    ...     "broken_promises": np.array([[2, 4], [0, 0]])})
    >>> asked = parse_condition("total part_paid_instalments over 2 < 0.5 of total broken_promises over 2",
    ...     terms=CATALOGUE, where="example")
    >>> [column.tolist() for column in readings_at_the_end(panel, [asked])]
    [[0.5, nan]]
    """
    seen = BlockReadings(panel, 0, len(panel))
    pairs = dict.fromkeys(
        (each.observed, each.of) for condition in conditions for each in comparisons_of(condition)
    )
    return [
        _at_the_end(seen, observed) if of is None else _ratio(seen, observed, of)
        for observed, of in pairs
        if (of is not None or observed.how is not How.LATEST)
        and all(_is_there(panel, reading) for reading in (observed, of))
    ]


def _is_there(panel: ObservationPanel, reading: Reading | None) -> bool:
    return reading is None or (
        reading.observation in panel.numbers and reading.periods <= len(panel.dates)
    )


def _at_the_end(seen: BlockReadings, reading: Reading) -> Any:
    """A reading at the last period as a float: beside other floats it need not be exact."""
    told: Any = seen.numbers(reading, np.float64)[-1].astype(np.float64)
    if reading.how is How.GROWTH:
        told = _of(told, seen.changed_from(reading)[-1])
    gaps = seen.gaps([reading], seen.periods - 1)
    return told if gaps is None else np.where(gaps[-1], np.nan, told)


def _ratio(seen: BlockReadings, observed: Reading, of: Reading) -> Any:
    return _of(_at_the_end(seen, observed), _at_the_end(seen, of))


def _of(part: Any, whole: Any) -> Any:
    is_above = whole > 0
    return np.where(is_above, part / np.where(is_above, whole, 1), np.nan)
