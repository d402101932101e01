"""The library against the day-by-day oracle, on every figure."""

from __future__ import annotations

from fractions import Fraction

import attrs
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.counting.rule import MONTH_COUNTS
from tests.oracle.day_by_day import oracle_assess
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

AGES = (
    dq.CountName.DAYS_PAST_DUE,
    dq.CountName.DELINQUENT_DAYS,
    dq.CountName.MBA_MONTHS,
    dq.CountName.OTS_MONTHS,
)


NOT_IN_PAYMENTS = [name for name in dq.CountName if name is not dq.CountName.PAYMENTS_IN_ARREARS]


def choosing(reads: dq.CountName):
    """Policies of every choice that read one count; an age frozen in days is not read in months."""
    months = reads in MONTH_COUNTS
    fixed = {"schedule_change": dq.ScheduleChangeRule.CONTINUE} if months else {}
    return policies(choices=True, reads=reads, **fixed)


def open_amounts(ledger: dq.Ledger) -> dict:
    found = {}
    for obligation, amounts in zip(ledger.obligations, ledger.open_rows, strict=True):
        if not ledger.is_in_force(obligation):
            continue
        name = obligation.instalment_no or ledger.name_of(obligation)
        for component, minor in zip(dq.Component, amounts, strict=True):
            if minor:
                found[name, component.value] = Fraction(minor, 100)
    return found


def moves(ledger: dq.Ledger) -> dict:
    """What moved, by day, name of the move, debt and component."""
    found: dict = {}
    for entry in ledger.entries:
        name = entry.instalment_no or entry.charge_id
        key = (entry.value_date, entry.kind.value, name, entry.component.value)
        found[key] = found.get(key, 0) + Fraction(entry.amount)
    return found


def figures(account, as_of, policy, known_on) -> dict:
    asked = {"as_of": as_of, "policy": policy, "known_on": known_on}
    answer = dq.assess(account, **asked)
    next_payment = dq.next_payment_due(account, **asked)
    found = {
        "days_past_due": answer.days_past_due,
        "delinquent_days": answer.delinquent_days,
        "arrears": Fraction(answer.arrears),
        "exposure": Fraction(answer.exposure),
        "oldest_due_date": answer.oldest_due_date,
        "reading": answer.reading,
        "bucket_code": answer.bucket.code,
        "paid": Fraction(answer.ledger.paid),
        "unallocated": Fraction(answer.unallocated),
        "waived": Fraction(answer.ledger.waived),
        "written_off": Fraction(answer.ledger.written_off),
        "moves": moves(answer.ledger),
        "open_amounts": open_amounts(answer.ledger),
        "next_payment": next_payment and (next_payment.due_date, Fraction(next_payment.amount)),
    }
    if policy.buckets.reads in AGES:
        found["late"] = [
            (late.due_date, Fraction(late.open_amount), late.days_past_due, late.delinquent_days)
            for late in dq.instalment_ages(account, **asked)
        ]  # fmt: skip
    return found


def lived(account, as_of, policy, known_on) -> dict:
    answer = oracle_assess(account, as_of=as_of, policy=policy, known_on=known_on)
    found = vars(answer)
    found["late"] = [tuple(vars(late).values())[1:] for late in answer.late]
    if policy.buckets.reads not in AGES:
        del found["late"]
    return found


@MOST
@given(questions(), policies(), st.none() | st.integers(-60, 60))
def test_every_figure_is_the_one_found_by_living_through_every_day(question, policy, offset):
    """Law: for every account, policy, close and cut, library and oracle agree on every figure."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    assert figures(account, as_of, policy, known_on) == lived(account, as_of, policy, known_on)


@MOST
@given(
    questions(facts=True),
    st.sampled_from(NOT_IN_PAYMENTS).flatmap(choosing),
    st.none() | st.integers(-60, 60),
)
def test_every_fact_and_every_choice_comes_out_as_it_was_lived(question, policy, offset):
    """Law: the same with decisions, accelerations, money by kind, orders by age, every excess."""
    account, as_of = question
    known_on = None if offset is None else as_of + days(offset)
    assert figures(account, as_of, policy, known_on) == lived(account, as_of, policy, known_on)


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
    assert figures(account, as_of, policy, None) == lived(account, as_of, policy, None)


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
