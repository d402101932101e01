"""The full ledger: where debts and money go, and what may not matter."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from tests.strategies_internal import (
    ADVANCING,
    FEW,
    MANY,
    accounts,
    amounts,
    closes,
    days,
    money,
    orders_with,
    policies,
    policy_of,
    questions,
)

KIND = dq.EntryKind
WAYS_OUT = (KIND.SETTLED, KIND.WAIVED, KIND.WRITTEN_OFF, KIND.SUPERSEDED)
ALL_FACTS = questions(facts=True)
ALL_CHOICES = policies(choices=True)
OFFSETS = st.none() | st.integers(-30, 30)


def sums(ledger: dq.Ledger) -> Counter:
    found: Counter = Counter()
    for entry in ledger.entries:
        found[entry.kind, entry.component] += entry.amount
    return found


def same(first: dq.Ledger, second: dq.Ledger) -> bool:
    """Whether two ledgers have the same movements, open amounts and money."""
    return (
        first.entries == second.entries
        and all(first.open_amount(part) == second.open_amount(part) for part in dq.Component)
        and (first.paid, first.unallocated) == (second.paid, second.unallocated)
    )


@MANY
@given(ALL_FACTS, ALL_CHOICES, OFFSETS)
def test_what_was_charged_has_gone_one_way_or_is_open(question, policy, offset):
    """Law: charged = settled + waived + written off + superseded + open, for each component."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    ledger = dq.replay(account, as_of=as_of, policy=policy, known_on=known_on)
    moved = sums(ledger)
    for part in dq.Component:
        gone = sum(moved[kind, part] for kind in WAYS_OUT)
        assert moved[KIND.CHARGED, part] == gone + ledger.open_amount(part)
    assert all(amount > 0 for amount in moved.values())


