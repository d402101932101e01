"""What a book owes equals what each of its accounts owes, part by part, to the minor unit."""

from __future__ import annotations

import copy
import pickle
import random
from collections import Counter
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.penalty import ContractMultiple, PenaltyTerms
from delinquency.portfolio import Engine, Portfolio, PortfolioBreakdown, breakdown
from delinquency.sample_book import SAMPLE_AS_OF, sample_book
from tests.equivalence.compare import draw_book
from tests.equivalence.penalties import draw_loan, draw_penalty_policy
from tests.equivalence.test_equivalence import engines_for
from tests.portfolio.test_policies_that_charge import POLICIES
from tests.strategies_internal import FEW, accounts, closes, days, policies

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
STATES = ("past_due", "due", "not_due")
FIGURES = (
    "payoff",
    "arrears",
    "paid_ahead",
    "charged_ahead",
    "accrued_interest",
    "unearned_interest",
    "prepaid_fees",
    "unposted_penalty",
    "unallocated",
    "written_off",
    "off_balance",
    "on_balance",
)
HARD = (*FIGURES, "is_off_balance", "accrued, some let off")


def check_row(told: PortfolioBreakdown, row: int, alone: dq.Breakdown) -> None:
    currency = alone.account.currency
    for state in STATES:
        assert getattr(told, state).of_row(row, currency) == getattr(alone, state), state
    scale = 10**currency.minor_unit
    figures = {name: int(getattr(told, name)[row]) for name in FIGURES}
    assert figures == {name: int(getattr(alone, name) * scale) for name in FIGURES}
    assert bool(told.is_off_balance[row]) == alone.is_off_balance


def note(alone: dq.Breakdown, seen: Counter[str]) -> None:
    seen["accounts"] += 1
    for name in (*FIGURES, "is_off_balance"):
        seen[name] += bool(getattr(alone, name))
    let_off = alone.ledger.swept is not None and any(
        alone.ledger.obligations[row[1]].due_day > alone.ledger.as_of_day
        for row in (*alone.ledger.moves.waived, *alone.ledger.moves.written_off)
    )
    seen["accrued, some let off"] += let_off


def test_every_part_of_a_book_is_that_of_the_account_alone() -> None:
    rng = random.Random(20_250_701)
    seen: Counter[str] = Counter()
    for number in range(60):
        drawn, policy, as_of, known_on = draw_book(rng)
        if rng.random() < 0.3:
            policy = attrs.evolve(policy, off_balance_from=rng.choice((1, 90)))
        question: dict[str, Any] = {"as_of": as_of, "policy": policy, "known_on": known_on}
        alone = [dq.breakdown(account, **question) for account in drawn]
        for engine in engines_for(number):
            told = breakdown(Portfolio.from_accounts(drawn), **question, engine=engine)
            for row, owed in enumerate(alone):
                check_row(told, row, owed)
        for owed in alone:
            note(owed, seen)
    assert [name for name in HARD if name != "unposted_penalty" and not seen[name]] == []


def test_penalty_outside_the_order_is_owed_and_not_posted() -> None:
    rng = random.Random(20_250_702)
    seen: Counter[str] = Counter()
    refused = 0
    for number in range(40):
        policy = attrs.evolve(
            draw_penalty_policy(rng, CNY), penalty_in_waterfall=dq.PenaltyPlace.OUTSIDE
        )
        drawn = [draw_loan(rng, place, CNY) for place in range(rng.randint(1, 12))]
        question: dict[str, Any] = {"as_of": date(2023, 11, 20), "policy": policy}
        try:
            alone = [dq.breakdown(account, **question) for account in drawn]
        except InvalidValueError:
            with pytest.raises(InvalidValueError, match="account 'A-"):
                breakdown(Portfolio.from_accounts(drawn), **question)
            refused += 1
            continue
        for engine in engines_for(number):
            told = breakdown(Portfolio.from_accounts(drawn), **question, engine=engine)
            for row, owed in enumerate(alone):
                check_row(told, row, owed)
        for owed in alone:
            note(owed, seen)
    assert refused
    assert seen["unposted_penalty"] > 20


@pytest.mark.parametrize("name", POLICIES)
def test_what_a_policy_charges_itself_is_owed_too(name: str) -> None:
    book = sample_book(80)
    question: dict[str, Any] = {"as_of": SAMPLE_AS_OF, "policy": POLICIES[name]}
    told = breakdown(book, **question)
    for row, account in enumerate(book):
        check_row(told, row, dq.breakdown(account, **question))
    assert told.past_due.penalty.any() or told.past_due.fees.any()


