"""Reasons of debts that something happened to: penalty that accrued on them, a write-off, a closure."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.late_fees import FlatFee, LateFeeTerms
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)

JAN, FEB, MAR = (date(2025, month, 20) for month in (1, 2, 3))
TERMS = PenaltyTerms(
    rate=FixedPenaltyRate(dq.Rate.per_day("0.001")),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.NONE,
    day_count=dq.DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
ON_DEMAND = attrs.evolve(policy_of(), penalty=TERMS, penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND)


def loan(*payments: dq.Payment, **facts) -> dq.Account:
    return dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 20),
        schedule=dq.Schedule(CNY, [dq.Instalment(due, 1000, 50) for due in (JAN, FEB, MAR)]),
        payments=payments,
        **facts,
    )


def oldest(account: dq.Account, as_of: date, policy: dq.Policy) -> dq.Explanation:
    tree = dq.assess(account, as_of=as_of, policy=policy).explanation
    return tree.find("oldest_instalment") or tree.find("oldest_charge")


def test_penalty_on_demand_is_part_of_what_was_charged_and_of_what_is_open():
    step = oldest(loan(), JAN + timedelta(10), ON_DEMAND)
    assert step.sentence() == (
        "The oldest unsettled debt is instalment 1, due on 2025-01-20: 1,060.00 of 1,060.00 CNY is open; "
        "10.00 CNY of the 1,060.00 CNY is penalty that accrued on it."
    )
    assert step.sentence(lang="zh") == (
        "最早未结清的是第 1 期，应还日 2025-01-20：应还 1,060.00 CNY，尚欠 1,060.00（应还 1,060.00 CNY "
        "中含已计罚息 10.00）。"
    )


@pytest.mark.parametrize("paid", [Decimal("0.01"), 10, 500, 1059])
def test_what_is_open_is_what_was_charged_less_what_was_paid(paid):
    day = JAN + timedelta(10)
    step = oldest(loan(dq.Payment(day, paid)), day, ON_DEMAND)
    assert step.inputs["amount"] - paid == step.inputs["open_amount"]


def test_penalty_that_is_not_counted_is_not_told():
    counting = dq.Counting(components=(dq.Component.PRINCIPAL, dq.Component.INTEREST))
    step = oldest(loan(), JAN + timedelta(10), attrs.evolve(ON_DEMAND, counting=counting))
    assert (step.inputs["amount"], step.inputs["open_amount"]) == (1050, 1050)
    assert "penalty" not in step.inputs


def test_what_an_acceleration_brought_forward_is_told_with_its_amount():
    called = loan(dq.Payment(JAN, 1050), events=[dq.Acceleration(JAN)])
    step = oldest(called, FEB, policy_of())
    assert (step.inputs["amount"], step.inputs["open_amount"]) == (2000, 2000)
    assert step.sentence().endswith("2,000.00 of 2,000.00 CNY is open.")


def test_a_late_fee_that_is_penalty_is_a_debt_and_accrued_on_none():
    fee = LateFeeTerms(
        name="late", amount=FlatFee(15), currency=CNY, component=dq.Component.PENALTY
    )
    step = oldest(
        loan(dq.Payment(JAN + timedelta(5), 1050)),
        JAN + timedelta(9),
        attrs.evolve(policy_of(), late_fees=[fee]),
    )
    assert (step.value, step.inputs["amount"], step.inputs["open_amount"]) == ("late-fee-1", 15, 15)
    assert step.sentence().endswith("15.00 of 15.00 CNY is open.")


def ended(as_of: date, *payments: dq.Payment, known_on: date | None = None, **facts):
    answer = dq.assess(loan(*payments, **facts), as_of=as_of, policy=policy_of(), known_on=known_on)
    return answer.explanation


def test_a_written_off_loan_says_why_nothing_is_late():
    tree = ended(MAR, events=[dq.WriteOff(FEB)])
    told = [line.strip() for line in tree.to_text().splitlines()]
    assert told[told.index("Nothing is late and unsettled.") + 1] == (
        "Written off on 2025-02-20: 3,100.00 CNY, of which 0.00 CNY was recovered and 3,100.00 CNY is still "
        "claimed; what was written off is not counted as late."
    )
    assert tree.find("written_off").sentence(lang="zh") == (
        "2025-02-20 核销 3,100.00 CNY，其中已收回 0.00 CNY，仍保留追索 3,100.00 CNY；已核销款项不再计入逾期。"
    )


def test_scheduled_interest_that_is_written_off_before_it_is_due_is_told():
    every = [dq.WriteOff(FEB, part) for part in dq.Component]
    tree = ended(MAR, events=every)
    told = [line.strip() for line in tree.to_text().splitlines()]
    assert told[told.index("Nothing is late and unsettled.") + 1] == (
        "Written off on 2025-02-20: 3,150.00 CNY (50.00 CNY of it scheduled interest not due then), of which "
        "0.00 CNY was recovered and 3,150.00 CNY is still claimed; what was written off is not counted as late."
    )
    assert tree.find("written_off").sentence(lang="zh") == (
        "2025-02-20 核销 3,150.00 CNY（含当时未到期的计划利息 50.00 CNY），其中已收回 0.00 CNY，仍保留追索 3,150.00 CNY；已核销款项不再计入逾期。"
    )


def test_a_part_written_off_is_told_beside_what_is_late():
    part = dq.WriteOff(FEB, dq.Component.INTEREST, 20)
    back = dq.Payment(MAR, 5, kind=dq.PaymentKind.RECOVERY)
    tree = ended(MAR, back, events=[part, attrs.evolve(part, value_date=MAR, amount=1)])
    assert tree.find("days_past_due").value == 59
    step = tree.find("written_off")
    assert (step.value, step.inputs["written_off"], step.inputs["recovered"]) == (16, 21, 5)
    assert step.inputs["days"] == "2025-02-20, 2025-03-20"
    assert "interest_ahead" not in step.inputs


def test_before_a_write_off_and_after_its_reversal_none_is_told():
    off = dq.WriteOff(FEB, reversed_on=MAR)
    assert ended(FEB - timedelta(1), events=[off]).find("written_off") is None
    assert ended(FEB, events=[off]).find("written_off") is not None
    assert ended(MAR, events=[off]).find("written_off") is None


def test_an_account_that_its_lender_closed_says_so():
    late_known = dq.Closure(JAN, recorded_on=MAR)
    tree = ended(MAR, events=[dq.Closure(FEB)])
    assert tree.find("written_off") is None
    assert tree.find("closed").sentence() == (
        "The lender closed the account in settlement on 2025-02-20; what was open then is not counted as late."
    )
    assert tree.find("closed").sentence(lang="zh") == (
        "贷款人于 2025-02-20 了结并关闭账户；当时未还款项不再计入逾期。"
    )
    assert ended(FEB, events=[late_known]).find("closed").value == JAN
    assert ended(FEB, events=[late_known], known_on=FEB).find("closed") is None
