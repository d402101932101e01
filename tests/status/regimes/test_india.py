"""India: SMA and NPA, the way back, base-layer lenders, the erosion of security."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from dateutil.relativedelta import relativedelta

from delinquency import (
    Collateral,
    Finding,
    FindingKind,
    InvalidTypeError,
    InvalidValueError,
    Payment,
    Proportion,
    ReportedFigure,
    assess_obligor,
    provision,
    rulebook,
)
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


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("500", "substandard"),
        ("499.99", "doubtful-1"),
        ("100", "doubtful-1"),
        ("99.99", "loss"),
    ],
)
def test_erosion_is_worked_out_of_collateral_that_was_valued_again(value, state):
    """Assessed at 1,000 for a debt of 1,000: half of the assessed value, a tenth of the debt."""
    valued = [
        Collateral("plot", date(2024, 3, 1), 1000, assessed_value=1000),
        Collateral("plot", date(2024, 8, 1), Decimal(value), assessed_value=1000),
    ]
    account = loan("in-sma", UNPAID, events=valued)
    check("in-sma", account, {"2024-07-31": "substandard", "2024-08-01": state})
    standard = loan("in-sma", [date(2024, 8, 31)], start=date(2024, 3, 1), events=valued)
    check("in-sma", standard, {"2024-08-01": "standard"})


@pytest.mark.parametrize(
    ("day", "state", "secured", "unsecured"),
    [
        ("2024-03-30", "standard", "4.00", "4.00"),
        ("2024-06-28", "SMA-2", "4.00", "4.00"),
        ("2024-06-29", "substandard", "150.00", "250.00"),
        ("2025-06-28", "substandard", "150.00", "250.00"),
        ("2025-06-29", "doubtful-1", "700.00", "1000.00"),
        ("2026-06-28", "doubtful-1", "700.00", "1000.00"),
        ("2026-06-29", "doubtful-2", "760.00", "1000.00"),
        ("2028-06-28", "doubtful-2", "760.00", "1000.00"),
        ("2028-06-29", "doubtful-3", "1000.00", "1000.00"),
    ],
)
def test_provisions_by_class_of_a_debt_of_1000_with_collateral_of_400_and_without(
    day, state, secured, unsecured
):
    """Master Circular of 1 October 2021, paragraphs 5.2 to 5.5: 15 % and 25 %; 25, 40 and 100 % of what is
    secured and all of the rest."""
    policy, plot = rulebook.load("in-sma"), Collateral("plot", date(2024, 2, 29), 400)
    answers = [
        provision(
            loan("in-sma", UNPAID, events=events), as_of=date.fromisoformat(day), policy=policy
        )
        for events in ([plot], [])
    ]
    assert [answer.rate.of for answer in answers] == [state, state]
    assert [str(answer.amount) for answer in answers] == [secured, unsecured]


def test_a_loss_is_set_aside_in_whole_whatever_secures_it():
    found = Finding(FindingKind.LOSS_IDENTIFIED, date(2024, 8, 1))
    plot = Collateral("plot", date(2024, 3, 1), 1000)
    account = loan("in-sma", UNPAID, events=[found, plot])
    answer = provision(account, as_of=date(2024, 8, 1), policy=rulebook.load("in-sma"))
    assert (answer.rate.of, answer.amount) == ("loss", 1000)


@pytest.mark.parametrize(("value", "state"), [("100", "substandard"), ("99.99", "loss")])
def test_collateral_of_a_borrower_is_that_of_all_facilities(value, state):
    """1,000 overdue on each of two facilities; what a plot is worth for each of them: a tenth is 200."""
    told = [
        Collateral("plot", date(2024, 3, 1), 1000, assessed_value=190),
        Collateral("plot", date(2024, 8, 1), 100, assessed_value=190),
    ]
    later = [told[0], Collateral("plot", date(2024, 8, 1), Decimal(value), assessed_value=190)]
    first, second = (loan("in-sma", UNPAID, events=events) for events in (told, later))
    check_debtor("in-sma", [first, second], {"2024-07-31": "substandard", "2024-08-01": state})


def test_a_paid_facility_of_an_npa_borrower_keeps_the_provisions_of_an_npa():
    """91 days late until 2 July; the other facility is days late: both are substandard, each on its own base."""
    old = loan(
        "in-sma", [date(2024, 3, 31), date(2025, 1, 31)], payments=[Payment(date(2024, 7, 2), 1000)]
    )
    new = loan("in-sma", [date(2024, 6, 30)])
    both = [
        attrs.evolve(each, account_id=name, obligor_id="D")
        for each, name in ((old, "A"), (new, "B"))
    ]
    asked = {"as_of": date(2024, 7, 10), "policy": rulebook.load("in-sma")}
    debtor = assess_obligor(both, **asked)
    told = [provision(each, **asked, obligor=debtor) for each in both]
    assert [(answer.rate.of, str(answer.amount)) for answer in told] == [
        ("substandard", "250.00"),
        ("substandard", "250.00"),
    ]
    alone = [provision(each, **asked) for each in both]
    assert [answer.rate.of for answer in alone] == ["standard", "SMA-0"]
    with pytest.raises(InvalidValueError, match="the answer on its debtor"):
        provision(both[0], **{**asked, "as_of": date(2024, 7, 11)}, obligor=debtor)
    with pytest.raises(InvalidValueError, match="the answer on its debtor"):
        provision(attrs.evolve(both[0], account_id="C"), **asked, obligor=debtor)
    with pytest.raises(InvalidTypeError, match="the answer of assess_obligor"):
        provision(both[0], **asked, obligor="D")
