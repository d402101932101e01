"""What a plan takes of debts that stand beside the schedule: charges, posted penalty, late fees.

The one idea: such a debt is never edited and has no day on which it ends; a waiver of the day of the plan
takes it, and a waiver takes what fell due first. Where a plan wants another debt to go, it is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from delinquency.amounts import from_minor
from delinquency.calendar import Day, to_date
from delinquency.component import COMPONENTS
from delinquency.errors import InvalidValueError
from delinquency.events import Waiver
from delinquency.obligations import DebtKind

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.ledger import Ledger
    from delinquency.restructuring.draft import Draft
    from delinquency.restructuring.new_rows import NewRow

__all__ = ["check_oldest_go_first", "gone_beside", "waivers_of"]

_NEW = -1
"""The place of a row of the plan: before debts of its day that stand beside the schedule."""


class _Standing(NamedTuple):
    """A debt once the rows of the plan are in force, before a waiver and as the plan wants it."""

    due_day: Day
    place: int
    open: int
    wanted: int


def gone_beside(ledger: Ledger, draft: Draft) -> list[int]:
    """By component, what measures took of debts beside the schedule [minor units]."""
    gone = [0, 0, 0, 0]
    for debt in draft.past:
        if not debt.is_row:
            for column, amount in enumerate(ledger.open_rows[debt.place]):
                gone[column] += amount - debt.open[column]
    for column, left in enumerate(draft.beside):
        gone[column] += sum(row.open for row in _not_due(ledger, draft.day, column)) - left
    return gone


def waivers_of(gone: Sequence[int], currency: Currency, on: date) -> Iterator[Waiver]:
    """The waivers by which that is taken: the debts go on where nothing is."""
    for component, amount in zip(COMPONENTS, gone, strict=True):
        if amount:
            yield Waiver(on, component, from_minor(amount, currency))


def check_oldest_go_first(
    ledger: Ledger, draft: Draft, rows: Sequence[NewRow], gone: Sequence[int]
) -> None:
    """Refuse to take a debt where a waiver would take another one.

    Raises
    ------
    InvalidValueError
        A debt that fell due before, or falls due before by the plan, is to stay.
    """
    for column, amount in enumerate(gone):
        left = amount
        for debt in sorted(_standing(ledger, draft, rows, column)) if amount else ():
            part = min(left, debt.open)
            left -= part
            if debt.open - part != debt.wanted:
                raise InvalidValueError.at(
                    "restructuring plan",
                    expected=f"{COMPONENTS[column].value} beside the schedule that goes oldest first",
                    found=f"an older part, due on {to_date(debt.due_day)}, that stays",
                    hint="Say what becomes of the older part too, or let what is not due fall due first.",
                )


def _standing(
    ledger: Ledger, draft: Draft, rows: Sequence[NewRow], column: int
) -> Iterator[_Standing]:
    for debt in draft.past:
        wanted = debt.open[column]
        is_open = wanted if debt.is_row else ledger.open_rows[debt.place][column]
        yield _Standing(debt.due_day, debt.place, is_open, wanted)
    not_due = list(_not_due(ledger, draft.day, column))
    is_taken = draft.beside[column] < sum(row.open for row in not_due)
    for row in not_due:
        yield row._replace(wanted=0 if is_taken else row.open)
    for new in rows:
        yield _Standing(new.due_day, _NEW, new[1 + column], new[1 + column])


def _not_due(ledger: Ledger, day: Day, column: int) -> Iterator[_Standing]:
    """What stands beside the schedule and falls due on the day of the plan or later."""
    for place, (debt, row) in enumerate(zip(ledger.obligations, ledger.open_rows, strict=True)):
        if debt.kind != DebtKind.INSTALMENT and debt.due_day >= day and ledger.is_in_force(debt):
            yield _Standing(debt.due_day, place, row[column], row[column])
