"""Numbers at the door of a rate calculation, and answers rounded once, from the exact value.

A rate of return is irrational nearly always, so it can only be told to so many decimals; a payment is
a quotient of whole numbers. The one idea: what is exact stays a fraction until the answer, and the
answer is the exact value rounded once, half away from zero, whatever decimal context the caller has set.
"""

from __future__ import annotations

from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_CEILING,
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
)
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

from delinquency.decimals import exact_decimal
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.returns.forms import for_number, for_text, for_whole_number
from delinquency.rounding import RoundingMode, divide

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "DEFAULT_DECIMALS",
    "MOST_DECIMALS",
    "MOST_PERIODS_PER_YEAR",
    "Exact",
    "checked_amount",
    "checked_count",
    "checked_decimals",
    "checked_number",
    "checked_periods_per_year",
    "downward",
    "nearest",
    "point_moved",
    "rounded",
    "rounded_by_comparison",
    "share_decimals",
    "upward",
]

Exact: TypeAlias = "Decimal | int | Fraction"
"""A number that is exactly what it says; a ``float`` is none."""

DEFAULT_DECIMALS: Final = 10
"""Decimals of an answer where none are asked for."""

MOST_PERIODS_PER_YEAR: Final = 8784
"""The most periods of a year: the hours of a leap year; itself accepted."""

MOST_DECIMALS: Final = 40
"""The most decimals that an answer or an amount may have; itself accepted."""

_MOST_DIGITS: Final = 40


def _context(digits: int, rounding: str) -> Context:
    return Context(
        prec=digits,
        rounding=rounding,
        Emin=MIN_EMIN,
        Emax=MAX_EMAX,
        traps=[InvalidOperation, DivisionByZero],
    )


def downward(digits: int) -> Context:
    """Arithmetic of so many digits that never gives more than the true value."""
    return _context(digits, ROUND_FLOOR)


def upward(digits: int) -> Context:
    """Arithmetic of so many digits that never gives less than the true value."""
    return _context(digits, ROUND_CEILING)


def nearest(digits: int) -> Context:
    """Arithmetic of so many digits, to the nearest: for approximations that are proven later."""
    return _context(digits, ROUND_HALF_EVEN)


def point_moved(whole: int, places: int) -> Decimal:
    """``whole`` with the decimal point moved to the left, exactly, the trailing zeros kept.

    Examples
    --------
    >>> point_moved(1050, 2), point_moved(-5, 3)
    (Decimal('10.50'), Decimal('-0.005'))
    """
    return Decimal(whole).scaleb(-places, _context(max(len(str(whole)), places) + 2, ROUND_FLOOR))


def rounded(
    value: Fraction, *, decimals: int, rounding: RoundingMode = RoundingMode.HALF_UP
) -> Decimal:
    """The fraction as a decimal number, rounded once.

    Examples
    --------
    >>> rounded(Fraction(1, 3), decimals=4), rounded(Fraction(-5, 2), decimals=0)
    (Decimal('0.3333'), Decimal('-3'))
    """
    whole = divide(value.numerator * 10**decimals, value.denominator, rounding)
    return point_moved(whole, decimals)


def rounded_by_comparison(
    guess: Fraction, side: Callable[[Fraction], int], *, decimals: int
) -> Decimal:
    """A number that can only be compared, rounded half away from zero.

    The answer is proven by the side on which the number lies of the middles below and above it; the
    guess decides nothing but how many comparisons it takes.

    Parameters
    ----------
    guess : Fraction
        Roughly the number.
    side : callable
        1 where the number is below the one given, -1 where it is above, 0 where it is the same.
    decimals : int

    Examples
    --------
    The square root of two, which is no fraction:

    >>> rounded_by_comparison(Fraction(1), lambda at: 1 if at > 0 and at * at > 2 else -1, decimals=6)
    Decimal('1.414214')
    """
    unit = Fraction(1, 10**decimals)

    @cache
    def side_of(number: int) -> int:
        """The side of the middle between so many units and one unit less."""
        return side((number - Fraction(1, 2)) * unit)

    def is_below(number: int) -> bool:
        return side_of(number) > 0

    low, high = _straddled(round(guess / unit), is_below)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_below(middle) else (middle, high)
    if side_of(low) == 0 and low <= 0:
        # The number is the middle itself, and negative: away from zero is down.
        low -= 1
    return point_moved(low, decimals)


