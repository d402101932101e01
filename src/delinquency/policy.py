"""How a lender or a regulator counts, orders and names lateness: one frozen record.

The one idea: a policy is data with a validity and its sources. A :class:`PolicyTimeline` is the same
policy through changes of law; every verb takes either and works with the version in force.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from types import UnionType
from typing import TYPE_CHECKING

import attrs

from delinquency.allocation import AllocationOrder
from delinquency.allocation_choices import AgeSwitch, KindOrder, age_switches, kind_orders
from delinquency.amounts import check_amount
from delinquency.buckets import BucketScheme
from delinquency.calendar import check_days
from delinquency.citation import Citation, Verification
from delinquency.counting.rule import MONTH_COUNTS, Counting, CountName, ScheduleChangeRule
from delinquency.errors import (
    InvalidTypeError,
    PolicyError,
)
from delinquency.penalty_place import PenaltyPlace
from delinquency.reported_states import StateCodes
from delinquency.sequences import checked_tuple
from delinquency.validity import ALWAYS, Validity

if TYPE_CHECKING:
    from delinquency.concession_limits import ConcessionLimits, ReAgeingRule
    from delinquency.late_fees import LateFeeTerms
    from delinquency.penalty import PenaltyRegime, PenaltyTerms
    from delinquency.provision_table import ProvisionTable
    from delinquency.status import StatusMachine

__all__ = [
    "PenaltyPlace",
    "Policy",
    "settles_by_totals",
]


def _late_fees(items: Iterable[LateFeeTerms]) -> tuple[LateFeeTerms, ...]:
    if isinstance(items, tuple) and not items:
        return ()
    from delinquency.late_fees import LateFeeTerms

    return checked_tuple(items, LateFeeTerms, "policy, late fee")


def _machines(items: Iterable[StatusMachine]) -> tuple[StatusMachine, ...]:
    if isinstance(items, tuple) and not items:
        return ()
    from delinquency.status import StatusMachine

    return checked_tuple(items, StatusMachine, "policy, status")


def _citations(items: Iterable[Citation]) -> tuple[Citation, ...]:
    return checked_tuple(items, Citation, "policy, citation")


def _told(kind: type | UnionType) -> str:
    """What a field takes, in words."""
    if isinstance(kind, type):
        return "a text" if kind is str else f"an instance of {kind.__name__}"
    return f"a {kind.__args__[0].__name__} or None"


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
        Has no default, because it decides days past due.
    buckets : BucketScheme
    state_codes : StateCodes, optional
        What a credit register calls an account that days alone do not describe.
    penalty : PenaltyTerms, optional
        What a delay costs; needed where penalty stands in the order ``ON_DEMAND``.
    penalty_regime : PenaltyRegime, optional
        What law allows of such terms; terms beyond it are refused with the article.
    late_fees : tuple of LateFeeTerms, optional
        Fees that the ledger charges for paying late.
    off_balance_from : int, optional
        From so many days past due on, interest and penalty are shown off balance; fees stay on it [days].
    allocation_by_age : tuple of AgeSwitch, optional
        From an age on, another order; it is for money that has no order of its kind.
    allocation_by_kind : tuple of KindOrder, optional
        Orders of their own for kinds of payment: what a refund does with excess.
    closing_tolerance : Decimal or int, default 0
        What may be open in all, due or not, after a payment, and is then waived [currency units].
    status : tuple of StatusMachine, optional
        What has memory: default, risk class, forbearance. A machine may read those before it.
    provisions : ProvisionTable, optional
        What is set aside for a loss, by bucket or by state.
    re_ageing : ReAgeingRule, optional
        Within which limits an open-end account may be re-aged; a status follows a re-age within them.
    extensions : ConcessionLimits, optional
        Within which limits a closed-end loan may be extended, deferred, renewed or rewritten.
    validity : Validity, default always
    verification : Verification, optional
        How far the figures were compared with their source; ``None`` for policies of one's own.
    citations : tuple of Citation, optional
    title, title_zh : str, optional

    Raises
    ------
    PolicyError
        Terms that the regime forbids, or a policy that contradicts itself: an age frozen in days under a
        scheme that reads months; a scheme that reads material days without
        materiality; penalty on demand without terms; penalty posted as a debt by terms that
        post on demand; penalty that compounds on posting and is not posted; provisions that leave out a
        bucket or state, or name one that does not exist; re-ageing under counting that carries an age on.

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
    state_codes: StateCodes | None = None
    penalty: PenaltyTerms | None = None
    penalty_regime: PenaltyRegime | None = None
    late_fees: tuple[LateFeeTerms, ...] = attrs.field(default=(), converter=_late_fees)
    off_balance_from: int | None = None
    allocation_by_age: tuple[AgeSwitch, ...] = attrs.field(default=(), converter=age_switches)
    allocation_by_kind: tuple[KindOrder, ...] = attrs.field(default=(), converter=kind_orders)
    closing_tolerance: Decimal | int = 0
    status: tuple[StatusMachine, ...] = attrs.field(default=(), converter=_machines)
    provisions: ProvisionTable | None = None
    re_ageing: ReAgeingRule | None = None
    extensions: ConcessionLimits | None = None
    validity: Validity = ALWAYS
    verification: Verification | None = None
    citations: tuple[Citation, ...] = attrs.field(default=(), converter=_citations)
    title: str = ""
    title_zh: str = ""

    def __attrs_post_init__(self) -> None:
        where = f"policy {self.name!r}"
        kinds: tuple[tuple[str, type | UnionType], ...] = (
            ("name", str),
            ("counting", Counting),
            ("allocation", AllocationOrder),
            ("penalty_in_waterfall", PenaltyPlace),
            ("buckets", BucketScheme),
            ("validity", Validity),
            ("state_codes", StateCodes | None),
            ("verification", Verification | None),
            ("title", str),
            ("title_zh", str),
        )
        for field, kind in kinds:
            value = getattr(self, field)
            if not isinstance(value, kind):
                raise InvalidTypeError.at(f"{where}, {field}", expected=_told(kind), found=value)
        check_amount(self.closing_tolerance, where=f"{where}, closing_tolerance", positive=False)
        if not self.name:
            raise PolicyError.at("policy, name", expected="a text that is not empty", found="''")
        self._check_scheme(where)
        self._check_penalty(where)
        if self.status:
            # What remembers is loaded where a policy has it: to count days takes none of it.
            from delinquency.status.machine_checks import check_machines

            check_machines(
                self.status, where, has_materiality=self.counting.materiality is not None
            )
        if self.provisions is not None:
            from delinquency.provision_table import check_provisions

            check_provisions(self.provisions, self.buckets, self.status, where)
        if self.re_ageing is not None:
            from delinquency.concession_limits import check_re_ageing

            check_re_ageing(self.re_ageing, self.counting.schedule_change, where)
        if self.extensions is not None:
            from delinquency.concession_limits import check_extensions

            check_extensions(self.extensions, where)
        if self.off_balance_from is not None:
            check_days(self.off_balance_from, f"{where}, off_balance_from", least=1)

    def _check_scheme(self, where: str) -> None:
        """Refuse a scheme that reads what the rule of counting does not say."""
        freezes = self.counting.schedule_change is ScheduleChangeRule.FREEZE
        if freezes and self.buckets.reads in MONTH_COUNTS:
            raise PolicyError.at(
                f"{where}, counting, schedule_change",
                expected="FOLLOW_NEW or CONTINUE with a scheme that reads months",
                found="FREEZE",
                hint="An age is frozen in days; months are counted from a due date.",
            )
        reads_material = self.buckets.reads is CountName.MATERIAL_DAYS_PAST_DUE
        if reads_material and self.counting.materiality is None:
            raise PolicyError.at(
                f"{where}, counting, materiality",
                expected="both limbs of materiality with a scheme that reads material_days_past_due",
                found="none",
            )

    def _check_penalty(self, where: str) -> None:
        place = self.penalty_in_waterfall
        terms, regime = self.penalty, self.penalty_regime
        if terms is None and regime is None and place is not PenaltyPlace.ON_DEMAND:
            return
        # What prices a delay is loaded where somebody has terms: to count days takes none of it.
        from delinquency.penalty_checks import check_penalty

        check_penalty(terms, regime, place, where)

    @property
    def makes_debts(self) -> bool:
        """Whether penalty that accrues, or late fees, stand in the order of payment."""
        posts = self.penalty is not None and self.penalty_in_waterfall is not PenaltyPlace.OUTSIDE
        return posts or bool(self.late_fees)

    @property
    def version(self) -> str:
        """Name and first day in force: what an audit record quotes."""
        start = self.validity.effective_from
        return self.name if start is None else f"{self.name}@{start}"


def settles_by_totals(policy: Policy) -> bool:
    """Whether the totals due and paid alone decide what is settled.

    It holds where every component is counted, the oldest instalment is always emptied first, whatever
    the kind of the money and the age of the debt, nothing is waived on closing, and neither penalty nor
    late fees stand in the order. An order that switches
    only between components does not change which instalments are settled. It says nothing of the account: a
    charge, an event or a change of schedule needs the ledger all the same.

    Examples
    --------
    See :class:`Policy`.
    """
    if not isinstance(policy, Policy):
        raise InvalidTypeError.at("settles_by_totals", expected="a Policy", found=policy)
    by_age = (switch.order for switch in policy.allocation_by_age)
    by_kind = (own.order for own in policy.allocation_by_kind)
    orders = (policy.allocation, *by_age, *by_kind)
    return (
        policy.counting.counts_everything
        and all(order.is_oldest_first for order in orders)
        and not policy.closing_tolerance
        and not policy.makes_debts
    )
