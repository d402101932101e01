"""Each convention at its boundary: the last days of months, February, the turn of the year."""

from __future__ import annotations

import pickle
from datetime import date, datetime
from fractions import Fraction

import attrs
import pytest
from tests.day_count_strategies import Weekdays

from delinquency import (
    CouponPeriod,
    DayCount,
    InvalidTypeError,
    InvalidValueError,
    day_difference,
    day_ratio,
    year_fraction,
)

D = DayCount


def day(text: str) -> date:
    return date.fromisoformat(text)


def counted(start: str, end: str, day_count: DayCount, /, **facts) -> int:
    coupon = CouponPeriod(**facts) if facts else None
    return day_difference(day(start), day(end), day_count=day_count, coupon_period=coupon)


def fraction(start: str, end: str, day_count: DayCount, /, **facts) -> Fraction:
    coupon = CouponPeriod(**facts) if facts else None
    return year_fraction(day(start), day(end), day_count=day_count, coupon_period=coupon)


MONTHS = (
    D.THIRTY_360,
    D.THIRTY_360_PSA,
    D.THIRTY_U_360_EOM,
    D.THIRTY_E_360,
    D.THIRTY_E_PLUS_360,
    D.THIRTY_E_365,
    D.TWENTY_EIGHT_336,
)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        # In the order of MONTHS.
        ("2025-01-01", "2025-01-31", (30, 30, 30, 29, 30, 29, 27)),
        ("2025-01-30", "2025-01-31", (0, 0, 0, 0, 1, 0, 0)),
        ("2025-01-31", "2025-02-28", (28, 28, 28, 28, 28, 30, 28)),
        ("2025-01-31", "2025-03-31", (60, 60, 60, 60, 61, 60, 56)),
        ("2025-02-27", "2025-02-28", (1, 1, 1, 1, 1, 3, 1)),
        ("2025-02-28", "2025-03-01", (3, 1, 1, 3, 3, 1, 1)),
        ("2025-02-28", "2025-03-31", (33, 30, 30, 32, 33, 30, 28)),
        ("2024-02-28", "2024-02-29", (1, 1, 1, 1, 1, 2, 0)),
        ("2024-02-29", "2025-02-28", (359, 358, 360, 359, 359, 360, 336)),
        ("2024-02-29", "2024-03-31", (32, 30, 30, 31, 32, 30, 28)),
        ("2100-02-28", "2100-03-31", (33, 30, 30, 32, 33, 30, 28)),
    ],
)
def test_months_of_one_length_differ_only_at_their_ends(start, end, days):
    assert tuple(counted(start, end, day_count) for day_count in MONTHS) == days


def test_a_maturity_in_february_is_not_made_a_30th():
    end = day("2025-02-28")
    assert counted("2024-08-31", "2025-02-28", D.THIRTY_E_360_ISDA, maturity_date=end) == 178
    later = day("2025-03-01")
    assert counted("2024-08-31", "2025-02-28", D.THIRTY_E_360_ISDA, maturity_date=later) == 180


def test_a_maturity_at_the_end_of_another_month_is_a_30th_all_the_same():
    end = day("2025-03-31")
    assert counted("2024-08-31", "2025-03-31", D.THIRTY_E_360_ISDA, maturity_date=end) == 210


def test_30u_360_reads_the_rule_of_the_loan():
    assert counted("2025-02-28", "2025-03-31", D.THIRTY_U_360, end_of_month=True) == 30
    assert counted("2025-02-28", "2025-03-31", D.THIRTY_U_360, end_of_month=False) == 33


@pytest.mark.parametrize(
    ("start", "end", "nl_days", "year"),
    [
        ("2024-02-28", "2024-02-29", 0, 366),
        ("2024-02-29", "2024-03-01", 1, 365),
        ("2024-02-28", "2024-03-01", 1, 366),
        ("2024-02-27", "2024-02-28", 1, 365),
        ("2100-02-27", "2100-03-01", 2, 365),
        ("2000-02-28", "2000-03-01", 1, 366),
    ],
)
def test_29_february_counts_after_the_start_up_to_and_with_the_end(start, end, nl_days, year):
    actual = (day(end) - day(start)).days
    assert counted(start, end, D.NL_365) == counted(start, end, D.NL_360) == nl_days
    assert fraction(start, end, D.ACT_365_ACTUAL) == Fraction(actual, year)


