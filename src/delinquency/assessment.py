"""The answer for one account: how late, how much, which bucket, and why.

The one idea: one replay feeds every figure. :func:`assess` returns all of them with their reasons; the
plain verbs return one number each, from the same code.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.assessment_reasons import explain
from delinquency.buckets import Bucket
from delinquency.calendar import NONE_DAY, to_date
from delinquency.counting.days import DayCount, count_days, count_exposure, held_out
from delinquency.counting.months import mba_months, ots_months
from delinquency.counting.payments import days_since_last_payment, payments_in_arrears
from delinquency.counting.rule import MONTH_COUNTS, CountName
from delinquency.instalment_ages import LateInstalment, late_instalments
from delinquency.ledger import Ledger
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.replaying import named_errors, replay_version, version_in_force

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.explanation import Explanation

__all__ = ["Assessment", "assess", "days_past_due", "delinquent_days"]


@attrs.frozen(slots=True, eq=False)
class Assessment:
    """Everything that one policy says of one account at the close of one day.

    Attributes
    ----------
    account : Account
    as_of : date
    known_on : date or None
    policy : Policy
        The version used.
    ledger : Ledger
    count : DayCount
        The figures in whole numbers.
    reading : int
        The count that the bucket scheme reads, by its own unit.
    bucket : Bucket
    """

    account: Account
    as_of: date
    known_on: date | None
    policy: Policy
    ledger: Ledger
    count: DayCount
    reading: int
    bucket: Bucket

    @property
    def account_id(self) -> str:
        """The account's id."""
        return self.account.account_id

    @property
    def days_past_due(self) -> int:
        """Late days of the oldest unsettled instalment [days]; 0 if nothing is late."""
        return self.count.days_past_due

    @property
    def delinquent_days(self) -> int:
        """Days past due less suspension less grace [days]."""
        return self.count.delinquent_days

    @property
    def arrears(self) -> Decimal:
        """Open counted amounts of debts with at least one late day [currency units].

        What a tolerance excuses is among them: it is still owed. What is disputed is not: see
        :attr:`disputed`.
        """
        return from_minor(self.count.arrears, self.account.currency)

    @property
    def disputed(self) -> Decimal:
        """Late, open and still owed, but not counted because it is disputed [currency units]."""
        held = held_out(self.ledger, self.policy.counting)
        return from_minor(sum(held.values()), self.account.currency)

    @property
    def exposure(self) -> Decimal:
        """Open principal, due or not, and other amounts due and unpaid [currency units]."""
        return from_minor(count_exposure(self.ledger), self.account.currency)

    @property
    def unallocated(self) -> Decimal:
        """Money that settled nothing yet [currency units]."""
        return self.ledger.unallocated

    @property
    def oldest_due_date(self) -> date | None:
        """The due date from which the age runs; ``None`` if nothing is late."""
        day = self.count.oldest_due_day
        return None if day == NONE_DAY else to_date(day)

    @property
    def late_instalments(self) -> tuple[LateInstalment, ...]:
        """Every late and unsettled debt with its own age and bucket, oldest first."""
        return late_instalments(self.ledger, self.policy)

    @property
    def explanation(self) -> Explanation:
        """The rules, figures and sources behind the answer, from the bucket down to the facts."""
        return explain(self)

    def __str__(self) -> str:
        return self.explanation.sentence()


def assess(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> Assessment:
    """Say how late an account is at the close of ``as_of``, and why.

    Parameters
    ----------
    account : Account
    as_of : date
        A payment with this value date counts.
    policy : Policy or PolicyTimeline
        A timeline gives the version in force.
    known_on : date, optional
        Without it, facts recorded after ``as_of`` count, and reversals made after it do not: the
        payment stood on that day. ``known_on=as_of`` gives back what was answered then; a later day,
        what was known by it: facts recorded by then, and without the payments reversed by then.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        The tolerance of the policy is finer than the currency.

    Examples
    --------
    The 31st day after an unpaid due date is the first of the second level:

    >>> from delinquency import Account, Currency, Instalment, Schedule, rulebook
    >>> schedule = Schedule(Currency.of("CNY"), (Instalment(date(2025, 1, 31), Decimal("100")),))
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 31), schedule=schedule)
    >>> policy = rulebook.load("founding-report")
    >>> for day in (date(2025, 3, 2), date(2025, 3, 3)):
    ...     answer = assess(account, as_of=day, policy=policy)
    ...     print(answer.days_past_due, answer.bucket)
    30 1-30
    31 31-60
    """
    version = version_in_force(account, as_of, policy, "assess")
    return assess_version(account, as_of=as_of, version=version, known_on=known_on)


def assess_version(
    account: Account, *, as_of: date, version: Policy, known_on: date | None = None
) -> Assessment:
    """Assess an account under one version, whichever level it judges; see :func:`assess`."""
    ledger = replay_version(account, as_of=as_of, version=version, known_on=known_on)
    count = count_days(ledger, version.counting)
    scheme = version.buckets
    reading = read_count(ledger, count, version)
    bucket = scheme.buckets[scheme.position(reading)]
    return Assessment(account, as_of, known_on, version, ledger, count, reading, bucket)


def read_count(ledger: Ledger, count: DayCount, policy: Policy) -> int:
    """The count that the policy's bucket scheme reads.

    Raises
    ------
    PolicyError
        Materiality in another currency than that of the account.
    """
    name = policy.buckets.reads
    if name is CountName.MATERIAL_DAYS_PAST_DUE:
        # Every close since the account began is asked, which takes what other counts never load.
        from delinquency.status.stretches import material_days_of

        with named_errors(ledger.account):
            return material_days_of(
                ledger.account, ledger.rule, policy.counting, ledger.as_of_day, ledger.known_day
            )
    if name is CountName.DELINQUENT_DAYS:
        return count.delinquent_days
    if name is CountName.DAYS_PAST_DUE:
        return count.days_past_due
    if name in MONTH_COUNTS:
        months = mba_months if name is CountName.MBA_MONTHS else ots_months
        return months(count.oldest_due_day, ledger.as_of_day)
    if name is CountName.PAYMENTS_IN_ARREARS:
        return payments_in_arrears(ledger, policy.counting)
    return days_since_last_payment(ledger, policy.counting)


def days_past_due(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> int:
    """Late days of the oldest unsettled instalment at the close of ``as_of`` [days].

    Suspensions and grace do not change it; see :func:`delinquent_days`. Raises as :func:`assess`.
    """
    version = version_in_force(account, as_of, policy, "days_past_due")
    ledger = replay_version(account, as_of=as_of, version=version, known_on=known_on)
    return count_days(ledger, version.counting).days_past_due


def delinquent_days(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> int:
    """Days past due less suspended days less grace at the close of ``as_of`` [days].

    Raises as :func:`assess`.
    """
    version = version_in_force(account, as_of, policy, "delinquent_days")
    ledger = replay_version(account, as_of=as_of, version=version, known_on=known_on)
    return count_days(ledger, version.counting).delinquent_days
