"""Days past due before and after a plan, by what each policy says of a change of schedule.

The one idea: the account after the plan is one account; how late it is on the day before, on the day and
later is asked of each policy, and the difference is its rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import attrs

from delinquency.counting.days import count_days
from delinquency.counting.rule import ScheduleChangeRule
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.replaying import replay_version, version_in_force
from delinquency.restructuring.following.facts_since import (
    account_since,
    check_later,
    payments_since,
)
from delinquency.restructuring.following.question import FollowedQuestion
from delinquency.sequences import checked_tuple

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.payments import Payment
    from delinquency.restructuring.answer import Restructured

__all__ = ["CountsAround", "DaysOn", "counts_around"]

_WHERE = "counts around a plan"


class DaysOn(NamedTuple):
    """How late an account is at the close of a day."""

    day: date
    days_past_due: int
    """[days]"""
    delinquent_days: int
    """Days past due less suspension less grace [days]."""


@attrs.frozen(slots=True)
class CountsAround:
    """What one policy counts around a plan.

    Attributes
    ----------
    policy : Policy
        The version in force on the day of the plan, whose rule says what becomes of the count.
    eve, on_plan, now : DaysOn
        On the day before the plan, on its day, and on the day asked for, each by the version of that day.
    asked : FollowedQuestion
    """

    policy: Policy = attrs.field(repr=False)
    eve: DaysOn
    on_plan: DaysOn
    now: DaysOn
    asked: FollowedQuestion = attrs.field(repr=False, eq=False)

    @property
    def rule(self) -> ScheduleChangeRule:
        """What it does when a schedule is replaced: follow the new one, continue, or freeze."""
        return self.policy.counting.schedule_change

    @property
    def explanation(self) -> Explanation:
        """The three counts, the rule, and the sources of the policy."""
        return Explanation(
            "counts_around",
            self.rule.value,
            {
                "policy": self.policy.name,
                "eve_on": self.eve.day,
                "eve": self.eve.days_past_due,
                "eve_counted": self.eve.delinquent_days,
                "plan_on": self.on_plan.day,
                "plan": self.on_plan.days_past_due,
                "plan_counted": self.on_plan.delinquent_days,
                "as_of": self.now.day,
                "now": self.now.days_past_due,
                "now_counted": self.now.delinquent_days,
            },
            self.policy.citations,
        )

    def __str__(self) -> str:
        return self.explanation.to_text()


def counts_around(
    done: Restructured,
    payments: Iterable[Payment],
    *,
    as_of: date,
    policies: Iterable[Policy | PolicyTimeline],
    known_on: date | None = None,
) -> tuple[CountsAround, ...]:
    """Days past due on the eve of a plan, on its day and on ``as_of``, under each of several policies.

    A regime that follows the new schedule forgets what a plan replaced; one that continues lets it go on
    ageing until it is made up for; one that freezes keeps the days of the eve for good. What a plan left past
    due goes on ageing under each.

    Parameters
    ----------
    done : Restructured
    payments : iterable of Payment
        Those made from the day of the plan on.
    as_of : date
        On or after the day of the plan.
    policies : iterable of Policy or PolicyTimeline
        At least one.
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        No ``Restructured``, payments, date or policies.
    InvalidValueError
        A payment before the plan; ``as_of`` before it; no policy.
    PolicyNotInForceError
        No version is in force on one of the days.

    Examples
    --------
    >>> import attrs
    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan, restructure
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> base = dq.rulebook.load("founding-report").versions[-1]
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=base)
    >>> regimes = [attrs.evolve(base, counting=dq.Counting(schedule_change=rule))
    ...     for rule in ScheduleChangeRule]
    >>> for told in counts_around(done, [], as_of=date(2025, 3, 11), policies=regimes):
    ...     print(told.rule.value, [each.days_past_due for each in (told.eve, told.on_plan, told.now)])
    follow_new [44, 0, 0]
    continue [44, 45, 55]
    freeze [44, 44, 44]
    """
    since = payments_since(done, payments, _WHERE)
    account = account_since(done, since, _WHERE)
    check_later(done, as_of, _WHERE)
    if isinstance(policies, Policy | PolicyTimeline):
        raise InvalidTypeError.at(
            f"{_WHERE}, policies",
            expected="several policies",
            found=policies,
            hint="One alone is given in a list too: [...].",
        )
    kept = checked_tuple(policies, (Policy, PolicyTimeline), f"{_WHERE}, policy")
    if not kept:
        raise InvalidValueError.at(
            f"{_WHERE}, policies", expected="at least one policy", found="none"
        )
    return tuple(
        _counts(account, FollowedQuestion(done, since, as_of, policy, known_on)) for policy in kept
    )


def _counts(account: Account, asked: FollowedQuestion) -> CountsAround:
    """What one policy counts on the three days."""
    on = asked.done.plan.effective_on
    eve, on_plan, now = (
        _days_on(account, day, asked.policy, asked.known_on)
        for day in (on - timedelta(days=1), on, asked.as_of)
    )
    version = version_in_force(account, on, asked.policy, _WHERE)
    return CountsAround(version, eve, on_plan, now, asked)


def _days_on(
    account: Account, day: date, policy: Policy | PolicyTimeline, known_on: date | None
) -> DaysOn:
    version = version_in_force(account, day, policy, _WHERE)
    ledger = replay_version(account, as_of=day, version=version, known_on=known_on)
    count = count_days(ledger, version.counting)
    return DaysOn(day, count.days_past_due, count.delinquent_days)
