"""What one debt bore, line by line, and what is owed of it after waivers and caps.

The one idea: the same lines that an account alone is told of - runs of days with one base, one rate and one
share - are laid into scratch for one debt at a time, added up at the grain of the terms in the order in which
they are told, and cut by the caps in that order.
"""

from __future__ import annotations

from typing import Any

from delinquency.daycount.formulas import ratio_by_code
from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_bearings import NO_RATE, rate_on, share_on
from delinquency.portfolio.kernels.penalty_layout import (
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyScratch,
)

__all__ = ["list_lines", "tell_lines"]

_ratio = compiled(ratio_by_code)
_accrue = inlined(formulas.accrue)
_weight_of = inlined(formulas.weight_of)
_rounded_parts = inlined(formulas.rounded_parts)

MOST_DAYS = 18_000
"""The longest run of days of which a weight is taken at once; see ``penalty_bounds``."""

DAILY, BY_LINE, BY_DEBT, BY_ACCOUNT = range(4)
OWED, WAIVED, ALONE = 0, 3, 6
"""Where the running sums of a kind begin: whole, remainder, what is rounded of them."""
PENALTY, COMPOUND, WAIVED_FIGURE, CAPPED, ROOM = range(5)


@inlined
def _numerator(code: int, due: int, day: int) -> int:
    """The part of a year from the due day to a day, over the denominator of the day count."""
    if code <= 2:
        return day - due
    if code == 3:
        return 4 * (day - due)
    return int(_ratio(due, day, code, 0, 0)[0])


@inlined
def list_lines(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    base: Any,
    due: int,
    steps: int,
    whole: int,
    line: int,
) -> int:
    """Lay out the lines of one kind from ``line`` on; the place after the last, or -1 for want of a rate.

    Steps say what is open from the close of a day on, the first at the close of the due day.
    """
    first = line
    day = formulas_bears_from(due, rule.grace_days, 1 - rule.grace_is_trigger)
    step = 0
    while day < rule.as_of:
        while step + 1 < steps and scratch.step_day[step + 1] <= day:
            step += 1
        amount = base[step]
        if amount == 0:
            return line
        scaled, period, change = rate_on(book, account, rule, due, day)
        if period == NO_RATE:
            return -1
        owed, until = share_on(book, account, rule.known, whole, day)
        change = min(change, until)
        end = min(rule.as_of, change)
        if step + 1 < steps:
            end = min(end, scratch.step_day[step + 1])
        if (
            line > first
            and scratch.line_base[line - 1] == amount
            and scratch.line_scaled[line - 1] == scaled
            and scratch.line_period[line - 1] == period
            and scratch.line_owed[line - 1] == owed
        ):
            scratch.line_end[line - 1] = end
        else:
            scratch.line_start[line] = day
            scratch.line_end[line] = end
            scratch.line_base[line] = amount
            scratch.line_scaled[line] = scaled
            scratch.line_period[line] = period
            scratch.line_owed[line] = owed
            line += 1
        day = end
    return line


formulas_bears_from = inlined(formulas.bears_from)


@inlined
def _add(
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    line: int,
    due: int,
    part: int,
    denominator: int,
    at: int,
) -> None:
    """Add a part of what a line bore, exactly, to the sum at a place."""
    sums = scratch.sums
    day = scratch.line_start[line]
    last = scratch.line_end[line]
    counted = _numerator(rule.day_count, due, day)
    while day < last:
        until = min(last, day + MOST_DAYS)
        numerator = _numerator(rule.day_count, due, until)
        weight = part * _weight_of(
            numerator - counted,
            until - day,
            scratch.line_scaled[line],
            scratch.line_period[line],
            rule.day_denominator,
        )
        more, rest = _accrue(scratch.line_base[line], weight, denominator, sums[at + 1])
        sums[at] += more
        sums[at + 1] = rest
        day = until
        counted = numerator


