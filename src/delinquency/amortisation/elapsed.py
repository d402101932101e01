"""What a period has borne by a day: interest of a part of a period, as an exact fraction.

A row of a table knows the interest of its whole period; prepayments, settlements and books ask for a part
of it. The one idea: the part is always counted from the start of the period to the day, so that a part
between two days is the difference of two such counts, and splitting a period anywhere changes nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from delinquency.amortisation.broken_interest import broken_factor
from delinquency.amortisation.conventions import AmortisationMethod, ByDays
from delinquency.amortisation.factors import coupon_period_of, days_factor, factors_of
from delinquency.calendar import Day, day_number
from delinquency.rates import Rate, RatePeriod

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["ElapsedFactors"]


class ElapsedFactors:
    """The factors of the periods of terms, whole and in part.

    A period of interest is one of the schedule; a bullet has a single one, that of the whole loan, since
    its interest is rounded once.

    Attributes
    ----------
    bounds : tuple of int
        The boundaries of the periods of interest; the first is the day of the loan, or that on which
        interest by periods begins [days since 1970-01-01].
    schedule_bounds : tuple of int
        Those of the periods of the schedule.
    first_day : int
        The day from which anything is borne [days since 1970-01-01].
    """

    def __init__(self, terms: RepaymentTerms) -> None:
        self.terms = terms
        self.engine_bounds = terms.accrual_days()
        self.factors = factors_of(terms, self.engine_bounds)
        lent = self.engine_bounds[0]
        if terms.disbursed_on is not None:
            lent = day_number(terms.disbursed_on, where="repayment terms", field="disbursed_on")
        self.first_day = min(lent, self.engine_bounds[0])
        start = self.engine_bounds[0]
        if terms.first_period.bears_one_period:
            start = self.first_day = lent
        self.schedule_bounds = (start, *self.engine_bounds[1:])
        self.is_one = terms.method is AmortisationMethod.BULLET
        self.bounds = (start, self.engine_bounds[-1]) if self.is_one else self.schedule_bounds
        basis = terms.interest_basis
        self._period = (
            coupon_period_of(terms, basis.day_count) if isinstance(basis, ByDays) else None
        )
        self._changes = [
            day_number(change.effective_on, where="rate change", field="effective_on")
            for change in terms.rate_changes
        ]

    def place(self, day: Day) -> int:
        """The period that a day is in, counted from 0; -1 before the first, their count after the last."""
        return bisect_right(self.bounds, day) - 1

    def schedule_place(self, day: Day) -> int:
        """As ``place``, of the periods of the schedule."""
        return bisect_right(self.schedule_bounds, day) - 1

    def whole(self, place: int) -> Fraction:
        """What a whole period bears of a balance of one."""
        if self.is_one:
            return Fraction(sum(self.factors.numerators), self.factors.denominator)
        return self._factor(place)

    def _factor(self, place: int) -> Fraction:
        """What a whole period of the schedule bears of a balance of one."""
        return Fraction(self.factors.numerators[place], self.factors.denominator)

    def to_day(self, place: int, day: Day) -> Fraction:
        """What ``[start of the period, day)`` bears of a balance of one.

        By days: the year fraction of the part over that of the whole. By periods, compounded or not:
        the share of days. Where a rate changes within the period, each rate for its share of days.
        """
        if not self.is_one:
            return self._part(place, day)
        within = self.schedule_place(day)
        before = sum(self.factors.numerators[: max(within, 0)])
        borne = Fraction(before, self.factors.denominator)
        if 0 <= within < len(self.engine_bounds) - 1:
            borne += self._part(within, day)
        return borne

    def on_balances(
        self, place: int, balances: Sequence[tuple[Day, int]], until: Day | None = None
    ) -> Fraction:
        """What a period has borne by a day, or as a whole, of balances that each hold from a day on."""
        until = self.bounds[place + 1] if until is None else until
        ends = [*(since for since, _ in balances[1:]), until]
        return sum(
            (
                balance * (self.to_day(place, min(end, until)) - self.to_day(place, since))
                for (since, balance), end in zip(balances, ends, strict=True)
                if since < until
            ),
            Fraction(0),
        )

    def _part(self, place: int, day: Day) -> Fraction:
        """As ``to_day``, of a period of the schedule."""
        start, end = self.schedule_bounds[place], self.schedule_bounds[place + 1]
        if day <= start:
            return Fraction(0)
        if day >= end:
            return self._factor(place)
        if any(start < change < end for change in self._changes):
            return self._across_changes(place, day)
        return self._factor(place) * self._share(start, day, end)

    def _share(self, start: Day, day: Day, end: Day) -> Fraction:
        basis = self.terms.interest_basis
        if not isinstance(basis, ByDays):
            return Fraction(day - start, end - start)
        part = Fraction(*days_factor(start, day, basis.day_count, self._period))
        whole = Fraction(*days_factor(start, end, basis.day_count, self._period))
        return part / whole if whole else Fraction(0)

    def _across_changes(self, place: int, day: Day) -> Fraction:
        """Each rate for its share of days; the whole is what the period bears."""
        start, end = self.schedule_bounds[place], self.schedule_bounds[place + 1]
        inside = [change for change in self._changes if start < change < end]
        edges = list(pairwise([start, *inside, end]))
        parts = [self._at_rate_of(place, since) for since, _ in edges]
        by_day, in_all = (
            sum(
                (
                    max(0, min(until, last) - since) * part
                    for (since, until), part in zip(edges, parts, strict=True)
                ),
                start=Fraction(0),
            )
            for last in (day, end)
        )
        share = by_day / in_all if in_all else Fraction(day - start, end - start)
        return self._factor(place) * share

    def _at_rate_of(self, place: int, day: Day) -> Fraction:
        """What the whole period would bear at the rate of one day."""
        scaled = self.rate_on(day)
        terms = attrs.evolve(self.terms, annual_rate=Rate(scaled, RatePeriod.YEAR), rate_changes=())
        factors = factors_of(terms, self.engine_bounds)
        return Fraction(factors.numerators[place], factors.denominator)

    def rate_on(self, day: Day) -> int:
        """The annual rate of a day [1e-8 per year]."""
        scaled = self.terms.annual_rate.scaled
        for change, row in zip(self._changes, self.terms.rate_changes, strict=True):
            if change <= day:
                scaled = row.annual_rate.scaled
        return scaled

    def broken_to(self, day: Day) -> Fraction:
        """What days before the first regular period bear of a balance of one, by ``day``."""
        return broken_factor(self.terms, self.first_day, min(day, self.engine_bounds[0]))
