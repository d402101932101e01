"""Settlements that are broken: everything that they gave up on completion is owed again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

import delinquency as dq
from delinquency.restructuring import ArrearsWaiver, Settlement, SettlementPayment
from delinquency.restructuring.following import reinstate
from tests.restructuring.following.loans import BASE, POLICY, done_for, free_loan, paid
from tests.restructuring.test_measures import penalty_terms

DAY, ON = date(2025, 3, 1), date(2025, 4, 1)
FEES, PENALTY = dq.Component.FEES, dq.Component.PENALTY


def charged_loan() -> dq.Account:
    """400 in four months, 40 of fees and 5 of penalty; 200 and both charges are past due on 1 March."""
    charges = [
        dq.Charge("F-1", FEES, 40, date(2025, 2, 10)),
        dq.Charge("P-1", PENALTY, 5, date(2025, 2, 20)),
    ]
    return free_loan(charges=charges)


def settled(*before, amount: int = 390, policy=POLICY, account=None):
    settlement = Settlement([SettlementPayment(date(2025, 3, 20), amount)])
    return done_for(account or charged_loan(), *before, settlement, policy=policy, on=DAY)


def owed_at(account: dq.Account, on: date, policy=POLICY) -> list[Decimal]:
    """By component, what the account owes at the close of a day; unposted penalty is not in it."""
    parts = dq.breakdown(account, as_of=on, policy=policy)
    return [
        sum(getattr(each, part.value) for each in (parts.past_due, parts.due, parts.not_due))
        for part in dq.Component
    ]


def test_waived_charges_come_back() -> None:
    """445 are owed, 390 would settle them: 5 of penalty, 40 of fees and 10 of principal; 90 are paid."""
    done = settled()
    assert (done.waived.total, done.forgiven.principal) == (45, 10)
    back = reinstate(done, paid((3, 20, 90)), on=ON, policy=POLICY)
    assert [back.come_back.principal, back.come_back.fees, back.come_back.penalty] == [10, 40, 5]
    assert back.given_up.total == 0
    assert back.owed.total == 445 - 90
    assert sum(owed_at(back.account, ON)) == 445 - 90


def test_a_waiver_before_the_settlement_holds_for_good() -> None:
    """The fee is waived for good, then 5 of penalty and 10 of principal on completion."""
    back = reinstate(settled(ArrearsWaiver([FEES])), (), on=ON, policy=POLICY)
    assert (back.given_up.fees, back.given_up.total) == (40, 40)
    assert (back.come_back.penalty, back.come_back.fees, back.come_back.principal) == (5, 0, 10)
    assert back.owed.total == 405
    assert sum(owed_at(back.account, ON)) == 405


@pytest.mark.parametrize("amount", [390, 401])
def test_penalty_that_had_accrued_comes_back(amount: int) -> None:
    """Penalty that no debt of the ledger has was given up on completion, whole or in part."""
    policy = attrs.evolve(BASE, penalty=penalty_terms())
    account = free_loan()
    without = dq.breakdown(account, as_of=ON, policy=policy).unposted_penalty
    done = settled(amount=amount, policy=policy, account=account)
    back = reinstate(done, (), on=ON, policy=policy)
    assert done.waived.penalty > 0
    assert back.come_back.penalty == done.waived.penalty
    assert (back.given_up.total, back.owed.penalty) == (0, without)
    assert owed_at(back.account, ON, policy)[0] == 400
