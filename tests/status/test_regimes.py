"""Each regime on the day before a threshold, on it and after it, as a lawyer would ask.

A loan of the tests owes 1,000.00 on its first due date and 1,000.00 a month later, unless a case says otherwise; a
case is a list of days, each with the state at its close.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Proportion, ReportedFigure, Restructuring
from delinquency.events import FigureName

CURRENCIES = {"CN": "CNY", "EU": "EUR", "UK": "GBP", "IN": "INR", "US": "USD", "INT": "EUR"}


def loan(
    regime: str, dues: list[date], *, start: date | None = None, **facts: object
) -> dq.Account:
    currency = dq.Currency.of(CURRENCIES[dq.rulebook.load(regime).jurisdiction])
    schedule = dq.Schedule(currency, [dq.Instalment(due, 1000) for due in dues])
    start = start or min(dues) - relativedelta(months=1)
    return dq.Account(account_id="A", originated_on=start, schedule=schedule, **facts)


def monthly(first: date, count: int, months: int = 1) -> list[date]:
    return [first + relativedelta(months=months * number) for number in range(count)]


def told(regime: str, account: dq.Account, as_of: date, machine: str | None = None) -> str:
    policy = dq.rulebook.load(regime)
    answer = dq.assess_status(account, as_of=as_of, policy=policy)
    return answer.on(as_of, machine).code


def check(
    regime: str, account: dq.Account, days: dict[str, str], machine: str | None = None
) -> None:
    """Asked of each day alone, and of the last day about all of them."""
    states = {day: told(regime, account, date.fromisoformat(day), machine) for day in days}
    assert states == days
    last = dq.assess_status(
        account, as_of=date.fromisoformat(max(days)), policy=dq.rulebook.load(regime)
    )
    assert {day: last.on(date.fromisoformat(day), machine).code for day in days} == days


UNPAID = [date(2024, 3, 31)]
THRESHOLDS = {
    # Due 31 March 2024, never paid; 1 April is day 1, in India the due date itself is.
    "cn-loan": {
        "2024-03-31": "正常",
        "2024-04-01": "关注",
        "2024-06-29": "关注",
        "2024-06-30": "次级",
        "2024-12-26": "次级",
        "2024-12-27": "可疑",
        "2025-03-26": "可疑",
        "2025-03-27": "损失",
        "2025-03-28": "损失",
    },
    "in-sma": {
        "2024-03-30": "standard",
        "2024-03-31": "SMA-0",
        "2024-04-29": "SMA-0",
        "2024-04-30": "SMA-1",
        "2024-05-29": "SMA-1",
        "2024-05-30": "SMA-2",
        "2024-06-28": "SMA-2",
        "2024-06-29": "substandard",
        "2025-06-28": "substandard",
        "2025-06-29": "doubtful-1",
        "2026-06-28": "doubtful-1",
        "2026-06-29": "doubtful-2",
        "2028-06-28": "doubtful-2",
        "2028-06-29": "doubtful-3",
    },
    "ifrs9": {
        "2024-04-30": "stage 1",
        "2024-05-01": "stage 2",
        "2024-06-28": "stage 2",
        "2024-06-29": "stage 3",
    },
    "us-ffiec-closed-end": {
        "2024-06-28": "pass",
        "2024-06-29": "substandard",
        "2024-07-28": "substandard",
        "2024-07-29": "loss",
    },
    "us-ffiec-open-end": {
        "2024-06-28": "pass",
        "2024-06-29": "substandard",
        "2024-09-26": "substandard",
        "2024-09-27": "loss",
    },
    "eu-default-retail": {"2024-06-29": "performing", "2024-06-30": "non-performing"},
    "eu-default-other": {"2024-06-29": "performing", "2024-06-30": "non-performing"},
    "uk-default-retail": {"2024-06-29": "not in default", "2024-06-30": "default"},
    "uk-default-other": {"2024-06-29": "not in default", "2024-06-30": "default"},
}


@pytest.mark.parametrize("regime", THRESHOLDS)
def test_an_instalment_that_is_never_paid_passes_every_threshold(regime):
    check(regime, loan(regime, UNPAID), THRESHOLDS[regime])


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


def reported(name: FigureName, share: str) -> ReportedFigure:
    return ReportedFigure(name, date(2025, 1, 10), Proportion.parse(share))


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
    answer = dq.assess_status(
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


def test_an_account_in_another_currency_is_refused():
    account = loan("cn-loan", UNPAID)
    with pytest.raises(dq.PolicyError, match="expected an account in EUR, found CNY"):
        dq.assess_status(
            account, as_of=date(2024, 6, 30), policy=dq.rulebook.load("eu-default-retail")
        )


def test_presumptions_of_ifrs_are_rebutted_by_a_finding():
    def state(kind: FindingKind, day: str) -> str:
        account = loan("ifrs9", UNPAID, events=[Finding(kind, date(2024, 4, 20))])
        return told("ifrs9", account, date.fromisoformat(day))

    assert state(FindingKind.NO_SIGNIFICANT_INCREASE_IN_RISK, "2024-06-28") == "stage 1"
    assert state(FindingKind.NO_SIGNIFICANT_INCREASE_IN_RISK, "2024-06-29") == "stage 3"
    assert state(FindingKind.NO_DEFAULT, "2024-06-29") == "stage 2"
    assert state(FindingKind.SIGNIFICANT_INCREASE_IN_RISK, "2024-04-20") == "stage 2"
    assert state(FindingKind.CREDIT_IMPAIRED, "2024-04-20") == "stage 3"


@pytest.mark.parametrize(("kind", "days"), [(FindingKind.BANKRUPTCY, 60), (FindingKind.FRAUD, 90)])
@pytest.mark.parametrize("regime", ["us-ffiec-closed-end", "us-ffiec-open-end"])
def test_bankruptcy_and_fraud_are_charged_off_within_their_days(regime, kind, days):
    found = Finding(kind, date(2025, 1, 1))
    account = loan(regime, [date(2026, 1, 31)], start=date(2025, 1, 1), events=[found])
    day = date(2025, 1, 1) + relativedelta(days=days)
    check(regime, account, {str(day - relativedelta(days=1)): "pass", str(day): "loss"})


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


def test_every_rule_of_every_packaged_status_has_its_article():
    for entry in dq.rulebook.available():
        for version in dq.rulebook.load(entry.name).versions:
            for machine in version.status:
                for rule in (*machine.triggers, *machine.exits):
                    assert rule.citations, (entry.name, machine.name, rule.to)


def test_every_packaged_status_has_its_thresholds_here():
    with_status = {
        entry.name
        for entry in dq.rulebook.available()
        if dq.rulebook.load(entry.name).versions[-1].status
    }
    assert with_status == {*THRESHOLDS, "in-nbfc-base"}
