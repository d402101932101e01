"""What one debt of a ledger bore so far: a sum that is brought to a day when somebody asks.

The one idea: penalty is posted as a running sum, rounded once, less what was posted before; so it need be
worked out for a debt only when money reaches it. Until then the debt keeps the day up to which its sum is
known, and what is open of it is what bears.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_bearings import NO_RATE, rate_on, share_on
from delinquency.portfolio.kernels.penalty_layout import (
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyScratch,
    RateArrays,
    SpanArrays,
)
from delinquency.portfolio.kernels.penalty_lines import (
    BASE,
    BY_LINE,
    DAILY,
    END,
    OWED,
    OWED_SUM,
    PENALTY,
    PERIOD,
    SCALED,
    START,
    WAIVED_SUM,
    line_amount,
)
from delinquency.portfolio.kernels.penalty_one_rate import of_one_rate

__all__ = [
    "ACCRUED",
    "AT_DUE",
    "NOT_BEGUN",
    "NOT_KNOWN",
    "ONE_RATE",
    "OPEN_PENALTY",
    "POSTED",
    "RUN_BASE",
    "SIZE_OF_DEBT",
    "UNTIL",
    "WAIVED",
    "accrue",
    "base_of",
    "bring",
    "has_spans",
    "limited",
    "post",
]

_bears_from = inlined(formulas.bears_from)

SIZE_OF_DEBT = 19
UNTIL, SUMS, ACCRUED, WAIVED, POSTED, AT_DUE = 4, 5, 11, 12, 13, 14
RUN_BASE, RUN_SCALED, RUN_PERIOD, RUN_OWED = 15, 16, 17, 18
OPEN_PENALTY = 3
NOT_BEGUN = -NONE_DAY
NOT_KNOWN = -1
ONE_RATE = -1
"""In place of the whole of which shares are waived: one rate for all time, and nothing waived."""


@inlined
def has_spans(spans: SpanArrays, account: int) -> bool:
    """Whether an account has spans of any kind."""
    return len(spans.offsets) > 0 and spans.offsets[account + 1] > spans.offsets[account]


@inlined
def base_of(rule: PenaltyNumbers, debts: Any, at: int) -> int:
    """What of a debt bears."""
    return int(
        debts[at] * rule.bears[0] + debts[at + 1] * rule.bears[1] + debts[at + 2] * rule.bears[2]
    )


@inlined
def _begin(rule: PenaltyNumbers, debts: Any, at: int, due: int) -> None:
    """Let a debt bear from its first day on."""
    debts[at + UNTIL] = _bears_from(due, rule.grace_days, 1)
    for place in range(SUMS, AT_DUE):
        debts[at + place] = 0
    debts[at + RUN_BASE] = -1


@compiled
def _accrue_lines(
    rates: RateArrays,
    spans: SpanArrays,
    account: int,
    rule: PenaltyNumbers,
    lines: Any,
    debts: Any,
    at: int,
    due: int,
    base: int,
    day: int,
    until: int,
    whole: int,
) -> bool:
    """Add what a base bore on ``[day, until)`` to the sums of a debt; whether every day has a rate."""
    denominator = rule.measure.day_denominator * 100_000_000 * whole
    while day < until:
        scaled, period, change = rate_on(rates, spans, account, rule.rates, rule.known, due, day)
        if period == NO_RATE:
            return False
        owed, end = share_on(spans, account, rule.known, whole, day)
        end = min(until, change, end)
        if rule.measure.grain == BY_LINE and (
            debts[at + RUN_BASE] != base
            or debts[at + RUN_SCALED] != scaled
            or debts[at + RUN_PERIOD] != period
            or debts[at + RUN_OWED] != owed
        ):
            for place in range(SUMS, ACCRUED):
                debts[at + place] = 0
            debts[at + RUN_BASE] = base
            debts[at + RUN_SCALED] = scaled
            debts[at + RUN_PERIOD] = period
            debts[at + RUN_OWED] = owed
        lines[START] = day
        lines[END] = end
        lines[BASE] = base
        lines[SCALED] = scaled
        lines[PERIOD] = period
        lines[OWED] = owed
        for kind in range(OWED_SUM, PENALTY, WAIVED_SUM):
            part = owed if kind == OWED_SUM else whole - owed
            if part > 0:
                amount = line_amount(
                    rule.measure, lines, 0, due, part, denominator, debts, at + SUMS + kind
                )
                debts[at + (ACCRUED if kind == OWED_SUM else WAIVED)] += amount
        day = end
    return True


@inlined
def limited(rule: PenaltyNumbers, debts: Any, at: int) -> int:
    """What is owed of the accrual of a debt, after its caps."""
    limit = debts[at + ACCRUED]
    for cap in range(len(rule.measure.cap_numerator)):
        denominator = rule.measure.cap_denominator[cap]
        whole = rule.measure.cap_numerator[cap] // denominator
        part = rule.measure.cap_numerator[cap] - whole * denominator
        base = debts[at + AT_DUE]
        limit = min(limit, base * whole + base * part // denominator)
    return int(limit)


@inlined
def accrue(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    lines: Any,
    debts: Any,
    at: int,
    due: int,
    base: int,
    day: int,
    whole: int,
) -> bool:
    """Add what a debt bore before ``day`` on a base above 0, if it was not; whether every day has a rate."""
    if debts[at + UNTIL] == NOT_BEGUN:
        _begin(rule, debts, at, due)
        if debts[at + AT_DUE] == NOT_KNOWN:
            debts[at + AT_DUE] = base
    start = debts[at + UNTIL]
    if start >= day:
        return True
    debts[at + UNTIL] = day
    if whole == ONE_RATE:
        days = day - start
        if rule.measure.grain == DAILY:
            debts[at + ACCRUED] += days * of_one_rate(rule.one, rule.measure.rounding, base)
        else:
            debts[at + SUMS] += base * days
            debts[at + ACCRUED] = of_one_rate(rule.one, rule.measure.rounding, debts[at + SUMS])
        return True
    return bool(
        _accrue_lines(
            book.rates,
            book.spans,
            account,
            rule,
            lines,
            debts,
            at,
            due,
            base,
            start,
            day,
            whole,
        )
    )


@inlined
def post(rule: PenaltyNumbers, debts: Any, at: int) -> int:
    """What is owed of the accrual of a debt and was not posted, now posted."""
    owed = limited(rule, debts, at)
    posted = debts[at + POSTED]
    debts[at + POSTED] = owed
    return int(owed - posted)


@inlined
def bring(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    at: int,
    due: int,
    day: int,
    whole: int,
) -> bool:
    """Post what a debt bore before ``day`` and was not posted; whether every day has a rate."""
    debts = scratch.debts
    base = base_of(rule, debts, at)
    if base == 0 or debts[at + UNTIL] >= day:
        return True
    if not accrue(book, account, rule, scratch.lines, debts, at, due, base, day, whole):
        return False
    if rule.posts:
        debts[at + OPEN_PENALTY] += post(rule, debts, at)
    return True
