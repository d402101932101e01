"""Penalty interest of accounts whose ledger charges it, in the order on demand or as debts of its own.

The one idea: before anything of a day moves, every debt bears up to that day on what was open of it; so what
is open may then change in any way, and nobody needs to look back.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.penalty import formulas
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import FIRST, BookArrays, Debts, Scratch
from delinquency.portfolio.kernels.making_layout import (
    HANDED_ON,
    INSTALMENTS,
    OWED,
    POSTED_PENALTY,
    SIZE,
    UNITS,
    MakingNumbers,
    MakingScratch,
)
from delinquency.portfolio.kernels.penalty_layout import MOST, PenaltyNumbers, PenaltyOutputs
from delinquency.portfolio.kernels.penalty_of_debts import (
    ACCRUED,
    AT_DUE,
    NOT_BEGUN,
    NOT_KNOWN,
    ONE_RATE,
    POSTED,
    RUN_BASE,
    SIZE_OF_DEBT,
    SUMS,
    UNTIL,
    WAIVED,
    accrue,
    limited,
    post,
)

__all__ = [
    "bear_until",
    "begin_accruals",
    "enter",
    "is_within_bounds",
    "make_room",
    "post_as_one",
    "tell_penalty",
]

_bears_from = inlined(formulas.bears_from)

MOST_OWED = 10**15


@inlined
def _base_of(rule: PenaltyNumbers, debts: Debts, place: int) -> int:
    """What of a debt bears."""
    base = 0
    for column in range(4):
        base += debts.open[4 * place + column] * rule.bears[column]
    return int(base)


@inlined
def _begin(made: MakingScratch, number: int) -> None:
    """A debt that bore nothing yet."""
    at = number * SIZE_OF_DEBT
    made.accruals[at + UNTIL] = NOT_BEGUN
    for place in range(SUMS, AT_DUE):
        made.accruals[at + place] = 0
    made.accruals[at + AT_DUE] = NOT_KNOWN


@inlined
def begin_accruals(scratch: Scratch, made: MakingScratch, size: int) -> None:
    """Let each debt laid out have an accrual, and count what is owed."""
    owed = 0
    for place in range(size):
        scratch.ranked[place] = place
        _begin(made, place)
        for column in range(4 * place, 4 * place + 4):
            owed += scratch.debts.open[column]
    for counter in range(len(made.counters)):
        made.counters[counter] = 0
    made.counters[SIZE] = size
    made.counters[INSTALMENTS] = size
    made.counters[UNITS] = size
    made.counters[OWED] = owed


@inlined
def is_within_bounds(
    book: BookArrays, account: int, making: MakingNumbers, made: MakingScratch, whole: int
) -> bool:
    """Whether nothing was beyond the loop, and all that was owed is within what 64 bits are proved for."""
    if made.counters[HANDED_ON]:
        return False
    most = MOST_OWED
    if making.accrues and whole == ONE_RATE:
        since = making.penalty.as_of - int(book.due[book.inst_offsets[account]])
        most = min(most, MOST // max(since, 1))
    return bool(made.counters[OWED] <= most)


@inlined
def bear_until(
    account: int,
    making: MakingNumbers,
    scratch: Scratch,
    made: MakingScratch,
    day: int,
    whole: int,
) -> bool:
    """Let every debt bear up to a day, and post what stands in the order on demand.

    Whether every day that bears has a rate.
    """
    debts = scratch.debts
    rule = making.penalty
    for place in range(scratch.state[FIRST], made.counters[SIZE]):
        if debts.unit_day[place] > day:
            break
        due = debts.due[place]
        if due > day:
            continue
        base = _base_of(rule, debts, place)
        at = scratch.ranked[place] * SIZE_OF_DEBT
        if due == day:
            if made.accruals[at + AT_DUE] == NOT_KNOWN:
                made.accruals[at + AT_DUE] = base
        elif base > 0:
            if not accrue(
                making.book,
                account,
                rule,
                made.lines,
                made.accruals,
                at,
                due,
                base,
                day,
                whole,
            ):
                return False
            if making.on_demand:
                posted = post(rule, made.accruals, at)
                debts.open[4 * place + 3] += posted
                made.counters[OWED] += posted
    return True


@inlined
def make_room(scratch: Scratch, made: MakingScratch, place: int, unit: int, day: int) -> bool:
    """Move the debts from a place on by one, and begin a new one there, empty, in force from a day on.

    Whether there was room.
    """
    debts = scratch.debts
    size = made.counters[SIZE]
    if size == len(scratch.ranked):
        made.counters[HANDED_ON] = 1
        return False
    for index in range(size, place, -1):
        debts.kind[index] = debts.kind[index - 1]
        debts.number[index] = debts.number[index - 1]
        debts.unit[index] = debts.unit[index - 1]
        debts.unit_day[index] = debts.unit_day[index - 1]
        debts.due[index] = debts.due[index - 1]
        debts.start[index] = debts.start[index - 1]
        debts.until[index] = debts.until[index - 1]
        scratch.ranked[index] = scratch.ranked[index - 1]
        for column in range(4):
            debts.open[4 * index + column] = debts.open[4 * index - 4 + column]
            debts.let_off[4 * index + column] = debts.let_off[4 * index - 4 + column]
    for row in range(min(made.counters[INSTALMENTS], len(made.place_of)) - 1, -1, -1):
        if made.place_of[row] < place:
            break
        made.place_of[row] += 1
    debts.unit[place] = unit
    debts.start[place] = day
    scratch.ranked[place] = size
    for column in range(4 * place, 4 * place + 4):
        debts.open[column] = 0
        debts.let_off[column] = 0
        debts.written[4 * size + column - 4 * place] = 0
    _begin(made, size)
    made.counters[SIZE] = size + 1
    scratch.state[FIRST] = min(scratch.state[FIRST], place)
    return True


@inlined
def enter(
    making: MakingNumbers, scratch: Scratch, made: MakingScratch, place: int, day: int
) -> None:
    """A debt was charged: if it is due, its base before money of its day is known, and bears from then on."""
    due = scratch.debts.due[place]
    if making.accrues == 0 or due > day:
        return
    at = scratch.ranked[place] * SIZE_OF_DEBT
    made.accruals[at + AT_DUE] = _base_of(making.penalty, scratch.debts, place)
    if due < day:
        made.accruals[at + UNTIL] = max(_bears_from(due, making.penalty.grace_days, 1), day)
        made.accruals[at + RUN_BASE] = -1


@inlined
def post_as_one(
    making: MakingNumbers, scratch: Scratch, made: MakingScratch, day: int, number: int
) -> None:
    """Post what every debt bore and was not posted as a debt of its own, the last of its day."""
    posted = 0
    for record in range(made.counters[SIZE]):
        if made.accruals[record * SIZE_OF_DEBT + UNTIL] != NOT_BEGUN:
            posted += post(making.penalty, made.accruals, record * SIZE_OF_DEBT)
    if posted == 0:
        return
    debts = scratch.debts
    place = made.counters[SIZE]
    while place > 0 and debts.unit_day[place - 1] > day:
        place -= 1
    if not make_room(scratch, made, place, made.counters[UNITS], day):
        return
    made.counters[UNITS] += 1
    made.counters[OWED] += posted
    debts.kind[place] = POSTED_PENALTY
    debts.number[place] = number
    debts.unit_day[place] = day
    debts.due[place] = day
    debts.until[place] = NONE_DAY
    debts.open[4 * place + 3] = posted
    enter(making, scratch, made, place, day)


@inlined
def tell_penalty(
    account: int, making: MakingNumbers, made: MakingScratch, out: PenaltyOutputs
) -> None:
    """What an account bore: owed, waived, held back by caps, and posted."""
    accrued = waived = capped = posted = 0
    for record in range(made.counters[SIZE]):
        at = record * SIZE_OF_DEBT
        if made.accruals[at + UNTIL] != NOT_BEGUN:
            owed = limited(making.penalty, made.accruals, at)
            accrued += owed
            capped += made.accruals[at + ACCRUED] - owed
            waived += made.accruals[at + WAIVED]
            posted += made.accruals[at + POSTED]
    out.penalty[account] = accrued
    out.compound[account] = 0
    out.waived[account] = waived
    out.capped[account] = capped
    out.posted[account] = posted
