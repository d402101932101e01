"""What was observed of one account, period by period.

The one idea: a history is a row of period ends and, for each observation, one value at each of them. What
nobody knows is ``None`` and stays so; no gap is closed and no value carried on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Self

import attrs

from delinquency.calendar import day_number
from delinquency.currency import Currency
from delinquency.early_warning.catalogue import ObservationTerm, with_own_terms
from delinquency.early_warning.observation_checks import (
    check_beside,
    check_column,
    check_name,
    check_same_dates,
    check_terms,
    checked_dates,
    in_order,
    kept_mapping,
)
from delinquency.early_warning.units import Unit, to_number, to_value
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id

__all__ = ["Observations"]


def _kept_dates(items: Iterable[date]) -> tuple[date, ...]:
    return checked_dates(items, "observations")


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

    Raises
    ------
    InvalidTypeError
        Wrong types; an amount without a currency.
    InvalidValueError
        No date, dates out of order, a name without its term, more or fewer numbers than dates, a number out
        of range.
    """

    account_id: str
    dates: tuple[date, ...] = attrs.field(converter=_kept_dates)
    currency: Currency | None
    terms: Mapping[str, ObservationTerm] = attrs.field(converter=kept_mapping, hash=False)
    numbers: Mapping[str, tuple[int | None, ...]] = attrs.field(converter=kept_mapping, hash=False)

    def __attrs_post_init__(self) -> None:
        check_id(self.account_id, where="observations, account_id")
        where = f"observations of {self.account_id!r}"
        if self.currency is not None and not isinstance(self.currency, Currency):
            raise InvalidTypeError.at(
                f"{where}, currency", expected="a Currency or None", found=self.currency
            )
        check_terms(self.terms, where)
        for name, column in self.numbers.items():
            check_column(name, column, self.terms, len(self.dates), where)
            self._check_money(name, where)

    def __repr__(self) -> str:
        return (
            f"Observations({self.account_id!r}, {len(self.dates)} periods to {self.as_of}, "
            f"{', '.join(self.numbers) or 'no observation'})"
        )

    def _check_money(self, name: str, where: str) -> None:
        is_known = any(number is not None for number in self.numbers[name])
        if is_known and self.terms[name].unit is Unit.AMOUNT and self.currency is None:
            raise InvalidTypeError.at(
                f"{where}, {name}",
                expected="the currency of the amounts",
                found=None,
                hint="Say currency=...",
            )

    def __reduce__(self) -> tuple[Callable[..., Observations], tuple[Any, ...]]:
        # A view of a mapping cannot be written; what it shows can.
        return Observations, (
            self.account_id,
            self.dates,
            self.currency,
            dict(self.terms),
            dict(self.numbers),
        )

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
                f"{where}, currency",
                expected="a Currency or None",
                found=currency,
                hint='Write Currency.of("CNY").',
            )
        terms = with_own_terms(own_terms, where)
        if not isinstance(values, Mapping):
            raise InvalidTypeError.at(
                f"{where}, values", expected="a mapping of names to values", found=values
            )
        numbers: dict[str, tuple[int | None, ...]] = {}
        for name, column in values.items():
            check_name(name, terms, where)
            numbers[name] = tuple(
                to_number(
                    value, terms[name].unit, currency=currency, where=f"{where}, {name} {place}"
                )
                for place, value in enumerate(in_order(column, f"{where}, {name}"), start=1)
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
        InvalidTypeError
            No text, or no date.
        InvalidValueError
            No such observation here; no end of a period.
        """
        self._check_here(name, self.numbers)
        place = len(self.dates) - 1 if on is None else self.place_of(on)
        return to_value(self.numbers[name][place], self.unit(name), self.currency)

    def unit(self, name: str) -> Unit:
        """The unit of an observation that is here.

        Raises
        ------
        InvalidTypeError
            No text.
        InvalidValueError
            No such observation here.
        """
        self._check_here(name, self.terms)
        return self.terms[name].unit

    def _check_here(self, name: str, here: Mapping[str, object]) -> None:
        where = f"observations of {self.account_id!r}"
        check_id(name, where=where)
        if name not in here:
            raise InvalidValueError.at(
                where, expected=f"one of {', '.join(here) or 'none'}", found=repr(name)
            )

    def place_of(self, on: date) -> int:
        """The place of the period that ends on a day, from 0.

        Raises
        ------
        InvalidTypeError
            No date.
        InvalidValueError
            None does.
        """
        day_number(on, where=f"observations of {self.account_id!r}", field="on")
        if on not in self.dates:
            raise InvalidValueError.at(
                f"observations of {self.account_id!r}",
                expected=f"the end of a period, from {self.dates[0]} to {self.dates[-1]}",
                found=str(on),
            )
        return self.dates.index(on)

    def up_to(self, on: date) -> Observations:
        """What was observed up to the end of a period, as if nothing had followed.

        Raises as :meth:`place_of`.
        """
        count = self.place_of(on) + 1
        return attrs.evolve(
            self,
            dates=self.dates[:count],
            numbers={name: column[:count] for name, column in self.numbers.items()},
        )

    def to_frame(self, backend: str = "pandas") -> Any:
        """One row a period, as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

        Its columns are those of :func:`~delinquency.frames.early_warning_frames.observations_to_frame`.

        Raises
        ------
        MissingExtraError
            The backend is not installed.
        """
        from delinquency import frames

        return frames.observations_to_frame(self, backend)

    def together_with(self, other: Observations) -> Observations:
        """The observations of both, of one account at the same dates.

        Raises
        ------
        InvalidTypeError
            Not observations.
        InvalidValueError
            Another account, other dates, another currency, an observation in both, or in two units.
        """
        if not isinstance(other, Observations):
            raise InvalidTypeError.at("observations", expected="Observations", found=other)
        where = f"observations of {self.account_id!r}"
        if other.account_id != self.account_id:
            raise InvalidValueError.at(
                f"{where}, account_id",
                expected=repr(self.account_id),
                found=repr(other.account_id),
                hint="Find the account by its id: panel.account(panel.row_of(account_id)).",
            )
        check_same_dates(self.dates, other.dates, f"{where}, dates")
        check_beside((self.currency, other.currency), (self.numbers, other.numbers), where)
        for name in set(self.terms) & set(other.terms):
            if self.terms[name].unit is not other.terms[name].unit:
                raise InvalidValueError.at(
                    f"{where}, {name}",
                    expected=f"the unit {self.terms[name].unit.value}",
                    found=other.terms[name].unit.value,
                )
        return Observations(
            self.account_id,
            self.dates,
            self.currency or other.currency,
            {**self.terms, **other.terms},
            {**self.numbers, **other.numbers},
        )
