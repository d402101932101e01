"""The terms of before a plan come back, reckoned by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.restructuring import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    ReAgeing,
)
from delinquency.restructuring.following import PromiseToPay, reinstate
from tests.restructuring.following.loans import (
    BASE,
    CHINA,
    POLICY,
    consumer_plan,
    done_for,
    free_loan,
    paid,
    spread_plan,
    with_orders,
)
from tests.restructuring.test_measures import loan, penalty_terms, planned

ON = date(2025, 4, 1)
PRINCIPAL, INTEREST, FEES, PENALTY = dq.Component


def open_rows(account: dq.Account, on: date) -> list[tuple[str, str]]:
    return [
        (str(row.due_date), str(row.total))
        for row in account.schedule
        if (row.in_force_from or date.min) <= on < (row.in_force_until or date.max)
    ]


def test_a_consumer_loan_broken_in_month_four() -> None:
    """Three rows of 292.54 are paid, the fourth is not: the old terms come back on 10 January 2025.

    Interest since: the 37.33 of August that was not earned, 75, 70 and 65 of October to December, 80 less
    42.67 of September, and 25 of 30 days of January's 60. 877.62 settled June's 595 and 282.62 of July.
    """
    done = consumer_plan()
    since = [
        dq.Payment(date(2024, month, 15), done.schedule_rows[0].after.total)
        for month in (9, 10, 11)
    ]
    on = date(2025, 1, 10)
    back = reinstate(done, since, on=on, policy=CHINA)
    assert back.breach.on == date(2024, 12, 16)
    assert back.debt_before == done.debt_before
    assert (back.debt_before.interest, back.debt_before.fees) == (Decimal("312.67"), 50)
    assert (back.accrued.interest, back.accrued.total) == (Decimal("297.33"), Decimal("297.33"))
    assert (back.paid.interest, back.paid.principal) == (185, Decimal("692.62"))
    assert (back.given_up.fees, back.given_up.total) == (50, 50)
    assert (back.come_back.interest, back.come_back.total) == (Decimal("156.33"), Decimal("156.33"))
    assert (back.owed.principal, back.owed.interest) == (Decimal("8807.38"), 425)
    assert back.past_due.total == Decimal("3182.38")
    assert (back.rows_ended, back.rows_begun) == (40, 18)
    begun = [row for row in back.account.schedule if row.in_force_from == on]
    assert [(row.due_date.month, row.principal, row.interest) for row in begun[:3]] == [
        (7, Decimal("307.38"), 0),
        (8, 500, 85),
        (9, 500, 80),
    ]
    days = [
        dq.days_past_due(back.account, as_of=each, policy=CHINA)
        for each in (on - timedelta(days=1), on)
    ]
    assert days == [25, 179]
    assert dq.assess_status(back.account, as_of=on, policy=CHINA).state.code == "次级"
    assert dq.assess_status(done.after, as_of=date(2024, 9, 1), policy=CHINA).state.code == "正常"


def test_what_was_given_up_for_good_does_not_come_back() -> None:
    done = done_for(
        free_loan(),
        Forgiveness(PRINCIPAL, amount=30),
        Forgiveness(PRINCIPAL, amount=50, on_completion=True),
        ArrearsSpread(),
    )
    back = reinstate(done, [], on=ON, policy=POLICY)
    assert (back.given_up.principal, back.come_back.principal) == (30, 50)
    assert (back.owed.total, back.owed_under_plan.total) == (370, 320)
    assert open_rows(back.account, ON)[0] == ("2025-01-15", "70.00")
    owed = dq.breakdown(back.account, as_of=ON, policy=POLICY)
    assert (owed.past_due.total, owed.not_due.total) == (270, 100)


def test_principal_given_up_beyond_what_there_was_is_given_up_of_what_became_principal() -> None:
    """A fee of 40 becomes principal, and 420 of the 440 are forgiven: all principal, and 20 of the fee."""
    fee = dq.Charge("F-1", dq.Component.FEES, 40, date(2025, 2, 1))
    done = done_for(
        free_loan(charges=[fee]),
        Capitalisation([PRINCIPAL, dq.Component.FEES]),
        Forgiveness(PRINCIPAL, amount=420),
    )
    back = reinstate(done, [], on=ON, policy=POLICY)
    assert (back.given_up.principal, back.given_up.fees) == (400, 20)
    assert (back.owed.principal, back.owed.fees) == (0, 20)
    assert open_rows(back.account, ON) == [("2025-02-01", "20.00")]


def test_a_fee_that_the_plan_put_into_rows_comes_back_with_its_due_date() -> None:
    fee = dq.Charge("F-1", dq.Component.FEES, 40, date(2025, 2, 1))
    done = spread_plan(charges=[fee])
    back = reinstate(done, [], on=ON, policy=POLICY)
    assert open_rows(back.account, ON)[:3] == [
        ("2025-01-15", "100.00"),
        ("2025-02-01", "40.00"),
        ("2025-02-15", "100.00"),
    ]
    assert dq.breakdown(back.account, as_of=ON, policy=POLICY).past_due.fees == 40


def test_a_fee_that_was_paid_beside_the_plan_is_not_paid_under_the_old_terms() -> None:
    """The plan leaves a fee of 40 past due, and 40 settle it; without the plan they settle January."""
    fee = dq.Charge("F-1", dq.Component.FEES, 40, date(2025, 2, 20))
    done = done_for(free_loan(charges=[fee]), ArrearsSpread([PRINCIPAL]))
    back = reinstate(done, paid((3, 10, 40)), on=ON, policy=POLICY)
    assert (back.paid.principal, back.paid.fees) == (40, 0)
    assert (back.owed.principal, back.owed.fees) == (360, 40)
    assert ("2025-02-20", "40.00") in open_rows(back.account, ON)
    assert dq.breakdown(back.account, as_of=ON, policy=POLICY).payoff == 400


def test_rows_that_the_plan_did_not_touch_stand() -> None:
    done = done_for(free_loan(), ArrearsWaiver(), Forgiveness(PRINCIPAL, amount=50))
    back = reinstate(done, [], on=ON, policy=POLICY)
    kept = [row for row in back.account.schedule if row.in_force_from is None]
    assert [row.in_force_until for row in kept] == [date(2025, 3, 1), None, None, None]
    assert (back.rows_ended, back.rows_begun) == (1, 1)


def test_penalty_of_the_old_rows_accrues_through_the_time_of_the_plan() -> None:
    """0.05 % a day: 76 and 45 days of January and February by 1 April, and 17 of March, as without a plan."""
    policy = attrs.evolve(BASE, penalty=penalty_terms())
    done = done_for(free_loan(), ArrearsSpread(), policy=policy)
    back = reinstate(done, [], on=ON, policy=policy)
    assert back.owed.penalty == Decimal("6.90")
    for each in (back.account, free_loan()):
        owed = dq.breakdown(each, as_of=ON, policy=policy)
        told = owed.past_due.penalty + owed.due.penalty + owed.unposted_penalty
        assert told == Decimal("6.90")
    later = [
        dq.breakdown(each, as_of=date(2025, 4, 11), policy=policy).payoff
        for each in (back.account, free_loan())
    ]
    assert later[0] == later[1]


def test_penalty_that_was_waived_stays_so() -> None:
    """Accrued by the plan: 45 and 14 days, 2.95. 2.00 of it is waived; 6.90 - 2.00 is owed on 1 April."""
    policy = attrs.evolve(BASE, penalty=penalty_terms())
    done = done_for(
        free_loan(), ArrearsWaiver([PENALTY], amount=2), ArrearsSpread([PRINCIPAL]), policy=policy
    )
    assert done.debt_before.penalty == Decimal("2.95")
    back = reinstate(done, [], on=ON, policy=policy)
    assert (back.given_up.penalty, back.owed.penalty) == (2, Decimal("4.90"))
    owed = dq.breakdown(back.account, as_of=ON, policy=policy)
    told = owed.past_due.penalty + owed.due.penalty + owed.unposted_penalty
    assert told == Decimal("4.90")


def test_penalty_that_accrues_under_the_plan_alone_is_not_asked_for() -> None:
    """100 on 5 March settle January's 100; under the plan the row of 15 March is late, and so it would be."""
    policy = attrs.evolve(BASE, penalty=penalty_terms())
    measures = (ArrearsWaiver([PENALTY]), ReAgeing(instalments=1, first_due_on=date(2025, 3, 2)))
    done = done_for(free_loan(), *measures, policy=policy)
    back = reinstate(done, paid((3, 5, 200)), on=ON, policy=policy)
    # The plan: 400.00 for three days and 200.00 for 27. Without it: 4 days of 200.00, and 17 of 100.00.
    assert back.owed_under_plan.penalty == Decimal("3.30")
    assert back.owed.penalty == Decimal("1.25")
    for each in (ON, date(2025, 4, 11)):
        told = dq.breakdown(back.account, as_of=each, policy=policy)
        owed = told.past_due.penalty + told.due.penalty + told.unposted_penalty
        days = (each - ON).days
        assert owed == Decimal("1.25") + days * Decimal("0.05")


