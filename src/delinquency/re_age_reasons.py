"""The reasons of a re-age: every limit, what was found of it, and by which article."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.assessment_reasons import explain_policy
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from delinquency.re_ageing import ReAgeAssessment

__all__ = ["explain_re_age"]


def explain_re_age(answer: ReAgeAssessment) -> Explanation:
    """The tree of reasons of a re-age, each check in the order in which it was made."""
    rule = answer.policy.re_ageing
    limits = None if rule is None else rule.workout if answer.in_workout else rule.ordinary
    return Explanation(
        "re_age",
        "within" if answer.is_within_limits else "outside",
        {
            "account_id": answer.account_id,
            "on": answer.on,
            "kind": "in_workout" if answer.in_workout else "ordinary",
            "unmet": not answer.is_within_limits,
        },
        () if limits is None else limits.citations,
        (
            *(
                Explanation(check.rule, check.value, {**check.inputs, "unmet": not check.is_met})
                for check in answer.checks
            ),
            explain_policy(answer.policy),
        ),
    )
