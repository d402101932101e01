"""Currencies of ISO 4217 and how many decimals each one has.

An amount is exact only if the number of decimals of its currency is: the dong has none, the
Kuwaiti dinar three. The one idea: the table of ISO 4217 is embedded as data, so that a currency
that exists has a known minor unit, and no guess of "two" is ever made for one that does not.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from delinquency.errors import CurrencyError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["Currency"]

T = TypeVar("T")

_CODES_BY_MINOR_UNIT: Final[Mapping[int, str]] = MappingProxyType(
    {
        0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
        2: """
            AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN
            BZD CAD CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD
            FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW
            KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR
            MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG
            SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD
            USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG
            """,
        3: "BHD IQD JOD KWD LYD OMR TND",
        4: "CLF UYW",
    }
)

_MINOR_UNITS: Final[Mapping[str, int]] = MappingProxyType(
    {code: unit for unit, codes in _CODES_BY_MINOR_UNIT.items() for code in codes.split()}
)

# fmt: off
_WITHOUT_MINOR_UNIT: Final = frozenset({
    "XAG", "XAU", "XBA", "XBB", "XBC", "XBD", "XDR", "XPD", "XPT", "XSU", "XTS", "XUA", "XXX",
})
# fmt: on


@attrs.frozen(slots=True, repr=False)
class Currency:
    """A currency of ISO 4217; get one with :meth:`of`.

    Attributes
    ----------
    code : str
        The alphabetic code, such as ``"CNY"``.
    minor_unit : int
        How many decimals an amount has [decimal places].

    Raises
    ------
    CurrencyError
        If ISO 4217 has no such code, or gives it another number of decimals.

    Examples
    --------
    >>> Currency.of("CNY").minor_unit, Currency.of("JPY").minor_unit, Currency.of("KWD").minor_unit
    (2, 0, 3)
    >>> Currency.of("CNY") is Currency.of("CNY")
    True
    >>> Currency.of("cny")
    Traceback (most recent call last):
    ...
    delinquency.errors.CurrencyError: currency: expected a code of ISO 4217, found 'cny'. \
Hint: Write 'CNY': codes are upper case.
    """

    code: str
    minor_unit: int

    def __attrs_post_init__(self) -> None:
        known = _entry(_MINOR_UNITS, self.code)
        if known is None:
            raise _unknown(self.code)
        if type(self.minor_unit) is not int or self.minor_unit != known:
            raise CurrencyError.at(
                f"currency {self.code}",
                expected=f"a minor unit of {known} decimals",
                found=self.minor_unit,
                hint=f"Use Currency.of({self.code!r}).",
            )

    @classmethod
    def of(cls, code: str) -> Currency:
        """The currency with this code; always the same object for the same code.

        Parameters
        ----------
        code : str
            The alphabetic code of ISO 4217, upper case.

        Raises
        ------
        CurrencyError
            If the code is unknown, or stands for a metal, a fund unit or a test code, which have
            no minor unit in which a debt could be kept.
        """
        currency = _entry(_CURRENCIES, code)
        if currency is None:
            raise _unknown(code)
        return currency

    def __str__(self) -> str:
        return self.code

    def __repr__(self) -> str:
        return f"Currency.of({self.code!r})"

    def __reduce__(self) -> tuple[Callable[[str], Currency], tuple[Any, ...]]:
        # A copy or an unpickled currency is the interned one, so identity keeps meaning equality.
        return Currency.of, (self.code,)


def _entry(table: Mapping[str, T], code: object) -> T | None:
    return table.get(code) if isinstance(code, str) else None


def _unknown(code: object) -> CurrencyError:
    expected = "a code of ISO 4217"
    if isinstance(code, str) and code in _WITHOUT_MINOR_UNIT:
        expected = "a currency with a minor unit"
        hint = f"ISO 4217 lists {code} without a minor unit, so no amount of it can be exact."
    elif isinstance(code, str) and code.strip().upper() in _MINOR_UNITS:
        hint = f"Write {code.strip().upper()!r}: codes are upper case."
        if code.upper() != code.strip().upper():
            hint = f"Write {code.strip().upper()!r}, without spaces."
    else:
        hint = "Give the three-letter code of an active currency, such as 'CNY' or 'EUR'."
    return CurrencyError.at("currency", expected=expected, found=repr(code), hint=hint)


_CURRENCIES: Final[Mapping[str, Currency]] = MappingProxyType(
    {code: Currency(code, unit) for code, unit in _MINOR_UNITS.items()}
)
