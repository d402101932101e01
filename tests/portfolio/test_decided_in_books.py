"""What was decided for the ledger of one account holds in books: the smallest book of each case."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.obligations import DebtKind
from delinquency.portfolio import Engine, Portfolio, assess, instalment_ages
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.sweeps import run_ledger
from tests.equivalence.compare import mismatches
from tests.oracle.test_decided import (
    APR,
    CASES,
    CHANGE,
    FEB,
    IN_PAYMENTS,
    INT,
    JAN,
    MAR,
    NEARLY_FULL,
    F,
    P,
    Row,
    account_of,
    policy_of,
    refunds_held,
)
from tests.portfolio.test_policies_that_charge import POLICIES

ENGINES = tuple(Engine)
CARRIED = dq.Counting(schedule_change=dq.ScheduleChangeRule.CONTINUE)
HELD_FEES_FIRST = dq.AllocationOrder.oldest_first(
    "fees", "interest", "principal", "penalty", excess=dq.Excess.HOLD
)
HELD_PRINCIPAL_FIRST = dq.AllocationOrder.oldest_first(
    "principal", "interest", "fees", "penalty", excess=dq.Excess.HOLD
)
REFUND, GOODWILL, RECOVERY = (
    dq.PaymentKind.REFUND,
    dq.PaymentKind.GOODWILL,
    dq.PaymentKind.RECOVERY,
)
FEB_14 = date(2025, 2, 14)


def differences(account: dq.Account, as_of: date, policy: dq.Policy) -> list[str]:
    return mismatches([account], policy, as_of, None, ENGINES, Counter())


def ledger_of(account: dq.Account, as_of: date, policy: dq.Policy, engine: Engine):
    book = Portfolio.from_accounts([account])
    rule = rule_numbers(policy, as_of=as_of, known_on=None, currency=book.currency)
    return run_ledger(book, policy, rule, breakdown=True, engine=engine)[1]


def three_months(*payments: dq.Payment, **facts) -> dq.Account:
    rows = (Row(day, 100, 10) for day in (JAN, FEB, MAR))
    return account_of(*rows, payments=payments, **facts)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_a_book_reads_a_decided_case_as_the_ledger_does(case):
    assert differences(*case) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("as_of", "principal", "interest"), [(JAN, 10, 0), (FEB, 0, 0)])
def test_refunds_held_wait_while_a_repayment_settles_in_advance(engine, as_of, principal, interest):
    """Of 100.00 and 10.00 due in February 100.00 are repaid in January; 10.00 of a refund wait a month."""
    account = account_of(
        Row(FEB, 100, 10),
        payments=[dq.Payment(JAN, 10, REFUND), dq.Payment(JAN, 100)],
    )
    told = ledger_of(account, as_of, refunds_held(), engine)
    assert told.breakdown[0, 4:10].tolist() == [0, 0, 0, 0, 100 * principal, 100 * interest]
    assert told.unallocated[0] == (1000 if as_of == JAN else 0)


@pytest.mark.parametrize("first", [REFUND, GOODWILL])
def test_money_held_by_two_kinds_settles_in_the_order_of_its_kinds(first):
    """Refunds before goodwill, each by its own order, whichever came first."""
    orders = [dq.KindOrder(REFUND, HELD_FEES_FIRST), dq.KindOrder(GOODWILL, HELD_PRINCIPAL_FIRST)]
    second = GOODWILL if first is REFUND else REFUND
    account = account_of(
        Row(FEB, 100, 10, 7),
        payments=[
            dq.Payment(date(2025, 1, 5), 7, first),
            dq.Payment(date(2025, 1, 6), 12, second),
        ],
    )
    policy = policy_of(allocation_by_kind=orders)
    assert differences(account, FEB, policy) == []
    told = ledger_of(account, FEB, policy, Engine.INTERPRETED)
    refund, goodwill = (7, 12) if first is REFUND else (12, 7)
    fees, interest = 7 - min(7, refund), 10 - max(0, refund - 7)
    assert told.breakdown[0, 4:7].tolist() == [
        100 * (100 - goodwill),
        100 * interest,
        100 * fees,
    ]


def test_a_recovery_held_for_later_recovers_what_is_written_off_after_it():
    account = account_of(
        Row(JAN, 100),
        Row(MAR, 50),
        payments=[dq.Payment(JAN, 130, RECOVERY)],
        events=[dq.WriteOff(MAR, P, 25)],
    )
    held = policy_of(allocation_by_kind=[dq.KindOrder(RECOVERY, HELD_PRINCIPAL_FIRST)])
    for as_of in (JAN, FEB, MAR, APR):
        assert differences(account, as_of, held) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("paid", "owed"), [(0, 315), (110, 205), (114, 201), (240, 75), (315, 0)])
def test_interest_paid_and_not_earned_is_set_against_accelerated_principal(engine, paid, owed):
    """On 14 February 300.00 of principal and 15.00 of interest are owed in all, whatever was paid before."""
    payments = [dq.Payment(JAN, paid)] if paid else []
    account = three_months(*payments, events=[dq.Acceleration(FEB_14)])
    told = ledger_of(account, FEB_14, policy_of(), engine)
    assert told.breakdown[0].sum() == 100 * owed


@pytest.mark.parametrize("event", [dq.Waiver(JAN, INT, 15), dq.WriteOff(JAN, INT, 15)])
@pytest.mark.parametrize("stated", [None, 4, 5, 6])
def test_what_is_let_off_of_the_running_interest_is_not_earned(event, stated):
    account = three_months(events=[event, dq.Acceleration(FEB_14, stated)])
    assert differences(account, FEB_14, policy_of()) == []


@pytest.mark.parametrize(
    "event",
    [
        dq.Waiver(MAR, P, 99),
        dq.Waiver(MAR, P, 100),
        dq.WriteOff(MAR, P, 100),
        dq.WriteOff(MAR, INT, 100),
        dq.Closure(MAR),
    ],
)
def test_an_age_carried_over_a_change_is_made_up_for_by_what_is_let_off(event):
    """100.00 of principal were late when the schedule was replaced: 100.00 let off end the age, 99.99 not."""
    rows = (Row(JAN, 100, in_force_until=CHANGE), Row(MAR, 120, 100, in_force_from=CHANGE))
    account = account_of(*rows, events=[event])
    for as_of in (date(2025, 3, 30), MAR, APR):
        for counting in (CARRIED, attrs.evolve(CARRIED, components=[P])):
            assert differences(account, as_of, policy_of(counting)) == []


@pytest.mark.parametrize("counting", [dq.Counting(), NEARLY_FULL])
@pytest.mark.parametrize("tolerance", [0, 29, 30])
def test_a_rest_waived_within_the_closing_tolerance_is_no_payment_in_arrears(counting, tolerance):
    policy = attrs.evolve(policy_of(counting, **IN_PAYMENTS), closing_tolerance=tolerance)
    account = account_of(Row(JAN, 100), Row(FEB, 30), payments=[dq.Payment(FEB, 100)])
    assert differences(account, MAR, policy) == []
    book = Portfolio.from_accounts([account])
    for engine in ENGINES:
        answer = assess(book, as_of=MAR, policy=policy, engine=engine)
        assert (answer.bucket_of(0).code == "0") == (tolerance == 30)


def test_payments_of_accounts_with_facts_beside_the_schedule_stand_beside_those_without():
    """Which sweep answers an account does not depend on its neighbours."""
    plain = three_months(dq.Payment(JAN, 105))
    charged = three_months(charges=[dq.Charge("c", F, 200, JAN)])
    closed = three_months(dq.Payment(JAN, 110), events=[dq.Closure(FEB)])
    card = account_of(
        *(Row(day, 100, in_force_from=date(2025, 1, 5)) for day in (FEB, MAR)),
        product=dq.Product.CARD,
        charges=[dq.Charge("c", F, 10, FEB, 1)],
        payments=[dq.Payment(MAR, 95)],
    )
    named = [
        attrs.evolve(account, account_id=f"A-{number}")
        for number, account in enumerate((plain, charged, closed, card))
    ]
    for counting in (dq.Counting(), NEARLY_FULL):
        policy = policy_of(counting, **IN_PAYMENTS)
        assert mismatches(named, policy, APR, None, ENGINES, Counter()) == []


@pytest.mark.parametrize("engine", ENGINES)
def test_late_debts_beside_the_schedule_have_the_names_that_a_ledger_gives_them(engine):
    account = three_months(
        charges=[dq.Charge("fee", F, 1, JAN)],
        events=[
            dq.ChargeBack(charge_back_id="CB-1", value_date=FEB, principal=5),
            dq.Acceleration(FEB_14),
        ],
    )
    book = Portfolio.from_accounts([account])
    ages = instalment_ages(book, as_of=APR, policy=policy_of(), engine=engine)
    assert ages.charge_ids() == [None, "fee", "accelerated-1", "CB-1"]
    assert ages.kind.tolist() == [
        DebtKind.INSTALMENT,
        DebtKind.CHARGE,
        DebtKind.ACCELERATED,
        DebtKind.CHARGE_BACK,
    ]
    assert ages.instalment_no.tolist() == [1, 0, 0, 0]
    assert ages.charge_no.tolist() == [0, 1, 0, 0]
    assert ages.row(0) == dq.instalment_ages(account, as_of=APR, policy=policy_of())


@pytest.mark.parametrize("name", ["posted", "late fees"])
def test_late_debts_that_the_ledger_made_itself_have_names_too(name):
    account = three_months(dq.Payment(MAR, Decimal("0.01")))
    book = Portfolio.from_accounts([account])
    question = {"as_of": APR, "policy": POLICIES[name]}
    ages = instalment_ages(book, **question)
    assert ages.row(0) == dq.instalment_ages(account, **question)
    assert np.any(ages.kind > DebtKind.ACCELERATED)
    assert all(ages.charge_ids()[place] for place in np.flatnonzero(ages.kind).tolist())
