"""The moving state of one replay: what is open, what was written off, and every movement.

The one idea: an amount only ever moves from one place to another, and each move leaves a row behind, so
that charged = settled + waived + written off + superseded + open at every moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import attrs

from delinquency.ledger.rule import SettledRule
from delinquency.obligations import MADE_BY_LEDGER, Obligation
from delinquency.payments import PaymentKind

__all__ = ["DebtState", "MovementRow", "Movements", "Receipt", "SupersededDebt"]

MovementRow = tuple[int, int, int, int]
"""Value day, obligation, component column, minor units."""


@attrs.frozen(slots=True)
class SupersededDebt:
    """An obligation that a change of schedule or an acceleration closed with something open."""

    obligation: int
    changed_day: int
    open_amounts: tuple[int, int, int, int]


class Receipt(NamedTuple):
    """Money of one day and kind, and the rows that it made."""

    day: int
    kind: int
    """Its place among the kinds of payment."""
    was_held: bool
    """Whether it came on an earlier day."""
    age: int
    """Late days of the account before the money of the day; 0 where no order depends on it."""
    amount: int
    settled_from: int
    settled_until: int
    recovered_from: int
    recovered_until: int


class Movements:
    """What happened to debts, in order of time, by the name of what happened."""

    __slots__ = ("charged", "receipts", "recovered", "settled", "waived", "written_off")

    def __init__(self) -> None:
        self.charged: list[MovementRow] = []
        """Only what the ledger charged itself; the rest are the amounts of the obligations."""
        self.settled: list[MovementRow] = []
        self.waived: list[MovementRow] = []
        self.written_off: list[MovementRow] = []
        self.recovered: list[MovementRow] = []
        """Of what was written off."""
        self.receipts: list[Receipt] = []
        """Which money made which of the rows of ``settled`` and ``recovered``."""


class DebtState:
    """The debts of one account while they are replayed, in order of rank."""

    __slots__ = (
        "due_days",
        "first_open",
        "held",
        "is_closed",
        "is_fixed",
        "made",
        "moves",
        "obligations",
        "open_rows",
        "spare",
        "starts",
        "superseded",
        "touched",
        "unit_days",
        "untils",
        "written_rows",
    )

    def __init__(self, obligations: Sequence[Obligation], *, is_fixed: bool) -> None:
        self.obligations = list(obligations)
        self.open_rows = [[row[5], row[6], row[7], row[8]] for row in obligations]
        self.written_rows: dict[int, list[int]] = {}
        """By obligation: what was written off and not recovered."""
        self.unit_days = [row[1] for row in obligations]
        self.due_days = [row[2] for row in obligations]
        self.starts = [row[3] for row in obligations]
        self.untils = [row[4] for row in obligations]
        self.is_fixed = is_fixed
        """Whether a debt that is empty stays so."""
        self.moves = Movements()
        self.made: set[int] = set()
        """Debts that the ledger charged something on."""
        self.superseded: list[SupersededDebt] = []
        self.held = [0] * len(PaymentKind)
        """Money that waits for a debt, by its kind, whose order it follows."""
        self.spare = 0
        """Money that reduced the balance as far as there was one, and settles no later debt."""
        self.first_open = 0
        self.is_closed = False
        """Whether the lender closed the account in full and final settlement."""
        self.touched: set[int] = set()
        """Debts whose open amounts moved since somebody looked."""

    def is_open_on(self, place: int, day: int) -> bool:
        """Whether the debt stands in the ledger on ``day`` with something open."""
        return self.starts[place] <= day < self.untils[place] and any(self.open_rows[place])

    def is_made(self, place: int) -> bool:
        """Whether the debt is there: known from the facts, or charged by the ledger meanwhile."""
        if self.obligations[place].kind not in MADE_BY_LEDGER:
            return True
        return place in self.made

    def take(self, day: int, place: int, column: int, most: int, into: list[MovementRow]) -> int:
        """Move at most ``most`` of an open amount to a list of movements; what is left of ``most``."""
        amount = self.open_rows[place][column]
        if not amount or not most:
            return most
        amount = min(amount, most)
        self.open_rows[place][column] -= amount
        self.touched.add(place)
        into.append((day, place, column, amount))
        return most - amount

    def empty(self, day: int, place: int, columns: Sequence[int], into: list[MovementRow]) -> None:
        """Move all that is open in some components to a list of movements."""
        for column in columns:
            self.take(day, place, column, self.open_rows[place][column], into)

    def supersede(self, day: int, place: int) -> None:
        """Take a row out of force on ``day``; what is open on it leaves the ledger."""
        amounts = self.open_rows[place]
        if any(amounts):
            kept = (amounts[0], amounts[1], amounts[2], amounts[3])
            self.superseded.append(SupersededDebt(place, day, kept))
            self.open_rows[place] = [0, 0, 0, 0]
            self.touched.add(place)
        self.untils[place] = day
        self.obligations[place] = self.obligations[place]._replace(until_day=day)

    def charge(self, day: int, place: int, column: int, amount: int) -> None:
        """Add to what is owed something the ledger found itself."""
        if amount:
            self.open_rows[place][column] += amount
            self.touched.add(place)
            self.moves.charged.append((day, place, column, amount))
            self.made.add(place)

    def oldest_age(self, day: int, rule: SettledRule) -> int:
        """Late days at the close of ``day`` of the oldest unsettled debt in force [days]."""
        limit = day + rule.due_date_counts
        late = [
            (due, place, amount)
            for place, due in enumerate(self.due_days)
            if due < limit
            and self.starts[place] <= day < self.untils[place]
            and (amount := rule.open_counted(self.open_rows[place]))
        ]
        arrears = sum([debt[2] for debt in late])
        return max((limit - debt[0] for debt in rule.unsettled(late, arrears)), default=0)
