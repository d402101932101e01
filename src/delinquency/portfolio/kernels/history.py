"""Many closes in one sweep, where totals decide: pointers that only move forward.

The one idea: from one close to the next, dues and payments are only added. Each account's two sums and
its pointer to the oldest unsettled instalment move on from where they were; nothing is read twice.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import (
    bucket_of,
    delinquent_after,
    late_days,
    net_of_grace,
)
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers
from delinquency.portfolio.kernels.totals import sum_paid_unreversed

__all__ = ["HistoryOutputs", "beyond_tolerance", "history_totals"]


class HistoryOutputs(NamedTuple):
    """One row an account, one column a close."""

    days_past_due: Any
    delinquent_days: Any
    arrears: Any
    bucket: Any


@inlined
def beyond_tolerance(
    principal: Any, interest: Any, fees: Any, oldest: int, late: int, rest: int, tolerance: int
) -> int:
    """The oldest instalment from ``oldest`` on that is open by more than the tolerance; -1 if none."""
    while rest <= tolerance:
        oldest += 1
        if oldest >= late:
            return -1
        rest = principal[oldest] + interest[oldest] + fees[oldest]
    return oldest


@inlined
def _any_reversed(reversed_days: Any) -> bool:
    taken_back = 0
    for row in range(len(reversed_days)):
        taken_back += reversed_days[row] != NONE_DAY
    return taken_back > 0


@compiled
def history_totals(
    book: BookArrays,
    rule: RuleNumbers,
    closes: Any,
    skip: Any,
    out: HistoryOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the rows ``[first, last)`` for every close, but for accounts marked in ``skip``.

    Where a payment was taken back, money is summed anew for each close, and the pointer to the oldest
    unsettled instalment begins again if the money no longer reaches it.
    """
    has_reversed = len(book.reversed_day) > 0
    by_account = rule.tolerance_by_account
    least = rule.tolerance if by_account else 0
    first_days = rule.bucket_first_days
    has_suspensions = len(book.susp_start) > 0
    for account in range(first, last):
        if skip[account]:
            continue
        start = book.inst_offsets[account]
        end = book.inst_offsets[account + 1]
        due = book.due[start:end]
        principal = book.principal[start:end]
        interest = book.interest[start:end]
        fees = book.fees[start:end]
        value_days = book.value_day[book.pay_offsets[account] : book.pay_offsets[account + 1]]
        amounts = book.amount[book.pay_offsets[account] : book.pay_offsets[account + 1]]
        reversed_days = book.reversed_day[0:0]
        if has_reversed:
            reversed_days = book.reversed_day[
                book.pay_offsets[account] : book.pay_offsets[account + 1]
            ]
        takes_back = _any_reversed(reversed_days)
        suspends = False
        if has_suspensions:
            suspends = book.susp_offsets[account + 1] > book.susp_offsets[account]
        late = 0
        owed = 0
        payment = 0
        paid = 0
        oldest = 0
        before = 0
        for close in range(len(closes)):
            day = closes[close]
            limit = day + rule.due_date_counts
            while late < len(due) and due[late] < limit:
                owed += principal[late] + interest[late] + fees[late]
                late += 1
            if takes_back:
                paid = sum_paid_unreversed(amounts, value_days, reversed_days, day, day)
                if paid < before:
                    oldest = 0
                    before = 0
            else:
                while payment < len(value_days) and value_days[payment] <= day:
                    paid += amounts[payment]
                    payment += 1
            deficit = max(0, owed - paid)
            raw = 0
            delinquent = 0
            if deficit > least:
                amount = principal[oldest] + interest[oldest] + fees[oldest]
                while before + amount <= paid:
                    before += amount
                    oldest += 1
                    amount = principal[oldest] + interest[oldest] + fees[oldest]
                found = oldest
                if rule.tolerance > 0 and not by_account:
                    found = beyond_tolerance(
                        principal,
                        interest,
                        fees,
                        oldest,
                        late,
                        before + amount - paid,
                        rule.tolerance,
                    )
                if found >= 0:
                    raw = late_days(due[found], day, rule.due_date_counts)
                    if suspends:
                        delinquent = delinquent_after(book, account, rule, due[found], limit, raw)
                    else:
                        delinquent = net_of_grace(raw, rule.grace, rule.grace_is_trigger)
            out.days_past_due[account, close] = raw
            out.delinquent_days[account, close] = delinquent
            out.arrears[account, close] = deficit
            position = 0
            if raw > 0:
                position = bucket_of(first_days, raw if rule.reads_raw else delinquent)
            out.bucket[account, close] = position
