"""Postings of accrued interest: one amount an interval, on its last day (计提).

The one idea: intervals are cut by the calendar of the books and by the periods of the loan; since rounding
is cumulative, the cuts cannot change the sum.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import pairwise

import attrs

from delinquency.amortisation.accrual import checked_interval
from delinquency.amortisation.accruing import Accruals, loan_of
from delinquency.amortisation.changed_table import ChangedTable
from delinquency.amortisation.table import AmortisationTable
from delinquency.amortisation.terms import RepaymentTerms
from delinquency.amounts import from_minor
from delinquency.calendar import Day, day_number, to_date
from delinquency.choices import checked_member
from delinquency.roll_days import day_of_month, weekday_of_day

__all__ = ["AccrualPosting", "PostingRhythm", "accrual_postings"]


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
        return to_date(day_number(self.end, where="accrual posting", field="end") - 1)


def accrual_postings(
    subject: RepaymentTerms | AmortisationTable | ChangedTable,
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
    subject : RepaymentTerms, AmortisationTable or ChangedTable
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
    loan = loan_of(subject, where)
    since, until = checked_interval(where, start, end)
    checked_member(rhythm, PostingRhythm, f"{where}, rhythm")
    accruals = Accruals(loan)
    bounds = frozenset(accruals.elapsed.schedule_bounds)
    edges = [day for day in range(since + 1, until + 1) if day in bounds or _ends(day, rhythm)]
    if stops_after is not None:
        stop = day_number(stops_after, where=where, field="stops_after") + 1
        if since < stop <= until:
            edges = [*(day for day in edges if day < stop), stop]
        elif stop <= since:
            edges = []
    currency = loan.terms.currency
    borne = [(day, accruals.borne(day)) for day in (since, *edges)]
    return tuple(
        AccrualPosting(
            start=to_date(start), end=to_date(end), interest=from_minor(after - before, currency)
        )
        for (start, before), (end, after) in pairwise(borne)
    )


def _ends(day: Day, rhythm: PostingRhythm) -> bool:
    """Whether a unit of the rhythm ends before ``day``, which is the first of the next."""
    match rhythm:
        case PostingRhythm.DAILY:
            return True
        case PostingRhythm.WEEKLY:
            return weekday_of_day(day) == 0
        case PostingRhythm.MONTHLY:
            return day_of_month(day) == 1
        case PostingRhythm.DUE_DATES:
            return False
