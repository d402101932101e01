"""The rates of a plan: those of the contract, and what measures make of them.

The one idea: rates are steps from their first days, and a stretch of one rate is a product of whole numbers.
"""

from __future__ import annotations

from typing import Any

from delinquency.daycount.formulas import ratio_by_code
from delinquency.portfolio.kernels.compiler import called, compiled, inlined
from delinquency.portfolio.kernels.plan_layout import (
    DUES,
    EARNED,
    SPANS,
    START,
    UNEARNED,
    DraftColumns,
    RateArrays,
    RowColumns,
)
from delinquency.rates import RATE_SCALE

__all__ = ["NO_RATE", "day_ratio", "factor_of", "known_rates", "rate_on", "rate_steps"]

NO_RATE = -1

day_ratio = compiled(ratio_by_code)


@inlined
def rate_on(rates: RateArrays, account: int, day: int) -> int:
    """The rate of the contract on a day, -1 where it says none."""
    found = NO_RATE
    for row in range(rates.offsets[account], rates.offsets[account + 1]):
        if rates.day[row] > day:
            break
        found = rates.rate[row]
    return found


@inlined
def _agreed_rate(draft: DraftColumns, rates: RateArrays, account: int, day: int) -> int:
    """The rate of the plan on a day; -1 where neither it nor the contract says one."""
    agreed = rate_on(rates, account, day)
    for span in range(draft.amounts[SPANS] - 1, -1, -1):
        if draft.span_start[span] <= day < draft.span_end[span]:
            rate = draft.span_rate[span]
            return rate if agreed == NO_RATE or rate < agreed else agreed
    return agreed


@inlined
def _put_edge(edges: Any, size: int, day: int) -> int:
    """Put a day into days in order, each once; how many they are then."""
    place = size
    while place > 0 and edges[place - 1] > day:
        place -= 1
    if place > 0 and edges[place - 1] == day:
        return size
    for later in range(size, place, -1):
        edges[later] = edges[later - 1]
    edges[place] = day
    return size + 1


@called
def rate_steps(draft: DraftColumns, rates: RateArrays, account: int, rows: RowColumns) -> int:
    """The rate from the day of the plan on, and every change after it: how many; 0 where none is known."""
    amounts = draft.amounts
    start = amounts[START]
    last = max(draft.dues[amounts[DUES] - 1], start + 1)
    size = _put_edge(rows.step_day, 0, start)
    for row in range(rates.offsets[account], rates.offsets[account + 1]):
        if start < rates.day[row] < last:
            size = _put_edge(rows.step_day, size, rates.day[row])
    for span in range(amounts[SPANS]):
        for day in (draft.span_start[span], draft.span_end[span]):
            if start < day < last:
                size = _put_edge(rows.step_day, size, day)
    kept = 0
    for edge in range(size):
        rate = _agreed_rate(draft, rates, account, rows.step_day[edge])
        if rate == NO_RATE:
            if amounts[UNEARNED] != 0 or amounts[EARNED] != 0:
                return 0
            rate = 0
        if kept == 0 or rows.step_rate[kept - 1] != rate:
            rows.step_day[kept] = rows.step_day[edge]
            rows.step_rate[kept] = rate
            kept += 1
    return kept


@inlined
def factor_of(rows: RowColumns, known: int, start: int, end: int, code: int) -> tuple[int, int]:
    """What ``[start, end)`` bears at the first ``known`` rates, over the denominator of the code."""
    total = 0
    begin = start
    rate = rows.step_rate[0]
    for step in range(1, known):
        day = rows.step_day[step]
        if begin < day < end:
            numerator, _ = day_ratio(begin, day, code, 0, 0)
            total += rate * numerator
            begin = day
        if day < end:
            rate = rows.step_rate[step]
    numerator, denominator = day_ratio(begin, end, code, 0, 0)
    return total + rate * numerator, denominator * RATE_SCALE


@inlined
def known_rates(rows: RowColumns, steps: int, day: int) -> int:
    """How many rates hold before a day."""
    known = 1
    while known < steps and rows.step_day[known] < day:
        known += 1
    return known
