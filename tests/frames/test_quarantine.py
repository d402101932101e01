"""A bad row is set aside with its whole account, with a reason, and the counts add up."""

from __future__ import annotations

import random
from typing import Any

import attrs
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames
from tests.equivalence.books import draw_account
from tests.frames.small_tables import LATER, columns, every_column, handed_over, tables


def read(given: dict[str, Any], **settings: Any) -> frames.ReadResult:
    result = frames.read(**given, currency="CNY", on_error="quarantine", **settings)
    assert_counts_add_up(result)
    return result


def assert_counts_add_up(result: frames.ReadResult) -> None:
    """Rows read are rows loaded and rows set aside; each of these has one line."""
    report, lines = result.report, result.quarantine.to_frame("pyarrow").to_pylist()
    for name, rows in report.rows_read.items():
        own = [line["row"] for line in lines if line["table"] == name]
        assert rows == report.rows_loaded[name] + report.rows_quarantined[name]
        assert sorted(own) == sorted(set(own))
        assert len(own) == report.rows_quarantined[name]
    assert sum(result.quarantine.counts_by_reason.values()) == len(result.quarantine)
    loaded = sum(len(book) for book in result.books.values())
    assert loaded == report.rows_loaded["accounts"]
    assert report.rows_loaded["instalments"] == sum(
        len(book.instalments.due_date) for book in result.books.values()
    )


def own_reasons(result: frames.ReadResult) -> dict[tuple[str, int, str], str]:
    lines = result.quarantine.to_frame("pyarrow").to_pylist()
    return {
        (line["table"], line["row"], line["column"]): line["reason"]
        for line in lines
        if line["reason"] != "account_quarantined"
    }


