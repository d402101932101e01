"""Nothing is created and nothing is lost: debts, money, and the past."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from tests.strategies_internal import FEW, accounts, closes, days, money, policies, questions


def sums_by_debt(ledger: dq.Ledger, kind: dq.EntryKind) -> Counter:
    sums: Counter = Counter()
    for entry in ledger.entries:
        if entry.kind is kind:
            sums[entry.instalment_no or entry.charge_id, entry.component] += entry.amount
    return sums


@FEW
@given(questions(), policies(), st.none() | st.integers(-30, 30))
def test_what_was_charged_is_settled_superseded_or_open(question, policy, offset):
    """Law: charged = settled + superseded + open, for each debt and component, to the cent."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    ledger = dq.replay(account, as_of=as_of, policy=policy, known_on=known_on)
    charged = sums_by_debt(ledger, dq.EntryKind.CHARGED)
    gone = sums_by_debt(ledger, dq.EntryKind.SETTLED) + sums_by_debt(
        ledger, dq.EntryKind.SUPERSEDED
    )
    left: Counter = Counter()
    for obligation, amounts in zip(ledger.obligations, ledger.open_rows, strict=True):
        if ledger.is_in_force(obligation):
            number = obligation.charge_no
            name = account.charges[number - 1].charge_id if number else obligation.instalment_no
            for component, minor in zip(dq.Component, amounts, strict=True):
                left[name, component] += money(minor)
    assert +charged == gone + left
    assert ledger.open_amount() == sum(left.values())
    assert ledger.open_amount() == sum(ledger.open_amount(part) for part in dq.Component)


@FEW
@given(questions(), policies(), st.none() | st.integers(-30, 30))
def test_what_was_paid_is_allocated_or_unallocated(question, policy, offset):
    """Law: paid = allocated + unallocated, and paid is the money that counts at the cut."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    cut = known_on or as_of
    ledger = dq.replay(account, as_of=as_of, policy=policy, known_on=known_on)
    counts = [
        payment.amount
        for payment in account.payments
        if payment.value_date <= as_of
        and (payment.reversed_on is None or payment.reversed_on > cut)
        and (known_on is None or (payment.recorded_on or payment.value_date) <= known_on)
    ]
    allocated = sum(sums_by_debt(ledger, dq.EntryKind.SETTLED).values())
    assert ledger.paid == sum(counts)
    assert ledger.paid == allocated + ledger.unallocated


@FEW
@given(accounts(plain=True), policies(), st.data())
def test_a_later_ledger_begins_with_the_earlier_one(account, policy, data):
    """Law: with facts known in time, entries up to a day never change as days go by."""
    first, last = sorted((data.draw(closes(account)), data.draw(closes(account))))
    before = dq.replay(account, as_of=first, policy=policy).entries
    after = dq.replay(account, as_of=last, policy=policy).entries
    assert after[: len(before)] == before
    assert all(entry.value_date > first for entry in after[len(before) :])


@FEW
@given(questions(), policies(), policies())
def test_how_days_are_counted_moves_no_money(question, policy, other):
    """Law: the ledger depends on the order of payment alone."""
    account, as_of = question
    other = attrs.evolve(other, allocation=policy.allocation)
    ledger = dq.replay(account, as_of=as_of, policy=policy)
    assert ledger.entries == dq.replay(account, as_of=as_of, policy=other).entries


@FEW
@given(questions(changed=False), policies())
def test_the_grain_moves_money_between_debts_not_in_all(question, policy):
    """Law: INSTALMENT_FIRST and COMPONENT_FIRST leave equal totals open and unallocated.

    A change of schedule is left out: it takes away what is open on the rows it closes, and the
    grain decides on which rows that is.
    """
    account, as_of = question
    totals = set()
    for grain in dq.AllocationGrain:
        allocation = dq.AllocationOrder(policy.allocation.steps, grain)
        version = attrs.evolve(policy, allocation=allocation)
        ledger = dq.replay(account, as_of=as_of, policy=version)
        totals.add((ledger.open_amount(), ledger.unallocated))
    assert len(totals) == 1


@FEW
@given(questions(), policies())
def test_arrears_and_exposure_are_within_what_is_open(question, policy):
    """Law: 0 <= arrears <= exposure <= open, and exposure holds all open principal."""
    account, as_of = question
    answer = dq.assess(account, as_of=as_of, policy=policy)
    assert Decimal(0) <= answer.arrears <= answer.exposure <= answer.ledger.open_amount()
    assert answer.exposure >= answer.ledger.open_amount(dq.Component.PRINCIPAL)


@FEW
@given(questions(), policies())
def test_what_falls_due_next_is_the_earliest_open_debt(question, policy):
    """Law: the next payment is None exactly if nothing is open, and never more than is open."""
    account, as_of = question
    ledger = dq.replay(account, as_of=as_of, policy=policy)
    earliest = dq.next_payment_due(account, as_of=as_of, policy=policy)
    to_come = dq.next_payment_due(
        account, as_of=as_of, policy=policy, rule=dq.NextPaymentRule.FROM_AS_OF
    )
    assert (earliest is None) == (ledger.open_amount() == 0)
    if earliest is not None:
        assert 0 < earliest.amount <= ledger.open_amount()
    if to_come is not None:
        assert to_come.due_date >= as_of
        assert earliest.due_date <= to_come.due_date
