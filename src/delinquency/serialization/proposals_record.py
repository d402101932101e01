"""The audit record of proposals: what could be paid, what was offered, which plans fit, and why none does.

The one idea: a search is its limits; the record keeps all of them, so that the plans that were not proposed
can be looked for again as well as those that were.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from delinquency.account import Account
from delinquency.amortisation import AmortisationMethod
from delinquency.currency import Currency
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.proposals import (
    Affordability,
    LenderOffer,
    Limit,
    PlanLimits,
    Proposal,
    Proposals,
)
from delinquency.restructuring import RestructuringPlan
from delinquency.rounding import Proportion
from delinquency.serialization.owed_figures import named_figures
from delinquency.serialization.plan_inputs import check_texts, in_words
from delinquency.serialization.record import Difference, check_kinds, check_record, differing
from delinquency.version import __version__

__all__ = ["BindingLimitRecord", "ProposalFigures", "ProposalRecord", "ProposalsRecord"]


@attrs.frozen(slots=True, kw_only=True)
class ProposalRecord:
    """A plan that keeps to every limit, and that no other one of the search betters.

    Parameters
    ----------
    number : int
        Its rank, from 1.
    plan : RestructuringPlan
    greatest_payment : Decimal
        A balloon aside [currency units].
    payment_relief : Decimal
        By how much the greatest payment is less than without the plan [currency units].
    least_room : Decimal or None
        By how much every payment, a balloon aside, is below what can be paid on its due date, at the least
        [currency units]; ``None`` where nothing is asked for.
    payments : int
        How many.
    paid_in_all : Decimal
        What is paid in all: the payments, what stays past due, charges that are not due yet, and penalty that
        accrued and is not posted [currency units].
    total_cost_change : Decimal
        That, less what would be paid in all without the plan [currency units].
    balloon : Decimal
        Principal that waits for the last due date [currency units].
    last_due_on : date
    present_value_loss : Decimal
        What the lender gives up of the present value [currency units].
    diminished_share : Proportion
        The loss as a share of the value before, up to the next of 10**9 parts.
    """

    number: int
    plan: RestructuringPlan
    greatest_payment: Decimal
    payment_relief: Decimal
    least_room: Decimal | None
    payments: int
    paid_in_all: Decimal
    total_cost_change: Decimal
    balloon: Decimal
    last_due_on: date
    present_value_loss: Decimal
    diminished_share: Proportion


@attrs.frozen(slots=True, kw_only=True)
class BindingLimitRecord:
    """A limit that stands in the way of every plan.

    Parameters
    ----------
    bound : Limit
    alone : bool
        Whether some plan would fit without this limit; else it is one that most plans break.
    plans : int
        How many break it, and where it stands alone no other one.
    over_by : Decimal, Proportion or int
        The least by which one of them is above it: [currency units], [days], [instalments], or the share of
        the value.
    """

    bound: Limit
    alone: bool
    plans: int
    over_by: Decimal | int | Proportion


@attrs.frozen(slots=True, kw_only=True)
class ProposalFigures:
    """The figures of a search for plans.

    Parameters
    ----------
    priced : int
        How many plans were priced.
    not_possible : int
        How many of them the account cannot have.
    fitting : int
        How many keep to every limit.
    unbettered : int
        How many no other one betters.
    plans : tuple of ProposalRecord
        Those, ranked; the few of them that were asked for, where somebody asked.
    binding : tuple of BindingLimitRecord
        Why none fits; empty where one does.
    """

    priced: int
    not_possible: int
    fitting: int
    unbettered: int
    plans: tuple[ProposalRecord, ...]
    binding: tuple[BindingLimitRecord, ...]


@attrs.frozen(slots=True, kw_only=True)
class ProposalsRecord:
    """Proposals as they were answered: facts, limits, figures, reasons, policy version, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The day of the search.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy_version : str
        Name and first day in force of the policy version used.
    currency : Currency
        Of every amount.
    figures : ProposalFigures
        The answer.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language.
    account : Account
        The facts.
    affordability : Affordability
        What the debtor can pay.
    offer : LenderOffer
        The measures to choose from.
    bounds : PlanLimits
        What every plan must keep to.
    effective_on : date
        The day from whose start the plans hold.
    first_due_on : date or None
        The day that was given for a schedule that is over.
    method : AmortisationMethod
        How principal is repaid where a schedule is made anew.
    day_count : DayCount or None
        By which interest of a new schedule is reckoned.
    most : int or None
        As many proposals as were asked for, unlike each other; ``None`` where all were.
    policy : Policy
        The rules.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency or a policy version that is not that of the account and the policy; a language without a
        text.
    """

    library_version: str
    as_of: date
    known_on: date | None
    policy_version: str
    currency: Currency
    figures: ProposalFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    account: Account
    affordability: Affordability
    offer: LenderOffer
    bounds: PlanLimits
    effective_on: date
    first_due_on: date | None
    method: AmortisationMethod
    day_count: DayCount | None
    most: int | None
    policy: Policy

    def __attrs_post_init__(self) -> None:
        where = "record of proposals"
        check_record(self, where, (ProposalFigures,))
        kinds = (
            ("affordability", (Affordability,)),
            ("offer", (LenderOffer,)),
            ("bounds", (PlanLimits,)),
        )
        check_kinds(self, where, kinds)
        check_texts(self, where)

    @classmethod
    def of(cls, answer: Proposals) -> ProposalsRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer of :func:`~delinquency.proposals.verb.propose_plans`.
        """
        if not isinstance(answer, Proposals):
            raise InvalidTypeError.at("ProposalsRecord", expected="Proposals", found=answer)
        explanation = answer.explanation
        return cls(
            library_version=__version__,
            policy_version=answer.policy.version,
            currency=answer.account.currency,
            figures=_figures(answer),
            explanation=explanation,
            texts=in_words(explanation),
            **named_figures(answer, *_ASKED, "most", "account", "policy"),
        )

    def recompute(self) -> Proposals:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.proposals.verb.propose_plans`.
        """
        # The search loads books and their loops, which nobody needs who reads a record.
        from delinquency.proposals.verb import propose_plans

        found = propose_plans(self.account, policy=self.policy, **named_figures(self, *_ASKED))
        return found if self.most is None else found.few(self.most)

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, ProposalsRecord.of(self.recompute()))


_ASKED = (
    "as_of",
    "known_on",
    "affordability",
    "offer",
    "bounds",
    "effective_on",
    "first_due_on",
    "method",
    "day_count",
)
"""What is asked of an account and a policy, under the same names in the verb, the answer and the record."""


def _figures(answer: Proposals) -> ProposalFigures:
    return ProposalFigures(
        priced=answer.priced,
        not_possible=answer.not_possible,
        fitting=answer.fitting,
        unbettered=len(answer.unbettered),
        plans=tuple(map(_proposal, answer.plans)),
        binding=tuple(
            BindingLimitRecord(
                **named_figures(each, *(field.name for field in attrs.fields(BindingLimitRecord)))
            )
            for each in answer.binding
        ),
    )


def _proposal(proposal: Proposal) -> ProposalRecord:
    return ProposalRecord(
        **named_figures(proposal, *(field.name for field in attrs.fields(ProposalRecord)))
    )