def test_money_that_is_held_under_the_plan_is_put_to_the_old_rows_once() -> None:
    policy = with_orders(dq.AllocationGrain.INSTALMENT_FIRST, dq.Excess.HOLD)
    done = done_for(free_loan(), ArrearsSpread(), policy=policy)
    back = reinstate(done, paid((3, 20, 250)), on=ON, policy=policy)
    assert (back.paid.total, back.unallocated, back.owed.total) == (200, 50, 200)
    assert dq.breakdown(back.account, as_of=ON, policy=policy).payoff == 150
    assert back.past_due.total == 50


def test_money_that_would_be_held_under_the_old_terms_is_put_to_rows_to_come() -> None:
    """All rows past due are re-aged to April; 350 of the 400 come at once and settle them under the plan."""
    policy = with_orders(dq.AllocationGrain.INSTALMENT_FIRST, dq.Excess.HOLD)
    done = done_for(
        free_loan(), ReAgeing(instalments=1, first_due_on=date(2025, 3, 10)), policy=policy
    )
    back = reinstate(done, paid((3, 10, 350)), on=date(2025, 3, 12), policy=policy)
    assert (back.paid.total, back.unallocated, back.owed.total) == (350, 0, 50)
    assert open_rows(back.account, back.on) == [("2025-04-15", "50.00")]


