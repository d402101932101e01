"""The fold against living every day, on drawn machines, facts and accounts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from tests.status.comparing import differences
from tests.strategies_internal import MANY


@MANY
@given(st.integers(0, 2**32))
def test_the_states_are_those_of_an_account_lived_day_by_day(seed):
    """Law: skipping the days on which nothing can change changes nothing."""
    assert differences(f"law-{seed}") == []


@pytest.mark.parametrize("seed", ["x-185", "x-315", *(f"fixed-{number}" for number in range(20))])
def test_drawn_questions_that_were_wrong_or_are_always_asked(seed):
    assert differences(seed) == []


def late_loan(*payments: dq.Payment, events: tuple[object, ...] = ()) -> dq.Account:
    dues = [date(2024, month, 28) for month in range(1, 13)]
    return dq.Account(
        account_id="A",
        originated_on=date(2023, 12, 28),
        schedule=dq.Schedule(dq.Currency.of("EUR"), [dq.Instalment(due, 300) for due in dues]),
        payments=payments,
        events=events,
    )


POLICY = dq.rulebook.load("eu-default-retail")
LAST = date(2025, 6, 30)


def spans(account: dq.Account, as_of: date = LAST, **asked: date) -> list[tuple[date, str]]:
    told = dq.assess_status(account, as_of=as_of, policy=POLICY, **asked)
    return [(span.start, span.state.code) for span in told.spans("default")]


def test_a_later_fact_changes_no_earlier_day():
    """Law: facts of later days change earlier ones only where they are back-dated."""
    paid = dq.Payment(date(2024, 6, 10), 3600)
    before = spans(late_loan(paid), date(2024, 6, 9))
    assert spans(late_loan(), date(2024, 6, 9)) == before
    assert spans(late_loan(paid))[: len(before)] == before


def test_a_back_dated_fact_restates_the_past_and_what_was_answered_then_can_be_asked_for():
    """Law: an old date asked again with what was known gives the old answer."""
    back_dated = dq.Payment(date(2024, 3, 1), 3600, recorded_on=date(2024, 7, 1))
    account = late_loan(back_dated)
    day = date(2024, 6, 1)
    assert spans(account, day)[-1][1] == "not in default"
    assert spans(account, day, known_on=day) == spans(late_loan(), day)
    assert spans(account, day, known_on=day)[-1][1] == "default"


def test_money_that_was_taken_back_was_never_paid_once_that_is_known():
    bounced = dq.Payment(date(2024, 4, 20), 3600, reversed_on=date(2024, 4, 29))
    account = late_loan(bounced)
    assert spans(account, date(2024, 4, 28))[-1][1] == "not in default"
    assert spans(account, date(2024, 4, 29))[-1] == (date(2024, 4, 28), "default")


@given(st.lists(st.sampled_from(list(dq.FindingKind)), unique=True, max_size=4))
def test_one_more_trigger_never_makes_a_class_better(kinds):
    """Law: the worst trigger wins, so what is found besides only ever worsens."""
    policy = dq.rulebook.load("cn-loan")
    schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)])
    order = [state.code for state in policy.versions[-1].status[-1].states]
    worst = 0
    for count in range(len(kinds) + 1):
        events = [dq.Finding(kind, date(2025, 1, 5)) for kind in kinds[:count]]
        account = dq.Account(
            account_id="A", originated_on=date(2025, 1, 1), schedule=schedule, events=events
        )
        told = dq.assess_status(account, as_of=date(2025, 1, 6), policy=policy)
        place = order.index(told.state.code)
        assert place >= worst
        worst = place


def test_a_charge_back_that_was_taken_back_was_never_made():
    taken_back = dq.ChargeBack(
        charge_back_id="c", value_date=date(2024, 2, 5), principal=900, reversed_on=date(2024, 8, 1)
    )
    paid = [dq.Payment(date(2024, month, 28), 300) for month in range(1, 13)]
    assert spans(late_loan(*paid, events=(taken_back,))) == spans(late_loan(*paid))
    assert len(spans(late_loan(*paid, events=(taken_back,)), date(2024, 7, 31))) == 2


def test_of_a_restructuring_and_its_correction_the_correction_holds():
    first = dq.Restructuring(
        date(2024, 1, 10),
        date(2024, 3, 1),
        diminished_share=dq.Proportion(0, 1),
        reversed_on=date(2024, 2, 10),
    )
    second = dq.Restructuring(
        date(2024, 1, 10),
        date(2024, 3, 1),
        diminished_share=dq.Proportion(1, 20),
        recorded_on=date(2024, 2, 10),
    )
    account = late_loan(events=(first, second))
    assert spans(account, date(2024, 1, 31))[-1][1] == "restructured default"
    day = date(2024, 1, 31)
    assert spans(account, day, known_on=day)[-1][1] == "not in default"
