"""The law of the two paths: every column of a book equals the scalar verb on every row."""

from __future__ import annotations

import random
from collections import Counter

from delinquency.portfolio import Engine
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.equivalence.compare import HARD, RARE, SPECIAL, draw_book, mismatches

BOOKS = 120


def engines_for(number: int) -> tuple[Engine, ...]:
    """Compiled always; uncompiled and in whole columns for every tenth book."""
    fast = (Engine.COMPILED,) if HAS_COMPILER else ()
    return (*fast, Engine.WHOLE_COLUMNS, Engine.INTERPRETED) if number % 10 == 0 else fast


def test_every_column_of_a_book_equals_the_account_on_every_row() -> None:
    rng = random.Random(20_250_630)
    seen: Counter[str] = Counter()
    for number in range(BOOKS):
        assert mismatches(*draw_book(rng), engines_for(number), seen) == []
    assert all(seen[name] >= 0.05 * seen["accounts"] for name in HARD), seen
    assert all(seen[name] >= 0.01 * seen["accounts"] for name in SPECIAL), seen
    assert all(seen[name] for name in RARE), seen
