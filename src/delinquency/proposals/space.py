"""Every plan of an offer as whole numbers, without a record for each.

The one idea: the numbers of a choice are found once, and a plan is the choices of its place, side by side.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from itertools import chain
from typing import Any

import attrs
import numpy as np

from delinquency.amortisation import AmortisationMethod
from delinquency.currency import Currency
from delinquency.daycount import DayCount
from delinquency.portfolio.kernels.plan_layout import PlanArrays
from delinquency.portfolio.plans.plan_numbers import is_by_loop, most_more_dues, plan_numbers
from delinquency.restructuring import Measure, RestructuringPlan

__all__ = ["PlanSpace"]


@attrs.frozen(slots=True, eq=False)
class PlanSpace:
    """All plans of some choices, from the start of a day on.

    Attributes
    ----------
    choices : tuple of tuple of tuple of Measure
        Of each kind, as of :attr:`~delinquency.proposals.offer.LenderOffer.choices`.
    effective_on : date
    method : AmortisationMethod
    day_count : DayCount or None
    """

    choices: tuple[tuple[tuple[Measure, ...], ...], ...]
    effective_on: date
    method: AmortisationMethod
    day_count: DayCount | None

    def __len__(self) -> int:
        return int(np.prod(self._shape, dtype=np.int64))

    @property
    def _shape(self) -> tuple[int, ...]:
        return tuple(len(kind) for kind in self.choices)

    def plan(self, place: int) -> RestructuringPlan:
        """The plan of a place, from 0."""
        chosen = np.unravel_index(place, self._shape)
        pairs = zip(self.choices, chosen, strict=True)
        return self._plan_of(chain.from_iterable(kind[int(number)] for kind, number in pairs))

    @property
    def most_more_dues(self) -> int:
        """The most due dates that a plan adds, or has in place of the old ones."""
        return sum(
            most_more_dues([self._plan_of(choice) for choice in kind]) for kind in self.choices
        )

    def _plan_of(self, measures: Any) -> RestructuringPlan:
        return RestructuringPlan(
            measures=tuple(measures),
            effective_on=self.effective_on,
            method=self.method,
            day_count=self.day_count,
        )

    def measure_counts(self) -> Any:
        """How many measures the plan of each place has."""
        chosen = np.unravel_index(np.arange(len(self)), self._shape)
        lengths = [np.array([len(choice) for choice in kind]) for kind in self.choices]
        return sum(each[places] for each, places in zip(lengths, chosen, strict=True))

    @property
    def is_by_loop(self) -> bool:
        """Whether loops know every choice, and the day count."""
        return all(
            is_by_loop(self._plan_of(choice)) for kind in self.choices for choice in kind if choice
        )

    def numbers(self, currency: Currency) -> PlanArrays:
        """The plans of all places in their order; without measures where loops do not know them all."""
        size = len(self)
        chosen = np.unravel_index(np.arange(size), self._shape)
        known = self.is_by_loop
        lengths = [np.array([len(choice) * known for choice in kind]) for kind in self.choices]
        counts = [each[places] for each, places in zip(lengths, chosen, strict=True)]
        offsets = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(sum(counts), out=offsets[1:])
        tables = [
            plan_numbers([self._plan_of(choice) for choice in kind], currency)
            for kind in self.choices
        ]
        width = tables[0].numbers.shape[1]
        numbers = np.zeros((int(offsets[-1]), width), dtype=np.int64)
        kinds = np.zeros(int(offsets[-1]), dtype=np.int64)
        begin = offsets[:-1].copy()
        for table, places, count in zip(tables, chosen, counts, strict=True):
            for measure in range(int(count.max(initial=0))):
                has = np.flatnonzero(count > measure)
                source = table.offsets[places[has]] + measure
                numbers[begin[has] + measure] = table.numbers[source]
                kinds[begin[has] + measure] = table.kind[source]
            begin += count
        one = tables[0]
        return PlanArrays(
            offsets=offsets,
            kind=kinds,
            numbers=numbers,
            method=np.full(size, one.method[0], dtype=np.int64),
            day_count=np.full(size, one.day_count[0], dtype=np.int64),
        )
