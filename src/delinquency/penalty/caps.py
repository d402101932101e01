"""How much penalty there may be at most.

The one idea: a cap limits whole minor units that are posted, never the exact accrual behind them. What was
posted stays posted; from the day on which a cap binds, no more is.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

import attrs

from delinquency.amortisation.reference_rates import ReferenceRates
from delinquency.amounts import check_amount
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError
from delinquency.penalty.late_days import checked_day_count
from delinquency.penalty.rate_tables import Factor, checked_penalty_rate, factor_of
from delinquency.rates import Rate
from delinquency.rounding import Proportion

__all__ = ["AbsoluteCap", "AnnualCap", "PenaltyCap", "ReferenceMultiple", "ShareOfBase"]


@attrs.frozen(slots=True)
class ShareOfBase:
    """What is posted on an instalment is at most a share of its base when it fell due.

    Its base then is what was open before the payments of the due date. The limit is rounded down. Where the
    account is rounded as a whole, an instalment counts in that sum up to its limit.

    Parameters
    ----------
    share : Proportion
        Of the base; may exceed one.

    Raises
    ------
    InvalidTypeError
        No ``Proportion``.
    """

    share: Proportion

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.share, Proportion):
            raise InvalidTypeError.at(
                "share of base",
                expected="a Proportion",
                found=self.share,
                hint='Write Proportion.parse("0.5").',
            )


@attrs.frozen(slots=True)
class AbsoluteCap:
    """All penalty of the account is at most an amount; older debts take of it first.

    Parameters
    ----------
    amount : Decimal or int
        0 or more [currency units].

    Raises
    ------
    InvalidTypeError
        A ``float``.
    InvalidValueError
        Below 0.
    """

    amount: Decimal | int

    def __attrs_post_init__(self) -> None:
        check_amount(self.amount, where="absolute cap, amount", positive=False)


def _factor(value: Factor) -> Proportion:
    return factor_of(value, "reference multiple")


@attrs.frozen(slots=True)
class ReferenceMultiple:
    """A multiple of a published rate on the day of the contract (合同成立时 LPR 的四倍).

    Parameters
    ----------
    reference : ReferenceRates
    factor : Proportion
        Taken from a text, a ``Decimal`` or an ``int`` as well.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A factor below 0.

    References
    ----------
    法释〔2020〕17号, Article 25: four times the one-year LPR.

    Examples
    --------
    >>> lpr = ReferenceRates(name="LPR 1Y", rates=[(date(2024, 7, 22), Rate.per_year("0.0335")),
    ...     (date(2024, 10, 21), Rate.per_year("0.0310"))], covered_until=date(2025, 1, 19))
    >>> cap = ReferenceMultiple(lpr, 4)
    >>> print(cap.rate_on(date(2024, 10, 20)), cap.rate_on(date(2024, 10, 21)), sep="; ")
    13.4 % a year; 12.4 % a year
    """

    reference: ReferenceRates
    factor: Proportion = attrs.field(converter=_factor)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.reference, ReferenceRates):
            raise InvalidTypeError.at(
                "reference multiple, reference", expected="ReferenceRates", found=self.reference
            )

    def rate_on(self, contract_date: date) -> Rate:
        """The rate for a contract of a date.

        Raises
        ------
        InvalidValueError
            A date that the table does not cover; a product finer than 1e-8 or beyond 400 % a year.
        """
        rate = self.reference.rate_on(contract_date)
        return rate.times(self.factor, where=f"{self.factor} times {self.reference.name}")


@attrs.frozen(slots=True)
class AnnualCap:
    """Penalty is at most what interest and fees leave of what the open principal bears at a rate.

    On a day there is room for the cap rate on the outstanding principal of all days so far, rounded
    down, less the contract interest accrued and the fees charged. Interest of the schedule and fees count
    towards the limit and are not cut themselves: where they exceed it alone, no penalty is left, and what
    is owed exceeds the limit.

    Parameters
    ----------
    rate : Rate or ReferenceMultiple
        0 or more.
    day_count : DayCount
        As of penalty terms.

    Raises
    ------
    InvalidTypeError
        Neither kind of rate; no ``DayCount``.
    InvalidValueError
        A rate below 0; a day count whose parts do not add up.

    References
    ----------
    法发〔2017〕22号, item 2: 24 % a year on interest, compound interest, penalty and fees together.
    """

    rate: Rate | ReferenceMultiple
    day_count: DayCount

    def __attrs_post_init__(self) -> None:
        where = "annual cap"
        if not isinstance(self.rate, Rate | ReferenceMultiple):
            raise InvalidTypeError.at(
                f"{where}, rate", expected="a Rate or a ReferenceMultiple", found=self.rate
            )
        if isinstance(self.rate, Rate):
            checked_penalty_rate(self.rate, f"{where}, rate")
        checked_day_count(self.day_count, f"{where}, day_count")


PenaltyCap: TypeAlias = ShareOfBase | AbsoluteCap | AnnualCap
"""What limits penalty."""

CAPS: Final = (ShareOfBase, AbsoluteCap, AnnualCap)
