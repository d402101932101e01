"""What goes into a schedule, and what comes out of it, is read as it was written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

import delinquency as dq
from delinquency import serialization
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
