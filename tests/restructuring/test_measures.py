"""Each measure on a loan that can be reckoned by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.amortisation import DeferredInterest
from delinquency.daycount import DayCount
from delinquency.penalty import (
    Compounding,
    FixedPenaltyRate,
    PenaltyBase,
    PenaltyTerms,
    Posting,
    RoundingGrain,
)
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    InterestPause,
    PaymentHoliday,
    PrincipalDeferral,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    RestructuringPlan,
    TermExtension,
    restructure,
)

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("founding-report")
DAY = date(2025, 4, 1)
BEGUN = date(2024, 12, 1)
TWELFTH = dq.Rate.per_year("0.12")


def free_loan(paid: int = 0, **more) -> dq.Account:
    """600 in six months, without interest."""
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 7)]
    payments = [dq.Payment(row.due_date, 100) for row in rows[:paid]]
    return dq.Account(account_id="A-1", originated_on=date(2024, 12, 15),
        schedule=dq.Schedule(CNY, rows), payments=payments, **more)  # fmt: skip


def loan(paid: int = 2) -> dq.Account:
    """1,200 at a per cent a month (30/360), repaid by six equal parts."""
    rows = [dq.Instalment(date(2025, month, 1), 200, 2 * (7 - month)) for month in range(1, 7)]
    return dq.Account(account_id="A-2", originated_on=date(2024, 12, 1),
        schedule=dq.Schedule(CNY, rows), contract_rates=[dq.DatedRate(date(2024, 12, 1), TWELFTH)],
        payments=[dq.Payment(row.due_date, row.total) for row in rows[:paid]])  # fmt: skip


def planned(account: dq.Account, *measures, on: date = DAY, **more):
    more = {"day_count": DayCount.THIRTY_E_360, **more}
    plan = RestructuringPlan(measures=measures, effective_on=on, **more)
    return restructure(account, plan, as_of=on, policy=POLICY)


def rows_of(done) -> list[tuple[str, str]]:
    return [
        (str(row.due_date), str(row.after.total))
        for row in done.schedule_rows
        if row.after is not None
    ]


def test_a_plan_without_measures_changes_nothing() -> None:
    done = planned(loan())
    assert done.after == done.before
    assert (done.present_value_loss, done.total_cost_change, done.next_payment_change) == (0, 0, 0)
    assert done.debt_before == done.debt_after


def test_arrears_are_spread_over_the_instalments_to_come() -> None:
    """300 past due over three: 100 each."""
    done = planned(free_loan(), ArrearsSpread())
    assert rows_of(done) == [
        ("2025-04-15", "200.00"),
        ("2025-05-15", "200.00"),
        ("2025-06-15", "200.00"),
    ]
    assert dq.days_past_due(done.after, as_of=DAY, policy=POLICY) == 0
    assert dq.days_past_due(done.before, as_of=DAY, policy=POLICY) == 76
    assert done.spread.principal == 300
    assert done.total_cost_change == 0


def test_the_term_is_extended_in_the_rhythm_of_the_schedule() -> None:
    """1 March is past due with 208; 600 are to come. Two more instalments: five level payments."""
    done = planned(loan(), TermExtension(2))
    assert [day for day, _ in rows_of(done)] == [f"2025-0{month}-01" for month in range(4, 9)]
    principal = sum(row.after.principal for row in done.schedule_rows)
    assert principal == 600
    assert done.arrears_after.total == Decimal("208.00")
    # The first of them is due on the day itself, with the interest of March.
    assert done.schedule_rows[0].after.interest == 6
    assert done.present_value_loss == 0


def test_interest_past_due_becomes_principal_and_bears_interest() -> None:
    """8 past due of March and 6 earned of April: 14 more principal; principal past due stays past due."""
    done = planned(loan(), Capitalisation([dq.Component.INTEREST]))
    assert done.capitalised.interest == 14
    assert sum(row.after.principal for row in done.schedule_rows) == 614
    assert (done.arrears_before.principal, done.arrears_before.interest) == (200, 8)
    assert (done.arrears_after.principal, done.arrears_after.interest) == (200, 0)
    assert dq.days_past_due(done.after, as_of=DAY, policy=POLICY) == 31
    assert done.debt_after.total == done.debt_before.total


def test_a_holiday_with_interest_paid_asks_for_interest_alone() -> None:
    """On 600 a per cent a month: 6 each for two months, the first of which is due on the day."""
    done = planned(loan(paid=3), PaymentHoliday(2), on=date(2025, 3, 2))
    told = {row.due_date: row.after for row in done.schedule_rows if row.after}
    assert told[date(2025, 4, 1)].principal == told[date(2025, 5, 1)].principal == 0
    assert told[date(2025, 5, 1)].interest == 6
    assert max(told) == date(2025, 8, 1)
    assert sum(row.principal for row in told.values()) == 600


def test_a_holiday_with_interest_capitalised_costs_the_lender_nothing() -> None:
    done = planned(
        loan(paid=3), PaymentHoliday(2, DeferredInterest.CAPITALISED), on=date(2025, 3, 2)
    )
    assert abs(done.present_value_loss) <= Decimal("0.10")
    assert done.total_cost_change > 0
    waived = planned(loan(paid=3), PaymentHoliday(2, DeferredInterest.WAIVED), on=date(2025, 3, 2))
    assert Decimal("11.00") < waived.present_value_loss < Decimal("12.10")


def test_interest_that_accrues_in_a_holiday_is_asked_for_with_the_next_payment() -> None:
    """600 at a per cent a month: 6 on 1 April and 6 on 1 May wait for 1 June, and bear nothing."""
    done = planned(loan(paid=3), PaymentHoliday(2, DeferredInterest.ACCRUED), on=date(2025, 3, 2))
    told = [(str(row.due_date), row.after) for row in done.schedule_rows if row.after]
    assert [day for day, _ in told] == ["2025-06-01", "2025-07-01", "2025-08-01"]
    assert told[0][1].interest == 6 * 3
    assert sum(row.principal for _, row in told) == 600


def test_a_measure_that_has_nothing_to_change_says_so() -> None:
    done = planned(loan(paid=3), ArrearsWaiver(), PaymentHoliday(1), TermExtension(2))
    said = done.explanation.to_text().splitlines()
    assert "  Measure 1, waiver of arrears: there was nothing to change." in said
    assert (
        "  Measure 2, payment holiday: on 1 due date no principal is asked for, interest is paid, "
        "and 1 instalment is added at the end." in said
    )
    assert "措施 3（延长期限）：在末期之后增加 2 期。" in done.explanation.to_text(lang="zh")


def test_a_holiday_that_does_not_lengthen_is_borne_by_the_others() -> None:
    done = planned(free_loan(paid=3), PaymentHoliday(2, lengthens=False))
    assert rows_of(done) == [("2025-06-15", "300.00")]


def test_a_lower_rate_holds_until_its_day() -> None:
    """Half a per cent on April, one again from 1 May on: 600 x 0.5 % = 3."""
    half = dq.Rate.per_year("0.06")
    done = planned(loan(paid=3), RateReduction(half, until=date(2025, 5, 1)), on=date(2025, 4, 1))
    told = {row.due_date: row.after for row in done.schedule_rows if row.after}
    assert told[date(2025, 5, 1)].interest == Decimal("2.01")  # of 401.50 after the first payment
    assert done.present_value_loss > 0


@pytest.mark.parametrize(
    ("until", "english", "chinese"),
    [
        (
            None,
            "Measure 1, rate reduction: 4.35 % a year from the day of the plan on.",
            "措施 1（降低利率）：自方案之日起年利率 4.35%。",
        ),
        (
            date(2025, 6, 1),
            (
                "Measure 1, rate reduction: 4.35 % a year from the day of the plan on, "
                "and no longer from 2025-06-01 on."
            ),
            "措施 1（降低利率）：自方案之日起至 2025-06-01（不含）年利率 4.35%。",
        ),
    ],
    ids=("for good", "for a time"),
)
def test_a_rate_reads_right_in_both_languages(until, english, chinese) -> None:
    done = planned(loan(paid=3), RateReduction(dq.Rate.per_year("0.0435"), until=until))
    assert english in [line.strip() for line in done.explanation.to_text().splitlines()]
    told = done.explanation.to_text(lang="zh")
    assert chinese in [line.strip() for line in told.splitlines()]
    assert "a year" not in told


def test_principal_is_left_to_the_last_due_date() -> None:
    done = planned(free_loan(paid=3), PrincipalDeferral(share=dq.Proportion(1, 2)))
    assert rows_of(done) == [
        ("2025-04-15", "50.00"),
        ("2025-05-15", "50.00"),
        ("2025-06-15", "200.00"),
    ]
    assert done.deferred == 150


def test_penalty_and_fees_are_waived_and_nothing_else() -> None:
    fee = dq.Charge("C-1", dq.Component.FEES, 30, date(2025, 2, 1))
    done = planned(
        free_loan(charges=[fee]), ArrearsWaiver([dq.Component.FEES], dq.Proportion(1, 3))
    )
    assert (done.waived.fees, done.debt_after.fees) == (10, 20)
    owed = dq.breakdown(done.after, as_of=DAY, policy=POLICY)
    assert (owed.past_due.fees, owed.past_due.principal) == (20, 300)
    assert rows_of(done) == [(f"2025-0{month}-15", "100.00") for month in (4, 5, 6)]


def penalty_terms() -> PenaltyTerms:
    """0.05 % a day on principal."""
    return PenaltyTerms(
        rate=FixedPenaltyRate(dq.Rate.per_day("0.0005")),
        grain=RoundingGrain.DAY,
        base=PenaltyBase.OVERDUE_PRINCIPAL,
        posting=Posting.ON_DEMAND,
        compounding=Compounding.NONE,
        day_count=DayCount.ACT_365F,
    )


def test_penalty_that_accrued_is_waived_in_part() -> None:
    policy = attrs.evolve(POLICY.versions[-1], penalty=penalty_terms())
    plan = RestructuringPlan(
        measures=[ArrearsWaiver([dq.Component.PENALTY], amount=Decimal("2.00"))], effective_on=DAY
    )
    done = restructure(free_loan(), plan, as_of=DAY, policy=policy)
    # 0.05 a day on 100.00: 76, 45 and 17 days.
    assert done.debt_before.penalty == Decimal("6.90")
    assert done.debt_after.penalty == Decimal("4.90")
    owed = dq.breakdown(done.after, as_of=DAY, policy=policy)
    assert owed.past_due.penalty + owed.due.penalty + owed.unposted_penalty == Decimal("4.90")


def test_what_is_forgiven_is_a_loss_of_its_value() -> None:
    done = planned(free_loan(paid=3), Forgiveness(dq.Component.PRINCIPAL, amount=90))
    assert rows_of(done) == [(f"2025-0{month}-15", "70.00") for month in (4, 5, 6)]
    assert (done.forgiven.principal, done.present_value_loss) == (90, 90)
    assert done.diminished_share == dq.Proportion(3, 10)
    (event,) = done.after.events
    assert event.diminished_share == dq.Proportion(3, 10)


def test_interest_is_paused() -> None:
    """April bears nothing: 606 in three parts; the rate of May is known in May, and bears on 202."""
    done = planned(loan(paid=3), InterestPause(start=DAY, end=date(2025, 5, 1)))
    told = {row.due_date: row.after for row in done.schedule_rows if row.after}
    assert told[date(2025, 5, 1)].interest == 0
    assert told[date(2025, 6, 1)].interest == Decimal("2.02")
    assert [str(row.total) for row in told.values()] == ["202.00", "202.00", "204.02"]


def test_due_dates_move_to_another_day() -> None:
    done = planned(free_loan(paid=3), DueDateChange(date(2025, 4, 25)))
    assert rows_of(done) == [(f"2025-0{month}-25", "100.00") for month in (4, 5, 6)]


def test_everything_is_re_aged_over_new_instalments() -> None:
    done = planned(
        free_loan(paid=1),
        ReAgeing(5, date(2025, 5, 1), interest=ReAgeInterest.EARNED_IN_EQUAL_PARTS),
    )
    assert rows_of(done) == [(f"2025-0{month}-01", "100.00") for month in range(5, 10)]
    assert dq.days_past_due(done.after, as_of=DAY, policy=POLICY) == 0


@pytest.mark.parametrize(
    ("measures", "told"),
    [
        ((TermExtension(1), TermExtension(2)), "at most one TermExtension"),
        ((ReAgeing(3, DAY), DueDateChange(DAY)), "a ReAgeing or a DueDateChange"),
        ((Forgiveness(dq.Component.PRINCIPAL, amount=10_000),), "at most what there is"),
        ((PaymentHoliday(9),), "at most 3 of the 3 due dates to come"),
        ((PaymentHoliday(3, lengthens=False),), "at most 2 of the 3 due dates to come"),
        ((PaymentHoliday(1, from_due_on=date(2025, 7, 1)),), "at most the last due date"),
        ((DueDateChange(DAY, date(2025, 5, 1)),), "after the due date before it"),
        ((RateReduction(dq.Rate.per_year("0.2")),), "less than the rate of the contract"),
        (
            (InterestPause(start=date(2025, 7, 1), end=date(2025, 8, 1)),),
            "before the last due date",
        ),
        ((DueDateChange(date(2025, 3, 1)),), "on or after that of the plan"),
        ((TermExtension(9), ReAgeing(3, DAY)), "the ReAgeing before the TermExtension"),
        ((PaymentHoliday(1), ReAgeing(3, DAY)), "the ReAgeing before the PaymentHoliday"),
        (
            (InterestPause(start=DAY, end=date(2025, 5, 1)), ReAgeing(3, DAY)),
            "the ReAgeing before the InterestPause",
        ),
        (
            (PrincipalDeferral(amount=9), Forgiveness(dq.Component.PRINCIPAL, amount=1)),
            "the Forgiveness before the PrincipalDeferral",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(measures, told: str) -> None:
    with pytest.raises(dq.InvalidValueError, match=told):
        planned(loan(paid=3), *measures)


def test_a_plan_is_made_of_what_was_paid_before_it() -> None:
    with pytest.raises(dq.InvalidValueError, match="a day after the last payment, 2025-03-15"):
        planned(free_loan(paid=3), on=date(2025, 3, 15))
    plan = RestructuringPlan(measures=(), effective_on=date(2025, 6, 1))
    with pytest.raises(dq.InvalidValueError, match="at most as_of"):
        restructure(free_loan(), plan, as_of=DAY, policy=POLICY)
    with pytest.raises(dq.InvalidValueError, match="an account that owes something"):
        planned(free_loan(paid=6), on=date(2025, 7, 1))


def prepaid(*charges: dq.Charge) -> dq.Account:
    """Six instalments of 200 and interest; the one of 1 June was paid on 2 May, with its 2.00 of interest."""
    account = loan(paid=5)
    payments = [*account.payments, dq.Payment(date(2025, 5, 2), account.schedule[-1].total)]
    return attrs.evolve(account, payments=payments, charges=charges)


@pytest.mark.parametrize("measures", [(), (ArrearsWaiver(),)], ids=("empty", "a waiver"))
def test_interest_paid_in_advance_is_no_debt(measures) -> None:
    """On 3 May two days of May, 0.13, are earned of the 2.00: nothing is owed but 1.87 to the debtor."""
    on = date(2025, 5, 3)
    told = "found -1.87, interest paid in advance taken off. Hint: .* pay it back"
    with pytest.raises(dq.InvalidValueError, match=told):
        planned(prepaid(), *measures, on=on)
    # A fee of as much is no debt either, and one of a cent more is.
    for fee, is_refused in (("1.87", True), ("1.88", False)):
        account = prepaid(
            dq.Charge("F-1", dq.Component.FEES, Decimal(fee), date(2025, 6, 10), charged_on=BEGUN)
        )
        if is_refused:
            with pytest.raises(dq.InvalidValueError, match=r"found 0\.00, interest"):
                planned(account, *measures, on=on)
        else:
            assert planned(account, *measures, on=on).debt_before.total == Decimal("0.01")


def test_interest_needs_a_rate_and_a_day_count() -> None:
    with pytest.raises(dq.InvalidValueError, match="day_count: expected a day count"):
        planned(loan(paid=3), TermExtension(1), day_count=None)
    without = attrs.evolve(loan(paid=3), contract_rates=[])
    with pytest.raises(dq.InvalidValueError, match="the rate of its contract"):
        planned(without, TermExtension(1))


def test_what_a_plan_would_undo_or_not_know_is_refused() -> None:
    once = planned(loan(paid=3), TermExtension(1)).after
    with pytest.raises(dq.InvalidValueError, match="one that was changed on 2025-04-01"):
        planned(once, TermExtension(1), on=date(2025, 4, 2))
    ended = attrs.evolve(free_loan(), events=[dq.Acceleration(DAY)])
    with pytest.raises(dq.InvalidValueError, match="a day after every waiver, write-off, closure"):
        planned(ended, ArrearsSpread())
    late = dq.Payment(date(2025, 3, 1), 50, recorded_on=date(2025, 4, 3))
    bounced = dq.Payment(date(2025, 3, 1), 50, reversed_on=DAY)
    for payment in (late, bounced):
        account = attrs.evolve(free_loan(), payments=[payment])
        with pytest.raises(dq.InvalidValueError, match="what was known before 2025-04-01"):
            planned(account, ArrearsSpread())
    known = attrs.evolve(bounced, reversed_on=date(2025, 3, 31))
    assert planned(attrs.evolve(free_loan(), payments=[known]), ArrearsSpread()).spread.total == 300


def test_penalty_on_demand_is_refused() -> None:
    base = POLICY.versions[-1]
    policy = attrs.evolve(
        base, penalty=penalty_terms(), penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND
    )
    plan = RestructuringPlan(measures=[ArrearsSpread()], effective_on=DAY)
    with pytest.raises(dq.PolicyError, match="OUTSIDE or POSTED"):
        restructure(free_loan(), plan, as_of=DAY, policy=policy)


def test_what_was_known_before_a_waiver_keeps_its_penalty() -> None:
    policy = attrs.evolve(POLICY.versions[-1], penalty=penalty_terms())
    plan = RestructuringPlan(measures=[ArrearsWaiver()], effective_on=DAY)
    own = dq.PenaltyWaiver(date(2025, 1, 16), date(2025, 1, 26))
    for account in (free_loan(), attrs.evolve(free_loan(), events=[own])):
        done = restructure(account, plan, as_of=DAY, policy=policy)
        eve = date(2025, 3, 31)
        told = [
            dq.penalty_interest(each, as_of=eve, policy=policy, known_on=eve).accrued
            for each in (done.before, done.after)
        ]
        assert told[0] == told[1] > 0
        owed = dq.breakdown(done.after, as_of=DAY, policy=policy)
        assert owed.unposted_penalty == done.debt_after.penalty == 0


def test_arrears_are_spread_over_some_of_the_instalments_to_come() -> None:
    """Three of six are past due on 1 April: 300.00 over two of the three to come, or over all of them."""
    for over, expected in ((2, ["250.00", "250.00", "100.00"]), (None, ["200.00"] * 3)):
        done = planned(free_loan(), ArrearsSpread(instalments=over))
        assert [total for _, total in rows_of(done)] == expected
    with pytest.raises(
        dq.InvalidValueError, match="arrears spread, instalments: expected at most the 3"
    ):
        planned(free_loan(), ArrearsSpread(instalments=4))
    with pytest.raises(
        dq.InvalidValueError, match="arrears spread, instalments: expected 1 to 1200"
    ):
        ArrearsSpread(instalments=0)


def test_instalments_anew_take_what_was_to_be_paid_over_some() -> None:
    anew = ReAgeing(4, date(2025, 4, 15))
    done = planned(free_loan(), ArrearsSpread(instalments=1), anew)
    assert [total for _, total in rows_of(done)] == ["150.00"] * 4


def test_measures_go_on_in_the_rhythm_of_the_measure_before() -> None:
    done = planned(free_loan(paid=3), DueDateChange(date(2025, 4, 25)), TermExtension(2))
    assert [day for day, _ in rows_of(done)] == [f"2025-0{month}-25" for month in range(4, 9)]
    last = DueDateChange(date(2025, 6, 20), from_due_on=date(2025, 6, 1))
    done = planned(free_loan(paid=3), last, TermExtension(1))
    assert [day for day, _ in rows_of(done)][-2:] == ["2025-06-20", "2025-07-20"]
    weekly = ReAgeing(2, date(2025, 4, 7), frequency=dq.Frequency.WEEKLY)
    done = planned(free_loan(paid=3), weekly, TermExtension(1))
    assert [day for day, _ in rows_of(done)] == ["2025-04-07", "2025-04-14", "2025-04-21"]


def test_a_reduction_never_raises_a_rate() -> None:
    falling = [*loan().contract_rates, dq.DatedRate(date(2025, 5, 1), dq.Rate.per_year("0.01"))]
    account = attrs.evolve(loan(paid=3), contract_rates=falling)
    done = planned(account, RateReduction(dq.Rate.per_year("0.06")))
    told = {row.due_date: row.after for row in done.schedule_rows if row.after}
    assert told[date(2025, 6, 1)].interest < Decimal("0.20")


def test_a_row_that_was_paid_in_advance_is_not_asked_for_again() -> None:
    ahead = dq.Payment(date(2025, 3, 20), 100)
    account = attrs.evolve(free_loan(paid=3), payments=[*free_loan(paid=3).payments, ahead])
    done = planned(account, DueDateChange(date(2025, 5, 25)))
    assert rows_of(done) == [("2025-05-25", "100.00"), ("2025-06-25", "100.00")]
    interest = attrs.evolve(
        loan(paid=3), payments=[*loan(paid=3).payments, dq.Payment(date(2025, 3, 2), 206)]
    )
    done = planned(interest, TermExtension(1), on=date(2025, 3, 3))
    asked = sum(row.after.principal for row in done.schedule_rows if row.after)
    assert asked == done.debt_after.principal == 400


def test_all_principal_may_wait_for_the_last_due_date() -> None:
    done = planned(loan(paid=3), PrincipalDeferral(share=dq.Proportion(1, 1)), on=date(2025, 3, 2))
    told = [row.after for row in done.schedule_rows if row.after]
    assert [str(row.principal) for row in told] == ["0.00", "0.00", "600.00"]
    assert [str(row.interest) for row in told[1:]] == ["6.00", "6.00"]


@pytest.mark.parametrize("measures", [None, 5])
def test_measures_are_a_sequence(measures) -> None:
    with pytest.raises(dq.InvalidTypeError, match="a sequence of measures"):
        RestructuringPlan(measures=measures, effective_on=DAY)


def test_equal_parts_have_no_interest_to_change() -> None:
    flat = ReAgeing(3, DAY, interest=ReAgeInterest.EARNED_IN_EQUAL_PARTS)
    for beside in (PrincipalDeferral(amount=1), RateReduction(dq.Rate.per_year(0))):
        with pytest.raises(dq.InvalidValueError, match="beside equal parts"):
            RestructuringPlan(measures=[flat, beside], effective_on=DAY)


def test_principal_that_is_spread_is_not_forgiven() -> None:
    """What is past due is spread; of what is to come half is forgiven, and no more than all of it."""
    spread = ArrearsSpread()
    half = Forgiveness(dq.Component.PRINCIPAL, share=dq.Proportion(1, 2))
    done = planned(free_loan(paid=0), spread, half)
    to_come = sum(row.before.principal for row in done.schedule_rows if row.before)
    assert done.spread.principal > 0
    assert done.forgiven.principal == to_come / 2
    more = Forgiveness(dq.Component.PRINCIPAL, amount=to_come + 1)
    with pytest.raises(dq.InvalidValueError, match="at most what there is"):
        planned(free_loan(paid=0), spread, more)
