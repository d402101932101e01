"""What happens several times in one cycle: sums of it, whose turn it is, and what each is told to be."""

from __future__ import annotations

from datetime import date

import pytest
from tests.unit.revolving.cases import (
    DAILY,
    card,
    cash,
    fee,
    interest,
    paid,
    posted,
    purchase,
    refund,
    terms,
    yuan,
)

import delinquency as dq
from delinquency.revolving import (
    BalanceKind,
    BalanceRate,
    CardInterest,
    CreditSource,
    InstalmentPlan,
    InterestMethod,
    Promotion,
    TransactionKind,
    card_bureau_codes,
    card_ledger,
)

BOUGHT, DRAWN, DUE, MAY = (
    date(2025, 3, 30),
    date(2025, 4, 5),
    date(2025, 4, 23),
    date(2025, 5, 5),
)


def april(day: int) -> date:
    return date(2025, 4, day)


def deferred(name: str, until: date) -> Promotion:
    return Promotion(promotion_id=name, until=until, is_deferred=True)


class TestSums:
    def test_the_payments_and_refunds_of_a_cycle_add_up(self):
        subject = card(
            purchase(BOUGHT, 1000),
            paid(april(8), 100),
            paid(april(9), 20),
            refund(april(10), 3),
            refund(april(11), 4),
        )
        ledger = card_ledger(subject, as_of=MAY)
        statement = ledger.statements[1]
        assert (statement.payments, statement.refunds) == (120, 7)
        assert ledger.paid == 127

    def test_the_debits_of_a_cycle_add_up_line_by_line(self):
        made = [
            make(april(day), day, f"{make.__name__} {day}")
            for make in (purchase, cash, fee)
            for day in (8, 9)
        ]
        statement = card_ledger(card(*made), as_of=MAY).statements[1]
        assert (statement.purchases, statement.cash_advances, statement.fees) == (17, 17, 17)

    def test_payments_of_one_day_are_one(self):
        subject = card(purchase(BOUGHT, 1000), paid(april(8), 100), paid(april(8), 20))
        (row,) = card_ledger(subject, as_of=april(8)).allocations
        assert row.amount == 120

    def test_cards_are_equal_however_the_payments_of_a_day_are_given(self):
        kinds = [
            paid(april(8), 100, payment_id="p"),
            paid(april(8), 100),
            paid(april(8), 100, recorded_on=april(9)),
            paid(april(8), 100, reversed_on=april(9)),
        ]
        cards = {card(purchase(BOUGHT, 1000), *kinds[n:], *kinds[:n]) for n in range(4)}
        assert len(cards) == 1

    def test_payments_of_a_day_are_told_by_id_those_without_one_first(self):
        given = [paid(april(8), 100, payment_id=name) for name in ("Z", None, "A")]
        told = card(purchase(BOUGHT, 1000), *given).payments
        assert [payment.payment_id for payment in told] == [None, "A", "Z"]

    def test_two_conversions_add_up(self):
        plan = InstalmentPlan(instalments=2)
        turned = [
            posted(
                TransactionKind.INSTALMENT_PLAN,
                april(day),
                100,
                f"plan {day}",
                plan=plan,
                refers_to="shop",
            )
            for day in (8, 9)
        ]
        ledger = card_ledger(card(purchase(BOUGHT, 1000, "shop"), *turned), as_of=MAY)
        assert (ledger.statements[1].converted, ledger.converted) == (200, 200)
        assert ledger.statements[1].plan_parts == 100

    def test_a_refund_that_is_money_meets_as_much_of_the_minimum_as_came_back(self):
        """Minimum 100.00 of 1,000.00; 30.00 come back, then 20.00: 50.00 are left of it."""
        subject = card(
            purchase(BOUGHT, 1000),
            refund(april(10), 30),
            refund(april(11), 20),
            agreed=terms(refunds_settle_minimum=True),
        )
        ledger = card_ledger(subject, as_of=april(11))
        assert ledger.requirements[0].open_amount == 50
        assert ledger.credits_to_minimums == ((april(10), 30), (april(11), 20))


class TestTurns:
    @pytest.mark.parametrize("ids", [("a", "b"), ("b", "a")])
    @pytest.mark.parametrize(
        ("of", "expected"),
        [
            ("older", [("older", 100), ("newer", 60)]),
            ("newer", [("newer", 100), ("older", 60)]),
        ],
    )
    def test_a_refund_that_names_its_purchase_comes_before_one_that_names_none(
        self, ids, of, expected
    ):
        """On one day 100.00 of a named purchase come back, and 60.00 of none, which go to the oldest open."""
        named, unnamed = ids
        subject = card(
            purchase(BOUGHT, 100, "older"),
            purchase(date(2025, 3, 31), 100, "newer"),
            refund(april(10), 100, named, refers_to=of),
            refund(april(10), 60, unnamed),
        )
        rows = card_ledger(subject, as_of=april(10)).allocations
        assert [(row.transaction_id, row.amount) for row in rows] == expected

    def test_a_refund_of_the_first_transaction_is_taken_out_of_that(self):
        subject = card(
            cash(BOUGHT, 100, "first"),
            purchase(april(1), 100, "second"),
            refund(april(10), 60, refers_to="first"),
        )
        (row,) = card_ledger(subject, as_of=april(10)).allocations
        assert (row.transaction_id, row.amount) == ("first", 60)


