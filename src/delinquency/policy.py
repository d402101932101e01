"""How a lender or a regulator counts, orders and names lateness: one frozen record.

The one idea: a policy is data with a validity and its sources. A :class:`PolicyTimeline` is the same
policy through changes of law; every verb takes either and works with the version in force.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.allocation import AllocationOrder
from delinquency.allocation_choices import AgeSwitch, KindOrder, age_switches, kind_orders
from delinquency.amounts import check_amount
from delinquency.buckets import BucketScheme
from delinquency.calendar import day_number
from delinquency.call_sites import callers_level
from delinquency.citation import Citation, Verification
from delinquency.counting.rule import MONTH_COUNTS, Counting, ScheduleChangeRule
from delinquency.errors import (
    DelinquencyWarning,
    InvalidTypeError,
    PolicyError,
    PolicyNotInForceError,
)
from delinquency.sequences import checked_tuple
from delinquency.validity import ALWAYS, SelectedBy, Validity

__all__ = [
    "Level",
    "PenaltyPlace",
    "Policy",
    "PolicyTimeline",
    "UnverifiedPolicyWarning",
    "policy_in_force",
    "refuse_obligor_level",
    "settles_by_totals",
]


class UnverifiedPolicyWarning(DelinquencyWarning):
    """A version is used whose figures nobody has compared with the official text."""


class Level(Enum):
    """Whether a policy judges one account or everything that a debtor owes."""

    ACCOUNT = "account"
    OBLIGOR = "obligor"


class PenaltyPlace(Enum):
    """Where penalty interest stands in the order of payment.

    ``OUTSIDE``: it accrues beside the ledger. ``POSTED``: only penalty posted as a charge stands in
    the order. ``ON_DEMAND``: accrual up to the value date is posted before each payment.
    """

    OUTSIDE = "outside"
    POSTED = "posted"
    ON_DEMAND = "on_demand"


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "policy, citation")


@attrs.frozen(slots=True, kw_only=True)
class Policy:
    """One version of a way of counting.

    Parameters
    ----------
    name : str
        Stable id, such as ``"cn-loan"``.
    counting : Counting
    allocation : AllocationOrder
        The order in which money settles debts.
    penalty_in_waterfall : PenaltyPlace
        Has no default, because it decides days past due. Only ``OUTSIDE`` is supported.
    buckets : BucketScheme
    allocation_by_age : tuple of AgeSwitch, optional
        From an age on, another order; it is for money that has no order of its kind.
    allocation_by_kind : tuple of KindOrder, optional
        Orders of their own for kinds of payment: what a refund does with excess.
    closing_tolerance : Decimal or int, default 0
        What may be open in all, due or not, after a payment, and is then waived [currency units].
    level : Level, default ACCOUNT
    validity : Validity, default always
    verification : Verification, optional
        How far the figures were compared with their source; ``None`` for policies of one's own.
    citations : tuple of Citation, optional
    title, title_zh : str, optional

    Raises
    ------
    PolicyError
        A place of penalty that is not supported, or a policy that contradicts itself: an age frozen
        in days under a scheme that reads months.

    Examples
    --------
    >>> from delinquency.buckets import Bucket
    >>> from delinquency.counting import CountName
    >>> policy = Policy(name="house", counting=Counting(),
    ...     allocation=AllocationOrder.oldest_first("interest", "principal", "fees", "penalty"),
    ...     penalty_in_waterfall=PenaltyPlace.OUTSIDE,
    ...     buckets=BucketScheme("house", CountName.DELINQUENT_DAYS,
    ...         (Bucket("current", 0, 0, is_stressed=False), Bucket("late", 1))))
    >>> settles_by_totals(policy)
    True
    """

    name: str
    counting: Counting
    allocation: AllocationOrder
    penalty_in_waterfall: PenaltyPlace
    buckets: BucketScheme
    allocation_by_age: tuple[AgeSwitch, ...] = attrs.field(default=(), converter=age_switches)
    allocation_by_kind: tuple[KindOrder, ...] = attrs.field(default=(), converter=kind_orders)
    closing_tolerance: Decimal | int = 0
    level: Level = Level.ACCOUNT
    validity: Validity = ALWAYS
    verification: Verification | None = None
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    title: str = ""
    title_zh: str = ""

    def __attrs_post_init__(self) -> None:
        where = f"policy {self.name!r}"
        kinds: tuple[tuple[str, type], ...] = (
            ("name", str),
            ("counting", Counting),
            ("allocation", AllocationOrder),
            ("penalty_in_waterfall", PenaltyPlace),
            ("buckets", BucketScheme),
            ("level", Level),
            ("validity", Validity),
        )
        for field, kind in kinds:
            value = getattr(self, field)
            if not isinstance(value, kind):
                raise InvalidTypeError.at(
                    f"{where}, {field}", expected=f"an instance of {kind.__name__}", found=value
                )
        for field in ("title", "title_zh"):
            if not isinstance(getattr(self, field), str):
                raise InvalidTypeError.at(
                    f"{where}, {field}", expected="a text", found=getattr(self, field)
                )
        check_amount(self.closing_tolerance, where=f"{where}, closing_tolerance", positive=False)
        if not self.name:
            raise PolicyError.at("policy, name", expected="a text that is not empty", found="''")
        verification: object = self.verification
        if verification is not None and not isinstance(verification, Verification):
            raise InvalidTypeError.at(
                f"{where}, verification", expected="a Verification or None", found=verification
            )
        freezes = self.counting.schedule_change is ScheduleChangeRule.FREEZE
        if freezes and self.buckets.reads in MONTH_COUNTS:
            raise PolicyError.at(
                f"{where}, counting, schedule_change",
                expected="FOLLOW_NEW or CONTINUE with a scheme that reads months",
                found="FREEZE",
                hint="An age is frozen in days; months are counted from a due date.",
            )
        if self.penalty_in_waterfall is not PenaltyPlace.OUTSIDE:
            raise PolicyError.at(
                f"{where}, penalty_in_waterfall",
                expected="PenaltyPlace.OUTSIDE",
                found=str(self.penalty_in_waterfall),
                hint="Penalty that stands in the order of payment is not supported yet.",
            )

    @property
    def version(self) -> str:
        """Name and first day in force: what an audit record quotes."""
        start = self.validity.effective_from
        return self.name if start is None else f"{self.name}@{start}"


def _versions(items: Iterable[Policy]) -> tuple[Policy, ...]:
    return checked_tuple(items, Policy, "policy, version")


@attrs.frozen(slots=True, kw_only=True)
class PolicyTimeline:
    """The versions of one policy, of which at most one is in force on any date.

    Parameters
    ----------
    name : str
    versions : tuple of Policy
        In order of ``effective_from``, without overlap.
    title, title_zh : str, optional
    jurisdiction : str, optional

    Raises
    ------
    PolicyError
        No version; versions that overlap or are out of order.
    """

    name: str
    versions: tuple[Policy, ...] = attrs.field(converter=_versions)
    title: str = ""
    title_zh: str = ""
    jurisdiction: str = ""

    def __attrs_post_init__(self) -> None:
        where = f"policy {self.name!r}"
        if not isinstance(self.name, str) or not self.name:
            raise InvalidTypeError.at(
                "policy timeline, name", expected="a text that is not empty", found=self.name
            )
        if not self.versions:
            raise PolicyError.at(where, expected="at least one version", found="none")
        for index in range(1, len(self.versions)):
            earlier, later = self.versions[index - 1].validity, self.versions[index].validity
            if earlier.selected_by is not later.selected_by:
                raise PolicyError.at(
                    f"{where}, version {index + 1}",
                    expected=f"selected_by = {earlier.selected_by.value!r} as the version before",
                    found=later.selected_by.value,
                )
            if later.days[0] < earlier.days[1]:
                raise PolicyError.at(
                    f"{where}, version {index + 1}",
                    expected=f"effective_from on or after {earlier.effective_until}"
                    if earlier.effective_until
                    else "the version before to have an effective_until",
                    found=str(later.effective_from),
                    hint="A change in law closes one version and opens the next.",
                )

    def in_force(self, *, as_of: date, originated_on: date) -> Policy:
        """The version for an account and a date.

        Raises
        ------
        PolicyNotInForceError
            The date lies outside every version; there is no default.
        """
        for version in self.versions:
            day = as_of if version.validity.selected_by is SelectedBy.AS_OF else originated_on
            if version.validity.contains(day):
                return version
        raise _not_in_force(self, as_of if self._selects_by_as_of else originated_on)

    @property
    def _selects_by_as_of(self) -> bool:
        return self.versions[0].validity.selected_by is SelectedBy.AS_OF


def _not_in_force(policy: Policy | PolicyTimeline, day: date) -> PolicyNotInForceError:
    versions = policy.versions if isinstance(policy, PolicyTimeline) else (policy,)
    return PolicyNotInForceError.at(
        f"policy {policy.name!r}",
        expected="a date in force: " + "; ".join(str(version.validity) for version in versions),
        found=str(day),
        hint="A rule that is missing for a date is an error, never a default.",
    )


def policy_in_force(policy: Policy | PolicyTimeline, *, as_of: date, originated_on: date) -> Policy:
    """The version of ``policy`` for an account and a date; warns if it was never verified.

    Raises
    ------
    InvalidTypeError
        Not a policy.
    PolicyNotInForceError
        No version is in force.
    """
    day_number(as_of, where="policy", field="as_of")
    if isinstance(policy, PolicyTimeline):
        version = policy.in_force(as_of=as_of, originated_on=originated_on)
    elif isinstance(policy, Policy):
        version = policy
        if version.validity is not ALWAYS:
            by_date = version.validity.selected_by is SelectedBy.AS_OF
            day = as_of if by_date else originated_on
            if not version.validity.contains(day):
                raise _not_in_force(policy, day)
    else:
        raise InvalidTypeError.at(
            "policy",
            expected="a Policy or a PolicyTimeline",
            found=policy,
            hint='delinquency.rulebook.load("cn-loan")',
        )
    if version.verification is Verification.UNVERIFIED:
        warnings.warn(
            f"policy {version.version} was never compared with the official text; "
            "check its figures before you rely on them",
            UnverifiedPolicyWarning,
            stacklevel=callers_level(),
        )
    return version


def refuse_obligor_level(policy: Policy) -> None:
    """Refuse a policy that judges all accounts of an obligor where one account is asked about.

    Raises
    ------
    PolicyError
        The policy judges obligors.
    """
    if policy.level is Level.OBLIGOR:
        raise PolicyError.at(
            f"policy {policy.name!r}",
            expected="a policy that judges one account",
            found="one that judges all accounts of an obligor",
            hint="Use assess_obligor(accounts, ...).",
        )


def settles_by_totals(policy: Policy) -> bool:
    """Whether the totals due and paid alone decide what is settled.

    It holds where every component is counted, the oldest instalment is always emptied first, whatever
    the kind of the money and the age of the debt, and nothing is waived on closing. An order that switches
    only between components does not change which instalments are settled. It says nothing of the account: a
    charge, an event or a change of schedule needs the ledger all the same.

    Examples
    --------
    See :class:`Policy`.
    """
    if not isinstance(policy, Policy):
        raise InvalidTypeError.at("settles_by_totals", expected="a Policy", found=policy)
    others = (*policy.allocation_by_age, *policy.allocation_by_kind)
    orders = (policy.allocation, *(choice.order for choice in others))
    return (
        policy.counting.counts_everything
        and all(order.is_oldest_first for order in orders)
        and not policy.closing_tolerance
    )
