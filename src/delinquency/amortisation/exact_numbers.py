"""Amounts and rates as fractions, exact whether a currency limits their decimals or not.

A plan that another system computed states its payment to twelve decimals, and a reference rate times a
multiplier has seventeen. The one idea: where a currency is named, an amount is exact to its minor unit and
anything finer is refused; where none is, a number is what it says, and nothing is ever rounded.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from delinquency.amortisation.rate_changes import check_annual_rate
from delinquency.amounts import MAX_MINOR, to_minor
from delinquency.decimals import exact_decimal
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import RATE_SCALE, Rate

if TYPE_CHECKING:
    from delinquency.currency import Currency

__all__ = ["ExactAmount", "ExactRate", "exact_amount", "exact_rate"]

ExactAmount = Decimal | int | Fraction
"""An amount; a fraction only where no currency is named."""

ExactRate = Rate | Fraction
"""A rate per year; a fraction of one where it is finer than a :class:`~delinquency.rates.Rate`."""


def exact_amount(
    value: object, currency: Currency | None, *, where: str, may_be_negative: bool = False
) -> Fraction:
    """The amount as a fraction [currency units].

    Raises
    ------
    InvalidTypeError
        A ``float``, a ``bool``, a text; with a currency, a ``Fraction`` too.
    InvalidValueError
        Not finite; below 0 where that means nothing; with a currency, finer than its minor unit;
        beyond 10**15, of minor units or without a currency of units.

    Examples
    --------
    >>> exact_amount(Decimal("434.866594118346"), None, where="payment")
    Fraction(217433297059173, 500000000000)
    """
    if currency is not None:
        minor = to_minor(value, currency, where=where, allow_negative=may_be_negative)  # type: ignore[arg-type]
        return Fraction(minor, 10**currency.minor_unit)
    if isinstance(value, Fraction):
        number = value
    else:
        number = Fraction(exact_decimal(value, where=where, field="amount", hint=""))
    if number < 0 and not may_be_negative:
        raise InvalidValueError.at(where, expected="amount of zero or more", found=value)
    if abs(number) > MAX_MINOR:
        raise InvalidValueError.at(where, expected=f"amount of at most {MAX_MINOR}", found=value)
    return number


def exact_rate(value: object, *, where: str) -> Fraction:
    """The annual rate as a fraction of one.

    Raises
    ------
    InvalidTypeError
        Neither a rate nor a ``Fraction``.
    InvalidValueError
        A rate that is not per year; a fraction beyond 4 (400 % a year), either sign.

    Examples
    --------
    >>> exact_rate(Rate.per_year("0.08"), where="rate"), exact_rate(Fraction(1, 7), where="rate")
    (Fraction(2, 25), Fraction(1, 7))
    """
    if isinstance(value, Fraction):
        if abs(value) > 4:
            raise InvalidValueError.at(
                where,
                expected="at most 400 % a year",
                found=value,
                hint="A fraction of one: 4.35 % is Fraction(435, 10_000).",
            )
        return value
    if not isinstance(value, Rate):
        raise InvalidTypeError.at(
            where,
            expected="a Rate or a Fraction",
            found=value,
            hint='Write Rate.per_year("0.0435"), or Fraction(1, 30) of one.',
        )
    check_annual_rate(value, where)
    return Fraction(value.scaled, RATE_SCALE)
