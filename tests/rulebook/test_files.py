"""Every packaged file at each of its edges, written down apart from the files."""

from __future__ import annotations

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency import rulebook
from delinquency.policy_versions import policy_in_force
from tests.vectors.published import FOLDER

EDGES: dict[str, dict[int, str]] = {
    "founding-report": {
        0: "current", 1: "1-30", 30: "1-30", 31: "31-60", 60: "31-60", 61: "61-90", 90: "61-90",
        91: "91+", 4000: "91+",
    },
    "cn-loan": {
        0: "正常", 1: "关注", 90: "关注", 91: "次级", 270: "次级", 271: "可疑", 360: "可疑", 361: "损失",
    },
    "cn-loan-floors": {
        0: "正常", 1: "关注", 90: "关注", 91: "次级", 270: "次级", 271: "可疑", 360: "可疑", 361: "损失",
    },
    "cn-loan-2007": {
        0: "正常", 1: "关注", 90: "关注", 91: "次级", 270: "次级", 271: "可疑", 360: "可疑", 361: "损失",
    },
    "cn-card": {
        0: "正常", 1: "关注", 90: "关注", 91: "次级", 120: "次级", 121: "可疑", 180: "可疑", 181: "损失",
    },
    "cn-bureau-loan": {
        0: "N", 1: "1", 30: "1", 31: "2", 60: "2", 61: "3", 90: "3", 91: "4", 120: "4", 121: "5",
        150: "5", 151: "6", 180: "6", 181: "7",
    },
    "cn-m-levels": {
        0: "M0", 1: "M1", 30: "M1", 31: "M2", 60: "M2", 61: "M3", 90: "M3", 91: "M4", 120: "M4",
        121: "M5", 150: "M5", 151: "M6", 180: "M6", 181: "M7",
    },
    "eu-default-retail": {0: "current", 1: "1-30", 30: "1-30", 31: "31-90", 90: "31-90", 91: "91+"},
    "eu-default-other": {0: "current", 1: "1-30", 30: "1-30", 31: "31-90", 90: "31-90", 91: "91+"},
    "uk-default-retail": {0: "current", 1: "1-30", 30: "1-30", 31: "31-90", 90: "31-90", 91: "91+"},
    "uk-default-other": {0: "current", 1: "1-30", 30: "1-30", 31: "31-90", 90: "31-90", 91: "91+"},
    "in-sma": {
        0: "standard", 1: "SMA-0", 30: "SMA-0", 31: "SMA-1", 60: "SMA-1", 61: "SMA-2", 90: "SMA-2",
        91: "NPA",
    },
    "ifrs9": {
        0: "no backstop", 30: "no backstop", 31: "30-day backstop", 89: "30-day backstop",
        90: "90-day backstop",
    },
    "basel-npe": {0: "current", 1: "1-30", 30: "1-30", 31: "31-90", 90: "31-90", 91: "91+"},
    "br-4966": {0: "0-30", 30: "0-30", 31: "31-90", 90: "31-90", 91: "91+"},
    "br-352-c1": {
        0: "0-14", 14: "0-14", 15: "15-30", 30: "15-30", 31: "31-60", 60: "31-60", 61: "61-90",
        90: "61-90", 91: "91+",
    },
    "br-352-c2": {
        0: "0-14", 14: "0-14", 15: "15-30", 30: "15-30", 31: "31-60", 60: "31-60", 61: "61-90",
        90: "61-90", 91: "91+",
    },
    "br-352-c3": {
        0: "0-14", 14: "0-14", 15: "15-30", 30: "15-30", 31: "31-60", 60: "31-60", 61: "61-90",
        90: "61-90", 91: "91+",
    },
    "br-352-c4": {
        0: "0-14", 14: "0-14", 15: "15-30", 30: "15-30", 31: "31-60", 60: "31-60", 61: "61-90",
        90: "61-90", 91: "91+",
    },
    "br-352-c5": {
        0: "0-14", 14: "0-14", 15: "15-30", 30: "15-30", 31: "31-60", 60: "31-60", 61: "61-90",
        90: "61-90", 91: "91+",
    },
    "bh-cbb": {0: "standard", 1: "watch", 89: "watch", 90: "substandard", 4000: "substandard"},
    "us-ffiec-closed-end": {0: "pass", 89: "pass", 90: "substandard", 119: "substandard", 120: "loss"},
    "us-ffiec-open-end": {0: "pass", 89: "pass", 90: "substandard", 179: "substandard", 180: "loss"},
    "us-ffiec-residential": {0: "0-89", 89: "0-89", 90: "90-179", 179: "90-179", 180: "180+"},
    "us-metro2": {
        0: "11", 29: "11", 30: "71", 59: "71", 60: "78", 89: "78", 90: "80", 119: "80", 120: "82",
        149: "82", 150: "83", 179: "83", 180: "84", 9999: "84",
    },
}  # fmt: skip

OLDER_EDGES: dict[str, dict[int, str]] = {
    # 2007-07-03 to 2025-12-31: no bands of days.
    "cn-loan-2007": {0: "正常", 1: "逾期", 4000: "逾期"},
}  # fmt: skip
"""Of versions before the last, where they are not those of the last."""

