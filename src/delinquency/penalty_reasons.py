"""Why penalty interest is what it is: its lines, what caps took, the terms and their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.assessment_reasons import explain_policy
from delinquency.explanation import Explanation
from delinquency.ledger.naming import debt_figures

if TYPE_CHECKING:
    from delinquency.ledger import Ledger
    from delinquency.penalty import AccrualSegment, PenaltyTerms
    from delinquency.penalty_interest import PenaltyInterest

__all__ = ["explain_penalty"]


def explain_penalty(answer: PenaltyInterest) -> Explanation:
    """The lines of an accrual, what caps took, the terms and their sources."""
    currency = answer.account.currency.code
    lines = [_line(answer.ledger, line) for line in answer.segments]
    caps = [
        Explanation("penalty_capped", answer.capped, {"currency": currency, "since": bound.since})
        for bound in answer.bound_caps[:1]
    ]
    return Explanation(
        "penalty_interest",
        answer.accrued,
        {
            "account_id": answer.account.account_id,
            "as_of": answer.as_of,
            "currency": currency,
        },
        (),
        (*lines, *caps, _terms(answer.terms), explain_policy(answer.policy)),
    )


def _line(ledger: Ledger, line: AccrualSegment) -> Explanation:
    figures = {
        "start": line.start,
        "end": line.end,
        "base": line.base,
        "rate": line.rate.as_percent(),
        "period": line.rate.period.value,
        "days": line.days,
        "currency": line.currency.code,
        **debt_figures(ledger, line.place),
    }
    if line.is_waived:
        return Explanation("penalty_waived", line.amount, {**figures, "share": str(line.share)})
    return Explanation(f"{line.kind.value}_line", line.amount, figures)


def _terms(terms: PenaltyTerms) -> Explanation:
    figures = {
        "compounding": terms.compounding.value,
        "day_count": terms.day_count.label,
        "grain": terms.grain.value,
    }
    return Explanation("penalty_terms", terms.base.value, figures, terms.citations)
