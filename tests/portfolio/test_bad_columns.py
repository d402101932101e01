"""Every way in which columns are no book: the column, the rows and the reason are named."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import (
    ChargeColumns,
    InstalmentColumns,
    PaymentColumns,
    Portfolio,
    SuspensionColumns,
    TextColumn,
)

NONE = 2**31 - 1
D = 20_000


def days(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def minor(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def offsets(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def parts() -> dict[str, Any]:
    """Two accounts of two instalments, with a payment, a charge and a suspension each."""
    return {
        "currency": dq.Currency.of("CNY"),
        "account_id": TextColumn.of(["A", "B"]),
        "originated_on": days(D, D),
        "instalments": InstalmentColumns(
            offsets=offsets(0, 2, 4),
            due_date=days(D + 10, D + 40, D + 10, D + 40),
            principal=minor(100, 100, 100, 100),
            interest=minor(1, 1, 1, 1),
            fees=minor(0, 0, 0, 0),
            in_force_from=days(-NONE, -NONE, -NONE, -NONE),
            in_force_until=days(NONE, NONE, NONE, NONE),
        ),
        "payments": PaymentColumns(
            offsets=offsets(0, 2, 3),
            value_date=days(D + 10, D + 20, D + 5),
            amount=minor(50, 51, 10),
            recorded_on=days(NONE, D + 21, NONE),
            reversed_on=days(NONE, NONE, D + 6),
        ),
        "charges": ChargeColumns(
            offsets=offsets(0, 1, 2),
            due_date=days(D + 15, D + 15),
            component=np.array([2, 3], dtype=np.int8),
            amount=minor(5, 5),
            instalment_no=days(0, 2),
            charge_id=TextColumn.of(["c", "c"]),
        ),
        "suspensions": SuspensionColumns(
            offsets=offsets(0, 2, 2), start=days(D + 1, D + 5), end=days(D + 5, NONE)
        ),
    }


def changed(table: str, column: str, value: Any) -> Portfolio:
    content = parts()
    if column:
        content[table] = attrs.evolve(content[table], **{column: value})
    else:
        content[table] = value
    return Portfolio(**content)


def test_the_good_book_is_one_and_its_arrays_are_read_only() -> None:
    book = Portfolio(**parts())
    assert len(book) == 2
    with pytest.raises(ValueError, match="read-only"):
        book.payments.amount[0] = 1
    assert Portfolio.from_accounts(book.account(row) for row in range(2)).account(1) == (
        book.account(1)
    )


CASES: list[tuple[str, str, Any, str, tuple[int, ...]]] = [
    ("originated_on", "", days(D, -30_000), "date_out_of_range", (1,)),
    ("originated_on", "", days(D), "wrong_length", ()),
    ("originated_on", "", np.array([D, D]), "wrong_type", ()),
    ("originated_on", "", days(), "empty_book", ()),
    ("account_id", "", TextColumn.of(["A", ""]), "empty_id", (1,)),
    ("account_id", "", TextColumn.of(["A", "A"]), "duplicate_account", (1,)),
    ("account_id", "", TextColumn.of(["A"]), "wrong_length", ()),
    ("obligor_id", "", TextColumn.of(["A"]), "wrong_length", ()),
    ("product", "", np.array([0, 2], dtype=np.int8), "unknown_code", (1,)),
    ("segment", "", np.array([-1, 1], dtype=np.int8), "unknown_code", (0,)),
    ("instalments", "offsets", offsets(0, 4, 2), "bad_offsets", (1,)),
    ("instalments", "offsets", offsets(0, 2, 3), "bad_offsets", (2,)),
    ("instalments", "offsets", offsets(0, 4, 4), "no_instalments", (1,)),
    ("instalments", "due_date", days(D + 40, D + 10, D + 10, D + 40), "unsorted", (1,)),
    ("instalments", "due_date", days(D + 10, D + 10, D + 10, D + 40), "duplicate_due_date", (1,)),
    ("instalments", "due_date", days(D - 1, D + 10, D + 10, D + 40), "before_origination", (0,)),
    ("instalments", "due_date", days(D, D + 10, D + 10, 90_000), "date_out_of_range", (3,)),
    ("instalments", "principal", minor(1, 1, -1, 1), "negative_amount", (2,)),
    ("instalments", "interest", minor(1, 1, 1, 10**15 + 1), "amount_too_large", (3,)),
    ("instalments", "principal", minor(1, 1, 10**15, 1), "sum_too_large", (1,)),
    ("instalments", "principal", np.ones(4), "wrong_type", ()),
    ("instalments", "in_force_until", days(NONE, NONE, NONE, -NONE), "date_out_of_range", (3,)),
    ("instalments", "in_force_from", days(-NONE, D, -NONE, NONE), "date_out_of_range", (3,)),
    ("instalments", "in_force_from", None, "wrong_type", ()),
    ("payments", "value_date", days(D + 20, D + 10, D + 5), "unsorted", (1,)),
    ("payments", "value_date", days(D + 10, D + 20, D - 5), "before_origination", (2,)),
    ("payments", "amount", minor(50, 0, 10), "amount_not_positive", (1,)),
    ("payments", "amount", minor(10**15, 51, 10), "sum_too_large", (0,)),
    ("payments", "kind", np.array([0, 4, 0], dtype=np.int8), "unknown_code", (1,)),
    ("payments", "recorded_on", days(NONE, NONE, 99_999), "date_out_of_range", (2,)),
    ("payments", "reversed_on", days(NONE, NONE, D + 4), "reversal_before_payment", (2,)),
    ("payments", "reversed_on", days(NONE, D + 20, NONE), "reversal_before_payment", (1,)),
    ("charges", "due_date", days(D - 1, D + 15), "before_origination", (0,)),
    ("charges", "component", np.array([1, 3], dtype=np.int8), "unknown_code", (0,)),
    ("charges", "amount", minor(0, 5), "amount_not_positive", (0,)),
    ("charges", "instalment_no", days(0, 3), "unknown_instalment", (1,)),
    ("charges", "amount", minor(5, 10**15), "sum_too_large", (1,)),
    ("suspensions", "start", days(D + 1, D + 4), "overlapping_suspensions", (1,)),
    ("suspensions", "end", days(D + 1, NONE), "empty_suspension", (0,)),
    ("suspensions", "start", days(D - 1, D + 5), "before_origination", (0,)),
]


@pytest.mark.parametrize(("table", "column", "value", "reason", "rows"), CASES)
def test_columns_that_are_no_book_are_refused(
    table: str, column: str, value: Any, reason: str, rows: tuple[int, ...]
) -> None:
    with pytest.raises(dq.PortfolioError) as caught:
        changed(table, column, value)
    error = caught.value
    assert (error.reason, error.rows) == (reason, rows)
    assert error.row_count == len(rows)
    assert ": expected " in str(error)
    assert ", found " in str(error)
    assert error.to_dict()["rows"] == list(rows)


def test_two_rows_of_one_date_are_accepted_where_they_are_never_in_force_together() -> None:
    content = parts()
    content["instalments"] = attrs.evolve(
        content["instalments"],
        due_date=days(D + 10, D + 10, D + 10, D + 40),
        in_force_until=days(D + 5, NONE, NONE, NONE),
        in_force_from=days(-NONE, D + 5, -NONE, -NONE),
    )
    assert Portfolio(**content).needs_ledger.tolist() == [True, True]
    content["instalments"] = attrs.evolve(
        content["instalments"], in_force_from=days(-NONE, D + 4, -NONE, -NONE)
    )
    with pytest.raises(dq.PortfolioError, match="one row in force for each due date"):
        Portfolio(**content)


def simple_account(name: str, code: str = "CNY") -> dq.Account:
    schedule = dq.Schedule(dq.Currency.of(code), [dq.Instalment(date(2025, 1, 31), Decimal(100))])
    return dq.Account(account_id=name, originated_on=date(2025, 1, 1), schedule=schedule)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (list, "empty_book"),
        (lambda: [simple_account("A"), simple_account("A")], "duplicate_account"),
        (lambda: [simple_account("A"), simple_account("B", "EUR")], "mixed_currency"),
    ],
)
def test_accounts_that_are_no_book_are_refused(
    make: Callable[[], list[dq.Account]], reason: str
) -> None:
    with pytest.raises(dq.PortfolioError) as caught:
        Portfolio.from_accounts(make())
    assert caught.value.reason == reason


def test_an_item_that_is_no_account_is_refused_by_number() -> None:
    with pytest.raises(dq.InvalidTypeError, match="account 2: expected an instance of Account"):
        Portfolio.from_accounts([simple_account("A"), "B"])  # type: ignore[list-item]


def test_rows_are_taken_in_the_order_asked_for() -> None:
    book = Portfolio(**parts())
    taken = book.take([1, 0])
    assert list(taken.account_id) == ["B", "A"]
    assert [taken.account(0), taken.account(1)] == [book.account(1), book.account(0)]
    with pytest.raises(IndexError, match="row 2 of a book of 2"):
        book.take([2])
    with pytest.raises(dq.PortfolioError, match="at least one account"):
        book.take([])
    with pytest.raises(dq.PortfolioError, match="each account_id once"):
        book.take([0, 0])


def test_a_row_that_does_not_exist_is_an_index_error() -> None:
    book = Portfolio(**parts())
    for row in (2, -1):
        with pytest.raises(IndexError):
            book.account(row)
    with pytest.raises(dq.InvalidTypeError):
        book.account("A")  # type: ignore[arg-type]
    assert book.row_of("B") == 1
    with pytest.raises(dq.PortfolioError, match="an account of the book"):
        book.row_of("C")


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        ({"as_of": "2025-01-31"}, dq.InvalidTypeError),
        ({"policy": "founding-report"}, dq.InvalidTypeError),
        ({"threads": 0}, dq.InvalidTypeError),
        ({"engine": "compiled"}, dq.InvalidTypeError),
        (
            {"policy": dq.rulebook.load("in-sma"), "as_of": date(2020, 1, 1)},
            dq.PolicyNotInForceError,
        ),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(
    call: dict[str, Any], kind: type[Exception]
) -> None:
    question: dict[str, Any] = {
        "as_of": date(2025, 1, 31),
        "policy": dq.rulebook.load("founding-report"),
        **call,
    }
    with pytest.raises(kind):
        dq.portfolio.assess(Portfolio(**parts()), **question)
    with pytest.raises(dq.InvalidTypeError, match="a Portfolio"):
        dq.portfolio.assess([], as_of=date(2025, 1, 31), policy=question["policy"])  # type: ignore[arg-type]


def test_versions_selected_by_origination_are_used_row_by_row() -> None:
    old, new = (
        dq.rulebook.load("founding-report").versions[0],
        dq.rulebook.load("cn-loan").versions[0],
    )
    day = date(2025, 1, 15)
    by_origin = dq.PolicyTimeline(
        name="by origination",
        versions=[
            attrs.evolve(old, validity=dq.Validity(None, day, dq.SelectedBy.ORIGINATED_ON)),
            attrs.evolve(new, validity=dq.Validity(day, None, dq.SelectedBy.ORIGINATED_ON)),
        ],
    )
    accounts = [
        attrs.evolve(simple_account(f"A-{number}"), originated_on=day + timedelta(number - 2))
        for number in range(4)
    ]
    book = Portfolio.from_accounts(accounts)
    as_of = date(2025, 3, 31)
    answers = dq.portfolio.assess(book, as_of=as_of, policy=by_origin)
    scalar = [dq.assess(account, as_of=as_of, policy=by_origin) for account in accounts]
    assert answers.bucket_codes().tolist() == [answer.bucket.code for answer in scalar]
    assert answers.bucket_codes().tolist() == ["31-60", "31-60", "关注", "关注"]
    with pytest.raises(dq.PolicyError, match="one bucket scheme"):
        _ = answers.buckets
    exposure = answers.exposure()
    assert [int(amount) for amount in exposure] == [10_000] * 4


def test_sums_far_over_sixty_four_bits_are_exact_in_every_engine() -> None:
    """Thousands of accounts at the bound: no running sum may wrap."""
    accounts = 12_000
    amount = 10**15 - 1
    book = Portfolio(
        currency=dq.Currency.of("CNY"),
        account_id=TextColumn.of(f"A-{row}" for row in range(accounts)),
        originated_on=np.full(accounts, D, dtype=np.int32),
        instalments=InstalmentColumns(
            offsets=np.arange(accounts + 1, dtype=np.int64),
            due_date=np.full(accounts, D + 10, dtype=np.int32),
            principal=np.full(accounts, amount, dtype=np.int64),
            interest=np.zeros(accounts, dtype=np.int64),
            fees=np.zeros(accounts, dtype=np.int64),
        ),
        payments=PaymentColumns(
            offsets=np.arange(accounts + 1, dtype=np.int64),
            value_date=np.full(accounts, D + 5, dtype=np.int32),
            amount=np.full(accounts, amount - 1, dtype=np.int64),
        ),
    )
    as_of = date(1970, 1, 1) + timedelta(D + 12)
    for engine in dq.portfolio.Engine:
        if engine is dq.portfolio.Engine.COMPILED:
            pytest.importorskip("numba")
        answers = dq.portfolio.assess(
            book, as_of=as_of, policy=dq.rulebook.load("founding-report"), engine=engine
        )
        assert set(answers.arrears.tolist()) == {1}
        assert set(answers.days_past_due.tolist()) == {2}
