"""The verbs: how much of a year a period is, exactly.

Interest is an amount times a rate times a part of a year, and the part is where two systems that agree
on both still differ. The one idea: the part is a fraction of whole numbers, never a decimal that was
rounded: :func:`day_ratio` gives numerator and denominator for one exact division, and
:func:`year_fraction` the same as a :class:`~fractions.Fraction`.

A period is ``[start, end)`` and runs forward: an end before its start is refused, because a negative
period is a mistake in a loan far more often than it is meant, and most conventions are not
antisymmetric. An empty period is nothing under every convention.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from operator import index
from typing import Any, Final

from delinquency.calendar import Day, day_number
from delinquency.daycount.convention import DayCount
from delinquency.daycount.coupon_period import CouponPeriod
from delinquency.daycount.coupon_ratios import (
    act_365l_ratio,
    icma_ratio,
    is_month_end,
    is_regular,
)
from delinquency.daycount.formulas import ratio_by_code
from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["day_difference", "day_ratio", "year_fraction"]

_WHERE: Final = "day count"

_NOTHING: Final = CouponPeriod()

_HINTS: Final = {
    "start": "Of a stub, give the regular period in which, or before or after which, it lies.",
    "end": "Of a stub, give the regular period in which, or before or after which, it lies.",
    "coupons_per_year": "1 for a yearly coupon, 2 for half-yearly, 4 for quarterly, 12 for monthly.",
    "end_of_month": "True if payments that stand at the end of a month stay at ends of months.",
    "maturity_date": "Of a loan without maturity, give a date after the end of the period.",
    "calendar": "Any object with the method business_days_between(start, end) will do.",
}


def day_ratio(
    start: date, end: date, *, day_count: DayCount, coupon_period: CouponPeriod | None = None
) -> tuple[int, int]:
    """The year fraction of ``[start, end)`` as numerator and denominator.

    Not in lowest terms: the denominator is the same for every period of a convention (Act/Act ICMA
    alone depends on the coupon period), so that sums need no common denominator.

    Parameters
    ----------
    start, end : datetime.date
        ``[start, end)``; the same day twice is an empty period.
    day_count : DayCount
    coupon_period : CouponPeriod, optional
        What the convention needs besides; looked at only by those that need it.

    Returns
    -------
    tuple of int
        Zero or more, over one or more.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``, a text for a ``DayCount``, any other wrong type.
    InvalidValueError
        An end before the start, a date outside 1900 to 2200; a field of ``coupon_period`` that the
        convention needs and does not find, or with which it cannot answer.

    Examples
    --------
    >>> day_ratio(date(2025, 1, 31), date(2025, 2, 28), day_count=DayCount.ACT_360)
    (28, 360)
    >>> day_ratio(date(2023, 12, 31), date(2024, 1, 2), day_count=DayCount.ACT_ACT_ISDA)
    (731, 133590)
    >>> day_ratio(date(2025, 1, 31), date(2025, 1, 31), day_count=DayCount.ACT_360)
    (0, 360)
    >>> day_ratio(date(2025, 1, 31), date(2025, 2, 28), day_count=DayCount.BUSINESS_252)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: day count Business/252: expected coupon_period with calendar, \
