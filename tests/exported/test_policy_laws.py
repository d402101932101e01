"""The laws of a sound policy know what a change of schedule may leave behind."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
from delinquency.testing import check_policy, laws
from tests.exported.searching import found
from tests.strategies_internal import CNY, policy_of

RULE = dq.ScheduleChangeRule
CHANGE = date(2025, 3, 12)
PAID_UP = next(law for law in laws.LAWS if "paid up" in law.statement)


def changed_account() -> dq.Account:
    rows = [
        dq.Instalment(date(2025, 1, 31), 100, in_force_until=CHANGE),
        dq.Instalment(date(2025, 4, 1), 80, in_force_from=CHANGE),
    ]
    return dq.Account(
        account_id="A", originated_on=date(2025, 1, 1), schedule=dq.Schedule(CNY, rows)
    )


@pytest.mark.parametrize("rule", RULE)
def test_the_laws_hold_whatever_a_policy_does_at_a_change_of_schedule(rule: RULE) -> None:
    check_policy(policy_of(dq.Counting(schedule_change=rule)), max_examples=40)


@pytest.mark.parametrize(("rule", "days"), [(RULE.FOLLOW_NEW, 0), (RULE.FREEZE, 39)])
def test_a_frozen_age_outlives_the_debt_and_the_law_says_so(rule: RULE, days: int) -> None:
    policy = policy_of(dq.Counting(schedule_change=rule))
    as_of = date(2025, 6, 30)
    paid = attrs.evolve(changed_account(), payments=[dq.Payment(as_of, 1000)])
    answer = dq.assess(paid, as_of=as_of, policy=policy)
    assert (answer.arrears, answer.days_past_due) == (0, days)
    PAID_UP.check(changed_account(), as_of, policy)
    assert "unless the policy freezes or continues an age" in PAID_UP.statement


def test_the_law_of_the_paid_up_looks_at_changed_schedules_too() -> None:
    drawn = found(PAID_UP.accounts(CNY), lambda account: account.schedule.is_changed)
    assert drawn.schedule.is_changed
