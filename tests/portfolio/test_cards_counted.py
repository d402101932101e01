"""The minimums of a book of cards, counted: what the Chinese policy for cards says of each, on each day."""

from __future__ import annotations

import random
from datetime import date, timedelta

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.portfolio import CardBook, Engine, Portfolio, assess, days_past_due, history
from delinquency.portfolio import requirements as requirements_of_book
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.revolving import CardAccount, requirements
from tests.card_strategies import OPENED, card_questions
from tests.equivalence.cards import YEARS_LIVED, draw_long, draw_terms, named_apart

CN_CARD = dq.rulebook.load("cn-card")
ENGINES = (None, Engine.INTERPRETED) if HAS_COMPILER else (Engine.INTERPRETED,)


def assert_equals_each_card(
    minimums: Portfolio, cards: list[CardAccount], as_of: date, known_on: date | None
) -> None:
    """Every figure of the book is that of the account of each card, to the cent."""
    answer = assess(minimums, as_of=as_of, policy=CN_CARD, known_on=known_on)
    exposure, codes = answer.exposure(), answer.bucket_codes()
    for row, card in enumerate(cards):
        account = requirements(card, as_of=as_of, known_on=known_on)
        alone = dq.assess(account, as_of=as_of, policy=CN_CARD, known_on=known_on)
        oldest = alone.oldest_due_date
        assert int(answer.days_past_due[row]) == alone.days_past_due
        assert int(answer.delinquent_days[row]) == alone.delinquent_days
        assert int(answer.arrears[row]) == alone.arrears * 100
        assert int(exposure[row]) == alone.exposure * 100
        assert codes[row] == alone.bucket.code
        assert (oldest is None) is (alone.days_past_due == 0)
        if oldest is not None:
            assert answer.oldest_due_date[row] == (oldest - date(1970, 1, 1)).days


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(card_questions(), min_size=1, max_size=4))
def test_a_book_counts_each_card_as_the_card_is_counted_alone(
    drawn: list[tuple[CardAccount, date, date | None]],
) -> None:
    cards = named_apart([card for card, _, _ in drawn])
    _, as_of, known_on = drawn[0]
    book = CardBook.from_cards(cards)
    minimums = requirements_of_book(book, as_of=as_of, known_on=known_on, engine=Engine.INTERPRETED)
    assert_equals_each_card(minimums, cards, as_of, known_on)


def long_cards() -> list[CardAccount]:
    rng = random.Random(20_260_105)
    return named_apart([draw_long(rng, terms) for terms in draw_terms(20, 20_260_105)])


def test_long_cards_reach_every_class_and_both_engines_agree() -> None:
    cards = long_cards()
    book = CardBook.from_cards(cards)
    seen: set[str] = set()
    for number, known_after in ((90, None), (200, 0), (400, -20), (YEARS_LIVED, None)):
        as_of = OPENED + timedelta(number)
        known_on = None if known_after is None else as_of + timedelta(known_after)
        for engine in ENGINES:
            minimums = requirements_of_book(book, as_of=as_of, known_on=known_on, engine=engine)
            assert_equals_each_card(minimums, cards, as_of, known_on)
            told = assess(minimums, as_of=as_of, policy=CN_CARD, known_on=known_on)
            seen |= set(told.bucket_codes().tolist())
    assert seen == {"正常", "关注", "次级", "可疑", "损失"}


def test_a_history_of_minimums_is_that_of_each_card_on_each_day() -> None:
    cards = long_cards()
    last = OPENED + timedelta(400)
    book = CardBook.from_cards(cards)
    minimums = requirements_of_book(book, as_of=last, engine=ENGINES[0])
    days = [last - timedelta(before) for before in (240, 150, 91, 90, 33, 1, 0)]
    told = history(minimums, dates=days, policy=CN_CARD)
    for row, card in enumerate(cards):
        account = requirements(card, as_of=last)
        alone = [dq.days_past_due(account, as_of=day, policy=CN_CARD) for day in days]
        assert told.days_past_due[row].tolist() == alone
    on_each = [
        days_past_due(
            requirements_of_book(book, as_of=day, known_on=last, engine=ENGINES[0]),
            as_of=day,
            policy=CN_CARD,
            known_on=last,
        )
        for day in days
    ]
    as_known = [days_past_due(minimums, as_of=d, policy=CN_CARD, known_on=last) for d in days]
    assert np.stack(as_known).tolist() == np.stack(on_each).tolist()
    assert told.days_past_due.max() > 90
