"""What one debt bore, line by line, and what is owed of it after waivers and caps.

The one idea: the same lines that an account alone is told of - runs of days with one base, one rate and one
share - are laid into scratch for one debt at a time, added up at the grain of the terms in the order in which
they are told, and cut by the caps in that order.

No sum leaves 64 signed bits. Amounts of an account are 10**15 minor units together at most, a rate 400 % a
year, and dates lie within 301 years, so that what an account bears stays below 1.3 * 10**18. A line is
weighed 18,000 days at a time, so that :mod:`delinquency.penalty.formulas` holds for every step:

==============================  ================================================================  ======
``weight * part``               2.7e15, and a whole of 1,250 parts at most with 360 days a year,  3.4e18
                                of 3 with 133,590: the denominator is 45e12 at most
``at_due * whole or part``      10**15 * 9,000, the finest share of a cap                         9.0e18
``days * rounded``              what the account bears, and a unit a day                          1.3e18
==============================  ================================================================  ======
"""

from __future__ import annotations

from typing import Any

from delinquency.daycount.formulas import ratio_by_code
from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_bearings import NO_RATE, rate_on, share_on
from delinquency.portfolio.kernels.penalty_layout import (
    MOST,
    Measure,
    RateArrays,
    RateNumbers,
    SpanArrays,
)

__all__ = [
    "CAPPED",
    "COMPOUND",
    "FIGURES",
    "PENALTY",
    "ROOM",
    "SIZE_OF_LINE",
    "SIZE_OF_STEP",
    "WAIVED",
    "line_amount",
    "list_lines",
    "tell_lines",
]

_ratio = compiled(ratio_by_code)
_accrue = inlined(formulas.accrue)
_weight_of = inlined(formulas.weight_of)
_rounded_parts = inlined(formulas.rounded_parts)

MOST_DAYS = 18_000
"""The longest run of days that is weighed at once."""

DAILY, BY_LINE, BY_DEBT, BY_ACCOUNT = range(4)
SIZE_OF_STEP, SIZE_OF_LINE, FIGURES = 4, 8, 11
START, END, BASE, SCALED, PERIOD, OWED, KEPT, KIND = range(SIZE_OF_LINE)
OWED_SUM, WAIVED_SUM = 0, 3
PENALTY, COMPOUND, WAIVED, CAPPED, ROOM = range(6, FIGURES)


@compiled
def list_lines(  # noqa: PLR0917 -- a tuple of columns more would be passed word by word
    rates: RateArrays,
    spans: SpanArrays,
    account: int,
    numbers: RateNumbers,
    known: int,
    day: int,
    as_of: int,
    steps: Any,
    count: int,
    column: int,
    whole: int,
    lines: Any,
    line: int,
) -> int:
    """Lay out the lines of a column of the steps, from ``line`` on; the place after the last.

    Steps say what is open from the close of a day on, the first at the close of the due day; ``day`` is the
    first that may bear. Less than 0 if a day bears that no table covers.
    """
    first = line
    due = steps[0]
    step = 0
    while day < as_of:
        while step + 1 < count and steps[(step + 1) * SIZE_OF_STEP] <= day:
            step += 1
        base = steps[step * SIZE_OF_STEP + column]
        if base == 0:
            break
        scaled, period, change = rate_on(rates, spans, account, numbers, known, due, day)
        if period == NO_RATE:
            return -1
        owed, until = share_on(spans, account, known, whole, day)
        end = min(as_of, change, until)
        if step + 1 < count:
            end = min(end, steps[(step + 1) * SIZE_OF_STEP])
        at = line * SIZE_OF_LINE
        last = at - SIZE_OF_LINE
        if (
            line > first
            and lines[last + BASE] == base
            and lines[last + SCALED] == scaled
            and lines[last + PERIOD] == period
            and lines[last + OWED] == owed
        ):
            lines[last + END] = end
        else:
            lines[at + START] = day
            lines[at + END] = end
            lines[at + BASE] = base
            lines[at + SCALED] = scaled
            lines[at + PERIOD] = period
            lines[at + OWED] = owed
            line += 1
        day = end
    return line


@inlined
def _numerator(code: int, due: int, day: int) -> int:
    """The part of a year from the due day to a day, over the denominator of the day count."""
    if code <= 2:
        return day - due
    if code == 3:
        return 4 * (day - due)
    return int(_ratio(due, day, code, 0, 0)[0])


