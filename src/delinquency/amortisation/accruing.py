"""What the periods of a table bear, day by day, in whole minor units.

The one idea: what was borne by a day is rounded once, each period as in its row, so that the whole of a
period is the interest of the row and a part of it never more.
"""

from __future__ import annotations

from fractions import Fraction

from delinquency.amortisation.broken_interest import broken_shares
from delinquency.amortisation.conventions import (
    AmortisationMethod,
    DeferredInterest,
    FirstPeriod,
)
from delinquency.amortisation.elapsed import ElapsedFactors
from delinquency.amortisation.row import Row
from delinquency.amortisation.table import AmortisationTable, amortisation_table
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.calendar import Day, day_number
from delinquency.component import Component
from delinquency.errors import InvalidTypeError
from delinquency.rounding import divide

__all__ = ["Accruals", "table_of"]


class Accruals:
    """What the periods of a table bear, day by day, in minor units."""

    def __init__(self, table: AmortisationTable) -> None:
        self.terms = table.terms
        self.elapsed = ElapsedFactors(table.terms)
        count = table.terms.instalment_count
        self.rows: list[Row] = [Row._make(row) for row in table.rows][-count:]
        own = [row.due_date for row in table]
        self.due_days = [day_number(due, where="table", field="due_date") for due in own]
        self.due_interest = [row[2] + row[4] for row in table.rows]
        broken = self._rounded(self.terms.principal_minor * self._broken(None))
        self.broken_shares = broken_shares(table.terms, broken, count)
        self.own = [self._whole(place) for place in range(count)]

    def accrued(self, due_by: Day, until: Day) -> int:
        """Borne before ``until`` less what fell due, or became principal, by ``due_by``."""
        fallen = zip(self.due_days, self.due_interest, strict=True)
        return self.borne(until) - sum(interest for due, interest in fallen if due <= due_by)

    def borne(self, until: Day) -> int:
        """All interest borne before a day, each period rounded as in its row."""
        if until <= self.elapsed.first_day:
            return 0
        place = self.elapsed.place(until)
        total = self._rounded(self.terms.principal_minor * self._broken(until))
        if place < 0:
            return total
        total += sum(self.own[:place])
        return total + self._part(place, until) if place < len(self.own) else total

    def _broken(self, until: Day | None) -> Fraction:
        if self.terms.first_period in (FirstPeriod.REGULAR, FirstPeriod.OWN_LENGTH):
            return Fraction(0)
        return self.elapsed.broken_to(self.elapsed.bounds[0] if until is None else until)

    def _is_waived(self, place: int) -> bool:
        rule = self.terms.moratorium
        return (
            rule is not None
            and rule.interest is DeferredInterest.WAIVED
            and place < rule.interest_instalments
            and self.terms.method not in (AmortisationMethod.BULLET, AmortisationMethod.FLAT)
        )

    def _is_shared_out(self) -> bool:
        """Whether a part is a share of the rounded interest of the row, and not computed by itself."""
        quiet = self.terms.moratorium is not None and self.terms.moratorium.interest_instalments
        carries = self.terms.carries_fractions and not quiet
        return carries or self.terms.method is AmortisationMethod.FLAT

    def _whole(self, place: int) -> int:
        if self._is_waived(place):
            return 0
        if self.terms.method is AmortisationMethod.BULLET:
            return self._bullet(place, self.elapsed.whole(place))
        row = self.rows[place]
        is_flat = self.terms.method is AmortisationMethod.FLAT
        if is_flat and self.terms.flat_component is Component.FEES:
            return 0
        if self._is_shared_out():
            return row.interest - self.broken_shares[place]
        return self._rounded(row.opening * self.elapsed.whole(place))

    def _part(self, place: int, until: Day) -> int:
        if self._is_waived(place):
            return 0
        factor = self.elapsed.to_day(place, until)
        if self.terms.method is AmortisationMethod.BULLET:
            return self._bullet(place, factor)
        if self._is_shared_out():
            whole = self.elapsed.whole(place)
            return self._rounded(self.own[place] * factor / whole) if whole else 0
        return self._rounded(self.rows[place].opening * factor)

    def _bullet(self, place: int, factor: Fraction) -> int:
        """A bullet is rounded once, over all its periods."""
        before = sum(map(self.elapsed.whole, range(place)), Fraction(0))
        principal = self.terms.principal_minor
        return self._rounded(principal * (before + factor)) - self._rounded(principal * before)

    def _rounded(self, amount: Fraction) -> int:
        return divide(amount.numerator, amount.denominator, self.terms.rounding)


def table_of(subject: object, where: str) -> AmortisationTable:
    """The table, or that of the terms.

    Raises
    ------
    InvalidTypeError
        Neither of the two.
    """
    if isinstance(subject, AmortisationTable):
        return subject
    if isinstance(subject, RepaymentTerms):
        return amortisation_table(subject)
    raise InvalidTypeError.at(
        where, expected="RepaymentTerms or an AmortisationTable", found=subject
    )