@pytest.mark.parametrize(
    ("start", "end", "terms"),
    [
        ("2023-12-31", "2024-01-01", ("1/365",)),
        ("2023-12-31", "2024-01-02", ("1/365", "1/366")),
        ("2024-12-31", "2025-01-01", ("1/366",)),
        ("2024-02-28", "2024-03-01", ("2/366",)),
        ("1900-02-28", "1900-03-01", ("1/365",)),
        ("2023-07-01", "2025-07-01", ("184/365", "366/366", "181/365")),
    ],
)
def test_each_calendar_year_has_a_length_of_its_own(start, end, terms):
    assert fraction(start, end, D.ACT_ACT_ISDA) == sum(map(Fraction, terms))


@pytest.mark.parametrize(
    ("start", "end", "year", "afb"),
    [
        ("2023-07-01", "2024-06-30", "365/366", "365/366"),
        ("2023-07-01", "2024-07-01", "1", "1"),
        ("2023-07-01", "2024-07-02", "366/365", "366/365"),
        ("2024-02-29", "2025-02-28", "1", "365/366"),
        ("2024-02-29", "2025-03-01", "366/365", "367/366"),
        ("2024-02-28", "2025-02-28", "1", "1"),
        ("2012-02-29", "2016-02-28", "4", "1463/366"),
        ("2012-02-29", "2016-02-29", "4", "4"),
        ("2012-02-29", "2016-03-01", "1461/365", "1465/366"),
        ("2011-02-28", "2012-02-29", "367/366", "1"),
    ],
)
def test_whole_years_are_counted_from_the_start_or_back_from_the_end(start, end, year, afb):
    assert fraction(start, end, D.ACT_ACT_YEAR) == Fraction(year)
    assert fraction(start, end, D.ACT_ACT_AFB) == Fraction(afb)


def test_one_is_one_for_a_day_and_for_a_century():
    assert fraction("2025-01-01", "2025-01-02", D.ONE_ONE) == 1
    assert fraction("1925-01-01", "2025-01-01", D.ONE_ONE) == 1
    assert fraction("2025-01-01", "2025-01-01", D.ONE_ONE) == 0


