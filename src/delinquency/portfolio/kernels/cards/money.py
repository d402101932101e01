"""What money settles on a card: balances by the order of the terms, and minimums oldest first.

The one idea: an order of payment ranks the seven lists of open debits. The best head of all lists is
settled, and those that follow it in its list, until the money is used up.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.civil_days import add_months_day, whole_months_between
from delinquency.portfolio.kernels.cards.items import (
    first_open,
    settle_item,
    settle_named,
    settle_purchases,
)
from delinquency.portfolio.kernels.cards.layout import (
    ANCHOR,
    BILLED,
    BILLED_BEFORE,
    BILLED_FIRST,
    BILLED_OPEN,
    BY_KIND,
    CONVERTED,
    CREDITED,
    DEFERRED,
    DEFERRED_CYCLES,
    FIRST_ROW,
    HELD,
    HIGHEST_RATE,
    KIND,
    LINE_CONVERTED,
    LINE_PAYMENTS,
    LINE_REFUNDS,
    MINIMUM_THEN_RATE,
    MISSED_RUN,
    MONTHS,
    NEXT,
    OPEN,
    ORDER,
    PAID,
    PLAN_PART,
    PLANS_FIRST,
    PROMO_IS_DAY,
    PROMO_RATE,
    PROMOTED,
    RANK,
    RANKS,
    RANKS_BILLED,
    RANKS_RATES,
    RATES,
    REFUNDS_SETTLE,
    REQUIRED,
    ROW,
    ROW_DUE,
    ROW_JUDGED,
    ROW_OPEN,
    ROW_TOLERANCE,
    ROWS,
    STANDING,
    SWITCH_AT,
    TOTAL_OPEN,
    UNTIL,
)
from delinquency.portfolio.kernels.cards.rows import rate_row
from delinquency.portfolio.kernels.compiler import called, place
from delinquency.revolving.formulas import yearly_rate

__all__ = [
    "add_months",
    "held_to_use",
    "let_off",
    "meet_by_credit",
    "meet_minimums",
    "months_between",
    "settle",
    "statement_day",
    "take_credit",
    "take_money",
]

add_months = called(add_months_day)
months_between = called(whole_months_between)
_yearly_rate = called(yearly_rate)

LATER = 2**50
"""Added to the rank of what comes after all that has not this added."""
MOST_YEARLY = 2**33
"""More than any rate a year [1e-8]."""


@called
def statement_day(state: Any, number: int) -> int:
    """The day of a statement, from 0."""
    return int(add_months(state[ANCHOR], state[MONTHS] + number))


@called
def _cycle_of(state: Any, day: int) -> int:
    """The number of the first statement on or after a day."""
    number = months_between(state[ANCHOR], day) - state[MONTHS]
    if number < 0:
        return 0
    if statement_day(state, number) < day:
        number += 1
    return int(number)


@called
def _age(numbers: Any, at: int, rows: Any, state: Any, day: int) -> int:
    """Late days of the oldest missed minimum, ``[due, day)`` [days]; 0 where no order asks for them."""
    if numbers[at + SWITCH_AT] == NONE_DAY or state[MISSED_RUN] == 0:
        return 0
    return int(day - rows[state[FIRST_ROW] + ROW_DUE])


@called
def _rank_by_kind(numbers: Any, at: int, state: Any, age: int) -> None:
    ranks = at + RANKS
    if age >= numbers[at + SWITCH_AT]:
        ranks += 6
    state[RANKS_RATES] = 0
    state[RANKS_BILLED] = numbers[at + BILLED_FIRST]
    for kind in range(6):
        state[RANK + kind] = numbers[ranks + kind]


@called
def _by_rate(is_first: int, yearly: int, of: int) -> int:
    """A rank: the first ones, then the highest rate, then the place of the balance."""
    return ((1 - is_first) * 2 * MOST_YEARLY + MOST_YEARLY - yearly) * 8 + of


@called
def _rank_by_rate(numbers: Any, at: int, state: Any, day: int) -> None:
    state[RANKS_RATES] = 1
    state[RANKS_BILLED] = 0
    for kind in range(6):
        yearly = 0
        if numbers[at + RATES + 2 * kind + 1] > 0:
            row = rate_row(numbers, at, kind, day)
            yearly = _yearly_rate(numbers[row + 1], numbers[row + 2])
        is_first = 0
        if kind == PLAN_PART and numbers[at + ORDER] == HIGHEST_RATE:
            is_first = numbers[at + PLANS_FIRST]
        state[RANK + kind] = _by_rate(is_first, yearly, numbers[at + RANKS + kind])


@called
def _rank_of_promoted(
    numbers: Any, at: int, items: Any, item: int, state: Any, day: int, by_rate: int
) -> int:
    kind = items[item + KIND]
    if not by_rate:
        return int(state[RANK + kind])
    of = numbers[at + RANKS + kind]
    if numbers[at + ORDER] == MINIMUM_THEN_RATE and items[item + STANDING] == DEFERRED:
        left = _cycle_of(state, items[item + UNTIL] - 1) - _cycle_of(state, day)
        is_first = 1 if left < numbers[at + DEFERRED_CYCLES] else 0
        return _by_rate(is_first, 0, of)
    if items[item + PROMO_RATE] >= 0 and day < items[item + UNTIL]:
        yearly = _yearly_rate(items[item + PROMO_RATE], items[item + PROMO_IS_DAY])
        return _by_rate(0, yearly, of)
    return int(state[RANK + kind])


@called
def _settle_ranked(
    numbers: Any,
    at: int,
    items: Any,
    pieces: Any,
    state: Any,
    amount: int,
    day: int,
    effective: int,
) -> int:
    """Settle open items by the ranks of their lists; what is left of the amount."""
    by_rate = state[RANKS_RATES]
    billed_first = state[RANKS_BILLED]
    while amount > 0 and state[TOTAL_OPEN] > 0:
        best = -1
        best_rank = 0
        for kind in range(6):
            item = first_open(items, state, kind)
            if item < 0:
                continue
            rank = state[RANK + kind]
            if billed_first and items[item + BILLED] < 0:
                rank += LATER
            if best < 0 or rank < best_rank:
                best = item
                best_rank = rank
        item = first_open(items, state, PROMOTED)
        follows = item < 0
        while item >= 0:
            if items[item + OPEN] > 0:
                rank = _rank_of_promoted(numbers, at, items, item, state, day, by_rate)
                if billed_first and items[item + BILLED] < 0:
                    rank += LATER
                if best < 0 or rank < best_rank or (rank == best_rank and item < best):
                    best = item
                    best_rank = rank
            item = items[item + NEXT]
        best = place(best)
        is_billed = items[best + BILLED] >= 0
        while True:
            amount = settle_item(numbers, at, items, best, pieces, state, amount, effective)
            best = items[best + NEXT]
            if not follows or amount == 0 or best < 0:
                break
            if billed_first and is_billed != (items[best + BILLED] >= 0):
                break
    return amount


@called
def settle(
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
    """Settle open items in the order of the terms; what is left of the amount is held."""
    order = numbers[at + ORDER]
    rest = amount
    if order != HIGHEST_RATE:
        first = min(amount, state[REQUIRED]) if order == MINIMUM_THEN_RATE else amount
        rest = amount - first
        if first > 0:
            _rank_by_kind(numbers, at, state, _age(numbers, at, rows, state, day))
            rest += _settle_ranked(numbers, at, items, pieces, state, first, day, effective)
    if rest > 0 and order != BY_KIND:
        _rank_by_rate(numbers, at, state, day)
        rest = _settle_ranked(numbers, at, items, pieces, state, rest, day, effective)
    state[HELD] += rest


@called
def let_off(rows: Any, state: Any, end: int) -> None:
    """Ask no more for what is missing of the minimums before an address."""
    for row in range(state[FIRST_ROW], end, ROW):
        state[REQUIRED] -= rows[row + ROW_OPEN]
        rows[row + ROW_OPEN] = 0
    state[FIRST_ROW] = max(state[FIRST_ROW], end)


@called
def meet_minimums(rows: Any, state: Any, day: int, amount: int) -> int:
    """Settle the minimums of earlier statements, oldest first; a surplus settles no later one.

    What a tolerance then lets off of those that were missed.
    """
    first = state[FIRST_ROW]
    while first < state[ROWS] and amount > 0:
        used = min(rows[first + ROW_OPEN], amount)
        rows[first + ROW_OPEN] -= used
        state[REQUIRED] -= used
        amount -= used
        if rows[first + ROW_OPEN] > 0:
            break
        first += ROW
    state[FIRST_ROW] = first
    if state[MISSED_RUN] == 0:
        return 0
    last = state[ROWS] - ROW
    late = state[REQUIRED]
    while rows[last + ROW_JUDGED] >= day:
        late -= rows[last + ROW_OPEN]
        last -= ROW
    if late > rows[last + ROW_TOLERANCE]:
        return 0
    state[MISSED_RUN] = 0
    let_off(rows, state, last + ROW)
    return int(late)


@called
def take_money(state: Any, amount: int) -> None:
    """Count the payments of one day, before they settle anything."""
    state[PAID] += amount
    state[LINE_PAYMENTS] += amount
    state[CREDITED] += amount


@called
def held_to_use(state: Any) -> int:
    """The credit balance, where there is something that it can settle; it is no longer held then."""
    held = state[HELD]
    if held == 0 or state[TOTAL_OPEN] == 0:
        return 0
    state[HELD] = 0
    return int(held)


@called
def take_credit(
    numbers: Any,
    at: int,
    items: Any,
    pieces: Any,
    slots: Any,
    state: Any,
    day: int,
    amount: int,
    refers: int,
    is_refund: int,
) -> int:
    """Take a refund, or a conversion, out of the item it names, a refund then out of purchases.

    What is left of it for the order of the terms.
    """
    if is_refund:
        state[PAID] += amount
        state[LINE_REFUNDS] += amount
    else:
        state[CONVERTED] += amount
        state[LINE_CONVERTED] += amount
    state[BILLED_BEFORE] = state[BILLED_OPEN]
    if refers >= 0 and slots[refers] >= 0:
        amount = settle_named(numbers, at, items, slots[refers], pieces, state, amount, day)
    if is_refund:
        amount = settle_purchases(numbers, at, items, pieces, state, amount, day)
    return amount


@called
def meet_by_credit(numbers: Any, at: int, rows: Any, state: Any, day: int, is_refund: int) -> int:
    """Let a refund, or a conversion, that is settled meet minimums.

    How much of it did, and what a tolerance lets off of them.
    """
    settled = state[BILLED_BEFORE] - state[BILLED_OPEN]
    state[CREDITED] += settled
    met = max(0, state[REQUIRED] - state[BILLED_OPEN])
    if is_refund and numbers[at + REFUNDS_SETTLE]:
        met = max(met, settled)
    met = min(state[REQUIRED], met)
    if met > 0:
        met += meet_minimums(rows, state, day, met)
    return int(met)
