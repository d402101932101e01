"""Plans, cards and what is said beside them: read as they were written, refused where they are wrong."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.amortisation import InterestPause, Recalculation
from delinquency.proposals import Affordability, DatedAmount, LenderOffer, PlanLimits
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    CardAgreement,
    DifficultyGround,
    Forgiveness,
    PlanFacts,
    PlanRules,
    RateReduction,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
    available_plan_rules,
    load_plan_rules,
)
from delinquency.restructuring.following import PromiseToPay
from delinquency.restructuring.measures import MEASURES, NAMES
from delinquency.revolving import (
    BALANCE_KINDS,
    BalanceKind,
    BalanceRate,
    ByKind,
    CardAccount,
    CardInterest,
    CardTerms,
    Dated,
    DueAfterDays,
    InterestMethod,
    MinimumPaymentRule,
    MinimumShare,
)
from tests.card_strategies import card_terms, cards
from tests.serialization import plan_strategies as plans
from tests.serialization.test_bad_documents import put, refused
from tests.serialization.test_round_trip import read_back
from tests.serialization.test_schema import WRONG, places, validator
from tests.serialization.test_schema import put as put_at

SAID = st.one_of(
    plans.card_agreements(),
    plans.plan_facts(),
    plans.promises(),
    plans.affordabilities(),
    plans.lender_offers(),
    plans.plan_limits(),
)


@settings(max_examples=300)
@given(plans.plans())
def test_a_plan_is_read_as_it_was_written(plan: RestructuringPlan) -> None:
    assert read_back(plan) == plan
    validator(RestructuringPlan).validate(serialization.to_dict(plan))


@settings(max_examples=200)
@given(SAID)
def test_what_is_said_beside_a_plan_is_read_as_it_was_written(value: Any) -> None:
    assert read_back(value) == value
    validator(type(value)).validate(serialization.to_dict(value))


@settings(max_examples=60)
@given(cards() | card_terms())
def test_a_card_is_read_as_it_was_written(card: CardAccount | CardTerms) -> None:
    assert read_back(card) == card
    validator(type(card)).validate(serialization.to_dict(card))


@pytest.mark.parametrize("name", available_plan_rules())
def test_all_packaged_rules_of_plans_are_read_as_they_were_written(name: str) -> None:
    rules = load_plan_rules(name)
    assert read_back(rules) == rules
    validator(PlanRules).validate(serialization.to_dict(rules))


def test_every_measure_says_which_it_is() -> None:
    settled = serialization.to_dict(SETTLED)["measures"]
    ones = [
        [
            {"kind": "term_extension", "instalments": 3},
            {"kind": "capitalisation", "components": ["interest"]},
            {"kind": "arrears_spread"},
            {"kind": "payment_holiday", "instalments": 2, "interest": "capitalised"},
            {"kind": "rate_reduction", "annual_rate": {"value": "0.03", "period": "year"}},
            {"kind": "arrears_waiver"},
            {"kind": "forgiveness", "component": "principal", "amount": "5.00"},
            {"kind": "principal_deferral", "amount": "100.00"},
            {"kind": "interest_pause", "start": "2025-03-01", "end": "2025-04-01"},
            {"kind": "due_date_change", "first_due_on": "2025-03-20"},
        ],
        [
            {
                "kind": "reduced_payments",
                "payments": [{"instalments": 6, "amount": "5.00"}],
                "interest": "capitalised",
            }
        ],
        [{"kind": "re_ageing", "instalments": 3, "first_due_on": "2025-04-01"}],
        settled,
    ]
    found = [
        measure
        for measures in ones
        for measure in serialization.from_dict(
            RestructuringPlan, {"measures": measures, "effective_on": "2025-03-01"}
        ).measures
    ]
    assert {type(each) for each in found} == set(MEASURES)
    told = [measure["kind"] for measures in ones for measure in measures]
    assert told == [NAMES[type(each)] for each in found]


def test_a_pause_says_which_it_is_among_measures_alone() -> None:
    """Where a key says that pauses follow, the form is what it always was."""
    pause = InterestPause(start=date(2025, 3, 1), end=date(2025, 4, 1))
    plain = {"start": "2025-03-01", "end": "2025-04-01"}
    plan = RestructuringPlan(measures=[pause], effective_on=date(2025, 3, 1))
    assert serialization.to_dict(plan)["measures"] == [{"kind": "interest_pause", **plain}]
    rules = serialization.json_schema(Recalculation)["$defs"]
    assert "kind" not in rules["InterestPause"]["properties"]


def test_a_value_that_never_changed_is_one_step() -> None:
    terms = serialization.to_dict(CARD)["terms"]
    assert terms["grace_days"] == [{"effective_on": None, "value": 3}]
    assert terms["tolerance"] == [
        {"effective_on": None, "value": "0"},
        {"effective_on": "2025-01-01", "value": "10.00"},
    ]


CARD = CardAccount(
    account_id="C-1",
    originated_on=date(2024, 12, 1),
    terms=CardTerms(
        currency=dq.Currency.of("CNY"),
        cycle_day=5,
        due=DueAfterDays(18),
        minimum=MinimumPaymentRule(
            shares=[MinimumShare(BalanceKind.PURCHASE, dq.Proportion(1, 10))]
        ),
        interest=CardInterest(
            rates=[BalanceRate(BalanceKind.PURCHASE, dq.Rate.per_day("0.0005"))],
            method=InterestMethod.FULL_STATEMENT,
        ),
        order=ByKind(kinds=BALANCE_KINDS),
        grace_days=3,
        tolerance=Dated([(None, Decimal(0)), (date(2025, 1, 1), Decimal("10.00"))]),
    ),
)
PLAN = RestructuringPlan(
    measures=[
        ArrearsWaiver(share=dq.Proportion(1, 2)),
        Forgiveness(dq.Component.PRINCIPAL, amount=Decimal("100.00")),
        TermExtension(3),
        RateReduction(dq.Rate.per_year("0.03"), until=date(2025, 6, 1)),
    ],
    effective_on=date(2025, 3, 1),
)
SETTLED = RestructuringPlan(
    measures=[Settlement([SettlementPayment(date(2025, 3, 1), amount=Decimal("500.00"))])],
    effective_on=date(2025, 3, 1),
)
AGREEMENT = CardAgreement(
    account_id="P-1",
    effective_on=date(2025, 3, 10),
    instalments=60,
    first_due_on=date(2025, 4, 10),
    beyond_capacity=True,
    willing=True,
    promises_no_new_cards=True,
    accrues_annual_fee=False,
    accrues_interest=False,
    accrues_other_fees=False,
    rights_and_duties="as in the contract of the card",
    breach_terms="all falls due",
)
PROMISE = PromiseToPay(date(2025, 3, 1), date(2025, 3, 15), Decimal("100.00"))
CAN_PAY = Affordability([DatedAmount(date(2025, 1, 1), Decimal("2000"))])
OFFER = LenderOffer(rates=[dq.Rate.per_year("0.03")], forgiven_shares=[dq.Proportion(1, 10)])
LIMITS = PlanLimits(most_instalments=60, most_loss=dq.Proportion(1, 100))
FACTS = PlanFacts(grounds=[DifficultyGround.OVERDUE], effective_rate=Fraction(1, 30))
RULES = load_plan_rules("us-reg-x-plan")

WRONG_DOCUMENTS = [
    (PLAN, ("measures", 2, "kind"), "extension", "$.measures[2]", "'kind' with one of term_extension, capitalisation"),
    (PLAN, ("measures", 2, "instalments"), 0, "$.measures[2], term extension, instalments", "1 to 1200"),
    (PLAN, ("measures", 2, "instalments"), 3.0, "$.measures[2].instalments", "an integer"),
    (PLAN, ("measures", 2, "instalment"), 3, "$.measures[2]", "Did you mean 'instalments'?"),
    (PLAN, ("measures", 2), {"instalments": 3}, "$.measures[2]", "the key 'kind'"),
    (PLAN, ("measures", 2), {"kind": "interest_pause"}, "$.measures[2].start", "this key to be there"),
    (PLAN, ("measures", 0, "components"), ["interest"], "$.measures[0], arrears waiver, components", "write a Forgiveness"),
    (PLAN, ("measures", 0, "components", 0), "fee", "$.measures[0].components[0]", "principal, interest, fees, penalty"),
    (PLAN, ("measures", 0, "charge_ids"), [3], "$.measures[0].charge_ids[0]", "a text"),
    (PLAN, ("measures", 0, "share", "denominator"), 0, "$.measures[0].share, proportion", "1 or more"),
    (PLAN, ("measures", 1, "amount"), 100.0, "$.measures[1].amount", "an exact number as text"),
    (PLAN, ("measures", 1, "amount"), "-1", "$.measures[1], forgiveness", "more than 0"),
    (PLAN, ("measures", 3, "annual_rate"), "0.03", "$.measures[3].annual_rate", "an object"),
    (PLAN, ("measures", 3, "until"), "2025-02-30", "$.measures[3].until", "calendar"),
    (PLAN, ("measures", 1), {"kind": "term_extension", "instalments": 1}, "$, restructuring plan, measures", "at most one TermExtension"),
    (PLAN, ("measures",), {"kind": "term_extension"}, "$.measures", "a list"),
    (PLAN, ("effective_on",), None, "$.effective_on", "a date as text"),
    (PLAN, ("method",), "balloon", "$.method", "annuity"),
    (PLAN, ("day_count",), "365", "$.day_count", "act_360"),
    (PLAN, ("in_difficulty",), "yes", "$.in_difficulty", "true or false"),
    (SETTLED, ("measures", 0, "payments", 0, "on"), "2025-02-28", "$, restructuring plan, settlement", "2025-03-01"),
    (SETTLED, ("measures", 0, "payments"), [], "$.measures[0], settlement, payments", "at least one payment"),
    (SETTLED, ("measures", 0, "payments", 0, "share"), {"numerator": 1, "denominator": 2}, "$.measures[0].payments[0], settlement payment", "both"),
    (AGREEMENT, ("first_due_on",), "2025-04-11", "$, card agreement, instalments", "at most 60 months"),
    (AGREEMENT, ("willing",), False, "$, card agreement, willing", "Article 70"),
    (AGREEMENT, ("measures",), [{"kind": "term_extension", "instalments": 1}], "$.measures[0]", "one of arrears_waiver, forgiveness, capitalisation"),
    (PROMISE, ("due_on",), "2025-02-28", "$, promise to pay, due_on", "a day on or after promised_on"),
    (PROMISE, ("amount",), 100, "$.amount", "an exact number as text"),
    (CAN_PAY, ("amounts",), [], "$, affordability, amounts", "at least one dated amount"),
    (CAN_PAY, ("amounts", 0, "amount"), "-1", "$.amounts[0], dated amount, amount", "0 or more"),
    (OFFER, ("term_extensions", 0), "1", "$.term_extensions[0]", "an integer"),
    (OFFER, ("term_extensions", 1), 1, "$, lender offer, term_extensions", "each choice once"),
    (OFFER, ("arrears",), ["spread", "waived"], "$.arrears[1]", "spread, capitalised"),
    (OFFER, ("rates", 0, "period"), "week", "$.rates[0].period", "year"),
    (LIMITS, ("most_instalments",), 0, "$, plan limits, most_instalments", "1 or more"),
    (LIMITS, ("most_loss",), "0.01", "$.most_loss", "an object"),
    (FACTS, ("effective_rate",), 0.05, "$.effective_rate", 'Write "12.34" or "1/30"'),
    (FACTS, ("effective_rate",), "-1", "$, plan facts, effective_rate", "above -1"),
    (FACTS, ("grounds", 0), "late", "$.grounds[0]", "overdue, expected_shortfall"),
    (FACTS, ("is_willing",), "yes", "$.is_willing", "true or false"),
    (RULES, ("tests", 0, "kind"), "other", "$.tests[0].kind", "difficulty_named"),
    (RULES, ("tests",), [], "$, plan rules 'us-reg-x-plan'", "at least one test"),
    (RULES, ("tests", 1, "months"), None, "$.tests[1], plan test", "months"),
    (CARD, ("terms", "due"), {"kind": "on_day", "day": 5}, "$.terms.due", "due_after_days, due_on_day"),
    (CARD, ("terms", "cycle_day"), 32, "$.terms, card terms, cycle_day", "from 1 to 31"),
    (CARD, ("terms", "grace_days"), 3, "$.terms.grace_days", "a list"),
    (CARD, ("terms", "grace_days", 0, "value"), "3", "$.terms.grace_days[0].value", "an integer"),
    (CARD, ("terms", "tolerance", 1, "effective_on"), "soon", "$.terms.tolerance[1].effective_on", "YYYY-MM-DD"),
    (CARD, ("terms", "tolerance", 1, "from"), "2025-01-01", "$.terms.tolerance[1]", "effective_on, value"),
    (CARD, ("terms", "tolerance"), [], "$.terms.tolerance, dated value", "at least one row"),
    (CARD, ("terms", "order", "kinds", 0), "gold", "$.terms.order.kinds[0]", "purchase"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "path", "wrong", "where", "told"), WRONG_DOCUMENTS)
def test_a_wrong_document_is_told_by_its_path(value, path, wrong, where, told) -> None:
    document = serialization.to_dict(value)
    put(*path, value=wrong)(document)
    error = refused(type(value), document)
    assert error.where.startswith(where), error
    assert told in str(error), error


@settings(max_examples=300)
@given(plans.plans() | SAID | st.just(CARD) | st.just(RULES), st.data())
def test_what_the_schema_refuses_the_reader_refuses(value: Any, data: st.DataObject) -> None:
    document = copy.deepcopy(serialization.to_dict(value))
    path = data.draw(st.sampled_from(places(document)))
    put_at(document, path, data.draw(st.sampled_from([*WRONG, "1/30", "1/0"])))
    if validator(type(value)).is_valid(document):
        return
    with pytest.raises(dq.DelinquencyError) as caught:
        serialization.from_dict(type(value), document)
    assert caught.value.where.startswith("$")


def test_keys_with_a_default_may_be_left_out() -> None:
    wanted = {"effective_on": "2025-03-01", "measures": [{"kind": "arrears_spread"}]}
    plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    assert serialization.from_dict(RestructuringPlan, wanted) == plan
    assert serialization.from_dict(LenderOffer, {}) == LenderOffer()
    assert serialization.from_dict(PlanFacts, {}) == PlanFacts()
