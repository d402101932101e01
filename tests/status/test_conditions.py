"""Lines of a rulebook file, read and printed again; what is no line is refused with what is near."""

from __future__ import annotations

import random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.rounding import Proportion
from delinquency.status import (
    Anchor,
    Elapsed,
    Figure,
    FigureIs,
    Found,
    Operator,
    PeriodsPaid,
    ReportedIs,
    Restructured,
    SegmentIs,
    StateIs,
    StatusExit,
    StatusMachine,
    StatusState,
    StatusTrigger,
    TimeUnit,
)
from delinquency.status.condition_text import parse_condition
from delinquency.status.facts import FINDINGS, REPORTED_FIGURES
from tests.status.drawing import draw_condition

GOOD = [
    "days_past_due > 90",
    "delinquent_days >= 1",
    "material_days_past_due <= 0",
    "arrears = 0",
    "exposure < 1000.5",
    "reported expected_loss_share >= 0.5",
    "found bankruptcy",
    "not found technical_overdue",
    "found satisfactory_performance since restructuring",
    "found fraud since last miss, entering",
    "restructured",
    "restructured, gave up > 0.01",
    "segment non_retail",
    "default in default, restructured default",
    "12 months since restructuring, entering, grace end",
    "60 days since found bankruptcy",
    "2 periods paid since clearing, last miss",
]


def read(text: str):
    return parse_condition(text, findings=FINDINGS, reported=REPORTED_FIGURES, where="rule")


@pytest.mark.parametrize("text", GOOD)
def test_a_line_is_printed_as_it_was_written(text):
    assert str(read(text)) == text


@given(st.integers(0, 2**32))
def test_what_is_printed_is_read_as_the_same_condition(seed):
    """Law: text and value are two forms of one thing."""
    drawn = draw_condition(random.Random(seed), [], list(Anchor))
    words = {"findings": ("bankruptcy", "fraud"), "reported": ("loan_to_value",), "where": "rule"}
    assert parse_condition(str(drawn), **words) == drawn


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("days_past_du > 90", "found 'days_past_du'. Hint: Did you mean 'days_past_due'?"),
        ("days_past_due > 90.5", "expected a whole number of days, found 90.5"),
        ("days_past_due > ninety", "expected a number of 0 or more"),
        ("days_past_due > -1", "expected a number of 0 or more"),
        ("days_past_due => 90", "expected a condition such as"),
        ("found bankrupcy", "Did you mean 'bankruptcy'?"),
        ("reported expected_loss > 0.5", "Did you mean 'expected_loss_share'?"),
        ("not found fraud since entering", "expected 'found <finding> since <days>'"),
        ("found fraud since found bankruptcy", "expected 'found <finding> since <days>'"),
        ("found fraud since restructurin", "Did you mean 'restructuring'?"),
        ("found frau since restructuring", "Did you mean 'fraud'?"),
        ("9 days since found fraud since entering", "found 'fraud since entering'"),
        ("0 months since entering", "expected from 1 to 36,500, found 0"),
        ("99999 days since entering", "expected from 1 to 36,500"),
        ("12 months since the beginning", "found 'the beginning'"),
        ("2 periods paid since clearin", "Did you mean 'clearing'?"),
        ("segment retial", "Did you mean 'retail'?"),
        ("default in ,", "expected states between commas"),
        ("6 months in probation", "expected a condition such as"),
        ("days_past_due > 60 and arrears > 100", "Write each condition as a text of its own"),
        ("loan_to_value > 1.2", "expected 'reported loan_to_value'"),
        ("", "expected a condition such as"),
        ("__import__('os')", "expected a condition such as"),
    ],
)
def test_what_is_no_condition_is_refused(text, message):
    with pytest.raises(dq.PolicyError, match="rule: ") as caught:
        read(text)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: FigureIs(Figure.ARREARS, Operator.OVER, Proportion(1, 3)), "9 decimal places"),
        (
            lambda: FigureIs(Figure.DAYS_PAST_DUE, Operator.OVER, Proportion(1, 2)),
            "whole number of days",
        ),
        (lambda: FigureIs("arrears", Operator.OVER, Proportion(1, 2)), "Figure"),
        (lambda: FigureIs(Figure.ARREARS, ">", Proportion(1, 2)), "Operator"),
        (lambda: FigureIs(Figure.ARREARS, Operator.OVER, 1), "a Proportion"),
        (lambda: Restructured(0.01), "a Proportion"),
        (lambda: Found("fraud", "no"), "True or False"),
        (lambda: Found(["fraud"]), "a text that is not empty"),
        (
            lambda: Found("fraud", is_found=False, since=[Anchor.ENTERING]),
            "since: expected a finding that was made, found not found fraud since entering",
        ),
        (lambda: Found("fraud", since=Anchor.ENTERING), "since: expected an iterable of Anchor"),
        (lambda: Found("fraud", since=["entering"]), "since 1: expected an instance of Anchor"),
        (
            lambda: Elapsed(1, TimeUnit.DAYS, [Found("fraud", since=[Anchor.ENTERING])]),
            "a finding that was made without a day of its own",
        ),
        (lambda: StateIs("m", "ab"), "a list of texts"),
        (lambda: StateIs("m", None), "a list of texts"),
        (lambda: StateIs("m", ()), "at least one state"),
        (lambda: StateIs(["m"], ("b",)), "a text that is not empty"),
        (lambda: Elapsed(3, TimeUnit.MONTHS, Anchor.CLEARING), "a list of days"),
        (lambda: Elapsed(0, TimeUnit.DAYS, (Anchor.ENTERING,)), "from 1 to 36,500"),
        (lambda: Elapsed(True, TimeUnit.DAYS, (Anchor.ENTERING,)), "an int"),
        (lambda: Elapsed(1, TimeUnit.DAYS, ()), "at least one day"),
        (lambda: Elapsed(1, TimeUnit.DAYS, ("entering",)), "an Anchor or a Found"),
        (lambda: PeriodsPaid(1, (Found("fraud", is_found=False),)), "a finding that was made"),
    ],
)
def test_a_value_that_is_no_condition_is_refused(make, message):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert message in str(caught.value)


