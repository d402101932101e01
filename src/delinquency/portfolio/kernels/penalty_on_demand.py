"""The ledger of accounts without charges or changes, with penalty interest in the order on demand.

The one idea: money visits debts phase by phase, as in the ledger of one account; a debt is brought to the day
of the money when it is visited, and all are at the end. Nobody looks at the others in between.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.penalty_bearings import waived_whole
from delinquency.portfolio.kernels.penalty_by_lines import MOST_DENOMINATOR, counted_money
from delinquency.portfolio.kernels.penalty_layout import (
    BY_LOOP,
    MOST,
    ON_DEMAND,
    OpenBalances,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
    PenaltyScratch,
)
from delinquency.portfolio.kernels.penalty_of_debts import (
    ACCRUED,
    AT_DUE,
    NOT_BEGUN,
    NOT_KNOWN,
    ONE_RATE,
    OPEN_PENALTY,
    POSTED,
    SIZE_OF_DEBT,
    UNTIL,
    WAIVED,
    base_of,
    bring,
    has_spans,
    limited,
)

__all__ = ["penalty_on_demand"]


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
            if not bring(book, account, rule, scratch, at, int(due), day, whole):
                return -1
        elif due == day and debts[at + AT_DUE] == NOT_KNOWN:
            debts[at + AT_DUE] = base_of(rule, debts, at)
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
        if due < rule.as_of and not bring(book, account, rule, scratch, at, due, rule.as_of, whole):
            return False
        principal += debts[at]
        interest += debts[at + 1]
        fees += debts[at + 2]
        penalty += debts[at + OPEN_PENALTY]
        if debts[at + UNTIL] != NOT_BEGUN:
            owed = limited(rule, debts, at)
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
        if rule.one.denominator > 0 and not has_spans(book.spans, account):
            whole = ONE_RATE
        unallocated = _replay(book, account, rule, scratch, whole)
        if unallocated < 0 or not _tell(
            book, account, rule, scratch, out, balances, unallocated, whole
        ):
            route[account] = BY_LOOP
