"""Statements of many accounts: each row equals the same account alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.early_warning.units import MOST
from delinquency.portfolio import observe_statements

CNY = dq.Currency.of("CNY")
DATES = [date(2025, month, 28) for month in range(1, 5)]
NAMES = ("statement_balance", "amount_paid", "credit_limit", "minimum_due", "months_late")
AMOUNTS = (
    st.none()
    | st.sampled_from([0, 1, 2, 3, -1, 10**7, 2 * 10**12, MOST // 300])
    | st.integers(-9, 9)
)
PAID = AMOUNTS.map(lambda number: number if number is None else abs(number))


def cells(amounts: Any) -> Any:
    return st.lists(amounts, min_size=12, max_size=12)


@settings(max_examples=25, deadline=None)
@given(st.tuples(*map(cells, (AMOUNTS, PAID, PAID, PAID, st.none() | st.integers(0, 3)))))
def test_each_row_equals_the_account_alone(columns: tuple[list[int | None], ...]) -> None:
    arrays: dict[str, Any] = {
        name: np.array(column, dtype=object).reshape(3, 4)
        for name, column in zip(NAMES, columns, strict=True)
    }
    panel = observe_statements(list("ABC"), DATES, currency=CNY, **arrays)
    for row, name in enumerate("ABC"):
        alone = dq.observe_statements(
            name, DATES, currency=CNY, **{of: array[row].tolist() for of, array in arrays.items()}
        )
        assert panel.account(row) == alone


def test_a_share_of_next_to_nothing_is_told_as_the_most() -> None:
    panel = observe_statements(
        ["A"], DATES[:1], currency=CNY, credit_limit=Decimal("0.01"), amount_paid=np.array([[0]]),
        statement_balance=np.array([[MOST // 100]]),
    )  # fmt: skip
    assert panel.account(0).numbers["utilisation"] == (MOST,)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        (1 - MOST, 1),
        (3 - MOST, 3),
        (10**6 - MOST, 999_998),
        (10**6 - MOST, 10**6),
        (10**6 + 1 - MOST, 10**6 + 1),
        # On either side of what 64 bits hold a million times.
        (-9_000_000_000_001, 7),
        (-9_223_372_036_855, 9_223),
        (9_000_000_000_001, 7),
        (MOST, 10**6 + 1),
    ],
)
def test_a_share_far_from_nought_is_the_nearest_one_or_the_most(part: int, whole: int) -> None:
    """Of one account and of a panel: halves to the even one, and no further than 10**15 millionths."""
    told = max(-MOST, min(MOST, round(Fraction(part * 10**6, whole))))
    given = {"statement_balance": part, "amount_paid": 0, "credit_limit": whole}
    money = {name: Decimal(number).scaleb(-2) for name, number in given.items()}
    alone = dq.observe_statements(
        "A", DATES[:1], currency=CNY, **{name: [cell] for name, cell in money.items()}
    )
    panel = observe_statements(
        ["A"],
        DATES[:1],
        currency=CNY,
        **{name: np.array([[cell]], dtype=object) for name, cell in money.items()},
    )
    assert alone.numbers["utilisation"] == (told,)
    assert panel.account(0) == alone


@pytest.mark.parametrize("limit", [1000, Decimal(1000), np.array([1000]), np.full((1, 4), 1000)])
def test_one_limit_holds_at_every_statement(limit: object) -> None:
    flat = np.zeros((1, 4), dtype=np.int64)
    panel = observe_statements(
        ["A"],
        DATES,
        statement_balance=flat + 990,
        amount_paid=flat,
        credit_limit=limit,
        currency=CNY,
    )
    assert panel.account(0).numbers["headroom"] == (1000,) * 4
    assert panel.account(0).numbers["amount_added"] == (None, 0, 0, 0)


def test_bad_columns_are_named() -> None:
    flat: Any = np.zeros((1, 4))
    asked = {"statement_balance": flat, "amount_paid": flat, "currency": CNY}
    for change, error, words in (
        ({"currency": "CNY"}, dq.InvalidTypeError, "Currency.of"),
        ({"amount_paid": flat[:, :2]}, dq.PortfolioError, "amount_paid: expected an array of 1"),
        ({"amount_paid": flat * np.nan}, dq.PortfolioError, "nan_is_unknown=True"),
        ({"credit_limit": True}, dq.PortfolioError, "credit_limit"),
        ({"statement_balance": [[0, 0, 0, 0]]}, dq.PortfolioError, "np.array"),
    ):
        with pytest.raises(error, match=words):
            observe_statements(["A"], DATES, **{**asked, **change})
    for ids, dates in (({"A"}, DATES), (["A"], set(DATES))):
        with pytest.raises(dq.InvalidTypeError, match="in order"):
            observe_statements(ids, dates, **asked)
