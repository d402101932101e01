"""Whether columns make a panel of observations: shapes, types, ids, and numbers in range."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.currency import Currency
from delinquency.early_warning.observation_checks import check_terms, checked_dates
from delinquency.early_warning.units import MOST, Unit
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.portfolio.problems import id_problems
from delinquency.portfolio.text_column import TextColumn

if TYPE_CHECKING:
    from delinquency.portfolio.warnings.panel import ObservationPanel

__all__ = ["NARROW", "WIDE", "check_heads", "checked_numbers", "range_of", "unknown_of"]

NARROW = np.dtype(np.int32)
WIDE = np.dtype(np.int64)
ACCOUNTS_AT_ONCE = 32_768
"""Accounts whose numbers of a period are looked at together, while they are at hand."""
MOST_PERIODS = 32_000
"""Places of periods take 16 bits."""


def unknown_of(dtype: np.dtype[Any]) -> int:
    """The number that stands for what nobody knows, in a column of this type: the least there is."""
    return int(np.iinfo(dtype).min)


def check_heads(panel: ObservationPanel) -> None:
    """Refuse a panel for its ids, its dates, its currency or its terms.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Dates out of order; terms of other observations.
    PortfolioError
        No account, an id twice, or too many periods.
    """
    where = "observation panel"
    if not isinstance(panel.account_id, TextColumn):
        raise InvalidTypeError.at(
            f"{where}, account_id",
            expected="a TextColumn",
            found=panel.account_id,
            hint="TextColumn.of(ids) makes one; ObservationPanel.of takes ids.",
        )
    object.__setattr__(panel, "dates", checked_dates(panel.dates, where))
    if panel.currency is not None and not isinstance(panel.currency, Currency):
        raise InvalidTypeError.at(
            f"{where}, currency", expected="a Currency or None", found=panel.currency
        )
    check_terms(panel.terms, where)
    if set(panel.terms) != set(panel.numbers):
        raise InvalidValueError.at(
            f"{where}, terms",
            expected=f"a term for each of {', '.join(panel.numbers) or 'no observation'}",
            found=", ".join(panel.terms) or "none",
        )
    if not len(panel.account_id):
        raise PortfolioError.in_rows(
            "observations", (), reason="empty_panel", expected="at least one account", found="none"
        )
    if len(panel.dates) > MOST_PERIODS:
        raise PortfolioError.in_rows(
            "observations.dates",
            (),
            reason="too_many_periods",
            expected=f"at most {MOST_PERIODS:,} periods",
            found=f"{len(panel.dates):,}",
        )
    for problem in id_problems("observations.account_id", panel.account_id, len(panel)):
        raise problem.error()


def checked_numbers(panel: ObservationPanel, name: str) -> tuple[int, bool]:
    """How far from 0 the numbers of an observation are, and whether one is unknown.

    Raises
    ------
    InvalidTypeError
        Amounts without a currency.
    PortfolioError
        An array of another shape or type, or a number out of range.
    """
    column, place = panel.numbers[name], f"observations.{name}"
    shape = (len(panel.dates), len(panel))
    # What a mask hides would be taken for known.
    is_array = isinstance(column, np.ndarray) and not np.ma.isMaskedArray(column)
    if not is_array or column.dtype not in (NARROW, WIDE) or column.shape != shape:
        raise PortfolioError.in_rows(
            place,
            (),
            reason="wrong_type",
            expected=f"an int32 or int64 array of {shape[0]} periods by {shape[1]} accounts",
            found=f"{column.dtype} of {column.shape}" if is_array else type(column).__name__,
            hint="ObservationPanel.of takes columns at the surface, accounts by periods.",
        )
    unknown, unit = unknown_of(column.dtype), panel.terms[name].unit
    if unit is Unit.AMOUNT and panel.currency is None:
        raise InvalidTypeError.at(
            f"observation panel, {name}",
            expected="the currency of the amounts",
            found=None,
            hint="Say currency=...",
        )
    farthest, is_gappy = 0, False
    least, most = range_of(unit)
    for row, numbers in enumerate(column):
        lowest, highest, has_gap = _ends_of(numbers, unknown)
        if lowest < least or highest > most:
            raise _out_of_range(place, unit, numbers, panel.dates[row])
        farthest = max(farthest, highest, -lowest)
        is_gappy = is_gappy or has_gap
    return farthest, is_gappy


def _ends_of(numbers: npt.NDArray[Any], unknown: int) -> tuple[int, int, bool]:
    """The least and the greatest number that is known, 0 among them, and whether one is unknown."""
    lowest, highest, has_gap = 0, 0, False
    for first in range(0, len(numbers), ACCOUNTS_AT_ONCE):
        part = numbers[first : first + ACCOUNTS_AT_ONCE]
        low, high = int(part.min()), int(part.max())
        if low == unknown:
            has_gap = True
            if high == unknown:
                continue
            # One less than the least number of a type is the greatest: what is unknown is out of the way.
            low = int((part - 1).min()) + 1
        lowest, highest = min(lowest, low), max(highest, high)
    return lowest, highest, has_gap


def _out_of_range(place: str, unit: Unit, numbers: npt.NDArray[Any], on: date) -> PortfolioError:
    least, most = range_of(unit)
    is_known = numbers != unknown_of(numbers.dtype)
    rows = np.flatnonzero(is_known & ((numbers < least) | (numbers > most)))
    return PortfolioError.in_rows(
        place,
        rows,
        reason="out_of_range",
        expected=f"from {least:,} to {most:,}",
        found=f"{numbers[rows[0]]} on {on}",
    )


def range_of(unit: Unit) -> tuple[int, int]:
    """The least and the greatest whole number of a unit."""
    return unit.least, 1 if unit is Unit.FLAG else MOST
