"""Whether a condition holds of one account at the end of a period: yes, no, or nobody knows.

The one idea: the figures that decide are kept beside the answer, so that whoever reads the reasons can reach
the verdict again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

import attrs

from delinquency.early_warning.conditions import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    ForPeriods,
    How,
    InPeriods,
    Reading,
    WarningCondition,
    unit_of,
)
from delinquency.early_warning.observations import Observations
from delinquency.early_warning.rule import WarningRule
from delinquency.early_warning.units import SHARE_SCALE

__all__ = ["Judgement", "Truth", "judge", "judge_periods", "read"]

Truth: TypeAlias = bool | None
"""Whether a condition holds; ``None``: nobody knows."""


@attrs.frozen(slots=True)
class Judgement:
    """A condition at the end of one period, with the figures that decided.

    Attributes
    ----------
    condition : condition
    place : int
        Of the period, from 0.
    holds : bool or None
    figure : Fraction or None
        Of a comparison: what was read, in whole numbers of its unit; ``None`` where nobody knows.
    limit : Fraction or None
        Of a comparison: what it was beside.
    below : tuple of Judgement
        What it rests on.
    """

    condition: WarningCondition
    place: int
    holds: Truth
    figure: Fraction | None = None
    limit: Fraction | None = None
    below: tuple[Judgement, ...] = ()


def read(observations: Observations, reading: Reading, place: int) -> Fraction | None:
    """What a reading gives at the end of a period, in whole numbers of its unit; growth in millionths.

    ``None`` where the observation is not there, a period of the window is unknown, or the history is shorter
    than the window.
    """
    column = observations.numbers.get(reading.observation)
    first = place + 1 - reading.periods
    if column is None or first < 0:
        return None
    window = column[first : place + 1]
    known = [number for number in window if number is not None]
    if len(known) < len(window):
        return None
    return _MADE[reading.how](known)


def _growth(window: Sequence[int]) -> Fraction | None:
    if window[0] <= 0:
        return None
    return Fraction((window[-1] - window[0]) * SHARE_SCALE, window[0])


def _streak(window: Sequence[int]) -> int:
    count = 0
    for place in range(len(window) - 1, 0, -1):
        if window[place] <= window[place - 1]:
            break
        count += 1
    return count


_MADE: Final[Mapping[How, Callable[[Sequence[int]], Fraction | None]]] = {
    How.LATEST: lambda window: Fraction(window[-1]),
    How.HIGHEST: lambda window: Fraction(max(window)),
    How.LOWEST: lambda window: Fraction(min(window)),
    How.TOTAL: lambda window: Fraction(sum(window)),
    How.MEAN: lambda window: Fraction(sum(window), len(window)),
    How.CHANGE: lambda window: Fraction(window[-1] - window[0]),
    How.GROWTH: _growth,
    How.RISES: lambda window: Fraction(_streak(window)),
    How.FALLS: lambda window: Fraction(_streak([-number for number in window])),
}
"""What each reading makes of a window without a gap; the periods that it looks back belong to it."""


def judge(observations: Observations, condition: WarningCondition, place: int) -> Judgement:
    """Whether a condition holds at the end of the period of a place."""
    match condition:
        case Compared():
            return _compare(observations, condition, place)
        case ForPeriods():
            below = _over(observations, condition.condition, place, condition.window)
            holds = _at_least(below, condition.window, condition.window)
        case InPeriods():
            below = _over(observations, condition.condition, place, condition.window)
            holds = _at_least(below, condition.count, condition.window)
        case AllOf() | AnyOf() | AtLeastOf():
            below = tuple(judge(observations, each, place) for each in condition.conditions)
            wanted = len(below) if isinstance(condition, AllOf) else 1
            if isinstance(condition, AtLeastOf):
                wanted = condition.count
            holds = _at_least(below, wanted, len(below))
    return Judgement(condition, place, holds, below=below)


def judge_periods(
    observations: Observations, rule: WarningRule
) -> tuple[tuple[Judgement, ...], tuple[Truth, ...]]:
    """The condition of a rule at the end of every period, and whether what clears its signal holds there."""
    places = range(len(observations.dates))
    judged = tuple(judge(observations, rule.when, place) for place in places)
    if rule.clears is None:
        return judged, tuple(None if each.holds is None else not each.holds for each in judged)
    return judged, tuple(judge(observations, rule.clears, place).holds for place in places)


def _over(
    observations: Observations, condition: WarningCondition, place: int, over: int
) -> tuple[Judgement, ...]:
    """The condition at the ends of the last periods; of those before the history nothing is told."""
    first = max(0, place + 1 - over)
    return tuple(judge(observations, condition, each) for each in range(first, place + 1))


def _at_least(judgements: Sequence[Judgement], wanted: int, asked: int) -> Truth:
    """Whether at least so many hold; what was asked and is not there is unknown."""
    held = sum(each.holds is True for each in judgements)
    unknown = sum(each.holds is None for each in judgements) + asked - len(judgements)
    if held >= wanted:
        return True
    return None if held + unknown >= wanted else False


def _compare(observations: Observations, condition: Compared, place: int) -> Judgement:
    figure = read(observations, condition.observed, place)
    value = Fraction(condition.value)
    if condition.of is not None:
        beside = read(observations, condition.of, place)
        limit = None if beside is None else value * beside
    else:
        known = condition.observed.observation in observations.terms
        scale = (
            unit_of(condition.observed, observations.terms).scale(observations.currency)
            if known
            else 1
        )
        limit = value * scale if known else None
    holds: Truth = None
    if figure is not None and limit is not None:
        holds = condition.operator.holds(figure, limit)
    return Judgement(condition, place, holds, figure, limit)
