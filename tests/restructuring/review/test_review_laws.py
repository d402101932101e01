"""What is true of every review."""

from __future__ import annotations

import operator
from datetime import date
from decimal import Decimal

import attrs
from hypothesis import example, given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.civil_days import add_months_day
from delinquency.errors import InvalidValueError, PolicyError
from delinquency.restructuring import (
    ArrearsWaiver,
    DifficultyGround,
    DueDateChange,
    Forgiveness,
    PlanFacts,
    PlanReview,
    PlanVerdict,
    TermExtension,
    available_plan_rules,
    load_plan_rules,
    restructure,
)
from delinquency.restructuring.review import (
    ExtensionBand,
    PlanCheck,
    PlanRules,
    PlanTest,
    PlanTestKind,
    Relation,
)
from delinquency.restructuring.review.case import term_in_months
from delinquency.validity import ALWAYS
from tests.restructuring.review.plans import dear_loan, reviewed
from tests.restructuring.test_laws import BEGUN, POLICY, loans, measures, plan_of
from tests.strategies_internal import MANY

DAY = date(2025, 1, 1)


def always(name: str) -> PlanRules:
    """Packaged rules as they are in force on a day for the loans of these laws, on every day."""
    rules = load_plan_rules(name)
    tests = rules.in_force(as_of=DAY, originated_on=BEGUN)
    return attrs.evolve(rules, tests=[attrs.evolve(test, validity=ALWAYS) for test in tests])


RULES = {name: always(name) for name in available_plan_rules()}

TIGHT = PlanRules(
    name="tight",
    tests=[
        PlanTest(test_id="plan", kind=PlanTestKind.PLAN_TERM, months=6),
        PlanTest(test_id="late", kind=PlanTestKind.ARREARS_MONTHS, months=1),
        PlanTest(test_id="made_up", kind=PlanTestKind.ARREARS_TERM, months=4),
        PlanTest(test_id="parts", kind=PlanTestKind.ARREARS_PARTS, periods=6),
        PlanTest(test_id="interest", kind=PlanTestKind.INTEREST_PAID),
        PlanTest(test_id="temporary", kind=PlanTestKind.TEMPORARY_MEASURES, months=1),
        PlanTest(
            test_id="extension",
            kind=PlanTestKind.EXTENSION_TERM,
            bands=[ExtensionBand(up_to_months=9, months=1), ExtensionBand(months=2)],
        ),
    ],
)
"""Limits that most plans of these laws come near to, for whatever account."""

flags = st.sampled_from([None, True, False])
VALUES = {
    "grounds": st.none() | st.lists(st.sampled_from(DifficultyGround), unique=True),
    "fair_rate": st.none() | st.integers(0, 20).map(lambda n: dq.Rate.per_year(Decimal(n).scaleb(-2))),
    "effective_rate": st.none() | st.integers(-50, 500).map(lambda n: Decimal(n).scaleb(-3)),
    "upfront_fees": st.none() | st.integers(0, 900),
    "change_fees": st.integers(0, 500),
    "asked_on": st.none() | st.dates(date(2024, 1, 1), date(2027, 1, 1)),
    "longest_term": st.none() | st.integers(1, 60),
    "recent_days_past_due": st.none() | st.integers(0, 120),
    "in_workout": st.booleans(),
}  # fmt: skip
"""Facts by name; the others are flags."""

NAMES = tuple(field.name for field in attrs.fields(PlanFacts))


@st.composite
def facts(draw) -> dict[str, object]:
    """Facts of which any may be unknown."""
    found = {name: draw(VALUES.get(name, flags)) for name in NAMES}
    if found["effective_rate"] is not None:
        found["upfront_fees"] = None
    return found


@st.composite
def plans(draw):
    """A loan, measures, and the day of a plan for it, each of which may be refused."""
    account = draw(loans())
    if draw(st.booleans()):
        account = attrs.evolve(
            account,
            product=draw(st.sampled_from(dq.Product)),
            segment=draw(st.sampled_from(dq.Segment)),
        )
    return (
        account,
        draw(st.lists(measures, min_size=1, max_size=3) | st.just([])),
        draw(st.integers(0, 120)),
    )


def done_of(planned):
    """What the plan does on a day of 2025; ``None`` where it is refused."""
    account, chosen, after = planned
    try:
        plan = plan_of(account, chosen, after)
        return restructure(account, plan, as_of=date(2030, 1, 1), policy=POLICY)
    except InvalidValueError:
        return None


def told(review: PlanReview) -> list[tuple[object, ...]]:
    return [
        (row.test_id, row.verdict, row.conditions, row.checks, row.figures) for row in review.rows
    ]


@MANY
@given(plans(), facts(), facts(), st.sampled_from(sorted(RULES)))
def test_facts_that_rules_do_not_name_change_nothing(planned, some, others, name) -> None:
    """Law: a review with all facts is one with the facts that its rules read."""
    done, rules = done_of(planned), RULES[name]
    if done is None:
        return
    mixed = {fact: (some if fact in rules.facts else others)[fact] for fact in NAMES}
    if mixed["effective_rate"] is not None:
        mixed["upfront_fees"] = None
    reviews = [reviewed(done, rules, **each) for each in (some, mixed)]
    assert told(reviews[0]) == told(reviews[1])
    assert reviews[0].to_text() == reviews[1].to_text()


COMPARED = {
    Relation.AT_MOST: operator.le,
    Relation.LESS_THAN: operator.lt,
    Relation.AT_LEAST: operator.ge,
    Relation.MORE_THAN: operator.gt,
    Relation.IS: operator.eq,
}


