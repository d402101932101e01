"""What both sweeps of observations ask of one account: its first instalment, its money, its reversals."""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.early_warning.units import share_in_parts
from delinquency.portfolio.kernels.answer import counts_at, recorded_day
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers

__all__ = [
    "UNKNOWN",
    "UNKNOWN_WIDE",
    "first_row",
    "money_by",
    "principal_of_part",
    "reversals",
    "share",
]

UNKNOWN = -(2**31)
UNKNOWN_WIDE = -(2**63)
"""The least number of a type: nobody knows."""

share = inlined(share_in_parts)


@inlined
def first_row(book: BookArrays, start: int, end: int) -> int:
    """The first row that asks for something; ``end`` if there is none."""
    row = start
    while row < end and book.principal[row] + book.interest[row] + book.fees[row] == 0:
        row += 1
    return row


@inlined
def reversals(book: BookArrays, account: int, start: int, known: int, cut: int, day: int) -> int:
    """Payments taken back in the period, as far as it is known."""
    count = 0
    for row in range(book.pay_offsets[account], book.pay_offsets[account + 1]):
        taken_back = book.reversed_day[row]
        if start < taken_back <= min(day, cut) and recorded_day(book, row) <= known:
            count += 1
    return count


@inlined
def money_by(
    book: BookArrays, account: int, start: int, day: int, known: int, cut: int, least: int
) -> tuple[int, int, int]:
    """Money in all, money of ``(start, day]``, and the last day on which it reached the least payment."""
    paid = 0
    came = 0
    last = NONE_DAY
    current = NONE_DAY
    of_day = 0
    for row in range(book.pay_offsets[account], book.pay_offsets[account + 1]):
        value = book.value_day[row]
        if value > day:
            break
        if not counts_at(book, row, known, cut):
            continue
        amount = book.amount[row]
        of_day = of_day + amount if value == current else amount
        current = value
        if of_day >= least:
            last = value
        paid += amount
        if value > start:
            came += amount
    return paid, came, last


@inlined
def principal_of_part(
    rule: RuleNumbers, principal: int, interest: int, fees: int, part: int
) -> int:
    """How much of a part payment settles principal, by the order of the policy."""
    settled = 0
    for step in range(rule.phase_offsets[0], rule.phase_offsets[1]):
        column = rule.phase_columns[step]
        amount = 0
        if column == 0:
            amount = principal
        elif column == 1:
            amount = interest
        elif column == 2:
            amount = fees
        used = min(amount, part)
        part -= used
        if column == 0:
            settled = used
    return settled
