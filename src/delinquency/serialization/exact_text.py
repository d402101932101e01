"""Exact numbers as text: a decimal where twelve places hold it, else a fraction such as "1/30".

The one idea: a number of an irregular plan may be a third of something, and no decimal is that. It is
written as what it is, and a reader who wants a decimal divides.
"""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from delinquency.decimals import exact_decimal, parse_decimal
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.serialization.json_values import HERE, decimal_text

__all__ = ["exact_number", "exact_text"]

_SCALE: Final = 10**12

_FRACTION: Final = re.compile(r"(-?[0-9]+)/(0*[1-9][0-9]*)", re.ASCII)

_MOST_DIGITS: Final = 4000
"""Of a numerator or a denominator; a table of thirty years in months has about as many."""

_BITS: Final = (10**_MOST_DIGITS).bit_length()


def exact_text(value: Decimal | int | Fraction) -> str:
    """The text of an exact number.

    Raises
    ------
    InvalidValueError
        A fraction of more than 4000 digits, above or below the line.

    Examples
    --------
    >>> exact_text(Decimal("434.50")), exact_text(Fraction(869, 2)), exact_text(Fraction(-1, 30))
    ('434.50', '434.5', '-1/30')
    """
    if not isinstance(value, Fraction):
        return decimal_text(value)
    if max(value.numerator.bit_length(), value.denominator.bit_length()) >= _BITS:
        raise InvalidValueError.at(
            "serialization, exact number",
            expected=f"at most {_MOST_DIGITS} digits above and below the line of a fraction",
            found="more",
            hint="Terms with a currency are rounded to its minor unit.",
        )
    scaled, rest = divmod(abs(value.numerator) * _SCALE, value.denominator)
    if rest:
        return f"{value.numerator}/{value.denominator}"
    whole, decimals = divmod(scaled, _SCALE)
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{decimals:012d}".rstrip("0").rstrip(".")


def exact_number(value: object) -> Decimal | Fraction:
    """The number of a text, or the number itself.

    Raises
    ------
    InvalidTypeError
        A ``float``, or neither a text nor an exact number.
    InvalidValueError
        Another notation; a fraction of more than 4000 digits, above or below the line.

    Examples
    --------
    >>> exact_number("434.50"), exact_number("-1/30")
    (Decimal('434.50'), Fraction(-1, 30))
    """
    if isinstance(value, Fraction):
        return value
    if isinstance(value, Decimal):
        return exact_decimal(value, where=HERE, field="number")
    if not isinstance(value, str):
        raise InvalidTypeError.at(
            HERE,
            expected="an exact number as text",
            found=value,
            hint='Write "12.34" or "1/30": most programs read a JSON number as a float.',
        )
    told = _FRACTION.fullmatch(value)
    if told is None:
        if "/" in value:
            raise InvalidValueError.at(
                HERE,
                expected="a fraction of two whole numbers",
                found=repr(value),
                hint='Such as "1/30", the number below the line more than 0.',
            )
        return parse_decimal(value, where=HERE, field="number")
    if max(map(len, told.groups())) > _MOST_DIGITS:
        raise InvalidValueError.at(
            HERE, expected=f"numbers of at most {_MOST_DIGITS} digits", found="a longer one"
        )
    return Fraction(int(told.group(1)), int(told.group(2)))
