"""What every rate of return obeys, asked of a reckoning that shares no code with the library."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from decimal import Context, Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from delinquency import InvalidValueError
from delinquency import returns as rr
from tests.strategies_internal import FEW, MANY

ORACLE = Context(prec=90)
START = date(2024, 2, 29)
UNIT = Decimal("1e-10")

cents = st.integers(-10_000_000, 10_000_000).map(lambda minor: Decimal(minor).scaleb(-2))
payments = st.integers(1, 10_000_000).map(lambda minor: Decimal(minor).scaleb(-2))
gaps = st.sampled_from((1, 7, 14, 28, 29, 30, 31, 90, 365, 366))
rates = st.one_of(
    st.decimals("-0.99", "5", places=6), st.decimals("0.01", "0.4", places=4), st.just(Decimal(0))
)


@st.composite
def loans(draw) -> list[rr.CashFlow]:
    """One advance or two, then payments: one rate."""
    day, flows = START, []
    for number in range(draw(st.integers(1, 2))):
        flows.append(rr.CashFlow(day + timedelta(days=number), -draw(payments)))
    day += timedelta(days=1)
    for gap in draw(st.lists(gaps, min_size=1, max_size=24)):
        day += timedelta(days=gap)
        flows.append(rr.CashFlow(day, draw(payments)))
    return flows


@st.composite
def mixed_flows(draw) -> list[rr.CashFlow]:
    """Flows of any sign on any date."""
    day, flows = START, []
    for gap in draw(st.lists(st.integers(0, 800), min_size=2, max_size=8)):
        day += timedelta(days=gap)
        flows.append(rr.CashFlow(day, draw(cents)))
    return flows


def value_of(flows: list[rr.CashFlow], rate: Fraction) -> Decimal:
    """The present value, term by term, as a formula says it: ninety digits."""
    growth = ORACLE.divide(Decimal(rate.numerator + rate.denominator), Decimal(rate.denominator))
    first = min(flow.date for flow in flows)
    total = Decimal(0)
    for flow in flows:
        years = ORACLE.divide(Decimal((flow.date - first).days), Decimal(365))
        total = ORACLE.add(total, ORACLE.divide(flow.amount, ORACLE.power(growth, years)))
    return total


def asked(flows: list[rr.CashFlow], **more: object) -> Decimal:
    try:
        return rr.xirr(flows, **more)
    except InvalidValueError:
        assume(False)
        raise


@MANY
@given(loans(), st.integers(0, 20))
def test_the_present_value_changes_sign_within_half_a_unit_of_the_rate(flows, decimals):
    """Law: a rate is the root, rounded: the present value has opposite signs on both sides of it."""
    rate = Fraction(asked(flows, decimals=decimals))
    half = Fraction(1, 2 * 10**decimals)
    assume(rate - half > -1)
    below, above = value_of(flows, rate - half), value_of(flows, rate + half)
    assert below * above <= 0
    assert below >= 0 >= above


@FEW
@given(mixed_flows())
def test_every_rate_that_a_net_catches_is_found(flows):
    """Law: between two points at which the present value differs in sign lies a rate that is listed.

    And no more rates are listed than the amounts change sign, to which they differ by an even number.
    """
    try:
        found = rr.all_rates_of_return(flows, decimals=20, between=(Fraction(-9, 10), 50))
    except InvalidValueError:
        assume(False)
    points = [Fraction(step, 7) for step in range(-6, 60)]
    values = [value_of(flows, point) for point in points]
    for low, high, one, other in zip(points, points[1:], values, values[1:], strict=False):
        inside = sum(low < rate < high for rate in found)
        assert inside % 2 == (one * other < 0)
    for rate in found:
        exact, step = Fraction(rate), Fraction(1, 10**20)
        assert value_of(flows, exact - step) * value_of(flows, exact + step) <= 0


@MANY
@given(mixed_flows())
def test_one_rate_is_answered_and_any_other_number_is_refused(flows):
    """Law: the verb for one rate answers exactly where the list of all rates holds one."""
    try:
        found = rr.all_rates_of_return(flows)
    except InvalidValueError:
        assume(False)
    if len(found) == 1:
        assert rr.xirr(flows) == found[0]
    else:
        with pytest.raises(InvalidValueError, match="exactly one rate"):
            rr.xirr(flows)


@FEW
@given(loans(), st.decimals("0.01", "1000", places=2))
def test_scaling_the_amounts_changes_nothing(flows, factor):
    """Law: a loan of any multiple has the same rate."""
    scaled = [rr.CashFlow(flow.date, flow.amount * factor) for flow in flows]
    assert asked(scaled) == asked(flows)


@FEW
@given(loans(), st.integers(-20_000, 20_000))
def test_moving_all_dates_changes_nothing(flows, days):
    """Law: Act/365 Fixed sees days between dates, never the dates."""
    moved = [rr.CashFlow(flow.date + timedelta(days=days), flow.amount) for flow in flows]
    assert asked(moved) == asked(flows)


@FEW
@given(mixed_flows(), st.randoms(use_true_random=False))
def test_the_borrower_and_the_order_of_the_list_find_the_same_rates(flows, random):
    """Law: opposite signs, and any order, have the same rates."""
    other = [rr.CashFlow(flow.date, -flow.amount) for flow in flows]
    random.shuffle(other)
    try:
        expected = rr.all_rates_of_return(flows)
    except InvalidValueError:
        assume(False)
    assert rr.all_rates_of_return(other) == expected


@FEW
@given(loans(), st.integers(0, 39))
def test_fewer_decimals_are_the_rounding_of_more(flows, decimals):
    """Law: an answer of few decimals is an answer of many, rounded once."""
    few, many = asked(flows, decimals=decimals), asked(flows, decimals=40)
    assert abs(few - many) <= Decimal(1).scaleb(-decimals) / 2


@FEW
@given(rates, st.sampled_from((1, 2, 4, 12, 52, 365)))
def test_an_effective_rate_comes_back_from_its_nominal_one(rate, periods):
    """Law: to the nominal rate and back changes no decimal that both could tell."""
    nominal = rr.nominal_rate(rate, periods_per_year=periods, decimals=40)
    back = rr.effective_rate(nominal, periods_per_year=periods, decimals=30)
    assert back == rate


@FEW
@given(
    st.integers(1, 60_000_000),
    st.integers(2, 120),
    st.decimals("0.0001", "0.05", places=6),
    st.sampled_from(rr.PaymentTiming),
)
def test_the_rate_of_a_level_payment_loan_is_its_rate_a_period(minor, count, rate, timing):
    """Law: rate → payment → rate is the identity, to the decimals that the payment carries."""
    principal = Decimal(minor).scaleb(-2)
    plan = {"instalment_count": count, "present_value": principal, "timing": timing}
    payment = rr.level_payment(rate=rate, **plan, decimals=40)
    assert rr.period_rate(payment=payment, **plan) == rate
    if timing is rr.PaymentTiming.END:
        assert rr.irr([-principal, *[-payment] * count]) == rate
    counted = rr.payment_count(
        rate=rate, payment=payment, present_value=principal, timing=timing, decimals=8
    )
    assert counted == count


@FEW
@given(
    st.decimals("0.0001", "0.05", places=6),
    st.integers(1, 60),
    st.integers(-10_000, 10_000),
    st.integers(-10_000, 10_000),
    st.sampled_from(rr.PaymentTiming),
)
def test_present_and_future_value_undo_each_other(rate, count, payment, now, timing):
    """Law: what a present value grows to, discounted, is the present value."""
    plan = {"rate": rate, "instalment_count": count, "payment": payment, "timing": timing}
    then = rr.future_value(**plan, present_value=now, decimals=40)
    assert rr.present_value(**plan, future_value=then, decimals=20) == now


@FEW
@given(st.lists(payments, min_size=1, max_size=24), st.decimals("0", "0.1", places=6), st.data())
def test_an_actuarial_rebate_shrinks_with_time_and_ends_at_nothing(plan, rate, data):
    """Law: a rebate is at most what it was a period before, and 0 at the end."""
    paid = data.draw(st.integers(0, len(plan) - 1))
    now = rr.actuarial_rebate(plan, paid_count=paid, rate=rate, decimals=20)
    later = rr.actuarial_rebate(plan, paid_count=paid + 1, rate=rate, decimals=20)
    assert now >= later >= 0
    assert rr.actuarial_rebate(plan, paid_count=len(plan), rate=rate) == 0


@FEW
@given(payments, st.integers(1, 120))
def test_the_parts_of_the_rule_of_78_add_up_to_the_charge(charge, count):
    """Law: the rebate falls by n, n - 1, ..., 1 parts, from the whole charge to nothing."""
    rebates = [
        Fraction(rr.rule_of_78_rebate(charge, instalment_count=count, paid_count=paid, decimals=30))
        for paid in range(count + 1)
    ]
    part = Fraction(charge) * 2 / (count * (count + 1))
    assert rebates[0] == Fraction(charge)
    assert rebates[-1] == 0
    for number, (one, other) in enumerate(itertools.pairwise(rebates)):
        assert abs(one - other - part * (count - number)) <= Fraction(1, 10**29)


@FEW
@given(
    st.integers(1, 5_000_000), st.integers(2, 60), st.decimals("0.01", "0.9", places=4), st.data()
)
def test_the_british_rebate_is_the_actuarial_one_where_the_rate_is_not_rounded(
    minor, count, annual, data
):
    """Law: for a loan that its own rate balances, both methods leave the same debt."""
    principal = Decimal(minor).scaleb(-2)
    elapsed = data.draw(st.integers(0, count))
    rate = rr.nominal_rate(annual, periods_per_year=12, decimals=40) / 12
    rate = rate.quantize(Decimal("1e-20"))
    payment = -rr.level_payment(
        rate=rate, instalment_count=count, present_value=principal, decimals=40
    )
    british = rr.uk_early_settlement_rebate(
        principal,
        [payment] * count,
        annual_rate=annual,
        elapsed_periods=elapsed,
        rate_decimals=20,
        decimals=6,
    )
    actuarial = rr.actuarial_rebate([payment] * count, paid_count=elapsed, rate=rate, decimals=6)
    assert abs(british - actuarial) <= Decimal("1e-6")


@FEW
@given(payments, st.lists(payments, min_size=1, max_size=24))
def test_amortised_cost_adds_up_row_by_row_and_ends_at_nothing(carried, cash):
    """Law: opening + interest - cash = closing; all interest is all cash less the first amount."""
    try:
        table = rr.amortised_cost_table(carried, cash)
    except InvalidValueError:
        assume(False)
    assert table[0].opening == carried
    assert table[-1].closing == 0
    assert all(row.opening + row.interest - row.cash == row.closing for row in table)
    assert sum(row.interest for row in table) == sum(cash) - carried


@MANY
@given(
    st.dates(date(1990, 1, 1), date(2060, 1, 1)),
    st.integers(0, 4_000),
    st.sampled_from(rr.IntervalRule),
)
def test_an_interval_covers_the_days_between_once(start, days, rule):
    """Law: whole periods counted back, then the days left, lead from the end to the start.

    The days left are fewer than a period, and a year of anything is at most a day and a half away from
    the days over 365.25.
    """
    end = start + timedelta(days=days)
    found = rr.apr_interval(start, end, interval_rule=rule)
    longest = {"years": 366, "months": 31, "weeks": 7, "days": days + 1}[rule.value]
    assert 0 <= found.residual_days < longest
    assert found.year_length in (365, 366)
    slack = Fraction(2 * (days // 365 + 2), 365)
    assert abs(found.years - Fraction(days, 365)) <= slack


@MANY
@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 240))
def test_whole_months_after_a_drawdown_are_whole_months(start, months):
    """Law: a payment so many months after the drawdown, clamped or not, is so many months away."""
    from delinquency.calendar import add_months

    found = rr.apr_interval(start, add_months(start, months), interval_rule=rr.IntervalRule.MONTHS)
    assert (found.whole_periods, found.residual_days) == (months, 0)
