"""What a day of a debt bears: its rate, and how much of it is owed.

The one idea: rates, factors, misuse and waivers are looked up each by its own days, once for a line; what is
told beside the rate is the day on which one of them may change, up to which nobody needs to ask again.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.penalty_layout import RateArrays, RateNumbers, SpanArrays

__all__ = ["MOST_PARTS", "NO_RATE", "rate_on", "share_on", "waived_whole"]

NO_RATE = -1
"""The period of days that a table does not cover."""

MOST_PARTS = 2**31
WAIVER = 0
MISUSE = 1
CONTRACT_MULTIPLE = 1
BY_AGE = 2


@inlined
def _place(days: Any, start: int, end: int, day: int) -> int:
    """The last place of ``[start, end)`` with a day up to ``day``; less than ``start`` if there is none."""
    low = start
    high = end
    while low < high:
        middle = (low + high) // 2
        if days[middle] <= day:
            low = middle + 1
        else:
            high = middle
    return low - 1


@inlined
def _is_known(spans: SpanArrays, row: int, known: int) -> bool:
    recorded = spans.start[row]
    if len(spans.recorded) > 0 and spans.recorded[row] != NONE_DAY:
        recorded = spans.recorded[row]
    return bool(recorded <= known)


@inlined
def waived_whole(spans: SpanArrays, account: int, known: int) -> int:
    """The whole of which every share that is waived is so many parts; 0 if it is beyond all bounds."""
    whole = 1
    if len(spans.denominator) == 0:
        return whole
    for row in range(spans.offsets[account], spans.offsets[account + 1]):
        if spans.kind[row] == WAIVER and _is_known(spans, row, known):
            parts = spans.denominator[row] + 0 * whole
            divisor = whole
            rest = parts
            while rest > 0:
                divisor, rest = rest, divisor % rest
            whole = whole // divisor * parts
            if whole > MOST_PARTS:
                return 0
    return whole


@inlined
def _span_on(spans: SpanArrays, account: int, kind: int, known: int, day: int) -> tuple[int, int]:
    """The row of the span of a kind that a day is in, or -1; and the day on which that may change."""
    if len(spans.offsets) > 0:
        for row in range(spans.offsets[account], spans.offsets[account + 1]):
            if spans.kind[row] == kind and spans.end[row] > day and _is_known(spans, row, known):
                if spans.start[row] > day:
                    return -1, int(spans.start[row])
                return row, int(spans.end[row])
    return -1, NONE_DAY


@inlined
def share_on(spans: SpanArrays, account: int, known: int, whole: int, day: int) -> tuple[int, int]:
    """The parts of ``whole`` that are owed on a day, and the day on which that may change."""
    row, change = _span_on(spans, account, WAIVER, known, day)
    if row < 0:
        return whole, change
    waived = whole
    if len(spans.denominator) > 0:
        waived = whole // spans.denominator[row]
    if len(spans.numerator) > 0:
        waived *= spans.numerator[row]
    return whole - waived, change


@inlined
def rate_on(
    rates: RateArrays,
    spans: SpanArrays,
    account: int,
    numbers: RateNumbers,
    known: int,
    due: int,
    day: int,
) -> tuple[int, int, int]:
    """The rate of a day, its period, and the day on which either may change."""
    is_multiple = numbers.rule == CONTRACT_MULTIPLE
    days = numbers.factor_day if is_multiple else numbers.table_day
    origin = due if numbers.rule == BY_AGE else 0
    place = _place(days, 0, len(days), day - origin)
    change = NONE_DAY
    if place + 1 < len(days):
        change = days[place + 1] + origin
    if not is_multiple:
        return numbers.table_scaled[place], numbers.table_period[place], change
    first = rates.offsets[account]
    last = rates.offsets[account + 1]
    row = _place(rates.day, first, last, day)
    if row + 1 < last:
        change = min(change, rates.day[row + 1])
    misused, until = _span_on(spans, account, MISUSE, known, day)
    change = min(change, until)
    if row < first or numbers.factor_denominator[place] == 0:
        return 0, NO_RATE, change
    scaled = rates.scaled[row] * numbers.factor_numerator[place]
    scaled //= numbers.factor_denominator[place]
    if misused >= 0:
        worse = rates.scaled[row] * numbers.misuse_numerator // numbers.misuse_denominator
        scaled = max(scaled, worse)
    period = 0
    if len(rates.period) > 0:
        period = int(rates.period[row])
    return scaled, period, change
