"""Present values and rates of return: one, several, none, and how far away they may lie."""

from __future__ import annotations

import decimal
import itertools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from delinquency.errors import InvalidValueError
from delinquency.returns import CashFlow, all_rates_of_return, irr, npv, xirr, xnpv
from delinquency.returns.discounting import (
    discounted_sum,
    enclosed,
    is_zero_at,
    sign_at,
    sign_changes,
    with_simple_parts,
)
from delinquency.returns.isolation import LogSum, isolate
from delinquency.returns.valuing import rounded_value

START = date(2025, 1, 1)


def flows(*pairs: tuple[int, object]) -> list[CashFlow]:
    """Amounts by days after the start."""
    return [CashFlow(START + timedelta(days=days), Decimal(amount)) for days, amount in pairs]


@pytest.mark.parametrize(
    "rate",
    ["0", "0.1", "-0.5", "-0.9999", "10000", "0.0000000001", "0.12345678905", "-0.12345678905"],
)
def test_a_year_that_grows_by_a_rate_has_that_rate_rounded_half_away_from_zero(rate):
    exact = Decimal(rate)
    grown = (1 + exact) * 1000
    expected = exact.quantize(Decimal("1e-10"), rounding=decimal.ROUND_HALF_UP)
    assert irr([-1000, grown]) == expected
    assert xirr(flows((0, -1000), (365, grown))) == expected


@pytest.mark.parametrize("decimals", [0, 1, 10, 40])
def test_the_square_root_of_two_is_told_to_every_decimal(decimals):
    root = Decimal("1.41421356237309504880168872420969807856967187537694")
    with decimal.localcontext(prec=60, rounding=decimal.ROUND_HALF_UP):
        expected = (root - 1).quantize(Decimal(1).scaleb(-decimals))
    assert irr([-1, 0, 2], decimals=decimals) == expected


def test_a_rate_is_the_same_whatever_the_callers_decimal_context():
    loan = [-12000, *[1060] * 12]
    usual = irr(loan)
    with decimal.localcontext(decimal.Context(prec=2, traps=[decimal.Inexact, decimal.Rounded])):
        assert irr(loan) == usual
        assert xirr(flows((0, -1000), (100, 1080))).is_finite()
        assert npv(loan, rate=Fraction(1, 100), decimals=30).is_finite()
        assert xnpv(flows((0, -1000), (100, 1080)), rate=Fraction(1, 7), decimals=30).is_finite()


def test_a_tie_of_a_root_goes_away_from_zero_on_both_sides():
    assert irr([-2, Decimal("2.5")], decimals=1) == Decimal("0.3")
    assert irr([-2, Decimal("1.5")], decimals=1) == Decimal("-0.3")
    assert irr([-2, Decimal("1.1")], decimals=0) == Decimal(0)
    assert irr([-2, 3], decimals=0) == Decimal(1)
    assert irr([-2, 1], decimals=0) == Decimal(-1)


def test_flows_of_one_date_are_one_flow_and_flows_of_zero_are_none():
    plain = flows((0, -1000), (365, 1100))
    split = flows((0, -600), (365, 1100), (0, -400), (90, 0), (500, 70), (500, -70))
    assert xirr(split) == xirr(plain) == Decimal("0.1000000000")


def test_a_loan_of_one_day_grows_beyond_belief_and_is_told_all_the_same():
    assert xirr(flows((0, -100), (1, 101)), decimals=2) == Decimal("36.78")
    with pytest.raises(InvalidValueError, match=r"up to 10\*\*15, found one that is larger"):
        xirr(flows((0, -100), (1, 200)))
    with pytest.raises(InvalidValueError, match="nearer to -100 %"):
        xirr(flows((0, -200), (1, 100)))


def test_two_rates_are_refused_by_name_and_a_range_chooses():
    twice = [-100, 230, -132]
    with pytest.raises(InvalidValueError, match=r"found 2 rates: 0\.1000, 0\.2000") as told:
        irr(twice, decimals=4)
    assert "between=" in told.value.hint
    assert irr(twice, decimals=4, between=(0, Fraction(3, 20))) == Decimal("0.1000")
    assert irr(twice, decimals=4, between=(Decimal("0.2"), 1)) == Decimal("0.2000")
    with pytest.raises(InvalidValueError, match="narrower range"):
        irr(twice, between=(0, 1))
    with pytest.raises(InvalidValueError, match=r"from 0\.3 to 1, found none"):
        irr(twice, between=(Decimal("0.3"), 1))
    with pytest.raises(InvalidValueError, match="wider range"):
        irr(twice, between=(Decimal("0.1000001"), Decimal("0.1000002")))


