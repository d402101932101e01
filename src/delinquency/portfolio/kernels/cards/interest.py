"""Interest of cards in a compiled loop: stretches of days are priced as soon as they are known to bear.

The one idea: the scalar replay keeps stretches and prices them with the statement; their sum does not
depend on when that is done, so nothing is kept here but the sum: rounded amounts where a day or a stretch
is rounded, else the exact numerator as a whole part and a rest.

Nothing leaves 64 bits. A base is less than 2**54, a factor (rate times days) less than 2**54 and a
denominator at most 133590 * 10**8 < 2**44: products below 2**61 are taken at once, others digit by digit.
"""

from __future__ import annotations

from typing import Any

from delinquency.daycount.formulas import ratio_by_code
from delinquency.portfolio.kernels.cards.layout import (
    ACCRUED,
    BASE,
    BEARING,
    BEARS,
    BORNE_NOT,
    BY_DAY,
    BY_SEGMENT,
    BY_STATEMENT,
    DAY_COUNT,
    DAY_FACTOR,
    DENOMINATOR,
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
    OF_YEAR,
    OPEN,
    PENDING,
    PER_DAY,
    PIECE,
    PIECES,
    PROMO_IS_DAY,
    PROMO_RATE,
    RATE_ROW,
    RATES,
    REFUSED,
    RESTED_INTEREST,
    ROUNDED_BEFORE,
    ROUNDING,
    STANDING,
    START,
    STRETCH,
    SUMMED_FROM,
    UNTIL,
    WHOLE_INTEREST,
)
from delinquency.portfolio.kernels.cards.rows import HALF_WORD, dated_row, divided, rounded
from delinquency.portfolio.kernels.compiler import called, inlined

__all__ = [
    "accrue_bearing",
    "accrue_settled",
    "bear",
    "begin_bearing",
    "billed_interest",
    "forget",
    "restart",
]

day_ratio = called(ratio_by_code)

MOST_AT_ONCE = 2**61
MOST_BASE = 2**54


@called
def _rounded(whole: int, rest: int, denominator: int, code: int) -> int:
    """``whole + rest / denominator``, rounded; what decides is the rest and whether the whole is odd."""
    odd = whole & 1
    return whole - odd + rounded(rest + odd * denominator, denominator, code)


