"""Decisions and money beside each other: whose turn it is, what waits, what is told of it."""

from __future__ import annotations

from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import policy_of
from tests.unit.ledger.cases import (
    APR,
    FEB,
    INT,
    JAN,
    MAR,
    ORIGINATED,
    PENALTY_FIRST,
    PENALTY_LAST,
    F,
    N,
    P,
    account,
    days,
    rows_of,
    told,
)

import delinquency as dq
from delinquency.ledger import EntryKind, Standing

LAST = policy_of(allocation=PENALTY_LAST)
HOLDING = policy_of(allocation=dq.AllocationOrder.oldest_first(INT, P, F, N, excess=dq.Excess.HOLD))
CENT = Decimal("0.01")


def replay(late: dq.Account, as_of, policy: dq.Policy = LAST) -> dq.Ledger:
    return dq.replay(late, as_of=as_of, policy=policy)


class TestWaivers:
    def test_what_fell_due_first_is_waived_first_not_what_ranks_first(self) -> None:
        """A fee that stands with the first instalment and falls due after the second."""
        fees = [
            dq.Charge("ranks-first", F, 10, FEB + days(5), instalment_no=1),
            dq.Charge("due-first", F, 10, JAN + days(5)),
        ]
        ledger = replay(account(charges=fees, events=[dq.Waiver(MAR, F, 10)]), MAR)
        (waived,) = [entry for entry in ledger.entries if entry.kind is EntryKind.WAIVED]
        assert waived.charge_id == "due-first"

    @pytest.mark.parametrize(("left", "waived"), [(CENT, CENT), (1, 1), (1 + CENT, 0)])
    def test_the_last_cent_is_waived_within_the_tolerance(self, left, waived) -> None:
        rule = attrs.evolve(LAST, closing_tolerance=1)
        paid = account(dq.Payment(FEB, 1050 - left), rows=1)
        assert replay(paid, FEB, rule).waived == waived

    def test_a_tolerance_waives_all_components_of_all_debts(self) -> None:
        rule = attrs.evolve(policy_of(allocation=PENALTY_FIRST), closing_tolerance=100)
        charges = [dq.Charge("f", F, 3, JAN), dq.Charge("n", N, 4, APR, charged_on=JAN)]
        paid = account(dq.Payment(JAN, 1030), rows=1, charges=charges)
        ledger = replay(paid, JAN, rule)
        assert (ledger.waived, ledger.open_amount()) == (27, 0)
        assert ledger.standing is Standing.SETTLED


class TestClosures:
    def test_a_closure_is_told_on_its_day(self) -> None:
        closed = account(rows=1, events=[dq.Closure(FEB)], charges=[dq.Charge("f", F, 5, JAN)])
        ledger = replay(closed, MAR)
        assert told(ledger, EntryKind.WRITTEN_OFF) == [(FEB, 1000)]
        assert told(ledger, EntryKind.WAIVED) == [(FEB, 50), (FEB, 5)]


class TestHeldMoney:
    def test_a_write_off_leaves_nothing_of_what_fell_due_that_day_and_money_waited_for(
        self,
    ) -> None:
        held = account(dq.Payment(JAN - days(5), 1020), rows=1, events=[dq.WriteOff(JAN)])
        ledger = replay(held, JAN, HOLDING)
        assert told(ledger, EntryKind.SETTLED) == [(JAN, 50), (JAN, 970)]
        assert (ledger.written_off, ledger.unallocated) == (30, 0)

    def test_money_beyond_everything_waits_for_interest_that_an_acceleration_states(self) -> None:
        paid = account(
            dq.Payment(JAN, 3250), events=[dq.Acceleration(JAN + days(10), accrued_interest=160)]
        )
        before = replay(paid, JAN + days(9))
        assert (before.open_amount(), before.unallocated) == (0, 100)
        after = replay(paid, JAN + days(10))
        assert (after.open_amount(), after.unallocated) == (0, 40)
        assert told(after, EntryKind.SETTLED, INT)[-1] == (JAN + days(10), 60)

    def test_money_of_earlier_days_settles_before_money_of_the_day_and_is_no_part_of_it(
        self,
    ) -> None:
        waited, came = dq.Payment(JAN - days(5), 40), dq.Payment(JAN, 100)
        asked = {"value_date": JAN, "as_of": JAN, "policy": HOLDING}
        told_of = dq.payment_settlement(account(waited, came, rows=1), **asked)
        assert (told_of.amount, told_of.unallocated) == (100, 0)
        assert [(part.component, part.amount) for part in told_of.parts] == [(INT, 10), (P, 90)]
        with pytest.raises(dq.InvalidValueError, match="money of the kind repayment that counts"):
            dq.payment_settlement(account(waited, rows=1), **asked)


