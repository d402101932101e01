"""What each account of a book has earned and paid of rows that fall due later.

The one idea: what is owed of them is no open amount of the ledger; a kernel tells what was paid and which
period runs, and the running period earns its interest by actual days, as for one account.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.portfolio.arrays import as_lists, book_arrays
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Minor
from delinquency.portfolio.kernels.layout import RuleNumbers
from delinquency.portfolio.kernels.to_come_layout import NO_ROW, ToCome
from delinquency.portfolio.read_only import read_only
from delinquency.portfolio.run import Engine, in_blocks, is_interpreted
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS, most_rows, new_scratch

__all__ = ["interest_to_come", "rows_to_come"]


def rows_to_come(
    book: Portfolio, rule: RuleNumbers, cells: Minor, *, engine: Engine, workers: int
) -> ToCome:
    """What money settled, and what stands, of rows to come.

    ``cells`` are the open amounts of a ledger, past due, due and not due by component. Accounts of which
    something may have been let off, or that have more than instalments, are replayed debt by debt.
    """
    laid_out = book.needs_ledger
    if rule.closing_tolerance:
        laid_out = np.ones(len(book), dtype=np.bool_)
    if is_interpreted(engine):
        return _uncompiled(book, rule, laid_out, cells)
    from delinquency.portfolio.kernels.rows_to_come import tell_rows_to_come

    out, arrays, sizes = _empty(len(book)), book_arrays(book), most_rows(book)
    asked = read_only(laid_out)

    def work(first: int, last: int) -> None:
        tell_rows_to_come(arrays, rule, asked, new_scratch(*sizes), cells, out, first, last)

    in_blocks(work, len(book), workers)
    return out


def _uncompiled(book: Portfolio, rule: RuleNumbers, laid_out: Any, cells: Minor) -> ToCome:
    """The same on lists, some accounts at a time."""
    from delinquency.portfolio.kernels.compiler import uncompiled
    from delinquency.portfolio.kernels.rows_to_come import tell_rows_to_come

    parts: list[ToCome] = []
    rows_before = book.instalments.offsets
    for first in range(0, len(book), ACCOUNTS_AS_LISTS):
        chosen = np.arange(first, min(first + ACCOUNTS_AS_LISTS, len(book)))
        part = book.take(chosen)
        told = _empty(len(part))
        arrays, numbers = as_lists(book_arrays(part)), as_lists(rule)
        scratch = as_lists(new_scratch(*most_rows(part)))
        marks = laid_out[chosen].tolist()
        uncompiled(tell_rows_to_come)(
            arrays, numbers, marks, scratch, cells[chosen], told, 0, len(part)
        )
        told.running[told.running != NO_ROW] += rows_before[first]
        parts.append(told)
    columns = zip(*parts, strict=True)
    return ToCome(*(np.concatenate(column) for column in columns))


def _empty(size: int) -> ToCome:
    columns = {name: np.empty(size, dtype=np.int64) for name in ToCome._fields if name != "waived"}
    return ToCome(**columns, waived=np.empty((size, 4), dtype=np.int64))


def interest_to_come(book: Portfolio, told: ToCome, day: int) -> Minor:
    """Interest of rows to come: what is earned, less what was paid in advance [minor units].

    Of the running period ``[begin, day)`` of ``[begin, due)`` is earned, half up to the minor unit, less what
    was let off of it.
    """
    rows = np.flatnonzero(told.running != NO_ROW)
    running, begins = told.running[rows], told.begins[rows]
    length = book.instalments.due_date[running] - begins
    # Whole parts first: interest times days could leave 64 bits.
    whole, rest = np.divmod(book.instalments.interest[running], length)
    earned = whole * (day - begins) + _half_up(rest * (day - begins), length)
    owed: Minor = -told.paid
    owed[rows] += np.maximum(0, earned - told.let_off[rows])
    return owed


def _half_up(numerators: Minor, denominators: Minor) -> Minor:
    """To the nearest, a tie up, of numerators from 0 on."""
    quotients, rests = np.divmod(numerators, denominators)
    halves: Minor = quotients + (rests >= denominators - rests)
    return halves
