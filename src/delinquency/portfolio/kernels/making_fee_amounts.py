"""How much the late fee of an account is on its day, in a compiled loop.

The one idea: the steps of :func:`delinquency.late_fees.assessing.assessed_fee` on what the ledger left open,
by the formulas of :mod:`delinquency.late_fees.formulas`; what needs a table not in force is handed on.
"""

from __future__ import annotations

from delinquency.division import div_by_code
from delinquency.late_fees import formulas
from delinquency.late_fees.formulas import NEVER_REPEATED, NO_LIMIT
from delinquency.portfolio.kernels.at_close import open_counted
from delinquency.portfolio.kernels.compiler import inlined, inlined_with
from delinquency.portfolio.kernels.layout import BookArrays, Debts, RuleNumbers, Scratch
from delinquency.portfolio.kernels.making_layout import (
    INSTALMENTS,
    SIZE,
    TAKEN,
    FeeNumbers,
    MakingScratch,
)

__all__ = ["fee_amount", "sum_open"]

FLAT, SHARE, BAND, HARBOUR = range(4)
PRINCIPAL, INTEREST, OVERDUE, ALL_OPEN, CONTRACTUAL, UNPAID, OUTSTANDING = range(7)
DOWN = 4
MOST_FEE = 10**15

_share_of = inlined_with(formulas.share_of_amount, div_by_code)
_of_band = inlined(formulas.amount_of_band)
_of_harbour = inlined(formulas.safe_harbour_amount)
_short = inlined(formulas.short_amount)
_limited = inlined(formulas.limited_amount)


@inlined
def sum_open(debts: Debts, place: int) -> int:
    """All that is open of a debt."""
    return int(
        debts.open[4 * place]
        + debts.open[4 * place + 1]
        + debts.open[4 * place + 2]
        + debts.open[4 * place + 3]
    )


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
    return sum_open(debts, place)


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
    while latest >= 0 and made.charged[fees.type_of[terms] * size + latest] == 0:
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
def fee_amount(
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
        if _short(sum_open(debts, place), 0, taken) <= 0:
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
