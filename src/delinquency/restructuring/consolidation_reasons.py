"""The reasons of a consolidation: what each account owed, what became of it, and at which rate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.explanation import Explanation
from delinquency.restructuring.reasons import lost_or_won, plan_steps, worth_of

if TYPE_CHECKING:
    from delinquency.restructuring.consolidated import Consolidated

__all__ = ["explain_consolidation"]


def explain_consolidation(done: Consolidated) -> Explanation:
    """The tree of reasons of a consolidation."""
    return Explanation(
        "consolidation",
        done.present_value_loss,
        {
            "accounts": len(done.before),
            "account_id": done.account.account_id,
            "effective_on": done.plan.effective_on,
            "before": done.debt_before.total,
            "after": done.debt_after.total,
            **lost_or_won(done.present_value_loss),
            "currency": done.currency.code,
        },
        (),
        (
            *_accounts(done),
            *_carried(done),
            *plan_steps(done),
            *_rates(done),
            worth_of(done, "consolidation_value"),
        ),
    )


def _accounts(done: Consolidated) -> Iterator[Explanation]:
    for account, debt in zip(done.before, done.debts_before, strict=True):
        yield Explanation(
            "consolidation_account",
            debt.total,
            {
                "account_id": account.account_id,
                "effective_on": done.plan.effective_on,
                "principal": debt.principal,
                "interest": debt.interest,
                "fees": debt.fees,
                "penalty": debt.penalty,
                "currency": done.currency.code,
            },
        )


def _carried(done: Consolidated) -> Iterator[Explanation]:
    carried = sum(done.draft_after.beside)
    if carried:
        amount = from_minor(carried, done.currency)
        yield Explanation("consolidation_carried", amount, {"currency": done.currency.code})


def _rates(done: Consolidated) -> Iterator[Explanation]:
    rule = "consolidation_rate_agreed" if done.is_rate_given else "consolidation_rate_weighted"
    for each in done.account.contract_rates:
        yield Explanation(rule, each.rate.as_percent(), {"effective_on": each.effective_on})
