"""Some cards of a book as a book of their own.

The one idea: rows of a ragged table stand side by side, so that the rows of a card are moved as one.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any, TypeVar, cast

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.errors import InvalidTypeError
from delinquency.portfolio.cards.book import CardBook

__all__ = ["take_cards"]

T = TypeVar("T")


def take_cards(book: CardBook, rows: Any) -> CardBook:
    """The book of the given rows; see :meth:`CardBook.take`."""
    numbers = _row_numbers(rows, len(book))
    wrong = np.flatnonzero((numbers < 0) | (numbers >= len(book)))
    if len(wrong):
        message = f"row {int(numbers[wrong[0]])} of a book of {len(book)} cards"
        raise IndexError(message)
    columns = ("account_id", "originated_on", "terms_no", "obligor_id", "segment")
    tables = ("transactions", "payments", "credit_limits")
    head = {name: _taken(getattr(book, name), numbers) for name in columns}
    body = {name: _table_taken(getattr(book, name), numbers) for name in tables}
    return CardBook(terms=book.terms, **head, **body)


def _row_numbers(rows: Any, size: int) -> npt.NDArray[np.int64]:
    """Row numbers as they are, and those of a mask."""
    try:
        given = np.asarray(rows)
    except ValueError:  # rows of different lengths
        given = np.empty((0, 0))
    if given.ndim == 1 and not given.size:
        return np.empty(0, dtype=np.int64)
    if given.ndim != 1 or given.dtype.kind not in "iub":
        raise InvalidTypeError.at(
            "card book, rows",
            expected="row numbers, or a mask with a place for each card",
            found=rows,
        )
    if given.dtype.kind != "b":
        return given.astype(np.int64)
    if len(given) != size:
        message = f"a mask of {len(given)} places for a book of {size} cards"
        raise IndexError(message)
    return np.flatnonzero(given)


def _taken(column: Any, rows: npt.NDArray[np.int64]) -> Any:
    return None if column is None else column.take(rows)


def _table_taken(table: Any, rows: npt.NDArray[np.int64]) -> Any:
    return None if table is None else _take_table(table, rows)


def _take_table(table: T, rows: npt.NDArray[np.int64]) -> T:
    """The rows of a ragged table that belong to the given accounts, in their order."""
    offsets: Any = table.offsets  # type: ignore[attr-defined]
    counts: Any = np.diff(offsets)[rows]
    taken: Any = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    index: Any = np.repeat(offsets[:-1][rows] - taken[:-1], counts) + np.arange(taken[-1])
    columns: dict[str, Any] = {
        field.name: _taken(getattr(table, field.name), index)
        for field in attrs.fields(type(table))  # type: ignore[arg-type]
        if field.name != "offsets"
    }
    kind: Any = type(table)
    return cast("T", kind(offsets=taken, **columns))
