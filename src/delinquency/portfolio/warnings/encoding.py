"""Conditions of early warning in whole numbers, made once for a panel.

The one idea: a threshold becomes a least and a greatest whole number of what is read, a mean is a sum beside
a threshold as many times as large, and growth is a change beside a multiple of what it changed from. So
nothing is divided and no fraction is met again; what is no constant is compared by whole-number products.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, TypeAlias

import attrs
import numpy as np

from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Operator,
    Reading,
    WarningCondition,
    unit_of,
)
from delinquency.early_warning.units import SHARE_SCALE
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import NARROW, WIDE
from delinquency.portfolio.whole_bounds import whole_bounds

__all__ = ["AtLeast", "Beside", "Encoded", "NotThere", "Over", "Within", "encoded"]

UNBOUND: Final = np.dtype(np.object_)
"""Whole numbers of Python."""


@attrs.frozen(slots=True)
class NotThere:
    """Nobody knows: an observation that is asked for is not in the panel."""


@attrs.frozen(slots=True)
class Within:
    """What is read is a whole number from ``low`` to ``high``; of a mean the sum is read.

    ``kind`` is the type in which every number that is known has room.
    """

    reading: Reading
    low: int
    high: int
    kind: np.dtype[Any]


@attrs.frozen(slots=True)
class Beside:
    """Two readings beside each other: ``left``, and ``right * numerator / denominator``.

    Growth is a change over what it changed from, so the other side is multiplied by that as well. Without
    ``right`` the growth is beside a constant: as many times what it changed from.

    Attributes
    ----------
    left : Reading
    operator : Operator
    right : Reading or None
    numerator, denominator : int
        The denominator is above 0.
    kind : dtype
        In which no product can leave its bits, by the farthest numbers of the panel; of objects, which are
        whole numbers without bound, where 64 bits are too few.
    has_room_crossed : bool
        Whether 64 bits have room for the left side times the denominator as well, so nothing is divided.
    """

    left: Reading
    operator: Operator
    right: Reading | None
    numerator: int
    denominator: int
    kind: np.dtype[Any]
    has_room_crossed: bool


@attrs.frozen(slots=True)
class AtLeast:
    """At least ``wanted`` of the parts hold."""

    wanted: int
    parts: tuple[Encoded, ...]


@attrs.frozen(slots=True)
class Over:
    """A part held at the ends of at least ``wanted`` of the last ``window`` periods."""

    part: Encoded
    wanted: int
    window: int


Encoded: TypeAlias = "NotThere | Within | Beside | AtLeast | Over"


def encoded(
    condition: WarningCondition, panel: ObservationPanel, terms: Mapping[str, ObservationTerm]
) -> Encoded:
    """A condition in whole numbers; ``terms`` say the units of what the rules read."""
    match condition:
        case Compared():
            return _compared(condition, panel, terms)
        case ForPeriods():
            part = encoded(condition.condition, panel, terms)
            return Over(part, condition.window, condition.window)
        case InPeriods():
            part = encoded(condition.condition, panel, terms)
            return Over(part, condition.count, condition.window)
        case AllOf() | AnyOf() | AtLeastOf():
            parts = tuple(encoded(each, panel, terms) for each in condition.conditions)
            wanted = len(parts) if isinstance(condition, AllOf) else 1
            return AtLeast(condition.count if isinstance(condition, AtLeastOf) else wanted, parts)


def _compared(
    condition: Compared, panel: ObservationPanel, terms: Mapping[str, ObservationTerm]
) -> Encoded:
    observed, of = condition.observed, condition.of
    asked = (observed,) if of is None else (observed, of)
    if any(reading.observation not in panel.numbers for reading in asked):
        return NotThere()
    limit = Fraction(condition.value)
    if of is not None:
        return _beside(observed, condition.operator, of, limit, panel)
    limit *= unit_of(observed, terms).scale(panel.currency)
    if observed.how is How.GROWTH:
        return _beside(observed, condition.operator, None, limit, panel)
    low, high = whole_bounds(condition.operator, limit * _parts(observed))
    return Within(observed, low, high, _kind((observed,), _farthest(observed, panel), panel))


def _beside(
    left: Reading,
    operator: Operator,
    right: Reading | None,
    limit: Fraction,
    panel: ObservationPanel,
) -> Beside:
    """``left / its parts`` beside ``limit * right / its parts``, without the fractions."""
    over = Fraction(_scale(left), _parts(left))
    under = limit if right is None else limit * Fraction(_scale(right), _parts(right))
    ratio = under * Fraction(over.denominator, over.numerator)
    limits = _changed_from(left, panel) * abs(ratio.numerator)
    if right is not None:
        limits *= _farthest(right, panel)
    given = _farthest(left, panel) * _changed_from(right, panel)
    farthest = max(
        given,
        limits,
        abs(ratio.numerator),
        ratio.denominator,
    )
    kind = _kind((left,) if right is None else (left, right), farthest, panel)
    crossed = max(farthest, given * ratio.denominator) <= np.iinfo(WIDE).max
    return Beside(left, operator, right, ratio.numerator, ratio.denominator, kind, crossed)


def _kind(readings: Sequence[Reading], farthest: int, panel: ObservationPanel) -> np.dtype[Any]:
    """The narrowest type, no narrower than the columns read, that has room for a number so far from 0."""
    columns = [panel.numbers[reading.observation].dtype for reading in readings]
    for kind in (NARROW, WIDE):
        if farthest <= np.iinfo(kind).max and all(
            column.itemsize <= kind.itemsize for column in columns
        ):
            return kind
    return UNBOUND


def _parts(reading: Reading) -> int:
    """Of how many numbers what is read is the mean, where their sum stands for it."""
    return reading.window if reading.how is How.MEAN else 1


def _scale(reading: Reading) -> int:
    """Growth is told in millionths."""
    return SHARE_SCALE if reading.how is How.GROWTH else 1


def _farthest(reading: Reading, panel: ObservationPanel) -> int:
    """How far from 0 the number that stands for what is read may be."""
    most = panel.most[reading.observation]
    match reading.how:
        case How.TOTAL | How.MEAN:
            return most * reading.window
        case How.CHANGE | How.GROWTH:
            return 2 * most
        case How.RISES | How.FALLS:
            return reading.window
        case _:
            return most


def _changed_from(reading: Reading | None, panel: ObservationPanel) -> int:
    """How far from 0 what a growth changed from may be; 1 for anything but growth."""
    if reading is None or reading.how is not How.GROWTH:
        return 1
    return panel.most[reading.observation]