class TestCoupons:
    def test_a_yearly_coupon_with_a_leap_day_has_366_days(self):
        yearly = {"coupons_per_year": 1, "end": day("2024-02-29")}
        assert fraction("2023-02-28", "2023-03-01", D.ACT_365L, **yearly) == Fraction(1, 366)
        yearly["end"] = day("2024-02-28")
        assert fraction("2023-02-28", "2023-03-01", D.ACT_365L, **yearly) == Fraction(1, 365)

    def test_a_coupon_has_one_year_also_after_its_leap_day(self):
        yearly = {"coupons_per_year": 1, "end": day("2024-07-01")}
        assert fraction("2024-05-01", "2024-05-02", D.ACT_365L, **yearly) == Fraction(1, 365)
        yearly["start"] = day("2023-07-01")
        assert fraction("2024-05-01", "2024-05-02", D.ACT_365L, **yearly) == Fraction(1, 366)

    @pytest.mark.parametrize(
        ("end", "year"),
        [("2024-01-01", 366), ("2024-12-31", 366), ("2025-01-01", 365), ("2100-06-30", 365)],
    )
    def test_another_coupon_has_the_days_of_the_year_in_which_it_ends(self, end, year):
        half_yearly = {"coupons_per_year": 2, "end": day(end)}
        before = date.fromordinal(day(end).toordinal() - 1).isoformat()
        assert fraction(before, end, D.ACT_365L, **half_yearly) == Fraction(1, year)

    @pytest.mark.parametrize(
        ("start", "end"), [("2025-01-15", "2025-07-16"), ("2025-01-14", "2025-07-15")]
    )
    def test_under_act_365l_a_period_lies_within_its_coupon(self, start, end):
        coupon = {
            "start": day("2025-01-15"),
            "end": day("2025-07-15"),
            "coupons_per_year": 2,
        }
        with pytest.raises(InvalidValueError, match="a period within the coupon period"):
            fraction(start, end, D.ACT_365L, **coupon)

    def test_part_of_a_coupon_is_a_part_of_its_part_of_the_year(self):
        coupon = {"start": day("2025-01-15"), "end": day("2025-07-15"), "coupons_per_year": 2}
        assert fraction("2025-01-15", "2025-01-16", D.ACT_ACT_ICMA, **coupon) == Fraction(1, 362)
        assert fraction("2025-01-15", "2025-07-15", D.ACT_ACT_ICMA, **coupon) == Fraction(1, 2)

    def test_years_of_coupons_are_years(self):
        coupon = {"start": day("2025-01-15"), "end": day("2025-02-15"), "coupons_per_year": 12}
        found = fraction("2000-01-15", "2050-01-15", D.ACT_ACT_ICMA, **coupon)
        assert found == 50

    def test_a_period_beside_the_coupon_is_measured_by_coupons_of_its_own(self):
        coupon = {"start": day("2025-01-15"), "end": day("2025-07-15"), "coupons_per_year": 2}
        assert fraction("2025-07-15", "2025-07-16", D.ACT_ACT_ICMA, **coupon) == Fraction(1, 368)
        assert fraction("2025-01-14", "2025-01-15", D.ACT_ACT_ICMA, **coupon) == Fraction(1, 368)

    def test_ends_of_months_are_asked_for_where_they_decide(self):
        coupon = {"start": day("2024-11-30"), "end": day("2025-02-28"), "coupons_per_year": 4}
        assert fraction("2024-11-30", "2025-02-28", D.ACT_ACT_ICMA, **coupon) == Fraction(1, 4)
        with pytest.raises(InvalidValueError, match="coupon_period with end_of_month, found none"):
            fraction("2024-11-30", "2025-03-01", D.ACT_ACT_ICMA, **coupon)
        with pytest.raises(InvalidValueError, match="coupon_period with end_of_month, found none"):
            fraction("2024-11-29", "2025-02-28", D.ACT_ACT_ICMA, **coupon)
        quarter = Fraction(1, 4)
        kept = fraction("2024-11-30", "2025-03-01", D.ACT_ACT_ICMA, **coupon, end_of_month=True)
        assert kept == quarter + Fraction(1, 4 * 92)
        lost = fraction("2024-11-30", "2025-03-01", D.ACT_ACT_ICMA, **coupon, end_of_month=False)
        assert lost == quarter + Fraction(1, 4 * 89)

    def test_a_stub_is_not_a_coupon_period(self):
        stub = {"start": day("2002-08-15"), "end": day("2003-07-15"), "coupons_per_year": 2}
        with pytest.raises(InvalidValueError, match="a coupon period of 6 months"):
            fraction("2002-08-15", "2003-07-15", D.ACT_ACT_ICMA, **stub)

    @pytest.mark.parametrize(
        ("start", "end", "coupons"),
        [
            ("2025-02-28", "2025-08-31", 2),
            ("2025-02-28", "2025-08-28", 2),
            ("2024-08-31", "2025-02-28", 2),
            ("2024-02-29", "2025-02-28", 1),
            ("2023-02-28", "2024-02-29", 1),
            ("2025-01-31", "2025-02-28", 12),
        ],
    )
    def test_a_regular_period_may_be_counted_from_either_end(self, start, end, coupons):
        coupon = {"start": day(start), "end": day(end), "coupons_per_year": coupons}
        assert fraction(start, end, D.ACT_ACT_ICMA, **coupon) == Fraction(1, coupons)


