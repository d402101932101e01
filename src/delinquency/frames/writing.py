"""Out of a book: data frames.

The one idea: the way out is the way in, backwards. Frames written from a book are read to an equal
book; amounts leave as exact decimals, or as minor units where the caller asks for them.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.errors import InvalidTypeError, InvalidValueError, MissingExtraError
from delinquency.frames.arrow import arrow
from delinquency.frames.rate_columns import RATE_DECIMALS
from delinquency.frames.table_columns import Column, Holds
from delinquency.frames.tables import CHILDREN, TABLES
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import ALWAYS_FROM

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.portfolio.text_column import TextColumn

__all__ = [
    "AmountsOut",
    "amounts_out",
    "arrow_tables",
    "book_to_frames",
    "days_out",
    "from_arrow",
    "texts_out",
    "to_frame",
]

AmountsOut = Literal["decimal", "minor"]
_BACKENDS = ("pandas", "polars", "pyarrow")


def to_frame(columns: Mapping[str, Any], backend: str = "pandas") -> Any:
    """A data frame of the given columns.

    Parameters
    ----------
    columns : mapping of str to array
        numpy arrays, Arrow arrays or lists, by name.
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.

    Raises
    ------
    InvalidTypeError
        No mapping, such as a book or an answer.
    InvalidValueError
        Another backend.
    MissingExtraError
        The backend is not installed.

    Examples
    --------
    >>> to_frame({"days": [30, 31]}, "pyarrow").to_pydict()
    {'days': [30, 31]}
    """
    pa = arrow()
    if not isinstance(columns, Mapping):
        raise InvalidTypeError.at(
            "frames, columns",
            expected="a mapping of names to columns",
            found=columns,
            hint="Answers have .to_frame(); book_to_frames(book) writes the tables of a book.",
        )
    return from_arrow(pa.table(dict(columns)), backend)


def from_arrow(table: Any, backend: str) -> Any:
    """An Arrow table as a data frame; pandas, which has no dates, gets midnights."""
    if backend == "pyarrow":
        return table
    if backend not in _BACKENDS:
        raise InvalidValueError.at(
            "frames, backend", expected=" or ".join(map(repr, _BACKENDS)), found=repr(backend)
        )
    try:
        if backend == "polars":
            import polars as pl

            return pl.from_arrow(table)
        return table.to_pandas(date_as_object=False)
    except ImportError:
        raise MissingExtraError.at(
            f"frames, backend {backend!r}",
            expected=f"the package {backend!r} to be installed",
            found="it is missing",
            hint=f"pip install {backend}",
        ) from None


def book_to_frames(
    book: Portfolio, backend: str = "pandas", *, amounts: AmountsOut = "decimal"
) -> dict[str, Any]:
    """The tables of a book as data frames, by the name of the parameter of ``read``.

    Parameters
    ----------
    book : Portfolio
    backend : str
        ``"pandas"``, ``"polars"`` or ``"pyarrow"``.
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals, or int64 minor units, to be read with ``amounts="minor"``.

    Returns
    -------
    dict of str to frame
        ``accounts``, ``instalments``, ``payments``, and the other tables where the book has them.

    Raises
    ------
    InvalidTypeError
        No book.
    InvalidValueError
        Another backend, or another word for ``amounts``.
    MissingExtraError
        The backend is not installed.
    """
    tables = arrow_tables(book, amounts)
    return {name: from_arrow(table, backend) for name, table in tables.items()}


def arrow_tables(book: Portfolio, amounts: AmountsOut) -> dict[str, Any]:
    """The tables of a book as Arrow tables."""
    pa = arrow()
    if not isinstance(book, Portfolio):
        raise InvalidTypeError.at(
            "frames, book",
            expected="a Portfolio",
            found=book,
            hint="Portfolio.from_accounts makes one of accounts.",
        )
    ids = texts_out(book.account_id)
    accounts = {"account_id": ids, **_columns(book, "accounts", book, amounts)}
    accounts["currency"] = pa.array([book.currency.code]).take(np.zeros(len(book), np.int64))
    tables = {"accounts": pa.table(accounts)}
    for name in CHILDREN:
        content = getattr(book, name)
        if content is not None:
            rows = np.repeat(np.arange(len(book)), np.diff(content.offsets))
            columns = _columns(content, name, book, amounts)
            tables[name] = pa.table({"account_id": ids.take(pa.array(rows)), **columns})
    return tables


def _columns(content: Any, name: str, book: Portfolio, amounts: AmountsOut) -> dict[str, Any]:
    return {
        column.name: _out(getattr(content, column.name), column, book.currency, amounts)
        for column in TABLES[name].columns
        if column.holds is not Holds.ID and getattr(content, column.name, None) is not None
        if column.name != "currency"
    }


def _out(values: Any, column: Column, currency: Currency, amounts: AmountsOut) -> Any:
    match column.holds:
        case Holds.TEXT:
            told = texts_out(values, empty_is_null=column.name == "payment_id")
        case Holds.RATE:
            told = _decimals(values, RATE_DECIMALS)
        case Holds.DAY:
            told = days_out(values, column.empty)
        case Holds.AMOUNT:
            told = _with_nulls(amounts_out(values, currency, amounts), values, column)
        case Holds.FLAG:
            told = arrow().array(values != 0)
        case Holds.NUMBER:
            told = _with_nulls(arrow().array(values), values, column)
        case _:
            told = _members_out(values, column)
    return told


def _with_nulls(told: Any, values: Any, column: Column) -> Any:
    """A column with null where a row holds what an empty cell stands for."""
    pa = arrow()
    if column.empty is None:
        return told
    return pa.compute.if_else(pa.array(values != column.empty), told, None)


def _members_out(values: Any, column: Column) -> Any:
    pa = arrow()
    names = {code: name for name, code in column.members.items()}
    words = pa.array(names.get(code) for code in range(max(names) + 1))
    none = None if column.empty is None else values == column.empty
    return words.take(pa.array(values, mask=none))


def texts_out(column: TextColumn, *, empty_is_null: bool = False) -> Any:
    """A column of texts as an Arrow array over the same memory."""
    pa = arrow()
    buffers = [None, pa.py_buffer(column.offsets), pa.py_buffer(column.data)]
    array = pa.Array.from_buffers(pa.large_string(), len(column), buffers)
    if not empty_is_null:
        return array
    lengths = np.diff(column.offsets)
    return pa.compute.if_else(pa.array(lengths > 0), array, None)


def days_out(days: npt.NDArray[np.int32], empty: int | None) -> Any:
    """Day numbers as dates; what is empty, or never was, as null."""
    pa = arrow()
    if empty is None:
        return pa.array(days).view(pa.date32())
    missing = (days == empty) | (days == NONE_DAY) | (days == ALWAYS_FROM)
    return pa.array(days, mask=missing).view(pa.date32())


def amounts_out(minor: npt.NDArray[np.int64], currency: Currency, amounts: AmountsOut) -> Any:
    """Minor units as exact decimals of the currency, or as they are."""
    pa = arrow()
    if amounts == "minor":
        return pa.array(minor)
    if amounts != "decimal":
        raise InvalidValueError.at(
            "frames, amounts", expected="'decimal' or 'minor'", found=repr(amounts)
        )
    return _decimals(minor, currency.minor_unit)


def _decimals(whole: npt.NDArray[np.int64], places: int) -> Any:
    """Whole numbers as decimals with so many of their digits behind the point."""
    pa = arrow()
    # A decimal128 is its whole number in two words: the low one, and the sign.
    words = np.empty((len(whole), 2), dtype=np.int64)
    words[:, 0] = whole
    words[:, 1] = whole >> 63
    kind = pa.decimal128(18, places)
    return pa.Array.from_buffers(kind, len(whole), [None, pa.py_buffer(words)])
