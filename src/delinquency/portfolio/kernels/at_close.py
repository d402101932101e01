"""What the debts of one account say at the close: what is late, what is open, what is next.

The one idea: everything is read off the open amounts that the sweep left behind; nothing moves any more.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import (
    CREDIT,
    HELD,
    SHADOWS,
    WRITTEN,
    Debts,
    LedgerOutputs,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.penalty_layout import OpenBalances

__all__ = [
    "late_amount",
    "oldest_due",
    "open_by_component",
    "open_counted",
    "sum_arrears",
    "tell_more",
]


@inlined
def open_counted(debts: Debts, place: int, rule: RuleNumbers) -> int:
    """The open counted amount of a debt [minor units]."""
    total = 0
    for column in range(4):
        total += debts.open[4 * place + column] * rule.counted[column]
    return total


@inlined
def _is_in_force(debts: Debts, place: int, rule: RuleNumbers) -> bool:
    return bool(debts.start[place] <= rule.as_of < debts.until[place])


@inlined
def late_amount(rule: RuleNumbers, debts: Debts, place: int, arrears: int) -> int:
    """The open counted amount of a debt in force that is late and unsettled, else 0."""
    if debts.due[place] >= rule.as_of + rule.due_date_counts:
        return 0
    if not _is_in_force(debts, place, rule):
        return 0
    amount = open_counted(debts, place, rule)
    measure = arrears if rule.tolerance_by_account else amount
    return amount if measure > rule.tolerance else 0


@inlined
def sum_arrears(rule: RuleNumbers, debts: Debts, size: int) -> int:
    """The open counted amounts of the debts in force that are late."""
    total = 0
    limit = rule.as_of + rule.due_date_counts
    for place in range(size):
        if debts.due[place] < limit and _is_in_force(debts, place, rule):
            total += open_counted(debts, place, rule)
    return total


@inlined
def oldest_due(rule: RuleNumbers, scratch: Scratch, size: int, arrears: int) -> int:
    """The due day of the oldest unsettled late debt, in force or carried; 2**31 - 1 if none."""
    debts = scratch.debts
    oldest = NONE_DAY
    for place in range(size):
        if debts.due[place] < oldest and late_amount(rule, debts, place, arrears) > 0:
            oldest = debts.due[place]
    for shadow in range(scratch.state[SHADOWS]):
        if scratch.shadow_open[shadow] > 0:
            oldest = min(oldest, scratch.shadow_due[shadow])
    return oldest


@inlined
def _late_count(rule: RuleNumbers, debts: Debts, size: int, arrears: int) -> int:
    count = 0
    for place in range(size):
        count += late_amount(rule, debts, place, arrears) > 0
    return count


@inlined
def _tell_next(
    rule: RuleNumbers, debts: Debts, size: int, account: int, more: LedgerOutputs
) -> None:
    """The earliest due day from which something is open on, and how much on that day."""
    next_due = NONE_DAY
    amount = 0
    for place in range(size):
        due = debts.due[place]
        if due < rule.next_from or due > next_due or not _is_in_force(debts, place, rule):
            continue
        rest = 0
        for column in range(4):
            rest += debts.open[4 * place + column]
        if rest > 0:
            amount = rest if due < next_due else amount + rest
            next_due = due
    more.next_due[account] = next_due
    more.next_amount[account] = amount


@inlined
def _exposure(rule: RuleNumbers, debts: Debts, size: int) -> int:
    total = 0
    for place in range(size):
        if _is_in_force(debts, place, rule):
            total += debts.open[4 * place]
            if debts.due[place] <= rule.as_of:
                for column in range(1, 4):
                    total += debts.open[4 * place + column]
    return total


@inlined
def _break_down(
    rule: RuleNumbers, debts: Debts, size: int, account: int, more: LedgerOutputs
) -> None:
    """Open amounts past due, due and not due, by component."""
    for cell in range(12):
        more.breakdown[account, cell] = 0
    for place in range(size):
        if _is_in_force(debts, place, rule):
            due = debts.due[place]
            first = 4 * ((due >= rule.as_of) + (due > rule.as_of))
            for column in range(4):
                more.breakdown[account, first + column] += debts.open[4 * place + column]


@inlined
def _unallocated(scratch: Scratch) -> int:
    """Money that settled nothing yet."""
    state = scratch.state
    return int(state[HELD] + state[HELD + 1] + state[HELD + 2] + state[HELD + 3] + state[CREDIT])


@inlined
def open_by_component(
    rule: RuleNumbers, scratch: Scratch, size: int, account: int, out: OpenBalances
) -> None:
    """What is open of each component, due or not, and unallocated money."""
    debts = scratch.debts
    principal = interest = fees = penalty = 0
    for place in range(size):
        if _is_in_force(debts, place, rule):
            principal += debts.open[4 * place]
            interest += debts.open[4 * place + 1]
            fees += debts.open[4 * place + 2]
            penalty += debts.open[4 * place + 3]
    out.principal[account] = principal
    out.interest[account] = interest
    out.fees[account] = fees
    out.penalty[account] = penalty
    out.unallocated[account] = _unallocated(scratch)


@inlined
def tell_more(
    rule: RuleNumbers,
    scratch: Scratch,
    size: int,
    account: int,
    arrears: int,
    more: LedgerOutputs,
) -> None:
    """Fill what only a ledger knows, as far as it is asked for."""
    debts = scratch.debts
    state = scratch.state
    more.exposure[account] = _exposure(rule, debts, size)
    more.unallocated[account] = _unallocated(scratch)
    more.written_off[account] = state[WRITTEN]
    more.late_count[account] = _late_count(rule, debts, size, arrears)
    _tell_next(rule, debts, size, account, more)
    if len(more.breakdown) > 0:
        _break_down(rule, debts, size, account, more)
