"""Amounts of money: ``Decimal`` outside, whole minor units inside.

A cent lost to a conversion decides whether an instalment is settled. The one idea: an amount is
converted once, at the door, and exactly - what does not come out whole in the minor unit of its
currency is refused, never rounded - so that everything behind the door counts whole numbers.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Final

from delinquency.decimals import (
    exact_decimal,
    parse_decimal,
    shifted,
    told_digits,
    whole_after_shift,
)
from delinquency.errors import InvalidTypeError, InvalidValueError

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = [
    "MAX_MINOR",
    "check_amount",
    "check_sum",
    "from_minor",
    "parse_amount",
    "to_minor",
    "told_product",
]

MAX_MINOR: Final = 10**15
"""The largest amount accepted, either sign [minor units]; itself accepted."""

_MORE_DIGITS: Final = 4
"""How many digits beyond the minor unit are told of a product that was rounded otherwise than by itself."""


def to_minor(
    amount: Decimal | int,
    currency: Currency,
    *,
    where: str,
    field: str = "amount",
    allow_negative: bool = False,
) -> int:
    """The amount in whole minor units of its currency, exactly.

    Parameters
    ----------
    amount : decimal.Decimal or int
        The amount [major units]. The caller's decimal context has no influence.
    currency : Currency
        Says how many decimals the amount may have.
    where : str
        The place, for the message: ``"account 'A-17', instalment 3"``.
    field : str
        The field, for the message.
    allow_negative : bool
        Whether an amount below zero has a meaning here.

    Returns
    -------
    int
        [minor units]

    Raises
    ------
    InvalidTypeError
        If it is neither ``Decimal`` nor ``int``: a ``float``, a ``bool``, a ``str``.
    InvalidValueError
        If it is not finite, finer than the minor unit, negative where that is not allowed, or
        beyond ``MAX_MINOR``.

    Examples
    --------
    >>> from decimal import Decimal
    >>> from delinquency.currency import Currency
    >>> to_minor(Decimal("10.50"), Currency.of("CNY"), where="loan")
    1050
    >>> to_minor(1050, Currency.of("JPY"), where="loan")
    1050
    >>> to_minor(Decimal("10.005"), Currency.of("EUR"), where="loan")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: loan: expected amount in EUR with at most 2 decimals, \
