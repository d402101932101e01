"""China: risk classes, the way back, restructured assets, shares at other banks."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Restructuring
from delinquency.events import FigureName
from tests.status.regimes.asking import check, loan, monthly, reported, told

QUARTERS = [date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)]


def cured(regime: str = "cn-loan", **facts: object) -> dq.Account:
    """Two quarters of a loan that were missed, everything paid on 15 January 2024, then in time."""
    dues = [date(2023, 7, 31), date(2023, 10, 31), *QUARTERS]
    payments = [Payment(date(2024, 1, 15), 2000), *[Payment(day, 1000) for day in QUARTERS]]
    return loan(regime, dues, payments=payments, **facts)


ABLE = Finding(FindingKind.ABLE_TO_PERFORM, date(2024, 1, 20))


def test_china_upgrades_after_two_periods_or_six_months_whichever_is_longer():
    """Order 2023 No. 1, Article 14: cleared on 15 January, two quarters by 30 June, six months by 15 July."""
    check(
        "cn-loan",
        cured(events=[ABLE]),
        {"2024-01-14": "次级", "2024-06-30": "次级", "2024-07-14": "次级", "2024-07-15": "正常"},
    )


def test_nobody_is_upgraded_without_an_assessment():
    check("cn-loan", cured(), {"2024-07-15": "次级", "2024-12-31": "次级"})
    assessed_later = Finding(FindingKind.ABLE_TO_PERFORM, date(2024, 11, 5))
    check("cn-loan", cured(events=[assessed_later]), {"2024-11-04": "次级", "2024-11-05": "正常"})


def test_a_loan_with_a_payment_a_year_waits_for_two_of_them():
    dues = [
        date(2022, 1, 31),
        date(2023, 7, 31),
        date(2024, 7, 31),
        date(2025, 7, 31),
        date(2026, 7, 31),
    ]
    payments = [Payment(date(2023, 12, 1), 2000), *[Payment(day, 1000) for day in dues[2:]]]
    account = loan("cn-loan", dues, payments=payments, events=[ABLE])
    check("cn-loan", account, {"2024-06-01": "次级", "2025-07-30": "次级", "2025-07-31": "正常"})


def test_what_no_longer_holds_leaves_a_bad_class_for_a_less_bad_one():
    """Everything but the last instalments is paid: out of 可疑, and not out of what does not perform."""
    dues = monthly(date(2023, 8, 31), 13)
    account = loan("cn-loan", dues, payments=[Payment(date(2024, 6, 15), 9000)])
    check("cn-loan", account, {"2024-06-14": "可疑", "2024-06-15": "次级", "2024-08-01": "次级"})


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        (FindingKind.REPAID_BY_NEW_BORROWING, "关注"),
        (FindingKind.CREDIT_IMPAIRED, "次级"),
        (FindingKind.RATING_FALL, "次级"),
        (FindingKind.EVASION, "可疑"),
        (FindingKind.BANKRUPTCY, "损失"),
    ],
)
def test_what_was_found_in_china_holds_at_least_its_class(kind, state):
    account = loan("cn-loan", [date(2025, 1, 31)], events=[Finding(kind, date(2024, 12, 31))])
    check("cn-loan", account, {"2024-12-31": state, "2025-01-20": state})


def test_misused_funds_are_at_least_special_mention():
    misused = dq.FundsMisuse(date(2025, 1, 10), date(2025, 1, 20))
    account = loan("cn-loan", [date(2025, 1, 31)], events=[misused])
    check("cn-loan", account, {"2025-01-09": "正常", "2025-01-10": "关注", "2025-01-20": "正常"})


def test_a_technical_overdue_is_excused_while_the_finding_holds():
    technical = Finding(FindingKind.TECHNICAL_OVERDUE, date(2025, 1, 31), date(2025, 2, 8))
    account = loan("cn-loan", [date(2025, 1, 31)], events=[technical])
    check("cn-loan", account, {"2025-02-01": "正常", "2025-02-07": "正常", "2025-02-08": "关注"})


@pytest.mark.parametrize(
    ("name", "at", "above"),
    [
        (FigureName.OVERDUE_SHARE_AT_ALL_BANKS, "0.2", "0.21"),
        (FigureName.NON_PERFORMING_SHARE_AT_BANK, "0.1", "0.11"),
    ],
)
def test_cross_default_in_china_is_above_its_share_and_for_companies_alone(name, at, above):
    def state(share: str, segment: dq.Segment) -> str:
        account = loan(
            "cn-loan", [date(2025, 1, 31)], segment=segment, events=[reported(name, share)]
        )
        return told("cn-loan", account, date(2025, 1, 10))

    assert state("0", dq.Segment.NON_RETAIL) == "正常"
    assert state("0.01", dq.Segment.NON_RETAIL) == "关注"
    assert state(at, dq.Segment.NON_RETAIL) == "关注"
    assert state(above, dq.Segment.NON_RETAIL) == "次级"
    assert state(above, dq.Segment.RETAIL) == "正常"


@pytest.mark.parametrize(
    ("share", "state"), [("0.49", "次级"), ("0.5", "可疑"), ("0.89", "可疑"), ("0.9", "损失")]
)
def test_expected_losses_of_an_impaired_asset_decide_its_class(share, state):
    impaired = Finding(FindingKind.CREDIT_IMPAIRED, date(2025, 1, 5))
    events = [impaired, reported(FigureName.EXPECTED_LOSS_SHARE, share)]
    account = loan("cn-loan", [date(2025, 1, 31)], events=events)
    check("cn-loan", account, {"2025-01-09": "次级", "2025-01-10": state})


def test_an_impaired_asset_whose_loss_nobody_told_is_not_assessed_for_the_worse_classes():
    impaired = Finding(FindingKind.CREDIT_IMPAIRED, date(2025, 1, 5))
    account = loan("cn-loan", [date(2025, 1, 31)], events=[impaired])
    answer = dq.assess_status(account, as_of=date(2025, 1, 6), policy=dq.rulebook.load("cn-loan"))
    assert [trigger.to for trigger in answer.not_assessed()] == ["可疑", "损失"]
    assert "Not assessed" in answer.explanation.to_text()
    assert "未评估" in answer.explanation.to_text("zh")


def observed(miss: bool) -> dq.Account:
    """Agreed on 10 January 2024, first due on 20 February; the payment of 20 August is missed or not."""
    dues = monthly(date(2024, 2, 20), 30)
    days = [due for due in dues if not (miss and due == date(2024, 8, 20))]
    payments = [Payment(day, 1000) for day in days]
    if miss:
        payments.append(Payment(date(2024, 8, 25), 1000))
    change = Restructuring(date(2024, 1, 20), date(2024, 2, 20))
    return loan("cn-loan", dues, payments=payments, events=[change])


def test_observation_in_china_begins_on_the_first_due_date_and_again_at_a_miss():
    """Order 2023 No. 1, Article 20: at least two periods and a year, restarted where a payment is missed."""
    check(
        "cn-loan",
        observed(miss=False),
        {"2024-01-20": "重组资产", "2025-02-19": "重组资产", "2025-02-20": "非重组资产"},
        "重组资产",
    )
    check(
        "cn-loan",
        observed(miss=True),
        {"2025-02-20": "重组资产", "2025-08-19": "重组资产", "2025-08-20": "非重组资产"},
        "重组资产",
    )


def test_a_change_for_a_debtor_without_difficulty_is_no_restructuring():
    change = Restructuring(date(2024, 1, 20), date(2024, 2, 20), in_difficulty=False)
    account = loan("cn-loan", monthly(date(2024, 2, 20), 3), events=[change])
    check("cn-loan", account, {"2024-01-20": "非重组资产"}, "重组资产")
