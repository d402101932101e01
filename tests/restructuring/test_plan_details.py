"""Fees of rows, penalty that accrued, and what a plan and its refusals say, each checked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest

import delinquency as dq
from delinquency.daycount import DayCount
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    DueDateChange,
    Forgiveness,
    InterestPause,
    PaymentHoliday,
    ReAgeing,
    ReAgeInterest,
    RestructuringPlan,
    Settlement,
    SettlementPayment,
    TermExtension,
    restructure,
)
from tests.restructuring.test_measures import (
    CNY,
    DAY,
    POLICY,
    free_loan,
    loan,
    penalty_terms,
    planned,
    rows_of,
)

PRINCIPAL, INTEREST, FEES, PENALTY = dq.Component
PENAL = attrs.evolve(POLICY.versions[-1], penalty=penalty_terms())
APRIL, MAY, JUNE = (date(2025, month, 15) for month in (4, 5, 6))


def with_fees() -> dq.Account:
    """100 on the 15th of six months, of which three were paid; fees of 3, 4 and 5 on those to come."""
    account = free_loan(paid=3)
    fees = [0, 0, 0, 3, 4, 5]
    rows = [attrs.evolve(row, fees=fee) for row, fee in zip(account.schedule, fees, strict=True)]
    return attrs.evolve(account, schedule=dq.Schedule(CNY, rows))


def fees_of(done) -> dict[date, Decimal]:
    return {row.due_date: row.after.fees for row in done.schedule_rows if row.after}


def put(*measures, policy=PENAL, account=None, **more):
    plan = RestructuringPlan(measures=measures, effective_on=DAY, **more)
    return restructure(account or free_loan(), plan, as_of=DAY, policy=policy)


def owed_of(account: dq.Account) -> tuple[Decimal, Decimal]:
    """Principal, and penalty accrued or posted, by the ledger on the day of the plan."""
    owed = dq.breakdown(account, as_of=DAY, policy=PENAL)
    parts = (owed.past_due, owed.due, owed.not_due)
    penalty = sum(part.penalty for part in parts) + owed.unposted_penalty
    return sum(part.principal for part in parts), penalty


def test_a_fee_stays_on_its_date_where_instalments_are_added() -> None:
    done = planned(with_fees(), TermExtension(2))
    assert list(fees_of(done).values()) == [3, 4, 5, 0, 0]
    assert done.debt_after.fees == done.debt_before.fees == 12


def test_fees_of_dates_on_which_nothing_is_paid_wait_together_for_the_next() -> None:
    """A holiday in April and May: 3, 4 and 5 in June; one that leaves out no later date waits for it."""
    done = planned(with_fees(), PaymentHoliday(2, lengthens=False))
    assert fees_of(done) == {JUNE: 12}
    done = planned(with_fees(), PaymentHoliday(1))
    assert list(fees_of(done).values()) == [7, 5, 0]


def test_fees_move_with_their_dates() -> None:
    done = planned(with_fees(), DueDateChange(date(2025, 5, 20), from_due_on=MAY))
    assert fees_of(done) == {APRIL: 3, date(2025, 5, 20): 4, date(2025, 6, 20): 5}


def test_fees_of_rows_to_come_are_in_equal_parts_by_a_re_ageing() -> None:
    """12 in four."""
    done = planned(with_fees(), ReAgeing(4, date(2025, 4, 20)))
    assert list(fees_of(done).values()) == [3, 3, 3, 3]
    assert done.debt_after.fees == 12


def test_penalty_that_accrued_becomes_principal_whole_or_in_part() -> None:
    """6.90 accrued: all of it, or 2.00, is added to the 300 to come; 300 past due stay."""
    for amount, rest in ((None, "0.00"), (2, "4.90")):
        done = put(Capitalisation([PENALTY], amount=amount))
        taken = Decimal("6.90") - Decimal(rest)
        assert done.debt_before.penalty == Decimal("6.90")
        assert (done.capitalised.penalty, done.debt_after.penalty) == (taken, Decimal(rest))
        assert sum(row.after.principal for row in done.schedule_rows) == 300 + taken
        assert owed_of(done.after) == (600 + taken, Decimal(rest))


def test_posted_penalty_becomes_principal_before_what_accrued() -> None:
    """5 was charged and 6.90 accrued: of 11.90 the 5 and 1.00 more are taken."""
    charge = dq.Charge("P-1", PENALTY, 5, date(2025, 2, 20))
    done = put(Capitalisation([PENALTY], amount=6), account=free_loan(charges=[charge]))
    assert done.debt_before.penalty == Decimal("11.90")
    assert (done.debt_after.penalty, done.draft_after.unposted) == (Decimal("5.90"), 590)
    assert done.draft_after.past_due(3) == 0
    named = put(Capitalisation([PENALTY], charge_ids=["P-1"]), account=free_loan(charges=[charge]))
    assert (named.capitalised.penalty, named.debt_after.penalty) == (5, Decimal("6.90"))
    assert named.draft_after.unposted == 690


def test_a_waiver_of_part_of_the_penalty_of_days_leaves_none_to_waive_by_a_plan() -> None:
    half = dq.PenaltyWaiver(date(2025, 2, 1), date(2025, 2, 10), share=dq.Proportion(1, 2))
    told = (
        r"restructuring plan, penalty: expected days of which no part of the penalty was waived before, "
        r"found a waiver from 2025-02-01 on of a part"
    )
    with pytest.raises(dq.InvalidValueError, match=told):
        put(ArrearsWaiver([PENALTY]), account=free_loan(events=[half]))


def test_penalty_alone_on_a_date_is_a_charge_and_no_instalment() -> None:
    """600 were paid; 6 of penalty are past due and are paid in two parts."""
    charge = dq.Charge("P-1", PENALTY, 6, date(2025, 6, 20), charged_on=date(2025, 6, 1))
    account = free_loan(paid=6, charges=[charge])
    on = date(2025, 7, 1)
    done = planned(account, ReAgeing(2, date(2025, 7, 15)), on=on)
    assert [row.due_date for row in done.after.schedule if row.in_force_from] == []
    added = [each for each in done.after.charges if each.charge_id != "P-1"]
    assert [(each.due_date, each.amount) for each in added] == [
        (date(2025, 7, 15), 3),
        (date(2025, 8, 15), 3),
    ]
    assert [row.after.penalty for row in done.schedule_rows] == [3, 3]


def test_more_interest_in_advance_than_a_plan_asks_for_is_refused() -> None:
    """Of 202 due in June 100 were paid on 2 May, the 2.00 of interest first: 1.87 of them are not earned.

    On 102.00 an instalment more bears less than that, and eleven more bear more.
    """
    account = loan(paid=5)
    payments = [*account.payments, dq.Payment(date(2025, 5, 2), 100)]
    account = attrs.evolve(account, payments=payments)
    on = date(2025, 5, 3)
    with pytest.raises(dq.InvalidValueError) as caught:
        planned(account, TermExtension(1), on=on)
    assert str(caught.value) == (
        "account 'A-2', restructuring plan: expected at least as much interest as was paid in advance, found "
        "less. Hint: Say what becomes of money in advance: charge it back, or plan from a later day."
    )
    done = planned(account, TermExtension(11), on=on)
    assert (done.debt_before.interest, done.debt_before.principal) == (Decimal("-1.87"), 102)
    asked = [row.after.interest for row in done.schedule_rows if row.after]
    assert asked[0] == 0
    assert asked[2] > 0


def test_what_is_owed_beside_the_instalments_is_told() -> None:
    """A fee that is not due yet, and 0.05 a day of penalty on 100 for 16 days, which a waiver takes."""
    fee = dq.Charge("F-1", FEES, 40, date(2025, 7, 20), charged_on=date(2025, 6, 1))
    account, on = free_loan(paid=5, charges=[fee]), date(2025, 7, 1)
    told = []
    for more in ([], [ArrearsWaiver([PENALTY])]):
        plan = RestructuringPlan(measures=[*more, ReAgeing(2, on)], effective_on=on)
        told.append(restructure(account, plan, as_of=on, policy=PENAL))
    assert [each.debt_after.penalty for each in told] == [Decimal("0.80"), 0]
    beside = (
        "40.00 CNY of charges that are not due yet falls due beside the instalments, as before."
    )
    accrued = "0.80 CNY of penalty that has accrued stays owed, beside the instalments."
    assert [beside in str(each) for each in told] == [True, True]
    assert [accrued in str(each) for each in told] == [True, False]
    chinese = told[0].explanation.to_text("zh")
    assert "另有尚未到期的费用 40.00 CNY" in chinese
    assert "另有已计而未入账的罚息 0.80 CNY" in chinese


def test_equal_parts_of_what_was_earned_need_something_earned() -> None:
    """1.87 of interest were paid in advance: with what the old schedule asks for there is something left."""
    account = loan(paid=5)
    payments = [*account.payments, dq.Payment(date(2025, 5, 2), 100)]
    account, on = attrs.evolve(account, payments=payments), date(2025, 5, 3)
    kinds = ReAgeInterest.EARNED_IN_EQUAL_PARTS, ReAgeInterest.ALL_IN_EQUAL_PARTS
    earned, everything = (ReAgeing(3, date(2025, 6, 1), interest=kind) for kind in kinds)
    with pytest.raises(dq.InvalidValueError) as caught:
        planned(account, earned, on=on)
    assert str(caught.value) == (
        "account 'A-2', restructuring plan, measure 1, ReAgeing: expected at least as much interest as was "
        "paid in advance, found less. Hint: Say what becomes of money in advance: charge it back, or plan from "
        "a later day."
    )
    assert (
        sum(
            row.after.total
            for row in planned(account, everything, on=on).schedule_rows
            if row.after
        )
        == 102
    )


def test_refusals_of_measures_say_where_and_what_to_do() -> None:
    cases = (
        (
            PaymentHoliday(3, lengthens=False),
            ("restructuring plan, measure 1, PaymentHoliday, instalments: expected at most 2 of the 3 due dates "
            "to come, found 3. Hint: With lengthens=True as many instalments are added at the end."),
        ),
        (
            PaymentHoliday(4),
            ("restructuring plan, measure 1, PaymentHoliday, instalments: expected at most 3 of the 3 due dates "
            "to come, found 4."),
        ),
        (
            InterestPause(start=date(2025, 3, 31), end=date(2025, 5, 1)),
            ("restructuring plan, measure 1, InterestPause, start: expected a day on or after that of the plan, "
            "2025-04-01, found 2025-03-31. Hint: Interest that was earned before is forgiven: write a "
            "Forgiveness."),
        ),
        (
            InterestPause(start=date(2025, 6, 1), end=date(2025, 7, 1)),
            ("restructuring plan, measure 1, InterestPause: expected days from the plan on and before the last "
            "due date, 2025-06-01, found from 2025-06-01."),
        ),
        (
            DueDateChange(date(2025, 4, 1), from_due_on=date(2025, 5, 1)),
            ("restructuring plan, measure 1, DueDateChange, first_due_on: expected after the due date before it, "
            "2025-04-01, found 2025-04-01."),
        ),
        (
            DueDateChange(date(2025, 7, 1), from_due_on=date(2025, 6, 2)),
            ("restructuring plan, measure 1, DueDateChange, from_due_on: expected at most the last due date, "
            "2025-06-01, found 2025-06-02."),
        ),
    )  # fmt: skip
    for measure, told in cases:
        with pytest.raises(dq.InvalidValueError) as caught:
            planned(loan(paid=3), measure)
        assert str(caught.value) == f"account 'A-2', {told}"


def test_an_account_without_debt_has_no_hint_of_money_in_advance() -> None:
    with pytest.raises(dq.InvalidValueError) as caught:
        planned(free_loan(paid=6), on=date(2025, 7, 1))
    assert str(caught.value) == (
        "account 'A-1', restructuring plan: expected an account that owes something, found nothing open."
    )


def told_of(done, lang: str = "en") -> list[str]:
    return [line.strip() for line in done.explanation.to_text(lang=lang).splitlines()]


def test_all_that_a_plan_says() -> None:
    """300 past due and 300 to come; 60 are forgiven, past due first, and each date moves by five days."""
    done = planned(free_loan(), Forgiveness(PRINCIPAL, amount=60), DueDateChange(date(2025, 4, 20)))
    assert told_of(done) == [
        ("The plan of 2025-04-01 for account A-1: 600.00 CNY owed before it and 540.00 CNY after it; the lender "
        "gives up 60.00 CNY of present value."),
        "Measure 1, forgiveness: 60.00 CNY of principal is forgiven.",
        "Measure 2, change of due dates: the first due date that moves is 2025-04-20, and the others follow.",
        "From 2025-04-01 on 3 instalments fall due, the first on 2025-04-20 and the last on 2025-06-20.",
        "The first of them is 100.00 CNY; without the plan it was 100.00 CNY.",
        "In all 60.00 CNY less is paid than without the plan.",
        "240.00 CNY stays past due: no instalment of the plan asks for it, and money that is paid for the instalments may go to it first.",
        "At the rate of the contract what is owed is worth 600.00 CNY without the plan and 540.00 CNY with it.",
    ]  # fmt: skip
    assert told_of(done, "zh") == [
        "账户 A-1 自 2025-04-01 起的方案：此前欠款 600.00 CNY，此后 540.00 CNY；贷款人放弃的现值为 60.00 CNY。",
        "措施 1（债务免除）：免除本金 60.00 CNY。",
        "措施 2（变更还款日）：变更后的首个还款日为 2025-04-20，以后各期依次顺延。",
        "自 2025-04-01 起共 3 期，首期 2025-04-20，末期 2025-06-20。",
        "首期应还 100.00 CNY；若无方案为 100.00 CNY。",
        "合计比无方案少还 60.00 CNY。",
        "仍逾期 240.00 CNY：方案各期均不包含此款，为各期所还款项可能先冲抵此款。",
        "按合同利率，欠款现值在无方案时为 600.00 CNY，有方案时为 540.00 CNY。",
    ]


def test_what_a_settlement_says_of_its_payments() -> None:
    """The last due date is that of its last payment, also of one payment."""
    for days, line in (
        ((1,), "600.00 CNY in 1 payment, from 2025-04-01 to 2025-04-01, settles all that is open."),
        (
            (1, 9, 20),
            "600.00 CNY in 3 payments, from 2025-04-01 to 2025-04-20, settle all that is open.",
        ),
    ):
        amount = 600 // len(days)
        paid = [SettlementPayment(date(2025, 4, day), amount) for day in days]
        told = told_of(planned(free_loan(), Settlement(paid)))
        assert f"Measure 1, discounted settlement: {line}" in told


def test_a_measure_with_nothing_to_do_says_so_under_its_number() -> None:
    done = planned(free_loan(paid=3), ArrearsWaiver(), ArrearsSpread())
    assert told_of(done)[1:3] == [
        "Measure 1, waiver of arrears: there was nothing to change.",
        "Measure 2, arrears spread: there was nothing to change.",
    ]


@pytest.mark.parametrize(
    ("began", "days", "expected"),
    [
        (date(2025, 1, 6), [14, 28, 42, 56], ["2025-03-17", "2025-03-31"]),
        (date(2024, 12, 31), [31, 59, 90, 120], ["2025-05-31", "2025-06-30"]),
        (date(2024, 12, 30), [32, 59, 91, 121], ["2025-05-31", "2025-06-30"]),
        (date(2024, 12, 30), [31, 61, 91, 121], ["2025-05-30", "2025-06-29"]),
    ],
    ids=("fortnights", "ends of months", "one of them a day before", "days that are no month"),
)
def test_due_dates_that_are_added_go_on_as_those_before(began, days, expected) -> None:
    """By fourteen days; on the last day of each month; by 30 days."""
    dues = [date.fromordinal(began.toordinal() + each) for each in days]
    account = dq.Account(
        account_id="A-1",
        originated_on=began,
        schedule=dq.Schedule(CNY, [dq.Instalment(due, 100) for due in dues]),
    )
    done = planned(account, TermExtension(2), on=date.fromordinal(began.toordinal() + 1))
    assert [each for each, _ in rows_of(done)][-2:] == expected


def test_the_value_of_what_is_to_come_is_what_repays_it_at_the_rate() -> None:
    """At 1 % a month 101.00 in a month and 102.01 in two are worth 100 each; without interest in the second, 101 and 102.01."""
    account = attrs.evolve(
        loan(paid=0),
        schedule=dq.Schedule(CNY, [
            dq.Instalment(date(2025, 1, 1), 100, 1),
            dq.Instalment(date(2025, 2, 1), 100, Decimal("2.01")),
        ]),
    )  # fmt: skip
    on = date(2024, 12, 2)
    months = planned(account, on=on, day_count=DayCount.THIRTY_E_360)
    # From 2 December on 29 of 30 days of the first month are left.
    month = 1 + Fraction(29, 3000)
    assert months.value_before == months.value_after == Fraction(10100 + 10100) / month
    changes = [*account.contract_rates, dq.DatedRate(date(2025, 1, 1), dq.Rate.per_year(0))]
    then = planned(attrs.evolve(account, contract_rates=changes), on=on)
    assert then.value_before == Fraction(10100 + 10201) / month


def test_a_rate_that_changes_between_two_due_dates_is_borne_by_its_days() -> None:
    """From 1 December on a month at 12 % and one at 6 %: 1.5 % on what falls due on 1 February."""
    schedule = dq.Schedule(CNY, [dq.Instalment(date(2025, 2, 1), 100, Decimal("1.50"))])
    changes = [*loan().contract_rates, dq.DatedRate(date(2025, 1, 1), dq.Rate.per_year("0.06"))]
    account = attrs.evolve(loan(paid=0), schedule=schedule, contract_rates=changes)
    done = planned(account, on=date(2024, 12, 2))
    # Of the two months 29 days of the first and the whole second one are left.
    assert done.value_before == Fraction(10150) / (1 + Fraction(29, 3000) + Fraction(1, 200))


def test_a_waiver_takes_penalty_that_accrued_only_where_it_is_of_all_penalty() -> None:
    """30 of fees and 5 of penalty were charged, 6.90 of penalty accrued."""
    charges = [
        dq.Charge("F-1", FEES, 30, date(2025, 2, 1)),
        dq.Charge("P-1", PENALTY, 5, date(2025, 2, 20)),
    ]
    for measure, fees, penalty in (
        (ArrearsWaiver([FEES]), 30, "0"),
        (ArrearsWaiver([FEES], charge_ids=["F-1"]), 30, "0"),
        (ArrearsWaiver([PENALTY], charge_ids=["P-1"]), 0, "5"),
        (ArrearsWaiver([PENALTY]), 0, "11.90"),
        (ArrearsWaiver(), 30, "11.90"),
    ):
        done = put(measure, account=free_loan(charges=charges))
        assert (done.waived.fees, done.waived.penalty) == (fees, Decimal(penalty))
        assert done.debt_after.penalty == Decimal("11.90") - Decimal(penalty)


def test_a_schedule_of_one_due_date_has_no_rhythm() -> None:
    schedule = dq.Schedule(CNY, [dq.Instalment(JUNE, 100)])
    account = attrs.evolve(free_loan(), schedule=schedule)
    with pytest.raises(dq.InvalidValueError) as caught:
        planned(account, TermExtension(1))
    assert str(caught.value) == (
        "account 'A-1', restructuring plan, measure 1, TermExtension: expected a schedule of at least two due "
        "dates, from which more can be told, found 1. Hint: ReAgeing says the first due date, the frequency and "
        "the count."
    )


@pytest.mark.parametrize(
    ("from_due_on", "alone"),
    [(None, {3: "10.10", 4: "10.10"}), (date(2025, 3, 1), {3: "8.04", 4: "8.04", 5: "8.04"})],
)
def test_a_holiday_from_a_due_date_on_counts_it(from_due_on, alone) -> None:
    """Three due dates from 1 February on, whose 10.00 become principal: March and April ask for interest alone.

    Begun with the next one, the instalment of 1 February is asked for, and three others ask for interest alone.
    """
    done = planned(
        loan(paid=1),
        Capitalisation([INTEREST]),
        PaymentHoliday(3, from_due_on=from_due_on),
        on=date(2025, 2, 1),
    )
    rows = [row for row in done.schedule_rows if row.after]
    found = {row.due_date.month: str(row.after.interest) for row in rows if not row.after.principal}
    assert found == alone
    assert (rows[0].due_date == date(2025, 2, 1)) is (from_due_on is not None)


def test_a_plan_without_measures_says_that_nothing_changes() -> None:
    """It is answered, so that what it is compared with is answered alike; no restructuring is recorded."""
    done = planned(free_loan())
    assert "The plan has no measure: nothing changes, and no restructuring is recorded." in told_of(
        done
    )
    assert "方案不含任何措施：合同不变，不记为重组。" in told_of(done, "zh")
    assert done.after == done.before


def test_an_answer_is_short_in_repr_and_prints_its_schedule() -> None:
    """100.00 on each of three dates before; after it 100.00, 100.00 and 40.00 less, on later days."""
    done = planned(free_loan(), Forgiveness(PRINCIPAL, amount=60), DueDateChange(date(2025, 4, 20)))
    assert len(repr(done)) < 700
    assert "before='A-1'" in repr(done)
    lines = done.schedule_text("zh").splitlines()
    assert lines[0].split() == ["应还日", "方案前", "本金", "利息", "费用", "罚息", "方案后"]
    assert len(lines) == 1 + len(done.schedule_rows)
    with pytest.raises(dq.InvalidValueError, match="schedule of a plan, lang"):
        done.schedule_text("fr")
