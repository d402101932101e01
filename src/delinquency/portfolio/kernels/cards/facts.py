"""The facts of a card on one day: transactions, then refunds and conversions, then payments.

The one idea: facts are in order of day, and the state knows which is next; a fact that was not known, or
that was taken back, is passed over.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.cards.items import add_transaction
from delinquency.portfolio.kernels.cards.layout import (
    CHARGED,
    FEES,
    FIRST_TRANSACTION,
    LIMITS,
    LIMITS_END,
    LINE_FEES,
    LINE_PURCHASES,
    PAYMENT,
    PAYMENTS_END,
    PLAN,
    PLAN_AMOUNT,
    PLAN_COST,
    PLAN_COSTS,
    PLAN_COUNT,
    PLAN_FIRST,
    PLAN_IS_FEE,
    PLAN_NUMBER,
    PLAN_UNBILLED,
    PLANS,
    REFUSED,
    TRANSACTION,
    TRANSACTIONS_END,
    UNBILLED_PLANS,
    WAITING,
    CardArrays,
    CardOutputs,
    CardQuestion,
    CardScratch,
)
from delinquency.portfolio.kernels.cards.money import meet_by_credit, settle, take_credit
from delinquency.portfolio.kernels.cards.telling import tell_met
from delinquency.portfolio.kernels.compiler import called, inlined, place

__all__ = [
    "PLAN_KIND",
    "REFUND_KIND",
    "begin_facts",
    "money_of_day",
    "post_transactions",
    "take_credits",
]

PLAN_KIND, FEE_KIND, REFUND_KIND = 2, 3, 4
"""Places in ``TransactionKind``; purchases are 0, cash is 1."""
MOST_COSTS = 10**15


@inlined
def begin_facts(book: CardArrays, scratch: CardScratch, account: int) -> None:
    """Where the facts of a card begin and end; nothing of it is posted yet, and nothing waits."""
    state = scratch.state
    state[WAITING] = len(scratch.pieces)
    state[FIRST_TRANSACTION] = book.tx_offsets[account]
    state[TRANSACTION] = book.tx_offsets[account]
    state[TRANSACTIONS_END] = book.tx_offsets[account + 1]
    state[PAYMENT] = book.pay_offsets[account]
    state[PAYMENTS_END] = book.pay_offsets[account + 1]
    if len(book.limit_offsets) > 0:
        state[LIMITS] = book.limit_offsets[account]
        state[LIMITS_END] = book.limit_offsets[account + 1]
    if len(scratch.slots) > 0:
        for number in range(state[TRANSACTIONS_END] - state[FIRST_TRANSACTION]):
            scratch.slots[number] = -1


@inlined
def counts(days: Any, recorded: Any, taken_back: Any, row: int, known: int, cut: int) -> bool:
    """Whether a fact was known by the cut and not yet taken back; its own day is not looked at."""
    told = int(days[row])
    if len(recorded) > 0 and recorded[row] != NONE_DAY:
        told = int(recorded[row])
    if told > known:
        return False
    return not (len(taken_back) > 0 and taken_back[row] <= cut)


@called
def post_plan(
    plans: Any, state: Any, amount: int, cost: int, count: int, is_fee: int, first: int
) -> None:
    """Keep a plan; its parts are billed from the next statement on."""
    plan = state[PLANS]
    state[PLANS] = plan + PLAN
    plans[plan + PLAN_AMOUNT] = amount
    plans[plan + PLAN_UNBILLED] = amount
    plans[plan + PLAN_COST] = cost
    plans[plan + PLAN_NUMBER] = 1
    plans[plan + PLAN_COUNT] = count
    plans[plan + PLAN_IS_FEE] = is_fee
    plans[plan + PLAN_FIRST] = first
    state[UNBILLED_PLANS] += amount
    state[CHARGED] += amount
    state[PLAN_COSTS] += cost
    if state[PLAN_COSTS] > MOST_COSTS:
        state[REFUSED] = 1


@inlined
def _post(book: CardArrays, scratch: CardScratch, at: int, row: int, kind: int, day: int) -> None:
    """Post a purchase, cash or a fee."""
    state = scratch.state
    amount = book.amount[row]
    until = NONE_DAY
    promo_rate = -1
    promo_is_day = 0
    if len(book.promo_until) > 0:
        until = int(book.promo_until[row])
        promo_rate = int(book.promo_rate[row])
        promo_is_day = int(book.promo_is_day[row])
    balance = FEES if kind == FEE_KIND else kind
    state[LINE_FEES if kind == FEE_KIND else LINE_PURCHASES + kind] += amount
    number = place(row - state[FIRST_TRANSACTION])
    item = add_transaction(
        book.numbers,
        at,
        scratch.items,
        scratch.pieces,
        state,
        balance,
        number,
        day,
        amount,
        until,
        promo_rate,
        promo_is_day,
    )
    if len(scratch.slots) > 0:
        scratch.slots[number] = item


@inlined
def post_transactions(
    book: CardArrays, question: CardQuestion, scratch: CardScratch, at: int, day: int
) -> int:
    """Post what was charged on a day; how many refunds and plans of the day are still to be taken."""
    state = scratch.state
    row = place(state[TRANSACTION])
    end = state[TRANSACTIONS_END]
    known = question.known
    cut = question.reversal_cut
    later = 0
    while row < end and book.posted[row] == day:
        if counts(book.posted, book.tx_recorded, book.tx_reversed, row, known, cut):
            kind = place(int(book.kind[row]))
            if kind == REFUND_KIND:
                later += 1
            elif kind == PLAN_KIND:
                post_plan(
                    scratch.plans,
                    state,
                    int(book.amount[row]),
                    int(book.plan_cost[row]),
                    int(book.plan_count[row]),
                    int(book.plan_is_fee[row]),
                    int(book.plan_is_first[row]),
                )
                later += 1
            else:
                _post(book, scratch, at, row, kind, day)
        row += 1
    state[TRANSACTION] = row
    return later


@called
def turn_of(kind: int, refers: int) -> int:
    """Conversions come first, then refunds that name a debit, then the others; 3 is none of them."""
    if kind == PLAN_KIND:
        return 0 if refers >= 0 else 3
    if kind == REFUND_KIND:
        return 1 if refers >= 0 else 2
    return 3


@inlined
def take_credits(
    book: CardArrays,
    question: CardQuestion,
    scratch: CardScratch,
    more: CardOutputs,
    at: int,
    first: int,
    day: int,
) -> None:
    """Take the conversions and refunds of a day, of transactions from ``first`` on, in their turns."""
    numbers = book.numbers
    state = scratch.state
    items = scratch.items
    pieces = scratch.pieces
    rows = scratch.rows
    for turn in range(3):
        for row in range(first, state[TRANSACTION]):
            kind = int(book.kind[row])
            refers = int(book.refers[row]) if len(book.refers) > 0 else -1
            if turn_of(kind, refers) != turn or not counts(
                book.posted,
                book.tx_recorded,
                book.tx_reversed,
                row,
                question.known,
                question.reversal_cut,
            ):
                continue
            is_refund = 1 if kind == REFUND_KIND else 0
            left = take_credit(
                numbers,
                at,
                items,
                pieces,
                scratch.slots,
                state,
                day,
                int(book.amount[row]),
                refers,
                is_refund,
            )
            if left > 0:
                settle(numbers, at, items, pieces, rows, state, left, day, day)
            met = meet_by_credit(numbers, at, rows, state, day, is_refund)
            tell_met(more.credit_day, more.credit_amount, state, day, met)


@inlined
def money_of_day(book: CardArrays, question: CardQuestion, state: Any, day: int) -> int:
    """The payments of one day together."""
    row = place(state[PAYMENT])
    end = state[PAYMENTS_END]
    known = question.known
    cut = question.reversal_cut
    amount = 0
    while row < end and book.value_day[row] == day:
        if counts(book.value_day, book.pay_recorded, book.pay_reversed, row, known, cut):
            amount += int(book.paid[row])
        row += 1
    state[PAYMENT] = row
    return amount
