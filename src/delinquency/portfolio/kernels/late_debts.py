"""The late debts of each account one by one, for accounts that have any.

The one idea: the ledger's own sweep leaves the open amounts; what is late and unsettled of them is told
oldest first, from a place in the columns where no other account writes.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.answer import delinquent_after, late_days
from delinquency.portfolio.kernels.at_close import late_amount, sum_arrears
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import (
    BookArrays,
    Debts,
    LateDebtOutputs,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.obligations import lay_out_debts
from delinquency.portfolio.kernels.sweep import replay_debts

__all__ = ["list_late_debts", "tell_late_debts"]


@inlined
def _insert(
    out: LateDebtOutputs, start: int, count: int, debts: Debts, debt: int, amount: int
) -> None:
    """Put a debt after those that are as old; few of them, and nearly in order."""
    due = debts.due[debt]
    place = start + count
    while place > start and out.due[place - 1] > due:
        out.kind[place] = out.kind[place - 1]
        out.number[place] = out.number[place - 1]
        out.due[place] = out.due[place - 1]
        out.open_amount[place] = out.open_amount[place - 1]
        place -= 1
    out.kind[place] = debts.kind[debt]
    out.number[place] = debts.number[debt]
    out.due[place] = due
    out.open_amount[place] = amount


@inlined
def tell_late_debts(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    scratch: Scratch,
    size: int,
    arrears: int,
    start: int,
    out: LateDebtOutputs,
) -> None:
    """Tell the late debts of an account that was replayed, from ``start`` on."""
    debts = scratch.debts
    end = rule.as_of + rule.due_date_counts
    count = 0
    for place in range(size):
        amount = late_amount(rule, debts, place, arrears)
        if amount > 0:
            _insert(out, start, count, debts, place, amount)
            count += 1
    for place in range(start, start + count):
        due = out.due[place]
        raw = late_days(due, rule.as_of, rule.due_date_counts)
        out.days_past_due[place] = raw
        out.delinquent_days[place] = delinquent_after(book, account, rule, due, end, raw)
    out.count[account] = count


@compiled
def list_late_debts(
    book: BookArrays,
    rule: RuleNumbers,
    starts: Any,
    scratch: Scratch,
    out: LateDebtOutputs,
    first: int,
    last: int,
) -> None:
    """Tell the late debts of accounts ``[first, last)``, those of an account from ``starts`` on."""
    for account in range(first, last):
        size = lay_out_debts(book, account, rule, scratch)
        replay_debts(book, account, rule, scratch, size)
        arrears = sum_arrears(rule, scratch.debts, size)
        tell_late_debts(book, account, rule, scratch, size, arrears, starts[account], out)
