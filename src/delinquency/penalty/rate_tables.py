"""Rates by date, factors by date and rates by age, as rows that each have a name.

A clause is written as pairs and read years later. The one idea: a pair is taken at the door and kept as a
small record whose fields say what they are, so that a document or a message needs no legend.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias, TypeVar, cast

import attrs

from delinquency.calendar import FIRST_DAY, Day, check_days, day_number, to_date
from delinquency.dated_rates import DatedRate
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate
from delinquency.rounding import Proportion

__all__ = [
    "ALWAYS_FROM",
    "DatedFactor",
    "Factor",
    "RateTier",
    "checked_penalty_rate",
    "dated_factors",
    "factor_of",
    "fixed_rates",
    "rate_tiers",
]

ALWAYS_FROM: Final = to_date(FIRST_DAY)
"""The first day that the calendar knows: what holds from it holds on every day."""

Factor: TypeAlias = Proportion | Decimal | int | str
"""What a factor is written as; a :class:`~delinquency.rounding.Proportion` once it is kept."""

R = TypeVar("R", "DatedRate", "DatedFactor", "RateTier")


def factor_of(value: Factor, where: str) -> Proportion:
    """A factor, from a text or number, exactly.

    Raises
    ------
    InvalidTypeError
        A ``float``, or anything else that is no factor.
    InvalidValueError
        Below 0, or in another notation.

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


def _factor(value: Factor) -> Proportion:
    return factor_of(value, "dated factor")


@attrs.frozen(slots=True)
class DatedFactor:
    """From a day on, this factor; the day itself bears it.

    Parameters
    ----------
    effective_on : date
    factor : Proportion
        Taken from a text, a ``Decimal`` or an ``int`` as well; 0 or more.

    Raises
    ------
    InvalidTypeError
        A ``float``; a ``datetime`` for a ``date``.
    InvalidValueError
        A factor below 0.

    Examples
    --------
    >>> print(DatedFactor(date(2004, 1, 1), "1.5").factor)
    3/2
    """

    effective_on: date
    factor: Proportion = attrs.field(converter=_factor)

    def __attrs_post_init__(self) -> None:
        day_number(self.effective_on, where="dated factor", field="effective_on")

    @property
    def day(self) -> Day:
        """``effective_on`` as a day number."""
        return day_number(self.effective_on, where="dated factor", field="effective_on")


@attrs.frozen(slots=True)
class RateTier:
    """From a late day of the instalment on, this rate; the day itself bears it.

    Parameters
    ----------
    from_day : int
        From 1, which is the due date itself [late days].
    rate : Rate
        0 or more.

    Raises
    ------
    InvalidTypeError
        A day that is no ``int``; no ``Rate``.
    InvalidValueError
        A day before 1; a rate below 0.

    Examples
    --------
    >>> RateTier(91, Rate.per_year("0.18")).from_day
    91
    """

    from_day: int
    rate: Rate

    def __attrs_post_init__(self) -> None:
        check_days(self.from_day, "rate tier, from_day", least=1)
        checked_penalty_rate(self.rate, "rate tier, rate")


def fixed_rates(items: Rate | Iterable[DatedRate | tuple[date, Rate]]) -> tuple[DatedRate, ...]:
    """Rates of a clause by date; one ``Rate`` alone holds from :data:`ALWAYS_FROM` on.

    Raises
    ------
    InvalidTypeError
        Neither a rate nor dated rates nor pairs of a date and a Rate.
    InvalidValueError
        No rate, dates out of order, a rate below 0.
    """
    where = "fixed penalty rate"
    if isinstance(items, Rate):
        items = (DatedRate(ALWAYS_FROM, items),)
    kept = _rows(items, DatedRate, where, "a date and a Rate")
    for row in kept:
        checked_penalty_rate(row.rate, where)
    _check_ascending([row.effective_on for row in kept], where, "a date after")
    return kept


def dated_factors(
    items: Factor | Iterable[DatedFactor | tuple[date, Factor]],
) -> tuple[DatedFactor, ...]:
    """Factors of a clause by date; one factor alone holds from :data:`ALWAYS_FROM` on.

    Raises
    ------
    InvalidTypeError
        Neither a factor nor dated factors nor pairs of a date and a factor.
    InvalidValueError
        No factor, dates out of order, a factor below 0.
    """
    where = "contract multiple"
    if not isinstance(items, tuple | list):
        factor = factor_of(cast("Factor", items), where)
        items = (DatedFactor(ALWAYS_FROM, factor),)
    kept = _rows(items, DatedFactor, where, "a date and a factor")
    _check_ascending([row.effective_on for row in kept], where, "a date after")
    return kept


def rate_tiers(items: Iterable[RateTier | tuple[int, Rate]]) -> tuple[RateTier, ...]:
    """Rates by age in order, the first from late day 1.

    Raises
    ------
    InvalidTypeError
        Neither tiers nor pairs of a late day and a Rate.
    InvalidValueError
        No tier, a first one that is not from day 1, tiers out of order, a rate below 0.
    """
    where = "rate by age"
    kept = _rows(items, RateTier, where, "a late day and a Rate")
    if kept[0].from_day != 1:
        raise InvalidValueError.at(
            f"{where}, tier 1", expected="late day 1", found=str(kept[0].from_day)
        )
    _check_ascending([row.from_day for row in kept], where, "a late day after")
    return kept


def _rows(
    items: Iterable[R | tuple[Any, Any]], kind: type[R], where: str, noun: str
) -> tuple[R, ...]:
    """Rows of a class, each given as such or as a pair of its fields."""
    if isinstance(items, (str, bytes)) or not isinstance(items, Iterable):
        raise InvalidTypeError.at(where, expected=f"rows of {noun}", found=items)
    kept = tuple(_row(item, kind, f"{where}, row {n}", noun) for n, item in enumerate(items, 1))
    if not kept:
        raise InvalidValueError.at(where, expected=f"at least one {kind.__name__}", found="none")
    return kept


def _row(item: R | tuple[Any, Any], kind: type[R], where: str, noun: str) -> R:
    if isinstance(item, kind):
        return item
    if not isinstance(item, tuple) or len(item) != 2:
        raise InvalidTypeError.at(
            where, expected=f"a {kind.__name__}, or a pair of {noun}", found=item
        )
    try:
        return kind(*item)
    except (InvalidTypeError, InvalidValueError) as error:
        raise error.within(where) from None


def _check_ascending(starts: list[Any], where: str, expected: str) -> None:
    for number in range(1, len(starts)):
        if starts[number] <= starts[number - 1]:
            raise InvalidValueError.at(
                f"{where}, row {number + 1}",
                expected=f"{expected} {starts[number - 1]}",
                found=str(starts[number]),
                hint="Each once, in order.",
            )
