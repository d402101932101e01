"""Laws of what happens to a loan after it is made: interest that accrues, and money that comes early."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from delinquency import (
    Account,
    Currency,
    DayCount,
    Payment,
    Rate,
    RoundingMode,
    assess,
    rulebook,
)
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    ChangedTable,
    Compounded,
    FirstPeriod,
    NominalPeriods,
    OverdueBase,
    Prepayment,
    PrepaymentEffect,
    PrepaymentInterest,
    Recalculation,
    ReferenceRates,
    RepaymentTerms,
    Repricing,
    Surplus,
    accrued_interest,
    amortisation_table,
    interest_between,
    prepay,
    recalculate,
    reprice,
    settlement_quote,
)
from delinquency.calendar import add_months
from tests.amortisation_strategies import repayment_terms

NOT_NEGATIVE = st.integers(0, 4 * 10**7).map(lambda n: Rate.per_year(Decimal(n).scaleb(-8)))
POLICY = rulebook.load("founding-report")
SHORTER, LOWER = PrepaymentEffect.SHORTER_TERM, PrepaymentEffect.LOWER_PAYMENT
HELD = PrepaymentEffect.HELD
AT_THE_END = (AmortisationMethod.INTEREST_ONLY, AmortisationMethod.BULLET)

terms_of_any_method = st.builds(
    RepaymentTerms,
    currency=st.just(Currency.of("CNY")),
    principal=st.integers(10**6, 10**8).map(lambda minor: Decimal(minor).scaleb(-2)),
    annual_rate=st.integers(0, 3 * 10**7).map(lambda n: Rate.per_year(Decimal(n).scaleb(-8))),
    first_due_date=st.dates(date(2020, 1, 1), date(2028, 12, 31)),
    instalment_count=st.integers(2, 24),
    method=st.sampled_from(AmortisationMethod),
    rounding=st.sampled_from([RoundingMode.HALF_UP, RoundingMode.HALF_EVEN]),
    interest_basis=st.sampled_from(
        [
            NominalPeriods(),
            Compounded(2),
            ByDays(DayCount.ACT_365F),
            ByDays(DayCount.ACT_360),
            ByDays(DayCount.THIRTY_E_360),
        ]
    ),
)
repaid_each_period = terms_of_any_method.map(
    lambda terms: attrs.evolve(terms, method=AmortisationMethod.ANNUITY)
) | terms_of_any_method.map(
    lambda terms: attrs.evolve(terms, method=AmortisationMethod.EQUAL_PRINCIPAL)
)

repaid_at_the_end = terms_of_any_method.map(
    lambda terms: attrs.evolve(terms, method=AmortisationMethod.INTEREST_ONLY)
) | terms_of_any_method.map(lambda terms: attrs.evolve(terms, method=AmortisationMethod.BULLET))


@given(terms_of_any_method, st.data())
def test_splitting_an_interval_changes_nothing(terms: RepaymentTerms, data: st.DataObject) -> None:
    """interest [a, c) = interest [a, b) + interest [b, c), for any days, in whole minor units."""
    table = amortisation_table(terms)
    days = st.integers(-40, 800).map(lambda days: terms.first_due_date + timedelta(days))
    start, middle, end = sorted(data.draw(st.tuples(days, days, days)))
    assert interest_between(table, start=start, end=end) == interest_between(
        table, start=start, end=middle
    ) + interest_between(table, start=middle, end=end)


@given(terms_of_any_method)
def test_all_that_accrues_is_all_that_falls_due(terms: RepaymentTerms) -> None:
    """From the loan to its end as much interest accrues as the table makes due."""
    table = amortisation_table(terms)
    assert (
        interest_between(table, start=date(1990, 1, 1), end=date(2060, 1, 1))
        == table.total_interest
    )


@given(repayment_terms(rates=NOT_NEGATIVE))
def test_any_terms_accrue_what_their_rows_say_and_never_less_than_nothing(
    terms: RepaymentTerms,
) -> None:
    """Whatever is rounded, carried, put off, capitalised or moved: all that accrues is all that falls due
    or becomes principal; on the last due date nothing is left, and on no day is it below 0."""
    table = amortisation_table(terms)
    told = sum(row.interest + row.capitalised for row in table)
    assert table.total_interest == told
    assert table.total_payment == terms.principal + told + sum(row.fees for row in table)
    assert interest_between(table, start=date(1900, 1, 1), end=date(2200, 12, 31)) == told
    assert accrued_interest(table, as_of=table[-1].due_date) == 0
    for row in (table[0], table[len(table) // 2]):
        for day in (row.due_date - timedelta(1), row.due_date, row.due_date + timedelta(1)):
            if day >= (terms.disbursed_on or terms.period_dates().adjusted[0]):
                assert accrued_interest(table, as_of=day) >= 0


@given(terms_of_any_method)
def test_nothing_is_accrued_once_the_loan_has_ended(terms: RepaymentTerms) -> None:
    """On the last due date and after it accrued interest is 0."""
    table = amortisation_table(terms)
    last = table[-1].due_date
    assert accrued_interest(table, as_of=last) == 0
    assert accrued_interest(table, as_of=last + timedelta(500)) == 0


@given(terms_of_any_method, st.integers(0, 700))
def test_accrued_interest_is_never_negative_and_never_falls_within_a_period(
    terms: RepaymentTerms, offset: int
) -> None:
    """At a rate of 0 or more, accrued interest is at least 0, and a day more adds to it or falls due."""
    table = amortisation_table(terms)
    day = terms.first_due_date + timedelta(offset)
    now, then = (
        accrued_interest(table, as_of=day),
        accrued_interest(table, as_of=day + timedelta(1)),
    )
    assert now >= 0
    falls_due = any(row.due_date == day + timedelta(1) for row in table)
    assert then >= now or falls_due


@st.composite
def prepayments_of(
    draw: st.DrawFn, terms: RepaymentTerms, effects: list[PrepaymentEffect]
) -> list[Prepayment]:
    """One to three, small enough that the loan goes on, and more than the interest so far."""
    last = (terms.due_date(terms.instalment_count) - terms.first_due_date).days
    days = draw(st.lists(st.integers(-20, max(last // 3, 1)), min_size=1, max_size=3, unique=True))
    shares = [Decimal("0.3")] if terms.method in AT_THE_END else [Decimal("0.04"), Decimal("0.08")]
    return [
        Prepayment(
            paid_on=terms.first_due_date + timedelta(day),
            amount=(terms.principal * draw(st.sampled_from(shares))).quantize(Decimal("0.01")),
            effect=draw(st.sampled_from(effects)),
            interest=draw(st.sampled_from(PrepaymentInterest)),
        )
        for day in sorted(days)
    ]


@given(repaid_each_period, st.data())
def test_the_principal_is_repaid_whatever_comes_early(
    terms: RepaymentTerms, data: st.DataObject
) -> None:
    """Principal of instalments + principal repaid early = principal; interest saved is what is missing."""
    terms = attrs.evolve(terms, instalment_count=terms.instalment_count + 6)
    facts = data.draw(prepayments_of(terms, list(PrepaymentEffect)))
    left = prepay(terms, facts)
    early = sum(outcome.principal for outcome in left.outcomes)
    assert sum(row.principal for row in left) + early == terms.principal
    assert left.rows[-1].closing_balance == 0
    assert sum(outcome.interest_saved for outcome in left.outcomes) == left.interest_saved
    assert left.total_interest == left.before.total_interest - left.interest_saved
    for row in left:
        assert row.closing_balance == row.opening_balance - row.principal


@st.composite
def changed_tables(draw: st.DrawFn) -> ChangedTable:
    """Any loan whose balance may change, after one to three prepayments."""
    at_the_end = draw(st.booleans())
    terms = draw(repaid_at_the_end if at_the_end else repaid_each_period)
    terms = attrs.evolve(terms, instalment_count=terms.instalment_count + 6)
    effects = list(PrepaymentEffect)
    if at_the_end:
        effects = [PrepaymentEffect.LOWER_PAYMENT, PrepaymentEffect.HELD]
    return prepay(terms, draw(prepayments_of(terms, effects)))


@given(changed_tables(), st.data())
def test_interest_after_prepayments_is_that_of_rows_and_prepayments_however_it_is_cut(
    left: ChangedTable, data: st.DataObject
) -> None:
    """The interest of any days adds up, and of all days is what falls due or was paid early."""
    days = st.integers(-40, 1000).map(lambda days: left[0].due_date + timedelta(days))
    start, middle, end = sorted(data.draw(st.tuples(days, days, days)))
    assert interest_between(left, start=start, end=end) == interest_between(
        left, start=start, end=middle
    ) + interest_between(left, start=middle, end=end)
    whole = interest_between(left, start=date(1990, 1, 1), end=date(2060, 1, 1))
    assert whole == left.total_interest
    assert accrued_interest(left, as_of=left[-1].due_date) == 0


@given(changed_tables())
def test_interest_paid_with_a_prepayment_leaves_nothing_accrued(left: ChangedTable) -> None:
    """On its day accrued interest is what was not paid with it, of the period so far; else 0."""
    for outcome in left.outcomes:
        fact = outcome.prepayment
        if fact.effect is HELD or fact.interest is PrepaymentInterest.NEXT_INSTALMENT:
            continue
        assert accrued_interest(left, as_of=fact.paid_on) == 0


@given(changed_tables(), st.integers(0, 600))
def test_a_quote_after_prepayments_settles_the_loan(left: ChangedTable, offset: int) -> None:
    """Paid on its day, with what is held, it leaves 0 for good; a cent less leaves a cent, and what is held."""
    facts = [outcome.prepayment for outcome in left.outcomes]
    day = facts[-1].paid_on + timedelta(1 + offset)
    assume(day < left[-1].due_date)
    quote = settlement_quote(left, as_of=day)
    assume(quote.total > quote.principal / 2)
    for short in (Decimal(0), Decimal("0.01")):
        last = Prepayment(
            paid_on=day,
            amount=quote.total - short,
            effect=LOWER if left.terms.method in AT_THE_END else SHORTER,
        )
        after = prepay(left.terms, [*facts, last])
        assert after.outcomes[-1].balance == (short + quote.credit if short else 0)
        if not short:
            assert settlement_quote(after, as_of=day).total == 0
            assert settlement_quote(after, as_of=day + timedelta(40)).total == 0


@given(changed_tables(), st.data())
def test_a_quote_knows_the_prepayments_made_by_its_day_and_no_later_one(
    left: ChangedTable, data: st.DataObject
) -> None:
    """On any day it is that of the loan with the prepayments made by then."""
    facts = [outcome.prepayment for outcome in left.outcomes]
    first = left.terms.period_dates().nominal[0]
    day = data.draw(st.dates(first, facts[-1].paid_on))
    by_then = prepay(left.terms, [fact for fact in facts if fact.paid_on <= day])
    assert settlement_quote(left, as_of=day) == settlement_quote(by_then, as_of=day)


@given(repaid_each_period, st.data())
def test_a_shorter_term_keeps_every_payment_but_the_last(
    terms: RepaymentTerms, data: st.DataObject
) -> None:
    """SHORTER_TERM: no instalment is more than it was, and no more of them; of an annuity all but the
    last are the same."""
    terms = attrs.evolve(terms, instalment_count=terms.instalment_count + 6)
    left = prepay(terms, data.draw(prepayments_of(terms, [SHORTER])))
    assert len(left) <= len(left.before)
    if terms.method is AmortisationMethod.ANNUITY:
        assert [row.payment for row in left][:-1] == [row.payment for row in left.before][
            : len(left) - 1
        ]


@given(repaid_each_period, st.data())
def test_one_who_pays_what_the_changed_schedule_says_is_never_late(
    terms: RepaymentTerms, data: st.DataObject
) -> None:
    """With each instalment paid on its date and each prepayment on its day, nothing is ever late, and
    open principal is what the table says."""
    terms = attrs.evolve(terms, instalment_count=terms.instalment_count + 6)
    facts = data.draw(prepayments_of(terms, [SHORTER, LOWER]))
    left = prepay(terms, facts)
    assume(all(not row.capitalised for row in left))
    schedule = left.schedule
    in_force = [
        row for row in schedule if row.in_force_until is None or row.in_force_until > row.due_date
    ]
    money: dict[date, Decimal] = {}
    for row in in_force:
        money[row.due_date] = money.get(row.due_date, Decimal(0)) + row.total
    account = Account(
        account_id="A",
        originated_on=terms.first_due_date - timedelta(40),
        schedule=schedule,
        payments=tuple(Payment(day, amount) for day, amount in sorted(money.items()) if amount),
    )
    for day in sorted(money):
        answer = assess(account, as_of=day + timedelta(1), policy=POLICY)
        assert answer.days_past_due == 0
        assert answer.unallocated == 0
    for outcome in left.outcomes:
        paid_on = outcome.prepayment.paid_on
        answer = assess(account, as_of=paid_on, policy=POLICY)
        assert answer.exposure == outcome.balance


@given(repaid_at_the_end, st.data())
def test_interest_of_loans_repaid_at_the_end_recomputed_day_by_day(
    terms: RepaymentTerms, data: st.DataObject
) -> None:
    """By actual days, an oracle that adds day by day finds what all rows and prepayments pay."""
    terms = attrs.evolve(terms, interest_basis=ByDays(DayCount.ACT_365F))
    left = prepay(terms, data.draw(prepayments_of(terms, [LOWER])))
    rate = Fraction(terms.annual_rate.as_decimal()) / 365
    edges = [terms.period_dates().nominal[0], *(o.prepayment.paid_on for o in left.outcomes)]
    balances = [terms.principal, *(outcome.balance for outcome in left.outcomes)]
    borne = sum(
        (end - start).days * Fraction(balance) * rate
        for start, end, balance in zip(
            edges, [*edges[1:], terms.due_date(terms.instalment_count)], balances, strict=True
        )
    )
    roundings = 1 if terms.method is AmortisationMethod.BULLET else len(left)
    assert abs(borne - Fraction(left.total_interest)) <= Fraction(roundings, 200)
    assert left[-1].principal == left.outcomes[-1].balance
    assert [row.principal for row in left][:-1] == [0] * (len(left) - 1)


@given(repaid_each_period, st.data())
def test_interest_recomputed_day_by_day_is_that_of_the_changed_table(
    terms: RepaymentTerms, data: st.DataObject
) -> None:
    """By actual days, an oracle that adds day by day finds the interest of each row and prepayment."""
    terms = attrs.evolve(
        terms,
        instalment_count=terms.instalment_count + 6,
        interest_basis=ByDays(DayCount.ACT_365F),
    )
    facts = data.draw(prepayments_of(terms, [SHORTER, LOWER]))
    left = prepay(terms, facts)
    rate = Fraction(terms.annual_rate.as_decimal()) / 365
    early = {outcome.prepayment.paid_on: outcome for outcome in left.outcomes}
    day = terms.period_dates().nominal[0]
    balance = Fraction(terms.principal)
    for row in left:
        borne, paid = Fraction(0), Fraction(0)
        while day < row.due_date:
            if day in early:
                balance -= Fraction(early[day].principal)
                paid += Fraction(early[day].interest)
            borne += balance * rate
            day += timedelta(1)
        assert abs(borne - paid - Fraction(row.interest)) <= Fraction(1, 200)
        balance -= Fraction(row.principal)
    assert balance == 0


@pytest.mark.parametrize("method", [AmortisationMethod.ANNUITY, AmortisationMethod.EQUAL_PRINCIPAL])
def test_a_lower_payment_is_that_of_a_new_loan_on_what_is_open(method: AmortisationMethod) -> None:
    """On a due date, LOWER_PAYMENT gives the rows of a new loan of the balance for the periods left."""
    terms = RepaymentTerms(
        currency=Currency.of("CNY"),
        principal=Decimal("300000.00"),
        annual_rate=Rate.per_year("0.0435"),
        first_due_date=date(2025, 1, 15),
        instalment_count=36,
        method=method,
    )
    fact = Prepayment(
        paid_on=date(2025, 12, 15), amount=100_000, effect=PrepaymentEffect.LOWER_PAYMENT
    )
    left = prepay(terms, [fact])
    new = amortisation_table(
        attrs.evolve(
            terms,
            principal=left.outcomes[0].balance,
            first_due_date=date(2026, 1, 15),
            instalment_count=24,
        )
    )
    assert [(r.principal, r.interest) for r in left][12:] == [
        (r.principal, r.interest) for r in new
    ]


recalculations = st.builds(
    Recalculation,
    surplus=st.sampled_from(Surplus),
    overdue_base=st.sampled_from(OverdueBase),
    principal_first=st.booleans(),
    keeps_past_rows=st.booleans(),
    rounds_stretches=st.booleans(),
)


def drawn_payments(data: st.DataObject, terms: RepaymentTerms) -> list[Payment]:
    """Some money, before, on and after due dates."""
    last = (terms.due_date(terms.instalment_count) - terms.first_due_date).days
    each = Decimal(terms.principal) / terms.instalment_count
    return [
        Payment(
            terms.first_due_date + timedelta(data.draw(st.integers(-20, last + 60))),
            (each * data.draw(st.integers(1, 30)) / 10).quantize(Decimal("0.01")),
        )
        for _ in range(data.draw(st.integers(0, 6)))
    ]


@given(repaid_each_period, recalculations, st.data())
def test_recalculated_rows_repay_the_principal_and_take_no_more_than_came(
    terms: RepaymentTerms, rule: Recalculation, data: st.DataObject
) -> None:
    """Principal of the rows = principal; money = paid + credit; balance = principal not paid."""
    money = drawn_payments(data, terms)
    as_of = terms.first_due_date + timedelta(data.draw(st.integers(-20, 900)))
    left = recalculate(terms, payments=money, as_of=as_of, recalculation=rule)
    assert sum(row.principal for row in left.rows) == terms.principal
    came = sum(payment.amount for payment in money if payment.value_date <= as_of)
    assert sum(row.paid for row in left.rows) + left.credit == came
    assert left.rows[-1].closing_balance == 0
    for row in left.rows:
        assert row.interest >= 0
        assert row.principal >= 0
        assert row.open_amount >= 0
        assert (row.open_amount == 0) or row.paid_on is None


@given(repaid_each_period, recalculations, st.data())
def test_splitting_money_of_one_day_changes_no_recalculation(
    terms: RepaymentTerms, rule: Recalculation, data: st.DataObject
) -> None:
    """Two payments of one day are the same as their sum."""
    money = drawn_payments(data, terms)
    as_of = terms.first_due_date + timedelta(data.draw(st.integers(-20, 900)))
    cent = Decimal("0.01")
    split = [
        part
        for payment in money
        for part in (
            Payment(payment.value_date, cent),
            Payment(payment.value_date, payment.amount - cent),
        )
    ]
    whole, parts = (
        recalculate(terms, payments=payments, as_of=as_of, recalculation=rule)
        for payments in (money, split)
    )
    assert attrs.evolve(whole, payments=split) == attrs.evolve(parts, payments=split)


@given(repaid_each_period, recalculations, st.data())
def test_a_quote_of_a_recalculated_loan_settles_it(
    terms: RepaymentTerms, rule: Recalculation, data: st.DataObject
) -> None:
    """What is quoted at the close of a day, paid on that day, leaves nothing open and nothing over."""
    money = drawn_payments(data, terms)
    end = (terms.due_date(terms.instalment_count) - terms.first_due_date).days
    as_of = terms.first_due_date + timedelta(data.draw(st.integers(-20, end - 1)))
    left = recalculate(terms, payments=money, as_of=as_of, recalculation=rule)
    quote = left.settlement_quote()
    assume(quote.total > 0)
    settled = recalculate(
        terms, payments=[*money, Payment(as_of, quote.total)], as_of=as_of, recalculation=rule
    )
    assert settled.balance == settled.credit == 0
    assert settled.settlement_quote().total == 0
    assert all(row.open_amount == 0 for row in settled.rows)


@given(repaid_each_period, st.data())
def test_interest_of_every_day_is_counted_once(terms: RepaymentTerms, data: st.DataObject) -> None:
    """By actual days, interest of all rows is that of an oracle that adds day by day what is open."""
    terms = attrs.evolve(terms, interest_basis=ByDays(DayCount.ACT_365F))
    money = drawn_payments(data, terms)
    as_of = terms.first_due_date + timedelta(data.draw(st.integers(-20, 900)))
    rule = Recalculation(surplus=Surplus.IN_ADVANCE)
    left = recalculate(terms, payments=money, as_of=as_of, recalculation=rule)
    history = {
        cut: recalculate(terms, payments=money, as_of=cut, recalculation=rule).balance
        for cut in {as_of, *(p.value_date for p in money if p.value_date <= as_of)}
    }
    rate = Fraction(terms.annual_rate.as_decimal()) / 365
    day, balance, borne = terms.period_dates().nominal[0], Fraction(terms.principal), Fraction(0)
    due = {row.due_date: row for row in left.rows}
    while day < left.rows[-1].due_date:
        if day <= as_of and day in history:
            balance = Fraction(history[day])
        if day == as_of:
            scheduled = [row.closing_balance for row in left.rows if row.due_date <= day]
            paid_by = Fraction(scheduled[-1]) if scheduled else Fraction(terms.principal)
            balance = min(balance, paid_by)
        elif day > as_of and day in due:
            balance = min(balance, Fraction(due[day].closing_balance))
        borne += balance * rate
        day += timedelta(1)
    assert abs(borne - Fraction(left.total_interest)) <= Fraction(len(left.rows), 200)


@given(repaid_each_period, st.integers(1, 700))
def test_a_quote_settles_what_a_prepayment_of_it_leaves_at_zero(
    terms: RepaymentTerms, offset: int
) -> None:
    """What is quoted on a day, paid on that day, leaves a balance of 0; a cent less leaves a cent."""
    terms = attrs.evolve(terms, instalment_count=26)
    day = terms.first_due_date + timedelta(offset)
    quote = settlement_quote(terms, as_of=day)
    for short in (Decimal(0), Decimal("0.01")):
        fact = Prepayment(
            paid_on=day, amount=quote.total - short, effect=PrepaymentEffect.SHORTER_TERM
        )
        assert prepay(terms, [fact]).outcomes[0].balance == short


another_rate_each_month = ReferenceRates(
    name="index",
    rates=[
        (date(2015 + month // 12, month % 12 + 1, 1), Rate.per_year(Decimal(month).scaleb(-4)))
        for month in range(12 * 20)
    ],
    covered_until=date(2034, 12, 31),
)


@given(terms_of_any_method, st.integers(1, 60))
def test_a_longer_repricing_period_reprices_on_some_of_the_days_of_a_shorter_one(
    terms: RepaymentTerms, days_before: int
) -> None:
    """Days of a year ⊂ of six months ⊂ of three months; each is the day of the loan, months later."""
    lent = terms.first_due_date - timedelta(days_before)
    terms = attrs.evolve(terms, disbursed_on=lent, first_period=FirstPeriod.AS_REGULAR)
    days = {
        months: [
            change.effective_on
            for change in reprice(
                another_rate_each_month,
                terms=terms,
                margin=Rate.per_year("0.5"),
                repricing=repricing,
                as_of=date(2034, 12, 31),
            )
        ]
        for months, repricing in (
            (3, Repricing.EVERY_THREE_MONTHS),
            (6, Repricing.EVERY_SIX_MONTHS),
            (12, Repricing.ANNIVERSARY),
        )
    }
    assert set(days[12]) <= set(days[6]) <= set(days[3])
    for months, found in days.items():
        assert found == [add_months(lent, months * n) for n in range(1, len(found) + 1)]
