"""What each cap on penalty interest lets be owed, and what it takes off by itself.

The one idea: of two caps a reader must see which took how much, so each is told as if it were alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.explanation import Explanation
from delinquency.penalty import AbsoluteCap, AnnualCap, ReferenceMultiple

if TYPE_CHECKING:
    from delinquency.penalty import BoundCap
    from delinquency.penalty_interest import PenaltyInterest

__all__ = ["explain_cap"]


def explain_cap(answer: PenaltyInterest, bound: BoundCap) -> Explanation:
    """One cap by itself: its name, what it lets be owed, what it takes, since when."""
    currency = answer.account.currency
    figures = {
        **_figures(answer, bound),
        "since": bound.since,
        "accrued": from_minor(bound.accrued_minor, currency),
        "limit": from_minor(bound.limit_minor, currency),
        "currency": currency.code,
    }
    match bound.cap:
        case AnnualCap():
            rule = "annual_cap"
        case AbsoluteCap():
            rule = "absolute_cap"
        case _:
            rule = "share_cap"
    return Explanation(rule, from_minor(bound.accrued_minor - bound.limit_minor, currency), figures)


def _figures(answer: PenaltyInterest, bound: BoundCap) -> dict[str, object]:
    """The figures by which a cap is told from every other."""
    match bound.cap:
        case AnnualCap(rate, day_count):
            told: dict[str, object] = {"day_count": day_count.label}
            if isinstance(rate, ReferenceMultiple):
                told["reference"] = rate.reference.name
                told["factor"] = str(rate.factor).removesuffix("/1")
                rate = rate.rate_on(answer.account.originated_on)
            return {"rate": rate.as_percent(), "period": rate.period.value, **told}
        case AbsoluteCap(amount):
            return {"amount": amount}
        case _:
            debt = {"instalment": bound.instalment_no, "beside": bound.charge_id}
            named = {name: value for name, value in debt.items() if value is not None}
            return {"share": str(bound.cap.share), **named}
