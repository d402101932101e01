"""Laws of schedules, over all the choices of terms."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from delinquency import (
    WEEKENDS_ONLY,
    BusinessDayConvention,
    Currency,
    DayCount,
    InvalidValueError,
    Rate,
    RoundingMode,
    returns,
)
from delinquency.amortisation import (
    AmortisationMethod,
    AmortisationTable,
    ByDays,
    DeferredInterest,
    FirstPeriod,
    LevelPayment,
    Moratorium,
    NominalPeriods,
    RateChange,
    RateChangeEffect,
    RepaymentTerms,
    Residue,
    amortisation_table,
    repayment_schedule,
)
from delinquency.amounts import to_minor
from delinquency.calendar import to_date
from delinquency.daycount import day_ratio
from delinquency.frequency import Frequency
from delinquency.rounding import divide
from tests.amortisation_strategies import DAY_COUNTS, rates, repayment_terms
from tests.strategies_internal import FEW, MANY, MOST

ANNUITY, EQUAL_PRINCIPAL = AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL
FLAT = AmortisationMethod.FLAT
NOT_NEGATIVE = rates(least="0")
SOLVED = LevelPayment()
CNY = Currency.of("CNY")
NEAR_ITS_BALLOON = RepaymentTerms(
    currency=CNY,
    principal=Decimal("0.01"),
    annual_rate=Rate.per_year("0.00000001"),
    first_due_date=date(2024, 2, 29),
    instalment_count=2,
    method=ANNUITY,
    rounding=RoundingMode.FLOOR,
    carries_fractions=True,
    interest_basis=ByDays(DayCount.ACT_365F),
    level_payment=LevelPayment(is_rounded=False),
    balloon=Decimal("0.01"),
    may_capitalise=True,
)
"""The first payment is less than its interest, by a part of a cent that no rounding may show as -1."""

BEGINS_BEFORE_A_SUNDAY = RepaymentTerms(
    currency=CNY,
    principal=10_000,
    annual_rate=Rate.per_year("0.0435"),
    first_due_date=date(2023, 12, 31),
    instalment_count=1,
    method=EQUAL_PRINCIPAL,
    frequency=Frequency.EVERY_TWO_WEEKS,
    convention=BusinessDayConvention.PRECEDING,
    calendar=WEEKENDS_ONLY,
)
"""Its nominal start, 17 December 2023, is a Sunday: interest is counted from the Friday before."""

ONE_MORE_INSTALMENT = RepaymentTerms(
    currency=CNY,
    principal=Decimal("5025.86"),
    annual_rate=Rate.per_year("0.0435"),
    first_due_date=date(2024, 2, 29),
    instalment_count=12,
    method=ANNUITY,
    level_payment=LevelPayment(amount=Decimal("1.47")),
    rate_changes=(
        RateChange(date(2024, 2, 28), Rate.per_year(0)),
        RateChange(date(2024, 2, 29), Rate.per_year("0.0000119")),
    ),
    rate_change_effect=RateChangeEffect.NEW_TERM,
    may_capitalise=True,
)
"""The first payment is below its interest, and there are 13 rows where 12 were agreed."""


def shows_rounded_balances(terms: RepaymentTerms) -> bool:
    """Whether the balances shown are roundings of an exact one."""
    return terms.method is ANNUITY and terms.carries_fractions


def total_interest(terms: RepaymentTerms) -> int:
    return sum(row.interest for row in amortisation_table(terms).minor_rows)


@MOST
@given(repayment_terms())
def test_the_principal_is_repaid_and_nothing_is_lost(terms):
    """Law: principals sum to the amount lent and what was capitalised, and the balance ends at 0.

    The last row repays what is open with its interest, so none of that becomes principal.
    """
    rows = amortisation_table(terms).minor_rows
    lent = terms.principal_minor + sum(row.capitalised for row in rows)
    assert sum(row.principal for row in rows) == lent
    assert rows[0].opening == terms.principal_minor
    assert rows[-1].closing == rows[-1].capitalised == 0


@MOST
@given(repayment_terms())
def test_each_balance_follows_from_the_one_before(terms):
    """Law: closing = opening - principal + capitalised, and the next opening is this closing.

    Where an exact balance is carried, each balance shown is rounded by itself: the first equation then
    holds within a minor unit, but for the row that ends the loan.
    """
    rows = amortisation_table(terms).minor_rows
    assert all(row.closing == following.opening for row, following in pairwise(rows))
    for row in rows:
        off = row.closing - (row.opening - row.principal + row.capitalised)
        if not shows_rounded_balances(terms):
            assert off == 0
        elif row.closing > terms.balloon_minor:
            assert abs(off) <= 1


@MOST
@given(repayment_terms())
def test_amounts_are_whole_minor_units_and_one_row_an_instalment(terms):
    """Law: every figure of every row is a whole number of minor units; there are as many as agreed."""
    table = amortisation_table(terms)
    assert all(type(amount) is int for row in table.rows for amount in row)
    assert len(table) - table.terms.instalment_count in (0, 1)
    if terms.rate_change_effect is RateChangeEffect.NEW_PAYMENT or not terms.rate_changes:
        assert table.terms == terms
    assert len(list(table)) == len(table)
    for row in table:
        for field in ("principal", "interest", "fees", "capitalised", "closing_balance"):
            to_minor(abs(getattr(row, field)), terms.currency, where="row", field=field)


@MOST
@given(repayment_terms(rates=NOT_NEGATIVE))
@example(NEAR_ITS_BALLOON)
def test_nothing_is_negative_at_a_rate_that_is_not(terms):
    """Law: at rates of 0 and more nobody is paid for owing."""
    for row in amortisation_table(terms).minor_rows:
        assert min(row) >= 0


@MOST
@given(
    repayment_terms(
        method=ANNUITY,
        carries_fractions=True,
        rates=NOT_NEGATIVE,
        rate_change_effect=RateChangeEffect.NEW_PAYMENT,
        level_payment=LevelPayment(is_rounded=False),
    ),
    st.integers(1, 200),
    st.integers(0, 2),
)
def test_nothing_is_negative_near_a_balloon_that_an_exact_payment_leaves(terms, lent, repaid):
    """Law: where next to nothing is repaid, each figure shown is 0 or more, and follows from the others."""
    unit = Decimal(1).scaleb(-terms.currency.minor_unit)
    terms = attrs.evolve(terms, principal=lent * unit, balloon=max(lent - repaid, 0) * unit)
    rows = amortisation_table(terms).minor_rows
    assert min(min(row) for row in rows) >= 0
    assert sum(row.principal for row in rows) == lent + sum(row.capitalised for row in rows)
    for row in rows[:-1]:
        if row.closing > terms.balloon_minor:
            assert abs(row.closing - (row.opening - row.principal + row.capitalised)) <= 1


def table_of(terms):
    """The table of a loan that a new term repays: not one whose payments are nothing or outrun by interest."""
    try:
        return amortisation_table(terms)
    except InvalidValueError as error:
        assume("a loan that its payment" not in str(error))
        raise


@MANY
@given(repayment_terms())
def test_due_dates_are_those_of_the_periods(terms):
    """Law: rows fall due at the ends of the periods; the interest of broken days, at their end."""
    table = amortisation_table(terms)
    terms, rows = table.terms, list(table)
    dates = terms.period_dates()
    extra = len(rows) - terms.instalment_count
    assert [row.due_date for row in rows[extra:]] == list(dates.due_dates)
    assert [row.number for row in rows] == list(range(1 - extra, terms.instalment_count + 1))
    if extra:
        assert rows[0].due_date == dates.adjusted[0]
    assert all(terms.due_date(row.number) == row.due_date for row in rows[extra:])


@MANY
@given(repayment_terms())
def test_a_schedule_is_its_table(terms):
    """Law: what falls due is the same, row by row; interest below 0 lowers the principal due.

    A row in which the lender would have to pay is no schedule of a debtor, and is refused.
    """
    table = amortisation_table(terms)
    if any(row.principal + row.interest < 0 for row in table):
        with pytest.raises(InvalidValueError, match="what a debtor owes"):
            repayment_schedule(terms)
        return
    schedule = repayment_schedule(terms)
    assert schedule.currency == terms.currency
    for row, due in zip(table, schedule, strict=True):
        assert (due.due_date, due.total, due.fees) == (row.due_date, row.payment, row.fees)
        assert due.interest == max(row.interest, Decimal(0))


@MANY
@given(repayment_terms(method=ANNUITY, level_payment=SOLVED))
def test_the_same_terms_give_the_same_table(terms):
    """Law: a table is a function of its terms."""
    assert amortisation_table(terms).rows == amortisation_table(attrs.evolve(terms)).rows


@MANY
@given(repayment_terms(), st.data())
def test_a_change_to_the_same_rate_changes_nothing(terms, data):
    """Law: a rate that is set again to what it is leaves every row as it was."""
    held = attrs.evolve(terms, rate_changes=())
    days = data.draw(st.lists(st.integers(-40, 900), min_size=1, max_size=3, unique=True))
    changes = [
        RateChange(terms.first_due_date + timedelta(number), terms.annual_rate)
        for number in sorted(days)
    ]
    again = attrs.evolve(held, rate_changes=changes)
    rows = [amortisation_table(each).minor_rows for each in (held, again)]
    assert rows[0] == rows[1]


@MANY
@given(repayment_terms(rate_changes=()), NOT_NEGATIVE, st.integers(1, 400))
def test_a_change_after_the_last_day_changes_nothing(terms, rate, later):
    """Law: a rate that begins on the last due date or after it bears no interest."""
    end = terms.period_dates().due_dates[-1]
    nominal = terms.period_dates().nominal[-1]
    change = RateChange(max(end, nominal) + timedelta(later - 1), rate)
    changed = attrs.evolve(terms, rate_changes=[change])
    assert amortisation_table(changed).minor_rows == amortisation_table(terms).minor_rows


@MANY
@given(
    repayment_terms(rate_changes=()),
    NOT_NEGATIVE,
    st.integers(0, 400),
)
@example(BEGINS_BEFORE_A_SUNDAY, Rate.per_year(0), 0)
def test_a_change_before_the_loan_is_the_rate_of_the_loan(terms, rate, earlier):
    """Law: a rate that begins by the first day that bears interest is the one to pay by.

    A calendar may move that day to before the nominal start.
    """
    starts = terms.period_dates().nominal[0], to_date(terms.accrual_days()[0])
    first = min(*starts, terms.disbursed_on or date.max)
    change = RateChange(first - timedelta(earlier), rate)
    changed = attrs.evolve(terms, rate_changes=[change])
    agreed = attrs.evolve(terms, annual_rate=rate)
    assert amortisation_table(changed).minor_rows == amortisation_table(agreed).minor_rows


@MANY
@given(
    repayment_terms(
        method=ANNUITY,
        rate_change_effect=RateChangeEffect.NEW_TERM,
        rates=NOT_NEGATIVE,
        residue=Residue.LAST,
        moratorium=None,
    )
)
def test_a_new_term_keeps_the_payment_and_ends_with_no_larger_an_instalment(terms):
    """Law: every instalment but the last is what it was; the last is no more than it was to be."""
    table = table_of(terms)
    again = amortisation_table(table.terms)
    assert again.rows == table.rows
    if table.terms.level_payment == terms.level_payment:  # no change after the payment was solved
        return
    start = terms.accrual_days()[1]
    known = [c for c in terms.rate_changes if (c.effective_on - date(1970, 1, 1)).days < start]
    before = amortisation_table(attrs.evolve(terms, rate_changes=known)).minor_rows
    rows = table.minor_rows
    apart = terms.first_period.is_apart
    if not terms.level_payment.steps and not terms.carries_fractions and not apart:
        # A loan repaid to its balloon bears interest alone; one that roundings repay early has rows of 0.
        repaid = next(place for place, row in enumerate(rows) if row.closing <= terms.balloon_minor)
        common = min(repaid, len(before) - 1)
        assert [r.principal + r.interest for r in rows[:common]] == [
            r.principal + r.interest for r in before[:common]
        ]
        level = terms.level_payment
        unit = to_minor(level.multiple or 0, terms.currency, where="multiple") or 1
        most = sum(before[0][1:3]) + terms.instalment_count * unit
        if level.amount is not None:
            most = max(most, before[-1].opening + before[-1].interest)
        assert rows[-1].principal + rows[-1].interest <= most + terms.balloon_minor


@MANY
@given(repayment_terms(rates=NOT_NEGATIVE, instalment_count=12, may_capitalise=True), st.data())
def test_interest_that_is_waived_is_all_that_a_debtor_saves(terms, data):
    """Law: waiving deferred interest instead of accruing it takes away that interest, nothing else."""
    assume(terms.method is not AmortisationMethod.BULLET)
    quiet = data.draw(st.integers(1, 11))
    accrued, waived = (
        attrs.evolve(
            terms,
            residue=Residue.LAST,
            carries_fractions=False,
            moratorium=Moratorium(
                principal_instalments=quiet, interest_instalments=quiet, interest=rule
            ),
        )
        for rule in (DeferredInterest.ACCRUED, DeferredInterest.WAIVED)
    )
    paid = table_of(waived).minor_rows
    owed = table_of(accrued).minor_rows
    assert [row.principal for row in paid] == [row.principal for row in owed]
    assert sum(row.interest + row.fees for row in paid) <= sum(
        row.interest + row.fees for row in owed
    )
    extra = len(paid) - 12
    assert not any(row.interest + row.fees for row in paid[extra : quiet + extra]) or (
        terms.disbursed_on is not None
    )


@MANY
@given(repayment_terms(method=EQUAL_PRINCIPAL, rates=NOT_NEGATIVE, balloon=0))
def test_flat_interest_is_never_less_than_that_on_what_is_open(terms):
    """Law: interest on the original principal is at least that on equal principals, but for rounding.

    Each row is rounded by less than a minor unit.
    """
    declining = attrs.evolve(terms, moratorium=None)
    flat = attrs.evolve(declining, method=FLAT, flat_component=terms.flat_component)
    owed = sum(row.interest + row.fees for row in amortisation_table(flat).minor_rows)
    assert owed >= total_interest(declining) - terms.instalment_count


@MANY
@given(repayment_terms(method=EQUAL_PRINCIPAL, rates=NOT_NEGATIVE, balloon=0, residue=Residue.LAST,
                       moratorium=None, rate_changes=(), carries_fractions=False,
                       interest_basis=NominalPeriods(), first_period=FirstPeriod.REGULAR))  # fmt: skip
def test_equal_principals_cost_no_more_than_a_level_payment(terms):
    """Law: whoever repays sooner owes less interest: equal principals against a level payment.

    Where all periods are alike; a short first one lets a level payment repay more at first.
    Roundings of interest, a minor unit a row, and of the payment, carried along, are allowed for.
    """
    level = attrs.evolve(terms, method=ANNUITY, level_payment=SOLVED)
    assume(all(row.opening for row in amortisation_table(level).minor_rows))
    slack = 2 * terms.instalment_count**2
    assert total_interest(terms) <= total_interest(level) + slack


def exact_payment(table: AmortisationTable, growths: list[Fraction]) -> Fraction:
    """The payment by discounting each period, from the first on, instead of the closed form."""
    terms = table.terms
    value, annuity = Fraction(1), Fraction(0)
    for growth in growths:
        value /= growth
        annuity += value
    return (terms.principal_minor - terms.balloon_minor * value) / annuity


@MOST
@given(
    repayment_terms(
        method=ANNUITY,
        interest_basis=NominalPeriods(),
        level_payment=SOLVED,
        moratorium=None,
        rate_changes=(),
        first_period=FirstPeriod.REGULAR,
        residue=Residue.LAST,
    ),
    st.sampled_from((None, 1, 10)),
    st.sampled_from(RoundingMode),
)
def test_the_level_payment_is_within_its_multiple_of_the_exact_one(terms, multiple, rounding):
    """Law: the payment is the exact one, rounded by its mode to its multiple."""
    assume(terms.instalment_count > 1)
    level = LevelPayment(multiple=multiple, rounding=rounding)
    table = amortisation_table(attrs.evolve(terms, level_payment=level))
    months = terms.frequency.months or Fraction(12, terms.frequency.periods_per_year())
    growth = 1 + Fraction(terms.annual_rate.as_decimal()) * months / 12
    exact = exact_payment(table, [growth] * terms.instalment_count)
    step = 1 if multiple is None else multiple * 10**terms.currency.minor_unit
    expected = divide(exact.numerator, exact.denominator * step, rounding) * step
    assert abs(expected - exact) < step
    first = table.minor_rows[0]
    if first.closing > terms.balloon_minor and not first.capitalised:
        assert first.principal + first.interest == expected


@MANY
@given(repayment_terms(rate_changes=(), moratorium=None, carries_fractions=False), st.data())
def test_interest_by_days_is_balance_times_rate_times_year_fraction(terms, data):
    """Law: the interest of a row is recomputed from its dates by the day count alone."""
    day_count = data.draw(st.sampled_from(DAY_COUNTS[:4]))
    assume(terms.method not in (FLAT, AmortisationMethod.BULLET))
    terms = attrs.evolve(
        terms,
        interest_basis=ByDays(day_count),
    )
    assume(not terms.first_period.is_apart)
    days = terms.accrual_days()
    epoch = date(1970, 1, 1)
    for row, (start, end) in zip(amortisation_table(terms).minor_rows, pairwise(days), strict=True):
        years = Fraction(
            *day_ratio(epoch + timedelta(start), epoch + timedelta(end), day_count=day_count)
        )
        exact = row.opening * Fraction(terms.annual_rate.as_decimal()) * years
        borne = divide(exact.numerator, exact.denominator, terms.rounding)
        assert row.interest + row.capitalised == borne


@MANY
@given(repayment_terms(method=ANNUITY, interest_basis=NominalPeriods(), rate_changes=(),
                       moratorium=None, carries_fractions=False, residue=Residue.LAST,
                       rates=NOT_NEGATIVE, level_payment=SOLVED,
                       instalment_count=9), st.integers(1, 8))  # fmt: skip
def test_a_schedule_may_be_cut_anywhere(terms, paid):
    """Law: what is left of a schedule is the schedule of what is left, at the same payment."""
    assume(terms.first_period.bears_one_period)
    rows = amortisation_table(terms).minor_rows
    assume(rows[paid].opening > terms.balloon_minor)
    assume(rows[0].principal + rows[0].interest)
    unit = Decimal(1).scaleb(-terms.currency.minor_unit)
    level = LevelPayment(amount=(rows[0].principal + rows[0].interest) * unit)
    left = attrs.evolve(
        terms,
        principal=rows[paid].opening * unit,
        instalment_count=9 - paid,
        level_payment=level,
    )
    assert amortisation_table(left).minor_rows == rows[paid:]


@MANY
@given(repayment_terms())
@example(ONE_MORE_INSTALMENT)
def test_terms_that_may_not_capitalise_never_do(terms):
    """Law: without leave, a payment below the interest is refused; any other table is unchanged."""
    strict = attrs.evolve(terms, may_capitalise=False)
    table = amortisation_table(terms)
    free = table.minor_rows
    quiet = terms.moratorium.interest_instalments if terms.moratorium else 0
    if any(row.capitalised for row in free[quiet + len(free) - table.terms.instalment_count :]):
        with pytest.raises(InvalidValueError, match="at least the interest"):
            amortisation_table(strict)
    else:
        assert amortisation_table(strict).minor_rows == free


large = st.integers(10**8, 10**11).map(lambda minor: Decimal(minor).scaleb(-2))


@FEW
@given(large, rates(least="0.01"), st.integers(2, 60), st.sampled_from(AmortisationMethod),
       st.sampled_from(RoundingMode))  # fmt: skip
def test_the_rate_of_return_of_a_table_is_the_rate_of_its_terms(
    principal, rate, count, method, rounding
):
    """Law: of a loan at a nominal rate the internal rate of return is that rate, but for rounding.

    Each row is rounded by less than a minor unit, so the value of the table at the rate is within one
    unit a row of what was lent. FLAT bears more, BULLET bears no interest on interest, so less.
    """
    terms = RepaymentTerms(
        currency=CNY,
        principal=principal,
        annual_rate=rate,
        first_due_date=date(2025, 1, 31),
        instalment_count=count,
        method=method,
        rounding=rounding,
        interest_basis=NominalPeriods(),
    )
    flows = [-principal, *(row.payment for row in amortisation_table(terms))]
    found = returns.irr(flows, decimals=14)
    agreed = Fraction(rate.as_decimal()) / 12
    explained = Fraction(3 * count, 100) / Fraction(principal)
    if method is FLAT:
        assert found >= agreed - explained
    elif method is AmortisationMethod.BULLET:
        assert found <= agreed + explained
    else:
        assert abs(Fraction(found) - agreed) <= explained
