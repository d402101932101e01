"""What a review is about: one account that goes on, or what a new contract takes the place of.

The one idea: tests read who and what was before from one form, whatever verb made the plan; what an answer
does not hold is ``None`` or empty, and never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

import attrs

from delinquency.account import Product, Segment
from delinquency.restructuring.agreed_card import AgreedCard
from delinquency.restructuring.answer import Restructured
from delinquency.restructuring.consolidated import Consolidated

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.dated_rates import DatedRate
    from delinquency.policy import Policy
    from delinquency.restructuring.draft import Draft

__all__ = ["REVIEWED", "PlanSubject", "Reviewed", "subject_of"]

Reviewed: TypeAlias = Restructured | Consolidated | AgreedCard

REVIEWED = (Restructured, Consolidated, AgreedCard)
"""The answers that a review can take."""


@attrs.frozen(slots=True, eq=False, kw_only=True)
class PlanSubject:
    """What was before a plan and is after it, in one form.

    Attributes
    ----------
    account_id : str
        Of the account that owes what the plan asks for.
    originated_on : date
        By which rules are chosen: of the account, of the card, or of the contract that takes their place.
    product : Product
    segment : Segment
    accounts : tuple of Account
        What was before; none for a card, which has no schedule.
    drafts : tuple of Draft
        What each of them owed at the start of the day of the plan.
    after : Account
    rates : sequence of DatedRate
        Of the contracts before, at which both sides are valued.
    agreed_rates : sequence of DatedRate or None
        Of a new contract; ``None`` where the old one goes on and its measures say what changes.
    policy : Policy or None
        By which an account that goes on was read; ``None`` where none does.
    new_contract : str
        What a new contract is called; empty where there is none.
    days_past_due : int or None
        Of a card [days]; ``None``: as the rows of the schedule show.
    """

    account_id: str
    originated_on: date
    product: Product
    segment: Segment
    accounts: tuple[Account, ...]
    drafts: tuple[Draft, ...]
    after: Account
    rates: Sequence[DatedRate]
    agreed_rates: Sequence[DatedRate] | None = None
    policy: Policy | None = None
    new_contract: str = ""
    days_past_due: int | None = None


def subject_of(done: Reviewed) -> PlanSubject:
    """The subject of what one of three verbs answered."""
    if isinstance(done, Restructured):
        before = done.before
        return PlanSubject(
            account_id=before.account_id,
            originated_on=before.originated_on,
            product=before.product,
            segment=before.segment,
            accounts=(before,),
            drafts=(done.draft_before,),
            after=done.after,
            rates=before.contract_rates,
            policy=done.policy,
        )
    after = done.account
    if isinstance(done, Consolidated):
        return PlanSubject(
            account_id=after.account_id,
            originated_on=after.originated_on,
            product=done.before[0].product,
            segment=done.before[0].segment,
            accounts=done.before,
            drafts=done.drafts_before,
            after=after,
            rates=done.rates,
            agreed_rates=after.contract_rates,
            new_contract="consolidation",
        )
    return PlanSubject(
        account_id=after.account_id,
        originated_on=done.before.originated_on,
        product=Product.CARD,
        segment=done.before.segment,
        accounts=(),
        drafts=(),
        after=after,
        rates=done.rates,
        agreed_rates=after.contract_rates,
        new_contract="card_agreement",
        days_past_due=done.days_past_due_before,
    )