@MANY
@given(ALL_FACTS, ALL_CHOICES, OFFSETS)
def test_what_was_paid_has_settled_recovered_or_waits(question, policy, offset):
    """Law: paid = settled + recovered + unallocated, and no more is recovered than written off."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    ledger = dq.replay(account, as_of=as_of, policy=policy, known_on=known_on)
    moved = sums(ledger)
    used = sum(
        moved[kind, part] for kind in (KIND.SETTLED, KIND.RECOVERED) for part in dq.Component
    )
    assert ledger.paid == used + ledger.unallocated
    for part in dq.Component:
        assert 0 <= moved[KIND.RECOVERED, part] <= moved[KIND.WRITTEN_OFF, part]
    lost = sum(moved[KIND.WRITTEN_OFF, part] - moved[KIND.RECOVERED, part] for part in dq.Component)
    assert ledger.written_off == lost
    assert ledger.waived == sum(moved[KIND.WAIVED, part] for part in dq.Component)


@FEW
@given(ALL_FACTS, ALL_CHOICES, st.data())
def test_payments_of_a_day_may_be_split_and_come_in_any_order(question, policy, data):
    """Law: a payment in two parts of its kind, and payments given in any order, change nothing."""
    account, as_of = question
    if account.payments:
        place = data.draw(st.integers(0, len(account.payments) - 1))
        whole = account.payments[place]
        cents = int(whole.amount * 100)
        part = data.draw(st.integers(0, cents - 1))
        parts = [attrs.evolve(whole, amount=money(cents - part))]
        parts += [attrs.evolve(whole, amount=money(part))] if part else []
        others = [*account.payments[:place], *account.payments[place + 1 :]]
        made = data.draw(st.permutations([*others, *parts]))
    else:
        made = []
    events = data.draw(st.permutations(list(account.events)))
    other = attrs.evolve(account, payments=made, events=events)
    asked = {"as_of": as_of, "policy": policy}
    assert same(dq.replay(account, **asked), dq.replay(other, **asked))


@FEW
@given(accounts(plain=True, facts=True), ALL_CHOICES, st.data())
def test_asking_on_more_days_changes_nothing(account, policy, data):
    """Law: what was answered for an earlier day is the beginning of what is answered for a later."""
    first, last = sorted((data.draw(closes(account)), data.draw(closes(account))))
    before = dq.replay(account, as_of=first, policy=policy).entries
    after = dq.replay(account, as_of=last, policy=policy).entries
    assert after[: len(before)] == before
    assert all(entry.value_date > first for entry in after[len(before) :])


def undone(fact, as_of) -> bool:
    return fact.reversed_on is not None and fact.reversed_on <= as_of


@FEW
@given(ALL_FACTS, ALL_CHOICES)
def test_what_was_taken_back_was_never_made_and_what_came_late_was_always_known(question, policy):
    """Law: at a close, reversed facts may be struck out and days of record forgotten."""
    account, as_of = question
    payments = [
        attrs.evolve(payment, recorded_on=None, reversed_on=None)
        for payment in account.payments
        if not undone(payment, as_of)
    ]
    events = [
        attrs.evolve(event, recorded_on=None, reversed_on=None)
        for event in account.events
        if hasattr(event, "reversed_on") and not undone(event, as_of)
    ]
    known = attrs.evolve(account, payments=payments, events=events)
    asked = {"as_of": as_of, "policy": policy}
    assert same(dq.replay(account, **asked), dq.replay(known, **asked))


@FEW
@given(ALL_FACTS, ALL_CHOICES, st.integers(-60, 60))
def test_a_cut_of_what_was_known_answers_as_the_books_of_that_day(question, policy, offset):
    """Law: ``known_on`` leaves out what came to the books later, and nothing else.

    With ``known_on=as_of`` it is what was answered then.
    """
    account, as_of = question
    known_on = as_of + days(offset)

    def is_known(fact, made_on):
        is_late = (fact.recorded_on or made_on) > known_on
        return not is_late and not undone(fact, known_on)

    books = attrs.evolve(
        account,
        payments=[
            attrs.evolve(one, reversed_on=None)
            for one in account.payments
            if is_known(one, one.value_date)
        ],
        charges=[one for one in account.charges if is_known_charge(one, known_on)],
        events=[
            attrs.evolve(one, reversed_on=None)
            for one in account.events
            if hasattr(one, "reversed_on") and is_known(one, one.value_date)
        ],
    )
    told = dq.replay(account, as_of=as_of, policy=policy, known_on=known_on)
    then = dq.replay(books, as_of=as_of, policy=policy)
    assert same(told, then)


def is_known_charge(charge, known_on) -> bool:
    return (charge.recorded_on or charge.enters_on) <= known_on


BEFORE = (*ADVANCING, dq.Excess.HOLD, dq.Excess.TO_BALANCE)


@MANY
@given(
    questions(changed=False),
    st.sampled_from(BEFORE).flatmap(lambda rule: orders_with((rule,))),
    amounts(least=1),
    st.data(),
)
def test_paying_more_never_leaves_more_owed(question, order, more, data):
    """Law: without an age switch, a payment more leaves no more open in all, whatever the excess."""
    account, as_of = question
    policy = policy_of(allocation=order)
    extra = dq.Payment(data.draw(closes(account)), more)
    richer = attrs.evolve(account, payments=(*account.payments, extra))
    before = dq.replay(account, as_of=as_of, policy=policy)
    after = dq.replay(richer, as_of=as_of, policy=policy)
    assert after.open_amount() <= before.open_amount()


@MANY
@given(
    questions(changed=False),
    st.sampled_from((*ADVANCING, dq.Excess.HOLD)).flatmap(lambda rule: orders_with((rule,))),
    st.integers(0, 60),
    st.data(),
)
def test_paying_earlier_never_leaves_more_owed(question, order, earlier, data):
    """Law: without an age switch, a payment brought forward leaves no more open in all."""
    account, as_of = question
    if not account.payments:
        return
    policy = policy_of(allocation=order)
    place = data.draw(st.integers(0, len(account.payments) - 1))
    chosen = account.payments[place]
    sooner = max(account.originated_on, chosen.value_date - days(earlier))
    moved = attrs.evolve(chosen, value_date=sooner)
    made = [*account.payments[:place], moved, *account.payments[place + 1 :]]
    before = dq.replay(account, as_of=as_of, policy=policy)
    after = dq.replay(attrs.evolve(account, payments=made), as_of=as_of, policy=policy)
    assert after.open_amount() <= before.open_amount()


@FEW
@given(ALL_FACTS, ALL_CHOICES)
def test_a_closed_account_owes_only_what_entered_later(question, policy):
    """Law: on the day of a closure nothing is open at its close."""
    account, as_of = question
    closed = attrs.evolve(account, events=(*account.events, dq.Closure(as_of)))
    ledger = dq.replay(closed, as_of=as_of, policy=policy)
    assert ledger.open_amount() == Decimal(0)
    assert dq.assess(closed, as_of=as_of, policy=policy).exposure == 0