found none. Hint: Any object with the method business_days_between(start, end) will do.
    """
    if type(day_count) is not DayCount:
        _refuse_day_count(day_count)
    start_day = day_number(start, where=_WHERE, field="start")
    end_day = day_number(end, where=_WHERE, field="end")
    if end_day < start_day:
        _refuse_backwards(start, end, day_count)
    period = _NOTHING if coupon_period is None else coupon_period
    if type(period) is not CouponPeriod:
        _refuse_coupon_period(period)
    match day_count:
        case DayCount.THIRTY_U_360:
            flag = _asked(period, "end_of_month", day_count)
            return ratio_by_code(start_day, end_day, day_count.code, int(flag))
        case DayCount.THIRTY_E_360_ISDA:
            is_maturity = _asked(period, "maturity_date", day_count) == end
            return ratio_by_code(start_day, end_day, day_count.code, 0, int(is_maturity))
        case DayCount.ACT_365L:
            return _act_365l(start_day, end_day, period)
        case DayCount.ACT_ACT_ICMA:
            return _icma(start_day, end_day, period)
        case DayCount.BUSINESS_252:
            return _business_days(start, end, period), 252
        case _:
            return ratio_by_code(start_day, end_day, day_count.code)


def year_fraction(
    start: date, end: date, *, day_count: DayCount, coupon_period: CouponPeriod | None = None
) -> Fraction:
    """The year fraction of ``[start, end)``, exactly, in lowest terms [years].

    Parameters, errors and meaning as :func:`day_ratio`.

    Examples
    --------
    >>> year_fraction(date(2024, 1, 1), date(2025, 1, 1), day_count=DayCount.ACT_360)
    Fraction(61, 60)
    >>> year_fraction(date(2024, 1, 1), date(2025, 1, 1), day_count=DayCount.ACT_ACT_ISDA)
    Fraction(1, 1)
    >>> half_year = CouponPeriod(start=date(2025, 1, 15), end=date(2025, 7, 15), coupons_per_year=2)
    >>> year_fraction(date(2025, 1, 15), date(2025, 7, 15), day_count=DayCount.ACT_ACT_ICMA,
    ...     coupon_period=half_year)
    Fraction(1, 2)
    """
    return Fraction(*day_ratio(start, end, day_count=day_count, coupon_period=coupon_period))


def day_difference(
    start: date, end: date, *, day_count: DayCount, coupon_period: CouponPeriod | None = None
) -> int:
    """The days of ``[start, end)`` as the convention counts them [days].

    Actual days; actual days but 29 February for NL/365 and NL/360; days of months of 30 (or 28) days
    for the conventions of such months; business days for Business/252; 1 for 1/1. Over the
    denominator that is in the name of the convention they are the year fraction; where actual days of
    different years are weighted differently, as in Act/Act ISDA, they are the days all the same.

    Parameters and errors as :func:`day_ratio`.

    Examples
    --------
    >>> [day_difference(date(2024, 2, 28), date(2024, 3, 31), day_count=day_count)
    ...     for day_count in (DayCount.ACT_ACT_ISDA, DayCount.NL_365, DayCount.THIRTY_360)]
    [32, 31, 33]
    """
    numerator, _ = day_ratio(start, end, day_count=day_count, coupon_period=coupon_period)
    return (end - start).days if day_count in _ACTUAL else numerator


_ACTUAL: Final = frozenset(
    (
        DayCount.ACT_365_25,
        DayCount.ACT_365_ACTUAL,
        DayCount.ACT_365L,
        DayCount.ACT_ACT_AFB,
        DayCount.ACT_ACT_ICMA,
        DayCount.ACT_ACT_ISDA,
        DayCount.ACT_ACT_YEAR,
    )
)
"""Conventions whose days are actual and whose numerator is something else."""


def _asked(period: CouponPeriod, field: str, day_count: DayCount) -> Any:
    value = getattr(period, field)
    if value is None:
        raise InvalidValueError.at(
            f"{_WHERE} {day_count}",
            expected=f"coupon_period with {field}",
            found="none",
            hint=_HINTS[field],
        )
    return value


def _act_365l(start_day: Day, end_day: Day, period: CouponPeriod) -> tuple[int, int]:
    day_count = DayCount.ACT_365L
    coupon_end: date = _asked(period, "end", day_count)
    coupons: int = _asked(period, "coupons_per_year", day_count)
    if end_day > period.end_day or (period.start is not None and start_day < period.start_day):
        raise InvalidValueError.at(
            f"{_WHERE} {day_count}",
            expected="a period within the coupon period",
            found=f"a coupon period from {period.start or 'an open start'} to {coupon_end}",
            hint="Divide the period at the coupon dates: each coupon has a denominator of its own.",
        )
    if coupons == 1:
        leap_from = start_day if period.start is None else period.start_day
        leap_until = period.end_day
    else:
        leap_from = period.end_day - coupon_end.timetuple().tm_yday
        leap_until = leap_from + 365
    return act_365l_ratio(start_day, end_day, leap_from=leap_from, leap_until=leap_until)


def _icma(start_day: Day, end_day: Day, period: CouponPeriod) -> tuple[int, int]:
    day_count = DayCount.ACT_ACT_ICMA
    for field in ("start", "end"):
        _asked(period, field, day_count)
    coupons: int = _asked(period, "coupons_per_year", day_count)
    if not is_regular(period.start_day, period.end_day, coupons):
        raise InvalidValueError.at(
            f"{_WHERE} {day_count}",
            expected=f"a coupon period of {12 // coupons} months",
            found=f"{period.start} to {period.end}",
            hint=f"{_HINTS['start']} Dates are those before any shift for business days.",
        )
    end_of_month = bool(period.end_of_month)
    if (start_day < period.start_day and is_month_end(period.start_day)) or (
        end_day > period.end_day and is_month_end(period.end_day)
    ):
        end_of_month = _asked(period, "end_of_month", day_count)
    return icma_ratio(
        start_day,
        end_day,
        coupon_start=period.start_day,
        coupon_end=period.end_day,
        coupons_per_year=coupons,
        end_of_month=end_of_month,
    )


def _business_days(start: date, end: date, period: CouponPeriod) -> int:
    calendar = _asked(period, "calendar", DayCount.BUSINESS_252)
    counted: Any = calendar.business_days_between(start, end)
    place = f"{_WHERE} {DayCount.BUSINESS_252}, calendar"
    if isinstance(counted, bool) or not hasattr(counted, "__index__"):
        raise InvalidTypeError.at(place, expected="a whole number of days", found=counted)
    days = index(counted)
    if not 0 <= days <= (end - start).days:
        raise InvalidValueError.at(
            place, expected=f"from 0 to {(end - start).days} days in the period", found=str(days)
        )
    return days


def _refuse_day_count(value: object) -> None:
    raise InvalidTypeError.at(
        _WHERE, expected="a DayCount", found=value, hint='Write DayCount.of("Act/360").'
    )


def _refuse_coupon_period(value: object) -> None:
    raise InvalidTypeError.at(
        _WHERE,
        expected="a CouponPeriod",
        found=value,
        hint="Write CouponPeriod(start=..., end=..., coupons_per_year=2).",
    )


def _refuse_backwards(start: date, end: date, day_count: DayCount) -> None:
    raise InvalidValueError.at(
        f"{_WHERE} {day_count}",
        expected=f"an end on or after {start}",
        found=str(end),
        hint="A period runs forward: swap the dates, and take the opposite if that is meant.",
    )
