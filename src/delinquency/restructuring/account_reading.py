"""What a plan is made of: the ledger before its day, the draft, and the rows to come.

The one idea: an account is read once, however many plans are put to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import Day, day_number
from delinquency.dated_rates import DatedRate
from delinquency.replaying import named_errors
from delinquency.restructuring.carried import (
    Carried,
    carried_from,
    check_previous,
    dues_of_terms,
    spans_from,
)
from delinquency.restructuring.draft import Draft
from delinquency.restructuring.new_rows import NewRow
from delinquency.restructuring.plan_checks import check_rates
from delinquency.restructuring.reading import draft_owing, dues_of, ledger_before, rows_to_come

if TYPE_CHECKING:
    from datetime import date

    from delinquency.account import Account
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy
    from delinquency.restructuring.answer import EarlierAnswer
    from delinquency.restructuring.plan import RestructuringPlan

__all__ = ["AccountReading", "read_account"]


@attrs.frozen(slots=True, eq=False)
class AccountReading:
    """An account at the start of the day of a plan.

    Attributes
    ----------
    ledger : Ledger
        At the close of the day before.
    draft : Draft
        To be copied before a measure is put to it.
    dues : list of int
        Every due date of the schedule in force, once, that tells how due dates follow each other.
    rows : list of NewRow
        What is open of the rows to come, by due date.
    own_parts : list of tuple of int
        Due day, principal and interest of them, less what they carry of an earlier plan.
    rates : tuple of DatedRate
        Of the contract; per year, where measures are put.
    """

    ledger: Ledger
    draft: Draft
    dues: list[Day]
    rows: list[NewRow]
    own_parts: list[tuple[Day, int, int]]
    rates: tuple[DatedRate, ...]


def read_account(
    account: Account,
    plan: RestructuringPlan,
    *,
    as_of: date,
    version: Policy,
    known_on: date | None,
    previous: EarlierAnswer | None = None,
) -> AccountReading:
    """Read an account for a plan; one that had a plan before, with the answer of that.

    Raises
    ------
    InvalidTypeError, InvalidValueError, PolicyError
        As of :func:`~delinquency.restructuring.restructure`, before any measure is put.
    """
    day = day_number(plan.effective_on, where="restructuring plan", field="effective_on")
    with named_errors(account):
        if plan.measures:
            check_rates(account.contract_rates, day)
        carried: Mapping[Day, Carried] = {}
        if previous is not None:
            carried = carried_from(check_previous(account, previous, day), day)
        ledger = ledger_before(
            account,
            plan,
            as_of=as_of,
            version=version,
            known_on=known_on,
            follows=previous is not None,
        )
        draft = draft_owing(ledger, day, plan.day_count, carried)
        rows = rows_to_come(ledger, day)
    dues = dues_of(ledger)
    if previous is not None:
        draft.rate_spans += spans_from(previous, day)
        dues = dues_of_terms(previous, dues)
    return AccountReading(
        ledger, draft, dues, rows, _own_parts(rows, carried), account.contract_rates
    )


def _own_parts(
    rows: Sequence[NewRow], carried: Mapping[Day, Carried]
) -> list[tuple[Day, int, int]]:
    """Due day, principal and interest of rows to come, less what they carry."""
    found: list[tuple[Day, int, int]] = []
    for row in rows:
        part = carried.get(row.due_day, Carried(0, 0))
        principal = row.principal - min(part.principal, row.principal)
        found.append((row.due_day, principal, row.interest - min(part.interest, row.interest)))
    return found