def test_one_rate_outside_the_range_asked_for_is_refused():
    with pytest.raises(InvalidValueError, match=r"1 rate: 0\.1000000000 outside it"):
        irr([-100, 110], between=(Decimal("0.2"), 1))


def test_a_third_rate_far_away_is_told_in_words():
    day_after = flows((0, Decimal("0.01")), (1, -1000), (365, 1100))
    with pytest.raises(InvalidValueError, match=r"2 rates: .*one above 10\*\*15"):
        xirr(day_after)
    assert xirr(day_after, between=(-1, 10), decimals=4) == Decimal("0.1003")
    assert all_rates_of_return(day_after, between=(-1, 10), decimals=2) == (Decimal("0.10"),)
    with pytest.raises(InvalidValueError, match="found one that is larger"):
        all_rates_of_return(day_after)
    day_before = flows((0, -1000), (364, 1100), (365, Decimal("-0.01")))
    with pytest.raises(InvalidValueError, match="nearer to -100 %"):
        xirr(day_before)


def test_no_rate_is_no_rate():
    with pytest.raises(InvalidValueError, match="found none") as told:
        irr([100, -200, 150])
    assert "same sign" in told.value.hint
    assert all_rates_of_return([100, -200, 150]) == ()


@pytest.mark.parametrize("amounts", [[-100, 220, -121], [-1, 3, -3, 1, 1, -2, 1]])
def test_a_present_value_that_touches_zero_is_refused(amounts):
    with pytest.raises(InvalidValueError, match="touches zero|too near zero"):
        irr(amounts)
    with pytest.raises(InvalidValueError, match="touches zero|too near zero"):
        all_rates_of_return(amounts)


def test_a_near_miss_and_a_near_crossing_are_told_apart():
    assert all_rates_of_return([-1000000, 2200000, Decimal("-1210000.01")]) == ()
    low, high = all_rates_of_return([-1000000, 2200000, Decimal("-1209999.99")], decimals=6)
    assert low < Decimal("0.1") < high


def test_touching_beside_the_range_does_not_matter():
    """(1 + i - 1.1)² (1 + i - 3) = 0: touches at 10 %, crosses at 200 %."""
    amounts = [-100, 520, -781, 363]
    with pytest.raises(InvalidValueError, match="touches zero at a rate of 0.100000"):
        irr(amounts)
    assert irr(amounts, between=(1, 3), decimals=2) == Decimal("2.00")


def test_rates_that_the_decimals_do_not_tell_apart_are_refused():
    with pytest.raises(InvalidValueError, match="decimals tell apart"):
        all_rates_of_return([-100, Decimal("220.0001"), Decimal("-121.0001")], decimals=0)


def test_five_rates_are_all_found():
    """(x - 1.1)(x - 1.2)(x - 1.3)(x - 1.4)(x - 1.5), x = 1 + i."""
    coefficients = [Fraction(1)]
    for root in (11, 12, 13, 14, 15):
        shifted = [*coefficients, Fraction(0)]
        for place, value in enumerate(coefficients):
            shifted[place + 1] -= value * Fraction(root, 10)
        coefficients = shifted
    amounts = [Decimal(value.numerator) / value.denominator for value in coefficients]
    found = all_rates_of_return(amounts, decimals=3)
    assert found == tuple(Decimal(f"0.{n}00") for n in (1, 2, 3, 4, 5))


def test_a_present_value_is_the_sum_of_what_each_flow_is_worth():
    amounts = [100, 200, Decimal("300.50")]
    exact = sum(Fraction(a) / Fraction(21, 20) ** k for k, a in enumerate(amounts))
    assert npv(amounts, rate=Decimal("0.05"), decimals=30) == pytest.approx(Decimal(float(exact)))
    assert npv(amounts, rate=0) == Decimal("600.5")
    assert npv([0, 0], rate=1) == 0


