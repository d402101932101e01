"""The caller's decimal context has no influence: every verb answers the same with four digits and a trap.

The answers are of more than four digits, so that one sum of money in the context of the caller fails.
"""

from __future__ import annotations

import inspect
from datetime import date, timedelta
from decimal import Decimal, Inexact, localcontext

import attrs
import pytest
from tests.unit.revolving import cases

import delinquency as dq
from delinquency import (
    judgment,
    late_fees,
    penalty,
    portfolio,
    proposals,
    restructuring,
    revolving,
    several_debts,
    testing,
)
from delinquency.amortisation import Compounded, Recalculation, Surplus
from delinquency.amortisation.prepayment import Prepayment, PrepaymentEffect

D = Decimal
CNY, EUR = map(dq.Currency.of, ("CNY", "EUR"))
AS_OF = date(2025, 6, 17)
FEES = late_fees.LateFeeTerms(
    name="late",
    amount=late_fees.ShareFee(dq.Proportion.parse("0.0123"), late_fees.FeeBase.OVERDUE_AMOUNT),
)
PENALTY = penalty.PenaltyTerms(
    rate=penalty.FixedPenaltyRate(dq.Rate.per_year("0.18")),
    base=penalty.PenaltyBase.OVERDUE_PRINCIPAL,
    compounding=penalty.Compounding.UNPAID_INTEREST,
    day_count=dq.DayCount.ACT_360,
    posting=penalty.Posting.ON_STATEMENT,
    grain=penalty.RoundingGrain.INSTALMENT,
    statement_day=5,
)
POLICY = attrs.evolve(
    dq.rulebook.load("founding-report").versions[0],
    penalty=PENALTY,
    penalty_in_waterfall=dq.PenaltyPlace.POSTED,
    late_fees=(FEES,),
    off_balance_from=60,
)
ACCOUNT = dq.Account(
    account_id="A-1",
    originated_on=date(2024, 12, 31),
    schedule=dq.Schedule(
        CNY,
        [
            dq.Instalment(date(2025, month, 20), D("23456.78"), D("1234.56"), D("345.67"))
            for month in range(1, 13)
        ],
    ),
    payments=[
        dq.Payment(date(2025, 2, 3), D("23111.09")),
        dq.Payment(date(2025, 4, 3), D("13222.19")),
    ],
    charges=[
        dq.Charge(
            "c", dq.Component.FEES, D("12345.67"), date(2025, 9, 1), charged_on=date(2025, 5, 1)
        )
    ],
)
TERMS = dq.RepaymentTerms(
    currency=CNY,
    principal=D("123456.78"),
    annual_rate=dq.Rate.per_year("0.0435"),
    first_due_date=date(2025, 1, 31),
    instalment_count=12,
    method=dq.AmortisationMethod.ANNUITY,
)
CARD = cases.card(
    cases.purchase(date(2025, 3, 20), D("23456.78")),
    cases.cash(date(2025, 4, 2), D("11234.56")),
    cases.fee(date(2025, 4, 3), D("1234.56")),
    cases.paid(date(2025, 5, 20), D("12345.67")),
    credit_limits=[revolving.CreditLimit(cases.OPENED, D("98765.43"))],
)
IRREGULAR = dq.IrregularTerms(
    principal=D("123456.78"),
    annual_rate=dq.Rate.per_year("0.10"),
    disbursed_on=date(2025, 1, 1),
    day_count=dq.DayCount.THIRTY_E_360,
    currency=CNY,
    rows=[
        dq.IrregularRow(date(2025, 9, 15), dq.SolvedPayment()),
        dq.IrregularRow(date(2026, 1, 1), dq.WholeBalance()),
    ],
)
JUDGMENT = judgment.JudgmentDebt(
    awarded=D("123456.78"),
    perform_by=date(2024, 3, 1),
    currency=CNY,
    general_interest=judgment.GeneralInterest(
        rates=dq.Rate.per_day("0.0001"), accrues_from=date(2023, 1, 1)
    ),
    payments=[dq.Payment(date(2024, 4, 20), D("23456.78"))],
)
DEBTS = [
    several_debts.Debt(debt_id=name, amount=D("12345.67"), due_date=date(2025, 1, 1))
    for name in "AB"
]