@FEW
@given(st.lists(accounts(facts=True), min_size=1, max_size=4), policies(), st.data())
def test_a_book_of_any_facts_owes_what_its_accounts_owe(drawn, policy, data) -> None:
    """Law: every part and every total of a row is that of the account."""
    drawn = [attrs.evolve(one, account_id=f"A-{row}") for row, one in enumerate(drawn)]
    as_of = data.draw(closes(drawn[0]))
    offset = data.draw(st.none() | st.integers(-30, 30))
    known_on = None if offset is None else as_of + days(offset)
    question: dict[str, Any] = {"as_of": as_of, "policy": policy, "known_on": known_on}
    told = breakdown(Portfolio.from_accounts(drawn), **question)
    for row, account in enumerate(drawn):
        check_row(told, row, dq.breakdown(account, **question))


def test_each_account_owes_under_the_version_of_its_day_of_origination() -> None:
    by_origin = dq.SelectedBy.ORIGINATED_ON
    day = date(2024, 6, 1)
    old = attrs.evolve(POLICY.versions[0], validity=dq.Validity(None, day, by_origin))
    new = attrs.evolve(
        POLICY.versions[0], off_balance_from=1, validity=dq.Validity(day, None, by_origin)
    )
    policy = dq.PolicyTimeline(name="by origination", versions=[old, new])
    book = sample_book(120)
    told = breakdown(book, as_of=SAMPLE_AS_OF, policy=policy)
    assert len(told.policies) == 2
    for row, account in enumerate(book):
        check_row(told, row, dq.breakdown(account, as_of=SAMPLE_AS_OF, policy=policy))
    assert 0 < np.count_nonzero(told.is_off_balance) < np.count_nonzero(told.arrears)


def loan(name: str, *payments: dq.Payment, **facts: Any) -> dq.Account:
    """Two instalments of 100 and 10 of interest and 1 of fees."""
    rows = [
        dq.Instalment(date(2025, 1, 31), 100, 10, 1),
        dq.Instalment(date(2025, 2, 28), 100, 10, 1),
    ]
    return dq.Account(
        account_id=name,
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(CNY, rows),
        payments=payments,
        **facts,
    )


@pytest.mark.parametrize("engine", list(Engine))
def test_the_running_period_earns_its_interest_day_by_day(engine: Engine) -> None:
    book = Portfolio.from_accounts([loan("A-1", dq.Payment(date(2025, 1, 31), 111))])
    for day, earned in ((31, 0), (32, 36), (45, 500), (58, 964), (59, 0)):
        as_of = date(2024, 12, 31) + days(day)
        told = breakdown(book, as_of=as_of, policy=POLICY, engine=engine)
        assert told.accrued_interest.tolist() == [earned]
    assert told.due.interest.tolist() == [1000]


def test_the_greatest_interest_of_the_longest_period_is_earned_to_the_unit() -> None:
    row = dq.Instalment(date(2073, 12, 31), 1, 9_999_999_999_998)
    account = dq.Account(
        account_id="A-1", originated_on=date(2024, 12, 31), schedule=dq.Schedule(CNY, [row])
    )
    book = Portfolio.from_accounts([account])
    for as_of in (date(2024, 12, 31), date(2025, 1, 1), date(2061, 7, 7), date(2073, 12, 30)):
        told = breakdown(book, as_of=as_of, policy=POLICY)
        check_row(told, 0, dq.breakdown(account, as_of=as_of, policy=POLICY))


def test_before_its_first_day_an_account_owes_nothing() -> None:
    told = breakdown(
        Portfolio.from_accounts([loan("A-1")]), as_of=date(2024, 12, 30), policy=POLICY
    )
    assert told.payoff.tolist() == [0]


@pytest.mark.parametrize("engine", list(Engine))
def test_more_accounts_than_are_worked_through_at_a_time(engine: Engine) -> None:
    book = sample_book(2_100)
    told = breakdown(book, as_of=SAMPLE_AS_OF, policy=POLICY, engine=engine, threads=2)
    for row in (0, 1_023, 1_024, 2_048, 2_099):
        alone = dq.breakdown(book.account(row), as_of=SAMPLE_AS_OF, policy=POLICY)
        check_row(told, row, alone)


def test_a_row_and_its_reasons_are_those_of_the_account() -> None:
    account = loan("A-1")
    told = breakdown(Portfolio.from_accounts([account]), as_of=date(2025, 2, 14), policy=POLICY)
    alone = dq.breakdown(account, as_of=date(2025, 2, 14), policy=POLICY)
    assert told.row(0).payoff == alone.payoff
    assert told.explain(0).to_text() == str(alone)
    with pytest.raises(IndexError):
        told.row(1)


