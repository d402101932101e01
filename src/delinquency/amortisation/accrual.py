"""Interest that has accrued and is not due yet, on any day (应计利息).

A lender's books are closed on days that are no due dates. The one idea: rounding is cumulative. What was
borne by a day is rounded once, and what is posted for an interval is the difference of two such figures;
so neither asking on more days nor splitting an interval can move a minor unit.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import attrs

from delinquency.amortisation.conventions import (
    AmortisationMethod,
    DeferredInterest,
    FirstPeriod,
)
from delinquency.amortisation.elapsed import ElapsedFactors
from delinquency.amortisation.row import Row
from delinquency.amortisation.table import AmortisationTable, amortisation_table
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.amounts import from_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.component import Component
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import divide

__all__ = [
    "AccrualPosting",
    "Accruals",
    "PostingRhythm",
    "accrual_postings",
    "accrued_interest",
    "interest_between",
    "table_of",
]


class PostingRhythm(Enum):
    """How often accrued interest is posted; besides, always with the end of a period.

    ``DAILY``; ``WEEKLY``: with Sunday; ``MONTHLY``: with the last day of the month; ``DUE_DATES``: only
    with the end of a period.
    """

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    DUE_DATES = "due_dates"


@attrs.frozen(slots=True, kw_only=True)
class AccrualPosting:
    """Interest of ``[start, end)``, posted on its last day.

    Attributes
    ----------
    start, end : date
    interest : Decimal [currency units]
    """

    start: date
    end: date
    interest: Decimal

    @property
    def posted_on(self) -> date:
        """The last day of the interval."""
        return to_date(_day(self.end, "accrual posting", "end") - 1)


class Accruals:
    """What the periods of a table bear, day by day, in minor units."""

    def __init__(self, table: AmortisationTable) -> None:
        self.terms = table.terms
        self.elapsed = ElapsedFactors(table.terms)
        count = table.terms.instalment_count
        self.rows: list[Row] = [Row._make(row) for row in table.rows][-count:]
        own = [row.due_date for row in table]
        self.due_days = [_day(due, "table", "due_date") for due in own]
        self.due_interest = [row[2] + row[4] for row in table.rows]
        self.broken = self._rounded(self.terms.principal_minor * self._broken(None))
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
        if self.terms.method is AmortisationMethod.FLAT:
            is_fee = self.terms.flat_component is Component.FEES
            return 0 if is_fee else self._without_broken(place)
        if self._is_shared_out():
            return self._without_broken(place)
        return self._rounded(row.opening * self.elapsed.whole(place))

    def _without_broken(self, place: int) -> int:
        """The interest of a row less what it was given of days before the first period."""
        interest = self.rows[place].interest
        if self.terms.first_period is FirstPeriod.ADDED:
            return interest - (self.broken if place == 0 else 0)
        if self.terms.first_period is FirstPeriod.SPREAD:
            count = len(self.rows)
            each = self._rounded(Fraction(self.broken, count))
            return interest - (each if place < count - 1 else self.broken - each * (count - 1))
        return interest

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


def accrued_interest(
    subject: RepaymentTerms | AmortisationTable, *, as_of: date, includes_as_of: bool = False
) -> Decimal:
    """The interest borne and not due yet at the close of ``as_of`` (应计利息).

    Interest of the current period on ``[start of the period, as_of)`` on the balance of that period,
    rounded once, and with it interest of earlier periods that has not fallen due: of a bullet, of a
    moratorium that only puts it off, of days before the first period. Every instalment counts as paid
    on its due date. The day ``as_of`` itself bears nothing, as days of interest run from the day of the
    loan to the day before the due date; on a due date the answer is 0. With ``includes_as_of`` that day
    counts too, as where books post each day's interest at its close.

    A period under ``NominalPeriods`` or ``Compounded`` bears by its share of days, one under ``ByDays``
    by its day count. Interest that is flat is spread over the days of its period; a flat fee is not
    interest. Where terms carry fractions, the rounded interest of the row is shared out.

    Parameters
    ----------
    subject : RepaymentTerms or AmortisationTable
    as_of : date
        From the day of the loan on; after the last due date the answer is 0.
    includes_as_of : bool, default False

    Returns
    -------
    Decimal
        [currency units]; below 0 only at a negative rate.

    Raises
    ------
    InvalidTypeError
        Neither terms nor a table; a ``datetime`` for a ``date``.
    InvalidValueError
        A day before the loan.

    Examples
    --------
    Due on the last day of the month; on 1000 at 7 % a year a month bears 5.83:

    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1000,
    ...     annual_rate=Rate.per_year("0.07"), first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)
    >>> [str(accrued_interest(terms, as_of=date(2025, 1, day))) for day in (1, 15, 30, 31)]
    ['0.19', '2.82', '5.65', '0.00']
    >>> accrued_interest(terms, as_of=date(2025, 1, 30), includes_as_of=True)
    Decimal('5.83')
    """
    where = "accrued_interest"
    table = table_of(subject, where)
    if not isinstance(includes_as_of, bool):
        raise InvalidTypeError.at(
            f"{where}, includes_as_of", expected="a bool", found=includes_as_of
        )
    day = _day(as_of, where, "as_of")
    accruals = Accruals(table)
    _refuse_before(day, accruals, f"{where}, as_of")
    return from_minor(accruals.accrued(day, day + includes_as_of), table.terms.currency)


def interest_between(
    subject: RepaymentTerms | AmortisationTable, *, start: date, end: date
) -> Decimal:
    """The interest of the days ``[start, end)``, to be posted for them.

    What is borne by ``end``, rounded, less what is borne by ``start``, rounded: intervals that follow
    each other add up to the last minor unit, however they are cut. All of them together are the interest
    of the table.

    Parameters
    ----------
    subject : RepaymentTerms or AmortisationTable
    start, end : date
        ``end`` on or after ``start``; days before the loan and after its end bear nothing.

    Returns
    -------
    Decimal
        [currency units]

    Raises
    ------
    InvalidTypeError
        Neither terms nor a table; a ``datetime`` for a ``date``.
    InvalidValueError
        An end before the start.

    Examples
    --------
    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1000,
    ...     annual_rate=Rate.per_year("0.07"), first_due_date=date(2025, 1, 31), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)
    >>> days = date(2024, 12, 31), date(2025, 1, 10), date(2025, 1, 31)
    >>> [str(interest_between(terms, start=days[n], end=days[m])) for n, m in ((0, 1), (1, 2), (0, 2))]
    ['1.88', '3.95', '5.83']
    """
    where = "interest_between"
    table = table_of(subject, where)
    since, until = _interval(where, start, end)
    accruals = Accruals(table)
    return from_minor(accruals.borne(until) - accruals.borne(since), table.terms.currency)


def accrual_postings(
    subject: RepaymentTerms | AmortisationTable,
    *,
    start: date,
    end: date,
    rhythm: PostingRhythm,
    stops_after: date | None = None,
) -> tuple[AccrualPosting, ...]:
    """The postings of accrued interest for ``[start, end)``, one an interval (计提).

    Intervals end with the units of the rhythm and with each period of the table; one that has not ended
    before ``end`` is not posted. With ``stops_after`` nothing is borne after that day, and the interval
    that it is in ends with it: an account that is frozen.

    Parameters
    ----------
    subject : RepaymentTerms or AmortisationTable
    start, end : date
    rhythm : PostingRhythm
    stops_after : date, optional
        The last day that bears interest.

    Raises
    ------
    InvalidTypeError
        Wrong types.
    InvalidValueError
        An end before the start.

    Examples
    --------
    >>> from delinquency.amortisation.conventions import AmortisationMethod
    >>> from delinquency.currency import Currency
    >>> from delinquency.rates import Rate
    >>> terms = RepaymentTerms(currency=Currency.of("CNY"), principal=1000,
    ...     annual_rate=Rate.per_year("0.07"), first_due_date=date(2025, 1, 16), instalment_count=3,
    ...     method=AmortisationMethod.ANNUITY)
    >>> for row in accrual_postings(terms, start=date(2025, 1, 1), end=date(2025, 2, 1),
    ...         rhythm=PostingRhythm.MONTHLY):
    ...     print(row.posted_on, row.interest)
    2025-01-15 2.82
    2025-01-31 2.01
    """
    where = "accrual_postings"
    table = table_of(subject, where)
    since, until = _interval(where, start, end)
    if not isinstance(rhythm, PostingRhythm):
        raise InvalidTypeError.at(f"{where}, rhythm", expected="a PostingRhythm", found=rhythm)
    accruals = Accruals(table)
    edges = [day for day in range(since + 1, until + 1) if _ends(day, rhythm, accruals)]
    if stops_after is not None:
        stop = _day(stops_after, where, "stops_after") + 1
        if since < stop <= until:
            edges = [*(day for day in edges if day < stop), stop]
        elif stop <= since:
            edges = []
    currency = table.terms.currency
    postings: list[AccrualPosting] = []
    for before, after in zip([since, *edges], edges, strict=False):
        amount = from_minor(accruals.borne(after) - accruals.borne(before), currency)
        postings.append(AccrualPosting(start=to_date(before), end=to_date(after), interest=amount))
    return tuple(postings)


def _ends(day: Day, rhythm: PostingRhythm, accruals: Accruals) -> bool:
    """Whether an interval ends before ``day``, which is the first of the next."""
    if day in accruals.elapsed.bounds:
        return True
    match rhythm:
        case PostingRhythm.DAILY:
            return True
        case PostingRhythm.WEEKLY:
            return to_date(day).weekday() == 0
        case PostingRhythm.MONTHLY:
            return to_date(day).day == 1
        case PostingRhythm.DUE_DATES:
            return False


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


def _interval(where: str, start: date, end: date) -> tuple[Day, Day]:
    since, until = _day(start, where, "start"), _day(end, where, "end")
    if until < since:
        raise InvalidValueError.at(
            f"{where}, end", expected=f"a day on or after start {start}", found=str(end)
        )
    return since, until


def _refuse_before(day: Day, accruals: Accruals, where: str) -> None:
    first = accruals.elapsed.first_day
    if day < first:
        raise InvalidValueError.at(
            where,
            expected=f"a day on or after that of the loan, {to_date(first)}",
            found=to_date(day).isoformat(),
        )


def _day(value: date, where: str, field: str) -> Day:
    return day_number(value, where=where, field=field)
