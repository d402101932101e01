"""The audit record of terms that come back: the plan, what was paid since, why it ended, and what is owed.

The one idea: what comes back is worked out from the account before the plan, so the record keeps that one,
and the account to which the old terms have come back is one of the figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import attrs

from delinquency.account import Account
from delinquency.amounts import from_minor
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.payments import Payment
from delinquency.policy import Policy
from delinquency.restructuring.answer import DebtParts
from delinquency.restructuring.following import PromiseToPay, Reinstated, reinstate
from delinquency.sequences import checked_tuple
from delinquency.serialization.followed_figures import BreachRecord, breach_record
from delinquency.serialization.owed_figures import named_figures
from delinquency.serialization.plan_inputs import PlanInputs, check_texts, in_words
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.version import __version__

__all__ = ["ReinstatementFigures", "ReinstatementRecord"]


@attrs.frozen(slots=True, kw_only=True)
class ReinstatementFigures:
    """The figures of terms that come back.

    Parameters
    ----------
    breach : BreachRecord or None
        The first breach; null where there is another ground.
    debt_before : DebtParts
        What was owed at the start of the day of the plan.
    accrued : DebtParts
        Interest, fees and penalty that came since under the old terms.
    paid : DebtParts
        What was paid since, by what it settles under the old terms.
    given_up : DebtParts
        What was given up for good, by what it was before the plan.
    come_back : DebtParts
        What the plan gave up on condition that it is completed, and is owed again.
    owed : DebtParts
        What is owed at the start of the day, due or not, before ``unallocated``.
    unallocated : Decimal
        Money that settled nothing under the plan, and is put to the old rows [currency units].
    owed_under_plan : DebtParts
        What would be owed at the start of the day if the plan went on.
    past_due : DebtParts
        What is past due in the account at the start of the day, once held money is put to it.
    rows_ended, rows_begun : int
        How many rows of the schedule end on the day, and begin on it.
    after : Account
        With the plan until the day, and the old terms from it on.
    """

    breach: BreachRecord | None
    debt_before: DebtParts
    accrued: DebtParts
    paid: DebtParts
    given_up: DebtParts
    come_back: DebtParts
    owed: DebtParts
    unallocated: Decimal
    owed_under_plan: DebtParts
    past_due: DebtParts
    rows_ended: int
    rows_begun: int
    after: Account


@attrs.frozen(slots=True, kw_only=True)
class ReinstatementRecord:
    """Terms that come back as it was answered: inputs, figures, reasons, policy version, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    on : date
        The old terms hold from the start of this day.
    policy_version : str
        Name and first day in force of the policy version used.
    currency : Currency
        Of every amount.
    figures : ReinstatementFigures
        The answer, the account to which the old terms have come back in it.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language.
    done : PlanInputs
        The plan that ended.
    payments : tuple of Payment
        Those made from the day of the plan on.
    tolerance_days : int
        How many days past due a row may be at a close without a breach [days].
    tolerance : Decimal
        An open amount of a row of at most this much counts as settled [currency units].
    promises : tuple of PromiseToPay
        Those beside the plan, in the order in which they are served.
    ground : str or None
        Why the plan ends although nothing of it was broken.
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
    on: date
    policy_version: str
    currency: Currency
    figures: ReinstatementFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    done: PlanInputs
    payments: tuple[Payment, ...]
    tolerance_days: int
    tolerance: Decimal
    promises: tuple[PromiseToPay, ...]
    ground: str | None
    policy: Policy

    def __attrs_post_init__(self) -> None:
        where = "record of a reinstatement"
        kinds = (
            ("library_version", (str,)),
            ("currency", (Currency,)),
            ("figures", (ReinstatementFigures,)),
            ("explanation", (Explanation,)),
            ("done", (PlanInputs,)),
            ("policy", (Policy,)),
        )
        check_kinds(self, where, kinds)
        check_texts(self, where)
        checked_tuple(self.payments, Payment, f"{where}, payment")
        checked_tuple(self.promises, PromiseToPay, f"{where}, promise")
        told = (
            ("currency", self.currency.code, self.done.account.currency.code),
            ("policy_version", self.policy_version, self.policy.version),
        )
        check_told(where, told)

    @classmethod
    def of(cls, answer: Reinstated) -> ReinstatementRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer of :func:`~delinquency.restructuring.following.reinstating.reinstate`.
        """
        if not isinstance(answer, Reinstated):
            raise InvalidTypeError.at("ReinstatementRecord", expected="a Reinstated", found=answer)
        told, explanation = answer.compliance, answer.explanation
        return cls(
            library_version=__version__,
            on=answer.on,
            policy_version=answer.policy.version,
            currency=answer.currency,
            figures=_figures(answer),
            explanation=explanation,
            texts=in_words(explanation),
            done=PlanInputs.of(answer.done),
            payments=answer.payments,
            tolerance_days=told.tolerated.days,
            tolerance=from_minor(told.tolerated.amount, answer.currency),
            promises=answer.promises,
            ground=answer.ground,
            policy=answer.policy,
        )

    def recompute(self) -> Reinstated:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.following.reinstating.reinstate`.
        """
        return reinstate(
            self.done.answered(),
            self.payments,
            on=self.on,
            policy=self.policy,
            tolerance_days=self.tolerance_days,
            tolerance=self.tolerance,
            promises=self.promises,
            ground=self.ground,
        )

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, ReinstatementRecord.of(self.recompute()))


_NAMED = tuple(
    field.name
    for field in attrs.fields(ReinstatementFigures)
    if field.name not in ("breach", "after")
)


def _figures(answer: Reinstated) -> ReinstatementFigures:
    return ReinstatementFigures(
        breach=None if answer.breach is None else breach_record(answer.breach),
        after=answer.account,
        **named_figures(answer, *_NAMED),
    )
