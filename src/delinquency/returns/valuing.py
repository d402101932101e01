"""What amounts at several times are worth, rounded once.

A present value is a sum of irrational numbers as soon as one amount is not whole periods away. The one
idea: its bounds say where the answer lies, and the sign of the sum less the middle between two answers
decides which of them it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Final

from delinquency.returns.discounting import (
    DiscountedSum,
    discount_factor,
    discounted_sum,
    enclosed,
    powered,
    quotient_in,
    sign_at,
)
from delinquency.returns.exactness import (
    downward,
    nearest,
    rounded,
    rounded_by_comparison,
    upward,
)

__all__ = ["rounded_value", "values_still_to_come"]

_GUARD_DIGITS: Final = 28


def rounded_value(
    amounts: Sequence[Decimal | Fraction],
    times: Sequence[Fraction],
    *,
    growth: Fraction,
    decimals: int,
) -> Decimal:
    """The sum of amounts discounted over these times, rounded once; a negative time adds interest.

    Parameters
    ----------
    amounts : sequence of Decimal or Fraction
    times : sequence of Fraction
        [periods of the rate]
    growth : Fraction
        1 + rate, above 0.
    decimals : int

    Examples
    --------
    >>> rounded_value([Decimal(110), Decimal(-110)], [Fraction(1), Fraction(1, 2)],
    ...     growth=Fraction(11, 10), decimals=4)
    Decimal('-4.8809')
    """
    if not any(amounts):
        return rounded(Fraction(0), decimals=decimals)

    def side(value: Fraction) -> int:
        total = discounted_sum([*amounts, -value], [*times, Fraction(0)])
        return -sign_at(total, growth) if total.amounts else 0

    total = discounted_sum(amounts, times)
    context = nearest(decimals + 2 * _GUARD_DIGITS)
    low, _ = enclosed(total, growth, context.prec)
    first = context.multiply(
        context.ln(quotient_in(growth, context)), quotient_in(-min(times), context)
    )
    guess = context.divide(context.multiply(low, context.exp(first)), Decimal(total.scale))
    return rounded_by_comparison(Fraction(guess), side, decimals=decimals)


def values_still_to_come(
    amounts: Sequence[Decimal], times: Sequence[Fraction], *, growth: Fraction, digits: int
) -> list[tuple[Decimal, Decimal]]:
    """Bounds of what the later amounts are worth at the time of each one, in one pass from the last.

    Parameters
    ----------
    amounts : sequence of Decimal
    times : sequence of Fraction
        In order [periods of the rate].
    growth : Fraction
        1 + rate, above 0.
    digits : int
        Of the arithmetic.

    Examples
    --------
    >>> values_still_to_come([Decimal(0), Decimal(110)], [Fraction(0), Fraction(1)],
    ...     growth=Fraction(11, 10), digits=4)
    [(Decimal('99.99'), Decimal('100.1')), (Decimal('0'), Decimal('0'))]
    """
    down, up = downward(digits), upward(digits)
    per_period = lcm(*(time.denominator for time in times))
    factors = discount_factor(DiscountedSum((), (), per_period), growth, digits)
    ways = [
        (factors[0], down, 1),
        (factors[1], up, 1),
        (factors[0], down, -1),
        (factors[1], up, -1),
    ]
    sums = [Decimal(0)] * 4
    powers: list[dict[int, Decimal]] = [{}, {}, {}, {}]
    values = [(Decimal(0), Decimal(0))]
    for place in range(len(amounts) - 1, 0, -1):
        gap = int((times[place] - times[place - 1]) * per_period)
        for number, (factor, context, sign) in enumerate(ways):
            if (amounts[place] > 0) == (sign > 0):
                sums[number] = context.add(sums[number], amounts[place].copy_abs())
            step = powered(factor, gap, context, powers[number])
            sums[number] = context.multiply(sums[number], step)
        values.append((down.subtract(sums[0], sums[3]), up.subtract(sums[1], sums[2])))
    return values[::-1]
