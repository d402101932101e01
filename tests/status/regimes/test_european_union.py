"""The European Union: materiality, default and the way back, forbearance."""

from __future__ import annotations

from datetime import date

import pytest
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Proportion, ReportedFigure, Restructuring
from delinquency.events import FigureName
from tests.status.both_paths import asked_both_ways
from tests.status.regimes.asking import check, loan, monthly, told


@pytest.mark.parametrize(
    ("regime", "due", "rest", "is_material"),
    [
        # 150 of 20,000 exceed 100 and are 0.75 %: not above 1 %.
        ("eu-default-retail", 150, 19_850, False),
        ("eu-default-retail", 100, 900, False),
        ("eu-default-retail", 101, 9_999, False),
        ("eu-default-retail", 101, 9_998, True),
        ("eu-default-other", 500, 1_000, False),
        ("eu-default-other", 501, 1_000, True),
    ],
)
def test_both_limbs_of_materiality_are_exceeded_strictly(regime, due, rest, is_material):
    schedule = dq.Schedule(
        dq.Currency.of("EUR"),
        [dq.Instalment(date(2024, 3, 31), due), dq.Instalment(date(2030, 1, 31), rest)],
    )
    account = dq.Account(account_id="A", originated_on=date(2024, 1, 31), schedule=schedule)
    days = dq.material_days_past_due(
        account, as_of=date(2024, 6, 30), policy=dq.rulebook.load(regime)
    )
    assert days == (91 if is_material else 0)
    state = told(regime, account, date(2024, 6, 30), "default")
    assert state == ("default" if is_material else "not in default")


def test_default_ends_three_months_after_no_trigger_holds():
    """EBA/GL/2016/07, paragraph 71."""
    dues = monthly(date(2024, 1, 31), 14)
    late = [Payment(date(2024, 6, 15), 5000)]
    account = loan(
        "eu-default-retail", dues, payments=[*late, *[Payment(day, 1000) for day in dues[5:]]]
    )
    check(
        "eu-default-retail",
        account,
        {
            "2024-04-30": "not in default",
            "2024-05-01": "default",
            "2024-09-14": "default",
            "2024-09-15": "not in default",
        },
        "default",
    )


@pytest.mark.parametrize(
    ("share", "state"),
    [("0.01", "not in default"), ("0.010001", "restructured default")],
)
def test_a_restructuring_that_gives_up_more_than_one_percent_is_a_default(share, state):
    """EBA/GL/2016/07, paragraph 51."""
    change = Restructuring(
        date(2024, 5, 10), date(2024, 5, 31), diminished_share=Proportion.parse(share)
    )
    dues = monthly(date(2024, 1, 31), 30)
    account = loan(
        "eu-default-retail", dues, payments=[Payment(day, 1000) for day in dues], events=[change]
    )
    check(
        "eu-default-retail",
        account,
        {
            "2024-05-09": "not in default",
            "2024-05-10": state,
            "2025-05-09": state,
            "2025-05-10": "not in default",
        },
        "default",
    )


def test_a_restructuring_of_which_nobody_worked_out_the_loss_is_not_assessed():
    change = Restructuring(date(2024, 5, 10), date(2024, 5, 31))
    account = loan("eu-default-retail", monthly(date(2024, 5, 31), 3), events=[change])
    answer = asked_both_ways(
        account, as_of=date(2024, 5, 10), policy=dq.rulebook.load("eu-default-retail")
    )
    assert [trigger.to for trigger in answer.not_assessed("default")] == ["restructured default"]


def forborne(*more: object, silent_until: date = date.min) -> dq.Account:
    """Non-performing on 1 January 2022, when forbearance is granted; everything is paid from then on.

    ``silent_until``: before this day nothing is paid from 31 March 2023 on.
    """
    dues = [date(2021, 7, 31), *monthly(date(2022, 1, 31), 40)]
    silent = date(2023, 3, 31)
    payments = [Payment(date(2022, 1, 1), 1000)]
    payments += [
        Payment(max(day, silent_until) if day >= silent else day, 1000) for day in dues[1:]
    ]
    change = Restructuring(
        date(2022, 1, 1), date(2022, 1, 31), diminished_share=Proportion.parse("0")
    )
    return loan("eu-default-retail", dues, payments=payments, events=[change, *more])


def test_forbearance_of_what_did_not_perform_lasts_a_year_and_two():
    """ITS Annex V, paragraphs 231, 232 and 256; EBA Q&A 2014_1018 and 2014_878."""
    check(
        "eu-default-retail",
        forborne(),
        {
            "2021-12-31": "non-performing",
            "2022-01-01": "forborne non-performing",
            "2022-12-31": "forborne non-performing",
            "2023-01-01": "forborne performing after NPE",
            "2024-12-31": "forborne performing after NPE",
            "2025-01-01": "performing",
        },
    )


@pytest.mark.parametrize(
    ("days", "state"), [(30, "forborne performing after NPE"), (31, "forborne non-performing")]
)
def test_more_than_thirty_days_under_probation_after_npe_is_npe_again(days, state):
    """ITS Annex V, paragraph 260."""
    day = date(2023, 3, 31) + relativedelta(days=days)
    before = day - relativedelta(days=1)
    account = forborne(silent_until=date(2023, 6, 15))
    check(
        "eu-default-retail",
        account,
        {str(before): "forborne performing after NPE", str(day): state},
    )


