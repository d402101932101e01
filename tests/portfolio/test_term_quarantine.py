"""Terms that columns cannot take are set aside with their reasons; the others become columns."""

from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import TermColumns
from tests.portfolio.test_schedules import LOAN
from tests.portfolio.test_term_columns import MORATORIUM, NO_COLUMNS

FORBORNE = attrs.evolve(LOAN, moratorium=MORATORIUM)
DOLLARS = attrs.evolve(LOAN, currency=dq.Currency.of("USD"))
TEN_DAYS = attrs.evolve(LOAN, frequency=dq.Frequency.every_days(10))
SHORT = attrs.evolve(LOAN, instalment_count=3)


def test_good_loans_are_kept_in_order_and_the_others_are_told_by_row() -> None:
    given: list[Any] = [FORBORNE, LOAN, None, DOLLARS, SHORT, TEN_DAYS]
    told = TermColumns.from_terms(given, on_error="quarantine")
    assert told.kept_rows.tolist() == [1, 4]
    assert [told.terms.terms(row) for row in range(2)] == [LOAN, SHORT]
    assert [(each.row, each.column, each.reason) for each in told.quarantine.rows] == [
        (0, "terms.moratorium", "no_column"),
        (2, "terms", "wrong_type"),
        (3, "terms.currency", "mixed_currency"),
        (5, "terms.frequency_days", "bad_frequency"),
    ]
    assert [each.found for each in told.quarantine.rows[1:]] == ["None", "USD", "10"]
    assert repr(told) == (
        "TermsResult(TermColumns(2 loans, 27 instalments, CNY); 4 loans quarantined)"
    )
    assert repr(told.quarantine) == "TermQuarantine(4 loans)"
    with pytest.raises(ValueError, match="read-only"):
        told.kept_rows[0] = 1


def test_good_terms_alone_make_the_columns_that_they_make_without_a_quarantine() -> None:
    told = TermColumns.from_terms([LOAN, SHORT], account_id=["A", "B"], on_error="quarantine")
    plain = TermColumns.from_terms([LOAN, SHORT], account_id=["A", "B"])
    assert len(told.quarantine) == 0
    assert told.quarantine.counts_by_reason == {}
    for field in attrs.fields(TermColumns):
        if field.name not in ("currency", "account_id"):
            assert np.array_equal(getattr(told.terms, field.name), getattr(plain, field.name))
    assert told.terms.account_id == plain.account_id


@pytest.mark.parametrize(("field", "other"), NO_COLUMNS, ids=lambda each: str(each)[:40])
def test_what_no_column_has_is_set_aside_for_the_reason_for_which_it_is_refused(
    field: str, other: dict[str, Any]
) -> None:
    odd = attrs.evolve(LOAN, **other)
    (aside,) = TermColumns.from_terms([LOAN, odd], on_error="quarantine").quarantine.rows
    with pytest.raises(dq.PortfolioError) as refused:
        TermColumns.from_terms([LOAN, odd])
    error = refused.value
    assert (aside.row, aside.column, aside.reason) == (1, f"terms.{field}", error.reason)
    assert (aside.expected, aside.found) == (error.expected, error.found)


def test_each_loan_has_what_was_found_of_itself() -> None:
    seven = attrs.evolve(LOAN, frequency=dq.Frequency.every_days(9))
    told = TermColumns.from_terms([TEN_DAYS, LOAN, seven], on_error="quarantine")
    assert [each.found for each in told.quarantine.rows] == ["10", "9"]
    assert told.quarantine.counts_by_reason == {"bad_frequency": 2}


def test_ids_go_with_their_loans_and_an_id_that_is_there_twice_is_set_aside() -> None:
    told = TermColumns.from_terms(
        [FORBORNE, LOAN, LOAN, SHORT, SHORT],
        account_id=["A", "B", "B", "", "C"],
        on_error="quarantine",
    )
    assert list(told.terms.account_id or ()) == ["B", "C"]
    rows = told.quarantine.rows
    assert [(each.row, each.account_id, each.reason) for each in rows] == [
        (0, "A", "no_column"),
        (2, "B", "duplicate_account"),
        (3, "", "empty_id"),
    ]
    assert rows[1].found == "'B'"
    with pytest.raises(dq.PortfolioError, match="terms.account_id: expected 1 rows"):
        TermColumns.from_terms([LOAN], account_id=["A", "B"], on_error="quarantine")


def test_the_quarantine_is_written_as_a_frame() -> None:
    told = TermColumns.from_terms([LOAN, FORBORNE, DOLLARS], on_error="quarantine")
    (first, second) = told.quarantine.to_frame("pyarrow").to_pylist()
    assert first["row"] == 1
    assert first["account_id"] is None
    assert second == {
        "row": 2,
        "account_id": None,
        "column": "terms.currency",
        "reason": "mixed_currency",
        "expected": "one currency, CNY",
        "found": "USD",
    }
    assert list(told.quarantine.to_frame()) == list(second)


@pytest.mark.parametrize("given", [[], [FORBORNE], [None]], ids=["none", "forborne", "nothing"])
def test_no_good_loan_is_no_columns(given: list[Any]) -> None:
    told = TermColumns.from_terms(given, on_error="quarantine")
    assert len(told.quarantine) == len(given)
    assert repr(told).startswith("TermsResult(no good loan;")
    with pytest.raises(dq.PortfolioError, match="counts_by_reason") as refused:
        _ = told.terms
    assert refused.value.reason == "empty_book"


def test_on_error_is_one_of_two_words() -> None:
    with pytest.raises(dq.InvalidValueError, match="'raise' or 'quarantine'"):
        TermColumns.from_terms([LOAN], on_error="skip")
