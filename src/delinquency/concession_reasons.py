"""The reasons of a re-age and of an extension: every limit, what was found of it, and by which article."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.assessment_reasons import explain_policy
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from delinquency.concession_limits import ConcessionLimits
    from delinquency.extending import ExtensionAssessment
    from delinquency.re_ageing import ReAgeAssessment

__all__ = ["explain_extension", "explain_re_age"]


def explain_re_age(answer: ReAgeAssessment) -> Explanation:
    """The tree of reasons of a re-age, each check in the order in which it was made."""
    rule = answer.policy.re_ageing
    limits = None if rule is None else rule.workout if answer.in_workout else rule.ordinary
    kind = "in_workout" if answer.in_workout else "ordinary"
    return _told("re_age", answer, limits, kind=kind)


def explain_extension(answer: ExtensionAssessment) -> Explanation:
    """The tree of reasons of an extension, each check in the order in which it was made."""
    return _told("extension", answer, answer.policy.extensions)


def _told(
    rule: str,
    answer: ReAgeAssessment | ExtensionAssessment,
    limits: ConcessionLimits | None,
    **more: str,
) -> Explanation:
    is_within = answer.is_within_limits
    return Explanation(
        rule,
        "within" if is_within else "outside",
        {"account_id": answer.account_id, "on": answer.on, **more, "unmet": not is_within},
        () if limits is None else limits.citations,
        (*_checks(answer), explain_policy(answer.policy)),
    )


def _checks(answer: ReAgeAssessment | ExtensionAssessment) -> Iterator[Explanation]:
    for check in answer.checks:
        inputs = {**check.inputs, "unmet": not check.is_met}
        yield Explanation(check.rule, check.value, inputs)