def test_new_forbearance_under_probation_after_npe_is_npe_again_and_else_is_not():
    """EBA Q&A 2015_1842: it does not apply to what was performing when forbearance was granted."""
    again = Restructuring(
        date(2023, 7, 1), date(2023, 7, 31), diminished_share=Proportion.parse("0")
    )
    check(
        "eu-default-retail",
        forborne(again),
        {"2023-06-30": "forborne performing after NPE", "2023-07-01": "forborne non-performing"},
    )
    dues = monthly(date(2022, 1, 31), 40)
    first = Restructuring(
        date(2022, 1, 1), date(2022, 1, 31), diminished_share=Proportion.parse("0")
    )
    performing = loan(
        "eu-default-retail",
        dues,
        payments=[Payment(day, 1000) for day in dues],
        events=[first, again],
    )
    check(
        "eu-default-retail",
        performing,
        {
            "2021-12-31": "performing",
            "2022-01-01": "forborne performing",
            "2023-07-01": "forborne performing",
            "2025-06-30": "forborne performing",
            "2025-07-01": "performing",
        },
    )


CAUSES = [
    FindingKind.TECHNICAL_OVERDUE,
    FindingKind.SYSTEM_ERROR,
    FindingKind.PAYMENT_NOT_EXECUTED,
    FindingKind.CREDITED_LATE,
    FindingKind.RECEIVABLES_WITHIN_LIMIT,
]


@pytest.mark.parametrize("cause", CAUSES)
@pytest.mark.parametrize("regime", ["eu-default-retail", "uk-default-retail"])
def test_a_technical_past_due_is_no_default_while_its_cause_is_found(regime, cause):
    """EBA/GL/2016/07, paragraph 23: the days go on, and count as soon as nothing excuses them."""
    excused = Finding(cause, date(2024, 6, 29), date(2024, 7, 10))
    account = loan(regime, [date(2024, 3, 31)], events=[excused])
    none = "not in default"
    days = {"2024-06-30": none, "2024-07-09": none, "2024-07-10": "default"}
    check(regime, account, days, "default")
    policy = dq.rulebook.load(regime)
    assert dq.material_days_past_due(account, as_of=date(2024, 7, 9), policy=policy) == 100
    later = Finding(cause, date(2024, 7, 1), date(2024, 7, 10))
    begun = loan(regime, [date(2024, 3, 31)], events=[later])
    check(regime, begun, {"2024-06-29": none, "2024-06-30": "default"}, "default")


def test_no_other_finding_excuses_days_past_due():
    for kind in FindingKind:
        account = loan(
            "eu-default-retail", [date(2024, 3, 31)], events=[Finding(kind, date(2024, 3, 1))]
        )
        state = told("eu-default-retail", account, date(2024, 6, 30), "default")
        assert (state == "not in default") is (kind in CAUSES), kind


def test_an_error_that_was_mended_leaves_no_trace():
    """The payment came on its day and was credited a hundred days later: it is value-dated as it came."""
    late = Payment(date(2024, 3, 31), 1000, recorded_on=date(2024, 7, 9))
    excused = Finding(FindingKind.CREDITED_LATE, date(2024, 6, 29), date(2024, 7, 9))
    account = loan("eu-default-retail", [date(2024, 3, 31)], payments=[late], events=[excused])
    for day in (date(2024, 6, 30), date(2024, 7, 8), date(2024, 7, 9)):
        assert told("eu-default-retail", account, day) == "performing"


@pytest.mark.parametrize("regime", ["eu-default-retail", "eu-default-other"])
@pytest.mark.parametrize(
    ("share", "state"),
    [("0.199999999", "performing"), ("0.2", "performing"), ("0.200000001", "non-performing")],
)
def test_more_than_a_fifth_of_the_carrying_amount_pulls_every_exposure(regime, share, state):
    """ITS Annex V, paragraph 228."""
    name = FigureName.OVERDUE_SHARE_OF_CARRYING_AMOUNT
    pulled = ReportedFigure(name, date(2025, 1, 10), Proportion.parse(share))
    over = ReportedFigure(name, date(2025, 1, 20), Proportion.parse("0"))
    account = loan(regime, [date(2025, 1, 31)], events=[pulled, over])
    days = {"2025-01-09": "performing", "2025-01-10": state, "2025-01-20": "performing"}
    check(regime, account, days)
    check(regime, account, {"2025-01-10": "not in default"}, "default")


def test_a_forborne_exposure_that_is_pulled_is_forborne_and_non_performing():
    name = FigureName.OVERDUE_SHARE_OF_CARRYING_AMOUNT
    first = Restructuring(
        date(2024, 1, 10), date(2024, 1, 31), diminished_share=Proportion.parse("0")
    )
    pulled = ReportedFigure(name, date(2024, 6, 10), Proportion.parse("0.21"))
    dues = monthly(date(2024, 1, 31), 12)
    payments = [Payment(day, 1000) for day in dues]
    account = loan("eu-default-retail", dues, payments=payments, events=[first, pulled])
    days = {"2024-06-09": "forborne performing", "2024-06-10": "forborne non-performing"}
    check("eu-default-retail", account, days)
    same_day = ReportedFigure(name, date(2024, 1, 10), Proportion.parse("0.21"))
    account = loan("eu-default-retail", dues, payments=payments, events=[first, same_day])
    days = {"2024-01-09": "performing", "2024-01-10": "forborne non-performing"}
    check("eu-default-retail", account, days)


def test_a_share_that_nobody_reported_is_not_assessed():
    account = loan("eu-default-retail", [date(2025, 1, 31)])
    policy = dq.rulebook.load("eu-default-retail")
    told_of = asked_both_ways(account, as_of=date(2025, 1, 10), policy=policy)
    assert [trigger.to for trigger in told_of.not_assessed("exposure")] == ["non-performing"]
