"""The oracle itself: answers worked out by hand, and proof that it is independent."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

import delinquency as dq
from tests.oracle.day_by_day import oracle_assess
from tests.strategies_internal import CNY, policy_of


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    return dq.Account(
        account_id="A-1",
        originated_on=facts.pop("originated_on", date(2023, 9, 16)),
        schedule=dq.Schedule(CNY, rows),
        **facts,
    )


ORACLE = (
    "accruing",
    "charging_late",
    "day_by_day",
    "debts",
    "deciding",
    "disputing",
    "late_fees_by_hand",
    "owing",
    "pouring",
)


@pytest.mark.parametrize("module", ORACLE)
def test_the_oracle_imports_nothing_of_the_library(module):
    path = Path(__file__).with_name(f"{module}.py")
    imported = [
        name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in [getattr(node, "module", None), *(alias.name for alias in node.names)]
        if name
    ]
    assert imported
    assert not [name for name in imported if "delinquency" in name]


def test_due_16_october_grace_3_suspended_6_to_25_october_is_18_days_on_15_november():
    account = account_of(
        dq.Instalment(date(2023, 10, 16), 100),
        events=[dq.CountingSuspension(date(2023, 10, 6), date(2023, 10, 25))],
    )
    answer = oracle_assess(
        account,
        as_of=date(2023, 11, 15),
        policy=policy_of(dq.Counting(grace_days=3, grace_kind=dq.GraceKind.DEDUCTED)),
    )
    assert (answer.days_past_due, answer.delinquent_days) == (30, 18)


def test_a_part_payment_settles_interest_before_principal():
    account = account_of(
        dq.Instalment(date(2023, 10, 16), 100, 10),
        dq.Instalment(date(2023, 11, 16), 100, 9),
        payments=[dq.Payment(date(2023, 10, 20), Decimal("30.00"))],
    )
    answer = oracle_assess(account, as_of=date(2023, 11, 1), policy=policy_of())
    assert answer.open_amounts == {
        (1, "principal"): 80,
        (2, "principal"): 100,
        (2, "interest"): 9,
    }
    assert (answer.arrears, answer.exposure, answer.unallocated) == (80, 180, 0)
    assert (answer.days_past_due, answer.bucket_code) == (16, "4-30")
    assert answer.next_payment == (date(2023, 10, 16), Fraction(80))


def test_an_age_is_carried_over_a_change_until_as_much_was_paid():
    change = date(2023, 11, 1)
    rows = (
        dq.Instalment(date(2023, 10, 16), 100, in_force_until=change),
        dq.Instalment(date(2023, 11, 16), 120, in_force_from=change),
    )
    policy = policy_of(dq.Counting(schedule_change=dq.ScheduleChangeRule.CONTINUE))
    for paid, expected in ((99, 25), (100, 0)):
        account = account_of(*rows, payments=[dq.Payment(change, paid)])
        answer = oracle_assess(account, as_of=date(2023, 11, 10), policy=policy)
        assert answer.days_past_due == expected
    frozen = policy_of(dq.Counting(schedule_change=dq.ScheduleChangeRule.FREEZE))
    answer = oracle_assess(account_of(*rows), as_of=date(2023, 12, 31), policy=frozen)
    assert answer.days_past_due == 45
    answer = oracle_assess(account_of(*rows), as_of=date(2023, 11, 17), policy=frozen)
    assert (answer.days_past_due, answer.oldest_due_date) == (15, date(2023, 11, 16))


def test_a_settlement_writes_principal_off_waives_interest_and_is_recovered_later():
    account = account_of(
        dq.Instalment(date(2023, 10, 16), 100, 10),
        events=[dq.Closure(date(2023, 10, 20))],
        payments=[
            dq.Payment(date(2023, 10, 20), 4),
            dq.Payment(date(2023, 11, 1), 30, dq.PaymentKind.RECOVERY),
        ],
    )
    answer = oracle_assess(account, as_of=date(2023, 11, 1), policy=policy_of())
    assert answer.open_amounts == {}
    assert (answer.waived, answer.written_off, answer.unallocated) == (6, 70, 0)
    assert answer.moves[date(2023, 11, 1), "recovered", 1, "principal"] == 30


def test_an_acceleration_takes_fourteen_of_twenty_eight_days_of_interest():
    account = account_of(
        dq.Instalment(date(2025, 1, 31), 100),
        dq.Instalment(date(2025, 2, 28), 100, 28),
        originated_on=date(2025, 1, 1),
        events=[dq.Acceleration(date(2025, 2, 14))],
    )
    answer = oracle_assess(account, as_of=date(2025, 2, 14), policy=policy_of())
    assert answer.open_amounts == {
        (1, "principal"): 100,
        ("accelerated-1", "principal"): 100,
        ("accelerated-1", "interest"): 14,
    }
    assert answer.moves[date(2025, 2, 14), "superseded", 2, "interest"] == 28


def test_from_the_switch_on_principal_comes_first():
    after = dq.AllocationOrder.oldest_first("principal", "interest", "fees", "penalty")
    policy = policy_of(allocation_by_age=[dq.AgeSwitch(2, after)])
    for paid_on, left in ((date(2023, 10, 17), "principal"), (date(2023, 10, 18), "interest")):
        account = account_of(
            dq.Instalment(date(2023, 10, 16), 10, 10), payments=[dq.Payment(paid_on, 10)]
        )
        answer = oracle_assess(account, as_of=paid_on, policy=policy)
        assert answer.open_amounts == {(1, left): 10}


def test_a_share_of_what_comes_early_goes_to_each_instalment_and_the_odd_cent_to_the_first():
    order = dq.AllocationOrder.oldest_first(
        "interest", "principal", "fees", "penalty", excess=dq.Excess.REAMORTISE
    )
    account = account_of(
        *(dq.Instalment(date(2023, month, 16), 100) for month in (10, 11, 12)),
        payments=[dq.Payment(date(2023, 9, 20), Decimal("150.01"))],
    )
    answer = oracle_assess(account, as_of=date(2023, 9, 20), policy=policy_of(allocation=order))
    assert answer.open_amounts == {
        (1, "principal"): Fraction("49.99"),
        (2, "principal"): 50,
        (3, "principal"): 50,
    }