STATES = [StatusState("a"), StatusState("b"), StatusState("c")]
LATE = FigureIs(Figure.DAYS_PAST_DUE, Operator.OVER, Proportion(0, 1))


def machine(**changes: object) -> StatusMachine:
    given = {"name": "m", "states": STATES, "triggers": [StatusTrigger(to="b", when=[LATE])]}
    return StatusMachine(**(given | changes))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: machine(states=STATES[:1]), "at least two states"),
        (lambda: machine(states=[*STATES, STATES[0]]), "each once"),
        (
            lambda: machine(triggers=[StatusTrigger(to="d", when=[LATE])]),
            "trigger 1, to: expected one of the states a, b, c, found 'd'",
        ),
        (lambda: machine(triggers=[StatusTrigger(to="b", when=[])]), "at least one condition"),
        (lambda: machine(triggers=[StatusTrigger(to="b", when=["late"])]), "a Condition"),
        (
            lambda: machine(
                triggers=[
                    StatusTrigger(to="b", when=[Elapsed(1, TimeUnit.DAYS, [Anchor.LAST_TRIGGER])])
                ]
            ),
            "'last trigger' in exits alone",
        ),
        (
            lambda: machine(
                triggers=[StatusTrigger(to="b", when=[Found("fraud", since=[Anchor.LAST_TRIGGER])])]
            ),
            "'last trigger' in exits alone",
        ),
        (lambda: machine(exits=[StatusExit(leaving=[], to="a", when=[])]), "exit 1, leaving"),
        (
            lambda: machine(exits=[StatusExit(leaving=["b"], to="b", when=[])]),
            "a state better than 'b'",
        ),
        (
            lambda: machine(exits=[StatusExit(leaving=["c", "b"], to="b", when=[])]),
            "a state better than 'b'",
        ),
        (lambda: machine(name=" m"), "without spaces around it"),
        (lambda: StatusState("a, b"), "a text without commas"),
        (lambda: StatusState(""), "a text without commas"),
        (lambda: StatusState("a\nb"), "a text without commas"),
        (lambda: StatusState("a", is_performing="no"), "True or False"),
        (lambda: StatusTrigger(to="b", when=LATE), "a list of conditions"),
        (lambda: StatusTrigger(to="b", when=None), "a list of conditions"),
        (lambda: StatusState("a", label=1), "a text"),
    ],
)
def test_a_machine_that_contradicts_itself_is_refused(make, message):
    with pytest.raises(dq.DelinquencyError) as caught:
        make()
    assert message in str(caught.value)


def test_rules_are_told_in_a_line_each():
    late = StatusTrigger(to="b", when=[LATE, Found("fraud")], leaving=["a"])
    assert str(late) == "from a to b: days_past_due > 0, and found fraud"
    back = StatusExit(leaving=["b", "c"], to="a", when=[])
    assert str(back) == "from b, c to a: as soon as nothing holds it"


def test_a_small_number_is_written_without_an_exponent():
    told = str(ReportedIs("loan_to_value", Operator.OVER, Proportion(1, 10**9)))
    assert told == "reported loan_to_value > 0.000000001"
    assert str(read(told)) == told


def test_a_state_is_told_by_its_label_of_a_language_or_its_code():
    state = StatusState("b", label="bad", label_zh="不良")
    assert [state.text(), state.text("en"), state.text("zh")] == ["bad", "bad", "不良"]
    assert [StatusState("b", label="bad").text("zh"), StatusState("b").text()] == ["b", "b"]


def policy_with(*conditions: object, before: tuple[StatusMachine, ...] = ()) -> dq.Policy:
    rules = [StatusTrigger(to="b", when=[condition]) for condition in conditions]
    law = dq.rulebook.load("founding-report").versions[-1]
    return attrs.evolve(law, status=[*before, machine(triggers=rules)])


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: policy_with(Found("bankrupcy")), "Did you mean 'bankruptcy'?"),
        (lambda: policy_with(SegmentIs("retial")), "Did you mean 'retail'?"),
        (lambda: policy_with(ReportedIs("typo", Operator.OVER, Proportion(1, 2))), "found 'typo'"),
        (
            lambda: policy_with(
                FigureIs(Figure.MATERIAL_DAYS_PAST_DUE, Operator.OVER, Proportion(60, 1))
            ),
            "a counting rule with materiality",
        ),
        *(
            (
                lambda name=name: policy_with(StateIs(name, ("b",)), before=(machine(name=name),)),
                "status 'm'",
            )
            for name in ("segment", "found", "found x", "a in b", "1 months since x")
        ),
    ],
)
def test_a_policy_refuses_what_its_own_file_could_not_say(make, message):
    with pytest.raises(dq.PolicyError) as caught:
        make()
    assert message in str(caught.value)
