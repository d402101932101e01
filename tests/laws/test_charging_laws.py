"""Penalty and late fees that the ledger charges itself: against the oracle, and what may not matter."""

from __future__ import annotations

from collections import Counter
from datetime import date

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency import penalty
from tests.charging_strategies import PLACES, charging_questions, terms_at
from tests.oracle.comparing import differences
from tests.strategies_internal import (
    CNY,
    FEW,
    accounts,
    amounts,
    closes,
    days,
    money,
    policy_of,
)

KIND = dq.EntryKind
WAYS_OUT = (KIND.SETTLED, KIND.WAIVED, KIND.WRITTEN_OFF, KIND.SUPERSEDED)
ANYTHING = charging_questions(facts=True)
IN_TIME = charging_questions(facts=True, plain=True)
OFFSETS = st.none() | st.integers(-30, 30)


def sums(ledger: dq.Ledger) -> Counter:
    found: Counter = Counter()
    for entry in ledger.entries:
        found[entry.kind, entry.component] += entry.amount
    return found


def told(account, *, as_of, policy, known_on=None):
    """Everything that is said of an account whose policy charges, as plain values."""
    asked = {"as_of": as_of, "policy": policy, "known_on": known_on}
    delay, owed = dq.penalty_interest(account, **asked), dq.breakdown(account, **asked)
    figures = (delay.accrued, delay.posted, delay.waived, delay.capped, owed.payoff)
    ledger = owed.ledger
    opened = [ledger.open_amount(part) for part in dq.Component]
    return figures, opened, ledger.paid, ledger.unallocated, ledger.entries


@FEW
@given(ANYTHING, OFFSETS)
def test_what_the_ledger_charges_itself_comes_out_as_it_was_lived(question, offset):
    """Law: every movement, open amount, count and total of penalty is that of the day-by-day oracle."""
    account, as_of, policy = question
    known_on = None if offset is None else as_of + days(offset)
    assert differences(account, as_of, policy, known_on) == []


@FEW
@given(ANYTHING, OFFSETS)
def test_what_was_charged_has_gone_one_way_or_is_open(question, offset):
    """Law: charged = settled + waived + written off + superseded + open; paid = settled + recovered + unallocated."""
    account, as_of, policy = question
    known_on = None if offset is None else as_of + days(offset)
    ledger = dq.replay(account, as_of=as_of, policy=policy, known_on=known_on)
    moved = sums(ledger)
    for part in dq.Component:
        gone = sum(moved[kind, part] for kind in WAYS_OUT)
        assert moved[KIND.CHARGED, part] == gone + ledger.open_amount(part)
    used = sum(
        moved[kind, part] for kind in (KIND.SETTLED, KIND.RECOVERED) for part in dq.Component
    )
    assert ledger.paid == used + ledger.unallocated


@FEW
@given(IN_TIME, st.data())
def test_asking_on_more_days_changes_nothing(question, data):
    """Law: what moved by an earlier day has moved alike by a later one, and nobody was charged for asking.

    A day that is asked for shows the penalty that accrued before it as charged; apart from such charges the
    earlier ledger is the beginning of the later one.
    """
    account, as_of, policy = question
    first, last = sorted((as_of, data.draw(closes(account))))
    before, after = (
        [
            entry
            for entry in dq.replay(account, as_of=day, policy=policy).entries
            if (entry.kind, entry.component) != (KIND.CHARGED, dq.Component.PENALTY)
        ]
        for day in (first, last)
    )
    assert after[: len(before)] == before
    assert all(entry.value_date > first for entry in after[len(before) :])


@FEW
@given(charging_questions(plain=True, changed=False), st.integers(1, 20))
def test_asked_every_day_or_once_penalty_is_the_same(question, span):
    """Law: accrued is posted and unposted on every day; accrued in all never falls from day to day.

    A cap by share with one rounding for the account may give a cent back: the share of a debt in a rounded
    sum is not its own.
    """
    account, as_of, policy = question
    once = dq.penalty_interest(account, as_of=as_of, policy=policy).accrued
    daily = [
        dq.penalty_interest(account, as_of=as_of - days(number), policy=policy)
        for number in reversed(range(span))
        if as_of - days(number) >= account.originated_on
    ]
    assert daily[-1].accrued == once
    for answer in daily:
        assert 0 <= answer.posted <= answer.accrued
    by_share = any(isinstance(cap, penalty.ShareOfBase) for cap in policy.penalty.caps)
    if not (by_share and policy.penalty.grain is penalty.RoundingGrain.ACCOUNT):
        accrued = [answer.accrued for answer in daily]
        assert accrued == sorted(accrued)


@FEW
@given(ANYTHING, st.data())
def test_payments_of_a_day_may_be_split_and_come_in_any_order(question, data):
    """Law: a payment in two parts of its kind, and facts given in any order, change nothing."""
    account, as_of, policy = question
    made = list(account.payments)
    if made:
        whole = made.pop(data.draw(st.integers(0, len(made) - 1)))
        cents = int(whole.amount * 100)
        part = data.draw(st.integers(0, cents - 1))
        made.append(attrs.evolve(whole, amount=money(cents - part)))
        made += [attrs.evolve(whole, amount=money(part))] if part else []
    other = attrs.evolve(
        account,
        payments=data.draw(st.permutations(made)),
        events=data.draw(st.permutations(list(account.events))),
    )
    asked = {"as_of": as_of, "policy": policy}
    assert told(account, **asked) == told(other, **asked)