# The cell that is spoilt, the reason, and the accounts that stay.
CASES = [
    ("accounts__originated_on__0", None, "missing", ["B"]),
    ("accounts__originated_on__0", "1899-12-31", "date_out_of_range", ["B"]),
    ("accounts__product__1", "mortgage", "unknown_member", ["A"]),
    ("accounts__product__1", None, "missing", ["A"]),
    ("instalments__account_id__0", "C", "unknown_account", ["A", "B"]),
    ("instalments__account_id__0", None, "missing", ["A", "B"]),
    ("instalments__due_date__2", "2201-01-01", "date_out_of_range", ["A"]),
    ("instalments__due_date__2", "2025-01-01", "before_origination", ["A"]),
    ("instalments__due_date__3", "2025-02-15", "duplicate_due_date", ["A"]),
    ("instalments__principal__2", "-1", "negative_amount", ["A"]),
    ("instalments__principal__2", "0.001", "finer_than_minor_unit", ["A"]),
    ("instalments__interest__2", None, "missing", ["A"]),
    ("instalments__fees__0", "10000000000000.01", "amount_too_large", ["B"]),
    ("payments__value_date__2", "2025-01-14", "before_origination", ["A"]),
    ("payments__amount__2", "0", "amount_not_positive", ["A"]),
    ("payments__amount__2", "x", "not_an_amount", ["A"]),
    ("payments__kind__2", "gift", "unknown_member", ["A"]),
    ("payments__payment_id__1", "p1", "duplicate_payment_id", ["B"]),
    ("payments__reversed_on__1", "2025-03-05", "reversal_before_payment", ["B"]),
    ("payments__reversed_on__2", "2025-02-19", "reversal_before_payment", ["A"]),
    ("charges__charge_id__1", None, "missing", ["A"]),
    ("charges__charge_id__1", "", "empty_id", ["A"]),
    ("charges__component__1", "principal", "unknown_member", ["A"]),
    ("charges__instalment_no__1", 3, "unknown_instalment", ["A"]),
    ("charges__instalment_no__1", 0, "unknown_instalment", ["A"]),
    ("charges__due_date__1", "2024-12-31", "before_origination", ["A"]),
    ("suspensions__end__0", "2025-02-16", "empty_suspension", ["A"]),
    ("suspensions__start__0", "2025-01-01", "before_origination", ["A"]),
    ("suspensions__start__1", "2025-02-19", "overlapping_suspensions", ["A"]),
    ("suspensions__reason__0", "holiday", "unknown_member", ["A"]),
    ("charges__charged_on__1", "2025-03-02", "charged_after_due", ["A"]),
    ("charges__charged_on__1", "2025-01-14", "before_origination", ["A"]),
    ("decisions__value_date__0", "2025-01-14", "before_origination", ["A"]),
    ("decisions__kind__0", "gift", "unknown_member", ["A"]),
    ("decisions__kind__0", None, "missing", ["A"]),
    ("decisions__component__1", None, "missing_component", ["B"]),
    ("decisions__component__0", None, "missing_component", ["A"]),
    ("decisions__component__3", "fees", "unexpected_component", ["B"]),
    ("decisions__component__0", "capital", "unknown_member", ["A"]),
    ("decisions__amount__0", "0", "amount_not_positive", ["A"]),
    ("decisions__amount__3", "-1", "negative_amount", ["B"]),
    ("decisions__amount__2", "0.001", "finer_than_minor_unit", ["A"]),
    ("decisions__reversed_on__1", "2025-03-01", "reversal_before_decision", ["B"]),
    ("charge_backs__charge_back_id__1", "", "empty_id", ["A"]),
    ("charge_backs__value_date__0", "2024-12-30", "before_origination", ["B"]),
    ("charge_backs__principal__0", "0", "nothing_charged_back", ["B"]),
    ("charge_backs__penalty__1", "-2", "negative_amount", ["A"]),
    ("spans__start__1", "2025-01-14", "before_origination", ["A"]),
    ("spans__end__1", "2025-02-16", "empty_span", ["A"]),
    ("spans__start__2", "2025-02-19", "overlapping_spans", ["A"]),
    ("spans__kind__0", "holiday", "unknown_member", ["B"]),
    ("spans__share_numerator__1", 3, "bad_share", ["A"]),
    ("spans__share_numerator__1", 0, "bad_share", ["A"]),
    ("disputes__start__0", "2025-01-14", "before_origination", ["A"]),
    ("disputes__end__2", "2025-02-16", "empty_span", ["A"]),
    ("disputes__dispute_id__2", "d2", "duplicate_dispute_id", ["A"]),
    ("disputes__dispute_id__0", "", "empty_id", ["A"]),
    ("disputes__amount__1", "0", "amount_not_positive", ["B"]),
    ("disputes__amount__1", "0.001", "finer_than_minor_unit", ["B"]),
    ("disputes__instalment_no__0", 9, "unknown_instalment", ["A"]),
    ("disputes__charge_id__2", "x", "unknown_charge", ["A"]),
    ("disputes__charge_id__0", "c", "two_debts", ["A"]),
    ("disputes__for_debtor__0", True, "dispute_not_ended", ["A"]),
    ("disputes__for_debtor__0", "perhaps", "unknown_member", ["A"]),
    ("disputes__reversed_on__1", "2025-02-02", "reversal_before_dispute", ["B"]),
    ("contract_rates__effective_on__2", "2025-03-01", "duplicate_rate", ["A"]),
    ("contract_rates__rate__1", "4.00000001", "rate_too_large", ["B"]),
    ("contract_rates__rate__0", "0.02", "rate_too_large", ["A"]),
    ("contract_rates__rate__0", "0.000000001", "not_a_rate", ["A"]),
    ("contract_rates__rate__0", "5 %", "not_a_rate", ["A"]),
    ("contract_rates__rate__0", None, "missing", ["A"]),
    ("contract_rates__period__0", "week", "unknown_member", ["A"]),
    ("findings__start__1", "2024-12-30", "before_origination", ["B"]),
    ("findings__end__1", "2025-02-01", "empty_span", ["B"]),
    ("findings__start__0", "2025-02-28", "overlapping_spans", ["A"]),
    ("findings__kind__1", "guilt", "unknown_member", ["B"]),
    ("findings__kind__1", None, "missing", ["B"]),
    ("findings__recorded_on__1", "2201-01-01", "date_out_of_range", ["B"]),
    ("reported_figures__value_date__1", "2025-01-14", "before_origination", ["A"]),
    ("reported_figures__name__1", "score", "unknown_member", ["A"]),
    ("reported_figures__value_numerator__1", None, "missing", ["A"]),
    ("reported_figures__value_numerator__1", -1, "bad_figure", ["A"]),
    ("reported_figures__value_numerator__1", 10**9 + 1, "bad_figure", ["A"]),
    ("reported_figures__value_denominator__1", 0, "bad_figure", ["A"]),
    ("reported_figures__reversed_on__1", "2025-03-30", "reversal_before_figure", ["A"]),
    ("restructurings__value_date__0", "2025-01-14", "before_origination", ["A"]),
    ("restructurings__first_due_on__0", "2025-02-28", "due_before_restructuring", ["A"]),
    ("restructurings__first_due_on__0", None, "missing", ["A"]),
    ("restructurings__in_difficulty__0", "perhaps", "unknown_member", ["A"]),
    ("restructurings__diminished_numerator__0", 251, "bad_share", ["A"]),
    ("restructurings__diminished_numerator__0", -1, "bad_share", ["A"]),
    ("restructurings__grace_until__0", "2025-02-28", "grace_before_restructuring", ["A"]),
    ("re_ages__value_date__0", "2025-01-14", "before_origination", ["A"]),
    ("re_ages__in_workout__0", "perhaps", "unknown_member", ["A"]),
    ("re_ages__reversed_on__0", "2025-04-01", "reversal_before_re_age", ["A"]),
    ("collateral__collateral_id__1", "", "empty_id", ["A"]),
    ("collateral__collateral_id__1", None, "missing", ["A"]),
    ("collateral__value_date__1", "2025-01-14", "before_origination", ["A"]),
    ("collateral__value__1", "-1", "negative_amount", ["A"]),
    ("collateral__value__1", None, "missing", ["A"]),
    ("collateral__kind__1", "house", "unknown_member", ["A"]),
    ("collateral__assessed_value__1", "0", "amount_not_positive", ["A"]),
    ("collateral__until__1", "2025-04-03", "empty_span", ["A"]),
    ("collateral__reversed_on__2", "2025-04-03", "reversal_before_collateral", ["B"]),
    ("guarantees__guarantor_id__0", "", "empty_id", ["A"]),
    ("guarantees__value_date__1", "2024-12-30", "before_origination", ["B"]),
    ("guarantees__amount__0", None, "amount_or_share", ["A"]),
    ("guarantees__amount__0", "0", "amount_not_positive", ["A"]),
    ("guarantees__amount__1", "1", "amount_or_share", ["B"]),
    ("guarantees__share_numerator__1", 4, "bad_share", ["B"]),
    ("guarantees__share_numerator__1", 0, "bad_share", ["B"]),
    ("guarantees__until__1", "2025-04-05", "empty_span", ["B"]),
    ("guarantees__reversed_on__2", "2025-04-05", "reversal_before_guarantee", ["A"]),
]


