"""The audit record of a plan that is followed: kept or broken, default again, counts, clocks.

The one idea: the question is the same - a plan, what was paid since, a day, a policy - and which figures it
holds says what was asked of them, so that years later it can be put again and compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import attrs

from delinquency.account import Account
from delinquency.currency import Currency
from delinquency.errors import InvalidTypeError
from delinquency.explanation import Explanation
from delinquency.payments import Payment
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.restructuring.following import (
    CountsAround,
    FollowedQuestion,
    PlanClocks,
    PlanCompliance,
    ReDefault,
    counts_around,
    follow_plan,
    plan_clocks,
    re_default,
)
from delinquency.sequences import checked_tuple
from delinquency.serialization.followed_figures import (
    ClocksFigures,
    ComplianceFigures,
    CountsFigures,
    FollowedFigures,
    ReDefaultFigures,
    clocks_figures,
    compliance_figures,
    counts_figures,
    re_default_figures,
)
from delinquency.serialization.plan_inputs import PlanInputs, check_texts, in_words
from delinquency.serialization.record import Difference, check_kinds, check_told, differing
from delinquency.serialization.status_record import checked_versions, timeline_of
from delinquency.version import __version__

__all__ = ["FOLLOWED_ANSWERS", "FollowedAnswer", "FollowedRecord", "since_of"]

FollowedAnswer: TypeAlias = PlanCompliance | ReDefault | CountsAround | PlanClocks
"""An answer on a plan that is followed."""

_FIGURES: Final[Mapping[type, Callable[[Any], FollowedFigures]]] = MappingProxyType(
    {
        PlanCompliance: compliance_figures,
        ReDefault: re_default_figures,
        CountsAround: counts_figures,
        PlanClocks: clocks_figures,
    }
)

FOLLOWED_ANSWERS: Final = tuple(_FIGURES)

_WHERE: Final = "record of a plan that is followed"


@attrs.frozen(slots=True, kw_only=True)
class FollowedRecord:
    """What became of a plan as it was answered: inputs, figures, reasons, versions, library version.

    Parameters
    ----------
    library_version : str
        The version of this library that gave the answer.
    as_of : date
        The close of the day asked for.
    known_on : date or None
        What the books knew only later was left out; ``None`` leaves nothing out.
    policy_version : str
        Name and first day in force of the policy version in force on ``as_of``.
    currency : Currency
        Of every amount.
    figures : ComplianceFigures, ReDefaultFigures, CountsFigures or ClocksFigures
        The answer; its class says what was asked.
    explanation : Explanation
        Why.
    texts : mapping of str to str
        The explanation in words, by language.
    done : PlanInputs
        The plan that is followed.
    payments : tuple of Payment
        Those made from the day of the plan on.
    policies : tuple of Policy
        The versions by which it is followed, in order of time.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A currency or a policy version that is not that of the account and the policies; no version; a
        language without a text.
    PolicyNotInForceError
        No version is in force on ``as_of``.
    """

    library_version: str
    as_of: date
    known_on: date | None
    policy_version: str
    currency: Currency
    figures: ComplianceFigures | ReDefaultFigures | CountsFigures | ClocksFigures
    explanation: Explanation
    texts: Mapping[str, str] = attrs.field(hash=False)
    done: PlanInputs
    payments: tuple[Payment, ...]
    policies: tuple[Policy, ...]

    def __attrs_post_init__(self) -> None:
        kinds = (
            ("library_version", (str,)),
            ("currency", (Currency,)),
            ("figures", (ComplianceFigures, ReDefaultFigures, CountsFigures, ClocksFigures)),
            ("explanation", (Explanation,)),
            ("done", (PlanInputs,)),
        )
        check_kinds(self, _WHERE, kinds)
        check_texts(self, _WHERE)
        checked_versions(self.policies, _WHERE)
        checked_tuple(self.payments, Payment, f"{_WHERE}, payment")
        account = self.done.account
        in_force = _in_force(self.policies, self.as_of, account)
        told = (
            ("currency", self.currency.code, account.currency.code),
            ("policy_version", self.policy_version, in_force.version),
        )
        check_told(_WHERE, told)

    @classmethod
    def of(cls, answer: FollowedAnswer) -> FollowedRecord:
        """The record of an answer given by this version of the library.

        Raises
        ------
        InvalidTypeError
            No answer on a plan that is followed.
        """
        if not isinstance(answer, FOLLOWED_ANSWERS):
            names = ", ".join(kind.__name__ for kind in FOLLOWED_ANSWERS)
            raise InvalidTypeError.at("FollowedRecord", expected=f"one of {names}", found=answer)
        asked = _asked(answer)
        account, explanation = asked.done.before, answer.explanation
        policies = _versions(asked.policy)
        return cls(
            library_version=__version__,
            as_of=asked.as_of,
            known_on=asked.known_on,
            policy_version=_in_force(policies, asked.as_of, account).version,
            currency=account.currency,
            figures=_FIGURES[type(answer)](answer),
            explanation=explanation,
            texts=in_words(explanation),
            done=PlanInputs.of(asked.done),
            payments=asked.payments,
            policies=policies,
        )

    def recompute(self) -> FollowedAnswer:
        """The same question put to this version of the library.

        Raises
        ------
        DelinquencyError
            As the verb that gave the answer.
        """
        done, policy = self.done.answered(), timeline_of(self.policies)
        more: dict[str, Any] = {"as_of": self.as_of, "known_on": self.known_on}
        match self.figures:
            case ComplianceFigures():
                return follow_plan(
                    done,
                    self.payments,
                    policy=policy,
                    tolerance_days=self.figures.tolerance_days,
                    tolerance=self.figures.tolerance,
                    promises=[each.promise for each in self.figures.promises],
                    **more,
                )
            case ReDefaultFigures(months=months, machine=machine, over_days=over_days):
                return re_default(
                    done,
                    self.payments,
                    policy=policy,
                    months=months,
                    machine=machine,
                    over_days=over_days,
                    **more,
                )
            case CountsFigures():
                return counts_around(done, self.payments, policies=[policy], **more)[0]
            case ClocksFigures(machine=machine):
                return plan_clocks(done, self.payments, policy=policy, machine=machine, **more)

    def differences(self) -> tuple[Difference, ...]:
        """The figures, the explanation and its words that this version of the library gives otherwise."""
        return differing(self, FollowedRecord.of(self.recompute()))


def _versions(policy: Policy | PolicyTimeline) -> tuple[Policy, ...]:
    return policy.versions if isinstance(policy, PolicyTimeline) else (policy,)


def _in_force(policies: tuple[Policy, ...], as_of: date, account: Account) -> Policy:
    """The version of a day; whoever reads a record is not warned again of one that was never verified."""
    timeline = PolicyTimeline(name=policies[-1].name, versions=policies)
    return timeline.in_force(as_of=as_of, originated_on=account.originated_on)


def _asked(answer: FollowedAnswer) -> FollowedQuestion:
    """What was asked; a plan that is followed has its payments in its account."""
    if not isinstance(answer, PlanCompliance):
        return answer.asked
    return FollowedQuestion(
        answer.done, since_of(answer), answer.as_of, answer.policy, answer.known_on
    )


def since_of(answer: PlanCompliance) -> tuple[Payment, ...]:
    """The payments made from the day of the plan on: those that its account did not have by the plan."""
    since = list(answer.account.payments)
    for payment in answer.done.after.payments:
        since.remove(payment)
    return tuple(since)
