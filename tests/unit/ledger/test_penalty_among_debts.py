"""Penalty as the ledger feeds it: debts that appear late, spans, caps on the account, days of posting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from tests.unit.ledger.cases import (
    APR,
    FEB,
    FEE,
    JAN,
    MAR,
    ORIGINATED,
    PENALTY_LAST,
    F,
    N,
    P,
    account,
    days,
    penalising,
    rows_of,
    terms,
    told,
)

import delinquency as dq
from delinquency.late_fees import FlatFee
from delinquency.ledger import EntryKind
from delinquency.penalty import AnnualCap, PenaltyBase, Posting, ShareOfBase

ON_DEMAND, POSTED, OUTSIDE = (
    dq.PenaltyPlace.ON_DEMAND,
    dq.PenaltyPlace.POSTED,
    dq.PenaltyPlace.OUTSIDE,
)
AMOUNT = terms(base=PenaltyBase.OVERDUE_AMOUNT)


def penalty(late: dq.Account, as_of: date, policy: dq.Policy) -> Decimal:
    return dq.penalty_interest(late, as_of=as_of, policy=policy).accrued


def bases(late: dq.Account, as_of: date, policy: dq.Policy) -> list[tuple[date, Decimal, int]]:
    """The lines: first day, what bore, and for how many days."""
    answer = dq.penalty_interest(late, as_of=as_of, policy=policy)
    return [(line.start, line.base, line.days) for line in answer.segments]


class TestWhatBears:
    @pytest.mark.parametrize(
        ("base", "bears"),
        [
            (PenaltyBase.OVERDUE_PRINCIPAL, 1000),
            (PenaltyBase.OVERDUE_INSTALMENT, 1050),
            (PenaltyBase.OVERDUE_AMOUNT, 1057),
        ],
    )
    def test_an_instalment_bears_on_the_components_of_its_base(self, base, bears) -> None:
        late = account(rows=[dq.Instalment(JAN, 1000, 50, 7)])
        rule = penalising(OUTSIDE, terms(base=base))
        assert bases(late, JAN + days(10), rule) == [(JAN, bears, 10)]

    def test_what_a_payment_leaves_of_fees_bears_on(self) -> None:
        late = account(dq.Payment(JAN + days(4), 1052), rows=[dq.Instalment(JAN, 1000, 50, 7)])
        rule = penalising(OUTSIDE, AMOUNT, allocation=PENALTY_LAST)
        assert bases(late, JAN + days(10), rule) == [(JAN, 1057, 4), (JAN + days(4), 5, 6)]

    def test_fees_bear_from_their_due_date_and_a_charge_back_from_its_day(self) -> None:
        charge = dq.Charge("fee-1", F, 100, JAN, charged_on=JAN - days(5))
        back = dq.ChargeBack(charge_back_id="back-1", value_date=JAN + days(5), fees=100)
        to_come = [dq.Instalment(APR, 1000, 50)]
        rule = penalising(OUTSIDE, AMOUNT)
        charged = account(rows=to_come, charges=[charge])
        assert bases(charged, JAN + days(8), rule) == [(JAN, 100, 8)]
        charged_back = account(rows=to_come, events=[back])
        assert bases(charged_back, JAN + days(8), rule) == [(JAN + days(5), 100, 3)]

    def test_a_row_that_enters_after_its_due_date_bears_from_the_day_it_enters(self) -> None:
        """A changed schedule may name a due date that has passed; nothing is owed on it before."""
        change = JAN + days(10)
        changed = [
            dq.Instalment(JAN, 1000, 50, in_force_until=change),
            dq.Instalment(JAN, 600, 30, 3, in_force_from=change),
        ]
        rule = penalising(OUTSIDE, AMOUNT)
        assert bases(account(rows=changed), JAN + days(15), rule) == [
            (JAN, 1050, 10),
            (change, 633, 5),
        ]

    def test_penalty_waived_in_part_is_not_owed_of_those_days(self) -> None:
        waived = dq.PenaltyWaiver(JAN + days(2), JAN + days(6), dq.Proportion(1, 4))
        late = account(rows=1, events=[waived])
        assert penalty(late, JAN + days(10), penalising(OUTSIDE)) == 9
        ledger = dq.replay(late, as_of=JAN + days(10), policy=penalising(ON_DEMAND))
        assert ledger.open_amount(N) == 9

    def test_a_waiver_of_penalty_is_unknown_to_the_books_before_it_was_recorded(self) -> None:
        waived = dq.PenaltyWaiver(JAN, JAN + days(6), recorded_on=JAN + days(8))
        late = account(rows=1, events=[waived])
        for known_on, owed in ((JAN + days(7), 10), (JAN + days(8), 4)):
            ledger = dq.replay(late, as_of=JAN + days(10), policy=penalising(), known_on=known_on)
            assert ledger.open_amount(N) == owed


class TestPosting:
    def test_what_accrues_between_two_days_adds_to_what_was_charged_before(self) -> None:
        """1.00 a day: 10.00 stand at the first payment, 10.00 more at the second, none of it paid."""
        late = account(dq.Payment(JAN + days(10), 10), dq.Payment(JAN + days(20), 10), rows=1)
        rule = penalising(allocation=PENALTY_LAST)
        ledger = dq.replay(late, as_of=JAN + days(20), policy=rule)
        assert told(ledger, EntryKind.CHARGED, N) == [
            (JAN + days(10), 10),
            (JAN + days(20), 10),
        ]
        assert ledger.open_amount(N) == 20

    def test_the_place_of_posted_penalty_is_empty_but_for_what_was_posted(self) -> None:
        rule = penalising(POSTED, terms(posting=Posting.ON_DUE_DATES))
        for as_of, owed in ((FEB - days(1), 2100), (FEB, 2131), (FEB + days(1), 2131)):
            assert dq.replay(account(rows=2), as_of=as_of, policy=rule).open_amount() == owed

    @pytest.mark.parametrize(
        ("statement_day", "posted"),
        [
            (10, [(date(2024, 12, 10), 25), (date(2025, 1, 10), 31)]),
            (31, [(date(2024, 11, 30), 15), (date(2024, 12, 31), 31), (date(2025, 1, 31), 31)]),
        ],
    )
    def test_days_of_posting_go_on_from_a_short_month_into_the_next_year(
        self, statement_day, posted
    ) -> None:
        late = dq.Account(
            account_id="A-1",
            originated_on=date(2024, 10, 1),
            schedule=dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2024, 11, 15), 1000)]),
        )
        posting = terms(posting=Posting.ON_STATEMENT, statement_day=statement_day)
        ledger = dq.replay(late, as_of=date(2025, 1, 31), policy=penalising(POSTED, posting))
        assert told(ledger, EntryKind.CHARGED, N) == posted

    def test_penalty_on_all_principal_is_posted_on_days_on_which_nothing_else_happens(self) -> None:
        """3,000.00 are open, 3.00 a day from 20 January on."""
        given = terms(
            base=PenaltyBase.OUTSTANDING_PRINCIPAL,
            posting=Posting.ON_STATEMENT,
            statement_day=25,
        )
        ledger = dq.replay(account(), as_of=MAR, policy=penalising(POSTED, given))
        assert told(ledger, EntryKind.CHARGED, N) == [
            (date(2025, 1, 25), 15),
            (date(2025, 2, 25), 93),
        ]

    def test_posted_penalty_ranks_after_the_instalment_of_its_day(self) -> None:
        rule = penalising(POSTED, terms(posting=Posting.ON_DUE_DATES))
        paid = account(dq.Payment(FEB, 2110), rows=2)
        ledger = dq.replay(paid, as_of=FEB, policy=rule)
        assert (ledger.open_amount(P), ledger.open_amount(N)) == (0, 21)


class TestPrincipalOfTheAccount:
    RULE = penalising(OUTSIDE, terms(base=PenaltyBase.OUTSTANDING_PRINCIPAL))

    def test_all_open_principal_bears_while_something_is_late(self) -> None:
        paid = account(dq.Payment(JAN + days(4), 550))
        assert bases(paid, JAN + days(10), self.RULE) == [
            (JAN, 3000, 4),
            (JAN + days(4), 2500, 6),
        ]

    def test_principal_that_a_change_of_schedule_brings_bears_from_the_change(self) -> None:
        change = JAN + days(10)
        changed = [
            rows_of(1)[0],
            dq.Instalment(FEB, 1000, 50, in_force_until=change),
            dq.Instalment(MAR, 1500, 50, in_force_from=change),
        ]
        assert bases(account(rows=changed), JAN + days(15), self.RULE) == [
            (JAN, 2000, 10),
            (change, 2500, 5),
        ]


class TestCaps:
    def test_accelerated_principal_has_its_share_as_cap(self) -> None:
        """One per cent of 2,000.00 brought forward on 30 January, 0.1 % a day: reached after ten days."""
        capped = penalising(OUTSIDE, terms(caps=(ShareOfBase(dq.Proportion.parse("0.01")),)))
        called = account(events=[dq.Acceleration(JAN + days(10))])
        for after, owed in ((10, 10), (15, 20), (20, 30), (30, 30)):
            assert penalty(called, JAN + days(after), capped) == owed

    def test_a_charge_back_of_the_day_has_its_share_as_cap(self) -> None:
        capped = penalising(OUTSIDE, terms(caps=(ShareOfBase(dq.Proportion.parse("0.01")),)))
        back = dq.ChargeBack(charge_back_id="back-1", value_date=JAN, principal=400)
        assert (
            penalty(account(rows=[dq.Instalment(APR, 1000)], events=[back]), FEB + days(20), capped)
            == 4
        )

    def test_the_share_of_an_instalment_is_of_what_was_open_before_the_payments_of_its_day(
        self,
    ) -> None:
        capped = penalising(OUTSIDE, terms(caps=(ShareOfBase(dq.Proportion.parse("0.01")),)))
        paid = account(dq.Payment(JAN, 550), rows=1)
        assert penalty(paid, JAN + days(19), capped) == Decimal("9.50")
        assert penalty(paid, JAN + days(40), capped) == 10


class TestAnnualCap:
    """24 % of 3,000.00 over 360 days is 2.00 a day, all in, from 20 December on."""

    CAP = AnnualCap(dq.Rate.per_year("0.24"), dq.DayCount.ACT_360)

    def rule(self, place: dq.PenaltyPlace = OUTSIDE, **more) -> dq.Policy:
        given = terms(base=PenaltyBase.OUTSTANDING_PRINCIPAL, caps=(self.CAP,))
        return penalising(place, given, **more)

    @pytest.mark.parametrize(
        ("after", "room"),
        [
            # 2 × 31 days, and the interest of January is 50.00: 12.00 are left, and none bears yet.
            (0, 0),
            (1, 3),
            # 2 × 41 = 82.00 less 50.00 and 10/31 of February's 50.00 = 16.13: 15.87.
            (10, Decimal("15.87")),
            # 2 × 61 = 122.00 less 50.00 and 30/31 of 50.00 = 48.39: 23.61.
            (30, Decimal("23.61")),
            # 2 × 62 = 124.00 less two instalments of interest.
            (31, 24),
        ],
    )
    def test_interest_so_far_takes_of_the_room(self, after, room) -> None:
        assert penalty(account(), JAN + days(after), self.rule()) == room

    def test_the_first_period_begins_on_the_day_of_the_loan(self) -> None:
        """By 19 January 60.00, less 48.39 earned of January and 11.50 charged: 0.11 for what that bore."""
        late = account(charges=[dq.Charge("c", F, Decimal("11.50"), ORIGINATED + days(1))])
        bearing = terms(base=PenaltyBase.OVERDUE_AMOUNT)
        capped = attrs.evolve(bearing, caps=(self.CAP,))
        for given, owed in ((bearing, Decimal("0.33")), (capped, Decimal("0.11"))):
            assert penalty(late, JAN - days(1), penalising(OUTSIDE, given)) == owed

    def test_fees_of_an_instalment_take_of_the_room_from_its_due_date(self) -> None:
        rows = [dq.Instalment(JAN, 1000, 50, 5), *rows_of(3)[1:]]
        assert penalty(account(rows=rows), JAN + days(10), self.rule()) == Decimal("10.87")

    def test_a_charge_takes_of_the_room_from_the_day_it_was_charged(self) -> None:
        for charged_on, room in (
            (JAN + days(9), Decimal("13.87")),
            (JAN + days(11), Decimal("15.87")),
        ):
            charge = dq.Charge("c", F, 2, MAR, charged_on=charged_on)
            assert penalty(account(charges=[charge]), JAN + days(10), self.rule()) == room

    def test_late_fees_of_one_day_take_of_the_room_together(self) -> None:
        fees = tuple(
            attrs.evolve(FEE, name=name, amount=FlatFee(amount))
            for name, amount in (("a", 4), ("b", 3))
        )
        given = self.rule(late_fees=fees)
        assert penalty(account(), JAN + days(10), given) == Decimal("8.87")
        assert penalty(account(), JAN + days(3), given) == 9

    def test_principal_repaid_makes_less_room(self) -> None:
        """5 days of 2.00 and 67 of 4/3 are 99.33; 94.29 of interest leave 5.04 for 20.00 of penalty."""
        rows = [dq.Instalment(due, 1000, 40) for due in (JAN, FEB, MAR)]
        repaid = account(dq.Payment(ORIGINATED + days(5), 1040), rows=rows)
        assert penalty(repaid, FEB + days(10), self.rule()) == Decimal("5.04")
        free = penalising(OUTSIDE, terms(base=PenaltyBase.OUTSTANDING_PRINCIPAL))
        assert penalty(repaid, FEB + days(10), free) == 20
