"""A book as one row an account, for engines that hand rows of accounts to workers.

The one idea: accounts are independent, so a book is cut anywhere between two of them. With the facts of
an account in list columns of its own row no shuffle can part them, and the schema is the same for every
batch: an optional column that says nothing is there, empty or of the default.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError, PortfolioError
from delinquency.frames.amount_columns import Amounts, Floats
from delinquency.frames.arrow import arrow, compute, texts
from delinquency.frames.rate_columns import RATE_DECIMALS
from delinquency.frames.reader import read
from delinquency.frames.table_columns import Column, Holds
from delinquency.frames.tables import CHILDREN, TABLES
from delinquency.frames.writing import AmountsOut, arrow_tables, texts_out

if TYPE_CHECKING:
    from delinquency.portfolio.book import Portfolio

__all__ = ["book_from_record_batches", "book_to_record_batch"]


def book_to_record_batch(book: Portfolio, *, amounts: AmountsOut = "decimal") -> Any:
    """One row an account, its facts in list columns.

    Parameters
    ----------
    book : Portfolio
    amounts : ``"decimal"`` or ``"minor"``
        Exact decimals [currency units], or int64 [minor units].

    Returns
    -------
    pyarrow.RecordBatch
        The columns of ``accounts``, and the other tables as lists of structs; the schema depends on
        the currency and ``amounts`` only.

    Raises
    ------
    InvalidTypeError
        No book.
    """
    pa = arrow()
    tables = arrow_tables(book, amounts)
    money = tables["instalments"]["principal"].type
    columns = {"account_id": texts_out(book.account_id)}
    for column in TABLES["accounts"].columns[1:]:
        columns[column.name] = _full(tables["accounts"], column, money)
    nothing = np.zeros(len(book) + 1, dtype=np.int32)
    for name in CHILDREN:
        content = getattr(book, name)
        rows = tables.get(name, pa.table({"account_id": pa.array([], type=pa.large_string())}))
        offsets = nothing if content is None else content.offsets.astype(np.int32)
        fields = {
            column.name: _full(rows, column, money)
            for column in TABLES[name].columns
            if column.holds is not Holds.ID
        }
        structs = pa.StructArray.from_arrays(list(fields.values()), names=list(fields))
        columns[name] = pa.ListArray.from_arrays(pa.array(offsets), structs)
    return pa.record_batch(columns)


def _full(table: Any, column: Column, money: Any) -> Any:
    """The column of a table, or where there is none, the one that says the same."""
    pa = arrow()
    if column.name in table.column_names:
        cells = table[column.name].combine_chunks()
        chunks = getattr(cells, "chunks", None)
        cells = pa.concat_arrays(chunks) if chunks else cells
        return cells.cast(pa.large_string()) if column.holds is Holds.MEMBER else cells
    rows = table.num_rows
    if column.holds is Holds.MEMBER and column.empty is None:
        return pa.repeat(pa.scalar(next(iter(column.members)), type=pa.large_string()), rows)
    types = {
        Holds.DAY: pa.date32(),
        Holds.AMOUNT: money,
        Holds.NUMBER: pa.int32(),
        Holds.FLAG: pa.bool_(),
        Holds.TEXT: pa.large_string(),
        Holds.MEMBER: pa.large_string(),
        Holds.RATE: pa.decimal128(18, RATE_DECIMALS),
    }
    return pa.nulls(rows, type=types[column.holds])


def book_from_record_batches(
    batches: Iterable[Any],
    *,
    currency: Currency | str,
    amounts: Amounts = "auto",
    floats: Floats = "refuse",
) -> Portfolio:
    """The book of batches with one row an account.

    Parameters
    ----------
    batches : iterable of pyarrow.RecordBatch
        As :func:`book_to_record_batch` makes them, all of one schema; an optional column may be
        left out of all.
    currency : Currency or str
        One for all accounts.
    amounts, floats
        As for :func:`~delinquency.frames.reader.read`.

    Raises
    ------
    PortfolioError
        No batch; batches of several schemas; rows that cannot be part of a book. Rows of facts are
        counted through all batches.
    InvalidTypeError
        No batches; facts that are no list of structs.
    InvalidValueError
        ``currency="column"``.

    Examples
    --------
    A worker that is handed batches of accounts, as Spark's ``mapInArrow`` does:

    >>> def late(batches):
    ...     for batch in batches:
    ...         book = book_from_record_batches([batch], currency="CNY")
    ...         answer = dq.portfolio.assess(book, as_of=as_of, policy=policy)
    ...         yield from answer.to_frame("pyarrow").to_batches()
    """
    pa = arrow()
    if isinstance(currency, str) and currency == "column":
        raise InvalidValueError.at(
            "batches, currency",
            expected="one currency for all accounts",
            found=repr(currency),
            hint="Sort the batches by currency, and read each sort by itself.",
        )
    whole = pa.Table.from_batches(_checked(batches))
    if "account_id" not in whole.column_names:
        raise PortfolioError.in_rows(
            "accounts.account_id",
            (),
            reason="missing_column",
            expected="the column",
            found=f"the columns {', '.join(whole.column_names)}",
        )
    heads = [name for name in whole.column_names if name not in CHILDREN]
    facts = {name: _rows(whole, name) for name in CHILDREN if name in whole.column_names}
    book: Portfolio = read(
        accounts=whole.select(heads),
        instalments=facts.pop("instalments", pa.table({})),
        **facts,
        currency=currency,
        amounts=amounts,
        floats=floats,
    )
    return book


def _checked(batches: object) -> list[Any]:
    """The batches, of which there is one at least, and which have one schema."""
    pa = arrow()
    if isinstance(batches, pa.Table | pa.RecordBatch) or not isinstance(batches, Iterable):
        is_batch, is_table = isinstance(batches, pa.RecordBatch), isinstance(batches, pa.Table)
        raise InvalidTypeError.at(
            "batches",
            expected="batches of pyarrow, one after the other",
            found=type(batches).__name__ if is_batch or is_table else batches,
            hint="Put it into a list." if is_batch else "Pass .to_batches()." if is_table else "",
        )
    kept: list[Any] = list(batches)
    if not kept:
        raise PortfolioError.in_rows(
            "accounts", (), reason="empty_book", expected="at least one batch", found="none"
        )
    for number, batch in enumerate(kept):
        if not isinstance(batch, pa.RecordBatch):
            raise InvalidTypeError.at(
                f"batches, {number}", expected="a batch of pyarrow", found=batch
            )
        if not batch.schema.equals(kept[0].schema):
            raise PortfolioError.in_rows(
                f"batches, {number}",
                (),
                reason="mixed_schemas",
                expected="the columns and types of batch 0",
                found=_difference(batch.schema, kept[0].schema),
                hint="Cast the batches to one schema first.",
            )
    return kept


def _difference(found: Any, expected: Any) -> str:
    """The first field in which two schemas differ."""
    for name in (*expected.names, *found.names):
        if name not in found.names:
            return f"no column {name!r}"
        if name not in expected.names:
            return f"a further column {name!r}"
        if not found.field(name).equals(expected.field(name)):
            return f"{name!r} of type {found.field(name).type}"
    return "the columns in another order"


def _rows(whole: Any, name: str) -> Any:
    """The facts of all accounts as one table with the id of the account in each row."""
    pa, pc = arrow(), compute()
    kind = whole[name].type
    is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
    if not is_list or not pa.types.is_struct(kind.value_type):
        raise InvalidTypeError.at(f"batch, {name}", expected="a list of structs", found=str(kind))
    parts: list[Any] = []
    for ids, lists in zip(whole["account_id"].chunks, whole[name].chunks, strict=True):
        structs = lists.flatten()
        owners = texts(ids).take(pc.list_parent_indices(lists))
        names = ["account_id", *(field.name for field in kind.value_type)]
        parts.append(pa.Table.from_arrays([owners, *structs.flatten()], names=names))
    return pa.concat_tables(parts)
