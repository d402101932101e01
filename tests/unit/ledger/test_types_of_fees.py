"""The name of late fees is the type of the violation: a table looks for earlier ones of the same type."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from tests.strategies_internal import policy_of

import delinquency as dq
from delinquency.late_fees import EveryDays, FeeRow, FeeTable, FlatFee, LateFeeTerms, SafeHarbourFee
from delinquency.ledger import EntryKind
from delinquency.portfolio import Portfolio, assess

USD = dq.Currency.of("USD")
HARBOUR = FeeTable(name="t", currency=USD, rows=[FeeRow(date(2020, 1, 1), 30, 41)], repeat_window=6)


def late(name: str, wait_days: int) -> LateFeeTerms:
    return LateFeeTerms(name=name, amount=SafeHarbourFee(HARBOUR), wait_days=wait_days)


@pytest.mark.parametrize(("name", "second"), [("late", 41), ("returned", 30)])
def test_a_later_violation_of_the_same_type_costs_more_whichever_terms_charge_it(
    name: str, second: int
) -> None:
    """January is paid on 5 February: late on 1 February, 30. February is unpaid until 20 March.

    On 1 March the first terms charge 41, a repeat of January. On 11 March the second charge 41 if they are of
    the same type, and 30 if theirs is another.
    """
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(
            USD, [dq.Instalment(date(2025, 1, 31), 500), dq.Instalment(date(2025, 2, 28), 500)]
        ),
        payments=[dq.Payment(date(2025, 2, 5), 530), dq.Payment(date(2025, 3, 20), 600)],
    )
    policy = attrs.evolve(policy_of(), late_fees=(late("late", 0), late(name, 10)))
    found = dq.replay(account, as_of=date(2025, 4, 1), policy=policy)
    charged = [
        (entry.value_date, entry.amount)
        for entry in found.entries
        if entry.kind is EntryKind.CHARGED and entry.charge_id
    ]
    assert charged == [(date(2025, 2, 1), 30), (date(2025, 3, 1), 41), (date(2025, 3, 11), second)]
    as_of = date(2025, 3, 15)
    book = assess(Portfolio.from_accounts([account]), as_of=as_of, policy=policy)
    alone = dq.assess(account, as_of=as_of, policy=policy)
    assert book.arrears.tolist() == [int(alone.arrears * 100)]
    assert alone.arrears == 2 * 500 + 30 + 41 + second - 530


def test_a_fee_of_every_day_is_charged_every_day_that_the_instalment_is_late() -> None:
    """From 1 February to the close of 31 December: 334 days of 1.00 on one instalment."""
    daily = LateFeeTerms(name="x", amount=FlatFee(1), currency=USD, recurrence=EveryDays(1))
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(USD, [dq.Instalment(date(2025, 1, 31), 500)]),
    )
    policy = attrs.evolve(policy_of(), late_fees=(daily,))
    owed = dq.breakdown(account, as_of=date(2025, 12, 31), policy=policy)
    assert owed.payoff == 500 + 334
