"""The sweep of an account whose ledger charges something itself, over the debts laid out.

The one idea: the days of :mod:`delinquency.portfolio.kernels.sweep` for accounts without charges or changes,
and on each of them three moments more, as in :mod:`delinquency.ledger.making`: at its beginning, before
money, and at its close. A debt is made when it is charged, at its rank, so that nothing empty is walked over.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import (
    FIRST,
    HELD,
    IS_FIXED,
    MONEY,
    BookArrays,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.making_fees import (
    charge_fees,
    fee_day,
    list_fees,
    next_fee,
    note_taken,
    of_fees,
)
from delinquency.portfolio.kernels.making_layout import (
    SIZE,
    MakingNumbers,
    MakingScratch,
)
from delinquency.portfolio.kernels.making_penalty import (
    bear_until,
    begin_accruals,
    is_within_bounds,
    post_as_one,
)
from delinquency.portfolio.kernels.obligations import lay_out_debts
from delinquency.portfolio.kernels.sweep import collect, receive

__all__ = ["replay_making"]


@inlined
def _is_held(state: Any) -> bool:
    return bool(state[HELD] + state[HELD + 1] + state[HELD + 2] + state[HELD + 3] > 0)


@inlined
def _next_due(scratch: Scratch, size: int, day: int) -> int:
    """The day after ``day`` on which the next debt falls due, if there is one."""
    for place in range(scratch.state[FIRST], size):
        if scratch.debts.unit_day[place] > day:
            return int(scratch.debts.unit_day[place])
    return NONE_DAY


@inlined
def _first_posting(book: BookArrays, account: int, making: MakingNumbers) -> int:
    """The place of the first day on which penalty is posted: that after the first due day."""
    first = book.inst_offsets[account]
    due = book.due[first]
    place = 0
    if making.on_due_dates:
        while first + place < book.inst_offsets[account + 1] and book.due[first + place] == due:
            place += 1
        return int(place)
    end = len(making.statement_days)
    while place < end:
        middle = (place + end) // 2
        if making.statement_days[middle] <= due:
            place = middle + 1
        else:
            end = middle
    return int(place)


@inlined
def _posting_day(book: BookArrays, account: int, making: MakingNumbers, place: int) -> int:
    """The day on which penalty is posted for the instalment, or the statement, at a place."""
    if making.on_due_dates:
        row = book.inst_offsets[account] + place
        return int(book.due[row]) if row < book.inst_offsets[account + 1] else NONE_DAY
    return int(making.statement_days[place]) if place < len(making.statement_days) else NONE_DAY


@inlined
def replay_making(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    making: MakingNumbers,
    scratch: Scratch,
    made: MakingScratch,
    whole: int,
) -> bool:
    """Sweep an account up to the close; the debts laid out are left as they stand at it.

    Whether every day that bears has a rate, every fee a row of its table, and nothing left the bounds.
    """
    state = scratch.state
    for number in range(len(state)):
        state[number] = 0
    state[IS_FIXED] = 1
    begin_accruals(scratch, made, lay_out_debts(book, account, rule, scratch))
    payment = book.pay_offsets[account]
    payment_end = book.pay_offsets[account + 1]
    place = _first_posting(book, account, making)
    number = 0
    fees = list_fees(book, account, rule, making, made)
    if fees < 0:
        return False
    fee = 0
    day = -NONE_DAY
    while is_within_bounds(book, account, making, made, whole):
        last = day
        day = NONE_DAY
        if payment < payment_end:
            day = book.value_day[payment]
        posting = _posting_day(book, account, making, place)
        day = min(day, posting)
        if rule.holds_any and _is_held(state):
            day = min(day, _next_due(scratch, made.counters[SIZE], last))
        if fee < fees:
            fee = next_fee(making, scratch, made, fee, fees, day)
        if fee < fees:
            day = min(day, fee_day(making, made, fee))
        close = min(day, rule.as_of)
        if making.accrues and not bear_until(account, making, scratch, made, close, whole):
            return False
        if day > rule.as_of:
            return True
        if posting == day:
            number += 1
            post_as_one(making, scratch, made, day, number)
            while _posting_day(book, account, making, place) == day:
                place += 1
        payment = collect(book, rule, state, payment, payment_end, day)
        open_fees = of_fees(making, scratch, made)
        receive(book, rule, scratch, made.counters[SIZE], day, 0, 0)
        note_taken(made, day, open_fees - of_fees(making, scratch, made))
        for kind in range(4):
            state[MONEY + kind] = 0
        if fee < fees:
            # Who bears a fee has nothing left that waits to settle it.
            fee = charge_fees(book, account, rule, making, scratch, made, fee, fees, day)
    return False
