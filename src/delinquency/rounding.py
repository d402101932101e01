"""Rounding as a named argument, and sharing out without a remainder.

Two systems that agree on every rate still differ by a cent when one rounds 0.5 up and the other to
even. The one idea: every rounding is the division of two whole numbers under a
:class:`RoundingMode` that somebody chose and wrote down; no fraction ever exists that could be
rounded by accident. What has to add up is not rounded at all but shared out by :func:`allocate`.
"""

from __future__ import annotations

from enum import Enum
from math import gcd
from typing import TYPE_CHECKING, Final, Self

import attrs

from delinquency.decimals import exact_decimal, parse_decimal
from delinquency.division import (
    div_by_code,
    div_ceiling,
    div_down,
    div_floor,
    div_half_down,
    div_half_even,
    div_half_up,
    div_up,
)
from delinquency.errors import InvalidTypeError, InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from decimal import Decimal

__all__ = [
    "Proportion",
    "RoundingMode",
    "allocate",
    "div_by_code",
    "div_ceiling",
    "div_down",
    "div_floor",
    "div_half_down",
    "div_half_even",
    "div_half_up",
    "div_up",
    "divide",
    "dividing",
]


class RoundingMode(Enum):
    """What happens to a quotient that is not whole.

    Attributes
    ----------
    code : int
        A number for the mode, for columns and kernels; see
        :func:`~delinquency.division.div_by_code`.

    Examples
    --------
    >>> [divide(5, 2, mode) for mode in (RoundingMode.HALF_UP, RoundingMode.HALF_EVEN)]
    [3, 2]
    >>> RoundingMode("half_up")
    <RoundingMode.HALF_UP: 'half_up'>
    """

    _value_: str
    code: int

    HALF_UP = "half_up", 0
    """To the nearest; a tie away from zero (四舍五入)."""
    HALF_EVEN = "half_even", 1
    """To the nearest; a tie to the even neighbour."""
    HALF_DOWN = "half_down", 2
    """To the nearest; a tie towards zero."""
    UP = "up", 3
    """Away from zero."""
    DOWN = "down", 4
    """Towards zero: the rest is cut off."""
    CEILING = "ceiling", 5
    """Towards plus infinity."""
    FLOOR = "floor", 6
    """Towards minus infinity."""

    def __new__(cls, value: str, code: int) -> Self:
        """A mode with its value and its number."""
        member = object.__new__(cls)
        member._value_ = value
        member.code = code
        return member


_MOST_DECIMALS: Final = 40

_BY_CODE: Final[tuple[Callable[[int, int], int], ...]] = (
    div_half_up,
    div_half_even,
    div_half_down,
    div_up,
    div_down,
    div_ceiling,
    div_floor,
)


