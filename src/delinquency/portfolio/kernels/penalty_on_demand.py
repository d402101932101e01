"""The ledger of accounts without charges or changes, with penalty interest in the order on demand.

The one idea: penalty is posted as a running sum, rounded once, less what was posted before; so it need be
worked out for a debt only when money reaches it, and for all at the end. Until then a debt keeps the day up
to which its sum is known. Money visits debts phase by phase, as in the ledger of one account.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_bearings import NO_RATE, rate_on, share_on, waived_whole
from delinquency.portfolio.kernels.penalty_by_lines import MOST_DENOMINATOR, counted_money
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LOOP,
    ON_DEMAND,
    OpenBalances,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
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
from delinquency.portfolio.kernels.penalty_one_rate import MOST, of_one_rate

__all__ = ["SIZE_OF_DEBT", "penalty_on_demand"]

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
def _has_spans(spans: SpanArrays, account: int) -> bool:
    return len(spans.offsets) > 0 and spans.offsets[account + 1] > spans.offsets[account]


@inlined
def _base(rule: PenaltyNumbers, debts: Any, at: int) -> int:
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
def _limited(rule: PenaltyNumbers, debts: Any, at: int) -> int:
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
def _bring(
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
    base = _base(rule, debts, at)
    if base == 0:
        return True
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
    elif not _accrue_lines(
        book.rates,
        book.spans,
        account,
        rule,
        scratch.lines,
        debts,
        at,
        due,
        base,
        start,
        day,
        whole,
    ):
        return False
    owed = _limited(rule, debts, at)
    if rule.posts:
        debts[at + OPEN_PENALTY] += owed - debts[at + POSTED]
        debts[at + POSTED] = owed
    return True


@inlined
def _settle(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    day: int,
    first: int,
    last: int,
    phase: int,
    money: int,
    whole: int,
) -> int:
    """Settle the debts ``[first, last)``, each fully before the next, by one phase; the money left.

    Less than 0 if a day bears that no table covers.
    """
    debts = scratch.debts
    origin = book.inst_offsets[account]
    for place in range(first, last):
        if money == 0:
            break
        at = place * SIZE_OF_DEBT
        due = book.due[origin + place]
        if due < day:
            if not _bring(book, account, rule, scratch, at, int(due), day, whole):
                return -1
        elif due == day and debts[at + AT_DUE] == NOT_KNOWN:
            debts[at + AT_DUE] = _base(rule, debts, at)
        for step in range(rule.phase_offsets[phase], rule.phase_offsets[phase + 1]):
            cell = at + rule.phase_columns[step]
            used = min(debts[cell], money)
            debts[cell] -= used
            money -= used
    return money


@inlined
def _replay(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    whole: int,
) -> int:
    """Sweep the payments up to the day asked for; the money that settled nothing.

    Less than 0 if a day bears that no table covers, or if a sum of amounts times days may leave 64 bits.
    """
    debts = scratch.debts
    start = book.inst_offsets[account]
    size = book.inst_offsets[account + 1] - start
    owed = 0
    for place in range(size):
        at = place * SIZE_OF_DEBT
        owed += (
            book.principal[start + place] + book.interest[start + place] + book.fees[start + place]
        )
        debts[at] = book.principal[start + place]
        debts[at + 1] = book.interest[start + place]
        debts[at + 2] = book.fees[start + place]
        debts[at + OPEN_PENALTY] = 0
        debts[at + UNTIL] = NOT_BEGUN
        debts[at + AT_DUE] = NOT_KNOWN
    if whole == ONE_RATE and owed > MOST // max(rule.as_of - book.due[start], 1):
        return -1
    payment = book.pay_offsets[account]
    payment_end = book.pay_offsets[account + 1]
    first = 0
    due_to = 0
    held = 0
    while True:
        day = NONE_DAY
        if payment < payment_end:
            day = book.value_day[payment]
        if rule.holds_excess and held > 0 and due_to < size:
            day = min(day, book.due[start + due_to])
        if day > rule.as_of:
            return held
        while payment < payment_end and book.value_day[payment] == day:
            held += counted_money(book, payment, rule)
            payment += 1
        while due_to < size and book.due[start + due_to] <= day:
            due_to += 1
        if held == 0:
            continue
        due_from = due_to
        while due_from > 0 and book.due[start + due_from - 1] == day:
            due_from -= 1
        for phase in range(len(rule.phase_state)):
            begin = first
            until = due_from
            if rule.phase_state[phase] == 1:
                begin = max(first, due_from)
                until = due_to
            elif rule.phase_state[phase] == 2:
                begin = max(first, due_to)
                until = size
            if begin >= until:
                continue
            held = _settle(book, account, rule, scratch, day, begin, until, phase, held, whole)
            if held <= 0:
                break
        if held < 0:
            return held
        while first < size:
            at = first * SIZE_OF_DEBT
            if debts[at] + debts[at + 1] + debts[at + 2] + debts[at + OPEN_PENALTY] > 0:
                break
            first += 1


@inlined
def _tell(
    book: PenaltyArrays,
    account: int,
    rule: PenaltyNumbers,
    scratch: PenaltyScratch,
    out: PenaltyOutputs,
    balances: OpenBalances,
    unallocated: int,
    whole: int,
) -> bool:
    """Post everything up to the day asked for and tell the account's row."""
    debts = scratch.debts
    start = book.inst_offsets[account]
    accrued = waived = capped = posted = 0
    principal = interest = fees = penalty = 0
    for place in range(book.inst_offsets[account + 1] - start):
        at = place * SIZE_OF_DEBT
        due = int(book.due[start + place])
        if due < rule.as_of and not _bring(
            book, account, rule, scratch, at, due, rule.as_of, whole
        ):
            return False
        principal += debts[at]
        interest += debts[at + 1]
        fees += debts[at + 2]
        penalty += debts[at + OPEN_PENALTY]
        if debts[at + UNTIL] != NOT_BEGUN:
            owed = _limited(rule, debts, at)
            accrued += owed
            capped += debts[at + ACCRUED] - owed
            waived += debts[at + WAIVED]
            posted += debts[at + POSTED]
    out.penalty[account] = accrued
    out.compound[account] = 0
    out.waived[account] = waived
    out.capped[account] = capped
    out.posted[account] = posted
    if len(balances.principal) > 0:
        if rule.as_of < book.originated[account]:
            principal = interest = fees = 0
        balances.principal[account] = principal
        balances.interest[account] = interest
        balances.fees[account] = fees
        balances.penalty[account] = penalty
        balances.unallocated[account] = unallocated
    return True


@compiled
def penalty_on_demand(
    book: PenaltyArrays,
    rule: PenaltyNumbers,
    route: Any,
    scratch: PenaltyScratch,
    out: PenaltyOutputs,
    balances: OpenBalances,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of the accounts of ``[first, last)`` that are on this route."""
    for account in range(first, last):
        if route[account] != ON_DEMAND:
            continue
        whole = waived_whole(book.spans, account, rule.known)
        if whole == 0 or whole > MOST_DENOMINATOR // (rule.measure.day_denominator * 100_000_000):
            route[account] = BY_LOOP
            continue
        if rule.one.denominator > 0 and not _has_spans(book.spans, account):
            whole = ONE_RATE
        unallocated = _replay(book, account, rule, scratch, whole)
        if unallocated < 0 or not _tell(
            book, account, rule, scratch, out, balances, unallocated, whole
        ):
            route[account] = BY_LOOP