@pytest.mark.parametrize(("place", "cell", "reason", "kept"), CASES)
def test_one_bad_cell_sets_one_account_aside(
    place: str, cell: Any, reason: str, kept: list[str]
) -> None:
    table, column, row = place.split("__")
    given = tables(**{place: cell})
    result = read(given)
    assert own_reasons(result) == {(table, int(row), column): reason}
    assert list(result.book.account_id) == kept
    all_good = every_column() if {table, column} & {*LATER, "charged_on"} else columns()
    whole = frames.read(**all_good, currency="CNY")
    good = {account.account_id: account for account in whole}
    if reason != "unknown_account" and (table, column) != ("instalments", "account_id"):
        assert list(result.book) == [good[name] for name in kept]
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read(**given, currency="CNY")
    assert (caught.value.column, caught.value.rows, caught.value.reason) == (
        f"{table}.{column}",
        (int(row),),
        reason,
    )


def test_a_quarantined_row_shows_what_was_found_and_good_rows_say_whose_fault_it_is_not() -> None:
    result = read(tables(payments__amount__2="-3.50"))
    lines = result.quarantine.to_frame("pyarrow").to_pylist()
    assert lines[0] == {
        "account_id": "B",
        "table": "payments",
        "row": 2,
        "column": "amount",
        "reason": "amount_not_positive",
        "found": "-3.50",
    }
    assert {line["account_id"] for line in lines} == {"B"}
    assert result.quarantine.counts_by_reason == {
        "account_quarantined": 6,
        "amount_not_positive": 1,
    }


