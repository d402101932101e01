"""Late fees of an account in a compiled loop: on which days one may be charged, and how much it is.

The one idea: the days follow from the schedule alone and are listed once, in order, so that each fee has its
number whether it is charged or not; what is charged follows from what stands at the close of its day, by the
formulas of :mod:`delinquency.late_fees.formulas`.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.civil_days import add_months_day
from delinquency.division import div_by_code
from delinquency.late_fees import formulas
from delinquency.late_fees.formulas import NEVER_REPEATED, NO_LIMIT
from delinquency.portfolio.kernels.at_close import open_counted
from delinquency.portfolio.kernels.compiler import compiled, inlined, inlined_with
from delinquency.portfolio.kernels.layout import BookArrays, Debts, RuleNumbers, Scratch
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

FLAT, SHARE, BAND, HARBOUR = range(4)
PRINCIPAL, INTEREST, OVERDUE, ALL_OPEN, CONTRACTUAL, UNPAID, OUTSTANDING = range(7)
DOWN = 4
MOST_FEE = 10**15

_first_day = inlined(formulas.first_assessment_day)
_later_day = inlined_with(formulas.later_assessment_day, add_months_day)
_share_of = inlined_with(formulas.share_of_amount, div_by_code)
_of_band = inlined(formulas.amount_of_band)
_of_harbour = inlined(formulas.safe_harbour_amount)
_short = inlined(formulas.short_amount)
_limited = inlined(formulas.limited_amount)


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
def _sum_open(debts: Debts, place: int) -> int:
    return int(
        debts.open[4 * place]
        + debts.open[4 * place + 1]
        + debts.open[4 * place + 2]
        + debts.open[4 * place + 3]
    )


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
        if _sum_open(scratch.debts, made.place_of[row]) > 0:
            break
        fee += 1
    return fee


@inlined
def _arrears(rule: RuleNumbers, debts: Debts, size: int, day: int) -> int:
    """Open counted amounts at the close of a day of the debts in force that are late."""
    total = 0
    for place in range(size):
        if debts.due[place] < day + rule.due_date_counts and debts.start[place] <= day:
            total += open_counted(debts, place, rule)
    return total


@inlined
def _is_unsettled(rule: RuleNumbers, debts: Debts, size: int, place: int, day: int) -> bool:
    counted = open_counted(debts, place, rule)
    if counted == 0 or debts.start[place] > day:
        return False
    if rule.tolerance == 0:
        return True
    if rule.tolerance_by_account:
        return bool(_arrears(rule, debts, size, day) > rule.tolerance)
    return bool(counted > rule.tolerance)


@inlined
def _contractual(book: BookArrays, account: int, row: int) -> int:
    place = book.inst_offsets[account] + row
    return int(book.principal[place] + book.interest[place] + book.fees[place])


@inlined
def _base(debts: Debts, size: int, place: int, day: int, base: int, contractual: int) -> int:
    """The amount at the close of a day of which a fee is a share."""
    if base == PRINCIPAL:
        return int(debts.open[4 * place])
    if base == INTEREST:
        return int(debts.open[4 * place + 1])
    if base == OVERDUE:
        return int(debts.open[4 * place] + debts.open[4 * place + 1])
    if base == CONTRACTUAL:
        return contractual
    if base == OUTSTANDING:
        total = 0
        for other in range(size):
            if debts.start[other] <= day:
                total += debts.open[4 * other]
        return int(total)
    return _sum_open(debts, place)


@inlined
def _agreed(
    fees: FeeNumbers, made: MakingScratch, terms: int, row: int, day: int, base: int
) -> int:
    """The agreed amount; less than 0 where no row of a table is in force."""
    kind = fees.kind[terms]
    if kind == FLAT:
        return int(fees.flat[terms])
    if kind == SHARE:
        return int(
            _share_of(base, fees.numerator[terms], fees.denominator[terms], fees.rounding[terms])
        )
    if day < fees.valid_from[terms] or day >= fees.valid_until[terms]:
        return -1
    first = fees.table_offsets[terms]
    end = fees.table_offsets[terms + 1]
    if kind == BAND:
        return int(_of_band(base, fees.table_from[first:end], fees.table_first[first:end]))
    while end - 1 > first and fees.table_from[end - 1] > day:
        end -= 1
    latest = row - 1
    size = made.counters[INSTALMENTS]
    while latest >= 0 and made.charged[terms * size + latest] == 0:
        latest -= 1
    cycle = latest + 1 if latest >= 0 else NEVER_REPEATED
    return int(
        _of_harbour(
            fees.table_first[end - 1],
            fees.table_repeated[end - 1],
            row + 1,
            cycle,
            fees.window[terms],
        )
    )


@inlined
def _taken(book: BookArrays, account: int, made: MakingScratch, row: int, wait: int) -> int:
    """Money that came in time for an instalment, after the one before, and went to late fees."""
    first = book.inst_offsets[account]
    since = book.originated[account] - 1
    if row > 0:
        since = book.due[first + row - 1]
    until = book.due[first + row] + wait
    total = 0
    for number in range(made.counters[TAKEN]):
        if since < made.taken_day[number] <= until:
            total += made.taken[number]
    return int(total)


@inlined
def _is_charged(made: MakingScratch, terms: int, row: int) -> bool:
    """Whether a fee of any terms was charged for an instalment."""
    size = made.counters[INSTALMENTS]
    for place in range(terms):
        if made.charged[place * size + row] > 0:
            return True
    return False


@inlined
def _amount(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    fees: FeeNumbers,
    scratch: Scratch,
    made: MakingScratch,
    terms: int,
    row: int,
    day: int,
) -> int:
    """The fee of a day for an instalment; 0 for none, less than 0 where the loop cannot tell it."""
    debts = scratch.debts
    size = made.counters[SIZE]
    place = made.place_of[row]
    if not _is_unsettled(rule, debts, size, place, day):
        return 0
    if fees.once[terms] and _is_charged(made, len(fees.wait), row):
        return 0
    if fees.ignores[terms]:
        taken = _taken(book, account, made, row, fees.wait[terms])
        if _short(_sum_open(debts, place), 0, taken) <= 0:
            return 0
    contractual = _contractual(book, account, row)
    base = _base(debts, size, place, day, fees.base[terms], contractual)
    agreed = _agreed(fees, made, terms, row, day, base)
    if agreed <= 0:
        return agreed
    maximum = fees.maximum[terms]
    if fees.maximum_denominator[terms] > 0:
        of = _base(debts, size, place, day, fees.maximum_base[terms], contractual)
        maximum = _share_of(
            of, fees.maximum_numerator[terms], fees.maximum_denominator[terms], DOWN
        )
    cap = contractual if fees.capped[terms] else NO_LIMIT
    amount = _limited(agreed, fees.minimum[terms], maximum, cap)
    return int(amount) if amount <= MOST_FEE else -1


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
    made.charged[terms * made.counters[INSTALMENTS] + row] += 1
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
        amount = _amount(book, account, rule, making.fees, scratch, made, place, row, day)
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
            total += _sum_open(debts, place)
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
