"""The last steps of tuning: one condition, or one point, changed at a time while accounts are ranked better.

The one idea: rules are found by the loss of a logistic model, which is quick to estimate, but they are used
as a ranking by whole points. Accounts of one score count together, so the area under the curve of a card
is a few sums, and those of every card with another condition at one place are a product of tables.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeAlias

import attrs
import numpy as np

from delinquency.back_testing.tuning.search import Choice, Pool

__all__ = ["polished"]

LEAST_GAIN: Final = 1e-5
"""A change must raise the area under the curve by so much."""

_Move: TypeAlias = "tuple[float, Choice, int]"


def polished(
    pool: Pool, target: Any, found: Sequence[tuple[Choice, int]]
) -> list[tuple[Choice, int]]:
    """Rules and their points that rank the accounts at least as well.

    Of each rule in turn the best of these is done, if it helps: one point more or less; one condition less,
    more, or another one in its place, asking as many as before, one more or one fewer. It ends when no rule
    was changed, or after ``pool.choices.polishes`` turns.

    Parameters
    ----------
    pool : Pool
    target : float array
        Risks, or outcomes of 0 and 1.
    found : sequence of (Choice, int)
        Rules and their whole points of 1 or more.
    """
    card = _Card(pool, target, list(found))
    for _ in range(pool.choices.polishes):
        changed = [card.polish(place) for place in range(len(found))]
        if not any(changed):
            break
    return card.rules


@attrs.define(slots=True, eq=False)
class _Card:
    """Rules with their points, and the risks of the accounts that they rank."""

    pool: Pool
    target: Any
    rules: list[tuple[Choice, int]]

    def polish(self, place: int) -> bool:
        """Change one rule by the move that ranks best; whether there was one."""
        rule, points = self.rules[place]
        others = [each for each in self.rules if each is not self.rules[place]]
        rest: Any = np.zeros(len(self.target), dtype=np.int64)
        for choice, weight in others:
            rest += weight * self.pool.column(choice)
        now = self._area(rest + points * self.pool.column(rule))
        taken = {choice for choice, _ in others}
        moves = [move for move in self._moves(rest, rule, points) if move[1] not in taken]
        _, best, weight = max(moves, key=lambda move: move[0])
        # Many areas at once are told in floats of 32 bits; the one that is taken is told again.
        if self._area(rest + weight * self.pool.column(best)) <= now + LEAST_GAIN:
            return False
        self.rules[place] = best, weight
        return True

    def _moves(self, rest: Any, rule: Choice, points: int) -> Iterator[_Move]:
        column = self.pool.column(rule)
        for weight in (points + 1, max(points - 1, 1)):
            yield self._area(rest + weight * column), rule, weight
        for shorter in _shortened(rule):
            if self.pool.may(shorter) and shorter.columns:
                yield self._area(rest + points * self.pool.column(shorter)), shorter, points
            for needed in {shorter.needed, shorter.needed + 1}:
                yield from self._longer(rest, Choice(needed, shorter.columns), points)
        if len(rule.columns) < self.pool.choices.longest:
            for needed in (rule.needed, rule.needed + 1):
                yield from self._longer(rest, Choice(needed, rule.columns), points)

    def _longer(self, rest: Any, rule: Choice, points: int) -> Iterator[_Move]:
        """The best rule with one condition more that asks as many."""
        may = self.pool.may_join(rule)
        if not may.any():
            return
        held = self.pool.truths[:, list(rule.columns)].sum(axis=1)
        sure, is_open = held >= rule.needed, held == rule.needed - 1
        areas = np.where(may, self._areas(rest, sure, is_open, points), 0)
        best = int(np.argmax(areas))
        columns = tuple(sorted((*rule.columns, best)))
        yield float(areas[best]), Choice(rule.needed, columns), points

    def _area(self, score: Any) -> float:
        bad, good = (
            np.bincount(score, weights)[:, None] for weights in (self.target, 1 - self.target)
        )
        return float(_areas_of(bad, good)[0])

    def _areas(self, rest: Any, sure: Any, is_open: Any, points: int) -> Any:
        """Of each condition the area, where the rule holds if it is sure, or is open and that one holds."""
        floats = self.pool.floats[is_open]
        levels = int(rest.max()) + points + 1
        score, at = rest + points * sure, rest[is_open]
        sums: list[Any] = []
        for weights in (self.target, 1 - self.target):
            laid: Any = np.zeros((levels, len(at)), np.float32)
            laid[at, np.arange(len(at))] = weights[is_open]
            moved = laid @ floats
            told = np.bincount(score, weights, levels)[:, None] - moved
            told[points:] += moved[:-points]
            sums.append(told)
        count = sure.sum() + floats.sum(axis=0)
        return np.where(self.pool.fits(count), _areas_of(sums[0], sums[1]), 0)


def _areas_of(bad: Any, good: Any) -> Any:
    """Areas under the curve from sums of risk and of its opposite, scores by cards; ties count half."""
    below = np.cumsum(good, axis=0) - good / 2
    return (bad * below).sum(axis=0) / (bad.sum(axis=0) * good.sum(axis=0))


def _shortened(rule: Choice) -> Iterator[Choice]:
    """The rule without each one of its conditions, asking as many as before or one fewer."""
    for place in range(len(rule.columns)):
        columns = rule.columns[:place] + rule.columns[place + 1 :]
        for needed in (rule.needed, rule.needed - 1):
            yield Choice(needed, columns)
