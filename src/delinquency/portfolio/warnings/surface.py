"""Columns of observations at the surface, turned into whole numbers.

The one idea: each way of storing a number is handled on purpose. Whole numbers are scaled; a float of an
amount has to be the nearest one to whole minor units, a float of a share is told to the millionth; NaN and
what a mask hides are unknown only where somebody said so; objects are read one by one, as for one account.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from typing import Any, NoReturn

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.currency import Currency
from delinquency.early_warning.catalogue import ObservationTerm, with_own_terms
from delinquency.early_warning.observation_checks import checked_dates
from delinquency.early_warning.units import Unit, to_number
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.portfolio.text_column import TextColumn
from delinquency.portfolio.warnings.conversion import narrowed
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import WIDE, range_of, unknown_of
from delinquency.sequences import checked_tuple

__all__ = ["checked_ids", "declared_terms", "panel_of_values", "whole_numbers"]

Array = npt.NDArray[Any]
Flags = npt.NDArray[np.bool_]
FLOAT = np.dtype("float64")
UNKNOWN = unknown_of(WIDE)


def declared_terms(
    names: Iterable[str], own_terms: Iterable[ObservationTerm], where: str
) -> dict[str, ObservationTerm]:
    """The terms of some observations, of the catalogue or declared.

    Raises
    ------
    InvalidTypeError
        Not terms.
    InvalidValueError
        A name that nobody declared.
    """
    terms = with_own_terms(own_terms, where)
    for name in names:
        if name not in terms:
            raise InvalidValueError.at(
                where,
                expected="an observation of the catalogue, or one that is declared",
                found=repr(name),
                hint=f"Declare it: own_terms=[ObservationTerm({name!r}, Unit.TIMES)].",
            )
    return {name: terms[name] for name in names}


def checked_ids(account_id: Iterable[str], where: str) -> tuple[str, ...]:
    """Ids of accounts in an order of their own, which the rows of columns follow.

    Raises
    ------
    InvalidTypeError
        A set or a mapping, which have none; what are no texts.
    """
    if isinstance(account_id, AbstractSet | Mapping):
        raise InvalidTypeError.at(
            f"{where}, account_id", expected="one for each row, in order", found=account_id
        )
    return checked_tuple(account_id, str, f"{where}, account_id")


def panel_of_values(
    account_id: Iterable[str],
    dates: Iterable[date],
    values: Mapping[str, object],
    currency: Currency | None,
    own_terms: Iterable[ObservationTerm],
    *,
    nan_is_unknown: bool,
) -> ObservationPanel:
    """A panel from columns at the surface; see :meth:`ObservationPanel.of`."""
    where = "observation panel"
    ends = checked_dates(dates, where)
    ids = checked_ids(account_id, where)
    if not isinstance(values, Mapping):
        raise InvalidTypeError.at(
            f"{where}, values", expected="a mapping of names to columns", found=values
        )
    if not isinstance(nan_is_unknown, bool):
        raise InvalidTypeError.at(
            f"{where}, nan_is_unknown", expected="a bool", found=nan_is_unknown
        )
    if currency is not None and not isinstance(currency, Currency):
        raise InvalidTypeError.at(
            f"{where}, currency", expected="a Currency or None", found=currency
        )
    terms = declared_terms(values, own_terms, where)
    numbers = {
        name: narrowed(
            np.ascontiguousarray(
                whole_numbers(
                    _shaped(column, name, (len(ids), len(ends))),
                    terms[name],
                    currency,
                    nan_is_unknown=nan_is_unknown,
                ).T
            )
        )
        for name, column in values.items()
    }
    return ObservationPanel(TextColumn.of(ids), ends, currency, terms, numbers)


def _shaped(column: object, name: str, shape: tuple[int, int]) -> Array:
    if not isinstance(column, np.ndarray) or column.shape != shape:
        found = str(column.shape) if isinstance(column, np.ndarray) else type(column).__name__
        _refuse(
            name,
            f"an array of {shape[0]} accounts by {shape[1]} periods",
            found,
            "A list of rows becomes one by np.array(rows).",
        )
    return column


def _refuse(name: str, expected: str, found: str, hint: str = "") -> NoReturn:
    raise PortfolioError.in_rows(
        f"observations.{name}", (), reason="wrong_type", expected=expected, found=found, hint=hint
    )


@attrs.frozen(slots=True)
class _Place:
    """One observation, where something may be wrong."""

    name: str

    def refuse_where(
        self, wrong: Flags, given: Array, reason: str, expected: str, hint: str = ""
    ) -> None:
        """Refuse the rows in which something is wrong."""
        if not wrong.any():
            return
        first = tuple(int(part[0]) for part in np.nonzero(wrong))
        raise PortfolioError.in_rows(
            f"observations.{self.name}",
            np.flatnonzero(wrong.reshape(len(wrong), -1).any(axis=1)),
            reason=reason,
            expected=expected,
            found=str(given[first]),
            hint=hint,
        )


def whole_numbers(
    column: Array, term: ObservationTerm, currency: Currency | None, *, nan_is_unknown: bool
) -> npt.NDArray[np.int64]:
    """The whole numbers that stand for a column at the surface, of one dimension or two.

    Raises
    ------
    InvalidTypeError
        No currency where there are amounts.
    PortfolioError
        A type that holds no such observation; NaN; a number out of range, not whole, or finer than the
        minor unit.
    """
    place, unit = _Place(term.name), term.unit
    if unit is Unit.AMOUNT and currency is None:
        raise InvalidTypeError.at(
            f"observation panel, {term.name}",
            expected="the currency of the amounts",
            found=None,
            hint="Say currency=...",
        )
    hidden = np.ma.getmaskarray(column)
    given = np.ma.getdata(column)
    if given.dtype == np.object_:
        numbers = _of_objects(given, hidden, term, currency)
    else:
        _check_type(place, unit, given.dtype)
        if given.dtype.kind == "f":
            # Short floats have no room for the ends of what is in range.
            given = given.astype(FLOAT, copy=False)
            missing = np.isnan(given) & ~hidden
            if not nan_is_unknown:
                hint = "Say nan_is_unknown=True where it means that nobody knows."
                place.refuse_where(missing, given, "nan", "numbers", hint)
            hidden = hidden | missing
        given = np.where(hidden, given.dtype.type(0), given)
        numbers = _of_numbers(place, given, term, unit.scale(currency))
    numbers[hidden] = UNKNOWN
    return numbers


def _check_type(place: _Place, unit: Unit, kind: np.dtype[Any]) -> None:
    """Refuse a type that holds no such observation."""
    if kind.kind not in "biuf" or (kind.kind == "b" and unit is not Unit.FLAG):
        expected = "bool, 0 or 1" if unit is Unit.FLAG else "whole numbers, floats or objects"
        _refuse(place.name, expected, str(kind))
    if kind.kind == "f" and kind != FLOAT and unit is Unit.AMOUNT:
        _refuse(
            place.name,
            "floats of 64 bits",
            str(kind),
            "Shorter ones hold too few amounts: read them as decimals at the source.",
        )


def _of_objects(
    given: Array, hidden: Flags, term: ObservationTerm, currency: Currency | None
) -> npt.NDArray[np.int64]:
    numbers = np.full(given.shape, UNKNOWN, dtype=np.int64)
    for at in zip(*(part.tolist() for part in np.nonzero(~hidden)), strict=True):
        where = f"observations.{term.name}, row {at[0]}"
        number = to_number(given[at], term.unit, currency=currency, where=where)
        numbers[at] = UNKNOWN if number is None else number
    return numbers


def _of_numbers(
    place: _Place, given: Array, term: ObservationTerm, scale: int
) -> npt.NDArray[np.int64]:
    """Whole numbers of booleans, whole numbers or floats, none of them NaN."""
    unit, kind = term.unit, given.dtype.kind
    least, most = range_of(unit)
    low, high = -(-least // scale), most // scale
    place.refuse_where(
        (given < low) | (given > high), given, "out_of_range", f"from {low:,} to {high:,}"
    )
    if kind != "f":
        return np.multiply(given, scale, dtype=np.int64, casting="unsafe")
    scaled = np.rint(given * scale)
    if unit is not Unit.SHARE:
        expected = "whole numbers"
        if unit is Unit.AMOUNT:
            expected = "floats that are the nearest to an amount in whole minor units"
        place.refuse_where(
            scaled / scale != given, given, "not_whole", expected, "Round them yourself."
        )
    numbers: npt.NDArray[np.int64] = scaled.astype(np.int64)
    return numbers
