"""An account at the start of the day of a plan, in whole numbers, while measures are put to it.

The one idea: a debt is in one place - past due, in the principal to come, in what was earned and is not due,
or in the parts that are spread - and a measure moves it or takes it away; whatever it does is written down.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import NamedTuple

import attrs

from delinquency.amortisation import DeferredInterest
from delinquency.calendar import Day
from delinquency.rates import Rate

__all__ = [
    "FEES",
    "INTEREST",
    "PENALTY",
    "PRINCIPAL",
    "Draft",
    "MoveKind",
    "Moved",
    "PastDebt",
    "PutOff",
    "RateSpan",
]

PRINCIPAL, INTEREST, FEES, PENALTY = range(4)
"""The columns, as in a ledger."""


class MoveKind(Enum):
    """What a measure did to an amount.

    ``CAPITALISED``: it became principal. ``SPREAD``: it is paid in parts with the instalments to come.
    ``WAIVED``: penalty or fees that are not asked for. ``FORGIVEN``: principal or interest that was given up.
    ``DEFERRED``: principal that is not asked for before the last due date. ``SETTLED``: what payments of a
    settlement are for.
    """

    CAPITALISED = "capitalised"
    SPREAD = "spread"
    WAIVED = "waived"
    FORGIVEN = "forgiven"
    DEFERRED = "deferred"
    SETTLED = "settled"


class Moved(NamedTuple):
    """An amount that a measure moved or took away [minor units]."""

    measure: int
    """The place of the measure in the plan, from 0."""
    kind: MoveKind
    column: int
    amount: int
    on_completion: bool = False


@attrs.define(slots=True)
class PastDebt:
    """A debt that is past due at the start of the day.

    Attributes
    ----------
    place : int
        Among the debts of the account.
    due_day : int
    is_row : bool
        Whether it is a row of the schedule, and does not stand beside it.
    open : list of int
        By component [minor units].
    charge_id : str
        Of a charge; empty for what is none.
    """

    place: int
    due_day: Day
    is_row: bool
    open: list[int]
    charge_id: str = ""

    def is_of(self, charge_ids: Collection[str] | None) -> bool:
        """Whether it is one of some charges; of all debts where they are not said."""
        return charge_ids is None or self.charge_id in charge_ids


class PutOff(NamedTuple):
    """Interest to come that is not asked for on the due date on which it has been borne [minor units]."""

    due_day: Day
    kind: DeferredInterest
    amount: int


class RateSpan(NamedTuple):
    """Days ``[start, end)`` on which another rate holds."""

    start: Day
    end: Day
    rate: Rate


@attrs.define(slots=True)
class Draft:
    """What is owed at the start of a day, and what is agreed so far.

    Attributes
    ----------
    day : int
    past : list of PastDebt
        In order of due date.
    principal : int
        Not due, to be repaid on ``dues`` [minor units].
    earned : int
        Contract interest earned and not due, less what was paid in advance; may be below 0.
    unearned : int
        Contract interest of the old schedule that is neither [minor units].
    fees : list of tuple of int
        Of rows to come: due day and amount.
    beside : list of int
        By component, what stands beside the schedule and is not past due: a settlement alone touches it.
    unposted : int
        Penalty that accrued and is no debt of the ledger [minor units].
    dues : list of int
        Due dates of the instalments to come, in order.
    spread : list of int
        By component, what is paid in parts with them [minor units].
    spread_over : int or None
        Over how many of the instalments to come; ``None``: over all.
    agreed : int
        Interest among it that is agreed and not earned [minor units].
    multiple : int
        What such a part is rounded to [minor units].
    rests : dict of int to DeferredInterest or None
        Due dates on which no principal is asked for, and what becomes of their interest.
    reduced : dict of int to int
        Due dates on which so much is paid and no more [minor units].
    short : DeferredInterest or None
        What becomes of interest that this does not cover.
    rate_spans : list of RateSpan
        A later one goes before an earlier one.
    balloon : int
        Principal for the last due date alone [minor units].
    is_flat : bool
        Whether principal is paid in equal parts without interest of its own.
    is_replanned : bool
        Whether the rows to come are made anew.
    moved : list of Moved
    put_off : list of PutOff
        Of payment holidays and agreed payments.
    waited : list of tuple of int
        Each due date on which such interest that waited is asked for, and how much [minor units].
    settling : list of tuple of int and tuple of int
        Where a settlement holds: each day of a payment, and what it is for by component [minor units].
    """

    day: Day
    past: list[PastDebt]
    principal: int
    earned: int
    unearned: int
    fees: list[tuple[Day, int]]
    beside: list[int]
    unposted: int
    dues: list[Day]
    spread: list[int] = attrs.field(factory=lambda: [0, 0, 0, 0])
    spread_over: int | None = None
    agreed: int = 0
    multiple: int = 1
    rests: dict[Day, DeferredInterest | None] = attrs.field(
        factory=dict[Day, DeferredInterest | None]
    )
    reduced: dict[Day, int] = attrs.field(factory=dict[Day, int])
    short: DeferredInterest | None = None
    rate_spans: list[RateSpan] = attrs.field(factory=list[RateSpan])
    balloon: int = 0
    is_flat: bool = False
    is_replanned: bool = False
    moved: list[Moved] = attrs.field(factory=list[Moved])
    put_off: list[PutOff] = attrs.field(factory=list[PutOff])
    waited: list[tuple[Day, int]] = attrs.field(factory=list[tuple[Day, int]])
    settling: list[tuple[Day, tuple[int, int, int, int]]] = attrs.field(
        factory=list[tuple[Day, tuple[int, int, int, int]]]
    )

    @property
    def paying(self) -> list[Day]:
        """The due dates of whole instalments, in order: those that neither rest nor are reduced."""
        return [due for due in self.dues if due not in self.rests and due not in self.reduced]

    def past_due(self, column: int, charge_ids: Collection[str] | None = None) -> int:
        """What is past due of a component, or of some charges [minor units]."""
        return sum(debt.open[column] for debt in self.past if debt.is_of(charge_ids))

    def take_past_due(
        self, column: int, most: int, charge_ids: Collection[str] | None = None
    ) -> int:
        """Take what is past due of a component away, oldest first; how much that was [minor units]."""
        left = most
        for debt in self.past:
            part = min(left, debt.open[column]) if debt.is_of(charge_ids) else 0
            debt.open[column] -= part
            left -= part
        return most - left

    def owed(self) -> tuple[int, int, int, int]:
        """What is owed by component, interest as far as it is earned [minor units]."""
        principal, interest, fees, penalty = (
            self.past_due(column) + self.spread[column] + self.beside[column] for column in range(4)
        )
        return (
            principal + self.principal,
            interest + self.earned - self.agreed,
            fees + sum(amount for _, amount in self.fees),
            penalty + self.unposted,
        )

    def took(self, kind: MoveKind, column: int) -> int:
        """What measures moved or took in one way of a component [minor units]."""
        return sum(
            each.amount for each in self.moved if each.kind is kind and each.column == column
        )