@FEW
@given(IN_TIME)
def test_books_kept_in_time_know_what_happened(question):
    """Law: if every fact is recorded on its day, ``known_on=as_of`` changes nothing."""
    account, as_of, policy = question
    asked = {"as_of": as_of, "policy": policy}
    assert told(account, **asked, known_on=as_of) == told(account, **asked)


@FEW
@given(ANYTHING, st.integers(-60, 60))
def test_a_cut_of_what_was_known_answers_as_the_books_of_that_day(question, offset):
    """Law: ``known_on`` leaves out what came to the books later, and nothing else."""
    account, as_of, policy = question
    known_on = as_of + days(offset)

    def is_undone(fact):
        reversed_on = getattr(fact, "reversed_on", None)
        return reversed_on is not None and reversed_on <= known_on

    def begun(fact):
        return fact.start if hasattr(fact, "start") else fact.value_date

    def known(facts, made_on):
        """The facts on the books by then, a reversal that came later not yet made."""
        for fact in facts:
            if (fact.recorded_on or made_on(fact)) <= known_on and not is_undone(fact):
                yield attrs.evolve(fact, reversed_on=None) if hasattr(fact, "reversed_on") else fact

    books = attrs.evolve(
        account,
        payments=list(known(account.payments, begun)),
        charges=list(known(account.charges, lambda charge: charge.enters_on)),
        events=list(known(account.events, begun)),
    )
    asked = {"as_of": as_of, "policy": policy}
    assert told(account, **asked, known_on=known_on) == told(books, **asked)


STEADY = (penalty.RoundingGrain.INSTALMENT,)
"""Grains at which a payment cuts no line in two that are rounded each."""


def cost(account, *, as_of, policy):
    """What the credit has cost and still costs to settle."""
    owed = dq.breakdown(account, as_of=as_of, policy=policy)
    return owed.payoff + owed.ledger.paid


@st.composite
def priced_questions(draw):
    """A loan without fees of its own, a close, and a policy that charges penalty and nothing else."""
    place = draw(st.sampled_from(PLACES))
    terms = attrs.evolve(draw(terms_at(place)), grain=draw(st.sampled_from(STEADY)), caps=())
    parts = draw(st.permutations(list(dq.Component)))
    excess = draw(st.sampled_from((dq.Excess.HOLD, dq.Excess.NEXT_INSTALMENT)))
    order = dq.AllocationOrder.oldest_first(*parts, excess=excess)
    policy = attrs.evolve(policy_of(allocation=order), penalty=terms, penalty_in_waterfall=place)
    account = draw(accounts(plain=True, changed=False, charged=False))
    rows = [attrs.evolve(row, fees=0) for row in account.schedule]
    rates = [dq.DatedRate(account.originated_on, dq.Rate.per_year("0.06"))]
    account = attrs.evolve(account, schedule=dq.Schedule(CNY, rows), contract_rates=rates)
    return account, min(draw(closes(account)), account.originated_on + days(400)), policy


@FEW
@given(priced_questions(), amounts(least=1), st.data())
def test_paying_more_never_makes_a_credit_dearer(question, more, data):
    """Law: where excess is held or settles the next instalment, a payment more adds nothing to the cost.

    It is not so where excess goes to the last instalment, is shared out, or goes to the balance; nor where
    each line or day is rounded by itself, which a payment cuts in two; nor for fees of rows to come.
    """
    account, as_of, policy = question
    extra = dq.Payment(data.draw(closes(account)), more)
    richer = attrs.evolve(account, payments=(*account.payments, extra))
    asked = {"as_of": as_of, "policy": policy}
    assert cost(richer, **asked) <= cost(account, **asked)


def test_money_that_comes_early_and_goes_to_the_last_instalment_can_make_a_credit_dearer():
    """Paid on 31 January, 100.00 settle the first row; paid before, the second, and the first bears."""
    jan, feb = date(2025, 1, 31), date(2025, 2, 28)
    order = dq.AllocationOrder.oldest_first(
        "interest", "principal", "fees", "penalty", excess=dq.Excess.LAST_INSTALMENT
    )
    terms = penalty.PenaltyTerms(
        rate=penalty.FixedPenaltyRate(dq.Rate.per_year("0.36")),
        base=penalty.PenaltyBase.OVERDUE_PRINCIPAL,
        compounding=penalty.Compounding.NONE,
        day_count=dq.DayCount.ACT_360,
        posting=penalty.Posting.ON_DEMAND,
        grain=penalty.RoundingGrain.INSTALMENT,
    )
    policy = attrs.evolve(policy_of(allocation=order), penalty=terms)
    costs = [
        cost(
            dq.Account(
                account_id="A-1",
                originated_on=date(2024, 12, 31),
                schedule=dq.Schedule(CNY, [dq.Instalment(jan, 100), dq.Instalment(feb, 100)]),
                payments=[dq.Payment(paid_on, 100)],
            ),
            as_of=feb,
            policy=policy,
        )
        for paid_on in (jan, jan - days(1))
    ]
    assert costs == [200, money(20280)]
