"""Every fact and every choice can be drawn, and only by those who ask for it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency.testing import assert_ledger_balances, strategies
from tests.exported.searching import found

EVENTS = (
    dq.CountingSuspension,
    dq.Waiver,
    dq.WriteOff,
    dq.Closure,
    dq.ChargeBack,
    dq.Acceleration,
    dq.PenaltyWaiver,
    dq.FundsMisuse,
    dq.OffBalance,
    dq.Dispute,
    dq.Finding,
    dq.ReportedFigure,
    dq.Restructuring,
    dq.ReAge,
    dq.Collateral,
    dq.Guarantee,
)
KINDS = (*EVENTS, dq.DatedRate, dq.AgeSwitch, dq.KindOrder)
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(strategies.accounts(), strategies.policies())
def test_an_account_and_a_policy_are_what_a_book_of_columns_knows(account, policy) -> None:
    assert {type(event) for event in account.events} <= {dq.CountingSuspension}
    assert account.product is dq.Product.LOAN
    assert not account.contract_rates
    assert all(charge.charged_on is None for charge in account.charges)
    assert policy.allocation.excess in (dq.Excess.NEXT_INSTALMENT, dq.Excess.HOLD)
    assert not [*policy.allocation_by_age, *policy.allocation_by_kind]
    assert policy.closing_tolerance == 0


@pytest.mark.parametrize("kind", EVENTS)
def test_every_event_can_happen_to_an_account(kind) -> None:
    def happens(account: dq.Account) -> bool:
        return any(isinstance(event, kind) for event in account.events)

    drawn = found(strategies.accounts(all_facts=True), happens)
    assert happens(drawn)


@pytest.mark.parametrize("excess", dq.Excess)
def test_every_rule_of_excess_can_be_drawn(excess) -> None:
    orders = strategies.allocation_orders(all_choices=True)
    assert found(orders, lambda order: order.excess is excess).excess is excess


@FEW
@given(st.data())
def test_an_account_of_all_facts_balances_under_a_policy_of_all_choices(data) -> None:
    account = data.draw(strategies.accounts(all_facts=True))
    policy = data.draw(strategies.policies(currency=account.currency, all_choices=True))
    as_of = data.draw(strategies.as_of_dates(account))
    assert account.originated_on <= as_of
    assert_ledger_balances(account, as_of=as_of, policy=policy)


@pytest.mark.parametrize("kind", KINDS)
def test_hypothesis_knows_every_kind_by_itself(kind) -> None:
    assert isinstance(found(st.from_type(kind), lambda _: True), kind)