def test_what_a_book_owes_is_shown_in_one_line_and_stays_as_it_was_told() -> None:
    told = breakdown(sample_book(200), as_of=SAMPLE_AS_OF, policy=POLICY)
    assert repr(told) == "PortfolioBreakdown(2025-06-30, 200 accounts, 14 in arrears, CNY)"
    assert repr(told.due) == "OwedColumns(200 accounts)"
    assert len(told) == len(told.due) == 200
    for again in (told, copy.deepcopy(told), pickle.loads(pickle.dumps(told))):
        assert again.payoff.tolist() == told.payoff.tolist()
        with pytest.raises(ValueError, match="read-only"):
            again.past_due.principal[0] = 1
        with pytest.raises(ValueError, match="read-only"):
            again.accrued_interest[0] = 1


def test_sums_of_a_book_are_exact_beyond_64_bits() -> None:
    row = dq.Instalment(date(2025, 1, 31), 10**13)
    book = Portfolio.from_accounts(
        dq.Account(
            account_id=f"A-{number}",
            originated_on=date(2024, 12, 31),
            schedule=dq.Schedule(CNY, [row]),
        )
        for number in range(9_300)
    )
    told = breakdown(book, as_of=date(2025, 3, 1), policy=POLICY)
    assert told.past_due.of_book(CNY).principal == 9_300 * 10**13
    assert told.past_due.of_book(CNY).total > 2**63 // 100


def test_what_no_account_can_be_asked_no_book_can() -> None:
    book = sample_book(3)
    with pytest.raises(InvalidTypeError, match="a Portfolio"):
        breakdown(book.account(0), as_of=SAMPLE_AS_OF, policy=POLICY)
    with pytest.raises(InvalidTypeError, match="date"):
        breakdown(book, as_of=datetime(2025, 6, 30), policy=POLICY)
    with pytest.raises(InvalidTypeError, match="known_on"):
        breakdown(book, as_of=SAMPLE_AS_OF, policy=POLICY, known_on="2025-06-30")


@pytest.mark.parametrize("place", [dq.PenaltyPlace.OUTSIDE, dq.PenaltyPlace.ON_DEMAND])
def test_an_account_that_the_verb_refuses_is_named(place: dq.PenaltyPlace) -> None:
    drawn = POLICIES["on demand"]
    terms: PenaltyTerms = attrs.evolve(drawn.penalty, rate=ContractMultiple(dq.Proportion(3, 2)))
    policy = attrs.evolve(drawn, penalty=terms, penalty_in_waterfall=place)
    with pytest.raises(InvalidValueError, match="account 'A-1'"):
        breakdown(Portfolio.from_accounts([loan("A-1")]), as_of=date(2025, 3, 1), policy=policy)


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_frame_has_a_row_an_account_and_says_its_day(backend: str) -> None:
    told = breakdown(sample_book(5), as_of=SAMPLE_AS_OF, policy=POLICY)
    frame = told.to_frame(backend)
    names = list(getattr(frame, "column_names", None) or frame.columns)
    assert names == ["account_id", "as_of", "policy", "currency", *list(told.columns())[1:]]
    table = dq.frames.breakdown_to_frame(told, "pyarrow", amounts="minor")
    assert table["payoff"].to_pylist() == told.payoff.tolist()
    assert table["not_due_interest"].to_pylist() == told.not_due.interest.tolist()
    assert table["is_off_balance"].to_pylist() == told.is_off_balance.tolist()
    assert str(told.to_frame("pyarrow")["as_of"][4]) == "2025-06-30"


def test_a_frame_says_the_version_of_each_account() -> None:
    by_origin, day = dq.SelectedBy.ORIGINATED_ON, date(2024, 6, 1)
    old, new = (
        attrs.evolve(dq.rulebook.load(name).versions[0], validity=validity)
        for name, validity in (
            ("founding-report", dq.Validity(None, day, by_origin)),
            ("cn-loan", dq.Validity(day, None, by_origin)),
        )
    )
    policy = dq.PolicyTimeline(name="by origination", versions=[old, new])
    book = sample_book(40)
    told = breakdown(book, as_of=SAMPLE_AS_OF, policy=policy)
    expected = [old.version if one.originated_on < day else new.version for one in book]
    assert told.to_frame("pyarrow")["policy"].to_pylist() == expected
    assert len(set(expected)) == 2


def test_a_policy_that_no_account_of_the_currency_can_have_is_refused_as_it_stands() -> None:
    policy = attrs.evolve(POLICIES["on demand"], closing_tolerance=Decimal("0.001"))
    with pytest.raises(dq.PolicyError, match="^policy"):
        breakdown(sample_book(2), as_of=SAMPLE_AS_OF, policy=policy)
