"""What holds for every period under a convention, and what does not."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from delinquency import CouponPeriod, DayCount, day_difference, day_ratio, year_fraction
from delinquency.calendar import add_months, day_number
from delinquency.daycount.formulas import ratio_by_code
from tests.day_count_strategies import NEED_NOTHING, Weekdays, coupons, edge_dates, periods
from tests.oracle.day_counts import ORACLE, Context
from tests.strategies_internal import FEW, MANY

D = DayCount
ONE_DAY = timedelta(days=1)
FIXED_DAYS = (D.ACT_360, D.ACT_365F, D.ACT_364, D.ACT_365_25)
ADDITIVE = (
    *FIXED_DAYS,
    D.NL_365,
    D.NL_360,
    D.ACT_ACT_ISDA,
    D.THIRTY_E_360,
    D.THIRTY_365,
    D.THIRTY_E_365,
    D.TWENTY_EIGHT_336,
    D.ACT_ACT_ICMA,
    D.BUSINESS_252,
)
MONTHS_OF_THIRTY = (
    D.THIRTY_360,
    D.THIRTY_360_PSA,
    D.THIRTY_U_360,
    D.THIRTY_U_360_EOM,
    D.THIRTY_E_360,
    D.THIRTY_E_360_ISDA,
    D.THIRTY_E_PLUS_360,
    D.THIRTY_365,
    D.THIRTY_E_365,
)
EVERY = pytest.mark.parametrize("day_count", D, ids=str)


def fraction(start: date, end: date, day_count: DayCount, coupon: CouponPeriod | None = None):
    return year_fraction(start, end, day_count=day_count, coupon_period=coupon)


@st.composite
def near_a_coupon(draw, day_count: DayCount):
    """A period and a coupon; within the coupon where the convention says so, else also beyond it."""
    coupon = draw(coupons())
    length = (coupon.end - coupon.start).days
    margin = 0 if day_count is D.ACT_365L else 500
    low = max(-margin, (date(1900, 1, 1) - coupon.start).days)
    first, last = sorted(draw(st.tuples(*[st.integers(low, length + margin)] * 2)))
    return coupon.start + first * ONE_DAY, coupon.start + last * ONE_DAY, coupon


@EVERY
def test_the_rule_followed_with_dates_gives_the_same(day_count):
    """Law: every convention equals an oracle that walks through the days and imports nothing."""

    @FEW
    @given(near_a_coupon(day_count))
    def law(drawn):
        start, end, coupon = drawn
        context = Context(
            coupon.start,
            coupon.end,
            coupon.coupons_per_year,
            coupon.end_of_month,
            coupon.maturity_date,
        )
        assert fraction(start, end, day_count, coupon) == ORACLE[day_count.label](
            start, end, context
        )

    law()


@MANY
@given(periods(), st.sampled_from(NEED_NOTHING), st.booleans(), st.booleans())
def test_the_formula_of_kernels_is_the_verb(period, day_count, end_of_month, is_maturity):
    """Law: ``ratio_by_code`` on day numbers equals ``day_ratio`` on dates, for every code."""
    start, end = period
    coupon = CouponPeriod(
        end_of_month=end_of_month, maturity_date=end if is_maturity else date(2200, 12, 31)
    )
    ends_the_loan = coupon.maturity_date == end
    days = [day_number(day, where="period", field="day") for day in period]
    assert ratio_by_code(*days, day_count.code, int(end_of_month), int(ends_the_loan)) == day_ratio(
        start, end, day_count=day_count, coupon_period=coupon
    )


@FEW
@given(st.lists(periods(), min_size=2, max_size=6), st.sampled_from(NEED_NOTHING), coupons())
def test_a_convention_has_one_denominator(drawn, day_count, coupon):
    """Law: all periods of a convention have the same denominator; only Act/Act ICMA is left out."""
    ratios = [day_ratio(*period, day_count=day_count, coupon_period=coupon) for period in drawn]
    assert len({denominator for _, denominator in ratios}) == 1
    assert all(numerator >= 0 for numerator, _ in ratios)


@FEW
@given(edge_dates(), st.sampled_from(D))
def test_an_empty_period_is_nothing(day, day_count):
    """Law: ``[day, day)`` is 0 and has no days, under 1/1 too."""
    month = CouponPeriod(
        start=date(day.year, day.month, 1),
        end=add_months(date(day.year, day.month, 1), 1),
        coupons_per_year=12,
        end_of_month=True,
        maturity_date=day,
        calendar=Weekdays(),
    )
    assert fraction(day, day, day_count, month) == 0
    assert day_difference(day, day, day_count=day_count, coupon_period=month) == 0


def assert_parts_add_up(day_count, start, end, coupon, share) -> None:
    between = start + int(share * (end - start).days) * ONE_DAY
    parts = fraction(start, between, day_count, coupon) + fraction(between, end, day_count, coupon)
    assert parts == fraction(start, end, day_count, coupon)


@pytest.mark.parametrize("day_count", ADDITIVE, ids=str)
def test_a_period_can_be_divided_at_any_day(day_count):
    """Law: the parts of a period add up to the whole, wherever it is divided.

    Under 30E/360 ISDA it holds up to the maturity, under Act/365L within a coupon (below).
    """

    @FEW
    @given(near_a_coupon(day_count), st.floats(0, 1))
    def law(drawn, share):
        assert_parts_add_up(day_count, *drawn, share)

    law()


@FEW
@given(near_a_coupon(D.ACT_365L), st.floats(0, 1))
def test_a_coupon_under_act_365l_can_be_divided(drawn, share):
    """Law: a coupon has one denominator, so its parts add up."""
    assert_parts_add_up(D.ACT_365L, *drawn, share)


@FEW
@given(periods(most_days=2000), st.floats(0, 1))
def test_30e_360_isda_can_be_divided_before_maturity(period, share):
    """Law: the parts add up where the division is not the maturity itself."""
    assert_parts_add_up(D.THIRTY_E_360_ISDA, *period, CouponPeriod(maturity_date=period[1]), share)


@pytest.mark.parametrize(
    ("day_count", "start", "between", "end", "whole", "parts"),
    [
        # The 31st is a day of its own after an earlier start, and none after itself.
        (D.THIRTY_360, "2025-01-29", "2025-01-30", "2025-01-31", 2, 1),
        (D.THIRTY_360_PSA, "2025-02-01", "2025-02-28", "2025-03-01", 30, 28),
        (D.THIRTY_U_360_EOM, "2025-02-01", "2025-02-28", "2025-03-01", 30, 28),
        (D.THIRTY_E_PLUS_360, "2025-01-01", "2025-01-31", "2025-02-01", 30, 31),
    ],
    ids=str,
)
def test_bond_months_cannot_be_divided_everywhere(day_count, start, between, end, whole, parts):
    """No law: a counterexample for each convention whose days depend on both ends."""
    first, middle, last = map(date.fromisoformat, (start, between, end))
    assert day_difference(first, last, day_count=day_count) == whole
    assert (
        day_difference(first, middle, day_count=day_count)
        + day_difference(middle, last, day_count=day_count)
        == parts
    )


@pytest.mark.parametrize(
    ("day_count", "start", "between", "end"),
    [
        (D.ONE_ONE, "2025-01-01", "2025-01-02", "2025-01-03"),
        (D.ACT_365_ACTUAL, "2024-01-01", "2024-03-01", "2024-05-01"),
        (D.ACT_ACT_YEAR, "2023-01-01", "2024-03-01", "2024-12-31"),
        (D.ACT_ACT_AFB, "2023-07-01", "2024-02-01", "2024-12-01"),
    ],
    ids=str,
)
def test_years_of_the_period_cannot_be_divided_everywhere(day_count, start, between, end):
    """No law: where the length of the year depends on the period, so do the parts."""
    first, middle, last = map(date.fromisoformat, (start, between, end))
    parts = fraction(first, middle, day_count) + fraction(middle, last, day_count)
    assert parts != fraction(first, last, day_count)


@pytest.mark.parametrize("day_count", [each for each in D if each is not D.ACT_365_ACTUAL], ids=str)
def test_a_day_more_is_never_less(day_count):
    """Law: a later end never gives less; strictly more is no law (below)."""

    @FEW
    @given(near_a_coupon(day_count))
    def law(drawn):
        start, end, coupon = drawn
        if start < end:
            less = fraction(start, end - ONE_DAY, day_count, coupon)
            assert less <= fraction(start, end, day_count, coupon)

    law()


def test_under_act_365_actual_a_leap_day_can_take_away():
    """No law: the first 29 February of a period of more than a year lowers the fraction."""
    start, leap_day = date(2009, 3, 1), date(2012, 2, 29)
    before = fraction(start, leap_day - ONE_DAY, D.ACT_365_ACTUAL)
    assert before == Fraction(1094, 365) > fraction(start, leap_day, D.ACT_365_ACTUAL)


def test_under_30_360_a_31st_may_add_nothing_and_1_march_adds_three_days():
    """No law: days of the calendar and days of 30/360 do not grow together."""
    ends = [date(2025, 1, 30), date(2025, 1, 31), date(2025, 2, 1)]
    days = [day_difference(date(2024, 12, 30), end, day_count=D.THIRTY_360) for end in ends]
    assert days == [30, 30, 31]
    ends = [date(2025, 2, 28), date(2025, 3, 1)]
    days = [day_difference(date(2024, 12, 30), end, day_count=D.THIRTY_360) for end in ends]
    assert [after - before for before, after in pairwise(days)] == [3]


@FEW
@given(st.sampled_from(range(1900, 2200)))
def test_a_calendar_year_is_a_year(year):
    """Law: 1 January to 1 January is exactly 1 wherever a year is a year."""
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    calendar_year = CouponPeriod(
        start=start, end=end, coupons_per_year=1, end_of_month=False, maturity_date=end
    )
    never = {D.ACT_360, D.ACT_364, D.ACT_365_25, D.NL_360, D.THIRTY_365, D.THIRTY_E_365}
    in_common_years = {D.ACT_365F} if (end - start).days == 365 else set()
    for day_count in {*D} - never - {D.ACT_365F, D.BUSINESS_252} | in_common_years:
        assert fraction(start, end, day_count, calendar_year) == 1, day_count
    for day_count in never:
        assert fraction(start, end, day_count) != 1, day_count


@FEW
@given(edge_dates())
def test_a_year_from_any_day_but_a_leap_day_is_a_year(start):
    """Law: from a day to the same day next year is 1 under the conventions of anniversaries."""
    if (start.month, start.day) == (2, 29):
        start -= ONE_DAY
    end = add_months(start, 12)
    for day_count in (D.ACT_ACT_YEAR, D.ACT_ACT_AFB, D.NL_365, D.THIRTY_360, D.THIRTY_E_360):
        assert fraction(start, end, day_count) == 1, day_count


def test_a_year_from_a_leap_day_is_short_where_years_are_counted_back():
    start, end = date(2004, 2, 29), date(2005, 2, 28)
    assert fraction(start, end, D.ACT_ACT_YEAR) == 1
    assert fraction(start, end, D.ACT_ACT_AFB) == Fraction(365, 366)
    assert fraction(start, end, D.THIRTY_360) == Fraction(359, 360)
    assert fraction(start, end, D.THIRTY_U_360_EOM) == 1


@FEW
@given(coupons())
def test_a_whole_coupon_is_its_part_of_a_year(coupon):
    """Law: under Act/Act ICMA a coupon is 1 over the coupons a year, however many days it has."""
    found = fraction(coupon.start, coupon.end, D.ACT_ACT_ICMA, coupon)
    assert found == Fraction(1, coupon.coupons_per_year)


@FEW
@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.integers(0, 18_000),
    st.integers(0, 18_000),
    st.sampled_from(FIXED_DAYS),
)
def test_actual_days_do_not_depend_on_when(start, days, shift, day_count):
    """Law: over a fixed year, all periods of a length are the same part of it."""
    here = day_ratio(start, start + days * ONE_DAY, day_count=day_count)
    later = start + shift * ONE_DAY
    assert here == day_ratio(later, later + days * ONE_DAY, day_count=day_count)


@FEW
@given(st.integers(0, 3000), st.integers(1, 27), st.integers(0, 600), st.integers(1, 27))
def test_months_of_thirty_days_agree_away_from_the_ends_of_months(month, first, months, last):
    """Law: from a day up to the 27th to another, all conventions of 30 days count the same."""
    start = add_months(date(1900, 1, first), month)
    end = add_months(date(1900, 1, last), month + months)
    if start <= end:
        coupon = CouponPeriod(end_of_month=True, maturity_date=end)
        days = {
            day_difference(start, end, day_count=day_count, coupon_period=coupon)
            for day_count in MONTHS_OF_THIRTY
        }
        assert days == {30 * months + last - first}


@FEW
@given(periods())
def test_30u_360_is_one_of_two_conventions(period):
    """Law: the flag chooses between 30/360 and 30U/360 EOM, and does nothing else."""
    for flag, chosen in ((False, D.THIRTY_360), (True, D.THIRTY_U_360_EOM)):
        coupon = CouponPeriod(end_of_month=flag)
        assert fraction(*period, D.THIRTY_U_360, coupon) == fraction(*period, chosen)


@FEW
@given(periods())
def test_days_over_the_year_of_the_name_are_the_fraction(period):
    """Law: where a convention has a fixed year, days over it are the year fraction."""
    years = {
        D.ACT_360: 360,
        D.ACT_364: 364,
        D.NL_360: 360,
        D.THIRTY_365: 365,
        D.TWENTY_EIGHT_336: 336,
    }
    for day_count, year in years.items():
        days = day_difference(*period, day_count=day_count)
        assert Fraction(days, year) == fraction(*period, day_count)
    days = day_difference(*period, day_count=D.ACT_365_25)
    assert days == (period[1] - period[0]).days
    assert Fraction(4 * days, 1461) == fraction(*period, D.ACT_365_25)