def _straddled(whole: int, is_below: Callable[[int], bool]) -> tuple[int, int]:
    """Two counts of units, the first not above the number and the second above, from a guess outwards."""
    step = 1
    if is_below(whole):
        low, high = whole - 1, whole
        while is_below(low):
            low, high, step = low - step, low, 2 * step
    else:
        low, high = whole, whole + 1
        while not is_below(high):
            low, high, step = high, high + step, 2 * step
    return low, high


def checked_decimals(decimals: int, *, where: str, field: str = "decimals") -> int:
    """How many decimals an answer is to have: 0 and 40 are both accepted.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        Below 0 or above 40.
    """
    if isinstance(decimals, bool) or not isinstance(decimals, int):
        raise InvalidTypeError.at(
            where,
            expected=f"{field} to be an int",
            found=decimals,
            hint=for_whole_number(decimals),
        )
    if not 0 <= decimals <= MOST_DECIMALS:
        raise InvalidValueError.at(
            where, expected=f"{field} from 0 to {MOST_DECIMALS}", found=decimals
        )
    return decimals


def checked_count(value: int, *, where: str, field: str, least: int, most: int) -> int:
    """A whole number within bounds, both accepted.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        Out of bounds.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidTypeError.at(
            where, expected=f"{field} to be an int", found=value, hint=for_whole_number(value)
        )
    if not least <= value <= most:
        raise InvalidValueError.at(where, expected=f"{field} from {least} to {most}", found=value)
    return value


def checked_amount(value: Decimal | int, *, where: str, field: str = "amount") -> Decimal:
    """An amount of any sign, exact, of at most 40 digits before and 40 after the point.

    Raises
    ------
    InvalidTypeError
        A ``float``, a text, a ``bool``.
    InvalidValueError
        NaN, an infinity, too many digits.

    Examples
    --------
    >>> checked_amount(Decimal("-10.50"), where="flow 1")
    Decimal('-10.50')
    """
    number = exact_decimal(value, where=where, field=field, hint=for_text(value))
    exponent = number.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > MOST_DECIMALS:
        raise InvalidValueError.at(
            where, expected=f"{field} of at most {MOST_DECIMALS} decimals", found=str(number)
        )
    return number


def checked_number(value: Exact, *, where: str, field: str) -> Fraction:
    """A rate or another number as a fraction: a ``Decimal``, an ``int``, a ``Fraction``.

    A fraction says exactly what a decimal cannot: a twelfth of 8 % is ``Fraction(8, 1200)``.

    Raises
    ------
    InvalidTypeError
        A ``float``, a text, a ``bool``.
    InvalidValueError
        NaN, an infinity; more than 40 digits, or 40 decimals.

    Examples
    --------
    >>> checked_number(Decimal("0.08"), where="loan", field="rate")
    Fraction(2, 25)
    >>> checked_number(0.08, where="loan", field="rate")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidTypeError: loan: expected rate to be a Decimal, an int or a Fraction, \
found 0.08. Hint: Write Decimal("0.08"), from a string: a float holds few rates exactly.
    """
    if isinstance(value, bool) or not isinstance(value, (Decimal, int, Fraction)):
        raise InvalidTypeError.at(
            where,
            expected=f"{field} to be a Decimal, an int or a Fraction",
            found=value,
            hint=for_number(value),
        )
    if not isinstance(value, Fraction):
        return Fraction(checked_amount(value, where=where, field=field))
    if max(abs(value.numerator), value.denominator) >= 10 ** (2 * _MOST_DIGITS):
        raise InvalidValueError.at(
            where,
            expected=f"{field} as a fraction of numbers of at most {2 * _MOST_DIGITS} digits",
            found=f"one of {len(str(value.numerator))} and {len(str(value.denominator))} digits",
        )
    return value


def checked_periods_per_year(value: int, *, where: str) -> int:
    """How many periods make a year: 1 and 8784 are both accepted."""
    return checked_count(
        value, where=where, field="periods_per_year", least=1, most=MOST_PERIODS_PER_YEAR
    )


def share_decimals(percent_decimals: int, where: str) -> int:
    """Decimals of a share told to so many decimals of a percentage."""
    checked_decimals(percent_decimals, where=where, field="percent_decimals")
    return min(percent_decimals + 2, MOST_DECIMALS)
