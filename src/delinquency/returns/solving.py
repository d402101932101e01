"""The rate that makes a discounted sum zero, rounded correctly, with the proof that it is.

The one idea: a float only says where to look. The answer is the whole number of units of its last decimal
for which the sum, bounded on both sides, has one sign half a unit below and the other half a unit above;
and where more than one rate could exist, they are counted first, and none is picked.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import expm1, inf, isfinite, log
from typing import Final, TypeAlias

from delinquency.errors import InvalidValueError
from delinquency.returns.discounting import (
    DiscountedSum,
    is_zero_at,
    sign_at,
    sign_changes,
    slope_and_value,
)
from delinquency.returns.exactness import nearest, rounded_by_comparison
from delinquency.returns.isolation import Crossing, LogSum, isolate

__all__ = ["Between", "every_rate", "only_rate"]

Between: TypeAlias = "tuple[Fraction, Fraction] | None"
"""The least and the greatest rate that is of interest, both included."""

_MOST_LOG: Final = log(10.0**15)
_FLOAT_DIGITS: Final = 14
_SAME: Final = 4e-16
_FAR: Final = 2 * _MOST_LOG
_MARGIN: Final = 1e-12
"""More than the error of a logarithm of a growth: nearer to the end of a box, the sum itself is asked."""


def only_rate(
    total: DiscountedSum,
    *,
    where: str,
    decimals: int,
    multiple: Fraction = Fraction(1),
    between: Between = None,
) -> Decimal:
    """The one rate of a sum, or an error that says how many there are.

    Parameters
    ----------
    total : DiscountedSum
    where : str
        The place, for the message.
    decimals : int
        Decimals of the answer.
    multiple : Fraction
        The answer is the rate of a period times this, rounded once.
    between : tuple of Fraction, optional
        Look for a rate in this range, both ends included; there must be one in it.

    Raises
    ------
    InvalidValueError
        No rate, several rates, or a rate outside -100 % to 10**15 a period.
    """
    crossings = _crossings(total, where, multiple, between)
    if between is None and len(crossings) == 1:
        return _rounded(total, crossings[0], where, decimals, multiple)
    near, far = _told(total, crossings, where, decimals, multiple)
    kept = [rate for rate in near if _is_between(rate, between)]
    if len(kept) == 1 and not (between is None and far):
        return kept[0]
    raise _refusal(kept, near, far, where, between)


def every_rate(
    total: DiscountedSum,
    *,
    where: str,
    decimals: int,
    multiple: Fraction = Fraction(1),
    between: Between = None,
) -> tuple[Decimal, ...]:
    """Every rate at which the sum changes sign, in order; none is a tuple of no rates.

    Raises
    ------
    InvalidValueError
        A sum that touches zero; rates that the decimals do not tell apart; a rate outside -100 % to
        10**15 a period, unless that is outside the range.
    """
    crossings = _crossings(total, where, multiple, between)
    found = [_rounded(total, each, where, decimals, multiple) for each in crossings]
    if len(set(found)) < len(found):
        raise InvalidValueError.at(
            where,
            expected=f"rates that {decimals} decimals tell apart",
            found=_listed(found, []),
            hint="Ask for more decimals.",
        )
    return tuple(rate for rate in found if _is_between(rate, between))


def _crossings(
    total: DiscountedSum, where: str, multiple: Fraction, between: Between
) -> list[Crossing]:
    """The changes of sign at every rate, or those that may lie in the range asked for."""
    if sign_changes(total) == 1:
        return [Crossing(-inf, inf, 1 if total.amounts[-1] > 0 else -1)]
    crossings, unresolved = isolate(total)
    if between is not None:
        window = _log_window(between, multiple)
        crossings = [each for each in crossings if _meets((each.low, each.high), window)]
        unresolved = [each for each in unresolved if _meets(each, window)]
    if unresolved:
        raise _touching(total, unresolved[0], where, multiple)
    return crossings


def _told(
    total: DiscountedSum,
    crossings: list[Crossing],
    where: str,
    decimals: int,
    multiple: Fraction,
) -> tuple[list[Decimal], list[str]]:
    """The rates of several crossings, and in words those beyond what is told as a number."""
    view = LogSum(total)
    near: list[Decimal] = []
    far: list[str] = []
    for crossing in crossings:
        s = _zero_of_log_ratio(view, crossing)
        if abs(s) <= _MOST_LOG:
            near.append(_rounded(total, crossing, where, decimals, multiple))
        else:
            far.append("one above 10**15" if s > 0 else "one nearer to -100 % than 10**-15")
    return near, far


def _log_window(between: tuple[Fraction, Fraction], multiple: Fraction) -> tuple[float, float]:
    """The range on the line of s, a little wider, so that rounding leaves no rate out."""
    low, high = (1 + float(rate / multiple) for rate in between)
    return (log(low) - 1e-6 if low > 0 else -inf), (log(high) + 1e-6 if high > 0 else -inf)


def _meets(box: tuple[float, float], window: tuple[float, float]) -> bool:
    return box[0] <= window[1] and window[0] <= box[1]


def _is_between(rate: Decimal, between: Between) -> bool:
    return between is None or between[0] <= Fraction(rate) <= between[1]


def _refusal(
    kept: list[Decimal], near: list[Decimal], far: list[str], where: str, between: Between
) -> InvalidValueError:
    expected = "exactly one rate at which the present value is zero"
    hint = "Name the range that is meant with between=, or list them with all_rates_of_return."
    if between is not None:
        expected += f" from {float(between[0]):.10g} to {float(between[1]):.10g}"
        hint = "Name a narrower range." if kept else "Name a wider range."
    if not near and not far:
        hint = "The present value has the same sign at every such rate."
    found = _listed(kept, [] if between else far) if kept else _listed(near, far)
    if between is not None and not kept and near:
        found += " outside it"
    return InvalidValueError.at(where, expected=expected, found=found, hint=hint)


def _listed(near: list[Decimal], far: list[str]) -> str:
    count = len(near) + len(far)
    if not count:
        return "none"
    told = ", ".join([*(f"{rate:f}" for rate in near), *far])
    return f"{count} {'rate' if count == 1 else 'rates'}: {told}"


def _touching(
    total: DiscountedSum, box: tuple[float, float], where: str, multiple: Fraction
) -> InvalidValueError:
    near = expm1((box[0] + box[1]) / 2)
    exact = Fraction(f"{near:.6f}")
    touches = exact > -1 and is_zero_at(total, 1 + exact)
    shown = f"{float(multiple) * near:.6f}"
    return InvalidValueError.at(
        where,
        expected="rates at which the present value changes sign",
        found=f"a present value that touches zero at a rate of {shown}"
        if touches
        else f"a present value too near zero about a rate of {shown} to tell whether it crosses",
        hint="Such flows have no rate of return that a small change would not double or remove.",
    )


def _rounded(
    total: DiscountedSum, crossing: Crossing, where: str, decimals: int, multiple: Fraction
) -> Decimal:
    """The rate of a crossing times the multiple, to the nearest unit of its last decimal.

    Proven by the signs of the sum half a unit below and above; a tie goes away from zero.
    """
    guess = _approximate(total, crossing, where, decimals, multiple)
    return rounded_by_comparison(
        guess, lambda rate: _side(total, crossing, rate, multiple), decimals=decimals
    )


def _side(total: DiscountedSum, crossing: Crossing, rate: Fraction, multiple: Fraction) -> int:
    """1 where the rate looked for is below this one, -1 where it is above, 0 where it is this one."""
    growth = 1 + rate / multiple
    if growth <= 0:
        return -1
    log_growth = log(growth)
    if log_growth < crossing.low - _MARGIN:
        return -1
    if log_growth > crossing.high + _MARGIN:
        return 1
    sign = sign_at(total, growth)
    return 0 if sign == 0 else (-1 if sign == crossing.sign else 1)


def _approximate(
    total: DiscountedSum, crossing: Crossing, where: str, decimals: int, multiple: Fraction
) -> Fraction:
    """The rate times the multiple to somewhat more decimals than asked for, not proven."""
    s = _zero_of_log_ratio(LogSum(total), crossing)
    if not abs(s) <= _MOST_LOG:
        raise InvalidValueError.at(
            where,
            expected="a rate above -100 % and up to 10**15",
            found="one that is larger" if s > 0 else "none, or one nearer to -100 % than 10**-15",
        )
    growth = Fraction(expm1(s)) + 1
    needed = decimals + len(str(int(multiple * growth)))
    digits = _FLOAT_DIGITS
    while digits < needed:
        digits *= 2
        growth = _newton_step(total, growth, digits + 20)
    return (growth - 1) * multiple


def _newton_step(total: DiscountedSum, growth: Fraction, digits: int) -> Fraction:
    context = nearest(digits)
    at = context.divide(Decimal(growth.numerator), Decimal(growth.denominator))
    slope, value = slope_and_value(total, at, digits)
    better = context.subtract(at, context.divide(value, slope)) if slope else at
    return Fraction(better) if better > 0 else growth


def _zero_of_log_ratio(view: LogSum, crossing: Crossing) -> float:
    """Newton's method on the logarithm of received over paid, kept within what is known.

    A zero further than ``_FAR`` is not looked for: the side on which it lies is all that is told.
    """
    low, high = crossing.low, crossing.high
    s = 0.0 if low < 0.0 < high else (low + high) / 2
    while low <= _FAR and high >= -_FAR:
        value, slope = view.log_ratio(s)
        if value == 0.0:
            return s
        if (value > 0) == (crossing.sign > 0):
            low = s
        else:
            high = s
        step = s - value / slope if slope and isfinite(value) else inf
        if abs(step - s) <= _SAME * max(1.0, abs(s)):
            return step
        if not low < step < high:
            step = (max(low, -2 * _FAR) + min(high, 2 * _FAR)) / 2
        step = min(max(step, -2 * _FAR), 2 * _FAR)
        if step == s:
            return step
        s = step
    return low if low > _FAR else high
