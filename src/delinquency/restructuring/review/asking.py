"""What each kind of test asks of a plan: the plans it is about, and what it compares.

The one idea: a kind is a function from a plan to comparisons and figures; verdicts are made of these alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from delinquency.restructuring.review.asking_limits import (
    ask_affordable,
    ask_arrears_months,
    ask_arrears_parts,
    ask_arrears_term,
    ask_capacity,
    ask_extension_limits,
    ask_interest_paid,
    ask_plan_term,
    ask_re_age_limits,
    ask_temporary_measures,
)
from delinquency.restructuring.review.asking_nature import (
    ask_concession,
    ask_difficulty_named,
    ask_modification,
    ask_observation,
    ask_past_due_lately,
    ask_restructured_again,
)
from delinquency.restructuring.review.asking_terms import (
    ask_consent,
    ask_extension_term,
    ask_request,
)
from delinquency.restructuring.review.asking_worth import ask_change, ask_diminished, ask_gain
from delinquency.restructuring.review.checks import PlanCheck, Relation
from delinquency.restructuring.review.kinds import PlanTestKind
from delinquency.restructuring.review.plan_tests import PlanTest
from delinquency.restructuring.review.question import Question, Told
from delinquency.restructuring.review.subject import PlanSubject

__all__ = ["ask"]

_ASKED: Final[Mapping[PlanTestKind, Callable[[Question], Told]]] = MappingProxyType(
    {
        PlanTestKind.DIFFICULTY_NAMED: ask_difficulty_named,
        PlanTestKind.CONCESSION_IN_DIFFICULTY: ask_concession,
        PlanTestKind.MODIFICATION_IN_DIFFICULTY: ask_modification,
        PlanTestKind.PAST_DUE_LATELY: ask_past_due_lately,
        PlanTestKind.OBSERVATION: ask_observation,
        PlanTestKind.RESTRUCTURED_AGAIN: ask_restructured_again,
        PlanTestKind.EXTENSION_TERM: ask_extension_term,
        PlanTestKind.ASKED_BEFORE_MATURITY: ask_request,
        PlanTestKind.SECURITY_CONSENT: ask_consent,
        PlanTestKind.EXTENSION_LIMITS: ask_extension_limits,
        PlanTestKind.PLAN_TERM: ask_plan_term,
        PlanTestKind.WILLING_AND_UNABLE: ask_capacity,
        PlanTestKind.DIMINISHED_OBLIGATION: ask_diminished,
        PlanTestKind.CHANGED_VALUE: ask_change,
        PlanTestKind.MODIFICATION_GAIN: ask_gain,
        PlanTestKind.TEMPORARY_MEASURES: ask_temporary_measures,
        PlanTestKind.RE_AGE_LIMITS: ask_re_age_limits,
        PlanTestKind.ARREARS_MONTHS: ask_arrears_months,
        PlanTestKind.ARREARS_TERM: ask_arrears_term,
        PlanTestKind.INTEREST_PAID: ask_interest_paid,
        PlanTestKind.ARREARS_PARTS: ask_arrears_parts,
        PlanTestKind.AFFORDABLE: ask_affordable,
    }
)


def ask(question: Question) -> Told:
    """What a test asks; nothing is reckoned for a plan that it is not about."""
    subject = _subject(question.test, question.case.subject)
    if question.test.only_in_difficulty:
        in_difficulty = question.case.done.plan.in_difficulty
        subject += (PlanCheck("in_difficulty", in_difficulty, Relation.IS, limit=True),)
    if any(check.holds is False for check in subject):
        return Told(conditions=subject)
    told = _ASKED[question.test.kind](question)
    return Told((*subject, *told.conditions), told.checks, told.figures)


def _subject(test: PlanTest, subject: PlanSubject) -> tuple[PlanCheck, ...]:
    """Of which accounts a test is."""
    asked = (("product", subject.product, test.product), ("segment", subject.segment, test.segment))
    return tuple(
        PlanCheck(f"account_{name}", f"{name}_{found.value}", Relation.IS, f"{name}_{limit.value}")
        for name, found, limit in asked
        if limit is not None
    )
