"""What is told of a card: each statement as it is drawn and as it is judged, and the card at the close.

The one idea: what is told stands side by side in the state, in the order of the rows of the answer, so that
telling is copying.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.cards.layout import (
    ACCRUED_INTEREST,
    AVAILABLE_CREDIT,
    CARD_MONEY,
    CLOSING,
    CONVERTED,
    CREDIT_BALANCE,
    CREDIT_LIMIT,
    DRAWN,
    FILLED,
    HELD,
    IS_IN_FULL,
    IS_MET,
    LINE_PURCHASES,
    LINES,
    OPENING,
    PAID,
    ROW,
    ROW_JUDGED,
    ROW_OPEN,
    ROW_STATEMENT,
    ROWS,
    SETTLED_IN_ALL,
    STATEMENT,
    STATEMENT_DAY,
    STATEMENT_DAYS,
    STATEMENT_MONEY,
    STILL_REQUIRED,
    TOLD,
    TOTAL_OPEN,
    UNBILLED_PLANS,
)
from delinquency.portfolio.kernels.cards.money import statement_day
from delinquency.portfolio.kernels.cards.pricing import billed_interest
from delinquency.portfolio.kernels.compiler import called

__all__ = ["tell_card", "tell_judgement", "tell_met", "tell_minimums", "tell_statement"]


@called
def tell_statement(days: Any, money: Any, marks: Any, state: Any) -> None:
    """Tell the statement that was drawn, and begin the lines of the next."""
    place = state[TOLD]
    for row in range(STATEMENT_DAYS):
        days[row, place] = state[STATEMENT_DAY + row]
    for row in range(STATEMENT_MONEY):
        money[row, place] = state[OPENING + row]
    for row in range(2):
        marks[row, place] = -1
    state[OPENING] = state[CLOSING]
    for line in range(LINES):
        state[LINE_PURCHASES + line] = 0
    state[TOLD] = place + 1
    state[DRAWN] = statement_day(state, state[STATEMENT])


@called
def tell_judgement(marks: Any, state: Any) -> None:
    """Tell how the last statement was judged."""
    place = state[TOLD] - 1
    marks[0, place] = state[IS_IN_FULL]
    marks[1, place] = state[IS_MET]


@called
def tell_card(numbers: Any, at: int, money: Any, state: Any, account: int, limit: int) -> None:
    """Tell the balances of a card; ``limit`` is -1 for a card without a credit limit."""
    held = state[HELD]
    left = limit - state[TOTAL_OPEN] - state[UNBILLED_PLANS] + held
    state[ACCRUED_INTEREST] = billed_interest(numbers, at, state)
    state[CREDIT_BALANCE] = held
    state[CREDIT_LIMIT] = limit
    state[AVAILABLE_CREDIT] = max(0, left) if limit >= 0 else -1
    state[SETTLED_IN_ALL] = state[PAID] + state[CONVERTED] - held
    for row in range(CARD_MONEY):
        money[row, account] = state[UNBILLED_PLANS + row]


@called
def tell_minimums(money: Any, rows: Any, state: Any, first: int, as_of: int) -> int:
    """Tell what is open of each minimum; how many of those that were judged are missed still.

    ``first`` is the place of the first statement of the card.
    """
    late = 0
    for place in range(0, state[ROWS], ROW):
        still = rows[place + ROW_OPEN]
        money[STILL_REQUIRED - OPENING, first + rows[place + ROW_STATEMENT]] = still
        if still > 0 and rows[place + ROW_JUDGED] <= as_of:
            late += 1
    return late


@called
def tell_met(days: Any, amounts: Any, state: Any, day: int, met: int) -> None:
    """Tell what settled minimums besides payments, or what a tolerance let off of them."""
    if met > 0:
        days[state[FILLED]] = day
        amounts[state[FILLED]] = met
        state[FILLED] += 1
