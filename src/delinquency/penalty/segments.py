"""What accrued, line by line: from, to, base, rate, days, amount.

A debtor who disputes a figure is entitled to its lines. The one idea: the lines are the runs of days that
the figure was made of, not a second computation, so they add up to it: exactly before rounding, and to the
minor unit after it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import Day, to_date
from delinquency.currency import Currency
from delinquency.penalty.caps import PenaltyCap
from delinquency.rates import Rate

__all__ = ["AccrualKind", "AccrualSegment", "BoundCap"]


class AccrualKind(Enum):
    """What bore: the base of the penalty (罚息), or unpaid interest (复利)."""

    PENALTY = "penalty"
    COMPOUND = "compound"


@attrs.frozen(slots=True, kw_only=True)
class AccrualSegment:
    """The days ``[start, end)`` of one debt and kind, with one base and one rate.

    Attributes
    ----------
    place : int
        The debt, by its place in the order in which debts of the account rank.
    kind : AccrualKind
    start_day, end_day : int
        The first day that bears and the first that does not [days since 1970-01-01].
    base_minor : int
        What bore [minor units].
    rate : Rate
    numerator, denominator : int
        The part of a year, counted from the due date; of a rate per day it plays no part.
    share : Fraction
        How much of the accrual the line is: all of it, or what a waiver left or took.
    exact : Fraction
        What accrued, unrounded [minor units].
    amount_minor : int
        What is owed of it, rounded and after caps; of a waived line what is not owed [minor units].
    is_waived : bool
        Whether the line is what a waiver took.
    capped_minor : int
        What caps took off [minor units].
    currency : Currency
    """

    place: int
    kind: AccrualKind
    start_day: Day
    end_day: Day
    base_minor: int
    rate: Rate
    numerator: int
    denominator: int
    share: Fraction
    exact: Fraction
    amount_minor: int
    is_waived: bool = False
    capped_minor: int = 0
    currency: Currency

    @property
    def start(self) -> date:
        """The first day that bears."""
        return to_date(self.start_day)

    @property
    def end(self) -> date:
        """The first day that does not bear any more."""
        return to_date(self.end_day)

    @property
    def days(self) -> int:
        """Actual days [days]."""
        return self.end_day - self.start_day

    @property
    def base(self) -> Decimal:
        """What bore [currency units]."""
        return from_minor(self.base_minor, self.currency)

    @property
    def amount(self) -> Decimal:
        """What is owed of it, or not owed if waived [currency units]."""
        return from_minor(self.amount_minor, self.currency)

    @property
    def capped(self) -> Decimal:
        """What caps took off [currency units]."""
        return from_minor(self.capped_minor, self.currency)

    def __str__(self) -> str:
        share = "" if self.share == 1 else f" × {self.share}"
        line = (
            f"[{self.start}, {self.end}) × {self.base} {self.currency} × {self.rate} × {self.days} days"
            f"{share} = {self.amount}"
        )
        if self.is_waived:
            return f"{line} waived"
        return f"{line}, {self.capped} above the cap" if self.capped_minor else line


@attrs.frozen(slots=True)
class BoundCap:
    """A cap that held something back, and since when.

    Attributes
    ----------
    cap : PenaltyCap
    since : date
        The first day by which more had accrued than it lets be owed.
    place : int or None
        The debt, for a cap on each; ``None`` for one on the account.
    """

    cap: PenaltyCap
    since: date
    place: int | None = None
