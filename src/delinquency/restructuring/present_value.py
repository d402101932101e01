"""What amounts to come are worth on the day of a plan, at the rate of the contract.

The one idea: the value is the balance that the amounts repay exactly at that rate, interest being paid on
each of their due dates. So a change of time alone, with its interest, is worth nothing, and what was given up
is worth what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from delinquency.calendar import Day, to_date
from delinquency.daycount import DayCount, year_fraction
from delinquency.rates import RATE_SCALE, Rate

__all__ = ["present_value"]


def present_value(
    amounts: Sequence[tuple[Day, int]],
    *,
    day: Day,
    rates: Sequence[tuple[Day, Rate]],
    day_count: DayCount,
) -> Fraction:
    """The value of amounts at the start of a day, exactly [minor units].

    Parameters
    ----------
    amounts : sequence of tuple of int
        Due days in order, on or after ``day``, and amounts [minor units].
    day : int
    rates : sequence of tuple of int and Rate
        From which day on which annual rate holds, the first of them on or before ``day``; none: no discount.
    day_count : DayCount
    """
    value, before = Fraction(0), None
    for due, amount in reversed(amounts):
        if before is not None:
            value = Fraction(value, 1 + _interest(due, before, rates, day_count))
        value += amount
        before = due
    if before is not None:
        value = Fraction(value, 1 + _interest(day, before, rates, day_count))
    return value


def _interest(
    start: Day, end: Day, rates: Sequence[tuple[Day, Rate]], day_count: DayCount
) -> Fraction:
    """What a unit bears on ``[start, end)``."""
    edges = sorted({start, end, *(day for day, _ in rates if start < day < end)})
    total = Fraction(0)
    for first, last in pairwise(edges):
        known = [rate for day, rate in rates if day <= first]
        if known:
            years = year_fraction(to_date(first), to_date(last), day_count=day_count)
            total += Fraction(known[-1].scaled, RATE_SCALE) * years
    return total
