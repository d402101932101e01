"""Periods that stand on the edges of the calendar: ends of months, February, 29 February, 1 January."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from hypothesis import strategies as st

from delinquency import CouponPeriod, DayCount

YEARS = (1900, 1904, 1999, 2000, 2003, 2004, 2007, 2008, 2023, 2024, 2025, 2096, 2100, 2104, 2196)
NEED_NOTHING = tuple(day_count for day_count in DayCount if day_count.code <= 20)
"""Conventions with a formula of two days, and of two flags at most."""


class Weekdays:
    """Every weekday is a business day."""

    def business_days_between(self, start: date, end: date) -> int:
        return sum(
            1
            for number in range((end - start).days)
            if (start + timedelta(days=number)).weekday() < 5
        )


def edge_dates() -> st.SearchStrategy[date]:
    """Dates of a few years, mostly at or near the end of a month."""
    return st.builds(
        lambda year, month, day: date(year, month, min(day, monthrange(year, month)[1])),
        st.sampled_from(YEARS),
        st.sampled_from((1, 2, 2, 2, 3, 4, 8, 12)),
        st.sampled_from((1, 2, 15, 27, 28, 29, 30, 31, 31)),
    )


def dates() -> st.SearchStrategy[date]:
    return st.one_of(edge_dates(), st.dates(date(1900, 1, 1), date(2200, 12, 31)))


@st.composite
def periods(draw, *, most_days: int = 109_000) -> tuple[date, date]:
    """``[start, end)``, sometimes empty."""
    start = draw(dates())
    room = min(most_days, (date(2200, 12, 31) - start).days)
    lengths = st.one_of(
        st.sampled_from((0, 1, 28, 29, 30, 31, 59, 365, 366, 730)), st.integers(0, room)
    )
    return start, start + timedelta(days=min(draw(lengths), room))


@st.composite
def coupons(draw) -> CouponPeriod:
    """A regular coupon with everything that a convention may ask."""
    start = draw(st.one_of(edge_dates(), st.dates(date(1990, 1, 1), date(2100, 1, 1))))
    a_year = draw(st.sampled_from((1, 2, 3, 4, 6, 12)))
    count = 12 * start.year + start.month - 1 + 12 // a_year
    year, month = divmod(count, 12)
    end = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    return CouponPeriod(
        start=start,
        end=end,
        coupons_per_year=a_year,
        end_of_month=draw(st.booleans()),
        maturity_date=draw(st.sampled_from((end, end + timedelta(days=400)))),
        calendar=Weekdays(),
    )
