"""The laws of a sound policy, checked over drawn accounts.

A policy is a page of choices, and some combinations contradict what everybody takes for granted: that
who pays in full on the day is not late. The one idea: each law is one sentence and one function;
:func:`check_policy` draws accounts, looks for one that breaks a sentence, and shows the plainest.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NoReturn

import attrs

from delinquency.amounts import from_minor, to_minor
from delinquency.assessment import Assessment, assess
from delinquency.counting import CountName, GraceKind, ScheduleChangeRule, ToleranceScope
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.events import FundsMisuse
from delinquency.payments import Payment
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.testing._hypothesis import hypothesis, st
from delinquency.testing.assertions import assert_ledger_balances
from delinquency.testing.behaviour import Behaviour
from delinquency.testing.strategies import accounts, as_of_dates
from delinquency.validity import ALWAYS

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from delinquency.account import Account

__all__ = ["LAWS", "Law", "check_policy"]


@attrs.frozen(slots=True, kw_only=True)
class Law:
    """A sentence that holds for every account under a sound policy.

    Attributes
    ----------
    statement : str
        The sentence.
    accounts : callable
        From a currency to the strategy of the accounts that it speaks of.
    check : callable
        Of an account, a day and a policy; raises ``AssertionError`` where the sentence fails.
    """

    statement: str
    accounts: Callable[[Currency], SearchStrategy[Account]]
    check: Callable[[Account, date, Policy], None]


def check_policy(
    policy: Policy | PolicyTimeline,
    *,
    currency: Currency | None = None,
    max_examples: int = 100,
) -> None:
    """Check every law of :data:`LAWS` against a policy.

    Validity and level play no part: the laws are about how one account is counted, so each version
    of a timeline is checked as if it were in force always, and an obligor's policy as if for one
    account. The same accounts are drawn each time.

    Parameters
    ----------
    policy : Policy or PolicyTimeline
    currency : Currency, optional
        Of the accounts; default CNY. Give another if the tolerance is finer than a fen.
    max_examples : int, default 100
        How many accounts are drawn for each law and version.

    Raises
    ------
    AssertionError
        A law is broken; the message has the law, the plainest account found, the day, and the
        explanation of the answer.
    InvalidTypeError
        Not a policy.
    PolicyError
        The tolerance is finer than the minor unit of the currency.

    Examples
    --------
    >>> from delinquency import (AllocationOrder, Bucket, BucketScheme, Counting, CountName,
    ...     GraceKind, PenaltyPlace, Policy)
    >>> house = Policy(name="house",
    ...     counting=Counting(grace_days=3, grace_kind=GraceKind.DEDUCTED),
    ...     allocation=AllocationOrder.oldest_first("interest", "principal", "fees", "penalty"),
    ...     penalty_in_waterfall=PenaltyPlace.OUTSIDE,
    ...     buckets=BucketScheme("house", CountName.DELINQUENT_DAYS,
    ...         (Bucket("current", 0, 0, is_stressed=False), Bucket("late", 1))))
    >>> check_policy(house, max_examples=5)
    """
    if isinstance(policy, PolicyTimeline):
        versions = policy.versions
    elif isinstance(policy, Policy):
        versions = (policy,)
    else:
        raise InvalidTypeError.at(
            "check_policy", expected="a Policy or a PolicyTimeline", found=policy
        )
    money = Currency.of("CNY") if currency is None else currency
    for version in versions:
        plain = attrs.evolve(version, validity=ALWAYS, verification=None)
        for law in LAWS:
            _check(law, plain, money, max_examples)


def _check(law: Law, policy: Policy, currency: Currency, max_examples: int) -> None:
    questions = law.accounts(currency).flatmap(
        lambda account: st.tuples(st.just(account), as_of_dates(account))
    )

    @hypothesis.settings(
        max_examples=max_examples,
        deadline=None,
        database=None,
        derandomize=True,
        report_multiple_bugs=False,
        suppress_health_check=[
            hypothesis.HealthCheck.too_slow,
            hypothesis.HealthCheck.data_too_large,
            hypothesis.HealthCheck.large_base_example,
        ],
    )
    @hypothesis.given(questions)
    def holds(question: tuple[Account, date]) -> None:
        account, as_of = question
        try:
            law.check(account, as_of, policy)
        except AssertionError as error:
            message = (
                f"policy {policy.name!r} breaks the law: {law.statement}\n"
                f"{error}\nThe account: {account!r}"
            )
            raise AssertionError(message) from None

    holds()


def _refuse(answer: Assessment, what: str) -> NoReturn:
    message = f"As of {answer.as_of}: {what}.\n{answer.explanation.to_text()}"
    raise AssertionError(message)


def _expect_nothing_late(account: Account, as_of: date, policy: Policy) -> None:
    answer = assess(account, as_of=as_of, policy=policy)
    if answer.days_past_due or answer.delinquent_days:
        _refuse(
            answer,
            f"{answer.days_past_due} days past due and {answer.delinquent_days} delinquent days "
            "where nothing is owed",
        )
    if answer.arrears:
        _refuse(answer, f"arrears of {answer.arrears} where nothing is owed")
    if answer.bucket.is_stressed:
        _refuse(answer, f"stressed bucket {answer.bucket.code!r} where nothing is owed")


def _expect_nothing_late_once_paid_up(account: Account, as_of: date, policy: Policy) -> None:
    follows = policy.counting.schedule_change is ScheduleChangeRule.FOLLOW_NEW
    if account.schedule.is_changed and not follows:
        # A frozen age stays, and a continued one may, although nothing is owed any more.
        return
    owed = max(1, sum(sum(row[5:9]) for row in account.obligations))
    payment = Payment(as_of, from_minor(owed, account.currency))
    paid_up = attrs.evolve(account, payments=(*account.payments, payment))
    _expect_nothing_late(paid_up, as_of, policy)


def _expect_at_most_a_day_more(account: Account, as_of: date, policy: Policy) -> None:
    counting = policy.counting
    if counting.tolerance and counting.tolerance_scope is ToleranceScope.ACCOUNT:
        # Arrears that outgrow the tolerance of the account bring all their days at once.
        return
    today = assess(account, as_of=as_of, policy=policy)
    tomorrow = assess(account, as_of=as_of + timedelta(days=1), policy=policy)
    if tomorrow.days_past_due > today.days_past_due + 1:
        _refuse(tomorrow, f"{today.days_past_due} days past due the day before")
    first = counting.grace_days + 1 if counting.grace_kind is GraceKind.TRIGGER else 1
    most = today.delinquent_days + 1 if today.delinquent_days else first
    if tomorrow.delinquent_days > most:
        _refuse(tomorrow, f"{today.delinquent_days} delinquent days the day before")


def _expect_balance(account: Account, as_of: date, policy: Policy) -> None:
    assert_ledger_balances(account, as_of=as_of, policy=policy)


def _as_agreed(account: Account) -> Account:
    """The account, its money used as agreed: not every policy has a rate for misuse."""
    events = [event for event in account.events if not isinstance(event, FundsMisuse)]
    return attrs.evolve(account, events=events)


def _expect_no_better_bucket_with_more_days(account: Account, as_of: date, policy: Policy) -> None:
    later = as_of + timedelta(days=30)
    answers = [assess(account, as_of=day, policy=policy) for day in (as_of, later)]
    fewer, more = sorted(answers, key=_days_read)
    order = list(policy.buckets)
    if order.index(more.bucket) < order.index(fewer.bucket):
        _refuse(more, f"bucket {fewer.bucket.code!r} with fewer days as of {fewer.as_of}")
    if _days_read(more) == _days_read(fewer) and more.bucket != fewer.bucket:
        _refuse(more, f"bucket {fewer.bucket.code!r} with as many days as of {fewer.as_of}")


def _days_read(answer: Assessment) -> int:
    reads_raw = answer.policy.buckets.reads is CountName.DAYS_PAST_DUE
    return answer.days_past_due if reads_raw else answer.delinquent_days


def _expect_the_same_for_a_split_payment(account: Account, as_of: date, policy: Policy) -> None:
    made = [payment for payment in account.payments if payment.value_date <= as_of]
    if not made:
        return
    whole = made[-1]
    minor = to_minor(whole.amount, account.currency, where="payment")
    if minor == 1:
        return
    parts = [
        attrs.evolve(whole, amount=from_minor(part, account.currency), payment_id=name)
        for name, part in (("first part", minor // 2), ("second part", minor - minor // 2))
    ]
    others = [payment for payment in account.payments if payment is not whole]
    split = attrs.evolve(account, payments=(*others, *parts))
    before = assess(account, as_of=as_of, policy=policy)
    after = assess(split, as_of=as_of, policy=policy)
    if before.count != after.count or before.unallocated != after.unallocated:
        _refuse(after, f"another answer than for the payment in one, {before.count}")


LAWS: Final = (
    Law(
        statement="who pays in full on the day is never late",
        accounts=lambda currency: accounts(behaviour=Behaviour.PAYS_ON_TIME, currency=currency),
        check=_expect_nothing_late,
    ),
    Law(
        statement="an account that is paid up has 0 days, no arrears, and no band of stress, "
        "unless the policy freezes or continues an age over a change of schedule",
        accounts=lambda currency: accounts(currency=currency),
        check=_expect_nothing_late_once_paid_up,
    ),
    Law(
        statement="without a reversal, the days grow by at most one a day",
        accounts=lambda currency: accounts(currency=currency, has_reversal=False),
        check=_expect_at_most_a_day_more,
    ),
    Law(
        statement="charged = settled + waived + written off + superseded + open, and "
        "paid = settled + recovered + unallocated",
        accounts=lambda currency: accounts(currency=currency, all_facts=True).map(_as_agreed),
        check=_expect_balance,
    ),
    Law(
        statement="more days are never a better bucket",
        accounts=lambda currency: accounts(currency=currency),
        check=_expect_no_better_bucket_with_more_days,
    ),
    Law(
        statement="a payment made in two parts on one day counts as the one payment",
        accounts=lambda currency: accounts(currency=currency),
        check=_expect_the_same_for_a_split_payment,
    ),
)
"""What :func:`check_policy` checks, in this order."""
