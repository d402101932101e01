"""What waivers, write-offs, closures and accelerations do to open debts.

The one idea: each decision walks the debts that stand on its day, what fell due first first, and moves
amounts out of what is open under its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.event_rows import ALL, DecisionRow
from delinquency.ledger.running_interest import interest_to_come
from delinquency.obligations import DebtKind

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.ledger.state import DebtState

__all__ = [
    "accelerate",
    "close",
    "standing_decisions",
    "waive",
    "waive_rest",
    "write_off",
]

_ALL_COLUMNS = (0, 1, 2, 3)


def standing_decisions(
    account: Account, as_of: int, known: int, cut: int
) -> dict[int, list[DecisionRow]]:
    """The decisions that stand at a cut, by day."""
    found: dict[int, list[DecisionRow]] = {}
    for row in account.decision_rows:
        if row.value_day <= as_of and row.recorded_day <= known and row.reversed_day > cut:
            found.setdefault(row.value_day, []).append(row)
    return {day: sorted(rows) for day, rows in found.items()}


def _places(state: DebtState, day: int) -> list[int]:
    """Debts that stand on ``day``, what fell due first first."""
    standing = [place for place in range(len(state.due_days)) if state.is_open_on(place, day)]
    return sorted(standing, key=lambda place: (state.due_days[place], place))


def waive(state: DebtState, day: int, row: DecisionRow) -> None:
    """Waive a component: all that has fallen due, or up to an amount."""
    places = _places(state, day)
    if row.amount == ALL:
        for place in places:
            if state.due_days[place] <= day:
                state.empty(day, place, (row.column,), state.moves.waived)
        return
    most = row.amount
    for place in places:
        most = state.take(day, place, row.column, most, state.moves.waived)


def write_off(state: DebtState, day: int, row: DecisionRow) -> None:
    """Write off everything open, or a component up to an amount."""
    columns = _ALL_COLUMNS if row.column == ALL else (row.column,)
    most = row.amount
    for place in _places(state, day):
        for column in columns:
            amount = state.open_rows[place][column]
            used = amount if most == ALL else min(amount, most)
            if most != ALL:
                most -= used
            _write(state, day, place, column, used)


def close(state: DebtState, day: int) -> None:
    """Write open principal off and waive the rest, due or not."""
    state.is_closed = True
    for place in _places(state, day):
        _write(state, day, place, 0, state.open_rows[place][0])
        state.empty(day, place, (1, 2, 3), state.moves.waived)


def _write(state: DebtState, day: int, place: int, column: int, amount: int) -> None:
    if amount:
        state.take(day, place, column, amount, state.moves.written_off)
        state.written_rows.setdefault(place, [0, 0, 0, 0])[column] += amount


def waive_rest(state: DebtState, day: int, tolerance: int) -> None:
    """Waive what is open in all, if it is within a tolerance."""
    places = _places(state, day)
    if 0 < sum(sum(state.open_rows[place]) for place in places) <= tolerance:
        for place in places:
            state.empty(day, place, _ALL_COLUMNS, state.moves.waived)


def accelerate(state: DebtState, account: Account, day: int, row: DecisionRow) -> None:
    """Let all principal that falls due later fall due on ``day``, as one debt of that day."""
    later = [
        other
        for other, obligation in enumerate(state.obligations)
        if obligation.kind == DebtKind.INSTALMENT
        and state.due_days[other] > day
        and state.starts[other] <= day < state.untils[other]
    ]
    if not later:
        return
    earned, paid = interest_to_come(
        state.obligations,
        state.open_rows,
        state.moves.settled,
        originated_day=account.originated_day,
        day=day,
        stated=None if row.amount == ALL else row.amount,
    )
    principal = sum(state.open_rows[other][0] for other in later)
    fees = sum(state.open_rows[other][2] for other in later)
    credit = min(principal, max(0, paid - earned))
    amounts = (principal - credit, max(0, earned - paid), fees, 0)
    for other in later:
        state.supersede(day, other)
    place = next(
        other
        for other, obligation in enumerate(state.obligations)
        if obligation.kind == DebtKind.ACCELERATED and obligation.due_day == day
    )
    for column, amount in enumerate(amounts):
        state.charge(day, place, column, amount)
