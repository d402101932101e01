"""What becomes of a card by an individual instalment agreement.

The one idea: what was owed on the card is owed by the account, less what was waived and forgiven, by
component; the answer is the document of the agreement too.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.restructuring.answer import PlanOutcome

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.dated_rates import DatedRate
    from delinquency.explanation import Explanation
    from delinquency.policy import Policy
    from delinquency.restructuring.card_agreement import CardAgreement
    from delinquency.revolving import BalanceKind, CardAccount

__all__ = ["AgreedCard"]


@attrs.frozen(slots=True, eq=False, kw_only=True)
class AgreedCard(PlanOutcome):
    """A card before and after an agreement, and the account that owes the instalments.

    Attributes
    ----------
    before, closed : CardAccount
        The card as it was, and as it is from the day on: closed to transactions, with nothing open.
    account : Account
    agreement : CardAgreement
    policy : Policy
        The version by which the minimums of the card were counted.
    days_past_due_before : int
        Of the minimums at the close of the day before [days].
    structure : tuple of tuple of BalanceKind and Decimal
        What was owed by balance of the card, parts of plans that no statement had billed among the plans.
    rates : tuple of DatedRate
        The rates of the card weighted by the principal owed, at which the instalments are valued; a rate a
        day counts 365 times.
    """

    before: CardAccount = attrs.field(repr=lambda card: repr(card.account_id))
    closed: CardAccount = attrs.field(repr=False)
    account: Account = attrs.field(repr=lambda account: repr(account.account_id))
    agreement: CardAgreement
    policy: Policy = attrs.field(repr=lambda policy: repr(policy.name))
    days_past_due_before: int
    structure: tuple[tuple[BalanceKind, Decimal], ...]
    rates: tuple[DatedRate, ...]

    @property
    def stops_collection_from(self) -> date:
        """The first day on which collection has stopped, unless the agreement is broken.

        References
        ----------
        商业银行信用卡业务监督管理办法, Article 70.
        """
        return self.agreement.effective_on

    @property
    def no_new_credit(self) -> bool:
        """Whether the card is closed to new credit from the day on: by such an agreement it always is."""
        return self.closed.agreement_on is not None

    @property
    def explanation(self) -> Explanation:
        """The document of the agreement: what the article asks to be in it, and what it is worth."""
        from delinquency.restructuring.card_agreement_reasons import explain_agreement

        return explain_agreement(self)

    def __str__(self) -> str:
        return self.explanation.to_text()
