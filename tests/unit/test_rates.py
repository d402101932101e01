"""A rate is whole in hundred-millionths and knows its period."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import RATE_SCALE, Rate, RatePeriod
from delinquency.rounding import Proportion

LIMITS = {
    RatePeriod.YEAR: 400_000_000,
    RatePeriod.MONTH: 33_333_333,
    RatePeriod.DAY: 1_095_890,
}
MAKERS = {
    RatePeriod.YEAR: Rate.per_year,
    RatePeriod.MONTH: Rate.per_month,
    RatePeriod.DAY: Rate.per_day,
}
RATES = st.sampled_from(RatePeriod).flatmap(
    lambda period: st.builds(Rate, st.integers(-LIMITS[period], LIMITS[period]), st.just(period))
)


@pytest.mark.parametrize("period", RatePeriod)
@pytest.mark.parametrize(
    "value", ["0.0005", Decimal("0.0005"), Decimal("5E-4"), Decimal("0.00050")]
)
def test_a_rate_is_counted_in_hundred_millionths_of_its_period(period, value):
    rate = MAKERS[period](value)
    assert (rate.scaled, rate.period) == (50_000, period)


def test_a_whole_number_is_a_multiple_of_one_hundred_per_cent():
    assert Rate.per_year(1).scaled == RATE_SCALE == 10**8
    assert Rate.per_year(0).scaled == 0


@given(rate=RATES)
def test_a_percentage_is_a_hundred_times_the_fraction(rate):
    """Law: ``percent(100 x, per=p)`` is the rate of the fraction ``x`` a ``p``."""
    percentage = Decimal(rate.scaled).scaleb(-6)
    assert Rate.percent(percentage, per=rate.period) == rate
    assert Rate.percent(f"{percentage:f}", per=rate.period) == rate


def test_a_percentage_is_a_year_unless_said_otherwise():
    assert Rate.percent("3.45") == Rate.per_year("0.0345")
    assert Rate.percent(400).scaled == 4 * RATE_SCALE


@pytest.mark.parametrize(
    ("value", "per", "kind", "message"),
    [
        ("400.000001", RatePeriod.YEAR, InvalidValueError, "at most 400 % a year"),
        ("33.333334", RatePeriod.MONTH, InvalidValueError, "at most 400 % a year"),
        ("0.0000001", RatePeriod.YEAR, InvalidValueError, "at most six decimals"),
        ("4.35%", RatePeriod.YEAR, InvalidValueError, "Leave out the sign"),
        ("4,35", RatePeriod.YEAR, InvalidValueError, "plain decimal notation"),
        (4.35, RatePeriod.YEAR, InvalidTypeError, 'from a string, "4.35"'),
        (True, RatePeriod.YEAR, InvalidTypeError, "a Decimal or an int"),
        ("4.35", "year", InvalidTypeError, "a RatePeriod"),
    ],
)
def test_what_is_no_percentage_is_refused(value, per, kind, message):
    with pytest.raises(kind, match=message):
        Rate.percent(value, per=per)


def test_a_float_is_told_that_text_is_allowed():
    with pytest.raises(InvalidTypeError, match='an int or a text, .*"0.052"'):
        Rate.per_year(0.052)


@given(rate=RATES)
def test_a_rate_comes_back_from_its_decimal(rate):
    value = rate.as_decimal()
    assert Fraction(value) == Fraction(rate.scaled, 10**8)
    assert MAKERS[rate.period](value) == rate
    assert MAKERS[rate.period](f"{value:f}") == rate


@given(rate=RATES)
def test_the_callers_decimal_context_has_no_influence(rate):
    value, text = rate.as_decimal(), str(rate)
    hostile = decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded])
    with decimal.localcontext(hostile):
        assert MAKERS[rate.period](value) == rate
        assert rate.as_decimal().as_tuple() == value.as_tuple()
        assert str(rate) == text
        assert rate.times(Decimal(1)) == rate


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        (Rate.per_year("0.0435"), "4.35 % a year"),
        (Rate.per_month("0.01"), "1 % a month"),
        (Rate.per_day("0.0005"), "0.05 % a day"),
        (Rate.per_year("-0.005"), "-0.5 % a year"),
        (Rate.per_year(4), "400 % a year"),
        (Rate.per_year(0), "0 % a year"),
        (Rate.per_year("0.00000001"), "0.000001 % a year"),
        (Rate.per_year("0.1"), "10 % a year"),
    ],
)
def test_a_rate_is_written_as_a_percentage_with_its_period(rate, text):
    assert str(rate) == text


def test_the_decimal_of_a_rate_has_no_trailing_zeros():
    assert str(Rate.per_year("0.0500").as_decimal()) == "0.05"
    assert str(Rate.per_year("4.0").as_decimal()) == "4"
    assert str(Rate.per_year("-0.5").as_decimal()) == "-0.5"


@pytest.mark.parametrize("value", ["0.000000001", Decimal("0.123456789"), Decimal("1E-50")])
def test_a_rate_finer_than_one_hundred_millionth_is_refused(value):
    with pytest.raises(InvalidValueError, match="at most eight decimals"):
        Rate.per_year(value)


@pytest.mark.parametrize("maker", MAKERS.values())
@pytest.mark.parametrize("value", [0.0435, True, None, Fraction(1, 4)])
def test_a_rate_is_not_made_of_floats_or_anything_else(maker, value):
    with pytest.raises(InvalidTypeError, match="product 'p': expected value to be a Decimal"):
        maker(value, where="product 'p'")


def test_the_hint_for_a_float_is_to_start_from_text():
    with pytest.raises(InvalidTypeError, match="from a string"):
        Rate.per_year(0.0435)


@pytest.mark.parametrize("text", ["4.35%", "", "0,0435", "4e-2", "NaN"])
def test_text_in_another_notation_is_refused(text):
    with pytest.raises(InvalidValueError, match="plain decimal notation"):
        Rate.per_year(text)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("period", RatePeriod)
def test_four_hundred_per_cent_a_year_is_the_most_for_every_period(period, sign):
    limit = LIMITS[period]
    assert Rate(sign * limit, period).scaled == sign * limit
    with pytest.raises(InvalidValueError, match="at most 400 % a year"):
        Rate(sign * (limit + 1), period)
    beyond = Decimal(sign * (limit + 1)).scaleb(-8)
    with pytest.raises(InvalidValueError, match="at most 400 % a year") as caught:
        MAKERS[period](beyond, where="product 'p'")
    assert caught.value.where == "product 'p'"


@pytest.mark.parametrize(
    "value", [Decimal("1E39"), Decimal("1E999999"), Decimal("Infinity"), 10**50]
)
def test_an_absurd_rate_is_refused_at_once(value):
    with pytest.raises(InvalidValueError):
        Rate.per_year(value)


@pytest.mark.parametrize("scaled", [0.05, True, "0.05", Decimal(5)])
def test_the_parts_of_a_rate_have_their_types(scaled):
    with pytest.raises(InvalidTypeError, match="whole number of 1e-8"):
        Rate(scaled, RatePeriod.YEAR)


def test_a_period_is_not_a_text():
    with pytest.raises(InvalidTypeError, match="a RatePeriod"):
        Rate(5, "year")


def test_the_penalty_rate_is_the_contract_rate_times_one_and_a_half():
    contract = Rate.per_year("0.0435")
    assert contract.times("1.5") == Rate.per_year("0.06525")
    assert contract.times(Decimal("1.5")) == contract.times(Proportion(3, 2))
    assert contract.times(2) == Rate.per_year("0.087")
    assert contract.times(0) == Rate.per_year(0)
    assert Rate.per_day("0.0005").times(2).period is RatePeriod.DAY


@given(rate=RATES, factor=st.decimals(0, 2, places=3))
def test_a_product_is_exact_or_refused(rate, factor):
    exact = rate.scaled * Fraction(factor)
    if exact.denominator == 1 and abs(exact) <= LIMITS[rate.period]:
        assert rate.times(factor) == Rate(int(exact), rate.period)
    else:
        with pytest.raises(InvalidValueError):
            rate.times(factor)


def test_a_product_that_is_not_whole_says_how_to_go_on():
    with pytest.raises(InvalidValueError) as caught:
        Rate.per_year("0.00000001").times("1.5", where="product 'p'")
    assert caught.value.where == "product 'p'"
    assert caught.value.found == "3/2 of 1e-8"
    assert "give the rounded rate" in caught.value.hint


@pytest.mark.parametrize("factor", ["-1", Decimal("-0.5"), "150%", Decimal("NaN")])
def test_a_factor_is_a_plain_number_of_zero_or_more(factor):
    with pytest.raises(InvalidValueError, match=r"product 'p'.*factor"):
        Rate.per_year("0.05").times(factor, where="product 'p'")


def test_a_factor_is_no_float():
    with pytest.raises(InvalidTypeError, match="factor to be a Decimal or an int"):
        Rate.per_year("0.05").times(1.5)


def test_a_product_and_a_sum_stay_within_the_bound():
    with pytest.raises(InvalidValueError, match="product 'p': expected at most 400 %"):
        Rate.per_year("2.1").times(2, where="product 'p'")
    with pytest.raises(InvalidValueError, match="product 'p': expected at most 400 %"):
        Rate.per_year(4).plus(Rate.per_year("0.00000001"), where="product 'p'")


def test_a_margin_adds_to_a_reference_rate_of_the_same_period():
    assert Rate.per_year("0.031").plus(Rate.per_year("0.005")) == Rate.per_year("0.036")
    assert Rate.per_year("0.031").plus(Rate.per_year("-0.005")) == Rate.per_year("0.026")
    with pytest.raises(InvalidValueError, match=r"a margin per year, found 0\.5 % a month"):
        Rate.per_year("0.031").plus(Rate.per_month("0.005"))


def test_rates_of_different_periods_are_never_equal():
    assert Rate.per_year("0.0") != Rate.per_month("0.0")
    assert Rate.per_year("0.05") == Rate.per_year(Decimal("0.050"))


def test_a_rate_cannot_be_changed():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Rate.per_year("0.05").scaled = 3
