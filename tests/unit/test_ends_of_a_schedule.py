"""After a write-off of everything, a closure or an acceleration nothing falls due by the schedule."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency.testing import assert_ledger_balances

CNY = dq.Currency.of("CNY")
POLICY = dq.rulebook.load("cn-loan").versions[-1]
DAY = date(2025, 3, 14)
LATER = date(2025, 6, 2)
ROWS = [dq.Instalment(date(2025, month, 28), 1000, 60 - 10 * month) for month in (2, 3, 4, 5)]


def loan(*events: dq.AccountEvent, paid: int | Decimal = 0) -> dq.Account:
    return dq.Account(
        account_id="A-1",
        originated_on=date(2025, 1, 28),
        schedule=dq.Schedule(CNY, ROWS),
        payments=[dq.Payment(DAY, paid)] if paid else [],
        events=events,
    )


def owed(account: dq.Account, as_of: date = LATER) -> dq.Breakdown:
    assert_ledger_balances(account, as_of=as_of, policy=POLICY)
    return dq.breakdown(account, as_of=as_of, policy=POLICY)


def superseded(found: dq.Breakdown) -> Decimal:
    entries = [entry for entry in found.ledger.entries if entry.kind is dq.EntryKind.SUPERSEDED]
    return sum((entry.amount for entry in entries), Decimal(0))


def test_what_is_written_off_is_what_was_owed_and_nothing_that_was_never_earned() -> None:
    """1,040 past due, 3,000 of principal, 14 of 28 days of 30: 4,055. Of the rows to come 3,060 leave."""
    found = owed(loan(dq.WriteOff(DAY)))
    assert (found.written_off, found.payoff) == (Decimal(4055), 0)
    assert superseded(found) == 3000 + 30 + 20 + 10


def test_a_write_off_of_a_component_leaves_the_schedule() -> None:
    """All 4,000 of principal are off; of interest 40 + 30 + 20 + 10 fall due as before."""
    found = owed(loan(dq.WriteOff(DAY, dq.Component.PRINCIPAL)))
    assert (found.written_off, found.payoff) == (Decimal(4000), Decimal(100))


@pytest.mark.parametrize("end", [dq.Closure, dq.Acceleration])
def test_the_payoff_of_a_day_settles_the_account_that_ends_on_it(end: type) -> None:
    payoff = owed(loan(), DAY).payoff
    found = owed(loan(end(DAY), paid=payoff))
    assert payoff == 4055
    assert (found.payoff, found.written_off, found.ledger.waived) == (0, 0, 0)


def test_a_cent_less_than_the_payoff_is_let_off_by_a_closure_and_owed_without_one() -> None:
    less = Decimal("4054.99")
    closed, ended = (
        owed(loan(dq.Closure(DAY), paid=less)),
        owed(loan(dq.Acceleration(DAY), paid=less)),
    )
    assert (closed.payoff, closed.written_off) == (0, Decimal("0.01"))
    assert (ended.payoff, ended.written_off) == (Decimal("0.01"), 0)


def test_the_interest_that_the_lender_states_stands_beside_a_write_off_of_the_day() -> None:
    found = owed(loan(dq.Acceleration(DAY, 17), dq.WriteOff(DAY)))
    assert found.written_off == 1040 + 3000 + 17


def test_a_waiver_of_the_day_reaches_what_the_end_of_the_schedule_made_due() -> None:
    """Interest of 40 is past due and 15 are earned: both are waived before all is written off."""
    found = owed(loan(dq.Waiver(DAY, dq.Component.INTEREST), dq.WriteOff(DAY)))
    assert (found.ledger.waived, found.written_off) == (55, 4000)


@pytest.mark.parametrize("end", [dq.WriteOff, dq.Closure])
def test_an_end_that_is_reversed_never_was(end: type) -> None:
    undone = owed(loan(end(DAY, reversed_on=LATER)))
    assert undone.payoff == owed(loan()).payoff == 4100


def test_nothing_is_left_to_end_after_the_last_due_date() -> None:
    found = owed(loan(dq.WriteOff(date(2025, 5, 28))))
    assert (found.written_off, superseded(found)) == (4100, 0)
