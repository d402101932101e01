"""The law of the two paths: penalty interest of a book equals the scalar verb on every row."""

from __future__ import annotations

import random
from collections import Counter

from delinquency.portfolio import Engine
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.equivalence.penalties import HARD, mismatches

BOOKS = 60


def test_every_figure_of_a_book_equals_the_account_on_every_row() -> None:
    """Books drawn with a seed; compiled always, uncompiled for every tenth; every feature was met."""
    rng = random.Random(20_250_630)
    seen: Counter[str] = Counter()
    fast = (Engine.COMPILED,) if HAS_COMPILER else ()
    for number in range(BOOKS):
        engines = (*fast, Engine.INTERPRETED) if number % 10 == 0 else fast
        assert mismatches(rng, number, engines, seen) == []
    assert all(seen[name] for name in HARD), seen