def test_payments_from_the_day_on_settle_the_old_rows() -> None:
    back = reinstate(spread_plan(), paid((4, 1, 100)), on=ON, policy=POLICY)
    assert (back.owed.total, back.paid.total) == (400, 0)
    assert dq.days_past_due(back.account, as_of=ON, policy=POLICY) == 45


def test_a_broken_promise_ends_a_plan_as_well() -> None:
    promise = PromiseToPay(date(2025, 3, 2), date(2025, 3, 10), 50)
    done = spread_plan()
    on = date(2025, 3, 12)
    back = reinstate(done, [], on=on, policy=POLICY, promises=[promise])
    assert back.breach.promise.promise == promise
    with pytest.raises(InvalidValueError, match="kept on 2025-03-11"):
        reinstate(done, [], on=on, policy=POLICY)


def test_a_plan_that_is_kept_ends_on_a_ground_alone_and_the_reasons_tell_it() -> None:
    done = spread_plan()
    with pytest.raises(InvalidValueError, match="with ground= why"):
        reinstate(done, paid((3, 15, 200)), on=ON, policy=POLICY)
    back = reinstate(
        done, paid((3, 15, 200)), on=ON, policy=POLICY, ground="false statements of income"
    )
    assert back.breach is None
    assert "The plan ends for another reason than a breach: false statements of income." in str(
        back
    )
    assert "方案因违约以外的原因终止" in back.explanation.to_text("zh")


@pytest.mark.parametrize(("day", "is_broken"), [(16, False), (17, True)])
def test_a_breach_counts_at_the_close_of_the_day_before(day: int, is_broken: bool) -> None:
    """Row 1 of 15 March is broken at the close of the 16th."""
    on = date(2025, 3, day)
    if is_broken:
        assert reinstate(spread_plan(), [], on=on, policy=POLICY).breach.on == date(2025, 3, 16)
    else:
        with pytest.raises(InvalidValueError, match="kept on 2025-03-15"):
            reinstate(spread_plan(), [], on=on, policy=POLICY)
    with pytest.raises(InvalidValueError, match="kept on"):
        reinstate(spread_plan(), [], on=on, policy=POLICY, tolerance_days=1)


def test_all_is_read_by_the_version_of_the_day_before() -> None:
    """On the day itself another version is in force."""
    versions = [
        attrs.evolve(
            BASE, validity=dq.Validity(effective_from=date(2020, 1, 1), effective_until=ON)
        ),
        attrs.evolve(BASE, validity=dq.Validity(effective_from=ON)),
    ]
    timeline = dq.PolicyTimeline(name="house", versions=versions)
    back = reinstate(spread_plan(), [], on=ON, policy=timeline)
    assert back.policy == back.compliance.policy == versions[0]


