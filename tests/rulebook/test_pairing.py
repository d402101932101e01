"""Lines of two policies in pairs: by what they are about, then by how alike they are."""

from __future__ import annotations

from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import delinquency as dq
from delinquency.rulebook.describe import to_markdown
from delinquency.rulebook.pairing import paired
from delinquency.status import StatusMachine, StatusTrigger
from delinquency.status.condition_text import parse_condition

LINES = st.lists(st.sampled_from(["to A: x", "to A: y", "to B: x", "from A to B: z", "plain", "q"]))


@given(LINES, LINES)
def test_every_line_is_told_as_often_as_it_is_of_one_side_alone(ours, theirs):
    """Law: pairs hold what one side has beyond the other, no more and no less."""
    pairs = list(paired(ours, theirs))
    left = Counter(a for a, _ in pairs if a is not None)
    right = Counter(b for _, b in pairs if b is not None)
    assert left == Counter(ours) - Counter(theirs)
    assert right == Counter(theirs) - Counter(ours)
    assert (None, None) not in pairs


@given(LINES, LINES)
def test_the_other_way_round_as_many_lines_are_pairs(ours, theirs):
    """Law: who is compared with whom changes no more than the sides."""

    def full(pairs):
        return sum(None not in pair for pair in pairs)

    assert full(paired(ours, theirs)) == full(paired(theirs, ours))


@pytest.mark.parametrize(
    ("ours", "theirs", "pairs"),
    [
        ([], [], []),
        (["a"], ["a"], []),
        (["none"], ["3 days, deducted"], [("none", "3 days, deducted")]),
        (["to A: x > 1"], [], [("to A: x > 1", None)]),
        (
            ["to A: x > 1", "to B: x > 2", "to C: x > 3"],
            ["to A: found y", "to A: x > 1", "to B: x > 2", "to C: x > 3"],
            [(None, "to A: found y")],
        ),
        (
            ["to A: x > 90", "to A: found y"],
            ["to A: found z", "to A: x > 60", "to A: found y"],
            [("to A: x > 90", "to A: x > 60"), (None, "to A: found z")],
        ),
        (
            ["from B to A: 3 months", "from C to A: 1 month"],
            ["from C to B: 1 month", "from B, D to A: 3 months"],
            [
                ("from B to A: 3 months", "from B, D to A: 3 months"),
                ("from C to A: 1 month", None),
                (None, "from C to B: 1 month"),
            ],
        ),
        (
            ["由 B 转为 A：x", "转为 C：y"],
            ["转为 C：z", "由 D 转为 A：x"],
            [("由 B 转为 A：x", "由 D 转为 A：x"), ("转为 C：y", "转为 C：z")],
        ),
    ],
)
def test_a_line_is_paired_with_the_nearest_that_is_about_the_same(ours, theirs, pairs):
    assert list(paired(ours, theirs)) == pairs


def with_triggers(policy: dq.Policy, place: int, *more: str) -> dq.Policy:
    """A policy whose last machine has more triggers, before the one at a place."""
    *others, machine = policy.status
    added = [
        StatusTrigger(
            to=machine.states[1].code,
            when=[parse_condition(line, findings=["fraud", "evasion"], reported=(), where="test")],
        )
        for line in more
    ]
    triggers = [*machine.triggers[:place], *added, *machine.triggers[place:]]
    longer: StatusMachine = attrs.evolve(machine, triggers=triggers)
    return attrs.evolve(policy, status=[*others, longer])


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", ["cn-loan", "in-sma", "eu-default-retail", "ifrs9"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_rule_that_is_inserted_anywhere_is_one_insertion(name, place, lang):
    policy = dq.rulebook.load(name).versions[-1]
    longer = with_triggers(policy, place, "found fraud")
    (row,) = dq.rulebook.compare(policy, longer).rows
    assert (row.name, row.a) == ("Trigger", None)
    assert row.b is not None
    assert row.b.endswith(": found fraud")
    (gone,) = dq.rulebook.compare(longer, policy).rows
    assert (gone.a, gone.b) == (row.b, None)
    text = dq.rulebook.compare(policy, longer).to_text(lang=lang)
    assert text.count("  A  ") == 1


def test_whom_a_machine_judges_is_one_line():
    policy = dq.rulebook.load("eu-default-other").versions[-1]
    alone = attrs.evolve(
        policy, status=[attrs.evolve(each, level=dq.Level.ACCOUNT) for each in policy.status]
    )
    found = dq.rulebook.compare(alone, policy)
    assert [(row.name, row.a, row.b) for row in found.rows] == [("Level", None, "default: obligor")]
    assert "default：按债务人" in found.to_text(lang="zh")
    assert "It judges a debtor with all accounts." in to_markdown(dq.rulebook.load("in-sma"))
    assert "It judges" not in to_markdown(dq.rulebook.load("ifrs9"))


def test_a_threshold_that_is_changed_beside_an_insertion_is_one_pair_and_one_insertion():
    policy = dq.rulebook.load("ifrs9").versions[-1]
    a = with_triggers(policy, 0, "days_past_due > 60")
    b = with_triggers(policy, 0, "found evasion", "days_past_due > 61")
    told = [(row.a, row.b) for row in dq.rulebook.compare(a, b).rows]
    assert told == [
        ("to stage 2: days_past_due > 60", "to stage 2: days_past_due > 61"),
        (None, "to stage 2: found evasion"),
    ]
