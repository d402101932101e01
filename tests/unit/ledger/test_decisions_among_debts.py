"""Decisions among debts: what is waived, written off, recovered, brought forward or closed by a change."""

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

    def test_a_waiver_in_advance_is_no_interest_paid_in_advance(self) -> None:
        """20.00 of February are waived and 5.00 earned: nothing is owed of it, and nothing given back."""
        waived = dq.Waiver(JAN + days(1), INT, 20)
        called = dq.Acceleration(JAN + days(10), accrued_interest=5)
        late = account(dq.Payment(JAN, 1050), events=[waived, called])
        ledger = replay(late, JAN + days(10))
        assert (ledger.open_amount(INT), ledger.open_amount(P)) == (0, 2000)

    def test_a_tolerance_waives_all_components_of_all_debts(self) -> None:
        rule = attrs.evolve(policy_of(allocation=PENALTY_FIRST), closing_tolerance=100)
        charges = [dq.Charge("f", F, 3, JAN), dq.Charge("n", N, 4, APR, charged_on=JAN)]
        paid = account(dq.Payment(JAN, 1030), rows=1, charges=charges)
        ledger = replay(paid, JAN, rule)
        assert (ledger.waived, ledger.open_amount()) == (27, 0)
        assert ledger.standing is Standing.SETTLED
        assert {day for day, _ in told(ledger, EntryKind.WAIVED)} == {JAN}


class TestClosures:
    def test_a_closure_is_told_on_its_day(self) -> None:
        closed = account(rows=1, events=[dq.Closure(FEB)], charges=[dq.Charge("f", F, 5, JAN)])
        ledger = replay(closed, MAR)
        assert told(ledger, EntryKind.WRITTEN_OFF) == [(FEB, 1000)]
        assert told(ledger, EntryKind.WAIVED) == [(FEB, 50), (FEB, 5)]


class TestWriteOffs:
    def test_parts_written_off_of_one_component_add_up(self) -> None:
        events = [dq.WriteOff(FEB, P, 100), dq.WriteOff(FEB + days(1), P, 50)]
        assert replay(account(rows=1, events=events), MAR).written_off == 150

    def test_each_recovery_is_told_by_what_it_recovered_itself(self) -> None:
        money = [
            dq.Payment(MAR + days(after), amount, kind=dq.PaymentKind.RECOVERY)
            for after, amount in ((0, 50), (1, 30), (2, 20))
        ]
        lost = account(*money, rows=1, events=[dq.WriteOff(FEB)])
        answers = [
            dq.payment_settlement(
                lost,
                value_date=payment.value_date,
                as_of=APR,
                policy=LAST,
                kind=dq.PaymentKind.RECOVERY,
            )
            for payment in money
        ]
        assert [[(part.component, part.amount) for part in answer.parts] for answer in answers] == [
            [(INT, 50)],
            [(P, 30)],
            [(P, 20)],
        ]

    def test_money_recovers_by_the_order_of_the_age_of_the_day(self) -> None:
        """In full and final settlement nothing is late any more, so the usual order holds."""
        switch = dq.AgeSwitch(at_least=1, order=dq.AllocationOrder.oldest_first(P, INT, F, N))
        rule = policy_of(allocation=PENALTY_LAST, allocation_by_age=[switch])
        money = dq.Payment(MAR, 10, kind=dq.PaymentKind.RECOVERY)
        for written_off, first in (((None, None), INT), ((P, 500), P)):
            lost = account(money, rows=1, events=[dq.WriteOff(FEB, *written_off)])
            (entry,) = [e for e in replay(lost, MAR, rule).entries if e.kind is EntryKind.RECOVERED]
            assert (entry.component, entry.amount) == (first, 10)


class TestAccelerations:
    def test_money_after_an_acceleration_settles_the_principal_brought_forward(self) -> None:
        """The first instalment was settled when nothing was open on the place of what is to come."""
        paid = account(
            dq.Payment(JAN, 1050),
            dq.Payment(JAN + days(1), 20),
            dq.Payment(JAN + days(20), 500),
            events=[dq.Acceleration(JAN + days(10), accrued_interest=20)],
        )
        ledger = replay(paid, JAN + days(20))
        assert told(ledger, EntryKind.SETTLED, P)[-1] == (JAN + days(20), 500)
        assert (ledger.open_amount(P), ledger.unallocated) == (1500, 0)

    def test_interest_paid_in_advance_and_not_earned_is_set_against_the_principal(self) -> None:
        called = dq.Acceleration(JAN + days(10), accrued_interest=5)
        paid = account(dq.Payment(JAN, 1060), dq.Payment(JAN + days(1), 20), events=[called])
        ledger = replay(paid, JAN + days(10))
        assert (ledger.open_amount(INT), ledger.open_amount(P)) == (0, 2000 - 25)

    def test_the_period_that_runs_on_the_day_of_a_change_is_that_of_the_new_rows(self) -> None:
        change = JAN + days(10)
        rows = [
            rows_of(1)[0],
            dq.Instalment(FEB, 1000, 50, in_force_until=change),
            dq.Instalment(MAR, 1000, 80, in_force_from=change),
        ]
        called = dq.Acceleration(change, accrued_interest=20)
        ledger = replay(account(dq.Payment(JAN, 1050), rows=rows, events=[called]), change)
        assert (ledger.open_amount(INT), ledger.open_amount(P)) == (20, 1000)

    def test_held_money_settles_interest_that_a_later_acceleration_states(self) -> None:
        called = dq.Acceleration(FEB + days(10), accrued_interest=160)
        paid = account(dq.Payment(FEB, 3250), events=[called])
        ledger = replay(paid, FEB + days(10))
        assert told(ledger, EntryKind.SETTLED, INT)[-1] == (FEB + days(10), 100)
        assert (ledger.open_amount(), ledger.unallocated) == (10, 0)

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


class TestChanges:
    def test_what_a_change_closes_is_told_by_its_components(self) -> None:
        change = JAN + days(10)
        rows = [
            dq.Instalment(JAN, 1000, 50, 7, in_force_until=change),
            dq.Instalment(FEB, 1057, in_force_from=change),
        ]
        ledger = replay(account(rows=rows), change)
        closed = [(e.component, e.amount) for e in ledger.entries if e.kind is EntryKind.SUPERSEDED]
        assert closed == [(P, 1000), (INT, 50), (F, 7)]

    def test_money_shared_among_rows_to_come_is_shared_among_those_that_enter_on_its_day(
        self,
    ) -> None:
        change = JAN + days(10)
        rows = [
            rows_of(1)[0],
            *(dq.Instalment(due, 1000, in_force_from=change) for due in (FEB, MAR)),
        ]
        order = dq.AllocationOrder.oldest_first(INT, P, F, N, excess=dq.Excess.REAMORTISE)
        paid = account(dq.Payment(JAN, 1050), dq.Payment(change, 100), rows=rows)
        ledger = replay(paid, change, policy_of(allocation=order))
        assert [row[0] for row in ledger.open_rows] == [0, 95000, 95000]


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
