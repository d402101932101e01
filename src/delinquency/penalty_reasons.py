"""Why penalty interest is what it is: its lines, what caps took, the terms and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.assessment_reasons import explain_policy
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from delinquency.penalty_interest import PenaltyInterest

__all__ = ["explain_penalty"]


def explain_penalty(answer: PenaltyInterest) -> Explanation:
    """The lines of an accrual, what caps took, the terms and their sources."""
    currency = answer.account.currency.code
    figures = {
        "account_id": answer.account.account_id,
        "as_of": answer.as_of,
        "currency": currency,
    }
    lines = (line.explanation for line in answer.segments)
    steps = (*lines, *_capped(answer), _terms(answer), explain_policy(answer.policy))
    return Explanation("penalty_interest", answer.accrued, figures, (), steps)


def _capped(answer: PenaltyInterest) -> tuple[Explanation, ...]:
    """What caps took in all, and each that bound."""
    if not answer.bound_caps:
        return ()
    # What prices a delay is loaded where somebody has terms.
    from delinquency.penalty_cap_reasons import explain_cap

    caps = tuple(explain_cap(answer, bound) for bound in answer.bound_caps)
    figures = {"currency": answer.account.currency.code}
    return (Explanation("penalty_capped", answer.capped, figures, (), caps),)


def _terms(answer: PenaltyInterest) -> Explanation:
    """The terms, with their own sources and that of the limits within which they stand."""
    terms, regime = answer.terms, answer.policy.penalty_regime
    sources = (*terms.citations, *(() if regime is None else regime.citations))
    figures = {
        "compounding": terms.compounding.value,
        "day_count": terms.day_count.label,
        "grain": f"by_{terms.grain.value}",
        "rounding": terms.rounding.value,
    }
    return Explanation("penalty_terms", terms.base.value, figures, tuple(dict.fromkeys(sources)))