@inlined
def _of_day(
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    line: int,
    part: int,
    denominator: int,
    numerator: int,
) -> int:
    """What one day of a line bore, rounded, if the day is this part of a year."""
    weight = part * _weight_of(
        numerator, 1, scratch.line_scaled[line], scratch.line_period[line], rule.day_denominator
    )
    more, rest = _accrue(scratch.line_base[line], weight, denominator, 0)
    return _rounded_parts(more, rest, denominator, rule.rounding)


@inlined
def _by_days(
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    line: int,
    due: int,
    part: int,
    denominator: int,
) -> int:
    """What a line bore, each day rounded by itself."""
    code = rule.day_count
    start = scratch.line_start[line]
    end = scratch.line_end[line]
    if code <= 6:
        days = end - start
        one = 4 if code == 3 else 1
        counted = _numerator(code, due, end) - _numerator(code, due, start)
        counted = counted // one
        other = days - counted
        total = counted * _of_day(rule, scratch, line, part, denominator, one)
        if other > 0:
            total += other * _of_day(rule, scratch, line, part, denominator, 0)
        return total
    total = 0
    known_part = -1
    known = 0
    before = _numerator(code, due, start)
    for day in range(start + 1, end + 1):
        reached = _numerator(code, due, day)
        if reached - before != known_part:
            known_part = reached - before
            known = _of_day(rule, scratch, line, part, denominator, known_part)
        total += known
        before = reached
    return total


@inlined
def _amount(
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    line: int,
    due: int,
    part: int,
    denominator: int,
    at: int,
) -> int:
    """What is owed, or waived, of a line, rounded at the grain."""
    if rule.grain == DAILY:
        return _by_days(rule, scratch, line, due, part, denominator)
    sums = scratch.sums
    if rule.grain == BY_LINE:
        sums[at] = 0
        sums[at + 1] = 0
        sums[at + 2] = 0
    before = sums[at + 2]
    _add(rule, scratch, line, due, part, denominator, at)
    sums[at + 2] = _rounded_parts(sums[at], sums[at + 1], denominator, rule.rounding)
    return int(sums[at + 2] - before)


@inlined
def tell_lines(
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    due: int,
    at_due: int,
    between: int,
    lines: int,
    whole: int,
) -> None:
    """Add a debt's lines to the figures of its account.

    Lines of its base stand before ``between``, those of its interest after; they are told in order of their
    first days. ``at_due`` is its base before the money of the due day.
    """
    denominator = rule.day_denominator * 100_000_000 * whole
    if rule.grain != BY_ACCOUNT:
        for place in range(6):
            scratch.sums[place] = 0
    line = 0
    other = between
    told = 0
    total = 0
    while line < between or other < lines:
        kind = PENALTY
        if line >= between or (
            other < lines and scratch.line_start[other] < scratch.line_start[line]
        ):
            kind = COMPOUND
        current = other if kind == COMPOUND else line
        part = scratch.line_owed[current]
        if part > 0:
            amount = _amount(rule, scratch, current, due, part, denominator, OWED)
            scratch.kept[told] = amount
            scratch.kept_kind[told] = kind
            told += 1
            total += amount
        if part < whole:
            amount = _amount(rule, scratch, current, due, whole - part, denominator, WAIVED)
            scratch.figures[WAIVED_FIGURE] += amount
        if kind == COMPOUND:
            other += 1
        else:
            line += 1
    limit = _limit(rule, scratch, at_due, total)
    scratch.figures[CAPPED] += total - limit
    for place in range(told):
        amount = min(scratch.kept[place], limit)
        limit -= amount
        scratch.figures[scratch.kept_kind[place]] += amount


@inlined
def _limit(rule: PenaltyNumbers, scratch: PenaltyScratch, at_due: int, total: int) -> int:
    """What caps leave of what a debt bore."""
    limit = total
    for cap in range(len(rule.cap_numerator)):
        whole = rule.cap_numerator[cap] // rule.cap_denominator[cap]
        part = rule.cap_numerator[cap] - whole * rule.cap_denominator[cap]
        limit = min(limit, at_due * whole + at_due * part // rule.cap_denominator[cap])
    if rule.room >= 0:
        limit = min(limit, scratch.figures[ROOM])
        scratch.figures[ROOM] -= limit
    return limit
