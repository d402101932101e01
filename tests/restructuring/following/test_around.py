"""Days past due, clocks and default after a plan."""

from __future__ import annotations

from datetime import date, timedelta

import attrs
import pytest

import delinquency as dq
from delinquency.counting import Counting, GraceKind, ScheduleChangeRule
from delinquency.errors import InvalidTypeError, InvalidValueError, PolicyError
from delinquency.restructuring import ArrearsSpread, ReAgeing, TermExtension
from delinquency.restructuring.following import (
    counts_around,
    follow_plan,
    plan_clocks,
    re_default,
)
from delinquency.status.conditions import (
    Anchor,
    Elapsed,
    Figure,
    FigureIs,
    Operator,
    TimeUnit,
)
from delinquency.status.machine import StatusExit, StatusMachine, StatusState, StatusTrigger
from delinquency.status_clocks import status_clocks
from tests.restructuring.following.loans import (
    BASE,
    CHINA,
    CNY,
    POLICY,
    consumer_plan,
    done_for,
    free_loan,
    paid,
    spread_plan,
)


def long_loan(**more) -> dq.Account:
    """1,200 in twelve months of 2025, without interest."""
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 13)]
    return dq.Account(
        account_id="A-2",
        originated_on=date(2024, 12, 15),
        schedule=dq.Schedule(CNY, rows),
        **more,
    )


def ruled(rule: ScheduleChangeRule, **more) -> dq.Policy:
    return attrs.evolve(BASE, counting=Counting(schedule_change=rule, **more))


def test_each_rule_of_a_change_says_what_becomes_of_the_days() -> None:
    """Due on 15 January: 44 days at the close of 28 February. 200 are made up for on 20 March."""
    told = counts_around(
        spread_plan(),
        paid((3, 15, 200)),
        as_of=date(2025, 4, 20),
        policies=[ruled(rule) for rule in ScheduleChangeRule],
    )
    assert [[each.days_past_due for each in (row.eve, row.on_plan, row.now)] for row in told] == [
        [44, 0, 5],
        [44, 45, 5],
        [44, 44, 44],
    ]
    assert [row.rule for row in told] == list(ScheduleChangeRule)
    for row in told:
        assert row.eve == (date(2025, 2, 28), 44, 44)
    assert "冻结变更前日终的天数" in told[2].explanation.to_text("zh")
    assert "After a change of schedule it is continued." in str(told[1])


def test_counted_days_are_less_the_grace_and_the_sources_are_told() -> None:
    counting = Counting(grace_days=10, grace_kind=GraceKind.DEDUCTED)
    policy = attrs.evolve(BASE, counting=counting)
    graced, china = counts_around(
        spread_plan(), [], as_of=date(2025, 3, 27), policies=[policy, CHINA]
    )
    assert (graced.eve[1:], graced.on_plan[1:], graced.now[1:]) == ((44, 34), (0, 0), (12, 2))
    assert china.explanation.citations == china.policy.citations != ()


def test_what_a_plan_left_past_due_goes_on_ageing_under_each_rule() -> None:
    done = done_for(free_loan(), TermExtension(1))
    for row in counts_around(
        done, [], as_of=date(2025, 3, 10), policies=[ruled(rule) for rule in ScheduleChangeRule]
    ):
        assert [each.days_past_due for each in (row.eve, row.on_plan, row.now)] == [44, 45, 54]


def test_counts_of_no_policies_are_refused() -> None:
    ask = {"as_of": date(2025, 3, 10)}
    with pytest.raises(InvalidValueError, match="at least one policy"):
        counts_around(spread_plan(), [], policies=[], **ask)
    with pytest.raises(InvalidTypeError, match="given in a list too"):
        counts_around(spread_plan(), [], policies=POLICY, **ask)
    with pytest.raises(InvalidTypeError, match="policy 1"):
        counts_around(spread_plan(), [], policies=["cn-loan"], **ask)
    with pytest.raises(InvalidValueError, match="on or after that of the plan"):
        counts_around(spread_plan(), [], policies=[POLICY], as_of=date(2025, 2, 1))


