"""What waivers, write-offs, closures and accelerations do to the debts laid out.

The one idea: each decision walks the debts that stand on its day, what fell due first first, as
:mod:`delinquency.ledger.deciding` does.
"""

from __future__ import annotations

from delinquency.division import div_half_up
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import (
    ACCELERATED,
    INSTALMENT,
    WRITTEN,
    BookArrays,
    Debts,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.obligations import stands

__all__ = ["decide_after_money", "decide_before_money", "order_by_due", "waive_rest"]

ALL = -1
ACCELERATION, WAIVER, WRITE_OFF, CLOSURE = range(4)

_rounded = inlined(div_half_up)


@inlined
def order_by_due(scratch: Scratch, size: int) -> None:
    """Put the places of debts in the order in which they fall due; nearly in order."""
    due = scratch.debts.due
    by_due = scratch.by_due
    for index in range(size):
        place = index
        while place > 0 and due[by_due[place - 1]] > due[index]:
            by_due[place] = by_due[place - 1]
            place -= 1
        by_due[place] = index


@inlined
def _is_standing(debts: Debts, place: int, day: int) -> bool:
    return bool(debts.start[place] <= day < debts.until[place])


@inlined
def _column_and_amount(book: BookArrays, row: int) -> tuple[int, int]:
    column = ALL
    if len(book.decided_component) > 0:
        column = book.decided_component[row]
    amount = ALL
    if len(book.decided_amount) > 0:
        amount = book.decided_amount[row]
    return int(column), int(amount)


@inlined
def _waive(scratch: Scratch, size: int, day: int, column: int, amount: int) -> None:
    """Waive a component: all that has fallen due, or up to an amount."""
    debts = scratch.debts
    most = amount
    for index in range(size):
        place = scratch.by_due[index]
        if not _is_standing(debts, place, day):
            continue
        if amount == ALL:
            if debts.due[place] <= day:
                debts.open[4 * place + column] = 0
        else:
            used = min(debts.open[4 * place + column], most)
            debts.open[4 * place + column] -= used
            most -= used


@inlined
def _write_off(scratch: Scratch, size: int, day: int, column: int, amount: int) -> None:
    """Write off everything open, or a component up to an amount."""
    debts = scratch.debts
    most = amount
    for index in range(size):
        place = scratch.by_due[index]
        if not _is_standing(debts, place, day):
            continue
        for each in range(0 if column == ALL else column, 4 if column == ALL else column + 1):
            used = debts.open[4 * place + each]
            if amount != ALL:
                used = min(used, most)
                most -= used
            debts.open[4 * place + each] -= used
            debts.written[4 * place + each] += used
            scratch.state[WRITTEN] += used


@inlined
def _close(scratch: Scratch, size: int, day: int) -> None:
    """Write open principal off and waive the rest, due or not."""
    debts = scratch.debts
    for place in range(size):
        if not _is_standing(debts, place, day):
            continue
        principal = debts.open[4 * place]
        debts.written[4 * place] += principal
        scratch.state[WRITTEN] += principal
        for column in range(4):
            debts.open[4 * place + column] = 0


@inlined
def waive_rest(rule: RuleNumbers, scratch: Scratch, size: int, day: int) -> None:
    """Waive what is open in all, if it is within the closing tolerance."""
    debts = scratch.debts
    total = 0
    for place in range(size):
        if _is_standing(debts, place, day):
            for column in range(4):
                total += debts.open[4 * place + column]
    if total > rule.closing_tolerance:
        return
    for place in range(size):
        if _is_standing(debts, place, day):
            for column in range(4):
                debts.open[4 * place + column] = 0


@inlined
def _interest_earned(
    book: BookArrays, account: int, debts: Debts, size: int, day: int, running: int, stated: int
) -> int:
    """Interest of the running period up to ``day`` that nothing has settled yet [minor units]."""
    row = book.inst_offsets[account] + debts.number[running] - 1
    interest = book.interest[row]
    earned = stated
    if stated == ALL:
        start = -1
        found = False
        for place in range(size):
            if debts.kind[place] != INSTALMENT or debts.until[place] <= day:
                continue
            if debts.due[place] <= day and (not found or debts.due[place] > start):
                start = debts.due[place]
                found = True
        if not found:
            start = book.originated[account]
        length = debts.due[running] - start
        whole = interest // length
        # Whole parts first: interest times days could leave 64 bits.
        earned = whole * (day - start) + _rounded(
            (interest - whole * length) * (day - start), length
        )
    return int(max(0, earned - (interest - debts.open[4 * running + 1])))


@inlined
def _accelerate(
    book: BookArrays, account: int, scratch: Scratch, size: int, day: int, stated: int
) -> None:
    """Let all principal that falls due later fall due on ``day``, as one debt of that day."""
    debts = scratch.debts
    target = -1
    principal = 0
    interest = 0
    fees = 0
    running = -1
    for place in range(size):
        if debts.kind[place] == ACCELERATED and debts.due[place] == day:
            target = place
        if debts.kind[place] != INSTALMENT or debts.due[place] <= day:
            continue
        if not _is_standing(debts, place, day):
            continue
        if running < 0:
            running = place
            interest = _interest_earned(book, account, debts, size, day, place, stated)
        principal += debts.open[4 * place]
        fees += debts.open[4 * place + 2]
        for column in range(4):
            debts.open[4 * place + column] = 0
        debts.until[place] = day
    if running >= 0:
        debts.open[4 * target] += principal
        debts.open[4 * target + 1] += interest
        debts.open[4 * target + 2] += fees


@inlined
def decide_before_money(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    scratch: Scratch,
    size: int,
    day: int,
    first: int,
    last: int,
) -> None:
    """Accelerations and waivers among the decisions ``[first, last)``."""
    for row in range(first, last):
        if book.decided_day[row] != day or not stands(book, row, rule):
            continue
        column, amount = _column_and_amount(book, row)
        if book.decided_kind[row] == ACCELERATION:
            _accelerate(book, account, scratch, size, day, amount)
        elif book.decided_kind[row] == WAIVER:
            _waive(scratch, size, day, column, amount)


@inlined
def decide_after_money(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    size: int,
    day: int,
    first: int,
    last: int,
) -> None:
    """Write-offs and closures among the decisions ``[first, last)``."""
    for row in range(first, last):
        if book.decided_day[row] != day or not stands(book, row, rule):
            continue
        column, amount = _column_and_amount(book, row)
        if book.decided_kind[row] == WRITE_OFF:
            _write_off(scratch, size, day, column, amount)
        elif book.decided_kind[row] == CLOSURE:
            _close(scratch, size, day)
