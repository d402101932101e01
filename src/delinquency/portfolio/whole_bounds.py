"""A comparison with a fraction, as the whole numbers for which it holds.

The one idea: where only whole numbers are compared, a threshold becomes a least and a greatest whole number
once, and no fraction is met again.
"""

from __future__ import annotations

from fractions import Fraction

from delinquency.portfolio.kernels.status_layout import FARTHEST
from delinquency.status.conditions import Operator

__all__ = ["whole_bounds"]


def whole_bounds(operator: Operator, limit: Fraction) -> tuple[int, int]:
    """The least and the greatest whole number for which a comparison holds, at most 2**62 from 0.

    The least is above the greatest where it holds for none.

    Examples
    --------
    >>> whole_bounds(Operator.OVER, Fraction(5, 2)) == (3, 2**62)
    True
    >>> whole_bounds(Operator.EQUAL, Fraction(3)), whole_bounds(Operator.EQUAL, Fraction(5, 2))
    ((3, 3), (3, 2))
    """
    floor = limit.numerator // limit.denominator
    ceiling = -(-limit.numerator // limit.denominator)
    low, high = -FARTHEST, FARTHEST
    match operator:
        case Operator.OVER:
            low = floor + 1
        case Operator.AT_LEAST:
            low = ceiling
        case Operator.UNDER:
            high = ceiling - 1
        case Operator.AT_MOST:
            high = floor
        case Operator.EQUAL:
            low, high = ceiling, floor
    return max(-FARTHEST, min(low, FARTHEST)), max(-FARTHEST, min(high, FARTHEST))