def holds(checks: tuple[PlanCheck, ...]) -> bool | None:
    known = [
        COMPARED[check.relation](check.found, check.limit)
        for check in checks
        if check.found is not None
    ]
    if not all(known):
        return False
    return True if len(known) == len(checks) else None


def recomputed(row) -> PlanVerdict:
    """The verdict by a second way, from the figures alone."""
    subject, answer = holds(row.conditions), holds(row.checks)
    if subject is False or (answer is False and not row.test.is_limit):
        return PlanVerdict.DOES_NOT_APPLY
    if None in (subject, answer):
        return PlanVerdict.NOT_ASSESSED
    if row.test.is_limit:
        return PlanVerdict.PASSED if answer else PlanVerdict.FAILED
    return PlanVerdict.APPLIES


@MANY
@given(plans(), facts(), st.sampled_from(sorted(RULES)))
def test_a_verdict_follows_from_its_figures(planned, some, name) -> None:
    """Law: whoever has the figures of a row has its verdict; figures and limits are of one type."""
    done = done_of(planned)
    if done is None:
        return
    review = reviewed(done, RULES[name], **some)
    for row in review.rows:
        assert row.verdict is recomputed(row)
        for check in (*row.conditions, *row.checks):
            numbers = (int, Decimal)
            same = isinstance(check.limit, numbers) and isinstance(check.found, numbers)
            assert check.found is None or same or type(check.found) is type(check.limit)
    assert review.is_allowed is not any(row.verdict is PlanVerdict.FAILED for row in review.rows)
    for kind, ids in review.classification.items():
        for test_id in ids:
            row = review.row(test_id)
            assert kind in row.test.classes
            assert row.verdict is PlanVerdict.APPLIES


PARTS = [dq.Proportion.parse(text) for text in ("0.1", "0.5", "1")]


@MANY
@given(
    plans(),
    facts(),
    st.sampled_from([TIGHT, *RULES.values()]) | st.just(TIGHT),
    st.sampled_from(
        [
            *(Forgiveness(dq.Component.PRINCIPAL, share=part) for part in PARTS),
            *(Forgiveness(dq.Component.INTEREST, share=part) for part in PARTS),
            *(ArrearsWaiver(share=part) for part in PARTS),
        ]
    ),
)
@example(
    (dear_loan(paid=5), [TermExtension(2), DueDateChange(date(2025, 6, 20))], 0),
    {},
    TIGHT,
    Forgiveness(dq.Component.PRINCIPAL, share=PARTS[-1]),
)
def test_giving_up_more_mends_a_broken_limit_only_where_the_debt_ends_earlier(
    planned, some, rules, given_up
) -> None:
    """Law: with a part of the debt given up before all else, no limit that was broken is kept.

    An extension is measured to the last day on which anything falls due. It is shorter, and may be within its
    limit, where so much is given up that the last instalments are empty.
    """
    account, chosen, after = planned
    pair = [done_of((account, each, after)) for each in (chosen, [given_up, *chosen])]
    if None in pair:
        return
    less, more = (reviewed(done, rules, **some) for done in pair)
    for row, other in zip(less.rows, more.rows, strict=True):
        if row.verdict is PlanVerdict.FAILED and other.verdict is PlanVerdict.PASSED:
            assert row.test.kind is PlanTestKind.EXTENSION_TERM, row.test_id
            ends = [done.rows_after[-1].due_day for done in pair]
            assert ends[1] < ends[0], row.test_id


@MANY
@given(plans(), facts(), st.sampled_from(sorted(RULES)))
def test_a_plan_is_refused_if_and_only_if_its_review_does_not_allow_it(planned, some, name) -> None:
    """Law: rules refuse what a review forbids, and change nothing of what it allows."""
    done, rules = done_of(planned), RULES[name]
    if done is None:
        return
    review = reviewed(done, rules, **some)
    refused, again = "", None
    try:
        again = restructure(
            done.before,
            done.plan,
            as_of=date(2030, 1, 1),
            policy=POLICY,
            rules=rules,
            facts=PlanFacts(**some),
        )
    except PolicyError as error:
        refused = str(error)
    assert (again is None) is not review.is_allowed
    if again is None:
        assert f"test {review.failed[0].test_id}: " in refused
    else:
        assert again.after == done.after


@MANY
@given(plans(), facts())
def test_an_unknown_fact_leaves_open_what_another_decides(planned, some) -> None:
    """Law: forgetting facts turns no verdict into another one but into not assessed, of China's limits."""
    done = done_of(planned)
    if done is None:
        return
    rules = PlanRules(
        name="limits",
        tests=[
            test
            for test in RULES["cn-plan"].tests
            if test.is_limit and test.test_id != "cn_difficulty_named"
        ],
    )
    kept = reviewed(done, rules, **some)
    forgotten = reviewed(done, rules)
    for row, other in zip(kept.rows, forgotten.rows, strict=True):
        if row.test_id in {"cn_restructured_again", "cn_extension_consent"}:
            continue  # a fact that the account does not show
        assert other.verdict in (row.verdict, PlanVerdict.NOT_ASSESSED), row.test_id


@MANY
@given(st.integers(0, 70), st.integers(0, 40), st.integers(1, 59))
def test_the_term_of_a_plan_grows_by_a_month_an_instalment(first, more, count) -> None:
    """Law: a month of instalments is a month, a first one up to two months away too; later is never less."""
    start = (DAY - date(1970, 1, 1)).days
    dues = [add_months_day(start + first, n) for n in range(count + 2)]
    found = term_in_months(dues[:-1], start)
    assert term_in_months(dues, start) == found + 1
    assert found == count + 1 + (start + first >= add_months_day(start, 2))
    later = [add_months_day(start + first + more, n) for n in range(count + 1)]
    assert term_in_months(later, start) >= found