class TestAccelerations:
    def test_money_after_an_acceleration_settles_the_principal_brought_forward(self) -> None:
        """The first instalment was settled when nothing was open on the place of what is to come."""
        paid = account(
            dq.Payment(JAN, 1050),
            dq.Payment(JAN + days(20), 500),
            events=[dq.Acceleration(JAN + days(10), accrued_interest=0)],
        )
        ledger = replay(paid, JAN + days(20))
        assert told(ledger, EntryKind.SETTLED, P)[-1] == (JAN + days(20), 500)
        assert (ledger.open_amount(P), ledger.unallocated) == (1500, 0)

    def test_what_was_paid_in_advance_in_two_parts_is_taken_off_in_all(self) -> None:
        paid = account(
            dq.Payment(JAN, 1060),
            dq.Payment(JAN + days(1), 20),
            events=[dq.Acceleration(JAN + days(10), accrued_interest=45)],
        )
        ledger = replay(paid, JAN + days(10))
        assert (ledger.open_amount(INT), ledger.open_amount(P)) == (15, 2000)

    def test_two_accelerations_are_two_debts(self) -> None:
        """What is brought forward first stands; a new schedule is brought forward by the second."""
        change = FEB + days(1)
        rows = [*rows_of(2), dq.Instalment(APR, 700, 0, in_force_from=change)]
        called = account(
            rows=rows,
            events=[dq.Acceleration(JAN + days(5)), dq.Acceleration(FEB + days(5))],
        )
        ledger = replay(called, MAR)
        names = {e.charge_id: e.amount for e in ledger.entries if e.component is P and e.charge_id}
        assert names == {"accelerated-1": 1000, "accelerated-2": 700}


class TestRecoveries:
    @pytest.mark.parametrize(
        ("grain", "parts"),
        [
            (dq.AllocationGrain.INSTALMENT_FIRST, [(1, INT, 50), (1, P, 1000), (2, INT, 10)]),
            (dq.AllocationGrain.COMPONENT_FIRST, [(1, INT, 50), (2, INT, 50), (1, P, 960)]),
        ],
    )
    def test_money_recovers_in_the_places_in_which_it_would_have_settled(
        self, grain, parts
    ) -> None:
        order = dq.AllocationOrder.oldest_first(INT, P, F, N, grain=grain)
        money = dq.Payment(APR, 1060, kind=dq.PaymentKind.RECOVERY)
        lost = account(money, rows=2, events=[dq.WriteOff(MAR)])
        ledger = replay(lost, APR, policy_of(allocation=order))
        assert parts == [
            (entry.instalment_no, entry.component, entry.amount)
            for entry in ledger.entries
            if entry.kind is EntryKind.RECOVERED
        ]


class TestSpareMoney:
    def test_what_finds_no_principal_adds_up(self) -> None:
        order = dq.AllocationOrder.oldest_first(INT, P, F, N, excess=dq.Excess.TO_BALANCE)
        paid = account(dq.Payment(JAN, 3100), dq.Payment(JAN + days(1), 40))
        assert replay(paid, JAN + days(1), policy_of(allocation=order)).unallocated == 90


class TestNames:
    def test_charge_backs_are_told_by_their_own_ids(self) -> None:
        backs = [
            dq.ChargeBack(charge_back_id=name, value_date=day, fees=1)
            for name, day in (("first", JAN), ("second", FEB), ("third", MAR))
        ]
        ledger = replay(account(rows=1, events=backs), APR)
        assert [e.charge_id for e in ledger.entries if e.component is F] == [
            "first",
            "second",
            "third",
        ]

    def test_a_part_of_a_payment_is_told_by_the_charge_that_it_settled(self) -> None:
        paid = account(dq.Payment(MAR, 1055), rows=1, charges=[dq.Charge("dunning", F, 5, FEB)])
        answer = dq.payment_settlement(paid, value_date=MAR, as_of=MAR, policy=LAST)
        steps = [
            step.inputs for step in answer.explanation.because if step.rule == "payment_settled"
        ]
        assert [(s.get("instalment"), s.get("beside")) for s in steps] == [
            (1, None),
            (1, None),
            (None, "dunning"),
        ]


class TestAges:
    def test_the_order_that_applied_is_told_by_the_age_of_the_day(self) -> None:
        principal_first = dq.AllocationOrder.oldest_first(P, INT, F, N)
        rule = policy_of(
            allocation=PENALTY_LAST,
            allocation_by_age=[dq.AgeSwitch(at_least=30, order=principal_first)],
        )
        for after, told_as in ((29, "payment_order"), (30, "payment_order_by_age")):
            day = JAN + days(after)
            paid = account(dq.Payment(day, 10), rows=1)
            answer = dq.payment_settlement(paid, value_date=day, as_of=day, policy=rule)
            assert answer.explanation.because[0].rule == told_as
            assert answer.parts[0].component is (P if after == 30 else INT)


def test_an_account_stands_for_nothing_before_its_first_day() -> None:
    assert replay(account(), ORIGINATED).open_amount() == 3150