class TestBusinessDays:
    def test_the_start_counts_and_the_end_does_not(self):
        friday, monday = "2025-01-03", "2025-01-06"
        assert counted(friday, monday, D.BUSINESS_252, calendar=Weekdays()) == 1
        assert fraction(friday, "2025-01-07", D.BUSINESS_252, calendar=Weekdays()) == Fraction(
            2, 252
        )
        assert counted("2025-01-04", monday, D.BUSINESS_252, calendar=Weekdays()) == 0

    @pytest.mark.parametrize("answer", [1.0, True, None, "1"])
    def test_a_calendar_answers_in_whole_days(self, answer):
        calendar = type("Odd", (), {"business_days_between": lambda *_: answer})()
        with pytest.raises(InvalidTypeError, match="calendar: expected a whole number of days"):
            counted("2025-01-03", "2025-01-06", D.BUSINESS_252, calendar=calendar)

    @pytest.mark.parametrize("answer", [-1, 4])
    def test_a_calendar_counts_no_more_days_than_there_are(self, answer):
        calendar = type("Odd", (), {"business_days_between": lambda *_: answer})()
        with pytest.raises(InvalidValueError, match="from 0 to 3 days in the period"):
            counted("2025-01-03", "2025-01-06", D.BUSINESS_252, calendar=calendar)

    def test_a_whole_number_of_another_type_will_do(self):
        numpy = pytest.importorskip("numpy")
        calendar = type("Odd", (), {"business_days_between": lambda *_: numpy.int64(3)})()
        found = counted("2025-01-03", "2025-01-06", D.BUSINESS_252, calendar=calendar)
        assert (found, type(found)) == (3, int)


class TestWhatIsRefused:
    @pytest.mark.parametrize("wrong", ["Act/360", 0, None, "act_360"])
    def test_a_name_is_no_convention(self, wrong):
        with pytest.raises(InvalidTypeError, match="a DayCount") as caught:
            year_fraction(day("2025-01-01"), day("2025-01-02"), day_count=wrong)
        assert caught.value.hint == 'Write DayCount.of("Act/360").'

    @pytest.mark.parametrize("field", ["start", "end"])
    @pytest.mark.parametrize("wrong", [datetime(2025, 1, 1), "2025-01-01", 20250101, 1.5, None])
    def test_only_a_date_is_a_date(self, field, wrong):
        given = {"start": day("2025-01-01"), "end": day("2025-01-02"), field: wrong}
        for verb in (year_fraction, day_ratio, day_difference):
            with pytest.raises(InvalidTypeError, match=f"{field} to be a date"):
                verb(given["start"], given["end"], day_count=D.ACT_360)

    @pytest.mark.parametrize(
        ("start", "end"), [("1899-12-31", "1900-01-01"), ("2200-12-31", "2201-01-01")]
    )
    def test_a_date_outside_the_calendar_is_refused(self, start, end):
        with pytest.raises(InvalidValueError, match="from 1900-01-01 to 2200-12-31"):
            fraction(start, end, D.ACT_360)

    @pytest.mark.parametrize("day_count", D, ids=str)
    def test_a_period_runs_forward(self, day_count):
        with pytest.raises(
            InvalidValueError, match="an end on or after 2025-01-02, found 2025-01-01"
        ):
            fraction("2025-01-02", "2025-01-01", day_count)

    @pytest.mark.parametrize("wrong", [(day("2025-01-01"), day("2025-07-01")), "P6M", {}])
    def test_a_coupon_period_is_a_record(self, wrong):
        with pytest.raises(InvalidTypeError, match="a CouponPeriod"):
            year_fraction(
                day("2025-01-01"), day("2025-01-02"), day_count=D.ACT_ACT_ICMA, coupon_period=wrong
            )

    @pytest.mark.parametrize(
        ("day_count", "field"),
        [
            (D.THIRTY_U_360, "end_of_month"),
            (D.THIRTY_E_360_ISDA, "maturity_date"),
            (D.ACT_365L, "end"),
            (D.ACT_365L, "coupons_per_year"),
            (D.ACT_ACT_ICMA, "start"),
            (D.ACT_ACT_ICMA, "end"),
            (D.ACT_ACT_ICMA, "coupons_per_year"),
            (D.BUSINESS_252, "calendar"),
        ],
        ids=str,
    )
    def test_what_is_missing_is_named_with_the_convention(self, day_count, field):
        whole = CouponPeriod(
            start=day("2025-01-15"),
            end=day("2025-07-15"),
            coupons_per_year=2,
            end_of_month=False,
            maturity_date=day("2030-01-15"),
            calendar=Weekdays(),
        )
        dates = day("2025-02-01"), day("2025-03-01")
        assert year_fraction(*dates, day_count=day_count, coupon_period=whole) > 0
        with pytest.raises(InvalidValueError) as caught:
            year_fraction(
                *dates, day_count=day_count, coupon_period=attrs.evolve(whole, **{field: None})
            )
        assert caught.value.where == f"day count {day_count.label}"
        assert caught.value.expected == f"coupon_period with {field}"
        assert caught.value.hint

    def test_what_is_not_needed_is_not_looked_at(self):
        found = fraction("2025-01-01", "2025-01-02", D.ACT_360, maturity_date=day("1990-01-01"))
        assert found == Fraction(1, 360)


