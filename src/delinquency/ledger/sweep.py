"""The one sweep: what money settled, and what is open at the close of a day.

The one idea: state is replayed from facts, never patched. The sweep visits only the days on which
money can move - a payment, a change of schedule, and, while money is held, the day a debt appears -
and walks the obligations in the order of the policy. Everything is whole numbers.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date
from typing import TYPE_CHECKING

from delinquency.calendar import NONE_DAY, day_number, to_date
from delinquency.ledger.money import counted_money
from delinquency.ledger.record import Ledger, SettledRow, SupersededDebt
from delinquency.ledger.totals import fills_in_order, replay_by_totals

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.allocation import AllocationOrder
    from delinquency.obligations import Obligation

__all__ = ["replay_in_order", "sweep"]


def replay_in_order(
    account: Account,
    *,
    as_of: date,
    allocation: AllocationOrder,
    known_on: date | None = None,
) -> Ledger:
    """Replay an account to the close of ``as_of``, settling debts in the order of ``allocation``.

    A payment counts if its value date is on or before ``as_of`` and it was not reversed on or before
    the cut, which is ``known_on`` or else ``as_of``. With ``known_on``, facts recorded after it are
    left out. Payments of one value date are merged. Within a day: change of schedule, dues, charges,
    payments.

    Raises
    ------
    InvalidTypeError
        ``as_of`` is not a date.
    """
    as_of_day = day_number(as_of, where="replay", field="as_of")
    known_day = NONE_DAY
    if known_on is not None:
        known_day = day_number(known_on, where="replay", field="known_on")
    if fills_in_order(account, allocation):
        return replay_by_totals(account, as_of_day, known_day, allocation)
    return sweep(account, as_of_day, known_day, allocation)


def sweep(account: Account, as_of_day: int, known_day: int, allocation: AllocationOrder) -> Ledger:
    """Replay by the full sweep, whatever the order; see :func:`replay_in_order`."""
    return _Sweep(account, as_of_day, known_day, allocation).run()


class _Sweep:
    """The moving state of one replay."""

    __slots__ = (
        "account",
        "allocation",
        "as_of",
        "first_open",
        "held",
        "known",
        "obligations",
        "open_rows",
        "paid",
        "settled",
        "starts",
        "superseded",
        "unit_days",
    )

    def __init__(
        self, account: Account, as_of: int, known: int, allocation: AllocationOrder
    ) -> None:
        self.account = account
        self.as_of = as_of
        self.known = known
        self.allocation = allocation
        obligations = account.obligations
        if known != NONE_DAY:
            obligations = _known_obligations(account, as_of, known)
        self.obligations = obligations
        self.open_rows = [[row[5], row[6], row[7], row[8]] for row in obligations]
        self.unit_days = [row[1] for row in obligations]
        self.starts = [row[3] for row in obligations]
        self.settled: list[SettledRow] = []
        self.superseded: list[SupersededDebt] = []
        self.held = 0
        self.paid = 0
        self.first_open = 0

    def run(self) -> Ledger:
        money = counted_money(self.account, self.as_of, self.known)
        changes = self._change_days()
        days = sorted({*money, *changes, *self._appearing_days()})
        for day in days:
            if day in changes:
                self._supersede(day)
            amount = money.get(day)
            if amount:
                self.held += amount
                self.paid += amount
            if self.held:
                self._allocate(day)
        return Ledger(
            self.account,
            self.allocation,
            self.as_of,
            self.known,
            self.obligations,
            self.open_rows,
            self.first_open,
            self.superseded,
            self.held,
            self.paid,
            self.settled,
        )

    def _change_days(self) -> set[int]:
        if not self.account.schedule.is_changed:
            return set()
        return {row[4] for row in self.obligations if row[4] <= self.as_of}

    def _appearing_days(self) -> set[int]:
        """Days on which held money can settle something new."""
        if self.allocation.holds_excess:
            days = {*self.unit_days, *self.starts}
        elif self.account.charges or self.account.schedule.is_changed:
            days = {*self.starts}
        else:
            return set()
        return {day for day in days if day <= self.as_of}

    def _supersede(self, day: int) -> None:
        for index, row in enumerate(self.obligations):
            if row[4] == day:
                amounts = self.open_rows[index]
                if any(amounts):
                    self.superseded.append(
                        SupersededDebt(index, day, (amounts[0], amounts[1], amounts[2], amounts[3]))
                    )
                    self.open_rows[index] = [0, 0, 0, 0]

    def _allocate(self, day: int) -> None:
        unit_days = self.unit_days
        size = len(unit_days)
        open_rows = self.open_rows
        first = self.first_open
        while first < size and not any(open_rows[first]):
            first += 1
        self.first_open = first
        due_from = bisect_left(unit_days, day, first)
        due_to = bisect_right(unit_days, day, due_from)
        bounds = ((first, due_from), (due_from, due_to), (due_to, size))
        for state, columns in self.allocation.phases:
            if not self.held:
                return
            start, end = bounds[state]
            if start < end:
                self._settle(day, start, end, columns)

    def _settle(self, day: int, start: int, end: int, columns: tuple[int, ...]) -> None:
        """Settle the units in ``[start, end)``, each fully before the next."""
        obligations, open_rows = self.obligations, self.open_rows
        held = self.held
        settled = self.settled
        starts = self.starts
        index = start
        while index < end and held:
            unit = obligations[index][0]
            after = index + 1
            while after < end and obligations[after][0] == unit:
                after += 1
            for column in columns:
                for row in range(index, after):
                    amount = open_rows[row][column]
                    if not amount or starts[row] > day:
                        continue
                    amount = min(amount, held)
                    open_rows[row][column] -= amount
                    held -= amount
                    settled.append((day, row, column, amount))
                    if not held:
                        self.held = 0
                        return
            index = after
        self.held = held


def _known_obligations(account: Account, as_of: int, known: int) -> tuple[Obligation, ...]:
    """The obligations less the charges that had fallen due but were not recorded yet."""
    last_day, last_known = to_date(as_of), to_date(known)
    unknown = {
        number
        for number, charge in enumerate(account.charges, start=1)
        if charge.due_date <= last_day and (charge.recorded_on or charge.due_date) > last_known
    }
    if not unknown:
        return account.obligations
    return tuple(row for row in account.obligations if row.charge_no not in unknown)
