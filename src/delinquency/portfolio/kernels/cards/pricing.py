"""What a stretch of days bears: its price, whatever its rate, day count and grain of rounding.

The one idea: what waits to be billed is a sum, kept as rounded amounts where a day or a stretch is rounded,
else as the exact numerator, a whole part and a rest. A stretch that is not priced by one small product waits
until something is billed, so that what it takes to price it is needed in one place.

Nothing leaves 64 bits. A base is less than 2**54, a factor (rate times days) less than 2**54 and a
denominator at most 133590 * 10**8 < 2**44: products below 2**61 are taken at once, others digit by digit.
"""

from __future__ import annotations

from typing import Any

from delinquency.daycount.formulas import ratio_by_code
from delinquency.portfolio.kernels.cards.layout import (
    BASE,
    BY_DAY,
    BY_SEGMENT,
    BY_STATEMENT,
    DAY_COUNT,
    DENOMINATOR,
    END,
    GRAIN,
    KIND,
    OF_YEAR,
    PENDING,
    PER_DAY,
    PROMO_IS_DAY,
    PROMO_RATE,
    RATE_ROW,
    RATES,
    RESTED_INTEREST,
    ROUNDED_BEFORE,
    ROUNDING,
    START,
    UNTIL,
    WAITING,
    WAITING_IS_DAY,
    WAITING_KIND,
    WAITING_RATE,
    WAITING_STRETCH,
    WAITING_UNTIL,
    WHOLE_INTEREST,
)
from delinquency.portfolio.kernels.cards.rows import HALF_WORD, dated_row, divided, rounded
from delinquency.portfolio.kernels.compiler import called

__all__ = ["MOST_AT_ONCE", "add_interest", "billed_interest", "price_waiting", "wait"]

day_ratio = called(ratio_by_code)

MOST_AT_ONCE = 2**61


@called
def _rounded(whole: int, rest: int, denominator: int, code: int) -> int:
    """``whole + rest / denominator``, rounded; what decides is the rest and whether the whole is odd."""
    odd = whole & 1
    return whole - odd + rounded(rest + odd * denominator, denominator, code)


@called
def add_interest(numbers: Any, at: int, state: Any, base: int, factor: int, days: int) -> None:
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
def _price_dated(numbers: Any, at: int, pieces: Any, waiting: int, state: Any) -> None:
    """Price a stretch that waits, divided where the rate changes to another."""
    start = pieces[waiting + START]
    end = pieces[waiting + END]
    base = pieces[waiting + BASE]
    kind = pieces[waiting + WAITING_KIND]
    promo_rate = pieces[waiting + WAITING_RATE]
    promo_is_day = pieces[waiting + WAITING_IS_DAY]
    until = pieces[waiting + WAITING_UNTIL]
    count = numbers[at + RATES + 2 * kind + 1]
    first = numbers[at + RATES + 2 * kind]
    begun = start
    of_run = -1
    run_is_day = promo_is_day
    while True:
        rate = -1
        is_day = 0
        stop = start
        if start < end and promo_rate >= 0 and start < until:
            rate = promo_rate
            is_day = promo_is_day
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
                add_interest(numbers, at, state, base, of_run * weight, start - begun)
            begun = start
            of_run = rate
            run_is_day = is_day
        if rate < 0:
            return
        start = stop


@called
def price_waiting(numbers: Any, at: int, pieces: Any, state: Any) -> None:
    """Price what waits, before anything is billed and at the end of each day."""
    for waiting in range(state[WAITING], len(pieces), WAITING_STRETCH):
        _price_dated(numbers, at, pieces, waiting, state)
    state[WAITING] = len(pieces)


@called
def wait(items: Any, item: int, pieces: Any, state: Any, start: int, end: int, base: int) -> None:
    """Let a stretch wait to be priced; those that wait stand at the end of the column of stretches."""
    waiting = state[WAITING] - WAITING_STRETCH
    state[WAITING] = waiting
    pieces[waiting + START] = start
    pieces[waiting + END] = end
    pieces[waiting + BASE] = base
    pieces[waiting + WAITING_KIND] = items[item + KIND]
    pieces[waiting + WAITING_RATE] = items[item + PROMO_RATE]
    pieces[waiting + WAITING_IS_DAY] = items[item + PROMO_IS_DAY]
    pieces[waiting + WAITING_UNTIL] = items[item + UNTIL]


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
