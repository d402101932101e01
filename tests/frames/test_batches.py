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


def small_batch() -> pa.RecordBatch:
    return frames.book_to_record_batch(frames.read(**columns(), currency="CNY"))


@pytest.mark.parametrize("wrong", [None, 5, [5], ["x"]])
def test_what_are_no_batches_is_refused(wrong: object) -> None:
    with pytest.raises(dq.InvalidTypeError, match=r"batches.*: expected (a batch|batches)"):
        frames.book_from_record_batches(wrong, currency="CNY")  # type: ignore[arg-type]


def test_one_batch_or_a_table_is_refused_with_what_to_do() -> None:
    batch = small_batch()
    with pytest.raises(dq.InvalidTypeError, match="Put it into a list"):
        frames.book_from_record_batches(batch, currency="CNY")
    with pytest.raises(dq.InvalidTypeError, match=r"Pass \.to_batches\(\)"):
        frames.book_from_record_batches(pa.table(batch), currency="CNY")


def test_batches_have_one_schema_and_an_optional_column_is_left_out_of_all() -> None:
    batch = small_batch()
    without = batch.drop_columns("segment")
    book = frames.book_from_record_batches([without.slice(0, 1), without.slice(1)], currency="CNY")
    assert {account.segment for account in book} == {dq.Segment.RETAIL}
    with pytest.raises(dq.PortfolioError, match="batches, 1: .* found no column 'segment'"):
        frames.book_from_record_batches([batch.slice(0, 1), without.slice(1)], currency="CNY")
    with pytest.raises(dq.PortfolioError, match="found a further column 'segment'"):
        frames.book_from_record_batches([without.slice(0, 1), batch.slice(1)], currency="CNY")
    minor = frames.book_to_record_batch(frames.read(**columns(), currency="CNY"), amounts="minor")
    with pytest.raises(dq.PortfolioError, match="found 'instalments' of type list") as caught:
        frames.book_from_record_batches([batch.slice(0, 1), minor.slice(1)], currency="CNY")
    assert caught.value.reason == "mixed_schemas"
    turned = batch.select(list(reversed(batch.schema.names)))
    with pytest.raises(dq.PortfolioError, match="the columns in another order"):
        frames.book_from_record_batches([batch, turned], currency="CNY")


def test_batches_without_ids_and_facts_with_ids_of_their_own_are_refused() -> None:
    batch = small_batch()
    with pytest.raises(dq.PortfolioError, match="accounts.account_id: expected the column"):
        frames.book_from_record_batches([batch.drop_columns("account_id")], currency="CNY")
    rows = pa.array([[{"account_id": "B", "due_date": "2025-01-31", "principal": "1"}]])
    twice = pa.record_batch(
        {"account_id": ["A"], "originated_on": ["2025-01-01"], "instalments": rows}
    )
    with pytest.raises(dq.PortfolioError, match="each column once"):
        frames.book_from_record_batches([twice], currency="CNY")


def test_batches_are_of_one_currency() -> None:
    with pytest.raises(dq.InvalidValueError, match="one currency for all accounts"):
        frames.book_from_record_batches([small_batch()], currency="column")


def test_only_a_book_is_written() -> None:
    for write in (frames.book_to_frames, frames.book_to_record_batch):
        for wrong in (None, list(frames.read(**columns(), currency="CNY"))):
            with pytest.raises(dq.InvalidTypeError, match="expected a Portfolio"):
                write(wrong)  # type: ignore[operator]
