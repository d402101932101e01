"""The days of a card, values that change, and what no card can be."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.unit.revolving.cases import (
    DAILY,
    OPENED,
    card,
    cash,
    fee,
    paid,
    posted,
    purchase,
    refund,
    terms,
)

import delinquency as dq
from delinquency.calendar import day_number, to_date
from delinquency.component import Component
from delinquency.revolving import (
    BalanceKind,
    BalanceRate,
    CardInterest,
    CardTransaction,
    CreditLimit,
    Dated,
    DueAfterDays,
    DueOnDay,
    InstalmentPlan,
    InterestMethod,
    PlanResidue,
    Promotion,
    TransactionKind,
    card_ledger,
)
from delinquency.revolving.cycles import due_day
from delinquency.revolving.formulas import (
    interest_numerator,
    minimum_minor,
    newly_required_minor,
    plan_part,
    yearly_rate,
)
from delinquency.revolving.kinds import component_of

BOUGHT = date(2025, 3, 30)
PLAN = InstalmentPlan(instalments=3)


def statement_dates(subject, as_of):
    return [str(s.statement_date) for s in card_ledger(subject, as_of=as_of).statements]


def test_a_cycle_day_of_31_is_the_last_day_of_every_month():
    agreed = terms(cycle_day=31, due=DueAfterDays(20))
    leap = card(agreed=agreed, originated_on=date(2024, 1, 15))
    assert statement_dates(leap, date(2024, 4, 30)) == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
    ]
    common = card(agreed=agreed, originated_on=date(2025, 2, 28))
    assert statement_dates(common, date(2025, 3, 31)) == ["2025-02-28", "2025-03-31"]


def test_a_cycle_day_of_30_is_early_in_february_alone():
    subject = card(agreed=terms(cycle_day=30), originated_on=date(2025, 1, 31))
    assert statement_dates(subject, date(2025, 3, 30)) == ["2025-02-28", "2025-03-30"]


@pytest.mark.parametrize(
    ("opened", "first"), [(4, "2025-04-05"), (5, "2025-04-05"), (6, "2025-05-05")]
)
def test_the_first_statement_is_on_the_first_cycle_day_on_or_after_the_opening(opened, first):
    subject = card(originated_on=date(2025, 4, opened))
    assert statement_dates(subject, date(2025, 5, 5))[0] == first


def test_a_statement_is_drawn_at_the_close_of_its_day():
    subject = card(purchase(date(2025, 4, 5), 1, "in"), purchase(date(2025, 4, 6), 2, "out"))
    assert card_ledger(subject, as_of=date(2025, 4, 4)).statements == ()
    assert card_ledger(subject, as_of=date(2025, 4, 5)).statements[0].purchases == 1


@pytest.mark.parametrize(
    ("drawn", "rule", "expected"),
    [
        (date(2025, 1, 31), DueAfterDays(28), date(2025, 2, 28)),
        (date(2025, 1, 31), DueOnDay(25), date(2025, 2, 25)),
        (date(2025, 12, 31), DueOnDay(25), date(2026, 1, 25)),
        (date(2025, 4, 5), DueOnDay(25, months_after=0), date(2025, 4, 25)),
        (date(2025, 1, 20), DueOnDay(31, months_after=0), date(2025, 1, 31)),
        (date(2025, 2, 20), DueOnDay(31, months_after=0), date(2025, 2, 28)),
    ],
)
def test_a_statement_is_due_after_some_days_or_on_a_day_of_a_month(drawn, rule, expected):
    day = day_number(drawn, where="test", field="drawn")
    assert to_date(due_day(day, rule)) == expected


@pytest.mark.parametrize(
    ("cycle_day", "due", "grace"),
    [
        (5, DueAfterDays(25), 3),
        (31, DueAfterDays(28), 0),
        (28, DueOnDay(25), 3),
        (31, DueOnDay(25), 3),
        (5, DueOnDay(6, months_after=0), 0),
        (27, DueOnDay(31, months_after=0), 0),
    ],
)
def test_a_payment_is_due_after_its_statement_and_with_its_grace_not_after_the_next(
    cycle_day, due, grace
):
    assert terms(cycle_day=cycle_day, due=due, grace_days=grace).cycle_day == cycle_day
    with pytest.raises(dq.InvalidValueError, match="not after the next statement"):
        terms(cycle_day=cycle_day, due=due, grace_days=grace + 29)


@pytest.mark.parametrize(
    ("cycle_day", "due", "grace", "match"),
    [
        (5, DueAfterDays(25), 4, "not after the next"),
        (28, DueOnDay(25), 4, "not after the next"),
        (5, DueOnDay(5, months_after=0), 0, "after the statement"),
        (28, DueOnDay(31, months_after=0), 0, "after the statement"),
        (5, DueOnDay(6), 0, "not after the next"),
        (0, DueAfterDays(20), 0, "from 1 to 31"),
        (32, DueAfterDays(20), 0, "from 1 to 31"),
    ],
)
def test_a_cycle_that_some_month_cannot_have_is_refused(cycle_day, due, grace, match):
    with pytest.raises(dq.InvalidValueError, match=match):
        terms(cycle_day=cycle_day, due=due, grace_days=grace)


@pytest.mark.parametrize(
    ("build", "error"),
    [
        (lambda: DueAfterDays(0), dq.InvalidValueError),
        (lambda: DueAfterDays(29), dq.InvalidValueError),
        (lambda: DueAfterDays(True), dq.InvalidTypeError),
        (lambda: DueOnDay(0), dq.InvalidValueError),
        (lambda: DueOnDay(32), dq.InvalidValueError),
        (lambda: DueOnDay("5"), dq.InvalidTypeError),
        (lambda: DueOnDay(5, months_after=2), dq.InvalidValueError),
        (lambda: DueOnDay(5, months_after=None), dq.InvalidTypeError),
    ],
)
def test_a_due_date_rule_that_cannot_be_meant_is_refused(build, error):
    with pytest.raises(error, match="^due date rule"):
        build()


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"currency": "CNY"}, dq.InvalidTypeError),
        ({"cycle_day": 5.0}, dq.InvalidTypeError),
        ({"due": 20}, dq.InvalidTypeError),
        ({"minimum": 100}, dq.InvalidTypeError),
        ({"interest": DAILY}, dq.InvalidTypeError),
        ({"order": ()}, dq.InvalidTypeError),
        ({"late_fee": Decimal(10)}, dq.InvalidTypeError),
        ({"grace_days": -1}, dq.InvalidValueError),
        ({"grace_days": 3.0}, dq.InvalidTypeError),
        ({"tolerance": -1}, dq.InvalidValueError),
        ({"tolerance": 10.0}, dq.InvalidTypeError),
        ({"tolerance": Decimal("0.001")}, dq.InvalidValueError),
        ({"refunds_settle_minimum": 1}, dq.InvalidTypeError),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(change, error):
    with pytest.raises(error, match="^card terms"):
        terms(**change)


def test_grace_and_tolerance_hold_from_their_dates():
    """Grace by the day of the statement, tolerance by the due date: three days and 10.00 from May."""
    agreed = terms(
        grace_days=Dated(((None, 0), (date(2025, 5, 1), 3))),
        tolerance=Dated(((None, 0), (date(2025, 5, 1), 10))),
    )
    facts = (purchase(BOUGHT, 100), paid(date(2025, 4, 5), 100))
    statements = card_ledger(card(*facts, agreed=agreed), as_of=date(2025, 6, 5)).statements
    assert [str(s.judged_on) for s in statements] == ["2025-04-23", "2025-05-26", "2025-06-26"]


def test_a_dated_value_begins_with_its_day_and_has_none_before():
    steps = Dated(((date(2025, 4, 1), "a"), (date(2025, 5, 1), "b")))
    assert [steps.on_date(date(2025, m, d)) for m, d in ((4, 1), (4, 30), (5, 1))] == [
        "a",
        "a",
        "b",
    ]
    with pytest.raises(dq.InvalidValueError, match="a day from 2025-04-01"):
        steps.on_date(date(2025, 3, 31))
    first = steps.days[0]
    assert list(steps.pieces(first, first + 31)) == [
        (first, first + 30, "a"),
        (first + 30, first + 31, "b"),
    ]
    assert list(steps.pieces(first, first)) == []
    assert steps.map(str.upper).values == ("A", "B")


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ((), dq.InvalidValueError),
        (((None, 1), (None, 2)), dq.InvalidTypeError),
        (((BOUGHT, 1), (BOUGHT, 2)), dq.InvalidValueError),
        (((BOUGHT, 1), (date(2025, 3, 29), 2)), dq.InvalidValueError),
        (((datetime(2025, 3, 30), 1),), dq.InvalidTypeError),
        ("text", dq.InvalidTypeError),
        ((1, 2), dq.InvalidTypeError),
        (((BOUGHT,),), dq.InvalidTypeError),
        (5, dq.InvalidTypeError),
    ],
)
def test_a_dated_value_out_of_order_is_refused(rows, error):
    with pytest.raises(error, match="^dated value"):
        Dated(rows)


def test_the_row_out_of_order_is_named():
    with pytest.raises(dq.InvalidValueError, match="row 2: expected a date after 2025-03-30"):
        Dated(((BOUGHT, 1), (date(2025, 3, 29), 2), (date(2025, 5, 1), 3)))
    with pytest.raises(dq.InvalidTypeError, match="row 2: expected a pair"):
        Dated(((BOUGHT, 1), 2))


def test_a_rate_table_that_begins_after_the_card_is_refused():
    later = Dated(((date(2025, 3, 11), DAILY),))
    rates = CardInterest(
        rates=[BalanceRate(BalanceKind.PURCHASE, later)], method=InterestMethod.FULL_STATEMENT
    )
    with pytest.raises(dq.InvalidValueError, match=r"card 'C-1', card terms, interest, purchase"):
        card(agreed=terms(interest=rates))
    assert card(agreed=terms(interest=rates), originated_on=date(2025, 3, 11)).account_id == "C-1"
    for field, value in (("grace_days", 3), ("tolerance", 10), ("late_fee", None)):
        agreed = terms(**{field: Dated(((date(2025, 3, 11), value),))})
        with pytest.raises(dq.InvalidValueError, match=field):
            card(agreed=agreed)


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        ((purchase(date(2025, 3, 9), 1),), "posted_on on or after originated_on 2025-03-10"),
        ((paid(date(2025, 3, 9), 1),), "value_date on or after originated_on"),
        ((purchase(BOUGHT, 1, "A"), fee(BOUGHT, 1, "A")), "transaction_id used once"),
        (
            (paid(BOUGHT, 1, payment_id="P"), paid(BOUGHT, 2, payment_id="P")),
            "payment_id used once",
        ),
        ((paid(BOUGHT, 1), paid(BOUGHT, Decimal("0.001"))), "card 'C-1', payment 1: "),
        ((paid(BOUGHT, Decimal("0.001"), payment_id="P"),), "card 'C-1', payment 'P': "),
        ((refund(BOUGHT, 1, refers_to="A"),), "id of a transaction of the card"),
        (
            (
                posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 1, "A", plan=PLAN),
                refund(BOUGHT, 1, refers_to="A"),
            ),
            "one of purchase, cash_advance, fee",
        ),
        (
            (purchase(BOUGHT, 1, "A"), refund(date(2025, 3, 29), 1, refers_to="A")),
            "the day 2025-03-30 of 'A', or later",
        ),
        (
            (
                purchase(BOUGHT, 1, "A"),
                posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 2, plan=PLAN, refers_to="A"),
            ),
            "at most the 1 of 'A'",
        ),
        (
            (
                fee(BOUGHT, 1, "A"),
                posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 1, plan=PLAN, refers_to="A"),
            ),
            "one of purchase, cash_advance",
        ),
        ((purchase(BOUGHT, Decimal("0.001")),), "at most 2 decimals"),
        ((purchase(BOUGHT, 10**13), purchase(BOUGHT, 1, "B")), "at most 1000000000000000"),
        (
            (
                posted(
                    TransactionKind.INSTALMENT_PLAN,
                    BOUGHT,
                    1,
                    plan=InstalmentPlan(instalments=1, cost=Decimal("0.001")),
                ),
            ),
            "cost in CNY with at most 2 decimals",
        ),
    ],
)
def test_facts_that_no_card_can_have_are_refused_by_name(facts, match):
    with pytest.raises(dq.InvalidValueError, match=match) as caught:
        card(*facts)
    assert str(caught.value).startswith("card 'C-1', ")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"obligor_id": 7}, dq.InvalidTypeError),
        ({"segment": "retail"}, dq.InvalidTypeError),
        ({"agreed": "terms"}, dq.InvalidTypeError),
        ({"originated_on": datetime(2025, 3, 10)}, dq.InvalidTypeError),
        ({"credit_limits": [1000]}, dq.InvalidTypeError),
        ({"credit_limits": [CreditLimit(date(2025, 3, 11), 1)]}, dq.InvalidValueError),
        ({"credit_limits": [CreditLimit(OPENED, 1), CreditLimit(OPENED, 2)]}, dq.InvalidValueError),
    ],
)
def test_a_card_that_cannot_be_is_refused(change, error):
    with pytest.raises(error, match="^(card|credit limit)"):
        card(**change)
    assert card(obligor_id="O-1", credit_limits=[CreditLimit(OPENED, 1)]).obligor_id == "O-1"


@pytest.mark.parametrize(
    ("build", "error"),
    [
        (lambda: purchase(BOUGHT, 0), dq.InvalidValueError),
        (lambda: purchase(BOUGHT, -5), dq.InvalidValueError),
        (lambda: purchase(BOUGHT, 5.0), dq.InvalidTypeError),
        (lambda: purchase(datetime(2025, 3, 30), 5), dq.InvalidTypeError),
        (lambda: purchase(BOUGHT, 5, reversed_on=date(2025, 3, 29)), dq.InvalidValueError),
        (
            lambda: purchase(BOUGHT, 5, recorded_on=date(2025, 4, 2), reversed_on=date(2025, 4, 1)),
            dq.InvalidValueError,
        ),
        (lambda: purchase(BOUGHT, 5, plan=PLAN), dq.InvalidValueError),
        (lambda: purchase(BOUGHT, 5, refers_to="A"), dq.InvalidValueError),
        (lambda: purchase(BOUGHT, 5, promotion="P"), dq.InvalidTypeError),
        (
            lambda: fee(
                BOUGHT,
                5,
                promotion=Promotion(promotion_id="P", until=date(2026, 1, 1), rate=DAILY),
            ),
            dq.InvalidValueError,
        ),
        (
            lambda: cash(
                BOUGHT, 5, promotion=Promotion(promotion_id="P", until=BOUGHT, rate=DAILY)
            ),
            dq.InvalidValueError,
        ),
        (lambda: posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 5), dq.InvalidValueError),
        (
            lambda: CardTransaction(
                kind="purchase", posted_on=BOUGHT, amount=1, transaction_id="A"
            ),
            dq.InvalidTypeError,
        ),
        (lambda: purchase(BOUGHT, 5, recorded_on="2025"), dq.InvalidTypeError),
    ],
)
def test_a_transaction_that_cannot_be_meant_is_refused(build, error):
    with pytest.raises(error, match="^transaction"):
        build()


def test_payments_without_an_id_are_never_the_same():
    assert len(card(paid(BOUGHT, 1), paid(BOUGHT, 1)).payments) == 2


def test_facts_of_the_day_of_opening_are_facts_of_the_card():
    subject = card(purchase(OPENED, 5), paid(OPENED, 5), credit_limits=[CreditLimit(OPENED, 9)])
    assert card_ledger(subject, as_of=OPENED).settled == 5


def test_a_transaction_may_be_reversed_on_its_day():
    assert purchase(BOUGHT, 5, reversed_on=BOUGHT).reversed_on == BOUGHT


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"instalments": 0}, dq.InvalidValueError),
        ({"instalments": "3"}, dq.InvalidTypeError),
        ({"cost": -1}, dq.InvalidValueError),
        ({"cost": 1.5}, dq.InvalidTypeError),
        ({"cost_component": Component.PRINCIPAL}, dq.InvalidValueError),
        ({"residue": "last"}, dq.InvalidTypeError),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused(change, error):
    with pytest.raises(error, match="^instalment plan"):
        InstalmentPlan(**({"instalments": 3} | change))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"rate": None}, dq.InvalidValueError),
        ({"is_deferred": True}, dq.InvalidValueError),
        ({"rate": "0.1"}, dq.InvalidTypeError),
        ({"rate": dq.Rate.per_day("-0.0001")}, dq.InvalidValueError),
        ({"is_deferred": 1}, dq.InvalidTypeError),
        ({"until": datetime(2025, 7, 1)}, dq.InvalidTypeError),
        ({"promotion_id": ""}, dq.InvalidTypeError),
    ],
)
def test_a_promotion_that_cannot_be_meant_is_refused(change, error):
    good = {"promotion_id": "P", "until": date(2025, 7, 1), "rate": DAILY}
    with pytest.raises(error, match="^promotion"):
        Promotion(**(good | change))


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"effective_from": "2025"}, dq.InvalidTypeError),
        ({"amount": -1}, dq.InvalidValueError),
        ({"amount": 1.0}, dq.InvalidTypeError),
        ({"recorded_on": datetime(2025, 3, 10)}, dq.InvalidTypeError),
    ],
)
def test_a_credit_limit_that_cannot_be_meant_is_refused(change, error):
    with pytest.raises(error, match="^credit limit"):
        CreditLimit(**({"effective_from": OPENED, "amount": 0} | change))


@pytest.mark.parametrize(
    ("residue", "parts"),
    [
        (PlanResidue.LAST, ["33.33", "33.33", "33.34"]),
        (PlanResidue.FIRST, ["33.34", "33.33", "33.33"]),
    ],
)
def test_the_parts_of_a_plan_add_up_to_it(residue, parts):
    plan = InstalmentPlan(instalments=3, residue=residue)
    subject = card(posted(TransactionKind.INSTALMENT_PLAN, BOUGHT, 100, plan=plan))
    statements = card_ledger(subject, as_of=date(2025, 8, 31)).statements
    assert [str(s.plan_parts) for s in statements] == [*parts, "0.00", "0.00"]


def test_the_formulas_at_their_edges():
    assert [plan_part(2, 3, n, 0) for n in (1, 2, 3)] == [0, 0, 2]
    assert [plan_part(2, 3, n, 1) for n in (1, 2, 3)] == [2, 0, 0]
    assert plan_part(9, 1, 1, 0) == plan_part(9, 1, 1, 1) == 9
    assert interest_numerator(2, 3, 5) == 30
    assert (yearly_rate(2, 1), yearly_rate(2, 0)) == (730, 2)
    assert (minimum_minor(3, 4, 7), minimum_minor(3, 4, 8), minimum_minor(3, 4, 6)) == (7, 8, 7)
    assert [newly_required_minor(10, b, 5) for b in (4, 5, 6, 14, 15, 16)] == [0, 0, 1, 9, 10, 10]


def test_purchases_cash_and_plan_parts_are_principal():
    assert [component_of(kind) for kind in BalanceKind] == [
        *[Component.PRINCIPAL] * 3,
        Component.INTEREST,
        Component.FEES,
        Component.PENALTY,
    ]
