"""Cases of the United States and of IFRS 9."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from delinquency import Finding, FindingKind
from tests.rulebook.thresholds.case import Case, loan, unpaid


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


def stages() -> Iterator[Case]:
    yield unpaid(
        "EUR",
        {
            "2024-04-30": "stage 1", "2024-05-01": "stage 2", "2024-05-02": "stage 2",
            "2024-06-28": "stage 2", "2024-06-29": "stage 3", "2024-06-30": "stage 3",
        },
    )  # fmt: skip
