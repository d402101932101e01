"""The debits of one card: posting them, finding them, settling them.

The one idea: debits stand one after the other in the order of posting, and each open one is in one of seven
lists: one a balance, and one for those under a promotion, which alone may differ in rate from others of
their balance. Within a list what was billed comes before what was not, so that an order of payment is an
order of lists.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.cards.interest import accrue_settled, begin_bearing
from delinquency.portfolio.kernels.cards.layout import (
    ACCRUED,
    BEARING,
    BILLED,
    BILLED_OPEN,
    CASH,
    CHARGED,
    DEFERRED,
    FIRST_FREE,
    FIRST_NEW,
    FREE,
    HAS_BEARING,
    HEAD,
    ITEM,
    ITEMS,
    KIND,
    KIND_OPEN,
    LAST_PIECE,
    NEVER,
    NEXT,
    NEXT_END,
    OPEN,
    PIECE,
    PLACE,
    PROMO_IS_DAY,
    PROMO_RATE,
    PROMOTED,
    PURCHASE,
    RATES,
    SETTLED,
    STANDING,
    TAIL,
    TOTAL_OPEN,
    UNTIL,
)
from delinquency.portfolio.kernels.compiler import called, inlined, place

__all__ = [
    "add_by_statement",
    "add_transaction",
    "drop_settled",
    "first_open",
    "settle_item",
    "settle_named",
    "settle_purchases",
]


@inlined
def _link(items: Any, item: int, state: Any) -> None:
    """Put an item at the end of its list."""
    of = PROMOTED if items[item + UNTIL] != NONE_DAY else place(items[item + KIND])
    last = state[TAIL + of]
    if last < 0:
        state[HEAD + of] = item
    else:
        items[last + NEXT] = item
    state[TAIL + of] = item
    items[item + NEXT] = -1


@inlined
def _add(items: Any, state: Any, kind: int, start: int, amount: int, standing: int) -> int:
    """Post a debit whose interest, if any, begins with ``start``; its address."""
    item = place(state[ITEMS])
    state[ITEMS] = item + ITEM
    items[item + OPEN] = amount
    items[item + ACCRUED] = start
    items[item + KIND] = kind
    items[item + STANDING] = standing
    items[item + BILLED] = -1
    items[item + PLACE] = -1
    items[item + UNTIL] = NONE_DAY
    items[item + PROMO_RATE] = -1
    items[item + PROMO_IS_DAY] = 0
    items[item + PIECE] = -1
    items[item + LAST_PIECE] = -1
    state[TOTAL_OPEN] += amount
    state[KIND_OPEN + kind] += amount
    state[CHARGED] += amount
    return int(item)


@called
def add_by_statement(
    numbers: Any, at: int, items: Any, state: Any, kind: int, day: int, amount: int
) -> None:
    """Post what a statement itself charges; it may bear interest from the day after.

    A balance that is named is given as ``int(...)``: of a constant the compiler makes a function of its own.
    """
    if amount:
        standing = FREE if numbers[at + RATES + 2 * kind + 1] > 0 else NEVER
        _link(items, _add(items, state, kind, day + 1, amount, standing), state)


@inlined
def add_transaction(
    numbers: Any,
    at: int,
    items: Any,
    pieces: Any,
    state: Any,
    kind: int,
    number: int,
    day: int,
    amount: int,
    until: int,
    promo_rate: int,
    promo_is_day: int,
) -> int:
    """Post a purchase, cash or a fee, with its promotion if it has one; its address."""
    standing = BEARING if kind == CASH else FREE
    if until != NONE_DAY and promo_rate < 0:
        standing = DEFERRED
        state[NEXT_END] = min(state[NEXT_END], until)
    elif until == NONE_DAY and numbers[at + RATES + 2 * kind + 1] == 0:
        standing = NEVER
    item = _add(items, state, kind, day, amount, standing)
    items[item + PLACE] = number
    items[item + UNTIL] = until
    items[item + PROMO_RATE] = promo_rate
    items[item + PROMO_IS_DAY] = promo_is_day
    if standing == BEARING:
        begin_bearing(numbers, at, items, item, pieces, state)
    _link(items, item, state)
    return item


@inlined
def first_open(items: Any, state: Any, of: int) -> int:
    """The first item of a list that is open, or -1; those before it leave the list."""
    item = state[HEAD + of]
    while item >= 0 and items[item + OPEN] == 0:
        item = items[item + NEXT]
    state[HEAD + of] = item
    if item < 0:
        state[TAIL + of] = -1
    return int(item)


def _settle(
    numbers: Any,
    at: int,
    items: Any,
    item: int,
    pieces: Any,
    state: Any,
    amount: int,
    effective: int,
) -> int:
    """Settle as much of an item as the amount does; what is left of the amount.

    ``effective`` is the first day that bears no interest for it.
    """
    item = place(item)
    used = min(items[item + OPEN], amount)
    if used == 0:
        return amount
    accrue_settled(numbers, at, items, item, pieces, state, used, effective)
    items[item + OPEN] -= used
    state[SETTLED] += items[item + OPEN] == 0
    state[TOTAL_OPEN] -= used
    state[KIND_OPEN + place(items[item + KIND])] -= used
    if items[item + BILLED] >= 0:
        state[BILLED_OPEN] -= used
    return int(amount - used)


settle_item = inlined(_settle)
"""For a payment, which settles many."""
settle_named = called(_settle)
"""For a refund, which settles one."""


@called
def drop_settled(items: Any, slots: Any, state: Any) -> None:
    """Close the gaps of items that are settled and decided, and make the lists anew.

    A gap costs little, and to close it every later item is moved: nothing is done where gaps are few.
    """
    state[FIRST_NEW] = state[ITEMS]
    if state[SETTLED] * (2 * ITEM) < state[ITEMS]:
        return
    state[SETTLED] = 0
    for of in range(7):
        state[HEAD + of] = -1
        state[TAIL + of] = -1
    bears = state[HAS_BEARING]
    state[HAS_BEARING] = 0
    to = 0
    first_free = -1
    for item in range(0, state[ITEMS], ITEM):
        standing = items[item + STANDING]
        slot = items[item + PLACE]
        if items[item + OPEN] == 0 and standing in (NEVER, BEARING):
            if len(slots) > 0 and slot >= 0:
                slots[slot] = -1
            continue
        if to != item:
            for number in range(ITEM):
                items[to + number] = items[item + number]
        if items[to + OPEN] > 0:
            _link(items, to, state)
        else:
            state[SETTLED] += 1
        if len(slots) > 0 and slot >= 0:
            slots[slot] = to
        if standing == FREE and first_free < 0:
            first_free = to
        if standing == BEARING:
            state[HAS_BEARING] = bears
        to += ITEM
    state[ITEMS] = to
    state[FIRST_NEW] = to
    state[FIRST_FREE] = first_free if first_free >= 0 else to


@called
def settle_purchases(
    numbers: Any, at: int, items: Any, pieces: Any, state: Any, amount: int, effective: int
) -> int:
    """Settle the oldest purchases, whatever their rate; what is left of the amount."""
    plain = first_open(items, state, PURCHASE)
    promoted = first_open(items, state, PROMOTED)
    while amount > 0:
        while plain >= 0 and items[plain + OPEN] == 0:
            plain = items[plain + NEXT]
        while promoted >= 0 and (items[promoted + OPEN] == 0 or items[promoted + KIND] != PURCHASE):
            promoted = items[promoted + NEXT]
        if plain < 0 and promoted < 0:
            return amount
        item = plain
        if plain < 0 or 0 <= promoted < plain:
            item = promoted
        amount = settle_named(numbers, at, items, item, pieces, state, amount, effective)
    return amount
