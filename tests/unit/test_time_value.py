"""Level payments and the five numbers that tie them together."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from delinquency import returns as rr
from delinquency.errors import InvalidTypeError, InvalidValueError

MONTH = Fraction(6, 1200)
START = rr.PaymentTiming.START


def test_at_a_rate_of_zero_everything_is_a_sum():
    plan = {"rate": 0, "instalment_count": 4}
    assert rr.level_payment(**plan, present_value=100) == -25
    assert rr.present_value(**plan, payment=-25) == 100
    assert rr.future_value(**plan, payment=-25, present_value=100) == 0
    assert rr.payment_count(rate=0, payment=-25, present_value=100) == 4
    assert rr.period_rate(instalment_count=4, payment=-25, present_value=100) == 0
    assert rr.interest_part(**plan, payment_no=2, present_value=100) == 0


def test_a_payment_at_the_start_bears_a_period_less_of_interest():
    end = rr.level_payment(rate=MONTH, instalment_count=12, present_value=1000, decimals=30)
    start = rr.level_payment(
        rate=MONTH, instalment_count=12, present_value=1000, timing=START, decimals=30
    )
    assert abs(start * (1 + Decimal("0.005")) - end) < Decimal("1e-25")
    first = rr.interest_part(
        rate=MONTH, payment_no=1, instalment_count=12, present_value=1000, timing=START
    )
    assert first == 0


def test_the_first_payment_bears_a_period_of_interest_and_the_last_repays_the_rest():
    plan = {"rate": MONTH, "instalment_count": 12, "present_value": 1000, "decimals": 12}
    assert rr.interest_part(**plan, payment_no=1) == -5
    principal = [rr.principal_part(**plan, payment_no=number) for number in range(1, 13)]
    assert abs(sum(principal) + 1000) < Decimal("1e-10")


def test_parts_add_up_over_any_run_of_payments():
    plan = {"rate": MONTH, "instalment_count": 12, "present_value": 1000, "decimals": 6}
    interest = rr.cumulative_interest(**plan, first_payment=3, last_payment=7)
    principal = rr.cumulative_principal(**plan, first_payment=3, last_payment=7)
    payment = rr.level_payment(rate=MONTH, instalment_count=12, present_value=1000, decimals=30)
    assert abs(interest + principal - 5 * payment) < Decimal("2e-6")


def test_the_rate_of_a_payment_that_was_rounded_is_not_the_rate_of_the_loan():
    payment = rr.level_payment(rate=MONTH, instalment_count=12, present_value=1000, decimals=2)
    rate = rr.period_rate(instalment_count=12, payment=payment, present_value=1000)
    assert rate != Decimal("0.005")
    assert abs(rate - Decimal("0.005")) < Decimal("1e-5")


def test_a_rate_of_a_plan_in_advance_and_with_a_balloon():
    payment = rr.level_payment(
        rate=MONTH,
        instalment_count=12,
        present_value=1000,
        future_value=-200,
        timing=START,
        decimals=40,
    )
    rate = rr.period_rate(
        instalment_count=12,
        payment=payment,
        present_value=1000,
        future_value=-200,
        timing=START,
        periods_per_year=12,
    )
    assert rate == Decimal("0.06")


@pytest.mark.parametrize("decimals", [0, 3, 10])
def test_a_whole_count_comes_back_whole(decimals):
    payment = -Fraction(1000) * MONTH / (1 - (1 + MONTH) ** -12)
    assert payment
    count = rr.payment_count(
        rate=Fraction(1, 10), payment=-121, present_value=Decimal("210"), decimals=decimals
    )
    assert count == 2


def test_a_count_of_half_a_period_is_decided_exactly():
    """1.21 to the power of one half is 1.1: the count is 0.5 and rounds to 1."""
    assert rr.payment_count(
        rate=Fraction(21, 100), payment=0, present_value=10, future_value=-11, decimals=0
    ) == Decimal(1)
    assert rr.payment_count(
        rate=Fraction(21, 100), payment=0, present_value=11, future_value=-10, decimals=0
    ) == Decimal(-1)


def test_a_count_at_a_negative_rate_and_a_count_of_nothing():
    count = rr.payment_count(rate=Fraction(-1, 10), payment=0, present_value=-100, future_value=81)
    assert count == 2
    assert rr.payment_count(rate=MONTH, payment=-10, present_value=50, future_value=-50) == 0
    assert rr.payment_count(rate=MONTH, payment=-10, present_value=0) == 0


@pytest.mark.parametrize(
    "given",
    [
        {"rate": MONTH, "payment": -5, "present_value": 1000},
        {"rate": MONTH, "payment": -4, "present_value": 1000},
        {"rate": 0, "payment": 0, "present_value": 1000},
    ],
)
def test_payments_that_repay_nothing_never_end(given):
    with pytest.raises(InvalidValueError, match="never do"):
        rr.payment_count(**given)


def test_several_rates_of_a_plan_are_refused():
    with pytest.raises(InvalidValueError, match="found 2 rates"):
        rr.period_rate(instalment_count=2, payment=230, present_value=-100, future_value=-362)


@pytest.mark.parametrize(
    "given",
    [
        {"rate": -1},
        {"rate": Decimal("NaN")},
        {"instalment_count": 0},
        {"instalment_count": 10_001},
        {"present_value": Decimal("Infinity")},
        {"decimals": 41},
    ],
)
def test_numbers_out_of_bounds_are_refused(given):
    plan = {"rate": MONTH, "instalment_count": 12, "present_value": 1000, **given}
    with pytest.raises(InvalidValueError, match="level_payment"):
        rr.level_payment(**plan)


@pytest.mark.parametrize(
    "given",
    [
        {"rate": 0.005},
        {"instalment_count": 12.0},
        {"instalment_count": True},
        {"present_value": 1000.0},
        {"present_value": "1000"},
        {"timing": 1},
        {"decimals": "2"},
    ],
)
def test_wrong_types_are_refused(given):
    plan = {"rate": MONTH, "instalment_count": 12, "present_value": 1000, **given}
    with pytest.raises(InvalidTypeError, match="level_payment"):
        rr.level_payment(**plan)


def test_payments_outside_the_plan_are_refused():
    plan = {"rate": MONTH, "instalment_count": 12, "present_value": 1000}
    with pytest.raises(InvalidValueError, match="payment_no from 1 to 12"):
        rr.interest_part(**plan, payment_no=13)
    with pytest.raises(InvalidValueError, match="last_payment from 5 to 12"):
        rr.cumulative_interest(**plan, first_payment=5, last_payment=4)
    with pytest.raises(InvalidValueError, match="both signs"):
        rr.period_rate(instalment_count=12, payment=100, present_value=1000)


def test_effective_and_nominal_rates():
    assert rr.effective_rate(Decimal("0.12"), periods_per_year=12, decimals=8) == Decimal(
        "0.12682503"
    )
    assert rr.nominal_rate(Decimal("0.12682503"), periods_per_year=12, decimals=7) == Decimal(
        "0.1200000"
    )
    assert rr.nominal_rate(Decimal("-0.19"), periods_per_year=2, decimals=1) == Decimal("-0.2")
    assert rr.nominal_rate(0, periods_per_year=365) == 0
    assert rr.nominal_rate(Decimal("1000000"), periods_per_year=8784, decimals=2).is_finite()
    for rate in (-2, -3):
        with pytest.raises(InvalidValueError, match="above -2"):
            rr.effective_rate(rate, periods_per_year=2)
    with pytest.raises(InvalidValueError, match="above -1"):
        rr.nominal_rate(-1, periods_per_year=2)
    with pytest.raises(InvalidValueError, match="from 1 to 8784"):
        rr.nominal_rate(1, periods_per_year=0)
    with pytest.raises(InvalidValueError, match="numbers of at most 80 digits"):
        rr.effective_rate(Fraction(1, 10**81), periods_per_year=2)
