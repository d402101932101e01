"""The reasons of a debtor: each worst figure with its account, then what every account adds and why.

The one idea: every step names the account that it is about, so that nothing is said of a debtor in the air.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.explanation import Explanation

if TYPE_CHECKING:
    from delinquency.obligor_answer import ObligorAssessment

__all__ = ["explain_obligor"]


def explain_obligor(answer: ObligorAssessment) -> Explanation:
    """The tree of reasons of a debtor, the worst bucket first."""
    return Explanation(
        "obligor",
        answer.bucket.code,
        {
            "obligor_id": answer.obligor_id,
            "as_of": answer.as_of,
            "known_on": answer.known_on,
            "status": None if answer.status is None else answer.status.state.code,
        },
        (),
        (*_worst(answer), *_sums(answer), *_together(answer), *_accounts(answer)),
    )


def _worst(answer: ObligorAssessment) -> Iterator[Explanation]:
    worst, oldest = answer.worst, answer.oldest
    yield Explanation(
        "obligor_bucket",
        worst.bucket.code,
        {"account_id": worst.account_id, "scheme": worst.policy.buckets.name},
    )
    yield Explanation(
        "obligor_days_past_due", oldest.days_past_due, {"account_id": oldest.account_id}
    )
    for machine, state in reversed(answer.worst_states.items()):
        yield Explanation(
            "obligor_state",
            state.state.code,
            {"machine": machine, "account_id": state.account_id, "since": state.since},
        )


def _sums(answer: ObligorAssessment) -> Iterator[Explanation]:
    late = [each.account_id for each in answer.assessments if each.count.arrears]
    yield Explanation(
        "obligor_arrears",
        answer.arrears,
        {"currency": answer.currency.code, "account_ids": ", ".join(late) or None},
    )
    yield Explanation(
        "obligor_exposure",
        answer.exposure,
        {"currency": answer.currency.code, "accounts": len(answer.assessments)},
    )


def _together(answer: ObligorAssessment) -> Iterator[Explanation]:
    """Why the debtor is in the states of the machines that judge all accounts together."""
    if answer.status is not None:
        yield answer.status.explanation


def _accounts(answer: ObligorAssessment) -> Iterator[Explanation]:
    """What each account adds, on its own reasons."""
    statuses = {each.account_id: each for each in answer.statuses}
    for each, added in zip(answer.assessments, answer.amounts, strict=True):
        figures: dict[str, object] = {
            "account_id": each.account_id,
            "days_past_due": each.days_past_due,
            "arrears": from_minor(added.arrears, answer.currency),
            "exposure": from_minor(added.exposure, answer.currency),
            "currency": answer.currency.code,
        }
        if each.account.currency != answer.currency:
            figures |= {"rate": str(added.rate), "own_currency": each.account.currency.code}
        status = statuses.get(each.account_id)
        reasons = () if status is None else (status.explanation,)
        yield Explanation(
            "obligor_account", each.bucket.code, figures, (), (each.explanation, *reasons)
        )
