"""What each account has earned, paid and been charged of rows that fall due later.

The one idea: what was settled of a row is what it charged, less what is open, less what was let off. Where
nothing can be let off, the open amounts of all rows to come say so; elsewhere the debts are laid out.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import INSTALMENT, BookArrays, RuleNumbers, Scratch
from delinquency.portfolio.kernels.obligations import lay_out_debts
from delinquency.portfolio.kernels.sweep import replay_debts
from delinquency.portfolio.kernels.to_come_layout import NO_ROW, ToCome

__all__ = ["tell_rows_to_come"]

FEES = 2
PENALTY = 3
NOT_DUE = 8
"""The cell of a breakdown from which on amounts are not due."""


@inlined
def _begin(out: ToCome, account: int) -> None:
    out.running[account] = NO_ROW
    out.begins[account] = 0
    out.let_off[account] = 0
    out.paid[account] = 0
    out.fees[account] = 0
    out.charged[account] = 0
    for column in range(4):
        out.waived[account, column] = 0


@inlined
def _by_open_amounts(
    book: BookArrays, account: int, rule: RuleNumbers, cells: Any, out: ToCome
) -> None:
    """For an account of instalments alone, none of which was let off."""
    begins = book.originated[account]
    if rule.as_of < begins:
        return
    interest = 0
    fees = 0
    for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
        if book.due[row] <= rule.as_of:
            begins = max(begins, book.due[row])
            continue
        if out.running[account] == NO_ROW:
            out.running[account] = row
        interest += book.interest[row]
        fees += book.fees[row]
    out.begins[account] = begins
    out.paid[account] = interest - cells[account, NOT_DUE + 1]
    out.fees[account] = fees - cells[account, NOT_DUE + FEES]


@inlined
def _by_debts(
    book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch, size: int, out: ToCome
) -> None:
    """For an account whose debts were laid out and replayed."""
    debts = scratch.debts
    first_row = book.inst_offsets[account]
    begins = book.originated[account]
    running = -1
    next_due = NONE_DAY
    for place in range(size):
        for column in range(4):
            out.waived[account, column] += debts.let_off[4 * place + column]
        if not debts.start[place] <= rule.as_of < debts.until[place]:
            continue
        due = debts.due[place]
        if debts.kind[place] != INSTALMENT:
            if due > rule.as_of:
                out.charged[account] += debts.open[4 * place + FEES]
                out.charged[account] += debts.open[4 * place + PENALTY]
            continue
        if due <= rule.as_of:
            begins = max(begins, due)
            continue
        if due < next_due:
            next_due = due
            running = place
        row = first_row + debts.number[place] - 1
        gone = debts.open[4 * place + 1] + debts.let_off[4 * place + 1]
        out.paid[account] += book.interest[row] - gone
        gone = debts.open[4 * place + FEES] + debts.let_off[4 * place + FEES]
        out.fees[account] += book.fees[row] - gone
    if running >= 0:
        out.running[account] = first_row + debts.number[running] - 1
        out.begins[account] = max(begins, debts.start[running])
        out.let_off[account] = debts.let_off[4 * running + 1]


@compiled
def tell_rows_to_come(
    book: BookArrays,
    rule: RuleNumbers,
    laid_out: Any,
    scratch: Scratch,
    cells: Any,
    out: ToCome,
    first: int,
    last: int,
) -> None:
    """Fill the columns of accounts ``[first, last)``; those marked in ``laid_out`` debt by debt."""
    for account in range(first, last):
        _begin(out, account)
        if laid_out[account]:
            size = lay_out_debts(book, account, rule, scratch)
            replay_debts(book, account, rule, scratch, size)
            _by_debts(book, account, rule, scratch, size, out)
        else:
            _by_open_amounts(book, account, rule, cells, out)
