"""Published figures of rates, annual percentage rates, time value, intervals and rebates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from delinquency import InvalidValueError
from delinquency import returns as rr
from tests.vectors.published import FOLDER, load, needs_folder
from tests.vectors.returns.status import FLAGGED, SEVERAL, WINDOW

HAS = FOLDER.is_dir()
INTERVALS: list[Any] = load("daycount/eu_apr_intervals.json")["cases"] if HAS else []
XIRR: list[Any] = load("apr/xirr.json")["cases"] if HAS else []
REG_Z: list[Any] = load("apr/us_regz_appendix_j.json")["cases"] if HAS else []
EU_UK: dict[str, Any] = load("apr/eu_uk_apr.json") if HAS else {}
TVM: list[Any] = load("apr/spreadsheet_tvm.json")["cases"] if HAS else []
EIR: list[Any] = load("apr/eir_amortised_cost.json")["cases"] if HAS else []

RULES = {
    "month": rr.IntervalRule.MONTHS,
    "week": rr.IntervalRule.WEEKS,
    "year": rr.IntervalRule.YEARS,
}


def exact(value: Any) -> Decimal:
    """A figure of a JSON file as it is printed there."""
    return value if isinstance(value, Decimal) else Decimal(str(value))


def day(text: str) -> date:
    return date.fromisoformat(text)


def by_id(cases: list[Any]) -> Any:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case["id"])


# Transcribed, so that the main figures are run where the collection is absent.


@pytest.mark.parametrize(
    ("start", "end", "rule", "whole", "days", "year"),
    [
        ("2013-01-12", "2013-04-15", "month", 3, 3, 366),
        ("2012-02-26", "2012-03-29", "month", 1, 3, 366),
        ("2013-02-26", "2013-03-29", "month", 1, 2, 366),
        ("2012-01-12", "2014-02-15", "year", 2, 34, 365),
    ],
)
def test_the_guidelines_of_the_commission_count_backwards(start, end, rule, whole, days, year):
    """SWD(2012)128, 4.1.1."""
    found = rr.apr_interval(day(start), day(end), interval_rule=RULES[rule])
    assert (found.whole_periods, found.residual_days, found.year_length) == (whole, days, year)


@pytest.mark.parametrize(
    ("advance", "first", "count", "amount", "lent", "unit", "expected"),
    [
        ("1978-01-10", "1978-02-10", 24, "230", 5000, ("month", 1), "0.0969"),
        ("1978-02-23", "1978-03-01", 24, "219.17", 5000, ("semimonth", 1), "0.1034"),
    ],
)
def test_the_examples_of_appendix_j(advance, first, count, amount, lent, unit, expected):
    """12 CFR 1026, Appendix J, (c)(1)."""
    unit_period = rr.UnitPeriod(rr.PeriodUnit(unit[0]), unit[1])
    dates = payment_dates(day(first), count, unit_period)
    flows = [rr.CashFlow(day(advance), -lent), *(rr.CashFlow(d, Decimal(amount)) for d in dates)]
    assert rr.us_annual_percentage_rate(flows, unit_period=unit_period) == Decimal(expected)


@pytest.mark.parametrize(
    ("annualisation", "expected"),
    [(rr.Annualisation.COMPOUND, "0.1358"), (rr.Annualisation.SIMPLE, "0.1280")],
)
def test_the_example_of_the_announcement_on_annualised_rates(annualisation, expected):
    """中国人民银行公告〔2021〕第3号, as a summary by others quotes it."""
    flows = [-100_000 + 1_000, *[Decimal("8833.3")] * 12]
    rate = rr.annualised_rate(flows, periods_per_year=12, annualisation=annualisation)
    assert rate == Decimal(expected)


def test_the_examples_of_directive_98_7():
    """Annex III, part A."""
    flows = [rr.CashFlow(date(1994, 1, 1), -1000), rr.CashFlow(date(1995, 7, 1), 1200)]
    rate = rr.eu_annual_percentage_rate(
        flows, interval_rule=rr.IntervalRule.DAYS, percent_decimals=2
    )
    assert rate == Decimal("0.1296")


@pytest.mark.parametrize(
    ("elapsed", "part", "expected"),
    [(12, 0, "860.52"), (12, Fraction(28, 30), "819.71"), (13, Fraction(28, 30), "776.90")],
)
def test_the_examples_of_the_early_settlement_regulations(elapsed, part, expected):
    """SI 2004/1483: 5,000 over 48 months at an APR of 14 %."""
    rebate = rr.uk_early_settlement_rebate(
        5000,
        [Decimal("134.57")] * 48,
        annual_rate=Decimal("0.14"),
        elapsed_periods=elapsed,
        part_period=part,
    )
    assert rebate == Decimal(expected)


def test_the_documented_example_of_the_spreadsheet_function_xirr():
    """Microsoft Support, XIRR."""
    rows = [
        ("2008-01-01", -10000),
        ("2008-03-01", 2750),
        ("2008-10-30", 4250),
        ("2009-02-15", 3250),
        ("2009-04-01", 2750),
    ]
    assert rr.xirr([rr.CashFlow(day(d), a) for d, a in rows], decimals=8) == Decimal("0.37336253")


# The whole collection.


@needs_folder
@pytest.mark.parametrize(
    "case", INTERVALS, ids=lambda c: f"{c['start']}-{c['end']}-{c['period_unit']}"
)
def test_every_interval(case):
    found = rr.apr_interval(
        day(case["start"]), day(case["end"]), interval_rule=RULES[case["period_unit"]]
    )
    assert (found.whole_periods, found.residual_days, found.year_length) == (
        case["whole_periods"],
        case["residual_days"],
        case["year_length"],
    )
    assert float(found.years) == pytest.approx(case["year_fraction"], rel=1e-15)


def flows_of(case: Any) -> list[rr.CashFlow]:
    return [rr.CashFlow(day(when), exact(amount)) for when, amount in case["flows"]]


@needs_folder
@by_id(XIRR)
def test_every_sample_has_as_many_rates_in_the_range_of_its_source_as_the_source_found(case):
    count = case.get("roots_in_grid", 1)
    window = tuple(map(Decimal, WINDOW))
    rates = rr.all_rates_of_return(flows_of(case), between=window)
    assert len(rates) == count
    if count:
        assert min(abs(rate - exact(case["expected"])) for rate in rates) < Decimal("5e-9")
    if count == 1:
        assert rr.xirr(flows_of(case), between=window) == rates[0]


@needs_folder
@by_id(XIRR)
def test_a_sample_has_its_rate_or_is_refused_because_it_has_several(case):
    flows, published = flows_of(case), exact(case["expected"])
    try:
        found = [rr.xirr(flows)]
    except InvalidValueError as refusal:
        count, _, *listed = refusal.found.replace(",", "").split()
        found = [Decimal(word) for word in listed if "." in word]
        several = int(count)
    else:
        several = 1
    assert several >= len(found)
    assert several > 1 or case["id"] not in SEVERAL
    assert min(abs(rate - published) for rate in found) < Decimal("5e-9")


@needs_folder
@by_id(XIRR)
def test_the_present_value_at_a_published_rate_is_zero(case):
    flows, rate = flows_of(case), exact(case["expected"])
    first = min(flow.date for flow in flows)
    growth = 1 + rate
    gross = sum(
        abs(Decimal(flow.amount)) / growth ** (Decimal((flow.date - first).days) / 365)
        for flow in flows
    )
    assert abs(rr.xnpv(flows, rate=rate, decimals=20)) < Decimal("1e-7") * gross


def payment_dates(first: date, count: int, unit_period: rr.UnitPeriod) -> list[date]:
    """Payments at the common interval, the first on its date."""
    from datetime import timedelta

    from delinquency.calendar import add_months

    match unit_period.unit:
        case rr.PeriodUnit.WEEK:
            return [first + timedelta(weeks=unit_period.units * k) for k in range(count)]
        case rr.PeriodUnit.SEMIMONTH:
            other = first + timedelta(days=15)
            return [add_months((first, other)[k % 2], k // 2) for k in range(count)]
        case _:
            return [add_months(first, unit_period.units * k) for k in range(count)]


UNITS = {
    "month": rr.UnitPeriod(rr.PeriodUnit.MONTH),
    "semimonth": rr.UnitPeriod(rr.PeriodUnit.SEMIMONTH),
    "week": rr.UnitPeriod(rr.PeriodUnit.WEEK),
    "2 weeks": rr.UnitPeriod(rr.PeriodUnit.WEEK, 2),
    "4 weeks": rr.UnitPeriod(rr.PeriodUnit.WEEK, 4),
    "2 months": rr.UnitPeriod(rr.PeriodUnit.MONTH, 2),
    "6 months": rr.UnitPeriod(rr.PeriodUnit.MONTH, 6),
    "year": rr.UnitPeriod(rr.PeriodUnit.YEAR),
}


def percent(case: Any) -> Decimal:
    return Decimal(str(case["expected_apr_percent"])) / 100


@needs_folder
@by_id(REG_Z)
def test_every_example_of_appendix_j_by_its_unit_periods(case):
    amounts = [-case["amount_advanced"], *(exact(each["amount"]) for each in case["payments"])]
    placed = [(0, 0)]
    placed += [(each["t"], Fraction(each["f"]).limit_denominator(100)) for each in case["payments"]]
    rate = rr.appendix_j_rate(
        amounts,
        unit_periods=placed,
        periods_per_year=Fraction(case["unit_periods_per_year"]).limit_denominator(1000),
    )
    assert rate == percent(case)


@needs_folder
@by_id(REG_Z)
def test_every_example_of_appendix_j_by_its_dates(case):
    dates, payments = case["dates"], case["payments"]
    advance = day(dates["advance"])
    if "payment" in dates:
        paid = [day(dates["payment"])]
        unit_period = rr.UnitPeriod.of_single_payment(advance, paid[0])
    else:
        unit_period = UNITS[case["unit_period"]]
        paid = payment_dates(day(dates["first_payment"]), dates["n"], unit_period)
    for when, each in zip(paid, payments, strict=True):
        whole, part = rr.unit_periods_between(advance, when, unit_period=unit_period)
        assert (whole, float(part)) == (each["t"], pytest.approx(each["f"]))
    flows = [rr.CashFlow(advance, -case["amount_advanced"])]
    flows += [rr.CashFlow(d, exact(each["amount"])) for d, each in zip(paid, payments, strict=True)]
    assert rr.us_annual_percentage_rate(flows, unit_period=unit_period) == percent(case)


def dated(case: Any) -> list[rr.CashFlow]:
    return [rr.CashFlow(day(each["date"]), exact(each["amount"])) for each in case["flows"]]


@needs_folder
@by_id(EU_UK.get("eu_apr", []))
def test_every_example_of_directive_98_7(case):
    for decimals in (1, 2):
        if expected := case.get(f"expected_percent_{decimals}dp"):
            rate = rr.eu_annual_percentage_rate(
                dated(case), interval_rule=rr.IntervalRule.DAYS, percent_decimals=decimals
            )
            assert rate == exact(expected) / 100
    if "expected_exact" in case:
        # Printed cut off after seven decimals, not rounded.
        cut = rr.xirr(dated(case), decimals=20).quantize(Decimal("1e-7"), rounding="ROUND_DOWN")
        assert cut == exact(case["expected_exact"])


@needs_folder
@pytest.mark.parametrize("case", EU_UK.get("eu_rounding", []), ids=str)
def test_a_following_digit_of_five_raises_the_percentage(case):
    """A rate that is exactly the one stated is told to the decimals asked for."""
    share = exact(case["value_percent"]) / 100
    flows = [rr.CashFlow(date(2025, 1, 1), -1), rr.CashFlow(date(2026, 1, 1), 1 + share)]
    rate = rr.eu_annual_percentage_rate(
        flows, interval_rule=rr.IntervalRule.YEARS, percent_decimals=case["dp"]
    )
    assert rate == exact(case["expected"]) / 100


@needs_folder
@by_id(EU_UK.get("uk_apr", []))
def test_every_british_rate(case):
    rate = rr.uk_annual_percentage_rate(
        dated(case), interval_rule=rr.IntervalRule.DAYS, percent_decimals=3
    )
    assert abs(rate * 100 - exact(case["expected_percent"])) < exact(case["tolerance"])


@needs_folder
@by_id(EU_UK.get("uk_early_settlement_rebate", []))
def test_every_british_rebate(case):
    rebate = rr.uk_early_settlement_rebate(
        exact(case["principal"]),
        [exact(case["payment"])] * case["n_payments"],
        annual_rate=exact(case["apr_percent"]) / 100,
        elapsed_periods=case["settlement_period_months"],
        part_period=Fraction(case["part_period"] or 0),
    )
    assert rebate == exact(case["expected_rebate"])


def fraction(value: Any) -> Fraction:
    top, _, bottom = str(value).partition("/")
    return Fraction(Decimal(top)) / Fraction(Decimal(bottom or 1))


def spreadsheet(function: str, given: dict[str, Any]) -> Decimal:
    """A function of a spreadsheet, its arguments named as there, by the verb of the library."""
    args = dict(given)
    names = {
        "nper": "instalment_count",
        "pv": "present_value",
        "fv": "future_value",
        "pmt": "payment",
    }
    names |= {"per": "payment_no", "start": "first_payment", "end": "last_payment"}
    if function in {"EFFECT", "NOMINAL"}:
        verb = rr.effective_rate if function == "EFFECT" else rr.nominal_rate
        rate = args.get("nominal", args.get("effect", args.get("effective")))
        return verb(fraction(rate), periods_per_year=args["npery"], decimals=12)
    if function in {"NPV", "IRR"}:
        amounts = [exact(value) for value in args["values"]]
        if function == "IRR":
            return rr.irr(amounts, decimals=12)
        return rr.npv(amounts, rate=fraction(args["rate"]), periods_ahead=1, decimals=12)
    if function in {"XNPV", "XIRR"}:
        pairs = zip(args["dates"], args["values"], strict=True)
        flows = [rr.CashFlow(day(when), exact(value)) for when, value in pairs]
        if function == "XIRR":
            return rr.xirr(flows, decimals=12)
        return rr.xnpv(flows, rate=fraction(args["rate"]), decimals=12)
    if function == "Apr":
        return rr.period_rate(
            instalment_count=args["months"],
            payment=-exact(args["payment"]),
            present_value=exact(args["principal"]),
            periods_per_year=12,
            decimals=12,
        )
    verbs = {
        "PMT": rr.level_payment,
        "IPMT": rr.interest_part,
        "PPMT": rr.principal_part,
        "CUMIPMT": rr.cumulative_interest,
        "CUMPRINC": rr.cumulative_principal,
        "NPER": rr.payment_count,
        "RATE": rr.period_rate,
        "PV": rr.present_value,
        "FV": rr.future_value,
    }
    timing = rr.PaymentTiming.START if args.pop("type", 0) else rr.PaymentTiming.END
    asked: dict[str, Any] = {
        names.get(name, name): fraction(value)
        if name == "rate"
        else value
        if name in {"nper", "per", "start", "end"}
        else exact(value)
        for name, value in args.items()
        if name != "guess"
    }
    return verbs[function](**asked, timing=timing, decimals=12)


@needs_folder
@pytest.mark.parametrize("case", TVM, ids=lambda c: f"{c['function']}-{c['expected']}")
def test_every_function_of_a_spreadsheet(case):
    found = spreadsheet(case["function"], case["args"])
    assert abs(found - exact(case["expected"])) <= exact(case["tolerance"])


@needs_folder
@by_id(EIR)
def test_every_table_of_amortised_cost(case):
    places = 0 if "cash_coupon" in case else 2
    rows = case["table"]
    cash = [exact(row["cash"]) + exact(row.get("redemption", 0)) for row in rows]
    table = rr.amortised_cost_table(exact(case["initial_carrying_amount"]), cash, decimals=places)
    assert case["id"] in FLAGGED or len(rows) == len(table)
    for published, row in zip(rows, table, strict=True):
        assert row.opening == exact(published["opening"])
        assert row.closing == exact(published["closing"]) - exact(published.get("redemption", 0))
        # The interest printed does not always add up with the amounts printed beside it.
        assert abs(row.interest - exact(published["interest"])) <= Decimal(1).scaleb(-places)
    rate = rr.effective_interest_rate(exact(case["initial_carrying_amount"]), cash)
    assert abs(rate * 100 - exact(case["eir_percent"])) < Decimal("0.005")


@needs_folder
def test_the_collection_is_not_empty():
    assert len(INTERVALS) == 23
    assert min(map(len, (XIRR, REG_Z, TVM))) >= 8
    assert EIR
    assert EU_UK["uk_early_settlement_rebate"]
