"""The oracle itself: answers worked out by hand, and proof that it is independent."""

from __future__ import annotations

import ast
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import delinquency as dq
from tests.oracle import day_by_day
from tests.oracle.day_by_day import oracle_assess
from tests.strategies_internal import CNY, policy_of


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    return dq.Account(
        account_id="A-1",
        originated_on=facts.pop("originated_on", date(2023, 9, 16)),
        schedule=dq.Schedule(CNY, rows),
        **facts,
    )


def test_the_oracle_imports_nothing_of_the_library():
    tree = ast.parse(Path(day_by_day.__file__).read_text(encoding="utf-8"))
    imported = [
        name
        for node in ast.walk(tree)
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
