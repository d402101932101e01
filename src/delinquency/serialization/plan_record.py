"""The audit record of a plan: what was owed, what was agreed, what became of every amount, and why.

The one idea: a record of a plan has what goes in - account, plan, policy - and what comes out, the account
after it among the figures, so that a service may go on with the one and an auditor check it by the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import attrs

from delinquency.account import Account
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.restructuring import Restructured, RestructuringPlan
from delinquency.serialization.plan_figures import RestructuredFigures, restructured_figures
from delinquency.serialization.plan_inputs import (
    EarlierPlan,
    PlanInputs,
    check_texts,
    earlier_plans,
    in_words,
)
from delinquency.serialization.record import Difference, check_kinds, check_record, differing
from delinquency.version import __version__

__all__ = ["PlanRecord"]


@attrs.frozen(slots=True, kw_only=True)
class PlanRecord:
    """A plan as it was answered: facts, measures, figures, reasons, policy version, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The day on which the plan was made or looked at.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy_version : str
        Name and first day in force of the policy version used.
    currency : Currency
        Of every amount.
    figures : RestructuredFigures
        The answer, the account after the plan in it.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language.
    account : Account
        The facts before the plan.
    plan : RestructuringPlan
        What was agreed.
    policy : Policy
        The rules.
    earlier : tuple of EarlierPlan, optional
        The plans that the account had before, the first one first.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency or a policy version that is not that of the account and the policy; a language without a
        text.

    Examples
    --------
    >>> from delinquency import Instalment, Schedule, rulebook
    >>> from delinquency.restructuring import ArrearsSpread, restructure
    >>> rows = [Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    >>> account = Account(account_id="A-1", originated_on=date(2024, 12, 15),
    ...     schedule=Schedule(Currency.of("CNY"), rows))
    >>> plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 3, 1))
    >>> done = restructure(account, plan, as_of=date(2025, 3, 1), policy=rulebook.load("founding-report"))
    >>> record = PlanRecord.of(done)
    >>> record.figures.spread.total, record.figures.after == done.after, record.differences()
    (Decimal('200.00'), True, ())
    """

    library_version: str
    as_of: date
    known_on: date | None
    policy_version: str
    currency: Currency
    figures: RestructuredFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    account: Account
    plan: RestructuringPlan
    policy: Policy
    earlier: tuple[EarlierPlan, ...] = ()

    def __attrs_post_init__(self) -> None:
        where = "record of a plan"
        check_record(self, where, (RestructuredFigures,))
        check_kinds(self, where, (("plan", (RestructuringPlan,)),))
        check_texts(self, where)

    @classmethod
    def of(cls, answer: Restructured) -> PlanRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer of :func:`~delinquency.restructuring.verb.restructure`.
        """
        if not isinstance(answer, Restructured):
            raise InvalidTypeError.at("PlanRecord", expected="a Restructured", found=answer)
        explanation = answer.explanation
        return cls(
            library_version=__version__,
            as_of=answer.as_of,
            known_on=answer.known_on,
            policy_version=answer.policy.version,
            currency=answer.currency,
            figures=restructured_figures(answer),
            explanation=explanation,
            texts=in_words(explanation),
            account=answer.before,
            plan=answer.plan,
            policy=answer.policy,
            earlier=earlier_plans(answer),
        )

    def recompute(self) -> Restructured:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.verb.restructure`.
        """
        given = PlanInputs(
            account=self.account,
            plan=self.plan,
            as_of=self.as_of,
            known_on=self.known_on,
            policy=self.policy,
            earlier=self.earlier,
        )
        return given.answered()

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, PlanRecord.of(self.recompute()))
