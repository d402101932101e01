"""Money settles the debts laid out, by the phases of an order.

The one idea: a phase walks the units of its state, forward, backward or sharing among them, and whatever it
does, money reaches a debt in one place only: :func:`_fill_unit`.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import (
    COUNTED,
    CREDIT,
    DUE,
    FIRST,
    HELD,
    IN_SHARES,
    IS_FIXED,
    LAST_FIRST,
    NO_ORDER,
    PAST_DUE,
    WRITTEN,
    Debts,
    RuleNumbers,
    Scratch,
)

__all__ = ["make_up_carried", "order_of", "recover", "settle"]


@inlined
def order_of(rule: RuleNumbers, kind: int, age: int) -> int:
    """The number of the order that money of a kind follows at an age [late days]."""
    own = rule.kind_order[kind]
    if own != NO_ORDER:
        return int(own)
    order = 0
    for switch in range(len(rule.age_from)):
        if age >= rule.age_from[switch]:
            order = rule.age_order[switch]
    return int(order)


@inlined
def _fill_unit(
    rule: RuleNumbers, scratch: Scratch, day: int, first: int, after: int, phase: int, money: int
) -> int:
    """Settle one unit by the columns of a phase; the money that is left."""
    debts = scratch.debts
    rest = money
    counted_money = 0
    for step in range(rule.phase_offsets[phase], rule.phase_offsets[phase + 1]):
        column = rule.phase_columns[step]
        for place in range(first, after):
            amount = debts.open[4 * place + column]
            if amount == 0 or debts.start[place] > day or debts.until[place] <= day:
                continue
            amount = min(amount, rest)
            debts.open[4 * place + column] -= amount
            rest -= amount
            counted_money += amount * rule.counted[column]
    scratch.state[COUNTED] += counted_money
    return int(rest)


@inlined
def _in_turn(
    rule: RuleNumbers,
    scratch: Scratch,
    day: int,
    start: int,
    end: int,
    phase: int,
    money: int,
    backward: bool,
) -> int:
    """Settle the units in ``[start, end)``, each fully before the next; the money that is left."""
    unit = scratch.debts.unit
    rest = money
    place = end if backward else start
    while rest > 0 and (place > start if backward else place < end):
        if backward:
            after = place
            place -= 1
            while place > start and unit[place - 1] == unit[place]:
                place -= 1
            rest = _fill_unit(rule, scratch, day, place, after, phase, rest)
        else:
            first = place
            place += 1
            while place < end and unit[place] == unit[first]:
                place += 1
            rest = _fill_unit(rule, scratch, day, first, place, phase, rest)
    return int(rest)


@inlined
def _unit_end(unit: Any, place: int, end: int) -> int:
    after = place + 1
    while after < end and unit[after] == unit[place]:
        after += 1
    return int(after)


@inlined
def _is_open(rule: RuleNumbers, debts: Debts, day: int, first: int, after: int, phase: int) -> bool:
    """Whether a unit has something open in the columns of a phase."""
    for place in range(first, after):
        if debts.start[place] <= day < debts.until[place]:
            for step in range(rule.phase_offsets[phase], rule.phase_offsets[phase + 1]):
                if debts.open[4 * place + rule.phase_columns[step]] > 0:
                    return True
    return False


@inlined
def _open_units(rule: RuleNumbers, debts: Debts, day: int, start: int, end: int, phase: int) -> int:
    count = 0
    place = start
    while place < end:
        after = _unit_end(debts.unit, place, end)
        count += _is_open(rule, debts, day, place, after, phase)
        place = after
    return count


@inlined
def _in_shares(
    rule: RuleNumbers, scratch: Scratch, day: int, start: int, end: int, phase: int, money: int
) -> int:
    """Share money equally among open units until they are settled or it is used up; what is left."""
    debts = scratch.debts
    rest = money
    while rest > 0:
        units = _open_units(rule, debts, day, start, end, phase)
        if units == 0:
            break
        share = rest // units
        larger = rest - share * units
        rest = 0
        place = start
        while place < end:
            after = _unit_end(debts.unit, place, end)
            if _is_open(rule, debts, day, place, after, phase):
                part = share + (larger > 0)
                larger -= 1
                rest += _fill_unit(rule, scratch, day, place, after, phase, part)
            place = after
    return int(rest)


@inlined
def _first_at_or_after(days: Any, first: int, size: int, day: int) -> int:
    low = first
    high = size
    while low < high:
        middle = (low + high) // 2
        if days[middle] < day:
            low = middle + 1
        else:
            high = middle
    return low


@inlined
def _first_open(scratch: Scratch, size: int) -> int:
    """Every debt before this one is settled, and stays so."""
    amounts = scratch.debts.open
    first = scratch.state[FIRST]
    if scratch.state[IS_FIXED]:
        while first < size and (
            amounts[4 * first]
            + amounts[4 * first + 1]
            + amounts[4 * first + 2]
            + amounts[4 * first + 3]
            == 0
        ):
            first += 1
        scratch.state[FIRST] = first
    return int(first)


@inlined
def settle(
    rule: RuleNumbers, scratch: Scratch, size: int, day: int, money: int, kind: int, order: int
) -> None:
    """Settle debts with money of one kind by an order; what is left is held for its kind, or a credit."""
    days = scratch.debts.unit_day
    state = scratch.state
    first = _first_open(scratch, size)
    due_from = _first_at_or_after(days, first, size, day)
    due_to = _first_at_or_after(days, due_from, size, day + 1)
    rest = money
    for phase in range(rule.order_phases[order], rule.order_phases[order + 1]):
        if rest == 0:
            return
        debts_of = rule.phase_state[phase]
        start = due_to
        end = size
        if debts_of == PAST_DUE:
            start = first
            end = due_from
        elif debts_of == DUE:
            start = due_from
            end = due_to
        if debts_of == IN_SHARES:
            rest = _in_shares(rule, scratch, day, start, end, phase, rest)
        else:
            rest = _in_turn(rule, scratch, day, start, end, phase, rest, debts_of == LAST_FIRST)
    if rule.makes_credit[order]:
        state[CREDIT] += rest
    else:
        state[HELD + kind] += rest


@inlined
def recover(rule: RuleNumbers, scratch: Scratch, size: int, money: int, order: int) -> int:
    """Settle what was written off, unit by unit, by the components of an order; the money that is left."""
    debts = scratch.debts
    rest = money
    rounds = 4 if rule.by_component[order] else 1
    for turn in range(rounds):
        first = 0
        while first < size and rest > 0:
            after = _unit_end(debts.unit, first, size)
            for step in range(turn, turn + 1 if rounds == 4 else 4):
                column = rule.recovers[4 * order + step]
                for place in range(first, after):
                    used = min(debts.written[4 * place + column], rest)
                    debts.written[4 * place + column] -= used
                    scratch.state[WRITTEN] -= used
                    rest -= used
            first = after
    return int(rest)


@inlined
def make_up_carried(scratch: Scratch, carried: int) -> None:
    """Take the counted amounts of a day off what was carried over changes of schedule, oldest first."""
    money = scratch.state[COUNTED]
    scratch.state[COUNTED] = 0
    for shadow in range(carried):
        used = min(scratch.shadow_open[shadow], money)
        scratch.shadow_open[shadow] -= used
        money -= used
