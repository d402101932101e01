"""What a payment settles on a card: each legal order, credits, and what adds up."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.unit.revolving.cases import (
    COSTS,
    DAILY,
    OPENED,
    PRINCIPAL,
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
    BALANCE_KINDS,
    BalanceKind,
    BalanceRate,
    ByKind,
    CardInterest,
    CreditLimit,
    CreditSource,
    HighestRateFirst,
    InstalmentPlan,
    InterestMethod,
    KindSwitch,
    MinimumThenHighestRate,
    Promotion,
    TransactionKind,
    card_ledger,
    explain_credits,
)

BOUGHT, DRAWN, DUE = date(2025, 3, 30), date(2025, 4, 5), date(2025, 4, 23)
FREE = interest(kinds=[])
SWITCHING = ByKind(kinds=COSTS + PRINCIPAL, switch=KindSwitch(at_least=91, kinds=PRINCIPAL + COSTS))


def settled(subject, day):
    """What the credits of a day settled, balance by balance."""
    rows = card_ledger(subject, as_of=day).allocations
    return [(row.kind, row.amount) for row in rows if row.value_date == day]


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (90, [(BalanceKind.FEES, 300), (BalanceKind.PURCHASE, 200)]),
        (91, [(BalanceKind.PURCHASE, 500)]),
    ],
)
def test_from_day_91_principal_comes_first(age, expected):
    """Article 57: 300.00 of fees and 1,000.00 of principal; 500.00 on day 90 settle 300.00 and 200.00, on
    day 91 500.00 of principal. The age is that of the minimum of April, before the payment.
    """
    day = DUE + timedelta(days=age)
    facts = (purchase(BOUGHT, 1000), fee(BOUGHT, 300), paid(day, 500))
    subject = card(*facts, agreed=terms(interest=FREE, order=SWITCHING))
    assert settled(subject, day) == expected
    assert {row.days_past_due for row in card_ledger(subject, as_of=day).allocations} == {age}


@pytest.mark.parametrize(("amount", "age"), [("390.00", 0), ("389.99", 17)])
def test_a_minimum_short_of_no_more_than_the_tolerance_has_no_age(amount, age):
    """400.00 were due on 23 April; 17 days later a payment finds 10.00 or 10.01 of them open."""
    day = date(2025, 5, 10)
    facts = (purchase(BOUGHT, 1000), fee(BOUGHT, 300), paid(DUE, yuan(amount)), paid(day, 5))
    subject = card(*facts, agreed=terms(interest=FREE, tolerance=10))
    assert card_ledger(subject, as_of=day).allocations[-1].days_past_due == age


def test_a_minimum_that_falls_due_on_the_day_of_the_payment_is_not_late_yet():
    """10.00 of April are within the tolerance, and the minimum of May is open on its due date."""
    day = date(2025, 5, 23)
    facts = (purchase(BOUGHT, 1000), fee(BOUGHT, 300), paid(DUE, 390), paid(day, 5))
    subject = card(*facts, agreed=terms(interest=FREE, tolerance=10))
    assert card_ledger(subject, as_of=day).allocations[-1].days_past_due == 0


def test_paying_earlier_can_cost_more_where_an_order_turns_round():
    """The fee bears nothing and the purchase does: on day 90 the payment goes to the fee, on day 91 to the
    purchase.
    """
    costs = {}
    for age in (90, 91):
        day = DUE + timedelta(days=age)
        facts = (purchase(BOUGHT, 1000), fee(BOUGHT, 300), paid(day, 300))
        subject = card(*facts, agreed=terms(order=SWITCHING, interest=interest()))
        costs[age] = card_ledger(subject, as_of=date(2025, 12, 31)).charged
    assert costs[90] > costs[91]


def test_the_oldest_posting_of_a_kind_comes_first_and_what_is_billed_before_what_is_not():
    facts = (
        purchase(BOUGHT, 100, "A"),
        purchase(DRAWN, 100, "B"),
        fee(date(2025, 4, 6), 100, "new"),
        paid(date(2025, 4, 10), 250),
    )
    subject = card(*facts, agreed=terms(interest=FREE))
    rows = card_ledger(subject, as_of=date(2025, 4, 10)).allocations
    assert [(row.transaction_id, row.statement_no, row.amount) for row in rows] == [
        ("A", 1, 100),
        ("B", 1, 100),
        ("new", None, 50),
    ]
    at_once = ByKind(kinds=COSTS + PRINCIPAL, is_billed_first=False)
    subject = card(*facts, agreed=terms(interest=FREE, order=at_once))
    rows = card_ledger(subject, as_of=date(2025, 4, 10)).allocations
    assert [row.transaction_id for row in rows] == ["new", "A", "B"]


def rated(order):
    rates = {"purchase": "0.18", "cash_advance": "0.25", "plan": "0.10"}
    return terms(
        interest=CardInterest(
            rates=[BalanceRate(BalanceKind(k), dq.Rate.per_year(r)) for k, r in rates.items()],
            method=InterestMethod.FULL_STATEMENT,
        ),
        order=order,
    )


MIXED = (
    purchase(BOUGHT, 1000, "shop"),
    cash(DRAWN, 1000, "cash"),
    posted(
        TransactionKind.INSTALMENT_PLAN, BOUGHT, 300, "plan", plan=InstalmentPlan(instalments=3)
    ),
    fee(BOUGHT, 20, "fee"),
)


@pytest.mark.parametrize(
    ("plans_first", "expected"),
    [(True, ["plan", "cash_advance", "purchase"]), (False, ["cash_advance", "purchase", "plan"])],
)
def test_the_highest_rate_comes_first_and_before_it_what_the_fixed_instalments_need(
    plans_first, expected
):
    """CONC 6.7.4R. Cash at 25 % with 0.68 of interest that bears nothing, purchases at 18 %, a part at 10 %."""
    order = HighestRateFirst(kinds=BALANCE_KINDS, are_plan_parts_first=plans_first)
    subject = card(*MIXED, paid(DUE, 2100), agreed=rated(order))
    assert [kind.value for kind, _ in settled(subject, DUE)] == expected


def test_at_one_rate_the_kinds_decide():
    order = HighestRateFirst(kinds=tuple(reversed(BALANCE_KINDS)))
    facts = (purchase(BOUGHT, 100), cash(BOUGHT, 100), fee(BOUGHT, 10), paid(DRAWN, 205))
    assert [kind.value for kind, _ in settled(card(*facts, agreed=terms(order=order)), DRAWN)] == [
        "cash_advance",
        "purchase",
        "fees",
    ]


def test_a_rate_a_day_and_a_rate_a_year_are_compared_by_the_year():
    """0.05 % a day is 18.25 % a year: more than 18 %, less than 18.5 %."""
    for yearly, first in (("0.18", "purchase"), ("0.185", "cash_advance")):
        rates = [
            BalanceRate(BalanceKind.PURCHASE, DAILY),
            BalanceRate(BalanceKind.CASH_ADVANCE, dq.Rate.per_year(yearly)),
        ]
        agreed = terms(
            interest=CardInterest(rates=rates, method=InterestMethod.UNPAID_PART),
            order=HighestRateFirst(kinds=BALANCE_KINDS),
        )
        subject = card(purchase(BOUGHT, 100), cash(BOUGHT, 100), paid(DRAWN, 50), agreed=agreed)
        assert [kind.value for kind, _ in settled(subject, DRAWN)] == [first]


def test_the_minimum_goes_by_the_order_of_the_issuer_and_the_excess_by_the_rate():
    """12 CFR 1026.53(a). The minimum of a tenth of 2,000.00, the part of 100.00, the fee and the interest
    goes to the fee first, then to purchases; what exceeds it goes to cash.
    """
    kinds = (
        BalanceKind.FEES,
        BalanceKind.PURCHASE,
        BalanceKind.PLAN,
        BalanceKind.INTEREST,
        BalanceKind.PENALTY,
        BalanceKind.CASH_ADVANCE,
    )
    order = MinimumThenHighestRate(kinds=kinds, deferred_first_cycles=2)
    subject = card(*MIXED, paid(DUE, 500), agreed=rated(order))
    minimum = card_ledger(subject, as_of=DRAWN).statements[0].minimum_due
    assert minimum == yuan("320.68")
    assert settled(subject, DUE) == [
        (BalanceKind.FEES, 20),
        (BalanceKind.PURCHASE, minimum - 20),
        (BalanceKind.CASH_ADVANCE, 500 - minimum),
    ]


@pytest.mark.parametrize(
    ("cycles", "until", "day", "first"),
    [
        (2, date(2025, 7, 1), date(2025, 5, 5), "cash"),
        (2, date(2025, 7, 1), date(2025, 5, 6), "deferred"),
        (1, date(2025, 7, 1), date(2025, 6, 5), "cash"),
        (1, date(2025, 7, 1), date(2025, 6, 6), "deferred"),
        (0, date(2025, 7, 1), date(2025, 6, 30), "cash"),
        (1, date(2025, 7, 6), date(2025, 6, 6), "deferred"),
        (1, date(2025, 7, 7), date(2025, 7, 5), "cash"),
        (1, date(2025, 7, 7), date(2025, 7, 6), "deferred"),
    ],
)
def test_in_its_last_cycles_a_deferred_balance_comes_first(cycles, until, day, first):
    """12 CFR 1026.53(b). Until 1 July: 30 June lies in the cycle that ends on 5 July, and the cycle before it
    begins on 6 May. Until the 6th its last day is a statement day; until the 7th it begins a cycle.
    """
    promotion = Promotion(promotion_id="D", until=until, is_deferred=True)
    order = MinimumThenHighestRate(kinds=BALANCE_KINDS, deferred_first_cycles=cycles)
    facts = (purchase(BOUGHT, 5000, "deferred", promotion=promotion), cash(BOUGHT, 5000, "cash"))
    agreed = rated(order)
    required = card_ledger(card(*facts, agreed=agreed), as_of=day - timedelta(days=1))
    minimum = sum(row.open_amount for row in required.requirements)
    subject = card(*facts, paid(day, minimum + 100), agreed=agreed)
    rows = [row for row in card_ledger(subject, as_of=day).allocations if row.value_date == day]
    assert (rows[-1].transaction_id, rows[-1].amount) == (first, 100)


def test_a_deferred_balance_has_no_rate_until_its_last_cycles():
    """Beside a fee, which has none either, the kinds decide."""
    promotion = Promotion(promotion_id="D", until=date(2025, 12, 1), is_deferred=True)
    order = MinimumThenHighestRate(kinds=tuple(reversed(BALANCE_KINDS)), deferred_first_cycles=2)
    facts = (purchase(BOUGHT, 50, promotion=promotion), fee(BOUGHT, 50), paid(DRAWN, 60))
    assert settled(card(*facts, agreed=terms(order=order)), DRAWN) == [
        (BalanceKind.FEES, 50),
        (BalanceKind.PURCHASE, 10),
    ]


def test_money_beyond_what_is_owed_is_held_and_settles_later_debits_without_interest():
    subject = card(cash(BOUGHT, 100), paid(BOUGHT, 250), cash(date(2025, 4, 10), 100))
    assert card_ledger(subject, as_of=BOUGHT).credit_balance == 150
    ledger = card_ledger(subject, as_of=date(2025, 6, 30))
    assert ledger.credit_balance == 50
    assert [statement.closing_balance for statement in ledger.statements] == [-150, -50, -50]
    assert [statement.interest for statement in ledger.statements] == [0, 0, 0]
    assert ledger.allocations[-1].source is CreditSource.CREDIT_BALANCE


def test_a_refund_larger_than_the_balance_becomes_a_credit_balance():
    subject = card(purchase(BOUGHT, 100, "A"), refund(DRAWN, 130, refers_to="A"))
    ledger = card_ledger(subject, as_of=DRAWN)
    assert (ledger.open_amount, ledger.credit_balance) == (0, 30)
    assert ledger.statements[0].closing_balance == -30
    assert ledger.statements[0].minimum_due == 0


def test_a_refund_takes_back_what_it_names_then_the_oldest_purchases():
    facts = (
        fee(BOUGHT, 10, "F"),
        purchase(BOUGHT, 100, "A"),
        purchase(date(2025, 3, 31), 100, "B"),
        refund(date(2025, 4, 1), 150, refers_to="B"),
    )
    rows = card_ledger(card(*facts), as_of=date(2025, 4, 1)).allocations
    assert [(row.transaction_id, row.amount) for row in rows] == [("B", 100), ("A", 50)]


def test_the_ids_of_refunds_of_one_day_do_not_decide_what_is_left():
    def left(named, other):
        day = date(2025, 4, 1)
        facts = (
            purchase(BOUGHT, 100, "A"),
            purchase(BOUGHT, 100, "B"),
            cash(BOUGHT, 60, "C"),
            refund(day, 30, named, refers_to="C"),
            refund(day, 210, other),
        )
        ledger = card_ledger(card(*facts), as_of=day)
        return ledger.balances

    assert left("R1", "R2") == left("R2", "R1")


def test_a_plan_in_the_balance_leaves_its_principal_to_come_alone():
    plan = InstalmentPlan(instalments=3)
    subject = card(
        posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 300, plan=plan),
        paid(date(2025, 4, 10), 250),
    )
    ledger = card_ledger(subject, as_of=date(2025, 4, 10))
    assert (ledger.credit_balance, ledger.plan_principal_unbilled) == (150, 200)
    assert card_ledger(subject, as_of=date(2025, 6, 5)).credit_balance == 0


def test_a_statement_tells_every_line_of_its_cycle():
    """Cash: 200.00 on four days, 0.40, and 180.00 on the 5th, 0.09, as 40.00 pay the fee and 20.00 of it;
    beside them the 2.00 that the plan costs.
    """
    day = date(2025, 4, 1)
    subject = card(
        purchase(day, 1000, "shop"),
        purchase(day, 60, "turned"),
        cash(day, 200),
        fee(day, 20),
        posted(
            TransactionKind.INSTALMENT_PLAN,
            day,
            60,
            "plan",
            plan=InstalmentPlan(instalments=2, cost=2),
            refers_to="turned",
        ),
        refund(date(2025, 4, 2), 100, refers_to="shop"),
        paid(DRAWN, 40),
    )
    row = card_ledger(subject, as_of=DRAWN).statements[0]
    assert (row.number, row.opening_balance) == (1, 0)
    assert (row.purchases, row.cash_advances, row.plan_parts, row.fees) == (1060, 200, 30, 20)
    assert (row.payments, row.refunds, row.converted) == (40, 100, 60)
    assert (row.interest, row.late_fees) == (yuan("2.49"), 0)
    assert row.closing_balance == yuan("1112.49")
    assert row.plan_principal_unbilled == 30
    assert (row.is_paid_in_full, row.is_minimum_met) == (None, None)
    after = card_ledger(subject, as_of=date(2025, 5, 5)).statements[1]
    assert after.opening_balance == yuan("1112.49")
    assert (after.purchases, after.fees, after.payments, after.plan_parts) == (0, 0, 0, 30)


def test_available_credit_is_what_the_limit_leaves_and_never_below_nothing():
    limits = [CreditLimit(OPENED, 1000), CreditLimit(date(2025, 4, 10), 500)]
    subject = card(purchase(BOUGHT, 700), credit_limits=limits)
    on = [
        card_ledger(subject, as_of=day).available_credit
        for day in (OPENED, BOUGHT, date(2025, 4, 9), date(2025, 4, 10))
    ]
    assert on == [1000, 300, 300, 0]
    assert card_ledger(card(purchase(BOUGHT, 700)), as_of=BOUGHT).available_credit is None
    over = card(paid(BOUGHT, 50), credit_limits=limits)
    assert card_ledger(over, as_of=BOUGHT).available_credit == 1050


def test_a_limit_that_was_not_recorded_yet_does_not_hold_yet():
    limits = [CreditLimit(OPENED, 1000), CreditLimit(date(2025, 4, 1), 2000, date(2025, 4, 20))]
    subject = card(purchase(BOUGHT, 1500), credit_limits=limits)
    known = card_ledger(subject, as_of=DRAWN, known_on=DRAWN)
    assert (known.credit_limit, known.statements[0].over_limit) == (1000, 500)
    now = card_ledger(subject, as_of=DRAWN)
    assert (now.credit_limit, now.statements[0].over_limit) == (2000, 0)


def test_a_reversed_transaction_was_never_made_from_the_day_it_is_reversed():
    subject = card(purchase(BOUGHT, 100, reversed_on=date(2025, 4, 10)), purchase(BOUGHT, 7, "B"))
    assert card_ledger(subject, as_of=date(2025, 4, 9)).open_amount == 107
    assert card_ledger(subject, as_of=date(2025, 4, 10)).open_amount == 7


def test_a_plan_of_a_reversed_purchase_stands_against_a_credit_of_its_amount():
    plan = posted(
        TransactionKind.INSTALMENT_PLAN,
        BOUGHT,
        100,
        "P",
        plan=InstalmentPlan(instalments=2),
        refers_to="A",
    )
    subject = card(purchase(BOUGHT, 100, "A", reversed_on=date(2025, 4, 1)), plan)
    ledger = card_ledger(subject, as_of=date(2025, 4, 1))
    assert (ledger.plan_principal_unbilled, ledger.credit_balance) == (100, 100)


def test_a_balance_is_asked_for_by_its_kind():
    ledger = card_ledger(card(purchase(BOUGHT, 7)), as_of=BOUGHT)
    assert ledger.balance(BalanceKind.PURCHASE) == 7
    with pytest.raises(dq.InvalidTypeError, match="BalanceKind"):
        ledger.balance("purchase")


@pytest.mark.parametrize(
    "build",
    [
        lambda kinds: ByKind(kinds=kinds),
        lambda kinds: HighestRateFirst(kinds=kinds),
        lambda kinds: MinimumThenHighestRate(kinds=kinds, deferred_first_cycles=0),
        lambda kinds: KindSwitch(at_least=91, kinds=kinds),
    ],
)
def test_an_order_names_every_balance_exactly_once(build):
    assert build(BALANCE_KINDS).kinds == BALANCE_KINDS
    for kinds in ((), BALANCE_KINDS[:-1], (*BALANCE_KINDS[:-1], BalanceKind.PURCHASE)):
        with pytest.raises(dq.PolicyError, match="each balance exactly once"):
            build(kinds)
    with pytest.raises(dq.PolicyError):
        build((*BALANCE_KINDS, BalanceKind.PURCHASE))
    with pytest.raises(dq.InvalidTypeError):
        build(["purchase"])


@pytest.mark.parametrize(
    ("build", "error"),
    [
        (lambda: KindSwitch(at_least=0, kinds=BALANCE_KINDS), dq.InvalidValueError),
        (lambda: KindSwitch(at_least="91", kinds=BALANCE_KINDS), dq.InvalidTypeError),
        (lambda: ByKind(kinds=BALANCE_KINDS, is_billed_first=1), dq.InvalidTypeError),
        (lambda: ByKind(kinds=BALANCE_KINDS, switch=91), dq.InvalidTypeError),
        (
            lambda: HighestRateFirst(kinds=BALANCE_KINDS, are_plan_parts_first=None),
            dq.InvalidTypeError,
        ),
        (
            lambda: MinimumThenHighestRate(kinds=BALANCE_KINDS, deferred_first_cycles=-1),
            dq.InvalidValueError,
        ),
    ],
)
def test_an_order_that_cannot_be_meant_is_refused(build, error):
    with pytest.raises(error):
        build()


def test_a_promotional_rate_is_the_rate_while_it_holds():
    """Cash at 0 % until 10 April: on the 9th the purchase at 0.05 % a day comes first, on the 10th cash."""
    promotion = Promotion(promotion_id="P", until=date(2025, 4, 10), rate=dq.Rate.per_day(0))
    order = HighestRateFirst(kinds=tuple(reversed(BALANCE_KINDS)))
    for day, first in ((9, BalanceKind.PURCHASE), (10, BalanceKind.CASH_ADVANCE)):
        on = date(2025, 4, day)
        facts = (purchase(BOUGHT, 100), cash(BOUGHT, 100, promotion=promotion), paid(on, 50))
        assert settled(card(*facts, agreed=terms(order=order)), on) == [(first, 50)]


def test_a_payment_is_explained_by_its_order_and_what_it_settled():
    day = DUE + timedelta(days=91)
    facts = (purchase(BOUGHT, 1000, "shop"), fee(BOUGHT, 300, "fee"), paid(day, 1100))
    ledger = card_ledger(card(*facts, agreed=terms(interest=FREE, order=SWITCHING)), as_of=day)
    source = dq.Citation("商业银行信用卡业务监督管理办法", "Article 57")
    told = explain_credits(ledger, value_date=day, citations=[source])
    assert (told.rule, told.value, told.inputs["days_past_due"]) == ("card_credits", 1100, 91)
    assert told.inputs["order"] == "plan, cash_advance, purchase, interest, fees, penalty"
    assert told.citations == (source,)
    assert [(step.inputs["transaction_id"], step.value) for step in told.because] == [
        ("shop", 1000),
        ("fee", 100),
    ]
    assert told.because[0].inputs["statement_no"] == 1
    assert told.find("card_settled") is told.because[0]


def test_a_day_without_credits_is_explained_as_nothing_settled():
    ledger = card_ledger(card(purchase(BOUGHT, 10)), as_of=DUE)
    told = explain_credits(ledger, value_date=DUE)
    assert (told.value, told.because, told.inputs["days_past_due"]) == (0, (), 0)


def test_orders_by_rate_are_told_as_such():
    for order, words in (
        (HighestRateFirst(kinds=BALANCE_KINDS), "highest rate first; purchase"),
        (
            MinimumThenHighestRate(kinds=BALANCE_KINDS, deferred_first_cycles=2),
            "minimum by kind, then highest rate first; purchase",
        ),
    ):
        subject = card(cash(BOUGHT, 10), fee(BOUGHT, 5), paid(DRAWN, 10), agreed=terms(order=order))
        told = explain_credits(card_ledger(subject, as_of=DRAWN), value_date=DRAWN)
        assert told.inputs["order"].startswith(words)
        assert "statement_no" not in told.because[0].inputs


def test_interest_that_a_payment_settles_has_no_transaction():
    subject = card(cash(BOUGHT, 1000), paid(DUE, 3))
    told = explain_credits(card_ledger(subject, as_of=DUE), value_date=DUE)
    assert told.because[0].inputs == {"kind": "interest", "source": "payment", "statement_no": 1}


def test_what_cannot_be_explained_is_refused():
    ledger = card_ledger(card(), as_of=DUE)
    with pytest.raises(dq.InvalidValueError, match="on or before 2025-04-23"):
        explain_credits(ledger, value_date=DUE + timedelta(days=1))
    with pytest.raises(dq.InvalidTypeError, match="CardLedger"):
        explain_credits(card(), value_date=DUE)
    with pytest.raises(dq.InvalidTypeError, match="value_date"):
        explain_credits(ledger, value_date="2025-04-23")
    with pytest.raises(dq.InvalidTypeError, match="citation"):
        explain_credits(ledger, value_date=DUE, citations=["Article 57"])
