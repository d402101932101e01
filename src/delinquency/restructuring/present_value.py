"""What amounts to come are worth on the day of a plan, at the rate of the contract.

The one idea: the value is the balance that the amounts repay exactly at that rate, interest being paid on
each of their due dates. So a change of time alone, with its interest, is worth nothing, and what was given up
is worth what it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from delinquency.calendar import Day, to_date
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.daycount import DayCount, year_fraction
from delinquency.rates import RATE_SCALE
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from delinquency.restructuring.draft import Draft
    from delinquency.restructuring.new_rows import NewRow

__all__ = [
    "SHARE_PARTS",
    "interest_of_unit",
    "part_given_up",
    "present_value",
    "share_given_up",
    "value_of",
]

SHARE_PARTS = 10**9
"""As many parts as the share of a restructuring may have."""


def present_value(
    amounts: Sequence[tuple[Day, int]],
    *,
    day: Day,
    rates: Sequence[DatedRate],
    day_count: DayCount,
) -> Fraction:
    """The value of amounts at the start of a day, exactly [minor units].

    Parameters
    ----------
    amounts : sequence of tuple of int
        Due days in order, on or after ``day``, and amounts [minor units].
    day : int
    rates : sequence of DatedRate
        Annual ones, the first of them on or before ``day``; none: no discount.
    day_count : DayCount
    """
    value, before = Fraction(0), None
    for due, amount in reversed(amounts):
        if before is not None:
            value = Fraction(value, 1 + interest_of_unit(due, before, rates, day_count))
        value += amount
        before = due
    if before is not None:
        value = Fraction(value, 1 + interest_of_unit(day, before, rates, day_count))
    return value


def interest_of_unit(
    start: Day, end: Day, rates: Sequence[DatedRate], day_count: DayCount
) -> Fraction:
    """What a unit bears on ``[start, end)``."""
    edges = sorted({start, end, *(each.day for each in rates if start < each.day < end)})
    total = Fraction(0)
    for first, last in pairwise(edges):
        rate = rate_on(rates, first)
        if rate is not None:
            years = year_fraction(to_date(first), to_date(last), day_count=day_count)
            total += Fraction(rate.scaled, RATE_SCALE) * years
    return total


def share_given_up(before: Fraction, after: Fraction) -> Fraction:
    """The part of a value that is lost, 0 where nothing is."""
    if before <= 0 or after >= before:
        return Fraction(0)
    return 1 - Fraction(after, before)


def value_of(
    draft: Draft,
    rows: Sequence[NewRow],
    rates: Sequence[DatedRate],
    day_count: DayCount,
) -> Fraction:
    """What is past due at its face, and what is to come at its present value [minor units]."""
    face = sum(sum(debt.open) for debt in draft.past) + draft.unposted
    amounts = [(row.due_day, row.total) for row in rows]
    return face + present_value(amounts, day=draft.day, rates=rates, day_count=day_count)


def part_given_up(before: Fraction, after: Fraction) -> Proportion:
    """The share of the value that was given up, rounded up to the parts that a fact may have."""
    share = share_given_up(before, after) * SHARE_PARTS
    return Proportion(min(SHARE_PARTS, -(-share.numerator // share.denominator)), SHARE_PARTS)
