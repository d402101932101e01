"""Limits of concessions: what is one, and what a policy makes of it."""

from __future__ import annotations

from typing import Any

import attrs
import pytest
from tests.strategies_internal import policy_of

import delinquency as dq
from delinquency import ConcessionLimits, FrequencyLimit, ReAgeingRule, ScheduleChangeRule

ONCE = ConcessionLimits(limits=[FrequencyLimit(1, 12)])


@pytest.mark.parametrize(("count", "months"), [(1, 1), (1_200, 1_200)])
def test_the_least_and_the_most_of_a_limit(count, months):
    assert str(FrequencyLimit(count, months)) == f"{count} within {months} months"


@pytest.mark.parametrize(("count", "months"), [(0, 12), (1, 0), (-1, 12), (1_201, 12), (1, 1_201)])
def test_a_limit_of_other_numbers_is_refused(count, months):
    with pytest.raises(dq.InvalidValueError, match="frequency limit, .*expected from 1 to 1,200"):
        FrequencyLimit(count, months)


@pytest.mark.parametrize("bad", [True, 1.0, "1", None])
def test_a_limit_counts_in_whole_numbers(bad: Any):
    for numbers in ((bad, 12), (1, bad)):
        with pytest.raises(dq.InvalidTypeError, match="expected an int"):
            FrequencyLimit(*numbers)
    for field in ("months_on_books", "payments"):
        with pytest.raises(dq.InvalidTypeError, match=f"{field}: expected an int"):
            ConcessionLimits(**{field: bad})


@pytest.mark.parametrize("field", ["months_on_books", "payments"])
def test_numbers_of_months_and_payments_are_bounded(field):
    assert getattr(ConcessionLimits(**{field: 1_200}), field) == 1_200
    for bad in (-1, 1_201):
        with pytest.raises(dq.InvalidValueError, match=f"{field}: expected from 0 to 1,200"):
            ConcessionLimits(**{field: bad})


def test_limits_that_ask_nothing_are_refused():
    with pytest.raises(dq.PolicyError, match="concession limits: expected at least one condition"):
        ConcessionLimits()
    assert ConcessionLimits(finding=dq.FindingKind.ABLE_TO_PERFORM).limits == ()


@pytest.mark.parametrize(
    "bad", [{"finding": "able_to_perform"}, {"limits": [1]}, {"limits": FrequencyLimit(1, 2)}]
)
def test_limits_of_other_types_are_refused(bad: Any):
    with pytest.raises(dq.InvalidTypeError, match="concession limits"):
        ConcessionLimits(months_on_books=1, **bad)


def test_a_rule_has_limits():
    with pytest.raises(dq.InvalidTypeError, match="re-ageing, ordinary: expected ConcessionLimits"):
        ReAgeingRule(ordinary=FrequencyLimit(1, 12))  # type: ignore[arg-type]
    with pytest.raises(dq.InvalidTypeError, match="re-ageing, workout"):
        ReAgeingRule(ordinary=ONCE, workout=1)  # type: ignore[arg-type]


def test_a_policy_takes_a_rule_and_must_follow_the_rows_in_force():
    policy = policy_of()
    rule = ReAgeingRule(ordinary=ONCE)
    assert attrs.evolve(policy, re_ageing=rule).re_ageing == rule
    with pytest.raises(dq.InvalidTypeError, match="re_ageing: expected a ReAgeingRule or None"):
        attrs.evolve(policy, re_ageing=ONCE)
    for change in (ScheduleChangeRule.CONTINUE, ScheduleChangeRule.FREEZE):
        counting = attrs.evolve(policy.counting, schedule_change=change)
        with pytest.raises(dq.PolicyError, match="expected FOLLOW_NEW beside limits of re-ageing"):
            attrs.evolve(policy, counting=counting, re_ageing=rule)
