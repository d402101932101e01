"""The replay of each card of a book in a compiled loop.

The one idea: the same days in the same order as :mod:`delinquency.revolving.sweep`. Facts are in order of
date already, so a replay is a merge of six queues: transactions, payments, the end of a promotion, a late
fee that waits, the last day of grace, the next statement.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.cards.days import begin_card, end_promotions, next_day
from delinquency.portfolio.kernels.cards.facts import (
    begin_facts,
    money_of_day,
    post_transactions,
    take_credits,
)
from delinquency.portfolio.kernels.cards.interest import accrue_bearing
from delinquency.portfolio.kernels.cards.layout import (
    DRAWN,
    FEE_DAY,
    FEES,
    FILLED,
    INTEREST,
    JUDGED_DAY,
    KIND_OPEN,
    LIMITS,
    LIMITS_END,
    LINE_PAID_CHARGES,
    LINE_PAID_PRINCIPAL,
    MISSED_RUN,
    NEXT_END,
    PAYMENT_DAY_BEARS,
    PENALTY,
    REFUSED,
    TOLD,
    TOTAL_OPEN,
    TRANSACTION,
    WAITING,
    CardArrays,
    CardOutputs,
    CardQuestion,
    CardScratch,
    StatementOutputs,
)
from delinquency.portfolio.kernels.cards.money import (
    held_to_use,
    meet_minimums,
    settle,
    take_money,
)
from delinquency.portfolio.kernels.cards.pricing import price_waiting
from delinquency.portfolio.kernels.cards.statements import (
    bill_cycle,
    draw_statement,
    judge_statement,
    limit_on,
    post_late_fee,
)
from delinquency.portfolio.kernels.cards.telling import (
    tell_card,
    tell_judgement,
    tell_met,
    tell_minimums,
    tell_statement,
)
from delinquency.portfolio.kernels.compiler import called, compiled, inlined, place

__all__ = ["replay_cards"]


@inlined
def _limit(book: CardArrays, question: CardQuestion, scratch: CardScratch, day: int) -> int:
    """The credit limit of the card on a day [minor units]; -1 if none."""
    first, end = scratch.state[LIMITS], scratch.state[LIMITS_END]
    effective, recorded = book.limit_from, book.limit_recorded
    return limit_on(effective, book.limit_amount, recorded, first, end, day, question.known)


@called
def _charges_open(state: Any) -> int:
    """Interest, fees and late charges that are open."""
    return int(state[KIND_OPEN + INTEREST] + state[KIND_OPEN + FEES] + state[KIND_OPEN + PENALTY])


@called
def _settle_money(
    numbers: Any,
    at: int,
    items: Any,
    pieces: Any,
    rows: Any,
    state: Any,
    amount: int,
    day: int,
    effective: int,
) -> None:
    """Settle open items with money of the holder, and count what it settled of charges and of principal."""
    charges = _charges_open(state)
    before = state[TOTAL_OPEN]
    settle(numbers, at, items, pieces, rows, state, amount, day, effective)
    charges -= _charges_open(state)
    state[LINE_PAID_CHARGES] += charges
    state[LINE_PAID_PRINCIPAL] += before - state[TOTAL_OPEN] - charges


@compiled
def replay_cards(
    book: CardArrays,
    question: CardQuestion,
    scratch: CardScratch,
    out: StatementOutputs,
    more: CardOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the answer for cards ``[first, last)``; one whose numbers would leave 64 bits is refused."""
    numbers = book.numbers
    state = scratch.state
    items = scratch.items
    pieces = scratch.pieces
    rows = scratch.rows
    slots = scratch.slots
    as_of = question.as_of
    for account in range(first, last):
        at = place(book.starts[book.terms_no[account] if len(book.terms_no) > 0 else 0])
        begin_card(numbers, at, state, book.originated[account])
        begin_facts(book, scratch, account)
        state[TOLD] = int(out.offsets[account])
        state[FILLED] = int(more.credit_offsets[account])
        while state[REFUSED] == 0:
            day = next_day(book.posted, book.value_day, state)
            if day > as_of:
                break
            if day == state[NEXT_END]:
                end_promotions(numbers, at, items, pieces, state, day)
            if day == state[FEE_DAY]:
                post_late_fee(numbers, at, items, state, day)
            fact = state[TRANSACTION]
            later = post_transactions(book, question, scratch, at, day)
            money = held_to_use(state)
            if money > 0:
                _settle_money(numbers, at, items, pieces, rows, state, money, day, day)
            if later > 0:
                take_credits(book, question, scratch, more, at, fact, day)
            money = money_of_day(book, question, state, day)
            if money > 0:
                take_money(state, money)
                effective = day + numbers[at + PAYMENT_DAY_BEARS]
                _settle_money(numbers, at, items, pieces, rows, state, money, day, effective)
                met = meet_minimums(rows, state, day, money)
                tell_met(more.credit_day, more.credit_amount, state, day, met)
            if day == state[JUDGED_DAY]:
                met = judge_statement(numbers, at, items, pieces, rows, state)
                tell_met(more.credit_day, more.credit_amount, state, day, met)
                tell_judgement(out.marks, state)
            if day == state[DRAWN]:
                accrue_bearing(numbers, at, items, pieces, state, day + 1)
                price_waiting(numbers, at, pieces, state)
                bill_cycle(numbers, at, items, scratch.plans, state, day)
                money = held_to_use(state)
                if money > 0:
                    _settle_money(numbers, at, items, pieces, rows, state, money, day, day)
                limit = _limit(book, question, scratch, day)
                draw_statement(numbers, at, items, rows, slots, state, day, limit)
                tell_statement(out.days, out.money, out.marks, state)
            if state[WAITING] < len(pieces):
                price_waiting(numbers, at, pieces, state)
        accrue_bearing(numbers, at, items, pieces, state, as_of + 1)
        price_waiting(numbers, at, pieces, state)
        more.refused[account] = state[REFUSED]
        if state[REFUSED] == 0:
            limit = _limit(book, question, scratch, as_of)
            tell_card(numbers, at, more.money, state, account, limit)
            late = tell_minimums(out.money, rows, state, out.offsets[account], as_of)
            more.missed_still_open[account] = late
            more.missed_consecutive[account] = state[MISSED_RUN]
            more.credit_count[account] = state[FILLED] - more.credit_offsets[account]
