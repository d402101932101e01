"""Balance times numerator over denominator, rounded, where the product may not fit in 64 bits.

The one idea: most products fit, and are one multiplication and one division; one that does not is divided
digit by digit, as on paper, in base 2**18, so that nothing ever leaves 64 bits.
"""

from __future__ import annotations

from delinquency.division import div_by_code
from delinquency.portfolio.kernels.compiler import inlined

__all__ = ["MOST_PRODUCT", "rounded", "rounded_product"]

MOST_PRODUCT = 2**62
"""Products up to this are taken at once; twice as much still fits."""

rounded = inlined(div_by_code)


@inlined
def _rounded_in_digits(balance: int, numerator: int, denominator: int, code: int) -> int:
    """The same by digits: for a balance below 2**54 and a denominator below 2**44.

    A step is at most rest * 2**18 + digit * part < 2 * 2**18 * denominator < 2**63.
    """
    whole = numerator // denominator
    part = numerator - whole * denominator
    quotient = 0
    rest = 0
    shift = 36
    while shift >= 0:
        step = rest * 262144 + ((balance >> shift) & 262143) * part
        here = step // denominator
        quotient = quotient * 262144 + here
        rest = step - here * denominator
        shift -= 18
    quotient += balance * whole
    # What decides is the rest, whether the quotient is odd, and the sign: the least number that has all
    # three is rounded in place of the product.
    odd = quotient & 1
    below = 2 if numerator < 0 else 0
    return quotient - odd + below + rounded(rest + (odd - below) * denominator, denominator, code)


@inlined
def rounded_product(balance: int, numerator: int, denominator: int, most: int, code: int) -> int:
    """``balance * numerator / denominator``, rounded by the code of a mode.

    Parameters
    ----------
    balance : int
        From 0 to 10**15.
    numerator, denominator : int
        The quotient at most 4000, either sign; the denominator above 0 and below 2**44.
    most : int
        ``MOST_PRODUCT`` over the greatest balance: numerators up to it give products that fit.
    code : int
        As for :func:`~delinquency.division.div_by_code`.
    """
    if -most <= numerator <= most:
        return rounded(balance * numerator, denominator, code)
    return _rounded_in_digits(balance, numerator, denominator, code)
