"""Year fractions worked out with dates, day by day where days are what counts.

The one idea: each rule is followed as its text says it, with ``datetime.date`` and fractions, slowly.
Nothing is computed from day numbers, and nothing of the library is imported; conventions go by their
labels.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Context:
    """What a convention may ask; of a regular coupon, all of it."""

    coupon_start: date
    coupon_end: date
    coupons_per_year: int
    end_of_month: bool
    maturity: date


def days_of(start: date, end: date) -> Iterator[date]:
    """The days of ``[start, end)``."""
    day = start
    while day < end:
        yield day
        day += ONE_DAY


def is_leap_day(day: date) -> bool:
    return (day.month, day.day) == (2, 29)


def last_of_month(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def last_of_february(day: date) -> bool:
    return day.month == 2 and last_of_month(day)


def has_leap_day(first: date, last: date) -> bool:
    """Whether 29 February is among the days from ``first`` to ``last``, both of them."""
    return any(is_leap_day(day) for day in days_of(first, last + ONE_DAY))


def in_year(day: date, year: int) -> date:
    """The same day of another year; 28 February for a 29 February that it does not have."""
    return (
        day.replace(year=year, day=28)
        if is_leap_day(day) and not isleap(year)
        else day.replace(year=year)
    )


def months_later(day: date, months: int, *, end_of_month: bool) -> date:
    count = 12 * day.year + day.month - 1 + months
    year, month = divmod(count, 12)
    longest = monthrange(year, month + 1)[1]
    wanted = 31 if end_of_month and last_of_month(day) else day.day
    return date(year, month + 1, min(wanted, longest))


def actual(start: date, end: date) -> int:
    return sum(1 for _ in days_of(start, end))


def without_leap_days(start: date, end: date) -> int:
    return sum(1 for day in days_of(start + ONE_DAY, end + ONE_DAY) if not is_leap_day(day))


def calendar_years(start: date, end: date, _: Context) -> Fraction:
    leap = sum(1 for day in days_of(start, end) if isleap(day.year))
    return Fraction(leap, 366) + Fraction(actual(start, end) - leap, 365)


def years_from_the_start(start: date, end: date, _: Context) -> Fraction:
    years = 0
    while in_year(start, start.year + years + 1) <= end:
        years += 1
    reached = in_year(start, start.year + years)
    return years + Fraction(
        actual(reached, end), actual(reached, in_year(reached, reached.year + 1))
    )


def years_back_from_the_end(start: date, end: date, _: Context) -> Fraction:
    years = 0
    while in_year(end, end.year - years - 1) >= start:
        years += 1
    reached = in_year(end, end.year - years)
    length = 366 if any(is_leap_day(day) for day in days_of(start, reached)) else 365
    return years + Fraction(actual(start, reached), length)


def leap_day_of_the_period(start: date, end: date, _: Context) -> Fraction:
    return Fraction(actual(start, end), 366 if has_leap_day(start + ONE_DAY, end) else 365)


def leap_day_of_the_coupon(start: date, end: date, context: Context) -> Fraction:
    if context.coupons_per_year == 1:
        is_long = has_leap_day(context.coupon_start + ONE_DAY, context.coupon_end)
    else:
        is_long = isleap(context.coupon_end.year)
    return Fraction(actual(start, end), 366 if is_long else 365)


def by_coupon(start: date, end: date, context: Context) -> Fraction:
    """Each day is a part of the regular period that it lies in."""
    months = 12 // context.coupons_per_year
    edges = [context.coupon_start, context.coupon_end]
    while edges[0] > start:
        steps = -months * (len(edges) - 1)
        edges.insert(
            0, months_later(context.coupon_start, steps, end_of_month=context.end_of_month)
        )
    before = len(edges) - 2
    while edges[-1] < end:
        steps = months * (len(edges) - 1 - before)
        edges.append(months_later(context.coupon_end, steps, end_of_month=context.end_of_month))
    total = Fraction(0)
    for first, last in pairwise(edges):
        shared = actual(max(first, start), min(last, end))
        total += Fraction(shared, actual(first, last) * context.coupons_per_year)
    return total


Adjust = Callable[[date, date, Context], tuple[int, int]]


def months_of(length: int, year: int, adjust: Adjust) -> Callable[[date, date, Context], Fraction]:
    def fraction(start: date, end: date, context: Context) -> Fraction:
        if start == end:
            return Fraction(0)
        first, last = adjust(start, end, context)
        months = 12 * (end.year - start.year) + end.month - start.month
        return Fraction(length * months + last - first, year)

    return fraction


def bond(start: date, end: date, _: Context) -> tuple[int, int]:
    first = 30 if start.day == 31 else start.day
    return first, 30 if end.day == 31 and first == 30 else end.day


def psa(start: date, end: date, _: Context) -> tuple[int, int]:
    first = 30 if start.day == 31 or last_of_february(start) else start.day
    return first, 30 if end.day == 31 and first == 30 else end.day


def us_end_of_month(start: date, end: date, context: Context) -> tuple[int, int]:
    first, last = psa(start, end, context)
    return first, 30 if last_of_february(start) and last_of_february(end) else last


def us(start: date, end: date, context: Context) -> tuple[int, int]:
    return (us_end_of_month if context.end_of_month else bond)(start, end, context)


def european(start: date, end: date, _: Context) -> tuple[int, int]:
    return min(start.day, 30), min(end.day, 30)


def european_plus(start: date, end: date, _: Context) -> tuple[int, int]:
    return min(start.day, 30), end.day


def german(start: date, end: date, _: Context) -> tuple[int, int]:
    return 30 if last_of_month(start) else start.day, 30 if last_of_month(end) else end.day


def isda(start: date, end: date, context: Context) -> tuple[int, int]:
    first, last = german(start, end, context)
    return first, end.day if end == context.maturity and end.month == 2 else last


def twenty_eight(start: date, end: date, _: Context) -> tuple[int, int]:
    return min(start.day, 28), min(end.day, 28)


ORACLE: dict[str, Callable[[date, date, Context], Fraction]] = {
    "Act/360": lambda start, end, _: Fraction(actual(start, end), 360),
    "Act/365F": lambda start, end, _: Fraction(actual(start, end), 365),
    "Act/364": lambda start, end, _: Fraction(actual(start, end), 364),
    "Act/365.25": lambda start, end, _: Fraction(actual(start, end)) / Fraction("365.25"),
    "1/1": lambda start, end, _: Fraction(start < end),
    "NL/365": lambda start, end, _: Fraction(without_leap_days(start, end), 365),
    "NL/360": lambda start, end, _: Fraction(without_leap_days(start, end), 360),
    "Act/365 Actual": leap_day_of_the_period,
    "Act/Act ISDA": calendar_years,
    "Act/Act Year": years_from_the_start,
    "Act/Act AFB": years_back_from_the_end,
    "30/360": months_of(30, 360, bond),
    "30/360 PSA": months_of(30, 360, psa),
    "30U/360": months_of(30, 360, us),
    "30U/360 EOM": months_of(30, 360, us_end_of_month),
    "30E/360": months_of(30, 360, european),
    "30E/360 ISDA": months_of(30, 360, isda),
    "30E+/360": months_of(30, 360, european_plus),
    "30/365": months_of(30, 365, european),
    "30E/365": months_of(30, 365, german),
    "28/336": months_of(28, 336, twenty_eight),
    "Act/365L": leap_day_of_the_coupon,
    "Act/Act ICMA": by_coupon,
    "Business/252": lambda start, end, _: Fraction(
        sum(1 for day in days_of(start, end) if day.weekday() < 5), 252
    ),
}
