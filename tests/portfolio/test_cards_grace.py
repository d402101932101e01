"""A book of cards lets off, counts and dates minimums within grace and tolerance as each card does."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from delinquency.portfolio import Engine
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.revolving import card_ledger, requirements
from tests.equivalence.cards import mismatches, named_apart
from tests.unit.revolving.cases import paid, refund, yuan
from tests.unit.revolving.test_grace_of_minimums import spender

ENGINES = (Engine.COMPILED, Engine.INTERPRETED) if HAS_COMPILER else (Engine.INTERPRETED,)
APRIL_23, APRIL_26, APRIL_27 = date(2025, 4, 23), date(2025, 4, 26), date(2025, 4, 27)
APRIL_30, MAY_27 = date(2025, 4, 30), date(2025, 5, 27)

CARDS = named_apart(
    [
        spender(),
        spender(amount=100),
        spender(paid(APRIL_23, 992)),
        spender(paid(APRIL_26, 1000)),
        spender(paid(APRIL_27, 1000)),
        spender(paid(APRIL_23, 992), paid(MAY_27, 1)),
        spender(paid(APRIL_30, 993)),
        spender(paid(APRIL_30, yuan("989.99"))),
        spender(refund(APRIL_30, 995), refunds_settle_minimum=True),
        spender(paid(APRIL_30, 993), paid(MAY_27, yuan("895.00")), grace_days=0),
        spender(paid(APRIL_23, yuan("999.99")), grace_days=0, tolerance=0),
    ]
)


@pytest.mark.parametrize(
    "as_of", [APRIL_23, APRIL_26, APRIL_27, APRIL_30, date(2025, 5, 5), MAY_27, date(2025, 7, 25)]
)
def test_a_book_lets_off_what_each_card_lets_off(as_of):
    """Ledgers, and the accounts of minimums with their due dates and credits, are equal row by row."""
    assert mismatches(CARDS, (as_of, None), ENGINES, Counter()) == []


def test_the_cards_above_let_off_on_the_day_of_judgment_and_on_a_later_day():
    let_off = [card_ledger(card, as_of=MAY_27).credits_to_minimums for card in CARDS]
    days = [[str(day) for day, _ in credited] for credited in let_off]
    assert days == [
        [],
        ["2025-04-26", "2025-05-26"],
        ["2025-04-26"],
        [],
        [],
        ["2025-04-26"],
        ["2025-04-30"],
        [],
        ["2025-04-30"],
        ["2025-04-30", "2025-05-27"],
        [],
    ]
    due = [requirements(card, as_of=APRIL_27).schedule[0].due_date for card in CARDS[:5]]
    assert due == [APRIL_23, APRIL_26, APRIL_26, APRIL_26, APRIL_23]
