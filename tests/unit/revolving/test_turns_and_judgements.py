"""Whose turn it is among balances, what is held, and what a statement is judged by."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from tests.unit.revolving.cases import (
    COSTS,
    OPENED,
    PRINCIPAL,
    WHOLE,
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
from delinquency.late_fees import (
    FeeBase,
    FlatFee,
    LateFeeTerms,
    SafeHarbourFee,
    ShareFee,
    fee_table,
)
from delinquency.revolving import (
    BalanceKind,
    CreditLimit,
    Dated,
    HighestRateFirst,
    InstalmentPlan,
    InterestGrain,
    InterestMethod,
    MinimumPaymentRule,
    MinimumShare,
    MinimumThenHighestRate,
    TransactionKind,
    card_ledger,
    explain_credits,
    requirements,
)
from delinquency.rounding import RoundingMode

BOUGHT, DRAWN, DUE, MAY = (
    date(2025, 3, 30),
    date(2025, 4, 5),
    date(2025, 4, 23),
    date(2025, 5, 5),
)


def april(day: int) -> date:
    return date(2025, 4, day)


def statements(subject, as_of, **asked):
    return card_ledger(subject, as_of=as_of, **asked).statements


class TestOrders:
    def test_as_much_as_the_minimum_settles_what_was_billed_before_what_was_not(self):
        """100.00 are required of 1,000.00; the fee of the new cycle comes first only among what is billed."""
        order = MinimumThenHighestRate(kinds=COSTS + PRINCIPAL, deferred_first_cycles=2)
        subject = card(
            purchase(BOUGHT, 1000, "billed"),
            fee(april(8), 50, "new"),
            paid(april(10), 100),
            agreed=terms(order=order),
        )
        rows = card_ledger(subject, as_of=april(10)).allocations
        assert [(row.transaction_id, row.amount) for row in rows] == [("billed", 100)]

    def test_a_balance_without_a_rate_is_as_cheap_as_one_at_a_rate_of_nothing(self):
        """So the kinds decide, a purchase before fees."""
        order = HighestRateFirst(kinds=PRINCIPAL + COSTS)
        free = interest(kinds=[BalanceKind.PURCHASE], rate=dq.Rate.per_day(0))
        subject = card(
            fee(BOUGHT, 50, "fee"),
            purchase(BOUGHT, 50, "shop"),
            paid(DRAWN, 60),
            agreed=terms(order=order, interest=free),
        )
        rows = card_ledger(subject, as_of=DRAWN).allocations
        assert [(row.transaction_id, row.amount) for row in rows] == [("shop", 50), ("fee", 10)]

    def test_the_cost_of_a_plan_is_told_by_the_plan(self):
        plan = InstalmentPlan(instalments=2, cost=5, cost_component=dq.Component.FEES)
        subject = card(
            posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 100, "plan", plan=plan),
            paid(april(10), 55),
        )
        rows = card_ledger(subject, as_of=april(10)).allocations
        assert [(row.kind, row.transaction_id, row.amount) for row in rows] == [
            (BalanceKind.FEES, "plan", 5),
            (BalanceKind.PLAN, "plan", 50),
        ]


class TestMoneyThatIsHeld:
    def test_payments_and_refunds_beyond_what_is_owed_add_up(self):
        subject = card(
            purchase(BOUGHT, 10, "shop"),
            paid(BOUGHT, 50),
            paid(april(1), 60),
            refund(april(2), 7),
            refund(april(3), 3),
        )
        assert card_ledger(subject, as_of=april(3)).credit_balance == 110

    def test_refunds_of_a_window_count_together_towards_paying_in_full(self):
        subject = card(
            purchase(BOUGHT, 1000, "shop"),
            refund(april(10), 300),
            refund(april(11), 300),
            paid(april(12), 400),
        )
        assert statements(subject, MAY)[0].is_paid_in_full is True


class TestMisses:
    def test_money_of_the_last_day_of_grace_meets_what_was_missed_before_it_is_judged(self):
        """100.00 of April are missed and paid on 23 May, on which the minimum of May is missed."""
        subject = card(purchase(BOUGHT, 1000), paid(date(2025, 5, 23), 100))
        later = statements(subject, date(2025, 6, 5))
        assert [row.missed_cycles for row in later] == [0, 1, 1]
        assert [row.is_minimum_met for row in later[:2]] == [False, False]

    def test_a_refund_that_is_money_ends_a_run_of_misses(self):
        subject = card(
            purchase(BOUGHT, 1000),
            refund(date(2025, 5, 10), 400),
            agreed=terms(refunds_settle_minimum=True),
        )
        assert statements(subject, date(2025, 6, 5))[2].missed_cycles == 0


class TestLimits:
    @pytest.mark.parametrize(("limit", "over"), [(0, 1000), (700, 300), (1000, 0)])
    def test_what_is_above_the_limit_is_so_from_a_limit_of_nothing_on(self, limit, over):
        subject = card(purchase(BOUGHT, 1000), credit_limits=[CreditLimit(OPENED, limit)])
        assert statements(subject, DRAWN)[0].over_limit == over

    def test_principal_of_plans_to_come_takes_of_the_limit(self):
        plan = InstalmentPlan(instalments=4)
        subject = card(
            posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 400, "plan", plan=plan),
            credit_limits=[CreditLimit(OPENED, 350)],
        )
        statement = statements(subject, DRAWN)[0]
        assert (statement.closing_balance, statement.over_limit) == (100, 50)

    def test_a_limit_is_known_from_the_day_on_which_it_is_recorded(self):
        cut = CreditLimit(OPENED, 500, recorded_on=DRAWN)
        subject = card(purchase(BOUGHT, 1000), credit_limits=[cut])
        over = [
            statements(subject, DRAWN, known_on=known_on)[0].over_limit
            for known_on in (april(4), DRAWN)
        ]
        assert over == [0, 500]


class TestJudgements:
    def test_a_purchase_repaid_before_its_statement_bears_where_the_full_statement_does(self):
        """500.00 for the two days from 30 March, 0.50, beside 500.00 from 2 April to 5 May."""
        subject = card(
            purchase(BOUGHT, 500, "repaid"), paid(april(1), 500), purchase(april(2), 500, "open")
        )
        segments = statements(subject, MAY)[1].segments
        assert [(row.transaction_id, row.start, row.end, row.amount) for row in segments] == [
            ("repaid", BOUGHT, april(1), yuan("0.50")),
            ("open", april(2), date(2025, 5, 6), yuan("8.50")),
        ]

    def test_what_was_taken_back_on_its_own_day_bears_nothing(self):
        subject = card(
            purchase(april(1), 100, "back"),
            refund(april(1), 100, refers_to="back"),
            purchase(april(1), 50, "kept"),
            agreed=terms(interest=interest(InterestMethod.UNPAID_PART)),
        )
        segments = statements(subject, MAY)[1].segments
        assert {row.transaction_id for row in segments} == {"kept"}

    def test_parts_of_a_minimum_are_no_more_than_what_is_newly_required(self):
        """All of what is open is asked for, old fees with it: only 1.85 of interest are new."""
        kinds = (BalanceKind.PURCHASE, BalanceKind.CASH_ADVANCE, *COSTS)
        all_of_it = MinimumPaymentRule(shares=[MinimumShare(kind, WHOLE) for kind in kinds])
        subject = card(purchase(BOUGHT, 100), fee(BOUGHT, 10), agreed=terms(minimum=all_of_it))
        first, second = card_ledger(subject, as_of=MAY).requirements
        assert (first.principal, first.interest, first.fees) == (100, 0, 10)
        assert (second.principal, second.interest, second.fees) == (0, 0, yuan("1.85"))


class TestFees:
    @pytest.mark.parametrize(("second", "fees"), [("late", [0, 30, 41]), ("another", [0, 30, 30])])
    def test_a_miss_at_the_cost_of_other_terms_is_of_another_type(self, second, fees):
        """30 dollars for a miss, 41 for one more of the same type within six statements."""
        harbour = SafeHarbourFee(fee_table("us-card-safe-harbour-30-41"))
        first, then = (LateFeeTerms(name=name, amount=harbour) for name in ("late", second))
        dated_terms = Dated(((None, first), (date(2025, 5, 10), then)))
        agreed = terms(currency=dq.Currency.of("USD"), late_fee=dated_terms)
        subject = card(purchase(BOUGHT, 1000), agreed=agreed)
        told = statements(subject, date(2025, 6, 5))
        assert [statement.late_fees for statement in told] == fees


class TestPricing:
    def test_the_largest_balances_are_priced_to_the_minor_unit_day_by_day(self):
        """A day bears 100000409999.49999999 minor units, and five days five times what that is rounded to."""
        agreed = interest(rate=dq.Rate.per_day("0.00999999"), grain=InterestGrain.DAY)
        subject = card(cash(DRAWN, yuan("100000510000.01")), agreed=terms(interest=agreed))
        told = card_ledger(subject, as_of=april(10))
        assert told.accrued_interest * 100 == 5 * 100000409999

    def test_what_an_account_bears_is_rounded_up_only_where_there_is_a_rest(self):
        """1,000.00 bear 0.50 a day exactly; 18.50 by the second statement, whatever the rounding."""
        agreed = interest(grain=InterestGrain.ACCOUNT, rounding=RoundingMode.UP)
        for grain in (InterestGrain.ACCOUNT, InterestGrain.STATEMENT):
            subject = card(
                purchase(BOUGHT, 1000), agreed=terms(interest=attrs.evolve(agreed, grain=grain))
            )
            assert statements(subject, MAY)[1].interest == yuan("18.50")

    def test_segments_are_told_item_by_item(self):
        subject = card(
            cash(april(6), 100, "first"),
            cash(april(10), 100, "second"),
            paid(april(20), 50),
        )
        segments = statements(subject, MAY)[1].segments
        assert [(row.transaction_id, row.start.day) for row in segments] == [
            ("first", 6),
            ("first", 20),
            ("second", 10),
        ]

    def test_what_a_credit_meets_of_a_statement_bears_from_the_day_after_it_as_the_rest_does(self):
        """30.00 of a part of 50.00 bear 0.05 % a day from 6 April through 5 May: 0.45."""
        bearing = interest(kinds=[BalanceKind.PLAN])
        plan = InstalmentPlan(instalments=2)
        subject = card(
            paid(BOUGHT, 20),
            posted(TransactionKind.INSTALMENT_PLAN, april(1), 100, "plan", plan=plan),
            agreed=terms(interest=bearing),
        )
        assert statements(subject, MAY)[1].interest == yuan("0.45")


class TestWhatTheMinimumsAreOf:
    def test_their_account_is_that_of_the_obligor_and_the_segment_of_the_card(self):
        subject = card(purchase(BOUGHT, 1000), obligor_id="O-1", segment=dq.Segment.NON_RETAIL)
        owed = requirements(subject, as_of=MAY)
        assert (owed.obligor_id, owed.segment) == ("O-1", dq.Segment.NON_RETAIL)


def test_a_day_without_credits_settled_nothing():
    told = explain_credits(card_ledger(card(purchase(BOUGHT, 1000)), as_of=MAY), value_date=DUE)
    assert str(told.value) == "0.00"


class TestWording:
    def test_an_obligor_that_cannot_be_written_is_refused_by_its_field(self):
        with pytest.raises(dq.InvalidValueError, match=r"obligor_id: expected a text that can be"):
            card(obligor_id="\ud800")

    def test_a_fee_of_a_card_on_another_base_is_refused_by_that_base(self):
        share = ShareFee(WHOLE, FeeBase.INSTALMENT)
        with pytest.raises(dq.InvalidValueError, match=_ON_ANOTHER_BASE):
            terms(late_fee=LateFeeTerms(name="late", amount=share))

    def test_a_fee_of_a_card_in_another_currency_is_refused_by_both(self):
        usd = dq.Currency.of("USD")
        with pytest.raises(dq.CurrencyError, match=r"late fee 'late': expected CNY, found USD"):
            terms(late_fee=LateFeeTerms(name="late", amount=FlatFee(1), currency=usd))


_ON_ANOTHER_BASE = r"amount: expected FeeBase.UNPAID_MINIMUM, found FeeBase.INSTALMENT"