def divide(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """The quotient of two whole numbers, rounded to a whole number by ``mode``.

    Parameters
    ----------
    numerator : int
        Any sign, any size.
    denominator : int
        Above zero.
    mode : RoundingMode
        What to do with a quotient that is not whole.

    Returns
    -------
    int

    Raises
    ------
    InvalidValueError
        If the denominator is not above zero.

    Examples
    --------
    >>> divide(-5, 2, RoundingMode.HALF_UP), divide(-5, 2, RoundingMode.CEILING)
    (-3, -2)
    """
    if denominator <= 0:
        raise InvalidValueError.at("division", expected="denominator above zero", found=denominator)
    return _BY_CODE[mode.code](numerator, denominator)


def dividing(mode: RoundingMode) -> Callable[[int, int], int]:
    """The division of a mode, for a loop that divides by what it knows to be above zero.

    Examples
    --------
    >>> dividing(RoundingMode.HALF_EVEN)(5, 2)
    2
    """
    return _BY_CODE[mode.code]


_LONGEST_SHOWN: Final = 10**12
"""The greatest denominator that a proportion shows as it is."""


@attrs.frozen(slots=True)
class Proportion:
    """A share of an amount, as the quotient of two whole numbers in lowest terms.

    Attributes
    ----------
    numerator : int
        Zero or more; may exceed the denominator (a multiple such as 1.5).
    denominator : int
        Above zero.

    Raises
    ------
    InvalidTypeError
        If either is no ``int``.
    InvalidValueError
        If the numerator is below zero or the denominator not above it.

    Examples
    --------
    Nine tenths of 1.05 and of nothing:

    >>> Proportion.parse("0.90").of(105, RoundingMode.HALF_UP)
    95
    >>> Proportion(9, 10).of(0, RoundingMode.UP)
    0
    >>> Proportion(90, 100) == Proportion.parse("0.9")
    True
    """

    numerator: int
    denominator: int

    def __attrs_post_init__(self) -> None:
        for field, value, least in (
            ("numerator", self.numerator, 0),
            ("denominator", self.denominator, 1),
        ):
            if type(value) is not int:
                raise InvalidTypeError.at(
                    "proportion",
                    expected=f"{field} to be an int",
                    found=value,
                    hint='Write Proportion.parse("0.9").',
                )
            if value < least:
                raise InvalidValueError.at(
                    "proportion", expected=f"{field} of {least} or more", found=value
                )
        divisor = gcd(self.numerator, self.denominator)
        object.__setattr__(self, "numerator", self.numerator // divisor)
        object.__setattr__(self, "denominator", self.denominator // divisor)

    @classmethod
    def parse(
        cls, value: str | Decimal | int, *, where: str = "proportion", field: str = "value"
    ) -> Proportion:
        """The proportion that a decimal number stands for, exactly.

        Parameters
        ----------
        value : str, decimal.Decimal or int
            Text in plain decimal notation, or a number; zero or more; at most forty decimals.
        where, field : str
            The place and the field, for the message.

        Raises
        ------
        InvalidTypeError
            If it is a ``float`` or anything else.
        InvalidValueError
            If it is negative, not finite, finer than forty decimals, or in another notation.
        """
        if isinstance(value, str):
            value = parse_decimal(value, where=where, field=field)
        number = exact_decimal(value, where=where, field=field)
        if number < 0 or (number and number.adjusted() < -_MOST_DECIMALS):
            raise InvalidValueError.at(
                where,
                expected=f"{field} of zero or more, with at most forty decimals",
                found=str(number),
            )
        return cls(*number.as_integer_ratio())

    def of(self, amount: int, mode: RoundingMode) -> int:
        """This share of an amount [minor units], rounded by ``mode``."""
        return divide(amount * self.numerator, self.denominator, mode)

    def __repr__(self) -> str:
        """Both numbers; of numbers too long to read, the percent to seven decimals, cut off."""
        if self.denominator <= _LONGEST_SHOWN:
            return f"Proportion(numerator={self.numerator}, denominator={self.denominator})"
        whole, part = divmod(self.numerator * 10**9 // self.denominator, 10**7)
        digits = len(str(self.denominator))
        return (
            f"Proportion({whole}.{part:07d}... %, exactly numerator/denominator of {digits} digits)"
        )

    def __str__(self) -> str:
        return f"{self.numerator}/{self.denominator}"


def allocate(total: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Share out a total by weight so that the parts always sum to it.

    Each part is its exact share cut down to a whole number; the units left over go one each to the
    largest remainders, the earliest first where remainders tie. A weight of zero receives nothing.

    Parameters
    ----------
    total : int
        What to share out [minor units]; a negative total is shared as its opposite.
    weights : sequence of int
        One weight for each part, zero or more.

    Returns
    -------
    tuple of int
        The parts in the order of the weights [minor units].

    Raises
    ------
    InvalidValueError
        If a weight is negative, or a total other than zero meets no weight above zero.

    Examples
    --------
    >>> allocate(100, [1, 1, 1])
    (34, 33, 33)
    >>> allocate(-100, [1, 1, 1]), allocate(0, []), allocate(5, [0, 2])
    ((-34, -33, -33), (), (0, 5))
    """
    whole = sum(weights)
    if any(weight < 0 for weight in weights):
        raise InvalidValueError.at(
            "allocation", expected="weights of zero or more", found=repr(tuple(weights))
        )
    if total == 0:
        return (0,) * len(weights)
    if whole == 0:
        raise InvalidValueError.at(
            "allocation", expected="a weight above zero", found=repr(tuple(weights))
        )
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    left_over = size - sum(parts)
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
    for i in by_remainder[:left_over]:
        parts[i] += 1
    return tuple(parts) if total > 0 else tuple(-part for part in parts)
