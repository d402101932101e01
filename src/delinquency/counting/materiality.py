"""When arrears are material: above an amount, and above a share of the exposure.

The one idea: both limbs must be exceeded, strictly, at the close of a day; the days are counted while they
are, and begin again when one of them no longer is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import attrs

from delinquency.amounts import check_amount, to_minor
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.rounding import Proportion

__all__ = ["MaterialRule", "Materiality"]


class MaterialRule(NamedTuple):
    """Materiality in whole numbers of one currency."""

    amount: int
    numerator: int
    denominator: int

    def is_exceeded(self, arrears: int, exposure: int) -> bool:
        """Whether arrears exceed both limbs [minor units]."""
        return arrears > self.amount and arrears * self.denominator > exposure * self.numerator


@attrs.frozen(slots=True)
class Materiality:
    """Both limbs that arrears must exceed to be material.

    Parameters
    ----------
    amount : Decimal or int
        Arrears are above the absolute limb if they exceed it [currency units].
    share : Proportion
        Arrears are above the relative limb if they exceed this share of the exposure.
    currency : Currency
        Of the amount. An account in another currency is refused: the equivalent is set by an authority.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        An amount that is no amount or below 0; a share that is no Proportion.

    References
    ----------
    Delegated Regulation (EU) 2018/171, Articles 1 and 2.

    Examples
    --------
    150 of 20,000 exceed 100, and are 0.75 %, not above 1 %: not material. 201 are.

    >>> euros = Currency.of("EUR")
    >>> rule = Materiality(100, Proportion.parse("0.01"), euros).in_minor_units(euros)
    >>> rule.is_exceeded(150_00, 20_000_00), rule.is_exceeded(200_00, 20_000_00)
    (False, False)
    >>> rule.is_exceeded(200_01, 20_000_00)
    True
    """

    amount: Decimal | int
    share: Proportion
    currency: Currency

    def __attrs_post_init__(self) -> None:
        where = "materiality"
        check_amount(self.amount, where=f"{where}, amount", positive=False)
        for field, kind in (("share", Proportion), ("currency", Currency)):
            value = getattr(self, field)
            if not isinstance(value, kind):
                raise InvalidTypeError.at(
                    f"{where}, {field}", expected=f"a {kind.__name__}", found=value
                )
        to_minor(self.amount, self.currency, where=where, field="amount")

    def in_minor_units(self, currency: Currency) -> MaterialRule:
        """The rule for an account.

        Raises
        ------
        PolicyError
            The account is in another currency.
        """
        if currency != self.currency:
            raise PolicyError.at(
                "counting, materiality",
                expected=f"an account in {self.currency.code}",
                found=currency.code,
                hint="State the equivalent that the authority has set, by policy.evolve(counting=...) or in "
                'a file of your own: the page on a status shows it under "In another currency".',
            )
        amount = to_minor(self.amount, currency, where="materiality", field="amount")
        return MaterialRule(amount, self.share.numerator, self.share.denominator)
