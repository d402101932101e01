"""Cases of the United States, of IFRS 9, of the Basel Committee, of Brazil and of Bahrain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from delinquency import FigureName, Finding, FindingKind
from tests.rulebook.thresholds.case import Case, change, loan, reported, unpaid
from tests.rulebook.thresholds.europe import late_until, paid_in_time


def charged_off(loss: date) -> Iterator[Case]:
    """Closed-end and open-end retail credit of the United States, with the first day of a loss."""
    before, after = (str(loss + timedelta(days=days)) for days in (-1, 1))
    yield unpaid(
        "USD",
        {
            "2024-06-28": "pass", "2024-06-29": "substandard", "2024-06-30": "substandard",
            before: "substandard", str(loss): "loss", after: "loss",
        },
    )  # fmt: skip
    found = date(2025, 1, 1)
    for kind, first in (
        (FindingKind.BANKRUPTCY, date(2025, 3, 2)),
        (FindingKind.FRAUD, date(2025, 4, 1)),
    ):
        before, after = (str(first + timedelta(days=days)) for days in (-1, 1))
        account = loan(
            "USD", [(date(2026, 1, 31), 1000)], originated_on=found, events=[Finding(kind, found)]
        )
        yield Case(account, {before: "pass", str(first): "loss", after: "loss"})


def homes() -> Iterator[Case]:
    """Residential real estate: more than 60 % of the value at 90 days, more than the value at 180."""
    for share, at_90, at_180 in (
        ("0.6", "pass", "pass"),
        ("0.601", "substandard", "substandard"),
        ("1", "substandard", "substandard"),
        ("1.001", "substandard", "loss of the excess"),
    ):
        figure = reported(FigureName.LOAN_TO_VALUE, share, date(2024, 3, 1))
        yield unpaid(
            "USD",
            {
                "2024-06-28": "pass", "2024-06-29": at_90, "2024-06-30": at_90,
                "2024-09-26": at_90, "2024-09-27": at_180, "2024-09-28": at_180,
            },
            events=[figure],
        )  # fmt: skip


def stages() -> Iterator[Case]:
    yield unpaid(
        "EUR",
        {
            "2024-04-30": "stage 1", "2024-05-01": "stage 2", "2024-05-02": "stage 2",
            "2024-06-28": "stage 2", "2024-06-29": "stage 3", "2024-06-30": "stage 3",
        },
    )  # fmt: skip


def basel() -> Iterator[Case]:
    """BCBS d403: more than 90 days; three months of timely payments (22), a year if forborne (38)."""
    good, bad = "performing", "non-performing"
    # Day 90 is 30 April; everything is paid on 15 June, and then in time.
    able = Finding(FindingKind.ABLE_TO_PERFORM, date(2024, 6, 20))
    yield Case(
        late_until("EUR", date(2024, 6, 15), able),
        {
            "2024-04-30": good, "2024-05-01": bad, "2024-05-02": bad,
            "2024-09-14": bad, "2024-09-15": good, "2024-09-16": good,
        },
    )  # fmt: skip
    yield Case(
        paid_in_time("EUR", change(date(2024, 3, 10))),
        {
            "2024-03-09": "not forborne", "2024-03-10": "forborne", "2025-03-09": "forborne",
            "2025-03-10": "not forborne", "2025-03-11": "not forborne",
        },
        "forbearance",
    )  # fmt: skip


def brazil() -> Iterator[Case]:
    """Resolution CMN 4.966: more than 30 days (Article 37), more than 90 (Article 3), from 2025 on."""
    yield unpaid(
        "BRL",
        {
            "2025-04-30": "stage 1", "2025-05-01": "stage 2", "2025-05-02": "stage 2",
            "2025-06-29": "stage 2", "2025-06-30": "stage 3", "2025-07-01": "stage 3",
        },
        date(2025, 3, 31),
    )  # fmt: skip


def delays_of_brazil() -> Iterator[Case]:
    """Resolution BCB 352: up to 14, 30, 60 and 90 days (Annex II); more than 90 is a default."""
    yield unpaid(
        "BRL",
        {
            "2025-04-14": "0-14", "2025-04-15": "15-30", "2025-04-16": "15-30",
            "2025-04-30": "15-30", "2025-05-01": "31-60", "2025-05-02": "31-60",
            "2025-05-30": "31-60", "2025-05-31": "61-90", "2025-06-01": "61-90",
            "2025-06-29": "61-90", "2025-06-30": "default", "2025-07-01": "default",
        },
        date(2025, 3, 31),
    )  # fmt: skip


def bahrain() -> Iterator[Case]:
    """RM-2.4.3: watch from the first day overdue, substandard on the 90th."""
    yield unpaid(
        "BHD",
        {
            "2024-03-31": "standard", "2024-04-01": "watch", "2024-04-02": "watch",
            "2024-06-28": "watch", "2024-06-29": "substandard", "2024-06-30": "substandard",
        },
    )  # fmt: skip
