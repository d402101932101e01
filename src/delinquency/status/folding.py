"""From the figures and facts of an account to its states through time.

The one idea: a fold. Each machine is asked only on days on which one of its rules may change its answer; on
such a day the worst of its triggers wins, and what they do not hold may be left by an exit.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from delinquency.calendar import NONE_DAY
from delinquency.errors import InvalidValueError
from delinquency.status.evaluating import (
    NEVER,
    Close,
    Memory,
    Seen,
    Truth,
    holds,
    next_bend,
    seen_of,
)
from delinquency.status.facts import StatusFacts
from delinquency.status.machine import StatusExit, StatusMachine, StatusTrigger
from delinquency.status.stretches import NOTHING_DUE, Stretch

__all__ = ["Era", "Folded", "GivenState", "Known", "StateChange", "fold", "triggers_at"]


class StateChange(NamedTuple):
    """From the close of a day on, another state, and the rule that led to it."""

    day: int
    state: int
    rule: StatusTrigger | StatusExit | None
    """``None`` where an account begins, or where nothing held a state without exits."""
    era: int
    """The number of the version of law that said so, from 0."""
    seen: tuple[Seen, ...] = ()
    """What each condition of the rule was compared with, in their order."""


class GivenState(NamedTuple):
    """A state that another fold says, from the close of a day on."""

    day: int
    code: str


@attrs.frozen(slots=True)
class Era:
    """Days on which one version of law is in force, with the figures that it counts.

    Attributes
    ----------
    machines : sequence of StatusMachine
    stretches : sequence of Stretch
        They cover the days of the era without a gap.
    """

    machines: Sequence[StatusMachine]
    stretches: Sequence[Stretch]


@attrs.frozen(slots=True)
class Known:
    """What is known of an account beside its figures.

    Attributes
    ----------
    facts : StatusFacts
    due_days : sequence of int or None
        Days on which something fell or falls due, each once, in order of time; ``None`` where not known.
    scale : int
        Minor units in a currency unit.
    segment : str
    given : mapping of str to sequence of GivenState, optional
        By machine, in order of time: states that were judged elsewhere and that other machines may read. The
        first of each is not after the first day.
    """

    facts: StatusFacts
    due_days: Sequence[int] | None
    scale: int
    segment: str
    given: Mapping[str, Sequence[GivenState]] = attrs.field(factory=dict[str, Sequence[GivenState]])


@attrs.define(slots=True)
class Folded:
    """What a fold leaves: the changes of each machine, and what is known at the last close."""

    changes: list[list[StateChange]]
    memories: list[Memory]
    close: Close


def fold(eras: Sequence[Era], known: Known) -> Folded:
    """The states by each machine, from the first day of the first era to the last of the last.

    A machine goes on over a change of law from the state of the same code.
    """
    run = _Run(known)
    for number, era in enumerate(eras):
        run.begin(number, era)
        for stretch in era.stretches:
            run.live(stretch)
    return run.folded()


class _Run:
    """One fold under way."""

    __slots__ = (
        "changes",
        "cleared",
        "close",
        "fact_days",
        "known",
        "last_miss",
        "machines",
        "memories",
        "number",
    )

    def __init__(self, known: Known) -> None:
        self.known = known
        given = (row.day for rows in known.given.values() for row in rows)
        self.fact_days = sorted({*known.facts.days(), *given})
        self.cleared = NONE_DAY
        self.last_miss = NEVER
        self.machines: Sequence[StatusMachine] = ()
        self.memories: list[Memory] = []
        self.changes: list[list[StateChange]] = []
        self.number = 0
        self.close: Close | None = None

    def begin(self, number: int, era: Era) -> None:
        """Go on under another version of law."""
        day = era.stretches[0].start
        if number == 0:
            self.memories = [Memory(0, day) for _ in era.machines]
            self.changes = [[StateChange(day, 0, None, 0)] for _ in era.machines]
        else:
            for place, machine in enumerate(era.machines):
                memory = self.memories[place]
                old = self.machines[place].states[memory.state].code
                memory.last_trigger = {
                    machine.position(self.machines[place].states[state].code): last
                    for state, last in memory.last_trigger.items()
                }
                memory.state = machine.position(old)
        self.machines = era.machines
        self.number = number

    def live(self, stretch: Stretch) -> None:
        """Go through the days of a stretch on which something may change."""
        if stretch.newest_late_due != NOTHING_DUE:
            self.last_miss = max(self.last_miss, stretch.newest_late_due)
        if stretch.arrears:
            self.cleared = NONE_DAY
        elif self.cleared == NONE_DAY:
            self.cleared = stretch.start
        day = stretch.start
        while day < stretch.end:
            day = min(self._ask(day, stretch), stretch.end)

    def _ask(self, day: int, stretch: Stretch) -> int:
        """Ask every machine at the close of a day; the next day on which one may answer otherwise."""
        known = self.known
        states = {name: _given_on(rows, day) for name, rows in known.given.items()}
        close = Close(
            day,
            stretch,
            known.scale,
            known.segment,
            known.facts,
            known.due_days,
            self.cleared,
            self.last_miss,
            states,
        )
        until = self._next_fact(day)
        held: list[tuple[Memory, int]] = []
        for place, machine in enumerate(self.machines):
            memory = self.memories[place]
            holding = list(triggers_at(machine, close, memory, truth=True))
            held += [(memory, machine.position(trigger.to)) for trigger in holding]
            if self._move(place, machine, close, holding):
                until = day + 1  # what leads on from the state that was entered
            for condition in machine.conditions():
                until = min(until, next_bend(condition, close, memory))
            states[machine.name] = machine.states[memory.state].code
        last = min(until, stretch.end) - 1
        for memory, state in held:
            memory.last_trigger[state] = last
        self.close = close
        return until

    def _move(
        self, place: int, machine: StatusMachine, close: Close, holding: Sequence[StatusTrigger]
    ) -> bool:
        """The state of a machine at a close; whether it is another one."""
        memory, before = self.memories[place], self.memories[place].state
        worst: StatusTrigger | None = None
        floor = 0
        for trigger in holding:
            if machine.position(trigger.to) > floor or worst is None:
                worst, floor = trigger, machine.position(trigger.to)
        rule: StatusTrigger | StatusExit | None = worst
        seen: tuple[Seen, ...] = ()
        if floor < memory.state:
            while memory.state > floor:
                left = _left_by(machine, close, memory, floor)
                if left is None:
                    break
                rule, seen = left[1], _seen(left[1], close, memory)
                memory.state, memory.entered = left[0], close.day
        elif floor > memory.state:
            seen = _seen(rule, close, memory)
            memory.state, memory.entered = floor, close.day
        if memory.state == before:
            return False
        self._tell(place, StateChange(close.day, memory.state, rule, self.number, seen))
        return True

    def _tell(self, place: int, change: StateChange) -> None:
        """Add a change; the state of the first day is one from the beginning."""
        told = self.changes[place]
        if told[-1].day == change.day:
            told[-1] = change
        else:
            told.append(change)

    def _next_fact(self, day: int) -> int:
        place = bisect_right(self.fact_days, day)
        return self.fact_days[place] if place < len(self.fact_days) else NONE_DAY

    def folded(self) -> Folded:
        """What it leaves.

        Raises
        ------
        InvalidValueError
            No day was lived.
        """
        if self.close is None:
            raise InvalidValueError.at("status", expected="at least one day", found="none")
        return Folded(self.changes, self.memories, self.close)


def _given_on(rows: Sequence[GivenState], day: int) -> str:
    return next(row.code for row in reversed(rows) if row.day <= day)


def triggers_at(
    machine: StatusMachine, close: Close, memory: Memory, *, truth: Truth
) -> Iterator[StatusTrigger]:
    """The triggers for the state remembered that hold at a close, do not, or of which nobody knows."""
    code = machine.states[memory.state].code
    for trigger in machine.triggers:
        is_for_it = not trigger.leaving or code in trigger.leaving
        if is_for_it and holds(trigger.when, close, memory, excusing=True) is truth:
            yield trigger


def _seen(
    rule: StatusTrigger | StatusExit | None, close: Close, memory: Memory
) -> tuple[Seen, ...]:
    return () if rule is None else tuple(seen_of(each, close, memory) for each in rule.when)


def _left_by(
    machine: StatusMachine, close: Close, memory: Memory, floor: int
) -> tuple[int, StatusExit | None] | None:
    """The better state that may be entered, and the exit that leads to it; ``None`` if the state stays."""
    exits = list(machine.exits_of(memory.state))
    if not exits:
        return floor, None
    led = [
        (max(floor, machine.position(each.to)), each)
        for each in exits
        if holds(each.when, close, memory)
    ]
    return min(led, key=lambda pair: pair[0]) if led else None