LAW = dq.rulebook.load("cn-loan").versions[-1]
MATERIAL = attrs.evolve(
    LAW, counting=dq.Counting(materiality=dq.Materiality(D("1234.56"), dq.Proportion(1, 100), CNY))
)
PROVIDED = attrs.evolve(
    LAW,
    provisions=dq.ProvisionTable(
        by="bucket",
        rates=[
            dq.ProvisionRate(bucket.code, dq.Proportion(place, 7))
            for place, bucket in enumerate(LAW.buckets)
        ],
    ),
)
FFIEC = attrs.evolve(
    dq.rulebook.load("us-ffiec-open-end").versions[-1],
    extensions=dq.ConcessionLimits(payments=3, months_on_books=1),
)
OF_DEBTORS = dq.rulebook.load("eu-default-other")
GROUP = [attrs.evolve(ACCOUNT, account_id=name, obligor_id="O-1") for name in "AB"]
CLOSES = [
    dq.ReportedClose(as_of=day, days_past_due=40, arrears=D("12345.67"), exposure=D("98765.43"))
    for day in dq.month_ends(date(2025, 1, 31), date(2025, 3, 31))
]


HOUSE = dq.rulebook.load("founding-report").versions[0]
PLANNED_ON = AS_OF + timedelta(days=1)
BORNE = attrs.evolve(
    ACCOUNT,
    charges=(),
    contract_rates=[dq.DatedRate(date(2024, 12, 31), dq.Rate.per_year("0.0435"))],
)
OFFER = dq.LenderOffer(
    term_extensions=(6, 12),
    rates=[dq.Rate.per_year("0.0123")],
    deferred_shares=[dq.Proportion(1, 3)],
    forgiven_shares=[dq.Proportion(1, 7)],
)
INCOME = [dq.proposals.DatedAmount(date(2025, 1, 1), D("34567.891"))]
OF_ITS_OWN = {
    "account_id": "A-2",
    "charges": [dq.Charge("c", dq.Component.FEES, D("1234.56"), date(2025, 5, 1))],
}
OUTGOINGS = [dq.proposals.DatedAmount(date(2025, 1, 1), D("12345.678"))]


def planned_book():
    measures = [
        dq.restructuring.ArrearsSpread(),
        dq.restructuring.Forgiveness(dq.Component.PRINCIPAL, amount=D("12345.67")),
        dq.restructuring.TermExtension(7),
    ]
    plan = dq.RestructuringPlan(
        measures=measures, effective_on=PLANNED_ON, day_count=dq.DayCount.ACT_365F
    )
    book = portfolio.Portfolio.from_accounts([BORNE])
    return portfolio.restructure(book, plan, as_of=PLANNED_ON, policy=HOUSE)


def the_card(as_of=AS_OF):
    return revolving.card_ledger(CARD, as_of=as_of)


