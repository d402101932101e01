"""Cases of the risk classes of China and of its observation of restructured assets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

import delinquency as dq
from delinquency import Finding, FindingKind, Payment, Restructuring
from delinquency.events import FigureName
from tests.rulebook.thresholds.case import Case, loan, monthly, reported, told, unpaid

ABLE: Final = Finding(FindingKind.ABLE_TO_PERFORM, date(2024, 1, 16))


def china() -> Iterator[Case]:
    yield unpaid(
        "CNY",
        {
            "2024-03-31": "正常", "2024-04-01": "关注", "2024-04-02": "关注",
            "2024-06-29": "关注", "2024-06-30": "次级", "2024-07-01": "次级",
            "2024-12-26": "次级", "2024-12-27": "可疑", "2024-12-28": "可疑",
            "2025-03-26": "可疑", "2025-03-27": "损失", "2025-03-28": "损失",
        },
    )  # fmt: skip
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
        yield told("CNY", state, reported(name, share), segment=dq.Segment.NON_RETAIL)
    impaired = Finding(FindingKind.CREDIT_IMPAIRED, date(2025, 1, 5))
    for share, state in (
        ("0.4995", "次级"), ("0.5", "可疑"), ("0.5005", "可疑"),
        ("0.8995", "可疑"), ("0.9", "损失"), ("0.9005", "损失"),
    ):  # fmt: skip
        yield told("CNY", state, impaired, reported(FigureName.EXPECTED_LOSS_SHARE, share))
    yield cured(
        [date(2024, month, 28) for month in (3, 6, 9)],
        {"2024-07-14": "次级", "2024-07-15": "正常", "2024-07-16": "正常"},
    )
    yield cured(
        [date(year, 7, 31) for year in (2024, 2025, 2026)],
        {"2024-07-31": "次级", "2025-07-30": "次级", "2025-07-31": "正常", "2025-08-01": "正常"},
    )
    yield observed(
        monthly(date(2024, 2, 20), 24),
        {"2025-02-19": "重组资产", "2025-02-20": "非重组资产", "2025-02-21": "非重组资产"},
    )
    yield observed(
        [date(year, 2, 20) for year in range(2024, 2029)],
        {"2025-02-20": "重组资产", "2026-02-19": "重组资产", "2026-02-20": "非重组资产"},
    )


def cured(dues: list[date], states: dict[str, str]) -> Case:
    """Two instalments were missed; everything was paid on 15 January 2024, and then in time."""
    missed = [date(2023, 7, 31), date(2023, 10, 1)]
    payments = [Payment(date(2024, 1, 15), 2000), *(Payment(due, 1000) for due in dues)]
    rows = [(due, 1000) for due in (*missed, *dues)]
    return Case(
        loan("CNY", rows, payments=payments, events=[ABLE], originated_on=missed[0]), states
    )


def observed(dues: list[date], states: dict[str, str]) -> Case:
    """Restructured on 20 January 2024, first due on 20 February, and paid in time."""
    change = Restructuring(date(2024, 1, 20), dues[0])
    account = loan(
        "CNY",
        [(due, 1000) for due in dues],
        payments=[Payment(due, 1000) for due in dues],
        events=[change],
    )
    return Case(account, states, "重组资产")
