"""The lines of what accrued, made from the runs that the figure was made of.

The one idea: lines are rounded as the figure is - by day, by line, or as differences of one running sum of an
instalment or of the account - so that they add up to it; what caps took off is taken from the latest lines,
and a unit that stays posted stands in the first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from delinquency.calendar import Day
from delinquency.currency import Currency
from delinquency.penalty.bearing_runs import Measure
from delinquency.penalty.conventions import RoundingGrain
from delinquency.penalty.debts import Debt
from delinquency.penalty.late_days import day_denominator, numerator_between
from delinquency.penalty.owed import Share
from delinquency.penalty.segments import AccrualKind, AccrualSegment
from delinquency.rates import Rate

__all__ = ["list_segments"]


class _Line(NamedTuple):
    debt: Debt
    kind: AccrualKind
    start: Day
    end: Day
    base: int
    rate: Rate
    parts: int
    is_waived: bool


class _RunningSum:
    """A sum of exact accruals, and what each adds to it once it is rounded."""

    __slots__ = ("_exact", "_measure", "_rounded")

    def __init__(self, measure: Measure, exact: int = 0, rounded: int = 0) -> None:
        self._measure = measure
        self._exact = exact
        self._rounded = rounded

    def add(self, exact: int) -> int:
        if exact == 0:
            return 0
        before = self._rounded
        self._exact += exact
        self._rounded = self._measure.rounded(self._exact)
        return self._rounded - before


def list_segments(
    bearing: Sequence[tuple[Share, int]],
    *,
    day: Day,
    grain: RoundingGrain,
    measure: Measure,
    currency: Currency,
) -> tuple[AccrualSegment, ...]:
    """The lines of the days before ``day``: by debt, then by first day and kind.

    What a waiver left and what it took are lines of their own, each rounded by itself.

    Parameters
    ----------
    bearing : sequence of tuple of Share and int
        The debts that bear, in the order in which they rank, and what is owed on each of them, after
        all caps [minor units].
    """
    segments: list[AccrualSegment] = []
    waived = _RunningSum(measure)
    for share, limit in bearing:
        owed = _RunningSum(measure, share.exact_before, share.amount_before)
        if grain is RoundingGrain.INSTALMENT:
            waived = _RunningSum(measure)
        left = limit
        # What a sum of the account gave a debt when it was posted stays, whatever the sum gives it today.
        given_before = max(0, limit - share.rounded)
        for line in _lines(share.debt, day, measure.parts):
            amount = _rounded(line, grain, measure, waived if line.is_waived else owed)
            if given_before and not line.is_waived and _exact(line, measure):
                amount += given_before
                given_before = 0
            kept = amount if line.is_waived else min(amount, left)
            left -= 0 if line.is_waived else kept
            segments.append(_segment(line, measure, kept, amount - kept, currency))
    return tuple(segments)


def _lines(debt: Debt, day: Day, whole: int) -> Iterator[_Line]:
    found = [
        (start, number, end, base, bearing)
        for number, runs in enumerate(debt.runs)
        for start, end, base, bearing in runs.bearing_until(day)
    ]
    for start, number, end, base, (rate, owed) in sorted(found):
        kind = (AccrualKind.PENALTY, AccrualKind.COMPOUND)[number]
        for parts, is_waived in ((owed, False), (whole - owed, True)):
            if parts:
                yield _Line(debt, kind, start, end, base, rate, parts, is_waived)


def _rounded(line: _Line, grain: RoundingGrain, measure: Measure, running: _RunningSum) -> int:
    if grain in (RoundingGrain.DAY, RoundingGrain.SEGMENT):
        due_day = line.debt.due_day
        return measure.of_run(line.base, line.rate, line.parts, due_day, line.start, line.end)
    return running.add(_exact(line, measure))


def _exact(line: _Line, measure: Measure) -> int:
    due_day = line.debt.due_day
    return measure.exact(line.base, line.rate, line.parts, due_day, line.start, line.end)


def _segment(
    line: _Line, measure: Measure, amount: int, capped: int, currency: Currency
) -> AccrualSegment:
    day_count = measure.day_count
    return AccrualSegment(
        place=line.debt.place,
        kind=line.kind,
        start_day=line.start,
        end_day=line.end,
        base_minor=line.base,
        rate=line.rate,
        numerator=numerator_between(day_count, line.debt.due_day, line.start, line.end),
        denominator=day_denominator(day_count),
        share=Fraction(line.parts, measure.parts),
        exact=Fraction(_exact(line, measure), measure.denominator),
        amount_minor=amount,
        is_waived=line.is_waived,
        capped_minor=capped,
        currency=currency,
    )