def test_a_row_has_one_reason_the_first_and_every_bad_row_has_one() -> None:
    result = read(tables(payments__amount=["-1", "x", None], payments__value_date__0="x"))
    assert own_reasons(result) == {
        ("payments", 0, "value_date"): "not_a_date",
        ("payments", 1, "amount"): "not_an_amount",
        ("payments", 2, "amount"): "missing",
    }
    assert result.books == {}
    with pytest.raises(dq.PortfolioError, match="no good account") as caught:
        _ = result.book
    assert caught.value.reason == "empty_book"


def test_an_account_twice_is_set_aside_twice_because_nobody_knows_which_is_right() -> None:
    given = tables(
        accounts__account_id=["A", "A"],
        instalments__account_id=["A"] * 4,
        payments__account_id=["A"] * 3,
        charges__account_id=["A"] * 2,
        suspensions__account_id=["A"] * 2,
    )
    result = read(given)
    assert own_reasons(result) == {
        ("accounts", 0, "account_id"): "duplicate_account",
        ("accounts", 1, "account_id"): "duplicate_account",
        ("charges", 1, "charge_id"): "duplicate_charge_id",
    }
    assert result.books == {}


def test_an_account_without_instalments_is_set_aside() -> None:
    given = tables(accounts__account_id=["A", "Z"])
    for table in ("instalments", "payments", "charges", "suspensions"):
        given[table]["account_id"] = ["A"] * len(given[table]["account_id"])
    del given["suspensions"], given["charges"]
    given["payments"]["payment_id"] = [None] * 3
    result = read(given)
    assert own_reasons(result) == {("accounts", 1, ""): "no_instalments"}
    assert list(result.book.account_id) == ["A"]


def test_amounts_that_are_small_alone_and_too_large_together_set_the_account_aside() -> None:
    result = read(tables(instalments__principal=["9999999999999.99", "1.00", "1.00", "1.00"]))
    assert own_reasons(result) == {("accounts", 0, ""): "sum_too_large"}
    assert list(result.book.account_id) == ["B"]


def test_rows_keep_the_numbers_of_the_table_as_given_when_they_are_sorted() -> None:
    given = tables(payments__reversed_on__1="2025-03-05")
    for table in given.values():
        for column in table:
            table[column] = table[column][::-1]
    result = read(given)
    assert own_reasons(result) == {("payments", 1, "reversed_on"): "reversal_before_payment"}
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read(**given, currency="CNY")
    assert (caught.value.rows, caught.value.found) == ((1,), "2025-03-05")
    assert caught.value.__context__ is None


def test_a_book_without_accounts_is_refused_and_nothing_is_quarantined() -> None:
    empty = {table: {name: [] for name in content} for table, content in columns().items()}
    with pytest.raises(dq.PortfolioError, match="at least one account"):
        frames.read(**empty, currency="CNY")
    result = read(empty)
    assert (len(result.quarantine), result.books) == (0, {})


def test_a_column_that_is_of_no_use_is_raised_even_with_a_quarantine() -> None:
    with pytest.raises(dq.PortfolioError, match="amounts whose unit is certain"):
        read(tables(payments__amount=[1, 2, 3]))


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_the_quarantine_leaves_as_a_frame_of_any_library(backend: str) -> None:
    frame = read(tables(payments__amount__2="0")).quarantine.to_frame(backend)
    assert list(frame.columns if backend != "pyarrow" else frame.column_names) == [
        "account_id",
        "table",
        "row",
        "column",
        "reason",
        "found",
    ]
    assert len(frame) == 7


@settings(deadline=None)
@given(
    st.integers(0, 2**32), st.lists(st.tuples(st.integers(0, 4), st.integers(0, 99)), max_size=6)
)
def test_spoilt_rows_anywhere_take_their_accounts_and_no_others(
    seed: int, spoilt: list[tuple[int, int]]
) -> None:
    """Whatever rows are spoilt: the accounts that stay equal those of the unspoilt book."""
    rng = random.Random(seed)
    cny = dq.Currency.of("CNY")
    accounts = [
        attrs.evolve(draw_account(rng, number, cny), account_id=f"A-{number}")
        for number in range(6)
    ]
    book = dq.portfolio.Portfolio.from_accounts(accounts)
    made = {
        name: table.to_pydict() for name, table in frames.book_to_frames(book, "pyarrow").items()
    }
    dates = {
        "accounts": "originated_on",
        "instalments": "due_date",
        "payments": "value_date",
        "charges": "due_date",
        "suspensions": "start",
    }
    gone: set[str] = set()
    for number, row in spoilt:
        name = list(dates)[number]
        if name in made:
            place = row % len(made[name]["account_id"])
            made[name][dates[name]][place] = None
            gone.add(made[name]["account_id"][place])
    result = read(made)
    kept = [account for account in accounts if account.account_id not in gone]
    assert [account for book in result.books.values() for account in book] == kept
    assert set(result.quarantine.table["account_id"].to_pylist()) == gone


