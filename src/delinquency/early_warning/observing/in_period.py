"""What fell due in a period, what came, and what was paid in part or taken back.

The one idea: everything is read from one ledger, that of the close of the period, so that what was not known
then is in none of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from delinquency.early_warning.units import share_of
from delinquency.ledger.money import counted_money, cut_of
from delinquency.obligations import DebtKind

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.ledger import Ledger

__all__ = ["FellDue", "fell_due", "flows_of", "reversals"]


class FellDue(NamedTuple):
    """A debt that fell due in a period [minor units]."""

    kind: int
    due_day: int
    asked: int
    """Its amount, with what the ledger charged on it, less what was waived."""
    open_amount: int
    """What is not paid of it, written off or moved to a new schedule or not."""


def fell_due(ledger: Ledger, after: int, until: int) -> Iterator[FellDue]:
    """The debts that fell due in ``(after, until]`` while they were in force, in order of rank."""
    gone = _unpaid_elsewhere(ledger)
    changed = _changed(ledger)
    for place, row in enumerate(ledger.obligations):
        is_in_force = row.from_day <= row.due_day < row.until_day
        if after < row.due_day <= until and is_in_force:
            asked = row.principal + row.interest + row.fees + row.penalty + changed.get(place, 0)
            if asked > 0:
                still_open = sum(ledger.open_rows[place]) + gone.get(place, 0)
                yield FellDue(row.kind, row.due_day, asked, still_open)


def _changed(ledger: Ledger) -> dict[int, int]:
    """By place of the debt: what the ledger charged on it, less what was waived."""
    changed: dict[int, int] = {}
    if ledger.swept is not None:
        for _, place, _, amount in ledger.moves.charged:
            changed[place] = changed.get(place, 0) + amount
        for _, place, _, amount in ledger.moves.waived:
            changed[place] = changed.get(place, 0) - amount
    return changed


def _unpaid_elsewhere(ledger: Ledger) -> dict[int, int]:
    """By place of the debt: what was not paid of it and is no longer open in its row."""
    gone: dict[int, int] = {}
    if ledger.swept is not None:
        for debt in ledger.superseded:
            gone[debt.obligation] = gone.get(debt.obligation, 0) + sum(debt.open_amounts)
        for place, amounts in ledger.swept.written_rows.items():
            gone[place] = gone.get(place, 0) + sum(amounts)
    return gone


def flows_of(ledger: Ledger, after: int) -> dict[str, int | None]:
    """What is counted over ``(after, the close of the ledger]``, by the name of the observation."""
    account, until, known = ledger.account, ledger.as_of_day, ledger.known_day
    debts = tuple(fell_due(ledger, after, until))
    due = sum(debt.asked for debt in debts)
    money = counted_money(account, until, known)
    paid = sum(amount for day, amount in money.items() if day > after)
    return {
        "amount_due": due,
        "amount_paid": paid,
        "payment_ratio": share_of(paid, due),
        "part_paid_instalments": sum(
            debt.kind == DebtKind.INSTALMENT and 0 < debt.open_amount < debt.asked for debt in debts
        ),
        "payments_reversed": reversals(account, after, until, known),
    }


def reversals(account: Account, after: int, until: int, known: int) -> int:
    """Payments taken back in ``(after, until]``, as far as it is known."""
    last = min(until, cut_of(until, known))
    return sum(
        after < row.reversed_day <= last and row.recorded_day <= known
        for row in account.payment_rows
    )
