"""What terms of penalty ask of the facts of an account: contract rates, misuse, the day of the contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from tests.unit.ledger.cases import (
    APR,
    FEB,
    INT,
    JAN,
    MAR,
    ORIGINATED,
    PENALTY_LAST,
    F,
    N,
    account,
    days,
    penalising,
    rows_of,
    terms,
    told,
)

import delinquency as dq
from delinquency.ledger import EntryKind
from delinquency.penalty import (
    AnnualCap,
    Compounding,
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyBase,
    Posting,
    ReferenceMultiple,
    ShareOfBase,
)

OUTSIDE, ON_DEMAND, POSTED = (
    dq.PenaltyPlace.OUTSIDE,
    dq.PenaltyPlace.ON_DEMAND,
    dq.PenaltyPlace.POSTED,
)
PERCENT_A_DAY = FixedPenaltyRate(dq.Rate.per_day("0.01"))
WHOLE_BASE = ShareOfBase(dq.Proportion(1, 1))


def penalty(late: dq.Account, as_of: date, policy: dq.Policy) -> Decimal:
    return dq.penalty_interest(late, as_of=as_of, policy=policy).accrued


class TestRates:
    CONTRACT = (
        dq.DatedRate(ORIGINATED, dq.Rate.per_year("0.24")),
        dq.DatedRate(JAN + days(5), dq.Rate.per_year("0.12")),
    )

    def test_a_multiple_of_the_contract_rate_follows_the_rates_of_the_contract(self):
        """1.5 × 24 % for 5 days and 1.5 × 12 % for 5, over 360 days: 5.00 and 2.50."""
        rule = penalising(OUTSIDE, terms(rate=ContractMultiple("1.5")))
        late = account(rows=1, contract_rates=self.CONTRACT)
        assert penalty(late, JAN + days(10), rule) == Decimal("7.50")

    def test_money_not_used_as_agreed_bears_the_factor_of_misuse_once_it_is_known(self):
        """2 × 24 % on 4 days of misuse, 1.5 × 24 % on the first: 1.00 and 5.33."""
        rule = penalising(OUTSIDE, terms(rate=ContractMultiple("1.5", misuse_factor="2")))
        misuse = dq.FundsMisuse(JAN + days(1), JAN + days(5), recorded_on=FEB)
        late = account(rows=1, contract_rates=self.CONTRACT[:1], events=[misuse])
        for known_on, owed in ((None, "6.33"), (FEB, "6.33"), (FEB - days(1), "5.00")):
            answer = dq.replay(
                late,
                as_of=JAN + days(5),
                policy=attrs.evolve(rule, penalty_in_waterfall=ON_DEMAND),
                known_on=known_on,
            )
            assert answer.open_amount(N) == Decimal(owed)

    def test_a_cap_of_a_multiple_of_a_published_rate_looks_at_the_day_of_the_loan(self):
        """Four times 5 % of 20 December, not of January: 20 % on 1,000.00 for 41 days, less 20.00."""
        reference = dq.ReferenceRates(
            name="LPR",
            rates=[
                (date(2024, 12, 20), dq.Rate.per_year("0.05")),
                (date(2025, 1, 20), dq.Rate.per_year("0.01")),
            ],
            covered_until=date(2025, 12, 31),
        )
        cap = AnnualCap(ReferenceMultiple(reference, 4), dq.DayCount.ACT_360)
        late = account(rows=[dq.Instalment(JAN, 1000, 20)])
        capped = penalising(OUTSIDE, terms(caps=(cap,)))
        assert penalty(late, JAN + days(10), capped) == Decimal("2.77")


class TestRoom:
    CAP = AnnualCap(dq.Rate.per_year("0.24"), dq.DayCount.ACT_360)
    RULE = penalising(OUTSIDE, terms(base=PenaltyBase.OUTSTANDING_PRINCIPAL, caps=(CAP,)))

    def test_fees_of_an_instalment_to_come_take_of_no_room_yet(self):
        rows = [rows_of(1)[0], dq.Instalment(FEB, 1000, 50, 9), rows_of(3)[2]]
        assert penalty(account(rows=rows), JAN + days(10), self.RULE) == Decimal("15.87")

    def test_a_charge_of_penalty_takes_of_the_room_as_one_of_fees_does(self):
        for component in (F, N):
            charge = dq.Charge("c", component, 2, JAN)
            charged = account(charges=[charge])
            assert penalty(charged, JAN + days(10), self.RULE) == Decimal("13.87")

    def test_interest_of_a_row_that_enters_on_its_due_date_is_accrued_on_it(self):
        change = JAN + days(10)
        rows = [
            dq.Instalment(JAN, 1000, 5),
            dq.Instalment(change, 2000, 20, in_force_from=change),
        ]
        # By 30 January there is room for 27.33, which 1,000.00 bore over 41 days, less 25.00.
        assert penalty(account(rows=rows), change, self.RULE) == Decimal("2.33")


class TestSharesOfDebtsThatTheLedgerMakes:
    """0.10, 0.05 and 0.03 brought forward bear 1 % a day: 0.18 is reached after a hundred days."""

    ROW = dq.Instalment(APR, Decimal("0.10"), Decimal("0.05"), Decimal("0.03"))

    def rule(self, place: dq.PenaltyPlace = OUTSIDE) -> dq.Policy:
        bearing = terms(base=PenaltyBase.OVERDUE_AMOUNT, rate=PERCENT_A_DAY, caps=(WHOLE_BASE,))
        return penalising(place, bearing, allocation=PENALTY_LAST)

    def called(self, on: date, *payments: dq.Payment) -> dq.Account:
        called = dq.Acceleration(on, accrued_interest=Decimal("0.05"))
        return account(*payments, rows=[self.ROW], events=[called])

    @pytest.mark.parametrize("on", [ORIGINATED, FEB])
    @pytest.mark.parametrize(("after", "owed"), [(90, "0.16"), (100, "0.18"), (300, "0.18")])
    def test_what_is_brought_forward_bears_at_most_what_it_entered_with(self, on, after, owed):
        assert penalty(self.called(on), on + days(after), self.rule()) == Decimal(owed)

    @pytest.mark.parametrize("place", [OUTSIDE, ON_DEMAND])
    def test_payments_and_what_is_charged_meanwhile_leave_the_share_as_it_was(self, place):
        cents = [dq.Payment(FEB + days(after), Decimal("0.01")) for after in (1, 50, 90)]
        late = self.called(FEB, *cents)
        assert penalty(late, FEB + days(400), self.rule(place)) == Decimal("0.18")


def test_posted_penalty_that_bears_bears_at_most_what_was_posted():
    """0.10 bear 0.03 by 20 February, and 0.10 in all; the 0.03 posted then bear 0.03 more at most."""
    bearing = terms(
        rate=PERCENT_A_DAY,
        caps=(WHOLE_BASE,),
        posting=Posting.ON_DUE_DATES,
        compounding=Compounding.ON_POSTING,
    )
    rows = [dq.Instalment(JAN, Decimal("0.10")), dq.Instalment(FEB, 0, Decimal("0.01"))]
    late = account(rows=rows)
    for after, owed in ((90, "0.13"), (400, "0.13")):
        assert penalty(late, FEB + days(after), penalising(POSTED, bearing)) == Decimal(owed)


def test_an_instalment_bears_at_most_its_share_whenever_it_is_asked_for_on_demand():
    capped = terms(caps=(ShareOfBase(dq.Proportion.parse("0.01")),))
    asked = [dq.Payment(JAN + days(number), 1) for number in (3, 6, 15)]
    late = account(*asked, rows=1)
    rule = penalising(ON_DEMAND, capped, allocation=PENALTY_LAST)
    assert dq.replay(late, as_of=JAN + days(30), policy=rule).open_amount(N) == 10


def test_no_penalty_is_posted_on_the_first_due_date():
    posting = terms(posting=Posting.ON_STATEMENT, statement_day=20)
    ledger = dq.replay(account(rows=1), as_of=MAR, policy=penalising(POSTED, posting))
    assert told(ledger, EntryKind.CHARGED, N) == [(FEB, 31), (MAR, 28)]
    assert [e.charge_id for e in ledger.entries if e.component is N] == [
        "posted-penalty-1",
        "posted-penalty-2",
    ]


def test_open_penalty_is_owed_beside_the_rest():
    charges = [dq.Charge("n", N, 7, JAN), dq.Charge("f", F, 5, JAN)]
    late = account(dq.Payment(JAN, 1040), rows=1, charges=charges)
    answer = dq.assess(late, as_of=FEB, policy=penalising(OUTSIDE, allocation=PENALTY_LAST))
    assert answer.arrears == 10 + 7 + 5
    assert answer.ledger.open_amount(INT) == 0
