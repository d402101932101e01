"""What a replay leaves behind: open amounts, settlements, and entries when somebody looks.

The one idea: charged = settled + superseded + open, always, and paid = allocated + unallocated, to the
minor unit. Entries are plain rows of whole numbers that become objects when somebody looks at them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.component import COMPONENTS, Component
from delinquency.ledger.money import counted_money

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.allocation import AllocationOrder
    from delinquency.obligations import Obligation

__all__ = ["EntryKind", "Ledger", "LedgerEntry", "SettledRow", "SupersededDebt"]


class EntryKind(Enum):
    """What an entry did to a debt."""

    CHARGED = "charged"
    SETTLED = "settled"
    SUPERSEDED = "superseded"


@attrs.frozen(slots=True)
class LedgerEntry:
    """One movement of one component of one obligation.

    ``instalment_no`` is 1 for the first row of the schedule, ``None`` for a charge, which then has a
    ``charge_id``.
    """

    value_date: date
    kind: EntryKind
    component: Component
    amount: Decimal
    due_date: date
    instalment_no: int | None
    charge_id: str | None


SettledRow = tuple[int, int, int, int]
"""Value day, obligation, component column, minor units."""


@attrs.frozen(slots=True)
class SupersededDebt:
    """An obligation that a change of schedule closed with something open."""

    obligation: int
    changed_day: int
    open_amounts: tuple[int, int, int, int]


@attrs.frozen(slots=True, eq=False)
class Ledger:
    """An account replayed to the close of a day.

    Attributes
    ----------
    account : Account
    as_of_day, known_day : int
        The cut of value dates, and the cut of what was recorded (2**31 - 1 for none).
    allocation : AllocationOrder
    open_rows : sequence of sequence of int
        Minor units open, by obligation and component; superseded rows are 0.
    first_open : int
        Every obligation before this one is settled.
    superseded : list of SupersededDebt
    unallocated_minor : int
        Money that settled nothing yet.
    paid_minor : int
        Money that counts at the cut.
    """

    account: Account
    allocation: AllocationOrder
    as_of_day: int
    known_day: int
    obligations: tuple[Obligation, ...]
    open_rows: Sequence[Sequence[int]] = attrs.field(repr=False)
    first_open: int
    superseded: list[SupersededDebt] = attrs.field(repr=False)
    unallocated_minor: int
    paid_minor: int
    swept_rows: list[SettledRow] | None = attrs.field(default=None, repr=False)

    @property
    def settled_rows(self) -> list[SettledRow]:
        """Settlements in order of time; replayed when asked for, if the totals sufficed before."""
        if self.swept_rows is not None:
            return self.swept_rows
        from delinquency.ledger.sweep import sweep

        again = sweep(self.account, self.as_of_day, self.known_day, self.allocation)
        return again.settled_rows

    @property
    def money_rows(self) -> tuple[tuple[int, int], ...]:
        """The money that counts: value day and minor units, in order of time."""
        return tuple(counted_money(self.account, self.as_of_day, self.known_day).items())

    @property
    def unallocated(self) -> Decimal:
        """Money that settled nothing yet [currency units]."""
        return from_minor(self.unallocated_minor, self.account.currency)

    @property
    def paid(self) -> Decimal:
        """Money that counts at the cut [currency units]: allocated and unallocated."""
        return from_minor(self.paid_minor, self.account.currency)

    def is_in_force(self, obligation: Obligation) -> bool:
        """Whether a row stands in the ledger at the close of the day.

        An instalment stands from ``in_force_from`` until before ``in_force_until``; a charge from
        its due date.
        """
        return obligation.from_day <= self.as_of_day < obligation.until_day

    def open_amount(self, component: Component | None = None) -> Decimal:
        """What is open, due or not, in all or in one component [currency units]."""
        columns = range(4) if component is None else (COMPONENTS.index(component),)
        total = sum(
            row[column]
            for obligation, row in zip(self.obligations, self.open_rows, strict=True)
            if self.is_in_force(obligation)
            for column in columns
        )
        return from_minor(total, self.account.currency)

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """Every movement, in order of time."""
        return tuple(sorted(self._entries(), key=_entry_key))

    def _entries(self) -> Iterator[LedgerEntry]:
        for index, obligation in enumerate(self.obligations):
            start = obligation.from_day
            if start <= self.as_of_day:
                for column in range(4):
                    if obligation[5 + column]:
                        yield self._entry(
                            start, EntryKind.CHARGED, index, column, obligation[5 + column]
                        )
        for day, index, column, amount in self.settled_rows:
            yield self._entry(day, EntryKind.SETTLED, index, column, amount)
        for debt in self.superseded:
            for column, amount in enumerate(debt.open_amounts):
                if amount:
                    yield self._entry(
                        debt.changed_day, EntryKind.SUPERSEDED, debt.obligation, column, amount
                    )

    def _entry(
        self, day: int, kind: EntryKind, index: int, column: int, amount: int
    ) -> LedgerEntry:
        obligation = self.obligations[index]
        charge = obligation.charge_no
        return LedgerEntry(
            to_date(day),
            kind,
            COMPONENTS[column],
            from_minor(amount, self.account.currency),
            to_date(obligation.due_day),
            obligation.instalment_no or None,
            self.account.charges[charge - 1].charge_id if charge else None,
        )


_WITHIN_A_DAY = {EntryKind.SUPERSEDED: 0, EntryKind.CHARGED: 1, EntryKind.SETTLED: 2}


def _entry_key(entry: LedgerEntry) -> tuple[date, int]:
    return entry.value_date, _WITHIN_A_DAY[entry.kind]
