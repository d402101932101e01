"""Whatever library a table comes from, the book is the same; what is no table is refused."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

import delinquency as dq
from delinquency import frames
from tests.frames.small_tables import BACKENDS, columns, handed_over, tables

DATES = {
    "originated_on",
    "due_date",
    "value_date",
    "recorded_on",
    "reversed_on",
    "start",
    "end",
}
AMOUNTS = {"principal", "interest", "fees", "amount"}


def amounts_as(kind: str, cells: list[str]) -> pa.Array:
    """A column of amounts of one type."""
    exact = [Decimal(cell) for cell in cells]
    minor = [int(cell * 100) for cell in exact]
    makers = {
        "decimal": lambda: pa.array(exact, pa.decimal128(18, 2)),
        "wide decimal": lambda: pa.array(exact, pa.decimal128(38, 18)),
        "decimal256": lambda: pa.array(exact, pa.decimal256(60, 6)),
        "float": lambda: pa.array([float(cell) for cell in exact]),
        "minor": lambda: pa.array(minor),
        "small minor": lambda: pa.array(minor, pa.uint16()),
        "text": lambda: pa.array(cells),
        "categories": lambda: pa.array(cells).dictionary_encode(),
    }
    return makers[kind]()


def typed(amounts: str) -> dict[str, pa.Table]:
    """The small tables with dates as dates and amounts of one type."""
    made = {}
    for name, content in columns().items():
        table = {}
        for column, cells in content.items():
            if column in DATES:
                days = [cell and date.fromisoformat(cell) for cell in cells]
                table[column] = pa.array(days, pa.date32())
            else:
                table[column] = amounts_as(amounts, cells) if column in AMOUNTS else cells
        made[name] = pa.table(table)
    return made


def expected() -> list[dq.Account]:
    cny = dq.Currency.of("CNY")
    return [
        dq.Account(
            account_id="A",
            originated_on=date(2024, 12, 31),
            obligor_id="O-1",
            schedule=dq.Schedule(
                cny,
                [
                    dq.Instalment(date(2025, 1, 31), Decimal("100.00"), Decimal("1.25")),
                    dq.Instalment(date(2025, 2, 28), Decimal("100.00"), Decimal("1.00")),
                ],
            ),
            payments=[
                dq.Payment(date(2025, 1, 31), Decimal("101.25"), payment_id="p1"),
                dq.Payment(
                    date(2025, 3, 5), 10, dq.PaymentKind.REFUND, "p2", recorded_on=date(2025, 3, 6)
                ),
            ],
            charges=[dq.Charge("c", dq.Component.FEES, 5, date(2025, 2, 10))],
        ),
        dq.Account(
            account_id="B",
            originated_on=date(2025, 1, 15),
            product=dq.Product.CARD,
            segment=dq.Segment.NON_RETAIL,
            schedule=dq.Schedule(
                cny,
                [
                    dq.Instalment(date(2025, 2, 15), 50),
                    dq.Instalment(date(2025, 3, 15), Decimal("50.50"), Decimal("0.01")),
                ],
            ),
            payments=[
                dq.Payment(
                    date(2025, 2, 20), 50, dq.PaymentKind.GOODWILL, reversed_on=date(2025, 2, 25)
                )
            ],
            charges=[dq.Charge("c", dq.Component.PENALTY, Decimal("7.50"), date(2025, 3, 1), 2)],
            events=[
                dq.CountingSuspension(
                    date(2025, 2, 16), date(2025, 2, 20), dq.SuspensionReason.LAW
                ),
                dq.CountingSuspension(date(2025, 3, 1)),
            ],
        ),
    ]


SETTINGS = {
    "float": {"floats": "exact"},
    "minor": {"amounts": "minor"},
    "small minor": {"amounts": "minor"},
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize(
    "amounts",
    [
        "decimal",
        "wide decimal",
        "decimal256",
        "float",
        "minor",
        "small minor",
        "text",
        "categories",
    ],
)
def test_every_library_and_every_type_of_amount_gives_the_same_accounts(
    backend: str, amounts: str
) -> None:
    if amounts == "decimal256" and backend in {"duckdb", "polars", "polars lazy"}:
        pytest.skip("no such type there")
    given = {name: handed_over(table, backend) for name, table in typed(amounts).items()}
    book = frames.read(**given, currency="CNY", **SETTINGS.get(amounts, {}))
    assert list(book) == expected()


def test_rows_in_any_order_give_the_same_accounts() -> None:
    given = {
        name: table.take(list(reversed(range(len(table))))) for name, table in typed("text").items()
    }
    given["accounts"] = typed("text")["accounts"]
    result = frames.read(**given, currency="CNY", on_error="quarantine")
    assert list(result.book) == expected()
    assert {table.order for table in result.report.tables if table.table != "accounts"} == {
        "sorted here"
    }


def test_accounts_keep_the_order_of_their_own_table() -> None:
    given = typed("text")
    given["accounts"] = given["accounts"].take([1, 0])
    book = frames.read(**given, currency="CNY")
    assert list(book) == list(reversed(expected()))


def test_whole_numbers_are_ids_too_and_match_text() -> None:
    given = tables(
        accounts__account_id=[7, 12],
        instalments__account_id=[7, 7, 12, 12],
        payments__account_id=["7", "7", "12"],
        charges__account_id=[7, 12],
        suspensions__account_id=[12, 12],
    )
    book = frames.read(**given, currency="CNY")
    assert list(book.account_id) == ["7", "12"]
    assert len(book.account(1).payments) == 1


def test_python_objects_of_pandas_are_read_cell_by_cell() -> None:
    pd = pytest.importorskip("pandas")
    given = columns()
    instalments = pd.DataFrame(given["instalments"])
    instalments["due_date"] = pd.Series(
        [date(2025, 1, 31), "2025-02-28", pd.Timestamp("2025-02-15"), date(2025, 3, 15)],
        dtype=object,
    )
    instalments["principal"] = pd.Series(
        [Decimal("100.00"), "100.00", Decimal(50), "50.5"], dtype=object
    )
    given["instalments"] = instalments
    assert list(frames.read(**given, currency="CNY")) == expected()


def test_a_table_of_python_decimals_and_dates_is_read() -> None:
    pd = pytest.importorskip("pandas")
    given = columns()
    payments = pd.DataFrame(given["payments"])
    payments["amount"] = pd.Series([Decimal("101.25"), Decimal(10), Decimal(50)], dtype=object)
    payments["value_date"] = [date(2025, 1, 31), date(2025, 3, 5), date(2025, 2, 20)]
    given["payments"] = payments
    assert list(frames.read(**given, currency="CNY")) == expected()


def test_a_book_may_have_no_payments_and_a_table_no_rows() -> None:
    given = columns()
    del given["payments"], given["charges"], given["suspensions"]
    without = frames.read(**given, currency="CNY")
    empty = {
        name: {key: [] for key in columns()[name]}
        for name in ("payments", "charges", "suspensions")
    }
    assert list(frames.read(**given, **empty, currency="CNY")) == list(without)
    assert without.account(0).payments == ()


def test_what_is_no_frame_is_refused() -> None:
    given = columns()
    given["payments"] = 7
    with pytest.raises(dq.InvalidTypeError, match="payments: expected a data frame"):
        frames.read(**given, currency="CNY")


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        (("payments", "amout", ["1", "1", "1"]), "unknown_column", "Did you mean 'amount'"),
        (("payments", "memo", ["", "", ""]), "unknown_column", "ignore_extra=True"),
    ],
)
def test_an_unknown_column_is_named_with_its_nearest_name(change, reason: str, words: str) -> None:
    given = columns()
    table, column, cells = change
    given[table][column] = cells
    with pytest.raises(dq.PortfolioError, match=words) as caught:
        frames.read(**given, currency="CNY")
    assert caught.value.reason == reason
    assert list(frames.read(**given, currency="CNY", ignore_extra=True)) == expected()


def test_a_missing_column_is_named_with_what_may_have_been_meant() -> None:
    given = columns()
    given["instalments"]["date_due"] = given["instalments"].pop("due_date")
    with pytest.raises(dq.PortfolioError, match="Rename 'date_due' to 'due_date'") as caught:
        frames.read(**given, currency="CNY")
    assert (caught.value.column, caught.value.reason) == ("instalments.due_date", "missing_column")


def test_a_missing_component_is_nought_and_the_report_says_so() -> None:
    given = columns()
    del given["instalments"]["fees"]
    result = frames.read(**given, currency="CNY", on_error="quarantine")
    assert list(result.book) == expected()
    assert result.report.column("instalments.fees").read_as == "0 minor units"
    assert "instalments.fees: missing as 0 minor units" in result.report.to_text()


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(dq.PortfolioError, match="columns of one length"):
        frames.read(**tables(payments__amount=["1.00"]), currency="CNY")


def test_a_column_that_is_there_twice_is_refused() -> None:
    given = dict(columns())
    payments = pa.table(given["payments"])
    given["payments"] = payments.append_column("amount", payments["amount"])
    with pytest.raises(dq.PortfolioError, match="each column once"):
        frames.read(**given, currency="CNY")


@pytest.mark.parametrize(
    "choice", [{"on_error": "skip"}, {"amounts": "cents"}, {"floats": "round"}]
)
def test_a_choice_that_does_not_exist_is_refused(choice: dict[str, str]) -> None:
    with pytest.raises(dq.InvalidValueError, match=next(iter(choice))):
        frames.read(**columns(), currency="CNY", **choice)


def test_without_pyarrow_the_error_names_the_extra() -> None:
    program = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import delinquency as dq\n"
        "try: dq.frames.read(accounts={}, instalments={}, currency='CNY')\n"
        "except dq.MissingExtraError as error: print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert "delinquency[frames]" in done.stdout


def test_ids_of_mixed_types_are_text_where_they_are_text_or_whole_numbers() -> None:
    pd = pytest.importorskip("pandas")
    given = tables(accounts__account_id=["7", "B"])
    for name in ("instalments", "payments", "charges", "suspensions"):
        cells = ["7" if cell == "A" else "B" for cell in given[name]["account_id"]]
        given[name]["account_id"] = cells
    given["payments"] = pd.DataFrame(given["payments"])
    given["payments"]["account_id"] = pd.Series([7, "7", "B"], dtype=object)
    assert [len(account.payments) for account in frames.read(**given, currency="CNY")] == [2, 1]
    given["payments"]["account_id"] = pd.Series([7, "7", 1.5], dtype=object)
    with pytest.raises(dq.PortfolioError, match="a text, or a whole number") as caught:
        frames.read(**given, currency="CNY")
    assert (caught.value.rows, caught.value.reason) == ((2,), "not_a_text")


@pytest.mark.parametrize("table", ["accounts", "payments"])
def test_floats_are_no_ids(table: str) -> None:
    given = columns()
    given[table]["account_id"] = [1.0] * len(given[table]["account_id"])
    with pytest.raises(dq.PortfolioError, match="text, or whole numbers") as caught:
        frames.read(**given, currency="CNY")
    assert (caught.value.column, caught.value.reason) == (f"{table}.account_id", "wrong_type")


def test_members_of_enumerations_may_be_objects_of_a_frame_of_pandas() -> None:
    pd = pytest.importorskip("pandas")
    given = columns()
    given["payments"] = pd.DataFrame(given["payments"])
    kinds = [dq.PaymentKind.REPAYMENT, dq.PaymentKind.REFUND, dq.PaymentKind.GOODWILL]
    given["payments"]["kind"] = pd.Series(kinds, dtype=object)
    assert list(frames.read(**given, currency="CNY")) == expected()


@pytest.mark.parametrize("cells", [[None, 2.0], [None, 2], pa.array([None, 2], pa.uint8())])
def test_the_number_of_an_instalment_may_be_empty(cells) -> None:
    assert list(frames.read(**tables(charges__instalment_no=cells), currency="CNY")) == expected()


@pytest.mark.parametrize("cells", [pa.array([b"1", b"2"]), pa.array([True, False])])
def test_the_number_of_an_instalment_is_a_number(cells) -> None:
    with pytest.raises(dq.PortfolioError, match=r"charges\.instalment_no: expected whole numbers"):
        frames.read(**tables(charges__instalment_no=cells), currency="CNY")


def test_three_rows_of_one_due_date_are_ordered_by_when_they_came_into_force() -> None:
    rows = {
        "account_id": ["A"] * 3,
        "due_date": ["2025-03-31"] * 3,
        "principal": ["3", "1", "2"],
        "in_force_from": ["2025-02-01", None, "2025-01-10"],
        "in_force_until": [None, "2025-01-10", "2025-02-01"],
    }
    accounts = {"account_id": ["A"], "originated_on": ["2025-01-01"]}
    book = frames.read(accounts=accounts, instalments=rows, currency="CNY")
    assert [int(row.principal) for row in book.account(0).schedule] == [1, 2, 3]
    rows["in_force_until"][1] = "2025-02-02"
    with pytest.raises(dq.PortfolioError, match="one row in force for each due date") as caught:
        frames.read(accounts=accounts, instalments=rows, currency="CNY")
    assert set(caught.value.rows) == {0, 2}


def test_payments_of_one_day_stand_in_the_order_of_their_ids_as_in_a_record() -> None:
    given = tables(payments__value_date=["2025-01-31"] * 3, payments__payment_id=["b", "a", None])
    given["payments"]["account_id"] = ["A", "A", "A"]
    given["payments"]["reversed_on"] = [None] * 3
    book = frames.read(**given, currency="CNY")
    account = book.account(0)
    assert [payment.payment_id for payment in account.payments] == [None, "a", "b"]
    assert dq.portfolio.Portfolio.from_accounts(list(book)).account(0) == account


def test_a_frame_that_arrow_does_not_know_comes_by_way_of_narwhals() -> None:
    nw = pytest.importorskip("narwhals")
    pl = pytest.importorskip("polars")
    frame = nw.from_native(pl.DataFrame(columns()["payments"]).lazy())
    given = {**columns(), "payments": frame.to_native()}
    assert list(frames.read(**given, currency="CNY")) == expected()


def test_rows_of_a_book_without_accounts_are_all_of_unknown_accounts() -> None:
    given = columns()
    given["accounts"] = {
        "account_id": pa.array([], pa.string()),
        "originated_on": pa.array([], pa.string()),
    }
    result = frames.read(**given, currency="CNY", on_error="quarantine")
    assert result.quarantine.counts_by_reason == {"unknown_account": 11}
    assert result.books == {}
    with pytest.raises(dq.PortfolioError, match="found no good account"):
        _ = result.book
    with pytest.raises(dq.PortfolioError, match="the id of an account") as caught:
        frames.read(**given, currency="CNY")
    assert caught.value.reason == "unknown_account"


def test_whole_numbers_of_128_bits_are_read_like_any_other() -> None:
    pl = pytest.importorskip("polars")
    rows = {"account_id": ["A"], "value_date": [date(2025, 1, 31)], "memo": [1]}
    cells = pl.Series([101_25], dtype=pl.Int128)
    frame = pl.DataFrame({**rows, "amount": cells}).with_columns(pl.col("memo").cast(pl.Int128))
    given = {
        "accounts": {"account_id": ["A"], "originated_on": ["2024-12-31"]},
        "instalments": {"account_id": ["A"], "due_date": ["2025-01-31"], "principal": [1]},
        "ignore_extra": True,
        "currency": "CNY",
    }
    for payments in (frame, frame.lazy()):
        with pytest.raises(dq.PortfolioError, match="unit is certain"):
            frames.read(**given, payments=payments)
        book = frames.read(**given, payments=payments, amounts="minor")
        assert book.payments.amount.tolist() == [10_125]


@pytest.mark.parametrize("value", [None, 7, "2025-01-31", {"2025-01-31"}, {"a": 1}])
def test_what_is_no_column_is_refused_by_its_name(value: object) -> None:
    with pytest.raises(dq.PortfolioError, match="expected a column of cells") as caught:
        frames.read(**tables(payments__value_date=value), currency="CNY")
    assert (caught.value.column, caught.value.reason) == ("payments.value_date", "wrong_type")


def test_a_column_or_a_class_is_no_frame() -> None:
    pd = pytest.importorskip("pandas")
    pl = pytest.importorskip("polars")
    wrong = (pd.Series([1]), pd.DataFrame, pl.Series([1]), pl.DataFrame, pa.Table, pa.array([1]))
    for source in wrong:
        with pytest.raises(dq.InvalidTypeError, match="payments: expected a data frame"):
            frames.read(**{**columns(), "payments": source}, currency="CNY")


def test_a_lazy_frame_that_fails_is_told_with_the_error_of_its_library() -> None:
    pl = pytest.importorskip("polars")
    lazy = pl.LazyFrame(columns()["payments"]).with_columns(pl.col("nothing").alias("amount"))
    with pytest.raises(dq.PortfolioError, match="payments: expected a frame that can be") as caught:
        frames.read(**{**columns(), "payments": lazy}, currency="CNY")
    assert caught.value.reason == "not_computed"
    assert "nothing" in str(caught.value.__cause__)
    assert "\n" not in str(caught.value)


def test_a_query_that_fails_is_told_with_the_error_of_its_library() -> None:
    duckdb = pytest.importorskip("duckdb")
    query = duckdb.connect().sql("select error('broken') as account_id")
    with pytest.raises(dq.PortfolioError, match="broken") as caught:
        frames.read(**{**columns(), "payments": query}, currency="CNY")
    assert isinstance(caught.value.__cause__, duckdb.Error)


def test_an_empty_payment_id_is_none() -> None:
    given = tables(payments__payment_id=["", "p2", None])
    book = frames.read(**given, currency="CNY")
    ids = [payment.payment_id for account in book for payment in account.payments]
    assert ids == [None, "p2", None]
    again = frames.read(**frames.book_to_frames(book, "pyarrow"), currency="CNY")
    assert list(again) == list(book)


@pytest.mark.parametrize(
    ("column", "reason"),
    [
        ("payment_id", "not_a_text"),
        ("account_id", "not_a_text"),
        ("kind", "not_a_text"),
        ("amount", "not_an_amount"),
        ("value_date", "not_a_date"),
    ],
)
def test_half_of_a_surrogate_pair_is_no_text(column: str, reason: str) -> None:
    given = columns()
    given["payments"][column][1] = "p\ud800"
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read(**given, currency="CNY")
    assert (caught.value.reason, caught.value.rows) == (reason, (1,))
    assert caught.value.found == "p\\ud800"
    aside = frames.read(**given, currency="CNY", on_error="quarantine").quarantine
    assert aside.counts_by_reason[reason] == 1
