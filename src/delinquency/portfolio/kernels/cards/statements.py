"""Drawing a statement and judging it, in a compiled loop.

The one idea: as in :mod:`delinquency.revolving.billing`; what a statement says goes straight to its row of
the answer, and only what a later day needs stays in the state of the card.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.late_fees.formulas import NO_LIMIT, limited_amount
from delinquency.portfolio.kernels.cards.interest import bear, begin_bearing, forget, restart
from delinquency.portfolio.kernels.cards.items import add_by_statement, drop_settled
from delinquency.portfolio.kernels.cards.layout import (
    ACCRUED,
    BILLED,
    BILLED_OPEN,
    CHARGED,
    CLOSING,
    CREDITED,
    DEFERRED,
    DUE_ANCHOR,
    DUE_DAY,
    DUE_DAYS,
    DUE_MONTHS,
    FEE,
    FEE_DAY,
    FEES,
    FIRST_FREE,
    FIRST_NEW,
    FREE,
    FULL_PAYMENT,
    GRACE,
    GRACE_COUNT,
    GRACE_ROW,
    HEAD,
    HELD,
    INTEREST,
    IS_IN_FULL,
    IS_MET,
    ITEM,
    ITEMS,
    JUDGED_DAY,
    KIND,
    KIND_OPEN,
    LATE_FEE_ROW,
    LATE_FEES,
    LATE_FEES_COUNT,
    LINE_FEES,
    LINE_INTEREST,
    LINE_LATE_FEES,
    LINE_PLANS,
    METHOD_IS_FULL,
    MINIMUM_DUE,
    MINIMUM_ROW,
    MINIMUMS,
    MINIMUMS_COUNT,
    MISSED_RUN,
    MONTHS,
    MOST,
    NEVER,
    NEW_FEES,
    NEW_INTEREST,
    NEW_PRINCIPAL,
    NEXT,
    OPEN,
    OVER_LIMIT,
    PAST_DUE,
    PENALTY,
    PIECE,
    PLAN,
    PLAN_AMOUNT,
    PLAN_COST,
    PLAN_COUNT,
    PLAN_FIRST,
    PLAN_IS_FEE,
    PLAN_NUMBER,
    PLAN_PART,
    PLAN_UNBILLED,
    PLANS,
    PROMOTED,
    REFUSED,
    REQUIRED,
    ROW,
    ROW_DUE,
    ROW_JUDGED,
    ROW_OPEN,
    ROW_STATEMENT,
    ROW_TOLERANCE,
    ROWS,
    STANDING,
    START,
    STATEMENT,
    STATEMENT_DAY,
    TOLERANCE,
    TOLERANCES,
    TOLERANCES_COUNT,
    TOTAL_OPEN,
    UNBILLED_PLANS,
)
from delinquency.portfolio.kernels.cards.money import add_months, let_off
from delinquency.portfolio.kernels.cards.pricing import billed_interest
from delinquency.portfolio.kernels.cards.rows import dated_row, rounded
from delinquency.portfolio.kernels.compiler import called, inlined
from delinquency.revolving import formulas

__all__ = ["bill_cycle", "draw_statement", "judge_statement", "limit_on", "post_late_fee"]

_late_fee = called(limited_amount)
_minimum = called(formulas.minimum_minor)
_newly_required = called(formulas.newly_required_minor)
_plan_part = called(formulas.plan_part)


@called
def post_late_fee(numbers: Any, at: int, items: Any, state: Any, day: int) -> None:
    """Post the late fee that waits, if one does."""
    fee = state[FEE]
    state[FEE] = 0
    state[FEE_DAY] = NONE_DAY
    add_by_statement(numbers, at, items, state, int(PENALTY), day, fee)
    state[LINE_LATE_FEES] += fee


@called
def _bill_plans(numbers: Any, at: int, items: Any, plans: Any, state: Any, day: int) -> None:
    to = 0
    for plan in range(0, state[PLANS], PLAN):
        number = plans[plan + PLAN_NUMBER]
        count = plans[plan + PLAN_COUNT]
        part = _plan_part(plans[plan + PLAN_AMOUNT], count, number, plans[plan + PLAN_FIRST])
        plans[plan + PLAN_NUMBER] = number + 1
        plans[plan + PLAN_UNBILLED] -= part
        state[UNBILLED_PLANS] -= part
        add_by_statement(numbers, at, items, state, int(PLAN_PART), day, part)
        # The principal was charged when the plan was made; here it only becomes a balance.
        state[CHARGED] -= part
        state[LINE_PLANS] += part
        cost = plans[plan + PLAN_COST]
        is_fee = plans[plan + PLAN_IS_FEE]
        kind = int(FEES) if is_fee else int(INTEREST)
        add_by_statement(numbers, at, items, state, kind, day, cost)
        if is_fee:
            state[LINE_FEES] += cost
        else:
            state[LINE_INTEREST] += cost
        if number < count:
            if to != plan:
                for field in range(PLAN):
                    plans[to + field] = plans[plan + field]
            to += PLAN
    state[PLANS] = to


@called
def limit_on(
    effective: Any, amounts: Any, recorded_on: Any, first: int, end: int, day: int, known: int
) -> int:
    """The credit limit of a day as it was known [minor units], of rows ``[first, end)``; -1 if none."""
    limit = -1
    for row in range(first, end):
        recorded = int(effective[row])
        if recorded > day:
            break
        if len(recorded_on) > 0 and recorded_on[row] != NONE_DAY:
            recorded = int(recorded_on[row])
        if recorded <= known:
            limit = int(amounts[row])
    return limit


@called
def _deferred_open(items: Any, state: Any) -> int:
    total = 0
    item = state[HEAD + PROMOTED]
    while item >= 0:
        if items[item + STANDING] == DEFERRED:
            total += items[item + OPEN]
        item = items[item + NEXT]
    return int(total)


@called
def _require(numbers: Any, at: int, items: Any, rows: Any, state: Any, day: int) -> None:
    """What the statement newly requires, by component, and its row among the minimums."""
    first_new = state[FIRST_NEW]
    first = numbers[at + MINIMUMS]
    row = dated_row(numbers, first, numbers[at + MINIMUMS_COUNT], MINIMUM_ROW, day)
    denominator = numbers[row + 1]
    principal = 0
    interest = 0
    fees = 0
    for kind in range(6):
        share = numbers[row + 6 + kind] * state[KIND_OPEN + kind]
        if kind < INTEREST:
            principal += share
        elif kind == INTEREST:
            interest = share
        else:
            fees += share
    for item in range(first_new, state[ITEMS], ITEM):
        kind = items[item + KIND]
        share = numbers[row + 12 + kind] * items[item + OPEN]
        if kind < INTEREST:
            principal += share
        elif kind == INTEREST:
            interest += share
        else:
            fees += share
    past_due = state[REQUIRED]
    beyond = max(0, state[OVER_LIMIT] - past_due) * numbers[row + 5]
    multiple = numbers[row + 3]
    wanted = _minimum(principal + interest + fees, beyond, numbers[row + 2])
    wanted = rounded(wanted, denominator * multiple, numbers[row + 4]) * multiple
    newly = _newly_required(wanted, state[TOTAL_OPEN], past_due)
    fees = min(newly, fees // denominator)
    interest = min(newly - fees, interest // denominator)
    state[NEW_PRINCIPAL] = newly - fees - interest
    state[NEW_INTEREST] = interest
    state[NEW_FEES] = fees
    state[PAST_DUE] = past_due
    state[MINIMUM_DUE] = past_due + newly
    if newly > 0:
        place = state[ROWS]
        rows[place + ROW_OPEN] = newly
        rows[place + ROW_DUE] = state[DUE_DAY]
        rows[place + ROW_JUDGED] = state[JUDGED_DAY]
        rows[place + ROW_TOLERANCE] = state[TOLERANCE]
        rows[place + ROW_STATEMENT] = state[STATEMENT]
        state[ROWS] = place + ROW
        state[REQUIRED] += newly


@called
def _set_days(numbers: Any, at: int, state: Any, day: int) -> None:
    """When the statement is due and judged, and by which tolerance."""
    due = day + numbers[at + DUE_DAYS]
    if numbers[at + DUE_DAYS] == 0:
        months = state[MONTHS] + state[STATEMENT] + numbers[at + DUE_MONTHS]
        due = add_months(numbers[at + DUE_ANCHOR], months)
    first = numbers[at + GRACE]
    row = dated_row(numbers, first, numbers[at + GRACE_COUNT], GRACE_ROW, day)
    state[STATEMENT_DAY] = day
    state[DUE_DAY] = due
    state[JUDGED_DAY] = due + numbers[row + 1]
    first = numbers[at + TOLERANCES]
    row = dated_row(numbers, first, numbers[at + TOLERANCES_COUNT], GRACE_ROW, due)
    state[TOLERANCE] = numbers[row + 1]


@called
def bill_cycle(numbers: Any, at: int, items: Any, plans: Any, state: Any, day: int) -> None:
    """Bill the cycle that ends at the close of ``day``, of which all interest is priced.

    A credit balance may settle what is billed.
    """
    _set_days(numbers, at, state, day)
    if state[FEE_DAY] == NONE_DAY:
        post_late_fee(numbers, at, items, state, day)
    if state[PLANS] > 0:
        _bill_plans(numbers, at, items, plans, state, day)
    amount = billed_interest(numbers, at, state)
    state[LINE_INTEREST] += amount
    add_by_statement(numbers, at, items, state, int(INTEREST), day, amount)
    for item in range(state[FIRST_NEW], state[ITEMS], ITEM):
        items[item + BILLED] = state[STATEMENT]
    state[BILLED_OPEN] = state[TOTAL_OPEN]


@called
def draw_statement(
    numbers: Any, at: int, items: Any, rows: Any, slots: Any, state: Any, day: int, limit: int
) -> None:
    """Say what is owed and required of a cycle that is billed; it stays in the state.

    ``limit`` is -1 for a card without a credit limit.
    """
    state[CREDITED] = 0
    unbilled = state[UNBILLED_PLANS]
    closing = state[TOTAL_OPEN] - state[HELD]
    state[CLOSING] = closing
    state[OVER_LIMIT] = max(0, closing + unbilled - limit) if limit >= 0 else 0
    state[FULL_PAYMENT] = max(0, closing - _deferred_open(items, state))
    if state[TOTAL_OPEN] + unbilled > numbers[at + MOST]:
        state[REFUSED] = 1
        return
    _require(numbers, at, items, rows, state, day)
    drop_settled(items, slots, state)
    state[STATEMENT] += 1


@inlined
def _decide(
    numbers: Any, at: int, items: Any, item: int, pieces: Any, state: Any, is_in_full: bool
) -> None:
    """Whether a transaction of the statement bears interest."""
    if is_in_full:
        restart(items, item, state[DUE_DAY])
        if items[item + OPEN] == 0:
            items[item + STANDING] = NEVER
    elif numbers[at + METHOD_IS_FULL]:
        bear(numbers, at, items, item, pieces, state)
    else:
        if items[item + PIECE] >= 0:
            items[item + ACCRUED] = pieces[items[item + PIECE] + START]
        forget(items, item)
        begin_bearing(numbers, at, items, item, pieces, state)


@called
def judge_statement(numbers: Any, at: int, items: Any, pieces: Any, rows: Any, state: Any) -> int:
    """Decide at the close of the last day of grace; what a tolerance lets off of minimums."""
    tolerance = state[TOLERANCE]
    is_in_full = state[CREDITED] + tolerance >= state[FULL_PAYMENT]
    for item in range(state[FIRST_FREE], state[FIRST_NEW], ITEM):
        if items[item + STANDING] == FREE:
            _decide(numbers, at, items, item, pieces, state, is_in_full)
    if not is_in_full:
        state[FIRST_FREE] = state[FIRST_NEW]
    shortfall = state[REQUIRED]
    state[IS_IN_FULL] = 1 if is_in_full else 0
    state[IS_MET] = 0 if shortfall > tolerance else 1
    judged = state[JUDGED_DAY]
    state[JUDGED_DAY] = NONE_DAY
    if shortfall <= tolerance:
        state[MISSED_RUN] = 0
        let_off(rows, state, state[ROWS])
        return int(shortfall)
    state[MISSED_RUN] += 1
    first = numbers[at + LATE_FEES]
    row = dated_row(numbers, first, numbers[at + LATE_FEES_COUNT], LATE_FEE_ROW, state[DUE_DAY])
    if numbers[row + 1] == 0:
        return 0
    share = rounded(shortfall * numbers[row + 2], numbers[row + 3], numbers[row + 8])
    most = state[MINIMUM_DUE] if numbers[row + 7] else NO_LIMIT
    state[FEE] = _late_fee(numbers[row + 4] + share, numbers[row + 5], numbers[row + 6], most)
    if numbers[row + 9]:
        state[FEE_DAY] = judged + 1
    return 0