def observed(miss: bool):
    """WE-11: signed on 10 January 2024, first due on 20 February, monthly; 20 August is missed."""
    rows = [dq.Instalment(date(2023, 12, 20), 100), dq.Instalment(date(2024, 3, 20), 3000)]
    account = dq.Account(
        account_id="W-11", originated_on=date(2023, 11, 1), schedule=dq.Schedule(CNY, rows)
    )
    plan = ReAgeing(instalments=31, first_due_on=date(2024, 2, 20))
    done = done_for(account, plan, policy=CHINA, on=date(2024, 1, 10))
    days = [date(2024, month, 20) for month in range(2, 13)]
    days += [date(2025, month, 20) for month in range(1, 9)]
    amounts = {row.due_date: row.after.total for row in done.schedule_rows if row.after}
    since = [dq.Payment(day, amounts[day]) for day in days if day != date(2024, 8, 20)]
    if miss:
        return done, [*since, dq.Payment(date(2024, 8, 25), amounts[date(2024, 8, 20)])]
    return done, [*since, dq.Payment(date(2024, 8, 20), amounts[date(2024, 8, 20)])]


def test_observation_in_china_begins_on_the_first_due_date_and_again_at_a_miss() -> None:
    """The published example: without a miss it ends on 20 February 2025, with one on 20 August 2025."""
    done, since = observed(miss=False)
    year, periods = plan_clocks(done, since, as_of=date(2024, 12, 31), policy=CHINA)
    assert (year.since, year.begun_by) == (
        date(2024, 2, 20),
        Anchor.FIRST_DUE_AFTER_RESTRUCTURING,
    )
    assert (year.until, year.is_complete) == (date(2025, 2, 20), False)
    assert (periods.until, periods.is_complete, periods.periods) == (date(2024, 4, 20), True, 10)
    done, since = observed(miss=True)
    year, periods = plan_clocks(done, since, as_of=date(2024, 12, 31), policy=CHINA)
    assert (year.since, year.begun_by) == (date(2024, 8, 20), Anchor.LAST_MISS)
    assert (year.until, periods.periods) == (date(2025, 8, 20), 4)
    assert periods.until == date(2024, 10, 20)
    assert year.state.code == "重组资产"
    assert [str(each.provision) for each in year.citations] == ["Article 20"]
    eve, day = (
        plan_clocks(done, since, as_of=each, policy=CHINA)
        for each in (date(2025, 8, 19), date(2025, 8, 20))
    )
    assert len(eve) == 2
    assert day.clocks == ()


def test_a_clock_says_what_it_waits_for_in_both_languages() -> None:
    done, since = observed(miss=True)
    year, periods = plan_clocks(done, since, as_of=date(2024, 12, 31), policy=CHINA)
    assert str(year).endswith(
        "it runs from 2024-08-20, the due date of the newest debt that was late, and is complete on 2025-08-20 "
        "at the earliest."
    )
    assert year.explanation.sentence("zh").endswith(
        "自 2024-08-20（最近一笔逾期款项的应还日）起算，最早于 2025-08-20 届满。"
    )
    assert str(periods).endswith(
        "complete on 2024-10-20, counted from 2024-08-20, the due date of the newest debt that was late."
    )
    short = plan_clocks(spread_plan(), [], as_of=date(2025, 4, 14), policy=CHINA)[1]
    assert (short.until, short.is_complete) == (None, False)
    assert str(short).endswith("when it is complete cannot be told yet.")


