"""Laying the debts of one account out in the order in which they rank.

The one idea: each kind of debt is in order of its day already, so kinds are woven together: of one day the
instalments come first, then charges, charge-backs and what an acceleration brings forward. A charge that
names an instalment stands with it. Only the instalments of a card, which rank by the day on which they were
billed, are put in order first.
"""

from __future__ import annotations

from typing import Any

from delinquency import event_rows
from delinquency.calendar import NONE_DAY
from delinquency.event_rows import ALL
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import (
    ACCELERATED,
    CHARGE,
    CHARGE_BACK,
    INSTALMENT,
    BookArrays,
    Debts,
    RuleNumbers,
    Scratch,
)

__all__ = [
    "column_and_amount",
    "ends_schedule",
    "is_known",
    "lay_out_debts",
    "stands",
]

CARD = 1
_ends_schedule = inlined(event_rows.ends_schedule)


@inlined
def is_known(recorded: Any, row: int, own_day: int, known: int) -> bool:
    """Whether a fact was recorded by ``known``; its own day stands in for a day that is not told."""
    day = own_day
    if len(recorded) > 0 and recorded[row] != NONE_DAY:
        day = recorded[row]
    return bool(day <= known)


@inlined
def _counts(days: Any, recorded: Any, reversed_days: Any, row: int, rule: RuleNumbers) -> bool:
    if days[row] > rule.as_of or not is_known(recorded, row, days[row], rule.known):
        return False
    return not (len(reversed_days) > 0 and reversed_days[row] <= rule.reversal_cut)


@inlined
def stands(book: BookArrays, row: int, rule: RuleNumbers) -> bool:
    """Whether a decision had been made, was known and was not reversed."""
    return _counts(book.decided_day, book.decided_recorded, book.decided_reversed, row, rule)


@inlined
def column_and_amount(book: BookArrays, row: int) -> tuple[int, int]:
    """Of which component a decision speaks, and of how much [minor units]; -1 for all."""
    column = ALL
    if len(book.decided_component) > 0:
        column = book.decided_component[row]
    amount = ALL
    if len(book.decided_amount) > 0:
        amount = book.decided_amount[row]
    return int(column), int(amount)


@inlined
def ends_schedule(book: BookArrays, row: int) -> bool:
    """Whether nothing falls due later by a decision."""
    column, amount = column_and_amount(book, row)
    return bool(_ends_schedule(int(book.decided_kind[row]), column, amount))


@inlined
def _rank_day(book: BookArrays, account: int, row: int, is_card: bool) -> int:
    """The day by which an instalment ranks: its due day, or the day on which a card billed it."""
    if not is_card:
        return int(book.due[row])
    start = book.originated[account]
    if len(book.from_day) > 0:
        start = max(start, book.from_day[row])
    return int(min(start, book.due[row]))


@inlined
def _rank_instalments(book: BookArrays, account: int, ranked: Any) -> None:
    """Sort the instalments of a card by the day on which they were billed; nearly in order."""
    first = book.inst_offsets[account]
    for index in range(book.inst_offsets[account + 1] - first):
        row = first + index
        day = _rank_day(book, account, row, True)  # noqa: FBT003
        place = index
        while place > 0 and _rank_day(book, account, ranked[place - 1], True) > day:  # noqa: FBT003
            ranked[place] = ranked[place - 1]
            place -= 1
        ranked[place] = row


@inlined
def _put(
    debts: Debts, place: int, kind: int, number: int, unit: int, unit_day: int, due: int
) -> None:
    """A debt of no amount that enters the ledger on its due day and stays."""
    debts.kind[place] = kind
    debts.number[place] = number
    debts.unit[place] = unit
    debts.unit_day[place] = unit_day
    debts.due[place] = due
    debts.start[place] = due
    debts.until[place] = NONE_DAY
    for column in range(4 * place, 4 * place + 4):
        debts.open[column] = 0
        debts.written[column] = 0
        debts.let_off[column] = 0


@inlined
def _put_instalment(
    book: BookArrays, account: int, row: int, place: int, unit: int, unit_day: int, debts: Debts
) -> None:
    number = row - book.inst_offsets[account] + 1
    _put(debts, place, INSTALMENT, number, unit, unit_day, int(book.due[row]))
    debts.start[place] = book.originated[account]
    if len(book.from_day) > 0:
        debts.start[place] = max(debts.start[place], book.from_day[row])
        debts.until[place] = book.until_day[row]
    debts.open[4 * place] = book.principal[row]
    debts.open[4 * place + 1] = book.interest[row]
    debts.open[4 * place + 2] = book.fees[row]


