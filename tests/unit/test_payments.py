"""Payments: money with a value date that is never edited."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq

JAN, FEB = date(2025, 1, 31), date(2025, 2, 28)


def test_the_smallest_payment_is_more_than_nothing():
    assert dq.Payment(JAN, Decimal("0.01")).amount == Decimal("0.01")
    for nothing in (0, Decimal(0), Decimal("-0.01"), -1):
        with pytest.raises(dq.InvalidValueError, match="an amount of more than 0"):
            dq.Payment(JAN, nothing)


def test_a_payment_may_be_reversed_on_the_day_it_was_made():
    assert dq.Payment(JAN, 1, reversed_on=JAN).reversed_on == JAN


@pytest.mark.parametrize("recorded_on", [None, FEB, date(2025, 1, 1)])
def test_a_payment_is_not_reversed_before_it_was_made_and_recorded(recorded_on):
    known = max(JAN, recorded_on or JAN)
    assert dq.Payment(JAN, 1, recorded_on=recorded_on, reversed_on=known)
    eve = known.replace(day=known.day - 1)
    with pytest.raises(dq.InvalidValueError, match=f"on or after {known}, .* found {eve}"):
        dq.Payment(JAN, 1, recorded_on=recorded_on, reversed_on=eve)


def test_a_payment_with_an_id_is_named_in_its_errors():
    with pytest.raises(dq.InvalidValueError, match=r"^payment 'p-7', amount: "):
        dq.Payment(JAN, 0, payment_id="p-7")
    with pytest.raises(dq.InvalidValueError, match=r"^payment, amount: "):
        dq.Payment(JAN, 0)


def test_why_money_came_does_not_change_what_it_settles():
    assert [kind.value for kind in dq.PaymentKind] == [
        "repayment",
        "refund",
        "goodwill",
        "recovery",
    ]