class TestCouponPeriod:
    @pytest.mark.parametrize("field", ["start", "end", "maturity_date"])
    def test_its_dates_are_dates(self, field):
        for wrong in (datetime(2025, 1, 1), "2025-01-01", 1):
            with pytest.raises(InvalidTypeError, match=f"{field} to be a date"):
                CouponPeriod(**{field: wrong})
        with pytest.raises(InvalidValueError, match=field):
            CouponPeriod(**{field: date(2201, 1, 1)})

    @pytest.mark.parametrize("end", ["2025-01-15", "2025-01-14"])
    def test_it_ends_after_its_start(self, end):
        with pytest.raises(InvalidValueError, match="end: expected a day after 2025-01-15"):
            CouponPeriod(start=day("2025-01-15"), end=day(end))

    @pytest.mark.parametrize("wrong", [0, 5, 7, 24, -1])
    def test_a_coupon_is_of_whole_months(self, wrong):
        with pytest.raises(InvalidValueError, match="1, 2, 3, 4, 6 or 12"):
            CouponPeriod(coupons_per_year=wrong)

    @pytest.mark.parametrize("wrong", [2.0, True, "2"])
    def test_coupons_are_a_whole_number(self, wrong):
        with pytest.raises(InvalidTypeError, match="coupons_per_year: expected an int"):
            CouponPeriod(coupons_per_year=wrong)

    @pytest.mark.parametrize("wrong", [1, 0, "yes"])
    def test_the_rule_of_ends_of_months_is_a_bool(self, wrong):
        with pytest.raises(InvalidTypeError, match="end_of_month: expected a bool"):
            CouponPeriod(end_of_month=wrong)

    @pytest.mark.parametrize("wrong", [[], "NYSE", {date(2025, 1, 1)}])
    def test_a_calendar_counts_business_days(self, wrong):
        with pytest.raises(InvalidTypeError, match="business_days_between"):
            CouponPeriod(calendar=wrong)

    def test_it_cannot_be_changed_and_is_equal_by_value(self):
        coupon = CouponPeriod(start=day("2025-01-15"))
        assert coupon == CouponPeriod(start=day("2025-01-15"))
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            coupon.start = None


def test_conventions_have_values_codes_and_survive_pickling():
    assert [day_count.code for day_count in D] == list(range(24))
    assert [day_count.value for day_count in D] == [day_count.name.lower() for day_count in D]
    assert len({day_count.label for day_count in D}) == 24
    for day_count in D:
        assert D(day_count.value) is day_count
        assert pickle.loads(pickle.dumps(day_count)) is day_count
        assert str(day_count) == day_count.label
