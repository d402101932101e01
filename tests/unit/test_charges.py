"""Charges: obligations beside the schedule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq

DAY = date(2025, 2, 10)


@pytest.mark.parametrize("component", [dq.Component.FEES, dq.Component.PENALTY])
def test_a_charge_is_a_fee_or_a_penalty(component):
    assert dq.Charge("c", component, Decimal("0.01"), DAY).component is component


@pytest.mark.parametrize("component", [dq.Component.PRINCIPAL, dq.Component.INTEREST, "fees", None])
def test_principal_and_interest_fall_due_by_the_schedule(component):
    with pytest.raises(dq.InvalidValueError, match=r"Component.FEES or Component.PENALTY"):
        dq.Charge("c", component, 1, DAY)


@pytest.mark.parametrize("amount", [0, Decimal("-0.01"), Decimal("NaN"), Decimal("Infinity")])
def test_a_charge_is_more_than_nothing(amount):
    with pytest.raises(dq.InvalidValueError, match=r"charge 'c', amount: .* more than 0"):
        dq.Charge("c", dq.Component.FEES, amount, DAY)


def test_a_charge_may_reach_the_books_before_or_after_it_falls_due():
    for recorded_on in (date(2025, 2, 1), date(2025, 3, 1)):
        charge = dq.Charge("c", dq.Component.FEES, 1, DAY, recorded_on=recorded_on)
        assert charge.recorded_on == recorded_on
