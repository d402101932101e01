"""What rows are worth on the day of a plan, in floats with a bound of their error.

The one idea: discounting divides a sum of amounts that are not below 0 by one plus a factor, once a due date;
with *u* = 2 ** -53 a division, a sum and a factor of at most *k* rates add at most (2 × *k* + 5) × *u* to the
relative error. What could be rounded another way within the bound is not told. Without interest nothing is
divided, and the value is exact as long as it is below 2 ** 53.
"""

from __future__ import annotations

import math
from typing import Any

from delinquency.portfolio.kernels.compiler import called, inlined
from delinquency.portfolio.kernels.level_payments import UNIT, rounded_down_or_up
from delinquency.portfolio.kernels.plan_layout import RateArrays
from delinquency.portfolio.kernels.plan_rates import NO_RATE, day_ratio, rate_on
from delinquency.rates import RATE_SCALE

__all__ = ["loss_of", "value_of"]

EXACT = 2.0**53
HALF_UP = 0
PARTS = 10**9
"""As many parts as a share of a value may have."""


@inlined
def _interest(rates: RateArrays, account: int, start: int, end: int, code: int) -> float:
    """What one bears on ``[start, end)`` at the rates of the contract."""
    total = 0
    denominator = 1
    begin = start
    rate = rate_on(rates, account, start)
    for row in range(rates.offsets[account], rates.offsets[account + 1]):
        day = rates.day[row]
        if day >= end:
            break
        if day > begin:
            if rate != NO_RATE:
                numerator, denominator = day_ratio(begin, day, code, 0, 0)
                total += rate * numerator
            begin = day
            rate = rates.rate[row]
    if rate != NO_RATE:
        numerator, denominator = day_ratio(begin, end, code, 0, 0)
        total += rate * numerator
    return total / (denominator * RATE_SCALE)


@called
def value_of(
    rates: RateArrays,
    account: int,
    start: int,
    due: Any,
    total: Any,
    first: int,
    last: int,
    code: int,
) -> tuple[float, float]:
    """The value at the start of a day of rows ``[first, last)``, and a bound of its error [minor units]."""
    value = 0.0
    bears = False
    end = -1
    for place in range(last - 1, first - 2, -1):
        day = due[place] if place >= first else start
        if end >= 0:
            factor = _interest(rates, account, day, end, code)
            if factor != 0.0:
                bears = True
                value /= 1.0 + factor
        if place >= first:
            value += total[place]
        end = day
    steps = last - first + 1
    known = rates.offsets[account + 1] - rates.offsets[account]
    if not bears and value < EXACT:
        return value, 0.0
    return value, steps * (2 * known + 6) * UNIT * value


@called
def loss_of(
    face_before: int,
    before: float,
    error_before: float,
    face_after: int,
    after: float,
    error_after: float,
) -> tuple[int, int, int]:
    """The loss, the share of the value that is lost up to the next of 10**9 parts, and 1 if both are sure."""
    error = error_before + error_after
    exact = (face_before - face_after) + (before - after)
    if error > 0.0:
        error += 4.0 * UNIT * (abs(exact) + before + after)
    loss, is_certain = rounded_down_or_up(exact, error, HALF_UP)
    if error == 0.0 and exact == math.floor(exact):
        is_certain = 1
    if not is_certain:
        return 0, 0, 0
    if exact <= error:
        return loss, 0, 1 if exact < -error or error == 0.0 else 0
    whole = face_before + before
    share = exact / whole * PARTS
    bound = PARTS * (2.0 * error / whole) + 8.0 * UNIT * share
    below = math.floor(share)
    if share - below <= bound or below + 1 - share <= bound:
        return loss, 0, 0
    return loss, min(PARTS, below + 1), 1
