"""Review a plan by rules, and refuse what they forbid.

The one idea: a review reads the answer of :func:`~delinquency.restructuring.verb.restructure` and changes
nothing; a refusal is a review of which a limit is failed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.choices import checked_member
from delinquency.cited_tables import warn_if_unverified
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.explanation_text import words_of
from delinquency.replaying import named_errors
from delinquency.restructuring.review.answer import PlanReview, ReviewRow
from delinquency.restructuring.review.asking import ask
from delinquency.restructuring.review.case import PlanCase
from delinquency.restructuring.review.checks import PlanVerdict, all_hold
from delinquency.restructuring.review.concessions import (
    ConcessionFound,
    ModificationFound,
    RateCut,
    concessions_in,
)
from delinquency.restructuring.review.facts import PlanFacts
from delinquency.restructuring.review.modifications import modifications_in
from delinquency.restructuring.review.question import Question
from delinquency.restructuring.review.reasons import figure, relation_in_words
from delinquency.restructuring.review.rules import PlanRules
from delinquency.restructuring.review.subject import REVIEWED, Reviewed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.restructuring.review.checks import PlanCheck

__all__ = ["check_allowed", "plan_concessions", "plan_modifications", "review_plan"]


def review_plan(done: Reviewed, *, rules: PlanRules, facts: PlanFacts | None = None) -> PlanReview:
    """Say of a plan what rules make of it: which limits it passes, and what it is.

    The tests in force on the day of the plan are asked in order. What an account cannot know is asked of the
    facts; a test whose fact is not known is not assessed, and never passed: ``missing_facts`` names the
    fields to state. A test of which nobody compared
    the figures with their text warns when it is asked.

    Parameters
    ----------
    done : Restructured, Consolidated or AgreedCard
        What :func:`~delinquency.restructuring.verb.restructure`,
        :func:`~delinquency.restructuring.consolidating.consolidate` or
        :func:`~delinquency.restructuring.agreeing_on_card.agree_on_card` answered. New debt for old is
        refinancing, and no extension of what it replaces.
    rules : PlanRules
        Of :func:`~delinquency.restructuring.review.loading.load_plan_rules`, or of one's own.
    facts : PlanFacts, optional
        Default: nothing is known beside the account.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        Fees at the beginning that are as much as the loan, or of contracts that a new one replaces.
    PolicyNotInForceError
        No test is in force on the day of the plan.

    Examples
    --------
    Three instalments are past due and are spread over the six to come, or over seven:

    >>> from datetime import date
    >>> import delinquency as dq
    >>> from delinquency.restructuring import ArrearsSpread, RestructuringPlan, restructure
    >>> from delinquency.restructuring.review.loading import load_plan_rules
    >>> def planned(count):
    ...     rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 4 + count)]
    ...     loan = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...         schedule=dq.Schedule(dq.Currency.of("USD"), rows))
    ...     plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 4, 1))
    ...     return restructure(loan, plan, as_of=date(2025, 4, 1), policy=dq.rulebook.load("ifrs9"))
    >>> rules = load_plan_rules("us-reg-x-plan")
    >>> for count in (6, 7):
    ...     row = review_plan(planned(count), rules=rules).row("us_reg_x_arrears_term")
    ...     print(row.verdict.value, row.checks[0].found, row.checks[0].limit)
    passed 6 6
    failed 7 6
    """
    stated = PlanFacts() if facts is None else facts
    _check_types(done, rules, stated)
    rows: list[ReviewRow] = []
    verdicts: dict[str, PlanVerdict] = {}
    case = PlanCase(done, stated)
    subject = case.subject
    with named_errors(subject.after):
        for test in rules.in_force(
            as_of=done.plan.effective_on, originated_on=subject.originated_on
        ):
            row = ReviewRow(test, *ask(Question(test, case, verdicts)))
            verdicts[test.test_id] = row.verdict
            rows.append(row)
    for row in rows:
        if all_hold(row.conditions) is not False:
            warn_if_unverified(row.test.verification, f"{rules.name}, test {row.test_id},")
    return PlanReview(subject.account_id, done.plan.effective_on, rules, tuple(rows), done, stated)


def check_allowed(
    done: Reviewed, rules: PlanRules | None, facts: PlanFacts | None, verb: str
) -> None:
    """Refuse a plan that fails a limit of the rules; without rules nothing is asked.

    Raises
    ------
    InvalidTypeError
        Wrong types; facts without rules.
    PolicyError
        A limit that is failed, the first of them with its figures, its limit and its source.
    """
    if rules is None:
        if facts is not None:
            raise InvalidTypeError.at(
                f"{verb}, rules", expected="PlanRules, because facts are given", found=None
            )
        return
    review = review_plan(done, rules=rules, facts=facts)
    if review.is_allowed:
        return
    row, *others = review.failed
    failed = next(check for check in row.checks if check.holds is False)
    sources = "; ".join(str(citation) for citation in row.test.citations)
    raise PolicyError.at(
        f"account {review.account_id!r}, plan of {review.effective_on}, {rules.name}, "
        f"test {row.test_id}",
        expected=_required(failed) + (f" ({sources})" if sources else ""),
        found=figure(failed.found, "en"),
        hint=" ".join(_hints(row, others)),
    )


def _required(check: PlanCheck) -> str:
    name, relation = words_of(check.name, "en"), relation_in_words(check, "en")
    within = "" if check.within is None else f" within {check.within} months"
    return f"{name}{within}: {relation}{figure(check.limit, 'en')}"


def _hints(row: ReviewRow, others: list[ReviewRow]) -> Iterator[str]:
    if row.test.is_unverified:
        yield "Its figures were never compared with the official text."
    if others:
        yield f"Failed too: {', '.join(each.test_id for each in others)}."


def plan_concessions(
    done: Reviewed, *, facts: PlanFacts | None = None, rate_cut: RateCut | None = None
) -> tuple[ConcessionFound, ...]:
    """The concessions of a plan, of the nine kinds of the Order 2023 No. 1, Article 19, and refinancing.

    Parameters
    ----------
    done : Restructured, Consolidated or AgreedCard
    facts : PlanFacts, optional
    rate_cut : RateCut, optional
        Which lower rate is one; default, below the fair rate.

    Raises
    ------
    InvalidTypeError
        Wrong types.

    Examples
    --------
    See :func:`review_plan`; a plan that extends a loan:

    >>> from datetime import date
    >>> import delinquency as dq
    >>> from delinquency.restructuring import RestructuringPlan, TermExtension, restructure
    >>> rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 7)]
    >>> loan = dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=dq.Schedule(dq.Currency.of("CNY"), rows))
    >>> plan = RestructuringPlan(measures=[TermExtension(2)], effective_on=date(2025, 1, 10))
    >>> done = restructure(loan, plan, as_of=date(2025, 1, 10), policy=dq.rulebook.load("cn-loan"))
    >>> facts = PlanFacts(is_collateral_released=False, is_swapped=False, is_otherwise_eased=False)
    >>> [each.concession.value for each in plan_concessions(done, facts=facts)]
    ['extension']
    """
    stated = PlanFacts() if facts is None else facts
    _check_done(done, stated, "plan_concessions")
    cut = RateCut.BELOW_FAIR_RATE if rate_cut is None else rate_cut
    checked_member(cut, RateCut, "plan_concessions, rate_cut")
    return concessions_in(PlanCase(done, stated), cut)


def plan_modifications(
    done: Reviewed, *, facts: PlanFacts | None = None
) -> tuple[ModificationFound, ...]:
    """The modifications of a plan, of the four kinds of ASU 2022-02.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    """
    stated = PlanFacts() if facts is None else facts
    _check_done(done, stated, "plan_modifications")
    return modifications_in(PlanCase(done, stated))


def _check_types(done: object, rules: object, facts: object) -> None:
    _check_done(done, facts, "review_plan")
    if not isinstance(rules, PlanRules):
        raise InvalidTypeError.at(
            "review_plan, rules",
            expected="PlanRules",
            found=rules,
            hint='load_plan_rules("cn-plan")',
        )


def _check_done(done: object, facts: object, verb: str) -> None:
    if not isinstance(done, REVIEWED):
        raise InvalidTypeError.at(
            f"{verb}, done",
            expected="the answer of restructure, consolidate or agree_on_card",
            found=done,
            hint="restructure(account, plan, ...)",
        )
    if not isinstance(facts, PlanFacts):
        raise InvalidTypeError.at(f"{verb}, facts", expected="PlanFacts", found=facts)
