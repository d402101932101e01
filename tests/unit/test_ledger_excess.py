"""Money beyond what is due, and orders by age and by kind, with figures."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import CNY, policy_of

import delinquency as dq

FIRST = date(2025, 1, 1)
JAN, FEB, MAR = date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
MID_JAN = date(2025, 1, 15)
PARTS = ("interest", "principal", "fees", "penalty")
INTEREST_FIRST = dq.AllocationOrder.oldest_first(*PARTS)
PRINCIPAL_FIRST = dq.AllocationOrder.oldest_first("principal", "interest", "fees", "penalty")
RECOVERY, REFUND = dq.PaymentKind.RECOVERY, dq.PaymentKind.REFUND


def account_of(*rows: dq.Instalment, **facts) -> dq.Account:
    rows = rows or tuple(dq.Instalment(day, 100) for day in (JAN, FEB, MAR))
    return dq.Account(
        account_id="A-1", originated_on=FIRST, schedule=dq.Schedule(CNY, rows), **facts
    )


def paid(day: date, amount, *more, **named) -> dq.Payment:
    return dq.Payment(day, Decimal(amount), *more, **named)


def policy_with(excess: dq.Excess, *parts: str, **fields) -> dq.Policy:
    order = dq.AllocationOrder.oldest_first(*(parts or PARTS), excess=excess)
    return policy_of(allocation=order, **fields)


def open_by_row(account, as_of, policy) -> list[Decimal]:
    ledger = dq.replay(account, as_of=as_of, policy=policy)
    return [Decimal(sum(row)).scaleb(-2) for row in ledger.open_rows]


@pytest.mark.parametrize(
    ("excess", "left"),
    [
        (dq.Excess.NEXT_INSTALMENT, [0, 50, 100]),
        (dq.Excess.LAST_INSTALMENT, [100, 50, 0]),
        (dq.Excess.REAMORTISE, [50, 50, 50]),
        (dq.Excess.HOLD, [100, 100, 100]),
        (dq.Excess.TO_BALANCE, [100, 50, 0]),
    ],
)
def test_150_paid_early_on_three_hundreds_is_placed_by_the_rule_of_excess(excess, left):
    account = account_of(payments=[paid(MID_JAN, 150)])
    policy = policy_with(excess)
    assert open_by_row(account, MID_JAN, policy) == left
    waiting = 150 if excess is dq.Excess.HOLD else 0
    assert dq.replay(account, as_of=MID_JAN, policy=policy).unallocated == waiting


@pytest.mark.parametrize(
    ("cents", "left"),
    [
        ("150.00", ["50.00", "50.00", "50.00"]),
        ("150.01", ["49.99", "50.00", "50.00"]),
        ("150.02", ["49.99", "49.99", "50.00"]),
        ("150.03", ["49.99", "49.99", "49.99"]),
    ],
)
def test_a_cent_that_cannot_be_shared_goes_to_the_earliest_instalment(cents, left):
    account = account_of(payments=[paid(MID_JAN, cents)])
    found = open_by_row(account, MID_JAN, policy_with(dq.Excess.REAMORTISE))
    assert found == [Decimal(amount) for amount in left]


def test_what_a_small_instalment_cannot_take_is_shared_among_the_others():
    rows = [dq.Instalment(day, amount) for day, amount in ((JAN, 100), (FEB, 10), (MAR, 100))]
    account = account_of(*rows, payments=[paid(MID_JAN, 90)])
    assert open_by_row(account, MID_JAN, policy_with(dq.Excess.REAMORTISE)) == [60, 0, 60]


def test_what_is_due_is_settled_before_anything_is_shared():
    account = account_of(payments=[paid(JAN, 150)])
    assert open_by_row(account, JAN, policy_with(dq.Excess.REAMORTISE)) == [0, 75, 75]
    assert open_by_row(account, JAN, policy_with(dq.Excess.LAST_INSTALMENT)) == [0, 100, 50]


def test_more_than_everything_is_unallocated_under_every_rule():
    account = account_of(payments=[paid(MAR, 301)])
    for excess in dq.Excess:
        ledger = dq.replay(account, as_of=MAR, policy=policy_with(excess))
        assert (ledger.open_amount(), ledger.unallocated) == (0, 1)


def test_money_to_the_balance_reduces_principal_alone_and_the_rest_is_a_credit():
    rows = [dq.Instalment(JAN, 100, 10), dq.Instalment(FEB, 100, 10)]
    account = account_of(*rows, payments=[paid(MID_JAN, 205)])
    ledger = dq.replay(account, as_of=MID_JAN, policy=policy_with(dq.Excess.TO_BALANCE))
    assert (ledger.open_amount(), ledger.unallocated) == (20, 5)
    assert ledger.open_amount(dq.Component.PRINCIPAL) == 0


@pytest.mark.parametrize(("excess", "left"), [(dq.Excess.TO_BALANCE, 15), (dq.Excess.HOLD, 5)])
def test_a_credit_never_settles_a_later_debt_and_held_money_does(excess, left):
    fee = dq.Charge("late", dq.Component.FEES, 15, FEB)
    account = account_of(dq.Instalment(JAN, 100), charges=[fee], payments=[paid(JAN, 110)])
    eve = dq.replay(account, as_of=FEB - timedelta(1), policy=policy_with(excess))
    assert (eve.open_amount(), eve.unallocated) == (0, 10)
    ledger = dq.replay(account, as_of=FEB, policy=policy_with(excess))
    assert ledger.open_amount() == left


def test_steps_in_advance_and_the_rule_of_excess_must_fit():
    steps = INTEREST_FIRST.steps
    for rule in (dq.Excess.HOLD, dq.Excess.TO_BALANCE):
        with pytest.raises(dq.PolicyError, match=f"found {rule.value}"):
            dq.AllocationOrder(steps, excess=rule)
    for rule in (dq.Excess.NEXT_INSTALMENT, dq.Excess.LAST_INSTALMENT, dq.Excess.REAMORTISE):
        with pytest.raises(dq.PolicyError, match=f"found {rule.value}"):
            dq.AllocationOrder(steps[:8], excess=rule)
    with pytest.raises(dq.InvalidTypeError, match="excess"):
        dq.AllocationOrder(steps, excess="hold")


# Kinds of money.


def test_a_refund_settles_before_a_repayment_of_the_same_day():
    policy = policy_of(allocation_by_kind=[dq.KindOrder(REFUND, PRINCIPAL_FIRST)])
    row = dq.Instalment(JAN, 100, 10)
    account = account_of(row, payments=[paid(JAN, 10), paid(JAN, 10, REFUND)])
    assert [list(row) for row in dq.replay(account, as_of=JAN, policy=policy).open_rows] == [
        [9000, 0, 0, 0]
    ]


def test_money_without_an_order_of_its_kind_follows_that_of_the_policy():
    policy = policy_of(allocation_by_kind=[dq.KindOrder(REFUND, PRINCIPAL_FIRST)])
    account = account_of(dq.Instalment(JAN, 100, 10), payments=[paid(JAN, 10)])
    assert dq.replay(account, as_of=JAN, policy=policy).open_amount(dq.Component.INTEREST) == 0


def test_an_order_of_a_kind_holds_at_every_age():
    policy = policy_of(
        allocation_by_kind=[dq.KindOrder(REFUND, INTEREST_FIRST)],
        allocation_by_age=[dq.AgeSwitch(1, PRINCIPAL_FIRST)],
    )
    account = account_of(dq.Instalment(JAN, 100, 10), payments=[paid(MAR, 10, REFUND)])
    assert dq.replay(account, as_of=MAR, policy=policy).open_amount(dq.Component.INTEREST) == 0


def test_a_kind_has_one_order_and_an_age_one_switch():
    own = dq.KindOrder(REFUND, PRINCIPAL_FIRST)
    with pytest.raises(dq.PolicyError, match="each kind once"):
        policy_of(allocation_by_kind=[own, own])
    switch = dq.AgeSwitch(91, PRINCIPAL_FIRST)
    with pytest.raises(dq.PolicyError, match="each age once"):
        policy_of(allocation_by_age=[switch, switch])


@pytest.mark.parametrize("bad", [0, -1])
def test_an_age_of_a_switch_is_a_day_or_more(bad):
    with pytest.raises(dq.PolicyError, match=f"1 day or more, found {bad}"):
        dq.AgeSwitch(bad, PRINCIPAL_FIRST)


@pytest.mark.parametrize("bad", [91.0, "91", True, None])
def test_an_age_of_a_switch_is_a_whole_number_of_days(bad):
    with pytest.raises(dq.InvalidTypeError, match="an int"):
        dq.AgeSwitch(bad, PRINCIPAL_FIRST)


def test_choices_of_order_are_orders():
    with pytest.raises(dq.InvalidTypeError, match="an AllocationOrder"):
        dq.AgeSwitch(91, "principal first")
    with pytest.raises(dq.InvalidTypeError, match="an AllocationOrder"):
        dq.KindOrder(REFUND, None)
    with pytest.raises(dq.InvalidTypeError, match="kind"):
        dq.KindOrder("refund", PRINCIPAL_FIRST)


# Age.

AT_91 = policy_of(allocation_by_age=[dq.AgeSwitch(91, PRINCIPAL_FIRST)])


@pytest.mark.parametrize(("age", "first"), [(90, "interest"), (91, "principal"), (92, "principal")])
def test_from_the_91st_day_on_principal_comes_first(age, first):
    day = JAN + timedelta(age)
    account = account_of(dq.Instalment(JAN, 100, 10), payments=[paid(day, 5)])
    entries = dq.replay(account, as_of=day, policy=AT_91).entries
    assert entries[-1].component.value == first


def test_the_age_is_measured_before_the_money_of_the_day():
    day = JAN + timedelta(91)
    account = account_of(dq.Instalment(JAN, 100, 10), payments=[paid(day, 50), paid(day, 55)])
    assert dq.replay(account, as_of=day, policy=AT_91).open_amount(dq.Component.INTEREST) == 5


def test_money_of_another_kind_on_the_day_does_not_make_the_debt_younger():
    day = JAN + timedelta(91)
    rows = (dq.Instalment(JAN, 100), dq.Instalment(JAN + timedelta(80), 100, 10))
    account = account_of(*rows, payments=[paid(day, 100, REFUND), paid(day, 5)])
    assert dq.replay(account, as_of=day, policy=AT_91).entries[-1].component.value == "principal"


def test_a_waiver_of_the_day_comes_before_the_age_is_measured():
    day = JAN + timedelta(91)
    rows = (dq.Instalment(JAN, 0, 10), dq.Instalment(JAN + timedelta(80), 100, 10))
    waiver = dq.Waiver(day, dq.Component.INTEREST, 10)
    account = account_of(*rows, events=[waiver], payments=[paid(day, 5)])
    assert dq.replay(account, as_of=day, policy=AT_91).entries[-1].component.value == "interest"


def test_neither_grace_nor_a_suspension_makes_the_debt_younger_for_the_order():
    day = JAN + timedelta(91)
    counting = dq.Counting(grace_days=30, grace_kind=dq.GraceKind.DEDUCTED)
    policy = attrs.evolve(AT_91, counting=counting)
    account = account_of(
        dq.Instalment(JAN, 100, 10), events=[dq.CountingSuspension(JAN)], payments=[paid(day, 5)]
    )
    assert dq.delinquent_days(account, as_of=day, policy=policy) == 0
    assert dq.replay(account, as_of=day, policy=policy).open_amount(dq.Component.INTEREST) == 10


def test_where_the_due_date_counts_the_switch_comes_a_day_sooner():
    policy = attrs.evolve(AT_91, counting=dq.Counting(first_day=dq.FirstDay.DUE_DATE))
    for age, interest in ((89, 5), (90, 10)):
        day = JAN + timedelta(age)
        account = account_of(dq.Instalment(JAN, 100, 10), payments=[paid(day, 5)])
        ledger = dq.replay(account, as_of=day, policy=policy)
        assert ledger.open_amount(dq.Component.INTEREST) == interest


def test_the_highest_age_reached_decides_however_switches_are_given():
    last = dq.AllocationOrder.oldest_first("fees", "interest", "principal", "penalty")
    switches = [dq.AgeSwitch(91, last), dq.AgeSwitch(31, PRINCIPAL_FIRST)]
    policy = policy_of(allocation_by_age=switches)
    assert [switch.at_least for switch in policy.allocation_by_age] == [31, 91]
    for age, first in ((30, "interest"), (31, "principal"), (90, "principal"), (91, "fees")):
        day = JAN + timedelta(age)
        account = account_of(dq.Instalment(JAN, 100, 10, 5), payments=[paid(day, 5)])
        entries = dq.replay(account, as_of=day, policy=policy).entries
        assert entries[-1].component.value == first


def test_with_a_switch_paying_a_day_earlier_can_leave_more_to_count_and_more_principal():
    """The smallest case: a cent of principal, a cent of interest, a cent paid.

    On day 90 it settles the interest, and the principal goes on counting; on day 91 it settles the
    principal, and where principal alone is counted nothing is late any more.
    """
    policy = attrs.evolve(AT_91, counting=dq.Counting(components=[dq.Component.PRINCIPAL]))
    cent = Decimal("0.01")
    as_of = JAN + timedelta(92)
    found = []
    for age in (90, 91):
        payment = paid(JAN + timedelta(age), cent)
        account = account_of(dq.Instalment(JAN, cent, cent), payments=[payment])
        ledger = dq.replay(account, as_of=as_of, policy=policy)
        principal = ledger.open_amount(dq.Component.PRINCIPAL)
        found.append((principal, dq.days_past_due(account, as_of=as_of, policy=policy)))
    assert found == [(cent, 92), (0, 0)]


# Tolerance on closing.


@pytest.mark.parametrize(
    ("amount", "waived"),
    [("1011365.74", 0), ("1011365.75", 100), ("1011415.75", 50), ("1011465.75", 0)],
)
def test_what_is_open_after_a_payment_is_waived_within_the_tolerance(amount, waived):
    """1,011,465.75 owed, tolerance 100: 100.01 short stays open, 100 and 50 short are waived."""
    row = dq.Instalment(JAN, 1_000_000, Decimal("11465.75"))
    account = account_of(row, payments=[paid(JAN, amount)])
    ledger = dq.replay(account, as_of=JAN, policy=policy_of(closing_tolerance=100))
    assert ledger.waived == waived
    assert ledger.open_amount() == Decimal("1011465.75") - Decimal(amount) - waived


def test_a_tolerance_on_closing_waits_for_a_payment():
    account = account_of(dq.Instalment(JAN, 80))
    policy = policy_of(closing_tolerance=100)
    assert dq.replay(account, as_of=MAR, policy=policy).open_amount() == 80


def test_a_tolerance_on_closing_looks_at_what_is_not_due_yet_too():
    account = account_of(payments=[paid(JAN, 100)])
    policy = policy_of(closing_tolerance=100)
    assert dq.replay(account, as_of=JAN, policy=policy).open_amount() == 200
    short = account_of(payments=[paid(JAN, 200)])
    assert dq.replay(short, as_of=JAN, policy=policy).open_amount() == 0


def test_a_payment_that_is_reversed_waived_nothing():
    account = account_of(dq.Instalment(JAN, 100), payments=[paid(JAN, 99, reversed_on=FEB)])
    policy = policy_of(closing_tolerance=1)
    assert dq.replay(account, as_of=FEB - timedelta(1), policy=policy).open_amount() == 0
    ledger = dq.replay(account, as_of=FEB, policy=policy)
    assert (ledger.open_amount(), ledger.waived) == (100, 0)


@pytest.mark.parametrize(
    ("bad", "error"),
    [(1.0, dq.InvalidTypeError), ("1", dq.InvalidTypeError), (-1, dq.InvalidValueError)],
)
def test_a_tolerance_on_closing_is_an_amount(bad, error):
    with pytest.raises(error, match="closing_tolerance"):
        policy_of(closing_tolerance=bad)


def test_a_tolerance_on_closing_finer_than_the_currency_is_refused_when_it_is_used():
    with pytest.raises(dq.PolicyError, match="closing_tolerance"):
        dq.replay(account_of(), as_of=JAN, policy=policy_of(closing_tolerance=Decimal("0.001")))