VERBS = {
    "replay": lambda: dq.replay(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "assess": lambda: dq.assess(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "restructure": lambda: dq.restructure(
        ACCOUNT,
        dq.RestructuringPlan(
            measures=[dq.restructuring.ArrearsSpread()], effective_on=AS_OF + timedelta(days=1)
        ),
        as_of=AS_OF + timedelta(days=1),
        policy=POLICY,
    ),
    "propose_plans": lambda: dq.propose_plans(
        BORNE,
        as_of=PLANNED_ON,
        policy=HOUSE,
        affordability=dq.Affordability.from_budget(INCOME, OUTGOINGS),
        offer=OFFER,
        bounds=dq.PlanLimits(most_loss=dq.Proportion(1, 10)),
        day_count=dq.DayCount.ACT_365F,
    ),
    "propose_plans, none of which fits": lambda: dq.propose_plans(
        BORNE,
        as_of=PLANNED_ON,
        policy=HOUSE,
        affordability=dq.Affordability.of(D("1234.567")),
        offer=OFFER,
        day_count=dq.DayCount.ACT_365F,
    ),
    "Affordability.from_budget": lambda: dq.Affordability.from_budget(INCOME, OUTGOINGS),
    "portfolio.restructure": planned_book,
    "portfolio.compare_plans": lambda: portfolio.compare_plans(planned_book(), policy=HOUSE),
    "restructure, with its cost": lambda: planned_book().row(0),
    "restructuring.review_plan": lambda: restructuring.review_plan(
        planned_book().row(0),
        rules=restructuring.load_plan_rules("ifrs-9"),
        facts=restructuring.PlanFacts(),
    ),
    "propose_for_book": lambda: proposals.propose_for_book(
        portfolio.Portfolio.from_accounts([BORNE, attrs.evolve(BORNE, **OF_ITS_OWN)]),
        as_of=PLANNED_ON,
        policy=HOUSE,
        affordable=[2_345_678] * 2,
        offer=OFFER,
        day_count=dq.DayCount.ACT_365F,
    ),
    "breakdown": lambda: dq.breakdown(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "payment_settlement": lambda: dq.payment_settlement(
        ACCOUNT, value_date=date(2025, 4, 3), as_of=AS_OF, policy=POLICY
    ),
    "penalty_interest": lambda: dq.penalty_interest(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "instalment_ages": lambda: dq.instalment_ages(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "next_payment_due": lambda: dq.next_payment_due(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "days_past_due": lambda: dq.days_past_due(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "delinquent_days": lambda: dq.delinquent_days(ACCOUNT, as_of=AS_OF, policy=POLICY),
    "assess_status": lambda: dq.assess_status(ACCOUNT, as_of=AS_OF, policy=LAW),
    "assess_reported_status": lambda: dq.assess_reported_status(
        CLOSES, account_id="A-1", currency=CNY, policy=LAW
    ),
    "material_days_past_due": lambda: dq.material_days_past_due(
        ACCOUNT, as_of=AS_OF, policy=MATERIAL
    ),
    "assess_obligor": lambda: dq.assess_obligor(GROUP, as_of=AS_OF, policy=LAW),
    "assess_obligor of a debtor": lambda: dq.assess_obligor(
        GROUP, as_of=AS_OF, policy=OF_DEBTORS, currency=EUR, fx={"CNY": D("0.1271")}
    ),
    "portfolio.assess_obligors": lambda: portfolio.assess_obligors(
        portfolio.Portfolio.from_accounts(GROUP), as_of=AS_OF, policy=dq.rulebook.load("in-sma")
    ),
    "assess_re_age": lambda: dq.assess_re_age(ACCOUNT, on=AS_OF, policy=FFIEC),
    "assess_extension": lambda: dq.assess_extension(ACCOUNT, on=AS_OF, policy=FFIEC),
    "re_aged": lambda: dq.re_aged(ACCOUNT, as_of=AS_OF, policy=FFIEC),
    "provision": lambda: dq.provision(ACCOUNT, as_of=AS_OF, policy=PROVIDED),
    "amortisation_table": lambda: dq.amortisation_table(TERMS),
    "compounded table": lambda: dq.amortisation_table(
        attrs.evolve(TERMS, interest_basis=Compounded(7))
    ),
    "repayment_schedule": lambda: dq.repayment_schedule(TERMS),
    "accrued_interest": lambda: dq.accrued_interest(TERMS, as_of=AS_OF),
    "interest_between": lambda: dq.interest_between(TERMS, start=date(2025, 1, 5), end=AS_OF),
    "settlement_quote": lambda: dq.settlement_quote(
        TERMS, as_of=AS_OF, rebate=dq.ActuarialRebate()
    ),
    "accrual_postings": lambda: dq.accrual_postings(
        TERMS, start=date(2025, 1, 5), end=AS_OF, rhythm=dq.PostingRhythm.MONTHLY
    ),
    "irregular_table": lambda: dq.irregular_table(IRREGULAR),
    "missed_cycles": lambda: revolving.missed_cycles(CARD, as_of=AS_OF),
    "assert_days_past_due": lambda: testing.assert_days_past_due(
        ACCOUNT, 117, as_of=AS_OF, policy=POLICY
    ),
    "assert_bucket": lambda: testing.assert_bucket(ACCOUNT, "91+", as_of=AS_OF, policy=POLICY),
    "prepay": lambda: dq.prepay(
        TERMS,
        [Prepayment(paid_on=AS_OF, amount=D("34567.89"), effect=PrepaymentEffect.LOWER_PAYMENT)],
    ),
    "recalculate": lambda: dq.recalculate(
        TERMS,
        payments=[dq.Payment(date(2025, 2, 3), D("10511.09"))],
        as_of=AS_OF,
        recalculation=Recalculation(surplus=Surplus.IN_ADVANCE),
    ),
    "card_ledger": the_card,
    "requirements": lambda: revolving.requirements(CARD, as_of=AS_OF),
    "explain_credits": lambda: revolving.explain_credits(the_card(), value_date=date(2025, 5, 20)),
    "card_bureau_codes": lambda: revolving.card_bureau_codes(CARD, as_of=AS_OF, months=2),
    "judgment_interest": lambda: judgment.judgment_interest(JUDGMENT, as_of=AS_OF),
    "allocate_among": lambda: several_debts.allocate_among(
        DEBTS, D("23456.78"), value_date=AS_OF, currency=CNY
    ),
    "portfolio.assess": lambda: book_answer(portfolio.assess),
    "portfolio.penalty_interest": lambda: book_answer(portfolio.penalty_interest),
    "portfolio.ageing": lambda: portfolio.ageing(book_answer(portfolio.assess)),
    "portfolio.instalment_ages": lambda: book_answer(portfolio.instalment_ages),
    "observe": lambda: observed(dq.observe(ACCOUNT, as_of=AS_OF, policy=POLICY)),
    "observe_card": lambda: observed(dq.observe_card(CARD, as_of=AS_OF)),
    "observe_statements": lambda: observed(the_statements()),
    "early_warning_signals": lambda: dq.early_warning_signals(
        the_statements(), rules=dq.load_warning_rules("card-statements")
    ),
    "assert_ledger_balances": lambda: testing.assert_ledger_balances(
        ACCOUNT, as_of=AS_OF, policy=POLICY
    ),
}


def the_statements():
    return dq.observe_statements(
        "C",
        [date(2025, 1, 5), date(2025, 2, 5)],
        statement_balance=[D("12345.67"), D("23456.78")],
        amount_paid=[D("0"), D("1234.56")],
        credit_limit=D("34567.89"),
        months_late=[0, 1],
        currency=dq.Currency.of("TWD"),
    )


def observed(observations):
    return [(name, observations.value(name)) for name in observations.numbers]


def book_answer(verb):
    return verb(portfolio.Portfolio.from_accounts([ACCOUNT]), as_of=AS_OF, policy=POLICY)


def text_of(value):
    return type(value).__name__ if type(value).__repr__ is object.__repr__ else f"{value!r} {value}"


def told(value, depth=4):
    """The text of a value, with that of every public property, nested values included."""
    kind = type(value)
    if isinstance(value, (tuple, list)):
        return [told(one, depth) for one in value]
    if not kind.__module__.startswith("delinquency") or isinstance(
        value, (dq.Account, dq.Policy, portfolio.Portfolio, revolving.CardAccount)
    ):
        return text_of(value)
    if not depth:
        return text_of(value)
    read = {
        name: told(getattr(value, name), depth - 1)
        for name, member in inspect.getmembers_static(kind)
        if not name.startswith("_")
        if isinstance(member, property) or inspect.ismemberdescriptor(member)
    }
    return [kind.__name__, text_of(value), read]


@pytest.mark.parametrize("verb", VERBS)
def test_the_context_of_the_caller_changes_no_answer(verb):
    ordinary = told(VERBS[verb]())
    with localcontext(prec=4) as context:
        context.traps[Inexact] = True
        narrow = told(VERBS[verb]())
    assert narrow == ordinary


WITHOUT_MONEY = {
    *("adjust", "classify", "day_difference", "day_ratio", "month_ends", "months_and_days"),
    *("period_dates", "period_dates_by_count", "reprice", "settles_by_totals", "year_fraction"),
    *("judgment_rules", "check_policy", "check_portfolio_matches_scalar"),
    *("back_test", "load_warning_rules", "save_warning_rules"),
}
"""Verbs that answer without an amount, and laws, which ask the verbs."""


@pytest.mark.parametrize("module", [dq, judgment, proposals, revolving, several_debts, testing])
def test_every_verb_that_answers_with_money_is_asked(module):
    verbs = {name for name in module.__all__ if inspect.isfunction(getattr(module, name))}
    assert verbs - WITHOUT_MONEY <= set(VERBS)
