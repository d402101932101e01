"""Flows that no rate can be asked of are refused, by the grammar of all errors."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from delinquency import InvalidTypeError, InvalidValueError
from delinquency import returns as rr

GRAMMAR = re.compile(r"(?s)(?P<where>.+?): expected (?P<expected>.+?), found (?P<found>.+)\.")
TYPE, VALUE = InvalidTypeError, InvalidValueError
JAN, FEB = date(2025, 1, 31), date(2025, 2, 28)
PAIR = [rr.CashFlow(JAN, -100), rr.CashFlow(FEB, 101)]
MONTHS = rr.IntervalRule.MONTHS


def european(flows):
    return rr.eu_annual_percentage_rate(flows, interval_rule=MONTHS)


def american(flows):
    return rr.us_annual_percentage_rate(flows, unit_period=rr.UnitPeriod(rr.PeriodUnit.MONTH))


ON_DATES = [rr.xirr, rr.all_rates_of_return, european, american]
NO_FLOWS = [
    ([], VALUE, "from 2 to 100,000 flows"),
    (PAIR[:1], VALUE, "from 2 to 100,000 flows"),
    ([rr.CashFlow(JAN, -100), rr.CashFlow(FEB, -5)], VALUE, "only negative"),
    ([rr.CashFlow(JAN, 100), rr.CashFlow(FEB, 0)], VALUE, "only positive"),
    ([rr.CashFlow(JAN, 0), rr.CashFlow(FEB, 0)], VALUE, "only zeros"),
    ([rr.CashFlow(JAN, -100), rr.CashFlow(JAN, 101)], VALUE, "all on 2025-01-31"),
    (
        [rr.CashFlow(JAN, -100), rr.CashFlow(JAN, 100), rr.CashFlow(FEB, 5)],
        VALUE,
        "only positive",
    ),
    ([*PAIR, None], TYPE, "CashFlow"),
    ([*PAIR, (JAN, 5)], TYPE, "CashFlow"),
    ("flows", TYPE, "iterable"),
    (7, TYPE, "iterable"),
]


@pytest.mark.parametrize("verb", ON_DATES)
@pytest.mark.parametrize(("flows", "kind", "says"), NO_FLOWS)
def test_flows_without_a_rate_are_refused(verb, flows, kind, says):
    if verb is rr.all_rates_of_return and flows == []:
        says = "from 2"
    with pytest.raises(kind, match=says) as told:
        verb(flows)
    assert GRAMMAR.match(str(told.value))


@pytest.mark.parametrize(
    ("day", "amount", "kind"),
    [
        (datetime(2025, 1, 31, 12), 1, TYPE),
        ("2025-01-31", 1, TYPE),
        (None, 1, TYPE),
        (date(1899, 12, 31), 1, VALUE),
        (date(2201, 1, 1), 1, VALUE),
        (JAN, 1.5, TYPE),
        (JAN, "1.50", TYPE),
        (JAN, True, TYPE),
        (JAN, None, TYPE),
        (JAN, Fraction(1, 2), TYPE),
        (JAN, Decimal("NaN"), VALUE),
        (JAN, Decimal("sNaN"), VALUE),
        (JAN, Decimal("-Infinity"), VALUE),
        (JAN, Decimal("1E+40"), VALUE),
        (JAN, Decimal("1E-41"), VALUE),
    ],
)
def test_what_is_no_cash_flow_is_refused(day, amount, kind):
    with pytest.raises(kind) as told:
        rr.CashFlow(day, amount)
    assert GRAMMAR.match(str(told.value))


@pytest.mark.parametrize(
    ("amounts", "kind", "says"),
    [
        ([], VALUE, "from 2"),
        ([-100], VALUE, "from 2"),
        ([-100, -5], VALUE, "only negative"),
        ([0, 0, 0], VALUE, "only zeros"),
        ([-100, 101.5], TYPE, "amount 2"),
        ([-100, Decimal("NaN")], VALUE, "amount 2"),
        ([-100, PAIR[1]], TYPE, "amount 2"),
        ("12", TYPE, "iterable"),
        (None, TYPE, "iterable"),
    ],
)
def test_amounts_without_a_rate_are_refused(amounts, kind, says):
    with pytest.raises(kind, match=says) as told:
        rr.irr(amounts)
    assert GRAMMAR.match(str(told.value))


def test_flows_and_amounts_do_not_mix():
    with pytest.raises(TYPE, match="cash flow 3"):
        rr.all_rates_of_return([*PAIR, 5])


@pytest.mark.parametrize("decimals", [-1, 41, 10**9])
def test_an_absurd_precision_is_refused(decimals):
    for verb in (rr.irr, rr.xirr, rr.all_rates_of_return):
        with pytest.raises(VALUE, match="decimals from 0 to 40"):
            verb([-1, 2] if verb is rr.irr else PAIR, decimals=decimals)
    for decimals_no_number in (2.0, "2", None, True):
        with pytest.raises(TYPE, match="decimals"):
            rr.irr([-1, 2], decimals=decimals_no_number)


@pytest.mark.parametrize(
    ("between", "kind"),
    [
        ((0.0, 1), TYPE),
        ((0, 1, 2), TYPE),
        ([0, 1], TYPE),
        (1, TYPE),
        ((1, 0), VALUE),
        ((1, 1), VALUE),
        ((Decimal("NaN"), 1), VALUE),
    ],
)
def test_what_is_no_range_is_refused(between, kind):
    with pytest.raises(kind):
        rr.irr([-1, 2], between=between)


@pytest.mark.parametrize("rate", [-1, -2, Decimal("-1.5")])
def test_nothing_is_discounted_at_a_rate_of_minus_one_hundred_per_cent(rate):
    with pytest.raises(VALUE, match="above -1"):
        rr.npv([1, 2], rate=rate)
    with pytest.raises(VALUE, match="above -1"):
        rr.xnpv(PAIR, rate=rate)


@pytest.mark.parametrize("rate", [0.1, "0.1", None, True])
def test_a_rate_of_a_wrong_type_is_refused(rate):
    with pytest.raises(TYPE, match="rate"):
        rr.npv([1, 2], rate=rate)


def test_a_value_is_of_a_date_and_periods_ahead_are_a_count():
    with pytest.raises(TYPE, match="valued_on"):
        rr.xnpv(PAIR, rate=0, valued_on=datetime(2025, 1, 1))
    with pytest.raises(VALUE, match="periods_ahead"):
        rr.npv([1, 2], rate=0, periods_ahead=-1)


@pytest.mark.parametrize(
    ("growth", "expected"),
    [
        ("0.0001", "-0.9999000000"),
        ("10001", "10000.0000000000"),
        ("1e13", "9999999999999.0000000000"),
    ],
)
def test_extreme_rates_are_told(growth, expected):
    assert rr.irr([-1, Decimal(growth)]) == Decimal(expected)
    assert rr.xirr(
        [rr.CashFlow(JAN, -1), rr.CashFlow(date(2026, 1, 31), Decimal(growth))]
    ) == Decimal(expected)
