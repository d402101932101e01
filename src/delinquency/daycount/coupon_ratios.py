"""Act/Act ICMA and Act/365L: the fractions that depend on a coupon period.

A coupon of half a year is half a year, however many days it has. The one idea: time is divided into
regular coupon periods, counted from the one that is given; each whole one is worth
``1 / coupons_per_year``, and days are worth their share of the period in which they lie.

Day numbers in, numerator and denominator out; both functions trust their arguments, which
:func:`~delinquency.daycount.fractions_of_year.day_ratio` checks.
"""

from __future__ import annotations

from collections.abc import Iterator

from delinquency.calendar import Day, to_date
from delinquency.civil_days import add_months_day
from delinquency.daycount.formulas import ratio_by_code

__all__ = ["act_365l_ratio", "icma_ratio", "is_month_end", "is_regular"]

_NL_365 = 5


def act_365l_ratio(
    start_day: Day, end_day: Day, *, leap_from: Day, leap_until: Day
) -> tuple[int, int]:
    """Actual days over 366 if 29 February is in ``(leap_from, leap_until]``, else over 365.

    Examples
    --------
    From 28 December 2011 (15336); 28 and 29 February 2012 are 15398 and 15399.

    >>> act_365l_ratio(15336, 15398, leap_from=15336, leap_until=15398) == (62 * 366, 365 * 366)
    True
    >>> act_365l_ratio(15336, 15398, leap_from=15336, leap_until=15399) == (62 * 365, 365 * 366)
    True
    """
    days = end_day - start_day
    common_days, _ = ratio_by_code(leap_from, leap_until, _NL_365)
    has_leap_day = common_days < leap_until - leap_from
    return days * (365 if has_leap_day else 366), 133590


def icma_ratio(
    start_day: Day,
    end_day: Day,
    *,
    coupon_start: Day,
    coupon_end: Day,
    coupons_per_year: int,
    end_of_month: bool,
) -> tuple[int, int]:
    """For each regular period its days in ``[start, end)`` over its length times the coupons a year.

    Examples
    --------
    A long first coupon, 15 August 2002 (11914) to 15 July 2003 (12248), of a loan that pays each
    15 January (12067) and 15 July: 181/362 + 153/368.

    >>> from fractions import Fraction
    >>> ratio = icma_ratio(11914, 12248, coupon_start=12067, coupon_end=12248, coupons_per_year=2,
    ...     end_of_month=False)
    >>> Fraction(*ratio) == Fraction(181, 362) + Fraction(153, 368)
    True
    """
    whole, numerator, denominator = 0, 0, 1
    months = 12 // coupons_per_year
    for first, last in _regular_periods(
        start_day, end_day, coupon_start, coupon_end, months, end_of_month=end_of_month
    ):
        days, length = min(end_day, last) - max(start_day, first), last - first
        if days == length:
            whole += 1
        elif days > 0:
            numerator = numerator * length + days * denominator
            denominator *= length
    return whole * denominator + numerator, denominator * coupons_per_year


def _regular_periods(
    start_day: Day,
    end_day: Day,
    coupon_start: Day,
    coupon_end: Day,
    months: int,
    *,
    end_of_month: bool,
) -> Iterator[tuple[Day, Day]]:
    """The given period, those before it down to ``start_day``, those after it up to ``end_day``."""
    yield coupon_start, coupon_end
    step, later = 0, coupon_start
    while start_day < later:
        step -= months
        earlier = _rolled(coupon_start, step, end_of_month=end_of_month)
        yield earlier, later
        later = earlier
    step, earlier = 0, coupon_end
    while earlier < end_day:
        step += months
        later = _rolled(coupon_end, step, end_of_month=end_of_month)
        yield earlier, later
        earlier = later


def _rolled(anchor: Day, months: int, *, end_of_month: bool) -> Day:
    if end_of_month and is_month_end(anchor):
        return add_months_day(anchor + 1, months) - 1
    return add_months_day(anchor, months)


def is_month_end(day: Day) -> bool:
    """Whether the day is the last of its month.

    Examples
    --------
    >>> is_month_end(20147), is_month_end(20119), is_month_end(20118)
    (True, True, False)
    """
    return to_date(day + 1).day == 1


def is_regular(coupon_start: Day, coupon_end: Day, coupons_per_year: int) -> bool:
    """Whether the period is of ``12 / coupons_per_year`` months, counted from either end.

    Examples
    --------
    28 February (20147) to 31 August 2025 (20331): half a year, counted back from the end.

    >>> is_regular(20147, 20331, 2), is_regular(20147, 20332, 2)
    (True, False)
    """
    months = 12 // coupons_per_year
    return (
        add_months_day(coupon_start, months) == coupon_end
        or add_months_day(coupon_end, -months) == coupon_start
    )
