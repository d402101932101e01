"""The late debts of the accounts of a book in columns, by the loop of the ledger.

The one idea: each account writes from a place of its own on, with room for the most late debts that it may
have; what is filled is then closed up.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Offsets
from delinquency.portfolio.kernels.layout import LateDebtOutputs, RuleNumbers
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import most_rows, new_scratch

__all__ = ["closed_up", "empty_late", "late_debts_by_loop"]


def empty_late(room: int, size: int) -> LateDebtOutputs:
    """Columns for late debts: how many each of ``size`` accounts has, and room for all of them."""
    return LateDebtOutputs(
        count=np.zeros(size, dtype=np.int64),
        kind=np.empty(room, dtype=np.int8),
        number=np.empty(room, dtype=np.int32),
        due=np.empty(room, dtype=np.int32),
        open_amount=np.empty(room, dtype=np.int64),
        days_past_due=np.empty(room, dtype=np.int32),
        delinquent_days=np.empty(room, dtype=np.int32),
    )


def closed_up(out: LateDebtOutputs, starts: Offsets) -> dict[str, Any]:
    """What is filled of the columns, and the row of each debt's account."""
    account = np.repeat(np.arange(len(out.count)), out.count)
    before = np.cumsum(out.count) - out.count
    places = starts[account] + np.arange(len(account)) - before[account]
    told = {name: getattr(out, name)[places] for name in LateDebtOutputs._fields if name != "count"}
    return {**told, "account": account}


def late_debts_by_loop(
    book: Portfolio, rule: RuleNumbers, engine: Engine, workers: int
) -> dict[str, Any]:
    """The late debts of every account, oldest first within each."""
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.late_debts import list_late_debts

    starts = book.instalments.offsets.copy()
    for table in (book.charges, book.charge_backs, book.decisions):
        if table is not None:
            starts += table.offsets
    out = empty_late(int(starts[-1]), len(book))
    sizes = most_rows(book)
    if is_interpreted(engine):
        arrays, numbers, scratch = map(as_lists, (book_arrays(book), rule, new_scratch(*sizes)))
        uncompiled(list_late_debts)(arrays, numbers, starts.tolist(), scratch, out, 0, len(book))
    else:
        arrays = book_arrays(book)

        def work(first: int, last: int) -> None:
            list_late_debts(arrays, rule, starts, new_scratch(*sizes), out, first, last)

        in_blocks(work, len(book), workers)
    return closed_up(out, starts)
