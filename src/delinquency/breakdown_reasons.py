"""Why what is owed is what it is, part by part."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.assessment_reasons import explain_policy
from delinquency.calendar import to_date
from delinquency.component import COMPONENTS
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.breakdown import Breakdown, OwedParts

__all__ = ["explain_breakdown"]


def explain_breakdown(answer: Breakdown) -> Explanation:
    """What is owed, part by part."""
    currency = {"currency": answer.account.currency.code}
    steps = [
        _parts("owed_past_due", answer.past_due, currency),
        _parts("owed_due", answer.due, currency),
        *_late_fees(answer),
        Explanation("owed_not_due", answer.not_due.principal, currency),
        *_amounts(answer, currency),
        *_accrued(answer),
        *_by_plan(answer),
        *_without_terms(answer),
        explain_policy(answer.policy),
    ]
    head = {"account_id": answer.account.account_id, "as_of": answer.as_of, **currency}
    return Explanation("breakdown", answer.payoff, head, (), tuple(steps))


def _parts(rule: str, parts: OwedParts, currency: dict[str, str]) -> Explanation:
    figures = {part.value: getattr(parts, part.value) for part in COMPONENTS}
    return Explanation(rule, parts.total, {**figures, **currency})


def _late_fees(answer: Breakdown) -> Iterator[Explanation]:
    """Each late fee of which something is open: its instalment, what it was worked out of, its limits."""
    for fee in answer.ledger.late_fees:
        if fee.open_amount:
            left = {"left_open": fee.open_amount, "charge_id": fee.charge_id}
            yield attrs.evolve(fee.explanation, inputs={**fee.explanation.inputs, **left})


def _accrued(answer: Breakdown) -> Iterator[Explanation]:
    """Of what the delay is made: penalty and compound interest, posted or not."""
    accrual, day, currency = answer.ledger.accrual, answer.ledger.as_of_day, answer.account.currency
    if accrual is None:
        return
    sums = {"penalty": 0, "compound": 0}
    for line in accrual.segments(day):
        sums[line.kind.value] += 0 if line.is_waived else line.amount_minor
    total = sum(sums.values())
    if total:
        figures: dict[str, object] = {
            name: from_minor(amount, currency)
            for name, amount in (*sums.items(), ("posted", accrual.posted_in_all()))
        }
        figures["currency"] = currency.code
        yield Explanation("owed_for_delay", from_minor(total, currency), figures)


def _by_plan(answer: Breakdown) -> Iterator[Explanation]:
    """That rows to come were made by a plan, whose answer alone says what settles the account."""
    ledger = answer.ledger
    begun = {
        debt.from_day
        for debt in ledger.obligations
        if not debt.kind and debt.due_day > ledger.as_of_day and ledger.is_in_force(debt)
    }
    made = begun & {row.value_day for row in answer.account.restructuring_rows}
    if made:
        yield Explanation("owed_by_plan", to_date(max(made)))


def _without_terms(answer: Breakdown) -> Iterator[Explanation]:
    """That a policy says nothing of penalty interest: a 0 then is no finding."""
    if answer.policy.penalty is None:
        yield Explanation("owed_without_penalty_terms", answer.policy.version)


def _amounts(answer: Breakdown, currency: dict[str, str]) -> Iterator[Explanation]:
    amounts: tuple[tuple[str, Decimal], ...] = (
        ("owed_charged_ahead", answer.charged_ahead),
        ("owed_accrued_interest", answer.accrued_interest),
        ("owed_unearned_interest", answer.unearned_interest),
        ("owed_prepaid_fees", answer.prepaid_fees),
        ("owed_unposted_penalty", answer.unposted_penalty),
        ("owed_credit", answer.unallocated),
        ("owed_off_balance", answer.off_balance),
        ("owed_written_off", answer.written_off),
    )
    for rule, amount in amounts:
        if amount:
            yield Explanation(rule, amount, currency)
