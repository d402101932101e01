"""A book of cards is observed as each of its cards is."""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import attrs
import pytest

import delinquency as dq
from delinquency.portfolio import CardBook, Engine, ObservationPanel, observe_cards
from delinquency.portfolio.warnings.observing.closed_cards import are_restated
from delinquency.revolving import CardAccount, CreditLimit, card_ledger
from tests.card_strategies import OPENED
from tests.early_warning.test_observing_cards import OPENED as BEGAN
from tests.early_warning.test_observing_cards import POLICY, SECOND, THIRD, card, spent
from tests.equivalence.cards import draw_long, draw_short, draw_terms, named_apart


def by_cycle_day(cards: list[CardAccount]) -> list[list[CardAccount]]:
    groups: dict[int, list[CardAccount]] = defaultdict(list)
    for each in cards:
        groups[each.terms.cycle_day].append(each)
    return list(groups.values())


def seen_alone(cards: list[CardAccount], **asked: Any) -> list[dq.Observations]:
    known = asked["known_on"] or asked["as_of"]
    return [
        dq.observe_card(each, **asked)
        for each in cards
        if card_ledger(each, as_of=asked["as_of"], known_on=known).statements
    ]


def unlike(panel: ObservationPanel, alone: list[dq.Observations]) -> list[str]:
    """Where rows of a panel differ from cards observed by themselves; what those lack is unknown."""
    found: list[str] = []
    for seen in alone:
        row = panel.account(panel.row_of(seen.account_id))
        missing = (None,) * (len(row.dates) - len(seen.dates))
        if row.dates[len(missing) :] != seen.dates or set(row.numbers) != set(seen.numbers):
            found.append(f"{seen.account_id}: {row.dates} or the names")
        for name, column in seen.numbers.items():
            if row.numbers[name] != (*missing, *column):
                found.append(f"{seen.account_id} {name}: {row.numbers[name]}, not {column}")
    return found


def compare(cards: list[CardAccount], engine: Engine | None, **asked: Any) -> int:
    """How many cards were compared, each with a statement."""
    count = 0
    for group in by_cycle_day(cards):
        alone = seen_alone(group, **asked)
        if alone:
            panel = observe_cards(CardBook.from_cards(group), engine=engine, **asked)
            found = unlike(panel, alone)
            assert not found, (asked, found[:3])
            count += len(alone)
    return count


@pytest.mark.parametrize("number", range(5))
def test_every_row_equals_the_card_by_itself(number: int) -> None:
    rng = random.Random(f"cards observed {number}")
    short = [each for each, _, _ in draw_short(24, 900 + number)]
    long = [draw_long(rng, terms) for terms in draw_terms(6, 900 + number)]
    cards = named_apart([*short, *long])
    as_of = OPENED + timedelta(rng.randrange(60, 500))
    known = rng.choice((None, as_of, as_of + timedelta(rng.randrange(-60, 60))))
    policy = (None, POLICY, dq.rulebook.load("cn-card"))[number % 3]
    engine = Engine.INTERPRETED if number == 1 else None
    asked = {"as_of": as_of, "known_on": known, "policy": policy, "periods": (3, 12)[number % 2]}
    assert compare(cards, engine, **asked)


def test_a_card_with_news_of_an_earlier_period_is_told_as_known_then_and_its_neighbour_too() -> (
    None
):
    """A payment, a limit or a purchase recorded late, or money taken back: that card is restated, others not."""
    late = {"recorded_on": date(2025, 5, 20)}
    paid = dq.Payment(date(2025, 4, 10), 150, **late)
    back = dq.Payment(date(2025, 4, 10), 150, reversed_on=date(2025, 5, 20))
    raised = CreditLimit(date(2025, 4, 1), 9000, **late)
    news = attrs.evolve(spent(date(2025, 4, 2), "70"), transaction_id="T-2", **late)
    cards = [
        card(dq.Payment(date(2025, 4, 10), 150)),
        card(paid),
        card(back),
        attrs.evolve(card(), credit_limits=[*card().credit_limits, raised]),
        attrs.evolve(card(), transactions=[*card().transactions, news]),
    ]
    named = [attrs.evolve(each, account_id=f"C-{row}") for row, each in enumerate(cards)]
    book = CardBook.from_cards(named)
    assert are_restated(book, None).tolist() == [False, True, True, True, True]
    day = date(2025, 5, 19)
    assert are_restated(book, day).tolist() == [False, False, False, True, False]
    for known in (None, day, date(2025, 5, 20)):
        asked = {"as_of": date(2025, 7, 5), "policy": POLICY, "known_on": known, "periods": 4}
        assert compare(named, None, **asked) == 5


