"""What a dispute may change of an answer, and what it may not."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.portfolio import Portfolio
from delinquency.portfolio import assess as assess_book
from delinquency.portfolio import instalment_ages as ages_of_book
from tests.oracle.comparing import differences
from tests.strategies_internal import FEW, MANY, days, disputes_for, policies, questions

MORE_THAN_EVERYTHING = 10**9
NOT_FROZEN = st.sampled_from((dq.ScheduleChangeRule.FOLLOW_NEW, dq.ScheduleChangeRule.CONTINUE))


def disputing(account: dq.Account, *disputes: dq.Dispute) -> dq.Account:
    return attrs.evolve(account, events=(*account.events, *disputes))


def choosing(choices: bool):
    """Policies of every choice and count, among them what counts of a lost dispute."""
    reads = st.none() | st.just(dq.CountName.MATERIAL_DAYS_PAST_DUE)
    return st.tuples(st.sampled_from(dq.LostDispute), reads).flatmap(
        lambda chosen: policies(choices=choices, lost_dispute=chosen[0], reads=chosen[1])
    )


@MANY
@given(questions(facts=True, disputed=True), choosing(True), st.none() | st.integers(-60, 60))
def test_what_is_disputed_is_counted_as_it_was_lived(question, policy, offset):
    """Law: with disputes of named debts and of the oldest arrears, library and oracle agree."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    assert differences(account, as_of, policy, known_on) == []


@MANY
@given(questions(facts=True, disputed=True), choosing(True), st.data())
def test_one_more_dispute_makes_nobody_later(question, policy, data):
    """Law: adding a dispute raises no count, and neither arrears nor what is late."""
    account, as_of = question
    more = data.draw(disputes_for(account, first_id=10))
    before = dq.assess(account, as_of=as_of, policy=policy)
    after = dq.assess(disputing(account, *more), as_of=as_of, policy=policy)
    assert after.days_past_due <= before.days_past_due
    assert after.delinquent_days <= before.delinquent_days
    assert after.reading <= before.reading
    assert after.arrears <= before.arrears
    assert after.arrears + after.disputed == before.arrears + before.disputed
    assert after.exposure == before.exposure
    assert after.ledger.entries == before.ledger.entries


@MANY
@given(questions(facts=True, disputed=True), policies(choices=True), NOT_FROZEN)
def test_whoever_disputes_everything_is_not_late(question, policy, change):
    """Law: while all arrears are disputed there are none, and no days past due."""
    account, as_of = question
    counting = attrs.evolve(policy.counting, schedule_change=change)
    policy = attrs.evolve(policy, counting=counting)
    start = account.originated_on
    everything = dq.Dispute("all", start, MORE_THAN_EVERYTHING, max(as_of, start) + days(1))
    answer = dq.assess(disputing(account, everything), as_of=as_of, policy=policy)
    assert (answer.days_past_due, answer.arrears, answer.late_instalments) == (0, 0, ())


@MANY
@given(questions(facts=True, disputed=True), choosing(True))
def test_a_dispute_that_holds_nothing_changes_nothing(question, policy):
    """Law: one that is yet to come, or that was taken back, leaves every figure as it is."""
    account, as_of = question
    begun = account.originated_on
    later = max(as_of, begun) + days(1)
    idle = [dq.Dispute("to come", later, MORE_THAN_EVERYTHING)]
    if as_of >= begun:
        idle.append(dq.Dispute("undone", begun, MORE_THAN_EVERYTHING, reversed_on=as_of))
    plain = dq.assess(account, as_of=as_of, policy=policy)
    held = dq.assess(disputing(account, *idle), as_of=as_of, policy=policy)
    assert held.count == plain.count
    assert (held.reading, held.bucket) == (plain.reading, plain.bucket)
    assert held.disputed == plain.disputed


@FEW
@given(
    st.lists(questions(facts=True, disputed=True), min_size=1, max_size=5),
    choosing(True),
    st.booleans(),
)
def test_a_book_counts_disputes_as_its_accounts_do(drawn, policy, is_known):
    """Law: every column of a book with disputes equals the account on its row, to the last cent."""
    as_of = drawn[0][1]
    accounts = [attrs.evolve(one, account_id=f"A-{n}") for n, (one, _) in enumerate(drawn)]
    book = Portfolio.from_accounts(accounts)
    assert [*book] == accounts
    asked = {"as_of": as_of, "policy": policy, "known_on": as_of if is_known else None}
    told, ages = assess_book(book, **asked), ages_of_book(book, **asked)
    disputed = told.disputed()
    for row, account in enumerate(accounts):
        answer = dq.assess(account, **asked)
        assert disputed[row] == answer.disputed * 100
        assert told.days_past_due[row] == answer.days_past_due
        assert told.delinquent_days[row] == answer.delinquent_days
        assert told.arrears[row] == answer.count.arrears
        assert told.bucket_of(row) == answer.bucket
        assert ages.row(row) == answer.late_instalments
