"""Whether an account was in default again after a plan.

The one idea: a default that was there on the day of the plan is not one again; the account must have been out
of it at some close since, and in it at a later one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import Day, add_months_day, day_number, to_date
from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation
from delinquency.known_account import KnownAccount, known_account
from delinquency.policy_versions import versions_between
from delinquency.replaying import named_errors, version_in_force
from delinquency.restructuring.following.facts_since import (
    account_since,
    check_later,
    payments_since,
)
from delinquency.restructuring.following.question import FollowedQuestion
from delinquency.status_assessment import assess_status
from delinquency.whole_numbers import check_int

if TYPE_CHECKING:
    from delinquency.payments import Payment
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.restructuring.answer import Restructured

__all__ = ["ReDefault", "re_default"]

_WHERE = "re-default"
MOST_MONTHS = 1200
"""A century."""


@attrs.frozen(slots=True)
class ReDefault:
    """Whether and when an account was in default again.

    Attributes
    ----------
    account_id : str
    plan_on, as_of : date
    until : date
        The first day after the months that are looked at.
    on : date or None
        The first close of them at which it was in default again, up to ``as_of``.
    machine : str or None
        By which machine; ``None`` where days past due were asked.
    over_days : int or None
        More than so many days past due were default.
    in_default_on_plan : bool
        Whether it was in default at the close of the day of the plan.
    months : int
        So many are looked at.
    asked : FollowedQuestion
    """

    account_id: str
    plan_on: date
    as_of: date
    until: date
    on: date | None
    machine: str | None
    over_days: int | None
    in_default_on_plan: bool
    months: int
    asked: FollowedQuestion = attrs.field(repr=False, eq=False)

    @property
    def is_over(self) -> bool:
        """Whether the months have passed, so that no later default is one of them."""
        return self.as_of >= self.until

    @property
    def explanation(self) -> Explanation:
        """Whether, when, and by what."""
        rule = "re_default" if self.on is not None else "re_default_none"
        by = "days" if self.machine is None else "machine"
        return Explanation(
            f"{rule}_by_{by}",
            self.as_of if self.on is None else self.on,
            {
                "account_id": self.account_id,
                "plan_on": self.plan_on,
                "until": self.until,
                "machine": self.machine,
                "over_days": self.over_days,
            },
        )

    def __str__(self) -> str:
        return self.explanation.sentence()


def re_default(
    done: Restructured,
    payments: Iterable[Payment],
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    months: int = 12,
    over_days: int | None = None,
    machine: str | None = None,
    known_on: date | None = None,
) -> ReDefault:
    """Say whether an account was in default again within so many months after a plan.

    The months are ``[plan, plan + months)``: a default on the day on which they are complete is none of them.
    Without ``over_days`` default is a state of the machine that is not performing; with it, more days past
    due than that.

    Parameters
    ----------
    done : Restructured
    payments : iterable of Payment
        Those made from the day of the plan on.
    as_of : date
        On or after the day of the plan; later defaults are not seen.
    policy : Policy or PolicyTimeline
    months : int, default 12
        1 or more [months].
    over_days : int, optional
        Ask days past due instead of a machine [days].
    machine : str, optional
        Default the last one of the policy.
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        No ``Restructured``, payments, date or policy; no whole number.
    InvalidValueError
        A payment before the plan; ``as_of`` before it; months below 1; days below 0; both ways; no such
        machine.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        No status to ask.

    Examples
    --------
    Nothing is paid on a plan whose first row falls due on 15 March: from 14 June on it is 91 days late.

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan, restructure
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> policy = dq.rulebook.load("cn-loan")
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=policy)
    >>> for over in (None, 30):
    ...     print(re_default(done, [], as_of=date(2025, 12, 31), policy=policy, over_days=over).on)
    2025-06-14
    2025-04-15

    References
    ----------
    ASC 326-20-50, as amended by ASU 2022-02, asks for defaults within 12 months after a modification; the
    number of months was not compared with the official text.
    """
    since = payments_since(done, payments, _WHERE)
    account = account_since(done, since, _WHERE)
    with named_errors(account):
        check_later(done, as_of, _WHERE)
        check_int(months, f"{_WHERE}, months")
        if not 1 <= months <= MOST_MONTHS:
            raise InvalidValueError.at(
                f"{_WHERE}, months", expected=f"1 to {MOST_MONTHS}", found=str(months)
            )
        _check_way(over_days, machine)
    first, last = done.draft_after.day, day_number(as_of, where=_WHERE, field="as_of")
    until = add_months_day(first, months)
    if over_days is None:
        answer = assess_status(account, as_of=as_of, policy=policy, known_on=known_on)
        machine = answer.machines[-1].name if machine is None else machine
        spans = [
            (day_number(span.start, where=_WHERE, field="start"), not span.state.is_performing)
            for span in answer.spans(machine)
        ]
    else:
        version_in_force(account, as_of, policy, _WHERE)
        with named_errors(account):
            known = known_account(account, as_of=as_of, policy=policy, known_on=known_on)
            spans = list(_spans_by_days(known, policy, first, last, over_days))
    was, again = _again(spans, first, min(until, last + 1))
    return ReDefault(
        account.account_id,
        done.plan.effective_on,
        as_of,
        to_date(until),
        None if again is None else to_date(again),
        machine,
        over_days,
        was,
        months,
        FollowedQuestion(done, since, as_of, policy, known_on),
    )


def _check_way(over_days: int | None, machine: str | None) -> None:
    if over_days is None:
        return
    check_int(over_days, f"{_WHERE}, over_days")
    if over_days < 0:
        raise InvalidValueError.at(
            f"{_WHERE}, over_days", expected="0 or more days", found=str(over_days)
        )
    if machine is not None:
        raise InvalidValueError.at(_WHERE, expected="over_days or a machine", found="both")


def _spans_by_days(
    known: KnownAccount, policy: Policy | PolicyTimeline, first: Day, last: Day, over: int
) -> Iterator[tuple[Day, bool]]:
    """The days from which days past due are over a number, or are not, in order of time."""
    originated_on = known.account.originated_on
    for start, end, version in versions_between(policy, first, last, originated_on=originated_on):
        for stretch in known.stretches(version, start, end, counts_material=False):
            day, days = stretch.start, stretch.days_past_due(stretch.start)
            yield day, days > over
            ahead = over + 1 - days
            if stretch.raw_growth and 0 < ahead < stretch.end - day:
                yield day + ahead, True


def _again(spans: Iterable[tuple[Day, bool]], first: Day, end: Day) -> tuple[bool, Day | None]:
    """Whether it was in default on the first day, and the first day before ``end`` on which it is again."""
    was, is_out = False, True
    for start, in_default in spans:
        if start <= first:
            was, is_out = in_default, not in_default
        elif not in_default:
            is_out = True
        elif is_out and start < end:
            return was, start
    return was, None
