"""What holds of every irregular plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs
from hypothesis import given
from hypothesis import strategies as st

from delinquency import (
    AmortisationMethod,
    ByDays,
    Currency,
    DayCount,
    DeferredInterest,
    ExactRateChange,
    FirstPeriod,
    GivenPayment,
    GivenPrincipal,
    InvalidValueError,
    IrregularRow,
    IrregularTerms,
    Rate,
    RateChange,
    RepaymentTerms,
    SolvedPayment,
    WholeBalance,
    amortisation_table,
    irregular_table,
    year_fraction,
)

EUR = Currency.of("EUR")
START = date(2024, 1, 15)
CENTS = st.integers(min_value=1, max_value=10**8).map(lambda minor: Decimal(minor) / 100)
RATES = st.integers(min_value=0, max_value=30_000_000).map(
    lambda scaled: Rate.per_year(Decimal(scaled).scaleb(-8))
)
ADDITIVE = st.sampled_from(
    [DayCount.ACT_365F, DayCount.ACT_360, DayCount.ACT_ACT_ISDA, DayCount.THIRTY_E_360]
)
"""Day counts under which the parts of a period add up to the whole of it."""

DEFERRED = st.sampled_from([None, *DeferredInterest])


@st.composite
def kept_rows(draw) -> list[IrregularRow]:
    """One to eight rows of every sort but payments, and the whole balance in the end."""
    gaps = draw(st.lists(st.integers(1, 120), min_size=2, max_size=9))
    day, rows = START, []
    for gap in gaps[:-1]:
        day += timedelta(gap)
        amounts = st.integers(-500, 500).map(GivenPrincipal)
        repays = draw(st.one_of(st.none(), amounts, st.integers(0, 900).map(GivenPayment)))
        deferred = None if isinstance(repays, GivenPayment) else draw(DEFERRED)
        rows.append(IrregularRow(day, repays, deferred))
    return [*rows, IrregularRow(day + timedelta(gaps[-1]), WholeBalance())]


@st.composite
def plans(draw, currencies: st.SearchStrategy[Currency | None] | None = None) -> IrregularTerms:
    rows = draw(kept_rows())
    days = draw(st.lists(st.integers(-10, 400), max_size=4, unique=True).map(sorted))
    return IrregularTerms(
        principal=draw(CENTS),
        annual_rate=draw(RATES),
        disbursed_on=START,
        day_count=draw(ADDITIVE),
        rows=rows,
        currency=draw(st.sampled_from([None, EUR]) if currencies is None else currencies),
        rate_changes=[RateChange(START + timedelta(day), draw(RATES)) for day in days],
        may_capitalise=True,
    )


@given(terms=plans())
def test_what_is_lent_drawn_and_capitalised_is_repaid(terms):
    """principal + Σ capitalised = Σ principal of the rows, draw-downs below 0; balances follow on."""
    table = irregular_table(terms)
    assert Fraction(terms.principal) + sum(row.capitalised for row in table) == sum(
        row.principal for row in table
    )
    assert table[-1].closing_balance == 0
    for before, after in pairwise(table):
        assert after.opening_balance == before.closing_balance >= 0


@given(terms=plans(), gap=st.integers(1, 700))
def test_a_row_on_which_nothing_happens_changes_nothing(terms, gap):
    """An observation between two rows leaves every other row as it was, rounded or not."""
    day = START + timedelta(gap)
    if day >= terms.rows[-1].due_date or day in {row.due_date for row in terms.rows}:
        return
    before = irregular_table(terms)
    seen = IrregularRow(day, None, DeferredInterest.ACCRUED)
    waived = next(row for row in terms.rows if row.due_date > day)
    if waived.deferred is DeferredInterest.WAIVED:
        return
    rows = sorted([*terms.rows, seen], key=lambda row: row.due_date)
    after = [row for row in irregular_table(attrs.evolve(terms, rows=rows)) if row.due_date != day]
    assert [attrs.evolve(row, number=0) for row in after] == [
        attrs.evolve(row, number=0) for row in before
    ]


@given(terms=plans(st.none()), factor=st.integers(1, 9))
def test_a_plan_of_twice_the_amounts_has_twice_the_figures(terms, factor):
    """Every figure is homogeneous in principal, principals and payments, where nothing is rounded."""

    def scaled(row: IrregularRow) -> IrregularRow:
        if isinstance(row.repays, GivenPrincipal | GivenPayment):
            amount = row.repays.amount * factor
            return attrs.evolve(row, repays=attrs.evolve(row.repays, amount=amount))
        return row

    more = attrs.evolve(
        terms, principal=terms.principal * factor, rows=[scaled(row) for row in terms.rows]
    )
    for one, many in zip(irregular_table(terms), irregular_table(more), strict=True):
        assert many.payment == factor * one.payment
        assert many.accrued == factor * one.accrued


@given(
    principal=CENTS,
    rate=RATES,
    gaps=st.lists(st.integers(1, 120), min_size=1, max_size=12),
    day_count=ADDITIVE,
)
def test_a_solved_payment_is_worth_what_was_lent(principal, rate, gaps, day_count):
    """Σ x ÷ Π (1 + r · year fraction of each period up to it) = principal, exactly."""
    days = [START]
    for gap in gaps:
        days.append(days[-1] + timedelta(gap))
    *some, last = days[1:]
    table = irregular_table(
        IrregularTerms(
            principal=principal,
            annual_rate=rate,
            disbursed_on=START,
            day_count=day_count,
            rows=[
                *(IrregularRow(day, SolvedPayment()) for day in some),
                IrregularRow(last, WholeBalance()),
            ],
        )
    )
    assert len({row.payment for row in table}) == 1
    growth, worth = Fraction(1), Fraction(0)
    for (start, end), row in zip(pairwise(days), table, strict=True):
        growth *= 1 + Fraction(rate.as_decimal()) * year_fraction(start, end, day_count=day_count)
        worth += row.payment / growth
    assert worth == Fraction(principal)


@given(terms=plans(st.none()), gap=st.integers(1, 400))
def test_a_change_to_the_same_rate_changes_nothing(terms, gap):
    """A rate that is confirmed on a day is no change, where nothing is rounded."""
    day = START + timedelta(gap)
    if day in {change.effective_on for change in terms.rate_changes}:
        return
    known = [change for change in terms.rate_changes if change.effective_on < day]
    rate = known[-1].annual_rate if known else terms.annual_rate
    changes = sorted(
        [*terms.rate_changes, ExactRateChange(day, rate)], key=lambda change: change.effective_on
    )
    again = attrs.evolve(terms, rate_changes=changes)
    assert irregular_table(again).rows == irregular_table(terms).rows


@given(
    principal=CENTS,
    rate=RATES,
    count=st.integers(1, 40),
    day_count=ADDITIVE,
    method=st.sampled_from(
        [
            AmortisationMethod.ANNUITY,
            AmortisationMethod.EQUAL_PRINCIPAL,
            AmortisationMethod.INTEREST_ONLY,
        ]
    ),
)
def test_a_regular_plan_given_date_by_date_is_the_regular_plan(
    principal, rate, count, day_count, method
):
    """The rows of irregular terms with the dates of regular ones are the regular rows, to the cent."""
    regular = RepaymentTerms(
        currency=EUR,
        principal=principal,
        annual_rate=rate,
        first_due_date=date(2024, 2, 29),
        disbursed_on=START,
        first_period=FirstPeriod.OWN_LENGTH,
        instalment_count=count,
        method=method,
        interest_basis=ByDays(day_count),
        may_capitalise=True,
    )
    table = amortisation_table(regular)
    *some, last = table
    repays = {
        AmortisationMethod.ANNUITY: lambda _: SolvedPayment(),
        AmortisationMethod.EQUAL_PRINCIPAL: lambda row: GivenPrincipal(row.principal),
        AmortisationMethod.INTEREST_ONLY: lambda _: None,
    }[method]
    given_rows = [IrregularRow(row.due_date, repays(row)) for row in some]
    given = irregular_table(
        IrregularTerms(
            currency=EUR,
            principal=principal,
            annual_rate=rate,
            disbursed_on=START,
            day_count=day_count,
            rows=[*given_rows, IrregularRow(last.due_date, WholeBalance())],
            may_capitalise=True,
        )
    )
    for ours, theirs in zip(given, table, strict=True):
        assert (ours.principal, ours.interest, ours.closing_balance) == (
            theirs.principal,
            theirs.interest,
            theirs.closing_balance,
        )


@given(terms=plans(), payment=st.integers(0, 20))
def test_a_payment_below_the_interest_is_refused_or_the_rest_is_owed(terms, payment):
    """Without leave to capitalise no balance grows but by what is drawn or capitalised by its row."""
    rows = [
        attrs.evolve(terms.rows[0], repays=GivenPayment(payment), deferred=None),
        *terms.rows[1:],
    ]
    first = irregular_table(attrs.evolve(terms, rows=rows))[0]
    strict = attrs.evolve(terms, rows=rows, may_capitalise=False)
    if first.capitalised > 0:
        try:
            irregular_table(strict)
        except InvalidValueError as error:
            assert "row 1" in error.where  # noqa: PT017
        else:
            raise AssertionError
    assert first.payment <= payment
