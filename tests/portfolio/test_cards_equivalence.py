"""The law of the two paths, for cards: every column of a book equals the verb for one card on every row."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta

from delinquency.portfolio import Engine
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.equivalence.cards import (
    HARD,
    OPENED,
    YEARS_LIVED,
    draw_long,
    draw_short,
    draw_terms,
    mismatches,
    named_apart,
)

FAST = (Engine.COMPILED,) if HAS_COMPILER else ()


def test_short_cards_with_facts_that_crowd_around_the_days_that_matter() -> None:
    seen = Counter[str]()
    drawn = draw_short(60, 20_250_701)
    cards = named_apart([card for card, _, _ in drawn])
    for _, as_of, known_on in drawn[:8]:
        assert mismatches(cards, (as_of, known_on), FAST, seen) == []
    _, as_of, known_on = drawn[8]
    assert mismatches(cards[:15], (as_of, known_on), (*FAST, Engine.INTERPRETED), seen) == []
    assert 0 < seen["answered alone"] < seen["cards"] / 2


def test_long_cards_whose_balances_and_minimums_pile_up() -> None:
    rng, seen = random.Random(7), Counter[str]()
    cards = named_apart([draw_long(rng, terms) for terms in draw_terms(40, 20_250_702)])
    for number in range(6):
        as_of = OPENED + timedelta(rng.randrange(60, YEARS_LIVED + 60))
        known_on = (None, as_of, as_of + timedelta(rng.randrange(-60, 60)))[number % 3]
        engines = (*FAST, Engine.INTERPRETED) if number == 0 else FAST
        assert mismatches(cards, (as_of, known_on), engines, seen) == []
    rare = ("age switch", "over limit")
    assert all(seen[name] > 0 for name in HARD if name not in rare), seen
    assert 0 < seen["answered alone"] < seen["cards"] / 2
