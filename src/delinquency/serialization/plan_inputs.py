"""What a plan was made of, as the records of all that follows from it keep it.

The one idea: an account before a plan, the plan and the policy give the account after it; a record keeps
these three and not the result, so that what follows can be worked out again from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final

import attrs

from delinquency.account import Account
from delinquency.amounts import from_minor
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.payments import Payment
from delinquency.policy import Policy
from delinquency.restructuring import Restructured, RestructuringPlan, restructure
from delinquency.restructuring.following import PromiseToPay, Reinstated, reinstate
from delinquency.sentences import SENTENCES
from delinquency.sequences import checked_tuple
from delinquency.serialization.record import check_kinds

__all__ = [
    "EarlierPlan",
    "PlanEnd",
    "PlanInputs",
    "check_texts",
    "earlier_plans",
    "in_words",
    "put_earlier",
]


@attrs.frozen(slots=True, kw_only=True)
class PlanEnd:
    """How a plan ended, where the terms of before it came back.

    Parameters
    ----------
    on : date
        The old terms hold from the start of this day.
    payments : tuple of Payment
        Those made from the day of the plan on.
    tolerance_days : int
        How many days past due a row may be at a close without a breach [days].
    tolerance : Decimal
        An open amount of a row of at most this much counts as settled [currency units].
    promises : tuple of PromiseToPay
        Those beside the plan, in the order in which they are served.
    ground : str or None
        Why the plan ended although nothing of it was broken.
    policy : Policy
        The rules.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    """

    on: date
    payments: tuple[Payment, ...]
    tolerance_days: int
    tolerance: Decimal
    promises: tuple[PromiseToPay, ...]
    ground: str | None
    policy: Policy

    def __attrs_post_init__(self) -> None:
        where = "end of a plan"
        check_kinds(self, where, (("policy", (Policy,)),))
        checked_tuple(self.payments, Payment, f"{where}, payment")
        checked_tuple(self.promises, PromiseToPay, f"{where}, promise")

    @classmethod
    def of(cls, answer: Reinstated) -> PlanEnd:
        """What the end of a plan was asked with."""
        told = answer.compliance
        return cls(
            on=answer.on,
            payments=answer.payments,
            tolerance_days=told.tolerated.days,
            tolerance=from_minor(told.tolerated.amount, answer.currency),
            promises=answer.promises,
            ground=answer.ground,
            policy=answer.policy,
        )

    def reinstated(self, done: Restructured) -> Reinstated:
        """The old terms, back by this version of the library."""
        return reinstate(
            done,
            self.payments,
            on=self.on,
            policy=self.policy,
            tolerance_days=self.tolerance_days,
            tolerance=self.tolerance,
            promises=self.promises,
            ground=self.ground,
        )


@attrs.frozen(slots=True, kw_only=True)
class EarlierPlan:
    """A plan that an account had before another one.

    Parameters
    ----------
    account : Account
        As it was before that plan.
    plan : RestructuringPlan
    as_of : date
        The day on which the plan was made or looked at.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy : Policy
        The version that the account was read by.
    ended : PlanEnd or None
        How the plan ended; null where the later plan followed it while it ran.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    """

    account: Account
    plan: RestructuringPlan
    as_of: date
    known_on: date | None
    policy: Policy
    ended: PlanEnd | None = None

    def __attrs_post_init__(self) -> None:
        check_kinds(self, "an earlier plan", (*_KINDS, ("ended", (PlanEnd, type(None)))))


def earlier_plans(done: Restructured) -> tuple[EarlierPlan, ...]:
    """The plans that the account of an answer had before, the first one first."""
    found: list[EarlierPlan] = []
    before = done.previous
    while before is not None:
        end = before if isinstance(before, Reinstated) else None
        each = before.done if isinstance(before, Reinstated) else before
        found.append(
            EarlierPlan(
                account=each.before,
                plan=each.plan,
                as_of=each.as_of,
                known_on=each.known_on,
                policy=each.policy,
                ended=None if end is None else PlanEnd.of(end),
            )
        )
        before = each.previous
    return tuple(reversed(found))


def put_earlier(earlier: tuple[EarlierPlan, ...]) -> Restructured | Reinstated | None:
    """The answer of the last of the plans that an account had before, or of its end, worked out again."""
    before: Restructured | Reinstated | None = None
    for each in earlier:
        done = restructure(
            each.account,
            each.plan,
            as_of=each.as_of,
            policy=each.policy,
            known_on=each.known_on,
            previous=before,
        )
        before = done if each.ended is None else each.ended.reinstated(done)
    return before


_KINDS: Final = (
    ("account", (Account,)),
    ("plan", (RestructuringPlan,)),
    ("policy", (Policy,)),
)


@attrs.frozen(slots=True, kw_only=True)
class PlanInputs:
    """An account and the plan that was put to it.

    Parameters
    ----------
    account : Account
        As it was before the plan.
    plan : RestructuringPlan
    as_of : date
        The day on which the plan was made or looked at.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy : Policy
        The version that the account was read by.
    earlier : tuple of EarlierPlan, optional
        The plans that the account had before, the first one first.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    """

    account: Account
    plan: RestructuringPlan
    as_of: date
    known_on: date | None
    policy: Policy
    earlier: tuple[EarlierPlan, ...] = ()

    def __attrs_post_init__(self) -> None:
        check_kinds(self, "inputs of a plan", _KINDS)
        checked_tuple(self.earlier, EarlierPlan, "inputs of a plan, earlier")

    @classmethod
    def of(cls, done: Restructured) -> PlanInputs:
        """What an answer was made of."""
        return cls(
            account=done.before,
            plan=done.plan,
            as_of=done.as_of,
            known_on=done.known_on,
            policy=done.policy,
            earlier=earlier_plans(done),
        )

    @property
    def effective_on(self) -> date:
        """The day of the plan."""
        return self.plan.effective_on

    @property
    def currency(self) -> Currency:
        """Of the account."""
        return self.account.currency

    @property
    def policy_version(self) -> str:
        """The version that the account was read by."""
        return self.policy.version

    def answered(self) -> Restructured:
        """The plan put to the account by this version of the library.

        Raises
        ------
        DelinquencyError
            As :func:`delinquency.restructuring.verb.restructure`.
        """
        return restructure(
            self.account,
            self.plan,
            as_of=self.as_of,
            policy=self.policy,
            known_on=self.known_on,
            previous=put_earlier(self.earlier),
        )


def in_words(explanation: Explanation) -> dict[str, str]:
    """An explanation as text in every language."""
    return {lang: explanation.to_text(lang=lang) for lang in sorted(SENTENCES)}


def check_texts(record: Any, where: str) -> None:
    """Refuse the words of a record that are not those of every language.

    Raises
    ------
    InvalidTypeError
        No mapping of texts.
    InvalidValueError
        A language too many or too few.
    """
    texts: object = record.texts
    if not isinstance(texts, Mapping):
        raise InvalidTypeError.at(f"{where}, texts", expected="a mapping of texts", found=texts)
    if set(record.texts) != set(SENTENCES):
        raise InvalidValueError.at(
            f"{where}, texts",
            expected=f"one text for each of {', '.join(sorted(SENTENCES))}",
            found=", ".join(sorted(map(str, record.texts))) or "none",
        )
