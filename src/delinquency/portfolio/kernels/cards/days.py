"""What one day does to a card before any money comes: a part of the replay each.

The one idea: a day of a card is a sequence of parts, each of which is given the columns that it needs and
no more; the replay itself only says which part is next.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.cards.interest import bear, restart
from delinquency.portfolio.kernels.cards.layout import (
    ANCHOR,
    BY_STATEMENT,
    CHARGED,
    CONVERTED,
    CYCLE_ANCHOR,
    DAY_FACTOR,
    DEFERRED,
    FEE_DAY,
    GRAIN,
    HEAD,
    IS_SUMMED,
    ITEM,
    ITEMS,
    JUDGED_DAY,
    LINE_CONVERTED,
    LINE_REFUNDS,
    MONTHS,
    MOST,
    NEVER,
    NEXT_END,
    OF_YEAR,
    OPEN,
    PAID,
    PER_DAY,
    PLAN,
    PLAN_AMOUNT,
    PLAN_COST,
    PLAN_COSTS,
    PLAN_COUNT,
    PLAN_FIRST,
    PLAN_IS_FEE,
    PLAN_NUMBER,
    PLAN_UNBILLED,
    PLANS,
    RATES,
    REFUSED,
    STANDING,
    STATE,
    SUMMED_FROM,
    UNBILLED_PLANS,
    UNTIL,
)
from delinquency.portfolio.kernels.cards.money import add_months, credit, months_between
from delinquency.portfolio.kernels.compiler import called, inlined

__all__ = [
    "FEE_KIND",
    "PLAN_KIND",
    "REFUND_KIND",
    "begin_card",
    "counts",
    "end_promotions",
    "first_month",
    "post_plan",
    "take_credit",
    "turn_of",
]

PLAN_KIND, FEE_KIND, REFUND_KIND = 2, 3, 4
"""Places in ``TransactionKind``; purchases are 0, cash is 1."""
MOST_COSTS = 10**15


@called
def first_month(anchor: int, originated: int) -> int:
    """Months from the anchor to the first cycle day on or after the day of origination."""
    months = months_between(anchor, originated)
    if add_months(anchor, months) < originated:
        months += 1
    return int(months)


@called
def begin_card(numbers: Any, at: int, state: Any, originated: int) -> None:
    """The state of a card before anything was posted."""
    for number in range(STATE):
        state[number] = 0
    for of in range(14):
        state[HEAD + of] = -1
    state[FEE_DAY] = NONE_DAY
    state[JUDGED_DAY] = NONE_DAY
    state[NEXT_END] = NONE_DAY
    state[SUMMED_FROM] = originated
    state[ANCHOR] = numbers[at + CYCLE_ANCHOR]
    state[MONTHS] = first_month(state[ANCHOR], originated)
    if numbers[at + MOST] == 0:
        state[REFUSED] = 1
    for kind in range(6):
        count = numbers[at + RATES + 2 * kind + 1]
        row = numbers[at + RATES + 2 * kind]
        factor = 0
        if count > 0:
            by = numbers[at + PER_DAY] if numbers[row + 2] else numbers[at + OF_YEAR]
            factor = numbers[row + 1] * by if count == 1 and by > 0 else -1
        state[DAY_FACTOR + kind] = factor
        state[IS_SUMMED + kind] = 1 if factor >= 0 and numbers[at + GRAIN] >= BY_STATEMENT else 0


@inlined
def counts(days: Any, recorded: Any, taken_back: Any, row: int, known: int, cut: int) -> bool:
    """Whether a fact was known by the cut and not yet taken back; its own day is not looked at."""
    told = int(days[row])
    if len(recorded) > 0 and recorded[row] != NONE_DAY:
        told = int(recorded[row])
    if told > known:
        return False
    return not (len(taken_back) > 0 and taken_back[row] <= cut)


@called
def post_plan(
    plans: Any, state: Any, amount: int, cost: int, count: int, is_fee: int, first: int
) -> None:
    """Keep a plan; its parts are billed from the next statement on."""
    plan = state[PLANS]
    state[PLANS] = plan + PLAN
    plans[plan + PLAN_AMOUNT] = amount
    plans[plan + PLAN_UNBILLED] = amount
    plans[plan + PLAN_COST] = cost
    plans[plan + PLAN_NUMBER] = 1
    plans[plan + PLAN_COUNT] = count
    plans[plan + PLAN_IS_FEE] = is_fee
    plans[plan + PLAN_FIRST] = first
    state[UNBILLED_PLANS] += amount
    state[CHARGED] += amount
    state[PLAN_COSTS] += cost
    if state[PLAN_COSTS] > MOST_COSTS:
        state[REFUSED] = 1


@called
def take_credit(
    numbers: Any,
    at: int,
    items: Any,
    pieces: Any,
    rows: Any,
    slots: Any,
    state: Any,
    day: int,
    kind: int,
    amount: int,
    refers: int,
) -> int:
    """A conversion, or a refund; how much of it settled minimums."""
    is_refund = 1 if kind == REFUND_KIND else 0
    if is_refund:
        state[PAID] += amount
        state[LINE_REFUNDS] += amount
    else:
        state[CONVERTED] += amount
        state[LINE_CONVERTED] += amount
    named = slots[refers] if refers >= 0 else -1
    return int(credit(numbers, at, items, pieces, rows, state, day, amount, named, is_refund))


@called
def turn_of(kind: int, refers: int) -> int:
    """Conversions come first, then refunds that name a debit, then the others; 3 is none of them."""
    if kind == PLAN_KIND:
        return 0 if refers >= 0 else 3
    if kind == REFUND_KIND:
        return 1 if refers >= 0 else 2
    return 3


@called
def end_promotions(numbers: Any, at: int, items: Any, pieces: Any, state: Any, day: int) -> None:
    """Charge what was kept aside of deferred interest, or forget it where all was paid."""
    following = NONE_DAY
    for item in range(0, state[ITEMS], ITEM):
        if items[item + STANDING] != DEFERRED:
            continue
        if items[item + UNTIL] != day:
            following = min(following, items[item + UNTIL])
        elif items[item + OPEN] > 0:
            bear(numbers, at, items, item, pieces, state)
        else:
            restart(items, item, day)
            items[item + STANDING] = NEVER
    state[NEXT_END] = following
