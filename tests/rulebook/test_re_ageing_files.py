"""Limits of re-ageing in a rulebook file: what is read, told and refused."""

from __future__ import annotations

import pytest

import delinquency as dq
from delinquency import ConcessionLimits, FindingKind, FrequencyLimit, ReAgeingRule, rulebook
from delinquency.rulebook.describe import to_markdown, to_text
from delinquency.serialization import from_dict, to_dict

HEAD = """
id = "house-cards"
title = "Cards of the house"
penalty_in_waterfall = "outside"
[citation.manual]
instrument = "Manual of the house"
provision = "7.2"
[[version]]
[version.counting]
first_day = "day_after_due_date"
[version.allocation]
order = ["interest", "fees", "penalty", "principal"]
[version.buckets]
name = "house"
reads = "days_past_due"
band = [{ code = "0", from = 0, to = 0, is_stressed = false }, { code = "1+", from = 1 }]
"""
OWN = """
[version.re_ageing.ordinary]
months_on_books = 12
payments = 6
finding = "able_to_perform"
limits = [{ count = 1, months = 24 }]
cites = ["manual"]
"""


def loaded(text: str = OWN) -> dq.Policy:
    return rulebook.loads(HEAD + text).versions[0]


def test_limits_are_read_with_their_source():
    rule = loaded().re_ageing
    assert rule is not None
    assert rule.workout is None
    (source,) = rule.ordinary.citations
    assert source.provision == "7.2"
    assert rule.ordinary == ConcessionLimits(
        limits=[FrequencyLimit(1, 24)],
        months_on_books=12,
        payments=6,
        finding=FindingKind.ABLE_TO_PERFORM,
        citations=[source],
    )


def test_the_packaged_limits_are_those_of_the_policy():
    """FFIEC, 65 FR 36903: nine months, three minimums, once in twelve months, twice in five years."""
    rule = rulebook.load("us-ffiec-open-end").versions[0].re_ageing
    assert rule is not None
    ordinary, workout = rule.ordinary, rule.workout
    assert (ordinary.months_on_books, ordinary.payments) == (9, 3)
    assert ordinary.limits == (FrequencyLimit(1, 12), FrequencyLimit(2, 60))
    assert workout is not None
    assert (workout.payments, workout.limits) == (3, (FrequencyLimit(1, 60),))
    assert ordinary.citations == workout.citations != ()


def test_they_are_written_as_json_and_read_back():
    for policy in (loaded(), rulebook.load("us-ffiec-open-end").versions[0]):
        assert from_dict(dq.Policy, to_dict(policy)) == policy


def test_they_are_told_on_pages_and_in_the_terminal():
    timeline = rulebook.loads(HEAD + OWN)
    line = "at least 12 months on the books; the last 6 payments or as much; found able_to_perform"
    for text in (to_text(timeline), to_markdown(timeline)):
        assert line in text
        assert "at most 1 within 24 months; by Manual of the house, 7.2" in text
    assert "账龄重置" in to_text(timeline, "zh")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[version.re_ageing.ordinary]", "ordinary: expected at least one condition, found none"),
        ("[version.re_ageing.workout]\npayments = 3", "ordinary: expected at least one condition"),
        (OWN.replace("months = 24", "months = 0"), "limits 1, months: expected from 1 to 1,200"),
        (OWN.replace("payments = 6", "payments = -1"), "payments: expected from 0 to 1,200"),
        (OWN.replace("payments = 6", 'payments = "6"'), "payments: expected a whole number"),
        (OWN.replace("payments", "payment"), "found 'payment'. Hint: Did you mean 'payments'"),
        (OWN.replace("able_to_perform", "able"), "finding: expected one of .*found 'able'"),
        (OWN.replace('"manual"', '"manal"'), "Did you mean 'manual'"),
        (OWN.replace("ordinary", "ordinry"), "re_ageing"),
    ],
)
def test_a_slip_of_the_pen_is_refused_where_it_stands(text, message):
    with pytest.raises(dq.PolicyError, match=message):
        loaded(text)


def test_counting_that_carries_an_age_is_refused():
    head = HEAD.replace(
        'first_day = "day_after_due_date"',
        'first_day = "day_after_due_date"\nschedule_change = "continue"',
    )
    with pytest.raises(dq.PolicyError, match="schedule_change: expected FOLLOW_NEW"):
        rulebook.loads(head + OWN)


def test_a_rule_by_hand_is_the_one_of_the_file():
    rule = loaded().re_ageing
    assert rule is not None
    assert ReAgeingRule(ordinary=rule.ordinary) == rule
