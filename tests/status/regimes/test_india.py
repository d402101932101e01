"""India: SMA and NPA, the way back, base-layer lenders, the erosion of security."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta

from delinquency import Payment, Proportion, ReportedFigure
from delinquency.events import FigureName
from tests.status.regimes.asking import check, check_debtor, loan

UNPAID = [date(2024, 3, 31)]


def test_the_example_of_the_reserve_bank():
    """RBI, 12 November 2021: due 31 March 2021; SMA-1 30 April, SMA-2 30 May, NPA 29 June.

    The clarification is of 12 November 2021; before it no version is in force, so the year after is asked of.
    """
    check(
        "in-sma",
        loan("in-sma", [date(2022, 3, 31)]),
        {
            "2022-03-31": "SMA-0",
            "2022-04-30": "SMA-1",
            "2022-05-30": "SMA-2",
            "2022-06-29": "substandard",
        },
    )


def test_a_part_payment_does_not_upgrade_in_india_and_all_arrears_do():
    """NBFC Directions 2025, paragraph 24: only if the entire arrears of interest and principal are paid."""
    dues = [date(2024, 3, 31), date(2024, 6, 30)]
    part = loan("in-sma", dues, payments=[Payment(date(2024, 7, 5), 1000)])
    check("in-sma", part, {"2024-07-04": "substandard", "2024-07-05": "substandard"})
    whole = loan("in-sma", dues, payments=[Payment(date(2024, 7, 5), 2000)])
    check("in-sma", whole, {"2024-07-04": "substandard", "2024-07-05": "standard"})


@pytest.mark.parametrize(
    ("unpaid_from", "first_npa"),
    [(date(2024, 3, 31), date(2024, 8, 28)), (date(2025, 3, 31), date(2025, 7, 29))],
)
def test_the_threshold_of_base_layer_lenders_is_that_of_the_day(unpaid_from, first_npa):
    """More than 150 days from 31 March 2024, 120 from 2025, 90 from 2026; the due date is day 1."""
    account = loan("in-nbfc-base", [unpaid_from])
    before = first_npa - relativedelta(days=1)
    check("in-nbfc-base", account, {str(before): "standard", str(first_npa): "NPA"})


def test_a_step_of_the_threshold_makes_npas_on_its_day():
    """100 days past due on 30 March 2026 and 101 on the 31st, when more than 90 is enough."""
    account = loan("in-nbfc-base", [date(2025, 12, 21)])
    check("in-nbfc-base", account, {"2026-03-30": "standard", "2026-03-31": "NPA"})


@pytest.mark.parametrize(
    ("name", "share", "state"),
    [
        (FigureName.SECURITY_SHARE_OF_ASSESSED, "0.5", "substandard"),
        (FigureName.SECURITY_SHARE_OF_ASSESSED, "0.49", "doubtful-1"),
        (FigureName.SECURITY_SHARE_OF_OUTSTANDING, "0.1", "substandard"),
        (FigureName.SECURITY_SHARE_OF_OUTSTANDING, "0.09", "loss"),
    ],
)
def test_erosion_of_security_makes_an_npa_doubtful_or_a_loss(name, share, state):
    figure = ReportedFigure(name, date(2024, 8, 1), Proportion.parse(share))
    account = loan("in-sma", UNPAID, events=[figure])
    check("in-sma", account, {"2024-07-31": "substandard", "2024-08-01": state})
    standard = loan(
        "in-sma",
        [date(2025, 1, 31)],
        events=[ReportedFigure(name, date(2025, 1, 1), Proportion.parse(share))],
    )
    check("in-sma", standard, {"2025-01-01": "standard"})


def test_a_borrower_of_a_base_layer_lender_is_npa_until_all_facilities_are_paid():
    """NBFC Directions 2025, paragraphs 24 and 43: more than 120 days, and the entire arrears paid."""
    paid = loan("in-nbfc-base", [date(2025, 3, 31)], payments=[Payment(date(2025, 8, 10), 1000)])
    late = loan("in-nbfc-base", [date(2025, 8, 1)], payments=[Payment(date(2025, 8, 20), 1000)])
    check_debtor(
        "in-nbfc-base",
        [paid, late],
        {
            "2025-07-28": "standard",
            "2025-07-29": "NPA",
            "2025-08-10": "NPA",
            "2025-08-19": "NPA",
            "2025-08-20": "standard",
        },
    )


def test_a_borrower_is_npa_by_the_latest_facility_and_a_short_new_one_does_not_matter():
    """IRACP Directions 2025: classification is borrower-wise and not facility-wise."""
    old = loan("in-sma", [date(2024, 3, 31)])
    new = loan("in-sma", [date(2024, 7, 31)], start=date(2024, 6, 1))
    check_debtor(
        "in-sma",
        [new, old],
        {"2024-06-28": "SMA-2", "2024-06-29": "substandard", "2025-06-29": "doubtful-1"},
    )
