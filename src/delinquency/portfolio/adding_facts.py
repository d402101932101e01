"""A book with facts added to some of its accounts, its other tables shared.

The one idea: new rows are put behind the old ones and all are sorted into the order of a book, so that what
the new book says of an account is what the account with the new facts would be laid out as.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import Any, Final

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.event_rows import ALL, Decision
from delinquency.events import PenaltyWaiver
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import (
    Codes,
    Days,
    DecisionColumns,
    Minor,
    RestructuringColumns,
    SpanColumns,
)
from delinquency.portfolio.fact_conversion import SPANS
from delinquency.portfolio.packing import day_or

__all__ = ["evolved", "with_restructurings", "with_spans", "with_waivers"]

Rows = npt.NDArray[np.int64]

_DECIDED: Final = {
    "value_date": np.int32,
    "kind": np.int8,
    "component": np.int8,
    "amount": np.int64,
    "recorded_on": np.int32,
    "reversed_on": np.int32,
}
"""The columns of decisions in the order in which rows stand."""

_SPANNED: Final = {
    "start": np.int32,
    "kind": np.int8,
    "end": np.int32,
    "share_numerator": np.int32,
    "share_denominator": np.int32,
    "recorded_on": np.int32,
}
"""The columns of spans in the order in which rows stand."""

_RESTRUCTURED: Final = {
    "value_date": np.int32,
    "reversed_on": np.int32,
    "first_due_on": np.int32,
    "in_difficulty": np.int8,
    "diminished_numerator": np.int32,
    "diminished_denominator": np.int32,
    "grace_until": np.int32,
    "recorded_on": np.int32,
}
"""The columns of restructurings in the order in which rows stand."""

_NOTHING: Final = {
    "component": ALL,
    "amount": ALL,
    "share_numerator": 1,
    "share_denominator": 1,
    "recorded_on": NONE_DAY,
    "reversed_on": NONE_DAY,
    "in_difficulty": 1,
    "diminished_numerator": ALL,
    "diminished_denominator": 1,
    "grace_until": NONE_DAY,
}
"""What a column that is not there says."""


def with_waivers(
    book: Portfolio,
    rows: Rows,
    amounts: Minor,
    *,
    day: date,
    component: int,
    recorded_on: date | None,
    reversed_on: date | None,
) -> Portfolio:
    """The book with a waiver of the given amount, or of all (-1), for each of the accounts."""
    if not len(rows):
        return book
    facts = {
        "value_date": day_or(day),
        "kind": int(Decision.WAIVER),
        "component": component,
        "amount": amounts,
        "recorded_on": day_or(recorded_on),
        "reversed_on": day_or(reversed_on),
    }
    columns = _merged(book.decisions, len(book), rows, facts, _DECIDED)
    return evolved(book, decisions=DecisionColumns(**columns))


def with_spans(
    book: Portfolio, rows: Rows, waiver: PenaltyWaiver, *, starts: Days | None = None
) -> Portfolio:
    """The book with a waiver of penalty interest of days for each of the accounts.

    ``starts`` are first days of each account by itself, in place of that of the waiver.
    """
    if not len(rows):
        return book
    facts = {
        "start": day_or(waiver.start) if starts is None else starts,
        "kind": SPANS.index(PenaltyWaiver),
        "end": waiver.end_day,
        "share_numerator": waiver.share.numerator,
        "share_denominator": waiver.share.denominator,
        "recorded_on": day_or(waiver.recorded_on),
    }
    columns = _merged(book.spans, len(book), rows, facts, _SPANNED)
    return evolved(book, spans=SpanColumns(**columns))


def with_restructurings(
    book: Portfolio,
    rows: Rows,
    *,
    day: date,
    first_due_on: Days,
    grace_until: Days,
    in_difficulty: Codes,
    diminished: tuple[Minor, Minor],
) -> Portfolio:
    """The book with a restructuring of the day for each of the accounts.

    The diminished share is a numerator and a denominator, in lowest terms.
    """
    if not len(rows):
        return book
    facts = {
        "value_date": day_or(day),
        "reversed_on": NONE_DAY,
        "first_due_on": first_due_on,
        "in_difficulty": in_difficulty,
        "diminished_numerator": diminished[0],
        "diminished_denominator": diminished[1],
        "grace_until": grace_until,
        "recorded_on": NONE_DAY,
    }
    columns = _merged(book.restructurings, len(book), rows, facts, _RESTRUCTURED)
    return evolved(book, restructurings=RestructuringColumns(**columns))


def _merged(
    table: DecisionColumns | SpanColumns | RestructuringColumns | None,
    size: int,
    rows: Rows,
    facts: dict[str, Any],
    kinds: dict[str, Any],
) -> dict[str, Any]:
    """The columns of a table with one new row for each of the accounts."""
    offsets = np.zeros(size + 1, dtype=np.int64) if table is None else table.offsets
    before = int(offsets[-1])
    account = np.concatenate([np.repeat(np.arange(size), np.diff(offsets)), rows])
    columns: dict[str, Any] = {}
    for name, kind in kinds.items():
        old = None if table is None else getattr(table, name)
        if old is None:
            old = np.full(before, _NOTHING.get(name, 0), dtype=kind)
        new = np.full(len(rows), facts[name], dtype=kind)
        columns[name] = np.concatenate([old, new])
    order = np.lexsort((*reversed(columns.values()), account))
    counts = np.diff(offsets)
    counts[rows] += 1
    merged = {name: _or_none(name, column[order]) for name, column in columns.items()}
    return {"offsets": np.concatenate([[0], np.cumsum(counts)]), **merged}


def _or_none(name: str, column: Any) -> Any:
    """The column, or none where it says nothing."""
    nothing = _NOTHING.get(name)
    return None if nothing is not None and (column == nothing).all() else column


def evolved(book: Portfolio, **tables: Any) -> Portfolio:
    """The book with other tables, by name."""
    given = {
        field.name: getattr(book, field.name) for field in attrs.fields(Portfolio) if field.init
    }
    return Portfolio(**{**given, **tables})