class TestWhatACreditIs:
    def test_a_conversion_is_told_as_one_and_what_was_held_as_a_credit_balance(self):
        plan = InstalmentPlan(instalments=2)
        subject = card(
            paid(date(2025, 3, 29), 50),
            purchase(BOUGHT, 1000, "shop"),
            posted(
                TransactionKind.INSTALMENT_PLAN, april(8), 100, "plan", plan=plan, refers_to="shop"
            ),
        )
        rows = card_ledger(subject, as_of=april(8)).allocations
        assert [(row.source, row.amount, row.days_past_due) for row in rows] == [
            (CreditSource.CREDIT_BALANCE, 50, 0),
            (CreditSource.CONVERSION, 100, 0),
        ]


class TestPromotions:
    def test_each_deferred_balance_ends_on_its_own_day(self):
        """1,000.00 from 30 March, deferred until 1 and 2 July: 94 and 95 days at 0.05 % by their close."""
        subject = card(
            purchase(BOUGHT, 1000, "one", promotion=deferred("one", date(2025, 7, 1))),
            purchase(BOUGHT, 1000, "two", promotion=deferred("two", date(2025, 7, 2))),
        )
        accrued = [
            card_ledger(subject, as_of=date(2025, 7, day)).accrued_interest for day in (1, 2)
        ]
        assert accrued == [yuan("47.00"), yuan("95.00")]

    def test_a_promotional_rate_that_ends_with_a_deferral_is_no_deferral(self):
        """A purchase at a promotional rate keeps its grace when another's deferral ends that day."""
        end = date(2025, 4, 20)
        subject = card(
            purchase(BOUGHT, 1000, promotion=Promotion(promotion_id="P", until=end, rate=DAILY)),
            purchase(BOUGHT, 500, "deferred", promotion=deferred("D", end)),
            paid(april(19), 1500),
        )
        assert card_ledger(subject, as_of=MAY).statements[1].interest == 0


class TestRates:
    def test_rates_that_change_thrice_are_priced_stretch_by_stretch(self):
        """0.05 % a day from March, confirmed on 10 April, 0.10 % from 20 April, 0.05 % again from the 30th."""
        dated = [
            (None, DAILY),
            (april(10), DAILY),
            (april(20), dq.Rate.per_day("0.001")),
            (april(30), DAILY),
        ]
        agreed = CardInterest(
            rates=[BalanceRate(BalanceKind.CASH_ADVANCE, dq.revolving.Dated(tuple(dated)))],
            method=InterestMethod.FULL_STATEMENT,
        )
        subject = card(cash(april(6), 1000), agreed=terms(interest=agreed))
        segments = card_ledger(subject, as_of=MAY).statements[1].segments
        assert [(row.start, row.end, row.amount) for row in segments] == [
            (april(6), april(20), yuan("7.00")),
            (april(20), april(30), yuan("10.00")),
            (april(30), date(2025, 5, 6), yuan("3.00")),
        ]


class TestKnowledge:
    def test_codes_of_the_bureau_are_told_as_they_were_known(self):
        late_news = paid(DUE, 100, recorded_on=date(2025, 6, 1))
        subject = card(purchase(BOUGHT, 1000), late_news)
        codes = [
            card_bureau_codes(subject, as_of=MAY, known_on=known_on, months=1)[0].code
            for known_on in (None, MAY, date(2025, 6, 1))
        ]
        assert codes == ["N", "1", "N"]

    def test_a_purchase_is_known_from_the_day_on_which_it_is_recorded(self):
        subject = card(purchase(BOUGHT, 1000, recorded_on=april(3)))
        known = [
            card_ledger(subject, as_of=DRAWN, known_on=known_on).statements[0].closing_balance
            for known_on in (april(2), april(3))
        ]
        assert known == [0, 1000]

    def test_a_purchase_reversed_after_the_close_is_gone_once_that_is_known(self):
        subject = card(purchase(BOUGHT, 1000, reversed_on=april(20)))
        known = [
            card_ledger(subject, as_of=DRAWN, known_on=known_on).statements[0].closing_balance
            for known_on in (None, april(19), april(20))
        ]
        assert known == [1000, 1000, 0]


def test_no_rate_is_asked_of_a_card_without_interest():
    subject = card(cash(BOUGHT, 1000), agreed=terms(interest=interest(kinds=[])))
    assert card_ledger(subject, as_of=MAY).accrued_interest == 0
