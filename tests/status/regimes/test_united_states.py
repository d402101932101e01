"""The United States: what is charged off within its days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import Finding, FindingKind
from tests.status.regimes.asking import check, loan


@pytest.mark.parametrize(("kind", "days"), [(FindingKind.BANKRUPTCY, 60), (FindingKind.FRAUD, 90)])
@pytest.mark.parametrize("regime", ["us-ffiec-closed-end", "us-ffiec-open-end"])
def test_bankruptcy_and_fraud_are_charged_off_within_their_days(regime, kind, days):
    found = Finding(kind, date(2025, 1, 1))
    account = loan(regime, [date(2026, 1, 31)], start=date(2025, 1, 1), events=[found])
    day = date(2025, 1, 1) + relativedelta(days=days)
    check(regime, account, {str(day - relativedelta(days=1)): "pass", str(day): "loss"})


HOME = "us-ffiec-residential"


@pytest.mark.parametrize(
    ("value", "at_90", "at_180"),
    [
        ("1666.67", "pass", "pass"),
        ("1666.66", "substandard", "substandard"),
        ("1000", "substandard", "substandard"),
        ("999.99", "substandard", "loss of the excess"),
        ("0", "substandard", "loss of the excess"),
    ],
)
def test_a_loan_secured_by_a_home_is_classified_by_the_value_of_the_home(value, at_90, at_180):
    """60 % of 1,666.67 is 1,000.002, and of 1,666.66 it is 999.996; the debt is 1,000."""
    home = dq.Collateral(
        "home", date(2024, 3, 1), Decimal(value), dq.CollateralKind.RESIDENTIAL_PROPERTY
    )
    account = loan(HOME, [date(2024, 3, 31)], events=[home])
    days = {"2024-06-28": "pass", "2024-06-29": at_90, "2024-09-26": at_90, "2024-09-27": at_180}
    check(HOME, account, days)


def test_the_value_assessed_by_the_180th_day_takes_the_place_of_the_first():
    first = dq.Collateral("home", date(2024, 3, 1), 2000)
    assessed = dq.Collateral("home", date(2024, 9, 27), 900)
    account = loan(HOME, [date(2024, 3, 31)], events=[first, assessed])
    check(HOME, account, {"2024-09-26": "pass", "2024-09-27": "loss of the excess"})


def test_while_nobody_says_what_the_home_is_worth_the_answer_says_that_it_was_not_assessed():
    account = loan(HOME, [date(2024, 3, 31)])
    answer = dq.assess_status(account, as_of=date(2024, 6, 29), policy=dq.rulebook.load(HOME))
    assert [trigger.to for trigger in answer.not_assessed("classification")] == ["substandard"]