@compiled
def line_amount(
    measure: Measure,
    lines: Any,
    line: int,
    due: int,
    part: int,
    denominator: int,
    sums: Any,
    at: int,
) -> int:
    """What is owed, or waived, of a line: rounded day by day, or as its sum at a place is rounded.

    Days of one part of a year are rounded once; with most day counts all days are.
    """
    start = lines[line + START]
    last = lines[line + END]
    base = lines[line + BASE]
    units = sums[at]
    rest_before = sums[at + 1]
    before = sums[at + 2]
    is_daily = measure.grain == DAILY
    longest = MOST_DAYS
    if is_daily and measure.day_count > 3:
        longest = 1
    counted = _numerator(measure.day_count, due, start)
    total = 0
    known_part = -1
    known = 0
    while start < last:
        day = min(last, start + longest)
        numerator = _numerator(measure.day_count, due, day)
        days = day - start
        weighed = 1 if is_daily else days
        year_part = (numerator - counted) // days if is_daily else numerator - counted
        if not is_daily or year_part != known_part:
            weight = part * _weight_of(
                year_part,
                weighed,
                lines[line + SCALED],
                lines[line + PERIOD],
                measure.day_denominator,
            )
            carried = 0 if is_daily else sums[at + 1]
            more, rest = _accrue(base, weight, denominator, carried)
            if is_daily:
                known = _rounded_parts(more, rest, denominator, measure.rounding)
                known_part = year_part
            else:
                sums[at] += more
                sums[at + 1] = rest
        total += known * days
        counted = numerator
        start = day
    if is_daily:
        return total
    if sums[at] == units and sums[at + 1] == rest_before:
        return 0
    sums[at + 2] = _rounded_parts(sums[at], sums[at + 1], denominator, measure.rounding)
    return int(sums[at + 2] - before)


@inlined
def _most_of_debt(measure: Measure, at_due: int) -> int:
    """The least that a cap on the debt itself lets be owed."""
    most = MOST
    for cap in range(len(measure.cap_numerator)):
        denominator = measure.cap_denominator[cap]
        whole = measure.cap_numerator[cap] // denominator
        part = measure.cap_numerator[cap] - whole * denominator
        most = min(most, at_due * whole + at_due * part // denominator)
    return most


@inlined
def _count_up_to(
    measure: Measure, figures: Any, units: int, rest: int, rounded: int, most: int, denominator: int
) -> int:
    """Let the sum of the account count a debt up to its own cap; what the debt is owed.

    ``units``, ``rest`` and ``rounded`` are what the sum was before it.
    """
    if figures[OWED_SUM] == units and figures[OWED_SUM + 1] == rest:
        return 0
    more = figures[OWED_SUM] - units
    if more > most or (more == most and figures[OWED_SUM + 1] > rest):
        figures[OWED_SUM] = units + most
        figures[OWED_SUM + 1] = rest
    whole = _rounded_parts(figures[OWED_SUM], figures[OWED_SUM + 1], denominator, measure.rounding)
    amount = min(whole - rounded, most)
    figures[OWED_SUM + 2] = rounded + amount
    return int(amount)


@inlined
def _within_room(measure: Measure, figures: Any, amount: int) -> int:
    """What caps on the account leave of what a debt is owed."""
    if measure.room < 0:
        return amount
    limit = min(amount, figures[ROOM])
    figures[ROOM] -= limit
    return int(limit)


@compiled
def tell_lines(
    measure: Measure,
    lines: Any,
    figures: Any,
    due: int,
    at_due: int,
    between: int,
    count: int,
    whole: int,
) -> None:
    """Add a debt's lines to the figures of its account.

    Lines of its base stand before ``between``, those of its interest after; they are told in order of their
    first days. ``at_due`` is its base before the money of the due day.
    """
    denominator = measure.day_denominator * 100_000_000 * whole
    first = 0
    other = between
    told = 0
    total = 0
    if measure.grain != BY_ACCOUNT:
        for place in range(PENALTY):
            figures[place] = 0
    units = figures[OWED_SUM]
    rest = figures[OWED_SUM + 1]
    rounded = figures[OWED_SUM + 2]
    while first < between or other < count:
        kind = PENALTY
        line = first * SIZE_OF_LINE
        after = other * SIZE_OF_LINE
        if first >= between or (other < count and lines[after + START] < lines[line + START]):
            kind = COMPOUND
            line = after
            other += 1
        else:
            first += 1
        owed = lines[line + OWED]
        for at in range(OWED_SUM, PENALTY, WAIVED_SUM):
            part = owed if at == OWED_SUM else whole - owed
            if part == 0:
                continue
            if measure.grain == BY_LINE:
                figures[at] = 0
                figures[at + 1] = 0
                figures[at + 2] = 0
            amount = line_amount(measure, lines, line, due, part, denominator, figures, at)
            if at == WAIVED_SUM:
                figures[WAIVED] += amount
            else:
                lines[told * SIZE_OF_LINE + KEPT] = amount
                lines[told * SIZE_OF_LINE + KIND] = kind
                told += 1
                total += amount
    most = _most_of_debt(measure, at_due)
    limit = min(total, most)
    if measure.grain == BY_ACCOUNT and most < MOST:
        limit = _count_up_to(measure, figures, units, rest, rounded, most, denominator)
    limit = _within_room(measure, figures, limit)
    figures[CAPPED] += total - limit
    for place in range(told):
        amount = min(lines[place * SIZE_OF_LINE + KEPT], limit)
        limit -= amount
        figures[lines[place * SIZE_OF_LINE + KIND]] += amount
