"""On which days a late fee is charged.

The one idea: the days follow from the due date and the terms alone, counted from the first of them, so that
asking up to a later day adds days and changes none.
"""

from __future__ import annotations

from delinquency.calendar import LAST_DAY, Day
from delinquency.errors import InvalidTypeError
from delinquency.late_fees.formulas import first_assessment_day, later_assessment_day
from delinquency.late_fees.kinds import EveryDays, Once
from delinquency.late_fees.terms import LateFeeTerms
from delinquency.whole_numbers import check_int

__all__ = ["assessment_days", "check_terms", "fee_due_day"]


def assessment_days(terms: LateFeeTerms, due_day: Day, until_day: Day) -> tuple[Day, ...]:
    """The days on which fees are charged for a debt that is unpaid up to a day, in order.

    The first is ``due_day + wait_days + 1``. A day ``t`` counts if ``t < until_day``, where ``until_day`` is
    the day at whose close the debt is settled, or the day after the close asked for: a payment of that
    day counts, so a debt paid on the day of a fee bears none.

    Parameters
    ----------
    terms : LateFeeTerms
    due_day, until_day : int
        [days since 1970-01-01]; the debt is unpaid at the closes of ``[due_day, until_day)``.

    Returns
    -------
    tuple of int
        [days since 1970-01-01]; at most to the end of 2200.

    Raises
    ------
    InvalidTypeError
        Not terms, or days that are no ``int``.

    Examples
    --------
    Due on day 100, no days to wait: nothing at the close of the due date, one fee from day 101 on.

    >>> import attrs
    >>> from delinquency.currency import Currency
    >>> from delinquency.late_fees.kinds import FlatFee
    >>> terms = LateFeeTerms(name="late", amount=FlatFee(15), currency=Currency.of("USD"))
    >>> assessment_days(terms, 100, 101), assessment_days(terms, 100, 102)
    ((), (101,))
    >>> weekly = attrs.evolve(terms, recurrence=EveryDays(7))
    >>> assessment_days(weekly, 100, 116)
    (101, 108, 115)
    """
    check_terms(terms)
    check_int(due_day, "assessment days, due_day")
    check_int(until_day, "assessment days, until_day")
    first = first_assessment_day(due_day, terms.wait_days)
    end = min(until_day, LAST_DAY + 1)
    match terms.recurrence:
        case Once():
            return (first,) if first < end else ()
        case EveryDays(days):
            return _again(first, end, days, 0)
        case _:
            return _again(first, end, 0, terms.recurrence.months)


def _again(first: Day, end: Day, every_days: int, every_months: int) -> tuple[Day, ...]:
    days: list[Day] = []
    day = first
    while day < end:
        days.append(day)
        day = later_assessment_day(first, len(days), every_days, every_months)
    return tuple(days)


def fee_due_day(terms: LateFeeTerms, day: Day) -> Day:
    """The due date of a fee that is charged on a day: ``day + due_in_days``, at most the end of 2200.

    Raises
    ------
    InvalidTypeError
        Not terms, or a day that is no ``int``.
    """
    check_terms(terms)
    check_int(day, "fee, day")
    return min(day + terms.due_in_days, max(day, LAST_DAY))


def check_terms(terms: object) -> None:
    """Refuse what are no terms of a late fee.

    Raises
    ------
    InvalidTypeError
        Not ``LateFeeTerms``.
    """
    if not isinstance(terms, LateFeeTerms):
        raise InvalidTypeError.at("late fee, terms", expected="LateFeeTerms", found=terms)
