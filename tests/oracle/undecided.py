"""Where ledger and oracle still read a rule differently: which questions, and in one sentence each why.

The one idea: a difference that nobody has decided is set aside here, by name, and shown in its smallest form in
``test_differences.py``; nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

SHARE = "a cap by share of a debt that enters the ledger on or after its due date"
HELD = "held money, once its order no longer holds, on a day on which nothing falls due"
RECOVERY = "money of a recovery that was held when a debt was written off"
CARD_FEE = "a late fee that stands with the statement of a card"
BILLED = "the running period of a card whose rows are billed in another order than they fall due"
POSTED = "penalty posted on a late fee"
IN_PAYMENTS = "payments in arrears less what was let off of penalty"


def undecided(account: Any, policy: Any) -> str | None:
    """Why a question is set aside as a whole; ``None`` if it is not."""
    return next(_reasons(account, policy), None)


def unsettled_figures(account: Any, policy: Any) -> dict[str, str]:
    """Figures that are set aside in a question that is not, and why."""
    found: dict[str, str] = {}
    if not _is_on_demand(policy):
        return found
    if policy.penalty.base.value == "overdue_amount" and policy.late_fees:
        found["posted"] = POSTED
    lets_off = policy.closing_tolerance or any(
        type(event).__name__ in ("Waiver", "WriteOff", "Closure") for event in account.events
    )
    if policy.buckets.reads.value == "payments_in_arrears" and lets_off:
        found |= dict.fromkeys(("reading", "bucket_code"), IN_PAYMENTS)
    return found


def _is_on_demand(policy: Any) -> bool:
    return policy.penalty is not None and policy.penalty_in_waterfall.value == "on_demand"


def _reasons(account: Any, policy: Any) -> Iterator[str]:
    if _caps_by_share(policy) and _enters_late(account, policy):
        yield SHARE
    orders = [policy.allocation, *(switch.order for switch in policy.allocation_by_age)]
    if len({order.excess.value == "hold" for order in orders}) > 1:
        yield HELD
    if _holds_recoveries(account, policy):
        yield RECOVERY
    is_card = account.product.value == "card"
    if is_card and any(terms.due_with_instalment for terms in policy.late_fees):
        yield CARD_FEE
    if is_card and not _is_billed_in_order(account):
        yield BILLED


def _holds_recoveries(account: Any, policy: Any) -> bool:
    own = [one.order for one in policy.allocation_by_kind if one.kind.value == "recovery"]
    orders = own or [policy.allocation, *(switch.order for switch in policy.allocation_by_age)]
    names = [type(event).__name__ for event in account.events]
    return (
        any(payment.kind.value == "recovery" for payment in account.payments)
        and any(order.excess.value == "hold" for order in orders)
        and ("WriteOff" in names or "Closure" in names)
    )


def _is_billed_in_order(account: Any) -> bool:
    rows = account.schedule.instalments
    billed = [min(row.due_date, row.in_force_from or account.originated_on) for row in rows]
    return billed == sorted(billed)


def _caps_by_share(policy: Any) -> bool:
    caps = () if policy.penalty is None else policy.penalty.caps
    return any(type(cap).__name__ == "ShareOfBase" for cap in caps)


def _enters_late(account: Any, policy: Any) -> bool:
    names = [type(event).__name__ for event in account.events]
    rows = account.schedule.instalments
    terms = policy.penalty
    return (
        "Acceleration" in names
        or any(row.in_force_from and row.in_force_from > row.due_date for row in rows)
        or (bool(policy.late_fees) and terms.base.value == "overdue_amount")
        or terms.compounding.value == "on_posting"
    )
