"""From a book to the draft of one account: what is open of its instalments at the start of a day.

The one idea: as :func:`delinquency.restructuring.reading.draft_of`, for an account that has instalments and
payments alone; every other is answered by the verb of one account.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import called, compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers, Scratch
from delinquency.portfolio.kernels.obligations import lay_out_debts
from delinquency.portfolio.kernels.plan_dues import told_rhythm
from delinquency.portfolio.kernels.plan_layout import (
    ANCHOR,
    DRAFT,
    DUES,
    EARNED,
    FEE_ROWS,
    GIVEN,
    MULTIPLE,
    PAST,
    PRINCIPAL,
    RHYTHM_DAYS,
    RHYTHM_MONTHS,
    SCHEDULED,
    START,
    UNEARNED,
    UNPOSTED,
    DraftColumns,
    RowColumns,
)
from delinquency.portfolio.kernels.plan_rates import day_ratio
from delinquency.portfolio.kernels.sweep import replay_debts
from delinquency.portfolio.kernels.whole_products import MOST_PRODUCT, rounded_product

__all__ = ["find_rhythm", "read_draft", "replay_account"]

HALF_UP = 0


@inlined
def _earned(book: BookArrays, row: int, start: int, day: int, code: int) -> int:
    """The interest of the running period that is earned by a day, half up [minor units]."""
    if start >= day:
        return 0
    interest = int(book.interest[row])
    due = int(book.due[row])
    past = day - start
    whole = due - start
    if code >= 0:
        whole, _ = day_ratio(start, due, code, 0, 0)
        past, _ = day_ratio(start, day, code, 0, 0)
        if whole == 0:
            return 0
    if interest == 0:
        return 0
    return rounded_product(interest, past, whole, MOST_PRODUCT // interest, HALF_UP)


@compiled
def replay_account(book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch) -> None:
    """The debts of an account in the scratch, as they stand at the close.

    It is a kernel of its own, compiled once for all that read accounts for plans.
    """
    size = lay_out_debts(book, account, rule, scratch)
    replay_debts(book, account, rule, scratch, size)


@called
def read_draft(
    book: BookArrays,
    account: int,
    day: int,
    code: int,
    opened: Any,
    unposted: int,
    draft: DraftColumns,
    rows: RowColumns,
) -> int:
    """Fill the draft and, in ``rows``, what is open of rows to come; how many of them there are.

    Parameters
    ----------
    code : int
        Of the day count of the plan; -1: by actual days.
    opened : array
        What is open of every row of the account: four components each, by place.
    """
    amounts = draft.amounts
    for place in range(DRAFT):
        amounts[place] = 0
    amounts[START] = day
    amounts[MULTIPLE] = 1
    amounts[UNPOSTED] = unposted
    first = book.inst_offsets[account]
    start = int(book.originated[account])
    earned = 0
    has_run = False
    paid = 0
    due_today = 0
    unpaid = 0
    kept = 0
    for row in range(first, book.inst_offsets[account + 1]):
        due = int(book.due[row])
        amounts[SCHEDULED] += book.principal[row] + book.interest[row] + book.fees[row]
        place = 4 * (row - first)
        principal = opened[place]
        interest = opened[place + 1]
        fees = opened[place + 2]
        if due < day:
            start = max(start, due)
            if principal or interest or fees:
                debt = amounts[PAST]
                draft.past_row[debt] = row
                draft.past_open[4 * debt] = principal
                draft.past_open[4 * debt + 1] = interest
                draft.past_open[4 * debt + 2] = fees
                draft.past_open[4 * debt + 3] = 0
                amounts[PAST] = debt + 1
            continue
        if due > day:
            if not has_run:
                earned = _earned(book, row, start, day, code)
                has_run = True
            paid += book.interest[row] - interest
        else:
            due_today += interest
        start = max(start, due)
        amounts[PRINCIPAL] += principal
        unpaid += interest
        if fees:
            draft.fee_due[amounts[FEE_ROWS]] = due
            draft.fee_amount[amounts[FEE_ROWS]] = fees
            amounts[FEE_ROWS] += 1
        if not (principal or interest or fees):
            continue
        if kept == 0 or rows.due[kept - 1] != due:
            rows.due[kept] = due
            rows.principal[kept] = 0
            rows.interest[kept] = 0
            rows.fees[kept] = 0
            rows.penalty[kept] = 0
            draft.dues[kept] = due
            draft.rest[kept] = 0
            kept += 1
        rows.principal[kept - 1] += principal
        rows.interest[kept - 1] += interest
        rows.fees[kept - 1] += fees
    amounts[DUES] = kept
    amounts[EARNED] = earned - paid + due_today
    amounts[UNEARNED] = unpaid - amounts[EARNED]
    return kept


@inlined
def _has_any(book: BookArrays, row: int) -> bool:
    return bool(book.principal[row] or book.interest[row] or book.fees[row])


@called
def find_rhythm(book: BookArrays, account: int, draft: DraftColumns) -> None:
    """How the due dates of an account follow each other, each once; there may be none."""
    amounts = draft.amounts
    size = 0
    for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
        due = book.due[row]
        if _has_any(book, row) and (size == 0 or draft.scheduled[size - 1] != due):
            draft.scheduled[size] = due
            size += 1
    anchor, months, days = told_rhythm(draft.scheduled, size)
    amounts[GIVEN] = 1 if months or days else 0
    amounts[ANCHOR] = anchor
    amounts[RHYTHM_MONTHS] = months
    amounts[RHYTHM_DAYS] = days
