"""The moving state of a card while its facts are replayed.

A statement cannot know, on the day it is drawn, whether its purchases are free. The one idea: each posted
debit is an *item* that keeps the stretches of days on which something was open of it; whether they bear
interest is decided once, later, and nothing is ever computed twice. Everything is whole numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

from delinquency.calendar import NONE_DAY, Day, add_months_day
from delinquency.rates import Rate
from delinquency.revolving.cycles import statement_days
from delinquency.revolving.dated import Dated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.revolving.card import CardAccount
    from delinquency.revolving.kinds import BalanceKind
    from delinquency.revolving.rows import AllocationRow, Requirement, StatementDraft
    from delinquency.revolving.transactions import InstalmentPlan

__all__ = ["CardState", "Item", "Lines", "Piece", "RunningPlan", "Standing"]


class Standing(IntEnum):
    """How an item stands to interest.

    ``NEVER`` bears none. ``FREE`` is not decided yet. ``BEARING`` bears until it is paid. ``DEFERRED`` keeps
    interest aside until its promotion ends.
    """

    NEVER = 0
    FREE = 1
    BEARING = 2
    DEFERRED = 3


class Piece(NamedTuple):
    """So much was open on ``[start, end)`` [days since 1970-01-01; minor units]."""

    start: Day
    end: Day
    base: int


class Item:
    """One posted debit, what is open of it, and the days that may bear interest.

    ``place`` is that of its transaction, or -1; ``billed`` the statement in which it stands, or -1;
    ``sequence`` its place in the order of posting. ``until`` is the end of its promotion.
    """

    __slots__ = (
        "accrued_to",
        "amount",
        "billed",
        "kind",
        "open",
        "pieces",
        "place",
        "promotion_rate",
        "rates",
        "sequence",
        "standing",
        "until",
    )

    def __init__(
        self,
        kind: BalanceKind,
        start: Day,
        amount: int,
        *,
        rates: Dated[Rate] | None,
        standing: Standing,
        place: int,
        sequence: int,
        promotion_rate: Rate | None = None,
        until: Day = NONE_DAY,
    ) -> None:
        self.kind = kind
        self.accrued_to = start
        self.amount = amount
        self.open = amount
        self.rates = rates
        self.standing = standing
        self.place = place
        self.sequence = sequence
        self.promotion_rate = promotion_rate
        self.until = until
        self.billed = -1
        self.pieces: list[Piece] = []

    def restart(self, day: Day) -> None:
        """Forget what was kept; from ``day`` on what is open counts."""
        self.pieces.clear()
        self.accrued_to = day

    def rate_pieces(self, start: Day, end: Day) -> Iterator[tuple[Day, Day, Rate]]:
        """The stretches of ``[start, end)`` with one rate; a change to the same rate is none."""
        begun: tuple[Day, Day, Rate] | None = None
        for piece in self._tabled_pieces(start, end):
            if begun is not None and begun[2] == piece[2]:
                begun = begun[0], piece[1], begun[2]
                continue
            if begun is not None:
                yield begun
            begun = piece
        if begun is not None:
            yield begun

    def _tabled_pieces(self, start: Day, end: Day) -> Iterator[tuple[Day, Day, Rate]]:
        if self.promotion_rate is not None and start < self.until:
            yield start, min(end, self.until), self.promotion_rate
            start = self.until
        if self.rates is not None:
            yield from self.rates.pieces(start, end)

    def rate_on(self, day: Day) -> Rate | None:
        """The rate that it bears, or would bear, on a day."""
        if self.promotion_rate is not None and day < self.until:
            return self.promotion_rate
        return None if self.rates is None else self.rates.on(day)


class RunningPlan:
    """A plan, the part that is billed next, and what is still to be billed."""

    __slots__ = ("amount", "cost", "number", "place", "plan", "unbilled")

    def __init__(self, plan: InstalmentPlan, amount: int, cost: int, place: int) -> None:
        self.plan = plan
        self.amount = amount
        self.unbilled = amount
        self.cost = cost
        self.place = place
        self.number = 1


class Lines:
    """What a cycle moved so far, line by line of the statement [minor units]."""

    __slots__ = (
        "cash_advances",
        "converted",
        "fees",
        "interest",
        "interest_and_charges_paid",
        "late_fees",
        "payments",
        "plan_parts",
        "principal_paid",
        "purchases",
        "refunds",
    )

    def __init__(self) -> None:
        self.purchases = self.cash_advances = self.plan_parts = 0
        self.fees = self.late_fees = self.interest = 0
        self.payments = self.refunds = self.converted = 0
        self.interest_and_charges_paid = self.principal_paid = 0


class CardState:
    """A card on one day of its replay.

    Attributes
    ----------
    items : list of Item
        In the order of posting; those that are settled and decided are dropped.
    held : int
        Money that found nothing to settle: the credit balance.
    bearing : list of tuple of Item and Piece
        What the next statement bills interest on.
    exact_interest : int
        Numerators of all interest billed so far.
    credited : int
        Credits since the last statement that count towards paying it in full.
    settled_minimum : list of tuple of int
        Day and amount of what settled minimums and is no payment: credits, and what a tolerance lets off.
    missed_run : int
        Consecutive statements whose minimum was not met, since the last day nothing was past due.
    fee, fee_day : int
        A late fee that is to be posted, and its day; 2**31 - 1 is the next statement.
    fee_cycles : dict of str to list of int
        The statements whose minimum was missed at the cost of a late fee, by the name of its terms.
    taken_over : dict of BalanceKind to int
        What an agreement took over, plan parts that no statement has billed among the plans [minor units].
    """

    def __init__(self, card: CardAccount, as_of: Day, known: Day) -> None:
        self.card = card
        self.terms = card.terms
        self.as_of = as_of
        self.known = known
        self.items: list[Item] = []
        self.plans: list[RunningPlan] = []
        self.held = 0
        self.bearing: list[tuple[Item, Piece]] = []
        self.exact_interest = 0
        self.requirements: list[Requirement] = []
        self.statements: list[StatementDraft] = []
        self.allocations: list[AllocationRow] = []
        self.lines = Lines()
        self.credited = 0
        self.settled_minimum: list[tuple[Day, int]] = []
        self.missed_run = 0
        self.fee = 0
        self.fee_day: Day = NONE_DAY
        self.fee_cycles: dict[str, list[int]] = {}
        self.taken_over: dict[BalanceKind, int] = {}
        self.charged = 0
        self.paid = 0
        self.converted = 0
        self.sequence = 0
        self._anchor, self._months = statement_days(card.originated_day, card.terms.cycle_day)
        self._statement_days: list[Day] = []

    def statement_day(self, number: int) -> Day:
        """The day of a statement, from 0; negative numbers are before the card."""
        return add_months_day(self._anchor, self._months + number)

    def cycle_of(self, day: Day) -> int:
        """The number of the first statement on or after a day."""
        days = self._statement_days
        while not days or days[-1] < day:
            days.append(self.statement_day(len(days)))
        return bisect_left(days, day)

    @property
    def unbilled_plans(self) -> int:
        """Principal of plans that no statement has billed [minor units]."""
        return sum(plan.unbilled for plan in self.plans)

    @property
    def open_balance(self) -> int:
        """What is open of all items [minor units]."""
        return sum(item.open for item in self.items)

    @property
    def required(self) -> int:
        """What is open of all minimums [minor units]."""
        return sum(row.open for row in self.requirements)

    def add(self, item: Item) -> None:
        """Post an item."""
        self.items.append(item)
        self.charged += item.amount
        self.sequence += 1

    def age(self, day: Day) -> int:
        """Late days of the oldest missed minimum, ``[due, day)``, before any money of the day [days].

        While its days of grace run, the last of them included, a minimum is not missed.
        """
        if not self.missed_run:
            return 0
        return day - next(row.due_day for row in self.requirements if row.open)
