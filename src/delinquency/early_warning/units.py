"""In which unit an observation is, and the whole number that stands for it.

The one idea: every observation is a whole number below the surface - days, months, times, minor units,
millionths of a share - so that a rule that is met at its threshold is met on every machine.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from delinquency.currency import Currency
from delinquency.decimals import exact_decimal, shifted
from delinquency.division import div_half_even
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = [
    "MOST",
    "SHARE_SCALE",
    "Unit",
    "as_whole",
    "plain_number",
    "share_in_parts",
    "share_of",
    "to_number",
    "to_value",
]

SHARE_SCALE: Final = 1_000_000
"""A share is told to the millionth."""

MOST: Final = 10**15
"""The most that a number of an observation may be, either side of 0."""

_MOST_DECIMALS: Final = 40


class Unit(Enum):
    """What one of an observation is."""

    DAYS = "days"
    MONTHS = "months"
    TIMES = "times"
    POINTS = "points"
    AMOUNT = "amount"
    """Currency units at the surface, minor units below."""
    SHARE = "share"
    """1 is the whole; told to the millionth, halves to the even one."""
    FLAG = "flag"
    """Yes or no."""

    @property
    def is_whole(self) -> bool:
        """Whether a value is a whole number."""
        return self in (Unit.DAYS, Unit.MONTHS, Unit.TIMES, Unit.POINTS)

    @property
    def least(self) -> int:
        """The least that one may be: days, months, times and a flag are not below 0."""
        is_signed = self in (Unit.POINTS, Unit.AMOUNT, Unit.SHARE)
        return -MOST if is_signed else 0

    def scale(self, currency: Currency | None) -> int:
        """How many of the whole numbers below make up one."""
        if self is Unit.SHARE:
            return SHARE_SCALE
        if self is Unit.AMOUNT:
            return 1 if currency is None else 10**currency.minor_unit
        return 1


def share_of(part: int, whole: int) -> int | None:
    """The share of a part in a whole, in millionths, halves to the even one; nobody knows it of nothing.

    A share beyond 10**15 millionths, either side of 0, is told as that.

    Parameters
    ----------
    part : int
        [minor units]; may be below 0.
    whole : int
        [minor units]; of 0 or less no share is known.

    Examples
    --------
    >>> share_of(1, 3), share_of(5, 0), share_of(-1, 2)
    (333333, None, -500000)
    >>> share_of(1, 2_000_000), share_of(3, 2_000_000)
    (0, 2)
    >>> share_of(10**9, 1) == share_of(10**15, 1) == MOST
    True
    """
    if whole <= 0:
        return None
    return share_in_parts(part, whole)


def share_in_parts(part: int, whole: int) -> int:
    """:func:`share_of` of a whole above 0, three digits at a time: both up to 10**15, nothing leaves 64 bits.

    Examples
    --------
    >>> share_in_parts(10**15, 10**15), share_in_parts(-1, 3), share_in_parts(5, 10**7)
    (1000000, -333333, 0)
    >>> share_in_parts(-(10**15), 3) == -MOST
    True
    """
    if -9_000_000_000_000 <= part <= 9_000_000_000_000:
        scaled = part * 1_000_000
        share = scaled // whole
        rest = scaled - share * whole
        if rest > whole - rest or (rest == whole - rest and share % 2 == 1):
            share += 1
        return max(-1_000_000_000_000_000, min(1_000_000_000_000_000, share))
    quotient = part // whole
    rest = part - quotient * whole
    # Of a part below 0 the rest is added to the quotient: one less is still beyond the least share.
    quotient = max(-1_000_000_001, min(1_000_000_000, quotient))
    thousands = rest * 1000 // whole
    rest = rest * 1000 - thousands * whole
    ones = rest * 1000 // whole
    rest = rest * 1000 - ones * whole
    share = quotient * 1_000_000 + thousands * 1000 + ones
    if rest > whole - rest or (rest == whole - rest and share % 2 == 1):
        share += 1
    return max(-1_000_000_000_000_000, min(1_000_000_000_000_000, share))


def plain_number(value: object, *, where: str, field: str) -> Decimal:
    """A ``Decimal`` or a whole number of at most 40 digits on either side of the point.

    Raises
    ------
    InvalidTypeError
        Another type; a ``float``, a ``bool``.
    InvalidValueError
        Not finite, or of more digits.

    Examples
    --------
    >>> plain_number(Decimal("0.8"), where="comparison", field="value")
    Decimal('0.8')
    """
    number = exact_decimal(value, where=where, field=field)
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_MOST_DECIMALS:
        raise InvalidValueError.at(
            where,
            expected=f"{field} of at most {_MOST_DECIMALS} digits after the point",
            found=f"a number of {-exponent:,}",
        )
    return number


def to_number(value: object, unit: Unit, *, currency: Currency | None, where: str) -> int | None:
    """The whole number that stands for a value; ``None``, which nobody knows, stays so.

    Parameters
    ----------
    value : int, Decimal, bool or None
        Of days, months, times and points an ``int``; of an amount [currency units] or a share a ``Decimal``
        or an ``int``; of a flag a ``bool``.
    unit : Unit
    currency : Currency or None
        Of amounts.
    where : str
        The place, for the message.

    Raises
    ------
    InvalidTypeError
        Another type; a ``float`` for an amount or a share.
    InvalidValueError
        Not finite; finer than the minor unit; beyond 10**15; days, months or times below 0.

    Examples
    --------
    >>> to_number(Decimal("0.8"), Unit.SHARE, currency=None, where="utilisation")
    800000
    """
    if value is None:
        return None
    if unit is Unit.FLAG:
        if not isinstance(value, bool):
            raise InvalidTypeError.at(where, expected="True, False or None", found=value)
        return int(value)
    if isinstance(value, bool) or (unit.is_whole and not isinstance(value, int)):
        raise InvalidTypeError.at(where, expected=f"an int of {unit.value} or None", found=value)
    number = plain_number(value, where=where, field=unit.value)
    if unit is not Unit.POINTS and unit.is_whole and number < 0:
        raise InvalidValueError.at(where, expected="0 or more", found=str(number))
    if unit is Unit.AMOUNT and currency is None:
        raise InvalidTypeError.at(
            where, expected="the currency of the amounts", found=None, hint="Say currency=..."
        )
    scaled = Fraction(number) * unit.scale(currency)
    if unit is Unit.SHARE:
        scaled = Fraction(div_half_even(scaled.numerator, scaled.denominator))
    if scaled.denominator != 1:
        raise InvalidValueError.at(
            where, expected="an amount in whole minor units", found=f"{number:f}"
        )
    if abs(scaled) > MOST:
        raise InvalidValueError.at(where, expected=f"at most {MOST:,}", found=f"{number:f}")
    return int(scaled)


def as_whole(value: int | None) -> int | None:
    """A count, or a yes or no, as a plain whole number; what nobody knows stays so.

    Examples
    --------
    >>> as_whole(True), as_whole(None)
    (1, None)
    """
    return None if value is None else int(value)


def to_value(number: int | None, unit: Unit, currency: Currency | None) -> object:
    """What a whole number stands for: ``int``, ``Decimal``, ``bool``, or ``None``.

    Examples
    --------
    >>> to_value(800_000, Unit.SHARE, None), to_value(1, Unit.FLAG, None)
    (Decimal('0.800000'), True)
    """
    if number is None:
        return None
    if unit is Unit.FLAG:
        return bool(number)
    if unit is Unit.SHARE:
        return shifted(number, 6)
    if unit is Unit.AMOUNT and currency is not None:
        return shifted(number, currency.minor_unit)
    return number
