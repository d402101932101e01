"""Laws that join schedules and rates of return: what a loan is made at, its flows give back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from delinquency import Currency, DayCount, Frequency, Rate, returns
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    Moratorium,
    NominalPeriods,
    RepaymentTerms,
    amortisation_table,
)

CLOSE = Decimal("1e-7")
METHODS = (
    AmortisationMethod.ANNUITY,
    AmortisationMethod.EQUAL_PRINCIPAL,
    AmortisationMethod.INTEREST_ONLY,
)

large_loans = st.builds(
    RepaymentTerms,
    currency=st.just(Currency.of("CNY")),
    # So large that cents do not move the seventh decimal of a rate.
    principal=st.integers(10**7, 10**9),
    annual_rate=st.integers(0, 3 * 10**7).map(lambda n: Rate.per_year(Decimal(n).scaleb(-8))),
    first_due_date=st.dates(date(2000, 1, 31), date(2060, 12, 31)),
    instalment_count=st.integers(1, 40),
    method=st.sampled_from(METHODS),
)


@given(large_loans, st.integers(7, 91))
def test_the_rate_of_the_flows_is_the_rate_of_the_loan_compounded(
    terms: RepaymentTerms, days: int
) -> None:
    """Periods of d days by Act/365F: XIRR = (1 + rate × d ÷ 365) ^ (365 ÷ d) - 1, whatever the method."""
    terms = attrs.evolve(
        terms,
        frequency=Frequency.every_days(days),
        interest_basis=ByDays(DayCount.ACT_365F),
    )
    rate = returns.xirr(amortisation_table(terms).cash_flows())
    period = 1 + terms.annual_rate.as_decimal() * days / 365
    assert abs(rate - (period ** (Decimal(365) / days) - 1)) < CLOSE


@given(large_loans, st.integers(7, 91))
def test_a_bullet_compounds_once(terms: RepaymentTerms, days: int) -> None:
    """Interest without interest over n periods of d days: XIRR = (1 + rate × nd ÷ 365) ^ (365 ÷ nd) - 1."""
    terms = attrs.evolve(
        terms,
        method=AmortisationMethod.BULLET,
        frequency=Frequency.every_days(days),
        interest_basis=ByDays(DayCount.ACT_365F),
    )
    rate = returns.xirr(amortisation_table(terms).cash_flows())
    length = days * terms.instalment_count
    whole = 1 + terms.annual_rate.as_decimal() * length / 365
    assert abs(rate - (whole ** (Decimal(365) / length) - 1)) < CLOSE


@given(large_loans, st.integers(0, 3))
def test_the_rate_a_period_is_the_nominal_rate_over_the_periods_of_a_year(
    terms: RepaymentTerms, quiet: int
) -> None:
    """By twelfths: IRR of the payments × 12 = the nominal rate, with a moratorium on principal or without."""
    if 0 < quiet < terms.instalment_count:
        terms = attrs.evolve(terms, moratorium=Moratorium(principal_instalments=quiet))
    table = amortisation_table(attrs.evolve(terms, interest_basis=NominalPeriods()))
    rate = returns.irr([-Decimal(terms.principal), *(row.payment for row in table)])
    assert abs(rate * 12 - terms.annual_rate.as_decimal()) < CLOSE


@given(large_loans, st.integers(1, 10**5))
def test_fees_kept_back_raise_the_rate(terms: RepaymentTerms, fees: int) -> None:
    """What is kept back on the day of the loan makes it dearer, and nothing else does."""
    table = amortisation_table(terms)
    plain = returns.xirr(table.cash_flows())
    assert returns.xirr(table.cash_flows(upfront_fees=0)) == plain
    assert returns.xirr(table.cash_flows(upfront_fees=fees)) > plain
