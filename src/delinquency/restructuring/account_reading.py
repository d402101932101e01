"""What a plan is made of: the ledger at the start of its day, the draft, and the rows to come.

The one idea: whatever would change what was read, or what the plan would undo, is refused before anything is
read.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import Day, day_number, to_date
from delinquency.dated_rates import DatedRate
from delinquency.errors import InvalidValueError, PolicyError
from delinquency.penalty_place import PenaltyPlace
from delinquency.replaying import named_errors, replay_version
from delinquency.restructuring.draft import Draft
from delinquency.restructuring.new_rows import NewRow
from delinquency.restructuring.plan import RestructuringPlan
from delinquency.restructuring.reading import draft_of

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy

__all__ = ["AccountReading", "check_penalty", "read_account"]


@attrs.frozen(slots=True, eq=False)
class AccountReading:
    """An account at the start of the day of a plan.

    Attributes
    ----------
    ledger : Ledger
        At the close of the day before.
    draft : Draft
        To be copied before a measure is put to it.
    dues : tuple of int
        Every due date of the schedule in force, once.
    rows : tuple of NewRow
        What is open of the rows to come, by due date.
    rates : tuple of DatedRate
        Of the contract.
    """

    ledger: Ledger
    draft: Draft
    dues: tuple[Day, ...]
    rows: tuple[NewRow, ...]
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
        _check_day(account, plan, as_of)
        if plan.measures:
            _check_facts(account, plan, day)
            check_penalty(version)
        ledger = replay_version(
            account,
            as_of=plan.effective_on - timedelta(days=1),
            version=version,
            known_on=known_on,
            accrues_penalty=True,
        )
        draft = draft_of(ledger, day, plan.day_count)
        if not any(draft.owed()):
            raise InvalidValueError.at(
                "restructuring plan",
                expected="an account that owes something",
                found="nothing open",
            )
    dues, rows = tuple(_dues(ledger)), tuple(_rows_to_come(ledger, day))
    return AccountReading(ledger, draft, dues, rows, account.contract_rates)


def _check_day(account: Account, plan: RestructuringPlan, as_of: date) -> None:
    day = plan.effective_on
    where = "restructuring plan, effective_on"
    if day > as_of:
        raise InvalidValueError.at(where, expected=f"at most as_of, {as_of}", found=str(day))
    if day <= account.originated_on:
        raise InvalidValueError.at(
            where, expected=f"after originated_on {account.originated_on}", found=str(day)
        )
    late = [payment.value_date for payment in account.payments if payment.value_date >= day]
    if late:
        raise InvalidValueError.at(
            where,
            expected=f"a day after the last payment, {max(late)}",
            found=str(day),
            hint="A plan is made of what was paid before it; later payments are added to the account after.",
        )


def check_penalty(version: Policy) -> None:
    """Refuse penalty that stands with its instalment as soon as somebody asks.

    Raises
    ------
    PolicyError
        The policy has such.
    """
    if version.penalty is not None and version.penalty_in_waterfall is PenaltyPlace.ON_DEMAND:
        raise PolicyError.at(
            f"policy {version.name!r}, penalty_in_waterfall",
            expected="OUTSIDE or POSTED, where a plan is made",
            found="ON_DEMAND",
            hint="What accrues on demand is part of rows that a plan ends.",
        )


def _check_facts(account: Account, plan: RestructuringPlan, day: Day) -> None:
    """Refuse facts that would change what the plan was made of, or that it would undo.

    Raises
    ------
    InvalidValueError
        Rows of a schedule that was changed; decisions on or after the day of the plan; payments of before it
        that were recorded or reversed on it or later.
    """
    where = "restructuring plan"
    changed = [row.in_force_from or row.in_force_until for row in account.schedule]
    last = max((each for each in changed if each is not None), default=None)
    if last is not None:
        raise InvalidValueError.at(
            where,
            expected="a schedule as it was agreed first",
            found=f"one that was changed on {last}",
            hint="Its rows do not say what interest was carried over: put all measures into one plan.",
        )
    late = [row for row in account.decision_rows if row.value_day >= day]
    if late:
        raise InvalidValueError.at(
            f"{where}, effective_on",
            expected="a day after every waiver, write-off, closure and acceleration",
            found=f"one of {to_date(late[-1].value_day)}",
        )
    if any(row.value_day == day for row in account.restructuring_rows):
        raise InvalidValueError.at(
            where, expected="one restructuring of a day", found=f"another one of {to_date(day)}"
        )
    for payment in account.payments:
        known = max(payment.recorded_on or payment.value_date, payment.reversed_on or date.min)
        if known >= plan.effective_on:
            raise InvalidValueError.at(
                f"{where}, payment of {payment.value_date}",
                expected=f"what was known before {plan.effective_on}",
                found=f"a record of {known}",
                hint="A plan is made of what was known; with a later record it is another plan.",
            )


def _dues(ledger: Ledger) -> list[Day]:
    """Every due date of the schedule in force, once."""
    return sorted(
        {
            debt.due_day
            for debt in ledger.obligations
            if not debt.kind and ledger.is_in_force(debt) and any(debt[5:9])
        }
    )


def _rows_to_come(ledger: Ledger, day: Day) -> list[NewRow]:
    """What is open of the rows to come, by due date."""
    found: dict[Day, list[int]] = {}
    for debt, row in zip(ledger.obligations, ledger.open_rows, strict=True):
        if not debt.kind and debt.due_day >= day and ledger.is_in_force(debt):
            sums = found.setdefault(debt.due_day, [0, 0, 0, 0])
            for column in range(4):
                sums[column] += row[column]
    return [NewRow(due, *amounts) for due, amounts in sorted(found.items()) if any(amounts)]
