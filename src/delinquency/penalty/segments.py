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

from delinquency.amounts import from_minor, told_product
from delinquency.calendar import Day, to_date
from delinquency.currency import Currency
from delinquency.explanation import Explanation
from delinquency.penalty.caps import PenaltyCap
from delinquency.rates import Rate, RatePeriod

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
    instalment_no : int or None
        The debt's place in the schedule, from 1; ``None`` beside the schedule, and where no account is known.
    charge_id : str or None
        What stands beside the schedule; ``None`` for an instalment.
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
    instalment_no: int | None = None
    charge_id: str | None = None

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

    @property
    def explanation(self) -> Explanation:
        """The line in words: an equation that holds to the minor unit, or says how it was rounded."""
        rule = f"{self.kind.value}_{'waived' if self.is_waived else 'line'}"
        return Explanation(rule, self.amount, {**self._factors(), **self._result()})

    def _factors(self) -> dict[str, object]:
        debt = {"instalment": self.instalment_no, "beside": self.charge_id}
        named = {name: value for name, value in debt.items() if value is not None}
        return {
            **(named or {"place": str(self.place)}),
            "start": self.start,
            "end": self.end,
            "base": self.base,
            "rate": self.rate.as_percent(),
            "period": self.rate.period.value,
            "days": self.days,
            **self._time(),
            **({} if self.share == 1 else {"share": str(self.share)}),
        }

    def _time(self) -> dict[str, object]:
        """By what the rate is multiplied: days of a rate per day, else the part of a year."""
        if self.rate.period is RatePeriod.DAY:
            return {"bearing_days": self.days}
        part = f"{self.numerator}/{self.denominator}"
        return {"part_of_year": part if self.rate.period is RatePeriod.YEAR else f"12 × {part}"}

    def _result(self) -> dict[str, object]:
        accrued = self.amount_minor + self.capped_minor
        product = told_product(self.exact, accrued, self.currency)
        told: dict[str, object] = {"product": product, "currency": self.currency.code}
        if isinstance(product, str):
            told["rounded"] = from_minor(accrued, self.currency)
        if self.capped_minor:
            told["capped"] = self.capped
        return told

    def __str__(self) -> str:
        return self.explanation.sentence()


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
    accrued_minor : int
        What had accrued by the day asked for, on the debt, or on the account after caps on debts
        [minor units].
    limit_minor : int
        What the cap lets be owed of it by then, whatever the other caps do [minor units].
    instalment_no : int or None
        The place of the debt in the schedule, from 1, for a cap on each.
    charge_id : str or None
        The debt beside the schedule, for a cap on each.
    """

    cap: PenaltyCap
    since: date
    place: int | None = None
    accrued_minor: int = attrs.field(kw_only=True)
    limit_minor: int = attrs.field(kw_only=True)
    instalment_no: int | None = attrs.field(default=None, kw_only=True)
    charge_id: str | None = attrs.field(default=None, kw_only=True)
