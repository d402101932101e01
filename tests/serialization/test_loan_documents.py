"""What goes into a schedule, and what comes out of it, is read as it was written."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings

import delinquency as dq
from delinquency import serialization
from delinquency.amortisation import ChangedTable, RecalculatedTable
from tests.amortisation_strategies import repayment_terms
from tests.laws.test_after_lending_laws import changed_tables
from tests.serialization import loan_strategies as loans


def read_back(value: object) -> object:
    """Read again from the text, which fits the schema."""
    schema = serialization.json_schema(type(value))
    jsonschema.Draft202012Validator(schema).validate(serialization.to_dict(value))
    return serialization.from_json(type(value), serialization.to_json(value))


@settings(max_examples=60)
@given(loans.irregular_terms())
def test_irregular_terms_are_read_as_they_were_written(terms: dq.IrregularTerms) -> None:
    assert read_back(terms) == terms


@given(loans.prepayments())
def test_a_prepayment_is_read_as_it_was_written(prepayment: dq.Prepayment) -> None:
    assert read_back(prepayment) == prepayment


@given(loans.recalculations())
def test_a_recalculation_is_read_as_it_was_written(recalculation: dq.Recalculation) -> None:
    assert read_back(recalculation) == recalculation


@given(loans.reference_rates())
def test_published_rates_are_read_as_they_were_written(rates: dq.ReferenceRates) -> None:
    assert read_back(rates) == rates


def plan(**given: Any) -> dq.IrregularTerms:
    return dq.IrregularTerms(
        **{
            "principal": 1000,
            "annual_rate": Fraction(1, 30),
            "disbursed_on": date(2025, 1, 1),
            "day_count": dq.DayCount.ACT_365F,
            "rows": [
                dq.IrregularRow(date(2025, 2, 1), dq.GivenPayment(Decimal("300.00"))),
                dq.IrregularRow(date(2025, 3, 1), dq.WholeBalance()),
            ],
            **given,
        }
    )


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("100.50"), "100.50"),
        (100, "100"),
        (Fraction(1, 30), "1/30"),
        (Fraction(201, 2), "100.5"),
        (Fraction(1, 10**12), "0.000000000001"),
        (Fraction(1, 10**13), "1/10000000000000"),
    ],
)
def test_an_amount_of_an_irregular_plan_is_exact(amount: Any, text: str) -> None:
    written = serialization.to_dict(plan(principal=amount))
    assert written["principal"] == text
    assert serialization.from_dict(dq.IrregularTerms, written).principal == amount


def test_a_rate_of_an_irregular_plan_is_a_rate_or_a_fraction_of_one() -> None:
    rates = (dq.Rate.per_year("0.05"), Fraction(1, 30), Fraction(-1, 20))
    written = [serialization.to_dict(plan(annual_rate=rate))["annual_rate"] for rate in rates]
    assert written == [{"value": "0.05", "period": "year"}, "1/30", "-0.05"]


def test_what_an_irregular_row_repays_is_told_by_its_kind() -> None:
    written = serialization.to_dict(plan())["rows"]
    assert [row["repays"] for row in written] == [
        {"kind": "given_payment", "amount": "300.00"},
        {"kind": "whole_balance"},
    ]


def test_a_change_of_rate_has_a_kind_where_it_may_be_finer_than_a_rate() -> None:
    """So that a change reads the same in the terms of a regular loan and in those of an irregular one."""
    day, rate = date(2025, 2, 1), dq.Rate.per_year("0.05")
    for change, kind in (
        (dq.RateChange(day, rate), None),
        (dq.ExactRateChange(day, rate), "exact_rate_change"),
    ):
        terms = plan(rate_changes=[change])
        (written,) = serialization.to_dict(terms)["rate_changes"]
        assert written.get("kind") == kind
        assert read_back(terms).rate_changes == (change,)  # type: ignore[attr-defined]


def test_numbers_of_python_are_read_as_well() -> None:
    written = serialization.to_dict(plan())
    written["principal"], written["annual_rate"] = Decimal(1000), Fraction(1, 30)
    assert serialization.from_dict(dq.IrregularTerms, written) == plan()


def test_a_fee_is_an_amount_or_a_share() -> None:
    for fee, written in (
        (Decimal("20.00"), "20.00"),
        (dq.Proportion(1, 100), {"numerator": 1, "denominator": 100}),
    ):
        prepayment = dq.Prepayment(
            paid_on=date(2025, 3, 15),
            amount=100,
            effect=dq.PrepaymentEffect.SHORTER_TERM,
            fee=fee,
        )
        assert serialization.to_dict(prepayment)["fee"] == written
        assert read_back(prepayment) == prepayment


def without_a_long_calendar(terms: dq.RepaymentTerms) -> dq.RepaymentTerms:
    """One of two centuries is read as every other, but slowly."""
    return attrs.evolve(terms, calendar=None, convention=dq.BusinessDayConvention.NO_ADJUST)


@settings(max_examples=60)
@given(repayment_terms())
def test_a_table_is_read_as_it_was_written(terms: dq.RepaymentTerms) -> None:
    table = dq.amortisation_table(without_a_long_calendar(terms))
    assert read_back(table) == table


@settings(max_examples=40)
@given(changed_tables())
def test_a_table_after_prepayments_is_read_as_it_was_written(table: ChangedTable) -> None:
    assert read_back(table) == table


@settings(max_examples=40)
@given(loans.recalculated_tables())
def test_a_recalculated_table_is_read_as_it_was_written(table: RecalculatedTable) -> None:
    again = read_back(table)
    assert again == table
    assert again.payments == table.payments  # type: ignore[attr-defined]


@settings(max_examples=40)
@given(loans.irregular_terms())
def test_the_table_of_an_irregular_plan_is_read_as_it_was_written(
    terms: dq.IrregularTerms,
) -> None:
    try:
        table = dq.irregular_table(terms)
    except dq.InvalidValueError:  # no payment leaves the balloon
        return
    assert read_back(table) == table


@settings(max_examples=40)
@given(loans.settlement_quotes())
def test_a_quote_is_read_as_it_was_written(quote: dq.SettlementQuote) -> None:
    assert read_back(quote) == quote
    assert serialization.to_dict(quote)["total"] == str(quote.total)


TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=1000,
    annual_rate=dq.Rate.per_year("0.07"),
    first_due_date=date(2025, 1, 31),
    instalment_count=3,
    method=dq.AmortisationMethod.ANNUITY,
)


def test_a_reader_without_this_library_finds_what_falls_due_when() -> None:
    rows = serialization.to_dict(dq.amortisation_table(TERMS))["rows"]
    assert [(row["due_date"], row["payment"], row["closing_balance"]) for row in rows] == [
        ("2025-01-31", "337.23", "668.60"),
        ("2025-02-28", "337.23", "335.27"),
        ("2025-03-31", "337.23", "0.00"),
    ]


def test_days_before_the_first_period_that_fall_due_by_themselves_are_row_0() -> None:
    terms = attrs.evolve(
        TERMS,
        interest_basis=dq.ByDays(dq.DayCount.ACT_365F),
        disbursed_on=date(2024, 12, 20),
        first_period=dq.FirstPeriod.OWN_INSTALMENT,
    )
    table = dq.amortisation_table(terms)
    rows = serialization.to_dict(table)["rows"]
    assert [(row["number"], row["due_date"]) for row in rows][:2] == [
        (0, "2024-12-31"),
        (1, "2025-01-31"),
    ]
    assert read_back(table) == table


def test_terms_whose_payment_stays_are_read_with_the_rows_that_they_give() -> None:
    """A table keeps terms with the payment and the count; one who writes the terms as agreed is read too."""
    terms = attrs.evolve(
        TERMS,
        rate_changes=[dq.RateChange(date(2025, 2, 10), dq.Rate.per_year("0.5"))],
        rate_change_effect=dq.RateChangeEffect.NEW_TERM,
    )
    table = dq.amortisation_table(terms)
    assert len(table) == 4
    written = serialization.to_dict(table)
    assert serialization.from_dict(dq.AmortisationTable, written) == table
    written["terms"] = serialization.to_dict(terms)
    assert serialization.from_dict(dq.AmortisationTable, written) == table


def test_the_table_of_one_loan_of_a_book_is_a_document() -> None:
    columns = dq.portfolio.TermColumns.from_terms([TERMS])
    table = dq.portfolio.amortisation_tables(columns).table(0)
    assert read_back(table) == table == dq.amortisation_table(TERMS)


def test_a_schedule_of_a_changed_table_is_that_of_an_account() -> None:
    prepayment = dq.Prepayment(
        paid_on=date(2025, 2, 14), amount=100, effect=dq.PrepaymentEffect.SHORTER_TERM
    )
    table = dq.prepay(TERMS, [prepayment])
    written = serialization.to_dict(table)
    assert serialization.from_dict(dq.Schedule, written["schedule"]) == table.schedule
    assert [outcome["prepayment"]["amount"] for outcome in written["outcomes"]] == ["100"]


def test_amounts_of_a_plan_without_a_currency_are_fractions_where_no_decimal_is_exact() -> None:
    (first, last) = serialization.to_dict(dq.irregular_table(plan()))["rows"]
    assert (first["payment"], last["closing_balance"]) == ("300", "0")
    assert Fraction(first["interest"]) == Fraction(1000 * 31, 30 * 365)
    assert first["interest"] == "620/219"


def test_a_plan_whose_exact_numbers_outgrow_a_document_is_refused() -> None:
    """With a currency it is rounded, and written."""
    rows = [
        dq.IrregularRow(date(2000, 1, 1) + timedelta(days), None, dq.DeferredInterest.CAPITALISED)
        for days in range(1, 1001)
    ]
    terms = plan(disbursed_on=date(2000, 1, 1), rows=rows, annual_rate=Fraction(1, 31))
    with pytest.raises(dq.InvalidValueError, match="exact number: expected at most 4000") as told:
        serialization.to_dict(dq.irregular_table(terms))
    assert "currency" in told.value.hint
    table = dq.irregular_table(attrs.evolve(terms, currency=dq.Currency.of("EUR")))
    assert len(serialization.to_dict(table)["rows"]) == 1000
