"""IFRS 9: presumptions that may be rebutted."""

from __future__ import annotations

from datetime import date

from delinquency import Finding, FindingKind
from tests.status.regimes.asking import loan, told

UNPAID = [date(2024, 3, 31)]


def test_presumptions_of_ifrs_are_rebutted_by_a_finding():
    def state(kind: FindingKind, day: str) -> str:
        account = loan("ifrs9", UNPAID, events=[Finding(kind, date(2024, 4, 20))])
        return told("ifrs9", account, date.fromisoformat(day))

    assert state(FindingKind.NO_SIGNIFICANT_INCREASE_IN_RISK, "2024-06-28") == "stage 1"
    assert state(FindingKind.NO_SIGNIFICANT_INCREASE_IN_RISK, "2024-06-29") == "stage 3"
    assert state(FindingKind.NO_DEFAULT, "2024-06-29") == "stage 2"
    assert state(FindingKind.SIGNIFICANT_INCREASE_IN_RISK, "2024-04-20") == "stage 2"
    assert state(FindingKind.CREDIT_IMPAIRED, "2024-04-20") == "stage 3"
