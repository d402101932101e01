"""A column of another type is refused with what to write instead, and what is written then is taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pandas as pd
import pytest

import delinquency as dq
from delinquency.portfolio import TermColumns, effective_rates
from delinquency.sample_book import sample_book
from tests.portfolio.test_term_columns import columns

DATES = ["2025-01-31", "2025-02-28"]
HINTS: list[tuple[str, Any, str, str]] = [
    ("instalment_count", np.array([12, 24]), "int64", "instalment_count.astype(np.int32)"),
    ("instalment_count", [12, 24], "list", "np.asarray(instalment_count, dtype=np.int32)"),
    (
        "instalment_count",
        pd.Series([1, 2]),
        "Series",
        "np.asarray(instalment_count, dtype=np.int32)",
    ),
    ("method", np.array([0, 1]), "int64", "method.astype(np.int8)"),
    (
        "first_due_date",
        np.array(DATES, dtype="datetime64[ns]"),
        "datetime64[ns]",
        'np.asarray(first_due_date, dtype="datetime64[D]").astype(np.int32)',
    ),
    (
        "first_due_date",
        [date.fromisoformat(each) for each in DATES],
        "list",
        'np.asarray(first_due_date, dtype="datetime64[D]").astype(np.int32)',
    ),
    ("first_due_date", np.array([20_119, 20_119]), "int64", "first_due_date.astype(np.int32)"),
    ("charges_are_fees", np.array([0, 1]), "int64", "charges_are_fees.astype(np.bool_)"),
    (
        "instalment_count",
        np.array([[12, 24]], dtype=np.int32),
        "one of 2 dimensions",
        "instalment_count.ravel()",
    ),
]


@pytest.mark.parametrize(("field", "value", "found", "hint"), HINTS)
def test_the_hint_makes_the_column_that_is_expected(
    field: str, value: Any, found: str, hint: str
) -> None:
    with pytest.raises(dq.PortfolioError) as told:
        TermColumns(**columns(**{field: value}))
    assert told.value.found == found
    assert told.value.hint.startswith(hint)
    made = eval(hint, {"np": np, field: value})  # noqa: S307 - the hint is what is tested
    assert len(TermColumns(**columns(**{field: made}))) == 2


@pytest.mark.parametrize(
    ("field", "value", "unit"),
    [
        ("principal", np.array([1000.0, 2000.5]), "whole minor units"),
        ("balloon", np.array([Decimal("1.50"), Decimal(2)]), "whole minor units"),
        ("balloon", [1.5, 2.5], "whole minor units"),
        ("annual_rate", np.array([0.0435, 0.06]), "4.35 % is 4_350_000"),
        ("annual_rate", pd.Series([0.0435, 0.06]), "4.35 % is 4_350_000"),
    ],
)
def test_fractions_are_told_their_unit_and_are_not_cut_off(
    field: str, value: Any, unit: str
) -> None:
    with pytest.raises(dq.PortfolioError) as told:
        TermColumns(**columns(**{field: value}))
    assert unit in told.value.hint


def test_a_list_of_principals_is_told_how_to_become_one_and_where_records_go() -> None:
    with pytest.raises(dq.InvalidTypeError, match="np.asarray.*minor units.*from_terms"):
        TermColumns(**columns(principal=[1, 2]))


def test_flows_of_another_type_are_told_how_to_become_one() -> None:
    offsets, days = np.array([0, 2]), np.array([0, 365], dtype=np.int32)
    amounts = np.array([-100_00, 108_00])
    for given, hint in (
        ((offsets.astype(np.int32), days, amounts), r"offsets\.astype\(np\.int64\)"),
        ((offsets, days.astype(np.int64), amounts), r"flow_day\.astype\(np\.int32\)"),
        ((offsets, days, amounts.astype(np.int32)), r"amount_minor\.astype\(np\.int64\)"),
        ((offsets, days, amounts / 100), "whole minor units"),
        ((offsets, days.astype("datetime64[D]"), amounts), "datetime64"),
    ):
        with pytest.raises(dq.PortfolioError, match=hint):
            effective_rates(*given)


def test_columns_of_a_book_are_sent_to_the_reader_of_frames() -> None:
    book = sample_book(2)
    paid = attrs.evolve(book.payments, amount=book.payments.amount / 100)
    with pytest.raises(dq.PortfolioError, match=r"delinquency\.frames\.read converts"):
        attrs.evolve(book, payments=paid)
