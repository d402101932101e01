"""Laying the debts of one account out in the order in which they rank.

The one idea: instalments are in order already; charges are woven in, each after the instalments of its
due date, or with the instalment it names.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import BookArrays, Debts

__all__ = ["lay_out_debts"]


@inlined
def _put_charge(
    book: BookArrays, row: int, number: int, place: int, unit: int, unit_day: int, debts: Debts
) -> None:
    due = book.charge_due[row]
    debts.source[place] = -number
    debts.unit[place] = unit
    debts.unit_day[place] = unit_day
    debts.due[place] = due
    debts.start[place] = due
    debts.until[place] = NONE_DAY
    for column in range(4):
        debts.open[4 * place + column] = 0
    debts.open[4 * place + book.charge_component[row]] = book.charge_amount[row]


@inlined
def _is_known(book: BookArrays, row: int, known: int) -> bool:
    if len(book.charge_recorded) == 0 or book.charge_recorded[row] == NONE_DAY:
        return bool(book.charge_due[row] <= known)
    return bool(book.charge_recorded[row] <= known)


@inlined
def lay_out_debts(book: BookArrays, account: int, known: int, debts: Debts) -> int:
    """Fill ``debts`` with an account's obligations in rank order; the number of them."""
    first = book.inst_offsets[account]
    last = book.inst_offsets[account + 1]
    charge_first = 0
    charge_last = 0
    if len(book.charge_offsets) > 0:
        charge_first = book.charge_offsets[account]
        charge_last = book.charge_offsets[account + 1]
    changed = len(book.from_day) > 0
    place = 0
    unit = 0
    alone = charge_first
    for row in range(first, last):
        due = book.due[row]
        while alone < charge_last and (
            book.charge_instalment[alone] != 0 or book.charge_due[alone] < due
        ):
            if book.charge_instalment[alone] == 0 and _is_known(book, alone, known):
                number = alone - charge_first + 1
                _put_charge(book, alone, number, place, unit, book.charge_due[alone], debts)
                place += 1
                unit += 1
            alone += 1
        debts.source[place] = row - first + 1
        debts.unit[place] = unit
        debts.unit_day[place] = due
        debts.due[place] = due
        debts.start[place] = book.originated[account]
        if changed:
            debts.start[place] = max(debts.start[place], book.from_day[row])
        debts.until[place] = book.until_day[row] if changed else NONE_DAY
        debts.open[4 * place] = book.principal[row]
        debts.open[4 * place + 1] = book.interest[row]
        debts.open[4 * place + 2] = book.fees[row]
        debts.open[4 * place + 3] = 0
        place += 1
        for charge in range(charge_first, charge_last):
            if book.charge_instalment[charge] == row - first + 1 and _is_known(book, charge, known):
                number = charge - charge_first + 1
                _put_charge(book, charge, number, place, unit, due, debts)
                place += 1
        unit += 1
    while alone < charge_last:
        if book.charge_instalment[alone] == 0 and _is_known(book, alone, known):
            number = alone - charge_first + 1
            _put_charge(book, alone, number, place, unit, book.charge_due[alone], debts)
            place += 1
            unit += 1
        alone += 1
    return place
