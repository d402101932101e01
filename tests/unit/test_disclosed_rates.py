"""Annual percentage rates, the time they measure, effective interest and rebates."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from delinquency import returns as rr
from delinquency.errors import InvalidTypeError, InvalidValueError

MONTHS, WEEKS, YEARS, DAYS = (
    rr.IntervalRule.MONTHS,
    rr.IntervalRule.WEEKS,
    rr.IntervalRule.YEARS,
    rr.IntervalRule.DAYS,
)
MONTH = rr.UnitPeriod(rr.PeriodUnit.MONTH)


def interval(start: str, end: str, rule: rr.IntervalRule) -> tuple[int, int, int]:
    found = rr.apr_interval(date.fromisoformat(start), date.fromisoformat(end), interval_rule=rule)
    return found.whole_periods, found.residual_days, found.year_length


@pytest.mark.parametrize(
    ("start", "end", "rule", "expected"),
    [
        ("2025-01-31", "2025-02-28", MONTHS, (1, 0)),
        ("2025-01-30", "2025-02-28", MONTHS, (1, 0)),
        ("2025-01-28", "2025-02-28", MONTHS, (1, 0)),
        ("2025-01-15", "2025-02-28", MONTHS, (1, 13)),
        ("2025-01-31", "2025-04-30", MONTHS, (3, 0)),
        ("2025-02-28", "2025-03-31", MONTHS, (1, 0)),
        ("2025-02-27", "2025-03-31", MONTHS, (1, 1)),
        ("2025-01-01", "2025-01-31", MONTHS, (0, 30)),
        ("2025-01-31", "2025-03-01", MONTHS, (1, 1)),
        ("2024-02-29", "2025-02-28", YEARS, (1, 0)),
        ("2023-02-28", "2024-02-28", YEARS, (1, 0)),
        ("2025-03-10", "2025-03-10", WEEKS, (0, 0)),
        ("2025-03-10", "2025-03-23", WEEKS, (1, 6)),
    ],
)
def test_whole_periods_are_counted_back_from_the_payment(start, end, rule, expected):
    assert interval(start, end, rule)[:2] == expected


def test_the_year_that_divides_the_days_ends_where_the_count_arrived():
    assert interval("2024-02-20", "2024-03-28", MONTHS) == (1, 8, 365)
    assert interval("2024-02-20", "2024-03-29", MONTHS) == (1, 9, 366)
    assert interval("2023-02-20", "2025-03-28", YEARS) == (2, 36, 365)
    assert interval("2024-01-01", "2025-12-31", DAYS) == (0, 730, 365)


def test_an_interval_runs_forward_only():
    with pytest.raises(InvalidValueError, match="on or after 2025-01-02"):
        interval("2025-01-02", "2025-01-01", MONTHS)
    with pytest.raises(InvalidTypeError, match="IntervalRule"):
        rr.apr_interval(date(2025, 1, 1), date(2025, 1, 2), interval_rule="months")


def monthly_loan(count: int = 12, amount: int = 1060, lent: int = 12000) -> list[rr.CashFlow]:
    from delinquency.calendar import add_months

    start = date(2025, 1, 15)
    return [
        rr.CashFlow(start, -lent),
        *(rr.CashFlow(add_months(start, n), amount) for n in range(1, count + 1)),
    ]


def test_a_monthly_loan_costs_the_same_by_every_compound_rule_that_counts_whole_months():
    loan = monthly_loan()
    european = rr.eu_annual_percentage_rate(loan, interval_rule=MONTHS, percent_decimals=2)
    assert european == rr.annualised_rate(
        [flow.amount for flow in loan], periods_per_year=12, annualisation=rr.Annualisation.COMPOUND
    )
    assert rr.uk_annual_percentage_rate(loan, interval_rule=MONTHS) == Decimal("0.115")


def test_a_nominal_rate_is_that_of_the_period_times_the_periods():
    loan = monthly_loan()
    american = rr.us_annual_percentage_rate(loan, unit_period=MONTH)
    assert american == rr.annualised_rate(
        [flow.amount for flow in loan], periods_per_year=12, annualisation=rr.Annualisation.SIMPLE
    )


@pytest.mark.parametrize(
    ("start", "end", "unit", "expected"),
    [
        ("1978-01-31", "1978-02-28", ("month", 1), (1, "0")),
        ("1978-01-02", "1978-02-01", ("month", 1), (0, "30/30")),
        ("1978-01-10", "1978-03-01", ("month", 2), (0, "52/60")),
        ("1978-01-10", "1979-03-01", ("year", 1), (1, "50/365")),
        ("1978-01-10", "1979-04-10", ("year", 1), (1, "3/12")),
        ("1978-01-10", "1979-01-10", ("year", 1), (1, "0")),
        ("1978-01-10", "1978-01-30", ("day", 1), (20, "0")),
        ("1978-01-10", "1978-01-30", ("day", 30), (0, "20/30")),
        ("1978-01-10", "1978-02-10", ("week", 4), (1, "3/28")),
        ("1978-02-23", "1978-04-16", ("semimonth", 1), (3, "6/15")),
    ],
)
def test_unit_periods_are_counted_back_and_the_rest_is_a_fraction(start, end, unit, expected):
    unit_period = rr.UnitPeriod(rr.PeriodUnit(unit[0]), unit[1])
    whole, part = rr.unit_periods_between(
        date.fromisoformat(start), date.fromisoformat(end), unit_period=unit_period
    )
    assert (whole, part) == (expected[0], Fraction(expected[1]))


def test_payments_at_the_end_of_each_month_lie_months_apart():
    ends = [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]
    flows = [rr.CashFlow(date(2025, 1, 31), -3000), *(rr.CashFlow(day, 1010) for day in ends)]
    periodic = rr.appendix_j_rate(
        [-3000, 1010, 1010, 1010],
        unit_periods=[(n, 0) for n in range(4)],
        periods_per_year=12,
    )
    assert rr.us_annual_percentage_rate(flows, unit_period=MONTH) == periodic


@pytest.mark.parametrize(
    ("lent_on", "first", "expected"),
    [
        (date(2025, 1, 5), (1, Fraction(10, 30)), "0.1035"),
        (date(2025, 1, 15), (1, Fraction(0)), "0.1090"),
        (date(2025, 1, 25), (0, Fraction(21, 30)), "0.1143"),
    ],
)
def test_a_first_period_of_another_length_is_told_by_its_dates(lent_on, first, expected):
    odd = [rr.CashFlow(lent_on, -12000), *monthly_loan()[1:]]
    whole, part = rr.unit_periods_between(lent_on, odd[1].date, unit_period=MONTH)
    assert (whole, part) == first
    placed = rr.appendix_j_rate(
        [flow.amount for flow in odd],
        unit_periods=[(0, 0), *((whole + number, part) for number in range(12))],
        periods_per_year=12,
    )
    assert rr.us_annual_percentage_rate(odd, unit_period=MONTH) == placed == Decimal(expected)


def test_a_fraction_of_a_unit_period_is_told_to_any_decimal():
    """100 (1 + i/2) = 101: the rate of the period is 2 %; 100 (1 + i/2)(1 + i) = 103 is a square root."""
    half = Fraction(1, 2)
    given = {"periods_per_year": 1, "percent_decimals": 30}
    assert rr.appendix_j_rate([-100, 101], unit_periods=[(0, 0), (0, half)], **given) == Decimal(
        "0.02"
    )
    rate = rr.appendix_j_rate([-100, 103], unit_periods=[(0, 0), (1, half)], **given)
    exact = Fraction(rate)
    step = Fraction(1, 2 * 10**32)
    below, above = ((1 + (exact + way) / 2) * (1 + exact + way) for way in (-step, step))
    assert below < Fraction(103, 100) < above


def test_payments_of_the_thirtieth_use_the_last_day_of_february():
    whole, part = rr.unit_periods_between(
        date(2025, 1, 15), date(2025, 2, 28), unit_period=MONTH, nominal_day=30
    )
    assert (whole, part) == (1, Fraction(15, 30))


def test_a_term_begins_when_the_finance_charge_begins_to_be_earned():
    loan = monthly_loan()
    at_once = rr.us_annual_percentage_rate(loan, unit_period=MONTH)
    later = rr.us_annual_percentage_rate(loan, unit_period=MONTH, earned_from=date(2025, 1, 25))
    periods = [(0, 0), *((n, Fraction(21, 30)) for n in range(12))]
    assert later > at_once
    assert later == rr.appendix_j_rate(
        [flow.amount for flow in loan], unit_periods=periods, periods_per_year=12
    )
    with pytest.raises(InvalidValueError, match="on or after the first flow on 2025-01-15"):
        rr.us_annual_percentage_rate(loan, unit_period=MONTH, earned_from=date(2025, 1, 14))


def test_a_single_payment_is_one_unit_period_of_its_term():
    single = rr.UnitPeriod.of_single_payment
    assert single(date(2025, 1, 1), date(2025, 9, 13)) == rr.UnitPeriod(rr.PeriodUnit.DAY, 255)
    assert single(date(2025, 1, 31), date(2025, 2, 28)) == MONTH
    assert single(date(2025, 1, 1), date(2027, 7, 1)) == rr.UnitPeriod(rr.PeriodUnit.YEAR)
    with pytest.raises(InvalidValueError, match="an end after 2025-01-01"):
        single(date(2025, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("changed", "kind", "says"),
    [
        ({"unit_periods": [(0, 0)]}, InvalidValueError, "2 amounts"),
        ({"unit_periods": [(0, 0), 1]}, InvalidTypeError, "as a tuple"),
        ({"unit_periods": [(0, 0), (1, 2)]}, InvalidValueError, "from 0 to 1"),
        ({"unit_periods": [(0, 0), (-1, 0)]}, InvalidValueError, "from 0"),
        ({"unit_periods": [(0, 0), (1, 0.5)]}, InvalidTypeError, "Fraction"),
        ({"periods_per_year": 0}, InvalidValueError, "above 0"),
        ({"percent_decimals": 41}, InvalidValueError, "percent_decimals"),
        ({"flows": [-1, -2]}, InvalidValueError, "both signs"),
    ],
)
def test_what_is_no_transaction_of_appendix_j_is_refused(changed, kind, says):
    given = {"flows": [-100, 110], "unit_periods": [(0, 0), (1, 0)], "periods_per_year": 12}
    given |= changed
    with pytest.raises(kind, match=says):
        rr.appendix_j_rate(given.pop("flows"), **given)


def test_a_payment_too_small_to_balance_within_a_unit_period_has_no_rate():
    with pytest.raises(InvalidValueError, match="found none, or one nearer"):
        rr.appendix_j_rate(
            [-100, 10], unit_periods=[(0, 0), (0, Fraction(1, 2))], periods_per_year=12
        )


def test_unit_periods_are_checked():
    with pytest.raises(InvalidTypeError, match="PeriodUnit"):
        rr.UnitPeriod("month")
    with pytest.raises(InvalidValueError, match="units from 1 to 11"):
        rr.UnitPeriod(rr.PeriodUnit.MONTH, 12)
    with pytest.raises(InvalidTypeError, match="UnitPeriod"):
        rr.unit_periods_between(date(2025, 1, 1), date(2025, 2, 1), unit_period="month")
    with pytest.raises(InvalidValueError, match="on or after"):
        rr.unit_periods_between(date(2025, 2, 1), date(2025, 1, 1), unit_period=MONTH)
    with pytest.raises(InvalidValueError, match="nominal_day from 0 to 31"):
        rr.unit_periods_between(
            date(2025, 1, 1), date(2025, 2, 1), unit_period=MONTH, nominal_day=32
        )


def test_cost_over_principal_in_use():
    balances = [1000 * n for n in range(12, 0, -1)]
    assert rr.annualised_cost_of_balances(0, balances=balances, periods_per_year=12) == 0
    for cost, used in ((-1, balances), (1, [0, 0]), (1, [-1, 5])):
        with pytest.raises(InvalidValueError, match="principal in use"):
            rr.annualised_cost_of_balances(cost, balances=used, periods_per_year=12)
    with pytest.raises(InvalidTypeError, match="Annualisation"):
        rr.annualised_rate([-1, 2], periods_per_year=12, annualisation="simple")


def test_every_row_of_a_table_of_amortised_cost_adds_up():
    table = rr.amortised_cost_table(Decimal("9873.21"), [Decimal("888.88")] * 12)
    for row, following in itertools.pairwise(table):
        assert row.closing == following.opening
    for row in table:
        assert row.opening + row.interest - row.cash == row.closing
    assert table[-1].closing == 0
    assert sum(row.interest for row in table) == Decimal("888.88") * 12 - Decimal("9873.21")


def test_a_row_that_its_bounds_leave_open_is_asked_with_more_digits(monkeypatch):
    cash = [Decimal("888.88")] * 12
    usual = rr.amortised_cost_table(Decimal("9873.21"), cash)
    monkeypatch.setattr("delinquency.returns.effective_interest._TABLE_DIGITS", 5)
    assert rr.amortised_cost_table(Decimal("9873.21"), cash) == usual


def test_amortised_cost_on_dates():
    flows = [rr.CashFlow(date(2026, 1, 1), 60), rr.CashFlow(date(2027, 1, 1), 1060)]
    shuffled = list(reversed(flows))
    table = rr.amortised_cost_table(1000, shuffled, recognised_on=date(2025, 1, 1))
    assert [row.closing for row in table] == [Decimal("1000.00"), Decimal("0.00")]
    rate = rr.effective_interest_rate(1000, flows, recognised_on=date(2025, 1, 1), decimals=4)
    assert rate == Decimal("0.0600")


@pytest.mark.parametrize(
    ("carried", "flows", "more", "kind", "says"),
    [
        (0, [10], {}, InvalidValueError, "above 0"),
        (-5, [10], {}, InvalidValueError, "above 0"),
        (100, [-10, 0], {}, InvalidValueError, "both signs"),
        (100, [], {}, InvalidValueError, "both signs"),
        (100, "10", {}, InvalidTypeError, "iterable"),
        (100, [10.0], {}, InvalidTypeError, "Decimal"),
        (100, [10], {"recognised_on": date(2025, 1, 1)}, InvalidTypeError, "cash flows on dates"),
        (100, [rr.CashFlow(date(2025, 1, 2), 110)], {}, InvalidTypeError, "recognised_on"),
        (
            100,
            [rr.CashFlow(date(2025, 1, 1), 110)],
            {"recognised_on": date(2025, 1, 1)},
            InvalidValueError,
            "after 2025-01-01",
        ),
        (
            100,
            [rr.CashFlow(date(2025, 1, 2), 110), 5],
            {"recognised_on": date(2025, 1, 1)},
            InvalidTypeError,
            "cash flow 2",
        ),
    ],
)
def test_what_has_no_effective_interest_is_refused(carried, flows, more, kind, says):
    with pytest.raises(kind, match=says):
        rr.effective_interest_rate(carried, flows, **more)


def test_a_table_is_not_coarser_than_its_amounts():
    with pytest.raises(InvalidValueError, match="at most 0 decimals"):
        rr.amortised_cost_table(Decimal("99.50"), [110], decimals=0)


def test_a_rebate_after_the_last_payment_is_nothing():
    plan = [100] * 3
    assert rr.actuarial_rebate(plan, paid_count=3, rate=Decimal("0.01")) == 0
    assert rr.actuarial_rebate(plan, paid_count=1, rate=0) == 0
    assert rr.rule_of_78_rebate(50, instalment_count=12, paid_count=12) == 0
    assert rr.rule_of_78_rebate(50, instalment_count=12, paid_count=11, deferred_count=2) == 0
    given = {"annual_rate": Decimal("0.1"), "elapsed_periods": 2}
    assert rr.uk_early_settlement_rebate(280, plan, **given, deferred_periods=1) == 0
    assert rr.uk_early_settlement_rebate(280, plan, **given) > 0


@pytest.mark.parametrize(
    ("verb", "args", "given", "kind", "says"),
    [
        (rr.actuarial_rebate, ([],), {"paid_count": 0, "rate": 0}, InvalidValueError, "repayments"),
        (rr.actuarial_rebate, ([-1],), {"paid_count": 0, "rate": 0}, InvalidValueError, "below 0"),
        (rr.actuarial_rebate, ([1],), {"paid_count": 2, "rate": 0}, InvalidValueError, "0 to 1"),
        (rr.actuarial_rebate, ([1],), {"paid_count": 0, "rate": -1}, InvalidValueError, "above -1"),
        (rr.actuarial_rebate, ("12",), {"paid_count": 0, "rate": 0}, InvalidTypeError, "iterable"),
        (
            rr.rule_of_78_rebate,
            (-1,),
            {"instalment_count": 12, "paid_count": 0},
            InvalidValueError,
            "total_charge",
        ),
        (
            rr.uk_early_settlement_rebate,
            (0, [1]),
            {"annual_rate": 0, "elapsed_periods": 0},
            InvalidValueError,
            "principal above 0",
        ),
        (
            rr.uk_early_settlement_rebate,
            (1, [1]),
            {"annual_rate": 0, "elapsed_periods": 0, "part_period": 1},
            InvalidValueError,
            "below 1",
        ),
        (
            rr.uk_early_settlement_rebate,
            (1, [1]),
            {"annual_rate": 0.1, "elapsed_periods": 0},
            InvalidTypeError,
            "annual_rate",
        ),
    ],
)
def test_what_has_no_rebate_is_refused(verb, args, given, kind, says):
    with pytest.raises(kind, match=says):
        verb(*args, **given)
