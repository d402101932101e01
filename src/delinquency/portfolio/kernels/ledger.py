"""The full ledger of each account in a compiled loop, and its count.

The one idea: the same sweep as :mod:`delinquency.ledger`, on scratch columns that are reused from
account to account; nothing is kept but the open amounts, which are all that counting reads.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import (
    counts_payment,
    delinquent_after,
    fill_row,
    late_days,
)
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import (
    BookArrays,
    Debts,
    LedgerOutputs,
    Outputs,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.obligations import lay_out_debts

__all__ = ["as_of_ledger", "late_amount", "replay_debts", "sum_arrears"]


HELD, FIRST, SHADOWS, FROZEN_RAW, FROZEN_DELINQUENT = range(5)


@inlined
def _sort_from(days: Any, start: int, count: int) -> None:
    """Insert ``days[start:count]`` into the sorted days before them; few of them, and nearly in order.

    Kernels own no memory, and a sort of the compiler's needs some.
    """
    for index in range(start, count):
        day = days[index]
        place = index
        while place > 0 and days[place - 1] > day:
            days[place] = days[place - 1]
            place -= 1
        days[place] = day


@inlined
def _event_days(
    book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch, size: int
) -> int:
    """Days on which money can move, sorted, with repeats; the number of them."""
    debts = scratch.debts
    count = 0
    for row in range(book.pay_offsets[account], book.pay_offsets[account + 1]):
        if book.value_day[row] <= rule.as_of:
            scratch.days[count] = book.value_day[row]
            count += 1
    plain = count
    origin = book.originated[account]
    changed = len(book.from_day) > 0
    has_charges = (
        len(book.charge_offsets) > 0
        and book.charge_offsets[account + 1] > book.charge_offsets[account]
    )
    if changed or has_charges or rule.holds_excess:
        for place in range(size):
            if debts.until[place] <= rule.as_of:
                scratch.days[count] = debts.until[place]
                count += 1
            if origin < debts.start[place] <= rule.as_of:
                scratch.days[count] = debts.start[place]
                count += 1
            if rule.holds_excess and origin <= debts.unit_day[place] <= rule.as_of:
                scratch.days[count] = debts.unit_day[place]
                count += 1
    _sort_from(scratch.days, plain, count)
    return count


@inlined
def _open_counted(debts: Debts, place: int, rule: RuleNumbers) -> int:
    total = 0
    for column in range(4):
        total += debts.open[4 * place + column] * rule.counted[column]
    return total


@inlined
def _supersede(
    book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch, size: int, day: int
) -> None:
    """Close the rows that end on ``day``, and remember the late ones as the policy says."""
    debts = scratch.debts
    state = scratch.state
    late_total = 0
    for place in range(size):
        if debts.until[place] == day and late_days(debts.due[place], day - 1, rule.due_date_counts):
            late_total += _open_counted(debts, place, rule)
    for place in range(size):
        if debts.until[place] != day:
            continue
        amount = _open_counted(debts, place, rule)
        raw = late_days(debts.due[place], day - 1, rule.due_date_counts)
        measure = late_total if rule.tolerance_by_account else amount
        if rule.schedule_change and raw and amount and measure > rule.tolerance:
            if rule.schedule_change == 1:
                shadows = state[SHADOWS]
                scratch.shadow_due[shadows] = debts.due[place]
                scratch.shadow_open[shadows] = amount
                state[SHADOWS] = shadows + 1
            else:
                _freeze(book, account, rule, state, debts.due[place], day, raw)
        for column in range(4):
            debts.open[4 * place + column] = 0


@inlined
def _freeze(
    book: BookArrays, account: int, rule: RuleNumbers, state: Any, due: int, day: int, raw: int
) -> None:
    end = day - 1 + rule.due_date_counts
    delinquent = delinquent_after(book, account, rule, due, end, raw)
    state[FROZEN_RAW] = max(state[FROZEN_RAW], raw)
    state[FROZEN_DELINQUENT] = max(state[FROZEN_DELINQUENT], delinquent)


@inlined
def _settle(
    rule: RuleNumbers, scratch: Scratch, day: int, start: int, end: int, phase: int
) -> None:
    """Settle the units in ``[start, end)``, each fully before the next, by one phase."""
    debts = scratch.debts
    state = scratch.state
    held = state[HELD]
    first_column = rule.phase_offsets[phase]
    last_column = rule.phase_offsets[phase + 1]
    counted_money = 0
    place = start
    while place < end and held > 0:
        after = place + 1
        while after < end and debts.unit[after] == debts.unit[place]:
            after += 1
        for step in range(first_column, last_column):
            column = rule.phase_columns[step]
            for row in range(place, after):
                amount = debts.open[4 * row + column]
                if amount == 0 or debts.start[row] > day or debts.until[row] <= day:
                    continue
                amount = min(amount, held)
                debts.open[4 * row + column] -= amount
                held -= amount
                counted_money += amount * rule.counted[column]
        place = after
    state[HELD] = held
    for shadow in range(state[SHADOWS]):
        used = min(scratch.shadow_open[shadow], counted_money)
        scratch.shadow_open[shadow] -= used
        counted_money -= used


@inlined
def _first_at_or_after(days: Any, first: int, size: int, day: int) -> int:
    low = first
    high = size
    while low < high:
        middle = (low + high) // 2
        if days[middle] < day:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def _allocate(rule: RuleNumbers, scratch: Scratch, size: int, day: int) -> None:
    debts = scratch.debts
    state = scratch.state
    first = state[FIRST]
    while first < size and (
        debts.open[4 * first]
        + debts.open[4 * first + 1]
        + debts.open[4 * first + 2]
        + debts.open[4 * first + 3]
        == 0
    ):
        first += 1
    state[FIRST] = first
    due_from = _first_at_or_after(debts.unit_day, first, size, day)
    due_to = _first_at_or_after(debts.unit_day, due_from, size, day + 1)
    for phase in range(len(rule.phase_state)):
        if state[HELD] == 0:
            return
        if rule.phase_state[phase] == 0:
            _settle(rule, scratch, day, first, due_from, phase)
        elif rule.phase_state[phase] == 1:
            _settle(rule, scratch, day, due_from, due_to, phase)
        else:
            _settle(rule, scratch, day, due_to, size, phase)


@inlined
def replay_debts(
    book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch, size: int
) -> None:
    """Sweep the days on which money can move; the debts laid out are left as they stand at the close."""
    state = scratch.state
    for number in range(len(state)):
        state[number] = 0
    payment = book.pay_offsets[account]
    payment_end = book.pay_offsets[account + 1]
    changed = len(book.from_day) > 0
    count = _event_days(book, account, rule, scratch, size)
    last_day = -NONE_DAY - 1
    for event in range(count):
        day = scratch.days[event]
        if day == last_day:
            continue
        last_day = day
        if changed:
            _supersede(book, account, rule, scratch, size, day)
        while payment < payment_end and book.value_day[payment] <= day:
            if counts_payment(book, payment, rule):
                state[HELD] += book.amount[payment]
            payment += 1
        if state[HELD] > 0:
            _allocate(rule, scratch, size, day)


@inlined
def late_amount(rule: RuleNumbers, debts: Debts, place: int, arrears: int) -> int:
    """The open counted amount of a debt in force that is late and unsettled, else 0."""
    if debts.due[place] >= rule.as_of + rule.due_date_counts:
        return 0
    if debts.start[place] > rule.as_of or debts.until[place] <= rule.as_of:
        return 0
    amount = _open_counted(debts, place, rule)
    measure = arrears if rule.tolerance_by_account else amount
    return amount if measure > rule.tolerance else 0


@inlined
def _late_count(rule: RuleNumbers, debts: Debts, size: int, arrears: int) -> int:
    count = 0
    for place in range(size):
        count += late_amount(rule, debts, place, arrears) > 0
    return count


@inlined
def _oldest_due(rule: RuleNumbers, scratch: Scratch, size: int, arrears: int) -> int:
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
def sum_arrears(rule: RuleNumbers, debts: Debts, size: int) -> int:
    """The open counted amounts of the debts in force that are late."""
    total = 0
    limit = rule.as_of + rule.due_date_counts
    for place in range(size):
        if debts.due[place] < limit and debts.start[place] <= rule.as_of < debts.until[place]:
            total += _open_counted(debts, place, rule)
    return total


@inlined
def _tell_next(
    rule: RuleNumbers, debts: Debts, size: int, account: int, more: LedgerOutputs
) -> None:
    """The earliest due day from which something is open on, and how much on that day."""
    next_due = NONE_DAY
    amount = 0
    for place in range(size):
        due = debts.due[place]
        if due < rule.next_from or due > next_due:
            continue
        if debts.start[place] > rule.as_of or debts.until[place] <= rule.as_of:
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
        if debts.start[place] <= rule.as_of < debts.until[place]:
            total += debts.open[4 * place]
            if debts.due[place] <= rule.as_of:
                for column in range(1, 4):
                    total += debts.open[4 * place + column]
    return total


@compiled
def as_of_ledger(
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
    state = scratch.state
    skips = len(skip) > 0
    for account in range(first, last):
        if skips and skip[account]:
            continue
        size = lay_out_debts(book, account, rule.known, scratch.debts)
        replay_debts(book, account, rule, scratch, size)
        arrears = sum_arrears(rule, scratch.debts, size)
        oldest = _oldest_due(rule, scratch, size, arrears)
        fill_row(
            book,
            account,
            rule,
            out,
            arrears,
            oldest,
            state[FROZEN_RAW],
            state[FROZEN_DELINQUENT],
        )
        if len(more.exposure) > 0:
            more.exposure[account] = _exposure(rule, scratch.debts, size)
            more.unallocated[account] = state[HELD]
            more.late_count[account] = _late_count(rule, scratch.debts, size, arrears)
            _tell_next(rule, scratch.debts, size, account, more)
