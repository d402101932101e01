"""Findings, reported figures, restructurings and re-ages in a book: they come back, and change no answer."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.portfolio import Portfolio
from delinquency.portfolio import assess as assess_book
from delinquency.portfolio.sweep_choice import sweep_choice
from delinquency.testing import strategies
from tests.equivalence.books import draw_account, draw_policy, draw_status_facts

CNY = dq.Currency.of("CNY")
STATUS = (
    dq.Finding,
    dq.ReportedFigure,
    dq.Restructuring,
    dq.ReAge,
    dq.Collateral,
    dq.Guarantee,
)
ORIGIN = date(2023, 1, 1)
AS_OF = date(2023, 9, 30)
POLICY = dq.rulebook.load("founding-report")


def without(account: dq.Account) -> dq.Account:
    kept = [event for event in account.events if not isinstance(event, STATUS)]
    return attrs.evolve(account, events=kept)


def loan(number: int, *events: dq.AccountEvent) -> dq.Account:
    rows = [dq.Instalment(ORIGIN + timedelta(30 * step), 1_000, 50) for step in range(1, 13)]
    return dq.Account(
        account_id=f"A-{number}",
        originated_on=ORIGIN,
        schedule=dq.Schedule(CNY, rows),
        payments=[dq.Payment(ORIGIN + timedelta(31 + number % 60), 1_500 + number)],
        events=events,
    )


def loans(*, with_facts: bool) -> list[dq.Account]:
    """Loans with nothing beside their schedules but facts of status."""
    drawn = [draw_status_facts(random.Random(number), ORIGIN) for number in range(60)]
    assert {type(event) for events in drawn for event in events} == set(STATUS)
    return [loan(number, *(events if with_facts else ())) for number, events in enumerate(drawn)]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_accounts_of_all_facts_come_back_equal(data: st.DataObject) -> None:
    """Law: ``Portfolio.from_accounts(accounts)`` gives back the accounts, whatever happened to them."""
    drawn = data.draw(
        st.lists(strategies.accounts(currency=CNY, all_facts=True), min_size=1, max_size=4)
    )
    named = [attrs.evolve(account, account_id=f"A-{n}") for n, account in enumerate(drawn)]
    assert [*Portfolio.from_accounts(named)] == named


def test_what_was_put_in_the_place_of_what_was_reversed_at_once_comes_back_too() -> None:
    day = date(2023, 3, 1)
    every = [
        dq.ReportedFigure(dq.FigureName.LOAN_TO_VALUE, day, dq.Proportion(part, 7), *dates)
        for part, dates in enumerate([(None, day), (day, day), (day, None)])
    ]
    account = loan(1, *reversed(every))
    assert [*Portfolio.from_accounts([account])] == [account]
    assert account.figure_rows[-1].numerator == 2


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.booleans())
def test_a_book_answers_as_it_does_without_facts_of_status(seed: int, is_known: bool) -> None:
    """Law: findings, reported figures, restructurings and re-ages change no column of an answer."""
    rng = random.Random(seed)
    drawn = [draw_account(rng, number, CNY) for number in range(rng.randint(1, 6))]
    policy = draw_policy(rng, CNY)
    asked: dict[str, Any] = {
        "as_of": AS_OF,
        "policy": policy,
        "known_on": AS_OF if is_known else None,
    }
    told = assess_book(Portfolio.from_accounts(drawn), **asked)
    plain = assess_book(Portfolio.from_accounts(map(without, drawn)), **asked)
    assert told.to_frame("pyarrow", with_exposure=True) == plain.to_frame(
        "pyarrow", with_exposure=True
    )


def test_facts_of_status_need_no_ledger_and_no_slower_sweep() -> None:
    book = Portfolio.from_accounts(loans(with_facts=True))
    plain = Portfolio.from_accounts(loans(with_facts=False))
    for table in (book.findings, book.reported_figures, book.restructurings, book.re_ages):
        assert table is not None
    assert not book.needs_ledger.any()
    policy = POLICY.versions[0]
    chosen, other = sweep_choice(book, policy), sweep_choice(plain, policy)
    assert chosen.totals_decide is other.totals_decide is True
    assert np.array_equal(chosen.beside_totals, other.beside_totals)
    assert np.array_equal(chosen.beside_prefixes, other.beside_prefixes)


def test_no_account_of_a_book_with_facts_of_status_is_answered_by_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object) -> dq.Account:
        raise AssertionError("an account was made of columns")

    book = Portfolio.from_accounts(loans(with_facts=True))
    plain = Portfolio.from_accounts(loans(with_facts=False))
    monkeypatch.setattr(Portfolio, "account", refuse)
    for verb in (dq.portfolio.assess, dq.portfolio.breakdown, dq.portfolio.instalment_ages):
        told, other = (verb(each, as_of=AS_OF, policy=POLICY) for each in (book, plain))
        assert told.to_frame("pyarrow") == other.to_frame("pyarrow")
