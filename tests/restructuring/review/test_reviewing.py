"""A review as a whole: facts that are refused, what warns, what is told, and a plan that is forbidden."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

import delinquency as dq
from delinquency.cited_tables import UnverifiedTableWarning
from delinquency.explanation_text import TEMPLATES, WORDS
from delinquency.restructuring import (
    ArrearsSpread,
    Concession,
    DifficultyGround,
    ModificationType,
    PaymentHoliday,
    PlanClass,
    PlanFacts,
    PlanVerdict,
    ReAgeing,
    RestructuringPlan,
    TermExtension,
    available_plan_rules,
    load_plan_rules,
    restructure,
    review_plan,
)
from delinquency.restructuring.review import PlanTestKind, Relation
from delinquency.restructuring.review.worth import RateBasis
from delinquency.sentences import reviewing
from tests.restructuring.review.plans import POLICY, loan, planned, reviewed

DAY = date(2025, 4, 1)
GROUND = [DifficultyGround.EXPECTED_SHORTFALL]


@pytest.mark.parametrize(
    ("facts", "kind", "message"),
    [
        ({"grounds": "overdue"}, dq.InvalidTypeError, "ground: expected an iterable"),
        ({"grounds": ["overdue"]}, dq.InvalidTypeError, "ground 1: expected an instance of"),
        ({"grounds": [*GROUND, *GROUND]}, dq.InvalidValueError, "grounds: expected each ground once"),
        ({"fair_rate": Decimal("0.05")}, dq.InvalidTypeError, "fair_rate, annual_rate: expected a Rate"),
        ({"fair_rate": dq.Rate.per_day("0.0001")}, dq.InvalidValueError, "expected a rate per year"),
        ({"fair_rate": dq.Rate.per_year("-0.01")}, dq.InvalidValueError, "fair_rate"),
        ({"effective_rate": 0.05}, dq.InvalidTypeError, "effective_rate"),
        ({"effective_rate": Decimal("NaN")}, dq.InvalidValueError, "effective_rate"),
        ({"effective_rate": -1}, dq.InvalidValueError, "effective_rate: expected a rate above -1"),
        ({"effective_rate": True}, dq.InvalidTypeError, "effective_rate"),
        ({"upfront_fees": 1.0}, dq.InvalidTypeError, "upfront_fees: expected a Decimal or an int"),
        ({"upfront_fees": -1}, dq.InvalidValueError, "upfront_fees"),
        ({"upfront_fees": 1, "effective_rate": 0}, dq.InvalidValueError, "found both"),
        ({"change_fees": Decimal("-0.01")}, dq.InvalidValueError, "change_fees"),
        ({"change_fees": Decimal("NaN")}, dq.InvalidValueError, "change_fees"),
        ({"asked_on": datetime(2025, 1, 1)}, dq.InvalidTypeError, "asked_on"),
        ({"asked_on": "2025-01-01"}, dq.InvalidTypeError, "asked_on"),
        ({"longest_term": 0}, dq.InvalidValueError, "longest_term: expected from 1 to 1,200"),
        ({"longest_term": 1201}, dq.InvalidValueError, "longest_term: expected from 1 to 1,200"),
        ({"longest_term": 12.0}, dq.InvalidTypeError, "longest_term: expected an int"),
        ({"recent_days_past_due": -1}, dq.InvalidValueError, "recent_days_past_due"),
        ({"recent_days_past_due": True}, dq.InvalidTypeError, "recent_days_past_due"),
        ({"is_willing": 1}, dq.InvalidTypeError, "is_willing: expected True, False or None"),
        ({"is_swapped": "no"}, dq.InvalidTypeError, "is_swapped: expected True, False or None"),
        ({"in_workout": None}, dq.InvalidTypeError, "in_workout: expected True or False"),
    ],
)  # fmt: skip
def test_facts_that_cannot_be_are_refused(facts, kind, message) -> None:
    with pytest.raises(kind) as caught:
        PlanFacts(**facts)
    assert str(caught.value).startswith("plan facts")
    assert message in str(caught.value)


def test_facts_at_their_edges_are_accepted() -> None:
    edges = PlanFacts(longest_term=1200, recent_days_past_due=0, change_fees=0,
        grounds=[], effective_rate=Fraction(-99, 100), fair_rate=dq.Rate.per_year(0))  # fmt: skip
    assert edges.grounds == ()
    assert PlanFacts() == PlanFacts(grounds=None)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"done": loan()}, "review_plan, done: expected the answer of restructure"),
        ({"rules": "cn-plan"}, "review_plan, rules: expected PlanRules"),
        ({"facts": {}}, "review_plan, facts: expected PlanFacts"),
    ],
)
def test_wrong_types_are_refused(given, message) -> None:
    done = planned(loan(), TermExtension(1))
    told = {"done": done, "rules": load_plan_rules("us-reg-x-plan"), "facts": None, **given}
    with pytest.raises(dq.InvalidTypeError, match=message):
        review_plan(told.pop("done"), **told)


def warned(done, name: str, **facts) -> list[str]:
    with warnings.catch_warnings(record=True) as raised:
        warnings.simplefilter("always")
        review_plan(done, rules=load_plan_rules(name), facts=PlanFacts(**facts))
    assert {each.category for each in raised} <= {UnverifiedTableWarning}
    assert {each.filename for each in raised} <= {__file__}
    return [str(each.message).split(",")[1].strip() for each in raised]


def test_what_was_never_compared_warns_where_it_is_asked() -> None:
    extended, kept = planned(loan(), TermExtension(1)), planned(loan(), ArrearsSpread())
    assert warned(extended, "cn-plan") == [
        "test cn_restructured_again",
        "test cn_extension_asked",
        "test cn_personal_extension_term",
    ]
    assert warned(kept, "cn-plan") == ["test cn_restructured_again"]
    assert warned(planned(loan(), PaymentHoliday(2)), "eu-plan") == [
        "test eu_presumed_forbearance",
        "test eu_short_term_measures",
    ]
    assert warned(kept, "in-plan") == ["test in_downgrade", "test in_monitoring"]
    assert warned(extended, "us-reg-x-plan") == []


def test_a_failed_limit_refuses_the_plan_with_test_figure_limit_and_article() -> None:
    card = loan(count=2, product=dq.Product.CARD)
    plan = RestructuringPlan(measures=[ReAgeing(61, date(2025, 4, 20))], effective_on=DAY)
    facts = PlanFacts(is_willing=True, is_beyond_capacity=True)
    given = {"as_of": DAY, "policy": POLICY, "rules": load_plan_rules("cn-plan")}
    with pytest.raises(dq.PolicyError) as caught:
        restructure(card, plan, **given, facts=facts)
    assert str(caught.value) == (
        "account 'A-1', plan of 2025-04-01, cn-plan, test cn_card_agreement_term: expected months that the "
        "plan lasts: at most 60 (Measures for the Supervision of Credit Card Business of Commercial Banks "
        "(CBRC Order 2011 No. 2), Article 70), found 61. Hint: Failed too: cn_card_instalments_term."
    )
    shorter = RestructuringPlan(measures=[ReAgeing(60, date(2025, 4, 20))], effective_on=DAY)
    allowed = restructure(card, shorter, **given, facts=facts)
    assert allowed.after == restructure(card, shorter, as_of=DAY, policy=POLICY).after


def test_a_limit_that_was_never_compared_says_so_where_it_refuses() -> None:
    card = loan(count=2, product=dq.Product.CARD)
    plan = RestructuringPlan(measures=[ReAgeing(61, date(2025, 4, 20))], effective_on=DAY)
    rules = load_plan_rules("us-occ-workout")
    with pytest.raises(dq.PolicyError, match=r"Hint: Its figures were never compared"):
        restructure(card, plan, as_of=DAY, policy=POLICY, rules=rules)


def test_a_re_age_too_soon_says_within_how_many_months() -> None:
    card = loan(count=12, product=dq.Product.CARD, began=date(2024, 1, 15), paid=0,
        events=[dq.ReAge(date(2024, 8, 1))])  # fmt: skip
    plan = RestructuringPlan(measures=[ReAgeing(6, date(2025, 4, 20))], effective_on=DAY)
    rules = load_plan_rules("us-ffiec-plan")
    with pytest.raises(dq.PolicyError, match=r"paid for the last payments due: at least 300\.00"):
        restructure(card, plan, as_of=DAY, policy=POLICY, rules=rules)


def test_an_account_that_is_current_needs_a_ground() -> None:
    plan = RestructuringPlan(measures=[TermExtension(1)], effective_on=DAY)
    rules = load_plan_rules("cn-plan")
    current = loan(paid=3)
    with pytest.raises(dq.PolicyError, match=r"test cn_difficulty_named: expected .*found 0"):
        restructure(current, plan, as_of=DAY, policy=POLICY, rules=rules)
    facts = PlanFacts(grounds=GROUND)
    assert restructure(current, plan, as_of=DAY, policy=POLICY, rules=rules, facts=facts)


def test_a_second_restructuring_under_observation_may_be_made_and_says_what_follows() -> None:
    """No rule of a plan forbids it: the asset is at least substandard, by Article 22."""
    change = dq.Restructuring(date(2024, 9, 1), date(2024, 9, 15))
    account = loan(count=24, paid=14, began=date(2024, 1, 15), events=[change])
    plan = RestructuringPlan(measures=[TermExtension(1)], effective_on=date(2025, 4, 1))
    rules = load_plan_rules("cn-plan")
    facts = PlanFacts(grounds=GROUND)
    done = restructure(account, plan, as_of=DAY, policy=POLICY, rules=rules, facts=facts)
    review = review_plan(done, rules=rules, facts=facts)
    assert review.classification[PlanClass.SUBSTANDARD] == ("cn_restructured_again",)
    told = review.row("cn_restructured_again")
    assert "Articles 20 and 22" in str(told)
    assert str(told).startswith(
        "cn_restructured_again, restructuring under observation (must): applies"
    )
    assert "观察期内再次重组" in told.explanation.to_text("zh")


def test_facts_without_rules_are_refused() -> None:
    plan = RestructuringPlan(measures=[TermExtension(1)], effective_on=DAY)
    with pytest.raises(dq.InvalidTypeError, match="rules: expected PlanRules, because facts"):
        restructure(loan(), plan, as_of=DAY, policy=POLICY, facts=PlanFacts())


def test_a_row_is_asked_for_by_the_id_of_its_test() -> None:
    review = reviewed(planned(loan(), TermExtension(1)), "us-reg-x-plan")
    assert review.row("us_reg_x_arrears_term").test_id == "us_reg_x_arrears_term"
    with pytest.raises(dq.InvalidValueError, match="expected one of us_reg_x_arrears_months"):
        review.row("cn_observation")
    assert repr(review) == (
        "PlanReview(account_id='A-1', effective_on=datetime.date(2025, 4, 1), rules='us-reg-x-plan')"
    )


def test_an_answer_that_is_not_assessed_breaks_no_limit_and_is_listed() -> None:
    review = reviewed(planned(loan(), TermExtension(1)), "cn-plan")
    assert review.is_allowed
    assert [row.test_id for row in review.not_assessed] == [
        "cn_extension_asked",
    ]
    late = reviewed(planned(loan(), TermExtension(1)), "cn-plan", asked_on=date(2026, 1, 1))
    assert not late.is_allowed
    assert [row.test_id for row in late.failed] == ["cn_extension_asked"]


def test_the_review_in_words() -> None:
    review = reviewed(planned(loan(count=9), ArrearsSpread(), on=date(2025, 5, 1)), "us-reg-x-plan")
    assert str(review) == (
        "Review of the plan of 2025-05-01 for account A-1 by us-reg-x-plan: not allowed; limits failed 1, "
        "tests not assessed 0.\n"
        "  us_reg_x_arrears_months, months of arrears (may): failed.\n"
        "    [12 CFR Part 1024 (Regulation X), 1024.41(c)(2)(iii)]\n"
        "    arrears are spread: yes; required: yes.\n"
        "    months of arrears: 4; required: at most 3; not met.\n"
        "  us_reg_x_arrears_term, time to make up arrears (may): passed.\n"
        "    [12 CFR Part 1024 (Regulation X), 1024.41(c)(2)(iii)]\n"
        "    arrears are spread: yes; required: yes.\n"
        "    months in which arrears are made up: 5; required: at most 6."
    )
    assert "拖欠月数：4；要求不超过3，未满足。" in review.to_text("zh")
    assert str(review.rows[0]) == review.rows[0].explanation.to_text()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", available_plan_rules())
def test_every_word_of_a_review_is_known_in_both_languages(name, lang) -> None:
    """No id of a name, of a verdict or of a kind shows through."""
    account = loan(product=dq.Product.CARD) if name == "us-occ-workout" else loan()
    review = reviewed(planned(account, TermExtension(1), ArrearsSpread()), name)
    ids = {row.test_id for row in review.rows}
    for step in review.explanation.walk():
        text = step.sentence(lang=lang)
        for word in ("verdict_", "test_", "modality_", "relation_", "flag_", "class_", "ground_"):
            assert word not in text
        if step.rule in ("plan_check", "plan_figure", "plan_check_open"):
            name_of = step.inputs["name"]
            assert name_of in WORDS[lang] or name_of in ids


def test_every_member_has_its_word() -> None:
    told = {
        "verdict": PlanVerdict,
        "class": PlanClass,
        "test": PlanTestKind,
        "concession": Concession,
        "modification": ModificationType,
        "ground": DifficultyGround,
        "modality": dq.Modality,
        "relation": Relation,
        "rate_of": RateBasis,
        "product": dq.Product,
        "segment": dq.Segment,
    }
    words = {f"{noun}_{member.value}" for noun, kind in told.items() for member in kind}
    assert words <= set(reviewing.WORDS_EN)
    assert {f"{word}_of_dates" for word in words if word.startswith("relation_")} <= set(
        reviewing.WORDS_EN
    )
    assert set(reviewing.WORDS_EN) == set(reviewing.WORDS_ZH)
    assert set(reviewing.EN) <= set(TEMPLATES["en"])
