"""Interest of cards in a compiled loop: stretches of days are priced as soon as they are known to bear.

The one idea: the scalar replay keeps stretches and prices them with the statement; their sum does not
depend on when that is done, so nothing is kept here but the sum. What bears alike is one balance whose days
are counted together.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.cards.layout import (
    ACCRUED,
    BASE,
    BEARING,
    BEARS,
    BORNE_NOT,
    BY_STATEMENT,
    DAY_FACTOR,
    END,
    FOLLOWING,
    GRAIN,
    HAS_BEARING,
    IS_SUMMED,
    ITEM,
    ITEMS,
    KIND,
    LAST_PIECE,
    NEVER,
    OPEN,
    PIECE,
    PIECES,
    PROMO_RATE,
    REFUSED,
    RESTED_INTEREST,
    STANDING,
    START,
    STRETCH,
    SUMMED_FROM,
)
from delinquency.portfolio.kernels.cards.pricing import MOST_AT_ONCE, add_interest, wait
from delinquency.portfolio.kernels.cards.rows import HALF_WORD
from delinquency.portfolio.kernels.compiler import called, inlined, place

__all__ = ["accrue_bearing", "accrue_settled", "bear", "begin_bearing", "forget", "restart"]

MOST_BASE = 2**54


@inlined
def _price(
    numbers: Any,
    at: int,
    items: Any,
    item: int,
    pieces: Any,
    state: Any,
    start: int,
    end: int,
    base: int,
) -> None:
    """Price a stretch of one rate whose product is small at once; another waits."""
    each = state[DAY_FACTOR + place(items[item + KIND])]
    factor = each * (end - start)
    rest = state[RESTED_INTEREST]
    if (
        items[item + PROMO_RATE] < 0
        and 0 <= factor < HALF_WORD
        and base < HALF_WORD
        and rest <= MOST_AT_ONCE
        and numbers[at + GRAIN] >= BY_STATEMENT
    ):
        state[RESTED_INTEREST] = rest + base * factor
    else:
        wait(items, item, pieces, state, start, end, base)


@inlined
def _is_summed(items: Any, item: int, state: Any) -> bool:
    return bool(state[IS_SUMMED + place(items[item + KIND])] == 1 and items[item + PROMO_RATE] < 0)


@inlined
def _keep(items: Any, item: int, pieces: Any, state: Any, start: int, until: int) -> None:
    """Keep a stretch of an item of which it is not decided whether it bears."""
    piece = place(state[PIECES])
    state[PIECES] = piece + STRETCH
    pieces[piece + START] = start
    pieces[piece + END] = until
    pieces[piece + BASE] = items[item + OPEN]
    pieces[piece + FOLLOWING] = -1
    if items[item + PIECE] < 0:
        items[item + PIECE] = piece
    else:
        pieces[items[item + LAST_PIECE] + FOLLOWING] = piece
    items[item + LAST_PIECE] = piece


@inlined
def accrue_settled(
    numbers: Any,
    at: int,
    items: Any,
    item: int,
    pieces: Any,
    state: Any,
    used: int,
    effective: int,
) -> None:
    """Price or keep the days of an item of which ``used`` is about to be settled.

    ``effective`` is the first day that bears nothing for it.
    """
    standing = items[item + STANDING]
    if standing == NEVER:
        return
    start = items[item + ACCRUED]
    if standing == BEARING and _is_summed(items, item, state):
        since = state[SUMMED_FROM]
        last = max(start, effective, since)
        items[item + ACCRUED] = last
        kind = place(items[item + KIND])
        state[BEARS + kind] -= used
        state[BORNE_NOT + kind] -= used * (last - since)
    elif effective > start:
        items[item + ACCRUED] = effective
        if standing == BEARING:
            _price(numbers, at, items, item, pieces, state, start, effective, items[item + OPEN])
        else:
            _keep(items, item, pieces, state, start, effective)


@called
def begin_bearing(numbers: Any, at: int, items: Any, item: int, pieces: Any, state: Any) -> None:
    """From now on an item bears interest, from the day up to which it was accounted for."""
    item = place(item)
    items[item + STANDING] = BEARING
    if not _is_summed(items, item, state):
        state[HAS_BEARING] = 1
        return
    base = items[item + OPEN]
    start = items[item + ACCRUED]
    since = state[SUMMED_FROM]
    kind = place(items[item + KIND])
    if start < since:
        if base > 0:
            _price(numbers, at, items, item, pieces, state, start, since, base)
        items[item + ACCRUED] = since
        start = since
    state[BEARS + kind] += base
    state[BORNE_NOT + kind] += base * (start - since)


@called
def accrue_bearing(numbers: Any, at: int, items: Any, pieces: Any, state: Any, until: int) -> None:
    """Price all that bears interest up to ``until``, itself not counted, for a statement or a close."""
    since = state[SUMMED_FROM]
    state[SUMMED_FROM] = until
    for kind in range(6):
        balance_days = state[BEARS + kind] * (until - since) - state[BORNE_NOT + kind]
        state[BORNE_NOT + kind] = 0
        if balance_days >= MOST_BASE:
            state[REFUSED] = 1
        elif balance_days > 0 and state[DAY_FACTOR + kind] > 0:
            add_interest(numbers, at, state, balance_days, state[DAY_FACTOR + kind], 1)
    if state[HAS_BEARING] == 0:
        return
    for item in range(0, state[ITEMS], ITEM):
        start = items[item + ACCRUED]
        if items[item + STANDING] != BEARING or until <= start:
            continue
        if _is_summed(items, item, state):
            continue
        items[item + ACCRUED] = until
        if items[item + OPEN] > 0:
            _price(numbers, at, items, item, pieces, state, start, until, items[item + OPEN])


@inlined
def forget(items: Any, item: int) -> None:
    """Drop the days that were kept of an item."""
    items[item + PIECE] = -1
    items[item + LAST_PIECE] = -1


@inlined
def restart(items: Any, item: int, day: int) -> None:
    """Forget what was kept; from ``day`` on what is open counts."""
    forget(items, item)
    items[item + ACCRUED] = day


@called
def bear(numbers: Any, at: int, items: Any, item: int, pieces: Any, state: Any) -> None:
    """:func:`begin_bearing`, and price the days that were kept of the item."""
    item = place(item)
    piece = items[item + PIECE]
    while piece >= 0:
        start = pieces[piece + START]
        end = pieces[piece + END]
        _price(numbers, at, items, item, pieces, state, start, end, pieces[piece + BASE])
        piece = pieces[piece + FOLLOWING]
    forget(items, item)
    begin_bearing(numbers, at, items, item, pieces, state)
