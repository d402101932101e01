"""The rate of several debts together: their rates weighted by the principal that each owes.

The one idea: on every day on which one of the rates changes the mean is taken anew, with the weights of the
day of the plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from delinquency.calendar import Day, to_date
from delinquency.dated_rates import DatedRate, rate_on
from delinquency.rates import RATE_SCALE, Rate, RatePeriod
from delinquency.rounding import div_half_up

__all__ = ["weighted_rates"]

_STEP: Final = RATE_SCALE // 10**6
"""What the mean is a multiple of [1e-8]."""


def weighted_rates(
    weights: Sequence[int], rates: Sequence[Sequence[DatedRate]], day: Day
) -> tuple[DatedRate, ...]:
    """The weighted rates from a day on, half up to 1e-6; none where nothing has a weight or a rate.

    A rate has eight digits: a penalty of such a mean times a factor of two digits is a rate as well.

    Parameters
    ----------
    weights : sequence of int
        Principal [minor units], 0 or more.
    rates : sequence of sequence of DatedRate
        Annual ones, of each debt; a debt without any bears none.
    day : int
        From which on they hold.

    Examples
    --------
    1,000.00 at 12 % and 3,000.00 at 4 %:

    >>> from datetime import date
    >>> terms = [[DatedRate(date(2025, 1, 1), Rate.per_year(rate))] for rate in ("0.12", "0.04")]
    >>> for each in weighted_rates([100000, 300000], terms, 20179):
    ...     print(each.effective_on, each.rate)
    2025-04-01 6 % a year
    """
    whole = sum(weights)
    if not whole or not any(rates):
        return ()
    days = sorted({day, *(each.day for terms in rates for each in terms if each.day > day)})
    found: list[DatedRate] = []
    for first in days:
        total = 0
        for weight, terms in zip(weights, rates, strict=True):
            rate = rate_on(terms, first)
            total += 0 if rate is None else weight * rate.scaled
        mean = Rate(div_half_up(total, whole * _STEP) * _STEP, RatePeriod.YEAR)
        if not found or found[-1].rate != mean:
            found.append(DatedRate(to_date(first), mean))
    return tuple(found)
