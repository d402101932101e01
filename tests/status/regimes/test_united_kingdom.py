"""The United Kingdom: materiality in pounds, and distressed restructuring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Restructuring
from tests.status.regimes.asking import check, check_debtor, loan, monthly


@pytest.mark.parametrize(
    ("regime", "due", "rest", "is_material"),
    [
        ("uk-default-retail", "0.01", "999999", True),
        ("uk-default-other", "440.00", "1000", False),
        ("uk-default-other", "440.01", "1000", True),
        ("uk-default-other", "500.00", "49500", False),
        ("uk-default-other", "500.01", "49500", True),
    ],
)
@pytest.mark.parametrize("due_on", [date(2024, 3, 31), date(2026, 12, 1)])
def test_any_penny_counts_in_the_uk_for_retail_and_440_pounds_else(
    regime, due, rest, is_material, due_on
):
    """The same numbers before and after 1 January 2027."""
    schedule = dq.Schedule(
        dq.Currency.of("GBP"),
        [dq.Instalment(due_on, Decimal(due)), dq.Instalment(date(2035, 1, 31), Decimal(rest))],
    )
    account = dq.Account(account_id="A", originated_on=date(2024, 1, 31), schedule=schedule)
    day = due_on + relativedelta(days=91)
    before = "not in default"
    check(
        regime,
        account,
        {
            str(day - relativedelta(days=1)): before,
            str(day): "default" if is_material else before,
        },
    )


def test_a_distressed_restructuring_in_the_uk_is_one_that_the_lender_finds():
    change = Restructuring(date(2024, 5, 10), date(2024, 5, 31))
    dues = monthly(date(2024, 1, 31), 30)
    payments = [Payment(day, 1000) for day in dues]
    doubt = Finding(FindingKind.UNLIKELY_TO_PAY, date(2024, 5, 10), date(2024, 6, 10))
    plain = loan("uk-default-retail", dues, payments=payments, events=[change])
    check("uk-default-retail", plain, {"2024-05-10": "not in default"})
    distressed = loan("uk-default-retail", dues, payments=payments, events=[change, doubt])
    check(
        "uk-default-retail",
        distressed,
        {
            "2024-05-10": "restructured default",
            "2025-05-09": "restructured default",
            "2025-05-10": "not in default",
        },
    )


@pytest.mark.parametrize(("second", "state"), [("200.00", "not in default"), ("200.01", "default")])
def test_the_sum_of_a_debtor_other_than_retail_is_material_above_440_pounds(second, state):
    """Article 178(2)(d): what is past due is summed over all exposures to the obligor."""
    first = date(2024, 3, 31)

    def exposure(amount: str, rest: str) -> dq.Account:
        rows = [
            dq.Instalment(first, Decimal(amount)),
            dq.Instalment(date(2035, 1, 31), Decimal(rest)),
        ]
        schedule = dq.Schedule(dq.Currency.of("GBP"), rows)
        return dq.Account(account_id="A", originated_on=date(2024, 1, 31), schedule=schedule)

    day = first + relativedelta(days=91)
    check_debtor(
        "uk-default-other",
        [exposure("240.00", "1000"), exposure(second, "20000")],
        {str(day - relativedelta(days=1)): "not in default", str(day): state},
        "default",
    )
