"""A card from the day on which an agreement takes over what is owed on it.

The one idea: an agreement is a conversion of everything: what is open of every balance leaves the card, as a
plan takes over a purchase, and from then on nothing is posted, billed or asked for on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.calendar import NONE_DAY
from delinquency.revolving.accruing import accrue_bearing, priced
from delinquency.revolving.allocating import offset_held
from delinquency.revolving.billing import post_late_fee
from delinquency.revolving.kinds import BalanceKind, CreditSource
from delinquency.revolving.rows import AllocationRow
from delinquency.revolving.state import Item, Standing

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.revolving.state import CardState

__all__ = ["take_over"]


def take_over(state: CardState, day: Day) -> None:
    """At the start of a day all that is owed leaves the card.

    A late fee that waits and interest that is decided for the days before are posted first; a credit balance
    settles what it can. Interest that is not decided, what is kept aside of a promotion and the cost of plan
    parts that no statement has billed are not owed.
    """
    age = state.age(day)
    if state.fee:
        post_late_fee(state, day)
    _post_interest(state, day)
    offset_held(state, day)
    for item in state.items:
        _take(state, day, item.kind, item.place, item.billed, age, item.open)
    for plan in state.plans:
        held = min(state.held, plan.unbilled)
        state.held -= held
        _settle(
            state, day, CreditSource.CREDIT_BALANCE, BalanceKind.PLAN, plan.place, -1, age, held
        )
        _take(state, day, BalanceKind.PLAN, plan.place, -1, age, plan.unbilled - held)
    if state.required:
        state.settled_minimum.append((day, state.required))
    for row in state.requirements:
        row.open = 0
    state.items, state.plans = [], []
    state.missed_run = state.fee = 0
    state.fee_day = NONE_DAY


def _post_interest(state: CardState, day: Day) -> None:
    accrue_bearing(state, day)
    rows, exact = priced(state)
    state.exact_interest += exact
    state.bearing.clear()
    amount = sum(row.amount for row in rows)
    if amount:
        state.add(
            Item(
                BalanceKind.INTEREST,
                day,
                amount,
                rates=None,
                standing=Standing.NEVER,
                place=-1,
                sequence=state.sequence,
            )
        )


def _take(
    state: CardState, day: Day, kind: BalanceKind, place: int, billed: int, age: int, amount: int
) -> None:
    state.converted += amount
    state.taken_over[kind] = state.taken_over.get(kind, 0) + amount
    _settle(state, day, CreditSource.CONVERSION, kind, place, billed, age, amount)


def _settle(
    state: CardState,
    day: Day,
    source: CreditSource,
    kind: BalanceKind,
    place: int,
    billed: int,
    age: int,
    amount: int,
) -> None:
    if amount:
        state.allocations.append(AllocationRow(day, source, kind, place, billed, age, amount))
