"""Penalty interest of accounts whose debts money fills in order, whatever the terms.

The one idea: money that fills debts in order needs no ledger. A debt is the money between two marks of the
running sum of all debts, what was paid of it by a day is that sum of money cut at the marks, and its lines
follow from there.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_bearings import waived_whole
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LINES,
    BY_LOOP,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
    PenaltyScratch,
)
from delinquency.portfolio.kernels.penalty_lines import list_lines, tell_lines
from delinquency.portfolio.kernels.penalty_one_rate import settled_of

__all__ = ["penalty_by_lines"]

MOST_DENOMINATOR = 45 * 10**12
PENALTY, COMPOUND, WAIVED, CAPPED, ROOM = range(5)


@inlined
def _counted(book: PenaltyArrays, row: int, rule: PenaltyNumbers) -> int:
    """The money of a payment, 0 if it was not known by the cut or was taken back."""
    recorded = book.value_day[row]
    if len(book.recorded) > 0 and book.recorded[row] != NONE_DAY:
        recorded = book.recorded[row]
    if recorded > rule.known:
        return 0
    if len(book.reversed_day) > 0 and book.reversed_day[row] <= rule.reversal_cut:
        return 0
    return int(book.amount[row])


@inlined
def _open(book: PenaltyArrays, row: int, rule: PenaltyNumbers, flags: Any, money: int) -> int:
    """What of some components of a debt is open once ``money`` of it is settled."""
    principal = book.principal[row]
    interest = book.interest[row]
    fees = book.fees[row]
    whole = principal * flags[0] + interest * flags[1] + fees * flags[2]
    return int(whole - settled_of(rule.order, flags, principal, interest, fees, money))


@inlined
def _put_step(
    book: PenaltyArrays,
    row: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    step: int,
    day: int,
    money: int,
) -> int:
    """Say what of a debt is open from the close of a day on; the number of steps."""
    if step > 0 and scratch.step_day[step - 1] == day:
        step -= 1
    scratch.step_day[step] = day
    scratch.step_base[step] = _open(book, row, rule, rule.bears, money)
    scratch.step_interest[step] = _open(book, row, rule, rule.interest, money)
    scratch.step_late[step] = _open(book, row, rule, rule.late, money)
    return step + 1


@inlined
def _outlasts_grace(rule: PenaltyNumbers, scratch: PenaltyScratch, due: int, steps: int) -> bool:
    """Whether a debt that may still be within days of grace was overdue when they were over."""
    if rule.grace_is_trigger == 0:
        return True
    last = due + rule.grace_days
    if last >= rule.as_of:
        return False
    step = 0
    while step + 1 < steps and scratch.step_day[step + 1] <= last:
        step += 1
    return bool(scratch.step_late[step] > 0)


@inlined
def _tell_debt(
    book: PenaltyArrays,
    account: int,
    row: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    steps: int,
    at_due: int,
    whole: int,
) -> bool:
    """Add what a debt bore to the figures; whether every day that bears has a rate."""
    due = int(book.due[row])
    if not _outlasts_grace(rule, scratch, due, steps):
        return True
    between = list_lines(book, account, rule, scratch, scratch.step_base, due, steps, whole, 0)
    if between < 0:
        return False
    lines = between
    if rule.compounds:
        base = scratch.step_interest
        lines = list_lines(book, account, rule, scratch, base, due, steps, whole, between)
        if lines < 0:
            return False
    tell_lines(rule, scratch, due, at_due, between, lines, whole)
    return True


@inlined
def _tell_account(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    whole: int,
) -> bool:
    """Walk the debts of an account in order of rank; whether every day that bears has a rate."""
    payments = book.pay_offsets[account + 1]
    payment = book.pay_offsets[account]
    read = payment
    owed = 0
    come = 0
    reached = 0
    reached_on = -NONE_DAY
    for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
        due = book.due[row]
        if due >= rule.as_of:
            return True
        before = owed
        owed += book.principal[row] + book.interest[row] + book.fees[row]
        on_day = 0
        while payment < payments and book.value_day[payment] <= due:
            amount = _counted(book, payment, rule)
            on_day += amount if book.value_day[payment] == due else 0
            come += amount
            payment += 1
        if come >= owed:
            continue
        prepaid = 0
        if rule.holds_excess == 0:
            prepaid = max(come - on_day - before, 0)
        at_due = _open(book, row, rule, rule.bears, prepaid)
        if read < payment:
            read = payment
            reached = come
        place = max(come, before)
        steps = _put_step(book, row, rule, scratch, 0, due, place - before)
        while place < owed:
            if reached > place:
                place = min(reached, owed)
                steps = _put_step(book, row, rule, scratch, steps, reached_on, place - before)
            elif read < payments and book.value_day[read] <= rule.as_of:
                reached += _counted(book, read, rule)
                reached_on = book.value_day[read]
                read += 1
            else:
                break
        if not _tell_debt(book, account, row, rule, scratch, steps, at_due, whole):
            return False
    return True


@compiled
def penalty_by_lines(
    book: PenaltyArrays,
    rule: PenaltyNumbers,
    route: Any,
    scratch: PenaltyScratch,
    out: PenaltyOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of the accounts of ``[first, last)`` that are on this route.

    An account with waived shares too fine for the bounds, or with a day that bears and that no table covers,
    is handed on to the verb of one account, which answers it or says what is wrong.
    """
    figures = scratch.figures
    for account in range(first, last):
        if route[account] != BY_LINES:
            continue
        whole = waived_whole(book, account, rule.known)
        if whole == 0 or whole > MOST_DENOMINATOR // (rule.day_denominator * 100_000_000):
            route[account] = BY_LOOP
            continue
        for place in range(5):
            figures[place] = 0
        for place in range(len(scratch.sums)):
            scratch.sums[place] = 0
        figures[ROOM] = rule.room
        if not _tell_account(book, account, rule, scratch, whole):
            route[account] = BY_LOOP
            continue
        out.penalty[account] = figures[PENALTY]
        out.compound[account] = figures[COMPOUND]
        out.waived[account] = figures[WAIVED]
        out.capped[account] = figures[CAPPED]
        out.posted[account] = 0
