"""A plan of an account that had one before."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring import (
    ArrearsSpread,
    Capitalisation,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    Restructured,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
)
from delinquency.serialization import PlanRecord, from_json, to_json
from tests.strategies_internal import MANY

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
BEGUN = date(2024, 1, 20)
FIRST = date(2024, 9, 1)
RATE = dq.Rate.per_year("0.12")


def account(instalments: int = 24, paid: int = 3) -> dq.Account:
    schedule = dq.repayment_schedule(
        dq.RepaymentTerms(
            currency=CNY,
            principal=Decimal("24000.00"),
            annual_rate=RATE,
            first_due_date=date(2024, 2, 20),
            instalment_count=instalments,
            method=dq.AmortisationMethod.ANNUITY,
        )
    )
    return dq.Account(
        account_id="A-1",
        originated_on=BEGUN,
        schedule=schedule,
        payments=[dq.Payment(row.due_date, row.total) for row in list(schedule)[:paid]],
        contract_rates=[dq.DatedRate(BEGUN, RATE)],
    )


def put(loan, measures, on, previous=None) -> Restructured:
    plan = RestructuringPlan(measures=measures, effective_on=on, day_count=dq.DayCount.THIRTY_E_360)
    return dq.restructure(loan, plan, as_of=on, policy=POLICY, previous=previous)


def kept(done: Restructured, until: date) -> dq.Account:
    """The account after a plan, whose rows were paid on their due dates up to a day."""
    rows = [row for row in done.schedule_rows if row.after and row.due_date < until]
    paid = [dq.Payment(row.due_date, row.after.total) for row in rows]
    return attrs.evolve(done.after, payments=[*done.after.payments, *paid])


def test_what_was_spread_goes_on_without_interest():
    """Arrears of four months in 19 parts; after two of them 17 are left, and they bear nothing."""
    first = put(account(), [ArrearsSpread()], FIRST)
    late = first.spread.total
    on = date(2024, 11, 1)
    second = put(kept(first, on), [TermExtension(6)], on, first)
    parts = [row.after.total for row in second.schedule_rows if row.after]
    assert len(parts) == len([row for row in first.schedule_rows if row.after]) - 2 + 6
    spread = second.draft_after.spread
    assert sum(spread) == sum(first.draft_after.spread) - sum(
        (2 * amount) // 17 if column is None else 2 * round(Fraction(amount, 17))
        for column, amount in enumerate(first.draft_after.spread)
    )
    assert late > 0
    assert second.debt_after == second.debt_before
    assert second.arrears_after.total == 0


def test_a_rate_that_was_lowered_stays_so_and_the_loss_is_at_the_rate_of_the_contract():
    low = dq.Rate.per_year("0.06")
    first = put(account(), [Capitalisation(tuple(dq.Component)), RateReduction(low)], FIRST)
    on = date(2024, 10, 20)
    second = put(kept(first, on), [TermExtension(1)], on, first)
    bearing = second.draft_before.principal
    row = second.rows_after[1]
    due = bearing - second.rows_after[0].principal
    assert row.interest == round(Fraction(due * 6, 1200))
    assert second.value_before < sum(second.draft_before.owed())


def test_a_plan_without_measures_changes_nothing_of_the_plan_before():
    first = put(account(), [ArrearsSpread(), TermExtension(3)], FIRST)
    loan = kept(first, date(2024, 10, 1))
    second = put(loan, [], date(2024, 10, 1), first)
    assert second.after == loan
    assert second.rows_after == second.rows_before
    assert second.present_value_loss == 0


def test_money_of_a_second_plan_is_that_of_the_first_less_what_was_paid():
    first = put(account(), [ArrearsSpread(), TermExtension(3)], FIRST)
    on = date(2024, 9, 20)
    loan = kept(first, on + timedelta(days=1))
    second = put(loan, [TermExtension(2)], on + timedelta(days=1), first)
    paid = first.rows_after[0]
    assert second.debt_before.principal == first.debt_after.principal - Decimal(
        paid.principal
    ).scaleb(-2)


measures = st.lists(
    st.one_of(
        st.just(ArrearsSpread()),
        st.just(Capitalisation((dq.Component.PRINCIPAL, dq.Component.INTEREST))),
        st.integers(1, 6).map(TermExtension),
        st.just(RateReduction(dq.Rate.per_year("0.06"))),
        st.just(PrincipalDeferral(share=dq.Proportion(1, 4))),
    ),
    unique_by=type,
    min_size=1,
)


@MANY
@given(
    st.sampled_from([ArrearsSpread(), Capitalisation(tuple(dq.Component))]),
    measures,
    measures,
    st.integers(0, 8),
    st.integers(1, 25),
)
def test_a_second_plan_conserves_what_the_first_one_left(arrears, one, two, months, days):
    """Law: at the start of the second plan is owed what the first left, less what was paid, and interest since."""
    one = [arrears, *(each for each in one if type(each) is not type(arrears))]
    first = put(account(), one, FIRST)
    on = date(2024 + (8 + months) // 12, (8 + months) % 12 + 1, days)
    if on <= FIRST:
        return
    second = put(kept(first, on), two, on, first)
    paid = [row for row in first.rows_after if row.due_day < second.draft_before.day]
    gone = sum(row.principal for row in paid)
    now, left = second.draft_before.owed(), first.draft_after.owed()
    assert now[0] == left[0] - gone
    assert now[2:] == left[2:]
    assert second.debt_after.total == second.debt_before.total
    assert sum(row.principal for row in second.rows_after) + second.draft_after.past_due(0) == now[
        0
    ] + (second.draft_after.took(dq.restructuring.draft.MoveKind.CAPITALISED, 1))


def test_what_cannot_follow_is_refused():
    loan = account()
    first = put(loan, [ArrearsSpread()], FIRST)
    later = date(2024, 10, 1)
    with pytest.raises(InvalidValueError, match="a schedule as it was agreed first.*previous"):
        put(first.after, [TermExtension(1)], later)
    with pytest.raises(InvalidTypeError, match="previous: expected the answer of restructure"):
        put(first.after, [TermExtension(1)], later, first.after)
    with pytest.raises(InvalidValueError, match="the schedule that it left"):
        put(loan, [TermExtension(1)], later, first)
    with pytest.raises(InvalidValueError, match="a plan of account 'A-2'"):
        put(attrs.evolve(first.after, account_id="A-2"), [TermExtension(1)], later, first)
    with pytest.raises(InvalidValueError, match="a plan of before 2024-09-01"):
        put(first.after, [TermExtension(1)], FIRST, first)


@pytest.mark.parametrize(
    ("measures", "match"),
    [
        ([PaymentHoliday(2, DeferredInterest.CAPITALISED)], "when its holiday is over"),
        (
            [ReAgeing(6, date(2024, 9, 20), interest=ReAgeInterest.ALL_IN_EQUAL_PARTS)],
            "agreed in equal parts",
        ),
        ([Settlement([SettlementPayment(date(2024, 12, 20), 9000)])], "a settlement"),
    ],
)
def test_a_plan_that_is_under_way_is_not_followed_by_another(measures, match):
    first = put(account(), measures, FIRST)
    with pytest.raises(InvalidValueError, match=match):
        put(first.after, [TermExtension(1)], date(2024, 10, 1), first)


def test_a_holiday_that_is_over_and_paid_for_can_be_followed():
    """Two due dates off, 20 September and October; the payment of 20 November ends it."""
    first = put(
        account(),
        [Capitalisation(tuple(dq.Component)), PaymentHoliday(2, DeferredInterest.ACCRUED)],
        FIRST,
    )
    with pytest.raises(InvalidValueError, match="a day after 2024-11-20"):
        put(kept(first, date(2024, 11, 20)), [TermExtension(1)], date(2024, 11, 20), first)
    on = date(2024, 11, 21)
    second = put(kept(first, on), [TermExtension(1)], on, first)
    assert second.debt_after == second.debt_before


def test_the_record_of_a_second_plan_has_the_first_one_in_it():
    first = put(account(), [ArrearsSpread()], FIRST)
    on = date(2024, 11, 1)
    second = put(kept(first, on), [TermExtension(6)], on, first)
    record = PlanRecord.of(second)
    assert [each.plan for each in record.earlier] == [first.plan]
    assert record.differences() == ()
    assert from_json(PlanRecord, to_json(record)) == record
    assert record.recompute().previous is not None
