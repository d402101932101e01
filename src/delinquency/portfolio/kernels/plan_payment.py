"""The level payment of a plan: a float with a bound of its error, or none.

The one idea: with *u* = 2 ** -53 each step of the balance - a factor, made of stretches of one rate, a
product and two sums of what is not below 0 - has a relative error of at most (2 × stretches + 4) × *u*; so
has the balance that one unit of payment takes off. A payment that could be rounded another way within the
bound is not told: the account is answered by the verb of one account.
"""

from __future__ import annotations

from delinquency.portfolio.kernels.compiler import called
from delinquency.portfolio.kernels.level_payments import UNIT, rounded_down_or_up
from delinquency.portfolio.kernels.plan_layout import DUES, DraftColumns, RowColumns
from delinquency.portfolio.kernels.plan_rates import factor_of
from delinquency.portfolio.kernels.whole_products import rounded

__all__ = ["REFUSED", "UNPROVEN", "level_payment"]

REFUSED = 1
UNPROVEN = 2
"""Why rows are not told: the verb of one account refuses them, or a float does not prove them."""

HALF_UP = 0


@called
def level_payment(
    draft: DraftColumns,
    rows: RowColumns,
    first: int,
    since: int,
    balance: int,
    accrued: int,
    left: int,
    known: int,
    code: int,
) -> int:
    """The payment from a due date on that leaves the balloon, at the rates known there.

    Below 0, less a code: it is refused, or not proven.
    """
    start = since
    without = float(balance)
    waiting = float(accrued)
    relief = 0.0
    last = draft.amounts[DUES] - 1
    bears = False
    whole_relief = 0
    for place in range(first, last + 1):
        due = draft.dues[place]
        numerator, denominator = factor_of(rows, known, start, due, code)
        factor = numerator / denominator
        bears = bears or numerator != 0
        before = waiting
        waiting += without * factor
        of_relief = relief * factor
        start = due
        rest = draft.rest[place] if place < last else 0
        if rest == 0:
            without += waiting
            relief += of_relief + 1.0
            whole_relief += 1
            waiting = 0.0
        elif rest == 3:
            without += waiting
            relief += of_relief
            waiting = 0.0
        elif rest == 4:
            waiting = before
        else:
            waiting = 0.0
    if not bears:
        owed = balance + accrued - left
        return -REFUSED if owed < 0 else rounded(owed, whole_relief, HALF_UP)
    payment = (without - left) / relief
    steps = (last + 1 - first) * (2 * known + 4) + 4
    error = 3.0 * steps * UNIT * (without / relief + 1.0)
    told, is_certain = rounded_down_or_up(payment, error, HALF_UP)
    if not is_certain:
        return -UNPROVEN
    return told if payment >= 0.0 else -REFUSED
