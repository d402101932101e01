"""Every way in which columns are no book of cards: the column, the rows and the reason are named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.currency import Currency
from delinquency.portfolio import (
    CardBook,
    CreditLimitColumns,
    PaymentColumns,
    TextColumn,
    TransactionColumns,
)
from delinquency.revolving import Dated
from tests.unit.revolving.cases import card, terms

NONE = 2**31 - 1
D = 20_200


def days(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def minor(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def codes(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int8)


def flags(*values: bool) -> np.ndarray:
    return np.array(values, dtype=np.bool_)


def parts() -> dict[str, Any]:
    """Two cards: a purchase, a plan of a part of it and a refund; cash under a promotion, and a fee."""
    return {
        "account_id": TextColumn.of(["A", "B"]),
        "originated_on": days(D, D),
        "terms": terms(),
        "transactions": TransactionColumns(
            offsets=minor(0, 3, 5),
            posted_on=days(D, D + 1, D + 1, D, D + 5),
            kind=codes(0, 2, 4, 1, 3),
            amount=minor(1000, 600, 10, 500, 5),
            transaction_id=TextColumn.of(["a", "b", "c", "a", "b"]),
            refers_to=days(-1, 0, 0, -1, -1),
            recorded_on=days(NONE, D + 3, NONE, NONE, NONE),
            reversed_on=days(NONE, NONE, NONE, D + 9, NONE),
            plan_instalments=days(0, 3, 0, 0, 0),
            plan_cost=minor(0, 1, 0, 0, 0),
            plan_cost_is_fee=flags(False, True, False, False, False),
            plan_residue_is_first=flags(False, True, False, False, False),
            promotion_until=days(NONE, NONE, NONE, D + 30, NONE),
            promotion_rate=minor(-1, -1, -1, 5_000, -1),
            promotion_rate_is_daily=flags(False, False, False, True, False),
            promotion_id=TextColumn.of(["", "", "", "P", ""]),
        ),
        "payments": PaymentColumns(
            offsets=minor(0, 2, 3),
            value_date=days(D + 1, D + 2, D),
            amount=minor(5, 5, 7),
            payment_id=TextColumn.of(["x", "", "x"]),
            recorded_on=days(NONE, D + 4, NONE),
            reversed_on=days(D + 1, NONE, NONE),
        ),
        "credit_limits": CreditLimitColumns(
            offsets=minor(0, 2, 2),
            effective_from=days(D, D + 10),
            amount=minor(0, 5000),
            recorded_on=days(NONE, D + 12),
        ),
    }


def made(**changes: Any) -> CardBook:
    """The book with columns changed: ``transactions__amount=...`` is the column of a table."""
    given = parts()
    for name, value in changes.items():
        table, _, column = name.partition("__")
        given[table] = attrs.evolve(given[table], **{column: value}) if column else value
    return CardBook(**given)


def test_the_book_that_is_changed_below_is_one() -> None:
    book = made()
    assert list(CardBook.from_cards(book)) == list(book)


FLOATS = np.array([5.0, float("nan"), 7.0])
NO_DATES = np.array(["2025-04-22", "NaT"], dtype="datetime64[D]")
TOO_MUCH = 10**15 + 1

BAD: list[tuple[dict[str, Any], str, str, tuple[int, ...]]] = [
    ({"originated_on": days(D, 10**6)}, "accounts.originated_on", "date_out_of_range", (1,)),
    ({"originated_on": days(D, -(2**31))}, "accounts.originated_on", "date_out_of_range", (1,)),
    ({"originated_on": NO_DATES}, "accounts.originated_on", "wrong_type", ()),
    ({"transactions__posted_on": None}, "transactions.posted_on", "wrong_type", ()),
    ({"transactions__amount": None}, "transactions.amount", "wrong_type", ()),
    ({"transactions__amount": minor(1, 1, 1)}, "transactions.amount", "wrong_length", ()),
    (
        {"transactions__amount": minor(1000, 600, -(2**63), 1, 1)},
        "transactions.amount",
        "amount_not_positive",
        (2,),
    ),
    (
        {"transactions__amount": minor(2**63 - 1, 600, 1, 1, 1)},
        "transactions.amount",
        "amount_too_large",
        (0,),
    ),
    (
        {"transactions__plan_cost": minor(0, TOO_MUCH, 0, 0, 0)},
        "transactions.plan_cost",
        "amount_too_large",
        (1,),
    ),
    (
        {"transactions__plan_cost_is_fee": codes(0, 1, 0, 0, 0)},
        "transactions.plan_cost_is_fee",
        "wrong_type",
        (),
    ),
    (
        {"transactions__promotion_id": ["", "", "", "P", ""]},
        "transactions.promotion_id",
        "wrong_type",
        (),
    ),
    ({"payments__amount": FLOATS}, "payments.amount", "wrong_type", ()),
    ({"payments__amount": None}, "payments.amount", "wrong_type", ()),
    ({"credit_limits__amount": None}, "credit_limits.amount", "wrong_type", ()),
    ({"terms_no": [0, 0]}, "accounts.terms_no", "wrong_type", ()),
    ({"account_id": TextColumn.of(["A", "A"])}, "accounts.account_id", "duplicate_account", (1,)),
    ({"account_id": TextColumn.of(["A"])}, "accounts.account_id", "wrong_length", ()),
    ({"obligor_id": TextColumn.of(["A"])}, "accounts.obligor_id", "wrong_length", ()),
    ({"segment": codes(0, 2)}, "accounts.segment", "unknown_code", (1,)),
    ({"terms_no": np.array([0, 1], np.int16)}, "accounts.terms_no", "unknown_terms", (1,)),
    ({"terms_no": minor(0, 0)}, "accounts.terms_no", "wrong_type", ()),
    ({"originated_on": days()}, "accounts", "empty_book", ()),
    ({"transactions__offsets": minor(0, 3, 4)}, "transactions.offsets", "bad_offsets", (2,)),
    (
        {"transactions__posted_on": days(D, D + 2, D + 1, D, D)},
        "transactions.posted_on",
        "unsorted",
        (2,),
    ),
    (
        {"transactions__posted_on": days(D - 1, D, D, D, D)},
        "transactions.posted_on",
        "before_origination",
        (0,),
    ),
    ({"transactions__kind": codes(0, 2, 4, 1, 5)}, "transactions.kind", "unknown_code", (4,)),
    ({"transactions__kind": minor(0, 2, 4, 1, 3)}, "transactions.kind", "wrong_type", ()),
    (
        {"transactions__amount": minor(1000, 600, 0, 1, 1)},
        "transactions.amount",
        "amount_not_positive",
        (2,),
    ),
    (
        {"transactions__amount": minor(1000, 600, 1, 10**15, 1)},
        "transactions (accounts)",
        "sum_too_large",
        (1,),
    ),
    (
        {"transactions__amount": minor(100, 600, 1, 1, 1)},
        "transactions.amount",
        "plan_too_large",
        (1,),
    ),
    (
        {"transactions__transaction_id": TextColumn.of(list("abc"))},
        "transactions.transaction_id",
        "wrong_length",
        (),
    ),
    (
        {"transactions__transaction_id": TextColumn.of(["a", "b", "b", "a", "b"])},
        "transactions.transaction_id",
        "duplicate_transaction_id",
        (2,),
    ),
    (
        {"transactions__transaction_id": TextColumn.of(["a", "c", "b", "a", "b"])},
        "transactions.transaction_id",
        "unsorted",
        (2,),
    ),
    (
        {"transactions__transaction_id": TextColumn.of(["", "b", "c", "a", "b"])},
        "transactions.transaction_id",
        "empty_id",
        (0,),
    ),
    (
        {"transactions__refers_to": days(-1, 0, 3, -1, -1)},
        "transactions.refers_to",
        "unknown_transaction",
        (2,),
    ),
    (
        {"transactions__refers_to": days(-1, 0, -2, -1, -1)},
        "transactions.refers_to",
        "unknown_transaction",
        (2,),
    ),
    (
        {"transactions__refers_to": days(-1, 0, 1, -1, -1)},
        "transactions.refers_to",
        "wrong_reference",
        (2,),
    ),
    (
        {"transactions__refers_to": days(-1, 0, 0, -1, 0)},
        "transactions.refers_to",
        "wrong_reference",
        (4,),
    ),
    (
        {
            "transactions__kind": codes(0, 2, 4, 4, 1),
            "transactions__refers_to": days(-1, 0, 0, 1, -1),
            "transactions__promotion_until": None,
            "transactions__promotion_rate": None,
            "transactions__promotion_rate_is_daily": None,
            "transactions__promotion_id": None,
        },
        "transactions.refers_to",
        "later_transaction",
        (3,),
    ),
    (
        {"transactions__recorded_on": days(10**6, NONE, NONE, NONE, NONE)},
        "transactions.recorded_on",
        "date_out_of_range",
        (0,),
    ),
    (
        {"transactions__reversed_on": days(NONE, D + 2, NONE, NONE, NONE)},
        "transactions.reversed_on",
        "reversal_before_transaction",
        (1,),
    ),
    (
        {"transactions__plan_instalments": days(0, 0, 0, 0, 0)},
        "transactions.plan_instalments",
        "plan_without_terms",
        (1,),
    ),
    (
        {"transactions__plan_instalments": days(1, 3, 0, 0, 0)},
        "transactions.plan_instalments",
        "plan_without_terms",
        (0,),
    ),
    ({"transactions__plan_instalments": None}, "transactions.plan_instalments", "wrong_type", ()),
    (
        {
            "transactions__plan_instalments": None,
            "transactions__plan_cost": None,
            "transactions__plan_cost_is_fee": None,
            "transactions__plan_residue_is_first": None,
        },
        "transactions.plan_instalments",
        "plan_without_terms",
        (1,),
    ),
    (
        {"transactions__plan_cost": minor(0, -1, 0, 0, 0)},
        "transactions.plan_cost",
        "negative_amount",
        (1,),
    ),
    (
        {"transactions__plan_cost": minor(2, 1, 0, 0, 0)},
        "transactions.plan_cost",
        "unexpected_value",
        (0,),
    ),
    (
        {"transactions__plan_cost_is_fee": flags(True, True, False, False, False)},
        "transactions.plan_cost_is_fee",
        "unexpected_value",
        (0,),
    ),
    ({"transactions__promotion_until": None}, "transactions.promotion_until", "wrong_type", ()),
    ({"transactions__promotion_rate": None}, "transactions.promotion_rate", "wrong_type", ()),
    ({"transactions__promotion_id": None}, "transactions.promotion_id", "wrong_type", ()),
    (
        {"transactions__promotion_until": days(NONE, NONE, D + 9, D + 30, NONE)},
        "transactions.promotion_until",
        "unexpected_value",
        (2,),
    ),
    (
        {"transactions__promotion_until": days(NONE, NONE, NONE, D, NONE)},
        "transactions.promotion_until",
        "empty_promotion",
        (3,),
    ),
    (
        {"transactions__promotion_rate": minor(5, -1, -1, 5_000, -1)},
        "transactions.promotion_rate",
        "unexpected_value",
        (0,),
    ),
    (
        {"transactions__promotion_rate": minor(-1, -1, -1, 4 * 10**8, -1)},
        "transactions.promotion_rate",
        "rate_out_of_range",
        (3,),
    ),
    (
        {"transactions__promotion_rate": minor(-1, -1, -1, -1, -1)},
        "transactions.promotion_rate_is_daily",
        "unexpected_value",
        (3,),
    ),
    (
        {"transactions__promotion_id": TextColumn.of(["", "", "", "", ""])},
        "transactions.promotion_id",
        "empty_id",
        (3,),
    ),
    ({"payments__value_date": days(D + 2, D + 1, D)}, "payments.value_date", "unsorted", (1,)),
    (
        {"payments__value_date": days(D + 1, D + 2, D - 1)},
        "payments.value_date",
        "before_origination",
        (2,),
    ),
    ({"payments__amount": minor(5, 0, 7)}, "payments.amount", "amount_not_positive", (1,)),
    ({"payments__amount": minor(10**15, 1, 7)}, "payments (accounts)", "sum_too_large", (0,)),
    (
        {"payments__payment_id": TextColumn.of(["x", "x", "x"])},
        "payments.payment_id",
        "duplicate_payment_id",
        (1,),
    ),
    (
        {"payments__reversed_on": days(D, NONE, NONE)},
        "payments.reversed_on",
        "reversal_before_payment",
        (0,),
    ),
    ({"payments__kind": codes(0, 4, 0)}, "payments.kind", "unknown_code", (1,)),
    ({"credit_limits__amount": minor(-1, 5)}, "credit_limits.amount", "negative_amount", (0,)),
    (
        {"credit_limits__effective_from": days(D, D)},
        "credit_limits.effective_from",
        "duplicate_limit",
        (1,),
    ),
    (
        {"credit_limits__effective_from": days(D + 9, D + 8)},
        "credit_limits.effective_from",
        "unsorted",
        (1,),
    ),
    (
        {"credit_limits__effective_from": days(D + 1, D + 2)},
        "credit_limits.effective_from",
        "limit_after_origination",
        (0,),
    ),
    (
        {"credit_limits__recorded_on": days(-(10**6), NONE)},
        "credit_limits.recorded_on",
        "date_out_of_range",
        (0,),
    ),
]


@pytest.mark.parametrize(
    ("changes", "column", "reason", "rows"), BAD, ids=[f"{each[1]} {each[2]}" for each in BAD]
)
def test_columns_that_are_no_book_of_cards_are_refused(
    changes: dict[str, Any], column: str, reason: str, rows: tuple[int, ...]
) -> None:
    with pytest.raises(dq.PortfolioError) as raised:
        made(**changes)
    assert (raised.value.column, raised.value.reason, raised.value.rows) == (column, reason, rows)


def test_a_card_that_is_older_than_a_dated_part_of_its_terms_is_refused() -> None:
    from datetime import date

    young = terms(grace_days=Dated(((date(2026, 1, 1), 3),)))
    with pytest.raises(dq.PortfolioError, match="grace_days") as raised:
        made(terms=[terms(), young], terms_no=np.array([0, 1], np.int16))
    assert (raised.value.reason, raised.value.rows) == ("older_than_terms", (1,))


WRONG: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: made(transactions=None), dq.InvalidTypeError, "TransactionColumns"),
    (lambda: made(payments=parts()["transactions"]), dq.InvalidTypeError, "PaymentColumns"),
    (lambda: made(terms=()), dq.InvalidValueError, "at least one"),
    (lambda: made(terms=["terms"]), dq.InvalidTypeError, "CardTerms"),
    (
        lambda: made(terms=[terms(), terms(currency=Currency.of("USD"), tolerance=0)]),
        dq.InvalidValueError,
        "one currency",
    ),
    (lambda: CardBook.from_cards([]), dq.PortfolioError, "at least one card"),
    (lambda: CardBook.from_cards(["card"]), dq.InvalidTypeError, "CardAccount"),  # type: ignore[list-item]
    (lambda: CardBook.from_cards([card(), card()]), dq.PortfolioError, "each account_id once"),
    (lambda: CardBook.from_cards(None), dq.InvalidTypeError, "CardAccount"),  # type: ignore[arg-type]
    (lambda: made(account_id=["A", "B"]), dq.InvalidTypeError, "TextColumn"),
    (lambda: made().card(2), IndexError, "row 2"),
    (lambda: made().card(-1), IndexError, "row -1"),
    (lambda: made().terms_of(2), IndexError, "row 2"),
    (lambda: made().terms_of("A"), dq.InvalidTypeError, "an int"),  # type: ignore[arg-type]
    (lambda: made().take([-1]), IndexError, "row -1"),
    (lambda: made().take([0, 0]), dq.PortfolioError, "each account_id once"),
    (lambda: made().take(["A"]), dq.InvalidTypeError, "row numbers"),  # type: ignore[list-item]
    (lambda: made().card("A"), dq.InvalidTypeError, "an int"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("make", "kind", "words"), WRONG)
def test_what_is_no_table_and_no_card_is_refused(
    make: Callable[[], object], kind: type[Exception], words: str
) -> None:
    with pytest.raises(kind, match=words):
        make()


def test_cards_of_two_currencies_are_two_books() -> None:
    dollars = attrs.evolve(card(), account_id="B", terms=terms(currency=Currency.of("USD")))
    with pytest.raises(dq.PortfolioError, match="one currency, CNY") as raised:
        CardBook.from_cards([card(), dollars])
    assert raised.value.rows == (1,)
