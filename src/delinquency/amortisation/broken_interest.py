"""Interest of the days between the loan and its first regular period.

The one idea: it is computed once, by days, on the principal; rules differ only in the instalments that it
falls due with.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from delinquency.amortisation.conventions import FirstPeriod
from delinquency.amortisation.factors import coupon_period_of, days_factor, rates_by_period
from delinquency.amortisation.row import Row
from delinquency.calendar import Day, day_number
from delinquency.rates import RATE_SCALE
from delinquency.rounding import divide

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["broken_factor", "broken_shares", "with_broken_interest"]


def with_broken_interest(
    terms: RepaymentTerms, bounds: Sequence[Day], rows: list[Row]
) -> list[Row]:
    """The rows with the interest of the days before the first period, where there are any."""
    rule = terms.first_period
    if not rule.is_apart:
        return rows
    if terms.disbursed_on is None:
        return rows
    start = day_number(terms.disbursed_on, where="repayment terms", field="disbursed_on")
    if start >= bounds[0]:
        return rows
    borne = terms.principal_minor * broken_factor(terms, start, bounds[0])
    broken = divide(borne.numerator, borne.denominator, terms.rounding)
    if rule is FirstPeriod.OWN_INSTALMENT:
        return [Row(terms.principal_minor, 0, broken, 0, 0, terms.principal_minor), *rows]
    return [
        Row(row[0], row[1], row[2] + share, row[3], row[4], row[5])
        for row, share in zip(rows, broken_shares(terms, broken, len(rows)), strict=True)
    ]


def broken_factor(terms: RepaymentTerms, start: Day, until: Day) -> Fraction:
    """What the days ``[start, until)`` before the first regular period bear of a balance of one.

    Where a rate changes among them, each rate for its share of days. Interest by periods knows no such
    days: 0.
    """
    day_count = terms.day_count_before
    if day_count is None or until <= start:
        return Fraction(0)
    (parts,) = rates_by_period(terms, (start, until))
    period = coupon_period_of(terms, day_count)
    rate = Fraction(sum(days * scaled for days, scaled in parts), (until - start) * RATE_SCALE)
    return rate * Fraction(*days_factor(start, until, day_count, period))


def broken_shares(terms: RepaymentTerms, broken: int, count: int) -> list[int]:
    """What each of ``count`` rows is given of the interest of those days, in minor units."""
    shares = [0] * count
    if terms.first_period is FirstPeriod.ADDED:
        shares[0] = broken
    elif terms.first_period is FirstPeriod.SPREAD:
        # What is left over stands in the last row, and no share is more than is left.
        each, left = divide(broken, count, terms.rounding), broken
        for place in range(count - 1):
            shares[place] = min(each, left) if broken >= 0 else max(each, left)
            left -= shares[place]
        shares[-1] = left
    return shares
