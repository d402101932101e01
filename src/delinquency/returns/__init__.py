"""Rates of return and the time value of money, to the decimals asked for, with proof.

The one idea: a rate is the solution of an equation, so it is told as exactly as asked, proven by the
signs on both sides of it; an equation with several solutions, or none, is answered with an error that
lists them, never with the one that a solver happens to meet.
"""

from delinquency.returns.annual_percentage_rate import (
    eu_annual_percentage_rate,
    uk_annual_percentage_rate,
)
from delinquency.returns.annualised_rates import (
    Annualisation,
    annualised_cost_of_balances,
    annualised_rate,
)
from delinquency.returns.appendix_j import appendix_j_rate, us_annual_percentage_rate
from delinquency.returns.cash_flows import CashFlow
from delinquency.returns.compounding import effective_rate, nominal_rate
from delinquency.returns.diminished_obligation import diminished_share
from delinquency.returns.effective_interest import (
    AmortisedCostRow,
    amortised_cost_table,
    effective_interest_rate,
)
from delinquency.returns.intervals import AprInterval, IntervalRule, apr_interval
from delinquency.returns.level_payments import (
    PaymentTiming,
    cumulative_interest,
    cumulative_principal,
    interest_part,
    level_payment,
    principal_part,
)
from delinquency.returns.modification import changed_share, modification_gain
from delinquency.returns.rates_of_return import all_rates_of_return, irr, npv, xirr, xnpv
from delinquency.returns.rebates import (
    actuarial_rebate,
    rule_of_78_rebate,
    uk_early_settlement_rebate,
)
from delinquency.returns.time_value import (
    future_value,
    payment_count,
    period_rate,
    present_value,
)
from delinquency.returns.unit_periods import PeriodUnit, UnitPeriod, unit_periods_between

__all__ = [
    "AmortisedCostRow",
    "Annualisation",
    "AprInterval",
    "CashFlow",
    "IntervalRule",
    "PaymentTiming",
    "PeriodUnit",
    "UnitPeriod",
    "actuarial_rebate",
    "all_rates_of_return",
    "amortised_cost_table",
    "annualised_cost_of_balances",
    "annualised_rate",
    "appendix_j_rate",
    "apr_interval",
    "changed_share",
    "cumulative_interest",
    "cumulative_principal",
    "diminished_share",
    "effective_interest_rate",
    "effective_rate",
    "eu_annual_percentage_rate",
    "future_value",
    "interest_part",
    "irr",
    "level_payment",
    "modification_gain",
    "nominal_rate",
    "npv",
    "payment_count",
    "period_rate",
    "present_value",
    "principal_part",
    "rule_of_78_rebate",
    "uk_annual_percentage_rate",
    "uk_early_settlement_rebate",
    "unit_periods_between",
    "us_annual_percentage_rate",
    "xirr",
    "xnpv",
]
