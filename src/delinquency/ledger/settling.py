"""Money settles debts in an order.

The one idea: an order is a list of phases, each a due state and components; a phase walks the units of its
state and empties each before the next. What is left after past due and due follows the rule of excess.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from delinquency.allocation import AllocationGrain, AllocationOrder, Excess

if TYPE_CHECKING:
    from delinquency.ledger.state import DebtState

__all__ = ["recover", "settle"]

_ADVANCE = 2
_PRINCIPAL = (0,)


def settle(state: DebtState, day: int, money: int, kind: int, order: AllocationOrder) -> None:
    """Settle debts with money of one kind by an order; what is left is held for its kind, or spare."""
    bounds = _bounds(state, day)
    for due_state, columns in order.phases:
        if not money:
            return
        start, end = bounds[due_state]
        if due_state != _ADVANCE or order.excess is Excess.NEXT_INSTALMENT:
            money = _in_turn(state, day, money, columns, _units(state, start, end))
        elif order.excess is Excess.LAST_INSTALMENT:
            units = reversed(list(_units(state, start, end)))
            money = _in_turn(state, day, money, columns, units)
        elif order.excess is Excess.REAMORTISE:
            money = _in_shares(state, day, money, columns, start, end)
    if order.excess is Excess.TO_BALANCE:
        units = reversed(list(_units(state, *bounds[_ADVANCE])))
        state.spare += _in_turn(state, day, money, _PRINCIPAL, units)
    else:
        state.held[kind] += money


def recover(state: DebtState, day: int, money: int, order: AllocationOrder) -> int:
    """Settle what was written off, in the places in which it would have been settled; what is left.

    Unit by unit in order of rank, by the components in the order in which the order first names them.
    """
    columns = tuple(dict.fromkeys(column for _, phase in order.phases for column in phase))
    by_component = order.grain is AllocationGrain.COMPONENT_FIRST
    for phase in [(column,) for column in columns] if by_component else [columns]:
        for unit in _units(state, 0, len(state.obligations)):
            for column in phase:
                for place in range(*unit):
                    money = _recover_one(state, day, place, column, money)
    return money


def _recover_one(state: DebtState, day: int, place: int, column: int, money: int) -> int:
    row = state.written_rows.get(place)
    used = min(row[column], money) if row else 0
    if row and used:
        row[column] -= used
        state.moves.recovered.append((day, place, column, used))
    return money - used


def _bounds(state: DebtState, day: int) -> tuple[tuple[int, int], ...]:
    """The places past due, due and in advance on ``day``."""
    size = len(state.unit_days)
    first = state.first_open
    if state.is_fixed:
        while first < size and not any(state.open_rows[first]):
            first += 1
        state.first_open = first
    due_from = bisect_left(state.unit_days, day, first)
    due_to = bisect_right(state.unit_days, day, due_from)
    return (first, due_from), (due_from, due_to), (due_to, size)


def _units(state: DebtState, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The first and the next place of each unit."""
    obligations = state.obligations
    place = start
    while place < end:
        unit = obligations[place][0]
        after = place + 1
        while after < end and obligations[after][0] == unit:
            after += 1
        yield place, after
        place = after


def _in_turn(
    state: DebtState,
    day: int,
    money: int,
    columns: tuple[int, ...],
    units: Iterator[tuple[int, int]],
) -> int:
    """Settle units one after the other, each fully; what is left of the money."""
    starts, untils, settled = state.starts, state.untils, state.moves.settled
    for first, after in units:
        for column in columns:
            for place in range(first, after):
                if starts[place] <= day < untils[place]:
                    money = state.take(day, place, column, money, settled)
        if not money:
            return 0
    return money


def _in_shares(
    state: DebtState, day: int, money: int, columns: tuple[int, ...], start: int, end: int
) -> int:
    """Share money equally among the units in advance until they are settled or it is used up."""
    units = list(_units(state, start, end))
    while money:
        units = [unit for unit in units if _open_in(state, day, unit, columns)]
        if not units:
            return money
        share, rest = divmod(money, len(units))
        money = 0
        for number, unit in enumerate(units):
            part = share + (number < rest)
            money += _in_turn(state, day, part, columns, iter([unit]))
    return 0


def _open_in(state: DebtState, day: int, unit: Sequence[int], columns: tuple[int, ...]) -> bool:
    return any(
        state.open_rows[place][column]
        for place in range(unit[0], unit[1])
        if state.starts[place] <= day < state.untils[place]
        for column in columns
    )
