"""Each regime on the day before a threshold, on it and after it, as a lawyer would ask."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq
from tests.status.regimes.asking import check, loan

UNPAID = [date(2024, 3, 31)]
PORTFOLIOS = tuple(f"br-352-c{number}" for number in range(1, 6))
UNPAID_IN_2025 = {regime: [date(2025, 3, 31)] for regime in ("br-4966", *PORTFOLIOS)}
"""Where the first version is younger."""


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
    "cn-loan-floors": {
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
    # The Guidance has no bands of days; on 1 January 2026 the Order finds 641 days.
    "cn-loan-2007": {
        "2024-03-31": "正常",
        "2024-04-01": "关注",
        "2025-12-31": "关注",
        "2026-01-01": "损失",
    },
    "cn-card": {
        "2024-03-31": "正常",
        "2024-04-01": "关注",
        "2024-06-29": "关注",
        "2024-06-30": "次级",
        "2024-07-29": "次级",
        "2024-07-30": "可疑",
        "2024-09-27": "可疑",
        "2024-09-28": "损失",
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
    # Nobody said what the security is worth: nothing is classified, and the answer says so.
    "us-ffiec-residential": {"2024-06-29": "pass", "2025-06-29": "pass"},
    "eu-default-retail": {"2024-06-29": "performing", "2024-06-30": "non-performing"},
    "eu-default-other": {"2024-06-29": "performing", "2024-06-30": "non-performing"},
    "basel-npe": {"2024-06-29": "performing", "2024-06-30": "non-performing"},
    "br-4966": {
        "2025-04-30": "stage 1",
        "2025-05-01": "stage 2",
        "2025-06-29": "stage 2",
        "2025-06-30": "stage 3",
    },
    **{
        portfolio: {
            "2025-04-14": "0-14",
            "2025-04-15": "15-30",
            "2025-04-30": "15-30",
            "2025-05-01": "31-60",
            "2025-05-30": "31-60",
            "2025-05-31": "61-90",
            "2025-06-29": "61-90",
            "2025-06-30": "default",
        }
        for portfolio in PORTFOLIOS
    },
    "bh-cbb": {
        "2024-03-31": "standard",
        "2024-04-01": "watch",
        "2024-06-28": "watch",
        "2024-06-29": "substandard",
    },
    "uk-default-retail": {"2024-06-29": "not in default", "2024-06-30": "default"},
    "uk-default-other": {"2024-06-29": "not in default", "2024-06-30": "default"},
}


@pytest.mark.parametrize("regime", THRESHOLDS)
def test_an_instalment_that_is_never_paid_passes_every_threshold(regime):
    check(regime, loan(regime, UNPAID_IN_2025.get(regime, UNPAID)), THRESHOLDS[regime])


def test_an_account_in_another_currency_is_refused():
    account = loan("cn-loan", UNPAID)
    with pytest.raises(dq.PolicyError, match="expected an account in EUR, found CNY"):
        dq.assess_status(
            account, as_of=date(2024, 6, 30), policy=dq.rulebook.load("eu-default-retail")
        )


def test_every_rule_of_every_packaged_status_has_its_article():
    for entry in dq.rulebook.available():
        for version in dq.rulebook.load(entry.name).versions:
            for machine in version.status:
                for rule in machine.rules:
                    assert rule.citations, (entry.name, machine.name, rule.to)


def test_every_packaged_status_has_its_thresholds_here():
    with_status = {
        entry.name
        for entry in dq.rulebook.available()
        if dq.rulebook.load(entry.name).versions[-1].status
    }
    assert with_status == {*THRESHOLDS, "in-nbfc-base"}
