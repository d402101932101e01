"""Cases in which a ledger and an oracle once read a rule differently, decided; the smallest of each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

import delinquency as dq
from tests.oracle.day_by_day import oracle_assess
from tests.strategies_internal import CNY, policy_of

JAN, FEB, MAR, APR = (
    date(2025, 1, 31),
    date(2025, 2, 28),
    date(2025, 3, 31),
    date(2025, 4, 30),
)
CHANGE = date(2025, 3, 1)
Row = dq.Instalment
P, INT, F, N = dq.Component
FEES_FIRST = dq.AllocationOrder.oldest_first("fees", "interest", "principal", "penalty")
IN_PAYMENTS = {"reads": dq.CountName.PAYMENTS_IN_ARREARS}
NEARLY_FULL = dq.Counting(partial_payments=dq.PartialPayments.NEARLY_FULL)


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    first = facts.pop("originated_on", date(2024, 12, 31))
    schedule = dq.Schedule(CNY, rows)
    return dq.Account(account_id="A-1", originated_on=first, schedule=schedule, **facts)


def compared(account: dq.Account, as_of: date, policy: dq.Policy) -> tuple[object, object]:
    found = dq.assess(account, as_of=as_of, policy=policy)
    moves: dict = {}
    for entry in found.ledger.entries:
        name = entry.instalment_no or entry.charge_id
        key = (entry.value_date, entry.kind.value, name, entry.component.value)
        moves[key] = moves.get(key, 0) + Fraction(entry.amount)
    lived = oracle_assess(account, as_of=as_of, policy=policy)
    return (found.reading, moves), (lived.reading, lived.moves)


def mixed() -> dq.Policy:
    """Principal in advance before what is past due; interest in advance after it."""
    past, due, ahead = dq.DueState
    steps = [
        dq.AllocationStep(ahead, P),
        *(dq.AllocationStep(state, part) for state in (past, due) for part in dq.Component),
        *(dq.AllocationStep(ahead, part) for part in (INT, F, N)),
    ]
    grain = dq.AllocationGrain.INSTALMENT_FIRST
    return policy_of(allocation=dq.AllocationOrder(steps, grain, dq.Excess.REAMORTISE))


def shared_by_component() -> dq.Policy:
    order = dq.AllocationOrder.oldest_first(
        "interest",
        "principal",
        "fees",
        "penalty",
        grain=dq.AllocationGrain.COMPONENT_FIRST,
        excess=dq.Excess.REAMORTISE,
    )
    return policy_of(allocation=order)


def refunds_held() -> dq.Policy:
    order = dq.AllocationOrder.oldest_first(
        "interest", "principal", "fees", "penalty", excess=dq.Excess.HOLD
    )
    return policy_of(allocation_by_kind=[dq.KindOrder(dq.PaymentKind.REFUND, order)])


REFUND = dq.Payment(JAN, 110, dq.PaymentKind.REFUND)
CASES = {
    "the first period of a schedule that was replaced in full begins with it": (
        account_of(
            Row(JAN, 100, 31, in_force_until=CHANGE),
            Row(FEB, 100, 28, in_force_until=CHANGE),
            Row(MAR, 200, 30, in_force_from=CHANGE),
            events=[dq.Acceleration(date(2025, 3, 16))],
        ),
        date(2025, 3, 16),
        policy_of(),
    ),
    "a row that is not yet in force begins no period": (
        account_of(
            Row(JAN, 100),
            Row(date(2025, 2, 10), 50, in_force_from=CHANGE),
            Row(FEB, 100, 28),
            events=[dq.Acceleration(date(2025, 2, 14))],
        ),
        date(2025, 2, 14),
        policy_of(),
    ),
    "a charge of a card stands with the statement that it names": (
        account_of(
            Row(JAN, 100, in_force_from=date(2025, 1, 5)),
            product=dq.Product.CARD,
            charges=[dq.Charge("c", F, 10, JAN, 1, charged_on=date(2025, 1, 5))],
            payments=[dq.Payment(date(2025, 1, 10), 5)],
        ),
        MAR,
        policy_of(allocation=FEES_FIRST),
    ),
    "a recovery settles a charge in the place in which it stood": (
        account_of(
            Row(JAN, 100),
            charges=[dq.Charge("c", F, 10, JAN, 1)],
            events=[dq.WriteOff(FEB)],
            payments=[dq.Payment(MAR, 5, dq.PaymentKind.RECOVERY)],
        ),
        MAR,
        policy_of(allocation=FEES_FIRST),
    ),
    "sharing out waits for its step": (
        account_of(Row(JAN, 10), Row(MAR, 0, 10), payments=[dq.Payment(FEB, 5)]),
        FEB,
        mixed(),
    ),
    "component first shares out one component before the next": (
        account_of(Row(FEB, 100, 1), Row(MAR, 100, 5), payments=[dq.Payment(JAN, 6)]),
        JAN,
        shared_by_component(),
    ),
    "held money waits for a debt, not for a waiver": (
        account_of(Row(JAN, 100), Row(APR, 100, 5), payments=[REFUND], events=[dq.Waiver(FEB, F)]),
        MAR,
        refunds_held(),
    ),
    "a settled account has no payment in arrears": (
        account_of(Row(JAN, 100), events=[dq.Closure(FEB)]),
        MAR,
        policy_of(NEARLY_FULL, **IN_PAYMENTS),
    ),
    "what was written off is no payment to walk back over": (
        account_of(Row(JAN, 100), Row(FEB, 0, 150), events=[dq.WriteOff(FEB, INT)]),
        MAR,
        policy_of(**IN_PAYMENTS),
    ),
    "an acceleration forgets no payment": (
        account_of(
            Row(JAN, 100),
            Row(FEB, 100),
            payments=[dq.Payment(JAN, 100)],
            events=[dq.Acceleration(date(2025, 2, 10))],
        ),
        date(2025, 2, 10),
        policy_of(NEARLY_FULL, **IN_PAYMENTS),
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_ledger_and_oracle_agree(case):
    found, lived = compared(*case)
    assert found == lived


def test_a_late_charge_back_has_a_name():
    back = dq.ChargeBack(charge_back_id="CB-1", value_date=FEB, principal=5)
    account = account_of(Row(JAN, 100), payments=[dq.Payment(JAN, 100)], events=[back])
    ages = dq.instalment_ages(account, as_of=MAR, policy=policy_of())
    assert [late.charge_id for late in ages] == ["CB-1"]


def test_interest_paid_in_advance_is_not_lost_at_an_acceleration():
    """240 of 330 paid by 31 January; on 14 February 315 are earned, so 75 are owed, not 90."""
    account = account_of(
        *(Row(day, 100, 10) for day in (JAN, FEB, MAR)),
        payments=[dq.Payment(JAN, 240)],
        events=[dq.Acceleration(date(2025, 2, 14))],
    )
    ledger = dq.replay(account, as_of=date(2025, 2, 14), policy=policy_of())
    assert ledger.open_amount() == 75


@pytest.mark.parametrize("event", [dq.Closure(MAR), dq.WriteOff(MAR)])
def test_an_age_carried_over_a_change_ends_where_nothing_is_owed(event):
    rows = (Row(JAN, 100, in_force_until=FEB), Row(APR, 120, in_force_from=FEB))
    policy = policy_of(dq.Counting(schedule_change=dq.ScheduleChangeRule.CONTINUE))
    account = account_of(*rows, events=[event])
    assert dq.days_past_due(account, as_of=date(2025, 6, 30), policy=policy) == 0
