"""What money settles on a card: balances by the order of the terms, and minimums oldest first.

The one idea: the two records see the same money and never each other's. The order among balances decides
what bears interest; the minimums take the money of their window, and what they cannot use is not kept for
a later one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from delinquency.component import Component
from delinquency.rates import RatePeriod
from delinquency.revolving.accruing import accrue
from delinquency.revolving.formulas import yearly_rate
from delinquency.revolving.kinds import BalanceKind, CreditSource, component_of
from delinquency.revolving.orders import ByKind, HighestRateFirst
from delinquency.revolving.rows import AllocationRow
from delinquency.revolving.state import Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from delinquency.calendar import Day
    from delinquency.revolving.state import CardState, Item

__all__ = ["credit", "offset_held", "pay"]

Key: TypeAlias = "Callable[[Item], tuple[int, ...]]"
"""What comes first: the place of an item in an order of payment."""


_MONEY: Final = frozenset((CreditSource.PAYMENT, CreditSource.CREDIT_BALANCE))
"""What the holder paid, now or before; a merchant's refund and what a plan takes over are no payment."""


class _Occasion(NamedTuple):
    """When and why something is settled.

    ``effective`` is the first day that bears no interest for it; ``age`` that of the oldest unmet minimum.
    """

    day: Day
    effective: Day
    source: CreditSource
    age: int


def pay(state: CardState, day: Day, amount: int) -> None:
    """Settle balances, then minimums, with the payments of one day; what is left is held."""
    state.paid += amount
    state.lines.payments += amount
    state.credited += amount
    effective = day + state.terms.interest.payment_day_bears
    occasion = _Occasion(day, effective, CreditSource.PAYMENT, state.age(day))
    state.held += _allocate(state, amount, occasion)
    let_off = _meet_minimums(state, day, amount)
    if let_off:
        state.settled_minimum.append((day, let_off))


def credit(
    state: CardState, day: Day, amount: int, source: CreditSource, named: Iterable[Item]
) -> None:
    """Take a refund, or a conversion, out of the items it names, then out of the others.

    A refund that names nothing, or more than is open of it, takes back the oldest purchases, then whatever
    the order of payment says. It counts towards paying in full, and where the terms say so towards the
    minimum, as far as it settles what was billed. A minimum is then cut to what is left of that.
    """
    before = _billed(state)
    occasion = _Occasion(day, day, source, state.age(day))
    items = [*named]
    if source is CreditSource.REFUND:
        items += (item for item in state.items if item.kind is BalanceKind.PURCHASE)
    state.held += _allocate(state, _settle_each(state, items, amount, occasion), occasion)
    after = _billed(state)
    state.credited += before - after
    is_money = source is CreditSource.REFUND and state.terms.refunds_settle_minimum
    met = min(state.required, max(before - after if is_money else 0, state.required - after))
    if met:
        state.settled_minimum.append((day, met + _meet_minimums(state, day, met)))


def offset_held(state: CardState, day: Day) -> None:
    """Let a credit balance settle what has just been posted."""
    if state.held:
        occasion = _Occasion(day, day, CreditSource.CREDIT_BALANCE, state.age(day))
        state.held = _allocate(state, state.held, occasion)


def _allocate(state: CardState, amount: int, occasion: _Occasion) -> int:
    """Settle open items in the order of the terms, and say what is left [minor units]."""
    day = occasion.day
    order = state.terms.order
    match order:
        case ByKind():
            kinds = order.kinds_at(occasion.age)
            key = _by_kind(kinds, is_billed_first=order.is_billed_first)
            return _settle_in_order(state, key, amount, occasion)
        case HighestRateFirst():
            key = _by_rate(state, day, order.kinds, plans_first=order.are_plan_parts_first)
            return _settle_in_order(state, key, amount, occasion)
        case _:
            first = min(amount, state.required)
            key = _by_kind(order.kinds, is_billed_first=True)
            rest = amount - first + _settle_in_order(state, key, first, occasion)
            cycles = order.deferred_first_cycles
            key = _by_rate(state, day, order.kinds, deferred_first_cycles=cycles)
            return _settle_in_order(state, key, rest, occasion)


def _meet_minimums(state: CardState, day: Day, amount: int) -> int:
    """Settle the minimums of earlier statements, oldest first; a surplus settles no later one.

    Once nothing more than the tolerance is past due the run of missed statements is over, and what is
    missing is let off: how much it is [minor units].
    """
    for row in state.requirements:
        used = min(row.open, amount)
        row.open -= used
        amount -= used
    if not state.missed_run:
        return 0
    judged = [row for row in state.requirements if row.judged_day < day]
    missing = sum(row.open for row in judged)
    if missing > judged[-1].tolerance:
        return 0
    state.missed_run = 0
    for row in judged:
        row.open = 0
    return missing


def _billed(state: CardState) -> int:
    return sum(item.open for item in state.items if item.billed >= 0)


def _by_kind(kinds: tuple[BalanceKind, ...], *, is_billed_first: bool) -> Key:
    place = {kind: number for number, kind in enumerate(kinds)}

    def key(item: Item) -> tuple[int, ...]:
        is_later = is_billed_first and item.billed < 0
        return is_later, place[item.kind], item.sequence

    return key


def _by_rate(
    state: CardState,
    day: Day,
    kinds: tuple[BalanceKind, ...],
    *,
    plans_first: bool = False,
    deferred_first_cycles: int | None = None,
) -> Key:
    place = {kind: number for number, kind in enumerate(kinds)}

    def key(item: Item) -> tuple[int, ...]:
        is_first = plans_first and item.kind is BalanceKind.PLAN
        rate = item.rate_on(day)
        yearly = 0 if rate is None else yearly_rate(rate.scaled, rate.period is RatePeriod.DAY)
        if deferred_first_cycles is not None and item.standing is Standing.DEFERRED:
            left = state.cycle_of(item.until - 1) - state.cycle_of(day)
            is_first, yearly = left < deferred_first_cycles, 0
        return not is_first, -yearly, place[item.kind], item.sequence

    return key


def _settle_in_order(state: CardState, key: Key, amount: int, occasion: _Occasion) -> int:
    if not amount:
        return 0
    items = sorted((item for item in state.items if item.open), key=key)
    return _settle_each(state, items, amount, occasion)


def _settle_each(state: CardState, items: Iterable[Item], amount: int, occasion: _Occasion) -> int:
    """Settle items one after the other, and say what is left [minor units]."""
    day, effective, source, age = occasion
    for item in items:
        used = min(item.open, amount)
        if used:
            accrue(state, item, effective)
            item.open -= used
            amount -= used
            state.allocations.append(
                AllocationRow(day, source, item.kind, item.place, item.billed, age, used)
            )
            if source in _MONEY:
                _count_paid(state, item.kind, used)
    return amount


def _count_paid(state: CardState, kind: BalanceKind, amount: int) -> None:
    """Count what money settled, in the line of its statement."""
    if component_of(kind) is Component.PRINCIPAL:
        state.lines.principal_paid += amount
    else:
        state.lines.interest_and_charges_paid += amount
