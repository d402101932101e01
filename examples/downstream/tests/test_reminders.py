"""The lender's own tests, with what the library exports for them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tinybank import HOUSE_POLICY, Stage, reminder_for

import delinquency as dq
from delinquency.testing import assert_bucket, assert_days_past_due, check_policy, strategies

DUE = date(2025, 1, 31)


def one_instalment(paid: str | None = None) -> dq.Account:
    schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(DUE, Decimal(1000))])
    payments = [dq.Payment(DUE, Decimal(paid))] if paid else []
    return dq.Account(
        account_id="T-1",
        originated_on=DUE - timedelta(31),
        schedule=schedule,
        payments=payments,
    )


def test_nobody_is_reminded_within_three_days_and_everybody_on_the_fourth() -> None:
    account = one_instalment()
    assert reminder_for(account, as_of=DUE + timedelta(3)).stage is Stage.NONE
    assert reminder_for(account, as_of=DUE + timedelta(4)).stage is Stage.MESSAGE
    assert_days_past_due(account, 4, as_of=DUE + timedelta(4), policy=HOUSE_POLICY)


def test_ten_yuan_short_is_tolerated_and_a_cent_more_is_not() -> None:
    later = DUE + timedelta(40)
    assert_bucket(one_instalment("990.00"), "none", as_of=later, policy=HOUSE_POLICY)
    assert_bucket(one_instalment("989.99"), "call", as_of=later, policy=HOUSE_POLICY)


def test_the_reason_is_there_in_chinese() -> None:
    assert "应还日" in reminder_for(one_instalment(), as_of=DUE + timedelta(9), lang="zh").reason


def test_the_house_policy_obeys_the_laws_of_any_sound_policy() -> None:
    check_policy(HOUSE_POLICY)


@settings(max_examples=50, deadline=None)
@given(account=strategies.accounts(), later=st.integers(min_value=0, max_value=900))
def test_whoever_owes_nothing_late_is_never_reminded(account: dq.Account, later: int) -> None:
    reminder = reminder_for(account, as_of=account.originated_on + timedelta(later))
    if reminder.arrears == 0:
        assert reminder.stage is Stage.NONE


@settings(max_examples=20, deadline=None)
@given(account=st.from_type(dq.Account))
def test_accounts_are_known_to_hypothesis_by_their_type(account: dq.Account) -> None:
    assert reminder_for(account, as_of=account.originated_on).stage is Stage.NONE
