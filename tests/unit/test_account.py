"""An account: facts in order, whole numbers made once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest
from tests.strategies_internal import CNY

import delinquency as dq

FIRST = date(2025, 1, 1)
JAN, FEB = date(2025, 1, 31), date(2025, 2, 28)
SCHEDULE = dq.Schedule(CNY, [dq.Instalment(JAN, 100, 10), dq.Instalment(FEB, 100, 9)])


def account_of(**facts) -> dq.Account:
    return dq.Account(
        **{"account_id": "A-1", "originated_on": FIRST, "schedule": SCHEDULE, **facts}
    )


def fee(charge_id: str, due: date = JAN, **more) -> dq.Charge:
    return dq.Charge(charge_id, dq.Component.FEES, 5, due, **more)


def test_facts_are_kept_in_order_of_date_however_they_are_given():
    early, late = dq.Payment(JAN, 1), dq.Payment(FEB, 2)
    account = account_of(
        payments=[late, early],
        charges=[fee("b", FEB), fee("z"), fee("a")],
        events=[
            dq.CountingSuspension(FEB),
            dq.CountingSuspension(JAN, FEB),
        ],
    )
    assert account.payments == (early, late)
    assert [charge.charge_id for charge in account.charges] == ["a", "z", "b"]
    assert [event.start for event in account.events] == [JAN, FEB]


def test_an_account_may_begin_on_its_first_due_date_and_be_paid_that_day():
    account = account_of(originated_on=JAN, payments=[dq.Payment(JAN, 110)])
    assert account.payment_rows[0].value_day == account.originated_day


def test_the_schedule_names_the_currency():
    assert account_of().currency is CNY


def test_changing_a_fact_makes_another_account():
    account = account_of()
    richer = attrs.evolve(account, payments=[dq.Payment(JAN, 110)])
    assert account.payments == ()
    assert richer.payments[0].amount == 110
    assert richer != account
    assert attrs.evolve(richer, payments=()) == account


def test_debts_rank_by_day_then_instalments_before_charges():
    account = account_of(
        charges=[fee("alone"), fee("with", date(2025, 3, 15), instalment_no=1), fee("later", FEB)]
    )
    ranked = [(row.instalment_no, row.charge_no, row.unit) for row in account.obligations]
    names = [charge.charge_id for charge in account.charges]
    assert names == ["alone", "later", "with"]
    assert ranked == [(1, 0, 0), (0, 3, 0), (0, 1, 1), (2, 0, 2), (0, 2, 3)]


def test_two_charges_of_one_day_are_two_debts():
    account = account_of(charges=[fee("a"), fee("b")])
    assert [row.unit for row in account.obligations] == [0, 1, 2, 3]


def test_a_charge_falls_into_the_column_of_its_component():
    penalty = dq.Charge("p", dq.Component.PENALTY, Decimal("1.50"), JAN)
    account = account_of(charges=[penalty, fee("f")])
    assert [row[5:9] for row in account.obligations if row.charge_no] == [
        (0, 0, 500, 0),
        (0, 0, 0, 150),
    ]


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"payments": [dq.Payment(date(2024, 12, 31), 1)]}, "payment 1: expected value_date on or"),
        ({"charges": [fee("c", date(2024, 12, 31))]}, "charge 'c': expected due_date on or"),
        (
            {"events": [dq.CountingSuspension(date(2024, 12, 31))]},
            "counting suspension: expected start on or",
        ),
        ({"originated_on": date(2025, 2, 1)}, "instalment 1: expected due_date on or"),
    ],
)
def test_no_fact_is_older_than_the_account(facts, message):
    with pytest.raises(dq.InvalidValueError, match=f"account 'A-1', {message} after originated_on"):
        account_of(**facts)


def test_ids_are_used_once():
    twice = [dq.Payment(JAN, 1, payment_id="p"), dq.Payment(FEB, 1, payment_id="p")]
    with pytest.raises(dq.InvalidValueError, match="payment 'p': expected a payment_id used once"):
        account_of(payments=twice)
    with pytest.raises(dq.InvalidValueError, match="charge 'c': expected a charge_id used once"):
        account_of(charges=[fee("c"), fee("c", FEB)])


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_charge_names_an_instalment_that_exists(number):
    with pytest.raises(dq.InvalidValueError, match=f"instalment_no from 1 to 2, found {number}"):
        account_of(charges=[fee("c", instalment_no=number)])
    assert account_of(charges=[fee("c", instalment_no=2)]).obligations[-1].charge_no == 1


def test_suspensions_touch_but_do_not_overlap():
    first = dq.CountingSuspension(JAN, FEB)
    assert len(account_of(events=[first, dq.CountingSuspension(FEB)]).suspension_rows) == 2
    with pytest.raises(dq.InvalidValueError, match="found 2025-02-27"):
        account_of(events=[first, dq.CountingSuspension(date(2025, 2, 27))])
    with pytest.raises(dq.InvalidValueError, match="Suspensions may touch, not overlap"):
        account_of(events=[dq.CountingSuspension(JAN), dq.CountingSuspension(FEB)])


def test_amounts_are_bounded_so_that_sums_never_overflow():
    most = Decimal(10**15).scaleb(-2)
    whole = dq.Schedule(CNY, [dq.Instalment(JAN, most)])
    assert account_of(schedule=whole, payments=[dq.Payment(JAN, most)])
    with pytest.raises(dq.InvalidValueError, match="found 1000000000000001"):
        account_of(
            schedule=whole, charges=[dq.Charge("c", dq.Component.FEES, Decimal("0.01"), JAN)]
        )
    with pytest.raises(dq.InvalidValueError, match="found 1000000000000001"):
        account_of(payments=[dq.Payment(JAN, most), dq.Payment(JAN, Decimal("0.01"))])


def test_a_card_and_a_company_are_told_apart_from_a_loan_and_a_person():
    account = account_of(product=dq.Product.CARD, segment=dq.Segment.NON_RETAIL, obligor_id="O-1")
    assert (account.product.value, account.segment.value) == ("card", "non_retail")
