"""The breakdown of what is owed, and what one payment settled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import policy_of

import delinquency as dq
from delinquency.ledger import Standing
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)

CNY = dq.Currency.of("CNY")
TERMS = PenaltyTerms(
    rate=FixedPenaltyRate(dq.Rate.per_day("0.001")),
    base=PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=Compounding.UNPAID_INTEREST,
    day_count=dq.DayCount.ACT_360,
    posting=Posting.ON_DEMAND,
    grain=RoundingGrain.INSTALMENT,
)
P, INT, F, N = dq.Component
JAN, FEB, MAR = (date(2025, month, 20) for month in (1, 2, 3))
BEGIN = date(2024, 12, 20)


def days(number: int) -> timedelta:
    return timedelta(days=number)


def account(*payments: dq.Payment, **facts) -> dq.Account:
    rows = [dq.Instalment(due, 100, 31 if due == JAN else 28) for due in (JAN, FEB, MAR)]
    return dq.Account(
        account_id="A-1",
        originated_on=BEGIN,
        schedule=dq.Schedule(CNY, rows),
        payments=payments,
        **facts,
    )


def owed(
    as_of: date, *payments: dq.Payment, policy: dq.Policy | None = None, **facts
) -> dq.Breakdown:
    return dq.breakdown(account(*payments, **facts), as_of=as_of, policy=policy or policy_of())


@pytest.mark.parametrize(
    ("as_of", "past_due", "due", "accrued"),
    [
        (BEGIN, 0, 0, 0),
        (JAN - days(1), 0, 0, 30),
        (JAN, 0, 131, 0),
        (JAN + days(1), 131, 0, Decimal("0.90")),
        (FEB, 131, 128, 0),
        (MAR, 259, 128, 0),
        (MAR + days(1), 387, 0, 0),
    ],
)
def test_a_debt_is_past_due_from_the_day_after_and_interest_is_earned_by_days(
    as_of, past_due, due, accrued
):
    found = owed(as_of)
    assert (found.past_due.total, found.due.total, found.accrued_interest) == (
        past_due,
        due,
        accrued,
    )
    assert found.arrears == found.past_due.total
    assert found.payoff == past_due + due + found.not_due.principal + accrued


def test_the_payoff_settles_the_account_and_a_cent_less_does_not():
    as_of = JAN + days(10)
    balance = policy_of(
        allocation=dq.AllocationOrder.oldest_first(F, N, INT, P, excess=dq.Excess.TO_BALANCE)
    )
    due = owed(as_of, policy=balance)
    assert due.payoff == 131 + 200 + Decimal("9.03")
    paid = owed(as_of, dq.Payment(as_of, due.payoff - due.accrued_interest), policy=balance)
    assert (paid.past_due.total, paid.not_due.principal) == (0, 0)
    assert paid.payoff == paid.accrued_interest


def test_interest_paid_in_advance_is_not_owed_again():
    """20.00 were paid; 14 of 31 days have earned 12.65 of 28.00."""
    ahead = owed(JAN + days(14), dq.Payment(JAN, 131 + 20))
    assert (ahead.accrued_interest, ahead.unearned_interest) == (0, Decimal("7.35"))
    assert ahead.payoff == 200 - Decimal("7.35")


def test_money_that_is_held_lowers_the_payoff_and_too_much_makes_it_negative():
    hold = policy_of(
        allocation=dq.AllocationOrder.oldest_first(F, N, INT, P, excess=dq.Excess.HOLD)
    )
    found = owed(JAN, dq.Payment(JAN, 500), policy=hold)
    assert (found.unallocated, found.payoff) == (369, 200 - 369)


def test_a_charge_is_owed_from_the_day_on_which_it_was_charged():
    charge = dq.Charge("c", F, 15, FEB, charged_on=JAN)
    for as_of, ahead in ((JAN - days(1), 0), (JAN, 15), (FEB, 0)):
        assert owed(as_of, charges=[charge]).charged_ahead == ahead
    assert owed(FEB, charges=[charge]).due.fees == 15


def test_what_was_written_off_is_claimed_and_is_no_part_of_the_payoff():
    """131 and 128 have fallen due; of the last row 100, since none of its interest is earned yet."""
    gone = owed(FEB, events=[dq.WriteOff(FEB)])
    assert (gone.payoff, gone.written_off) == (0, 359)
    assert gone.ledger.standing is Standing.WRITTEN_OFF
    text = gone.explanation.to_text()
    assert "written off and still claimed: 359.00 CNY" in text


def test_what_is_owed_by_component_is_the_payoff_and_the_money_that_settled_nothing():
    """20.00 settle interest of the first instalment; 10 of 31 days have earned 9.03 of 28.00."""
    charges = [
        dq.Charge("C-1", F, 5, JAN + days(2)),
        dq.Charge("C-2", N, 7, FEB, charged_on=JAN + days(5)),
    ]
    order = policy_of(allocation=dq.AllocationOrder.oldest_first(F, N, INT, P))
    paid = dq.Payment(JAN + days(3), 20)
    found = owed(JAN + days(10), paid, policy=order, charges=charges)
    assert found.owed == dq.OwedParts(300, Decimal("20.03"), 5, 7)
    assert found.owed.total == found.payoff + found.unallocated


def test_what_was_waived_is_told_by_component():
    charges = [dq.Charge("C-1", F, 5, JAN), dq.Charge("C-2", N, 7, JAN)]
    events = [
        dq.Waiver(JAN + days(1), F),
        dq.Waiver(JAN + days(1), INT, 30),
        dq.Waiver(JAN + days(9), N, reversed_on=JAN + days(10)),
        dq.WriteOff(JAN + days(9), P, 10),
    ]
    waived = [owed(JAN + days(day), charges=charges, events=events).waived for day in (0, 8, 9, 10)]
    assert waived == [
        dq.OwedParts(0, 0, 0, 0),
        dq.OwedParts(0, 30, 5, 0),
        dq.OwedParts(0, 30, 5, 7),
        dq.OwedParts(0, 30, 5, 0),
    ]


@pytest.mark.parametrize(("as_of", "is_off"), [(JAN + days(9), False), (JAN + days(10), True)])
def test_interest_is_shown_off_balance_from_an_age_on(as_of, is_off):
    found = owed(as_of, policy=attrs.evolve(policy_of(), off_balance_from=10))
    assert found.is_off_balance is is_off
    assert found.off_balance == (31 + found.accrued_interest if is_off else 0)
    assert found.on_balance + found.off_balance == found.payoff


def test_an_event_shows_an_account_off_balance_for_a_time():
    event = dq.OffBalance(JAN, FEB)
    for as_of, is_off in ((JAN - days(1), False), (JAN, True), (FEB - days(1), True), (FEB, False)):
        assert owed(as_of, events=[event]).is_off_balance is is_off
    recorded = attrs.evolve(event, recorded_on=FEB)
    later = dq.breakdown(
        account(events=[recorded]), as_of=JAN, policy=policy_of(), known_on=FEB - days(1)
    )
    assert not later.is_off_balance


def test_a_breakdown_is_told_in_both_languages():
    found = owed(JAN + days(14), dq.Payment(JAN + days(2), 50))
    assert str(found).splitlines()[0] == "Owed by account A-1 on 2025-02-03: 293.65 CNY."
    assert (
        found.explanation.to_text(lang="zh").splitlines()[0]
        == "账户 A-1 于 2025-02-03 应还合计：293.65 CNY。"
    )


def test_a_breakdown_without_terms_of_penalty_says_that_none_accrues():
    step = owed(MAR).explanation.find("owed_without_penalty_terms")
    assert step.sentence() == (
        "Policy house has no terms of penalty interest: none accrues here, whatever the contract says."
    )
    assert step.sentence(lang="zh") == "政策 house 没有罚息条款：此处不计罚息，无论合同如何约定。"
    told = owed(MAR, policy=attrs.evolve(policy_of(), penalty=TERMS)).explanation
    assert told.find("owed_without_penalty_terms") is None


def test_what_accrued_is_told_as_penalty_and_as_compound_interest():
    """100.00 of principal and 31.00 of interest for 31 days, then 128.00 more for none, at 0.1 % a day."""
    policy = attrs.evolve(policy_of(), penalty=TERMS)
    answer = dq.penalty_interest(account(), as_of=FEB, policy=policy)
    assert (answer.penalty, answer.compound) == (Decimal("3.10"), Decimal("0.96"))
    assert answer.penalty + answer.compound == answer.accrued
    step = owed(FEB, policy=policy).explanation.find("owed_for_delay")
    assert step.sentence() == (
        "Accrued for the delay in all: 4.06 CNY: on the base of the terms 3.10, on unpaid interest 0.96; "
        "posted of it: 0.00."
    )
    assert (
        step.sentence(lang="zh") == "逾期应计合计 4.06 CNY：罚息 3.10，复利 0.96；其中已入账 0.00。"
    )
    assert owed(JAN, policy=policy).explanation.find("owed_for_delay") is None


def test_what_is_a_debt_already_is_told_as_posted():
    policy = attrs.evolve(
        policy_of(), penalty=TERMS, penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND
    )
    step = owed(FEB, policy=policy).explanation.find("owed_for_delay")
    assert step.inputs["posted"] == step.value == Decimal("4.06")


def test_what_a_waiver_took_is_no_part_of_what_accrued():
    policy = attrs.evolve(policy_of(), penalty=TERMS)
    waiver = dq.PenaltyWaiver(JAN, FEB, dq.Proportion(1, 2))
    answer = dq.penalty_interest(account(events=[waiver]), as_of=FEB, policy=policy)
    step = owed(FEB, policy=policy, events=[waiver]).explanation.find("owed_for_delay")
    told = (step.value, step.inputs["penalty"], step.inputs["compound"])
    assert told == (answer.accrued, answer.penalty, answer.compound)
    assert answer.penalty == Decimal("1.55")


def settled(account: dq.Account, value_date: date, policy: dq.Policy, **more):
    return dq.payment_settlement(account, value_date=value_date, as_of=MAR, policy=policy, **more)


def test_payments_of_one_day_are_one_and_each_kind_is_its_own():
    several = account(
        dq.Payment(FEB, 100),
        dq.Payment(FEB, 50),
        dq.Payment(FEB, 31, kind=dq.PaymentKind.REFUND),
    )
    refund = settled(several, FEB, policy_of(), kind=dq.PaymentKind.REFUND)
    assert [(part.component, part.amount) for part in refund.parts] == [(INT, 31)]
    repaid = settled(several, FEB, policy_of())
    assert (repaid.amount, sum(part.amount for part in repaid.parts)) == (150, 150)
    assert "2 payments taken as one" in repaid.explanation.sentence()


def test_a_kind_with_an_order_of_its_own_says_so():
    own = dq.AllocationOrder.oldest_first(P, INT, F, N)
    policy = attrs.evolve(
        policy_of(), allocation_by_kind=[dq.KindOrder(dq.PaymentKind.GOODWILL, own)]
    )
    given = account(dq.Payment(FEB, 40, kind=dq.PaymentKind.GOODWILL))
    told = settled(given, FEB, policy, kind=dq.PaymentKind.GOODWILL)
    assert [(part.component, part.amount) for part in told.parts] == [(P, 40)]
    assert told.explanation.find("payment_order_by_kind") is not None


def test_a_recovery_says_that_it_settled_what_was_written_off():
    gone = account(
        dq.Payment(FEB + days(1), 140, kind=dq.PaymentKind.RECOVERY), events=[dq.WriteOff(FEB)]
    )
    told = settled(gone, FEB + days(1), policy_of(), kind=dq.PaymentKind.RECOVERY)
    assert [(p.component, p.amount, p.was_written_off) for p in told.parts] == [
        (INT, 31, True),
        (P, 100, True),
        (INT, 9, True),
    ]
    assert "written off before" in str(told)


def test_money_that_settled_nothing_is_told():
    hold = policy_of(
        allocation=dq.AllocationOrder.oldest_first(F, N, INT, P, excess=dq.Excess.HOLD)
    )
    told = settled(account(dq.Payment(JAN, 150)), JAN, hold)
    assert (told.unallocated, told.value_date) == (19, JAN)
    assert told.explanation.find("payment_unallocated").value == 19


def test_steps_that_differ_by_state_are_told_with_their_states():
    steps = [
        *(dq.AllocationStep(dq.DueState.PAST_DUE, part) for part in (P, INT, F, N)),
        *(dq.AllocationStep(dq.DueState.DUE, part) for part in (INT, P, F, N)),
    ]
    told = settled(
        account(dq.Payment(JAN, 10)), JAN, policy_of(allocation=dq.AllocationOrder(steps))
    )
    order = told.explanation.find("payment_order")
    assert "past due principal, past due interest" in order.sentence()
    assert "逾期 本金" in order.sentence(lang="zh")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"value_date": FEB}, "money of the kind repayment that counts on 2025-02-20"),
        ({"kind": dq.PaymentKind.REFUND}, "money of the kind refund"),
        ({"as_of": JAN - days(1)}, "counts on 2025-01-20"),
    ],
)
def test_a_payment_that_does_not_count_is_refused(change, message):
    given = {"value_date": JAN, "as_of": MAR, "policy": policy_of(), **change}
    with pytest.raises(dq.InvalidValueError, match=message):
        dq.payment_settlement(account(dq.Payment(JAN, 10)), **given)


@pytest.mark.parametrize("verb", [dq.breakdown, dq.penalty_interest])
def test_what_is_no_account_date_or_policy_is_refused(verb):
    for bad in (
        {"account": "A-1"},
        {"as_of": datetime(2025, 1, 1)},
        {"as_of": None},
        {"policy": "cn-loan"},
    ):
        given = {"account": account(), "as_of": JAN, "policy": policy_of(), **bad}
        with pytest.raises(dq.InvalidTypeError):
            verb(given.pop("account"), **given)


def test_penalty_without_terms_is_refused_with_a_hint():
    with pytest.raises(dq.PolicyError, match="Give the terms of the contract"):
        dq.penalty_interest(account(), as_of=JAN, policy=policy_of())


def test_an_account_stands_as_its_ledger_says():
    paid = account(dq.Payment(JAN, 387))
    closed = account(dq.Payment(JAN, 50), events=[dq.Closure(JAN)])
    for one, standing in (
        (account(), Standing.ACTIVE),
        (paid, Standing.PAID),
        (closed, Standing.SETTLED),
    ):
        assert dq.replay(one, as_of=MAR, policy=policy_of()).standing is standing
