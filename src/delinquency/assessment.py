"""The answer for one account: how late, how much, which bucket, and why.

The one idea: one replay feeds every figure. :func:`assess` returns all of them with their reasons; the
plain verbs return one number each, from the same code.
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
from delinquency.counting.days import DayCount, count_days, count_exposure, late_debts
from delinquency.counting.rule import CountName
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.ledger import Ledger, replay_in_order
from delinquency.policy import Level, Policy, PolicyTimeline, policy_in_force

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.explanation import Explanation

__all__ = [
    "Assessment",
    "LateInstalment",
    "NextPayment",
    "NextPaymentRule",
    "assess",
    "days_past_due",
    "delinquent_days",
    "instalment_ages",
    "next_payment_due",
    "replay",
]


@attrs.frozen(slots=True)
class LateInstalment:
    """One late and unsettled debt with its own age: an instalment, or a charge."""

    instalment_no: int | None
    charge_id: str | None
    due_date: date
    open_amount: Decimal
    days_past_due: int
    delinquent_days: int
    bucket: Bucket


class NextPaymentRule(Enum):
    """Which payment is next: the earliest one not fully paid, or the first one still to come."""

    EARLIEST_UNPAID = "earliest_unpaid"
    FROM_AS_OF = "from_as_of"


@attrs.frozen(slots=True)
class NextPayment:
    """A due date and what is still to be paid on it [currency units]."""

    due_date: date
    amount: Decimal


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
    bucket : Bucket
    """

    account: Account
    as_of: date
    known_on: date | None
    policy: Policy
    ledger: Ledger
    count: DayCount
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
        """Open counted amounts of instalments with at least one late day [currency units]."""
        return from_minor(self.count.arrears, self.account.currency)

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
        return _late_instalments(self.ledger, self.policy)

    @property
    def explanation(self) -> Explanation:
        """Why: the rules, figures and sources, from the answer down to the facts."""
        from delinquency.assessment_reasons import explain

        return explain(self)

    def __str__(self) -> str:
        return self.explanation.sentence()


def _check_account(account: object, verb: str) -> None:
    from delinquency.account import Account

    if not isinstance(account, Account):
        raise InvalidTypeError.at(
            verb,
            expected="an Account",
            found=account,
            hint="For a Portfolio use delinquency.portfolio.",
        )


def _version(
    account: Account, as_of: date, policy: Policy | PolicyTimeline, verb: str
) -> Policy:
    _check_account(account, verb)
    version = policy_in_force(policy, as_of=as_of, originated_on=account.originated_on)
    if version.level is Level.OBLIGOR:
        raise PolicyError.at(
            f"policy {version.name!r}",
            expected="a policy that judges one account",
            found="one that judges all accounts of an obligor",
            hint="Use assess_obligor(accounts, ...).",
        )
    return version


def replay(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> Ledger:
    """Replay an account to the close of ``as_of`` under a policy.

    Parameters
    ----------
    account : Account
    as_of : date
        Facts with a value date on or before it count.
    policy : Policy or PolicyTimeline
    known_on : date, optional
        Leave out what was recorded after it, and reversals made after it.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    PolicyNotInForceError
        No version is in force.
    """
    version = _version(account, as_of, policy, "replay")
    return replay_in_order(
        account, as_of=as_of, allocation=version.allocation, known_on=known_on
    )


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
        ``known_on=as_of`` gives back what was answered then; without it, facts recorded later
        restate the past.

    Raises
    ------
    InvalidTypeError
        Not an account, a date or a policy.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        The policy judges obligors, or its tolerance is finer than the currency.

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
    version = _version(account, as_of, policy, "assess")
    ledger = replay_in_order(
        account, as_of=as_of, allocation=version.allocation, known_on=known_on
    )
    count = count_days(ledger, version.counting)
    scheme = version.buckets
    bucket = scheme.buckets[scheme.position(_read(count, scheme.reads))]
    return Assessment(account, as_of, known_on, version, ledger, count, bucket)


def _read(count: DayCount, name: CountName) -> int:
    if name is CountName.DAYS_PAST_DUE:
        return count.days_past_due
    return count.delinquent_days


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
    version = _version(account, as_of, policy, "days_past_due")
    ledger = replay_in_order(
        account, as_of=as_of, allocation=version.allocation, known_on=known_on
    )
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
    version = _version(account, as_of, policy, "delinquent_days")
    ledger = replay_in_order(
        account, as_of=as_of, allocation=version.allocation, known_on=known_on
    )
    return count_days(ledger, version.counting).delinquent_days


def instalment_ages(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None = None,
) -> tuple[LateInstalment, ...]:
    """Every late and unsettled debt with its own age and bucket, oldest first.

    Raises as :func:`assess`.
    """
    version = _version(account, as_of, policy, "instalment_ages")
    ledger = replay_in_order(
        account, as_of=as_of, allocation=version.allocation, known_on=known_on
    )
    return _late_instalments(ledger, version)


def _late_instalments(ledger: Ledger, policy: Policy) -> tuple[LateInstalment, ...]:
    found: list[LateInstalment] = []
    reads_raw = policy.buckets.reads is CountName.DAYS_PAST_DUE
    for debt in late_debts(ledger, policy.counting):
        obligation = ledger.obligations[debt.obligation]
        days = debt.days_past_due if reads_raw else debt.delinquent_days
        charge = obligation.charge_no
        found.append(
            LateInstalment(
                obligation.instalment_no or None,
                ledger.account.charges[charge - 1].charge_id if charge else None,
                to_date(debt.due_day),
                from_minor(debt.open_amount, ledger.account.currency),
                debt.days_past_due,
                debt.delinquent_days,
                policy.buckets.buckets[policy.buckets.position(days)],
            )
        )
    return tuple(found)


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

    Raises as :func:`assess`.
    """
    version = _version(account, as_of, policy, "next_payment_due")
    if not isinstance(rule, NextPaymentRule):
        raise InvalidTypeError.at("next_payment_due, rule", expected="NextPaymentRule", found=rule)
    ledger = replay_in_order(
        account, as_of=as_of, allocation=version.allocation, known_on=known_on
    )
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
