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
from delinquency.errors import InvalidValueError

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
