"""Amounts of several currencies in one: the rates that somebody gives, and one rounding an amount.

The one idea: a rate is an exact proportion of major units, and an amount is converted in one division of
whole numbers, rounded once, half up. No rate is guessed and none is turned round or chained.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from delinquency.amounts import MAX_MINOR, from_minor
from delinquency.currency import Currency
from delinquency.decimals import exact_decimal
from delinquency.errors import CurrencyError, InvalidTypeError, InvalidValueError
from delinquency.rounding import Proportion, RoundingMode, divide

__all__ = ["checked_rates", "converted", "rate_of"]

_ONE = Proportion(1, 1)


def checked_rates(
    fx: Mapping[str, Proportion | Decimal] | None, into: Currency, *, where: str
) -> dict[Currency, Proportion]:
    """The rates into a currency, by currency; its own is 1.

    Parameters
    ----------
    fx : mapping of str to Proportion or Decimal, or None
        By code of ISO 4217.
    into : Currency
    where : str
        The place, for the message.

    Raises
    ------
    InvalidTypeError
        No mapping; a ``float`` or a text for a rate.
    InvalidValueError
        A rate of 0 or below; one other than 1 of the currency into itself.
    CurrencyError
        A code that ISO 4217 does not know.

    Examples
    --------
    >>> rates = checked_rates({"USD": Decimal("7.1")}, Currency.of("CNY"), where="fx")
    >>> {currency.code: str(rate) for currency, rate in rates.items()}
    {'USD': '71/10', 'CNY': '1/1'}
    """
    if fx is None:
        return {into: _ONE}
    if not isinstance(fx, Mapping):
        raise InvalidTypeError.at(
            where,
            expected="a mapping of currency codes to rates",
            found=fx,
            hint='Write {"USD": Decimal("7.10")}.',
        )
    rates: dict[Currency, Proportion] = {}
    for code, given in fx.items():
        try:
            currency = Currency.of(code)
        except CurrencyError as error:
            raise error.within(where) from None
        rates[currency] = _rate(given, f"{where}, {code}")
    if rates.setdefault(into, _ONE) != _ONE:
        raise InvalidValueError.at(
            f"{where}, {into}", expected="a rate of 1 into itself", found=str(fx[into.code])
        )
    return rates


def _rate(given: object, where: str) -> Proportion:
    if isinstance(given, Proportion):
        value: Proportion | Decimal = given
        is_positive = given.numerator > 0
    else:
        hint = 'Write Decimal("7.10") or a Proportion.'
        value = exact_decimal(given, where=where, field="rate", hint=hint)
        is_positive = value > 0
    if not is_positive:
        raise InvalidValueError.at(where, expected="a rate above 0", found=str(given))
    if isinstance(value, Proportion):
        return value
    return Proportion.parse(value, where=where, field="rate")


def rate_of(
    currency: Currency, rates: Mapping[Currency, Proportion], into: Currency, *, where: str
) -> Proportion:
    """The rate of a currency, if one was given.

    Raises
    ------
    CurrencyError
        There is none.
    """
    if currency not in rates:
        raise CurrencyError.at(
            where,
            expected=f"a rate of {currency} into {into}",
            found="none",
            hint=f"Give fx={{{currency.code!r}: ...}}: how much {into} one {currency} is.",
        )
    return rates[currency]


def converted(
    minor: int, currency: Currency, rate: Proportion, into: Currency, *, where: str
) -> int:
    """An amount in another currency, rounded once, half up [minor units].

    Parameters
    ----------
    minor : int
        [minor units of ``currency``], 0 or more.
    currency : Currency
    rate : Proportion
        Major units of ``into`` for one of ``currency``.
    into : Currency
    where : str
        The place, for the message.

    Raises
    ------
    InvalidValueError
        More than 10**15 minor units.

    Examples
    --------
    Half a fen is rounded up, and a yen has no decimals:

    >>> usd, jpy, cny = map(Currency.of, ("USD", "JPY", "CNY"))
    >>> converted(1, usd, Proportion.parse("7.5"), cny, where="fx")
    8
    >>> converted(100, jpy, Proportion.parse("0.0485"), cny, where="fx")
    485
    """
    amount = divide(
        minor * rate.numerator * 10**into.minor_unit,
        rate.denominator * 10**currency.minor_unit,
        RoundingMode.HALF_UP,
    )
    if amount > MAX_MINOR:
        raise InvalidValueError.at(
            where,
            expected=f"at most {from_minor(MAX_MINOR, into)} {into}",
            found=f"{from_minor(minor, currency)} {currency} at {rate}",
            hint="Check the rate: it is how much of the one a whole unit of the other is.",
        )
    return amount
