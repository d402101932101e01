"""What new debt for old was made of, as the record of its review keeps it.

The one idea: the facts before, what was agreed and the rules by which the facts were read give the answer
that was reviewed, as an account and its plan do.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import attrs

from delinquency.account import Account
from delinquency.currency import Currency
from delinquency.dated_rates import DatedRate
from delinquency.errors import InvalidValueError
from delinquency.policy import Policy
from delinquency.restructuring import (
    AgreedCard,
    CardAgreement,
    Consolidated,
    Restructured,
    RestructuringPlan,
    agree_on_card,
    consolidate,
)
from delinquency.revolving import CardAccount
from delinquency.sequences import checked_tuple
from delinquency.serialization.plan_inputs import PlanInputs
from delinquency.serialization.record import check_kinds
from delinquency.serialization.status_record import checked_versions, timeline_of

__all__ = ["CardAgreementInputs", "ConsolidationInputs", "ReviewedInputs", "inputs_of"]


@attrs.frozen(slots=True, kw_only=True)
class ConsolidationInputs:
    """Accounts that were put into one, and what was agreed.

    Parameters
    ----------
    accounts : tuple of Account
        As they were before, in order of id.
    plan : RestructuringPlan
    as_of : date
        The day on which the plan was made or looked at.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policies : tuple of Policy
        The versions that an account was read by, each once, in order of time.
    account_id : str
        Of the new account.
    contract_rates : tuple of DatedRate or None
        Agreed for the new account; ``None`` where the old ones were weighted.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        No account; no version.
    """

    accounts: tuple[Account, ...]
    plan: RestructuringPlan
    as_of: date
    known_on: date | None
    policies: tuple[Policy, ...]
    account_id: str
    contract_rates: tuple[DatedRate, ...] | None

    def __attrs_post_init__(self) -> None:
        where = "inputs of a consolidation"
        check_kinds(self, where, (("plan", (RestructuringPlan,)), ("account_id", (str,))))
        if not checked_tuple(self.accounts, Account, f"{where}, accounts"):
            raise InvalidValueError.at(
                f"{where}, accounts", expected="at least one account", found="none"
            )
        checked_versions(self.policies, where)

    @classmethod
    def of(cls, done: Consolidated) -> ConsolidationInputs:
        """What an answer was made of."""
        once = {policy.version: policy for policy in done.policies}
        return cls(
            accounts=done.before,
            plan=done.plan,
            as_of=done.as_of,
            known_on=done.known_on,
            policies=tuple(sorted(once.values(), key=lambda policy: policy.validity.days)),
            account_id=done.account.account_id,
            contract_rates=tuple(done.account.contract_rates) if done.is_rate_given else None,
        )

    @property
    def effective_on(self) -> date:
        """The day of the plan."""
        return self.plan.effective_on

    @property
    def currency(self) -> Currency:
        """Of every account."""
        return self.accounts[0].currency

    @property
    def policy_version(self) -> str:
        """The versions that an account was read by."""
        return ", ".join(policy.version for policy in self.policies)

    def answered(self) -> Consolidated:
        """The accounts put into one by this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.consolidating.consolidate`.
        """
        return consolidate(
            self.accounts,
            self.plan,
            as_of=self.as_of,
            policy=timeline_of(self.policies),
            account_id=self.account_id,
            contract_rates=self.contract_rates,
            known_on=self.known_on,
        )


@attrs.frozen(slots=True, kw_only=True)
class CardAgreementInputs:
    """A card, and the agreement on it.

    Parameters
    ----------
    card : CardAccount
        As it was before.
    agreement : CardAgreement
    as_of : date
        The day on which it was made or looked at.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy : Policy
        By which the minimums were counted.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    """

    card: CardAccount
    agreement: CardAgreement
    as_of: date
    known_on: date | None
    policy: Policy

    def __attrs_post_init__(self) -> None:
        kinds = (
            ("card", (CardAccount,)),
            ("agreement", (CardAgreement,)),
            ("policy", (Policy,)),
        )
        check_kinds(self, "inputs of a card agreement", kinds)

    @classmethod
    def of(cls, done: AgreedCard) -> CardAgreementInputs:
        """What an answer was made of."""
        return cls(
            card=done.before,
            agreement=done.agreement,
            as_of=done.as_of,
            known_on=done.known_on,
            policy=done.policy,
        )

    @property
    def effective_on(self) -> date:
        """The day of the agreement."""
        return self.agreement.effective_on

    @property
    def currency(self) -> Currency:
        """Of the card."""
        return self.card.currency

    @property
    def policy_version(self) -> str:
        """The version by which the minimums were counted."""
        return self.policy.version

    def answered(self) -> AgreedCard:
        """The agreement put to the card by this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.agreeing_on_card.agree_on_card`.
        """
        return agree_on_card(
            self.card,
            self.agreement,
            as_of=self.as_of,
            policy=self.policy,
            known_on=self.known_on,
        )


ReviewedInputs: TypeAlias = PlanInputs | ConsolidationInputs | CardAgreementInputs


def inputs_of(done: Restructured | Consolidated | AgreedCard) -> ReviewedInputs:
    """What an answer that can be reviewed was made of."""
    if isinstance(done, Consolidated):
        return ConsolidationInputs.of(done)
    if isinstance(done, AgreedCard):
        return CardAgreementInputs.of(done)
    return PlanInputs.of(done)
