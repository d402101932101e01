"""Penalty interest of accounts whose debts money fills in order, whatever the terms.

The one idea: money that fills debts in order needs no ledger. A debt is the money between two marks of the
running sum of all debts, what was paid of it by a day is that sum of money cut at the marks, and its lines
follow from there.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_bearings import waived_whole
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LINES,
    BY_LOOP,
    OpenBalances,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
    PenaltyScratch,
)
from delinquency.portfolio.kernels.penalty_lines import (
    CAPPED,
    COMPOUND,
    FIGURES,
    PENALTY,
    ROOM,
    SIZE_OF_STEP,
    WAIVED,
    list_lines,
    tell_lines,
)

__all__ = ["MOST_DENOMINATOR", "counted_money", "penalty_by_lines"]

_bears_from = inlined(formulas.bears_from)

MOST_DENOMINATOR = 45 * 10**12
DAY, BASE, INTEREST, OVERDUE = range(SIZE_OF_STEP)


@inlined
def counted_money(book: PenaltyArrays, row: int, rule: PenaltyNumbers) -> int:
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
def _put_step(
    book: PenaltyArrays,
    row: int,
    rule: PenaltyNumbers,
    steps: Any,
    count: int,
    day: int,
    money: int,
) -> int:
    """Say what of a debt is open from the close of a day on, once ``money`` of it is settled.

    What was said of the same day is taken back; the number of steps.
    """
    at = count * SIZE_OF_STEP
    if count > 0 and steps[at - SIZE_OF_STEP] == day:
        at -= SIZE_OF_STEP
    steps[at] = day
    steps[at + BASE] = 0
    steps[at + INTEREST] = 0
    steps[at + OVERDUE] = 0
    rest = money
    for place in range(len(rule.order)):
        column = rule.order[place]
        amount = 0
        if column == 0:
            amount = int(book.principal[row])
        elif column == 1:
            amount = int(book.interest[row])
        elif column == 2:
            amount = int(book.fees[row])
        used = min(rest, amount)
        rest -= used
        steps[at + BASE] += (amount - used) * rule.bears[column]
        steps[at + OVERDUE] += (amount - used) * rule.late[column]
        steps[at + INTEREST] += amount - used if column == 1 else 0
    return at // SIZE_OF_STEP + 1


@inlined
def _outlasts_grace(rule: PenaltyNumbers, steps: Any, count: int) -> bool:
    """Whether a debt that may still be within days of grace was overdue when they were over."""
    if rule.grace_is_trigger == 0:
        return True
    last = steps[DAY] + rule.grace_days
    if last >= rule.as_of:
        return False
    step = 0
    while step + 1 < count and steps[(step + 1) * SIZE_OF_STEP] <= last:
        step += 1
    return bool(steps[step * SIZE_OF_STEP + OVERDUE] > 0)


@inlined
def _tell_debt(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    count: int,
    at_due: int,
    whole: int,
) -> bool:
    """Add what a debt bore to the figures; whether every day that bears has a rate."""
    steps = scratch.steps
    if not _outlasts_grace(rule, steps, count):
        return True
    first = _bears_from(steps[DAY], rule.grace_days, 1 - rule.grace_is_trigger)
    # A number that is not literal lets what reads it be compiled once.
    between = 0
    lines = 0
    for column in range(BASE, INTEREST + rule.compounds):
        between = lines
        lines = list_lines(
            book.rates,
            book.spans,
            account,
            rule.rates,
            rule.known,
            first,
            rule.as_of,
            steps,
            count,
            column,
            whole,
            scratch.lines,
            lines,
        )
        if lines < 0:
            return False
    if rule.compounds == 0:
        between = lines
    tell_lines(
        rule.measure, scratch.lines, scratch.figures, steps[DAY], at_due, between, lines, whole
    )
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
        due = int(book.due[row])
        if due >= rule.as_of:
            return True
        before = owed
        owed += book.principal[row] + book.interest[row] + book.fees[row]
        on_day = 0
        while payment < payments and book.value_day[payment] <= due:
            amount = counted_money(book, payment, rule)
            on_day += amount if book.value_day[payment] == due else 0
            come += amount
            payment += 1
        if come >= owed:
            continue
        prepaid = 0
        if rule.holds_excess == 0:
            prepaid = max(come - on_day - before, 0)
        if read < payment:
            read = payment
            reached = come
        # Told first is what is open before the money of the due day, then at its close, then whenever
        # more money came.
        at_due = -1
        day = due
        money = prepaid
        place = max(come, before)
        count = 0
        while True:
            count = _put_step(book, row, rule, scratch.steps, count, day, money)
            if at_due < 0:
                at_due = scratch.steps[BASE]
                money = place - before
                continue
            while reached <= place and read < payments and book.value_day[read] <= rule.as_of:
                reached += counted_money(book, read, rule)
                reached_on = int(book.value_day[read])
                read += 1
            if place >= owed or reached <= place:
                break
            place = min(reached, owed)
            money = place - before
            day = reached_on
        if not _tell_debt(book, account, rule, scratch, count, at_due, whole):
            return False
    return True


@compiled
def penalty_by_lines(
    book: PenaltyArrays,
    rule: PenaltyNumbers,
    route: Any,
    scratch: PenaltyScratch,
    out: PenaltyOutputs,
    balances: OpenBalances,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of the accounts of ``[first, last)`` that are on this route.

    An account with waived shares too fine for the bounds, or with a day that bears and that no table covers,
    is handed on to the verb of one account, which answers it or says what is wrong. Balances belong to the
    form of these loops and are not filled.
    """
    figures = scratch.figures
    for account in range(first, last):
        if route[account] != BY_LINES:
            continue
        whole = waived_whole(book.spans, account, rule.known)
        if whole == 0 or whole > MOST_DENOMINATOR // (rule.measure.day_denominator * 100_000_000):
            route[account] = BY_LOOP
            continue
        for place in range(FIGURES):
            figures[place] = 0
        figures[ROOM] = rule.measure.room
        if not _tell_account(book, account, rule, scratch, whole):
            route[account] = BY_LOOP
            continue
        out.penalty[account] = figures[PENALTY]
        out.compound[account] = figures[COMPOUND]
        out.waived[account] = figures[WAIVED]
        out.capped[account] = figures[CAPPED]
        out.posted[account] = 0
