"""The clocks of a status after a plan: observation, probation, cure.

The one idea: the account after the plan, with what was paid since, is judged by the policy; its machines say
which time runs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from delinquency.explanation import Explanation
from delinquency.replaying import version_in_force
from delinquency.restructuring.following.facts_since import (
    account_since,
    check_later,
    payments_since,
)
from delinquency.restructuring.following.question import FollowedQuestion
from delinquency.status_assessment import assess_status
from delinquency.status_clocks import status_clocks

if TYPE_CHECKING:
    from delinquency.payments import Payment
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline
    from delinquency.restructuring.answer import Restructured
    from delinquency.status_clocks import StatusClock

__all__ = ["PlanClocks", "plan_clocks"]

_WHERE = "plan clocks"


@attrs.frozen(slots=True)
class PlanClocks:
    """The clocks that run after a plan: a sequence of them, which knows what was asked.

    Attributes
    ----------
    clocks : tuple of StatusClock
        In the order of the machines.
    machine : str or None
        The one that was asked; ``None`` for all.
    asked : FollowedQuestion
    """

    clocks: tuple[StatusClock, ...]
    machine: str | None
    asked: FollowedQuestion = attrs.field(repr=False, eq=False)

    def __len__(self) -> int:
        return len(self.clocks)

    def __iter__(self) -> Iterator[StatusClock]:
        return iter(self.clocks)

    def __getitem__(self, place: int) -> StatusClock:
        return self.clocks[place]

    @property
    def explanation(self) -> Explanation:
        """How many clocks run, and each of them."""
        done = self.asked.done
        return Explanation(
            "plan_clocks",
            len(self.clocks),
            {
                "account_id": done.after.account_id,
                "plan_on": done.plan.effective_on,
                "as_of": self.asked.as_of,
            },
            (),
            tuple(self._steps()),
        )

    def _steps(self) -> Iterator[Explanation]:
        """Each clock, what several of one exit come to, and whose count of days it is."""
        for _, group in groupby(self.clocks, key=lambda clock: (clock.machine, clock.to)):
            clocks = tuple(group)
            yield from (clock.explanation for clock in clocks)
            days = [clock.until for clock in clocks if clock.until is not None]
            if len(clocks) > 1 and len(days) == len(clocks):
                named = {"machine": clocks[0].machine, "count": len(clocks)}
                yield Explanation("plan_clocks_together", max(days), named)
        if self.clocks:
            version = version_in_force(
                self.asked.done.after, self.asked.as_of, self.asked.policy, _WHERE
            )
            yield Explanation("plan_clocks_by_law", version.name)

    def __str__(self) -> str:
        return self.explanation.to_text()


def plan_clocks(
    done: Restructured,
    payments: Iterable[Payment],
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    machine: str | None = None,
    known_on: date | None = None,
) -> PlanClocks:
    """Say which clocks of the policy run after a plan, since when, until when, and what began them anew.

    A state without an exit that asks for time has none. A clock that nothing interrupts is complete on its
    day; one that a miss began anew says so by what it was begun by. An exit may ask for several times: then
    each has a clock, and all of them must be complete.

    Days are counted as the policy counts them. What lender and debtor tolerate of a row, the tolerance of
    :func:`~delinquency.restructuring.following.verb.follow_plan`, changes no law: a row that is late within
    them breaks nothing there, and begins a clock anew here as soon as the policy counts it as missed.

    Parameters
    ----------
    done : Restructured
    payments : iterable of Payment
        Those made from the day of the plan on.
    as_of : date
        On or after the day of the plan.
    policy : Policy or PolicyTimeline
        With status machines.
    machine : str, optional
        Of one machine; default of all.
    known_on : date, optional
        As of :func:`~delinquency.assessment.assess`.

    Raises
    ------
    InvalidTypeError
        No ``Restructured``, payments, date or policy.
    InvalidValueError
        A payment before the plan; ``as_of`` before it; no such machine.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        The policy has no status.

    Examples
    --------
    In China observation begins on the first due date after the change and lasts a year at least, and two
    due dates that come and are paid, a second clock; a missed payment begins both again, on its due date.

    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan, restructure
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 13)]
    >>> account = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> policy = dq.rulebook.load("cn-loan")
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=policy)
    >>> paid = [dq.Payment(date(2025, 3, 15), 120)]
    >>> for day in (date(2025, 4, 15), date(2025, 4, 16)):
    ...     clock = plan_clocks(done, paid, as_of=day, policy=policy)[0]
    ...     print(clock.since, clock.begun_by.value, clock.until)
    2025-03-15 first due after restructuring 2026-03-15
    2025-04-15 last miss 2026-04-15

    References
    ----------
    商业银行金融资产风险分类办法 (Order 2023 No. 1), Article 20.
    """
    since = payments_since(done, payments, _WHERE)
    account = account_since(done, since, _WHERE)
    check_later(done, as_of, _WHERE)
    answer = assess_status(account, as_of=as_of, policy=policy, known_on=known_on)
    asked = FollowedQuestion(done, since, as_of, policy, known_on)
    return PlanClocks(status_clocks(answer, machine), machine, asked)
