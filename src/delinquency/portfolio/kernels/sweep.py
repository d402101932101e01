"""The sweep of one account in a compiled loop: from the debts laid out to what is open at the close.

The one idea: the same days in the same order as :mod:`delinquency.ledger.sweep`, on scratch columns that are
reused from account to account; nothing is kept but the open amounts, which are all that counting reads. A
day begins (schedule changes, accelerations, waivers), then money is received by its kind, write-offs and
closures before what is recovered.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import counts_payment, delinquent_after, late_days
from delinquency.portfolio.kernels.at_close import open_counted
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.deciding import (
    decide_after_money,
    decide_before_money,
    order_by_due,
    waive_rest,
)
from delinquency.portfolio.kernels.layout import (
    ACCELERATED,
    FROZEN_DELINQUENT,
    FROZEN_RAW,
    GOODWILL,
    HELD,
    IS_FIXED,
    MONEY,
    RECOVERY,
    REFUND,
    REPAYMENT,
    SHADOWS,
    WRITTEN,
    BookArrays,
    Debts,
    RuleNumbers,
    Scratch,
)
from delinquency.portfolio.kernels.obligations import stands
from delinquency.portfolio.kernels.settling import make_up_carried, order_of, recover, settle

__all__ = ["collect", "receive", "replay_debts"]

LAST_STEP = 7
"""A day settles with held money and then with its own, the kinds of each in one order."""


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
def _any_standing(book: BookArrays, rule: RuleNumbers, first: int, last: int) -> bool:
    for row in range(first, last):
        if stands(book, row, rule):
            return True
    return False


@inlined
def _debts_appear(book: BookArrays, account: int) -> bool:
    """Whether a debt of the account can enter the ledger after it began."""
    if len(book.from_day) > 0:
        return True
    if len(book.charge_offsets) > 0 and (
        book.charge_offsets[account + 1] > book.charge_offsets[account]
    ):
        return True
    return len(book.back_offsets) > 0 and bool(
        book.back_offsets[account + 1] > book.back_offsets[account]
    )


@inlined
def _event_days(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    scratch: Scratch,
    size: int,
    first: int,
    last: int,
) -> int:
    """Days on which an amount can move, sorted, with repeats; the number of them.

    ``first`` and ``last`` bound the decisions of the account, and are equal where none stands.
    """
    debts = scratch.debts
    days = scratch.days
    count = 0
    for row in range(book.pay_offsets[account], book.pay_offsets[account + 1]):
        if book.value_day[row] <= rule.as_of and counts_payment(book, row, rule):
            days[count] = book.value_day[row]
            count += 1
    plain = count
    for row in range(first, last):
        if stands(book, row, rule):
            days[count] = book.decided_day[row]
            count += 1
    origin = book.originated[account]
    if rule.holds_any or last > first or _debts_appear(book, account):
        for place in range(size):
            if debts.until[place] <= rule.as_of:
                days[count] = debts.until[place]
                count += 1
            if origin < debts.start[place] <= rule.as_of:
                days[count] = debts.start[place]
                count += 1
            if rule.holds_any and origin <= debts.unit_day[place] <= rule.as_of:
                days[count] = debts.unit_day[place]
                count += 1
    _sort_from(days, plain, count)
    return count


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
            late_total += open_counted(debts, place, rule)
    for place in range(size):
        if debts.until[place] != day:
            continue
        amount = open_counted(debts, place, rule)
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
def _oldest_age(rule: RuleNumbers, scratch: Scratch, size: int, day: int) -> int:
    """Late days at the close of ``day`` of the oldest unsettled debt in force [days]."""
    debts = scratch.debts
    limit = day + rule.due_date_counts
    arrears = 0
    for place in range(size):
        if debts.due[place] < limit and debts.start[place] <= day < debts.until[place]:
            arrears += open_counted(debts, place, rule)
    age = 0
    for place in range(size):
        if debts.due[place] < limit and debts.start[place] <= day < debts.until[place]:
            amount = open_counted(debts, place, rule)
            measure = arrears if rule.tolerance_by_account else amount
            if amount > 0 and measure > rule.tolerance:
                age = max(age, limit - debts.due[place])
    return age


@inlined
def collect(
    book: BookArrays, rule: RuleNumbers, state: Any, payment: int, end: int, day: int
) -> int:
    """Sum the money of a day by its kind; the first payment of a later day."""
    for kind in range(4):
        state[MONEY + kind] = 0
    row = payment
    while row < end and book.value_day[row] <= day:
        if counts_payment(book, row, rule):
            kind = REPAYMENT
            if len(book.pay_kind) > 0:
                kind = book.pay_kind[row]
            state[MONEY + kind] += book.amount[row]
        row += 1
    return int(row)


@inlined
def _kind_in_turn(step: int) -> int:
    """The kind of money that settles debts at a step: refunds, goodwill, repayments, recoveries."""
    turn = step % 4
    if turn == 0:
        return REFUND
    if turn == 1:
        return GOODWILL
    return REPAYMENT if turn == 2 else RECOVERY


@inlined
def _debt_appears(rule: RuleNumbers, debts: Debts, size: int, day: int) -> bool:
    """Whether a debt that stands on ``day`` entered the ledger or fell due on it."""
    for place in range(size):
        if debts.start[place] != day and not (rule.holds_any and debts.unit_day[place] == day):
            continue
        if not debts.start[place] <= day < debts.until[place]:
            continue
        if debts.kind[place] != ACCELERATED:
            return True
        for column in range(4 * place, 4 * place + 4):
            if debts.open[column] + debts.let_off[column] > 0:
                return True
    return False


@inlined
def receive(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    size: int,
    day: int,
    first: int,
    last: int,
) -> None:
    """Settle with held money and the money of a day by their kinds; decisions come before what is recovered.

    Money that is held moves when money comes, and when a debt enters the ledger or falls due. Recoveries held
    from before are no money of the day: they settle before its decisions.
    """
    state = scratch.state
    money = state[MONEY] + state[MONEY + 1] + state[MONEY + 2] + state[MONEY + 3]
    held = state[HELD] + state[HELD + 1] + state[HELD + 2] + state[HELD + 3]
    if held > 0 and money == 0 and not _debt_appears(rule, scratch.debts, size, day):
        held = 0
    age = 0
    if len(rule.age_from) > 0 and money + held > 0:
        age = _oldest_age(rule, scratch, size, day)
    for step in range(0 if held > 0 else 4, LAST_STEP + 1):
        kind = _kind_in_turn(step)
        if step < 4:
            amount = state[HELD + kind]
            state[HELD + kind] = 0
        else:
            amount = state[MONEY + kind]
        if step == LAST_STEP and last > first:
            decide_after_money(book, rule, scratch, size, day, first, last)
        if amount == 0:
            continue
        order = order_of(rule, kind, age)
        if kind == RECOVERY and state[WRITTEN] > 0:
            amount = recover(rule, scratch, size, amount, order)
        if amount > 0:
            settle(rule, scratch, size, day, amount, kind, order)
    if rule.closing_tolerance > 0 and money > 0:
        waive_rest(rule, scratch, size, day)


@inlined
def replay_debts(
    book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch, size: int
) -> None:
    """Sweep the days on which an amount can move; the debts laid out are left as they stand at the close.

    Facts of a day that the ledger finds itself belong between the decisions that come before money and the
    money of the day.
    """
    state = scratch.state
    for number in range(len(state)):
        state[number] = 0
    payment = book.pay_offsets[account]
    payment_end = book.pay_offsets[account + 1]
    changed = len(book.from_day) > 0
    decided = 0
    decided_end = 0
    if len(book.decided_offsets) > 0:
        decided = book.decided_offsets[account]
        decided_end = book.decided_offsets[account + 1]
        if not _any_standing(book, rule, decided, decided_end):
            decided = decided_end
    state[IS_FIXED] = decided == decided_end
    if decided < decided_end:
        order_by_due(scratch, size)
    count = _event_days(book, account, rule, scratch, size, decided, decided_end)
    last_day = -NONE_DAY - 1
    for event in range(count):
        day = scratch.days[event]
        if day == last_day:
            continue
        last_day = day
        if changed:
            _supersede(book, account, rule, scratch, size, day)
        first = decided
        while decided < decided_end and book.decided_day[decided] <= day:
            decided += 1
        if decided > first:
            decide_before_money(book, account, rule, scratch, size, day, first, decided)
        payment = collect(book, rule, state, payment, payment_end, day)
        receive(book, rule, scratch, size, day, first, decided)
        make_up_carried(scratch, state[SHADOWS])
