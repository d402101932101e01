"""What a plan was made of, as the records of all that follows from it keep it.

The one idea: an account before a plan, the plan and the policy give the account after it; a record keeps
these three and not the result, so that what follows can be worked out again from the beginning.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import attrs

from delinquency.account import Account
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.explanation import Explanation
from delinquency.policy import Policy
from delinquency.restructuring import Restructured, RestructuringPlan, restructure
from delinquency.sentences import SENTENCES
from delinquency.sequences import checked_tuple
from delinquency.serialization.record import check_kinds

__all__ = ["EarlierPlan", "PlanInputs", "check_texts", "earlier_plans", "in_words", "put_earlier"]


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

    def __attrs_post_init__(self) -> None:
        check_kinds(self, "an earlier plan", _KINDS)


def earlier_plans(done: Restructured) -> tuple[EarlierPlan, ...]:
    """The plans that the account of an answer had before, the first one first."""
    found: list[EarlierPlan] = []
    each = done.previous
    while each is not None:
        found.append(
            EarlierPlan(
                account=each.before,
                plan=each.plan,
                as_of=each.as_of,
                known_on=each.known_on,
                policy=each.policy,
            )
        )
        each = each.previous
    return tuple(reversed(found))


def put_earlier(earlier: tuple[EarlierPlan, ...]) -> Restructured | None:
    """The answer of the last of the plans that an account had before, worked out again."""
    done: Restructured | None = None
    for each in earlier:
        done = restructure(
            each.account,
            each.plan,
            as_of=each.as_of,
            policy=each.policy,
            known_on=each.known_on,
            previous=done,
        )
    return done


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
