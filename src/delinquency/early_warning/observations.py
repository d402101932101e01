"""What was observed of one account, period by period.

The one idea: a history is a row of period ends and, for each observation, one value at each of them. What
nobody knows is ``None`` and stays so; no gap is closed and no value carried on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import pairwise
from types import MappingProxyType
from typing import Self

import attrs

from delinquency.calendar import day_number
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import CATALOGUE, ObservationTerm
from delinquency.early_warning.units import Unit, to_number, to_value
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id

__all__ = ["Observations", "checked_dates"]


def _kept_terms(items: Mapping[str, ObservationTerm]) -> Mapping[str, ObservationTerm]:
    return MappingProxyType(dict(items))


def _kept_numbers(
    items: Mapping[str, tuple[int | None, ...]],
) -> Mapping[str, tuple[int | None, ...]]:
    return MappingProxyType(dict(items))


@attrs.frozen(slots=True)
class Observations:
    """Observations of one account at the ends of its periods, oldest first.

    Made by ``observe``, ``observe_card``, ``observe_statements`` or :meth:`of`.

    Attributes
    ----------
    account_id : str
    dates : tuple of date
        The ends of the periods, in order; the last one is the day that signals speak of.
    currency : Currency or None
        Of amounts.
    terms : mapping of str to ObservationTerm
        By name, what the observations mean, and those that rules asked for.
    numbers : mapping of str to tuple of int or None
        By name, a whole number at each end: days, months, times, points, minor units, millionths, 0 or 1.
    """

    account_id: str
    dates: tuple[date, ...]
    currency: Currency | None
    terms: Mapping[str, ObservationTerm] = attrs.field(converter=_kept_terms)
    numbers: Mapping[str, tuple[int | None, ...]] = attrs.field(converter=_kept_numbers)

    @classmethod
    def of(
        cls,
        account_id: str,
        dates: Iterable[date],
        values: Mapping[str, Iterable[object]],
        *,
        currency: Currency | None = None,
        own_terms: Iterable[ObservationTerm] = (),
    ) -> Self:
        """Observations from values at the surface.

        Parameters
        ----------
        account_id : str
        dates : iterable of date
            The ends of the periods, in order, each once.
        values : mapping of str to iterable
            By name one value for each date: an ``int`` of days, months, times or points, a ``Decimal``
            [currency units] of an amount or of a share, a ``bool`` of a flag; ``None`` where nobody knows.
        currency : Currency, optional
            Needed where there are amounts.
        own_terms : iterable of ObservationTerm, optional
            Observations beside those of the catalogue.

        Raises
        ------
        InvalidTypeError
            Wrong types; a ``float``.
        InvalidValueError
            No date, dates out of order, a name that nobody declared, more or fewer values than dates, a value
            out of range.

        Examples
        --------
        >>> from decimal import Decimal
        >>> seen = Observations.of("A-1", [date(2025, 1, 31), date(2025, 2, 28)],
        ...     {"utilisation": [None, Decimal("0.8")]})
        >>> seen.value("utilisation"), seen.value("utilisation", date(2025, 1, 31))
        (Decimal('0.800000'), None)
        """
        check_id(account_id, where="observations, account_id")
        where = f"observations of {account_id!r}"
        ends = checked_dates(dates, where)
        if currency is not None and not isinstance(currency, Currency):
            raise InvalidTypeError.at(
                f"{where}, currency", expected="a Currency or None", found=currency
            )
        terms = {**CATALOGUE, **{term.name: term for term in own_terms}}
        if not isinstance(values, Mapping):
            raise InvalidTypeError.at(
                f"{where}, values", expected="a mapping of names to values", found=values
            )
        numbers: dict[str, tuple[int | None, ...]] = {}
        for name, column in values.items():
            if name not in terms:
                raise InvalidValueError.at(
                    where,
                    expected="an observation of the catalogue, or one that is declared",
                    found=repr(name),
                    hint=f"Declare it: own_terms=[ObservationTerm({name!r}, Unit.TIMES)].",
                )
            unit = terms[name].unit
            if isinstance(column, str) or not isinstance(column, Iterable):
                raise InvalidTypeError.at(
                    f"{where}, {name}", expected="one value for each date", found=column
                )
            numbers[name] = tuple(
                to_number(value, unit, currency=currency, where=f"{where}, {name} {place}")
                for place, value in enumerate(column, start=1)
            )
            if len(numbers[name]) != len(ends):
                raise InvalidValueError.at(
                    f"{where}, {name}",
                    expected=f"{len(ends)} values, one for each date",
                    found=str(len(numbers[name])),
                )
        return cls(account_id, ends, currency, {name: terms[name] for name in numbers}, numbers)

    @property
    def as_of(self) -> date:
        """The end of the last period."""
        return self.dates[-1]

    def value(self, name: str, on: date | None = None) -> object:
        """The value of an observation at the end of a period, or of the last; ``None`` if nobody knows.

        Raises
        ------
        InvalidValueError
            No such observation here; no end of a period.
        """
        if name not in self.numbers:
            raise InvalidValueError.at(
                f"observations of {self.account_id!r}",
                expected=f"one of {', '.join(self.numbers) or 'none'}",
                found=repr(name),
            )
        place = len(self.dates) - 1 if on is None else self.place_of(on)
        return to_value(self.numbers[name][place], self.unit(name), self.currency)

    def unit(self, name: str) -> Unit:
        """The unit of an observation that is here."""
        return self.terms[name].unit

    def place_of(self, on: date) -> int:
        """The place of the period that ends on a day, from 0.

        Raises
        ------
        InvalidValueError
            None does.
        """
        if on not in self.dates:
            raise InvalidValueError.at(
                f"observations of {self.account_id!r}",
                expected=f"the end of a period, from {self.dates[0]} to {self.dates[-1]}",
                found=str(on),
            )
        return self.dates.index(on)

    def up_to(self, on: date) -> Observations:
        """What was observed up to the end of a period, as if nothing had followed."""
        count = self.place_of(on) + 1
        return attrs.evolve(
            self,
            dates=self.dates[:count],
            numbers={name: column[:count] for name, column in self.numbers.items()},
        )

    def together_with(self, other: Observations) -> Observations:
        """The observations of both, of one account at the same dates.

        Raises
        ------
        InvalidTypeError
            Not observations.
        InvalidValueError
            Another account, other dates, another currency, or an observation in both.
        """
        if not isinstance(other, Observations):
            raise InvalidTypeError.at("observations", expected="Observations", found=other)
        where = f"observations of {self.account_id!r}"
        for field in ("account_id", "dates"):
            if getattr(other, field) != getattr(self, field):
                raise InvalidValueError.at(
                    f"{where}, {field}",
                    expected=f"{getattr(self, field)}",
                    found=f"{getattr(other, field)}",
                )
        if None not in (self.currency, other.currency) and self.currency != other.currency:
            raise InvalidValueError.at(
                f"{where}, currency", expected=str(self.currency), found=str(other.currency)
            )
        twice = sorted(set(self.numbers) & set(other.numbers))
        if twice:
            raise InvalidValueError.at(
                where, expected="each observation once", found=f"{', '.join(twice)} twice"
            )
        return Observations(
            self.account_id,
            self.dates,
            self.currency or other.currency,
            {**self.terms, **other.terms},
            {**self.numbers, **other.numbers},
        )


def checked_dates(dates: Iterable[date], where: str) -> tuple[date, ...]:
    """The ends of periods, in order and each once.

    Raises
    ------
    InvalidTypeError
        Not dates.
    InvalidValueError
        None, or some out of order.
    """
    if isinstance(dates, str) or not isinstance(dates, Iterable):
        raise InvalidTypeError.at(f"{where}, dates", expected="dates", found=dates)
    ends = tuple(dates)
    if not ends:
        raise InvalidValueError.at(f"{where}, dates", expected="at least one", found="none")
    for place, end in enumerate(ends, start=1):
        day_number(end, where=where, field=f"dates {place}")
    for before, after in pairwise(ends):
        if after <= before:
            raise InvalidValueError.at(
                f"{where}, dates",
                expected="ends of periods in order, each once",
                found=f"{after} after {before}",
            )
    return ends
