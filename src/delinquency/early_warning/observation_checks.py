"""What observations are checked for at the door: dates in order, names that are known, numbers in range."""

# What is recognised at run time has items of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from difflib import get_close_matches
from itertools import pairwise, zip_longest
from types import MappingProxyType
from typing import Any

from delinquency.calendar import day_number
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.units import MOST, Unit
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id

__all__ = [
    "check_beside",
    "check_column",
    "check_name",
    "check_same_dates",
    "check_terms",
    "checked_dates",
    "in_order",
    "kept_mapping",
]


def kept_mapping(items: Mapping[str, Any]) -> Mapping[str, Any]:
    """Terms or numbers by name, as nobody can write to them.

    Raises
    ------
    InvalidTypeError
        No mapping.
    """
    if not isinstance(items, Mapping):
        raise InvalidTypeError.at(
            "observations, terms and numbers", expected="a mapping by name", found=items
        )
    return MappingProxyType(dict(items))


def check_same_dates(dates: Iterable[date], others: Iterable[date], where: str) -> None:
    """Refuse ends of other periods.

    Raises
    ------
    InvalidValueError
        It names the first end that differs.
    """
    for one, other in zip_longest(dates, others):
        if one != other:
            raise InvalidValueError.at(
                where,
                expected="the same ends of periods",
                found=f"{other or 'no end'} where there is {one or 'none'}",
                hint="Put every period in, with None for what nobody knows.",
            )


def check_beside(
    currencies: tuple[Currency | None, Currency | None],
    names: tuple[Iterable[str], Iterable[str]],
    where: str,
) -> None:
    """Refuse two groups of observations that cannot stand together: two currencies, or one of them twice.

    Raises
    ------
    InvalidValueError
        The first of these.
    """
    if None not in currencies and currencies[0] != currencies[1]:
        raise InvalidValueError.at(
            f"{where}, currency", expected=str(currencies[0]), found=str(currencies[1])
        )
    twice = sorted(set(names[0]) & set(names[1]))
    if twice:
        raise InvalidValueError.at(
            where,
            expected="each observation once",
            found=f"{', '.join(twice)} twice",
            hint="Leave it out of one of them.",
        )


def check_terms(terms: Mapping[str, object], where: str) -> None:
    """Refuse what is no term, or that of another name.

    Raises
    ------
    InvalidTypeError
        The first of them.
    """
    for name, term in terms.items():
        if not isinstance(term, ObservationTerm) or term.name != name:
            raise InvalidTypeError.at(
                f"{where}, terms", expected=f"the ObservationTerm of {name!r}", found=term
            )


def check_column(
    name: str,
    column: object,
    terms: Mapping[str, ObservationTerm],
    periods: int,
    where: str,
) -> None:
    """Refuse whole numbers of an observation that are not one for each period, or out of range.

    Raises
    ------
    InvalidValueError
        The column, or its first number.
    """
    if name not in terms:
        raise InvalidValueError.at(
            where, expected="a term for each observation", found=f"none of {name!r}"
        )
    if not isinstance(column, tuple) or len(column) != periods:
        raise InvalidValueError.at(
            f"{where}, {name}",
            expected=f"a tuple of {periods} numbers, one for each date",
            found=str(len(column)) if isinstance(column, tuple) else column,
        )
    unit = terms[name].unit
    least, most = unit.least, 1 if unit is Unit.FLAG else MOST
    for number in column:
        if number is not None and (type(number) is not int or not least <= number <= most):
            raise InvalidValueError.at(
                f"{where}, {name}",
                expected=f"whole numbers from {least:,} to {most:,}, or None",
                found=number,
            )


def in_order(items: Iterable[object], where: str) -> Iterable[Any]:
    """An iterable that has an order of its own: no text, no set, no mapping.

    Raises
    ------
    InvalidTypeError
        Something else.
    """
    if isinstance(items, str | bytes | bytearray | AbstractSet | Mapping) or not isinstance(
        items, Iterable
    ):
        raise InvalidTypeError.at(where, expected="one for each period, in order", found=items)
    return items


def check_name(name: object, terms: Mapping[str, ObservationTerm], where: str) -> None:
    """Refuse a name that nobody declared; the nearest one is suggested.

    Raises
    ------
    InvalidTypeError
        No text.
    InvalidValueError
        No observation.
    """
    check_id(name, where=f"{where}, values")
    if name not in terms:
        near = get_close_matches(str(name), terms, n=1)
        declared = f"Declare it: own_terms=[ObservationTerm({name!r}, Unit.TIMES)]."
        raise InvalidValueError.at(
            where,
            expected="an observation of the catalogue, or one that is declared",
            found=repr(name),
            hint=f"Did you mean {near[0]!r}? If not: {declared}" if near else declared,
        )


def checked_dates(dates: Iterable[date], where: str) -> tuple[date, ...]:
    """The ends of periods, in order, each once.

    Raises
    ------
    InvalidTypeError
        No dates.
    InvalidValueError
        None; out of order; two of one day.
    """
    ends = tuple(in_order(dates, f"{where}, dates"))
    if not ends:
        raise InvalidValueError.at(f"{where}, dates", expected="at least one", found="none")
    for place, end in enumerate(ends, start=1):
        day_number(end, where=where, field=f"date {place}")
    for before, after in pairwise(ends):
        if after <= before:
            raise InvalidValueError.at(
                f"{where}, dates",
                expected="ends of periods in order, each once",
                found=f"{after} after {before}",
            )
    return ends
