"""Tests of how long a plan lasts, of arrears that it spreads, and of limits that a policy has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from delinquency.account import Product
from delinquency.calendar import to_date
from delinquency.civil_days import whole_months_between
from delinquency.concession_checks import ConcessionCheck
from delinquency.extending import assess_extension
from delinquency.re_ageing import assess_re_age
from delinquency.restructuring.draft import MoveKind
from delinquency.restructuring.measures import ArrearsSpread
from delinquency.restructuring.review.asking_terms import extended
from delinquency.restructuring.review.case import months_needed, term_in_months
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure, Relation
from delinquency.restructuring.review.question import Question, Told
from delinquency.rulebook import load

__all__ = [
    "ask_affordable",
    "ask_arrears_months",
    "ask_arrears_parts",
    "ask_arrears_term",
    "ask_capacity",
    "ask_extension_limits",
    "ask_interest_paid",
    "ask_plan_term",
    "ask_re_age_limits",
    "ask_temporary_measures",
]


def ask_plan_term(question: Question) -> Told:
    """The instalments of the plan last no longer than so many months."""
    case = question.case
    dues = case.done.draft_after.dues
    condition = PlanCheck("plan_instalments", len(dues), Relation.AT_LEAST, 1)
    if not dues:
        return Told((condition,))
    check = PlanCheck(
        "plan_months", term_in_months(dues, case.day), Relation.AT_MOST, question.months
    )
    return Told((condition,), (check,), (PlanFigure("last_due_on", to_date(dues[-1])),))


def ask_capacity(question: Question) -> Told:
    """The debt is beyond what the debtor can pay, and the debtor willing."""
    case = question.case
    found = {"is_beyond_capacity": case.is_beyond_capacity, "is_willing": case.is_willing}
    return Told((), tuple(_stated(name, fact) for name, fact in found.items()))


def _stated(name: str, fact: bool | None) -> PlanCheck:
    """That a fact of the same name is so."""
    return PlanCheck(name, fact, Relation.IS, limit=True, facts=(name,))


def ask_temporary_measures(question: Question) -> Told:
    """Measures that end before the plan does last no longer than so many months."""
    case = question.case
    until = case.temporary_until
    condition = PlanCheck("has_temporary_measures", until is not None, Relation.IS, limit=True)
    if until is None:
        return Told((condition,))
    check = PlanCheck(
        "temporary_months", months_needed(case.day, until), Relation.AT_MOST, question.months
    )
    return Told((condition,), (check,), (PlanFigure("temporary_until", to_date(until)),))


def _spread(question: Question) -> PlanCheck:
    """That arrears are paid on top of the instalments to come."""
    case = question.case
    is_spread = any(
        any(case.moved(place, MoveKind.SPREAD).values())
        for place, measure in enumerate(case.done.plan.measures)
        if isinstance(measure, ArrearsSpread)
    )
    return PlanCheck("arrears_are_spread", is_spread, Relation.IS, limit=True)


def ask_arrears_months(question: Question) -> Told:
    """What is past due is of no more than so many months."""
    dues = question.case.past_dues
    condition = _spread(question)
    if not condition.holds:
        return Told((condition,))
    found = whole_months_between(dues[0], dues[-1]) + 1 if dues else 0
    return Told(
        (condition,), (PlanCheck("arrears_months", found, Relation.AT_MOST, question.months),)
    )


def ask_arrears_term(question: Question) -> Told:
    """Arrears are made up within so many months."""
    case, condition = question.case, _spread(question)
    if not condition.holds:
        return Told((condition,))
    found = term_in_months(case.arrears_dues, case.day)
    return Told(
        (condition,), (PlanCheck("arrears_term", found, Relation.AT_MOST, question.months),)
    )


def ask_interest_paid(question: Question) -> Told:
    """There is no due date on which interest accrues and is not asked for."""
    found = question.case.unpaid_interest_dues
    return Told((), (PlanCheck("unpaid_interest_dues", found, Relation.AT_MOST, 0),))


def ask_arrears_parts(question: Question) -> Told:
    """What was past due is made up in several payments."""
    case = question.case
    is_made_up = case.moved_in_all(MoveKind.SPREAD, MoveKind.CAPITALISED) > 0
    condition = PlanCheck("arrears_are_made_up", is_made_up, Relation.IS, limit=True)
    if not is_made_up:
        return Told((condition,))
    check = PlanCheck(
        "arrears_payments", len(case.arrears_dues), Relation.AT_LEAST, question.periods
    )
    return Told((condition,), (check,))


def ask_affordable(question: Question) -> Told:
    """The debtor was found able to pay what the plan asks."""
    fact = question.case.facts.is_affordable
    return Told((), (_stated("is_affordable", fact),))


def ask_re_age_limits(question: Question) -> Told:
    """A card whose arrears end by the plan is re-aged: within the limits of a policy.

    The limits are read from an account; of a card that became instalments they are not assessed.
    """
    case = question.case
    done, accounts = case.done, case.subject.accounts
    is_card = case.subject.product is Product.CARD
    ends = case.is_late and not done.arrears_after.total
    conditions = (
        PlanCheck("is_open_end", is_card, Relation.IS, limit=True),
        PlanCheck("arrears_end", ends, Relation.IS, limit=True),
    )
    if not (is_card and ends):
        return Told(conditions)
    if not accounts:
        return Told(conditions, (PlanCheck("re_age_limits", None, Relation.IS, limit=True),))
    answer = assess_re_age(
        accounts[0],
        on=done.plan.effective_on,
        policy=load(question.test.policy or ""),
        in_workout=case.facts.in_workout,
    )
    return Told(conditions, _checks(answer.checks, done.plan.effective_on))


def ask_extension_limits(question: Question) -> Told:
    """A loan is extended within the limits of its policy; what has none is not assessed."""
    case = question.case
    subject = case.subject
    conditions = (
        PlanCheck("is_closed_end", subject.product is Product.LOAN, Relation.IS, limit=True),
        extended(case),
    )
    if not all(check.holds for check in conditions):
        return Told(conditions)
    policy, on = subject.policy, case.done.plan.effective_on
    if policy is None or policy.extensions is None:
        return Told(conditions, (PlanCheck("extension_limits", None, Relation.IS, limit=True),))
    answer = assess_extension(subject.accounts[0], on=on, policy=policy)
    return Told(conditions, _checks(answer.checks, on))


def _checks(checks: Iterable[ConcessionCheck], on: date) -> tuple[PlanCheck, ...]:
    return tuple(_check(check, on) for check in checks)


def _check(check: ConcessionCheck, on: date) -> PlanCheck:
    """What a policy requires, with the figure that it found; flags where it found none."""
    asked: Mapping[str, Any] = check.inputs
    match check.rule:
        case "concession_months_on_books":
            return PlanCheck("on_books_from", check.value, Relation.AT_MOST, on)
        case "concession_payments":
            return PlanCheck("paid_lately", check.value, Relation.AT_LEAST, asked["required"])
        case "concession_too_few_payments":
            return PlanCheck("payments_due", check.value, Relation.AT_LEAST, asked["payments"])
        case "concession_frequency":
            return PlanCheck(
                "earlier_ones", check.value, Relation.LESS_THAN, asked["count"], asked["months"]
            )
        case _:
            return PlanCheck(check.rule, check.is_met, Relation.IS, limit=True)
