"""The ledger: who is settled by which money, on which day."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.ledger import LedgerRule
from delinquency.ledger.totals import fills_in_order

JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
FIRST = date(2025, 1, 1)


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    rows = rows or (dq.Instalment(JAN, 100, 10), dq.Instalment(FEB, 100, 9))
    return dq.Account(
        account_id="A-1", originated_on=FIRST, schedule=dq.Schedule(CNY, rows), **facts
    )


def paid(day: date, amount, **more) -> dq.Payment:
    return dq.Payment(day, Decimal(amount), **more)


def settled(account, as_of, policy=None, **asked) -> list:
    ledger = dq.replay(account, as_of=as_of, policy=policy or policy_of(), **asked)
    return [
        (entry.value_date, entry.instalment_no or entry.charge_id, entry.component.value,
         entry.amount)
        for entry in ledger.entries
        if entry.kind is dq.EntryKind.SETTLED
    ]  # fmt: skip


def order_of(*components: str, hold: bool = False, grain=dq.AllocationGrain.INSTALMENT_FIRST):
    return policy_of(
        allocation=dq.AllocationOrder.oldest_first(
            *components, excess=dq.Excess.HOLD if hold else dq.Excess.NEXT_INSTALMENT, grain=grain
        )
    )


def test_a_payment_on_as_of_counts_at_its_close():
    account = account_of(payments=[paid(JAN, 110)])
    before = dq.replay(account, as_of=date(2025, 1, 30), policy=policy_of())
    after = dq.replay(account, as_of=JAN, policy=policy_of())
    assert (before.paid, before.open_amount()) == (0, 219)
    assert (after.paid, after.open_amount()) == (110, 109)


def test_the_oldest_instalment_is_emptied_before_the_next():
    account = account_of(payments=[paid(date(2025, 3, 1), 115)])
    assert settled(account, MAR) == [
        (date(2025, 3, 1), 1, "interest", 10),
        (date(2025, 3, 1), 1, "principal", 100),
        (date(2025, 3, 1), 2, "interest", 5),
    ]


def test_component_first_empties_the_interest_of_every_instalment_first():
    policy = order_of(
        "interest", "principal", "fees", "penalty", grain=dq.AllocationGrain.COMPONENT_FIRST
    )
    account = account_of(payments=[paid(date(2025, 3, 1), 115)])
    assert settled(account, MAR, policy) == [
        (date(2025, 3, 1), 1, "interest", 10),
        (date(2025, 3, 1), 2, "interest", 9),
        (date(2025, 3, 1), 1, "principal", 96),
    ]


def test_excess_settles_in_advance_on_the_day_it_comes():
    account = account_of(payments=[paid(JAN, 120)])
    assert settled(account, JAN)[-1] == (JAN, 2, "principal", Decimal("1.00"))
    assert settled(account, JAN)[-2] == (JAN, 2, "interest", Decimal("9.00"))


def test_held_excess_settles_on_the_day_the_next_instalment_falls_due():
    policy = order_of("interest", "principal", "fees", "penalty", hold=True)
    account = account_of(payments=[paid(JAN, 120)])
    waiting = dq.replay(account, as_of=date(2025, 2, 27), policy=policy)
    assert waiting.unallocated == 10
    assert len(settled(account, date(2025, 2, 27), policy)) == 2
    on_the_day = dq.replay(account, as_of=FEB, policy=policy)
    assert (on_the_day.unallocated, on_the_day.open_amount()) == (0, 99)
    assert settled(account, FEB, policy)[-2:] == [
        (FEB, 2, "interest", 9),
        (FEB, 2, "principal", 1),
    ]


def test_held_money_for_all_that_is_to_come_waits_for_each_due_date():
    policy = order_of("interest", "principal", "fees", "penalty", hold=True)
    account = account_of(payments=[paid(JAN, 219)])
    waiting = dq.replay(account, as_of=date(2025, 2, 27), policy=policy)
    assert (waiting.unallocated, waiting.open_amount()) == (109, 109)
    on_the_day = dq.replay(account, as_of=FEB, policy=policy)
    assert (on_the_day.unallocated, on_the_day.open_amount()) == (0, 0)


def test_money_beyond_everything_is_unallocated_until_something_appears():
    charge = dq.Charge("late", dq.Component.FEES, 15, MAR)
    account = account_of(charges=[charge], payments=[paid(JAN, 229)])
    before = dq.replay(account, as_of=date(2025, 3, 30), policy=policy_of())
    assert (before.unallocated, before.open_amount()) == (10, 0)
    after = dq.replay(account, as_of=MAR, policy=policy_of())
    assert (after.unallocated, after.open_amount()) == (0, 5)
    assert settled(account, MAR)[-1] == (MAR, "late", "fees", 10)


def test_a_charge_alone_ranks_after_the_instalment_of_its_due_date():
    charge = dq.Charge("late", dq.Component.FEES, 15, JAN)
    account = account_of(charges=[charge], payments=[paid(FEB, 115)])
    policy = order_of("fees", "interest", "principal", "penalty")
    assert [row[1:] for row in settled(account, FEB, policy)] == [
        (1, "interest", 10),
        (1, "principal", 100),
        ("late", "fees", 5),
    ]


def test_a_charge_that_names_an_instalment_shares_its_place_in_the_order():
    charge = dq.Charge("late", dq.Component.FEES, 15, date(2025, 2, 10), instalment_no=1)
    account = account_of(charges=[charge], payments=[paid(FEB, 115)])
    policy = order_of("fees", "interest", "principal", "penalty")
    assert [row[1:] for row in settled(account, FEB, policy)] == [
        ("late", "fees", 15),
        (1, "interest", 10),
        (1, "principal", 90),
    ]


def test_a_charge_beside_an_older_instalment_is_past_due_with_it_on_its_own_due_date():
    tenth = date(2025, 2, 10)
    charge = dq.Charge("late", dq.Component.FEES, 15, tenth, instalment_no=1)
    account = account_of(charges=[charge], payments=[paid(tenth, 20)])
    policy = order_of("fees", "interest", "principal", "penalty")
    assert [row[1:] for row in settled(account, tenth, policy)] == [
        ("late", "fees", 15),
        (1, "interest", 5),
    ]


def test_a_charge_is_never_settled_before_its_due_date():
    charge = dq.Charge("late", dq.Component.PENALTY, 15, MAR, instalment_no=1)
    account = account_of(charges=[charge], payments=[paid(JAN, 110)])
    policy = order_of("penalty", "interest", "principal", "fees")
    assert [row[1] for row in settled(account, JAN, policy)] == [1, 1]


def test_payments_of_one_day_are_one_payment():
    whole = account_of(payments=[paid(JAN, 115)])
    split = account_of(payments=[paid(JAN, 100), paid(JAN, 15)])
    assert settled(whole, MAR) == settled(split, MAR)


def test_a_reversed_payment_counts_until_the_day_of_its_reversal():
    account = account_of(payments=[paid(JAN, 110, reversed_on=FEB)])
    assert dq.replay(account, as_of=date(2025, 2, 27), policy=policy_of()).paid == 110
    assert dq.replay(account, as_of=FEB, policy=policy_of()).paid == 0
    before = {"policy": policy_of(), "known_on": date(2025, 2, 27)}
    assert dq.replay(account, as_of=MAR, **before).paid == 110


def test_a_payment_recorded_late_restates_the_past_unless_known_on_asks_otherwise():
    account = account_of(payments=[paid(JAN, 110, recorded_on=FEB)])
    asked = {"as_of": JAN, "policy": policy_of()}
    assert dq.replay(account, **asked).paid == 110
    assert dq.replay(account, **asked, known_on=JAN).paid == 0
    assert dq.replay(account, **asked, known_on=FEB).paid == 110


def test_a_charge_without_a_recording_day_is_known_from_its_due_date():
    charge = dq.Charge("late", dq.Component.FEES, 15, FEB)
    account = account_of(charges=[charge])
    asked = {"as_of": MAR, "policy": policy_of()}
    assert dq.replay(account, **asked, known_on=FEB).open_amount(dq.Component.FEES) == 15
    day_before = dq.replay(account, **asked, known_on=date(2025, 2, 27))
    assert day_before.open_amount(dq.Component.FEES) == 0


def test_a_charge_due_today_is_unknown_to_the_books_of_yesterday():
    account = account_of(charges=[dq.Charge("late", dq.Component.FEES, 15, FEB)])
    asked = {"as_of": FEB, "policy": policy_of()}
    assert dq.replay(account, **asked, known_on=FEB).open_amount(dq.Component.FEES) == 15
    yesterday = dq.replay(account, **asked, known_on=date(2025, 2, 27))
    assert yesterday.open_amount(dq.Component.FEES) == 0


def test_a_charge_recorded_late_is_unknown_before():
    charge = dq.Charge("late", dq.Component.FEES, 15, FEB, recorded_on=MAR)
    account = account_of(charges=[charge])
    asked = {"as_of": MAR, "policy": policy_of()}
    assert dq.replay(account, **asked, known_on=MAR).open_amount(dq.Component.FEES) == 15
    assert dq.replay(account, **asked, known_on=FEB).open_amount(dq.Component.FEES) == 0


def test_a_closed_row_leaves_as_superseded_on_the_day_of_the_change():
    rows = (
        dq.Instalment(JAN, 100, 10, in_force_until=MAR),
        dq.Instalment(FEB, 100, in_force_until=MAR),
        dq.Instalment(date(2025, 4, 30), 150, in_force_from=MAR),
    )
    account = account_of(*rows, payments=[paid(JAN, 115), paid(MAR, 20)])
    ledger = dq.replay(account, as_of=MAR, policy=policy_of())
    assert [
        (entry.value_date, entry.kind.value, entry.instalment_no, entry.amount)
        for entry in ledger.entries
    ] == [
        (FIRST, "charged", 1, 100),
        (FIRST, "charged", 1, 10),
        (FIRST, "charged", 2, 100),
        (JAN, "settled", 1, 10),
        (JAN, "settled", 1, 100),
        (JAN, "settled", 2, 5),
        (MAR, "superseded", 2, 95),
        (MAR, "charged", 3, 150),
        (MAR, "settled", 3, 20),
    ]
    assert ledger.open_amount() == 130
    before = dq.replay(account, as_of=date(2025, 3, 30), policy=policy_of())
    assert before.open_amount() == 95


def test_a_closed_row_has_nothing_open_afterwards():
    rows = (
        dq.Instalment(JAN, 100, 10, 5, in_force_until=MAR),
        dq.Instalment(date(2025, 4, 30), 150, in_force_from=MAR),
    )
    charge = dq.Charge("late", dq.Component.PENALTY, 7, FEB, instalment_no=1)
    account = account_of(*rows, charges=[charge])
    ledger = dq.replay(account, as_of=MAR, policy=policy_of())
    assert [tuple(row) for row in ledger.open_rows] == [
        (0, 0, 0, 0),
        (0, 0, 0, 700),
        (15000, 0, 0, 0),
    ]


def test_money_held_before_a_change_settles_the_new_rows_on_its_day():
    rows = (
        dq.Instalment(JAN, 100, in_force_until=MAR),
        dq.Instalment(date(2025, 4, 30), 150, in_force_from=MAR),
    )
    account = account_of(*rows, payments=[paid(JAN, 130)])
    assert settled(account, MAR)[-1] == (MAR, 2, "principal", 30)


def test_nothing_paid_leaves_everything_open_and_nothing_settled():
    ledger = dq.replay(account_of(), as_of=MAR, policy=policy_of())
    assert (ledger.paid, ledger.unallocated, ledger.open_amount()) == (0, 0, 219)
    assert ledger.money_rows == ()
    assert {entry.kind for entry in ledger.entries} == {dq.EntryKind.CHARGED}


def test_every_entry_names_the_due_date_of_its_debt():
    charge = dq.Charge("late", dq.Component.FEES, 15, date(2025, 2, 10), instalment_no=1)
    account = account_of(charges=[charge], payments=[paid(MAR, 115)])
    ledger = dq.replay(account, as_of=MAR, policy=policy_of())
    due = {(entry.instalment_no or entry.charge_id, entry.due_date) for entry in ledger.entries}
    assert due == {(1, JAN), (2, FEB), ("late", date(2025, 2, 10))}


def test_a_ledger_keeps_the_order_by_which_it_was_replayed():
    charge = dq.Charge("late", dq.Component.FEES, 15, FEB)
    policy = order_of("fees", "interest", "principal", "penalty", hold=True)
    for account in (account_of(), account_of(charges=[charge])):
        assert dq.replay(account, as_of=MAR, policy=policy).allocation == policy.allocation


def test_totals_decide_where_no_charge_no_change_and_no_second_order_interferes():
    usual = policy_of().allocation
    charge = dq.Charge("late", dq.Component.FEES, 15, FEB)
    changed = account_of(
        dq.Instalment(JAN, 100, in_force_until=MAR), dq.Instalment(MAR, 100, in_force_from=MAR)
    )
    by_component = dq.AllocationOrder(usual.steps, dq.AllocationGrain.COMPONENT_FIRST)
    rule = LedgerRule(order=usual)
    assert fills_in_order(account_of(), rule)
    assert not fills_in_order(account_of(charges=[charge]), rule)
    assert not fills_in_order(changed, rule)
    assert not fills_in_order(account_of(), LedgerRule(order=by_component))


def test_the_open_amount_can_be_asked_by_component():
    account = account_of(payments=[paid(JAN, 5)])
    ledger = dq.replay(account, as_of=JAN, policy=policy_of())
    assert ledger.open_amount(dq.Component.INTEREST) == 14
    assert ledger.open_amount(dq.Component.PRINCIPAL) == 200
    assert ledger.open_amount(dq.Component.PENALTY) == 0


@pytest.mark.parametrize("bad", [datetime(2025, 1, 31), "2025-01-31", None])
def test_a_ledger_is_asked_for_the_close_of_a_date(bad):
    with pytest.raises(dq.InvalidTypeError, match="as_of to be a date"):
        dq.replay(account_of(), as_of=bad, policy=policy_of())


def test_what_is_due_on_the_day_of_the_payment_is_due_and_not_past_due():
    due_first = [
        dq.AllocationStep(state, part)
        for state in (dq.DueState.DUE, dq.DueState.PAST_DUE)
        for part in dq.Component
    ]
    policy = policy_of(allocation=dq.AllocationOrder(due_first))
    for day, number in ((date(2025, 2, 27), 1), (FEB, 2), (date(2025, 3, 1), 1)):
        account = account_of(payments=[paid(day, 1)])
        assert settled(account, MAR, policy)[0] == (day, number, "principal", 1)


def test_in_advance_may_come_before_what_is_past_due():
    ahead_first = [
        dq.AllocationStep(state, part) for state in reversed(dq.DueState) for part in dq.Component
    ]
    policy = policy_of(allocation=dq.AllocationOrder(ahead_first))
    account = account_of(payments=[paid(date(2025, 2, 1), 110)])
    assert [row[1:] for row in settled(account, MAR, policy)] == [
        (2, "principal", 100),
        (2, "interest", 9),
        (1, "principal", 1),
    ]


def test_held_excess_settles_a_charge_beside_an_instalment_on_the_day_it_appears():
    policy = order_of("interest", "principal", "fees", "penalty", hold=True)
    tenth = date(2025, 2, 10)
    charge = dq.Charge("late", dq.Component.FEES, 15, tenth, instalment_no=1)
    account = account_of(charges=[charge], payments=[paid(JAN, 115)])
    assert settled(account, tenth, policy)[-1] == (tenth, "late", "fees", 5)
    eve = dq.replay(account, as_of=date(2025, 2, 9), policy=policy)
    assert eve.unallocated == 5


def test_held_excess_settles_a_new_row_that_is_already_past_due_on_the_day_of_the_change():
    policy = order_of("interest", "principal", "fees", "penalty", hold=True)
    rows = (
        dq.Instalment(JAN, 100, in_force_until=MAR),
        dq.Instalment(FEB, 40, in_force_from=MAR),
    )
    account = account_of(*rows, payments=[paid(JAN, 130)])
    assert settled(account, MAR, policy)[-1] == (MAR, 2, "principal", 30)