def test_what_is_owed_is_told_in_both_languages() -> None:
    done = done_for(free_loan(), Forgiveness(PRINCIPAL, amount=50, on_completion=True))
    back = reinstate(done, paid((3, 10, 10)), on=ON, policy=POLICY)
    told = str(back).splitlines()
    assert told[0] == (
        "The terms of before the plan of 2025-03-01 are back on 2025-04-01 for account A-1: 390.00 CNY is "
        "owed; under the plan it would be 340.00 CNY."
    )
    assert [line.partition(":")[0].strip() for line in told[2:7]] == [
        "Owed before the plan",
        "Paid since",
        "Come back, because the plan was not completed",
        "Owed now",
        "Past due under the old terms",
    ]
    assert "  因方案未履行完毕而恢复本金 50.00 CNY，已计入方案前欠款。" in (
        back.explanation.to_text("zh").splitlines()
    )


def test_what_cannot_come_back_is_refused() -> None:
    done = spread_plan()
    ask = {"policy": POLICY, "ground": "agreed"}
    with pytest.raises(InvalidValueError, match="on: expected a day after that of the plan"):
        reinstate(done, [], on=date(2025, 3, 1), **ask)
    with pytest.raises(InvalidTypeError, match="expected on to be a date"):
        reinstate(done, [], on="2025-04-01", **ask)
    with pytest.raises(InvalidValueError, match="one completed on 2025-03-10"):
        reinstate(done, paid((3, 10, 400)), on=ON, **ask)
    with pytest.raises(InvalidValueError, match="a plan that changed something"):
        reinstate(done_for(free_loan()), [], on=ON, **ask)
    late = attrs.evolve(paid((3, 10, 10))[0], recorded_on=ON)
    with pytest.raises(InvalidValueError, match="known before 2025-04-01"):
        reinstate(done, [late], on=ON, **ask)
    gone = attrs.evolve(paid((3, 10, 10))[0], reversed_on=ON)
    with pytest.raises(InvalidValueError, match="known before 2025-04-01"):
        reinstate(done, [gone], on=ON, **ask)
    assert reinstate(done, [gone], on=ON + timedelta(days=1), **ask).paid.total == 0
    with pytest.raises(InvalidTypeError, match="ground"):
        reinstate(done, [], on=ON, policy=POLICY, ground=True)
    with pytest.raises(InvalidValueError, match="ground: expected a text that is not empty"):
        reinstate(done, [], on=ON, policy=POLICY, ground=" ")
    with pytest.raises(InvalidTypeError, match="a Restructured"):
        reinstate(done.after, [], on=ON, **ask)


def test_old_terms_under_which_nothing_is_owed_do_not_come_back() -> None:
    """Everything was given up but a fee, which was charged anew by the plan's own spread and is unpaid."""
    done = done_for(free_loan(), Forgiveness(PRINCIPAL, share=dq.Proportion(1, 1)))
    with pytest.raises(InvalidValueError, match="completed"):
        reinstate(done, [], on=ON, policy=POLICY, ground="agreed")


@pytest.mark.parametrize("order", [(INTEREST, FEES), (FEES, INTEREST)], ids=str)
def test_principal_given_up_that_had_been_a_fee_beside_interest_in_advance(order) -> None:
    """102 of principal, 40 of fees, interest paid in advance: of all that, less it, 99 % are given up for good."""
    account = loan(paid=5)
    account = attrs.evolve(
        account,
        payments=[*account.payments, dq.Payment(date(2025, 5, 2), 100)],
        charges=[dq.Charge("F-1", FEES, 40, date(2025, 5, 3), charged_on=date(2025, 5, 3))],
    )
    most = Forgiveness(PRINCIPAL, share=dq.Proportion(99, 100))
    done = planned(account, Capitalisation(order), most, on=date(2025, 5, 4))
    before = done.debt_before
    assert (before.principal, before.fees, before.interest < 0) == (102, 40, True)
    back = reinstate(done, (), on=date(2025, 7, 1), policy=POLICY, ground="agreed")
    gone = done.forgiven.principal - 102
    assert (back.given_up.principal, back.given_up.interest, back.given_up.fees) == (102, 0, gone)
    assert back.owed.fees == 40 - gone
