"""The audit record of a consolidation: the accounts of before, the plan, and the account in their place.

The one idea: what was agreed of the new account - its id, its rate - is said once, by the account itself; the
record asks it of the figures when the question is put again.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from delinquency.account import Account
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.restructuring import Consolidated, RestructuringPlan, consolidate
from delinquency.sequences import checked_tuple
from delinquency.serialization.plan_figures import ConsolidatedFigures, consolidated_figures
from delinquency.serialization.plan_inputs import check_texts, in_words
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.serialization.status_record import checked_versions, timeline_of
from delinquency.version import __version__

__all__ = ["ConsolidationRecord"]


@attrs.frozen(slots=True, kw_only=True)
class ConsolidationRecord:
    """A consolidation as it was answered: facts, measures, figures, reasons, versions, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The day on which the plan was made or looked at.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    currency : Currency
        Of every amount.
    figures : ConsolidatedFigures
        The answer, the new account in it.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language.
    accounts : tuple of Account
        The facts before the plan, in order of id.
    plan : RestructuringPlan
        What was agreed.
    policies : tuple of Policy
        The versions that an account was read by, each once, in order of time.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        No version; no account; another currency; a language without a text.
    """

    library_version: str
    as_of: date
    known_on: date | None
    currency: Currency
    figures: ConsolidatedFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    accounts: tuple[Account, ...]
    plan: RestructuringPlan
    policies: tuple[Policy, ...]

    def __attrs_post_init__(self) -> None:
        where = "record of a consolidation"
        kinds = (
            ("library_version", (str,)),
            ("currency", (Currency,)),
            ("figures", (ConsolidatedFigures,)),
            ("explanation", (Explanation,)),
            ("plan", (RestructuringPlan,)),
        )
        check_kinds(self, where, kinds)
        check_texts(self, where)
        checked_versions(self.policies, where)
        accounts = checked_tuple(self.accounts, Account, f"{where}, accounts")
        if not accounts:
            raise InvalidValueError.at(
                f"{where}, accounts", expected="at least one account", found="none"
            )
        ids = ", ".join(account.account_id for account in accounts)
        told = ", ".join(account.account_id for account in self.figures.closed)
        check_told(
            where,
            (
                ("currency", self.currency.code, accounts[0].currency.code),
                ("figures, closed", told, ids),
            ),
        )

    @classmethod
    def of(cls, answer: Consolidated) -> ConsolidationRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer of :func:`~delinquency.restructuring.consolidating.consolidate`.
        """
        if not isinstance(answer, Consolidated):
            raise InvalidTypeError.at(
                "ConsolidationRecord", expected="a Consolidated", found=answer
            )
        explanation = answer.explanation
        once = {policy.version: policy for policy in answer.policies}
        return cls(
            library_version=__version__,
            as_of=answer.as_of,
            known_on=answer.known_on,
            currency=answer.currency,
            figures=consolidated_figures(answer),
            explanation=explanation,
            texts=in_words(explanation),
            accounts=answer.before,
            plan=answer.plan,
            policies=tuple(sorted(once.values(), key=lambda policy: policy.validity.days)),
        )

    def recompute(self) -> Consolidated:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.consolidating.consolidate`.
        """
        new = self.figures.after
        return consolidate(
            self.accounts,
            self.plan,
            as_of=self.as_of,
            policy=timeline_of(self.policies),
            account_id=new.account_id,
            contract_rates=new.contract_rates if self.figures.is_rate_given else None,
            known_on=self.known_on,
        )

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, ConsolidationRecord.of(self.recompute()))
