"""Who gives a verb of returns the wrong kind of thing is told the form to write."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import FunctionType
from typing import Any

import numpy as np
import pytest

import delinquency as dq
from delinquency import returns as rr

JAN, JUL = date(2025, 1, 31), date(2025, 7, 31)
FLOWS = [rr.CashFlow(JAN, -100), rr.CashFlow(JUL, 110)]
AMOUNTS = [-100, 110]
TERMS = dq.RepaymentTerms(
    currency=dq.Currency.of("CNY"),
    principal=12000,
    annual_rate=dq.Rate.per_year("0.072"),
    first_due_date=JAN,
    instalment_count=12,
    method=dq.AmortisationMethod.ANNUITY,
)
TABLE = dq.amortisation_table(TERMS)
MONTHLY = rr.UnitPeriod(rr.PeriodUnit.MONTH)
PAYMENT_PLAN = {"rate": Fraction(1, 100), "instalment_count": 12, "present_value": 1000}
SEVERAL = {**PAYMENT_PLAN, "first_payment": 1, "last_payment": 2, "timing": rr.PaymentTiming.END}
ONE = {**PAYMENT_PLAN, "payment_no": 1, "future_value": 0, "timing": rr.PaymentTiming.END}

RIGHT: dict[str, dict[str, Any]] = {
    "actuarial_rebate": {"repayments": [50, 50], "paid_count": 1, "rate": 0, "decimals": 2},
    "all_rates_of_return": {"flows": AMOUNTS, "decimals": 2, "between": (0, 1)},
    "amortised_cost_table": {
        "carrying_amount": 100, "flows": FLOWS[1:], "recognised_on": JAN, "decimals": 2,
    },
    "annualised_cost_of_balances": {
        "total_cost": 10, "balances": [100], "periods_per_year": 1, "percent_decimals": 2,
    },
    "annualised_rate": {
        "flows": AMOUNTS, "periods_per_year": 12, "annualisation": rr.Annualisation.SIMPLE,
        "percent_decimals": 2,
    },
    "appendix_j_rate": {
        "flows": AMOUNTS, "unit_periods": [(0, 0), (1, 0)], "periods_per_year": 12,
        "percent_decimals": 2,
    },
    "apr_interval": {"start": JAN, "end": JUL, "interval_rule": rr.IntervalRule.MONTHS},
    "changed_share": {"before": AMOUNTS[1:], "after": AMOUNTS[1:], "rate": 0},
    "cumulative_interest": SEVERAL,
    "cumulative_principal": SEVERAL,
    "diminished_share": {
        "before": AMOUNTS[1:], "after": AMOUNTS[1:], "rate": 0,
    },
    "effective_interest_rate": {
        "carrying_amount": 100, "flows": FLOWS[1:], "recognised_on": JAN, "decimals": 2,
    },
    "effective_rate": {"nominal": 0, "periods_per_year": 12, "decimals": 2},
    "eu_annual_percentage_rate": {
        "flows": FLOWS, "interval_rule": rr.IntervalRule.MONTHS, "percent_decimals": 1,
    },
    "future_value": {
        "rate": 0, "instalment_count": 1, "payment": 1, "present_value": 1,
        "timing": rr.PaymentTiming.END, "decimals": 2,
    },
    "interest_part": ONE,
    "irr": {"flows": AMOUNTS, "decimals": 2, "between": (0, 1)},
    "level_payment": {**PAYMENT_PLAN, "future_value": 0, "decimals": 2},
    "modification_gain": {
        "before": AMOUNTS[1:], "after": AMOUNTS[1:], "rate": 0, "decimals": 2,
    },
    "nominal_rate": {"effective": 0, "periods_per_year": 12, "decimals": 2},
    "npv": {"flows": AMOUNTS, "rate": 0, "periods_ahead": 0, "decimals": 2},
    "payment_count": {"rate": 0, "payment": -1, "present_value": 2, "future_value": 0},
    "period_rate": {
        "instalment_count": 2, "payment": -60, "present_value": 100, "future_value": 0,
        "periods_per_year": 12, "timing": rr.PaymentTiming.END,
    },
    "present_value": {"rate": 0, "instalment_count": 1, "payment": 1, "future_value": 0},
    "principal_part": ONE,
    "rule_of_78_rebate": {
        "total_charge": 78, "instalment_count": 12, "paid_count": 1, "deferred_count": 0,
    },
    "uk_annual_percentage_rate": {
        "flows": FLOWS, "interval_rule": rr.IntervalRule.MONTHS, "percent_decimals": 1,
    },
    "uk_early_settlement_rebate": {
        "principal": 100, "repayments": [60, 60], "annual_rate": 0, "elapsed_periods": 1,
        "part_period": 0, "deferred_periods": 0, "periods_per_year": 12, "rate_decimals": 6,
    },
    "unit_periods_between": {"start": JAN, "end": JUL, "unit_period": MONTHLY, "nominal_day": 31},
    "us_annual_percentage_rate": {
        "flows": FLOWS, "unit_period": MONTHLY, "earned_from": JAN, "percent_decimals": 2,
    },
    "xirr": {"flows": FLOWS, "decimals": 2, "between": (0, 1)},
    "xnpv": {"flows": FLOWS, "rate": 0, "valued_on": JAN, "decimals": 2},
}  # fmt: skip
PLACES = [(verb, name) for verb, arguments in RIGHT.items() for name in arguments]
WRONG = [
    object(), "month", "0.1", "12", 1.5, 2.0, True, b"1", np.float64(1.5), np.int64(3), np.array([1.0, 2.0]), TABLE, TERMS,
    {JAN: 100}, [object()], ["0.1", 1.5], [(JAN, -100), (JUL, 110)], [(JAN, "x")], FLOWS[0], AMOUNTS,
    FLOWS, datetime(2025, 1, 31), TERMS.annual_rate, Decimal("0.1"), (1.5, 2.5), [*TABLE],
]  # fmt: skip


def test_every_verb_of_returns_is_looked_at() -> None:
    verbs = {name for name in rr.__all__ if isinstance(getattr(rr, name), FunctionType)}
    assert set(RIGHT) == verbs


@pytest.mark.parametrize("verb", RIGHT)
def test_the_right_forms_are_taken(verb: str) -> None:
    assert getattr(rr, verb)(**RIGHT[verb]) is not None


@pytest.mark.parametrize(("verb", "name"), PLACES)
def test_a_wrong_form_is_refused_with_the_form_to_write(verb: str, name: str) -> None:
    refused: list[dq.InvalidTypeError] = []
    for wrong in WRONG:
        try:
            getattr(rr, verb)(**{**RIGHT[verb], name: wrong})
        except dq.InvalidTypeError as told:
            refused.append(told)
        except dq.InvalidValueError:
            pass
    assert refused
    assert not [str(told) for told in refused if not told.hint]


def hint_of(verb: Any, *arguments: Any, **named: Any) -> str:
    with pytest.raises(dq.InvalidTypeError) as told:
        verb(*arguments, **named)
    return told.value.hint


@pytest.mark.parametrize("verb", [rr.irr, rr.all_rates_of_return])
def test_a_pair_of_a_date_and_an_amount_is_written_as_a_cash_flow(verb: Any) -> None:
    dated = {rr.irr: "xirr"}.get(verb, "all_rates_of_return")
    assert hint_of(verb, [(JAN, -100), (JUL, Decimal("110.50"))]) == (
        "Amounts come one a period, without dates. "
        f"With dates use {dated}, of CashFlow(date(2025, 1, 31), -100)."
    )


@pytest.mark.parametrize(
    ("pair", "written"),
    [
        ((JAN, Decimal("110.50")), 'CashFlow(date(2025, 1, 31), Decimal("110.50"))'),
        ([JAN, 110.5], 'CashFlow(date(2025, 1, 31), Decimal("110.5"))'),
        ((JAN, "110.50"), 'CashFlow(date(2025, 1, 31), Decimal("110.50"))'),
        ((datetime(2025, 1, 31, 12), 7), "CashFlow(date(2025, 1, 31), 7)"),
        ((JAN, None), "CashFlow(date(2025, 1, 31), amount)"),
        ((JAN, float("nan")), "CashFlow(date(2025, 1, 31), amount)"),
        (("2025-01-31", 7), 'CashFlow(date(2025, 1, 31), Decimal("-1000.00"))'),
        ((JAN, 7, 8), 'CashFlow(date(2025, 1, 31), Decimal("-1000.00"))'),
    ],
)
def test_what_stands_for_a_cash_flow_is_written_as_one(pair: Any, written: str) -> None:
    assert hint_of(rr.xirr, [pair]) == f"Write {written}."


def test_cash_flows_without_dates_lead_to_the_verb_of_amounts() -> None:
    assert hint_of(rr.xirr, AMOUNTS) == (
        "Write CashFlow(date, -100), each amount with its date. Amounts one a period are for irr."
    )
    assert hint_of(rr.xnpv, AMOUNTS, rate=0).endswith("are for npv.")
    assert hint_of(rr.xirr, [Decimal("-1.50")]).startswith('Write CashFlow(date, Decimal("-1.50"))')
    european = hint_of(rr.eu_annual_percentage_rate, AMOUNTS, interval_rule=rr.IntervalRule.DAYS)
    assert european == "Write CashFlow(date, -100), each amount with its date."


def test_cash_flows_on_dates_lead_to_the_verb_of_dates() -> None:
    alone = "Write the amounts alone: [flow.amount for flow in flows]."
    assert hint_of(rr.irr, FLOWS) == f"{alone} With dates use xirr, of the same flows."
    assert hint_of(rr.npv, FLOWS, rate=0) == f"{alone} With dates use xnpv, of the same flows."
    simple = {"periods_per_year": 12, "annualisation": rr.Annualisation.SIMPLE}
    assert hint_of(rr.annualised_rate, FLOWS, **simple) == alone


@pytest.mark.parametrize("given", [TABLE, [*TABLE]])
def test_the_table_of_a_loan_leads_to_its_flows(given: Any) -> None:
    for verb in (rr.xirr, rr.irr, rr.all_rates_of_return):
        assert "table.cash_flows()" in hint_of(verb, given)
    for dated in ({}, {"recognised_on": date(2024, 12, 31)}):
        assert "table.cash_flows()" in hint_of(rr.effective_interest_rate, 12000, given, **dated)


def test_a_rate_given_as_a_text_is_written_as_a_decimal() -> None:
    assert hint_of(rr.npv, AMOUNTS, rate="0.1") == 'Write Decimal("0.1").'
    assert "5 % is 0.05" in hint_of(rr.npv, AMOUNTS, rate="10%")
    assert "from a string" in hint_of(rr.npv, AMOUNTS, rate=0.1)
    assert "rate.as_decimal()" in hint_of(rr.npv, AMOUNTS, rate=TERMS.annual_rate)


def test_an_amount_given_as_a_text_is_written_as_a_decimal() -> None:
    assert hint_of(rr.irr, ["-100", 110]).startswith('Write Decimal("-100");')
    assert hint_of(rr.irr, ["1,000", 110]).startswith('Write Decimal("12.34");')


def test_a_choice_is_refused_with_all_its_members() -> None:
    simple = hint_of(rr.annualised_rate, AMOUNTS, periods_per_year=12, annualisation="simple")
    assert simple == "Write Annualisation.COMPOUND or Annualisation.SIMPLE."
    months = hint_of(rr.uk_annual_percentage_rate, FLOWS, interval_rule="months")
    assert months.endswith("IntervalRule.WEEKS or IntervalRule.DAYS.")
    start = hint_of(rr.level_payment, **PAYMENT_PLAN, timing=1)
    assert start == "Write PaymentTiming.END or PaymentTiming.START."
    unit = hint_of(rr.UnitPeriod, "month")
    assert unit.endswith("PeriodUnit.SEMIMONTH, PeriodUnit.MONTH or PeriodUnit.YEAR.")


@pytest.mark.parametrize(
    ("given", "meant"),
    [("week", "WEEK"), (rr.PeriodUnit.YEAR, "YEAR"), ("monthly", "MONTH"), (None, "MONTH")],
)
def test_a_unit_period_is_refused_with_the_one_that_was_meant(given: Any, meant: str) -> None:
    for ask in (
        lambda: rr.us_annual_percentage_rate(FLOWS, unit_period=given),
        lambda: rr.unit_periods_between(JAN, JUL, unit_period=given),
    ):
        assert hint_of(ask) == (
            f"Write UnitPeriod(PeriodUnit.{meant}); the members of PeriodUnit are DAY, WEEK, "
            "SEMIMONTH, MONTH, YEAR."
        )


def test_a_count_is_written_as_a_whole_number() -> None:
    assert hint_of(rr.irr, AMOUNTS, decimals="2") == "Write 2."
    assert hint_of(rr.irr, AMOUNTS, decimals=2.0) == "Write 2."
    assert hint_of(rr.irr, AMOUNTS, decimals=2.5) == "Write a whole number, such as 12."


def test_one_cash_flow_alone_is_written_in_a_list() -> None:
    assert hint_of(rr.xirr, FLOWS[0]).startswith("Write a list: [CashFlow(")
    assert hint_of(rr.irr, 100).startswith("Write a list: [Decimal(")


def test_where_recognition_has_a_date_the_flows_have_theirs() -> None:
    told = hint_of(rr.effective_interest_rate, 100, [110], recognised_on=JAN)
    assert told.endswith(
        "each amount with its date. Amounts one a period go without recognised_on."
    )
    told = hint_of(rr.effective_interest_rate, 100, FLOWS[1:])
    assert told.startswith("Write recognised_on=date(2025, 1, 31)")


def test_a_row_of_another_kind_is_told_both_ways() -> None:
    hint = hint_of(rr.xirr, [dq.Instalment(JAN, 100)])
    assert "table.cash_flows()" in hint
    assert "write CashFlow(date, amount)" in hint