def test_a_clock_that_needs_a_close_without_arrears_has_not_begun_while_there_are_some() -> None:
    """In default from the 31st day on, and until nothing has been in arrears for three months."""
    way = Elapsed(3, TimeUnit.MONTHS, [Anchor.CLEARING])
    over = FigureIs(Figure.DAYS_PAST_DUE, Operator.OVER, dq.Proportion(30, 1))
    machine = StatusMachine(
        name="default",
        states=[StatusState("fine"), StatusState("default", is_performing=False)],
        triggers=[StatusTrigger(to="default", when=[over])],
        exits=[StatusExit(leaving=["default"], to="fine", when=[way])],
    )
    policy = attrs.evolve(BASE, status=[machine])
    (waits,) = plan_clocks(spread_plan(), [], as_of=date(2025, 4, 15), policy=policy)
    assert (waits.since, waits.begun_by, waits.until, waits.is_complete) == (None,) * 3 + (False,)
    assert waits.condition == way
    (runs,) = plan_clocks(spread_plan(), paid((4, 15, 400)), as_of=date(2025, 4, 15), policy=policy)
    assert (runs.since, runs.begun_by, runs.until) == (
        date(2025, 4, 15),
        Anchor.CLEARING,
        date(2025, 7, 15),
    )
    answer = dq.assess_status(spread_plan().after, as_of=date(2025, 3, 1), policy=policy)
    (since_plan,) = status_clocks(answer, "default")  # the plan itself has cleared the arrears
    assert (since_plan.since, since_plan.until) == (date(2025, 3, 1), date(2025, 6, 1))


def test_clocks_of_what_is_none_are_refused() -> None:
    with pytest.raises(InvalidTypeError, match="a StatusAssessment"):
        status_clocks(spread_plan())
    ask = {"as_of": date(2025, 4, 1)}
    with pytest.raises(InvalidValueError, match="machine"):
        plan_clocks(spread_plan(), [], policy=CHINA, machine="nobody", **ask)
    with pytest.raises(PolicyError, match="a policy with a status"):
        plan_clocks(spread_plan(), [], policy=POLICY, **ask)
    with pytest.raises(InvalidValueError, match="on or after that of the plan"):
        plan_clocks(spread_plan(), [], policy=CHINA, as_of=date(2025, 2, 1))


def asked(done, payments=(), as_of=date(2027, 1, 1), policy=CHINA, **more):
    return re_default(done, payments, as_of=as_of, policy=policy, **more)


def test_default_again_is_the_first_close_over_the_days() -> None:
    """Nothing is paid: the row of 15 March is 30 days past due on 14 April."""
    done = spread_plan()
    assert asked(done, over_days=30).on == date(2025, 4, 15)
    assert asked(done, over_days=30, as_of=date(2025, 4, 14)).on is None
    assert asked(done, over_days=30, as_of=date(2025, 4, 15)).on == date(2025, 4, 15)
    assert asked(done, over_days=0).on == date(2025, 3, 16)
    assert asked(done, paid((3, 15, 200), (4, 15, 200)), over_days=0).on is None


def test_each_day_over_the_days_is_one_by_one_the_same() -> None:
    done = done_for(long_loan(), ArrearsSpread())
    since = paid((3, 20, 120), (4, 15, 50), (5, 20, 190), (7, 1, 500))
    account = attrs.evolve(done.after, payments=since)
    for over in (0, 4, 5, 30, 34, 35, 60):
        was_out, again = False, None
        for days in range(700):
            day = date(2025, 3, 1) + timedelta(days=days)
            late = dq.days_past_due(account, as_of=day, policy=POLICY) > over
            if late and was_out and again is None and day < date(2026, 3, 1):
                again = day
            was_out = was_out or not late
        assert asked(done, since, policy=POLICY, over_days=over).on == again, over


def test_default_that_the_plan_did_not_end_is_not_one_again() -> None:
    """More than 30 days past due before and after the plan, paid on 1 June, and again from 15 June's row."""
    done = done_for(long_loan(), TermExtension(1))
    told = asked(done, paid((6, 1, 500)), over_days=30)
    assert told.in_default_on_plan
    assert told.on == date(2025, 7, 16)
    assert asked(done, over_days=30).on is None
    assert not asked(spread_plan(), over_days=30).in_default_on_plan


