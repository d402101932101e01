"""Interest of the days between the loan and its first regular period.

The one idea: it is computed once, by days, on the principal; rules differ only in the instalments that it
falls due with.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from delinquency.amortisation.conventions import ByDays, FirstPeriod
from delinquency.amortisation.factors import days_factor
from delinquency.amortisation.row import Row
from delinquency.calendar import Day, day_number
from delinquency.rates import RATE_SCALE
from delinquency.rounding import dividing

if TYPE_CHECKING:
    from delinquency.amortisation.terms import RepaymentTerms

__all__ = ["APART", "with_broken_interest"]

APART: Final = (FirstPeriod.ADDED, FirstPeriod.SPREAD, FirstPeriod.OWN_INSTALMENT)
"""Rules under which the level payment is that of a regular first period."""


def with_broken_interest(
    terms: RepaymentTerms, bounds: Sequence[Day], rows: list[Row]
) -> list[Row]:
    """The rows with the interest of the days before the first period, where there are any."""
    rule = terms.first_period
    if rule not in APART or not isinstance(terms.interest_basis, ByDays):
        return rows
    if terms.disbursed_on is None:
        return rows
    start = day_number(terms.disbursed_on, where="repayment terms", field="disbursed_on")
    if start >= bounds[0]:
        return rows
    numerator, denominator = days_factor(terms, start, bounds[0], terms.interest_basis.day_count)
    rounded = dividing(terms.rounding)
    product = terms.principal_minor * terms.annual_rate.scaled * numerator
    broken = rounded(product, RATE_SCALE * denominator)
    if rule is FirstPeriod.OWN_INSTALMENT:
        return [Row(terms.principal_minor, 0, broken, 0, 0, terms.principal_minor), *rows]
    shares = [broken] + [0] * (len(rows) - 1)
    if rule is FirstPeriod.SPREAD:
        # What is left over stands in the last row, and no share is more than is left.
        each, left = rounded(broken, len(rows)), broken
        for place in range(len(rows) - 1):
            shares[place] = min(each, left) if broken >= 0 else max(each, left)
            left -= shares[place]
        shares[-1] = left
    return [
        Row(row[0], row[1], row[2] + share, row[3], row[4], row[5])
        for row, share in zip(rows, shares, strict=True)
    ]
