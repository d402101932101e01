"""Between which bounds each observation of a panel is looked for, by all rules together.

The one idea: what every rule asks of one observation is known before a block is looked at, so that each
number is read from memory once and compared with all bounds while it is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

import numpy as np

from delinquency.early_warning.conditions import How, Reading
from delinquency.portfolio.kernels.status_layout import FARTHEST
from delinquency.portfolio.warnings.encoding import (
    AtLeast,
    Beside,
    Encoded,
    NotThere,
    Over,
    Within,
)
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import unknown_of

__all__ = ["NOT_ABOVE_NOUGHT", "Bounds", "clipped", "gap_of", "halves", "word_bounds"]

Bound: TypeAlias = "tuple[int, int]"
Bounds: TypeAlias = "Mapping[str, tuple[Bound, ...]]"

NOT_ABOVE_NOUGHT: Final = (-FARTHEST, 0)
"""What growth cannot be told from."""


def gap_of(panel: ObservationPanel, name: str) -> Bound:
    """The bounds between which there is only what nobody knows."""
    unknown = unknown_of(panel.numbers[name].dtype)
    return unknown, unknown


def halves(low: int, high: int) -> dict[int, Bound]:
    """What is from ``low`` on, by 0, and what is up to ``high``, by 1; not what lies beyond every number."""
    found: dict[int, Bound] = {}
    if low > -FARTHEST:
        found[0] = (low, FARTHEST)
    if high < FARTHEST:
        found[1] = (-FARTHEST, high)
    return found


def clipped(bound: Bound, kind: np.dtype[Any]) -> Bound:
    """Bounds that numbers of a type have room for; where there is nothing between them, 1 and 0."""
    ends = np.iinfo(kind)
    low, high = max(bound[0], int(ends.min)), min(bound[1], int(ends.max))
    return (low, high) if low <= high else (1, 0)


def word_bounds(conditions: Iterable[Encoded], panel: ObservationPanel) -> Bounds:
    """By observation, every pair of bounds that is asked for, each once."""
    found: dict[str, dict[Bound, None]] = {name: {} for name in panel.numbers}
    for name in panel.gaps:
        found[name][gap_of(panel, name)] = None
    for condition in conditions:
        for name, bound in _asked(condition):
            found[name][bound] = None
    return {name: tuple(bounds) for name, bounds in found.items()}


def _asked(condition: Encoded) -> Iterator[tuple[str, Bound]]:
    match condition:
        case NotThere():
            return
        case Within(reading, low, high):
            if reading.how is How.LATEST:
                yield reading.observation, (low, high)
            elif reading.how in (How.HIGHEST, How.LOWEST):
                yield from ((reading.observation, each) for each in halves(low, high).values())
        case Beside():
            yield from _of_growth(condition.left)
            if condition.right is not None:
                yield from _of_growth(condition.right)
        case AtLeast():
            for each in condition.parts:
                yield from _asked(each)
        case Over():
            yield from _asked(condition.part)


def _of_growth(reading: Reading) -> Iterator[tuple[str, Bound]]:
    if reading.how is How.GROWTH:
        yield reading.observation, NOT_ABOVE_NOUGHT
