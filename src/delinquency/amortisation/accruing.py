"""What the periods of a table bear, day by day, in whole minor units.

The one idea: what was borne by a day is rounded once, each period as in its row, so that the whole of a
period is the interest of the row and a part of it never more.
"""

from __future__ import annotations

from fractions import Fraction

from delinquency.amortisation.broken_interest import broken_shares
from delinquency.amortisation.changed_table import ChangedTable
from delinquency.amortisation.conventions import AmortisationMethod, DeferredInterest
from delinquency.amortisation.elapsed import ElapsedFactors
from delinquency.amortisation.irregular_table import IrregularTable
from delinquency.amortisation.irregular_terms import IrregularTerms
from delinquency.amortisation.table import AmortisationTable, amortisation_table
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.calendar import Day, day_number
from delinquency.component import Component
from delinquency.errors import InvalidTypeError
from delinquency.rounding import divide

__all__ = ["Accruals", "loan_of", "table_of"]


class Accruals:
    """What the periods of interest bear, day by day, in minor units.

    Attributes
    ----------
    terms : RepaymentTerms
    elapsed : ElapsedFactors
    period_rows : tuple of Row
        One a period of the schedule, as far as the loan runs; without days before the first of them.
    rows : list of Row
        The same, one a period of interest.
    stretches : dict
        Of each period in which principal was prepaid: its balances, each with the day it holds from.
    due_days : list of int
        Of the instalments [days since 1970-01-01].
    row_days : list of int
        The same, without an instalment for days before the first period.
    own : list of int
        What each period bears [minor units].
    """

    def __init__(self, loan: AmortisationTable | ChangedTable) -> None:
        terms = self.terms = loan.terms
        self.elapsed = ElapsedFactors(terms)
        dates = loan.numbered_dates()
        self.due_days = [day_number(due, where="table", field="due_date") for _, due, _ in dates]
        minor_rows = loan.minor_rows
        self.fallen = [
            (day, row.interest + row.capitalised)
            for day, row in zip(self.due_days, minor_rows, strict=True)
        ]
        first = 1 if dates[0][0] == 0 else 0
        self.period_rows = minor_rows[first:]
        self.row_days = self.due_days[first:]
        self.rows = list(self.period_rows)
        broken = self._rounded(terms.principal_minor * self._broken(None))
        shares = broken_shares(terms, broken, terms.instalment_count)
        self.broken_shares = shares[: len(self.rows)]
        if self.elapsed.is_one:
            self.rows = [self.rows[-1]]
        self.stretches: dict[int, list[tuple[Day, int]]] = {}
        if isinstance(loan, ChangedTable):
            for day, principal, interest, balance in loan.minor_prepayments():
                self.reduce(self.elapsed.place(day), day, balance + principal, balance)
                self.fallen.append((day, interest))
        self.own = self._owns()

    def reduce(self, place: int, day: Day, before: int, after: int) -> None:
        """From a day of a period on the balance is another."""
        stretches = self.stretches.setdefault(place, [(self.elapsed.bounds[place], before)])
        if stretches[-1][0] == day:
            stretches.pop()
        stretches.append((day, after))

    def accrued(self, due_by: Day, until: Day) -> int:
        """Borne before ``until`` less what fell due, or became principal, by ``due_by``.

        A period of which the instalment has fallen due has borne all of its interest, though it may end
        some days later, where a calendar moves the one and not the other.
        """
        ended = sum(day <= due_by for day in self.row_days)
        if self.elapsed.is_one:
            ended = int(ended == len(self.row_days))
        if ended:
            until = max(until, self.elapsed.bounds[ended])
        return self.borne(until) - sum(interest for due, interest in self.fallen if due <= due_by)

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

    def exact(self, place: int, until: Day | None) -> Fraction:
        """What a period has borne by a day, or as a whole, before rounding [minor units]."""
        stretches = self.stretches.get(place)
        if stretches is not None:
            return self.elapsed.on_balances(place, stretches, until)
        whole = self.elapsed.whole(place) if until is None else self.elapsed.to_day(place, until)
        return self.rows[place].opening * whole

    def _broken(self, until: Day | None) -> Fraction:
        if not self.terms.first_period.is_apart:
            return Fraction(0)
        return self.elapsed.broken_to(self.elapsed.bounds[0] if until is None else until)

    def _bears_nothing(self, place: int) -> bool:
        """Whether interest of a period is waived, or no interest but a fee."""
        if self.terms.method is AmortisationMethod.FLAT and (
            self.terms.flat_component is Component.FEES
        ):
            return True
        rule = self.terms.moratorium
        return (
            rule is not None
            and rule.interest is DeferredInterest.WAIVED
            and place < rule.interest_instalments
        )

    def _is_shared_out(self) -> bool:
        """Whether a part is a share of the rounded interest of the row, and not computed by itself."""
        carries = self.terms.carries_fractions and not self.elapsed.is_one
        return carries or self.terms.method is AmortisationMethod.FLAT

    def _owns(self) -> list[int]:
        """What each period bears; where it is shared out, what its row says, put off or not."""
        places = range(len(self.rows))
        if not self._is_shared_out():
            return [
                0 if self._bears_nothing(place) else self._rounded(self.exact(place, None))
                for place in places
            ]
        deferred = (
            0 if self.terms.moratorium is None else self.terms.moratorium.interest_instalments
        )
        own: list[int] = []
        for place in places:
            row = self.rows[place]
            told = row.interest + row.capitalised - self.broken_shares[place]
            if self._bears_nothing(place):
                told = 0
            elif place < deferred and not row.capitalised:
                told = self._put_off(place)
            elif place == deferred:
                told -= sum(own) - sum(row.capitalised for row in self.rows[:place])
            own.append(told)
        return own

    def _put_off(self, place: int) -> int:
        """What a period bears of the whole principal, where it waits for a later instalment."""
        principal = self.terms.principal_minor
        if self.terms.method in (AmortisationMethod.ANNUITY, AmortisationMethod.FLAT):
            return self._rounded(principal * self.elapsed.whole(place))
        before = sum(map(self.elapsed.whole, range(place)), Fraction(0))
        both = self._rounded(principal * (before + self.elapsed.whole(place)))
        return both - self._rounded(principal * before)

    def _part(self, place: int, until: Day) -> int:
        if self._bears_nothing(place):
            return 0
        if self._is_shared_out():
            whole, factor = self.elapsed.whole(place), self.elapsed.to_day(place, until)
            return self._rounded(self.own[place] * factor / whole) if whole else 0
        return self._rounded(self.exact(place, until))

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
        where,
        expected="RepaymentTerms or an AmortisationTable",
        found=subject,
        hint=_hint_for(subject),
    )


def loan_of(subject: object, where: str) -> AmortisationTable | ChangedTable:
    """The table, with prepayments or without, or that of the terms.

    Raises
    ------
    InvalidTypeError
        None of the three.
    """
    if isinstance(subject, ChangedTable):
        return subject
    if isinstance(subject, AmortisationTable | RepaymentTerms):
        return table_of(subject, where)
    raise InvalidTypeError.at(
        where,
        expected="RepaymentTerms, an AmortisationTable or a ChangedTable",
        found=subject,
        hint=_hint_for(subject),
    )


def _hint_for(subject: object) -> str:
    """What to write instead, where a table of another kind was given."""
    if isinstance(subject, ChangedTable):
        return "Give the terms, and all prepayments or payments together."
    if hasattr(subject, "settlement_quote"):
        return "A recalculated table has accrued_interest and settlement_quote() of its own."
    if isinstance(subject, IrregularTerms | IrregularTable):
        return "An irregular plan shows it in a row: IrregularRow(date, WholeBalance()), or one without."
    return ""
