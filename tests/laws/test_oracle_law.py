"""The library against the day-by-day oracle, on every figure."""

from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.counting.rule import MONTH_COUNTS
from tests.oracle.comparing import AGES, differences
from tests.strategies_internal import (
    FEW,
    MANY,
    MOST,
    countings,
    days,
    policies,
    policy_of,
    questions,
)


def choosing(reads: dq.CountName):
    """Policies of every choice that read one count; an age frozen in days is not read in months."""
    months = reads in MONTH_COUNTS
    fixed = {"schedule_change": dq.ScheduleChangeRule.CONTINUE} if months else {}
    return policies(choices=True, reads=reads, **fixed)


@MOST
@given(questions(), policies(), st.none() | st.integers(-60, 60))
def test_every_figure_is_the_one_found_by_living_through_every_day(question, policy, offset):
    """Law: for every account, policy, close and cut, library and oracle agree on every figure."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    assert differences(account, as_of, policy, known_on) == []


@MOST
@given(
    questions(facts=True),
    st.sampled_from(dq.CountName).flatmap(choosing),
    st.none() | st.integers(-60, 60),
)
def test_every_fact_and_every_choice_comes_out_as_it_was_lived(question, policy, offset):
    """Law: the same with decisions, accelerations, money by kind, orders by age, every excess."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    assert differences(account, as_of, policy, known_on) == []


@MANY
@given(
    questions(charged=False, changed=False),
    countings(),
    st.permutations(list(dq.Component)),
    st.booleans(),
    st.sampled_from(AGES),
)
def test_the_short_way_by_totals_arrives_where_every_day_was_lived(
    question, counting, components, hold, reads
):
    """Law: where money fills debts in order, running sums give what the full life gives."""
    account, as_of = question
    order = dq.AllocationOrder.oldest_first(
        *components, excess=dq.Excess.HOLD if hold else dq.Excess.NEXT_INSTALMENT
    )
    if reads in MONTH_COUNTS:
        counting = attrs.evolve(counting, schedule_change=dq.ScheduleChangeRule.CONTINUE)
    policy = policy_of(counting, order, reads)
    assert differences(account, as_of, policy, None) == []


@FEW
@given(questions(), policies())
def test_a_plain_verb_answers_what_the_assessment_answers(question, policy):
    """Law: days_past_due, delinquent_days and instalment ages are the assessment's own."""
    account, as_of = question
    answer = dq.assess(account, as_of=as_of, policy=policy)
    assert dq.days_past_due(account, as_of=as_of, policy=policy) == answer.days_past_due
    assert dq.delinquent_days(account, as_of=as_of, policy=policy) == answer.delinquent_days
    if policy.buckets.reads in AGES:
        assert dq.instalment_ages(account, as_of=as_of, policy=policy) == answer.late_instalments
