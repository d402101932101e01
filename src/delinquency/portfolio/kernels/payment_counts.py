"""Counts in payments for a book: payments in arrears, and days since the last payment.

The one idea: a contractual payment is what is asked for of an instalment. Walking back over the late ones
says how many of them fit whole into the shortfall; where nearly full payments count as full, money is walked
forward over all of them instead. The schedule alone says what is asked for, unless something was let off or
the debts stand in another order: then the ledger is replayed.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import counts_payment
from delinquency.portfolio.kernels.at_close import open_counted
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import INSTALMENT, BookArrays, RuleNumbers, Scratch
from delinquency.portfolio.kernels.obligations import lay_out_debts
from delinquency.portfolio.kernels.sweep import replay_debts

__all__ = [
    "payments_of_debts",
    "payments_of_ledger",
    "since_last_payment",
    "unsatisfied_payments",
    "whole_payments",
]


@inlined
def _contractual(book: BookArrays, row: int, rule: RuleNumbers) -> int:
    """The counted part of an instalment."""
    counted = rule.counted
    return int(
        book.principal[row] * counted[0]
        + book.interest[row] * counted[1]
        + book.fees[row] * counted[2]
    )


@inlined
def _is_in_force(book: BookArrays, row: int, rule: RuleNumbers) -> bool:
    if len(book.from_day) == 0:
        return True
    return bool(book.from_day[row] <= rule.as_of < book.until_day[row])


@inlined
def _whole(asked: Any, count: int, shortfall: int) -> int:
    """How many of the payments asked for, the last first, fit whole into a shortfall."""
    rest = shortfall
    place = count
    while place > 0 and asked[place - 1] <= rest:
        place -= 1
        rest -= asked[place]
    return int(count - place)


@inlined
def _satisfied(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    asked: Any,
    count: int,
    share: int,
    whole: int,
) -> int:
    """How many of the payments asked for money satisfies by ``share / whole`` of them.

    A change of schedule begins the count anew.
    """
    since = -NONE_DAY
    if len(book.until_day) > 0:
        for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
            if book.until_day[row] <= rule.as_of:
                since = max(since, book.until_day[row])
    held = 0
    satisfied = 0
    payment = book.pay_offsets[account]
    end = book.pay_offsets[account + 1]
    while payment < end and satisfied < count:
        day = book.value_day[payment]
        while payment < end and book.value_day[payment] == day:
            if since <= day <= rule.as_of and counts_payment(book, payment, rule):
                held += book.amount[payment]
            payment += 1
        while satisfied < count and held * whole >= asked[satisfied] * share:
            held = max(0, held - asked[satisfied])
            satisfied += 1
    return int(satisfied)


@compiled
def whole_payments(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    shortfall: Any,
    out: Any,
    first: int,
    last: int,
) -> None:
    """Late instalments, newest first, whose amounts fit whole into the shortfall."""
    limit = rule.as_of + rule.due_date_counts
    for account in range(first, last):
        count = 0
        if shortfall[account] > 0:
            for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
                amount = _contractual(book, row, rule)
                if amount > 0 and book.due[row] < limit and _is_in_force(book, row, rule):
                    scratch.asked[count] = amount
                    count += 1
        out[account] = _whole(scratch.asked, count, shortfall[account])


@compiled
def unsatisfied_payments(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    share: int,
    whole: int,
    out: Any,
    first: int,
    last: int,
) -> None:
    """Late instalments less those satisfied by payments of at least ``share / whole`` of them."""
    limit = rule.as_of + rule.due_date_counts
    for account in range(first, last):
        count = 0
        late = 0
        for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
            amount = _contractual(book, row, rule)
            if amount > 0 and _is_in_force(book, row, rule):
                scratch.asked[count] = amount
                count += 1
                late += book.due[row] < limit
        satisfied = _satisfied(book, account, rule, scratch.asked, count, share, whole)
        out[account] = max(0, late - satisfied)


@inlined
def _asked_for(
    book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch, place: int
) -> int:
    """What is asked for of a debt at the close, if it is an instalment in force, else 0."""
    debts = scratch.debts
    if debts.kind[place] != INSTALMENT:
        return 0
    if not debts.start[place] <= rule.as_of < debts.until[place]:
        return 0
    amount = _contractual(book, book.inst_offsets[account] + debts.number[place] - 1, rule)
    # Penalty that the ledger charged is no part of what was agreed.
    for column in range(3):
        amount -= debts.let_off[4 * place + column] * rule.counted[column]
    return int(amount)


@inlined
def payments_of_debts(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    scratch: Scratch,
    size: int,
    share: int,
    whole: int,
) -> int:
    """Either count of an account that was replayed; that of a shortfall where ``share`` is 0."""
    limit = rule.as_of + rule.due_date_counts
    count = 0
    late = 0
    shortfall = 0
    for place in range(size):
        amount = _asked_for(book, account, rule, scratch, place)
        is_late = scratch.debts.due[place] < limit
        if amount > 0 and (is_late or share > 0):
            scratch.asked[count] = amount
            count += 1
            late += is_late
            shortfall += open_counted(scratch.debts, place, rule)
    if share > 0:
        satisfied = _satisfied(book, account, rule, scratch.asked, count, share, whole)
        return max(0, int(late) - satisfied)
    return _whole(scratch.asked, count, shortfall)


@compiled
def payments_of_ledger(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    share: int,
    whole: int,
    out: Any,
    first: int,
    last: int,
) -> None:
    """Either count by the ledger of each account; the whole payments of a shortfall where ``share`` is 0."""
    for account in range(first, last):
        size = lay_out_debts(book, account, rule, scratch)
        replay_debts(book, account, rule, scratch, size)
        out[account] = payments_of_debts(book, account, rule, scratch, size, share, whole)


@compiled
def since_last_payment(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    least: int,
    out: Any,
    first: int,
    last: int,
) -> None:
    """Days since the last day whose payments reach ``least``, or since origination.

    Scratch belongs to the form of a count; this one needs none.
    """
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
