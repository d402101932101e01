"""The law of the two paths, for schedules: every row of a book equals that of the loan alone."""

from __future__ import annotations

import random
from collections import Counter

from delinquency.portfolio import Engine
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.equivalence.terms import differences, draw_terms

LOANS = 4_000
FEW = 400


def test_every_row_of_a_book_of_terms_equals_the_loan_alone() -> None:
    rng, seen = random.Random(20_250_131), Counter[str]()
    drawn = [draw_terms(rng) for _ in range(LOANS)]
    if HAS_COMPILER:
        assert differences(drawn, (Engine.COMPILED,), seen) == []
        assert seen["loans"] > 0.85 * LOANS
        assert seen["refused"] > 0.02 * LOANS
        # Drawn loans stand at bounds; of ordinary ones none in ten thousand goes this way.
        assert 0.01 < seen["exact"] / seen["annuities"] < 0.15
    assert differences(drawn[:FEW], (Engine.INTERPRETED, Engine.WHOLE_COLUMNS), seen) == []
