"""Where the rows of a plan stand in a ledger, and what was open of them at the close of each day.

The one idea: nothing is put to a row a second time. The ledger has settled it, and its movements say when.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import attrs

from delinquency.obligations import DebtKind
from delinquency.restructuring.changed_account import left_penalty_id

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.ledger import Ledger
    from delinquency.obligations import Obligation
    from delinquency.restructuring.answer import Restructured

__all__ = ["OpenThrough", "left_places", "open_through", "paid_to", "row_places"]


@attrs.frozen(slots=True)
class OpenThrough:
    """What is open of some debts through time [minor units].

    Attributes
    ----------
    closes : tuple of tuple of int
        Days, in order, each with what is open at its close and until the next; the first is the day of the
        plan, before any money of it.
    columns : tuple of int
        What is open at the last close by component.
    """

    closes: tuple[tuple[Day, int], ...]
    columns: tuple[int, int, int, int]

    def at(self, day: Day) -> int:
        """What is open at the close of a day from the plan on; before it, what the plan asked."""
        found = self.closes[0][1]
        for moved, amount in self.closes[1:]:
            if moved <= day:
                found = amount
        return found

    def settled_day(self, tolerance: int) -> Day | None:
        """The first day at whose close at most so much is open."""
        return next((day for day, amount in self.closes if amount <= tolerance), None)


def row_places(done: Restructured, ledger: Ledger) -> dict[Day, list[int]]:
    """The debts of each row that a plan asks for, by due day."""
    found: dict[Day, list[int]] = {row.due_day: [] for row in done.rows_after}
    for place, debt in _of_the_plan(done, ledger):
        if debt.due_day in found and _is_of_a_row(done, ledger, debt):
            found[debt.due_day].append(place)
    return found


def left_places(done: Restructured, ledger: Ledger) -> list[int]:
    """The debts that a plan leaves past due: they are owed at once, and no row of it asks for them."""
    return [
        place
        for place, debt in _of_the_plan(done, ledger)
        if debt.due_day < done.draft_after.day or ledger.name_of(debt) == _left_id(done)
    ]


def open_through(ledger: Ledger, places: Iterable[int], first: Day) -> OpenThrough:
    """What is open of debts from the start of a day on, as the movements of a ledger say."""
    chosen = set(places)
    columns = [sum(ledger.open_rows[place][column] for place in chosen) for column in range(4)]
    moves = ledger.moves
    taken: dict[Day, int] = {}
    for rows in (moves.settled, moves.waived, moves.written_off):
        for day, place, _, amount in rows:
            if place in chosen and day >= first:
                taken[day] = taken.get(day, 0) + amount
    left = sum(columns) + sum(taken.values())
    closes = [(first, left)]
    for day in sorted(taken):
        left -= taken[day]
        if day == first:
            closes = [(first, left)]
        else:
            closes.append((day, left))
    return OpenThrough(tuple(closes), (columns[0], columns[1], columns[2], columns[3]))


def paid_to(ledger: Ledger, places: Iterable[int], first: Day) -> tuple[int, int, int, int]:
    """What money settled of debts from a day on, by component [minor units]."""
    chosen, paid = set(places), [0, 0, 0, 0]
    for day, place, column, amount in ledger.moves.settled:
        if place in chosen and day >= first:
            paid[column] += amount
    return paid[0], paid[1], paid[2], paid[3]


def _of_the_plan(done: Restructured, ledger: Ledger) -> Iterator[tuple[int, Obligation]]:
    """The debts in force on the day of the plan."""
    day = done.draft_after.day
    for place, debt in enumerate(ledger.obligations):
        if debt.from_day <= day < debt.until_day:
            yield place, debt


def _is_of_a_row(done: Restructured, ledger: Ledger, debt: Obligation) -> bool:
    """Whether a debt is a row of the schedule, or the penalty that the plan put beside one."""
    if debt.kind == DebtKind.INSTALMENT:
        return True
    if debt.kind != DebtKind.CHARGE:
        return False
    name = ledger.account.charges[debt.number - 1].charge_id
    return name != _left_id(done) and all(name != each.charge_id for each in done.before.charges)


def _left_id(done: Restructured) -> str:
    return left_penalty_id(done.plan.effective_on)
