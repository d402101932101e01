"""What makes a table of disputes part of a book.

The one idea: a dispute is of a debt of its own account, so a number is held against the instalments of the
account, and an id against its charges.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    code_problems,
    fact_id_problems,
    order_problems,
    problem_in,
    recorded_problems,
    require_array,
    require_offsets,
    require_texts,
    reversal_problems,
)
from delinquency.portfolio.span_checks import empty_span_problems, span_day_problems

if TYPE_CHECKING:
    from delinquency.portfolio.checks import BookColumns
    from delinquency.portfolio.columns import DisputeColumns

__all__ = ["dispute_problems"]

Array = npt.NDArray[Any]


def dispute_problems(
    book: BookColumns, table: DisputeColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``disputes`` break; the table may be absent."""
    if table is None:
        return
    name, start = "disputes", table.start
    require_array(f"{name}.start", start, np.int32)
    rows = len(start)
    require_offsets(name, table.offsets, rows, size)
    require_array(f"{name}.end", table.end, np.int32, rows)
    yield from span_day_problems(name, start, table.end)
    yield from empty_span_problems(name, start, table.end)
    yield from amount_problems(f"{name}.amount", table.amount, rows, least=1)
    yield from _debts(book, table, rows)
    yield from code_problems(f"{name}.for_debtor", table.for_debtor, 2, rows)
    if table.for_debtor is not None:
        open_yet = np.flatnonzero((table.for_debtor == 1) & (table.end == NONE_DAY))
        yield from problem_in(
            f"{name}.for_debtor", open_yet, "dispute_not_ended", "an end beside it", "none"
        )
    yield from order_problems(f"{name}.start", table.offsets, start)
    yield from before_origination(book.originated_on, f"{name}.start", table.offsets, start)
    yield from recorded_problems(name, table.recorded_on, rows)
    yield from reversal_problems(name, "dispute", start, table.recorded_on, table.reversed_on)
    yield from fact_id_problems(f"{name}.dispute_id", table.dispute_id, table.offsets, start)


def _debts(book: BookColumns, table: DisputeColumns, rows: int) -> Iterator[RowProblem]:
    """An instalment or a charge of the account, or neither."""
    numbers = np.zeros(rows, dtype=np.int32)
    if table.instalment_no is not None:
        numbers = table.instalment_no
        require_array("disputes.instalment_no", numbers, np.int32, rows)
    counts = np.repeat(np.diff(book.instalments.offsets), np.diff(table.offsets))
    yield from problem_in(
        "disputes.instalment_no",
        np.flatnonzero((numbers < 0) | (numbers > counts)),
        "unknown_instalment",
        "0, or the number of an instalment of the account",
        "another",
    )
    if table.charge_id is None:
        return
    require_texts("disputes.charge_id", table.charge_id, rows)
    named = np.diff(table.charge_id.offsets) > 0
    yield from problem_in(
        "disputes.charge_id",
        np.flatnonzero(named & (numbers != 0)),
        "two_debts",
        "an instalment_no or a charge_id",
        "both",
    )
    yield from problem_in(
        "disputes.charge_id",
        _unknown(book, table, np.flatnonzero(named)),
        "unknown_charge",
        "the charge_id of a charge of the account",
        "another",
    )


def _unknown(book: BookColumns, table: DisputeColumns, rows: Array) -> Array:
    """Of the rows that name a charge, those whose account has none of this id."""
    charges, ids = book.charges, table.charge_id
    if charges is None or ids is None:
        return rows
    accounts = account_of_rows(table.offsets, rows)
    unknown: list[int] = []
    for row, account in zip(rows.tolist(), accounts.tolist(), strict=True):
        places = range(int(charges.offsets[account]), int(charges.offsets[account + 1]))
        if ids[row] not in [charges.charge_id[place] for place in places]:
            unknown.append(row)
    return np.array(unknown, dtype=np.int64)