@pytest.mark.parametrize("year", [1969, 1970])
def test_money_taken_back_is_told_as_known_then_in_whichever_year(year: int) -> None:
    """Days before 1970 have numbers below 0."""
    opened = date(year, 3, 1)
    old = CardAccount(
        account_id="C-1",
        originated_on=opened,
        terms=card().terms,
        credit_limits=[CreditLimit(opened, 2000)],
        transactions=[spent(date(year, 3, 30), "1000")],
        payments=[dq.Payment(date(year, 4, 10), 150, reversed_on=date(year, 5, 20))],
    )
    asked = {"as_of": date(year, 7, 5), "policy": None, "known_on": None, "periods": 4}
    assert compare([old], None, **asked) == 1


def test_where_versions_take_over_buckets_of_two_schemes_are_not_compared() -> None:
    """A bucket of another scheme is no worse and no better one; which version is asked, its day decides."""
    cards = [
        attrs.evolve(card(), account_id="C-1"),
        attrs.evolve(card(), account_id="C-2", originated_on=date(2025, 3, 20), credit_limits=()),
    ]
    change = date(2025, 3, 10)
    other = dq.rulebook.load("cn-card").versions[-1]
    for selected in dq.SelectedBy:
        start = change if selected is dq.SelectedBy.ORIGINATED_ON else date(2025, 6, 1)
        versions = [
            attrs.evolve(
                each,
                name="both",
                status=(),
                validity=dq.Validity(*days, selected_by=selected),
            )
            for each, days in ((POLICY.versions[-1], (None, start)), (other, (start, None)))
        ]
        timeline = dq.PolicyTimeline(name="both", versions=versions)
        asked = {"as_of": date(2025, 8, 5), "policy": timeline, "known_on": None, "periods": 4}
        assert compare(cards, None, **asked) == 2


def test_of_a_younger_card_what_is_before_its_first_statement_is_unknown() -> None:
    young = attrs.evolve(
        card(), account_id="C-2", originated_on=date(2025, 4, 6), transactions=(), credit_limits=()
    )
    unborn = attrs.evolve(young, account_id="C-3", originated_on=date(2025, 5, 6))
    book = CardBook.from_cards([card(), young, unborn])
    panel = observe_cards(book, as_of=THIRD, policy=POLICY)
    assert panel.dates[-2:] == (SECOND, THIRD)
    assert panel.account(1).numbers["statement_balance"] == (None, None, 0)
    assert panel.account(1).numbers["months_on_book"] == (None, None, 0)
    assert all(set(column) == {None} for column in panel.account(2).numbers.values())
    assert panel.account(0) == dq.observe_card(card(), as_of=THIRD, policy=POLICY)


def test_a_panel_of_cards_is_judged_as_each_card_is() -> None:
    book = CardBook.from_cards([card(), attrs.evolve(card(), account_id="C-2", transactions=())])
    # Its thresholds are of another currency; here it is the verdicts that are compared.
    rules = attrs.evolve(dq.load_warning_rules("card-statements"), currency=None)
    panel = observe_cards(book, as_of=date(2025, 9, 5))
    answer = dq.portfolio.early_warning_signals(panel, rules=rules)
    for row in range(2):
        alone = dq.observe_card(book.card(row), as_of=date(2025, 9, 5))
        assert answer.score[row] == dq.early_warning_signals(alone, rules=rules).score


def test_cards_of_two_statement_days_are_refused_with_the_row_of_the_other() -> None:
    other = attrs.evolve(card(), account_id="C-2", terms=attrs.evolve(card().terms, cycle_day=6))
    book = CardBook.from_cards([card(), other])
    with pytest.raises(dq.PortfolioError, match="days of card 'C-1'") as caught:
        observe_cards(book, as_of=date(2025, 6, 6))
    assert (caught.value.reason, list(caught.value.rows)) == ("different_statement_days", [1])
    assert len(observe_cards(book.take([1]), as_of=date(2025, 6, 6))) == 1


@pytest.mark.parametrize(
    ("change", "error", "words"),
    [
        ({"as_of": "2025-05-05"}, dq.InvalidTypeError, "as_of"),
        ({"as_of": date(2025, 3, 4)}, dq.InvalidValueError, "up to as_of 2025-03-04"),
        ({"periods": 0}, dq.InvalidValueError, "periods"),
        ({"periods": True}, dq.InvalidTypeError, "periods"),
        ({"known_on": "2025"}, dq.InvalidTypeError, "known_on"),
        ({"policy": "founding-report"}, dq.InvalidTypeError, "olicy"),
    ],
)
def test_bad_input_is_named(change: dict[str, Any], error: Any, words: str) -> None:
    book = CardBook.from_cards([card(transactions=[spent(BEGAN, "1")])])
    with pytest.raises(error, match=words):
        observe_cards(book, **{"as_of": THIRD, **change})


def test_what_is_no_book_of_cards_is_told_its_verb() -> None:
    with pytest.raises(dq.InvalidTypeError, match="delinquency.observe_card"):
        observe_cards(card(), as_of=THIRD)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match=r"Hint: CardBook\.from_cards makes one of cards"):
        observe_cards([card()], as_of=THIRD)  # type: ignore[arg-type]
