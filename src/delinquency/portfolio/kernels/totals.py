"""The as-of answer where totals decide: sum what fell due and what was paid, then walk back.

The one idea: if the oldest instalment is always emptied first, the arrears are the newest part of what
fell due. Two sums an account give the arrears; walking back from the newest late instalment until they
are used up finds the oldest unsettled one.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import counts_payment, fill_row
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import (
    BookArrays,
    LedgerOutputs,
    Outputs,
    RuleNumbers,
    Scratch,
)

__all__ = ["as_of_totals", "sum_paid_unreversed"]


@inlined
def _sum_due(principal: Any, interest: Any, fees: Any) -> int:
    total = 0
    for index in range(len(principal)):
        total += principal[index] + interest[index] + fees[index]
    return total


@inlined
def _count_before(days: Any, limit: int) -> int:
    count = 0
    for index in range(len(days)):
        count += days[index] < limit
    return count


@inlined
def _sum_paid(amounts: Any, value_days: Any, as_of: int) -> int:
    total = 0
    for index in range(len(amounts)):
        total += amounts[index] if value_days[index] <= as_of else 0
    return total


@inlined
def sum_paid_unreversed(
    amounts: Any, value_days: Any, reversed_days: Any, as_of: int, cut: int
) -> int:
    """Money with a value day up to ``as_of`` that was not reversed on or before ``cut``."""
    total = 0
    for index in range(len(amounts)):
        keep = (value_days[index] <= as_of) & (reversed_days[index] > cut)
        total += amounts[index] if keep else 0
    return total


@inlined
def _sum_paid_known(book: BookArrays, first: int, last: int, rule: RuleNumbers) -> int:
    total = 0
    for row in range(first, last):
        if book.value_day[row] > rule.as_of:
            break
        if counts_payment(book, row, rule):
            total += book.amount[row]
    return total


@inlined
def _oldest_unsettled(
    principal: Any, interest: Any, fees: Any, late: int, deficit: int, tolerance: int
) -> int:
    """The oldest of ``late`` instalments whose open amount exceeds ``tolerance``; -1 if none."""
    index = late - 1
    rest = deficit
    while index > 0:
        amount = principal[index] + interest[index] + fees[index]
        if rest <= amount:
            break
        rest -= amount
        index -= 1
    while rest <= tolerance:
        index += 1
        if index >= late:
            return -1
        rest = principal[index] + interest[index] + fees[index]
    return index


@compiled
def as_of_totals(
    book: BookArrays,
    rule: RuleNumbers,
    skip: Any,
    scratch: Scratch,
    out: Outputs,
    more: LedgerOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of accounts ``[first, last)``, but for those marked in ``skip``.

    Scratch and ``more`` belong to the form of a sweep; totals need neither.
    """
    limit = rule.as_of + rule.due_date_counts
    has_reversed = len(book.reversed_day) > 0
    skips = len(skip) > 0
    for account in range(first, last):
        if skips and skip[account]:
            continue
        start = book.inst_offsets[account]
        end = book.inst_offsets[account + 1]
        due = book.due[start:end]
        late = _count_before(due, limit)
        principal = book.principal[start : start + late]
        interest = book.interest[start : start + late]
        fees = book.fees[start : start + late]
        owed = _sum_due(principal, interest, fees)
        pay_start = book.pay_offsets[account]
        pay_end = book.pay_offsets[account + 1]
        if rule.known != NONE_DAY:
            paid = _sum_paid_known(book, pay_start, pay_end, rule)
        elif has_reversed:
            paid = sum_paid_unreversed(
                book.amount[pay_start:pay_end],
                book.value_day[pay_start:pay_end],
                book.reversed_day[pay_start:pay_end],
                rule.as_of,
                rule.reversal_cut,
            )
        else:
            paid = _sum_paid(
                book.amount[pay_start:pay_end], book.value_day[pay_start:pay_end], rule.as_of
            )
        deficit = owed - paid
        deficit = max(deficit, 0)
        oldest = -1
        if deficit > 0 and not (rule.tolerance_by_account and deficit <= rule.tolerance):
            tolerance = 0 if rule.tolerance_by_account else rule.tolerance
            oldest = _oldest_unsettled(principal, interest, fees, late, deficit, tolerance)
        oldest_due = due[oldest] if oldest >= 0 else NONE_DAY
        fill_row(book, account, rule, out, deficit, oldest_due, 0, 0)
