"""The ledger of accounts without charges or schedule changes, in one pass and without scratch.

The one idea: under an order that settles each component oldest first, what is settled of a component
is a prefix of its column. A place and a rest for each component are the whole ledger: a payment moves
them forward, nothing is laid out, and nothing is searched.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import counts_payment, fill_row
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import (
    BookArrays,
    LedgerOutputs,
    Outputs,
    RuleNumbers,
    Scratch,
)

__all__ = [
    "advance",
    "as_of_prefixes",
    "begin",
    "exposure_of",
    "late_of",
    "open_counted",
    "open_of",
    "rows_due_by",
]

PENALTY = 3
"""The column of which an instalment has nothing."""


@inlined
def _amount(book: BookArrays, column: int, row: int) -> int:
    if column == 0:
        return int(book.principal[row])
    if column == 1:
        return int(book.interest[row])
    return int(book.fees[row])


@inlined
def begin(book: BookArrays, start: int, end: int, place: Any, rest: Any) -> None:
    """Put the places of an account's components at its first row, of which everything is open."""
    for column in range(PENALTY):
        place[column] = start
        rest[column] = _amount(book, column, start) if start < end else 0
    place[PENALTY] = end
    rest[PENALTY] = 0


@inlined
def _settle(
    book: BookArrays,
    rule: RuleNumbers,
    place: Any,
    rest: Any,
    phase: int,
    until: int,
    end: int,
    held: int,
) -> int:
    """Settle rows before ``until`` by one phase, each row fully before the next; the money left."""
    first_step = rule.phase_offsets[phase]
    last_step = rule.phase_offsets[phase + 1]
    row = until
    for step in range(first_step, last_step):
        row = min(row, place[rule.phase_columns[step]])
    while row < until and held > 0:
        for step in range(first_step, last_step):
            column = rule.phase_columns[step]
            if place[column] != row:
                continue
            if rest[column] > held:
                rest[column] -= held
                return 0
            held -= rest[column]
            place[column] = row + 1
            rest[column] = _amount(book, column, row + 1) if row + 1 < end else 0
        row += 1
    return held


@inlined
def rows_due_by(book: BookArrays, due_to: int, end: int, day: int) -> int:
    """The first row from ``due_to`` on that is due after ``day``."""
    while due_to < end and book.due[due_to] <= day:
        due_to += 1
    return due_to


@inlined
def _settle_day(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    place: Any,
    rest: Any,
    due_to: int,
    day: int,
    held: int,
) -> int:
    """Settle with the money at hand at the close of a day; rows before ``due_to`` are due. The money left."""
    start = book.inst_offsets[account]
    end = book.inst_offsets[account + 1]
    due_from = due_to
    while due_from > start and book.due[due_from - 1] == day:
        due_from -= 1
    for phase in range(rule.main_phases):
        until = due_from
        if rule.phase_state[phase] == 1:
            until = due_to
        elif rule.phase_state[phase] == 2:
            until = end
        held = _settle(book, rule, place, rest, phase, until, end, held)
        if held == 0:
            break
    return held


@inlined
def advance(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    place: Any,
    rest: Any,
    payment: int,
    due_to: int,
    held: int,
    last: int,
) -> tuple[int, int, int]:
    """Go on with the payments from ``payment`` on, up to the close of ``last``.

    Gives the next payment, the first row that was not due when money moved last, and the money that settled
    nothing.
    """
    end = book.inst_offsets[account + 1]
    payment_end = book.pay_offsets[account + 1]
    while True:
        day = NONE_DAY
        if payment < payment_end:
            day = book.value_day[payment]
        if rule.holds_excess and held > 0 and due_to < end:
            day = min(day, book.due[due_to])
        if day > last:
            break
        while payment < payment_end and book.value_day[payment] == day:
            if counts_payment(book, payment, rule):
                held += book.amount[payment]
            payment += 1
        due_to = rows_due_by(book, due_to, end, day)
        if held > 0:
            held = _settle_day(book, account, rule, place, rest, due_to, day, held)
    return payment, due_to, held


@inlined
def open_counted(book: BookArrays, rule: RuleNumbers, place: Any, rest: Any, row: int) -> int:
    """The open counted amount of a row."""
    total = 0
    for column in range(PENALTY):
        if rule.counted[column] and place[column] <= row:
            total += rest[column] if place[column] == row else _amount(book, column, row)
    return total


