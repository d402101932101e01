"""What a plan is made of: the ledger before its day, the draft, and the rows to come.

The one idea: an account is read once, however many plans are put to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import Day, day_number
from delinquency.dated_rates import DatedRate
from delinquency.replaying import named_errors
from delinquency.restructuring.draft import Draft
from delinquency.restructuring.new_rows import NewRow
from delinquency.restructuring.plan_checks import check_rates
from delinquency.restructuring.reading import draft_owing, dues_of, ledger_before, rows_to_come

if TYPE_CHECKING:
    from datetime import date

    from delinquency.account import Account
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy
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
        Every due date of the schedule in force, once.
    rows : list of NewRow
        What is open of the rows to come, by due date.
    rates : tuple of DatedRate
        Of the contract; per year, where measures are put.
    """

    ledger: Ledger
    draft: Draft
    dues: list[Day]
    rows: list[NewRow]
    rates: tuple[DatedRate, ...]


def read_account(
    account: Account,
    plan: RestructuringPlan,
    *,
    as_of: date,
    version: Policy,
    known_on: date | None,
) -> AccountReading:
    """Read an account for a plan.

    Raises
    ------
    InvalidTypeError, InvalidValueError, PolicyError
        As of :func:`~delinquency.restructuring.restructure`, before any measure is put.
    """
    day = day_number(plan.effective_on, where="restructuring plan", field="effective_on")
    with named_errors(account):
        if plan.measures:
            check_rates(account.contract_rates, day)
        ledger = ledger_before(account, plan, as_of=as_of, version=version, known_on=known_on)
        draft = draft_owing(ledger, day, plan.day_count)
        rows = rows_to_come(ledger, day)
    return AccountReading(ledger, draft, dues_of(ledger), rows, account.contract_rates)
