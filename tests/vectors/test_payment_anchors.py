"""Level payments that lenders publish: a nominal rate, monthly, at the end of the month."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from delinquency import Currency, Rate, RoundingMode
from delinquency.amortisation import AmortisationMethod, RepaymentTerms, repayment_schedule
from tests.vectors.published import FOLDER, load, needs_folder

TRANSCRIBED = [
    ("Solution Bank S.p.A., foglio informativo", "EUR", 200_000, "0.07", 30, "1330.60"),
    ("BCC di Brescia, foglio informativo", "EUR", 200_000, "0.0565", 10, "2185.42"),
    ("Banca CRS ZF/000005400", "EUR", 200_000, "0.05", 25, "1169.18"),
    ("Korean 3-eok mortgage comparison table", "KRW", 300_000_000, "0.04", 20, "1817941"),
    ("Korean 3-eok mortgage comparison table", "KRW", 300_000_000, "0.045", 30, "1520056"),
]

PUBLISHED: list[dict[str, Any]] = (
    load("amortization/payment_anchors.json")["cases"] if FOLDER.is_dir() else []
)


def level_payment(currency: str, principal: int, rate: str, years: int) -> Decimal:
    terms = RepaymentTerms(
        currency=Currency.of(currency),
        principal=principal,
        annual_rate=Rate.per_year(rate),
        first_due_date=date(2025, 1, 31),
        instalment_count=12 * years,
        method=AmortisationMethod.ANNUITY,
        rounding=RoundingMode.HALF_UP,
    )
    return repayment_schedule(terms)[0].total


@pytest.mark.parametrize(
    ("source", "currency", "principal", "rate", "years", "expected"), TRANSCRIBED
)
def test_the_level_payment_is_the_one_published(
    source: str, currency: str, principal: int, rate: str, years: int, expected: str
) -> None:
    assert level_payment(currency, principal, rate, years) == Decimal(expected), source


@needs_folder
@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case["source"][:20])
def test_every_anchor_of_the_collection(case: dict[str, Any]) -> None:
    currency = {"0.01": "EUR", "1": "KRW"}[case["unit"]]
    rate = str(Decimal(case["annual_rate"]) / 100)
    found = level_payment(currency, case["principal"], rate, case["years"])
    assert found == Decimal(case["expected_payment"]), case["source"]


@needs_folder
def test_the_collection_is_not_empty() -> None:
    assert len(PUBLISHED) >= 10
