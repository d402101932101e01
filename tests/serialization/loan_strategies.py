"""What goes into a schedule, and what comes out of it, over all choices; every draw is a document."""

from __future__ import annotations

import operator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import attrs
from hypothesis import strategies as st

import delinquency as dq
from delinquency.amortisation import InterestPause, NoRebate, ProRataRebate
from tests.amortisation_strategies import ANY_RATE
from tests.laws.test_after_lending_laws import repaid_each_period

START = date(2024, 1, 15)
AMOUNTS = st.integers(1, 10**8).map(lambda minor: Decimal(minor).scaleb(-2)) | st.integers(1, 10**6)
FRACTIONS = st.fractions(0, 10**6, max_denominator=10**6)
EXACT_RATES = ANY_RATE | st.fractions(0, Fraction(1, 2), max_denominator=10**9)


@st.composite
def irregular_terms(draw: st.DrawFn) -> dq.IrregularTerms:
    """Plans with and without a currency, of every sort of row, at rates that may be fractions."""
    currency = draw(st.sampled_from([None, dq.Currency.of("EUR")]))
    amounts = AMOUNTS if currency else AMOUNTS | FRACTIONS
    repays = st.one_of(
        st.none(),
        (amounts | amounts.map(operator.neg)).map(dq.GivenPrincipal),
        amounts.map(dq.GivenPayment),
        st.just(dq.SolvedPayment()),
    )
    day, rows = START, []
    for gap in draw(st.lists(st.integers(2, 90), min_size=1, max_size=6)):
        day += timedelta(gap)
        row = dq.IrregularRow(
            day, draw(repays), accrues_to=draw(st.sampled_from([None, day - timedelta(1)]))
        )
        if row.repays is None or isinstance(row.repays, dq.GivenPrincipal):
            deferred = draw(st.none() | st.sampled_from(dq.DeferredInterest))
            row = attrs.evolve(row, deferred=deferred)
        rows.append(row)
    return dq.IrregularTerms(
        principal=draw(amounts),
        annual_rate=draw(EXACT_RATES),
        disbursed_on=START,
        day_count=draw(st.sampled_from([dq.DayCount.ACT_365F, dq.DayCount.THIRTY_E_360])),
        rows=[*rows, dq.IrregularRow(day + timedelta(30), dq.WholeBalance())],
        currency=currency,
        rounding=draw(st.sampled_from(dq.RoundingMode)),
        rate_changes=[
            draw(st.sampled_from([dq.RateChange(day, rate), dq.ExactRateChange(day, rate)]))
            if isinstance(rate, dq.Rate)
            else dq.ExactRateChange(day, rate)
            for day, rate in draw(changes())
        ],
        accrued_interest=draw(amounts | st.just(0)),
        solved_over=draw(st.sampled_from([(), (day, day + timedelta(900))])),
        may_capitalise=True,
    )


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[date, Any]]:
    days = draw(st.lists(st.integers(-10, 400), max_size=3, unique=True).map(sorted))
    return [(START + timedelta(day), draw(EXACT_RATES)) for day in days]


@st.composite
def prepayments(draw: st.DrawFn) -> dq.Prepayment:
    """Each with any fee that its effect allows."""
    effect = draw(st.sampled_from(dq.PrepaymentEffect))
    shares = st.integers(0, 10).map(lambda share: dq.Proportion(share, 100))
    held = effect is dq.PrepaymentEffect.HELD
    return dq.Prepayment(
        paid_on=draw(st.dates(date(2020, 1, 1), date(2030, 12, 31))),
        amount=draw(AMOUNTS),
        effect=effect,
        interest=draw(st.sampled_from(dq.PrepaymentInterest)),
        fee=draw(st.just(Decimal(0)) if held else AMOUNTS | shares),
    )


@st.composite
def interest_pauses(draw: st.DrawFn) -> list[InterestPause]:
    """In order, apart from each other."""
    days = draw(st.lists(st.integers(0, 600), max_size=6, unique=True).map(sorted))
    ends = [START + timedelta(day) for day in days]
    return [
        InterestPause(start=a, end=b) for a, b in zip(ends[::2], ends[1::2], strict=False) if a < b
    ]


def recalculations() -> st.SearchStrategy[dq.Recalculation]:
    return st.builds(
        dq.Recalculation,
        surplus=st.sampled_from(dq.Surplus),
        overdue_base=st.sampled_from(dq.OverdueBase),
        principal_first=st.booleans(),
        keeps_past_rows=st.booleans(),
        rounds_stretches=st.booleans(),
        pauses=interest_pauses(),
    )


@st.composite
def reference_rates(draw: st.DrawFn) -> dq.ReferenceRates:
    days = draw(st.lists(st.dates(START, date(2030, 1, 1)), min_size=1, max_size=6, unique=True))
    return dq.ReferenceRates(
        name=draw(st.sampled_from(["LPR 5Y", "五年期以上 LPR", ""])),
        rates=[(day, draw(ANY_RATE)) for day in sorted(days)],
        covered_until=max(days) + timedelta(draw(st.integers(0, 90))),
    )


@st.composite
def recalculated_tables(draw: st.DrawFn) -> dq.amortisation.RecalculatedTable:
    """Any loan whose interest is counted anew, with the money that came, some of it taken back."""
    terms = draw(repaid_each_period)
    money = draw(st.lists(st.tuples(st.integers(-20, 800), AMOUNTS), max_size=5))
    days = st.integers(0, 30)
    payments = [
        dq.Payment(day, amount, reversed_on=draw(st.none() | days.map(partial(later, day))))
        for day, amount in ((later(terms.first_due_date, n), amount) for n, amount in money)
    ]
    return dq.recalculate(
        terms,
        payments=payments,
        as_of=later(terms.first_due_date, draw(st.integers(-20, 900))),
        recalculation=draw(recalculations()),
    )


def later(day: date, days: int) -> date:
    return day + timedelta(days)


@st.composite
def settlement_quotes(draw: st.DrawFn) -> dq.SettlementQuote:
    """Of loans at interest, with everything that can be owed."""
    terms = draw(repaid_each_period)
    return dq.settlement_quote(
        terms,
        as_of=later(terms.first_due_date, draw(st.integers(0, 900))),
        unpaid_instalments=draw(st.integers(0, 1)),
        other_dues=draw(AMOUNTS),
        charge=draw(AMOUNTS | st.just(dq.Proportion(3, 100))),
        rebate=draw(st.sampled_from([None, NoRebate(), ProRataRebate()])),
    )
