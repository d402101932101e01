"""What a card tells of itself: the lines of a statement, the names in its rows, and its exactness."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from tests.unit.revolving.cases import (
    COSTS,
    DAILY,
    OPENED,
    PRINCIPAL,
    WHOLE,
    card,
    cash,
    late_fee,
    paid,
    posted,
    purchase,
    refund,
    terms,
    yuan,
)

import delinquency as dq
from delinquency.component import Component
from delinquency.revolving import (
    BalanceKind,
    ByKind,
    CreditLimit,
    InstalmentPlan,
    MinimumPaymentRule,
    MinimumShare,
    TransactionKind,
    card_bureau_codes,
    card_ledger,
    explain_credits,
)
from delinquency.rounding import Proportion, RoundingMode

BOUGHT, DRAWN, DUE = date(2025, 3, 30), date(2025, 4, 5), date(2025, 4, 23)
MAY = date(2025, 5, 5)


def test_minimums_are_numbered_by_their_statements():
    ledger = card_ledger(card(purchase(BOUGHT, 1000)), as_of=date(2025, 6, 5))
    assert [row.statement_no for row in ledger.requirements] == [1, 2, 3]


def test_a_segment_of_interest_tells_the_purchase_its_days_and_its_rate():
    """1,000.00 from 30 March to 5 May, 37 days at 0.05 % a day: 18.50."""
    subject = card(purchase(BOUGHT, 1000, "shop"))
    (row,) = card_ledger(subject, as_of=MAY).statements[1].segments
    assert (row.transaction_id, row.start, row.end, row.days) == (
        "shop",
        BOUGHT,
        date(2025, 5, 6),
        37,
    )
    assert (row.base, row.rate, row.amount) == (1000, DAILY, yuan("18.50"))
    assert str(row) == (
        "purchase, transaction shop: 1,000.00 at 0.05 % a day on [2025-03-30, 2025-05-06), 37 days: 18.50 by "
        "the day count and the rounding of the terms"
    )
    assert str(attrs.evolve(row, transaction_id=None)).startswith("purchase: 1,000.00 at ")


def test_what_the_statement_itself_charges_has_no_transaction():
    """A late fee of 10.00, with two transactions on the card; it comes first, then interest."""
    order = ByKind(kinds=(BalanceKind.PENALTY, BalanceKind.INTEREST, BalanceKind.FEES, *PRINCIPAL))
    agreed = terms(late_fee=late_fee(Proportion(1, 20), minimum=10), order=order)
    facts = (purchase(BOUGHT, 600, "A"), purchase(BOUGHT, 400, "B"), paid(date(2025, 5, 6), 25))
    rows = card_ledger(card(*facts, agreed=agreed), as_of=date(2025, 5, 6)).allocations
    assert [(row.kind, row.transaction_id, row.amount) for row in rows] == [
        (BalanceKind.PENALTY, None, 10),
        (BalanceKind.INTEREST, None, 15),
    ]


@pytest.mark.parametrize(("is_capped", "fee"), [(True, 4), (False, 10)])
def test_a_late_fee_is_capped_by_the_minimum_only_where_the_terms_say_so(is_capped, fee):
    """A tenth of 40.00 is missed, and the late fee is at least 10.00."""
    missed = late_fee(Proportion(1, 20), minimum=10, cap_by_minimum=is_capped)
    subject = card(purchase(BOUGHT, 40), agreed=terms(late_fee=missed))
    assert card_ledger(subject, as_of=MAY).statements[1].late_fees == fee


@pytest.mark.parametrize(
    ("component", "line"), [(Component.INTEREST, "interest"), (Component.FEES, "fees")]
)
def test_the_costs_of_all_plans_are_in_one_line(component, line):
    """Two plans with 3.00 and 4.00 of cost a month."""
    plans = [
        posted(
            TransactionKind.INSTALMENT_PLAN,
            BOUGHT,
            300,
            name,
            plan=InstalmentPlan(instalments=3, cost=cost, cost_component=component),
        )
        for name, cost in (("A", 3), ("B", 4))
    ]
    first = card_ledger(card(*plans), as_of=DRAWN).statements[0]
    assert getattr(first, line) == 7
    assert first.plan_parts == 200


def test_all_that_is_turned_into_plans_in_a_cycle_is_in_one_line():
    facts = [purchase(BOUGHT, 300, "A"), purchase(BOUGHT, 200, "B")]
    facts += [
        posted(
            TransactionKind.INSTALMENT_PLAN,
            DRAWN,
            amount,
            f"plan {name}",
            plan=InstalmentPlan(instalments=2),
            refers_to=name,
        )
        for name, amount in (("A", 300), ("B", 200))
    ]
    ledger = card_ledger(card(*facts), as_of=DRAWN)
    assert (ledger.converted, ledger.statements[0].converted) == (500, 500)


def test_a_card_without_a_tolerance_forgives_no_cent():
    for amount, is_met in (("100.00", True), ("99.99", False)):
        subject = card(purchase(BOUGHT, 1000), paid(DUE, yuan(amount)))
        assert card_ledger(subject, as_of=DUE).statements[0].is_minimum_met is is_met


def test_a_minimum_is_exact_at_the_largest_amounts():
    """All of 9,999,999,999,999.85, over a denominator of 97: more than a float can hold."""
    rule = MinimumPaymentRule(
        shares=[MinimumShare(BalanceKind.PURCHASE, WHOLE)],
        over_limit=Proportion(1, 97),
        rounding=RoundingMode.FLOOR,
    )
    amount = yuan("9999999999999.85")
    subject = card(purchase(BOUGHT, amount), agreed=terms(minimum=rule))
    assert card_ledger(subject, as_of=DRAWN).statements[0].minimum_due == amount


def test_a_card_may_hold_the_largest_sum():
    assert card(purchase(BOUGHT, 10**13), paid(BOUGHT, 10**13)).transactions[0].amount == 10**13


def test_a_refund_of_an_unknown_transaction_is_refused_whatever_else_the_card_has():
    with pytest.raises(dq.InvalidValueError, match="refers_to: expected the id of a transaction"):
        card(purchase(BOUGHT, 5, "Z"), refund(BOUGHT, 5, "A", refers_to="none such"))


def test_payments_that_differ_only_in_their_reversal_are_a_card_in_any_order():
    first, second = paid(BOUGHT, 5), paid(BOUGHT, 5, reversed_on=DUE)
    assert card(first, second) == card(second, first)
    assert card(first, second).payments == (second, first)


def test_an_explanation_tells_the_day_the_currency_and_the_order():
    subject = card(cash(BOUGHT, 10, "atm"), paid(DRAWN, 10))
    told = explain_credits(card_ledger(subject, as_of=DRAWN), value_date=DRAWN)
    assert told.inputs == {
        "value_date": DRAWN,
        "currency": "CNY",
        "days_past_due": 0,
        "order": ", ".join(kind.value for kind in COSTS + PRINCIPAL),
    }
    assert told.because[0].inputs == {
        "kind": "cash_advance",
        "source": "payment",
        "transaction_id": "atm",
    }


def test_a_ledger_keeps_the_question_it_answers():
    subject = card(purchase(BOUGHT, 5, recorded_on=date(2025, 4, 2)))
    ledger = card_ledger(subject, as_of=DRAWN, known_on=date(2025, 4, 1))
    assert (ledger.as_of, ledger.known_on, ledger.charged) == (DRAWN, date(2025, 4, 1), 0)
    assert card_ledger(subject, as_of=DRAWN).known_on is None


@pytest.mark.parametrize("limit", [0, 1, 500])
def test_a_limit_of_nothing_is_a_limit(limit):
    ledger = card_ledger(card(credit_limits=[CreditLimit(OPENED, limit)]), as_of=DRAWN)
    assert (ledger.credit_limit, ledger.available_credit) == (limit, limit)
    assert card_ledger(card(), as_of=DRAWN).credit_limit is None


def test_a_statement_tells_its_days():
    first = card_ledger(card(agreed=terms(grace_days=3)), as_of=DRAWN).statements[0]
    assert (first.number, first.statement_date, first.due_date, first.judged_on) == (
        1,
        DRAWN,
        DUE,
        date(2025, 4, 26),
    )


@pytest.mark.parametrize("cycle_day", [1, 31])
def test_a_cycle_may_end_on_the_first_day_of_a_month_and_on_the_last(cycle_day):
    drawn = card_ledger(card(agreed=terms(cycle_day=cycle_day)), as_of=date(2025, 4, 1)).statements
    assert [row.statement_date for row in drawn] == [
        date(2025, 3, 31) if cycle_day == 31 else date(2025, 4, 1)
    ]


@pytest.mark.parametrize(
    ("as_of", "last"),
    [
        (date(2025, 4, 4), date(2025, 3, 5)),
        (date(2025, 3, 4), date(2025, 2, 5)),
        (date(2025, 2, 5), date(2025, 2, 5)),
        (date(2024, 12, 31), date(2024, 12, 5)),
    ],
)
def test_the_months_before_a_card_are_those_of_its_cycle_day(as_of, last):
    assert card_bureau_codes(card(), as_of=as_of, months=2)[-1].reported_on == last
