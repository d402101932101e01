"""Looking for the rules that tell risks best: one after another, each beside those before.

The one idea: a rule is "at least so many of these conditions", and what it would add is first estimated for
thousands of them at once by the score test of the logistic model, then measured for the few best.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import attrs
import numpy as np

from delinquency.back_testing.tuning.choices import TuningChoices
from delinquency.back_testing.tuning.logistic import fitted_points, sigmoid

__all__ = ["Choice", "Pool", "distinct"]

MOST_ALIKE: Final = 0.995
LONGER_MUST_GAIN: Final = 1.03
"""A rule of one condition more must gain so many times as much."""
KEPT_FOR_PAIRS: Final = 250
KEPT_ALONE: Final = 40
KEPT_OF_PAIRS: Final = 120
EXTENDED: Final = 10
SHORT_LIST: Final = 30
OF_THE_SAME_TOPICS: Final = 2


@attrs.frozen(slots=True, order=True)
class Choice:
    """At least ``needed`` of the conditions of some columns."""

    needed: int
    columns: tuple[int, ...]


def distinct(truths: Any, least_share: float) -> Any:
    """The columns that are neither rare nor nearly always so, nor the double of an earlier one."""
    share = truths.mean(axis=0)
    usable = np.flatnonzero((share >= least_share) & (share <= 1 - least_share))
    scaled = truths[:, usable].astype(np.float32)
    if not len(usable):
        return usable
    scaled = (scaled - scaled.mean(axis=0)) / scaled.std(axis=0)
    alike = scaled.T @ scaled / len(truths)
    kept: list[int] = []
    for place in range(len(usable)):
        if not kept or alike[place, kept].max() < MOST_ALIKE:
            kept.append(place)
    return usable[kept]


@attrs.frozen(slots=True, eq=False)
class _Weights:
    """What is left to explain of each account, and how much it counts."""

    left: Any
    weight: Any

    def gain(self, left: Any, weight: Any) -> Any:
        """The score test of rules from their sums; none where they would lower risk."""
        all_weight = self.weight.sum()
        slope = left - weight * (self.left.sum() / all_weight)
        curve = weight - weight * weight / all_weight
        return np.where(slope > 0, slope * slope / (np.maximum(curve, 0) + 1), 0)


@attrs.frozen(slots=True, eq=False)
class Pool:
    """The conditions as columns, and which of them may stand together.

    Attributes
    ----------
    truths : bool array, accounts by conditions
    floats : float32 array
        The same.
    topics : int array
        Two conditions of one topic never stand in one rule.
    only_beside : bool array
        Conditions that never count alone, and of which a rule asks any.
    choices : TuningChoices
    """

    truths: Any
    floats: Any
    topics: Any
    only_beside: Any
    choices: TuningChoices

    def column(self, choice: Choice) -> Any:
        """Where a rule holds."""
        return self.truths[:, list(choice.columns)].sum(axis=1) >= choice.needed

    def may(self, choice: Choice) -> bool:
        """Whether a rule may be asked: not too long, no topic twice, and of more than the lack of use."""
        columns = list(choice.columns)
        shy = self.only_beside[columns]
        return bool(
            1 <= choice.needed <= len(columns) <= self.choices.longest
            and len(set(self.topics[columns].tolist())) == len(columns)
            and not shy.all()
            and (choice.needed == 1 or not shy.any())
        )

    def fits(self, count: Any) -> Any:
        """Whether what holds on so many accounts is neither rare nor nearly always so."""
        rows, least = len(self.truths), self.choices.least_share
        return (count >= least * rows) & (count <= (1 - least) * rows)

    def proposed(self, left: Any, weight: Any) -> list[Choice]:
        """The rules that the score test likes best."""
        weights = _Weights(left.astype(np.float32), weight.astype(np.float32))
        own = weights.gain(weights.left @ self.floats, weights.weight @ self.floats)
        few = np.argsort(-own, kind="stable")[:KEPT_FOR_PAIRS]
        alone = few[~self.only_beside[few]][:KEPT_ALONE]
        found = [(float(own[place]), Choice(1, (int(place),))) for place in alone]
        if self.choices.longest > 1:
            found += self._pairs(few, weights)
        for length in range(2, self.choices.longest):
            longest = [each for each in found if len(each[1].columns) == length]
            found += self._extended(self._spread(longest, EXTENDED), weights)
        return self._spread(found, SHORT_LIST)

    def _pairs(self, few: Any, weights: _Weights) -> list[tuple[float, Choice]]:
        """Both, and either, of two conditions."""
        floats = self.floats[:, few]
        sums = [floats.T @ (floats * each[:, None]) for each in (weights.left, weights.weight)]
        sums.append(floats.T @ floats)
        own = [each.diagonal() for each in sums]
        either = [one[:, None] + one - both for one, both in zip(own, sums, strict=True)]
        is_apart = self.topics[few][:, None] != self.topics[few][None, :]
        upper = np.triu(np.ones_like(is_apart), 1) & is_apart
        shy = self.only_beside[few]
        both_count, one_counts = ~(shy[:, None] | shy), ~(shy[:, None] & shy)
        found: list[tuple[float, Choice]] = []
        for needed, (left, weight, count), may in (
            (2, sums, upper & both_count),
            (1, either, upper & one_counts),
        ):
            value = np.where(may & self.fits(count), weights.gain(left, weight), 0)
            flat = value.ravel() / LONGER_MUST_GAIN
            most = min(KEPT_OF_PAIRS, len(flat))
            for place in np.argpartition(flat, -most)[-most:]:
                if flat[place] > 0:
                    pair = sorted((int(few[place // len(few)]), int(few[place % len(few)])))
                    found.append((float(flat[place]), Choice(needed, tuple(pair))))
        return found

    def _extended(self, choices: Sequence[Choice], weights: _Weights) -> list[tuple[float, Choice]]:
        """Each rule with its best further condition, asking as many as before or one more."""
        tried = [
            Choice(needed, each.columns)
            for each in choices
            for needed in (each.needed, each.needed + 1)
            if needed == 1 or not self.only_beside[list(each.columns)].any()
        ]
        if not tried:
            return []
        # With one condition more, a rule holds where it is sure, and where it is open and that one holds.
        held = np.column_stack([self.truths[:, list(each.columns)].sum(axis=1) for each in tried])
        needs = np.array([each.needed for each in tried])
        sure, is_open = (held >= needs).astype(np.float32), (held == needs - 1).astype(np.float32)
        one = np.ones(len(sure), np.float32)
        left, weight, count = (
            (each @ sure)[:, None] + (is_open * each[:, None]).T @ self.floats
            for each in (weights.left, weights.weight, one)
        )
        value = np.where(self.fits(count), weights.gain(left, weight), 0)
        found: list[tuple[float, Choice]] = []
        for place, each in enumerate(tried):
            may = ~np.isin(self.topics, self.topics[list(each.columns)])
            if each.needed > 1:
                may &= ~self.only_beside
            line = np.where(may, value[place], 0) / LONGER_MUST_GAIN ** len(each.columns)
            for further in np.argsort(-line, kind="stable")[:3]:
                if line[further] > 0:
                    columns = tuple(sorted((*each.columns, int(further))))
                    found.append((float(line[further]), Choice(each.needed, columns)))
        return found

    def _spread(self, found: Sequence[tuple[float, Choice]], most: int) -> list[Choice]:
        """The best, at most two of the same topics."""
        seen: dict[tuple[int, ...], int] = {}
        kept: dict[Choice, None] = {}
        for _, choice in sorted(found, key=lambda each: (-each[0], each[1])):
            key = (choice.needed, *(int(self.topics[place]) for place in choice.columns))
            seen[key] = seen.get(key, 0) + 1
            if seen[key] <= OF_THE_SAME_TOPICS:
                kept[choice] = None
            if len(kept) == most:
                break
        return list(kept)

    def best(
        self,
        flags: Any,
        points: Any,
        target: Any,
        *,
        beside: Sequence[Choice],
    ) -> tuple[Choice, Any] | None:
        """The rule that lowers the loss most beside others, and where it holds; ``None`` where none would.

        Parameters
        ----------
        flags : float array, accounts by rules
            Where the others hold.
        points : float array
            The intercept, and theirs.
        target : float array
        beside : sequence of Choice
            The others, of which none is taken twice.
        """
        risk = sigmoid(points[0] + flags @ points[1:])
        answer: tuple[float, Choice, Any] | None = None
        for choice in self.proposed(target - risk, risk * (1 - risk)):
            if choice in beside:
                continue
            column = self.column(choice).astype(np.float64)
            together = np.column_stack([flags, column])
            begin = np.append(points, 0.3)
            found, loss = fitted_points(together, target, begin=begin, steps=2)
            # A rule that is given no points would raise no risk beside the others.
            if found[-1] > 0 and (answer is None or loss < answer[0] - 1e-9):
                answer = loss, choice, column
        return None if answer is None else answer[1:]
