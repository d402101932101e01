"""The answer of a status: states through time, why, and what would end the last of them.

The one idea: the fold leaves whole numbers behind; spans, renderings and reasons are made when somebody
looks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from delinquency.account import Account
from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.level import Level
from delinquency.obligor import Obligor
from delinquency.period_arithmetic import month_ends
from delinquency.policy import Policy
from delinquency.status.evaluating import Close, Memory, truth_of
from delinquency.status.folding import Folded, StateChange, triggers_at
from delinquency.status.machine import StatusExit, StatusMachine, StatusState, StatusTrigger

if TYPE_CHECKING:
    from delinquency.currency import Currency
    from delinquency.explanation import Explanation
    from delinquency.re_ageing import ReAgeAssessment
    from delinquency.reported_account import ReportedAccount

__all__ = ["Resolution", "StatusAssessment", "StatusSpan"]


class Resolution(Enum):
    """Which closes an answer has looked at: each day, or month ends alone."""

    DAY = "day"
    MONTH = "month"


@attrs.frozen(slots=True)
class StatusSpan:
    """Days in one state by one machine.

    Attributes
    ----------
    machine : str
    state : StatusState
    start : date
        The first day at whose close the account is in it.
    end : date or None
        The first day at whose close it is not; ``None`` while it lasts.
    rule : StatusTrigger, StatusExit or None
        What led to it; ``None`` where the account begins, or where nothing held the state before.
    change : StateChange
        In whole numbers.
    """

    machine: str
    state: StatusState
    start: date
    end: date | None
    rule: StatusTrigger | StatusExit | None = attrs.field(repr=False)
    change: StateChange = attrs.field(repr=False)


@attrs.frozen(slots=True, eq=False)
class StatusAssessment:
    """What one policy says of the status of one account, or debtor, at the close of one day and before.

    Attributes
    ----------
    account : Account, ReportedAccount or Obligor
        What was judged: the facts, or what somebody kept of them at month ends, or a debtor with all
        accounts.
    as_of : date
    known_on : date or None
    policies : tuple of Policy
        The versions that were in force, in order of time; the last one is that of ``as_of``.
    folded : Folded
        The answer in whole numbers.
    resolution : Resolution
        Which closes were looked at. By months a change is told at the first month end that shows it.
    re_ages : tuple of ReAgeAssessment
        The re-ages that stand, under a policy with limits of re-ageing; those within them were followed.
    obligor : StatusAssessment or None
        The answer on the debtor with all accounts, which speaks here too by the machines that judge obligors;
        ``None`` where the account was asked about alone, or no machine does.
    """

    account: Account | ReportedAccount | Obligor = attrs.field(repr=False)
    as_of: date
    known_on: date | None
    policies: tuple[Policy, ...]
    folded: Folded = attrs.field(repr=False)
    resolution: Resolution = Resolution.DAY
    re_ages: tuple[ReAgeAssessment, ...] = attrs.field(default=(), repr=False)
    obligor: StatusAssessment | None = attrs.field(default=None, repr=False)

    @property
    def account_id(self) -> str:
        """The account's id; of a debtor with all accounts its own."""
        judged = self.account
        return judged.obligor_id if isinstance(judged, Obligor) else judged.account_id

    @property
    def currency(self) -> Currency:
        """The currency of every amount."""
        return self.account.currency

    @property
    def policy(self) -> Policy:
        """The version in force on ``as_of``."""
        return self.policies[-1]

    @property
    def machines(self) -> tuple[StatusMachine, ...]:
        """The machines of that version that say something; the last one speaks for what was judged.

        Of a debtor they are those that judge obligors.
        """
        return self._folded_by(self.policy) if self.obligor is None else self.policy.status

    def _folded_by(self, policy: Policy) -> tuple[StatusMachine, ...]:
        """The machines of a version that were folded here: for one asked about alone, all of them."""
        if isinstance(self.account, Obligor):
            return tuple(each for each in policy.status if each.level is Level.OBLIGOR)
        if self.obligor is not None:
            return tuple(each for each in policy.status if each.level is Level.ACCOUNT)
        return policy.status

    def spoken_by(self, machine: str | None = None) -> StatusAssessment:
        """The answer that says what a machine says: this one, or that on the debtor.

        Raises
        ------
        InvalidValueError
            No such machine.
        """
        names = [each.name for each in self.machines]
        if machine is not None and machine not in names:
            raise InvalidValueError.at(
                "status, machine", expected=f"one of {', '.join(names)}", found=repr(machine)
            )
        own = [each.name for each in self._folded_by(self.policy)]
        if self.obligor is None or (machine or names[-1]) in own:
            return self
        return self.obligor

    @property
    def state(self) -> StatusState:
        """The state by the last machine."""
        return self.spans()[-1].state

    @property
    def since(self) -> date:
        """The first day of the state."""
        return self.spans()[-1].start

    @property
    def states(self) -> dict[str, StatusState]:
        """The state by each machine."""
        return {machine.name: self.spans(machine.name)[-1].state for machine in self.machines}

    def spans(self, machine: str | None = None) -> tuple[StatusSpan, ...]:
        """The states by a machine, or the last one, from the first day of the account on.

        The first span of an account that began in a state of its debtor has the rule that led the debtor
        there.

        Raises
        ------
        InvalidValueError
            No such machine.
        """
        speaker = self.spoken_by(machine)
        if speaker is not self:
            return self._since_begun(speaker.spans(machine or self.machines[-1].name))
        place = self._place(machine)
        changes = self.folded.changes[place]
        ends = [*(change.day for change in changes[1:]), NONE_DAY]
        return tuple(
            StatusSpan(
                self._folded_by(self.policy)[place].name,
                self._folded_by(self.policies[change.era])[place].states[change.state],
                to_date(change.day),
                None if end == NONE_DAY else to_date(end),
                change.rule,
                change,
            )
            for change, end in zip(changes, ends, strict=True)
        )

    def _since_begun(self, told: tuple[StatusSpan, ...]) -> tuple[StatusSpan, ...]:
        """The spans of a debtor since an account of it began."""
        begun = self.account.originated_on if isinstance(self.account, Account) else told[0].start
        return tuple(
            attrs.evolve(span, start=max(span.start, begun))
            for span in told
            if span.end is None or span.end > begun
        )

    def on(self, day: date, machine: str | None = None) -> StatusState:
        """The state at the close of a day, as it is known at the cut of this answer.

        Raises
        ------
        InvalidTypeError
            Not a date.
        InvalidValueError
            A day before the first span or after ``as_of``; no such machine.
        """
        day_number(day, where="status", field="day")
        spans = self.spans(machine)
        if not spans[0].start <= day <= self.as_of:
            raise InvalidValueError.at(
                "status, day", expected=f"from {spans[0].start} to {self.as_of}", found=str(day)
            )
        return next(span.state for span in reversed(spans) if span.start <= day)

    def daily(
        self, first: date, last: date, machine: str | None = None
    ) -> tuple[tuple[date, StatusState], ...]:
        """Every day from ``first`` to ``last``, both included, with the state at its close.

        Raises
        ------
        InvalidTypeError
            Not dates.
        InvalidValueError
            As :meth:`on`; ``last`` before ``first``.
        """
        start = day_number(first, where="status", field="first")
        end = day_number(last, where="status", field="last")
        self._check_days(first, last, machine)
        return self._rendered((to_date(day) for day in range(start, end + 1)), machine)

    def monthly(
        self, first: date, last: date, machine: str | None = None
    ) -> tuple[tuple[date, StatusState], ...]:
        """Every month end from ``first`` to ``last``, both included, with the state at its close.

        Raises as :meth:`daily`.
        """
        self._check_days(first, last, machine)
        return self._rendered(month_ends(first, last), machine)

    def _check_days(self, first: date, last: date, machine: str | None) -> None:
        self.on(first, machine)
        self.on(last, machine)
        if last < first:
            raise InvalidValueError.at(
                "status, last", expected=f"a day on or after {first}", found=str(last)
            )

    def _rendered(
        self, days: Iterable[date], machine: str | None
    ) -> tuple[tuple[date, StatusState], ...]:
        """Days in order, each with its state; one walk over the spans."""
        spans, place = self.spans(machine), 0
        rows: list[tuple[date, StatusState]] = []
        for day in days:
            while place + 1 < len(spans) and spans[place + 1].start <= day:
                place += 1
            rows.append((day, spans[place].state))
        return tuple(rows)

    def _place(self, machine: str | None) -> int:
        """The place of a machine among those that were folded here."""
        names = [each.name for each in self._folded_by(self.policy)]
        return len(names) - 1 if machine is None else names.index(machine)

    def asked(self, machine: str | None) -> tuple[StatusMachine, Memory, Close]:
        """A machine that was folded here, what it remembers, and the last close at which it was asked."""
        place = self._place(machine)
        rules = self._folded_by(self.policy)[place]
        return rules, self.folded.memories[place], self.folded.close

    def not_assessed(self, machine: str | None = None) -> tuple[StatusTrigger, ...]:
        """Triggers to a worse state of which nobody knows whether they hold: a figure was never reported.

        Of one machine, or of all of them: a machine may read the answer of another.
        """
        if machine is None:
            names = [each.name for each in self.machines]
            return tuple(trigger for name in names for trigger in self.not_assessed(name))
        speaker = self.spoken_by(machine)
        if speaker is not self:
            return speaker.not_assessed(machine)
        rules, memory, close = self.asked(machine)
        unknown = triggers_at(rules, close, memory, truth=None)
        return tuple(each for each in unknown if rules.position(each.to) > memory.state)

    def holding(self, machine: str | None = None) -> tuple[StatusTrigger, ...]:
        """Triggers that hold: the state is never better than what one of them says. The worst comes first."""
        speaker = self.spoken_by(machine)
        if speaker is not self:
            return speaker.holding(machine or self.machines[-1].name)
        rules, memory, close = self.asked(machine)
        found = triggers_at(rules, close, memory, truth=True)
        return tuple(sorted(found, key=lambda trigger: -rules.position(trigger.to)))

    def exits(
        self, machine: str | None = None
    ) -> tuple[tuple[StatusExit, tuple[bool | None, ...]], ...]:
        """The exits of the state, each with whether its conditions hold: what would end it."""
        speaker = self.spoken_by(machine)
        if speaker is not self:
            return speaker.exits(machine or self.machines[-1].name)
        rules, memory, close = self.asked(machine)
        return tuple(
            (each, tuple(truth_of(condition, close, memory) for condition in each.when))
            for each in rules.exits_of(memory.state)
        )

    def why(self, span: StatusSpan) -> Explanation:
        """Why the account entered one of the spans of this answer: the rule, its figures and its article.

        Raises
        ------
        InvalidTypeError
            Not a span.
        InvalidValueError
            A span of another answer.
        """
        from delinquency.status_reasons import explain_change

        if not isinstance(span, StatusSpan):
            raise InvalidTypeError.at("status, why", expected="a StatusSpan", found=span)
        if span not in self.spans(span.machine):
            raise InvalidValueError.at(
                "status, why", expected="a span of this answer", found=f"one from {span.start}"
            )
        return explain_change(self, span)

    @property
    def explanation(self) -> Explanation:
        """The rule that led to the state, its figures and article, and what would end it."""
        from delinquency.status_reasons import explain_status

        return explain_status(self)

    def __str__(self) -> str:
        return self.explanation.sentence()
