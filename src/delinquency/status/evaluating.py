"""Whether conditions hold at the close of a day, and on which day they next may change.

The one idea: three answers, not two. A rule of several conditions fails if one fails, is unknown if one is,
and holds otherwise; and whoever evaluates says until when the answer stands, so that no day is looked at for
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import attrs

from delinquency.calendar import NONE_DAY
from delinquency.civil_days import add_months_day
from delinquency.rounding import Proportion
from delinquency.status.conditions import (
    Anchor,
    Condition,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    SegmentIs,
    StateIs,
    TimeUnit,
)

if TYPE_CHECKING:
    from delinquency.status.facts import StatusFacts
    from delinquency.status.stretches import Stretch

__all__ = [
    "NEVER",
    "UNKNOWN",
    "Close",
    "Memory",
    "Seen",
    "Truth",
    "anchor_day",
    "begun_by",
    "elapsed_on",
    "holds",
    "next_bend",
    "periods_paid",
    "seen_of",
    "truth_of",
]

Truth = bool | None
"""``None`` where nobody knows."""

Seen = int | tuple[int, int] | str | None
"""What a condition was compared with: days, minor units, a day, a quotient, a state; ``None`` if unknown."""

UNKNOWN = -1
"""In place of a figure that nobody kept."""

NEVER = -NONE_DAY
"""In place of the day of what has not happened."""


@attrs.define(slots=True)
class Memory:
    """What a machine remembers of the days before."""

    state: int
    entered: int
    last_trigger: dict[int, int] = attrs.field(factory=dict[int, int])
    """By state: the last close at which a trigger held that leads to it."""


@attrs.frozen(slots=True)
class Close:
    """A day at whose close rules are asked, and all that they may ask of it.

    Attributes
    ----------
    day : int
    stretch : Stretch
        The figures.
    scale : int
        Minor units in a currency unit.
    segment : str
        That of the account.
    facts : StatusFacts
    due_days : sequence of int or None
        Due days of the debts in force, each once, in order of time; ``None`` where they are not known.
    cleared : int
        The first close since when nothing is in arrears; 2**31 - 1 while something is.
    last_miss : int
        The due day of the newest debt that was late by now; 1 - 2**31 if none was.
    states : mapping of str to str
        The states of the day by the machines that come before.
    """

    day: int
    stretch: Stretch
    scale: int
    segment: str
    facts: StatusFacts
    due_days: Sequence[int] | None
    cleared: int
    last_miss: int
    states: Mapping[str, str]


def holds(
    conditions: Iterable[Condition], close: Close, memory: Memory, *, excusing: bool = False
) -> Truth:
    """Whether all of some conditions hold at a close.

    With ``excusing`` a finding that must be absent is looked for as an excuse: what a trigger asks.
    """
    answer: Truth = True
    for condition in conditions:
        if excusing and isinstance(condition, Found) and not condition.is_found:
            truth: Truth = not close.facts.is_excused_on(condition.kind, close.day)
        else:
            truth = truth_of(condition, close, memory)
        if truth is False:
            return False
        if truth is None:
            answer = None
    return answer


def truth_of(condition: Condition, close: Close, memory: Memory) -> Truth:
    """Whether one condition holds at a close."""
    answer: Truth = None
    match condition:
        case FigureIs():
            value = figure_on(condition.figure, close.stretch, close.day)
            scale = close.scale if condition.figure.is_amount else 1
            answer = None if value == UNKNOWN else _compared(condition, value, scale)
        case ReportedIs():
            figure = close.facts.figure_on(condition.name, close.day, close.stretch.exposure)
            answer = None if figure is None else _compared(condition, *figure)
        case Found():
            start = close.facts.finding_on(condition.kind, close.day)
            answer = (start != NONE_DAY) is condition.is_found
            if answer and condition.since:
                latest = _latest(condition.since, close, memory)
                answer = latest is not None and latest < start
        case Restructured():
            answer = _is_restructured(condition.gave_up_over, close)
        case SegmentIs():
            answer = close.segment == condition.segment
        case StateIs():
            answer = close.states[condition.machine] in condition.states
        case Elapsed():
            ends = elapsed_on(condition, close, memory)
            answer = ends is not None and ends <= close.day
        case PeriodsPaid():
            paid = periods_paid(condition, close, memory)
            answer = None if paid is None else paid >= condition.count
    return answer


def _compared(condition: FigureIs | ReportedIs, numerator: int, denominator: int) -> bool:
    """Whether a quotient stands to the number of a condition as it says."""
    value = condition.value
    return condition.operator.holds(numerator * value.denominator, value.numerator * denominator)


def figure_on(figure: Figure, stretch: Stretch, day: int) -> int:
    """A figure at the close of a day of a stretch: days, or minor units."""
    match figure:
        case Figure.DAYS_PAST_DUE:
            return stretch.days_past_due(day)
        case Figure.DELINQUENT_DAYS:
            return stretch.delinquent_days(day)
        case Figure.MATERIAL_DAYS_PAST_DUE:
            return stretch.material_days(day)
        case Figure.ARREARS:
            return stretch.arrears
        case Figure.EXPOSURE:
            return stretch.exposure


def _is_restructured(gave_up_over: Proportion | None, close: Close) -> Truth:
    changes = close.facts.changes_on(close.day)
    if gave_up_over is None or not changes:
        return bool(changes)
    over = [
        change.numerator * gave_up_over.denominator > gave_up_over.numerator * change.denominator
        for change in changes
        if change.numerator >= 0
    ]
    if any(over):
        return True
    return False if len(over) == len(changes) else None


def anchor_day(anchor: Anchor | Found, close: Close, memory: Memory) -> int | None:
    """The day of an anchor; ``None`` where what it speaks of has not happened, or does not last."""
    change = close.facts.last_change(close.day)
    day = NEVER
    match anchor:
        case Found():
            start = close.facts.finding_on(anchor.kind, close.day)
            day = NEVER if start == NONE_DAY else start
        case Anchor.ENTERING:
            day = memory.entered
        case Anchor.LAST_TRIGGER:
            held = [last for state, last in memory.last_trigger.items() if state >= memory.state]
            day = max(held) + 1 if held else NEVER
        case Anchor.CLEARING:
            day = NEVER if close.cleared == NONE_DAY else close.cleared
        case Anchor.LAST_MISS:
            day = close.last_miss
        case Anchor.RESTRUCTURING:
            day = NEVER if change is None else change.day
        case Anchor.FIRST_DUE_AFTER_RESTRUCTURING:
            day = NEVER if change is None else change.first_due
        case Anchor.GRACE_END:
            day = NEVER if change is None else change.grace_until
    return None if day == NEVER else day


_MUST_HAVE_HAPPENED = frozenset({Anchor.CLEARING})
"""Anchors without which nothing has begun, however old the others are."""


def begun_by(
    since: Iterable[Anchor | Found], close: Close, memory: Memory
) -> tuple[int, Anchor | Found] | None:
    """The latest of some days, and what it is the day of; of one day the first that is named.

    ``None`` if none of them came, or one that must have come did not.
    """
    latest: tuple[int, Anchor | Found] | None = None
    for anchor in since:
        day = anchor_day(anchor, close, memory)
        if day is None:
            if anchor in _MUST_HAVE_HAPPENED or isinstance(anchor, Found):
                return None
        elif latest is None or day > latest[0]:
            latest = day, anchor
    return latest


def _latest(since: Iterable[Anchor | Found], close: Close, memory: Memory) -> int | None:
    begun = begun_by(since, close, memory)
    return None if begun is None else begun[0]


def elapsed_on(condition: Elapsed, close: Close, memory: Memory) -> int | None:
    """The day on which the time is complete; ``None`` where it has not begun."""
    start = _latest(condition.since, close, memory)
    if start is None:
        return None
    if condition.unit is TimeUnit.MONTHS:
        return add_months_day(start, condition.count)
    return start + condition.count


def periods_paid(condition: PeriodsPaid, close: Close, memory: Memory) -> int | None:
    """Due days after the latest of the anchors, up to the day, that were paid; a late one ends the row."""
    if close.due_days is None:
        return None
    start = _latest(condition.since, close, memory)
    if start is None or close.stretch.arrears:
        return 0
    unpaid_today = close.stretch.unpaid > 0
    return sum(
        start < day <= close.day and not (unpaid_today and day == close.day)
        for day in close.due_days
    )


def next_bend(condition: Condition, close: Close, memory: Memory) -> int:
    """The next day on which a condition may change while figures and facts go on as they do."""
    match condition:
        case FigureIs():
            return _next_crossing(condition, close)
        case Elapsed():
            ends = elapsed_on(condition, close, memory)
            return NONE_DAY if ends is None or ends <= close.day else ends
        case _:
            return NONE_DAY


def _next_crossing(condition: FigureIs, close: Close) -> int:
    """The next day on which a count of days is at the number of a condition, or has passed it."""
    stretch, day = close.stretch, close.day
    growing, value = _growth(condition.figure, stretch), figure_on(condition.figure, stretch, day)
    if not growing:
        return NONE_DAY
    target = condition.value.numerator
    return next(
        (day + aim - value for aim in (target, target + 1) if aim > value),
        NONE_DAY,
    )


def _growth(figure: Figure, stretch: Stretch) -> int:
    match figure:
        case Figure.DAYS_PAST_DUE:
            return stretch.raw_growth
        case Figure.DELINQUENT_DAYS:
            return stretch.delinquent_growth
        case Figure.MATERIAL_DAYS_PAST_DUE:
            return stretch.material_growth
        case _:
            return 0


def seen_of(condition: Condition, close: Close, memory: Memory) -> Seen:
    """What a condition was compared with at a close."""
    seen: Seen = None
    match condition:
        case FigureIs():
            seen = figure_on(condition.figure, close.stretch, close.day)
            seen = None if seen == UNKNOWN else seen
        case ReportedIs():
            seen = close.facts.figure_on(condition.name, close.day, close.stretch.exposure)
        case Found():
            start = close.facts.finding_on(condition.kind, close.day)
            seen = None if start == NONE_DAY else start
        case Restructured():
            known = [each for each in close.facts.changes_on(close.day) if each.numerator >= 0]
            if known:
                seen = max((each[3:] for each in known), key=lambda share: Fraction(*share))
        case SegmentIs():
            seen = close.segment
        case StateIs():
            seen = close.states[condition.machine]
        case Elapsed():
            seen = elapsed_on(condition, close, memory)
        case PeriodsPaid():
            seen = periods_paid(condition, close, memory)
    return seen
