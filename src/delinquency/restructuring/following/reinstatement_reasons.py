"""The reasons of old terms that came back: why, and how what is owed now follows from what was before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.assessment_reasons import explain_policy
from delinquency.component import COMPONENTS
from delinquency.decimals import exact_sum
from delinquency.explanation import Explanation
from delinquency.restructuring.following.reasons import explain_breach

if TYPE_CHECKING:
    from delinquency.restructuring.answer import DebtParts
    from delinquency.restructuring.following.reinstated import Reinstated

__all__ = ["explain_reinstatement"]


def explain_reinstatement(back: Reinstated) -> Explanation:
    """The tree of reasons of old terms that came back."""
    code = back.currency.code
    return Explanation(
        "reinstated",
        back.owed.total,
        {
            "account_id": back.account.account_id,
            "effective_on": back.done.plan.effective_on,
            "on": back.on,
            "under_plan": back.owed_under_plan.total,
            "currency": code,
        },
        (),
        (
            *_why(back),
            _sum("reinstated_before", back.debt_before, code),
            *_each("reinstated_accrued", back.accrued, code),
            *_each("reinstated_paid", back.paid, code),
            *_each("reinstated_given_up", back.given_up, code),
            *_each("reinstated_come_back", back.come_back, code),
            _sum("reinstated_owed", back.owed, code),
            *_not_due(back),
            *_less(back),
            *_rest(back),
            explain_policy(back.policy),
        ),
    )


def _why(back: Reinstated) -> Iterator[Explanation]:
    if back.breach is not None:
        yield explain_breach(back.breach, back.currency.code)
    if back.ground is not None:
        yield Explanation("reinstated_ground", back.ground)


def _sum(rule: str, parts: DebtParts, code: str) -> Explanation:
    figures = {
        "principal": parts.principal,
        "interest": parts.interest,
        "fees": parts.fees,
        "penalty": parts.penalty,
        "currency": code,
    }
    return Explanation(rule, parts.total, figures)


def _each(rule: str, parts: DebtParts, code: str) -> Iterator[Explanation]:
    """One step for each component of which there is something."""
    for component in COMPONENTS:
        amount = getattr(parts, component.value)
        if amount:
            yield Explanation(rule, amount, {"component": component.value, "currency": code})


def _not_due(back: Reinstated) -> Iterator[Explanation]:
    """What of it falls due with rows to come; where interest was paid in advance, nothing does."""
    amount = back.earned_not_due
    if amount > 0:
        yield Explanation("reinstated_not_due", amount, {"currency": back.currency.code})


def _less(back: Reinstated) -> Iterator[Explanation]:
    """That less is owed than under the plan, and why."""
    less = back.less_than_under_plan
    if less:
        bare = "" if back.policy.penalty is not None else "_without_penalty"
        figures = {"policy": back.policy.name, "currency": back.currency.code}
        yield Explanation(f"reinstated_less{bare}", less, figures)


def _rest(back: Reinstated) -> Iterator[Explanation]:
    code = back.currency.code
    if back.past_due.total:
        yield Explanation("reinstated_past_due", back.past_due.total, {"currency": code})
    if back.unallocated:
        yield Explanation("reinstated_unallocated", back.unallocated, {"currency": code})
    for promise in back.open_promises:
        days = {"promised_on": promise.promised_on, "due_date": promise.due_on}
        yield Explanation(
            "reinstated_promise_open",
            exact_sum((from_minor(0, back.currency), promise.amount)),
            {**days, "on": back.on, "currency": code},
        )
    figures = {"on": back.on, "begun": back.rows_begun}
    yield Explanation("reinstated_rows", back.rows_ended, figures)
