"""Rows of a plan at the boundary of each state."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.restructuring import ArrearsSpread, TermExtension
from delinquency.restructuring.following import PlanState, RowState, follow_plan
from tests.restructuring.following.loans import (
    BASE,
    CHINA,
    POLICY,
    done_for,
    free_loan,
    paid,
    spread_plan,
    with_orders,
)

LATER = date(2025, 5, 31)


def followed(payments, as_of=LATER, done=None, **more):
    done = spread_plan() if done is None else done
    return follow_plan(done, payments, as_of=as_of, policy=POLICY, **more)


def test_a_row_paid_on_its_due_date_is_kept() -> None:
    row = followed(paid((3, 15, 200))).rows[0]
    assert (row.state, row.settled_on, row.days_late) == (RowState.KEPT, date(2025, 3, 15), 0)
    assert (row.in_time, row.shortfall, row.broken_on, row.broken_by) == (200, 0, None, 0)


def test_a_row_paid_the_day_after_is_late_at_no_close() -> None:
    told = followed(paid((3, 16, 200)), as_of=date(2025, 4, 14))
    row = told.rows[0]
    assert (row.state, row.settled_on, row.days_late) == (RowState.LATE, date(2025, 3, 16), 1)
    assert (told.state, row.in_time) == (PlanState.KEPT, 0)
    assert dq.days_past_due(told.account, as_of=date(2025, 3, 16), policy=POLICY) == 0


def test_a_row_paid_two_days_after_is_broken_on_the_day_between() -> None:
    told = followed(paid((3, 17, 200)), as_of=date(2025, 4, 14))
    row = told.rows[0]
    assert (row.state, row.broken_on, row.broken_by) == (RowState.BROKEN, date(2025, 3, 16), 200)
    assert (row.settled_on, row.days_late, row.shortfall) == (date(2025, 3, 17), 2, 0)
    assert told.state is PlanState.BROKEN
    assert (told.breach.on, told.breach.shortfall, told.breach.row) == (row.broken_on, 200, row)
    assert dq.days_past_due(told.account, as_of=row.broken_on, policy=POLICY) == 1


def test_money_that_went_to_what_was_left_past_due_is_told() -> None:
    """200.00 of January and February stay past due; what the row of March asks for is paid, and goes there."""
    done = done_for(free_loan(), TermExtension(2))
    asked = done.schedule_rows[0].after.total
    told = followed([dq.Payment(date(2025, 3, 15), asked)], as_of=date(2025, 4, 1), done=done)
    assert told.state is PlanState.BROKEN
    assert told.paid_to_left.total == asked == told.shortfall
    assert told.left_past_due.total == done.arrears_after.total - asked
    says = f"Of what was paid since, {asked} CNY went to what the plan left past due and did not reach its rows."
    assert says in str(told)
    assert f"其后所还款项中有 {asked} CNY 冲抵方案未处理的逾期款" in told.explanation.to_text("zh")
    nothing = followed(paid((3, 15, 200)), as_of=date(2025, 4, 1))
    assert nothing.paid_to_left.total == 0
    assert str(nothing).splitlines()[0].endswith("on 2025-04-01: kept so far.")


@pytest.mark.parametrize(("day", "state"), [(19, RowState.LATE), (20, RowState.BROKEN)])
def test_three_days_past_due_are_tolerated_and_four_are_not(day, state) -> None:
    """Paid on the 19th it was 3 days past due at the close of the 18th, and at no later one."""
    row = followed(paid((3, day, 200)), tolerance_days=3).rows[0]
    assert row.state is state
    assert row.broken_on == (None if state is RowState.LATE else date(2025, 3, 19))


@pytest.mark.parametrize(("day", "state"), [(18, RowState.PENDING), (19, RowState.BROKEN)])
def test_an_open_row_is_pending_to_the_last_tolerated_close(day, state) -> None:
    told = followed([], as_of=date(2025, 3, day), tolerance_days=3)
    assert told.rows[0].state is state
    assert told.rows[0].days_late == day - 15
    if state is RowState.PENDING:
        assert told.last_tolerated_on == date(2025, 3, 18)


def test_a_minor_unit_short_is_broken_and_tolerated_where_that_is_agreed() -> None:
    short = paid((3, 15, "199.99"))
    row = followed(short).rows[0]
    assert (row.state, row.shortfall, row.broken_by) == (
        RowState.BROKEN,
        Decimal("0.01"),
        Decimal("0.01"),
    )
    row = followed(short, tolerance=Decimal("0.01")).rows[0]
    assert (row.state, row.settled_on) == (RowState.KEPT, date(2025, 3, 15))
    assert row.shortfall == Decimal("0.01")


def test_what_is_paid_too_much_settles_the_next_row_in_advance() -> None:
    told = followed(paid((3, 15, 250), (4, 15, 150)), as_of=date(2025, 3, 20))
    assert [row.state for row in told.rows] == [RowState.KEPT, RowState.PENDING]
    assert (told.rows[1].open.total, told.rows[1].shortfall) == (150, 0)
    assert followed(paid((3, 15, 250), (4, 15, 150))).state is PlanState.COMPLETED


def test_a_row_paid_in_advance_is_kept_before_its_due_date() -> None:
    told = followed(paid((3, 2, 400)), as_of=date(2025, 3, 2))
    assert {row.state for row in told.rows} == {RowState.KEPT}
    assert [row.settled_on for row in told.rows] == [date(2025, 3, 2)] * 2
    assert (told.state, told.completed_on) == (PlanState.COMPLETED, date(2025, 3, 2))
    assert told.last_tolerated_on is None


def test_held_money_settles_a_row_on_its_due_date() -> None:
    policy = with_orders(dq.AllocationGrain.INSTALMENT_FIRST, dq.Excess.HOLD)
    done = done_for(free_loan(), ArrearsSpread(), policy=policy)
    told = follow_plan(done, paid((3, 2, 400)), as_of=date(2025, 4, 15), policy=policy)
    assert [row.settled_on for row in told.rows] == [date(2025, 3, 15), date(2025, 4, 15)]
    assert {row.state for row in told.rows} == {RowState.KEPT}


def test_a_reversed_payment_was_never_made() -> None:
    back = attrs.evolve(paid((3, 15, 200))[0], reversed_on=date(2025, 3, 20))
    assert followed([back], as_of=date(2025, 3, 19)).state is PlanState.KEPT
    told = followed([back], as_of=date(2025, 3, 20))
    assert (told.state, told.breach.on) == (PlanState.BROKEN, date(2025, 3, 16))
    known = followed([back], as_of=date(2025, 3, 20), known_on=date(2025, 3, 19))
    assert known.state is PlanState.KEPT


def test_a_payment_counts_from_when_it_is_known() -> None:
    late = attrs.evolve(paid((3, 15, 200))[0], recorded_on=date(2025, 3, 18))
    day = date(2025, 3, 17)
    assert followed([late], as_of=day).state is PlanState.KEPT
    assert followed([late], as_of=day, known_on=day).state is PlanState.BROKEN


def test_what_the_plan_left_past_due_is_settled_first_and_no_row_of_it() -> None:
    """The two rows past due stay so; 200 on 15 March settles them, and the first row of the plan is broken."""
    done = done_for(free_loan(contract_rates=[]), TermExtension(2))
    told = followed(paid((3, 15, 200)), as_of=date(2025, 3, 16), done=done)
    assert told.left_past_due.total == 0
    assert told.rows[0].state is RowState.BROKEN
    assert followed([], as_of=date(2025, 3, 2), done=done).left_past_due.total == 200
    assert followed(paid((3, 1, 400)), done=done).completed_on == date(2025, 3, 1)


def test_a_plan_is_completed_only_when_what_it_left_is_paid_as_well() -> None:
    late = dq.Charge("F-1", dq.Component.FEES, 30, date(2025, 2, 20))
    done = done_for(free_loan(charges=[late]), ArrearsSpread([dq.Component.PRINCIPAL]))
    assert (done.arrears_after.total, done.rows_after[0].total) == (30, 20000)
    told = followed(paid((3, 15, 230), (4, 15, 200)), done=done)
    assert (told.state, told.completed_on) == (PlanState.COMPLETED, date(2025, 4, 15))
    told = followed(paid((3, 15, 230), (4, 15, 200)), done=done, as_of=date(2025, 4, 14))
    assert told.state is PlanState.KEPT


def test_penalty_in_parts_is_of_the_row_that_it_falls_due_with() -> None:
    penalty = dq.Charge("P-1", dq.Component.PENALTY, 9, date(2025, 2, 20))
    told = followed(
        paid((3, 15, "204.50")),
        done=spread_plan(charges=[penalty]),
        as_of=date(2025, 4, 16),
    )
    assert [str(row.asked.penalty) for row in told.rows] == ["4.50", "4.50"]
    assert [row.state for row in told.rows] == [RowState.KEPT, RowState.BROKEN]
    assert told.rows[1].open.penalty == Decimal("4.50")


def test_a_plan_without_measures_is_followed_by_its_old_rows() -> None:
    told = followed(paid((3, 1, 300)), done=done_for(free_loan()), as_of=date(2025, 4, 16))
    assert [row.due_date.month for row in told.rows] == [3, 4]
    assert [row.state for row in told.rows] == [RowState.KEPT, RowState.BROKEN]


def test_the_reasons_say_it_in_both_languages() -> None:
    told = followed(paid((3, 17, 200), (4, 15, 150)), as_of=date(2025, 4, 15))
    assert str(told).splitlines()[:4] == [
        (
            "The plan of 2025-03-01 for account A-1 on 2025-04-15: broken; 50.00 CNY of rows whose due date has "
            "come is open."
        ),
        "  First broken at the close of 2025-03-16: row 1, due on 2025-03-15, was 200.00 CNY short.",
        (
            "  Row 1, due on 2025-03-15: 200.00 CNY, broken at the close of 2025-03-16 and settled on 2025-03-17; "
            "days late 2."
        ),
        "  Row 2, due on 2025-04-15: 200.00 CNY; 50.00 CNY is open, and it is not broken.",
    ]
    assert told.explanation.to_text("zh").splitlines()[:2] == [
        "账户 A-1 自 2025-03-01 起的方案，截至 2025-04-15 日终：已违约；已到期各期未还 50.00 CNY。",
        "  首次违约于 2025-03-16 日终：第 1 期（2025-03-15 到期）少还 200.00 CNY。",
    ]


def test_what_is_no_question_is_refused() -> None:
    done = spread_plan()
    ask = {"as_of": LATER, "policy": POLICY}
    with pytest.raises(InvalidTypeError, match="a Restructured"):
        follow_plan(done.after, [], **ask)
    with pytest.raises(InvalidTypeError, match="an iterable of Payment"):
        follow_plan(done, paid((3, 15, 1))[0], **ask)
    with pytest.raises(InvalidTypeError, match="payment 1"):
        follow_plan(done, [200], **ask)
    with pytest.raises(InvalidValueError, match="payment 2: expected a payment from the day"):
        follow_plan(done, paid((3, 1, 1), (2, 28, 1)), **ask)
    twice = attrs.evolve(paid((3, 15, 1))[0], payment_id="P")
    with pytest.raises(InvalidValueError, match="used once"):
        follow_plan(done, [twice, twice], **ask)
    with pytest.raises(InvalidValueError, match="on or after that of the plan"):
        follow_plan(done, [], as_of=date(2025, 2, 28), policy=POLICY)
    with pytest.raises(InvalidTypeError, match="as_of"):
        follow_plan(done, [], as_of="2025-05-31", policy=POLICY)
    with pytest.raises(InvalidTypeError, match="policy"):
        follow_plan(done, [], as_of=LATER, policy="cn-loan")
    with pytest.raises(InvalidValueError, match="tolerance_days: expected from 0"):
        follow_plan(done, [], tolerance_days=-1, **ask)
    with pytest.raises(InvalidTypeError, match="tolerance_days"):
        follow_plan(done, [], tolerance_days=True, **ask)
    with pytest.raises(InvalidValueError, match="tolerance of zero or more"):
        follow_plan(done, [], tolerance=-1, **ask)
    with pytest.raises(InvalidValueError, match="at most 2 decimals"):
        follow_plan(done, [], tolerance=Decimal("0.001"), **ask)
    with pytest.raises(InvalidTypeError, match="tolerance"):
        follow_plan(done, [], tolerance=0.01, **ask)
    with pytest.raises(InvalidValueError, match="NaN"):
        follow_plan(done, [], tolerance=Decimal("NaN"), **ask)


def test_another_policy_may_follow_a_plan_but_none_with_penalty_on_demand() -> None:
    done = spread_plan()
    told = follow_plan(done, paid((3, 15, 200)), as_of=date(2025, 3, 15), policy=CHINA)
    assert told.policy.name.startswith("cn-loan")
    from tests.restructuring.test_measures import penalty_terms

    on_demand = attrs.evolve(
        BASE, penalty=penalty_terms(), penalty_in_waterfall=dq.PenaltyPlace.ON_DEMAND
    )
    with pytest.raises(PolicyError, match="OUTSIDE or POSTED"):
        follow_plan(done, [], as_of=LATER, policy=on_demand)
