"""Money among debts: what waits for one, by which order it settles, and what is told of it."""

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
    PENALTY_LAST,
    F,
    N,
    P,
    account,
    days,
    told,
)

import delinquency as dq
from delinquency.ledger import EntryKind

LAST = policy_of(allocation=PENALTY_LAST)
HOLDING = policy_of(allocation=dq.AllocationOrder.oldest_first(INT, P, F, N, excess=dq.Excess.HOLD))
CENT = Decimal("0.01")


def replay(late: dq.Account, as_of, policy: dq.Policy = LAST) -> dq.Ledger:
    return dq.replay(late, as_of=as_of, policy=policy)


class TestHeldMoney:
    def test_a_decision_between_due_dates_leaves_money_that_waits(self) -> None:
        held = account(dq.Payment(JAN, 1100), events=[dq.Waiver(JAN + days(5), F, 1)])
        ledger = replay(held, JAN + days(5), HOLDING)
        assert (ledger.unallocated, ledger.open_amount()) == (50, 2100)

    def test_money_that_waits_settles_a_row_on_its_due_date_whatever_its_age_says(self) -> None:
        switch = dq.AgeSwitch(at_least=1, order=dq.AllocationOrder.oldest_first(P, INT, F, N))
        rule = attrs.evolve(HOLDING, allocation_by_age=[switch])
        held = account(dq.Payment(JAN, 1080))
        ledger = replay(held, FEB, rule)
        assert told(ledger, EntryKind.SETTLED)[2:] == [(FEB, 30)]
        assert (ledger.open_amount(INT), ledger.open_amount(P)) == (70, 2000)

    def test_money_beyond_everything_adds_up(self) -> None:
        """A charge beside the schedule takes the account through every day; all of it is settled."""
        charge = dq.Charge("c", F, 5, JAN)
        paid = account(
            dq.Payment(JAN, 1100), dq.Payment(JAN + days(1), 40), rows=1, charges=[charge]
        )
        assert replay(paid, JAN + days(1)).unallocated == 45 + 40
        fees_first = dq.AllocationOrder.oldest_first(
            F, INT, P, N, grain=dq.AllocationGrain.COMPONENT_FIRST
        )
        alone = account(dq.Payment(JAN, 1100), dq.Payment(JAN + days(1), 40), rows=1)
        assert replay(alone, JAN + days(1), policy_of(allocation=fees_first)).unallocated == 90

    def test_money_that_waited_settles_on_the_day_of_what_it_settles(self) -> None:
        held = account(dq.Payment(JAN - days(5), 1020), rows=1)
        assert told(replay(held, MAR, HOLDING), EntryKind.SETTLED) == [(JAN, 50), (JAN, 970)]

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
    @pytest.mark.parametrize(("tolerance", "first"), [(10, INT), (7, P)])
    def test_an_account_within_its_tolerance_has_no_age(self, tolerance, first) -> None:
        """8.00 are 31 days late on the day on which February falls due, and February is not late yet."""
        counting = dq.Counting(tolerance=tolerance, tolerance_scope=dq.ToleranceScope.ACCOUNT)
        switch = dq.AgeSwitch(at_least=30, order=dq.AllocationOrder.oldest_first(P, INT, F, N))
        rule = policy_of(counting, PENALTY_LAST, allocation_by_age=[switch])
        paid = account(dq.Payment(JAN, 1042), dq.Payment(FEB, 18))
        ledger = replay(paid, FEB, rule)
        assert (
            told(ledger, EntryKind.SETTLED, P)[1:]
            == [(FEB, 8), (FEB, 10)][: 1 if first is INT else 2]
        )

    def test_an_account_with_nothing_late_has_no_age(self) -> None:
        switch = dq.AgeSwitch(at_least=1, order=dq.AllocationOrder.oldest_first(P, INT, F, N))
        rule = policy_of(allocation=PENALTY_LAST, allocation_by_age=[switch])
        for after, first in ((-5, INT), (0, INT), (1, P)):
            paid = account(dq.Payment(JAN + days(after), 10), rows=1)
            (entry,) = [e for e in replay(paid, MAR, rule).entries if e.kind is EntryKind.SETTLED]
            assert entry.component is first

    def test_a_row_that_enters_late_has_its_age_on_the_day_on_which_it_enters(self) -> None:
        change = JAN + days(10)
        rows = [
            dq.Instalment(JAN, 1000, 50, in_force_until=change),
            dq.Instalment(JAN, 900, 45, in_force_from=change),
        ]
        switch = dq.AgeSwitch(at_least=10, order=dq.AllocationOrder.oldest_first(P, INT, F, N))
        rule = policy_of(allocation=PENALTY_LAST, allocation_by_age=[switch])
        paid = account(dq.Payment(change, 10), rows=rows)
        assert told(replay(paid, change, rule), EntryKind.SETTLED, P) == [(change, 10)]

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


class TestKnowledge:
    def test_a_charge_back_of_the_day_is_unknown_until_it_is_recorded(self) -> None:
        back = dq.ChargeBack(charge_back_id="b", value_date=JAN, fees=9, recorded_on=JAN + days(1))
        for known_on, owed in ((JAN, 0), (JAN + days(1), 9)):
            ledger = dq.replay(account(events=[back]), as_of=JAN, policy=LAST, known_on=known_on)
            assert ledger.open_amount(F) == owed

    def test_payments_of_one_day_are_one_sum_and_those_reversed_are_none(self) -> None:
        paid = account(
            dq.Payment(JAN, 1),
            dq.Payment(FEB, 20),
            dq.Payment(FEB, 300),
            dq.Payment(FEB, 4000, reversed_on=MAR),
        )
        ledger = replay(paid, MAR)
        assert [minor for _, minor in ledger.money_rows] == [100, 32000]
        assert ledger.paid == 321