def test_a_value_between_two_flows_grows_the_one_and_discounts_the_other():
    year = flows((0, -100), (730, 121))
    middle = START + timedelta(days=365)
    assert xnpv(year, rate=Decimal("0.1"), valued_on=middle, decimals=6) == 0
    assert xnpv(year, rate=Decimal("0.1"), valued_on=START + timedelta(days=1460)) == 0
    with pytest.raises(InvalidValueError, match="at least one flow"):
        xnpv([], rate=0)


def test_an_irrational_discount_factor_is_compared_exactly():
    """Over half a year at 21 % the factor is 1.1; at 20 % it is no fraction."""
    half = discounted_sum([Decimal(-10), Decimal(11)], [Fraction(0), Fraction(1, 2)])
    assert is_zero_at(half, Fraction(121, 100))
    assert sign_at(half, Fraction(121, 100)) == 0
    assert not is_zero_at(half, Fraction(6, 5))
    mixed = discounted_sum(
        [Decimal(-100), Decimal(7), Decimal(120), Decimal("-8.4")],
        [Fraction(0), Fraction(1, 3), Fraction(1), Fraction(4, 3)],
    )
    assert is_zero_at(mixed, Fraction(6, 5))
    low, high = enclosed(mixed, Fraction(6, 5), 50)
    assert low <= 0 <= high
    assert high - low < Decimal("1e-40")


def test_a_tie_of_a_value_is_decided_exactly():
    assert rounded_value(
        [Decimal("0.55")], [Fraction(1, 2)], growth=Fraction(121, 100), decimals=0
    ) == Decimal(1)
    assert rounded_value(
        [Decimal("-0.55")], [Fraction(1, 2)], growth=Fraction(121, 100), decimals=0
    ) == Decimal(-1)


def test_signs_change_in_order_of_time():
    total = discounted_sum(
        [Decimal(1), Decimal(-1), Decimal(1)], [Fraction(2), Fraction(0), Fraction(1)]
    )
    assert sign_changes(total) == 1
    assert isolate(discounted_sum([Decimal(1), Decimal(2)], [Fraction(0), Fraction(1)])) == ([], [])


@pytest.mark.parametrize("amounts", [(-100, 260, -163), (-100, 230, -132), (100, -300, 201)])
@pytest.mark.parametrize("parts", [("1/3", "1/2"), ("9/10", "1/10"), ("0", "4/5")])
def test_simple_interest_in_a_fraction_of_a_period_may_cross_more_than_once(amounts, parts):
    """Advances before and after a payment: as many crossings as a fine net catches."""
    first, second = map(Fraction, parts)
    total = with_simple_parts(
        list(map(Decimal, amounts)), [(0, Fraction(0)), (1, first), (2, second)]
    )

    def value(rate: Fraction) -> Fraction:
        a, b, c = amounts
        growth = 1 + rate
        return a + b / ((1 + first * rate) * growth) + c / ((1 + second * rate) * growth**2)

    net = [value(Fraction(step, 200) - Fraction(199, 200)) for step in range(1200)]
    caught = sum((one > 0) != (other > 0) for one, other in itertools.pairwise(net))
    crossings, unresolved = isolate(total)
    assert not unresolved
    assert len(crossings) == caught


def test_within_one_unit_period_the_edge_is_looked_at_as_far_as_floats_reach():
    far = with_simple_parts(
        [Decimal(-100), Decimal(230), Decimal(-50)],
        [(0, Fraction(0)), (0, Fraction(1, 3)), (0, Fraction(1, 2))],
    )
    crossings, unresolved = isolate(far)
    assert (len(crossings), unresolved) == (1, [])


def test_so_far_away_that_one_side_vanishes_the_other_side_is_told():
    year = discounted_sum([Decimal(-1), Decimal(2)], [Fraction(0), Fraction(1)])
    view = LogSum(year)
    assert view.log_ratio(2_000.0)[0] == -float("inf")
    assert view.log_ratio(-2_000.0)[0] == float("inf") or view.log_ratio(-2_000.0)[0] > 700


def test_a_step_that_stands_still_has_arrived():
    grown = flows((0, -19), (1, 1), (48, 194))
    assert xirr(grown, decimals=2) == Decimal("69611320.99")
