"""Cases of what a ledger charges and holds in which ledger and oracle once differed, decided; the smallest of each."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs

import delinquency as dq
from delinquency.late_fees import FlatFee, LateFeeTerms
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
    ShareOfBase,
)
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
ON_DEMAND = dq.PenaltyPlace.ON_DEMAND
FEE = LateFeeTerms(name="late", amount=FlatFee(15), currency=CNY)
HALF = (ShareOfBase(dq.Proportion(1, 2)),)


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    first = facts.pop("originated_on", date(2024, 12, 31))
    schedule = dq.Schedule(CNY, rows)
    return dq.Account(account_id="A-1", originated_on=first, schedule=schedule, **facts)


def charging(place: dq.PenaltyPlace, late_fees=(), **more) -> dq.Policy:
    """Penalty of 36 % a year over 360 days: 0.10 a day of 100.00."""
    fields = {
        "rate": FixedPenaltyRate(dq.Rate.per_year("0.36")),
        "base": PenaltyBase.OVERDUE_PRINCIPAL,
        "compounding": Compounding.NONE,
        "day_count": dq.DayCount.ACT_360,
        "posting": Posting.ON_DUE_DATES,
        "grain": RoundingGrain.INSTALMENT,
    }
    reads = {"reads": more.pop("reads")} if "reads" in more else {}
    terms = PenaltyTerms(**{**fields, **more})
    return attrs.evolve(
        policy_of(**reads), penalty=terms, penalty_in_waterfall=place, late_fees=late_fees
    )


def test_accelerated_principal_bears_up_to_its_share():
    account = account_of(Row(JAN, 0, 1), Row(MAR, 100), events=[dq.Acceleration(FEB)])
    policy = charging(dq.PenaltyPlace.OUTSIDE, caps=HALF)
    assert dq.penalty_interest(account, as_of=CHANGE, policy=policy).accrued == Decimal("0.10")


def test_a_row_that_enters_after_its_due_date_bears_up_to_its_share():
    account = account_of(Row(JAN, 1, in_force_until=CHANGE), Row(FEB, 100, in_force_from=CHANGE))
    policy = charging(dq.PenaltyPlace.OUTSIDE, caps=HALF)
    told = dq.penalty_interest(account, as_of=date(2025, 3, 2), policy=policy)
    assert [line.amount for line in told.segments if line.base == 100] == [Decimal("0.10")]


def test_posted_penalty_that_compounds_bears_up_to_its_share():
    account = account_of(Row(JAN, 10_000), Row(FEB, 0, 1))
    place = dq.PenaltyPlace.POSTED
    policy = charging(place, compounding=Compounding.ON_POSTING, caps=HALF)
    told = dq.penalty_interest(account, as_of=date(2025, 3, 2), policy=policy)
    assert [line.amount for line in told.segments if line.base == 280] == [Decimal("0.56")]


def test_money_that_is_held_does_not_move_on_the_day_of_a_waiver():
    """50.00 are held on 1 February, one day late; on the 10th nothing falls due, and nothing is late."""
    hold = dq.AllocationOrder.oldest_first(INT, P, F, N, excess=dq.Excess.HOLD)
    policy = policy_of(allocation_by_age=[dq.AgeSwitch(1, hold)])
    account = account_of(
        Row(JAN, 100),
        Row(MAR, 100),
        payments=[dq.Payment(date(2025, 2, 1), 150)],
        events=[dq.Waiver(date(2025, 2, 10), F)],
    )
    assert dq.replay(account, as_of=FEB, policy=policy).unallocated == 50


def test_a_recovery_that_is_held_does_not_move_on_the_day_of_a_waiver():
    """Ten are held on 10 January, all is written off on the 20th; on the 25th nothing happens."""
    hold = dq.AllocationOrder.oldest_first(INT, P, F, N, excess=dq.Excess.HOLD)
    account = account_of(
        Row(JAN, 100),
        payments=[dq.Payment(date(2025, 1, 10), 10, dq.PaymentKind.RECOVERY)],
        events=[dq.WriteOff(date(2025, 1, 20))],
    )
    waived = attrs.evolve(account, events=[*account.events, dq.Waiver(date(2025, 1, 25), F)])
    left = [
        dq.replay(one, as_of=date(2025, 1, 26), policy=policy_of(allocation=hold)).unallocated
        for one in (account, waived)
    ]
    assert left[0] == left[1]


def test_a_late_fee_of_a_card_stands_with_the_statement_it_names():
    """As a charge that names the statement does: 115.00 settle the older statement and its fee."""
    fee = attrs.evolve(FEE, due_with_instalment=True)
    billed = Row(FEB, 100, in_force_from=date(2025, 1, 5))
    younger = Row(MAR, 100, in_force_from=date(2025, 2, 5))
    account = account_of(
        billed, younger, product=dq.Product.CARD, payments=[dq.Payment(date(2025, 3, 5), 115)]
    )
    ledger = dq.replay(
        account, as_of=date(2025, 3, 5), policy=attrs.evolve(policy_of(), late_fees=[fee])
    )
    assert ledger.open_amount(F) == 0


def test_penalty_posted_on_a_late_fee_is_posted():
    """1,500.00 of a fee bear 1.50 a day, posted before money of the day."""
    fee = attrs.evolve(FEE, amount=FlatFee(1500))
    policy = charging(ON_DEMAND, [fee], base=PenaltyBase.OVERDUE_AMOUNT)
    told = dq.penalty_interest(account_of(Row(JAN, 100)), as_of=date(2025, 2, 3), policy=policy)
    assert (told.posted, told.unposted) == (told.accrued, 0)


def test_penalty_let_off_takes_nothing_from_a_contractual_payment():
    """50.00 of 100.00 are missing: half a payment, however much penalty was waived."""
    day = date(2025, 12, 31)
    account = account_of(Row(JAN, 100), payments=[dq.Payment(JAN, 50)], events=[dq.Waiver(day, N)])
    rate = FixedPenaltyRate(dq.Rate.per_year(4))
    policy = charging(ON_DEMAND, rate=rate, reads=dq.CountName.PAYMENTS_IN_ARREARS)
    assert dq.assess(account, as_of=day, policy=policy).reading == 0


def test_the_running_period_of_a_card_begins_on_the_due_date_before():
    """28 February to 31 March, whichever statement was billed first: 5 of 31 days of 31.00."""
    account = account_of(
        Row(FEB, 100, in_force_from=date(2025, 1, 20)),
        Row(MAR, 100, 31, in_force_from=date(2025, 1, 10)),
        product=dq.Product.CARD,
    )
    owed = dq.breakdown(account, as_of=date(2025, 3, 5), policy=policy_of())
    assert owed.accrued_interest == 5


def test_fees_paid_in_advance_are_not_lost_in_a_payoff():
    fees_first = dq.AllocationOrder.oldest_first(F, INT, P, N)
    account, policy = account_of(Row(JAN, 100, 0, 5)), policy_of(allocation=fees_first)
    day = date(2025, 1, 10)
    early = attrs.evolve(account, payments=[dq.Payment(day, 5)])
    before, after = (dq.breakdown(one, as_of=day, policy=policy).payoff for one in (account, early))
    assert after + 5 == before
