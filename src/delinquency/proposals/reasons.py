"""The reasons of proposals: what was searched, what speaks for a plan, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.explanation import Explanation
from delinquency.proposals.shown import lost_share
from delinquency.restructuring.reasons import lost_or_won

if TYPE_CHECKING:
    from delinquency.proposals.answer import Proposal, Proposals

__all__ = ["explain_proposal", "explain_proposals"]


def explain_proposals(found: Proposals) -> Explanation:
    """The tree of reasons of a search."""
    return Explanation(
        "proposals",
        len(found.unbettered),
        {
            "account_id": found.account.account_id,
            "as_of": found.as_of,
            "priced": found.priced,
            "fitting": found.fitting,
            "not_possible": found.not_possible,
        },
        (),
        (
            *_binding(found),
            *_nothing_before(found),
            *(_of_plan(plan, found) for plan in found.plans),
            *_to_come(found),
        ),
    )


def explain_proposal(proposal: Proposal, found: Proposals) -> Explanation:
    """The tree of reasons of one proposal: its figures, and what every measure does."""
    told = _of_plan(proposal, found)
    return Explanation(
        told.rule, told.value, told.inputs, (), (proposal.restructure().explanation,)
    )


def _of_plan(proposal: Proposal, found: Proposals) -> Explanation:
    relief, worth = proposal.payment_relief, lost_or_won(proposal.present_value_loss)
    return Explanation(
        "proposal",
        proposal.greatest_payment,
        {
            "number": proposal.number,
            "currency": found.account.currency.code,
            **({"relief": relief} if relief >= 0 else {"more": -relief}),
            "payments": proposal.payments,
            "last_due_on": proposal.last_due_on,
            "worth": worth["worth"],
            "loss": worth["amount"],
            "share": lost_share(proposal.diminished_share, proposal.present_value_loss),
        },
    )


def _to_come(found: Proposals) -> Iterator[Explanation]:
    if found.charges_to_come:
        yield Explanation(
            "proposals_charges_to_come",
            found.charges_to_come,
            {"currency": found.account.currency.code},
        )


def _nothing_before(found: Proposals) -> Iterator[Explanation]:
    """Where no plan fits: that what can be paid is said from a day after the first due date to come on."""
    since = found.affordability.amounts[0].effective_on
    if not found.fitting and found.first_due_to_come < since:
        yield Explanation("proposals_nothing_before", since, {"due_date": found.first_due_to_come})


def _binding(found: Proposals) -> Iterator[Explanation]:
    if not found.binding and not found.fitting:
        yield Explanation("proposals_not_possible", found.not_possible)
    for each in found.binding:
        rule = f"proposals_{each.bound.value}"
        named: dict[str, object] = {
            "plans": each.plans,
            "currency": found.account.currency.code,
        }
        if each.alone:
            named["alone"] = True
        yield Explanation(rule, each.over_by, named)
