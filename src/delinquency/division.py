"""Rounded division of whole numbers, one function a rounding mode.

A kernel that has been compiled and an account that is computed alone must round alike to the last
cent, so they share these functions. The one idea: floor the quotient, then let the rest decide
whether one is added; nothing but whole numbers appears, and negative numerators need no case of
their own.

Each function stands alone and uses builtins only, so that a compiler of numeric Python takes it as
it is. All trust their arguments: a denominator above zero. :func:`delinquency.rounding.divide`
checks it.
"""

__all__ = [
    "div_by_code",
    "div_ceiling",
    "div_down",
    "div_floor",
    "div_half_down",
    "div_half_even",
    "div_half_up",
    "div_up",
]


def div_half_up(numerator: int, denominator: int) -> int:
    """To the nearest; a tie away from zero.

    Examples
    --------
    >>> div_half_up(149, 100), div_half_up(150, 100), div_half_up(-150, 100)
    (1, 2, -2)
    """
    quotient = numerator // denominator
    rest = numerator - quotient * denominator
    # rest against denominator - rest, not twice rest: the double could leave 64 bits.
    if rest > denominator - rest or (rest == denominator - rest and numerator > 0):
        return quotient + 1
    return quotient


def div_half_even(numerator: int, denominator: int) -> int:
    """To the nearest; a tie to the even neighbour.

    Examples
    --------
    >>> div_half_even(150, 100), div_half_even(250, 100), div_half_even(-250, 100)
    (2, 2, -2)
    """
    quotient = numerator // denominator
    rest = numerator - quotient * denominator
    if rest > denominator - rest or (rest == denominator - rest and quotient % 2 == 1):
        return quotient + 1
    return quotient


def div_half_down(numerator: int, denominator: int) -> int:
    """To the nearest; a tie towards zero.

    Examples
    --------
    >>> div_half_down(150, 100), div_half_down(151, 100), div_half_down(-150, 100)
    (1, 2, -1)
    """
    quotient = numerator // denominator
    rest = numerator - quotient * denominator
    if rest > denominator - rest or (rest == denominator - rest and numerator < 0):
        return quotient + 1
    return quotient


def div_up(numerator: int, denominator: int) -> int:
    """Away from zero.

    Examples
    --------
    >>> div_up(100, 100), div_up(101, 100), div_up(-101, 100)
    (1, 2, -2)
    """
    quotient = numerator // denominator
    if numerator > 0 and quotient * denominator != numerator:
        return quotient + 1
    return quotient


def div_down(numerator: int, denominator: int) -> int:
    """Towards zero.

    Examples
    --------
    >>> div_down(199, 100), div_down(-199, 100)
    (1, -1)
    """
    quotient = numerator // denominator
    if numerator < 0 and quotient * denominator != numerator:
        return quotient + 1
    return quotient


def div_ceiling(numerator: int, denominator: int) -> int:
    """Towards plus infinity.

    Examples
    --------
    >>> div_ceiling(101, 100), div_ceiling(-101, 100)
    (2, -1)
    """
    return -(-numerator // denominator)


def div_floor(numerator: int, denominator: int) -> int:
    """Towards minus infinity.

    Examples
    --------
    >>> div_floor(199, 100), div_floor(-101, 100)
    (1, -2)
    """
    return numerator // denominator


def div_by_code(numerator: int, denominator: int, code: int) -> int:
    """By the code of a rounding mode, for a kernel that learns the mode as a number.

    0 half up, 1 half even, 2 half down, 3 up, 4 down, 5 ceiling, 6 floor: the ``code`` of
    :class:`~delinquency.rounding.RoundingMode`.

    Examples
    --------
    >>> div_by_code(150, 100, 0), div_by_code(150, 100, 2)
    (2, 1)
    """
    quotient = numerator // denominator
    rest = numerator - quotient * denominator
    if rest == 0 or code == 6:
        return quotient
    if code <= 2:
        other = denominator - rest
        if rest != other:
            up = rest > other
        elif code == 0:
            up = numerator > 0
        elif code == 1:
            up = quotient % 2 == 1
        else:
            up = numerator < 0
    else:
        up = code == 5 or (code == 3 and numerator > 0) or (code == 4 and numerator < 0)
    return quotient + 1 if up else quotient
