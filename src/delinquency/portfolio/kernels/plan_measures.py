"""Measures put to a draft of whole numbers.

The one idea: as :mod:`delinquency.restructuring.applying` puts them to one account; whatever that refuses
gives 1, and the account is asked by the verb of one account, which says why.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import LAST_DAY
from delinquency.portfolio.kernels.compiler import called, inlined
from delinquency.portfolio.kernels.plan_dues import after, extend, move_dues, pay_less, take_rest
from delinquency.portfolio.kernels.plan_layout import (
    AGREED,
    ALLOTTED,
    ANCHOR,
    BALLOON,
    CAPITALISED,
    DEFERRED,
    DUES,
    EARNED,
    FEE_ROWS,
    FORGIVEN,
    GIVEN,
    IS_FLAT,
    IS_REPLANNED,
    MULTIPLE,
    PAST,
    PRINCIPAL,
    RHYTHM_DAYS,
    RHYTHM_MONTHS,
    SPANS,
    SPREAD,
    SPREAD_OVER,
    START,
    UNEARNED,
    UNPOSTED,
    WAIVED,
    DraftColumns,
    PlanArrays,
)
from delinquency.portfolio.kernels.whole_products import MOST_PRODUCT, rounded_product

__all__ = ["past_due", "put_measures"]

INTEREST = 1
FEES = 2
PENALTY = 3
DOWN = 4
"""The code of rounding towards zero."""


@inlined
def past_due(draft: DraftColumns, column: int) -> int:
    """What is past due of a component [minor units]."""
    total = 0
    for debt in range(draft.amounts[PAST]):
        total += draft.past_open[4 * debt + column]
    return total


@inlined
def _take_past_due(draft: DraftColumns, column: int, most: int) -> int:
    """Take what is past due away, oldest first; how much that was."""
    left = most
    for debt in range(draft.amounts[PAST]):
        part = min(left, draft.past_open[4 * debt + column])
        draft.past_open[4 * debt + column] -= part
        left -= part
    return most - left


@inlined
def _part(amount: int, numerator: int, denominator: int, whole: int) -> int:
    """An amount, -1 where it is more than there is, or a share rounded down."""
    if amount >= 0:
        return amount if amount <= whole else -1
    whole = max(0, whole)
    return rounded_product(whole, numerator, denominator, MOST_PRODUCT // max(1, whole), DOWN)


@called
def _capitalise(draft: DraftColumns, numbers: Any) -> int:
    amounts = draft.amounts
    for column in range(4):
        if not numbers[0] >> column & 1:
            continue
        amount = _take_past_due(draft, column, past_due(draft, column))
        if column == INTEREST:
            amount += amounts[EARNED]
            amounts[EARNED] = 0
        if column == PENALTY:
            amount += amounts[UNPOSTED]
            amounts[UNPOSTED] = 0
        amounts[PRINCIPAL] += amount
        amounts[CAPITALISED + column] += amount
    amounts[IS_REPLANNED] = 1
    return 0


@inlined
def _spread_column(draft: DraftColumns, column: int) -> None:
    amount = _take_past_due(draft, column, past_due(draft, column))
    draft.amounts[SPREAD + column] += amount
    draft.amounts[ALLOTTED + column] += amount


@called
def _spread(draft: DraftColumns, numbers: Any) -> int:
    if draft.amounts[DUES] == 0:
        return 1
    if numbers[1]:
        draft.amounts[MULTIPLE] = numbers[1]
    if numbers[2]:
        draft.amounts[SPREAD_OVER] = numbers[2]
    for column in range(4):
        if numbers[0] >> column & 1:
            _spread_column(draft, column)
    return 0


@called
def _re_age(draft: DraftColumns, numbers: Any) -> int:
    amounts = draft.amounts
    count = numbers[0]
    first = numbers[1]
    if first < amounts[START] or count > len(draft.dues):
        return 1
    for column in range(1, 4):
        _spread_column(draft, column)
    late = _take_past_due(draft, 0, past_due(draft, 0))
    amounts[PRINCIPAL] += late
    amounts[ALLOTTED] += late
    for row in range(amounts[FEE_ROWS]):
        amounts[SPREAD + FEES] += draft.fee_amount[row]
    amounts[FEE_ROWS] = 0
    amounts[SPREAD_OVER] = 0
    if numbers[5]:
        amounts[MULTIPLE] = numbers[5]
    if numbers[4]:
        amounts[IS_FLAT] = 1
        if numbers[4] == 1:
            amounts[AGREED] = amounts[UNEARNED]
        amounts[SPREAD + INTEREST] += amounts[EARNED] + amounts[AGREED]
        amounts[EARNED] = 0
    amounts[GIVEN] = 1
    amounts[ANCHOR] = first
    amounts[RHYTHM_MONTHS] = numbers[2]
    amounts[RHYTHM_DAYS] = numbers[3]
    for place in range(count):
        due = after(amounts, first, place)
        if due > LAST_DAY:
            return 1
        draft.dues[place] = due
        draft.rest[place] = 0
    amounts[DUES] = count
    amounts[IS_REPLANNED] = 1
    return 0


@called
def _waive(draft: DraftColumns, numbers: Any) -> int:
    amounts = draft.amounts
    for column in range(FEES, 4):
        if not numbers[0] >> column & 1:
            continue
        accrued = amounts[UNPOSTED] if column == PENALTY else 0
        amount = _part(numbers[1], numbers[2], numbers[3], past_due(draft, column) + accrued)
        if amount < 0:
            return 1
        from_accrued = min(amount, accrued)
        amounts[UNPOSTED] -= from_accrued
        _take_past_due(draft, column, amount - from_accrued)
        amounts[WAIVED + column] += amount
    return 0


@called
def _forgive(draft: DraftColumns, numbers: Any) -> int:
    amounts = draft.amounts
    column = numbers[0]
    whole = past_due(draft, column)
    whole += amounts[PRINCIPAL] if column == 0 else amounts[EARNED] - amounts[AGREED]
    amount = _part(numbers[1], numbers[2], numbers[3], whole)
    if amount < 0:
        return 1
    left = amount - _take_past_due(draft, column, amount)
    if left:
        amounts[PRINCIPAL if column == 0 else EARNED] -= left
        amounts[IS_REPLANNED] = 1
    amounts[FORGIVEN + column] += amount
    return 0


@called
def _defer(draft: DraftColumns, numbers: Any) -> int:
    amounts = draft.amounts
    if amounts[DUES] == 0:
        return 1
    amount = _part(numbers[0], numbers[1], numbers[2], amounts[PRINCIPAL])
    if amount < 0:
        return 1
    amounts[BALLOON] = amount
    amounts[DEFERRED] += amount
    amounts[IS_REPLANNED] = 1
    return 0


@called
def _span(draft: DraftColumns, start: int, end: int, rate: int) -> int:
    amounts = draft.amounts
    size = amounts[DUES]
    if size == 0 or start >= draft.dues[size - 1] or end <= start:
        return 1
    place = amounts[SPANS]
    draft.span_start[place] = start
    draft.span_end[place] = end
    draft.span_rate[place] = rate
    amounts[SPANS] = place + 1
    amounts[IS_REPLANNED] = 1
    return 0


@called
def _put(draft: DraftColumns, kind: int, numbers: Any, rate: int) -> int:  # noqa: PLR0911
    """One measure; ``rate`` is that of the contract on the day of the plan, -1 where it says none."""
    if kind == 0:
        return extend(draft, numbers[0])
    if kind == 1:
        return _capitalise(draft, numbers)
    if kind == 2:
        return _spread(draft, numbers)
    if kind == 3:
        return _re_age(draft, numbers)
    if kind == 4:
        return take_rest(draft, numbers)
    if kind == 5:
        if numbers[0] >= rate:
            return 1
        return _span(draft, draft.amounts[START], numbers[1], numbers[0])
    if kind == 6:
        return _defer(draft, numbers)
    if kind == 7:
        return _waive(draft, numbers)
    if kind == 8:
        return _forgive(draft, numbers)
    if kind == 9:
        if numbers[0] < draft.amounts[START]:
            return 1
        return _span(draft, numbers[0], numbers[1], 0)
    if kind == 10:
        return move_dues(draft, numbers)
    return pay_less(draft, numbers)


@called
def put_measures(draft: DraftColumns, plans: PlanArrays, plan: int, rate: int) -> int:
    """All measures of a plan in their order; 1 where one cannot be put."""
    for measure in range(plans.offsets[plan], plans.offsets[plan + 1]):
        if _put(draft, plans.kind[measure], plans.numbers[measure], rate):
            return 1
    amounts = draft.amounts
    owed = amounts[PRINCIPAL]
    for column in range(4):
        owed |= amounts[SPREAD + column]
    return 1 if amounts[DUES] == 0 and owed != 0 else 0