@inlined
def _enters(book: BookArrays, row: int) -> int:
    if len(book.charge_from) > 0 and book.charge_from[row] != NONE_DAY:
        return int(book.charge_from[row])
    return int(book.charge_due[row])


@inlined
def _charge_counts(book: BookArrays, row: int, rule: RuleNumbers) -> bool:
    """Whether a charge has not entered the ledger yet, or was known by the cut."""
    enters = _enters(book, row)
    return enters > rule.as_of or is_known(book.charge_recorded, row, enters, rule.known)


@inlined
def _put_charge(
    book: BookArrays, row: int, number: int, place: int, unit: int, unit_day: int, debts: Debts
) -> None:
    _put(debts, place, CHARGE, number, unit, unit_day, int(book.charge_due[row]))
    debts.start[place] = _enters(book, row)
    debts.open[4 * place + book.charge_component[row]] = book.charge_amount[row]


@inlined
def _put_charge_back(
    book: BookArrays, row: int, number: int, place: int, unit: int, debts: Debts
) -> None:
    day = int(book.back_day[row])
    _put(debts, place, CHARGE_BACK, number, unit, day, day)
    debts.open[4 * place] = book.back_principal[row]
    debts.open[4 * place + 1] = book.back_interest[row]
    debts.open[4 * place + 2] = book.back_fees[row]
    debts.open[4 * place + 3] = book.back_penalty[row]


@inlined
def lay_out_debts(book: BookArrays, account: int, rule: RuleNumbers, scratch: Scratch) -> int:
    """Fill the scratch debts with an account's obligations in rank order; the number of them."""
    debts = scratch.debts
    row = book.inst_offsets[account]
    first_row = row
    last_row = book.inst_offsets[account + 1]
    charge = 0
    last_charge = 0
    if len(book.charge_offsets) > 0:
        charge = book.charge_offsets[account]
        last_charge = book.charge_offsets[account + 1]
    first_charge = charge
    back = 0
    last_back = 0
    if len(book.back_offsets) > 0:
        back = book.back_offsets[account]
        last_back = book.back_offsets[account + 1]
    first_back = back
    decided = 0
    last_decided = 0
    if len(book.decided_offsets) > 0:
        decided = book.decided_offsets[account]
        last_decided = book.decided_offsets[account + 1]
    accelerations = 0
    accelerated_on = -NONE_DAY
    is_card = len(book.product) > 0 and book.product[account] == CARD
    if is_card:
        _rank_instalments(book, account, scratch.ranked)
    place = 0
    unit = 0
    while True:
        while charge < last_charge and (
            book.charge_instalment[charge] != 0 or not _charge_counts(book, charge, rule)
        ):
            charge += 1
        while back < last_back and not _counts(
            book.back_day, book.back_recorded, book.back_reversed, back, rule
        ):
            back += 1
        while decided < last_decided and (
            not ends_schedule(book, decided)
            or book.decided_day[decided] == accelerated_on
            or not stands(book, decided, rule)
        ):
            decided += 1
        day = NONE_DAY
        kind = -1
        ranked = row
        if row < last_row:
            if is_card:
                ranked = scratch.ranked[row - first_row]
            day = _rank_day(book, account, ranked, is_card)
            kind = INSTALMENT
        if charge < last_charge and book.charge_due[charge] < day:
            day = int(book.charge_due[charge])
            kind = CHARGE
        if back < last_back and book.back_day[back] < day:
            day = int(book.back_day[back])
            kind = CHARGE_BACK
        if decided < last_decided and book.decided_day[decided] < day:
            day = int(book.decided_day[decided])
            kind = ACCELERATED
        if kind == INSTALMENT:
            _put_instalment(book, account, ranked, place, unit, day, debts)
            place += 1
            for named in range(first_charge, last_charge):
                number = ranked - first_row + 1
                if book.charge_instalment[named] == number and _charge_counts(book, named, rule):
                    _put_charge(book, named, named - first_charge + 1, place, unit, day, debts)
                    place += 1
            row += 1
        elif kind == CHARGE:
            _put_charge(book, charge, charge - first_charge + 1, place, unit, day, debts)
            place += 1
            charge += 1
        elif kind == CHARGE_BACK:
            _put_charge_back(book, back, back - first_back + 1, place, unit, debts)
            place += 1
            back += 1
        elif kind == ACCELERATED:
            accelerations += 1
            accelerated_on = day
            _put(debts, place, ACCELERATED, accelerations, unit, day, day)
            place += 1
        else:
            return place
        unit += 1
