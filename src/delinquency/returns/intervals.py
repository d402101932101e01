"""Time between dates as European law measures it for the annual percentage rate.

A month is a twelfth of a year whatever its days, and only what is left over counts days. The one idea:
whole periods are counted backwards from the payment, so the days left over lie next to the drawdown, and
the year that divides them ends on the day that the count arrived at.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction

import attrs

from delinquency.calendar import add_months_day, day_number, to_date
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError

__all__ = ["AprInterval", "IntervalRule", "apr_interval", "months_back"]


class IntervalRule(Enum):
    """In what time between drawdown and payment is counted."""

    YEARS = "years"
    """Whole years, then days."""
    MONTHS = "months"
    """Whole months, each a twelfth of a year, then days: for monthly instalments."""
    WEEKS = "weeks"
    """Whole weeks, each a fifty-second of a year, then days."""
    DAYS = "days"
    """Days alone, over 365 in every year."""


@attrs.frozen(slots=True)
class AprInterval:
    """Whole periods, and days over the length of a year.

    Attributes
    ----------
    interval_rule : IntervalRule
    whole_periods : int
        Years, months or weeks; 0 under ``DAYS``.
    residual_days : int
        Days left over [days].
    year_length : int
        What divides them, 365 or 366 [days].
    """

    interval_rule: IntervalRule
    whole_periods: int
    residual_days: int
    year_length: int

    @property
    def years(self) -> Fraction:
        """The interval [years]."""
        whole = Fraction(self.whole_periods, _PER_YEAR[self.interval_rule])
        return whole + Fraction(self.residual_days, self.year_length)


_PER_YEAR = {
    IntervalRule.YEARS: 1,
    IntervalRule.MONTHS: 12,
    IntervalRule.WEEKS: 52,
    IntervalRule.DAYS: 1,
}


def apr_interval(start: date, end: date, *, interval_rule: IntervalRule) -> AprInterval:
    """The time from the drawdown to a payment, for the annual percentage rate.

    Rule: as many whole periods as fit are counted backwards from ``end``; the days from ``start``,
    excluded, to the day arrived at, included, are divided by the days of the complete year that ends on
    that day, 365 or 366; where none are left, there is nothing to divide, and the year told is the one
    that ends on ``end``. Under ``DAYS`` all days are divided by 365.

    A month or a year counted back from a day that the month arrived at does not have ends on its last
    day. Where ``end`` is the last day of its month and ``start`` is a later day of the month, the day
    of ``start`` is the one counted back to: from 31 January to 28 February is one month.

    Parameters
    ----------
    start, end : datetime.date
        The drawdown and the payment, on or after it.
    interval_rule : IntervalRule

    Returns
    -------
    AprInterval

    Raises
    ------
    InvalidTypeError
        A ``datetime``, or any other wrong type.
    InvalidValueError
        An end before the start.

    References
    ----------
    Directive 2008/48/EC, Annex I, part I, remark (c), and Directive (EU) 2023/2225, Annex III; the way
    of counting back and the year are those of the Commission's guidelines SWD(2012)128, 4.1.1, and of
    Directive 2014/17/EU, Annex I, remark (c). ``DAYS`` is the calendar basis of Directive 98/7/EC,
    Annex II. The reading of month ends in the second paragraph is not in these texts.

    Examples
    --------
    >>> found = apr_interval(date(2013, 1, 12), date(2013, 2, 15), interval_rule=IntervalRule.MONTHS)
    >>> found.whole_periods, found.residual_days, found.year_length
    (1, 3, 366)
    >>> apr_interval(date(2013, 1, 12), date(2013, 1, 12), interval_rule=IntervalRule.MONTHS).years
    Fraction(0, 1)
    """
    where = "apr_interval"
    checked_member(interval_rule, IntervalRule, f"{where}, interval_rule")
    begin = day_number(start, where=where, field="start")
    finish = day_number(end, where=where, field="end")
    if finish < begin:
        raise InvalidValueError.at(where, expected=f"an end on or after {start}", found=str(end))
    match interval_rule:
        case IntervalRule.DAYS:
            return AprInterval(interval_rule, 0, finish - begin, 365)
        case IntervalRule.WEEKS:
            whole, residual = divmod(finish - begin, 7)
        case _:
            whole, residual = months_back(
                begin, finish, 1 if interval_rule is IntervalRule.MONTHS else 12
            )
    if residual:
        last = begin + residual
        length = last - add_months_day(last, -12)
    else:
        length = finish - _counted_back(_nominal_anchor(begin, finish, 0), 12)
    return AprInterval(interval_rule, whole, residual, length)


def months_back(begin: int, finish: int, step: int, nominal_day: int = 0) -> tuple[int, int]:
    """Whole multiples of ``step`` months that fit, counted back, and the days before them.

    Parameters
    ----------
    begin, finish : int
        [day numbers]
    step : int
        [months]
    nominal_day : int
        The day of the month on which payments fall, where the month has it; 0 if ``finish`` says it.
    """
    anchor = _nominal_anchor(begin, finish, nominal_day)
    first, last = to_date(begin), to_date(finish)
    count = max(0, 12 * (last.year - first.year) + last.month - first.month) // step
    while count and _counted_back(anchor, count * step) < begin:
        count -= 1
    arrived = _counted_back(anchor, count * step) if count else finish
    return count, arrived - begin


def _nominal_anchor(begin: int, finish: int, nominal_day: int) -> tuple[int, int]:
    """The last day counted from, and the day of the month that counting back aims at."""
    last = to_date(finish)
    ends_month = to_date(finish + 1).month != last.month
    later = max(nominal_day, to_date(begin).day) if ends_month else 0
    return finish, max(last.day, later)


def _counted_back(anchor: tuple[int, int], months: int) -> int:
    finish, nominal = anchor
    first_of_month = finish - to_date(finish).day + 1
    arrived = add_months_day(first_of_month, -months)
    following = add_months_day(first_of_month, 1 - months)
    return min(arrived + nominal - 1, following - 1)
