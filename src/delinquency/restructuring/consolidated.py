"""What becomes of several accounts that one account takes the place of.

The one idea: debt of the new account = debt of all, less what was waived and forgiven, by component; each old
account is kept as it was and as it is closed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from delinquency.restructuring.answer import DebtParts, PlanOutcome, debt_parts
from delinquency.restructuring.draft import Draft

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.dated_rates import DatedRate
    from delinquency.explanation import Explanation
    from delinquency.policy import Policy

__all__ = ["Consolidated"]


@attrs.frozen(slots=True, eq=False, kw_only=True)
class Consolidated(PlanOutcome):
    """Accounts of one debtor, and the account in their place.

    Attributes
    ----------
    before, closed : tuple of Account
        Each account as it was, and as it ends, in order of id.
    account : Account
        The new one.
    policies : tuple of Policy
        The version that each account was read by.
    drafts_before : tuple of Draft
        What each owed at the start of the day [minor units]; ``draft_before`` is all of them.
    rates : tuple of DatedRate
        The rates of the old contracts weighted by the principal owed, at which the new account is valued.
    is_rate_given : bool
        Whether the rate of the new account was agreed, and is not the weighted one.
    """

    before: tuple[Account, ...] = attrs.field(
        repr=lambda accounts: repr([account.account_id for account in accounts])
    )
    closed: tuple[Account, ...] = attrs.field(repr=False)
    account: Account = attrs.field(repr=lambda account: repr(account.account_id))
    policies: tuple[Policy, ...] = attrs.field(repr=False)
    drafts_before: tuple[Draft, ...] = attrs.field(repr=False)
    rates: tuple[DatedRate, ...]
    is_rate_given: bool

    @property
    def debts_before(self) -> tuple[DebtParts, ...]:
        """What each account owed at the start of the day of the plan, in their order."""
        return tuple(debt_parts(draft.owed(), self.currency) for draft in self.drafts_before)

    @property
    def explanation(self) -> Explanation:
        """What each account owed, what the measures did, what falls due now, and what it is worth."""
        from delinquency.restructuring.consolidation_reasons import explain_consolidation

        return explain_consolidation(self)

    def __str__(self) -> str:
        return self.explanation.to_text()