UNDATED = {"founding-report", "cn-m-levels", "bh-cbb"}


def account_due(day: date) -> dq.Account:
    schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(day, Decimal(100))])
    return dq.Account(account_id="A", originated_on=day, schedule=schedule)


@pytest.mark.parametrize(
    ("name", "days", "code"),
    [(name, days, code) for name, edges in EDGES.items() for days, code in edges.items()],
)
def test_each_edge_of_each_scheme(name: str, days: int, code: str) -> None:
    *older, last = rulebook.load(name).versions
    versions = [last] if name in OLDER_EDGES else [*older, last]
    for version in versions:
        assert dq.classify(days, scheme=version.buckets).code == code


@pytest.mark.parametrize("name", OLDER_EDGES)
def test_each_edge_of_each_scheme_that_was(name: str) -> None:
    for version in rulebook.load(name).versions[:-1]:
        codes = {days: dq.classify(days, scheme=version.buckets).code for days in OLDER_EDGES[name]}
        assert codes == OLDER_EDGES[name]


@pytest.mark.parametrize(
    ("as_of", "npa_days"),
    [
        (date(2024, 3, 31), 150),
        (date(2025, 3, 30), 150),
        (date(2025, 3, 31), 120),
        (date(2026, 3, 30), 120),
        (date(2026, 3, 31), 90),
    ],
)
def test_the_threshold_of_base_layer_lenders_falls_by_date(as_of: date, npa_days: int) -> None:
    policy = rulebook.load("in-nbfc-base").in_force(as_of=as_of, originated_on=as_of)
    assert dq.classify(npa_days, scheme=policy.buckets).code == "overdue"
    assert dq.classify(npa_days + 1, scheme=policy.buckets).code == "NPA"


def test_every_packaged_policy_is_written_down_here() -> None:
    assert {entry.name for entry in rulebook.available()} == {*EDGES, "in-nbfc-base"}


@pytest.mark.parametrize("entry", rulebook.available(), ids=lambda entry: entry.name)
def test_a_date_before_the_first_version_is_an_error(entry: rulebook.RulebookEntry) -> None:
    timeline = rulebook.load(entry.name)
    start = timeline.versions[0].validity.effective_from
    assert (start is None) == (entry.name in UNDATED)
    if start is None:
        return
    account = account_due(date(1990, 1, 1))
    with pytest.raises(dq.PolicyNotInForceError, match="never a default"):
        dq.assess(account, as_of=start - timedelta(1), policy=timeline)
    assert dq.assess(account, as_of=start, policy=timeline).policy is timeline.versions[0]


def test_an_unverified_version_warns_and_a_verified_one_does_not(
    recwarn: pytest.WarningsRecorder,
) -> None:
    day = date(2025, 1, 31)
    policy_in_force(rulebook.load("founding-report"), as_of=day, originated_on=day)
    assert not recwarn.list
    with pytest.warns(dq.UnverifiedPolicyWarning, match="cn-m-levels"):
        policy_in_force(rulebook.load("cn-m-levels"), as_of=day, originated_on=day)


def test_china_counts_the_day_after_the_due_date_and_india_the_due_date() -> None:
    """RBI, 12 November 2021: due 31 March 2021, SMA-1 30 April, SMA-2 30 May, NPA 29 June."""
    account = account_due(date(2021, 3, 31))
    india = rulebook.load("in-sma")
    days = [date(2021, 11, 12)]
    assert dq.days_past_due(account, as_of=days[0], policy=india) == 227
    policy = india.versions[0]
    rules = dq.Policy(
        name="in-sma before its date",
        counting=policy.counting,
        allocation=policy.allocation,
        penalty_in_waterfall=policy.penalty_in_waterfall,
        buckets=policy.buckets,
    )
    first_days = {
        code: next(
            day
            for day in (date(2021, 3, 25) + timedelta(step) for step in range(200))
            if dq.assess(account, as_of=day, policy=rules).bucket.code == code
        )
        for code in ("SMA-0", "SMA-1", "SMA-2", "NPA")
    }
    assert list(first_days.values()) == [
        date(2021, 3, 31), date(2021, 4, 30), date(2021, 5, 30), date(2021, 6, 29),
    ]  # fmt: skip
    report = rulebook.load("founding-report")
    assert dq.days_past_due(account, as_of=date(2021, 3, 31), policy=report) == 0
    assert dq.days_past_due(account, as_of=date(2021, 4, 1), policy=report) == 1


def test_metro2_bands_carry_status_rating_and_history() -> None:
    """MET-01: CFPB and moov code tables."""
    path = FOLDER / "lending" / "metro2.json"
    if not path.exists():
        pytest.skip("the collection of published figures is not on this machine")
    case = json.loads(path.read_text())["cases"][0]
    scheme = rulebook.load("us-metro2").versions[0].buckets
    assert case["id"] == "MET-01"
    for bucket, band in zip(scheme, case["expected"]["bands"], strict=True):
        assert (bucket.code, bucket.first_day, bucket.last_day) == (
            band["account_status"],
            band["min"],
            band["max"],
        )
        assert dict(bucket.codes) == {
            "payment_rating": band["payment_rating"],
            "payment_history": band["history_code"],
        }
