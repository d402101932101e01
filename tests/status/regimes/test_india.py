"""India: SMA and NPA, the way back, base-layer lenders, the erosion of security."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from dateutil.relativedelta import relativedelta

from delinquency import (
    Account,
    Collateral,
    Currency,
    Finding,
    FindingKind,
    Instalment,
    InvalidTypeError,
    InvalidValueError,
    Payment,
    Proportion,
    ReportedFigure,
    Restructuring,
    Schedule,
    assess_obligor,
    assess_status,
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


CHANGED = date(2024, 8, 1)
PERFORMED = FindingKind.SATISFACTORY_PERFORMANCE


def spread(
    on: date = CHANGED,
    *,
    due: date = UNPAID[0],
    over: tuple[date, ...] = (date(2025, 1, 31), date(2026, 1, 31)),
    **facts: object,
) -> Account:
    """1,000.00 past due that a restructuring spreads in equal parts."""
    new = [Instalment(each, 1000 // len(over), in_force_from=on) for each in over]
    events = [Restructuring(on, over[0]), *facts.pop("events", [])]
    return Account(
        account_id="A",
        originated_on=due - relativedelta(months=1),
        schedule=Schedule(Currency.of("INR"), [Instalment(due, 1000, in_force_until=on), *new]),
        events=events,
        **facts,
    )


ONE_PAID = [Payment(date(2025, 1, 31), 500)]
AGED = {
    "2024-07-31": "substandard",
    "2024-08-01": "substandard",
    "2024-08-02": "substandard",
    "2025-01-31": "substandard",
    "2025-06-28": "substandard",
    "2025-06-29": "doubtful-1",
}
"""An NPA since 29 June 2024, of which the count of years goes on."""


def test_a_new_schedule_pays_no_arrears_so_an_npa_that_is_restructured_stays_one_and_ages():
    """RBI, 12 November 2021: standard only if the entire arrears are paid; a new schedule pays nothing."""
    check("in-sma", spread(payments=ONE_PAID), AGED)
    check_debtor("in-sma", [spread(payments=ONE_PAID)], AGED)


@pytest.mark.parametrize(
    ("found", "last"),
    [
        ([Finding(PERFORMED, date(2025, 9, 1))], "standard"),
        # Found before the change, or on its day: of no period that comes after it.
        ([Finding(PERFORMED, date(2024, 7, 31))], "doubtful-1"),
        ([Finding(PERFORMED, CHANGED)], "doubtful-1"),
        ([Finding(PERFORMED, date(2025, 2, 1), date(2025, 2, 2))], "standard"),
        ([Finding(FindingKind.ABLE_TO_PERFORM, date(2025, 9, 1))], "doubtful-1"),
    ],
)
def test_a_finding_that_began_after_the_restructuring_upgrades(found, last):
    account = spread(payments=ONE_PAID, events=found)
    days = {"2025-01-31": "substandard", "2025-09-01": last}
    check("in-sma", account, days)
    check_debtor("in-sma", [account], days)


def test_a_finding_upgrades_nothing_that_has_arrears():
    """The first part of the new schedule is paid three days late: on 3 February."""
    found = [Finding(PERFORMED, date(2025, 1, 31))]
    account = spread(payments=[Payment(date(2025, 2, 3), 500)], events=found)
    days = {"2025-01-30": "substandard", "2025-02-02": "substandard", "2025-02-03": "standard"}
    check("in-sma", account, days)


def test_another_restructuring_asks_for_another_finding():
    """Found on 1 September 2024 and left open; late again from 31 January 2025, and spread again on 1 June."""
    again = date(2025, 6, 1)
    rows = [
        Instalment(UNPAID[0], 1000, in_force_until=CHANGED),
        Instalment(date(2025, 1, 31), 1000, in_force_from=CHANGED, in_force_until=again),
        Instalment(date(2026, 1, 31), 1000, in_force_from=again),
    ]
    changes = [Restructuring(CHANGED, date(2025, 1, 31)), Restructuring(again, date(2026, 1, 31))]
    first = Finding(PERFORMED, date(2024, 9, 1))
    account = attrs.evolve(
        spread(), schedule=Schedule(Currency.of("INR"), rows), events=[*changes, first]
    )
    days = {
        "2024-08-31": "substandard",
        "2024-09-01": "standard",
        "2025-04-30": "SMA-2",
        "2025-05-01": "substandard",
        "2025-06-01": "substandard",
        "2025-09-02": "substandard",
    }
    check("in-sma", account, days)
    touching = [attrs.evolve(first, end=date(2025, 9, 1)), Finding(PERFORMED, date(2025, 9, 1))]
    found_again = attrs.evolve(account, events=[*changes, *touching])
    check("in-sma", found_again, {"2025-08-31": "substandard", "2025-09-01": "standard"})


def test_what_was_restructured_before_it_was_an_npa_returns_when_all_is_paid():
    """SMA-2 on the eve, late again by the new schedule, and NPA from 1 May 2025 to the payment of 5 May."""
    account = spread(date(2024, 6, 15), payments=[Payment(date(2025, 5, 5), 500)])
    days = {
        "2024-06-14": "SMA-2",
        "2024-06-15": "standard",
        "2025-05-01": "substandard",
        "2025-05-04": "substandard",
        "2025-05-05": "standard",
    }
    check("in-sma", account, days)


def test_a_restructuring_of_one_facility_keeps_the_borrower_with_all_facilities():
    other = loan("in-sma", [date(2030, 1, 31)], start=date(2024, 2, 1))
    check_debtor("in-sma", [other, spread(payments=ONE_PAID)], AGED)
    found = attrs.evolve(other, events=[Finding(PERFORMED, date(2025, 3, 1))])
    days = {"2025-02-28": "substandard", "2025-03-01": "standard"}
    check_debtor("in-sma", [found, spread(payments=ONE_PAID)], days)


@pytest.mark.parametrize(
    ("lang", "sentences"),
    [
        (
            "en",
            [
                "It returns to standard when these hold as well: NPA is standard.",
                "NPA: restructured NPA, since the close of 2024-08-01.",
                "What was agreed was changed for a debtor in difficulty.",
                "standard when these hold as well: found after the restructuring: satisfactory performance.",
            ],
        ),
        (
            "zh",
            [
                "另满足下列条件时恢复为standard：NPA为standard。",
                "NPA：restructured NPA，自 2024-08-01 日终起。",
                "因债务人财务困难变更了合同约定。",
                "另满足下列条件时恢复为standard：在重组日之后认定履约情况满意。",
            ],
        ),
    ],
)
def test_the_answer_says_why_a_restructured_npa_stays_and_what_would_end_it(lang, sentences):
    asked = {"as_of": date(2025, 2, 1), "policy": rulebook.load("in-sma")}
    account = attrs.evolve(spread(payments=ONE_PAID), obligor_id="D")
    for answer in (
        assess_status(account, **asked),
        assess_obligor([account], **asked).status,
    ):
        text = answer.explanation.to_text(lang=lang)
        assert [each for each in sentences if each not in text] == []


@pytest.mark.parametrize(
    ("due", "npa", "changed"),
    [
        (date(2024, 3, 31), "2024-08-28", date(2024, 9, 1)),
        (date(2025, 3, 31), "2025-07-29", date(2025, 8, 1)),
    ],
)
def test_a_base_layer_lender_keeps_a_restructured_npa_over_changes_of_law(due, npa, changed):
    """NBFC Directions 2025, paragraph 24; the steps of 31 March 2025 and 2026 change nothing about it."""
    found = [Finding(PERFORMED, date(2026, 6, 1))]
    account = spread(changed, due=due, over=(date(2030, 1, 31),), events=found)
    days = {
        npa: "NPA",
        str(changed - relativedelta(days=1)): "NPA",
        str(changed): "restructured NPA",
        "2026-03-30": "restructured NPA",
        "2026-03-31": "restructured NPA",
        "2026-05-31": "restructured NPA",
        "2026-06-01": "standard",
    }
    check("in-nbfc-base", account, days)
    check_debtor("in-nbfc-base", [account], days)
