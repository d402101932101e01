"""What waivers, write-offs, closures and accelerations do to the debts laid out.

The one idea: each decision walks the debts that stand on its day, what fell due first first, as
:mod:`delinquency.ledger.deciding` does.
"""

from __future__ import annotations

from delinquency.division import div_half_up
from delinquency.event_rows import ALL, Decision
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import (
    ACCELERATED,
    COUNTED,
    INSTALMENT,
    WRITTEN,
    BookArrays,
    Debts,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.obligations import column_and_amount, ends_schedule, stands

__all__ = ["decide_after_money", "decide_before_money", "order_by_due", "waive_rest"]

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
def _let_off(rule: RuleNumbers, scratch: Scratch, place: int, column: int, amount: int) -> None:
    """Take an amount that nobody pays out of what is open: it is asked for no more."""
    debts = scratch.debts
    debts.open[4 * place + column] -= amount
    debts.let_off[4 * place + column] += amount
    scratch.state[COUNTED] += amount * rule.counted[column]


@inlined
def _write(rule: RuleNumbers, scratch: Scratch, place: int, column: int, amount: int) -> None:
    _let_off(rule, scratch, place, column, amount)
    scratch.debts.written[4 * place + column] += amount
    scratch.state[WRITTEN] += amount


@inlined
def _waive(
    rule: RuleNumbers, scratch: Scratch, size: int, day: int, column: int, amount: int
) -> None:
    """Waive a component: all that has fallen due, or up to an amount."""
    debts = scratch.debts
    most = amount
    for index in range(size):
        place = scratch.by_due[index]
        if not _is_standing(debts, place, day):
            continue
        if amount == ALL:
            if debts.due[place] <= day:
                _let_off(rule, scratch, place, column, debts.open[4 * place + column])
        else:
            used = min(debts.open[4 * place + column], most)
            _let_off(rule, scratch, place, column, used)
            most -= used


@inlined
def _write_off(
    rule: RuleNumbers, scratch: Scratch, size: int, day: int, column: int, amount: int
) -> None:
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
            _write(rule, scratch, place, each, used)


@inlined
def _close(rule: RuleNumbers, scratch: Scratch, size: int, day: int) -> None:
    """Write open principal off and waive the rest, due or not."""
    debts = scratch.debts
    for place in range(size):
        if not _is_standing(debts, place, day):
            continue
        _write(rule, scratch, place, 0, debts.open[4 * place])
        for column in range(1, 4):
            _let_off(rule, scratch, place, column, debts.open[4 * place + column])


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
                _let_off(rule, scratch, place, column, debts.open[4 * place + column])


@inlined
def _interest(book: BookArrays, account: int, debts: Debts, place: int) -> int:
    """The interest of an instalment as the schedule has it."""
    return int(book.interest[book.inst_offsets[account] + debts.number[place] - 1])


@inlined
def _interest_earned(interest: int, day: int, start: int, due: int) -> int:
    """The interest of a period ``[start, due)`` that is earned on ``[start, day)``, before it is due."""
    if day <= start:
        return 0
    length = due - start
    whole = interest // length
    # Whole parts first: interest times days could leave 64 bits.
    rest = (interest - whole * length) * (day - start)
    return int(whole * (day - start) + _rounded(rest, length))


@inlined
def _accelerate(
    book: BookArrays, account: int, scratch: Scratch, size: int, day: int, stated: int
) -> None:
    """Let all principal that falls due later fall due on ``day``, as one debt of that day.

    The period that runs is that of the first row to come; interest paid beyond what is earned of it is set
    against the principal.
    """
    debts = scratch.debts
    begins = int(book.originated[account])
    target = -1
    principal = 0
    fees = 0
    earned = 0
    paid = 0
    runs = False
    for index in range(size):
        place = scratch.by_due[index]
        if debts.kind[place] == ACCELERATED and debts.due[place] == day:
            target = place
        if debts.kind[place] != INSTALMENT or not _is_standing(debts, place, day):
            continue
        due = int(debts.due[place])
        if due > day:
            interest = _interest(book, account, debts, place)
            let_off = debts.let_off[4 * place + 1]
            if not runs:
                runs = True
                earned = stated
                if stated == ALL:
                    start = max(begins, int(debts.start[place]))
                    earned = _interest_earned(interest, day, start, due)
                earned = max(0, earned - let_off)
            paid += interest - debts.open[4 * place + 1] - let_off
            principal += debts.open[4 * place]
            fees += debts.open[4 * place + 2]
            for column in range(4):
                debts.open[4 * place + column] = 0
            debts.until[place] = day
        begins = max(begins, due)
    if runs:
        debts.open[4 * target] += principal - min(principal, max(0, paid - earned))
        debts.open[4 * target + 1] += max(0, earned - paid)
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
    """The end of the schedule, then the waivers, among the decisions ``[first, last)``."""
    for row in range(first, last):
        if book.decided_day[row] == day and stands(book, row, rule) and ends_schedule(book, row):
            _accelerate(book, account, scratch, size, day, column_and_amount(book, row)[1])
    for row in range(first, last):
        if book.decided_day[row] != day or not stands(book, row, rule):
            continue
        if book.decided_kind[row] == Decision.WAIVER:
            column, amount = column_and_amount(book, row)
            _waive(rule, scratch, size, day, column, amount)


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
        column, amount = column_and_amount(book, row)
        if book.decided_kind[row] == Decision.WRITE_OFF:
            _write_off(rule, scratch, size, day, column, amount)
        elif book.decided_kind[row] == Decision.CLOSURE:
            _close(rule, scratch, size, day)
