"""Tests of an extension (展期): how long in all, asked when, agreed by whom."""

from __future__ import annotations

from delinquency.account import Account
from delinquency.calendar import Day, to_date
from delinquency.civil_days import add_months_day, whole_months_between
from delinquency.restructuring.review.case import PlanCase, months_needed
from delinquency.restructuring.review.checks import PlanCheck, PlanFigure, Relation
from delinquency.restructuring.review.plan_tests import ExtensionBand
from delinquency.restructuring.review.question import Question, Told

__all__ = ["ask_consent", "ask_extension_term", "ask_request", "latest_maturity"]

DAYS_OF_A_MONTH = 30
"""What a part of a month is a part of [days]."""


def extended(case: PlanCase) -> PlanCheck:
    """That the last due date of a contract that goes on is later than before."""
    return PlanCheck("is_extended", case.is_prolonged, Relation.IS, limit=True)


def ask_extension_term(question: Question) -> Told:
    """The last due date is no later than all extensions together may bring it."""
    case = question.case
    condition = extended(case)
    if not condition.holds:
        return Told((condition,))
    began, first = case.subject.accounts[0].originated_day, case.first_maturity
    band = next(
        each
        for each in question.test.bands
        if each.up_to_months is None or first <= add_months_day(began, each.up_to_months)
    )
    if band.to_longest_term:
        needed = months_needed(began, case.new_maturity)
        check = PlanCheck(
            "longest_term",
            case.facts.longest_term,
            Relation.AT_LEAST,
            needed,
            facts=("longest_term",),
        )
    else:
        latest = to_date(latest_maturity(began, first, band))
        check = PlanCheck("new_maturity", to_date(case.new_maturity), Relation.AT_MOST, latest)
    return Told((condition,), (check,), (PlanFigure("first_maturity", to_date(first)),))


def latest_maturity(began: Day, first: Day, band: ExtensionBand) -> Day:
    """The last day to which a loan may be extended by a share of its term, or by months.

    Parameters
    ----------
    began, first : int
        The day on which it began, and the last due date that was agreed first.
    band : ExtensionBand

    Examples
    --------
    Half of seventeen months are eight months and fifteen days:

    >>> from datetime import date
    >>> from delinquency.rounding import Proportion
    >>> days = [(each - date(1970, 1, 1)).days for each in (date(2024, 1, 10), date(2025, 6, 10))]
    >>> half = ExtensionBand(share=Proportion(1, 2))
    >>> to_date(latest_maturity(*days, half))
    datetime.date(2026, 2, 25)
    """
    whole = whole_months_between(began, first)
    rest = first - add_months_day(began, whole)
    if band.months is not None:
        return add_months_day(began, whole + band.months) + rest
    if band.share is None:
        raise AssertionError(band)
    more, part = divmod(whole * band.share.numerator, band.share.denominator)
    days = part * DAYS_OF_A_MONTH // band.share.denominator
    days += rest * band.share.numerator // band.share.denominator
    return add_months_day(began, whole + more) + rest + days


def ask_request(question: Question) -> Told:
    """The debtor asked before the last due date, not on it."""
    case = question.case
    fact, last = case.facts.asked_on, to_date(case.maturity)
    check = PlanCheck("asked_on", fact, Relation.LESS_THAN, last, facts=("asked_on",))
    return Told((extended(case),), (check,))


def ask_consent(question: Question) -> Told:
    """Those who secure the debt agreed; without security nobody has to."""
    case = question.case
    fact = case.facts.has_consent
    is_secured = any(_is_secured(account, case.day) for account in case.subject.accounts)
    condition = PlanCheck("is_secured", is_secured or fact is not None, Relation.IS, limit=True)
    check = PlanCheck("has_consent", fact, Relation.IS, limit=True, facts=("has_consent",))
    return Told((extended(case), condition), (check,))


def _is_secured(account: Account, day: Day) -> bool:
    """Whether collateral or a guarantee stands on a day."""
    spans = [
        *((row.value_day, min(row.until, row.reversed_day)) for row in account.collateral_rows),
        *((row.value_day, min(row.until, row.reversed_day)) for row in account.guarantee_rows),
    ]
    return any(start <= day < end for start, end in spans)
