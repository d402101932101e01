"""What makes a table of charges part of a book.

The one idea: charges of one day rank by their ids, so ids are checked with the order.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    day_problems,
    order_problems,
    problem_in,
    recorded_problems,
    require_array,
    require_offsets,
    require_texts,
    tied_rows,
)

if TYPE_CHECKING:
    from delinquency.portfolio.checks import BookColumns
    from delinquency.portfolio.columns import ChargeColumns

__all__ = ["charge_problems"]


def charge_problems(
    book: BookColumns, table: ChargeColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``charges`` break; the table may be absent."""
    if table is None:
        return
    rows = len(table.amount)
    require_offsets("charges", table.offsets, rows, size)
    require_array("charges.due_date", table.due_date, np.int32, rows)
    yield from day_problems("charges.due_date", table.due_date)
    yield from amount_problems("charges.amount", table.amount, rows, least=1)
    require_array("charges.component", table.component, np.int8, rows)
    wrong = np.flatnonzero((table.component != 2) & (table.component != 3))
    column = "charges.component"
    yield from problem_in(column, wrong, "unknown_code", "fees (2) or penalty (3)", "another")
    yield from order_problems("charges.due_date", table.offsets, table.due_date)
    yield from before_origination(
        book.originated_on, "charges.due_date", table.offsets, table.due_date
    )
    require_array("charges.instalment_no", table.instalment_no, np.int32, rows)
    counts = np.repeat(np.diff(book.instalments.offsets), np.diff(table.offsets))
    yield from problem_in(
        "charges.instalment_no",
        np.flatnonzero((table.instalment_no < 0) | (table.instalment_no > counts)),
        "unknown_instalment",
        "0, or the number of an instalment of the account",
        "another",
    )
    yield from recorded_problems("charges", table.recorded_on, rows)
    yield from _charge_ids(table, rows)


def _charge_ids(table: ChargeColumns, rows: int) -> Iterator[RowProblem]:
    """Ids are there, each once in its account, and in order within a day: charges rank by them."""
    column = "charges.charge_id"
    require_texts(column, table.charge_id, rows)
    ids = list(table.charge_id)
    empty = np.array([row for row, name in enumerate(ids) if not name], dtype=np.int64)
    yield from problem_in(column, empty, "empty_id", "an id that is not empty", "''")
    owners = np.repeat(np.arange(len(table.offsets) - 1), np.diff(table.offsets)).tolist()
    seen: dict[tuple[int, str], int] = {}
    twice = [
        row
        for row, key in enumerate(zip(owners, ids, strict=True))
        if seen.setdefault(key, row) != row
    ]
    expected = "each charge_id once in an account"
    yield from problem_in(column, np.array(twice), "duplicate_charge_id", expected, "it twice")
    tied = tied_rows(table.offsets, table.due_date)
    unsorted = [row for row in tied.tolist() if ids[row] < ids[row - 1]]
    expected = "charges of one day in order of charge_id"
    yield from problem_in(column, np.array(unsorted), "unsorted", expected, "another order")
