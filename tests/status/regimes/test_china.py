"""China: risk classes, the way back, restructured assets, shares at other banks."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Restructuring
from delinquency.events import FigureName
from tests.status.both_paths import asked_both_ways
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
    answer = asked_both_ways(account, as_of=date(2025, 1, 6), policy=dq.rulebook.load("cn-loan"))
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


# The Guidance of 2007, for business from before 1 July 2023.

OLD = "cn-loan-2007"
OLD_DUES = monthly(date(2023, 5, 31), 36)


def old_loan(*events: dq.AccountEvent, unpaid_from: date = date.max) -> dq.Account:
    """Paid on every due date before a day, and then no more."""
    payments = [Payment(day, 1000) for day in OLD_DUES if day < unpaid_from]
    return loan(OLD, OLD_DUES, payments=payments, events=events)


def test_the_guidance_ends_with_2025_and_was_not_there_before_july_2007():
    timeline = dq.rulebook.load(OLD)

    def first_source(day: date) -> str:
        version = timeline.in_force(as_of=day, originated_on=date(2007, 1, 1))
        return version.citations[0].title_zh

    assert first_source(date(2007, 7, 3)) == first_source(date(2025, 12, 31)) == "贷款风险分类指引"
    assert first_source(date(2026, 1, 1)) == "商业银行金融资产风险分类办法"
    with pytest.raises(dq.PolicyNotInForceError):
        first_source(date(2007, 7, 2))


def test_from_2026_on_older_business_is_judged_as_new_business_is():
    """Transition of the Order: all older business was to be reclassified by 31 December 2025."""
    new, old = dq.rulebook.load("cn-loan").versions[-1], dq.rulebook.load(OLD).versions[-1]
    assert (old.status, old.buckets, old.counting) == (new.status, new.buckets, new.counting)
    assert (old.allocation, old.penalty_regime) == (new.allocation, new.penalty_regime)


@pytest.mark.parametrize(
    ("kind", "state", "overdue"),
    [
        (FindingKind.EVASION, "关注", "次级"),
        (FindingKind.REPAID_BY_NEW_BORROWING, "关注", "关注"),
        (FindingKind.NON_ACCRUAL, "正常", "次级"),
        (FindingKind.UNLIKELY_TO_PAY, "正常", "关注"),
    ],
)
def test_what_was_found_under_the_guidance_before_and_after_it_is_overdue(kind, state, overdue):
    """Articles 10 and 11: evasion, and interest no longer recognised, are worse where it is overdue."""
    account = old_loan(Finding(kind, date(2024, 3, 10)), unpaid_from=date(2024, 3, 31))
    days = {"2024-03-09": "正常", "2024-03-10": state, "2024-03-31": state, "2024-04-01": overdue}
    check(OLD, account, days)


def test_misused_funds_under_the_guidance_are_special_mention():
    misused = dq.FundsMisuse(date(2024, 1, 10), date(2024, 1, 20))
    days = {"2024-01-09": "正常", "2024-01-10": "关注", "2024-01-20": "正常"}
    check(OLD, old_loan(misused), days)


@pytest.mark.parametrize("segment", dq.Segment)
@pytest.mark.parametrize(
    "name", [FigureName.OVERDUE_SHARE_AT_ALL_BANKS, FigureName.NON_PERFORMING_SHARE_AT_BANK]
)
def test_bad_debt_elsewhere_is_special_mention_for_any_borrower_under_the_guidance(name, segment):
    for share, state in (("0", "正常"), ("0.01", "关注"), ("1", "关注")):
        figure = dq.ReportedFigure(name, date(2024, 1, 10), dq.Proportion.parse(share))
        account = attrs.evolve(old_loan(figure), segment=segment)
        check(OLD, account, {"2024-01-09": "正常", "2024-01-10": state})


def test_a_restructured_loan_is_substandard_for_six_months_under_the_guidance():
    """Article 12: no better class within an observation period of at least six months."""
    change = Restructuring(date(2024, 1, 10), date(2024, 1, 31))
    check(
        OLD,
        old_loan(change),
        {"2024-01-09": "正常", "2024-01-10": "次级", "2024-07-09": "次级", "2024-07-10": "正常"},
    )


def test_a_restructured_loan_that_is_overdue_is_doubtful_and_stays_until_all_is_paid():
    change = Restructuring(date(2024, 1, 10), date(2024, 1, 31))
    late = [day for day in OLD_DUES if date(2024, 3, 1) < day < date(2024, 8, 1)]
    payments = [Payment(day, 1000) for day in OLD_DUES if day not in late]
    payments.append(Payment(date(2024, 8, 15), 1000 * len(late)))
    account = loan(OLD, OLD_DUES, payments=payments, events=[change])
    check(
        OLD,
        account,
        {
            "2024-03-31": "次级",
            "2024-04-01": "可疑",
            "2024-07-10": "可疑",
            "2024-08-14": "可疑",
            "2024-08-15": "正常",
        },
    )


def test_who_still_cannot_repay_after_a_restructuring_is_doubtful():
    change = Restructuring(date(2024, 1, 10), date(2024, 1, 31))
    doubt = Finding(FindingKind.UNLIKELY_TO_PAY, date(2024, 2, 10), date(2024, 3, 10))
    days = {"2024-02-09": "次级", "2024-02-10": "可疑", "2024-03-10": "可疑", "2024-07-10": "正常"}
    check(OLD, old_loan(change, doubt), days)


def test_a_class_of_the_guidance_goes_on_into_the_order_and_is_left_by_its_rules():
    """Substandard by non-accrual; paid under the Guidance it is normal, under Article 14 six months later."""
    bad = Finding(FindingKind.NON_ACCRUAL, date(2025, 11, 15))
    able = Finding(FindingKind.ABLE_TO_PERFORM, date(2025, 12, 31))

    def paid_up(day: date) -> dq.Account:
        missed = [due for due in OLD_DUES if date(2025, 10, 1) < due <= day]
        payments = [Payment(due, 1000) for due in OLD_DUES if due not in missed]
        payments.append(Payment(day, 1000 * len(missed)))
        return loan(OLD, OLD_DUES, payments=payments, events=[bad, able])

    days = {"2025-11-14": "关注", "2025-11-15": "次级", "2025-12-30": "次级", "2025-12-31": "正常"}
    check(OLD, paid_up(date(2025, 12, 31)), days)
    days = {"2025-12-31": "次级", "2026-01-05": "次级", "2026-07-04": "次级", "2026-07-05": "正常"}
    check(OLD, paid_up(date(2026, 1, 5)), days)


# Cards.


def test_a_card_leaves_a_class_as_soon_as_its_days_do():
    """Order 2011 No. 2, Article 92: 91 days on 30 June; what is paid then is normal at once."""
    dues = [date(2024, 3, 31), date(2024, 4, 30)]
    part = loan("cn-card", dues, payments=[Payment(date(2024, 7, 30), 1000)])
    check("cn-card", part, {"2024-07-29": "次级", "2024-07-30": "次级"})
    whole = loan("cn-card", dues, payments=[Payment(date(2024, 7, 30), 2000)])
    check("cn-card", whole, {"2024-07-29": "次级", "2024-07-30": "正常"})


def agreed(*, breaks: bool = False) -> dq.Account:
    """On 10 July 2024 a debt is divided into five years of instalments, which are paid or not."""
    day = date(2024, 7, 10)
    old = [dq.Instalment(date(2024, 3, 31), 6000, in_force_until=day)]
    new = [dq.Instalment(due, 100, in_force_from=day) for due in monthly(date(2024, 7, 31), 60)]
    payments = [Payment(row.due_date, 100) for row in new]
    if breaks:
        payments = payments[:3]
    return dq.Account(
        account_id="A",
        originated_on=date(2024, 2, 29),
        schedule=dq.Schedule(dq.Currency.of("CNY"), [*old, *new]),
        payments=payments,
        events=[Restructuring(day, date(2024, 7, 31))],
    )


def test_an_instalment_agreement_on_a_card_lasts_until_it_is_broken_or_five_years_are_over():
    """Article 70: at most five years; collection stops unless the agreement is broken."""
    none, kept = "无协议", "协议履行中"
    days = {"2024-07-09": none, "2024-07-10": kept, "2029-07-09": kept, "2029-07-10": none}
    check("cn-card", agreed(), days, "个性化分期")
    days = {"2024-10-31": kept, "2024-11-01": none, "2024-12-31": none}
    check("cn-card", agreed(breaks=True), days, "个性化分期")
    check("cn-card", agreed(), {"2024-07-09": "次级", "2024-07-10": "正常"})