found 10.005. Hint: Round it yourself, by the rule of the contract: amounts are never rounded here.
    """
    number = exact_decimal(
        amount,
        where=where,
        field=field,
        hint="Parse text at the edge, with parse_amount.",
    )
    minor = whole_after_shift(number, currency.minor_unit)
    if minor is None:
        raise InvalidValueError.at(
            where,
            expected=f"{field} in {currency} with at most {currency.minor_unit} decimals",
            found=str(amount),
            hint="Round it yourself, by the rule of the contract: amounts are never rounded here.",
        )
    if minor < 0 and not allow_negative:
        raise InvalidValueError.at(
            where, expected=f"{field} of zero or more", found=f"{amount} {currency}"
        )
    if abs(minor) > MAX_MINOR:
        raise InvalidValueError.at(
            where,
            expected=f"{field} of at most {from_minor(MAX_MINOR, currency)} {currency}",
            found=f"{amount} {currency}",
            hint="Check the unit: amounts are in major units, not minor ones.",
        )
    return minor


def from_minor(minor: int, currency: Currency) -> Decimal:
    """The amount of so many minor units, with exactly the decimals of its currency.

    The inverse of :func:`to_minor`.

    Parameters
    ----------
    minor : int
        [minor units]
    currency : Currency
        Says how many decimals to show.

    Returns
    -------
    decimal.Decimal
        [major units]

    Examples
    --------
    >>> from delinquency.currency import Currency
    >>> from_minor(1050, Currency.of("CNY")), from_minor(0, Currency.of("CNY"))
    (Decimal('10.50'), Decimal('0.00'))
    >>> from_minor(1050, Currency.of("JPY"))
    Decimal('1050')
    """
    return shifted(minor, currency.minor_unit)


def told_product(exact: Fraction, minor: int, currency: Currency) -> Decimal | str:
    """What a product is told as: the amount taken of it if that is its nearest, else its digits unrounded.

    Parameters
    ----------
    exact : Fraction
        The product [minor units].
    minor : int
        What was taken of it [minor units].
    currency : Currency

    Examples
    --------
    >>> from delinquency.currency import Currency
    >>> [told_product(Fraction(12345, 10), minor, Currency.of("CNY")) for minor in (1235, 1234)]
    [Decimal('12.35'), '12.345']
    """
    if floor(exact + Fraction(1, 2)) == minor:
        return from_minor(minor, currency)
    digits = currency.minor_unit
    return told_digits(exact * Fraction(1, 10**digits), places=digits + _MORE_DIGITS)


def parse_amount(
    text: str,
    currency: Currency,
    *,
    where: str,
    field: str = "amount",
    allow_negative: bool = False,
) -> Decimal:
    """An amount from text, for the edges: files, forms, command lines.

    Parameters
    ----------
    text : str
        Plain decimal notation: ``"1234.50"``. No thousands separators, exponents, spaces or signs
        other than ``-``.
    currency : Currency
        Says how many decimals the text may have.
    where, field : str
        The place and the field, for the message.
    allow_negative : bool
        Whether an amount below zero has a meaning here.

    Returns
    -------
    decimal.Decimal
        [major units], with exactly the decimals of the currency.

    Raises
    ------
    InvalidTypeError
        If it is no text.
    InvalidValueError
        If the notation is another, or :func:`to_minor` would refuse the amount.

    Examples
    --------
    >>> from delinquency.currency import Currency
    >>> parse_amount("1234.5", Currency.of("CNY"), where="row 3")
    Decimal('1234.50')
    >>> parse_amount("1.2e3", Currency.of("CNY"), where="row 3")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: row 3: expected amount in plain decimal notation, \
found '1.2e3'. Hint: Write the digits out instead of an exponent.
    """
    number = parse_decimal(text, where=where, field=field)
    minor = to_minor(number, currency, where=where, field=field, allow_negative=allow_negative)
    return from_minor(minor, currency)


def check_amount(value: object, *, where: str, positive: bool, hint: str = "") -> None:
    """Refuse what is no amount of money, before its currency is known.

    Parameters
    ----------
    value : object
        Accepted: a finite ``Decimal`` or an ``int``, 0 or more, more than 0 if ``positive``.
    where : str
        The place for the message.
    positive : bool
    hint : str, optional
        What to do about an amount that is too small.

    Raises
    ------
    InvalidTypeError
        A ``float``, a ``bool``, a text.
    InvalidValueError
        NaN, an infinity, an amount that is too small.

    Examples
    --------
    >>> check_amount(Decimal("0.01"), where="payment, amount", positive=True)
    """
    if isinstance(value, bool) or not isinstance(value, (Decimal, int)):
        raise InvalidTypeError.at(
            where,
            expected="a Decimal or an int",
            found=value,
            hint='Write Decimal("12.34")'
            + ("; a float is not exact." if isinstance(value, float) else "."),
        )
    is_finite = Decimal(value).is_finite()
    if not is_finite or value < 0 or (positive and not value):
        least = "an amount of more than 0" if positive else "an amount of 0 or more"
        expected = "a finite amount" if not is_finite and not positive else least
        found = value if isinstance(value, int) else str(value)
        raise InvalidValueError.at(where, expected=expected, found=found, hint=hint)


def check_sum(amount: int, where: str) -> None:
    """Refuse amounts of an account that together are beyond what 64 bits are proved for.

    Raises
    ------
    InvalidValueError
        More than 10**15 minor units, which are accepted themselves.
    """
    if amount > MAX_MINOR:
        raise InvalidValueError.at(
            where,
            expected=f"amounts of an account of {MAX_MINOR} minor units together at most",
            found=amount,
        )
