"""The debts of an account one by one: how old each late one is, and what is to be paid next.

The one idea: the same rules that give the account its age give every late instalment its own.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.buckets import Bucket
from delinquency.calendar import NONE_DAY, to_date
from delinquency.counting.days import LateDebt, late_debts
from delinquency.counting.months import mba_months, ots_months
from delinquency.counting.rule import CountName
from delinquency.errors import InvalidTypeError
from delinquency.ledger import Ledger
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.replaying import replay_version, version_in_force

if TYPE_CHECKING:
    from delinquency.account import Account

__all__ = [
    "LateInstalment",
    "NextPayment",
    "NextPaymentRule",
    "instalment_ages",
    "late_instalments",
    "next_payment_due",
]


@attrs.frozen(slots=True)
class LateInstalment:
    """One late and unsettled debt with its own age: an instalment, or a charge.

    ``bucket`` is ``None`` where the scheme reads a count of the whole account, such as payments in
    arrears.
    """

    instalment_no: int | None
    charge_id: str | None
    due_date: date
    open_amount: Decimal
    days_past_due: int
    delinquent_days: int
    bucket: Bucket | None


class NextPaymentRule(Enum):
    """Which payment is next: the earliest one not fully paid, or the first one still to come."""

    EARLIEST_UNPAID = "earliest_unpaid"
    FROM_AS_OF = "from_as_of"


@attrs.frozen(slots=True)
class NextPayment:
    """A due date and what is still to be paid on it [currency units]."""

    due_date: date
    amount: Decimal


def instalment_ages(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> tuple[LateInstalment, ...]:
    """Every late and unsettled debt with its own age and bucket, oldest first.

    Raises as :func:`~delinquency.assessment.assess`.
    """
    version = version_in_force(account, as_of, policy, "instalment_ages")
    ledger = replay_version(account, as_of=as_of, version=version, known_on=known_on)
    return late_instalments(ledger, version)


def late_instalments(ledger: Ledger, policy: Policy) -> tuple[LateInstalment, ...]:
    """The late and unsettled debts of a ledger, oldest first; see :func:`instalment_ages`."""
    found: list[LateInstalment] = []
    scheme = policy.buckets
    for debt in late_debts(ledger, policy.counting):
        obligation = ledger.obligations[debt.obligation]
        reading = _read_debt(debt, ledger, policy)
        found.append(
            LateInstalment(
                obligation.instalment_no or None,
                ledger.name_of(obligation),
                to_date(debt.due_day),
                from_minor(debt.open_amount, ledger.account.currency),
                debt.days_past_due,
                debt.delinquent_days,
                None if reading is None else scheme.buckets[scheme.position(reading)],
            )
        )
    return tuple(found)


def _read_debt(debt: LateDebt, ledger: Ledger, policy: Policy) -> int | None:
    name = policy.buckets.reads
    if name is CountName.DAYS_PAST_DUE:
        return debt.days_past_due
    if name is CountName.DELINQUENT_DAYS:
        return debt.delinquent_days
    if name is CountName.MBA_MONTHS:
        return mba_months(debt.due_day, ledger.as_of_day)
    if name is CountName.OTS_MONTHS:
        return ots_months(debt.due_day, ledger.as_of_day)
    return None


def next_payment_due(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
    rule: NextPaymentRule = NextPaymentRule.EARLIEST_UNPAID,
) -> NextPayment | None:
    """The next date on which something is to be paid, and how much is still open on it.

    ``EARLIEST_UNPAID``: the earliest due date with something open, late or not. ``FROM_AS_OF``: the
    earliest such date on or after ``as_of``. All debts of that date are added up. ``None`` if nothing
    is open.

    Raises as :func:`~delinquency.assessment.assess`.
    """
    version = version_in_force(account, as_of, policy, "next_payment_due")
    if not isinstance(rule, NextPaymentRule):
        raise InvalidTypeError.at("next_payment_due, rule", expected="NextPaymentRule", found=rule)
    ledger = replay_version(account, as_of=as_of, version=version, known_on=known_on)
    first = ledger.as_of_day if rule is NextPaymentRule.FROM_AS_OF else -NONE_DAY
    open_by_day: dict[int, int] = {}
    for obligation, amounts in zip(ledger.obligations, ledger.open_rows, strict=True):
        amount = sum(amounts)
        if amount and obligation.due_day >= first and ledger.is_in_force(obligation):
            day = obligation.due_day
            open_by_day[day] = open_by_day.get(day, 0) + amount
    if not open_by_day:
        return None
    day = min(open_by_day)
    return NextPayment(to_date(day), from_minor(open_by_day[day], account.currency))
