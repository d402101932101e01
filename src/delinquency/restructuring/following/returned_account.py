"""The account once the terms of before a plan are back.

The one idea: nothing is edited. Rows of the plan end on the day, what is open of the old rows begins on it
with the old due dates; what stands beside the schedule goes on, and a difference of it is made up for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import Day, to_date
from delinquency.charges import Charge
from delinquency.component import COMPONENTS, Component
from delinquency.events import PenaltyWaiver, Waiver
from delinquency.obligations import DebtKind
from delinquency.restructuring.changed_account import (
    changed_schedule,
    renumbered,
    unposted_spans,
)
from delinquency.restructuring.draft import PENALTY
from delinquency.schedule import Instalment

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.currency import Currency
    from delinquency.ledger import Ledger

__all__ = ["Returned", "returned_account"]

Amounts = dict[Day, list[int]]
"""By due day, what is open by component [minor units]."""


class Returned(NamedTuple):
    """An account with the old terms back, and how many rows that changed."""

    account: Account
    ended: int
    begun: int


def returned_account(account: Account, old: Ledger, now: Ledger, on: date) -> Returned:
    """Let the rows of the old terms come back.

    Parameters
    ----------
    account : Account
        After the plan, with every payment.
    old, now : Ledger
        Under the old terms and under the plan, both at the close of the day before, penalty accrued.
    on : date
    """
    currency, day = account.currency, now.as_of_day + 1
    begins = _open(old, is_row=True)
    beside = [_open(each, is_row=False) for each in (old, now)]
    over = _make_up(begins, *beside)
    begins = {due: amounts for due, amounts in begins.items() if any(amounts)}
    ends = set(_ends(account, begins, now, on))
    for due in _untouched(account, begins, now, on):
        del begins[due]
    rows = [_instalment(due, amounts, on, currency) for due, amounts in begins.items()]
    schedule, numbers = changed_schedule(account.schedule, ends, rows, on)
    events = [*renumbered(account.events, numbers)]
    for column, amount in enumerate(over):
        if amount:
            events.append(Waiver(on, COMPONENTS[column], from_minor(amount, currency)))
    spans, penalty = _penalty(old, now, beside, day)
    events += spans
    charges = [*renumbered(account.charges, numbers)]
    if penalty < 0:
        events.append(Waiver(on, Component.PENALTY, from_minor(-penalty, currency)))
    if penalty > 0:
        charges.append(
            Charge(
                f"old terms {on}, penalty",
                Component.PENALTY,
                from_minor(penalty, currency),
                on,
                charged_on=on,
            )
        )
    return Returned(
        attrs.evolve(account, schedule=schedule, events=events, charges=charges),
        len(ends),
        len(begins),
    )


def _open(ledger: Ledger, *, is_row: bool) -> Amounts:
    """What is open of rows of the schedule in force, or of what stands beside it, by due day."""
    found: Amounts = defaultdict(lambda: [0, 0, 0, 0])
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if ledger.is_in_force(debt) and (debt.kind == DebtKind.INSTALMENT) is is_row and any(row):
            for column in range(4):
                found[debt.due_day][column] += row[column]
    return dict(found)


def _in_force(account: Account, on: date) -> Iterator[tuple[int, Day, Instalment]]:
    """The rows in force at the close of the day before: number, due day, row."""
    for number, (row, due) in enumerate(
        zip(account.schedule, account.schedule.due_days, strict=True), start=1
    ):
        if _is_in_force(row, on):
            yield number, due, row


def _untouched(account: Account, begins: Amounts, now: Ledger, on: date) -> list[Day]:
    """Due days of rows that the plan did not touch, and of which as much is open with it as without."""
    standing = _open(now, is_row=True)
    return [
        due
        for _, due, row in _in_force(account, on)
        if row.in_force_from is None and due in begins and begins[due] == standing.get(due)
    ]


def _ends(account: Account, begins: Amounts, now: Ledger, on: date) -> Iterator[int]:
    """The numbers of rows that end: open, still to come, or in the place of one that begins."""
    standing, kept = _open(now, is_row=True), _untouched(account, begins, now, on)
    for number, due, _ in _in_force(account, on):
        is_over = due <= now.as_of_day and due not in standing and due not in begins
        if due not in kept and not is_over:
            yield number


def _is_in_force(row: Instalment, on: date) -> bool:
    start, end = row.in_force_from, row.in_force_until
    return (start is None or start < on) and (end is None or end > on)


def _make_up(begins: Amounts, old: Amounts, now: Amounts) -> list[int]:
    """Let rows bear what stands beside the schedule under one of the two and not under the other.

    More under the old terms begins with its due date. Less is taken off the rows of the same component, the
    last first; what no row can bear is given back to be waived.
    """
    over = [0, 0, 0]
    for due in {*old, *now}:
        for column in range(PENALTY):
            more = old.get(due, [0] * 4)[column] - now.get(due, [0] * 4)[column]
            if more > 0:
                begins.setdefault(due, [0, 0, 0, 0])[column] += more
            else:
                over[column] -= more
    for column in range(PENALTY):
        for due in sorted(begins, reverse=True):
            part = min(over[column], begins[due][column])
            begins[due][column] -= part
            over[column] -= part
    return over


def _penalty(
    old: Ledger, now: Ledger, beside: list[Amounts], day: Day
) -> tuple[list[PenaltyWaiver], int]:
    """Days whose penalty is not asked for any more, and what is charged, or below 0 waived, beside that.

    No row of a schedule can have penalty. What the plan charged of it stands; the difference is made up for.
    """
    posted = [sum(amounts[PENALTY] for amounts in each.values()) for each in beside]
    accrued = [_unposted(each, day) for each in (old, now)]
    owed = posted[0] + accrued[0]
    if owed >= accrued[1]:
        return [], owed - posted[1] - accrued[1]
    return list(_waived(now, day)), owed - posted[1]


def _unposted(ledger: Ledger, day: Day) -> int:
    accrual = ledger.accrual
    return 0 if accrual is None else accrual.total(day) - accrual.posted_in_all()


def _waived(ledger: Ledger, day: Day) -> Iterator[PenaltyWaiver]:
    for start, end in unposted_spans(ledger, day):
        yield PenaltyWaiver(to_date(start), to_date(end), recorded_on=to_date(day))


def _instalment(due: Day, amounts: list[int], on: date, currency: Currency) -> Instalment:
    principal, interest, fees = (from_minor(amount, currency) for amount in amounts[:PENALTY])
    return Instalment(to_date(due), principal, interest, fees, in_force_from=on)
