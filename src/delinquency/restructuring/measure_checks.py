"""What measures check alike: counts of instalments, components, an amount or a share, a rate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from delinquency.amortisation.rate_changes import check_annual_rate
from delinquency.amounts import check_amount
from delinquency.component import Component
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id
from delinquency.rates import Rate
from delinquency.rounding import Proportion
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = [
    "as_charge_ids",
    "as_components",
    "check_charge_ids",
    "check_count",
    "check_distinct",
    "check_one",
    "check_part",
    "check_rate",
    "check_share",
]

MOST_INSTALMENTS: Final = 1200
"""As many as a table of instalments may have."""


def as_components(items: Iterable[Component]) -> tuple[Component, ...]:
    """Components as a tuple.

    Raises
    ------
    InvalidTypeError
        Not components.
    """
    return checked_tuple(items, Component, "measure, components")


def as_charge_ids(items: Iterable[str] | None) -> tuple[str, ...] | None:
    """Ids of charges as a tuple; ``None`` stays.

    Raises
    ------
    InvalidTypeError
        Not texts; one text in place of several.
    """
    return None if items is None else checked_tuple(items, str, "measure, charge_ids")


def check_charge_ids(
    charge_ids: tuple[str, ...] | None, components: tuple[Component, ...], where: str
) -> None:
    """Refuse no charges, one twice, and a component that no charge has.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        So.
    """
    if charge_ids is None:
        return
    for charge_id in charge_ids:
        check_id(charge_id, where=f"{where}, charge_ids")
    if not charge_ids or len(set(charge_ids)) < len(charge_ids):
        raise InvalidValueError.at(
            f"{where}, charge_ids",
            expected="at least one charge, each once",
            found=", ".join(charge_ids) or "none",
        )
    if not set(components) <= {Component.FEES, Component.PENALTY}:
        raise InvalidValueError.at(
            f"{where}, components",
            expected="fees, penalty or both, which are all that charges have",
            found=", ".join(each.value for each in components),
        )


def check_count(value: int, where: str) -> None:
    """Refuse what is no count of instalments.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No whole number from 1 to 1200.
    """
    check_int(value, where)
    if not 1 <= value <= MOST_INSTALMENTS:
        raise InvalidValueError.at(where, expected=f"1 to {MOST_INSTALMENTS}", found=str(value))


def check_part(amount: object, share: object, where: str) -> None:
    """One of an amount above 0 and a share above 0 and at most 1."""
    if (amount is None) == (share is None):
        raise InvalidValueError.at(
            where,
            expected="an amount or a share, and not both",
            found="both" if amount is not None else "neither",
        )
    if amount is not None:
        check_amount(amount, where=f"{where}, amount", positive=True)
    else:
        check_share(share, where)


def check_share(share: object, where: str) -> None:
    """Refuse what is no share of something.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No ``Proportion``; 0 or less, or more than 1.
    """
    if not isinstance(share, Proportion):
        raise InvalidTypeError.at(
            f"{where}, share",
            expected="a Proportion",
            found=share,
            hint='Write Proportion.parse("0.5").',
        )
    if not 0 < share.numerator <= share.denominator:
        raise InvalidValueError.at(
            f"{where}, share", expected="more than 0 and at most 1", found=str(share)
        )


def check_distinct(components: tuple[Component, ...], where: str) -> None:
    """Refuse no components, and one twice.

    Raises
    ------
    InvalidValueError
        So.
    """
    if not components or len(set(components)) < len(components):
        raise InvalidValueError.at(
            where,
            expected="at least one component, each once",
            found=", ".join(each.value for each in components) or "none",
        )


def check_one(components: tuple[Component, ...], where: str) -> None:
    """Refuse an amount of several components, which would not say how much of each.

    Raises
    ------
    InvalidValueError
        More than one.
    """
    if len(components) > 1:
        raise InvalidValueError.at(
            f"{where}, amount",
            expected="one component beside an amount",
            found=str(len(components)),
        )


def check_rate(rate: object, where: str) -> None:
    """Refuse what is no rate per year of 0 or more.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Another type; below 0, or not per year.
    """
    if not isinstance(rate, Rate):
        raise InvalidTypeError.at(
            f"{where}, annual_rate",
            expected="a Rate",
            found=rate,
            hint='Write Rate.per_year("0.0435").',
        )
    check_annual_rate(rate, where)
    if rate.scaled < 0:
        raise InvalidValueError.at(f"{where}, annual_rate", expected="0 or more", found=str(rate))
