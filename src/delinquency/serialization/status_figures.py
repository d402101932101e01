"""The figures of a status, as an audit record keeps them.

The one idea: a record is read without the machine that made it. Each span says by which rule it began and
why, and the last one what holds it, what would end it, and what nobody could know.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.citation import Citation
from delinquency.explanation import Explanation
from delinquency.status import Condition

if TYPE_CHECKING:
    from delinquency.status import StatusTrigger
    from delinquency.status_answer import StatusAssessment, StatusSpan

__all__ = [
    "StatusConditionRecord",
    "StatusExitRecord",
    "StatusFigures",
    "StatusMachineRecord",
    "StatusSpanRecord",
    "StatusTriggerRecord",
    "status_figures",
]


@attrs.frozen(slots=True)
class StatusSpanRecord:
    """Days in one state, and why they began.

    Parameters
    ----------
    state : str
        The code of the state.
    start : date
        The first day at whose close the account is in it.
    end : date or None
        The first day at whose close it is not; ``None`` while it lasts.
    policy_version : str
        Name and first day in force of the policy version that said so.
    conditions : tuple of Condition
        Those of the rule that led to it, all of which held; none where the account begins, or where nothing
        held the state before.
    citations : tuple of Citation
        The sources of that rule.
    why : Explanation
        The rule and what its conditions were compared with.
    """

    state: str
    start: date
    end: date | None
    policy_version: str
    conditions: tuple[Condition, ...]
    citations: tuple[Citation, ...]
    why: Explanation


@attrs.frozen(slots=True)
class StatusTriggerRecord:
    """A rule that leads to a state.

    Parameters
    ----------
    to : str
        At least this state.
    conditions : tuple of Condition
        While all of them hold.
    citations : tuple of Citation
        The sources of the rule.
    """

    to: str
    conditions: tuple[Condition, ...]
    citations: tuple[Citation, ...]


@attrs.frozen(slots=True)
class StatusConditionRecord:
    """A condition, and whether it holds at the close of the day.

    Parameters
    ----------
    condition : Condition
    holds : bool or None
        ``None`` where nobody knows.
    """

    condition: Condition
    holds: bool | None


@attrs.frozen(slots=True)
class StatusExitRecord:
    """A rule that would end the state.

    Parameters
    ----------
    to : str
        The state that it leads to.
    conditions : tuple of StatusConditionRecord
        All must hold, and no trigger; without any the state is left as soon as nothing holds it.
    citations : tuple of Citation
        The sources of the rule.
    """

    to: str
    conditions: tuple[StatusConditionRecord, ...]
    citations: tuple[Citation, ...]


@attrs.frozen(slots=True)
class StatusMachineRecord:
    """What one machine says of an account.

    Parameters
    ----------
    machine : str
        The name of the machine.
    state : str
        The code of the state at the close of the day.
    since : date
        The first day of that state.
    is_performing : bool
        Whether an account in it counts as performing.
    spans : tuple of StatusSpanRecord
        The states from the first day on, without a gap.
    holding : tuple of StatusTriggerRecord
        The triggers that hold at the close of the day, the worst first.
    exits : tuple of StatusExitRecord
        What would end the state.
    not_assessed : tuple of StatusTriggerRecord
        The triggers to a worse state of which nobody knows whether they hold.
    """

    machine: str
    state: str
    since: date
    is_performing: bool
    spans: tuple[StatusSpanRecord, ...]
    holding: tuple[StatusTriggerRecord, ...]
    exits: tuple[StatusExitRecord, ...]
    not_assessed: tuple[StatusTriggerRecord, ...]


@attrs.frozen(slots=True)
class StatusFigures:
    """The figures of a status.

    Parameters
    ----------
    state : str
        The code of the state by the last machine, which speaks for the account.
    since : date
        The first day of that state.
    is_performing : bool
        Whether an account in it counts as performing.
    machines : tuple of StatusMachineRecord
        What each machine says, in the order of the policy.
    """

    state: str
    since: date
    is_performing: bool
    machines: tuple[StatusMachineRecord, ...]


def status_figures(answer: StatusAssessment) -> StatusFigures:
    """The figures of an answer on a status."""
    machines = tuple(_machine(answer, machine.name) for machine in answer.machines)
    last = machines[-1]
    return StatusFigures(last.state, last.since, last.is_performing, machines)


def _machine(answer: StatusAssessment, name: str) -> StatusMachineRecord:
    spans = answer.spans(name)
    last = spans[-1]
    return StatusMachineRecord(
        machine=name,
        state=last.state.code,
        since=last.start,
        is_performing=last.state.is_performing,
        spans=tuple(_span(answer, span) for span in spans),
        holding=_triggers(answer.holding(name)),
        exits=tuple(
            StatusExitRecord(
                each.to, tuple(map(StatusConditionRecord, each.when, truths)), each.citations
            )
            for each, truths in answer.exits(name)
        ),
        not_assessed=_triggers(answer.not_assessed(name)),
    )


def _span(answer: StatusAssessment, span: StatusSpan) -> StatusSpanRecord:
    return StatusSpanRecord(
        state=span.state.code,
        start=span.start,
        end=span.end,
        policy_version=answer.policies[span.change.era].version,
        conditions=() if span.rule is None else span.rule.when,
        citations=() if span.rule is None else span.rule.citations,
        why=answer.why(span),
    )


def _triggers(triggers: Iterable[StatusTrigger]) -> tuple[StatusTriggerRecord, ...]:
    return tuple(StatusTriggerRecord(each.to, each.when, each.citations) for each in triggers)