@called
def _add(numbers: Any, at: int, state: Any, base: int, factor: int, days: int) -> None:
    """What a stretch bears, to what waits to be billed; ``factor`` is its rate times its days."""
    grain = numbers[at + GRAIN]
    denominator = numbers[at + DENOMINATOR]
    if grain >= BY_STATEMENT:
        if (base < HALF_WORD and factor < HALF_WORD) or base <= MOST_AT_ONCE // max(factor, 1):
            rest = state[RESTED_INTEREST] + base * factor
        else:
            quotient, rest = divided(base, factor, denominator)
            state[WHOLE_INTEREST] += quotient
            rest += state[RESTED_INTEREST]
        if rest > MOST_AT_ONCE:
            quotient = rest // denominator
            state[WHOLE_INTEREST] += quotient
            rest -= quotient * denominator
        state[RESTED_INTEREST] = rest
    else:
        times = days if grain == BY_DAY else 1
        quotient, rest = divided(base, factor // times, denominator)
        code = numbers[at + ROUNDING]
        state[PENDING] += _rounded(quotient, rest, denominator, code) * times


@called
def _weight(numbers: Any, at: int, start: int, end: int, is_day: int) -> int:
    """The length of a stretch over the denominator of the day count, for a rate a day or a year."""
    days = end - start
    if is_day:
        return int(days * numbers[at + PER_DAY])
    if numbers[at + OF_YEAR]:
        return int(days * numbers[at + OF_YEAR])
    numerator, _ = day_ratio(start, end, numbers[at + DAY_COUNT], 0, 0)
    return int(numerator)


@called
def _price_dated(
    numbers: Any, at: int, items: Any, item: int, state: Any, start: int, end: int, base: int
) -> None:
    """Price ``[start, end)`` of an item, divided where the rate changes to another."""
    kind = items[item + KIND]
    promo_rate = items[item + PROMO_RATE]
    until = items[item + UNTIL]
    count = numbers[at + RATES + 2 * kind + 1]
    first = numbers[at + RATES + 2 * kind]
    begun = start
    of_run = -1
    run_is_day = 0
    while True:
        rate = -1
        is_day = 0
        stop = start
        if start < end and promo_rate >= 0 and start < until:
            rate = promo_rate
            is_day = items[item + PROMO_IS_DAY]
            stop = min(end, until)
        elif start < end and count > 0:
            row = dated_row(numbers, first, count, RATE_ROW, start)
            rate = numbers[row + 1]
            is_day = numbers[row + 2]
            stop = end
            if row + RATE_ROW < first + count * RATE_ROW:
                stop = min(end, numbers[row + RATE_ROW])
        if rate != of_run or is_day != run_is_day:
            if of_run >= 0:
                weight = _weight(numbers, at, begun, start, run_is_day)
                _add(numbers, at, state, base, of_run * weight, start - begun)
            begun = start
            of_run = rate
            run_is_day = is_day
        if rate < 0:
            return
        start = stop


@inlined
def _price(
    numbers: Any, at: int, items: Any, item: int, state: Any, start: int, end: int, base: int
) -> None:
    each = state[DAY_FACTOR + items[item + KIND]]
    if items[item + PROMO_RATE] >= 0 or each < 0:
        _price_dated(numbers, at, items, item, state, start, end, base)
        return
    factor = each * (end - start)
    rest = state[RESTED_INTEREST]
    if (
        base < HALF_WORD
        and factor < HALF_WORD
        and rest <= MOST_AT_ONCE
        and numbers[at + GRAIN] >= BY_STATEMENT
    ):
        state[RESTED_INTEREST] = rest + base * factor
    elif factor > 0:
        _add(numbers, at, state, base, factor, end - start)


@inlined
def _is_summed(items: Any, item: int, state: Any) -> bool:
    return bool(state[IS_SUMMED + items[item + KIND]] == 1 and items[item + PROMO_RATE] < 0)


@inlined
def _keep(items: Any, item: int, pieces: Any, state: Any, start: int, until: int) -> None:
    """Keep a stretch of an item of which it is not decided whether it bears."""
    piece = state[PIECES]
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
        kind = items[item + KIND]
        state[BEARS + kind] -= used
        state[BORNE_NOT + kind] -= used * (last - since)
    elif effective > start:
        items[item + ACCRUED] = effective
        if standing == BEARING:
            _price(numbers, at, items, item, state, start, effective, items[item + OPEN])
        else:
            _keep(items, item, pieces, state, start, effective)


@called
def begin_bearing(numbers: Any, at: int, items: Any, item: int, state: Any) -> None:
    """From now on an item bears interest, from the day up to which it was accounted for."""
    items[item + STANDING] = BEARING
    if not _is_summed(items, item, state):
        state[HAS_BEARING] = 1
        return
    base = items[item + OPEN]
    start = items[item + ACCRUED]
    since = state[SUMMED_FROM]
    kind = items[item + KIND]
    if start < since:
        if base > 0:
            _price(numbers, at, items, item, state, start, since, base)
        items[item + ACCRUED] = since
        start = since
    state[BEARS + kind] += base
    state[BORNE_NOT + kind] += base * (start - since)


@called
def accrue_bearing(numbers: Any, at: int, items: Any, state: Any, until: int) -> None:
    """Price all that bears interest up to ``until``, itself not counted, for a statement or a close."""
    since = state[SUMMED_FROM]
    state[SUMMED_FROM] = until
    for kind in range(6):
        balance_days = state[BEARS + kind] * (until - since) - state[BORNE_NOT + kind]
        state[BORNE_NOT + kind] = 0
        if balance_days >= MOST_BASE:
            state[REFUSED] = 1
        elif balance_days > 0 and state[DAY_FACTOR + kind] > 0:
            _add(numbers, at, state, balance_days, state[DAY_FACTOR + kind], 1)
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
            _price(numbers, at, items, item, state, start, until, items[item + OPEN])


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
    piece = items[item + PIECE]
    while piece >= 0:
        start = pieces[piece + START]
        end = pieces[piece + END]
        _price(numbers, at, items, item, state, start, end, pieces[piece + BASE])
        piece = pieces[piece + FOLLOWING]
    forget(items, item)
    begin_bearing(numbers, at, items, item, state)


@called
def billed_interest(numbers: Any, at: int, state: Any) -> int:
    """What waits to be billed, rounded; from now on nothing waits."""
    grain = numbers[at + GRAIN]
    if grain <= BY_SEGMENT:
        amount = state[PENDING]
        state[PENDING] = 0
        return int(amount)
    denominator = numbers[at + DENOMINATOR]
    quotient = state[RESTED_INTEREST] // denominator
    whole = state[WHOLE_INTEREST] + quotient
    rest = state[RESTED_INTEREST] - quotient * denominator
    in_all = _rounded(whole, rest, denominator, numbers[at + ROUNDING])
    if grain == BY_STATEMENT:
        state[WHOLE_INTEREST] = 0
        state[RESTED_INTEREST] = 0
        return int(in_all)
    state[WHOLE_INTEREST] = whole
    state[RESTED_INTEREST] = rest
    before = state[ROUNDED_BEFORE]
    state[ROUNDED_BEFORE] = in_all
    return int(in_all - before)
