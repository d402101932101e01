"""The last steps of tuning: one condition or point changed at a time, at first for the worse as well.

The one idea: rules that are taken one by one stand in each other's way, and no change of one of them alone
helps any more. So changes are drawn at random, and one that ranks accounts worse is made as well, with a
chance that shrinks from change to change; the best card that was met is kept.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from delinquency.back_testing.tuning.search import Choice, Pool

__all__ = ["ScoreCounts", "annealed"]

FIRST_HEAT: Final = 2e-4
LAST_HEAT: Final = 1e-6
"""How much worse a card may rank to be taken in one case of e, at the first change and at the last."""
TOP: Final = 0.1
TOP_COUNTS: Final = 0.05
"""The share bad among the accounts of the highest scores counts by so much beside the area."""
MOST_POINTS: Final = 20
DRAWN_AT_ONCE: Final = 4096

POINTS, NEEDED, LESS, MORE, SAME_TOPIC = 0.1, 0.15, 0.25, 0.4, 0.75
"""Below which draw a change is one of points, of how many are needed, one condition less, one more, or
another one of the same topic in its place; else another one of any topic."""


def annealed(
    pool: Pool,
    target: Any,
    found: Sequence[tuple[Choice, int]],
    chance: np.random.Generator,
) -> list[tuple[Choice, int]]:
    """Rules and their points that rank the accounts at least as well.

    ``pool.choices.moves`` changes are drawn: one point more or less; one condition less, more, or another one
    in its place; one more or one fewer of them needed.

    Parameters
    ----------
    pool : Pool
    target : float array
        Risks, or outcomes of 0 and 1.
    found : sequence of (Choice, int)
        Rules and their whole points of 1 or more.
    chance : numpy generator
    """
    moves = pool.choices.moves
    card = _Card.of(pool, target, found)
    best, most = card.rules, card.worth
    cooling = math.log(LAST_HEAT / FIRST_HEAT)
    for begun in range(0, moves, DRAWN_AT_ONCE):
        draws = chance.random((min(DRAWN_AT_ONCE, moves - begun), 5)).tolist()
        for number, (which, kind, one, other, luck) in enumerate(draws, start=begun):
            place = int(which * len(card.choices))
            moved = card.moved(place, kind, one, other)
            if moved is None:
                continue
            heat = FIRST_HEAT * math.exp(cooling * number / moves)
            worst = card.worth + heat * math.log(luck or LAST_HEAT)
            if card.take(place, *moved, worst=worst) and card.worth > most:
                best, most = card.rules, card.worth
    return best


@attrs.frozen(slots=True, eq=False)
class ScoreCounts:
    """Accounts, and those of them that are to be expected bad, by score.

    Attributes
    ----------
    bad : float array
        The sum of their risks.
    accounts : int array
    """

    bad: Any
    accounts: Any

    @classmethod
    def of(cls, score: Any, target: Any, levels: int) -> ScoreCounts:
        """Count accounts; scores are below ``levels``, and targets are risks, or outcomes of 0 and 1."""
        return cls(np.bincount(score, target, levels), np.bincount(score, minlength=levels))

    def moved(self, before: ScoreCounts, after: ScoreCounts) -> ScoreCounts:
        """The counts when some accounts have other scores."""
        return ScoreCounts(
            self.bad + (after.bad - before.bad), self.accounts + (after.accounts - before.accounts)
        )

    @property
    def worth(self) -> float:
        """The area under the curve, and by a little the share bad in the top tenth; ties count alike."""
        count, all_bad = self.accounts.sum(), self.bad.sum()
        good = self.accounts - self.bad
        area = self.bad @ (np.cumsum(good) - good / 2) / (all_bad * (count - all_bad))
        wanted, from_top = TOP * count, np.cumsum(self.accounts[::-1])
        place = int(from_top.searchsorted(wanted))
        edge, beyond = len(from_top) - 1 - place, from_top[place] - wanted
        in_top = self.bad[edge:].sum() - beyond * self.bad[edge] / self.accounts[edge]
        return float(area + TOP_COUNTS * in_top / wanted)


@attrs.define(slots=True, eq=False)
class _Card:
    """Rules with their points, and the risks of the accounts that they rank."""

    pool: Pool
    target: Any
    held: Any
    """Of each condition one row: 1 where it holds."""
    topics: list[int]
    of_topic: dict[int, list[int]]
    choices: list[Choice]
    points: list[int]
    given: list[Any]
    """Of each rule the points that it gives each account."""
    score: Any
    counts: ScoreCounts
    worth: float

    @classmethod
    def of(cls, pool: Pool, target: Any, found: Sequence[tuple[Choice, int]]) -> _Card:
        topics = pool.topics.tolist()
        of_topic: dict[int, list[int]] = {}
        for place, topic in enumerate(topics):
            of_topic.setdefault(topic, []).append(place)
        given = [pool.column(choice) * np.int16(weight) for choice, weight in found]
        score = np.sum(given, axis=0, dtype=np.int64)
        levels = sum(max(MOST_POINTS, weight) for _, weight in found) + 1
        counts = ScoreCounts.of(score, target, levels)
        return cls(
            pool=pool,
            target=target,
            held=np.ascontiguousarray(pool.truths.T).view(np.int8),
            topics=topics,
            of_topic=of_topic,
            choices=[choice for choice, _ in found],
            points=[weight for _, weight in found],
            given=given,
            score=score,
            counts=counts,
            worth=counts.worth,
        )

    @property
    def rules(self) -> list[tuple[Choice, int]]:
        return list(zip(self.choices, self.points, strict=True))

    def moved(self, place: int, kind: float, one: float, other: float) -> tuple[Choice, int] | None:
        """A rule and its points after one change; ``None`` where it may not stand so."""
        choice, points = self.choices[place], self.points[place]
        if kind < POINTS:
            points += 1 if one < 0.5 else -1
            return (choice, points) if 1 <= points <= MOST_POINTS else None
        changed = self._changed(choice, kind, one, other)
        if changed == choice or changed in self.choices or not self.pool.may(changed):
            return None
        return changed, points

    def _changed(self, choice: Choice, kind: float, one: float, other: float) -> Choice:
        needed, columns = choice.needed, list(choice.columns)
        if kind < NEEDED:
            return Choice(needed + (1 if one < 0.5 else -1), choice.columns)
        if kind < LESS:
            del columns[int(one * len(columns))]
            return Choice(needed - (other < 0.5), tuple(columns))
        if kind < MORE:
            columns.append(int(one * len(self.topics)))
            return Choice(needed + (other < 0.5), tuple(sorted(columns)))
        place = int(one * len(columns))
        alike = self.of_topic[self.topics[columns[place]]]
        is_alike = kind < SAME_TOPIC
        columns[place] = (
            alike[int(other * len(alike))] if is_alike else int(other * len(self.topics))
        )
        return Choice(needed, tuple(sorted(columns)))

    def take(self, place: int, choice: Choice, points: int, *, worst: float) -> bool:
        """Change one rule, unless it holds too rarely or too often, or accounts are then ranked too badly."""
        held = self.held[list(choice.columns)].sum(axis=0, dtype=np.int16) >= choice.needed
        if not self.pool.fits(np.count_nonzero(held)):
            return False
        given = held * np.int16(points)
        old = self.given[place]
        rows = np.flatnonzero(given != old)
        before, target, levels = self.score[rows], self.target[rows], len(self.counts.bad)
        after = before + given[rows] - old[rows]
        counts = self.counts.moved(
            ScoreCounts.of(before, target, levels), ScoreCounts.of(after, target, levels)
        )
        worth = counts.worth
        if worth < worst:
            return False
        self.choices[place], self.points[place], self.given[place] = choice, points, given
        self.score[rows] = after
        self.counts, self.worth = counts, worth
        return True
