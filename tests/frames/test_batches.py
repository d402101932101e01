"""A book cut into batches of accounts, anywhere, is the same book."""

from __future__ import annotations

from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames
from tests.frames.small_tables import columns
from tests.frames.test_round_trip import accounts, assert_equal_books


@settings(deadline=None)
@given(accounts(), st.lists(st.integers(0, 8), max_size=3), st.sampled_from(["decimal", "minor"]))
def test_a_book_cut_anywhere_between_accounts_is_read_whole(
    drawn: list[dq.Account], cuts: list[int], amounts: str
) -> None:
    """book_from_record_batches(any cut of book_to_record_batch(book)) == book."""
    book = dq.portfolio.Portfolio.from_accounts(drawn)
    batch = frames.book_to_record_batch(book, amounts=amounts)
    assert batch.num_rows == len(drawn)
    borders = sorted({0, len(drawn), *(min(cut, len(drawn)) for cut in cuts)})
    parts = [batch.slice(start, end - start) for start, end in pairwise(borders)]
    how = {"amounts": "minor" if amounts == "minor" else "auto"}
    assert_equal_books(frames.book_from_record_batches(parts, currency=book.currency, **how), book)
    for start, part in zip(borders, parts, strict=False):
        own = frames.book_from_record_batches([part], currency=book.currency, **how)
        assert list(own) == drawn[start : start + part.num_rows]


@settings(deadline=None, max_examples=20)
@given(accounts(code="CNY"), accounts(code="CNY"))
def test_the_schema_of_a_batch_does_not_depend_on_what_is_in_it(
    some: list[dq.Account], others: list[dq.Account]
) -> None:
    """Engines need one schema for all batches of a currency."""
    schemas = [
        frames.book_to_record_batch(dq.portfolio.Portfolio.from_accounts(drawn)).schema
        for drawn in (some, others)
    ]
    assert schemas[0] == schemas[1]


def test_no_batch_and_facts_that_are_no_list_are_refused() -> None:
    with pytest.raises(dq.PortfolioError, match="at least one batch"):
        frames.book_from_record_batches([], currency="CNY")
    batch = pa.record_batch(
        {"account_id": ["A"], "originated_on": ["2025-01-01"], "instalments": [7]}
    )
    with pytest.raises(dq.InvalidTypeError, match="batch, instalments: expected a list of structs"):
        frames.book_from_record_batches([batch], currency="CNY")
    with pytest.raises(dq.PortfolioError, match="instalments.account_id: expected the column"):
        frames.book_from_record_batches([batch.drop_columns("instalments")], currency="CNY")


def test_an_account_without_a_list_has_no_facts() -> None:
    book = frames.read(**columns(), currency="CNY")
    batch = frames.book_to_record_batch(book)
    place = batch.schema.get_field_index("payments")
    none = pa.nulls(2, type=batch.schema.field("payments").type)
    without = batch.set_column(place, "payments", none)
    again = frames.book_from_record_batches([without], currency="CNY")
    assert [len(account.payments) for account in again] == [0, 0]
    assert [len(account.charges) for account in again] == [1, 1]