@inlined
def open_of(book: BookArrays, place: Any, rest: Any, row: int) -> int:
    """The open amount of a row."""
    total = 0
    for column in range(PENALTY):
        if place[column] <= row:
            total += rest[column] if place[column] == row else _amount(book, column, row)
    return total


@inlined
def late_of(
    book: BookArrays, rule: RuleNumbers, place: Any, rest: Any, end: int, limit: int
) -> tuple[int, int, int]:
    """Of rows due before ``limit``: arrears, how many are unsettled, and the oldest due day of those."""
    tolerance = 0 if rule.tolerance_by_account else rule.tolerance
    row = end
    for column in range(PENALTY):
        if rule.counted[column]:
            row = min(row, place[column])
    arrears = 0
    late_count = 0
    oldest_due = NONE_DAY
    while row < end and book.due[row] < limit:
        amount = open_counted(book, rule, place, rest, row)
        arrears += amount
        if amount > tolerance:
            late_count += 1
            oldest_due = min(oldest_due, book.due[row])
        row += 1
    if rule.tolerance_by_account and arrears <= rule.tolerance:
        late_count = 0
        oldest_due = NONE_DAY
    return arrears, late_count, oldest_due


@inlined
def _tell_next(
    book: BookArrays, account: int, rule: RuleNumbers, place: Any, rest: Any, more: LedgerOutputs
) -> None:
    """The earliest due day from which something is open on, and how much on that day."""
    row = min(place[0], place[1], place[2])
    end = book.inst_offsets[account + 1]
    if rule.as_of < book.originated[account]:
        row = end
    amount = 0
    while row < end and amount == 0:
        if book.due[row] >= rule.next_from:
            amount = open_of(book, place, rest, row)
        row += 1
    more.next_due[account] = book.due[row - 1] if amount > 0 else NONE_DAY
    while amount > 0 and row < end and book.due[row] == book.due[row - 1]:
        amount += open_of(book, place, rest, row)
        row += 1
    more.next_amount[account] = amount


@inlined
def exposure_of(book: BookArrays, account: int, rule: RuleNumbers, place: Any, rest: Any) -> int:
    """Open principal, due or not, and other amounts due and unpaid."""
    end = book.inst_offsets[account + 1]
    if rule.as_of < book.originated[account]:
        return 0
    total = 0
    for column in range(PENALTY):
        row = place[column]
        while row < end and (column == 0 or book.due[row] <= rule.as_of):
            total += rest[column] if place[column] == row else _amount(book, column, row)
            row += 1
    return total


@inlined
def _break_down(
    book: BookArrays, account: int, rule: RuleNumbers, place: Any, rest: Any, more: LedgerOutputs
) -> None:
    """Open amounts past due, due and not due, by component."""
    for cell in range(12):
        more.breakdown[account, cell] = 0
    end = book.inst_offsets[account + 1]
    if rule.as_of < book.originated[account]:
        return
    for column in range(PENALTY):
        for row in range(place[column], end):
            due = book.due[row]
            first = 4 * ((due >= rule.as_of) + (due > rule.as_of))
            amount = rest[column] if place[column] == row else _amount(book, column, row)
            more.breakdown[account, first + column] += amount


@compiled
def as_of_prefixes(
    book: BookArrays,
    rule: RuleNumbers,
    skip: Any,
    scratch: Scratch,
    out: Outputs,
    more: LedgerOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the outputs of accounts ``[first, last)``, but for those marked in ``skip``."""
    place = scratch.place
    rest = scratch.rest
    limit = rule.as_of + rule.due_date_counts
    skips = len(skip) > 0
    tells_more = len(more.exposure) > 0
    for account in range(first, last):
        if skips and skip[account]:
            continue
        start = book.inst_offsets[account]
        begin(book, start, book.inst_offsets[account + 1], place, rest)
        payment = book.pay_offsets[account]
        _, _, held = advance(book, account, rule, place, rest, payment, start, 0, rule.as_of)
        end = book.inst_offsets[account + 1]
        arrears, late_count, oldest_due = late_of(book, rule, place, rest, end, limit)
        fill_row(book, account, rule, out, arrears, oldest_due, 0, 0)
        if tells_more:
            more.exposure[account] = exposure_of(book, account, rule, place, rest)
            more.unallocated[account] = held
            more.written_off[account] = 0
            more.late_count[account] = late_count
            _tell_next(book, account, rule, place, rest, more)
            if len(more.breakdown) > 0:
                _break_down(book, account, rule, place, rest, more)
