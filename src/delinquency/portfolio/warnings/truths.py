"""Whether conditions hold of a block of accounts, at every period: a small interpreter of encoded conditions.

The one idea: a truth of three values is two flags, whether a condition surely holds and whether it could.
Every condition asks for more of what holds, never for less, so the same steps are taken for both flags.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.conditions import Operator
from delinquency.portfolio.warnings.encoding import (
    AtLeast,
    Beside,
    Encoded,
    NotThere,
    Over,
    Within,
)
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.readings import BlockReadings, sums_over_window

__all__ = ["COULD", "HOLDS", "BlockTruths"]

HOLDS: Final = 0
"""The place of the flags that say where a condition surely holds."""
COULD: Final = 1
"""The place of those that say where it holds or nobody knows."""

Array = npt.NDArray[Any]
Truths = npt.NDArray[np.bool_]
"""Periods by two by accounts."""

_COMPARES: Final[Mapping[Operator, Any]] = MappingProxyType(
    {
        Operator.OVER: np.greater,
        Operator.AT_LEAST: np.greater_equal,
        Operator.UNDER: np.less,
        Operator.AT_MOST: np.less_equal,
        Operator.EQUAL: np.equal,
    }
)


class BlockTruths:
    """The truths of conditions over accounts ``[first, last)`` of a panel.

    ``scratch`` is a list of flags that earlier blocks of this size have left; it is filled up again.
    """

    def __init__(
        self, panel: ObservationPanel, first: int, last: int, scratch: list[Truths]
    ) -> None:
        self._readings = BlockReadings(panel, first, last)
        self._periods = self._readings.periods
        self._shape = (self._periods, 2, self._readings.accounts)
        self._free = scratch

    def take(self) -> Truths:
        """Flags to be written to, whatever stands in them."""
        while self._free:
            flags = self._free.pop()
            if flags.shape == self._shape:
                return flags
        return np.empty(self._shape, dtype=np.bool_)

    def give(self, truths: Truths) -> None:
        """Hand flags back that nobody reads any more."""
        self._free.append(truths)

    def of(self, condition: Encoded) -> Truths:
        """The truths of a condition, to be handed back by :meth:`give`."""
        match condition:
            case NotThere():
                return self._begun(self._periods)
            case Within():
                return self._within(condition)
            case Beside():
                return self._beside(condition)
            case AtLeast():
                return self._at_least(condition)
            case Over():
                return self._over(condition)

    def _begun(self, first: int) -> Truths:
        """Flags of which those before a period say that nobody knows."""
        truths = self.take()
        truths[:first, HOLDS] = False
        truths[:first, COULD] = True
        return truths

    def _within(self, condition: Within) -> Truths:
        reading = condition.reading
        first = reading.periods - 1
        truths = self._begun(min(first, self._periods))
        if first >= self._periods:
            return truths
        found = self._readings.is_within(reading, condition.low, condition.high, condition.kind)
        _mark(found, self._readings.unknown(reading), truths[first:])
        return truths

    def _beside(self, condition: Beside) -> Truths:
        left, right = condition.left, condition.right
        first = max(left.periods, 1 if right is None else right.periods) - 1
        truths = self._begun(min(first, self._periods))
        if first >= self._periods:
            return truths
        found: Any = None
        for given, limit in self._readings.sides(condition):
            side = _COMPARES[condition.operator](given, limit)
            found = side if found is None else np.bitwise_and(found, side)
        _mark(found, self._readings.gaps((left, right), first), truths[first:])
        return truths

    def _at_least(self, condition: AtLeast) -> Truths:
        count = len(condition.parts)
        if condition.wanted in (1, count):
            join = np.bitwise_and if condition.wanted == count else np.bitwise_or
            truths = self.of(condition.parts[0])
            for each in condition.parts[1:]:
                more = self.of(each)
                join(truths, more, out=truths)
                self.give(more)
            return truths
        counts = np.zeros(self._shape, dtype=np.uint8 if count < 2**8 else np.int64)
        for each in condition.parts:
            truths = self.of(each)
            counts += truths
            self.give(truths)
        truths = self.take()
        np.greater_equal(counts, condition.wanted, out=truths)
        return truths

    def _over(self, condition: Over) -> Truths:
        part, wanted, window = self.of(condition.part), condition.wanted, condition.window
        if wanted == window:
            return self._joined(np.bitwise_and, part, window, stays=COULD)
        if wanted == 1:
            return self._joined(np.bitwise_or, part, window, stays=HOLDS)
        early = window - 1
        flags = np.empty((self._periods + early, *self._shape[1:]), dtype=np.uint8)
        flags[:early, HOLDS] = 0
        flags[:early, COULD] = 1
        flags[early:] = part
        np.greater_equal(sums_over_window(flags, window), wanted, out=part)
        return part

    def _joined(
        self,
        join: Callable[..., Array],
        part: Truths,
        window: int,
        *,
        stays: int,
    ) -> Truths:
        """Every run of ``window`` periods joined; before the history nobody knows.

        What nobody knows leaves the flags at ``stays`` as they are, and decides the others.
        """
        span = 1
        while span < window:
            step = min(span, window - span)
            joined, early = self.take(), min(step, self._periods)
            join(part[early:], part[: self._periods - early], out=joined[early:])
            joined[:early, stays] = part[:early, stays]
            joined[:early, 1 - stays] = stays == HOLDS
            self.give(part)
            part, span = joined, span + step
        return part


def _mark(found: Array, unknown: Array | None, truths: Truths) -> None:
    """Both flags of a comparison that was made as if everything were known."""
    if unknown is None:
        truths[...] = found[:, np.newaxis]
        return
    np.greater(found, unknown, out=truths[:, HOLDS])
    np.bitwise_or(found, unknown, out=truths[:, COULD])
