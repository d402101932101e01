"""A sum of discounted amounts, enclosed between two numbers as narrowly as asked for.

Every rate of return is a zero of such a sum, and a float cannot tell a small sum from zero. The one
idea: the amounts of one sign and those of the other are two sums of positive terms, so arithmetic that
rounds downwards gives a lower bound of each and arithmetic that rounds upwards an upper bound; with
enough digits the sign of their difference is proven. Whether the difference is exactly zero is decided
in whole numbers, so that asking for more digits always comes to an end.

The sum is Σ amount ÷ ((1 + f·i)·(1 + i)^(n ÷ d)): n periods of which d make the period of the rate i,
and a fraction f of a period at simple interest, which only Appendix J of Regulation Z has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from itertools import groupby, pairwise
from math import gcd, lcm
from typing import Final

import attrs

from delinquency.returns.exactness import (
    downward,
    nearest,
    upward,
)

__all__ = [
    "DiscountedSum",
    "discount_factor",
    "discounted_sum",
    "enclosed",
    "is_zero_at",
    "powered",
    "quotient_in",
    "sign_at",
    "sign_changes",
    "slope_and_value",
    "with_simple_parts",
]

_FIRST_DIGITS: Final = 28
_DOUBTFUL_DIGITS: Final = 4 * _FIRST_DIGITS
"""Where so many digits tell no sign, zero itself becomes likely and is asked about."""


@attrs.frozen(slots=True)
class DiscountedSum:
    """Amounts in order of time, none of 0, one a time.

    Attributes
    ----------
    amounts : tuple of int
        [``1 / scale`` of the currency unit]
    periods : tuple of int
        When each amount is due, from the first one [``1 / per_rate_period`` of the rate's period].
    per_rate_period : int
        How many periods make one period of the rate.
    fractions : tuple of Fraction
        The part of a period at simple interest, one an amount, 0 or more and less than 1; empty where
        there is none.
    scale : int
        How many units of ``amounts`` make one currency unit.
    """

    amounts: tuple[int, ...]
    periods: tuple[int, ...]
    per_rate_period: int
    fractions: tuple[Fraction, ...] = ()
    scale: int = 1

    @property
    def parts(self) -> tuple[Fraction, ...]:
        """``fractions``, of 0 where there is none."""
        return self.fractions or (Fraction(0),) * len(self.amounts)


def discounted_sum(
    amounts: Sequence[Decimal | Fraction], times: Sequence[Fraction]
) -> DiscountedSum:
    """The sum of amounts due at these times [periods of the rate], counted from the earliest."""
    wholes, scale = _whole_amounts(amounts)
    first = min(times)
    since = [time - first for time in times]
    per_period = lcm(*(time.denominator for time in since))
    periods = [time.numerator * (per_period // time.denominator) for time in since]
    none = Fraction(0)
    terms = [(period, none, whole) for period, whole in zip(periods, wholes, strict=True)]
    return _merged(terms, per_period, scale)


def with_simple_parts(
    amounts: Sequence[Decimal], unit_periods: Sequence[tuple[int, Fraction]]
) -> DiscountedSum:
    """The sum of amounts due after so many whole periods and a fraction at simple interest."""
    wholes, scale = _whole_amounts(amounts)
    terms = [
        # A whole period at simple interest is a period.
        (whole + int(part), part - int(part), amount)
        for (whole, part), amount in zip(unit_periods, wholes, strict=True)
    ]
    return _merged(terms, 1, scale)


def _whole_amounts(amounts: Sequence[Decimal | Fraction]) -> tuple[list[int], int]:
    ratios = [amount.as_integer_ratio() for amount in amounts]
    scale = lcm(*(bottom for _, bottom in ratios))
    return [top * (scale // bottom) for top, bottom in ratios], scale


def _merged(
    terms: Iterable[tuple[int, Fraction, int]], per_period: int, scale: int
) -> DiscountedSum:
    """Amounts of one time added up, those that come to 0 left out, the units made as large as can be."""
    ordered = sorted(terms, key=lambda term: term[0] + term[1])
    kept = [
        (*when, total)
        for when, same in groupby(ordered, key=lambda term: term[:2])
        if (total := sum(term[2] for term in same))
    ]
    unit = gcd(per_period, *(period for period, _, _ in kept))
    has_parts = any(part for _, part, _ in kept)
    return DiscountedSum(
        amounts=tuple(amount for _, _, amount in kept),
        periods=tuple(period // unit for period, _, _ in kept),
        per_rate_period=per_period // unit,
        fractions=tuple(part for _, part, _ in kept) if has_parts else (),
        scale=scale,
    )


def sign_changes(total: DiscountedSum) -> int:
    """How often the sign changes from one amount to the next, in order of time.

    The sum has at most so many zeros at rates above -100 %, counted with their multiplicity, and
    for compound discounting as many or an even number fewer (Descartes; for real exponents, Laguerre).
    """
    return sum((one > 0) != (following > 0) for one, following in pairwise(total.amounts))


def sign_at(total: DiscountedSum, growth: Fraction) -> int:
    """The sign of the sum at the growth 1 + i, proven: -1, 0 or 1.

    Examples
    --------
    >>> flows = discounted_sum([Decimal(-100), Decimal(121)], [Fraction(0), Fraction(2)])
    >>> [sign_at(flows, Fraction(11, 10) + Fraction(k, 10**50)) for k in (-1, 0, 1)]
    [1, 0, -1]
    """
    digits = _FIRST_DIGITS
    while True:
        low, high = enclosed(total, growth, digits)
        if low > 0 or high < 0:
            return 1 if low > 0 else -1
        if digits == _DOUBTFUL_DIGITS and is_zero_at(total, growth):
            return 0
        digits *= 2


def enclosed(total: DiscountedSum, growth: Fraction, digits: int) -> tuple[Decimal, Decimal]:
    """A number that the sum is not below, and one that it is not above."""
    down, up = downward(digits), upward(digits)
    low, high = discount_factor(total, growth, digits)
    received = _part(total, growth, low, down, 1), _part(total, growth, high, up, 1)
    paid = _part(total, growth, low, down, -1), _part(total, growth, high, up, -1)
    return down.subtract(received[0], paid[1]), up.subtract(received[1], paid[0])


def discount_factor(total: DiscountedSum, growth: Fraction, digits: int) -> tuple[Decimal, Decimal]:
    """Bounds of growth to the power of -1 ÷ ``per_rate_period``."""
    down, up = downward(digits + 10), upward(digits + 10)
    if growth == 1:
        return Decimal(1), Decimal(1)
    if total.per_rate_period == 1:
        inverse = Decimal(growth.denominator), Decimal(growth.numerator)
        return down.divide(*inverse), up.divide(*inverse)
    log_low = down.ln(quotient_in(growth, down)).next_minus(down)
    log_high = up.ln(quotient_in(growth, up)).next_plus(up)
    least = down.divide(log_high.copy_negate(), Decimal(total.per_rate_period))
    most = up.divide(log_low.copy_negate(), Decimal(total.per_rate_period))
    return down.exp(least).next_minus(down), up.exp(most).next_plus(up)


def quotient_in(value: Fraction, context: Context) -> Decimal:
    """A fraction as a decimal number, rounded as the context does."""
    return context.divide(Decimal(value.numerator), Decimal(value.denominator))


def _part(
    total: DiscountedSum, growth: Fraction, factor: Decimal, context: Context, sign: int
) -> Decimal:
    """The amounts of one sign, discounted; every step rounds as the context does."""
    powers: dict[int, Decimal] = {}
    opposite = (upward if context.rounding == ROUND_FLOOR else downward)(context.prec)
    result, later = Decimal(0), 0
    for position in range(len(total.amounts) - 1, -1, -1):
        amount = total.amounts[position] * sign
        if amount < 0:
            continue
        term = Decimal(amount)
        if total.fractions and (part := total.fractions[position]):
            divisor = quotient_in(1 + part * (growth - 1), opposite)
            term = context.divide(term, divisor)
        period = total.periods[position]
        if result:
            result = context.multiply(result, powered(factor, later - period, context, powers))
        result, later = context.add(result, term), period
    return context.multiply(result, powered(factor, later, context, powers))


def powered(base: Decimal, exponent: int, context: Context, known: dict[int, Decimal]) -> Decimal:
    """A power of a positive number, every step rounded as the context does; kept once known."""
    if exponent not in known:
        result = Decimal(1)
        for bit in f"{exponent:b}":
            result = context.multiply(result, result)
            if bit == "1":
                result = context.multiply(result, base)
        known[exponent] = result
    return known[exponent]


def slope_and_value(total: DiscountedSum, growth: Decimal, digits: int) -> tuple[Decimal, Decimal]:
    """The derivative by the growth and the sum itself, to the nearest: an approximation.

    Both are of the sum as it stands on the day of the first amount.
    """
    context = nearest(digits)
    log = context.divide(context.ln(growth), Decimal(-total.per_rate_period))
    factor = context.exp(log)
    rate = context.subtract(growth, Decimal(1))
    powers: dict[int, Decimal] = {}
    value = timed = simple = Decimal(0)
    later = total.periods[-1]
    for amount, period, part in zip(
        reversed(total.amounts), reversed(total.periods), reversed(total.parts), strict=True
    ):
        step = powered(factor, later - period, context, powers)
        value, timed = context.multiply(value, step), context.multiply(timed, step)
        term = Decimal(amount)
        if part:
            share = quotient_in(part, context)
            divisor = context.add(Decimal(1), context.multiply(share, rate))
            term = context.divide(term, divisor)
            speed = context.divide(context.multiply(term, share), divisor)
            simple = context.add(context.multiply(simple, step), speed)
        else:
            simple = context.multiply(simple, step)
        value = context.add(value, term)
        timed = context.add(timed, context.multiply(term, Decimal(period)))
        later = period
    years = context.multiply(growth, Decimal(total.per_rate_period))
    return context.add(context.divide(timed, years), simple).copy_negate(), value


def is_zero_at(total: DiscountedSum, growth: Fraction) -> bool:
    """Whether the sum is exactly zero at a rational growth, decided in whole numbers.

    The discount factor x is the d-th root of a rational number. Let k be the least power of x that is
    rational: 1, x, ..., x^(k-1) are then independent over the rationals, so the sum is zero only if the
    amounts of each remainder of n by k, taken alone, come to zero, and each of these is rational.
    """
    step, power = _least_rationalpowered(growth, total.per_rate_period)
    most = total.periods[-1] // step
    sums: dict[int, Fraction | int] = {}
    for amount, period, part in zip(total.amounts, total.periods, total.parts, strict=True):
        # Multiplied by the greatest powers, so that whole numbers remain.
        done = period // step
        whole = amount * power.numerator ** (most - done) * power.denominator**done
        term = whole / (1 + part * (growth - 1)) if part else whole
        sums[period % step] = sums.get(period % step, 0) + term
    return not any(sums.values())


def _least_rationalpowered(growth: Fraction, degree: int) -> tuple[int, Fraction]:
    """The least k for which growth to the power k ÷ degree is rational, and that power."""
    if growth == 1:
        return 1, growth
    most = max(growth.numerator.bit_length(), growth.denominator.bit_length())
    for root in range(min(degree, most), 0, -1):
        if degree % root == 0:
            top, bottom = _whole_root(growth.numerator, root), _whole_root(growth.denominator, root)
            if top**root == growth.numerator and bottom**root == growth.denominator:
                return degree // root, Fraction(top, bottom)
    raise AssertionError


def _whole_root(value: int, degree: int) -> int:
    """The largest whole number whose power is not above ``value``."""
    low, high = 0, 1 << (value.bit_length() // degree + 1)
    while high - low > 1:
        middle = (low + high) // 2
        if middle**degree <= value:
            low = middle
        else:
            high = middle
    return low
