"""What a replay leaves behind: open amounts, movements, and entries when somebody looks.

The one idea: charged = settled + waived + written off + superseded + open, always, and paid = allocated +
unallocated, to the minor unit. Entries are plain rows of whole numbers that become objects when somebody
looks at them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.component import COMPONENTS, Component
from delinquency.ledger.fees import LateFee, late_fees_of
from delinquency.ledger.money import counted_money
from delinquency.obligations import DebtKind

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.allocation import AllocationOrder
    from delinquency.ledger.charging_late import ChargedFee
    from delinquency.ledger.rule import LedgerRule
    from delinquency.ledger.state import DebtState, MovementRow, Movements, SupersededDebt
    from delinquency.obligations import Obligation
    from delinquency.penalty import PenaltyAccrual

__all__ = ["EntryKind", "Ledger", "LedgerEntry", "Standing"]


class EntryKind(Enum):
    """What an entry did to a debt.

    ``RECOVERED`` is money for what was written off before: it is no longer open.
    """

    CHARGED = "charged"
    SETTLED = "settled"
    WAIVED = "waived"
    WRITTEN_OFF = "written_off"
    RECOVERED = "recovered"
    SUPERSEDED = "superseded"


class Standing(Enum):
    """How an account stands at the close of a day.

    ``ACTIVE``: something is open, due or not. ``PAID``: everything charged was settled. ``SETTLED``: nothing
    is open because the lender closed the account or waived the rest. ``WRITTEN_OFF``: nothing is open, and
    what was written off is still claimed.
    """

    ACTIVE = "active"
    PAID = "paid"
    SETTLED = "settled"
    WRITTEN_OFF = "written_off"


@attrs.frozen(slots=True)
class LedgerEntry:
    """One movement of one component of one obligation.

    ``instalment_no`` is 1 for the first row of the schedule, ``None`` for what is no row of it. What stands
    beside the schedule has a ``charge_id``: that of the charge or the charge-back, or, if the ledger made it
    itself, what it is and its number. A late fee has the ``fee_name`` of its terms, and the
    ``missed_instalment_no`` that it was charged for.
    """

    value_date: date
    kind: EntryKind
    component: Component
    amount: Decimal
    due_date: date
    instalment_no: int | None
    charge_id: str | None
    fee_name: str | None = None
    missed_instalment_no: int | None = None


@attrs.frozen(slots=True, eq=False)
class Ledger:
    """An account replayed to the close of a day.

    Attributes
    ----------
    account : Account
    rule : LedgerRule
        What the policy says to the ledger.
    as_of_day, known_day : int
        The cut of value dates, and the cut of what was recorded (2**31 - 1 for none).
    obligations : tuple of Obligation
        In order of rank; with what the ledger made itself.
    open_rows : sequence of sequence of int
        Minor units open, by obligation and component; superseded rows are 0.
    first_open : int
        Every obligation before this one is settled.
    unallocated_minor : int
        Money that settled nothing yet.
    paid_minor : int
        Money that counts at the cut.
    """

    account: Account
    rule: LedgerRule
    as_of_day: int
    known_day: int
    obligations: tuple[Obligation, ...]
    open_rows: Sequence[Sequence[int]] = attrs.field(repr=False)
    first_open: int
    unallocated_minor: int
    paid_minor: int
    swept: DebtState | None = attrs.field(default=None, repr=False)
    accrual: PenaltyAccrual | None = attrs.field(default=None, repr=False)
    charged_fees: tuple[ChargedFee, ...] = attrs.field(default=(), repr=False)

    @property
    def allocation(self) -> AllocationOrder:
        """The order of payment of money that has no order of its own."""
        return self.rule.order

    @property
    def late_fees(self) -> tuple[LateFee, ...]:
        """The fees for paying late that it charged, in order of time."""
        return late_fees_of(self)

    @property
    def moves(self) -> Movements:
        """Every movement by its name; replayed when asked for, if the totals sufficed before."""
        if self.swept is not None:
            return self.swept.moves
        from delinquency.ledger.sweep import sweep

        return sweep(self.account, self.as_of_day, self.known_day, self.rule).moves

    @property
    def settled_rows(self) -> list[MovementRow]:
        """Settlements in order of time."""
        return self.moves.settled

    @property
    def superseded(self) -> Sequence[SupersededDebt]:
        """What a change of schedule or an acceleration closed with something open."""
        return () if self.swept is None else self.swept.superseded

    @property
    def money_rows(self) -> tuple[tuple[int, int], ...]:
        """The money that counts: value day and minor units, in order of time."""
        return tuple(counted_money(self.account, self.as_of_day, self.known_day).items())

    @property
    def unallocated(self) -> Decimal:
        """Money that settled nothing yet [currency units]: held for a debt to come, or a credit."""
        return from_minor(self.unallocated_minor, self.account.currency)

    @property
    def paid(self) -> Decimal:
        """Money that counts at the cut [currency units]: allocated and unallocated."""
        return from_minor(self.paid_minor, self.account.currency)

    @property
    def written_off(self) -> Decimal:
        """What was written off and not recovered [currency units]: off the books, and still claimed."""
        return from_minor(self.written_off_minor, self.account.currency)

    @property
    def written_off_minor(self) -> int:
        """What was written off and not recovered [minor units]."""
        return 0 if self.swept is None else sum(map(sum, self.swept.written_rows.values()))

    @property
    def waived(self) -> Decimal:
        """What was waived [currency units]."""
        rows = () if self.swept is None else self.swept.moves.waived
        return from_minor(sum(row[3] for row in rows), self.account.currency)

    @property
    def standing(self) -> Standing:
        """Whether anything is open, and if not, how the account ended."""
        if self.open_amount():
            return Standing.ACTIVE
        state = self.swept
        if state is not None and state.is_closed:
            return Standing.SETTLED
        if self.written_off:
            return Standing.WRITTEN_OFF
        return Standing.SETTLED if self.waived else Standing.PAID

    def is_in_force(self, obligation: Obligation) -> bool:
        """Whether a row stands in the ledger at the close of the day.

        An instalment stands from ``in_force_from`` until before ``in_force_until``; a charge from
        the day it was charged.
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

    def name_of(self, obligation: Obligation) -> str | None:
        """What identifies a debt that is no row of the schedule; ``None`` for an instalment."""
        number = obligation.number
        match obligation.kind:
            case DebtKind.INSTALMENT:
                return None
            case DebtKind.CHARGE:
                return self.account.charges[number - 1].charge_id
            case DebtKind.CHARGE_BACK:
                return self.account.charge_backs[number - 1].charge_back_id
            case kind:
                return f"{DebtKind(kind).name.lower().replace('_', '-')}-{number}"

    @property
    def entries(self) -> tuple[LedgerEntry, ...]:
        """Every movement, in order of time."""
        return tuple(sorted(self._entries(), key=_entry_key))

    def _entries(self) -> Iterator[LedgerEntry]:
        moves = self.moves
        yield from self._told(EntryKind.CHARGED, self._charged())
        yield from self._told(EntryKind.CHARGED, moves.charged)
        yield from self._told(EntryKind.SETTLED, moves.settled)
        yield from self._told(EntryKind.WAIVED, moves.waived)
        yield from self._told(EntryKind.WRITTEN_OFF, moves.written_off)
        yield from self._told(EntryKind.RECOVERED, moves.recovered)
        for debt in self.superseded:
            rows = (
                (debt.changed_day, debt.obligation, column, amount)
                for column, amount in enumerate(debt.open_amounts)
                if amount
            )
            yield from self._told(EntryKind.SUPERSEDED, rows)

    def _charged(self) -> Iterator[MovementRow]:
        """What facts charged: the amounts of the debts that have appeared."""
        for place, obligation in enumerate(self.obligations):
            start = obligation.from_day
            if start <= self.as_of_day:
                for column in range(4):
                    if obligation[5 + column]:
                        yield start, place, column, obligation[5 + column]

    def _told(self, kind: EntryKind, rows: Iterable[MovementRow]) -> Iterator[LedgerEntry]:
        currency = self.account.currency
        fees = {charged.place: charged.fee for charged in self.charged_fees}
        for day, place, column, amount in rows:
            obligation = self.obligations[place]
            fee = fees.get(place)
            yield LedgerEntry(
                to_date(day),
                kind,
                COMPONENTS[column],
                from_minor(amount, currency),
                to_date(obligation.due_day),
                obligation.instalment_no or None,
                self.name_of(obligation),
                None if fee is None else self.rule.late_fees[fee.terms].name,
                None if fee is None else fee.instalment_no,
            )


_WITHIN_A_DAY = {
    EntryKind.SUPERSEDED: 0,
    EntryKind.CHARGED: 1,
    EntryKind.WAIVED: 2,
    EntryKind.SETTLED: 3,
    EntryKind.WRITTEN_OFF: 4,
    EntryKind.RECOVERED: 5,
}


def _entry_key(entry: LedgerEntry) -> tuple[date, int]:
    return entry.value_date, _WITHIN_A_DAY[entry.kind]
