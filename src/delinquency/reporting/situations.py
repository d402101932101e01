"""How an account stands at the close of a day, as a register asks it.

The one idea: three things decide - whether anything is open, what the last thing was that overrides age, and
days past due - and they are read off the one assessment of the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from delinquency.assessment import Assessment, assess
from delinquency.calendar import day_number, to_date
from delinquency.errors import PolicyError
from delinquency.event_rows import Decision
from delinquency.ledger import Standing
from delinquency.ledger.deciding import standing_decisions
from delinquency.ledger.money import cut_of
from delinquency.replaying import version_in_force
from delinquency.reported_states import ReportedState, StateCode
from delinquency.reporting.credit_events import CreditEvent, checked_events

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.ledger import Ledger
    from delinquency.policy import Policy
    from delinquency.policy_versions import PolicyTimeline

__all__ = ["Question", "Situation", "asked", "state_code"]


@attrs.frozen(slots=True)
class Question:
    """Whose report is asked for: the account, the policy, and what else is known of it."""

    account: Account
    policy: Policy | PolicyTimeline
    version: Policy
    """That of the day of the report; it names the months before the account and before its records."""
    known_on: date | None
    events: tuple[CreditEvent, ...]
    unknown_before: date | None

    def untold(self, day: date) -> ReportedState | None:
        """Why nothing is told of a day: the account had not begun, or its records had not."""
        if day < self.account.originated_on:
            return ReportedState.NOT_OPENED
        if self.unknown_before is not None and day < self.unknown_before:
            return ReportedState.UNKNOWN
        return None

    def assessed(self, day: date) -> Assessment:
        """The assessment at the close of a day, by the version in force then."""
        return assess(self.account, as_of=day, policy=self.policy, known_on=self.known_on)

    def unpaid(self, day: date) -> Assessment:
        """The assessment at the close of a day had no money come on it."""
        others = [payment for payment in self.account.payments if payment.value_date != day]
        without = attrs.evolve(self.account, payments=others)
        return attrs.evolve(self, account=without).assessed(day)

    def situation(self, day: date) -> Situation:
        """How the account stands at the close of a day."""
        answer = self.assessed(day)
        written_on = _written_off_on(answer.ledger)
        overriding = [
            (event.value_date, event.state) for event in self.events if event.holds_on(day)
        ]
        if written_on is not None:
            overriding.append((written_on, ReportedState.WRITTEN_OFF))
        last = max(overriding, key=lambda pair: pair[0], default=(None, None))[1]
        return Situation(answer, last, written_on)


@attrs.frozen(slots=True)
class Situation:
    """An account at the close of a day.

    Attributes
    ----------
    answer : Assessment
    last : ReportedState or None
        What overrides age, and of several the last to come about; ``None`` where age alone decides.
    written_on : date or None
        When an account that has ended was written off.
    """

    answer: Assessment
    last: ReportedState | None
    written_on: date | None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is open or claimed."""
        return self.answer.ledger.standing in (Standing.PAID, Standing.SETTLED)

    @property
    def judged_on(self) -> date:
        """The close at which payments are judged: of an account that has ended, that before its end."""
        ledger = self.answer.ledger
        if self.written_on is not None:
            return self.written_on - timedelta(days=1)
        if ledger.standing is Standing.ACTIVE:
            return self.answer.as_of
        moves = ledger.moves
        days = [row[0] for row in (*moves.settled, *moves.waived, *moves.written_off)]
        return to_date(max(days) - 1) if days else self.answer.as_of


def _written_off_on(ledger: Ledger) -> date | None:
    """The last day on which the lender wrote off what an account that has ended owed."""
    if ledger.standing is Standing.ACTIVE or not ledger.moves.written_off:
        return None
    as_of, known = ledger.as_of_day, ledger.known_day
    decisions = standing_decisions(ledger.account, as_of, known, cut_of(as_of, known))
    moved = {row[0] for row in ledger.moves.written_off}
    days = [
        day
        for day, rows in decisions.items()
        if day in moved and any(row.kind == Decision.WRITE_OFF for row in rows)
    ]
    return to_date(max(days)) if days else None


def asked(
    account: Account,
    *,
    as_of: date,
    policy: Policy | PolicyTimeline,
    known_on: date | None,
    events: Iterable[CreditEvent],
    unknown_before: date | None,
    verb: str,
) -> Question:
    """A question whose every part was looked at.

    Raises
    ------
    InvalidTypeError
        Not an account, a date, a policy or events.
    InvalidValueError
        An event that the register of the policy has no code for.
    PolicyNotInForceError
        No version is in force.
    PolicyError
        The policy has no codes of states.
    """
    version = version_in_force(account, as_of, policy, verb)
    if known_on is not None:
        day_number(known_on, where=verb, field="known_on")
    if unknown_before is not None:
        day_number(unknown_before, where=verb, field="unknown_before")
    if version.state_codes is None:
        raise PolicyError.at(
            f"{verb}, policy {version.name!r}",
            expected="codes of states",
            found="none",
            hint="A rulebook file has them in [version.state_codes].",
        )
    known = checked_events(events, version, known_on, verb)
    return Question(account, policy, version, known_on, known, unknown_before)


def state_code(policy: Policy, state: ReportedState) -> StateCode:
    """The codes of a state.

    Raises
    ------
    PolicyError
        The policy has none.
    """
    found = None if policy.state_codes is None else policy.state_codes.of(state)
    if found is None:
        raise PolicyError.at(
            f"policy {policy.version!r}, states",
            expected=f"a code for the state {state.value!r}",
            found="none",
            hint="A rulebook file has it in [[version.state_codes.state]].",
        )
    return found
