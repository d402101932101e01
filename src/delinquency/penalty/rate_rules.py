"""At which rate a delay bears: fixed, a multiple of the contract rate, reference plus margin, by age.

The one idea: a rule says what rate it is on a day, exactly. A product that is no whole number of 1e-8, a
rate below 0 and a day that a table does not cover are refused, never rounded, floored or guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

import attrs

from delinquency.amortisation.rate_changes import check_annual_rate
from delinquency.amortisation.reference_rates import ReferenceRates
from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate
from delinquency.rounding import Proportion
from delinquency.whole_numbers import check_least

__all__ = [
    "ContractMultiple",
    "FixedPenaltyRate",
    "PenaltyRate",
    "RateByAge",
    "ReferencePlusMargin",
    "checked_penalty_rate",
    "factor_of",
]

A = TypeVar("A")
B = TypeVar("B")

Factor = Proportion | Decimal | int | str
"""What a factor is written as; a :class:`~delinquency.rounding.Proportion` once it is kept."""


def factor_of(value: Factor, where: str) -> Proportion:
    """A factor, from a text or number, exactly.

    Examples
    --------
    >>> factor_of("1.5", "factor")
    Proportion(numerator=3, denominator=2)
    """
    if isinstance(value, Proportion):
        return value
    return Proportion.parse(value, where=where, field="factor")


def checked_penalty_rate(rate: object, where: str) -> Rate:
    """A rate of 0 or more.

    Raises
    ------
    InvalidTypeError
        No ``Rate``.
    InvalidValueError
        Below 0: a delay would be paid for by the lender.
    """
    if not isinstance(rate, Rate):
        raise InvalidTypeError.at(
            where, expected="a Rate", found=rate, hint='Write Rate.per_year("0.0435").'
        )
    if rate.scaled < 0:
        raise InvalidValueError.at(where, expected="a rate of 0 or more", found=str(rate))
    return rate


def _pairs(items: Iterable[tuple[A, B]], where: str, noun: str) -> tuple[tuple[A, B], ...]:
    if isinstance(items, (str, bytes)) or not isinstance(items, Iterable):
        raise InvalidTypeError.at(where, expected=f"pairs of {noun}", found=items)
    kept = tuple(items)
    for pair in kept:
        if not isinstance(pair, tuple) or len(pair) != 2:
            raise InvalidTypeError.at(where, expected=f"pairs of {noun}", found=pair)
    if not kept:
        raise InvalidValueError.at(where, expected=f"at least one pair of {noun}", found="none")
    return kept


def _check_dates(dates: Iterable[date], where: str) -> None:
    last: date | None = None
    for day in dates:
        day_number(day, where=where, field="date")
        if last is not None and day <= last:
            raise InvalidValueError.at(
                where,
                expected=f"a date after {last}",
                found=str(day),
                hint="Each date once, in order.",
            )
        last = day


@attrs.frozen(slots=True)
class FixedPenaltyRate:
    """A rate of its own, for ever or from day to day.

    Parameters
    ----------
    rates : Rate, or tuple of tuple of date and Rate
        One rate for every day; or rates by the day from which each holds, in order. Days before the
        first are not covered.

    Raises
    ------
    InvalidTypeError
        Neither; a ``datetime`` for a ``date``.
    InvalidValueError
        No rate, dates out of order, a rate below 0.

    Examples
    --------
    >>> print(FixedPenaltyRate(Rate.per_day("0.0005")).rates)
    0.05 % a day
    """

    rates: Rate | tuple[tuple[date, Rate], ...]

    def __attrs_post_init__(self) -> None:
        where = "fixed penalty rate"
        if isinstance(self.rates, Rate):
            checked_penalty_rate(self.rates, where)
            return
        kept = _pairs(self.rates, where, "a date and a Rate")
        for _, rate in kept:
            checked_penalty_rate(rate, where)
        object.__setattr__(self, "rates", kept)
        _check_dates((day for day, _ in self.rates), where)


@attrs.frozen(slots=True)
class ContractMultiple:
    """The contract rate of each day times a factor (合同利率上浮).

    Parameters
    ----------
    factors : Decimal, str, int or Proportion, or tuple of tuple of date and such a factor
        One factor for every day; or factors by the day from which each holds, in order.
    misuse_factor : Decimal, str, int or Proportion, optional
        The factor while the money is not used as agreed (挪用); the higher of the two holds, never both.

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
    >>> print(rule.factors, rule.misuse_factor)
    3/2 2/1
    """

    factors: Factor | tuple[tuple[date, Factor], ...]
    misuse_factor: Factor | None = None

    def __attrs_post_init__(self) -> None:
        where = "contract multiple"
        if self.misuse_factor is not None:
            object.__setattr__(
                self, "misuse_factor", factor_of(self.misuse_factor, f"{where}, misuse_factor")
            )
        if not isinstance(self.factors, tuple | list):
            object.__setattr__(self, "factors", factor_of(self.factors, where))
            return
        kept = _pairs(self.factors, where, "a date and a factor")
        parsed = tuple((day, factor_of(factor, where)) for day, factor in kept)
        object.__setattr__(self, "factors", parsed)
        _check_dates((day for day, _ in self.dated_factors), where)

    @property
    def dated_factors(self) -> tuple[tuple[date, Proportion], ...]:
        """The factors by date; empty where one holds for every day."""
        if not isinstance(self.factors, tuple):
            return ()
        return tuple((day, factor_of(factor, "contract multiple")) for day, factor in self.factors)

    @property
    def every_factor(self) -> tuple[Proportion, ...]:
        """The factors of late days, without that of misuse."""
        if isinstance(self.factors, Proportion):
            return (self.factors,)
        return tuple(factor for _, factor in self.dated_factors)


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
    tiers : tuple of tuple of int and Rate
        From which late day on, the first from day 1, ascending; day 1 is the due date itself. A new tier
        changes the rate of the days from then on, never of those before.

    Raises
    ------
    InvalidTypeError
        A day that is no ``int``, a rate that is no ``Rate``.
    InvalidValueError
        No tier, a first tier that is not from day 1, tiers out of order, a rate below 0.

    Examples
    --------
    >>> rule = RateByAge(((1, Rate.per_year("0.12")), (91, Rate.per_year("0.18"))))
    >>> print(rule.tiers[1][1])
    18 % a year
    """

    tiers: tuple[tuple[int, Rate], ...]

    def __attrs_post_init__(self) -> None:
        where = "rate by age"
        kept = _pairs(self.tiers, where, "a late day and a Rate")
        object.__setattr__(self, "tiers", kept)
        for number, (day, rate) in enumerate(self.tiers, start=1):
            place = f"{where}, tier {number}"
            check_least(day, place, least=1)
            checked_penalty_rate(rate, place)
            if number == 1 and day != 1:
                raise InvalidValueError.at(place, expected="late day 1", found=str(day))
            if number > 1 and day <= self.tiers[number - 2][0]:
                raise InvalidValueError.at(
                    place,
                    expected=f"a late day after {self.tiers[number - 2][0]}",
                    found=str(day),
                )


PenaltyRate = FixedPenaltyRate | ContractMultiple | ReferencePlusMargin | RateByAge
"""By which rule a delay bears."""

RATE_RULES: Final = (FixedPenaltyRate, ContractMultiple, ReferencePlusMargin, RateByAge)