def test_a_quarantine_works_for_every_library() -> None:
    given = tables(payments__amount__2="0", instalments__due_date__0=None)
    for backend in ("pandas", "polars", "duckdb"):
        same = {name: handed_over(pa.table(table), backend) for name, table in given.items()}
        assert read(same).quarantine.table.equals(read(given).quarantine.table)


SPOILERS = [None, "", "x", "-1", "0", "0.001", "1e3", "2025-02-30", "1899-12-31", "2025-02-15", "A", "B", 3, -1,
            10**20, 2.5, float("nan"), True, "9" * 30, "2024-12-31", "fees"]  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    (table, column, row)
                    for table, content in columns().items()
                    for column, cells in content.items()
                    for row in range(len(cells))
                ]
            ),
            st.sampled_from(SPOILERS),
        ),
        min_size=1,
        max_size=3,
    ),
    st.sampled_from(["mapping", "pandas"]),
    st.sampled_from(["auto", "minor", "major"]),
)
def test_raising_and_setting_aside_agree_whatever_the_cells(
    spoilt: list[tuple[tuple[str, str, int], Any]], backend: str, amounts: str
) -> None:
    """A reading is raised exactly where a quarantine would have lines, and for one of their reasons."""
    pd = pytest.importorskip("pandas")
    given: dict[str, Any] = columns()
    for (table, column, row), cell in spoilt:
        given[table][column][row] = cell
    if backend == "pandas":
        given = {name: pd.DataFrame(table) for name, table in given.items()}
    how = {"currency": "CNY", "amounts": amounts, "floats": "exact"}
    try:
        result = frames.read(**given, **how, on_error="quarantine")
    except dq.PortfolioError:
        # A column that is of no use, whatever its rows.
        with pytest.raises(dq.PortfolioError):
            frames.read(**given, **how)
        return
    assert_counts_add_up(result)
    if not len(result.quarantine):
        assert list(frames.read(**given, **how)) == list(result.book)
        return
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read(**given, **how)
    assert caught.value.reason in result.quarantine.counts_by_reason
    for book in result.books.values():
        assert list(dq.portfolio.Portfolio.from_accounts(list(book))) == list(book)


def test_all_rows_that_break_rules_between_rows_are_found_in_one_reading() -> None:
    given = tables(
        accounts__originated_on=["2025-03-01", "2025-02-16"],
        suspensions__start__1="2025-02-19",
        payments__reversed_on__1="2025-03-05",
        charges__instalment_no__1=9,
    )
    assert own_reasons(read(given)) == {
        ("instalments", 0, "due_date"): "before_origination",
        ("instalments", 1, "due_date"): "before_origination",
        ("instalments", 2, "due_date"): "before_origination",
        ("payments", 0, "value_date"): "before_origination",
        ("payments", 1, "reversed_on"): "reversal_before_payment",
        ("charges", 0, "due_date"): "before_origination",
        ("charges", 1, "instalment_no"): "unknown_instalment",
        ("suspensions", 1, "start"): "overlapping_suspensions",
    }


def test_the_error_of_one_bad_row_says_where_what_and_what_to_do() -> None:
    with pytest.raises(dq.PortfolioError) as caught:
        frames.read(**tables(payments__amount__2="50.005"), currency="CNY")
    assert caught.value.__context__ is None
    assert str(caught.value) == (
        "payments.amount, row 2: expected an amount in CNY with at most 2 decimals, found 50.005. "
        "Hint: Round it yourself, by the rule of the contract: amounts are never rounded here."
    )
    with pytest.raises(dq.PortfolioError, match=r"^payments\.amount: expected amounts whose unit"):
        frames.read(**tables(payments__amount=[1, 2, 3]), currency="CNY")
