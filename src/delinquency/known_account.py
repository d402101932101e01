"""An account as it is known at a cut, and its figures through time under a version of law.

The one idea: what was reversed was never done and a re-age within the limits is followed, once, before
anybody counts; whoever judges the account, or its debtor, starts from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from delinquency.account import Account
from delinquency.calendar import day_number
from delinquency.counting.disputes import without_lost
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.re_ageing import ReAgeAssessment, followed
from delinquency.replaying import known_day_of, ledger_rule
from delinquency.status.stretches import Stretch, is_suspended, stretches_of, without_reversed

__all__ = ["KnownAccount", "known_account"]


@attrs.frozen(slots=True)
class KnownAccount:
    """An account at a cut.

    Attributes
    ----------
    account : Account
        As given.
    known : Account
        Without what was reversed by the cut; its re-ages within the limits are followed.
    as_of_day : int
        The close that is asked of: a dispute that was lost by it may count as never held, on any day.
    known_day : int
        The cut of what was recorded.
    re_ages : tuple of ReAgeAssessment
    """

    account: Account
    known: Account
    as_of_day: int
    known_day: int
    re_ages: tuple[ReAgeAssessment, ...]

    def stretches(
        self, version: Policy, first: int, last: int, *, counts_material: bool = True
    ) -> tuple[Stretch, ...]:
        """The figures of ``[first, last]`` under a version; ``first`` is not before the account began.

        Raises
        ------
        PolicyError
            Material days are counted, and materiality is in another currency.
        """
        counting = version.counting
        if not counts_material:
            counting = attrs.evolve(counting, materiality=None)
        rule = ledger_rule(version, self.known.currency)
        account = without_lost(self.known, counting, self.as_of_day)
        return stretches_of(account, rule, counting, first, last, self.known_day)

    def is_suspended(self, day: int) -> bool:
        """Whether counting stands still at the close of a day."""
        return is_suspended(self.known, day, self.known_day)

    @property
    def due_days(self) -> Sequence[int]:
        """Days on which a debt in force fell or falls due, each once, in order of time."""
        return sorted(
            {
                row.due_day
                for row in self.known.obligations
                if row.from_day <= row.due_day < row.until_day and any(row[5:9])
            }
        )


def known_account(
    account: Account, *, as_of: date, policy: Policy | PolicyTimeline, known_on: date | None
) -> KnownAccount:
    """An account as it is known when it is asked of the close of ``as_of``."""
    as_of_day = day_number(as_of, where="assess_status", field="as_of")
    known_day = known_day_of(known_on, "assess_status")
    known = without_reversed(account, as_of_day, known_day)
    known, re_ages = followed(known, as_of=as_of, policy=policy, known_on=known_on)
    return KnownAccount(account, known, as_of_day, known_day, re_ages)
