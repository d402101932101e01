"""What one debt bore, as runs of days on which nothing changed.

A ledger changes what is open day after day and asks in between what has accrued. The one idea: what is open
is kept as steps, and the runs of days between all that changes are built only as far as somebody asked, each
with the exact sum before it; a further change cuts off what came after its day, a question costs a search.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import zip_longest
from typing import NamedTuple

import attrs

from delinquency.calendar import Day
from delinquency.daycount import DayCount
from delinquency.penalty.daily_rates import Bearing, Bearings
from delinquency.penalty.formulas import weight_of
from delinquency.penalty.late_days import day_denominator, days_by_numerator, numerator_between
from delinquency.penalty.steps import Gap, refuse_gap
from delinquency.rates import RATE_SCALE, Rate, RatePeriod
from delinquency.rounding import RoundingMode, dividing

__all__ = ["BearingRuns", "Measure", "Run"]

_PERIOD_CODES = {RatePeriod.YEAR: 0, RatePeriod.MONTH: 1, RatePeriod.DAY: 2}


@attrs.frozen(slots=True)
class Measure:
    """How days and rates of one contract become minor units.

    Attributes
    ----------
    day_count : DayCount
    parts : int
        The whole of which a part is waived.
    rounding : RoundingMode
    is_daily : bool
        Whether a run is rounded day by day, or as a whole.
    denominator : int
        Of every exact sum [1 / minor unit].
    """

    day_count: DayCount
    parts: int = 1
    rounding: RoundingMode = RoundingMode.HALF_UP
    is_daily: bool = False
    denominator: int = attrs.field(init=False)
    divided: Callable[[int, int], int] = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        whole = day_denominator(self.day_count) * RATE_SCALE * self.parts
        object.__setattr__(self, "denominator", whole)
        object.__setattr__(self, "divided", dividing(self.rounding))

    def rounded(self, exact: int) -> int:
        """An exact sum [1 / denominator], rounded [minor units]."""
        return self.divided(exact, self.denominator)

    def weight(self, rate: Rate, numerator: int, days: int) -> int:
        """What one minor unit bears in days that are such a part of a year."""
        code = _PERIOD_CODES[rate.period]
        return weight_of(numerator, days, rate.scaled, code, day_denominator(self.day_count))

    def exact(self, base: int, rate: Rate, parts: int, due_day: Day, start: Day, end: Day) -> int:
        """What ``[start, end)`` bears, or the parts of it [1 / denominator]."""
        numerator = numerator_between(self.day_count, due_day, start, end)
        return base * self.weight(rate, numerator, end - start) * parts

    def of_run(self, base: int, rate: Rate, parts: int, due_day: Day, start: Day, end: Day) -> int:
        """The same, rounded: as a whole, or the accrual of each day by itself [minor units]."""
        if not self.is_daily:
            return self.rounded(self.exact(base, rate, parts, due_day, start, end))
        return sum(
            days * self.rounded(base * self.weight(rate, numerator, 1) * parts)
            for numerator, days in days_by_numerator(self.day_count, due_day, start, end)
        )


class Run(NamedTuple):
    """Days from ``start`` on with one base and one bearing, and what was borne before them."""

    start: Day
    base: int
    bearing: Bearing | None
    exact_before: int
    rounded_before: int


class BearingRuns:
    """The runs of one kind of one debt.

    What is open is told from day to day; what was borne may be asked for any day, again and again.

    Parameters
    ----------
    measure : Measure
    bearings : Bearings
        What each day bears; a gap is refused when a day of it would bear, and not before.
    due_day : int
        The day from which parts of a year are counted [days since 1970-01-01].
    first_day : int
        The first day that bears: the due day, or the first after days of grace that never bear.
    """

    __slots__ = (
        "_bases",
        "_bearings",
        "_built",
        "_days",
        "_due_day",
        "_first_day",
        "_measure",
        "_runs",
    )

    def __init__(
        self, measure: Measure, bearings: Bearings, *, due_day: Day, first_day: Day
    ) -> None:
        self._measure = measure
        self._bearings = bearings
        self._due_day = due_day
        self._first_day = first_day
        self._built = first_day
        self._days: list[Day] = []
        self._bases: list[int] = []
        self._runs: list[Run] = []

    def set_base(self, day: Day, base: int) -> None:
        """From a day on, the last that was named or a later one, this amount bears.

        Before the first day that bears, only what is open when it comes matters.
        """
        day = max(day, self._first_day)
        self.forget(day)
        if base != (self._bases[-1] if self._bases else 0):
            self._days.append(day)
            self._bases.append(base)

    def forget(self, day: Day) -> None:
        """Take back what was said of a day and of those after it."""
        while self._days and self._days[-1] >= day:
            self._days.pop()
            self._bases.pop()
        while self._runs and self._runs[-1].start >= day:
            self._runs.pop()
        self._built = max(min(self._built, day), self._first_day)

    def exact(self, until: Day) -> int:
        """What was owed for the days before ``until``, exactly [1 / denominator].

        Raises
        ------
        InvalidValueError
            One of these days bears and no table covers it.
        """
        run = self._last_before(until)
        if run is None:
            return 0
        return run.exact_before + self._exact(run, until)

    def rounded(self, until: Day) -> int:
        """The same, each run rounded by itself [minor units]."""
        run = self._last_before(until)
        if run is None:
            return 0
        return run.rounded_before + self._rounded(run, until)

    def bearing_until(self, until: Day) -> Iterator[tuple[Day, Day, int, Bearing]]:
        """The runs that bear before ``until``: first day, end, base and bearing."""
        self._build(until)
        for run, following in zip_longest(self._runs, self._runs[1:]):
            end = until if following is None else min(following.start, until)
            if run.bearing is not None and run.start < end:
                yield run.start, end, run.base, run.bearing

    def _last_before(self, until: Day) -> Run | None:
        self._build(until)
        place = bisect_left(self._runs, until, key=_start)
        return self._runs[place - 1] if place else None

    def _build(self, until: Day) -> None:
        while self._built < until:
            day = self._built
            place = bisect_right(self._days, day)
            base = self._bases[place - 1] if place else 0
            end = self._days[place] if place < len(self._days) else until
            bearing = None
            if base:
                bearing, change = self._bearing_from(day, min(end, until))
                end = min(end, change)
            self._push(day, base, bearing)
            self._built = min(end, until)

    def _bearing_from(self, day: Day, until: Day) -> tuple[Bearing | None, Day]:
        """What a day bears, and the day on which that may change."""
        place = bisect_right(self._bearings.days, day)
        bearing = self._bearings.values[place - 1]
        if isinstance(bearing, Gap):
            refuse_gap(bearing, start=day, end=until)
        days = self._bearings.days
        return bearing, days[place] if place < len(days) else until

    def _push(self, day: Day, base: int, bearing: Bearing | None) -> None:
        last = self._runs[-1] if self._runs else None
        if last is None:
            self._runs.append(Run(day, base, bearing, 0, 0))
        elif (last.base, last.bearing) != (base, bearing):
            exact = last.exact_before + self._exact(last, day)
            rounded = last.rounded_before + self._rounded(last, day)
            self._runs.append(Run(day, base, bearing, exact, rounded))

    def _exact(self, run: Run, end: Day) -> int:
        if run.bearing is None:
            return 0
        rate, parts = run.bearing
        return self._measure.exact(run.base, rate, parts, self._due_day, run.start, end)

    def _rounded(self, run: Run, end: Day) -> int:
        if run.bearing is None:
            return 0
        rate, parts = run.bearing
        return self._measure.of_run(run.base, rate, parts, self._due_day, run.start, end)


def _start(run: Run) -> Day:
    return run.start
