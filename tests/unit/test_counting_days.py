"""The day count at its boundaries."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.calendar import NONE_DAY
from delinquency.counting.formulas import delinquent_days, late_days, net_of_grace, shared_days

DUE = date(2023, 10, 16)
FIRST = date(2023, 9, 16)
CHANGE = date(2023, 11, 1)
Rule = dq.ScheduleChangeRule


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    rows = rows or (dq.Instalment(DUE, 100, 10),)
    return dq.Account(
        account_id="A-1", originated_on=FIRST, schedule=dq.Schedule(CNY, rows), **facts
    )


def counted(account: dq.Account, as_of: date, **choices):
    return dq.assess(account, as_of=as_of, policy=policy_of(dq.Counting(**choices))).count


def suspended(start: date, end: date | None, **more) -> dq.CountingSuspension:
    return dq.CountingSuspension(start, end, **more)


@pytest.mark.parametrize(
    ("as_of", "day_after", "on_due_date"),
    [
        (date(2023, 10, 15), 0, 0),
        (DUE, 0, 1),
        (date(2023, 10, 17), 1, 2),
        (date(2023, 11, 15), 30, 31),
    ],
)
def test_the_first_late_close_is_the_rule_of_the_policy(as_of, day_after, on_due_date):
    account = account_of()
    first, second = dq.FirstDay.DAY_AFTER_DUE_DATE, dq.FirstDay.DUE_DATE
    assert counted(account, as_of, first_day=first).days_past_due == day_after
    assert counted(account, as_of, first_day=second).days_past_due == on_due_date


def test_due_16_october_with_3_days_grace_suspended_to_25_october_is_18_days_on_15_november():
    account = account_of(events=[suspended(date(2023, 10, 6), date(2023, 10, 25))])
    found = counted(account, date(2023, 11, 15), grace_days=3, grace_kind=dq.GraceKind.DEDUCTED)
    assert (found.days_past_due, found.suspended_days, found.delinquent_days) == (30, 9, 18)


@pytest.mark.parametrize(("late", "deducted", "trigger"), [(3, 0, 0), (4, 1, 4), (0, 0, 0)])
def test_grace_is_deducted_or_a_trigger(late, deducted, trigger):
    as_of = DUE + timedelta(late)
    kinds = dq.GraceKind
    account = account_of()
    for kind, expected in ((kinds.DEDUCTED, deducted), (kinds.TRIGGER, trigger)):
        found = counted(account, as_of, grace_days=3, grace_kind=kind)
        assert (found.days_past_due, found.delinquent_days) == (late, expected)


def test_a_trigger_compares_the_days_left_after_suspension():
    account = account_of(events=[suspended(DUE, DUE + timedelta(2))])
    choices = {"grace_days": 3, "grace_kind": dq.GraceKind.TRIGGER}
    assert counted(account, DUE + timedelta(5), **choices).delinquent_days == 0
    assert counted(account, DUE + timedelta(6), **choices).delinquent_days == 4


def test_suspensions_that_touch_count_as_one():
    middle = DUE + timedelta(5)
    whole = account_of(events=[suspended(DUE, DUE + timedelta(10))])
    parts = account_of(events=[suspended(middle, DUE + timedelta(10)), suspended(DUE, middle)])
    as_of = DUE + timedelta(20)
    assert counted(whole, as_of) == counted(parts, as_of)
    assert counted(parts, as_of).delinquent_days == 10


def test_a_suspension_without_an_end_stops_the_count_for_good():
    account = account_of(events=[suspended(DUE + timedelta(10), None)])
    assert counted(account, DUE + timedelta(10)).delinquent_days == 10
    assert counted(account, DUE + timedelta(300)).delinquent_days == 10
    assert counted(account, DUE + timedelta(300)).days_past_due == 300


def test_a_suspension_is_known_from_its_start_or_the_day_it_was_recorded():
    start, as_of = DUE + timedelta(10), DUE + timedelta(20)
    at_once = account_of(events=[suspended(start, None)])
    later = account_of(events=[suspended(start, None, recorded_on=as_of)])

    def days(account: dq.Account, known_on: date) -> int:
        return dq.delinquent_days(account, as_of=as_of, policy=policy_of(), known_on=known_on)

    assert days(at_once, start) == 10
    assert days(at_once, start - timedelta(1)) == 20
    assert days(later, as_of) == 10
    assert days(later, as_of - timedelta(1)) == 20


def test_paying_one_cent_less_keeps_the_oldest_instalment_open():
    rows = (dq.Instalment(DUE, 100, 10), dq.Instalment(date(2023, 11, 16), 100))
    for amount, days in (("110.00", 0), ("109.99", 30)):
        account = account_of(*rows, payments=[dq.Payment(DUE, Decimal(amount))])
        assert counted(account, date(2023, 11, 15)).days_past_due == days


@pytest.mark.parametrize(("left", "days"), [("5.00", 0), ("5.01", 30)])
def test_an_instalment_within_the_tolerance_is_settled_for_counting_only(left, days):
    paid = dq.Payment(DUE, 110 - Decimal(left))
    found = counted(
        account_of(payments=[paid]),
        date(2023, 11, 15),
        tolerance=5,
        tolerance_scope=dq.ToleranceScope.INSTALMENT,
    )
    assert found.days_past_due == days
    assert found.arrears == int(Decimal(left) * 100)
    assert found.tolerated == (days == 0)


def test_a_tolerance_on_the_account_looks_at_all_arrears_at_once():
    rows = (dq.Instalment(DUE, 4), dq.Instalment(date(2023, 11, 16), 4))
    account = account_of(*rows)
    choices = {"tolerance": 5, "tolerance_scope": dq.ToleranceScope.ACCOUNT}
    assert counted(account, date(2023, 11, 16), **choices).days_past_due == 0
    assert counted(account, date(2023, 11, 17), **choices).days_past_due == 32
    assert (
        counted(
            account, date(2023, 11, 17), tolerance=5, tolerance_scope=dq.ToleranceScope.INSTALMENT
        ).days_past_due
        == 0
    )


def test_a_tolerance_finer_than_the_currency_is_refused():
    with pytest.raises(dq.PolicyError, match=r"exact to the minor unit of CNY, found 0.005"):
        counted(
            account_of(),
            DUE,
            tolerance=Decimal("0.005"),
            tolerance_scope=dq.ToleranceScope.INSTALMENT,
        )


def test_nothing_late_has_no_oldest_debt():
    found = counted(account_of(), DUE)
    assert (found.oldest_due_day, found.oldest_obligation, found.oldest_open) == (NONE_DAY, -1, 0)


def test_only_the_counted_components_keep_an_instalment_unsettled():
    policy = policy_of(
        dq.Counting(components=(dq.Component.INTEREST,)),
        dq.AllocationOrder.oldest_first("interest", "principal", "fees", "penalty"),
    )
    account = account_of(payments=[dq.Payment(DUE, 10)])
    answer = dq.assess(account, as_of=date(2023, 11, 15), policy=policy)
    assert (answer.days_past_due, answer.arrears, answer.exposure) == (0, 0, 100)


def test_a_charge_ages_from_its_own_due_date_even_beside_an_older_instalment():
    charge = dq.Charge("late", dq.Component.FEES, 15, date(2023, 11, 1), instalment_no=1)
    account = account_of(charges=[charge], payments=[dq.Payment(DUE, 110)])
    found = counted(account, date(2023, 11, 15))
    assert (found.days_past_due, found.arrears) == (14, 1500)


def test_the_oldest_late_debt_may_stand_later_in_the_order_of_payment():
    rows = (dq.Instalment(DUE, 100), dq.Instalment(date(2023, 11, 16), 100))
    charge = dq.Charge("early", dq.Component.FEES, 15, date(2023, 10, 20), instalment_no=2)
    account = account_of(*rows, charges=[charge], payments=[dq.Payment(DUE, 100)])
    found = counted(account, date(2023, 11, 1))
    assert (found.days_past_due, found.arrears) == (12, 1500)


def test_exposure_is_all_principal_and_other_amounts_only_once_due():
    rows = (dq.Instalment(DUE, 100, 10, 1), dq.Instalment(date(2023, 11, 16), 100, 9, 1))
    charge = dq.Charge("late", dq.Component.PENALTY, 7, date(2023, 11, 1))
    account = account_of(*rows, charges=[charge])

    def exposure(day: date) -> Decimal:
        return dq.assess(account, as_of=day, policy=policy_of()).exposure

    assert exposure(date(2023, 10, 15)) == 200
    assert exposure(DUE) == 211
    assert exposure(date(2023, 10, 31)) == 211
    assert exposure(date(2023, 11, 1)) == 218
    assert exposure(date(2023, 11, 16)) == 228


# A change of schedule: 100 due on 16 October is replaced on 1 November.


def changed(*payments: dq.Payment, new: int = 120, **facts) -> dq.Account:
    return account_of(
        dq.Instalment(DUE, 100, in_force_until=CHANGE),
        dq.Instalment(date(2023, 12, 16), new, in_force_from=CHANGE),
        payments=payments,
        **facts,
    )


def test_following_the_new_schedule_forgets_what_was_late():
    account = changed()
    assert counted(account, date(2023, 10, 31)).days_past_due == 15
    assert counted(account, CHANGE).days_past_due == 0
    assert counted(account, date(2023, 12, 17)).days_past_due == 1


def test_a_new_row_due_in_the_past_is_late_from_the_change_on():
    account = account_of(
        dq.Instalment(DUE, 100, in_force_until=CHANGE),
        dq.Instalment(date(2023, 10, 20), 100, in_force_from=CHANGE),
        payments=[dq.Payment(DUE, 100)],
    )
    eve = counted(account, date(2023, 10, 31))
    assert (eve.days_past_due, eve.arrears, eve.late_count) == (0, 0, 0)
    found = counted(account, CHANGE)
    assert (found.days_past_due, found.arrears, found.late_count) == (12, 10000, 1)


def test_a_continued_age_runs_on_until_as_much_was_settled_as_was_late():
    rule = {"schedule_change": Rule.CONTINUE}
    found = counted(changed(), CHANGE, **rule)
    assert (found.days_past_due, found.carried, found.oldest_open) == (16, "continue", 10000)
    assert found.arrears == 0
    enough, short = dq.Payment(CHANGE, 100), dq.Payment(CHANGE, Decimal("99.99"))
    assert counted(changed(enough), date(2023, 11, 10), **rule).days_past_due == 0
    assert counted(changed(short), date(2023, 11, 10), **rule).days_past_due == 25


def test_money_before_the_change_does_not_end_a_continued_age():
    found = counted(
        changed(dq.Payment(date(2023, 10, 20), 60)), CHANGE, schedule_change=Rule.CONTINUE
    )
    assert (found.days_past_due, found.oldest_open) == (16, 4000)


def test_a_continued_age_gives_way_to_an_older_row_in_force():
    account = account_of(
        dq.Instalment(date(2023, 10, 1), 50),
        dq.Instalment(DUE, 100, in_force_until=CHANGE),
        dq.Instalment(date(2023, 12, 16), 100, in_force_from=CHANGE),
    )
    found = counted(account, CHANGE, schedule_change=Rule.CONTINUE)
    assert (found.days_past_due, found.carried) == (31, "")


def test_carried_debts_of_two_changes_are_made_up_for_in_order_of_time():
    second = date(2023, 12, 1)
    account = account_of(
        dq.Instalment(DUE, 100, in_force_until=CHANGE),
        dq.Instalment(date(2023, 11, 2), 50, in_force_from=CHANGE, in_force_until=second),
        dq.Instalment(date(2023, 12, 16), 500, in_force_from=second),
        payments=[dq.Payment(date(2023, 12, 2), 100)],
    )
    policy = policy_of(dq.Counting(schedule_change=Rule.CONTINUE))
    answer = dq.assess(account, as_of=date(2023, 12, 3), policy=policy)
    assert (answer.days_past_due, answer.oldest_due_date) == (31, date(2023, 11, 2))


def test_money_settled_before_a_later_change_is_not_counted_towards_it():
    second = date(2023, 12, 1)
    account = account_of(
        dq.Instalment(DUE, 100, in_force_until=CHANGE),
        dq.Instalment(date(2023, 11, 2), 250, in_force_from=CHANGE, in_force_until=second),
        dq.Instalment(date(2023, 12, 16), 500, in_force_from=second),
        payments=[dq.Payment(date(2023, 11, 5), 200)],
    )
    found = counted(account, second, schedule_change=Rule.CONTINUE)
    assert (found.days_past_due, found.oldest_open) == (29, 5000)


def test_settling_what_is_not_counted_does_not_end_a_continued_age():
    policy = policy_of(
        dq.Counting(schedule_change=Rule.CONTINUE, components=(dq.Component.PRINCIPAL,)),
        dq.AllocationOrder.oldest_first("interest", "principal", "fees", "penalty"),
    )
    account = account_of(
        dq.Instalment(DUE, 100, in_force_until=CHANGE),
        dq.Instalment(date(2023, 12, 16), 100, 100, in_force_from=CHANGE),
        payments=[dq.Payment(CHANGE, Decimal("199.99"))],
    )
    assert dq.days_past_due(account, as_of=CHANGE, policy=policy) == 16


def test_a_row_within_the_tolerance_at_the_change_is_not_carried():
    for tolerance, days in ((100, 0), (Decimal("99.99"), 16)):
        found = counted(
            changed(),
            CHANGE,
            schedule_change=Rule.CONTINUE,
            tolerance=tolerance,
            tolerance_scope=dq.ToleranceScope.INSTALMENT,
        )
        assert found.days_past_due == days


def test_a_row_due_on_the_eve_of_the_change_is_late_only_if_its_due_date_counts():
    account = account_of(
        dq.Instalment(date(2023, 10, 31), 100, in_force_until=CHANGE),
        dq.Instalment(date(2023, 12, 16), 100, in_force_from=CHANGE),
    )
    rule = {"schedule_change": Rule.CONTINUE}
    assert counted(account, CHANGE, **rule).days_past_due == 0
    found = counted(account, CHANGE, **rule, first_day=dq.FirstDay.DUE_DATE)
    assert found.days_past_due == 2


def test_a_frozen_age_does_not_grow_and_does_not_end():
    rule = {"schedule_change": Rule.FREEZE}
    for as_of in (CHANGE, date(2023, 11, 30), date(2023, 12, 16)):
        found = counted(changed(dq.Payment(CHANGE, 120)), as_of, **rule)
        assert (found.days_past_due, found.delinquent_days, found.carried) == (15, 15, "freeze")
        assert found.oldest_obligation == -1


def test_a_frozen_age_gives_way_to_a_longer_one():
    rule = {"schedule_change": Rule.FREEZE}
    found = counted(changed(), date(2023, 12, 31), **rule)
    assert (found.days_past_due, found.carried) == (15, "")
    assert counted(changed(), date(2024, 1, 1), **rule).days_past_due == 16


def test_a_frozen_age_keeps_its_own_suspension_and_grace():
    account = changed(events=[suspended(date(2023, 10, 20), date(2023, 10, 25))])
    found = counted(
        account,
        date(2023, 11, 20),
        schedule_change=Rule.FREEZE,
        grace_days=3,
        grace_kind=dq.GraceKind.DEDUCTED,
    )
    assert (found.days_past_due, found.delinquent_days) == (15, 7)


def test_a_frozen_age_is_measured_by_its_own_trigger():
    account = changed(events=[suspended(date(2023, 10, 20), date(2023, 10, 25))])
    rule = {"schedule_change": Rule.FREEZE, "grace_kind": dq.GraceKind.TRIGGER}
    as_of = date(2023, 11, 20)
    assert counted(account, as_of, **rule, grace_days=9).delinquent_days == 10
    assert counted(account, as_of, **rule, grace_days=10).delinquent_days == 0


def test_a_frozen_age_counts_although_all_its_days_were_suspended():
    account = changed(events=[suspended(DUE, CHANGE)])
    found = counted(account, date(2023, 12, 26), schedule_change=Rule.FREEZE)
    assert (found.days_past_due, found.delinquent_days, found.carried) == (15, 10, "freeze")


def test_frozen_delinquent_days_outlast_a_longer_age_that_was_suspended():
    account = changed(events=[suspended(date(2023, 12, 16), date(2023, 12, 31))])
    found = counted(account, date(2024, 1, 5), schedule_change=Rule.FREEZE)
    assert (found.days_past_due, found.delinquent_days, found.carried) == (20, 15, "freeze")


def test_a_suspension_over_the_change_counts_for_the_days_that_were_frozen():
    account = changed(events=[suspended(date(2023, 10, 20), date(2023, 12, 1))])
    found = counted(account, date(2023, 11, 20), schedule_change=Rule.FREEZE)
    assert (found.days_past_due, found.delinquent_days) == (15, 4)
    on_due = {"first_day": dq.FirstDay.DUE_DATE}
    found = counted(account, date(2023, 11, 20), schedule_change=Rule.FREEZE, **on_due)
    assert (found.days_past_due, found.delinquent_days) == (16, 4)


def test_an_age_is_not_carried_where_the_new_row_is_as_old():
    account = account_of(
        dq.Instalment(DUE, 100, in_force_until=CHANGE),
        dq.Instalment(DUE, 90, in_force_from=CHANGE),
    )
    found = counted(account, CHANGE, schedule_change=Rule.CONTINUE)
    assert (found.days_past_due, found.carried, found.oldest_open) == (16, "", 9000)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (late_days(10, 9, 0), 0),
        (late_days(10, 9, 1), 0),
        (late_days(10, 10, 1), 1),
        (shared_days(0, 5, 5, 9), 0),
        (shared_days(5, 9, 0, 5), 0),
        (shared_days(0, 9, 2, 3), 1),
        (net_of_grace(0, 0, 0), 0),
        (net_of_grace(1, 0, 0), 1),
        (delinquent_days(10, 10, 0, 0), 0),
        (delinquent_days(10, 9, 3, 0), 0),
    ],
)
def test_spans_are_half_open(formula, expected):
    assert formula == expected
