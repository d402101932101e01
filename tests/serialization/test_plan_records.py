"""The audit records of plans: what was answered is what is read, and what is asked again is what was answered."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.citation import Verification
from delinquency.daycount import DayCount
from delinquency.explanation import Explanation
from delinquency.proposals import Affordability, LenderOffer, PlanLimits, propose_plans
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Forgiveness,
    PaymentHoliday,
    Settlement,
    SettlementPayment,
    agree_on_card,
    available_plan_rules,
)
from delinquency.restructuring.following import (
    PromiseToPay,
    counts_around,
    follow_plan,
    plan_clocks,
    re_default,
    reinstate,
)
from delinquency.serialization import (
    CardAgreementRecord,
    ConsolidationRecord,
    FollowedRecord,
    PlanRecord,
    PlanReviewRecord,
    ProposalsRecord,
    ReinstatementRecord,
)
from delinquency.serialization.document_kinds import RECORDS
from tests.card_strategies import LIVED, OPENED, cards
from tests.restructuring import test_card_agreement as on_cards
from tests.restructuring import test_consolidation as merged
from tests.restructuring.following.loans import (
    CHINA,
    POLICY,
    consumer_plan,
    done_for,
    free_loan,
    paid,
)
from tests.restructuring.following.test_laws import day_of, paid_since
from tests.restructuring.following.test_laws import plans as plans_done
from tests.restructuring.review.plans import dear_loan, loan, planned, reviewed
from tests.restructuring.review.test_review_laws import RULES, TIGHT, facts
from tests.restructuring.test_laws import loans
from tests.serialization.test_bad_documents import put, refused
from tests.serialization.test_schema import WRONG, places, validator
from tests.serialization.test_schema import put as put_at

SPREAD = done_for(free_loan(), ArrearsSpread())
ON_COMPLETION = done_for(
    free_loan(),
    Forgiveness(dq.Component.PRINCIPAL, amount=200, on_completion=True),
    ArrearsSpread(),
)
SINCE = paid((3, 16, 200), (4, 17, 200))
PROMISES = [PromiseToPay(date(2025, 3, 2), date(2025, 3, 20), Decimal("150.00"))]


def proposals(**more: Any) -> Any:
    return propose_plans(
        free_loan(),
        as_of=date(2025, 3, 1),
        policy=POLICY,
        **{
            "affordability": Affordability.of(130),
            "offer": LenderOffer(term_extensions=range(1, 7)),
            **more,
        },
    )


def answers() -> Iterator[Any]:
    """One of every answer and every way to ask."""
    yield SPREAD
    yield ON_COMPLETION
    yield consumer_plan()
    yield planned(dear_loan(), PaymentHoliday(2), on=date(2025, 4, 10))
    settled = Settlement([SettlementPayment(date(2025, 4, 10), share=dq.Proportion(7, 10))])
    yield planned(dear_loan(), settled, on=date(2025, 4, 10))
    yield merged.done_by(merged.plan_of(ArrearsWaiver()))
    agreed = [dq.DatedRate(merged.DAY, dq.Rate.per_year("0.03"))]
    yield merged.done_by(merged.plan_of(), contract_rates=agreed)
    for each in (on_cards.agreement(), on_cards.bearing()):
        yield agree_on_card(on_cards.card(), each, as_of=each.effective_on, policy=on_cards.POLICY)
    done = planned(dear_loan(), PaymentHoliday(2), on=date(2025, 4, 10))
    for name in available_plan_rules():
        with suppress(dq.PolicyNotInForceError):
            yield reviewed(done, name)
    yield reviewed(merged.done_by(merged.plan_of(ArrearsWaiver())), "cn-plan")
    yield reviewed(merged.done_by(merged.plan_of(), contract_rates=agreed), "eu-plan")
    yield reviewed(on_cards.agreed(), "cn-plan", is_under_observation=False)
    yield follow_plan(SPREAD, SINCE, as_of=date(2025, 4, 30), policy=POLICY)
    yield follow_plan(
        SPREAD,
        SINCE,
        as_of=date(2025, 4, 30),
        policy=POLICY,
        tolerance_days=1,
        tolerance=Decimal("0.50"),
        promises=PROMISES,
        known_on=date(2025, 4, 30),
    )
    for more in (
        {},
        {"over_days": 30},
        {"months": 3, "machine": CHINA.versions[-1].status[0].name},
    ):
        yield re_default(SPREAD, [], as_of=date(2025, 12, 31), policy=CHINA, **more)
    yield from counts_around(SPREAD, SINCE, as_of=date(2025, 4, 30), policies=[POLICY, CHINA])
    yield plan_clocks(SPREAD, SINCE, as_of=date(2025, 4, 14), policy=CHINA)
    last = CHINA.versions[-1].status[-1].name
    yield plan_clocks(SPREAD, SINCE, as_of=date(2025, 4, 14), policy=CHINA, machine=last)
    yield reinstate(ON_COMPLETION, paid((3, 15, 50)), on=date(2025, 4, 1), policy=POLICY)
    yield reinstate(
        ON_COMPLETION,
        [],
        on=date(2025, 3, 10),
        policy=POLICY,
        promises=PROMISES,
        tolerance_days=5,
        tolerance=1,
        ground="双方同意",
    )
    yield proposals()
    yield proposals(affordability=Affordability.of(20))
    yield proposals(
        bounds=PlanLimits(last_due_on=date(2025, 4, 30), most_loss=dq.Proportion(1, 100)),
        affordability=Affordability.of(90),
        day_count=DayCount.ACT_365F,
    )


ANSWERS = list(answers())


def written(answer: Any) -> Any:
    """The record as it is read from the text of the answer, once it is what was written."""
    kind = RECORDS[type(answer)]
    text = serialization.to_json(answer)
    record = serialization.from_json(kind, text)
    assert record == kind.of(answer)
    assert serialization.to_json(record) == text
    return record


def check(answer: Any) -> Any:
    """A record says what its answer says, and asked again it says so again."""
    record = written(answer)
    assert record.differences() == ()
    assert record.explanation == answer.explanation
    for lang in ("en", "zh"):
        assert record.texts[lang] == record.explanation.to_text(lang=lang)
        assert record.texts[lang] == answer.explanation.to_text(lang=lang)
    return record


@pytest.mark.filterwarnings("ignore::delinquency.errors.DelinquencyWarning")
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda each: type(each).__name__)
def test_an_answer_is_its_record(answer: Any) -> None:
    record = check(answer)
    validator(type(record)).validate(serialization.to_dict(answer))
    assert serialization.json_schema(type(answer)) == serialization.json_schema(type(record))


def test_every_answer_on_a_plan_is_looked_at() -> None:
    of_plans = {
        kind
        for kind in RECORDS
        if kind.__module__.startswith(("delinquency.restructuring", "delinquency.proposals"))
    }
    assert len(of_plans) == 10
    assert of_plans == {type(each) for each in ANSWERS}


@settings(max_examples=200)
@given(st.data(), plans_done(), st.integers(0, 260))
def test_plans_and_what_became_of_them_are_asked_again(data, done, days) -> None:
    """Law: every figure of a record is that of the answer, and is found again from what the record keeps."""
    check(done)
    since = data.draw(paid_since(done))
    as_of = day_of(done, days)
    tolerance = data.draw(st.integers(0, 300))
    told = follow_plan(
        done, since, as_of=as_of, policy=POLICY, tolerance=tolerance, tolerance_days=days % 7
    )
    figures = check(told).figures
    assert sum(row.asked.total for row in figures.rows) == sum(row.asked.total for row in told.rows)
    assert figures.state is told.state
    check(re_default(done, since, as_of=as_of, policy=POLICY, over_days=days % 40))
    for each in counts_around(done, since, as_of=as_of, policies=[POLICY]):
        check(each)
    with suppress(dq.InvalidValueError):
        check(reinstate(done, since, on=as_of + timedelta(days=1), policy=POLICY, ground="agreed"))


@pytest.mark.filterwarnings("ignore::delinquency.errors.DelinquencyWarning")
@settings(max_examples=200)
@given(plans_done(), facts(), st.sampled_from([*RULES.values(), TIGHT]))
def test_reviews_are_asked_again(done, stated, rules) -> None:
    try:
        answer = reviewed(done, rules, **stated)
    except dq.InvalidValueError:
        reject()
    record = check(answer)
    assert [row.verdict for row in record.figures.rows] == [row.verdict for row in answer.rows]


@settings(max_examples=100)
@given(loans(), st.integers(20, 5000), st.integers(0, 60))
def test_proposals_are_asked_again(account, payment, after) -> None:
    last = max((each.value_date for each in account.payments), default=account.originated_on)
    day = last + timedelta(days=after + 1)
    try:
        found = propose_plans(
            account,
            as_of=day,
            policy=POLICY,
            affordability=Affordability.of(payment),
            offer=LenderOffer(term_extensions=range(1, 4), forgiven_shares=[dq.Proportion(1, 10)]),
            day_count=DayCount.ACT_365F,
        )
    except dq.InvalidValueError:
        reject()
    record = check(found)
    assert [each.plan for each in record.figures.plans] == [each.plan for each in found]


@settings(max_examples=60)
@given(loans(), loans(), st.integers(1, 12), st.booleans())
def test_consolidations_are_asked_again(one, other, instalments, is_rate_given) -> None:
    pair = [attrs.evolve(each, account_id=name) for each, name in ((one, "A"), (other, "B"))]
    paid_on = [each.value_date for account in pair for each in account.payments]
    on = max(paid_on, default=one.originated_on) + timedelta(days=3)
    rates = [dq.DatedRate(on, dq.Rate.per_year("0.02"))] if is_rate_given else None
    plan = merged.plan_of(
        ArrearsWaiver(), instalments=instalments, on=on, first=on + timedelta(days=20)
    )
    try:
        done = merged.done_by(plan, *pair, contract_rates=rates)
    except dq.InvalidValueError:
        reject()
    assert check(done).figures.is_rate_given is is_rate_given


@settings(max_examples=60)
@given(cards(), st.integers(1, 60))
def test_agreements_on_cards_are_asked_again(card, instalments) -> None:
    on = OPENED + timedelta(days=2 * LIVED)
    agreement = on_cards.agreement(
        effective_on=on, first_due_on=on + timedelta(days=20), instalments=min(instalments, 59)
    )
    try:
        done = agree_on_card(card, agreement, as_of=on, policy=POLICY)
    except dq.InvalidValueError:
        reject()
    record = check(done)
    assert sum(each.amount for each in record.figures.structure) == done.debt_before.total


def test_a_row_has_both_sides_and_their_sums_as_text() -> None:
    rows = serialization.to_dict(SPREAD)["figures"]["schedule_rows"]
    nothing = {"interest": "0.00", "fees": "0.00", "penalty": "0.00"}
    assert rows[0] == {
        "due_date": "2025-03-15",
        "before": {"principal": "100.00", **nothing, "total": "100.00"},
        "after": {"principal": "200.00", **nothing, "total": "200.00"},
    }


def test_the_account_after_the_plan_is_an_account() -> None:
    after = serialization.to_dict(SPREAD)["figures"]["after"]
    assert serialization.from_dict(dq.Account, after) == SPREAD.after


def test_a_figure_that_is_not_what_it_was_is_named() -> None:
    record = PlanRecord.of(SPREAD)
    told = attrs.evolve(
        record, figures=attrs.evolve(record.figures, total_cost_change=Decimal("1.00"))
    )
    assert [str(each) for each in told.differences()] == [
        "total_cost_change: recorded 1.00, recomputed 0.00"
    ]
    words = attrs.evolve(record, texts={**record.texts, "en": "All is well."})
    assert [each.figure for each in words.differences()] == ["texts"]


def test_a_record_of_an_unverified_policy_is_read_without_a_warning() -> None:
    unverified = attrs.evolve(POLICY.versions[-1], verification=Verification.UNVERIFIED)
    with pytest.warns(dq.DelinquencyWarning):
        answer = follow_plan(SPREAD, [], as_of=date(2025, 4, 1), policy=unverified)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert written(answer).policies == (unverified,)


FOLLOWED = follow_plan(SPREAD, SINCE, as_of=date(2025, 4, 30), policy=POLICY)
REVIEWED = reviewed(planned(loan(), ArrearsSpread()), "us-reg-x-plan")
BACK = reinstate(ON_COMPLETION, paid((3, 15, 50)), on=date(2025, 4, 1), policy=POLICY)
MERGED = merged.done_by(merged.plan_of())
ON_CARD = agree_on_card(
    on_cards.card(), on_cards.agreement(), as_of=on_cards.DAY, policy=on_cards.POLICY
)
OF_MERGED, OF_CARD = reviewed(MERGED, "cn-plan"), reviewed(ON_CARD, "cn-plan")

WRONG_RECORDS = [
    (SPREAD, ("currency",), "USD", "$, record of a plan, currency", "'CNY'"),
    (SPREAD, ("policy_version",), "other", "$, record of a plan, policy_version", "'founding-report'"),
    (SPREAD, ("texts",), {"en": "Fine."}, "$, record of a plan, texts", "one text for each of en, zh"),
    (SPREAD, ("texts", "zh"), 3, "$.texts, zh", "a text"),
    (SPREAD, ("texts",), [], "$.texts", "an object"),
    (SPREAD, ("plan", "measures", 0, "kind"), "spread", "$.plan.measures[0]", "arrears_spread"),
    (SPREAD, ("figures", "spread", "total"), "200.01", "$.figures.spread, total", "the sum of its parts, 200.00"),
    (SPREAD, ("figures", "spread", "principal"), 200, "$.figures.spread.principal", "an exact number as text"),
    (SPREAD, ("figures", "schedule_rows", 0, "due_date"), "soon", "$.figures.schedule_rows[0].due_date", "YYYY-MM-DD"),
    (SPREAD, ("figures", "after", "account_id"), 7, "$.figures.after.account_id", "a text"),
    (SPREAD, ("figures", "present_value_los"), "1", "$.figures", "Did you mean 'present_value_loss'?"),
    (SPREAD, ("library_version",), None, "$.library_version", "a text"),
    (SPREAD, ("explanation", "types", "before"), "float", "$.explanation, types, before", "date, decimal, fraction, proportion"),
    (FOLLOWED, ("figures", "kind"), "followed", "$.figures", "plan_compliance, re_default, counts_around, plan_clocks"),
    (FOLLOWED, ("figures", "state"), "late", "$.figures.state", "kept, completed, broken"),
    (FOLLOWED, ("figures", "rows", 0, "state"), "paid", "$.figures.rows[0].state", "kept, late, broken, pending"),
    (FOLLOWED, ("policies",), [], "$, record of a plan that is followed, policies", "at least one version"),
    (FOLLOWED, ("payments", 0, "amount"), 200, "$.payments[0].amount", "an exact number as text"),
    (FOLLOWED, ("done", "plan", "effective_on"), None, "$.done.plan.effective_on", "a date as text"),
    (FOLLOWED, ("policy_version",), "other", "$, record of a plan that is followed, policy_version", "'founding-report'"),
    (REVIEWED, ("rules", "tests"), [], "$.rules, plan rules 'us-reg-x-plan'", "at least one test"),
    (REVIEWED, ("effective_on",), "2025-01-01", "$, record of a review, effective_on", "2025-04-01"),
    (REVIEWED, ("figures", "rows", 0, "verdict"), "fine", "$.figures.rows[0].verdict", "passed, failed"),
    (REVIEWED, ("figures", "rows", 0, "checks", 0, "found"), 99, "$.figures.rows[0].checks[0], holds", "False, as follows"),
    (REVIEWED, ("figures", "rows", 0, "checks", 0, "found"), "many", "$.figures.rows[0].checks[0], found", "compared"),
    (REVIEWED, ("figures", "rows", 0, "checks", 0, "holds"), False, "$.figures.rows[0].checks[0], holds", "True"),
    (REVIEWED, ("figures", "rows", 0, "checks", 0, "types"), {"found": "date"}, "$.figures.rows[0].checks[0]", "YYYY-MM-DD"),
    (REVIEWED, ("facts", "is_willing"), "yes", "$.facts.is_willing", "true or false"),
    (BACK, ("ground",), 3, "$.ground", "a text"),
    (BACK, ("figures", "breach", "on"), None, "$.figures.breach.on", "a date as text"),
    (MERGED, ("accounts",), [], "$, record of a consolidation, accounts", "at least one account"),
    (MERGED, ("figures", "closed"), [], "$, record of a consolidation, figures, closed", "'A, B'"),
    (OF_MERGED, ("done", "accounts"), [], "$.done, inputs of a consolidation, accounts", "at least one account"),
    (OF_MERGED, ("done", "policies"), [], "$.done, inputs of a consolidation", "at least one version"),
    (OF_MERGED, ("done", "kind"), "merger", "$.done", "consolidation, card_agreement"),
    (OF_MERGED, ("policy_version",), "other", "$, record of a review, policy_version", "'founding-report'"),
    (OF_CARD, ("done", "card"), None, "$.done.card", "an object"),
    (OF_CARD, ("effective_on",), "2025-01-01", "$, record of a review, effective_on", "2025-"),
    (OF_CARD, ("currency",), "USD", "$, record of a review, currency", "'CNY'"),
    (ON_CARD, ("agreement", "willing"), False, "$.agreement, card agreement, willing", "Article 70"),
    (ON_CARD, ("figures", "structure", 0, "balance"), "gold", "$.figures.structure[0].balance", "purchase"),
    (ON_CARD, ("card", "terms", "currency"), "USD", "$", ""),
    (ANSWERS[-2], ("figures", "binding", 0, "bound"), "all", "$.figures.binding[0].bound", "affordability"),
    (ANSWERS[-2], ("affordability", "amounts"), [], "$.affordability, affordability, amounts", "at least one"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "path", "value", "where", "told"), WRONG_RECORDS)
def test_a_wrong_record_is_told_by_its_path(answer, path, value, where, told) -> None:
    document = serialization.to_dict(answer)
    put(*path, value=value)(document)
    error = refused(RECORDS[type(answer)], document)
    assert error.where.startswith(where), error
    assert told in str(error), error


@settings(max_examples=150)
@given(
    st.sampled_from([SPREAD, FOLLOWED, REVIEWED, OF_MERGED, BACK, ON_CARD, ANSWERS[-2]]), st.data()
)
def test_what_the_schema_refuses_the_reader_refuses(answer: Any, data: st.DataObject) -> None:
    document = copy.deepcopy(serialization.to_dict(answer))
    kind = RECORDS[type(answer)]
    path = data.draw(st.sampled_from(places(document)))
    put_at(document, path, data.draw(st.sampled_from([*WRONG, "1/30", "1/0"])))
    if validator(kind).is_valid(document):
        return
    with pytest.raises(dq.DelinquencyError) as caught:
        serialization.from_dict(kind, document)
    assert caught.value.where.startswith("$")


@pytest.mark.parametrize(
    "kind",
    [
        PlanRecord,
        ConsolidationRecord,
        CardAgreementRecord,
        PlanReviewRecord,
        FollowedRecord,
        ReinstatementRecord,
        ProposalsRecord,
    ],
)
def test_a_record_is_of_its_answer_alone(kind: Any) -> None:
    with pytest.raises(dq.InvalidTypeError, match=kind.__name__):
        kind.of(free_loan())


@pytest.mark.parametrize("answer", [SPREAD, FOLLOWED, BACK, MERGED, ON_CARD, REVIEWED, OF_MERGED])
def test_a_record_that_is_made_by_hand_is_checked(answer: Any) -> None:
    record = RECORDS[type(answer)].of(answer)
    for change in ({"figures": None}, {"explanation": "because"}, {"texts": "because"}):
        with pytest.raises(dq.InvalidTypeError, match="record of a"):
            attrs.evolve(record, **change)


def test_exact_figures_of_an_explanation_keep_their_types() -> None:
    step = Explanation(
        "a_rule", Fraction(1, 30), {"share": dq.Proportion(1, 3), "day": date(2025, 3, 1)}
    )
    text = serialization.to_json(step)
    assert serialization.from_json(Explanation, text) == step
    told = json.loads(text)
    assert (told["value"], told["inputs"]["share"]) == ("1/30", {"numerator": 1, "denominator": 3})
    wrong = {**told, "inputs": {**told["inputs"], "share": {"numerator": 1}}}
    assert "numerator and denominator" in str(refused(Explanation, wrong))
