"""The rows that a replay leaves behind, in whole numbers.

The one idea: rows are plain and become objects of the surface only when somebody looks at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.rates import Rate
    from delinquency.revolving.kinds import BalanceKind, CreditSource
    from delinquency.revolving.state import Lines

__all__ = ["AllocationRow", "Requirement", "SegmentRow", "StatementDraft"]


class AllocationRow(NamedTuple):
    """What a credit settled.

    ``place`` is that of the transaction, ``billed`` that of the statement, or -1; ``age`` is that of the
    oldest unmet minimum before the credit.
    """

    value_day: Day
    source: CreditSource
    kind: BalanceKind
    place: int
    billed: int
    age: int
    amount: int


class SegmentRow(NamedTuple):
    """``[start, end)`` times base times rate: the amount; ``place`` as in an allocation."""

    kind: BalanceKind
    place: int
    start: Day
    end: Day
    base: int
    rate: Rate
    amount: int


class Requirement:
    """The newly required part of one statement, and what is open of it [minor units].

    ``judged_day`` is the last day of grace.
    """

    __slots__ = (
        "amount",
        "due_day",
        "fees",
        "from_day",
        "interest",
        "judged_day",
        "open",
        "principal",
        "statement",
        "tolerance",
    )

    def __init__(
        self,
        statement: int,
        days: tuple[Day, Day, Day],
        amounts: tuple[int, int, int],
        tolerance: int,
    ) -> None:
        self.statement = statement
        self.from_day, self.due_day, self.judged_day = days
        self.principal, self.interest, self.fees = amounts
        self.amount = self.open = sum(amounts)
        self.tolerance = tolerance


class StatementDraft:
    """A statement in whole numbers; what became of it is filled in on its last day of grace."""

    __slots__ = (
        "age",
        "closing",
        "day",
        "due_day",
        "full_payment",
        "is_judged",
        "is_missed",
        "is_paid_in_full",
        "judged_day",
        "lines",
        "minimum_due",
        "missed_run",
        "newly_required",
        "number",
        "opening",
        "over_limit",
        "past_due",
        "segments",
        "shortfall",
        "tolerance",
        "unbilled_plans",
    )

    age: int
    """Late days of the oldest missed minimum on its day, after the money of the day [days]."""
    opening: int
    closing: int
    full_payment: int
    minimum_due: int
    newly_required: int
    past_due: int
    missed_run: int
    tolerance: int
    unbilled_plans: int
    segments: tuple[SegmentRow, ...]
    lines: Lines

    def __init__(self, number: int, day: Day, due_day: Day, judged_day: Day) -> None:
        self.number = number
        self.day = day
        self.due_day = due_day
        self.judged_day = judged_day
        self.is_judged = self.is_missed = self.is_paid_in_full = False
        self.over_limit = self.shortfall = 0
