"""At which rate a delay bears: fixed, a multiple of the contract rate, reference plus margin, by age.

The one idea: a rule says what rate it is on a day, exactly. A product that is no whole number of 1e-8, a
rate below 0 and a day that a table does not cover are refused, never rounded, floored or guessed.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import attrs

from delinquency.amortisation.rate_changes import check_annual_rate
from delinquency.amortisation.reference_rates import ReferenceRates
from delinquency.dated_rates import DatedRate
from delinquency.errors import InvalidTypeError
from delinquency.penalty.rate_tables import (
    DatedFactor,
    Factor,
    RateTier,
    checked_penalty_rate,
    dated_factors,
    factor_of,
    fixed_rates,
    rate_tiers,
)
from delinquency.rates import Rate
from delinquency.rounding import Proportion

__all__ = [
    "ContractMultiple",
    "FixedPenaltyRate",
    "PenaltyRate",
    "RateByAge",
    "ReferencePlusMargin",
]


def _misuse_factor(value: Factor | None) -> Proportion | None:
    return None if value is None else factor_of(value, "contract multiple, misuse_factor")


@attrs.frozen(slots=True)
class FixedPenaltyRate:
    """A rate of its own, for ever or from day to day.

    Parameters
    ----------
    rates : tuple of DatedRate
        In order of date, each date once; days before the first are not covered. Pairs of a date and a
        Rate are taken as well, and one Rate alone, which is kept as from 1900-01-01, the first day that
        the calendar knows.

    Raises
    ------
    InvalidTypeError
        Neither; a ``datetime`` for a ``date``.
    InvalidValueError
        No rate, dates out of order, a rate below 0.

    Examples
    --------
    >>> rule = FixedPenaltyRate(Rate.per_day("0.0005"))
    >>> [(str(row.effective_on), str(row.rate)) for row in rule.rates]
    [('1900-01-01', '0.05 % a day')]
    """

    rates: tuple[DatedRate, ...] = attrs.field(converter=fixed_rates)


@attrs.frozen(slots=True)
class ContractMultiple:
    """The contract rate of each day times a factor (合同利率上浮).

    Parameters
    ----------
    factors : tuple of DatedFactor
        In order of date, each date once; days before the first are not covered. Pairs of a date and a
        factor are taken as well, and one factor alone, which is kept as from 1900-01-01.
    misuse_factor : Proportion, optional
        The factor while the money is not used as agreed (挪用), from a text or number as well; the higher
        of the two holds, never both.

    Raises
    ------
    InvalidTypeError
        A ``float``, or anything else that is no factor.
    InvalidValueError
        No factor, dates out of order, a factor below 0.

    References
    ----------
    银发〔2003〕251号, item 3: 1.3 to 1.5 overdue, 1.5 to 2.0 misused.

    Examples
    --------
    >>> rule = ContractMultiple("1.5", misuse_factor="2")
    >>> print(rule.factors[0].factor, rule.misuse_factor)
    3/2 2/1
    """

    factors: tuple[DatedFactor, ...] = attrs.field(converter=dated_factors)
    misuse_factor: Proportion | None = attrs.field(default=None, converter=_misuse_factor)


@attrs.frozen(slots=True)
class ReferencePlusMargin:
    """A published rate, as known on each day, plus a margin.

    Parameters
    ----------
    reference : ReferenceRates
        A day that the table does not cover is refused with its name.
    margin : Rate
        Per year; may be negative.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        A margin per month or day; a sum below 0 or beyond 400 % a year.
    """

    reference: ReferenceRates
    margin: Rate

    def __attrs_post_init__(self) -> None:
        where = "reference plus margin"
        if not isinstance(self.reference, ReferenceRates):
            raise InvalidTypeError.at(
                f"{where}, reference", expected="ReferenceRates", found=self.reference
            )
        check_annual_rate(self.margin, f"{where}, margin")
        for day, rate in self.reference.rates:
            place = f"{where}, {self.reference.name!r} of {day}"
            checked_penalty_rate(rate.plus(self.margin, where=place), place)


@attrs.frozen(slots=True)
class RateByAge:
    """A rate by how late the instalment itself is.

    Parameters
    ----------
    tiers : tuple of RateTier
        Ascending, the first from late day 1, which is the due date itself; pairs of a late day and a Rate
        are taken as well. A new tier changes the rate of the days from then on, never of those before.

    Raises
    ------
    InvalidTypeError
        A day that is no ``int``, a rate that is no ``Rate``.
    InvalidValueError
        No tier, a first tier that is not from day 1, tiers out of order, a rate below 0.

    Examples
    --------
    >>> rule = RateByAge(((1, Rate.per_year("0.12")), (91, Rate.per_year("0.18"))))
    >>> print(rule.tiers[1].rate)
    18 % a year
    """

    tiers: tuple[RateTier, ...] = attrs.field(converter=rate_tiers)


PenaltyRate: TypeAlias = FixedPenaltyRate | ContractMultiple | ReferencePlusMargin | RateByAge
"""By which rule a delay bears."""

RATE_RULES: Final = (FixedPenaltyRate, ContractMultiple, ReferencePlusMargin, RateByAge)
