"""Counts in payments for a book: payments in arrears, and days since the last payment.

The one idea: the shortfall of an account is known already; walking back over its late instalments says
how many whole payments fit into it. Where nearly full payments count as full, money is walked forward
over the instalments instead.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import counts_payment
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers

__all__ = ["since_last_payment", "unsatisfied_payments", "whole_payments"]


@inlined
def _contractual(book: BookArrays, row: int, rule: RuleNumbers) -> int:
    """The counted part of an instalment in force; 0 for one that is not."""
    if len(book.from_day) > 0 and not (
        book.from_day[row] <= rule.as_of and rule.as_of < book.until_day[row]
    ):
        return 0
    counted = rule.counted
    return int(
        book.principal[row] * counted[0]
        + book.interest[row] * counted[1]
        + book.fees[row] * counted[2]
    )


@compiled
def whole_payments(
    book: BookArrays, rule: RuleNumbers, shortfall: Any, out: Any, first: int, last: int
) -> None:
    """Late instalments, newest first, whose amounts fit whole into the shortfall."""
    limit = rule.as_of + rule.due_date_counts
    for account in range(first, last):
        rest = shortfall[account]
        whole = 0
        row = book.inst_offsets[account + 1] - 1
        start = book.inst_offsets[account]
        while rest > 0 and row >= start:
            amount = _contractual(book, row, rule) if book.due[row] < limit else 0
            if amount > rest:
                break
            if amount > 0:
                whole += 1
                rest -= amount
            row -= 1
        out[account] = whole


@compiled
def unsatisfied_payments(
    book: BookArrays, rule: RuleNumbers, share: int, whole: int, out: Any, first: int, last: int
) -> None:
    """Late instalments less those satisfied by payments of at least ``share / whole`` of them."""
    limit = rule.as_of + rule.due_date_counts
    for account in range(first, last):
        start = book.inst_offsets[account]
        end = book.inst_offsets[account + 1]
        late = 0
        since = -NONE_DAY
        for row in range(start, end):
            if book.due[row] < limit and _contractual(book, row, rule) > 0:
                late += 1
            if len(book.until_day) > 0 and book.until_day[row] <= rule.as_of:
                since = max(since, book.until_day[row])
        held = 0
        satisfied = 0
        row = start
        payment = book.pay_offsets[account]
        payment_end = book.pay_offsets[account + 1]
        while payment < payment_end:
            day = book.value_day[payment]
            while payment < payment_end and book.value_day[payment] == day:
                if since <= day <= rule.as_of and counts_payment(book, payment, rule):
                    held += book.amount[payment]
                payment += 1
            while row < end:
                amount = _contractual(book, row, rule)
                if amount > 0:
                    if held * whole < amount * share:
                        break
                    held = max(0, held - amount)
                    satisfied += 1
                row += 1
        out[account] = max(0, late - satisfied)


@compiled
def since_last_payment(
    book: BookArrays, rule: RuleNumbers, least: int, out: Any, first: int, last: int
) -> None:
    """Days since the last day whose payments reach ``least``, or since origination."""
    for account in range(first, last):
        last_day = book.originated[account]
        day = -NONE_DAY
        money = 0
        for row in range(book.pay_offsets[account], book.pay_offsets[account + 1]):
            if book.value_day[row] > rule.as_of or not counts_payment(book, row, rule):
                continue
            if book.value_day[row] != day:
                day = book.value_day[row]
                money = 0
            money += book.amount[row]
            if money >= least:
                last_day = day
        out[account] = max(0, rule.as_of - last_day)
