"""Several drafts as one: what is owed on all accounts at the start of a day.

The one idea: amounts are added and never netted by account. Penalty that accrued is posted on the day, since
the accounts that it accrued on end.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.charges import Charge
from delinquency.component import COMPONENTS
from delinquency.obligations import DebtKind
from delinquency.restructuring.draft import PENALTY, Draft, PastDebt

if TYPE_CHECKING:
    from datetime import date

    from delinquency.calendar import Day
    from delinquency.ledger import Ledger
    from delinquency.restructuring.new_rows import NewRow

__all__ = ["carried_charges", "merged_draft", "merged_rows", "qualified"]


def qualified(account_id: str, charge_id: str) -> str:
    """What a charge of an account is called where several accounts are one."""
    return f"{account_id}, {charge_id}"


def merged_draft(drafts: Sequence[tuple[str, Draft]], day: Day) -> Draft:
    """The draft of accounts together.

    Parameters
    ----------
    drafts : sequence of tuple of str and Draft
        The id of each account, and what it owes.
    day : int
        Of all drafts.
    """
    past: list[PastDebt] = []
    for account_id, draft in drafts:
        for debt in draft.past:
            name = qualified(account_id, debt.charge_id) if debt.charge_id else ""
            past.append(PastDebt(len(past), debt.due_day, debt.is_row, list(debt.open), name))
        if draft.unposted:
            amounts = [0, 0, 0, 0]
            amounts[PENALTY] = draft.unposted
            past.append(PastDebt(len(past), day, is_row=False, open=amounts))
    every = [draft for _, draft in drafts]
    return Draft(
        day=day,
        past=sorted(past, key=lambda debt: (debt.due_day, debt.place)),
        principal=sum(draft.principal for draft in every),
        earned=sum(draft.earned for draft in every),
        unearned=sum(draft.unearned for draft in every),
        fees=sorted(fee for draft in every for fee in draft.fees),
        beside=[sum(draft.beside[column] for draft in every) for column in range(4)],
        unposted=0,
        dues=sorted({due for draft in every for due in draft.dues}),
    )


def merged_rows(rows: Sequence[Sequence[NewRow]]) -> Iterator[NewRow]:
    """What falls due on each date on all accounts together, in order."""
    found: dict[Day, NewRow] = {}
    for row in (each for account in rows for each in account):
        same = found.get(row.due_day)
        found[row.due_day] = row if same is None else same.plus(row)
    for due in sorted(found):
        yield found[due]


def carried_charges(ledger: Ledger, day: Day, on: date) -> Iterator[Charge]:
    """Charges that are not due on the day: they go on with their amounts and due dates."""
    account = ledger.account
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if debt.kind != DebtKind.CHARGE or debt.due_day < day or not ledger.is_in_force(debt):
            continue
        charge = account.charges[debt.charge_no - 1]
        amount = row[COMPONENTS.index(charge.component)]
        if amount:
            yield Charge(
                qualified(account.account_id, charge.charge_id),
                charge.component,
                from_minor(amount, account.currency),
                charge.due_date,
                charged_on=on,
            )
