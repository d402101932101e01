"""Cases of the risk classes of China, of its observation of restructured assets, and of its cards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import attrs
from dateutil.relativedelta import relativedelta

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Restructuring
from delinquency.events import FigureName
from tests.rulebook.thresholds.case import Case, loan, monthly, reported, told, unpaid

BEFORE_JULY_2023: Final = date(2023, 1, 31)


def china() -> Iterator[Case]:
    yield from order_of_2023(2024, date(2023, 7, 31))


def floors_of_china() -> Iterator[Case]:
    """The same, and the least classes of restructured assets as Articles 21 and 22 are quoted."""
    yield from china()
    begun, dues = date(2023, 7, 31), monthly(date(2024, 2, 20), 30)
    once = observed(
        begun,
        dues,
        {
            "2024-01-19": "正常", "2024-01-20": "关注", "2025-02-19": "关注", "2025-02-20": "正常",
        },
    )  # fmt: skip
    yield once._replace(machine=None)
    for second, states in (
        # On the last day of observation, and on the day after it.
        (date(2025, 2, 19), {"2025-02-18": "关注", "2025-02-19": "次级", "2026-03-20": "次级"}),
        (date(2025, 2, 21), {"2025-02-20": "正常", "2025-02-21": "关注", "2026-03-20": "正常"}),
    ):
        again = Restructuring(second, date(2025, 3, 20))
        account = attrs.evolve(once.account, events=[*once.account.events, again])
        yield Case(account, states)


def older_china() -> Iterator[Case]:
    """Business from before 1 July 2023: the Guidance of 2007, and the Order of 2023 from 2026 on."""
    yield from guidance_of_2007()
    yield from order_of_2023(2026, BEFORE_JULY_2023)
    # The last day of the Guidance, and the first of the Order: 641 days are a loss.
    yield unpaid(
        "CNY",
        {"2025-12-31": "关注", "2026-01-01": "损失", "2026-01-02": "损失"},
        originated_on=BEFORE_JULY_2023,
    )


def order_of_2023(year: int, begun: date) -> Iterator[Case]:
    """Order 2023 No. 1: classes (Articles 7, 10-13), the way back (14), observation (20)."""
    after = year + 1
    yield unpaid(
        "CNY",
        {
            f"{year}-03-31": "正常", f"{year}-04-01": "关注", f"{year}-04-02": "关注",
            f"{year}-06-29": "关注", f"{year}-06-30": "次级", f"{year}-07-01": "次级",
            f"{year}-12-26": "次级", f"{year}-12-27": "可疑", f"{year}-12-28": "可疑",
            f"{after}-03-26": "可疑", f"{after}-03-27": "损失", f"{after}-03-28": "损失",
        },
        date(year, 3, 31),
        originated_on=begun,
    )  # fmt: skip
    asked = date(after, 1, 10)
    for name, share, state in (
        (FigureName.OVERDUE_SHARE_AT_ALL_BANKS, "0", "正常"),
        (FigureName.OVERDUE_SHARE_AT_ALL_BANKS, "0.0005", "关注"),
        (FigureName.OVERDUE_SHARE_AT_ALL_BANKS, "0.2", "关注"),
        (FigureName.OVERDUE_SHARE_AT_ALL_BANKS, "0.2005", "次级"),
        (FigureName.NON_PERFORMING_SHARE_AT_BANK, "0", "正常"),
        (FigureName.NON_PERFORMING_SHARE_AT_BANK, "0.0005", "关注"),
        (FigureName.NON_PERFORMING_SHARE_AT_BANK, "0.1", "关注"),
        (FigureName.NON_PERFORMING_SHARE_AT_BANK, "0.1005", "次级"),
    ):
        figure = reported(name, share, asked)
        company = dq.Segment.NON_RETAIL
        yield told("CNY", state, figure, asked=asked, originated_on=begun, segment=company)
    impaired = Finding(FindingKind.CREDIT_IMPAIRED, date(after, 1, 5))
    for share, state in (
        ("0.4995", "次级"), ("0.5", "可疑"), ("0.5005", "可疑"),
        ("0.8995", "可疑"), ("0.9", "损失"), ("0.9005", "损失"),
    ):  # fmt: skip
        loss = reported(FigureName.EXPECTED_LOSS_SHARE, share, asked)
        yield told("CNY", state, impaired, loss, asked=asked, originated_on=begun)
    yield cured(
        begun,
        [date(year, month, 28) for month in (3, 6, 9)],
        {f"{year}-07-14": "次级", f"{year}-07-15": "正常", f"{year}-07-16": "正常"},
    )
    yield cured(
        begun,
        [date(due, 7, 31) for due in (year, after, year + 2)],
        {
            f"{year}-07-31": "次级", f"{after}-07-30": "次级",
            f"{after}-07-31": "正常", f"{after}-08-01": "正常",
        },
    )  # fmt: skip
    yield observed(
        begun,
        monthly(date(year, 2, 20), 24),
        {
            f"{after}-02-19": "重组资产", f"{after}-02-20": "非重组资产",
            f"{after}-02-21": "非重组资产",
        },
    )  # fmt: skip
    yield observed(
        begun,
        [date(due, 2, 20) for due in range(year, year + 5)],
        {
            f"{after}-02-20": "重组资产", f"{year + 2}-02-19": "重组资产",
            f"{year + 2}-02-20": "非重组资产",
        },
    )  # fmt: skip


def cured(begun: date, dues: list[date], states: dict[str, str]) -> Case:
    """Two instalments were missed; everything was paid on 15 January, and then in time."""
    year = dues[0].year
    missed = [date(year - 1, 7, 31), date(year - 1, 10, 1)]
    payments = [Payment(date(year, 1, 15), 2000), *(Payment(due, 1000) for due in dues)]
    rows = [(due, 1000) for due in (*missed, *dues)]
    able = Finding(FindingKind.ABLE_TO_PERFORM, date(year, 1, 16))
    return Case(loan("CNY", rows, payments=payments, events=[able], originated_on=begun), states)


def observed(begun: date, dues: list[date], states: dict[str, str]) -> Case:
    """Restructured on 20 January, first due on 20 February, and paid in time."""
    change = Restructuring(dues[0] - relativedelta(months=1), dues[0])
    account = loan(
        "CNY",
        [(due, 1000) for due in dues],
        payments=[Payment(due, 1000) for due in dues],
        events=[change],
        originated_on=begun,
    )
    return Case(account, states, "重组资产")


def guidance_of_2007() -> Iterator[Case]:
    """银监发〔2007〕54号: overdue or bad elsewhere (Article 10), worse (11), restructured (12)."""
    yield under_the_guidance(
        {"2024-03-31": "正常", "2024-04-01": "关注", "2024-04-02": "关注"}, unpaid_from=3
    )
    asked = date(2024, 1, 10)
    for name in (FigureName.OVERDUE_SHARE_AT_ALL_BANKS, FigureName.NON_PERFORMING_SHARE_AT_BANK):
        for share, state in (("0", "正常"), ("0.0005", "关注"), ("0.001", "关注")):
            figure = reported(name, share, asked)
            yield told("CNY", state, figure, asked=asked, originated_on=BEFORE_JULY_2023)
    # Article 11: found on 10 March, and substandard on the first day overdue.
    for kind, state in ((FindingKind.NON_ACCRUAL, "正常"), (FindingKind.EVASION, "关注")):
        yield under_the_guidance(
            {
                "2024-03-09": "正常", "2024-03-10": state, "2024-03-31": state,
                "2024-04-01": "次级", "2024-04-02": "次级",
            },
            Finding(kind, date(2024, 3, 10)),
            unpaid_from=3,
        )  # fmt: skip
    yield from restructured_under_the_guidance()


def restructured_under_the_guidance() -> Iterator[Case]:
    """Article 12: restructured on 10 January, six months of observation, doubtful if overdue."""
    change = Restructuring(date(2024, 1, 10), date(2024, 1, 31))
    yield under_the_guidance(
        {
            "2024-01-09": "正常", "2024-01-10": "次级",
            "2024-07-09": "次级", "2024-07-10": "正常", "2024-07-11": "正常",
        },
        change,
    )  # fmt: skip
    yield under_the_guidance(
        {
            "2024-03-31": "次级", "2024-04-01": "可疑", "2024-04-02": "可疑",
            "2024-07-10": "可疑", "2024-12-31": "可疑",
        },
        change,
        unpaid_from=3,
    )  # fmt: skip


def under_the_guidance(states: dict[str, str], *events: Any, unpaid_from: int = 13) -> Case:
    """1,000.00 on the last day of each month of 2024, paid on the day, from a month on no more."""
    dues = monthly(date(2024, 1, 31), 12)
    payments = [Payment(due, 1000) for due in dues if due.month < unpaid_from]
    rows = [(due, 1000) for due in dues]
    account = loan("CNY", rows, payments=payments, events=events, originated_on=BEFORE_JULY_2023)
    return Case(account, states)


def cards_of_china() -> Iterator[Case]:
    """Order 2011 No. 2: classes (Article 92), and agreements on instalments (Article 70)."""
    yield unpaid(
        "CNY",
        {
            "2024-03-31": "正常", "2024-04-01": "关注", "2024-04-02": "关注",
            "2024-06-29": "关注", "2024-06-30": "次级", "2024-07-01": "次级",
            "2024-07-29": "次级", "2024-07-30": "可疑", "2024-07-31": "可疑",
            "2024-09-27": "可疑", "2024-09-28": "损失", "2024-09-29": "损失",
        },
    )  # fmt: skip
    yield agreed(
        60,
        {
            "2024-07-09": "无协议", "2024-07-10": "协议履行中", "2024-07-11": "协议履行中",
            "2029-07-09": "协议履行中", "2029-07-10": "无协议", "2029-07-11": "无协议",
        },
    )  # fmt: skip
    # The fourth instalment, of 31 October, is not paid.
    yield agreed(3, {"2024-10-31": "协议履行中", "2024-11-01": "无协议", "2024-11-02": "无协议"})


def agreed(paid: int, states: dict[str, str]) -> Case:
    """On 10 July 2024 a debt is divided into five years of instalments; the first ones are paid."""
    dues = monthly(date(2024, 7, 31), 60)
    account = loan(
        "CNY",
        [(due, 100) for due in dues],
        payments=[Payment(due, 100) for due in dues[:paid]],
        events=[Restructuring(date(2024, 7, 10), dues[0])],
    )
    return Case(account, states, "个性化分期")
