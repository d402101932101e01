"""A book of cards: the same facts as columns, the same verb, the same minimums."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.late_fees import FeeRow, FeeTable, SafeHarbourFee
from delinquency.portfolio import CardBook, CardLedgers, Engine, Portfolio, card_ledgers
from delinquency.portfolio import requirements as requirements_of_book
from delinquency.portfolio.cards.run import card_arrays
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    BalanceRate,
    CardAccount,
    CardInterest,
    CardTransaction,
    CreditLimit,
    InterestMethod,
    MinimumPaymentRule,
    MinimumShare,
    TransactionKind,
    card_ledger,
    requirements,
)
from delinquency.rounding import Proportion
from tests.equivalence.cards import draw_long, figures_of_card, figures_of_row, named_apart
from tests.unit.revolving.cases import CNY, OPENED, late_fee, terms

AS_OF = date(2025, 6, 5)
UNCOMPILED = Engine.INTERPRETED
"""What is shown here does not depend on the engine; the law of the two paths is told elsewhere."""


def spent(amount: Any, day: date = date(2025, 3, 30), name: str = "T-1", **more: Any) -> Any:
    kind = more.pop("kind", TransactionKind.PURCHASE)
    return CardTransaction(kind=kind, posted_on=day, amount=amount, transaction_id=name, **more)


def card(name: str = "C-1", **more: Any) -> CardAccount:
    agreed = {"account_id": name, "originated_on": OPENED, "terms": terms()}
    return CardAccount(**{**agreed, "transactions": [spent(1000)], **more})


def told(*cards: CardAccount, as_of: date = AS_OF, **more: Any) -> CardLedgers:
    return card_ledgers(CardBook.from_cards(cards), as_of=as_of, engine=UNCOMPILED, **more)


def many(count: int = 6) -> list[CardAccount]:
    rng = random.Random(3)
    return named_apart([draw_long(rng, terms()) for _ in range(count)]) if count else []


def test_a_card_comes_back_as_it_went_in() -> None:
    cards = many()
    book = CardBook.from_cards(cards)
    assert [book.card(row) for row in range(len(book))] == cards == list(book)


def test_terms_that_are_equal_are_kept_once() -> None:
    book = CardBook.from_cards([card("A"), card("B", terms=terms(grace_days=3)), card("C")])
    assert len(book.terms) == 2
    assert book.terms_no is not None
    assert book.terms_no.tolist() == [0, 1, 0]
    assert book.terms_of(1).grace_days.values == (3,)
    assert CardBook.from_cards([card("A"), card("B")]).terms_no is None


def test_rows_can_be_taken_in_any_order_or_by_a_mask() -> None:
    cards = many()
    book = CardBook.from_cards(cards)
    assert list(book.take([4, 0])) == [cards[4], cards[0]]
    assert list(book.take(np.array([False, True, False, False, False, True]))) == [
        cards[1],
        cards[5],
    ]
    with pytest.raises(IndexError, match="row 6 of a book of 6 cards"):
        book.take([6])
    with pytest.raises(IndexError, match="a mask of 2 places"):
        book.take(np.array([True, False]))
    with pytest.raises(dq.InvalidTypeError, match="row numbers, or a mask"):
        book.take(np.array([0.5]))
    with pytest.raises(dq.PortfolioError, match="at least one card"):
        book.take([])


def test_a_book_and_its_answers_are_read_only_also_after_a_pickle() -> None:
    answer = told(card())
    again = pickle.loads(pickle.dumps(answer))
    for each in (answer, again):
        for column in (each.balances, each.statements.interest, each.book.transactions.amount):
            with pytest.raises(ValueError, match="read-only"):
                column[0] = 1
    assert figures_of_row(again, 0) == figures_of_row(answer, 0)


def test_a_transaction_without_an_id_is_called_by_its_number() -> None:
    book = CardBook.from_cards([card(transactions=[spent(10), spent(20, name="T-2")])])
    nameless = attrs.evolve(book, transactions=attrs.evolve(book.transactions, transaction_id=None))
    names = [row.transaction_id for row in nameless.card(0).transactions]
    assert names == ["0000001", "0000002"]


def test_the_day_before_the_statement_on_it_and_after() -> None:
    day = date(2025, 4, 5)
    counts = [len(told(card(), as_of=day + timedelta(days=n)).statements) for n in (-1, 0, 1)]
    assert counts == [0, 1, 1]


def test_a_card_that_is_opened_later_is_empty() -> None:
    answer = told(card(), as_of=OPENED - timedelta(days=1))
    assert len(answer.statements) == 0
    assert answer.charged.tolist() == answer.open_amount.tolist() == [0]


def test_a_card_without_facts_has_statements_of_nothing() -> None:
    answer = told(card(transactions=()))
    assert answer.statements.closing_balance.tolist() == [0, 0, 0]
    assert answer.statements.is_paid_in_full.tolist() == [1, 1, -1]
    assert answer.statements.number.tolist() == [1, 2, 3]


def test_without_a_limit_no_available_credit_is_told() -> None:
    limited = card("B", credit_limits=[CreditLimit(OPENED, 600)])
    answer = told(card("A"), limited, as_of=date(2025, 4, 5))
    assert answer.credit_limit.tolist() == [-1, 60_000]
    assert answer.available_credit.tolist() == [-1, 0]
    assert answer.statements.over_limit.tolist() == [0, 40_000]


def test_a_reversal_counts_from_its_day_on_and_a_late_record_from_the_day_it_was_known() -> None:
    paid = dq.Payment(
        date(2025, 4, 10), 1000, recorded_on=date(2025, 4, 12), reversed_on=date(2025, 4, 20)
    )
    book = CardBook.from_cards([card(payments=[paid])])
    known = {
        day: int(
            card_ledgers(
                book, as_of=date(2025, 4, 15), known_on=date(2025, 4, day), engine=UNCOMPILED
            ).paid[0]
        )
        for day in (11, 12, 19, 20)
    }
    assert known == {11: 0, 12: 100_000, 19: 100_000, 20: 0}


def test_a_row_is_the_ledger_of_the_card() -> None:
    cards = many(3)
    answer = told(*cards, as_of=date(2025, 1, 20), known_on=date(2025, 1, 10))
    for row in range(3):
        ledger = answer.row(row)
        assert ledger.card == cards[row]
        assert (ledger.as_of, ledger.known_on) == (answer.as_of, answer.known_on)
        assert figures_of_row(answer, row)[0] == figures_of_card(ledger)
    with pytest.raises(IndexError):
        answer.row(3)


def test_nothing_is_lost_in_any_card_of_a_book() -> None:
    answer = told(*many(), as_of=date(2025, 3, 1))
    assert (answer.charged == answer.settled + answer.open_amount).all()
    assert (answer.paid + answer.converted == answer.settled + answer.credit_balance).all()
    table = answer.statements
    assert (
        table.closing_balance
        == table.opening_balance
        + table.purchases
        + table.cash_advances
        + table.plan_parts
        + table.fees
        + table.late_fees
        + table.interest
        - table.payments
        - table.refunds
        - table.converted
    ).all()
    assert (
        table.newly_required
        == table.required_principal + table.required_interest + table.required_fees
    ).all()


def test_a_balance_is_a_column() -> None:
    answer = told(card(), as_of=date(2025, 4, 24))
    assert answer.balance(BalanceKind.PURCHASE).tolist() == [100_000]
    assert answer.balances.shape == (1, len(BALANCE_KINDS))
    with pytest.raises(dq.InvalidTypeError):
        answer.balance("purchase")  # type: ignore[arg-type]


HUGE = Decimal("9" * 12)
ODD = Proportion(1, 10**9 + 7)
HARBOUR = SafeHarbourFee(
    FeeTable(name="harbour", currency=CNY, rows=[FeeRow(date(2020, 1, 1), 25, 35)], repeat_window=6)
)


@pytest.mark.parametrize(
    ("agreed", "amount"),
    [
        (terms(), HUGE),
        (
            terms(minimum=MinimumPaymentRule(shares=[MinimumShare(BalanceKind.PURCHASE, ODD)])),
            10**8,
        ),
        (terms(minimum=MinimumPaymentRule(shares=[], over_limit=ODD, floor=10**12)), 5),
        (terms(late_fee=late_fee(Proportion(10**12, 1), maximum=5)), 10_000),
        (terms(late_fee=late_fee(Proportion(1, 10**20))), 5),
        (terms(late_fee=attrs.evolve(late_fee(), amount=HARBOUR)), 10_000),
    ],
    ids=["balance", "minimum", "floor", "late fee", "denominator", "safe harbour"],
)
def test_a_card_whose_numbers_may_leave_64_bits_is_answered_alone(agreed: Any, amount: Any) -> None:
    cards = [
        card("A"),
        card("B", terms=agreed, transactions=[spent(amount), spent(amount, name="T-2")]),
    ]
    if amount == HUGE:
        cards[1] = card(
            "B", transactions=[spent(HUGE, name=f"T-{n}") for n in range(9)], terms=agreed
        )
    answer = told(*cards)
    assert answer.answered_alone.tolist() == [1]
    for row, each in enumerate(cards):
        ledger = card_ledger(each, as_of=AS_OF)
        assert figures_of_row(answer, row)[0] == figures_of_card(ledger)


def test_figures_that_no_column_can_hold_are_refused_and_the_row_is_named() -> None:
    rate = BalanceRate(BalanceKind.CASH_ADVANCE, dq.Rate.per_year(4))
    compounding = BalanceRate(BalanceKind.INTEREST, dq.Rate.per_year(4))
    agreed = terms(
        interest=CardInterest(rates=[rate, compounding], method=InterestMethod.FULL_STATEMENT)
    )
    cash = spent(HUGE, OPENED, kind=TransactionKind.CASH_ADVANCE)
    growing = card("B", terms=agreed, transactions=[cash])
    with pytest.raises(dq.PortfolioError, match="below 2") as raised:
        told(card("A"), growing, as_of=date(2031, 1, 1))
    assert raised.value.rows == (1,)
    assert raised.value.reason == "figures_too_large"


def test_minimums_of_a_book_are_those_of_its_cards() -> None:
    cards = [*many(), card("none", transactions=())]
    as_of = date(2025, 2, 1)
    found = requirements_of_book(CardBook.from_cards(cards), as_of=as_of, engine=UNCOMPILED)
    accounts = [requirements(each, as_of=as_of) for each in cards]
    assert list(found) == accounts == list(Portfolio.from_accounts(accounts))


def test_cards_that_have_required_nothing_have_a_row_of_nothing() -> None:
    book = CardBook.from_cards([card("A"), card("B")])
    for as_of in (OPENED, date(2025, 4, 4)):
        found = requirements_of_book(book, as_of=as_of, engine=UNCOMPILED)
        assert list(found) == [requirements(each, as_of=as_of) for each in book]
        assert found.instalments.in_force_from is None


def test_a_refund_that_met_a_minimum_stands_among_the_payments() -> None:
    refund = spent(950, date(2025, 4, 10), "R-1", kind=TransactionKind.REFUND, refers_to="T-1")
    paid = [
        dq.Payment(date(2025, 4, 10), 5),
        dq.Payment(date(2025, 4, 10), 70),
        dq.Payment(date(2025, 4, 10), 5, payment_id="P-1"),
        dq.Payment(date(2025, 4, 10), 50, dq.PaymentKind.GOODWILL),
        dq.Payment(date(2025, 4, 10), 50, recorded_on=date(2025, 4, 11)),
    ]
    cards = [card("A"), card("B", transactions=[spent(1000), refund], payments=paid), card("C")]
    found = requirements_of_book(CardBook.from_cards(cards), as_of=AS_OF, engine=UNCOMPILED)
    accounts = [requirements(each, as_of=AS_OF) for each in cards]
    assert sum(len(each.payments) for each in accounts) == 6
    assert list(found) == accounts


def test_days_past_due_of_a_book_of_cards_are_those_of_each_card() -> None:
    policy = dq.rulebook.load("cn-card")
    late = card("B", payments=[dq.Payment(date(2025, 4, 10), 40)])
    book = CardBook.from_cards([card("A"), late, card("C", transactions=())])
    for day in (date(2025, 4, 23), date(2025, 4, 24), date(2025, 5, 30)):
        minimums = requirements_of_book(book, as_of=day, engine=UNCOMPILED)
        found = dq.portfolio.days_past_due(minimums, as_of=day, policy=policy)
        expected = [
            dq.days_past_due(requirements(each, as_of=day), as_of=day, policy=policy)
            for each in book
        ]
        assert found.tolist() == expected


def test_frames_have_exact_amounts_and_say_nothing_where_nothing_is_known() -> None:
    answer = told(card("A"), card("B", credit_limits=[CreditLimit(OPENED, 600)]))
    frame = answer.to_frame("pyarrow").to_pydict()
    assert frame["account_id"] == ["A", "B"]
    assert frame["as_of"] == [AS_OF, AS_OF]
    assert frame["credit_limit"] == [None, Decimal("600.00")]
    assert frame["available_credit"] == [None, Decimal("0.00")]
    assert frame["charged"] == [answer.row(0).charged, answer.row(1).charged]
    rows = answer.statements_to_frame("pyarrow").to_pydict()
    ledger = answer.row(0)
    assert rows["account_id"] == ["A"] * 3 + ["B"] * 3
    assert rows["statement_no"] == [1, 2, 3] * 2
    assert rows["statement_date"][:3] == [each.statement_date for each in ledger.statements]
    assert rows["closing_balance"][:3] == [each.closing_balance for each in ledger.statements]
    assert rows["is_minimum_met"][:3] == [each.is_minimum_met for each in ledger.statements]
    for backend in ("pandas", "polars"):
        assert len(answer.to_frame(backend)) == 2
        assert len(answer.statements_to_frame(backend)) == 6
    with pytest.raises(dq.InvalidValueError, match="backend"):
        answer.to_frame("excel")


def test_columns_have_one_row_a_card_in_minor_units() -> None:
    columns = told(card("A")).columns()
    assert columns["account_id"].tolist() == ["A"]
    assert columns["purchase"].tolist() == [100_000]
    assert {len(column) for column in columns.values()} == {1}


def test_books_and_answers_say_what_they_are() -> None:
    answer = told(card("A"), card("B"), known_on=AS_OF)
    assert repr(answer.book) == "CardBook(2 cards, 2 transactions, 0 payments, CNY)"
    known = f"CardLedgers({AS_OF} as known on {AS_OF}, 2 cards, 6 statements, CNY)"
    assert repr(answer) == known
    assert repr(answer.statements) == "CardStatementColumns(6 statements)"
    assert len(answer) == len(answer.book) == 2
    assert answer.book.currency == CNY


def test_what_is_no_book_no_date_and_no_engine_is_refused() -> None:
    book = CardBook.from_cards([card()])
    with pytest.raises(dq.InvalidTypeError, match="a CardBook"):
        card_ledgers([card()], as_of=AS_OF)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="as_of"):
        card_ledgers(book, as_of="2025-06-05")  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="known_on"):
        card_ledgers(book, as_of=AS_OF, known_on=20_000)  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match=r"as_of.*choose the time zone"):
        card_ledgers(book, as_of=datetime(2025, 6, 5))
    for far in (date(9999, 12, 31), date(1899, 12, 31)):
        with pytest.raises(dq.InvalidValueError, match="from 1900-01-01 to 2200-12-31"):
            requirements_of_book(book, as_of=far)
    for threads in (0, True, "2"):
        with pytest.raises(dq.InvalidTypeError, match="an int from 1"):
            told(card(), threads=threads)
    with pytest.raises(dq.InvalidTypeError, match="Engine"):
        card_ledgers(book, as_of=AS_OF, engine="compiled")  # type: ignore[arg-type]


def test_two_threads_and_many_blocks_give_the_answer_of_one(monkeypatch: Any) -> None:
    cards = many(12)
    book = CardBook.from_cards(cards)
    whole = card_ledgers(book, as_of=date(2025, 1, 1), threads=1)
    monkeypatch.setattr("delinquency.portfolio.cards.run.CARDS_OF_A_BLOCK", 5)
    for engine in (None, UNCOMPILED):
        blocks = card_ledgers(book, as_of=date(2025, 1, 1), threads=2, engine=engine)
        assert [figures_of_row(blocks, row) for row in range(12)] == [
            figures_of_row(whole, row) for row in range(12)
        ]


def test_columns_that_lie_apart_in_memory_are_laid_side_by_side_for_the_loops() -> None:
    book = CardBook.from_cards([card("A"), card("B")])
    wide = np.repeat(book.transactions.amount, 2)
    wide.flags.writeable = False
    table = attrs.evolve(book.transactions, amount=wide[::2])
    apart = attrs.evolve(book, transactions=table)
    assert not apart.transactions.amount.flags.c_contiguous
    assert all(column.flags.c_contiguous for column in card_arrays(apart))
    found = card_ledgers(apart, as_of=AS_OF, engine=UNCOMPILED)
    assert figures_of_row(found, 1) == figures_of_row(told(card("A"), card("B")), 1)


WITHOUT_COMPILER = """
import sys, warnings
sys.modules["numba"] = None
from datetime import date
from delinquency.portfolio import InterpretedKernelWarning
from delinquency.portfolio import CardBook
from delinquency.portfolio import card_ledgers
from tests.portfolio.test_cards import card
with warnings.catch_warnings(record=True) as raised:
    warnings.simplefilter("always")
    book = CardBook.from_cards([card()])
    for _ in range(2):
        answer = card_ledgers(book, as_of=date(2025, 4, 5))
print([each.category is InterpretedKernelWarning for each in raised])
print(answer.statements.closing_balance.tolist())
"""


def test_without_a_compiler_the_answer_is_the_same_and_one_warning_says_how_to_speed_up() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_COMPILER],
        check=True,
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split("\n")[:2] == ["[True]", "[100000]"]
