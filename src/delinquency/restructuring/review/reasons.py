"""The reasons of a review: the verdict of each test, what it compared, and what was told beside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from delinquency.explanation import Explanation
from delinquency.explanation_text import words_of
from delinquency.restructuring.review.checks import PlanVerdict

if TYPE_CHECKING:
    from delinquency.restructuring.review.answer import PlanReview, ReviewRow
    from delinquency.restructuring.review.checks import PlanCheck
    from delinquency.restructuring.review.status_after import StatusAfter

__all__ = ["explain_review", "explain_row", "figure", "relation_in_words"]

_PLACES: Final = {PlanVerdict.FAILED: 0, PlanVerdict.NOT_ASSESSED: 1}


def figure(value: object, lang: str) -> str:
    """A figure of a comparison in words.

    Examples
    --------
    >>> figure(True, "en"), figure(60, "en")
    ('yes', '60')
    """
    told = _told(value)
    return words_of(told, lang) if isinstance(told, str) else str(told)


def _told(value: object) -> object:
    """A flag as a word; anything else as it is."""
    if isinstance(value, bool):
        return "flag_true" if value else "flag_false"
    return value


def explain_review(review: PlanReview) -> Explanation:
    """The tree of reasons of a review: what the plan is and where it is classified, then every test.

    Limits that are failed come first, then tests that are not assessed, then the others, each in their order.
    """
    return Explanation(
        "plan_review",
        "review_allowed" if review.is_allowed else "review_forbidden",
        {
            "account_id": review.account_id,
            "effective_on": review.effective_on,
            "rules": review.rules.name,
            "failed": len(review.failed),
            "not_assessed": len(review.not_assessed),
        },
        (),
        (*_classes(review), *_statuses(review), *map(explain_row, _worst_first(review))),
    )


def _worst_first(review: PlanReview) -> list[ReviewRow]:
    rows = review.rows
    return sorted(rows, key=lambda row: _PLACES.get(row.verdict, len(_PLACES)))


def _classes(review: PlanReview) -> Iterator[Explanation]:
    for each, tests in review.classification.items():
        yield Explanation("plan_class", f"class_{each.value}", {"tests": ", ".join(tests)})


def _statuses(review: PlanReview) -> Iterator[Explanation]:
    """By which policies the account is classified from the plan on; that none does where it has a class."""
    statuses = review.statuses_after
    for each in statuses:
        left_out = tuple(_left_out(each)) if each.left_out else ()
        yield Explanation("plan_status", each.policy, {}, (), left_out)
    if review.classification and not statuses:
        yield Explanation("plan_status_none", review.rules.name)


def _left_out(status: StatusAfter) -> Iterator[Explanation]:
    """What the policy does not have, so that nobody takes its class for better than the review says."""
    figures: dict[str, object] = {}
    if status.unverified_policy is not None:
        figures["unverified_policy"] = status.unverified_policy
    yield Explanation("plan_status_left_out", status.policy, figures, status.left_out)


def explain_row(row: ReviewRow) -> Explanation:
    """The tree of reasons of one test; of a plan that it is not about, only why it is not."""
    unmet = [check for check in row.conditions if check.holds is False]
    figures: dict[str, object] = {
        "test_id": row.test_id,
        "kind": f"test_{row.test.kind.value}",
        "modality": f"modality_{row.test.modality.value}",
    }
    verdict = f"verdict_{row.verdict.value}"
    if unmet:
        return Explanation("plan_test", verdict, figures, (), tuple(map(_check, unmet)))
    if row.test.is_unverified:
        figures["unverified"] = True
    told = (
        Explanation("plan_figure", _told(each.value), {"name": each.name}) for each in row.figures
    )
    checks = map(_check, (*row.conditions, *row.checks))
    return Explanation("plan_test", verdict, figures, row.test.citations, (*checks, *told))


def relation_in_words(check: PlanCheck, lang: str) -> str:
    """How a figure must stand to what is required, of dates in words of dates."""
    return words_of(_relation(check), lang)


def _relation(check: PlanCheck) -> str:
    of_dates = "_of_dates" if isinstance(check.limit, date) else ""
    return f"relation_{check.relation.value}{of_dates}"


def _check(check: PlanCheck) -> Explanation:
    figures: dict[str, object] = {
        "name": check.name,
        "relation": _relation(check),
        "limit": _told(check.limit),
    }
    if check.within is not None:
        figures["within"] = check.within
    if check.holds is None:
        if check.missing:
            figures["missing"] = ", ".join(check.missing)
        return Explanation("plan_check_open", "not_known", figures)
    if not check.holds:
        figures["unmet"] = True
    return Explanation("plan_check", _told(check.found), figures)