@pytest.mark.parametrize(("months", "is_within"), [(1, False), (2, True)])
def test_the_months_are_half_open(months: int, is_within: bool) -> None:
    """A plan of 15 February and 31 days past due on 15 March's row: 15 April ends two months."""
    done = spread_plan()
    told = asked(done, over_days=30, months=months)
    assert (told.on is not None) is is_within
    assert told.until == date(2025, 3 + months, 1)
    shifted = done_for(long_loan(), ArrearsSpread(), on=date(2025, 3, 15))
    first_over = asked(shifted, over_days=30).on
    assert first_over == date(2025, 4, 15)
    assert asked(shifted, over_days=30, months=1).on is None
    assert asked(shifted, over_days=29, months=1).on == date(2025, 4, 14)


def test_default_by_a_machine_is_a_state_that_does_not_perform() -> None:
    done = spread_plan()
    told = asked(done)
    assert (told.on, told.machine) == (date(2025, 6, 14), "风险分类")
    assert not told.in_default_on_plan
    assert told.is_over
    assert not asked(done, as_of=date(2026, 2, 28)).is_over
    assert asked(done, as_of=date(2026, 3, 1)).is_over
    assert asked(done, machine="重组资产").on is None


def test_whether_it_was_default_again_is_told_in_both_languages() -> None:
    done = spread_plan()
    assert str(asked(done)) == (
        "Account A-1 was in default again at the close of 2025-06-14 by 风险分类, after the plan of 2025-03-01 "
        "and before 2026-03-01."
    )
    assert str(asked(done, over_days=400)) == (
        "Account A-1 was not more than 400 days past due again up to 2027-01-01, after the plan of 2025-03-01 "
        "and before 2026-03-01."
    )
    assert "按风险分类于 2025-06-14 日终再次违约" in asked(done).explanation.sentence("zh")
    assert "未再次逾期超过 400 天" in asked(done, over_days=400).explanation.sentence("zh")


def test_no_question_of_default_is_refused() -> None:
    done = spread_plan()
    for wrong, words in (
        ({"months": 0}, "months: expected 1 to 1200"),
        ({"over_days": -1}, "over_days: expected 0 or more"),
        ({"over_days": 1, "machine": "风险分类"}, "over_days or a machine"),
        ({"machine": "nobody"}, "machine"),
        ({"as_of": date(2025, 2, 1)}, "on or after that of the plan"),
    ):
        with pytest.raises(InvalidValueError, match=words):
            asked(done, **wrong)
    with pytest.raises(InvalidTypeError, match="months"):
        asked(done, months=1.5)
    with pytest.raises(PolicyError, match="a policy with a status"):
        asked(done, policy=POLICY)


def test_a_tolerance_of_the_plan_changes_no_clock_and_two_clocks_end_with_the_later_one() -> None:
    """Three days late is late within a tolerance of five, and begins observation again: law counts by itself."""
    done = consumer_plan()
    asked = done.schedule_rows[0].after.total
    days = (date(2024, 9, 15), date(2024, 10, 18), date(2024, 11, 15))
    money = [dq.Payment(day, asked) for day in days]
    as_of = date(2024, 11, 20)
    told = follow_plan(done, money, as_of=as_of, policy=CHINA, tolerance_days=5)
    assert (told.state.value, told.rows[1].state.value) == ("kept", "late")
    clocks = plan_clocks(done, money, as_of=as_of, policy=CHINA, machine="重组资产")
    assert {clock.since for clock in clocks} == {date(2024, 10, 15)}
    assert [clock.until for clock in clocks] == [date(2025, 10, 15), date(2024, 12, 15)]
    text = str(clocks)
    assert "重组资产: all 2 clocks must be complete, so on 2025-10-15 at the earliest." in text
    assert "Missed days are counted as policy cn-loan counts them" in text
    assert "方案的容忍范围不影响" in clocks.explanation.to_text("zh")
