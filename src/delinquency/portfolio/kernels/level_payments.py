"""Level payments of many loans: a candidate in floats, with a bound that proves it or gives it up.

The one idea: with *f* the rate of a period, *g* = 1 + *f* and *S* = 1 + *g* + ... + *g* ** (*n* - 1), the
payment that leaves the balloon is *f* × principal + (principal - balloon) ÷ *S*. *S* is found by doubling,
from sums and products of what is above 0, so that nothing cancels and the error of each step can be added up:

* *u* = 2 ** -53 is the greatest relative error of one operation. *f* is one division of whole numbers below
  2 ** 53: *u*. *g*: *d* × *u*, with *d* = abs(*f*) ÷ *g* + 1.
* A doubling is *p* ← *p* × *p*, S ← S × (1 + *p*), one step more *p* ← *p* × *g*, S ← 1 + S × *g*. The power
  *g* ** *k* has at most *k* × (*d* + 1) × *u*; S at most (*n* × (*d* + 1) + 20 + 10 × (*d* + 2)) × *u*,
  there being at most ten doublings up to 1200 instalments.
* The two terms add 2 and 1, their sum 1. All of it, with what squares of *u* may add, is below
  ((*n* + 12) × (*d* + 2) + 40) × *u* of abs(*f*) × principal + (principal - balloon) ÷ *S*.

The rounded payment is right if no point at which the rounding turns lies within that bound: the halves, or
the whole numbers, of the multiple. For a payment of 10,000.00 and 360 instalments the bound is below one
five-millionth of a cent. A payment without a proof is left to the exact solver, and so are rates at which
*g* is not above 0 or S leaves the floats.
"""

from __future__ import annotations

import math
from typing import Any

from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import TermArrays
from delinquency.portfolio.kernels.whole_products import rounded
from delinquency.rates import RATE_SCALE

__all__ = ["UNIT", "candidate", "level_payments", "period_denominator", "rounded_down_or_up"]

UNIT = 2.0**-53
MOST_WHOLE = 2.0**51
MOST_SUM = 1e300


@inlined
def period_denominator(months: int, days: int) -> int:
    """The annual rate [1e-8], times months where there are any, over this is the rate of a period."""
    if months:
        return 12 * RATE_SCALE
    if days % 7 == 0:
        return 364 // days * RATE_SCALE
    return 365 // days * RATE_SCALE


@inlined
def _sum_of_powers(growth: float, count: int) -> float:
    """1 + g + ... + g ** (count - 1), by the digits of ``count`` in base 2, the highest first."""
    digit = 1
    while 2 * digit <= count:
        digit *= 2
    power = growth
    total = 1.0
    digit //= 2
    while digit:
        total *= 1.0 + power
        power *= power
        if count & digit:
            total = 1.0 + total * growth
            power *= growth
        digit //= 2
    return total


@inlined
def candidate(
    principal: int, balloon: int, numerator: int, denominator: int, count: int
) -> tuple[float, float]:
    """The payment as a float, and a bound of its error [minor units]; infinite where there is none."""
    rate = numerator / denominator
    growth = 1.0 + rate
    if growth <= 0.0:
        return 0.0, math.inf
    total = _sum_of_powers(growth, count)
    if total > MOST_SUM:
        return 0.0, math.inf
    borne = rate * principal
    share = (principal - balloon) / total
    steps = (count + 12) * (abs(rate) / growth + 3.0) + 40.0
    return borne + share, steps * UNIT * (abs(borne) + share)


@inlined
def rounded_down_or_up(exact: float, error: float, code: int) -> tuple[int, int]:
    """The rounded number, and 1 if every number within the error rounds to it, else 0."""
    if error >= 0.5 or abs(exact) > MOST_WHOLE:
        return 0, 0
    below = math.floor(exact)
    part = exact - below
    if code <= 2:
        return (below + 1 if part > 0.5 else below), (1 if abs(part - 0.5) > error else 0)
    up = code == 5 or (code == 3 and exact > 0.0) or (code == 4 and exact < 0.0)
    is_proven = part > error and 1.0 - part > error
    return (below + 1 if up else below), (1 if is_proven else 0)


@compiled
def level_payments(terms: TermArrays, payment: Any, proven: Any, first: int, last: int) -> None:
    """The payments of the annuities in ``[first, last)`` without an agreed one [minor units].

    ``proven`` is set to 0 where the payment is not known to be right.
    """
    for loan in range(first, last):
        if terms.method[loan] != 0 or terms.agreed_payment[loan] > 0:
            continue
        count = int(terms.periods[loan])
        multiple = max(1, int(terms.payment_multiple[loan]))
        code = int(terms.payment_rounding[loan])
        principal = int(terms.principal[loan])
        balloon = int(terms.balloon[loan])
        months = int(terms.months[loan])
        numerator = int(terms.annual_rate[loan]) * max(1, months)
        if numerator == 0:
            payment[loan] = rounded(principal - balloon, count * multiple, code) * multiple
            continue
        denominator = period_denominator(months, int(terms.days[loan]))
        value, bound = candidate(principal, balloon, numerator, denominator, count)
        exact = value / multiple
        error = bound / multiple + 2.0 * UNIT * abs(exact)
        whole, is_proven = rounded_down_or_up(exact, error, code)
        payment[loan] = whole * multiple
        proven[loan] = is_proven
