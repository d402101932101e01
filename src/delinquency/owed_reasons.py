"""Why what is owed is what it is: reasons of penalty interest, a breakdown, and a payment.

The one idea: every figure was left behind by the replay; here they are put under the names of their rules.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from delinquency.assessment_reasons import explain_policy
from delinquency.component import COMPONENTS
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.breakdown import Breakdown, OwedParts
    from delinquency.ledger import Ledger
    from delinquency.penalty import AccrualSegment, PenaltyTerms
    from delinquency.penalty_interest import PenaltyInterest

__all__ = ["debt_figures", "explain_breakdown", "explain_penalty"]


def debt_figures(ledger: Ledger, place: int) -> dict[str, Any]:
    """The figures that name a debt: the number of an instalment, or what stands beside the schedule."""
    obligation = ledger.obligations[place]
    name = ledger.name_of(obligation)
    return {"instalment": obligation.number} if name is None else {"beside": name}


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


def explain_breakdown(answer: Breakdown) -> Explanation:
    """What is owed, part by part."""
    currency = {"currency": answer.account.currency.code}
    steps = [
        _parts("owed_past_due", answer.past_due, currency),
        _parts("owed_due", answer.due, currency),
        Explanation("owed_not_due", answer.not_due.principal, currency),
        *_amounts(answer, currency),
        explain_policy(answer.policy),
    ]
    head = {"account_id": answer.account.account_id, "as_of": answer.as_of, **currency}
    return Explanation("breakdown", answer.payoff, head, (), tuple(steps))


def _parts(rule: str, parts: OwedParts, currency: dict[str, str]) -> Explanation:
    figures = {part.value: getattr(parts, part.value) for part in COMPONENTS}
    return Explanation(rule, parts.total, {**figures, **currency})


def _amounts(answer: Breakdown, currency: dict[str, str]) -> Iterator[Explanation]:
    amounts: tuple[tuple[str, Decimal], ...] = (
        ("owed_accrued_interest", answer.accrued_interest),
        ("owed_unposted_penalty", answer.unposted_penalty),
        ("owed_credit", answer.unallocated),
        ("owed_off_balance", answer.off_balance),
        ("owed_written_off", answer.written_off),
    )
    for rule, amount in amounts:
        if amount:
            yield Explanation(rule, amount, currency)
