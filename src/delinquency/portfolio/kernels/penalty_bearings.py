"""What a day of a debt bears: its rate, and how much of it is owed.

The one idea: rates, factors, misuse and waivers are looked up each by its own days, once for a line; what is
told beside the rate is the day on which one of them may change, up to which nobody needs to ask again.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.penalty_layout import PenaltyArrays, PenaltyNumbers

__all__ = ["MOST_PARTS", "NO_RATE", "rate_on", "share_on", "waived_whole"]

NO_RATE = -1
"""The period of days that a table does not cover."""

WAIVER = 0
MISUSE = 1
CONTRACT_MULTIPLE = 1
BY_AGE = 2
MOST_PARTS = 2**31


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
def _is_known(book: PenaltyArrays, row: int, known: int) -> bool:
    if len(book.span_recorded) > 0 and book.span_recorded[row] != NONE_DAY:
        return bool(book.span_recorded[row] <= known)
    return bool(book.span_start[row] <= known)


@inlined
def _greatest_divisor(first: int, second: int) -> int:
    while second > 0:
        rest = first % second
        first = second
        second = rest
    return first


@inlined
def waived_whole(book: PenaltyArrays, account: int, known: int) -> int:
    """The whole of which every share that is waived is so many parts; 0 if it is beyond all bounds."""
    whole = 1
    if len(book.span_offsets) == 0:
        return whole
    for row in range(book.span_offsets[account], book.span_offsets[account + 1]):
        if book.span_kind[row] == WAIVER and _is_known(book, row, known):
            parts = int(book.span_denominator[row]) if len(book.span_denominator) > 0 else 1
            whole = whole // _greatest_divisor(whole, parts) * parts
            if whole > MOST_PARTS:
                return 0
    return whole


@inlined
def share_on(
    book: PenaltyArrays, account: int, known: int, whole: int, day: int
) -> tuple[int, int]:
    """The parts of ``whole`` that are owed on a day, and the day on which that may change."""
    if len(book.span_offsets) == 0:
        return whole, NONE_DAY
    for row in range(book.span_offsets[account], book.span_offsets[account + 1]):
        if book.span_kind[row] != WAIVER or not _is_known(book, row, known):
            continue
        if book.span_start[row] > day:
            return whole, int(book.span_start[row])
        if book.span_end[row] > day:
            part = whole
            if len(book.span_denominator) > 0:
                part = whole // book.span_denominator[row]
            if len(book.span_numerator) > 0:
                part *= book.span_numerator[row]
            return whole - part, int(book.span_end[row])
    return whole, NONE_DAY


@inlined
def _misuse_on(book: PenaltyArrays, account: int, known: int, day: int) -> tuple[bool, int]:
    """Whether the money is not used as agreed, and the day on which that may change."""
    if len(book.span_offsets) == 0:
        return False, NONE_DAY
    for row in range(book.span_offsets[account], book.span_offsets[account + 1]):
        if book.span_kind[row] != MISUSE or not _is_known(book, row, known):
            continue
        if book.span_start[row] > day:
            return False, int(book.span_start[row])
        if book.span_end[row] > day:
            return True, int(book.span_end[row])
    return False, NONE_DAY


@inlined
def _multiple_on(
    book: PenaltyArrays, account: int, rule: PenaltyNumbers, day: int
) -> tuple[int, int, int]:
    first = book.rate_offsets[account]
    last = book.rate_offsets[account + 1]
    row = _place(book.rate_day, first, last, day)
    factor = _place(rule.factor_day, 0, len(rule.factor_day), day)
    is_misused, change = _misuse_on(book, account, rule.known, day)
    if row + 1 < last:
        change = min(change, book.rate_day[row + 1])
    if factor + 1 < len(rule.factor_day):
        change = min(change, rule.factor_day[factor + 1])
    if row < first or rule.factor_denominator[factor] == 0:
        return 0, NO_RATE, change
    agreed = int(book.rate_scaled[row])
    scaled = agreed * rule.factor_numerator[factor] // rule.factor_denominator[factor]
    if is_misused:
        scaled = max(scaled, agreed * rule.misuse_numerator // rule.misuse_denominator)
    period = int(book.rate_period[row]) if len(book.rate_period) > 0 else 0
    return scaled, period, change


@inlined
def rate_on(
    book: PenaltyArrays, account: int, rule: PenaltyNumbers, due: int, day: int
) -> tuple[int, int, int]:
    """The rate of a day, its period, and the day on which either may change."""
    if rule.rate_rule == CONTRACT_MULTIPLE:
        return _multiple_on(book, account, rule, day)
    origin = due if rule.rate_rule == BY_AGE else 0
    place = _place(rule.table_day, 0, len(rule.table_day), day - origin)
    change = NONE_DAY
    if place + 1 < len(rule.table_day):
        change = rule.table_day[place + 1] + origin
    return rule.table_scaled[place], rule.table_period[place], change
