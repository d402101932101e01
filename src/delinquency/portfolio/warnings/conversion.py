"""Observations of accounts, laid out as columns."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.catalogue import ObservationTerm
from delinquency.early_warning.observations import Observations
from delinquency.errors import PortfolioError
from delinquency.portfolio.text_column import TextColumn
from delinquency.portfolio.warnings.panel import ObservationPanel
from delinquency.portfolio.warnings.panel_checks import NARROW, WIDE, unknown_of
from delinquency.sequences import checked_tuple

__all__ = ["narrowed", "panel_of_accounts"]


def panel_of_accounts(observations: Iterable[Observations]) -> ObservationPanel:
    """Lay observations out; see :meth:`ObservationPanel.from_accounts`."""
    kept = checked_tuple(observations, Observations, "observations")
    if not kept:
        raise PortfolioError.in_rows(
            "observations", (), reason="empty_panel", expected="at least one account", found="none"
        )
    dates = tuple(sorted({end for each in kept for end in each.dates}))
    terms = _terms(kept)
    numbers = {name: _column(kept, name, dates) for name in terms}
    _check_one(kept)
    return ObservationPanel(
        TextColumn.of(each.account_id for each in kept),
        dates,
        next((each.currency for each in kept if each.currency is not None), None),
        terms,
        numbers,
    )


def _check_one(kept: Sequence[Observations]) -> None:
    known = [each.currency for each in kept if each.currency is not None]
    rows = [
        row
        for row, each in enumerate(kept)
        if each.currency is not None and each.currency != known[0]
    ]
    if rows:
        raise PortfolioError.in_rows(
            "observations.currency",
            rows,
            reason="mixed_currency",
            expected=f"one currency, {known[0].code}",
            found=", ".join(sorted({each.code for each in known})),
            hint="Make one panel for each currency.",
        )


def _terms(kept: Sequence[Observations]) -> dict[str, ObservationTerm]:
    """The terms of what was observed, in the order in which they are first met."""
    found: dict[str, ObservationTerm] = {}
    for row, each in enumerate(kept):
        for name in each.numbers:
            term = found.setdefault(name, each.terms[name])
            if term.unit is not each.terms[name].unit:
                raise PortfolioError.in_rows(
                    f"observations.{name}",
                    (row,),
                    reason="mixed_unit",
                    expected=f"the unit {term.unit.value}, as in the rows before",
                    found=each.terms[name].unit.value,
                )
    return found


def _column(kept: Sequence[Observations], name: str, dates: Sequence[date]) -> Any:
    unknown = unknown_of(WIDE)
    column = np.full((len(dates), len(kept)), unknown, dtype=np.int64)
    for row, each in enumerate(kept):
        first = dates.index(each.dates[0])
        last = first + len(each.dates)
        if each.dates != tuple(dates[first:last]):
            raise PortfolioError.in_rows(
                "observations.dates",
                (row,),
                reason="skipped_period",
                expected="dates in a row among those of all accounts: "
                + ", ".join(map(str, dates[first:last])),
                found=", ".join(map(str, each.dates)),
                hint="Give every account the same ends of periods, None where nobody knows.",
            )
        if name in each.numbers:
            column[first:last, row] = [
                unknown if number is None else number for number in each.numbers[name]
            ]
    return narrowed(column)


def narrowed(column: npt.NDArray[np.int64]) -> Any:
    """The column in 32 bits a number if all fit, the unknown ones told anew; else as it is."""
    unknown, bounds = unknown_of(WIDE), np.iinfo(NARROW)
    small = np.empty(column.shape, dtype=NARROW)
    for wide, narrow in zip(column, small, strict=True):
        is_unknown = wide == unknown
        known = np.where(is_unknown, 0, wide)
        if known.size and not bounds.min < int(known.min()) <= int(known.max()) <= bounds.max:
            return column
        narrow[...] = np.where(is_unknown, bounds.min, known)
    return small
