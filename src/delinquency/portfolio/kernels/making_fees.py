"""Late fees of an account in a compiled loop: on which days one may be charged, and where it then stands.

The one idea: the days follow from the schedule alone and are listed once, in order, so that each fee has its
number whether it is charged or not; a fee that is charged becomes a debt at its rank.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.civil_days import add_months_day
from delinquency.late_fees import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined, inlined_with
from delinquency.portfolio.kernels.layout import BookArrays, Debts, RuleNumbers, Scratch
from delinquency.portfolio.kernels.making_fee_amounts import fee_amount, sum_open
from delinquency.portfolio.kernels.making_layout import (
    FEES_MADE,
    HANDED_ON,
    INSTALMENTS,
    LATE_FEE,
    OWED,
    POSTED_PENALTY,
    SIZE,
    TAKEN,
    UNITS,
    FeeNumbers,
    MakingNumbers,
    MakingScratch,
)
from delinquency.portfolio.kernels.making_penalty import enter, make_room

__all__ = ["charge_fees", "fee_day", "list_fees", "next_fee", "note_taken", "of_fees"]

_first_day = inlined(formulas.first_assessment_day)
_later_day = inlined_with(formulas.later_assessment_day, add_months_day)


@inlined
def _sort(keys: Any, count: int) -> None:
    """Sort the first keys, which are in order where one fee is charged once."""
    gap = 1
    for place in range(1, count):
        if keys[place] < keys[place - 1]:
            gap = count
            break
    while gap > 1:
        gap = max(1, gap * 5 // 11)
        for index in range(gap, count):
            key = keys[index]
            place = index
            while place >= gap and keys[place - gap] > key:
                keys[place] = keys[place - gap]
                place -= gap
            keys[place] = key


@compiled
def _list_days(fees: FeeNumbers, due: Any, first: int, size: int, as_of: int, keys: Any) -> int:
    """The fees that may be charged up to a day, as day, place of terms and instalment in one number each.

    How many; less than 0 if there is no room for them.
    """
    count = 0
    terms = len(fees.wait)
    for row in range(size):
        for place in range(terms):
            start = _first_day(int(due[first + row]), fees.wait[place])
            day = start
            number = 0
            while day <= as_of:
                if count == len(keys):
                    return -1
                keys[count] = (day * terms + place) * size + row
                count += 1
                number += 1
                if fees.every_days[place] == 0 and fees.every_months[place] == 0:
                    break
                day = _later_day(start, number, fees.every_days[place], fees.every_months[place])
    _sort(keys, count)
    return count


@inlined
def list_fees(
    book: BookArrays, account: int, rule: RuleNumbers, making: MakingNumbers, made: MakingScratch
) -> int:
    """List the fees that may be charged to an account; how many, less than 0 if there is no room."""
    terms = len(making.fees.wait)
    if terms == 0:
        return 0
    size = made.counters[INSTALMENTS]
    for place in range(size):
        made.place_of[place] = place
    for place in range(size * terms):
        made.charged[place] = 0
    return int(
        _list_days(
            making.fees, book.due, book.inst_offsets[account], size, rule.as_of, made.fee_keys
        )
    )


@inlined
def fee_day(making: MakingNumbers, made: MakingScratch, fee: int) -> int:
    """The day of a possible fee."""
    key = made.fee_keys[fee] // made.counters[INSTALMENTS]
    return int(key // len(making.fees.wait))


@inlined
def next_fee(
    making: MakingNumbers,
    scratch: Scratch,
    made: MakingScratch,
    fee: int,
    count: int,
    until: int,
) -> int:
    """The next fee that may be charged on a day up to ``until``, or the first after it.

    Nothing that is settled by then can bear one: what is empty stays so while nothing moves.
    """
    while fee < count and fee_day(making, made, fee) < until:
        row = made.fee_keys[fee] % made.counters[INSTALMENTS]
        if sum_open(scratch.debts, made.place_of[row]) > 0:
            break
        fee += 1
    return fee


@inlined
def _rank_of(fees: FeeNumbers, debts: Debts, size: int, terms: int, place: int, due: int) -> int:
    """The place at which a fee stands: last with its instalment, or by its due day before posted penalty."""
    if fees.with_instalment[terms]:
        after = place + 1
        while after < size and debts.unit[after] == debts.unit[place]:
            after += 1
        return int(after)
    after = size
    while after > 0 and (
        debts.unit_day[after - 1] > due
        or (debts.unit_day[after - 1] == due and debts.kind[after - 1] == POSTED_PENALTY)
    ):
        after -= 1
    return int(after)


@inlined
def _put_fee(
    making: MakingNumbers,
    scratch: Scratch,
    made: MakingScratch,
    terms: int,
    row: int,
    day: int,
    number: int,
    amount: int,
) -> bool:
    """Charge a fee as a debt of its own; whether there was room for it."""
    fees = making.fees
    debts = scratch.debts
    instalment = made.place_of[row]
    unit = made.counters[UNITS]
    due = day + fees.due_in[terms]
    unit_day = due
    if fees.with_instalment[terms]:
        unit = debts.unit[instalment]
        due = debts.due[instalment]
        unit_day = debts.unit_day[instalment]
    else:
        made.counters[UNITS] += 1
    place = _rank_of(fees, debts, made.counters[SIZE], terms, instalment, due)
    if not make_room(scratch, made, place, unit, day):
        return False
    debts.kind[place] = LATE_FEE
    debts.number[place] = number
    debts.unit_day[place] = unit_day
    debts.due[place] = due
    debts.until[place] = NONE_DAY
    debts.open[4 * place + fees.column[terms]] = amount
    made.counters[OWED] += amount
    made.counters[FEES_MADE] += 1
    made.charged[fees.type_of[terms] * made.counters[INSTALMENTS] + row] += 1
    enter(making, scratch, made, place, day)
    return True


@inlined
def charge_fees(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    making: MakingNumbers,
    scratch: Scratch,
    made: MakingScratch,
    fee: int,
    count: int,
    day: int,
) -> int:
    """Charge the fees of a day, from ``fee`` on, at its close; the first fee of a later day."""
    size = made.counters[INSTALMENTS]
    terms = len(making.fees.wait)
    while fee < count and fee_day(making, made, fee) == day:
        row = made.fee_keys[fee] % size
        place = made.fee_keys[fee] // size % terms
        fee += 1
        amount = fee_amount(book, account, rule, making.fees, scratch, made, place, row, day)
        if amount < 0:
            made.counters[HANDED_ON] = 1
        elif amount > 0 and not _put_fee(making, scratch, made, place, row, day, fee, amount):
            made.counters[HANDED_ON] = 1
    return fee


@inlined
def of_fees(making: MakingNumbers, scratch: Scratch, made: MakingScratch) -> int:
    """What is open of late fees, or was let off, where somebody asks what money settled of them."""
    if making.fees.ignores_any == 0 or made.counters[FEES_MADE] == 0:
        return 0
    debts = scratch.debts
    total = 0
    for place in range(made.counters[SIZE]):
        if debts.kind[place] == LATE_FEE:
            total += sum_open(debts, place)
            for column in range(4 * place, 4 * place + 4):
                total += debts.let_off[column]
    return total


@inlined
def note_taken(made: MakingScratch, day: int, amount: int) -> None:
    """Remember what money settled of late fees on a day."""
    if amount > 0:
        number = made.counters[TAKEN]
        if number == len(made.taken):
            made.counters[HANDED_ON] = 1
            return
        made.taken_day[number] = day
        made.taken[number] = amount
        made.counters[TAKEN] = number + 1
