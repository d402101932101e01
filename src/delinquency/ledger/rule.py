"""What a policy says to the ledger, in whole numbers.

The one idea: the sweep knows nothing of policies. It is told the orders of payment, what counts as
settled, and what it has to make itself, in the minor unit of the account.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from delinquency.allocation import AllocationOrder, Excess
from delinquency.allocation_choices import AgeSwitch, KindOrder
from delinquency.payments import PaymentKind
from delinquency.penalty_place import PenaltyPlace

if TYPE_CHECKING:
    from delinquency.late_fees import LateFeeTerms
    from delinquency.penalty import PenaltyTerms

__all__ = ["LedgerRule", "SettledRule"]

_KINDS = tuple(PaymentKind)


@attrs.frozen(slots=True)
class SettledRule:
    """When a debt counts as settled, and when it is late.

    Attributes
    ----------
    columns : tuple of int
        The counted components.
    tolerance : int
        Minor units that count as settled.
    by_account : bool
        Whether the tolerance is compared with the arrears of the account.
    due_date_counts : int
        1 if the due date is a late day.
    """

    columns: tuple[int, ...] = (0, 1, 2, 3)
    tolerance: int = 0
    by_account: bool = False
    due_date_counts: int = 0

    def open_counted(self, amounts: Sequence[int]) -> int:
        """The open counted amount of a debt [minor units]."""
        if len(self.columns) == 4:
            return amounts[0] + amounts[1] + amounts[2] + amounts[3]
        return sum([amounts[column] for column in self.columns])

    def unsettled(
        self, late: list[tuple[int, int, int]], arrears: int
    ) -> list[tuple[int, int, int]]:
        """Those of late debts, each with its open counted amount last, that are not settled."""
        if not self.tolerance:
            return late
        if self.by_account:
            return late if arrears > self.tolerance else []
        return [debt for debt in late if debt[2] > self.tolerance]


@attrs.frozen(slots=True, kw_only=True)
class LedgerRule:
    """How a ledger is replayed.

    Attributes
    ----------
    order : AllocationOrder
        Of money that has no order of its own.
    by_age : tuple of AgeSwitch
        By rising age.
    by_kind : tuple of KindOrder
    closing_tolerance : int
        What may be open in all after a payment and is waived [minor units].
    settled : SettledRule
    penalty : PenaltyTerms, optional
        Of penalty interest that accrues with the sweep.
    penalty_place : PenaltyPlace
        Where it stands in the order of payment; outside, the sweep only accrues it.
    late_fees : tuple of LateFeeTerms
    """

    order: AllocationOrder
    by_age: tuple[AgeSwitch, ...] = ()
    by_kind: tuple[KindOrder, ...] = ()
    closing_tolerance: int = 0
    settled: SettledRule = SettledRule()
    penalty: PenaltyTerms | None = None
    penalty_place: PenaltyPlace = PenaltyPlace.OUTSIDE
    late_fees: tuple[LateFeeTerms, ...] = ()

    def order_of(self, kind: int, age: int) -> AllocationOrder:
        """The order of money of a kind, by its number, at an age [late days]."""
        for own in self.by_kind:
            if own.kind is _KINDS[kind]:
                return own.order
        order = self.order
        for switch in self.by_age:
            if age >= switch.at_least:
                order = switch.order
        return order

    @property
    def holds(self) -> bool:
        """Whether money of some kind or age is held until something falls due."""
        by_age = (switch.order for switch in self.by_age)
        by_kind = (own.order for own in self.by_kind)
        return any(order.excess is Excess.HOLD for order in (self.order, *by_age, *by_kind))

    @property
    def fills_in_order(self) -> bool:
        """Whether totals alone decide every open amount of a plain loan."""
        plain = not (self.by_age or self.by_kind or self.closing_tolerance)
        accrues = self.penalty is not None or bool(self.late_fees)
        return plain and not accrues and self.order.is_uniform

    @property
    def makes_debts(self) -> bool:
        """Whether the ledger charges something itself."""
        posts = self.penalty is not None and self.penalty_place is not PenaltyPlace.OUTSIDE
        return posts or bool(self.late_fees)
