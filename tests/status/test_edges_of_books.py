"""Books at the edges: nobody judged, machines of many states, shares of many digits, versions that differ."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

import delinquency as dq
from delinquency.counting.materiality import Materiality
from delinquency.errors import PolicyError
from delinquency.portfolio import Engine, Portfolio, assess_status, material_days_past_due
from delinquency.status import (
    Figure,
    FigureIs,
    Operator,
    StatusMachine,
    StatusState,
    StatusTrigger,
)
from delinquency.validity import SelectedBy, Validity
from tests.status.both_paths import asked_both_ways, row_differences
from tests.status.test_books import CN, CNY, EU, LAST, book_of, loan

PLAIN = attrs.evolve(CN.versions[-1], provisions=None)
CHANGE = date(2024, 1, 1)


def a_state_a_day(count: int, validity: Validity | None = None) -> dq.Policy:
    """From day 1 on another state on each day, up to the last of them."""
    codes = [str(number) for number in range(count)]
    triggers = [
        StatusTrigger(
            to=code,
            when=[FigureIs(Figure.DAYS_PAST_DUE, Operator.AT_LEAST, dq.Proportion(number, 1))],
        )
        for number, code in enumerate(codes)
        if number
    ]
    machine = StatusMachine(
        name="day", states=[StatusState(code) for code in codes], triggers=triggers
    )
    return attrs.evolve(PLAIN, status=[machine], validity=validity or Validity())


@pytest.mark.parametrize("count", [62, 63, 64, 65, 127, 128])
def test_a_machine_may_have_more_states_than_a_number_has_bits(count):
    # Two months paid: due on 28 March, and late for 278 days.
    told = asked_both_ways(loan("A", CNY, 2), as_of=LAST, policy=a_state_a_day(count))
    assert told.state.code == str(count - 1)
    assert len(told.spans("day")) == count


def test_a_book_counts_through_128_states_of_a_machine_and_refuses_more():
    with pytest.raises(PolicyError, match=r"at most 128 states in a book, found 129.*one by one"):
        assess_status(book_of(), as_of=LAST, policy=a_state_a_day(129))


@pytest.mark.parametrize("engine", [Engine.COMPILED, Engine.INTERPRETED])
@pytest.mark.parametrize("counts", [(9, 80), (80, 9)])
def test_one_of_two_versions_by_origination_may_have_too_many_states_for_the_loop(engine, counts):
    by_origin = SelectedBy.ORIGINATED_ON
    timeline = dq.PolicyTimeline(
        name="two",
        versions=[
            a_state_a_day(counts[0], Validity(None, CHANGE, by_origin)),
            a_state_a_day(counts[1], Validity(CHANGE, None, by_origin)),
        ],
    )
    late = attrs.evolve(loan("L", CNY, 2), originated_on=date(2024, 1, 5))
    book = Portfolio.from_accounts([*book_of(), late])
    told = assess_status(book, as_of=LAST, policy=timeline, engine=engine)
    codes = [dq.assess_status(each, as_of=LAST, policy=timeline).state.code for each in book]
    assert told.codes().tolist() == codes
    assert (codes[2], codes[-1]) == tuple(str(count - 1) for count in counts)


@pytest.mark.parametrize("engine", [Engine.COMPILED, Engine.INTERPRETED])
def test_a_material_share_may_have_more_digits_than_64_bits(engine):
    """Accounts that owe nothing at all could be counted by the loop, but not by its numbers."""
    share = dq.Proportion.parse("0.0000000000000000000000001")
    limits = Materiality(100, share, CNY)
    policy = attrs.evolve(PLAIN, counting=attrs.evolve(PLAIN.counting, materiality=limits))
    empty = dq.Schedule(CNY, [dq.Instalment(date(2024, 1, 28), 0)])
    nothing = attrs.evolve(loan("Z", CNY, 0), schedule=empty)
    book = Portfolio.from_accounts([loan("A", CNY, 2), nothing])
    days = material_days_past_due(book, as_of=LAST, policy=policy, engine=engine)
    assert days.tolist() == [278, 0]
    told = assess_status(book, as_of=LAST, policy=policy, engine=engine)
    for row, account in enumerate(book):
        alone = dq.assess_status(account, as_of=LAST, policy=policy)
        assert row_differences(told, row, alone) == []


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
def test_a_frame_of_a_book_in_which_nobody_is_judged_has_no_rows(backend):
    nobody = assess_status(book_of(), as_of=date(2023, 12, 1), policy=CN).to_frame(backend)
    somebody = assess_status(book_of(), as_of=LAST, policy=CN).to_frame(backend)
    assert nobody.shape == (0, 8)
    names = [list(getattr(each, "column_names", each.columns)) for each in (nobody, somebody)]
    assert names[0] == names[1]


def test_whether_a_span_is_performing_is_said_by_the_version_that_led_to_it():
    machine = a_state_a_day(3).status[0]
    milder = [attrs.evolve(state, is_performing=state.code == "0") for state in machine.states]
    stricter = [*milder, StatusState("3", is_performing=False)]
    versions = [
        a_state_a_day(3, Validity(None, date(2024, 3, 29))),
        attrs.evolve(
            PLAIN,
            status=[attrs.evolve(machine, states=stricter)],
            validity=Validity(date(2024, 3, 29), None),
        ),
    ]
    timeline = dq.PolicyTimeline(name="two", versions=versions)
    # One late day on 29 February, under the old law; another one from 29 March on, under the new.
    account = attrs.evolve(
        loan("A", CNY, 2),
        payments=[dq.Payment(date(2024, 1, 28), 300), dq.Payment(date(2024, 3, 1), 300)],
    )
    told = asked_both_ways(account, as_of=LAST, policy=timeline)
    expected = [
        (span.state.code, span.start, span.state.is_performing) for span in told.spans("day")
    ]
    assert [row[2] for row in expected if row[0] == "1"] == [True, False]
    book = Portfolio.from_accounts([account])
    rows = assess_status(book, as_of=LAST, policy=timeline).to_frame("pyarrow").to_pylist()
    assert [(row["state"], row["start"], row["is_performing"]) for row in rows] == expected


@pytest.mark.parametrize("verb", [assess_status, material_days_past_due])
@pytest.mark.parametrize("engine", [Engine.COMPILED, Engine.INTERPRETED])
@pytest.mark.parametrize("as_of", [date(2023, 12, 1), LAST])
def test_another_currency_is_refused_though_nobody_began_and_none_is_for_the_loop(
    verb, engine, as_of
):
    charge = dq.Charge(
        charge_id="c", component=dq.Component.FEES, amount=5, due_date=date(2024, 3, 1)
    )
    book = Portfolio.from_accounts([attrs.evolve(loan("A", CNY, 2), charges=[charge])])
    with pytest.raises(PolicyError, match="EUR"):
        verb(book, as_of=as_of, policy=EU, engine=engine)
