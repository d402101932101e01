"""The clocks of a status: which time must pass, since when it runs, and until when at the earliest.

The one idea: nothing is counted here. A clock is a condition on time of an exit of the state, with the day
from which the fold counts it and what that day is the day of.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import Day, to_date
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.status.conditions import Anchor, Elapsed, Found, PeriodsPaid
from delinquency.status.evaluating import begun_by, elapsed_on, periods_paid, truth_of
from delinquency.status_answer import StatusAssessment

if TYPE_CHECKING:
    from delinquency.citation import Citation
    from delinquency.status.evaluating import Close, Memory
    from delinquency.status.machine import StatusExit, StatusState

__all__ = ["StatusClock", "status_clocks"]


@attrs.frozen(slots=True)
class StatusClock:
    """A time that must pass before a state may be left.

    Attributes
    ----------
    machine : str
    state : StatusState
        The state that may be left.
    to : str
        The code of the state that it leads to.
    condition : Elapsed or PeriodsPaid
    since : date or None
        The day from which it is counted; ``None`` while it has not begun.
    begun_by : Anchor, Found or None
        What that day is the day of: the restructuring, or what began the time anew, such as a miss.
    until : date or None
        The day on which it is complete, or is at the earliest; ``None`` where nobody can tell yet: it has not
        begun, or the schedule has too few due dates.
    is_complete : bool
    periods : int or None
        Of due dates that must come and be paid, how many did.
    citations : tuple of Citation
        Of the exit.
    """

    machine: str
    state: StatusState
    to: str
    condition: Elapsed | PeriodsPaid
    since: date | None
    begun_by: Anchor | Found | None
    until: date | None
    is_complete: bool
    periods: int | None
    citations: tuple[Citation, ...] = attrs.field(repr=False)

    @property
    def explanation(self) -> Explanation:
        """What must pass, since when it does, and until when."""
        inputs: dict[str, object] = {
            "machine": self.machine,
            "state": self.state.code,
            "to": self.to,
            "condition": str(self.condition),
        }
        if self.begun_by is None or self.until is None:
            return Explanation("status_clock_waits", None, inputs, self.citations)
        anchor = self.begun_by.value if isinstance(self.begun_by, Anchor) else str(self.begun_by)
        inputs |= {"since": self.since, "begun_by": f"since {anchor}"}
        rule = "status_clock_complete" if self.is_complete else "status_clock"
        return Explanation(rule, self.until, inputs, self.citations)

    def __str__(self) -> str:
        return self.explanation.sentence()


def status_clocks(answer: StatusAssessment, machine: str | None = None) -> tuple[StatusClock, ...]:
    """The clocks that keep an account in its state at the close of the day that was asked for.

    Parameters
    ----------
    answer : StatusAssessment
    machine : str, optional
        Of one machine; default of all that say something.

    Raises
    ------
    InvalidTypeError
        No ``StatusAssessment``.
    InvalidValueError
        No such machine.
    """
    if not isinstance(answer, StatusAssessment):
        raise InvalidTypeError.at(
            "status clocks, answer", expected="a StatusAssessment", found=answer
        )
    names = [each.name for each in answer.machines] if machine is None else [machine]
    return tuple(clock for name in names for clock in _clocks(answer, name))


def _clocks(answer: StatusAssessment, name: str) -> Iterator[StatusClock]:
    speaker = answer.spoken_by(name)
    rules, memory, close = speaker.asked(name)
    state = rules.states[memory.state]
    for way in rules.exits_of(memory.state):
        for condition in way.when:
            if isinstance(condition, Elapsed | PeriodsPaid):
                yield _clock(name, state, way, condition, close, memory)


def _clock(
    name: str,
    state: StatusState,
    way: StatusExit,
    condition: Elapsed | PeriodsPaid,
    close: Close,
    memory: Memory,
) -> StatusClock:
    begun = begun_by(condition.since, close, memory)
    if isinstance(condition, Elapsed):
        until, paid = elapsed_on(condition, close, memory), None
    else:
        until = None if begun is None else _last_of(condition, begun[0], close)
        paid = periods_paid(condition, close, memory)
    return StatusClock(
        name,
        state,
        way.to,
        condition,
        None if begun is None else to_date(begun[0]),
        None if begun is None else begun[1],
        None if until is None else to_date(until),
        truth_of(condition, close, memory) is True,
        paid,
        way.citations,
    )


def _last_of(condition: PeriodsPaid, start: Day, close: Close) -> Day | None:
    """The due date that completes the periods, if each is paid on its day."""
    later = [day for day in close.due_days or () if day > start]
    return later[condition.count - 1] if len(later) >= condition.count else None
