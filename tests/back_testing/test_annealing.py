"""Annealing: single conditions and points are changed by chance, and the best card that was met is kept."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import pytest

from delinquency.back_testing import area_under_curve, share_of_bad_at_top
from delinquency.back_testing.tuning import TuningChoices
from delinquency.back_testing.tuning.annealing import TOP, TOP_COUNTS, ScoreCounts, annealed
from delinquency.back_testing.tuning.logistic import sigmoid
from delinquency.back_testing.tuning.search import Choice, Pool

COUNT, WIDE = 400, 8
CHOICES = TuningChoices(rule_count=3, longest=3, moves=2000)
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


def score_of(pool: Pool, rules: Any) -> Any:
    return sum(points * pool.column(choice).astype(np.int64) for choice, points in rules)


def worth_of(score: Any, risk: Any) -> float:
    """What is to be expected: every account counts once as bad, and once as not; ties in part."""
    bad, good = risk, 1 - risk
    ahead = (score[:, None] > score[None, :]) + 0.5 * (score[:, None] == score[None, :])
    area = (bad[:, None] * good[None, :] * ahead).sum() / (bad.sum() * good.sum())
    wanted, told = TOP * len(score), 0.0
    for level in sorted(set(score.tolist()), reverse=True):
        at = score == level
        share = min(1, wanted / at.sum()) if wanted > 0 else 0
        told += share * bad[at].sum()
        wanted -= share * at.sum()
    return float(area + TOP_COUNTS * told / (TOP * len(score)))


def changed(pool: Pool, risk: Any, begun: Any, seed: int = 0) -> list[tuple[Choice, int]]:
    return annealed(pool, risk, begun, np.random.default_rng(seed))


def test_wrong_conditions_are_changed_for_those_that_tell_risks() -> None:
    pool = pool_of()
    risk = risk_of(pool)
    begun = [(Choice(2, (0, 5)), 4), (Choice(1, (3,)), 2), (Choice(1, (6,)), 1)]
    found = dict(changed(pool, risk, begun))
    assert set(found) == {Choice(2, (0, 2)), Choice(1, (3,)), Choice(1, (4,))}
    assert found[Choice(2, (0, 2))] > found[Choice(1, (3,))] > found[Choice(1, (4,))]


@pytest.mark.parametrize("seed", range(4))
def test_accounts_are_ranked_no_worse_and_rules_stay_what_they_must_be(seed: int) -> None:
    pool = pool_of(seed=seed)
    risk = np.random.default_rng(seed).random(COUNT)
    begun = [(Choice(1, (1, LAST)), 3), (Choice(2, (2, 3)), 2), (Choice(1, (4,)), 1)]
    found = changed(pool, risk, begun, seed)
    assert worth_of(score_of(pool, found), risk) > worth_of(score_of(pool, begun), risk)
    assert len({choice for choice, _ in found}) == len(begun)
    for choice, points in found:
        assert 1 <= points <= 20
        assert pool.may(choice)
        assert pool.fits(pool.column(choice).sum())
        assert choice.columns == tuple(sorted(choice.columns))
    assert changed(pool, risk, begun, seed) == found


def test_without_moves_nothing_is_changed() -> None:
    pool = pool_of(attrs.evolve(CHOICES, moves=0))
    begun = [(Choice(1, (5,)), 60), (Choice(1, (6,)), 1)]
    assert changed(pool, risk_of(pool), begun) == begun


def test_rules_of_very_many_points_are_counted_as_well() -> None:
    pool = pool_of()
    begun = [(Choice(1, (3,)), 90), (Choice(1, (4,)), 1), (Choice(1, (0,)), 1)]
    found = changed(pool, risk_of(pool), begun)
    assert max(points for _, points in found) <= 90
    assert Choice(1, (3,)) in dict(found)


def test_a_rule_that_holds_nearly_everywhere_or_nowhere_is_not_taken() -> None:
    pool = pool_of(attrs.evolve(CHOICES, least_share=0.3))
    risk = risk_of(pool)
    begun = [(Choice(1, (5,)), 2), (Choice(1, (6,)), 1)]
    for choice, _ in changed(pool, risk, begun):
        assert 0.3 * COUNT <= pool.column(choice).sum() <= 0.7 * COUNT


@pytest.mark.parametrize("seed", range(5))
def test_the_worth_of_counts_is_that_of_the_accounts_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    score, risk = rng.integers(0, 3 + 10 * seed, COUNT), rng.random(COUNT)
    counts = ScoreCounts.of(score, risk, 60)
    assert counts.worth == pytest.approx(worth_of(score, risk), abs=1e-12)
    rows = np.flatnonzero(rng.random(COUNT) < 0.1)
    moved = score.copy()
    moved[rows] = rng.integers(0, 60, len(rows))
    before, after = (ScoreCounts.of(each[rows], risk[rows], 60) for each in (score, moved))
    assert counts.moved(before, after).worth == pytest.approx(worth_of(moved, risk), abs=1e-12)


def test_of_outcomes_the_worth_is_the_area_and_a_little_of_the_share_at_the_top() -> None:
    pool = pool_of()
    is_bad = np.random.default_rng(3).random(COUNT) < risk_of(pool)
    score = pool.truths[:, 0] + 2 * pool.truths[:, 3].astype(np.int64)
    told = ScoreCounts.of(score, is_bad.astype(np.float64), 4).worth
    top = share_of_bad_at_top(score, is_bad, share=TOP)
    assert told == pytest.approx(area_under_curve(score, is_bad).value + TOP_COUNTS * top)


def test_what_may_stand_in_a_rule() -> None:
    pool = pool_of()
    assert pool.may(Choice(1, (0, LAST)))
    assert pool.may(Choice(3, (0, 2, 3)))
    assert not pool.may(Choice(1, (LAST,)))
    assert not pool.may(Choice(2, (0, LAST)))
    assert not pool.may(Choice(0, (0,)))
    assert not pool.may(Choice(2, (0,)))
    assert not pool.may(Choice(1, ()))
    assert not pool.may(Choice(1, (0, 1)))
    assert not pool.may(Choice(1, (0, 0)))
    assert not pool.may(Choice(1, (0, 2, 3, 4)))
