"""Some accounts of a book as a book of their own.

The one idea: rows of a ragged table stand side by side, so that the rows of an account are moved as one.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.portfolio.chosen_rows import row_numbers
from delinquency.portfolio.fact_conversion import FACT_TABLES

if TYPE_CHECKING:
    from delinquency.portfolio.book import Portfolio
    from delinquency.portfolio.cards.book import CardBook

__all__ = ["take_cards", "take_rows"]

T = TypeVar("T")
Rows = npt.NDArray[np.int64]

_COLUMNS: Final = ("account_id", "originated_on", "obligor_id", "segment")


def take_rows(book: Portfolio, rows: Any) -> Portfolio:
    """The book of the given rows; see :meth:`Portfolio.take`."""
    numbers = row_numbers(rows, len(book), where="portfolio.take, rows")
    taken = _taken(book, numbers, (*_COLUMNS, "product"), ("instalments", "payments", *FACT_TABLES))
    return type(book)(currency=book.currency, **taken)


def take_cards(book: CardBook, rows: Any) -> CardBook:
    """The book of the given rows; see :meth:`CardBook.take`."""
    numbers = row_numbers(rows, len(book), where="card book, rows", noun="card")
    tables = ("transactions", "payments", "credit_limits")
    return type(book)(terms=book.terms, **_taken(book, numbers, (*_COLUMNS, "terms_no"), tables))


def _taken(
    book: object, rows: Rows, columns: tuple[str, ...], tables: tuple[str, ...]
) -> dict[str, Any]:
    """Columns and tables of a book by name, of the given rows; what the book lacks stays away."""
    head = {name: getattr(book, name) for name in columns}
    body = {name: getattr(book, name) for name in tables}
    taken: dict[str, Any] = {
        name: None if column is None else column.take(rows) for name, column in head.items()
    }
    return taken | {
        name: None if table is None else _take_table(table, rows) for name, table in body.items()
    }


def _take_table(table: T, rows: Rows) -> T:
    """The rows of a ragged table that belong to the given accounts, in their order."""
    offsets: Any = table.offsets  # type: ignore[attr-defined]
    counts: Any = np.diff(offsets)[rows]
    taken: Any = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
    index: Any = np.repeat(offsets[:-1][rows] - taken[:-1], counts) + np.arange(taken[-1])
    names = [field.name for field in attrs.fields(type(table))]  # type: ignore[arg-type]
    columns = {name: getattr(table, name) for name in names if name != "offsets"}
    kind: Any = type(table)
    picked = {name: None if each is None else each.take(index) for name, each in columns.items()}
    return cast("T", kind(offsets=taken, **picked))
