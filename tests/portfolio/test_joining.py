"""The law of joining: two halves of a book, put together, are the book."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import Portfolio
from delinquency.portfolio.adding_facts import evolved
from delinquency.portfolio.fact_conversion import FACT_TABLES
from delinquency.portfolio.joining import joined
from delinquency.portfolio.text_column import TextColumn
from tests.equivalence.books import CURRENCIES, draw_account
from tests.equivalence.penalties import draw_loan

TABLES = ("instalments", "payments", *FACT_TABLES)


def named(account: dq.Account) -> dq.Account:
    """The account, its payments with ids, and a dispute that was recorded late and taken back."""
    payments = [
        attrs.evolve(each, payment_id=f"P-{number}") for number, each in enumerate(account.payments)
    ]
    start = account.originated_on
    late = dq.Dispute(
        "D-late",
        start,
        1,
        recorded_on=start + timedelta(3),
        reversed_on=start + timedelta(9),
    )
    return attrs.evolve(account, payments=payments, events=(*account.events, late))


def without_detail(events: Sequence[Any]) -> list[Any]:
    """Disputes of whole accounts and suspensions of the law alone, with nothing said that may be left out."""
    disputes = [
        dq.Dispute(each.dispute_id, each.start, each.amount)
        for each in events
        if isinstance(each, dq.Dispute)
    ]
    suspensions = [
        dq.CountingSuspension(each.start, each.end)
        for each in events
        if isinstance(each, dq.CountingSuspension)
    ]
    return [*disputes, *suspensions]


def draw_accounts(rng: random.Random) -> tuple[list[dq.Account], int]:
    """Accounts of which those on one side of a place have little beside their schedules, and that place."""
    currency = dq.Currency.of(rng.choice(CURRENCIES))
    draw = rng.choice((draw_account, draw_account, draw_loan))
    accounts = [named(draw(rng, number, currency)) for number in range(rng.randint(2, 12))]
    begin = rng.randint(1, len(accounts) - 1)
    bare = [
        attrs.evolve(
            each,
            charges=(),
            events=rng.choice(((), without_detail(each.events))),
            contract_rates=rng.choice(((), each.contract_rates)),
            payments=[attrs.evolve(paid, payment_id=None) for paid in each.payments],
            obligor_id="",
            product=dq.Product.LOAN,
            segment=dq.Segment.RETAIL,
        )
        for each in accounts[begin:]
    ]
    found = [*accounts[:begin], *bare]
    return (found[::-1], len(found) - begin) if rng.random() < 0.5 else (found, begin)


def differences(first: Any, second: Any, where: str = "book") -> list[str]:
    """Every column that is not the same, by its name: values, type and absence."""
    if isinstance(first, TextColumn) and isinstance(second, TextColumn):
        return [] if list(first) == list(second) else [where]
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        alike = first.dtype == second.dtype and np.array_equal(first, second)
        return [] if alike else [f"{where}: {first!r}, not {second!r}"]
    if first is None or second is None or not attrs.has(type(first)):
        return [] if first == second else [f"{where}: {first!r}, not {second!r}"]
    return [
        text
        for field in attrs.fields(type(first))
        for text in differences(
            getattr(first, field.name), getattr(second, field.name), f"{where}.{field.name}"
        )
    ]


def test_two_halves_of_a_book_are_the_book() -> None:
    """Law: cut at any place, every table and every column is that of the whole, absent ones too."""
    rng = random.Random(20_250_630)
    absent: Counter[str] = Counter()
    for _ in range(200):
        accounts, place = draw_accounts(rng)
        whole = Portfolio.from_accounts(accounts)
        for cut in {place, rng.randint(1, len(accounts) - 1)}:
            halves = [Portfolio.from_accounts(part) for part in (accounts[:cut], accounts[cut:])]
            found = joined(*halves)
            assert differences(found, whole) == [], cut
            assert [found.account(row) for row in range(len(found))] == accounts
            note_absent(halves, absent)
    lacking = {
        f"{table}.{field.name}"
        for table in TABLES
        for field in attrs.fields(type(getattr(whole_of_all(), table)))
        if field.default is None
    } - {"suspensions.reason"}  # accounts always say it
    assert {name for name, count in absent.items() if count} >= lacking - set(+absent)


def note_absent(halves: list[Portfolio], absent: Counter[str]) -> None:
    """Count the tables and columns that one half has and the other lacks."""
    for name in TABLES:
        pair = [getattr(half, name) for half in halves]
        if (pair[0] is None) != (pair[1] is None):
            absent[name] += 1
        if None in pair:
            continue
        for field in attrs.fields(type(pair[0])):
            cells = [getattr(table, field.name) for table in pair]
            absent[f"{name}.{field.name}"] += (cells[0] is None) != (cells[1] is None)


def whole_of_all() -> Portfolio:
    """A book that has every table."""
    rng = random.Random(1)
    accounts: list[dq.Account] = []
    currency = dq.Currency.of("CNY")
    while True:
        draw = rng.choice((draw_account, draw_loan))
        accounts.append(draw(rng, len(accounts), currency))
        book = Portfolio.from_accounts(accounts)
        if all(getattr(book, name) is not None for name in TABLES):
            return book


def test_what_is_joined_of_three_is_joined_in_any_grouping() -> None:
    """Law: the order of the accounts alone decides."""
    rng = random.Random(3)
    for _ in range(200):
        accounts, _ = draw_accounts(rng)
        if len(accounts) < 3:
            continue
        parts = [
            Portfolio.from_accounts(part) for part in (accounts[:1], accounts[1:2], accounts[2:])
        ]
        left = joined(joined(parts[0], parts[1]), parts[2])
        right = joined(parts[0], joined(parts[1], parts[2]))
        assert differences(left, right) == []


def test_an_account_that_stands_in_both_books_is_refused() -> None:
    book = Portfolio.from_accounts(draw_accounts(random.Random(5))[0])
    with pytest.raises(dq.PortfolioError, match="account"):
        joined(book, book)


def test_books_in_two_currencies_are_refused() -> None:
    accounts = [
        dq.Account(
            account_id=code,
            originated_on=date(2025, 1, 1),
            schedule=dq.Schedule(dq.Currency.of(code), [dq.Instalment(date(2025, 1, 31), 100)]),
        )
        for code in ("CNY", "EUR")
    ]
    yuan, euro = (Portfolio.from_accounts([account]) for account in accounts)
    with pytest.raises(dq.InvalidValueError, match="two books in one currency, CNY, found EUR"):
        joined(yuan, euro)


def test_a_reason_that_one_book_lacks_is_the_first_one() -> None:
    """Columns of a caller may leave out why counting stands still; those of accounts never do."""
    rows = [dq.Instalment(date(2025, 1, 31), 100)]
    accounts = [
        dq.Account(
            account_id=reason.name,
            originated_on=date(2025, 1, 1),
            schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
            events=[dq.CountingSuspension(date(2025, 2, 1), date(2025, 3, 1), reason)],
        )
        for reason in dq.SuspensionReason
    ]
    first, *others = accounts
    left, right = Portfolio.from_accounts([first]), Portfolio.from_accounts(others)
    lacking = evolved(left, suspensions=attrs.evolve(left.suspensions, reason=None))
    for pair, wanted in (((lacking, right), accounts), ((right, lacking), [*others, first])):
        found = joined(*pair)
        assert [found.account(row) for row in range(len(found))] == wanted


def test_no_table_of_a_book_is_forgotten() -> None:
    """What a book is made of, by its fields: a table that is added must be joined too."""
    whole = {field.name for field in attrs.fields(Portfolio) if field.init}
    assert whole == {
        *("currency", "originated_on", "account_id", "product", "segment", "obligor_id"),
        *TABLES,
    }
