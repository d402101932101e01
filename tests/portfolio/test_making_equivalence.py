"""The law of the two paths: what a book's ledgers charge equals the scalar ledger on every row."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given

from delinquency.portfolio import Engine
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.charging_strategies import charging_questions
from tests.equivalence import compare
from tests.equivalence.making import HARD, mismatches

BOOKS = 24


def test_every_figure_of_a_book_that_is_charged_equals_the_account_on_every_row() -> None:
    """Books drawn with a seed; compiled always, uncompiled for every tenth; every feature was met."""
    rng = random.Random(20_251_126)
    seen: Counter[str] = Counter()
    fast = (Engine.COMPILED,) if HAS_COMPILER else ()
    for number in range(BOOKS):
        engines = (*fast, Engine.INTERPRETED) if number % 10 == 0 else fast
        assert mismatches(rng, number, engines, seen) == []
    assert all(seen[name] for name in HARD), seen
    # Half of the accounts are hard, or stand under terms that no loop knows, by the way they are drawn.
    assert seen["by the loop"] > seen["one by one"]


@given(charging_questions(changed=False, charged=False))
def test_every_drawn_account_is_charged_in_a_book_as_alone(question) -> None:
    account, as_of, policy = question
    assert (
        compare.mismatches([account], policy, as_of, None, (Engine.INTERPRETED,), Counter()) == []
    )
