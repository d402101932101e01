"""Interest of cards in a compiled loop: stretches of days are priced as soon as they are known to bear.

The one idea: the scalar replay keeps stretches and prices them with the statement; their sum does not
depend on when that is done, so nothing is kept here but the sum: rounded amounts where a day or a stretch
is rounded, else the exact numerator as a whole part and a rest.

Nothing leaves 64 bits. A base is less than 2**52, a factor (rate times days) less than 2**54 and a
denominator at most 133590 * 10**8 < 2**44: products below 2**61 are taken at once, others digit by digit.
"""

from __future__ import annotations

from typing import Any

from delinquency.daycount.formulas import ratio_by_code
from delinquency.division import div_by_code
from delinquency.portfolio.kernels.cards_layout import (
    ACCRUED,
    BASE,
    BEARING,
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
    RESTED_INTEREST,
    ROUNDED_BEFORE,
    ROUNDING,
    STANDING,
    START,
    STRETCH,
    UNTIL,
    WHOLE_INTEREST,
)
from delinquency.portfolio.kernels.cards_parts import called

__all__ = [
    "accrue",
    "accrue_bearing",
    "bear",
    "billed_interest",
    "dated_row",
    "forget",
    "rate_row",
    "restart",
    "rounded",
]

day_ratio = called(ratio_by_code)
rounded = called(div_by_code)

MOST_AT_ONCE = 2**61
HALF_WORD = 2**30


@called
def dated_row(numbers: Any, first: int, count: int, size: int, day: int) -> int:
    """The address of the row that holds on a day, of rows that each begin with their first day."""
    row = first + (count - 1) * size
    while row > first and numbers[row] > day:
        row -= size
    return row


@called
def rate_row(numbers: Any, at: int, kind: int, day: int) -> int:
    """The address of the rate of a balance on a day; the balance has one."""
    place = at + RATES + 2 * kind
    return dated_row(numbers, numbers[place], numbers[place + 1], RATE_ROW, day)


@called
def _rounded(whole: int, rest: int, denominator: int, code: int) -> int:
    """``whole + rest / denominator``, rounded; what decides is the rest and whether the whole is odd."""
    odd = whole & 1
    return whole - odd + rounded(rest + odd * denominator, denominator, code)


@called
def _divided(base: int, factor: int, denominator: int) -> tuple[int, int]:
    """``base * factor`` over the denominator: the quotient, and the rest."""
    if base < HALF_WORD and factor < HALF_WORD:
        product = base * factor
        quotient = product // denominator
        return quotient, product - quotient * denominator
    whole = factor // denominator
    part = factor - whole * denominator
    quotient = 0
    rest = 0
    shift = 36
    while shift >= 0:
        step = rest * 262144 + ((base >> shift) & 262143) * part
        here = step // denominator
        quotient = quotient * 262144 + here
        rest = step - here * denominator
        shift -= 18
    return quotient + base * whole, rest


@called
def _add(numbers: Any, at: int, state: Any, base: int, factor: int, days: int) -> None:
    """What a stretch bears, to what waits to be billed; ``factor`` is its rate times its days."""
    grain = numbers[at + GRAIN]
    denominator = numbers[at + DENOMINATOR]
    if grain >= BY_STATEMENT:
        if (base < HALF_WORD and factor < HALF_WORD) or base <= MOST_AT_ONCE // max(factor, 1):
            rest = state[RESTED_INTEREST] + base * factor
        else:
            quotient, rest = _divided(base, factor, denominator)
            state[WHOLE_INTEREST] += quotient
            rest += state[RESTED_INTEREST]
        if rest > MOST_AT_ONCE:
            quotient = rest // denominator
            state[WHOLE_INTEREST] += quotient
            rest -= quotient * denominator
        state[RESTED_INTEREST] = rest
    else:
        times = days if grain == BY_DAY else 1
        quotient, rest = _divided(base, factor // times, denominator)
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
    while start < end:
        if promo_rate >= 0 and start < until:
            rate = promo_rate
            is_day = items[item + PROMO_IS_DAY]
            stop = min(end, until)
        elif count > 0:
            row = dated_row(numbers, first, count, RATE_ROW, start)
            rate = numbers[row + 1]
            is_day = numbers[row + 2]
            stop = end
            if row + RATE_ROW < first + count * RATE_ROW:
                stop = min(end, numbers[row + RATE_ROW])
        else:
            break
        if rate != of_run or is_day != run_is_day:
            if of_run >= 0:
                weight = _weight(numbers, at, begun, start, run_is_day)
                _add(numbers, at, state, base, of_run * weight, start - begun)
            begun = start
            of_run = rate
            run_is_day = is_day
        start = stop
    if of_run >= 0:
        weight = _weight(numbers, at, begun, start, run_is_day)
        _add(numbers, at, state, base, of_run * weight, start - begun)


@called
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


@called
def accrue(
    numbers: Any, at: int, items: Any, item: int, pieces: Any, state: Any, until: int
) -> None:
    """Price or keep the days of an item up to ``until``, itself not counted, with what is open of it."""
    start = items[item + ACCRUED]
    standing = items[item + STANDING]
    if standing == NEVER or until <= start:
        return
    base = items[item + OPEN]
    items[item + ACCRUED] = until
    if base == 0:
        return
    if standing == BEARING:
        _price(numbers, at, items, item, state, start, until, base)
        return
    piece = state[PIECES]
    state[PIECES] = piece + STRETCH
    pieces[piece + START] = start
    pieces[piece + END] = until
    pieces[piece + BASE] = base
    pieces[piece + FOLLOWING] = -1
    if items[item + PIECE] < 0:
        items[item + PIECE] = piece
    else:
        pieces[items[item + LAST_PIECE] + FOLLOWING] = piece
    items[item + LAST_PIECE] = piece


@called
def accrue_bearing(numbers: Any, at: int, items: Any, pieces: Any, state: Any, until: int) -> None:
    """:func:`accrue` all that bears interest, for a statement or a close."""
    if state[HAS_BEARING]:
        for item in range(0, state[ITEMS], ITEM):
            if items[item + STANDING] == BEARING:
                accrue(numbers, at, items, item, pieces, state, until)


@called
def forget(items: Any, item: int) -> None:
    """Drop the days that were kept of an item."""
    items[item + PIECE] = -1
    items[item + LAST_PIECE] = -1


@called
def restart(items: Any, item: int, day: int) -> None:
    """Forget what was kept; from ``day`` on what is open counts."""
    forget(items, item)
    items[item + ACCRUED] = day


@called
def bear(numbers: Any, at: int, items: Any, item: int, pieces: Any, state: Any) -> None:
    """From now on an item bears interest, and so do the days that were kept of it."""
    piece = items[item + PIECE]
    while piece >= 0:
        start = pieces[piece + START]
        end = pieces[piece + END]
        _price(numbers, at, items, item, state, start, end, pieces[piece + BASE])
        piece = pieces[piece + FOLLOWING]
    forget(items, item)
    items[item + STANDING] = BEARING
    state[HAS_BEARING] = 1


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
