"""A loop is compiled once: neither what a book lacks nor a number written out makes another of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import Engine, Portfolio, assess
from delinquency.portfolio.columns import ContractRateColumns
from delinquency.portfolio.kernels.compiler import HAS_COMPILER, called, compiled
from delinquency.portfolio.kernels.totals import as_of_totals
from delinquency.portfolio.plans.plan_scratch import new_planned_rows, no_planned_rows
from delinquency.portfolio.plans.putting import rate_arrays
from delinquency.sample_book import sample_book

pytestmark = pytest.mark.skipif(not HAS_COMPILER, reason="nothing is compiled")


def types_of(columns: Any) -> Any:
    import numba

    return numba.typeof(columns)


def part(number: int, more: int) -> int:
    return number + more


def test_a_number_that_a_call_writes_out_is_a_number_like_another() -> None:
    inner = called(part)

    def whole(number: int) -> int:
        return inner(number, 0) + inner(number, 1) + inner(number, number)

    assert compiled(whole)(4) == 4 + 5 + 8
    assert len(inner.signatures) == 1


def charged(*rows: dq.Charge) -> Portfolio:
    dues = [dq.Instalment(date(2025, 1, 31), 100)]
    account = dq.Account(
        account_id="A",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("CNY"), dues),
        charges=rows,
    )
    return Portfolio.from_accounts([account, attrs.evolve(account, account_id="B", charges=())])


def test_a_book_with_accounts_to_be_skipped_is_worked_through_by_the_same_loop() -> None:
    policy = dq.rulebook.load("founding-report")
    fee = dq.Charge("C-1", dq.Component.FEES, 5, date(2025, 1, 15))
    books = charged(), charged(fee)
    assert [book.needs_ledger.any() for book in books] == [False, True]
    for book in books:
        assess(book, as_of=date(2025, 6, 30), policy=policy, engine=Engine.COMPILED)
    assert len(as_of_totals.signatures) == 1


def with_rates(book: Portfolio) -> Portfolio:
    size = len(book)
    return attrs.evolve(
        book,
        contract_rates=ContractRateColumns(
            offsets=np.arange(size + 1, dtype=np.int64),
            effective_on=book.originated_on,
            rate=np.full(size, 12_000_000, dtype=np.int64),
        ),
    )


def test_a_book_without_rates_has_columns_of_the_same_types() -> None:
    book = attrs.evolve(sample_book(5), contract_rates=None)
    assert types_of(rate_arrays(book)) == types_of(rate_arrays(with_rates(book)))


def test_rows_that_nobody_asks_for_are_columns_of_the_same_types() -> None:
    asked = new_planned_rows(np.array([0, 3], dtype=np.int64), 1, 2)
    assert types_of(no_planned_rows()) == types_of(asked)
