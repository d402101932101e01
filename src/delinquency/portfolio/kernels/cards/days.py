"""The days of a card: the first of all, the next on which something happens, the end of a promotion.

The one idea: what is next of each kind stands in the state of the card, so that the next day is the least.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.cards.interest import bear, restart
from delinquency.portfolio.kernels.cards.layout import (
    ANCHOR,
    BY_STATEMENT,
    CYCLE_ANCHOR,
    DAY_FACTOR,
    DEFERRED,
    DRAWN,
    FEE_DAY,
    GRAIN,
    HEAD,
    IS_SUMMED,
    ITEM,
    ITEMS,
    JUDGED_DAY,
    MONTHS,
    MOST,
    NEVER,
    NEXT_END,
    OF_YEAR,
    OPEN,
    PAYMENT,
    PAYMENTS_END,
    PER_DAY,
    RATES,
    REFUSED,
    STANDING,
    STATE,
    STATEMENT,
    SUMMED_FROM,
    TRANSACTION,
    TRANSACTIONS_END,
    UNTIL,
)
from delinquency.portfolio.kernels.cards.money import add_months, months_between, statement_day
from delinquency.portfolio.kernels.compiler import called, inlined

__all__ = ["begin_card", "end_promotions", "first_month", "next_day"]


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
    state[DRAWN] = statement_day(state, state[STATEMENT])
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
def next_day(posted: Any, value_day: Any, state: Any) -> int:
    """The next day on which something happens to the card."""
    day = min(state[DRAWN], state[JUDGED_DAY], state[FEE_DAY], state[NEXT_END])
    if state[TRANSACTION] < state[TRANSACTIONS_END]:
        day = min(day, posted[state[TRANSACTION]])
    if state[PAYMENT] < state[PAYMENTS_END]:
        day = min(day, value_day[state[PAYMENT]])
    return int(day)


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
