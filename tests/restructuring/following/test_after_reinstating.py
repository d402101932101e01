"""What old terms that came back say and allow: money beyond what was due, promises, and another plan."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.errors import InvalidValueError
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
    restructure,
)
from delinquency.restructuring.following import PlanState, PromiseToPay, follow_plan, reinstate
from delinquency.serialization import PlanRecord, from_json, to_json
from tests.restructuring.following.loans import (
    CHINA,
    POLICY,
    consumer_plan,
    done_for,
    free_loan,
    paid,
    spread_plan,
    with_orders,
)
from tests.strategies_internal import MOST

RATE = dq.Rate.per_year("0.108")
BEGUN = date(2025, 1, 20)
SETTLED_ON, BACK_ON = date(2026, 2, 1), date(2026, 4, 11)
ON = date(2025, 4, 1)


def annuity(paid_rows: int = 10) -> dq.Account:
    """30,000 over 24 months at 0.9 % a month, of which the first instalments were paid."""
    rows = dq.repayment_schedule(
        dq.RepaymentTerms(
            currency=dq.Currency.of("CNY"),
            principal=30000,
            instalment_count=24,
            annual_rate=RATE,
            disbursed_on=BEGUN,
            first_due_date=date(2025, 2, 20),
            method=dq.AmortisationMethod.ANNUITY,
        )
    )
    return dq.Account(
        account_id="S-1",
        originated_on=BEGUN,
        schedule=rows,
        contract_rates=[dq.DatedRate(BEGUN, RATE)],
        payments=[dq.Payment(row.due_date, row.total) for row in rows[:paid_rows]],
    )


def settlement(day_count: dq.DayCount | None = dq.DayCount.THIRTY_E_360):
    """Four tenths at once, three tenths a month later, on an account that is two instalments late."""
    payments = [
        SettlementPayment(SETTLED_ON, share=dq.Proportion(2, 5)),
        SettlementPayment(date(2026, 3, 1), share=dq.Proportion(3, 10)),
    ]
    plan = RestructuringPlan(
        effective_on=SETTLED_ON, day_count=day_count, measures=[Settlement(payments)]
    )
    return restructure(annuity(), plan, as_of=SETTLED_ON, policy=CHINA)


def test_money_of_a_broken_settlement_repays_principal_and_not_interest_to_come() -> None:
    """7,459.47 settle the two rows past due, 2,790.90, and repay 4,668.57 of principal at once.

    18,278.57 - 2,472.96 - 4,668.57 = 11,137.04 are left, on which 0.9 % a month are 100.23. Of February's
    142.25 had been earned 11 of 30 days, 52.16, and 19 of 30 days of 100.23 come to it, 63.48; March has
    100.23, and April 21 of 30 days by the 11th, 70.16.
    """
    back = reinstate(
        settlement(),
        [dq.Payment(SETTLED_ON, Decimal("7459.47"))],
        on=BACK_ON,
        policy=CHINA,
    )
    assert back.paid.total == Decimal("7459.47")
    assert back.paid.interest == Decimal("164.51") + Decimal("153.43")
    assert back.owed.principal == Decimal("11137.04")
    assert back.past_due.interest == Decimal("115.64") + Decimal("100.23")
    assert back.owed.interest == back.past_due.interest + Decimal("70.16")
    assert back.accrued.interest == back.owed.interest - Decimal("52.16")
    assert back.earned_not_due == Decimal("70.16")
    told = dq.breakdown(back.account, as_of=BACK_ON, policy=CHINA).owed
    assert (told.principal, told.interest) == (back.owed.principal, back.past_due.interest)
    assert "Of it 70.16 CNY is interest that was earned and falls due with rows to come" in str(
        back
    )


@MOST
@given(
    st.lists(
        st.tuples(st.integers(0, 80), st.integers(1, 900_000)), max_size=3, unique_by=lambda x: x[0]
    ),
    st.integers(30, 200),
    st.sampled_from([None, dq.DayCount.THIRTY_E_360]),
    st.sampled_from(list(dq.Excess)),
)
def test_interest_is_never_negative_and_never_more_than_without_money(
    money, days, day_count, excess
) -> None:
    """Law: with money of any size on any day, interest owed is from 0 to what is owed without it."""
    policy = with_orders(dq.AllocationGrain.INSTALMENT_FIRST, excess)
    plan = RestructuringPlan(
        effective_on=SETTLED_ON,
        day_count=day_count,
        measures=[Settlement([SettlementPayment(date(2026, 2, 10), 15000)])],
    )
    done = restructure(annuity(), plan, as_of=SETTLED_ON, policy=policy)
    on = SETTLED_ON + timedelta(days=days)
    payments = [
        dq.Payment(SETTLED_ON + timedelta(days=day), Decimal(amount).scaleb(-2))
        for day, amount in money
        if day < days
    ]
    if sum(each.amount for each in payments) >= 15000:
        return
    back = reinstate(done, payments, on=on, policy=policy, ground="agreed")
    none = reinstate(done, [], on=on, policy=policy, ground="agreed")
    assert 0 <= back.owed.interest <= none.owed.interest
    assert back.owed.principal + back.paid.principal == back.debt_before.principal
    assert back.paid.total + back.unallocated == sum((each.amount for each in payments), Decimal(0))
    assert back.accrued.interest >= 0
    if not back.unallocated:
        bare = attrs.evolve(
            back.account,
            payments=[each for each in back.account.payments if each.value_date < on],
        )
        told = dq.breakdown(bare, as_of=on, policy=policy).owed
        assert told.interest == back.owed.interest - back.earned_not_due
        assert (told.principal, told.fees) == (back.owed.principal, back.owed.fees)


def test_money_that_is_held_repays_principal_when_the_old_terms_come_back() -> None:
    """Under HOLD it waits for the rows of February and March; what is left repays principal at the end."""
    policy = with_orders(dq.AllocationGrain.INSTALMENT_FIRST, dq.Excess.HOLD)
    plan = RestructuringPlan(
        effective_on=SETTLED_ON,
        day_count=dq.DayCount.THIRTY_E_360,
        measures=[Settlement([SettlementPayment(SETTLED_ON, 15000)])],
    )
    done = restructure(annuity(), plan, as_of=SETTLED_ON, policy=policy)
    back = reinstate(done, [dq.Payment(SETTLED_ON, 7000)], on=BACK_ON, policy=policy)
    settled = sum(each.interest for each in list(annuity().schedule)[10:14])
    assert back.paid.interest == settled
    assert back.past_due.total == 0
    assert back.owed.interest >= 0


def test_a_plan_of_a_plan_that_ends_owes_what_that_plan_found() -> None:
    """What the first plan spread stands in the old rows of the second: it is owed before and after."""
    first = restructure(
        annuity(),
        RestructuringPlan(
            effective_on=SETTLED_ON,
            day_count=dq.DayCount.THIRTY_E_360,
            measures=[ArrearsSpread(), TermExtension(3)],
        ),
        as_of=SETTLED_ON,
        policy=CHINA,
    )
    on = date(2026, 2, 11)
    second = restructure(
        first.after,
        RestructuringPlan(
            effective_on=on, day_count=dq.DayCount.THIRTY_E_360, measures=[TermExtension(2)]
        ),
        as_of=on,
        policy=CHINA,
        previous=first,
    )
    back = reinstate(second, [], on=date(2026, 3, 10), policy=CHINA, ground="agreed")
    assert back.debt_before == second.debt_before
    assert back.owed.principal == second.debt_before.principal


def again(back, *measures, on: date, policy=POLICY, day_count=dq.DayCount.THIRTY_E_360):
    plan = RestructuringPlan(measures=measures, effective_on=on, day_count=day_count)
    return restructure(back.account, plan, as_of=on, policy=policy, previous=back)


def test_another_plan_follows_old_terms_that_came_back() -> None:
    """Of 500.00 and 1 % a month: from 10 to 15 January 10.00 of interest are earned, and nothing is lost."""
    done = consumer_plan()
    since = [
        dq.Payment(date(2024, month, 15), done.schedule_rows[0].after.total)
        for month in (9, 10, 11)
    ]
    back = reinstate(done, since, on=date(2025, 1, 10), policy=CHINA)
    second = again(back, ArrearsSpread(), TermExtension(6), on=date(2025, 1, 13), policy=CHINA)
    assert second.debt_before.principal == back.owed.principal
    # Of the 60.00 of January 50.00 had been earned on the 10th; of the other 10.00 three of five days.
    assert second.debt_before.interest == back.owed.interest + 6
    assert second.debt_after == second.debt_before
    assert second.arrears_after.total == 0
    assert second.previous is back
    # The fee that the first plan waived stays waived.
    assert (back.given_up.fees, second.debt_before.fees) == (50, 0)
    rows = [row for row in second.schedule_rows if row.after]
    assert sum(row.after.principal for row in rows) == back.owed.principal


@pytest.mark.parametrize("days", [1, 3, 12, 40])
def test_interest_becomes_principal_after_old_terms_as_it_does_at_first(days: int) -> None:
    """What the running period had earned by the day on which the old terms came back is in it."""
    first = restructure(
        annuity(),
        RestructuringPlan(
            effective_on=SETTLED_ON,
            day_count=dq.DayCount.THIRTY_E_360,
            measures=[Capitalisation([dq.Component.INTEREST]), TermExtension(12)],
        ),
        as_of=SETTLED_ON,
        policy=POLICY,
    )
    back = reinstate(first, [], on=BACK_ON, policy=POLICY)
    assert back.earned_not_due > 0
    whole = [dq.Component.PRINCIPAL, dq.Component.INTEREST]
    done = again(back, Capitalisation(whole), on=BACK_ON + timedelta(days))
    assert done.capitalised.interest == done.debt_before.interest
    assert (done.debt_after.interest, done.spread.total) == (0, 0)
    assert done.debt_after.principal == done.debt_before.principal + done.capitalised.interest
    # What is not made principal is asked for with the rows, to the minor unit.
    kept = again(back, ArrearsSpread(), on=BACK_ON + timedelta(days))
    assert kept.debt_after == kept.debt_before
    asked = sum(row.interest for row in kept.rows_after)
    before = sum(row.interest for row in kept.rows_before)
    assert asked == before + sum(debt.open[1] for debt in kept.draft_before.past)


def test_the_record_of_a_plan_after_old_terms_has_how_the_first_one_ended() -> None:
    done = done_for(free_loan(), ArrearsWaiver(), Forgiveness(dq.Component.PRINCIPAL, amount=50))
    promise = PromiseToPay(ON, date(2025, 4, 20), 10)
    back = reinstate(done, paid((3, 10, 10)), on=ON, policy=POLICY, promises=[promise])
    second = again(back, ArrearsSpread(), on=date(2025, 4, 2))
    record = PlanRecord.of(second)
    assert record.earlier[0].ended.on == ON
    assert record.earlier[0].ended.promises == (promise,)
    assert record.differences() == ()
    assert from_json(PlanRecord, to_json(record)) == record
    assert record.recompute().debt_before == second.debt_before


def test_the_refusals_say_which_answer_is_wanted() -> None:
    done = spread_plan()
    back = reinstate(done, [], on=ON, policy=POLICY)
    plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=date(2025, 4, 2))
    ask = {"as_of": date(2025, 4, 2), "policy": POLICY}
    with pytest.raises(
        InvalidValueError, match="or of reinstate where that ended it, as `previous`"
    ):
        restructure(back.account, plan, **ask)
    with pytest.raises(InvalidValueError, match="`previous` is the answer of reinstate"):
        restructure(back.account, plan, previous=done, **ask)
    with pytest.raises(InvalidValueError, match=r"The account is `previous\.account`"):
        restructure(done.after, plan, previous=back, **ask)
    same_day = attrs.evolve(plan, effective_on=ON)
    with pytest.raises(InvalidValueError, match="a plan of before 2025-04-01"):
        restructure(back.account, same_day, previous=back, **ask)


@pytest.mark.parametrize("on", [date(2025, 4, 2), date(2025, 4, 15), date(2025, 4, 16)])
def test_a_plan_may_follow_on_a_due_date_and_beside_it(on: date) -> None:
    back = reinstate(spread_plan(), [], on=ON, policy=POLICY)
    second = (
        again(back, Capitalisation([dq.Component.INTEREST]), TermExtension(2), on=on)
        if (on < date(2025, 4, 16))
        else None
    )
    if second is None:
        with pytest.raises(InvalidValueError, match="instalments still to come"):
            again(back, TermExtension(2), on=on)
        return
    assert second.debt_after == second.debt_before
    assert second.debt_before.principal == 400


def test_promises_of_later_days_are_left_open() -> None:
    """One made before and due after, one made on the day: neither breaks the plan, and both are told."""
    late = PromiseToPay(date(2025, 3, 20), date(2025, 4, 10), 200)
    later = PromiseToPay(ON, date(2025, 4, 20), 100)
    kept = PromiseToPay(date(2025, 3, 2), date(2025, 3, 10), 10)
    back = reinstate(
        spread_plan(), paid((3, 10, 10)), on=ON, policy=POLICY, promises=[later, late, kept]
    )
    assert back.open_promises == (late, later)
    assert back.breach.row.number == 1
    text = str(back)
    assert "Left open on 2025-04-01: the promise of 2025-03-20 to pay 200.00 CNY" in text
    assert "2025-04-01 承诺于 2025-04-20 前还款 100" in back.explanation.to_text("zh")


def test_a_plan_paid_in_full_is_completed_and_tells_what_was_late() -> None:
    """Row 1 of 15 March was paid on the 20th: broken on the 16th, and completed all the same."""
    money = paid((3, 20, 200), (4, 15, 200))
    told = follow_plan(spread_plan(), money, as_of=date(2025, 4, 30), policy=POLICY)
    assert (told.state, told.completed_on) == (PlanState.COMPLETED, date(2025, 4, 15))
    assert [(row.number, row.days_late) for row in told.late_rows] == [(1, 5)]
    assert told.breach.on == date(2025, 3, 16)
    text = str(told)
    assert "completed; 0.00 CNY" in text
    assert "settled on 2025-03-20; days late 5" in text
    before = follow_plan(spread_plan(), money, as_of=date(2025, 4, 14), policy=POLICY)
    assert before.state is PlanState.BROKEN


def test_what_is_forgiven_on_completion_stays_so_once_all_is_paid_late_or_not() -> None:
    done = done_for(
        free_loan(),
        Forgiveness(dq.Component.PRINCIPAL, amount=50, on_completion=True),
        ArrearsSpread(),
    )
    asked = [(row.due_date, row.after.total) for row in done.schedule_rows if row.after]
    money = [dq.Payment(day + timedelta(days=9), amount) for day, amount in asked]
    with pytest.raises(InvalidValueError, match="completed on 2025-04-24"):
        reinstate(done, money, on=date(2025, 5, 1), policy=POLICY)
    back = reinstate(done, money, on=date(2025, 4, 20), policy=POLICY)
    assert back.come_back.principal == 50


@pytest.mark.parametrize("product", list(dq.Product))
def test_penalty_in_parts_is_settled_with_its_row(product) -> None:
    """45.00 of penalty in parts of 22.50: each row is paid whole on its day, on a card as on a loan."""
    charge = dq.Charge("P-1", dq.Component.PENALTY, 45, date(2025, 2, 20))
    done = done_for(free_loan(product=product, charges=[charge]), ArrearsSpread())
    asked = [(row.due_date, row.after.total) for row in done.schedule_rows if row.after]
    assert [amount for _, amount in asked] == [Decimal("222.50"), Decimal("222.50")]
    money = [dq.Payment(*each) for each in asked]
    told = follow_plan(done, money, as_of=date(2025, 4, 30), policy=POLICY)
    assert told.state is PlanState.COMPLETED
    assert [row.state.value for row in told.rows] == ["kept", "kept"]


def test_a_charge_stands_with_its_row_when_rows_are_added_before_it() -> None:
    """The fee names row 3, of 15 March; the remainder of January comes before it, and it names row 4."""
    fee = dq.Charge("F-1", dq.Component.FEES, 5, date(2025, 3, 15), instalment_no=3)
    done = done_for(free_loan(charges=[fee]), Forgiveness(dq.Component.PRINCIPAL, amount=30))
    number = done.after.charges[0].instalment_no
    assert list(done.after.schedule)[number - 1] == list(done.before.schedule)[2]
    assert number == 4
    back = reinstate(done, [], on=ON, policy=POLICY, ground="agreed")
    after = list(back.account.schedule)[back.account.charges[0].instalment_no - 1]
    assert (after.due_date, after.in_force_from) == (date(2025, 3, 15), None)


def test_less_is_owed_than_under_the_plan_where_nothing_accrues_on_what_is_past_due() -> None:
    """What is past due becomes principal at 10.8 % a year; under the old terms it bears nothing."""
    made_principal = Capitalisation([dq.Component.PRINCIPAL, dq.Component.INTEREST])
    plan = RestructuringPlan(
        effective_on=SETTLED_ON, day_count=dq.DayCount.THIRTY_E_360, measures=[made_principal]
    )
    done = restructure(annuity(), plan, as_of=SETTLED_ON, policy=CHINA)
    back = reinstate(done, [], on=date(2026, 6, 1), policy=CHINA)
    less = back.owed_under_plan.total - back.owed.total
    assert back.less_than_under_plan == less > 0
    assert f"That is {less:,} CNY less than under the plan: policy cn-loan has no terms" in str(
        back
    )
    assert "未定罚息" in back.explanation.to_text("zh")
    assert CHINA.versions[-1].penalty is None
