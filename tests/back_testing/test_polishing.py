"""Polishing: single conditions and points are changed while accounts are ranked better."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import pytest

from delinquency.back_testing import area_under_curve
from delinquency.back_testing.tuning import TuningChoices
from delinquency.back_testing.tuning.logistic import sigmoid
from delinquency.back_testing.tuning.polishing import _Card, polished
from delinquency.back_testing.tuning.search import Choice, Pool

COUNT, WIDE = 400, 8
CHOICES = TuningChoices(rule_count=3, longest=3, polishes=4)
LAST = WIDE - 1
"""The only condition that never counts alone."""


def pool_of(choices: TuningChoices = CHOICES, seed: int = 0) -> Pool:
    truths = np.random.default_rng(seed).random((COUNT, WIDE)) < 0.4
    only_beside = np.zeros(WIDE, dtype=np.bool_)
    only_beside[LAST] = True
    topics = np.array([0, 0, 1, 2, 3, 4, 5, 6])
    return Pool(truths, truths.astype(np.float32), topics, only_beside, choices)


def risk_of(pool: Pool) -> Any:
    """Risk of two of the first conditions of each topic, and of two others by themselves."""
    both = pool.truths[:, [0, 2]].all(axis=1)
    return sigmoid(-2 + 2.0 * both + 1.0 * pool.truths[:, 3] + 0.5 * pool.truths[:, 4])


def area_of(pool: Pool, risk: Any, rules: Any) -> float:
    """The area that is to be expected: every account counts once as bad, and once as not."""
    score = sum(points * pool.column(choice) for choice, points in rules)
    bad, good = risk, 1 - risk
    ahead = (score[:, None] > score[None, :]) + 0.5 * (score[:, None] == score[None, :])
    return float((bad[:, None] * good[None, :] * ahead).sum() / (bad.sum() * good.sum()))


def test_a_wrong_condition_is_changed_for_the_one_that_tells_risks() -> None:
    pool = pool_of()
    risk = risk_of(pool)
    begun = [(Choice(2, (0, 5)), 4), (Choice(1, (3,)), 2), (Choice(1, (6,)), 1)]
    found = polished(pool, risk, begun)
    assert Choice(2, (0, 2)) in [choice for choice, _ in found]
    assert area_of(pool, risk, found) > area_of(pool, risk, begun) + 0.05


@pytest.mark.parametrize("seed", range(4))
def test_polishing_ranks_no_worse_and_keeps_what_rules_must_be(seed: int) -> None:
    pool = pool_of(seed=seed)
    risk = np.random.default_rng(seed).random(COUNT)
    begun = [(Choice(1, (1, LAST)), 3), (Choice(2, (2, 3)), 2), (Choice(1, (4,)), 1)]
    found = polished(pool, risk, begun)
    assert area_of(pool, risk, found) >= area_of(pool, risk, begun)
    assert len({choice for choice, _ in found}) == len(begun)
    for choice, points in found:
        assert points >= 1
        assert pool.may(choice)
        assert 1 <= len(choice.columns) <= CHOICES.longest
        assert len(set(pool.topics[list(choice.columns)])) == len(choice.columns)
        assert choice.columns == tuple(sorted(choice.columns))


def test_without_turns_nothing_is_changed_and_after_enough_of_them_neither() -> None:
    pool = pool_of()
    begun = [(Choice(1, (5,)), 2), (Choice(1, (6,)), 1)]
    still = attrs.evolve(pool, choices=attrs.evolve(CHOICES, polishes=0))
    assert polished(still, risk_of(pool), begun) == begun
    ended = polished(pool, risk_of(pool), polished(pool, risk_of(pool), begun))
    assert polished(pool, risk_of(pool), ended) == ended


def test_the_areas_of_all_conditions_at_once_are_those_of_each() -> None:
    pool = pool_of()
    risk = risk_of(pool)
    card = _Card(pool, risk, [])
    rest = 3 * pool.truths[:, 4].astype(np.int64)
    held = pool.truths[:, [0, 3]].sum(axis=1)
    areas = card._areas(rest, held >= 2, held == 1, 2)
    for place in range(WIDE):
        column = (held + pool.truths[:, place]) >= 2
        rules_area = card._area(rest + 2 * column)
        assert areas[place] == pytest.approx(rules_area, abs=1e-6)


def test_of_outcomes_the_area_is_the_area_under_the_curve() -> None:
    pool = pool_of()
    is_bad = np.random.default_rng(3).random(COUNT) < risk_of(pool)
    score = pool.truths[:, 0] + 2 * pool.truths[:, 3].astype(np.int64)
    told = _Card(pool, is_bad.astype(np.float64), [])._area(score)
    assert told == pytest.approx(area_under_curve(score, is_bad).value)


def test_what_may_stand_in_a_rule() -> None:
    pool = pool_of()
    assert pool.may(Choice(1, (0, LAST)))
    assert not pool.may(Choice(1, (LAST,)))
    assert not pool.may(Choice(2, (0, LAST)))
    assert not pool.may(Choice(0, (0,)))
    assert not pool.may(Choice(2, (0,)))
    assert pool.may_join(Choice(1, (0,))).tolist() == [False, False, *[True] * 6]
    assert pool.may_join(Choice(2, (0,))).tolist() == [False, False, *[True] * 5, False]
    assert pool.may_join(Choice(1, (LAST,))).tolist() == [*[True] * 7, False]
    assert not pool.may_join(Choice(2, (0, LAST))).any()
