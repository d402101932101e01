"""Ranking of scores beside outcomes, against plain counting of pairs and of orders."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from delinquency.back_testing import (
    area_under_curve,
    population_stability,
    score_bands,
    share_of_bad_at_top,
)
from delinquency.errors import InvalidTypeError, InvalidValueError

ROWS = st.lists(st.tuples(st.integers(-5, 5), st.booleans()), min_size=2, max_size=30)


def pairs(rows: list[tuple[int, bool]]) -> Fraction:
    """By definition: of all pairs of one that went bad and one that did not, how many are in order."""
    bad = [score for score, went in rows if went]
    good = [score for score, went in rows if not went]
    won = sum(Fraction(2 * (one > other) + (one == other), 2) for one in bad for other in good)
    return Fraction(won, len(bad) * len(good))


@given(ROWS)
def test_the_area_is_the_share_of_pairs_in_order(rows):
    scores, is_bad = zip(*rows, strict=True)
    if len(set(is_bad)) < 2:
        with pytest.raises(InvalidValueError, match="went bad"):
            area_under_curve(scores, is_bad)
        return
    found = area_under_curve(scores, is_bad)
    assert found.value == pytest.approx(float(pairs(rows)), abs=1e-12)
    assert 0 <= found.low <= found.value <= found.high <= 1
    turned = area_under_curve([-score for score in scores], is_bad)
    assert turned.value == pytest.approx(1 - found.value, abs=1e-12)


def test_the_interval_of_a_published_form():
    """By hand: scores 3, 1 of bad and 2, 0 of good. Placements of bad 1, 1/2; of good 1/2, 1.

    Area 3/4. Variances of the placements 1/8 each, over 2 each: 1/16 + 1/16 = 1/8, root 0.353553; times
    1.959964 it is 0.692952.
    """
    found = area_under_curve([3, 1, 2, 0], [True, True, False, False])
    assert found.value == 0.75
    assert found.low == pytest.approx(0.75 - 0.692952, abs=1e-6)
    assert found.high == 1.0


@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=5), st.data())
def test_the_top_is_what_any_order_of_ties_gives_on_average(rows, data):
    count = data.draw(st.integers(1, len(rows)))
    found = share_of_bad_at_top(*zip(*rows, strict=True), share=count / len(rows))
    orders = [
        sum(rows[place][1] for place in order[:count])
        for order in permutations(range(len(rows)))
        if all(rows[a][0] >= rows[b][0] for a, b in pairwise(order))
    ]
    assert found == pytest.approx(sum(orders) / len(orders) / count)


@given(ROWS, st.integers(1, 6))
def test_bands_share_out_every_account_and_no_score(rows, bands):
    scores, is_bad = zip(*rows, strict=True)
    if not any(is_bad):
        with pytest.raises(InvalidValueError, match="went bad"):
            score_bands(scores, is_bad, bands=bands)
        return
    found = score_bands(scores, is_bad, bands=bands)
    assert sum(each.accounts for each in found) == len(rows)
    assert sum(each.bad for each in found) == sum(is_bad)
    assert len(found) <= bands
    for above, below in pairwise(found):
        assert above.low > below.high
    for each in found:
        inside = [went for score, went in rows if each.low <= score <= each.high]
        assert (len(inside), sum(inside)) == (each.accounts, each.bad)
        assert each.lift == pytest.approx(each.share_bad / (sum(is_bad) / len(rows)))


def test_bands_after_a_tie_of_many_accounts_are_as_large_as_others():
    """60 of 100 accounts have the greatest score; the other 40 are 4 bands of 10, and none of one alone."""
    scores = [99] * 60 + list(range(40))
    found = score_bands(scores, [True] + [False] * 99, bands=10)
    assert [each.accounts for each in found] == [60, 10, 10, 10, 10]
    # The band of the tie had reached half of the third tenth: the rest of it makes the next band.
    found = score_bands([99] * 25 + list(range(75)), [True] + [False] * 99, bands=10)
    assert [each.accounts for each in found] == [25, 5, 10, 10, 10, 10, 10, 10, 10]


def test_a_share_that_is_none_is_refused():
    for share in (0, 1.5, float("nan")):
        with pytest.raises(InvalidValueError, match="share"):
            share_of_bad_at_top([1], [True], share=share)


def test_stability_is_nought_of_itself_and_grows_with_the_shift():
    scores = np.arange(1_000)
    assert population_stability(scores, scores) == 0
    near, far = (population_stability(scores, scores + shift) for shift in (50, 500))
    assert 0 < near < 0.25 < far
    with pytest.raises(InvalidValueError, match="both sets"):
        population_stability([], scores)


def test_one_account_alone_on_a_side_leaves_the_interval_open():
    for is_bad in ([True, False, False], [True, True, False]):
        found = area_under_curve([3, 2, 1], is_bad)
        assert (found.value, found.low, found.high) == (1.0, 0.0, 1.0)


@pytest.mark.parametrize("count", [2, 5, 60])
@pytest.mark.parametrize(("of_bad", "of_good", "area"), [(1, 0, 1.0), (0, 1, 0.0), (0, 0, 0.5)])
def test_where_all_pairs_are_alike_few_accounts_leave_the_interval_wide(
    count, of_bad, of_good, area
):
    """``count`` pairs of others are alike with a chance of 2.5 % where the share of such pairs is the root."""
    is_bad = [True] * count + [False] * (count + 3)
    found = area_under_curve([of_bad] * count + [of_good] * (count + 3), is_bad)
    root = next(
        n / 10_000 for n in range(10_001) if Fraction(n, 10_000) ** count >= Fraction(1, 40)
    )
    low, high = {1.0: (root, 1), 0.0: (0, 1 - root), 0.5: (root / 2, 1 - root / 2)}[area]
    assert found.value == area
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.uint64, np.float32])
def test_scores_of_any_kind_of_number_rank_alike(kind):
    scores, is_bad = np.array([5, 0, 4, 1], dtype=kind), [True, False, True, False]
    assert share_of_bad_at_top(scores, is_bad, share=0.25) == 1.0
    assert area_under_curve(scores, is_bad).value == 1.0
    assert [band.low for band in score_bands(scores, is_bad, bands=2)] == [4, 0]


def test_the_least_number_of_a_type_is_the_least():
    scores = np.array([np.iinfo(np.int64).min, 5])
    assert share_of_bad_at_top(scores, [False, True], share=0.5) == 1.0


WRONG = [
    ([np.nan, 1, 2], [1, 0, 1]),
    ([np.inf, 1, 2], [1, 0, 1]),
    ([None, 1, 2], [1, 0, 1]),
    (["a", "b", "c"], [1, 0, 1]),
    ({1, 2, 3}, [1, 0, 1]),
    ([[1], [2], [3]], [1, 0, 1]),
    (np.ma.array([1, 2, 3], mask=[0, 0, 1]), [1, 0, 1]),
    ([1, 2, 3], [1, 0, None]),
    ([1, 2, 3], [1, 0, np.nan]),
    ([1, 2, 3], [1, 0, 2]),
    ([1, 2, 3], np.ma.array([1, 0, 1], mask=[0, 0, 1])),
    ([1, 2, 3], [1, 0]),
    ([1, 2, 3], []),
    ([1, 2, 3], [[1], [0], [1]]),
    ([1, [2], 3], [1, 0, 1]),
    (None, None),
]


@pytest.mark.parametrize(("scores", "is_bad"), WRONG)
def test_an_account_without_score_or_outcome_is_neither_good_nor_bad(scores, is_bad):
    asked = (
        lambda: area_under_curve(scores, is_bad),
        lambda: share_of_bad_at_top(scores, is_bad, share=0.5),
        lambda: score_bands(scores, is_bad),
    )
    for ask in asked:
        with pytest.raises((InvalidTypeError, InvalidValueError), match="scores|is_bad"):
            ask()


@pytest.mark.parametrize("wrong", [0, 1, 2, -0.5, float("nan"), "0.9", True, None])
def test_a_confidence_lies_between_none_and_certainty(wrong):
    with pytest.raises((InvalidTypeError, InvalidValueError), match="confidence"):
        area_under_curve([2, 1], [True, False], confidence=wrong)


@pytest.mark.parametrize("wrong", [0, -1, 2.5, True, "3", None])
def test_bands_are_a_whole_number(wrong):
    with pytest.raises((InvalidTypeError, InvalidValueError), match="bands"):
        score_bands([2, 1], [True, False], bands=wrong)
    with pytest.raises((InvalidTypeError, InvalidValueError), match="bands"):
        population_stability([2, 1], [2, 1], bands=wrong)


def test_bands_of_scores_between_whole_numbers_keep_their_ends():
    found = score_bands([1.75, 1.25], [True, False], bands=2)
    assert [(band.low, band.high) for band in found] == [(1.75, 1.75), (1.25, 1.25)]


def test_scores_that_all_fell_are_as_far_away_as_scores_that_all_rose():
    high, low = [9] * 100, [0] * 100
    assert population_stability(high, low) == population_stability(low, high) > 10
    # Most accounts at 0, and then most of them below it.
    assert population_stability([0] * 95 + [1] * 5, [-3] * 90 + [0] * 5 + [1] * 5) > 0.25


def test_sets_of_one_score_are_alike_however_many_accounts_they_have():
    assert population_stability([0] * 100, [0] * 10) == 0
    assert population_stability([0] * 10, [0] * 100) == 0


def test_more_bands_than_scores_are_as_many_as_there_are():
    scores, others = [1, 2, 3, 5, 8], [2, 2, 5, 8, 8]
    found = population_stability(scores, others, bands=5)
    for bands in (6, 50, 10**12):
        assert population_stability(scores, others, bands=bands) == found


@pytest.mark.parametrize("wrong", [[np.nan, 1], [None, 1], ["a"], {1}, [[1]], 3])
def test_stability_is_of_numbers(wrong):
    for first, second in ((wrong, [1, 2]), ([1, 2], wrong)):
        with pytest.raises((InvalidTypeError, InvalidValueError), match="stability"):
            population_stability(first, second)
