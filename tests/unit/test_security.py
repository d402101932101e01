"""Collateral and guarantees: what is one, what an account makes of several, and what they do not change."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.strategies_internal import CNY, policy_of

import delinquency as dq
from delinquency.security_rows import CollateralRow, GuaranteeRow
from delinquency.testing import strategies

FIRST, JAN, FEB, MAR = date(2025, 1, 1), date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)
DAY = timedelta(days=1)
NONE = 2**31 - 1
HALF = dq.Proportion(1, 2)


def asset(day: date = JAN, value: Any = 100, name: Any = "house", **facts: Any) -> dq.Collateral:
    return dq.Collateral(name, day, value, **facts)


def surety(day: date = JAN, name: Any = "parent", **facts: Any) -> dq.Guarantee:
    given = facts if {"amount", "share"} & set(facts) else {**facts, "share": HALF}
    return dq.Guarantee(name, day, **given)


def account_of(*events: Any) -> dq.Account:
    rows = (dq.Instalment(JAN, 100, 10), dq.Instalment(FEB, 100, 28))
    return dq.Account(
        account_id="A-1", originated_on=FIRST, schedule=dq.Schedule(CNY, rows), events=events
    )


def number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: asset(name=""), dq.InvalidTypeError, "collateral_id: expected a text"),
        (lambda: asset(name=7), dq.InvalidTypeError, "collateral_id: expected a text"),
        (lambda: asset(value=1.5), dq.InvalidTypeError, "'house', value: expected a Decimal"),
        (lambda: asset(value=True), dq.InvalidTypeError, "value: expected a Decimal or an int"),
        (lambda: asset(value=-1), dq.InvalidValueError, "value: expected an amount of 0 or more"),
        (lambda: asset(value=Decimal("NaN")), dq.InvalidValueError, "value: expected a finite"),
        (lambda: asset(assessed_value=0), dq.InvalidValueError, "assessed_value: expected"),
        (lambda: asset(assessed_value=2.5), dq.InvalidTypeError, "assessed_value: expected"),
        (lambda: asset(kind="movable"), dq.InvalidTypeError, "kind: expected"),
        (lambda: asset(datetime(2025, 1, 31)), dq.InvalidTypeError, "value_date to be a date"),
        (lambda: asset(until=JAN), dq.InvalidValueError, "until: expected a day after 2025-01-31"),
        (lambda: asset(until=datetime(2025, 3, 1)), dq.InvalidTypeError, "until to be a date"),
        (lambda: asset(reversed_on=JAN - DAY), dq.InvalidValueError, "reversed_on: expected a day"),
        (lambda: surety(name=""), dq.InvalidTypeError, "guarantor_id: expected a text"),
        (lambda: surety(amount=None), dq.InvalidValueError, "an amount or a share, found neither"),
        (lambda: surety(amount=1, share=HALF), dq.InvalidValueError, "a share, found both"),
        (lambda: surety(amount=0), dq.InvalidValueError, "amount: expected an amount of more than"),
        (lambda: surety(amount=1.0), dq.InvalidTypeError, "amount: expected a Decimal"),
        (lambda: surety(share=0.5), dq.InvalidTypeError, "share: expected a Proportion"),
        (lambda: surety(share=dq.Proportion(0, 1)), dq.InvalidValueError, "more than 0 and at"),
        (lambda: surety(share=dq.Proportion(3, 2)), dq.InvalidValueError, "at most 1, found 3/2"),
        (lambda: surety(share=dq.Proportion(1, 10**9 + 1)), dq.InvalidValueError, "a numerator"),
        (lambda: surety(until=JAN), dq.InvalidValueError, "until: expected a day after"),
        (
            lambda: surety(recorded_on=FEB, reversed_on=FEB - DAY),
            dq.InvalidValueError,
            "2025-02-28",
        ),
    ],
)
def test_what_is_no_security_is_refused(make: Any, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        make()


def test_the_ends_of_what_may_be_given_are_taken() -> None:
    assert asset(value=0, until=JAN + DAY).until == JAN + DAY
    assert surety(share=dq.Proportion(1, 1), until=JAN + DAY).amount is None
    assert surety(amount=Decimal("0.01"), reversed_on=JAN).share is None
    assert next(iter(dq.CollateralKind)) is asset().kind


@pytest.mark.parametrize("make", [asset, surety])
def test_one_row_of_a_name_stands_for_a_date(make: Any) -> None:
    with pytest.raises(dq.InvalidValueError, match="two that both stand"):
        account_of(make(), make(until=MAR))
    assert len(account_of(make(), make(name="other"), make(JAN + DAY)).events) == 3
    assert len(account_of(asset(name="same"), surety(name="same")).events) == 2


@pytest.mark.parametrize("make", [asset, surety])
def test_what_was_reversed_may_be_replaced_from_that_day_on(make: Any) -> None:
    right = make(recorded_on=FEB)
    assert account_of(right, make(reversed_on=FEB)).events == (make(reversed_on=FEB), right)
    for wrong in (make(reversed_on=FEB + DAY), make()):
        with pytest.raises(dq.InvalidValueError, match="two that both stand"):
            account_of(right, wrong)


@pytest.mark.parametrize("make", [asset, surety])
def test_the_last_row_of_a_name_and_date_is_the_one_that_stands(make: Any) -> None:
    made = [make(reversed_on=FEB), make(recorded_on=FEB, reversed_on=MAR), make(recorded_on=MAR)]
    for drawn in permutations(made):
        account = account_of(*drawn)
        rows = account.collateral_rows or account.guarantee_rows
        assert [row.reversed_day for row in rows] == [number(FEB), number(MAR), NONE]
        assert account.events == tuple(made)


@pytest.mark.parametrize("make", [asset, surety])
def test_no_security_is_older_than_the_account(make: Any) -> None:
    assert len(account_of(make(FIRST)).events) == 1
    with pytest.raises(dq.InvalidValueError, match="on or after originated_on 2025-01-01"):
        account_of(make(FIRST - DAY))


@pytest.mark.parametrize(
    "event",
    [
        asset(value=Decimal("0.001")),
        asset(assessed_value=Decimal("0.001")),
        surety(amount=Decimal("0.001")),
    ],
)
def test_amounts_are_exact_to_the_minor_unit_of_the_account(event: Any) -> None:
    with pytest.raises(dq.InvalidValueError, match="decimals"):
        account_of(event)


def test_rows_are_whole_numbers() -> None:
    account = account_of(
        surety(FEB, recorded_on=MAR),
        surety(FEB, "aunt", amount=7, until=MAR, reversed_on=MAR),
        asset(FEB, Decimal("0.25"), "car", assessed_value=3, until=MAR, recorded_on=MAR),
        asset(),
    )
    jan, feb, mar = number(JAN), number(FEB), number(MAR)
    assert account.collateral_rows == (
        CollateralRow(jan, "house", 10_000, -1, NONE, jan, NONE),
        CollateralRow(feb, "car", 25, 300, mar, mar, NONE),
    )
    assert account.guarantee_rows == (
        GuaranteeRow(feb, "aunt", 700, 0, 1, mar, feb, mar),
        GuaranteeRow(feb, "parent", 0, 1, 2, NONE, mar, NONE),
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_security_changes_no_count_and_no_amount(data: st.DataObject) -> None:
    """Law: an account answers as it does without collateral and guarantees."""
    account = data.draw(strategies.accounts(all_facts=True))
    policy = data.draw(strategies.policies(currency=account.currency, all_choices=True))
    as_of = data.draw(strategies.as_of_dates(account))
    kept = [
        event for event in account.events if not isinstance(event, dq.Collateral | dq.Guarantee)
    ]
    plain = attrs.evolve(account, events=kept)
    told = [dq.assess(each, as_of=as_of, policy=policy) for each in (account, plain)]
    assert told[0].explanation == told[1].explanation
    assert told[0].ledger.entries == told[1].ledger.entries


def test_security_neither_settles_nor_suspends() -> None:
    for account in (account_of(), account_of(asset(), surety())):
        assert dq.delinquent_days(account, as_of=MAR, policy=policy_of()) == 59
        assert account.owed_running == (11_000, 23_800)
