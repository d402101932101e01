"""The passage between ``Decimal`` and whole numbers, exact whatever the caller's decimal context.

A caller may have set two digits of precision, or traps, for reasons of his own; ordinary
``Decimal`` arithmetic would then round an amount, or raise, inside this library. The one idea:
every shift of the decimal point is made in a private context wide enough for every number allowed
here, which traps the first lost digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact
from fractions import Fraction
from typing import Final

from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = [
    "exact_decimal",
    "exact_difference",
    "exact_sum",
    "parse_decimal",
    "shifted",
    "told_digits",
    "whole_after_shift",
]

_EXACT: Final = Context(prec=60, Emax=MAX_EMAX, Emin=MIN_EMIN, traps=[Inexact])

_PLAIN: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?")

_MOST_PLACES: Final = 40


def shifted(whole: int, places: int) -> Decimal:
    """``whole`` with the decimal point moved ``places`` to the left, the trailing zeros kept.

    Examples
    --------
    >>> shifted(1050, 2), shifted(0, 2), shifted(1050, 0)
    (Decimal('10.50'), Decimal('0.00'), Decimal('1050'))
    """
    return Decimal(whole).scaleb(-places, _EXACT)


def told_digits(value: Fraction, *, places: int) -> str:
    """The digits of 0 or more, at most so many after the point, and an ellipsis where more follow.

    ``places`` is 1 or more.

    Examples
    --------
    >>> told_digits(Fraction(3825, 1000), places=6), told_digits(Fraction(20000, 3), places=6)
    ('3.825', '6,666.666666…')
    """
    whole, rest = divmod(value.numerator * 10**places, value.denominator)
    told = f"{shifted(whole, places):,f}"
    return f"{told}…" if rest else told.rstrip("0").rstrip(".")


def exact_sum(values: Iterable[Decimal | int]) -> Decimal:
    """The sum, with no digit lost whatever the caller's decimal context.

    Raises
    ------
    InvalidValueError
        Numbers whose sum has more than 60 digits.

    Examples
    --------
    >>> from decimal import localcontext
    >>> with localcontext(prec=3):
    ...     exact_sum([Decimal("12345.67"), Decimal("1.01")])
    Decimal('12346.68')
    """
    total = Decimal(0)
    for value in values:
        try:
            total = _EXACT.add(total, Decimal(value))
        except Inexact:
            raise InvalidValueError.at(
                "sum", expected="numbers of at most 60 digits", found="more"
            ) from None
    return total


def exact_difference(first: Decimal | int, *others: Decimal | int) -> Decimal:
    """``first`` less all the others, with no digit lost whatever the caller's decimal context.

    Raises
    ------
    InvalidValueError
        As :func:`exact_sum`.

    Examples
    --------
    >>> from decimal import localcontext
    >>> with localcontext(prec=3):
    ...     exact_difference(Decimal("12345.67"), Decimal("0.01"), 1)
    Decimal('12344.66')
    """
    return exact_sum((first, *(Decimal(other).copy_negate() for other in others)))


def whole_after_shift(value: Decimal, places: int) -> int | None:
    """``value`` times ten to the power ``places`` if that is a whole number, else None.

    Parameters
    ----------
    value : decimal.Decimal
        A number that passed :func:`exact_decimal`, so that it is finite and of ordinary size.
    places : int
        How far to move the decimal point [decimal places].

    Examples
    --------
    >>> whole_after_shift(Decimal("10.50"), 2), whole_after_shift(Decimal("10.005"), 2)
    (1050, None)
    """
    try:
        moved = value.scaleb(places, _EXACT)
    except Inexact:
        return None
    whole = int(moved)
    return whole if moved == whole else None


def exact_decimal(value: object, *, where: str, field: str, hint: str = "") -> Decimal:
    """A ``Decimal`` or a whole number as a ``Decimal`` of ordinary size.

    Parameters
    ----------
    value : object
        What was given.
    where, field : str
        The place and the field, for the message.
    hint : str
        What to do about a ``str``; the hint for a ``float`` is always the same.

    Raises
    ------
    InvalidTypeError
        If it is neither ``Decimal`` nor ``int``; ``bool`` and ``float`` are neither.
    InvalidValueError
        If it is not finite, or has more than forty digits before the point.

    Examples
    --------
    >>> exact_decimal(7, where="loan", field="amount")
    Decimal('7')
    >>> exact_decimal(0.1, where="loan", field="amount")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidTypeError: loan: expected amount to be a Decimal or an int, \
found 0.1. Hint: Write Decimal("12.34"), from a string: a float holds few amounts exactly.
    """
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise InvalidTypeError.at(
            where,
            expected=f"{field} to be a Decimal or an int",
            found=value,
            hint=_hint_for_type(value, hint),
        )
    number = Decimal(value)
    if not number.is_finite():
        raise InvalidValueError.at(where, expected=f"a finite {field}", found=str(number))
    if not number:
        return Decimal(0)
    if number.adjusted() >= _MOST_PLACES:
        raise InvalidValueError.at(
            where,
            expected=f"{field} of at most {_MOST_PLACES} digits before the point",
            found=f"a number of {number.adjusted() + 1} digits",
        )
    return number


def _hint_for_type(value: object, hint_for_text: str) -> str:
    if isinstance(value, float):
        return 'Write Decimal("12.34"), from a string: a float holds few amounts exactly.'
    if isinstance(value, str):
        return hint_for_text
    return "Convert whole numbers of other libraries with int(...)."


def parse_decimal(text: object, *, where: str, field: str) -> Decimal:
    """A number in plain decimal notation: ``-``, digits, and a point with digits after it.

    Parameters
    ----------
    text : object
        The text, a ``str``: no spaces, no ``+``, no thousands separators, no exponent, and
        ASCII digits.
    where, field : str
        The place and the field, for the message.

    Raises
    ------
    InvalidTypeError
        If it is no text.
    InvalidValueError
        If the text is in another notation; the hint names what stands in the way.

    Examples
    --------
    >>> parse_decimal("-12.30", where="row 3", field="amount")
    Decimal('-12.30')
    >>> parse_decimal("1,200", where="row 3", field="amount")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: row 3: expected amount in plain decimal notation, \
found '1,200'. Hint: Leave out thousands separators, and write the decimal point as '.'.
    """
    if not isinstance(text, str):
        raise InvalidTypeError.at(where, expected=f"{field} as text", found=text)
    if _PLAIN.fullmatch(text) is None:
        raise InvalidValueError.at(
            where,
            expected=f"{field} in plain decimal notation",
            found=repr(text),
            hint=_hint_for_notation(text),
        )
    return Decimal(text)


def _hint_for_notation(text: str) -> str:
    if not text.strip():
        return "An empty text is no number; leave the row out or say what is missing."
    if text != text.strip():
        return "Strip the spaces around the number."
    if "%" in text:
        return "Write a percentage as a fraction of one: 4.35% is 0.0435."
    if "," in text or "_" in text:
        return "Leave out thousands separators, and write the decimal point as '.'."
    if text[0].isdigit() and ("e" in text or "E" in text):
        return "Write the digits out instead of an exponent."
    return "Only digits, one '.', and a leading '-' may appear: 1234.50."
