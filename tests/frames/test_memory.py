"""Where the memory of a source is already that of a book, the book uses it; the report says where."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest

import delinquency as dq
from delinquency import frames

ACCOUNTS, ROWS = 50, 4
FIRST = (date(2025, 1, 31) - date(1970, 1, 1)).days


def ordered() -> dict[str, pa.Table]:
    """Tables in the order of the accounts, in the types of a book."""
    names = [f"A-{row:03d}" for row in range(ACCOUNTS)]
    of_rows = np.repeat(np.array(names), ROWS)
    days = np.tile(np.arange(ROWS, dtype=np.int32) * 30 + FIRST, ACCOUNTS)
    amounts = np.arange(ACCOUNTS * ROWS, dtype=np.int64) + 1
    dates = pa.array(days).view(pa.date32())
    return {
        "accounts": pa.table(
            {
                "account_id": pa.array(names, pa.large_string()),
                "originated_on": pa.array(np.full(ACCOUNTS, FIRST - 31, np.int32)).view(
                    pa.date32()
                ),
            }
        ),
        "instalments": pa.table(
            {"account_id": of_rows, "due_date": dates, "principal": amounts, "interest": amounts}
        ),
        "payments": pa.table({"account_id": of_rows, "value_date": dates, "amount": amounts}),
    }


def address(table: pa.Table, column: str) -> int:
    chunk = table[column].chunk(0)
    return chunk.buffers()[-1].address + chunk.offset * chunk.type.byte_width


def read(given) -> frames.ReadResult:
    return frames.read(**given, currency="CNY", amounts="minor", on_error="quarantine")


def assert_shared(result: frames.ReadResult, given: dict[str, pa.Table]) -> None:
    book = result.book
    for array, table, column in (
        (book.instalments.due_date, "instalments", "due_date"),
        (book.instalments.principal, "instalments", "principal"),
        (book.payments.value_date, "payments", "value_date"),
        (book.payments.amount, "payments", "amount"),
    ):
        assert array.ctypes.data == address(given[table], column)
        assert result.report.column(f"{table}.{column}").copies == 0
        assert not array.flags.writeable


def test_ordered_columns_of_the_types_of_a_book_are_not_copied() -> None:
    given = ordered()
    result = read(given)
    assert_shared(result, given)
    assert result.report.order("instalments") == "already"
    assert result.book.originated_on.ctypes.data == address(given["accounts"], "originated_on")
    ids = given["accounts"]["account_id"].chunk(0)
    assert result.book.account_id.data.ctypes.data == ids.buffers()[2].address
    assert result.report.column("accounts.account_id").copies == 0


def test_a_part_of_a_table_is_not_copied_either() -> None:
    given = {
        name: table.slice(ROWS * (name != "accounts") + (name == "accounts"))
        for name, table in ordered().items()
    }
    assert_shared(read(given), given)


def test_the_memory_of_polars_is_shared() -> None:
    pl = pytest.importorskip("polars")
    given = {name: pl.from_arrow(table) for name, table in ordered().items()}
    book = read(given).book
    source = given["payments"]["amount"].to_numpy()
    assert np.shares_memory(book.payments.amount, source)
    assert np.shares_memory(
        book.instalments.principal, given["instalments"]["principal"].to_numpy()
    )


def test_the_memory_of_pandas_is_shared_for_whole_numbers_and_dates_are_copied() -> None:
    given = {name: table.to_pandas(date_as_object=False) for name, table in ordered().items()}
    result = read(given)
    source = given["payments"]["amount"].to_numpy()
    assert np.shares_memory(result.book.payments.amount, source)
    assert result.report.column("payments.amount").copies == 0
    assert result.report.column("payments.value_date").copies >= 1


def test_a_strided_column_of_pandas_is_copied_and_the_report_says_so() -> None:
    pd = pytest.importorskip("pandas")
    given: dict = ordered()
    wide = np.arange(ACCOUNTS * ROWS * 2, dtype=np.int64).reshape(-1, 2) + 1
    frame = pd.DataFrame(wide, columns=["amount", "other"]).drop(columns="other")
    frame["account_id"] = given["payments"]["account_id"].to_pandas()
    frame["value_date"] = given["payments"]["value_date"].to_pandas(date_as_object=False)
    given["payments"] = frame
    result = read(given)
    shared = np.shares_memory(result.book.payments.amount, frame["amount"].to_numpy())
    assert result.report.column("payments.amount").copies == int(not shared)


def test_chunks_nulls_and_other_types_cost_one_copy() -> None:
    given = ordered()
    halves = [given["payments"].slice(0, 100), given["payments"].slice(100)]
    given["payments"] = pa.concat_tables(halves)
    amounts = [Decimal(cell) for cell in range(ACCOUNTS * ROWS)]
    given["instalments"] = given["instalments"].append_column(
        "fees", pa.array(range(200), pa.int32())
    )
    result = read(given)
    assert result.report.column("payments.amount").copies == 1
    assert result.report.column("payments.value_date").copies == 1
    assert result.report.column("instalments.fees").copies == 1
    assert len(amounts) == len(result.book.instalments.fees)


def test_rows_out_of_order_cost_one_copy_and_only_in_their_table() -> None:
    given = ordered()
    rows = np.arange(ACCOUNTS * ROWS)
    rows[[0, 1]] = [1, 0]
    given["payments"] = given["payments"].take(pa.array(rows))
    result = read(given)
    assert result.report.order("payments") == "sorted here"
    assert result.report.column("payments.amount").copies == 1
    assert result.report.order("instalments") == "already"
    assert result.report.column("instalments.principal").copies == 0
    assert list(result.book) == list(read(ordered()).book)


def test_accounts_without_rows_leave_the_others_where_they_are() -> None:
    given = ordered()
    given["payments"] = given["payments"].slice(2 * ROWS, 3 * ROWS)
    result = read(given)
    assert_shared(result, given)
    assert [len(account.payments) for account in result.book][:6] == [0, 0, 4, 4, 4, 0]


def test_a_book_over_foreign_memory_is_assessed_like_any_other() -> None:
    book = read(ordered()).book
    answer = dq.portfolio.assess(
        book, as_of=date(2025, 6, 30), policy=dq.rulebook.load("founding-report")
    )
    own = dq.portfolio.Portfolio.from_accounts(list(book))
    same = dq.portfolio.assess(
        own, as_of=date(2025, 6, 30), policy=dq.rulebook.load("founding-report")
    )
    assert answer.days_past_due.tolist() == same.days_past_due.tolist()
    assert answer.arrears.tolist() == same.arrears.tolist()
