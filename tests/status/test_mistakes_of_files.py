"""The likely slips of somebody who writes a regime: each is told with its line, and how it is written."""

from __future__ import annotations

import attrs
import pytest

import delinquency as dq
from delinquency.status import StatusExit, StatusTrigger
from tests.status.test_obligor import USD, ask, loan

HOUSE = """id = "house-watch"
title = "Watch list of the house"
penalty_in_waterfall = "outside"
[[version]]
[version.counting]
first_day = "day_after_due_date"
[version.allocation]
order = ["fees", "penalty", "interest", "principal"]
[version.buckets]
name = "house"
reads = "days_past_due"
band = [{ code = "0", from = 0, to = 0, is_stressed = false }, { code = "1+", from = 1 }]
[[version.status]]
name = "watch list"
state = [{ code = "off" }, { code = "watched" }, { code = "blocked", is_performing = false }]
[[version.status.trigger]]
to = "watched"
when = ["days_past_due > 5"]
[[version.status.trigger]]
to = "blocked"
when = ["days_past_due > 60"]
[[version.status.exit]]
leaving = ["watched", "blocked"]
to = "off"
when = ["2 periods paid since clearing"]
"""


def mistake(old: str, new: str, count: int = 1) -> dq.DelinquencyError:
    assert old in HOUSE
    with pytest.raises(dq.PolicyError) as caught:
        dq.rulebook.loads(HOUSE.replace(old, new, count), source="house.toml")
    return caught.value


def test_the_file_is_right_before_somebody_slips() -> None:
    assert dq.rulebook.loads(HOUSE).versions[0].status[0].name == "watch list"


FIVE = '"days_past_due > 5"'
CURE = '"2 periods paid since clearing"'
MISTAKES = [
    ("[[version]]", "[version]", 4, "Write [[version]], in double brackets."),
    ("[[version.status]]", "[version.status]", 13, "Write [[version.status]], in double brackets."),
    ("[[version.status.exit]]", "[version.status.exit]", 22, "Write [[version.status.exit]], in double brackets."),
    ("[version.counting]", "[[version.counting]]", 5, "Write [version.counting], in single brackets."),
    (f"when = [{FIVE}]", f"when = {FIVE}", 18, 'Write a list, in brackets: when = ["days_past_due > 5"].'),
    ('leaving = ["watched", "blocked"]', 'leaving = "watched"', 23, 'Write a list, in brackets: leaving = ["watched"].'),
    ("leaving = ", "from = ", 22, "Is 'from' meant? Write 'leaving'."),
    (f"when = [{FIVE}]", f'when = [{FIVE}]\nfrom = ["off"]', 19, "Did you mean 'leaving'?"),
    ("when = ", "if = ", 16, "Is 'if' meant? Write 'when'."),
    ('to = "watched"', 'state = "watched"', 16, "Is 'state' meant? Write 'to'."),
    ('to = "watched"', 'to = "watch"', 17, "Did you mean 'watched'?"),
    ('to = "watched"', "to = 3", 17, "Write it in quotes."),
    ('leaving = ["watched", "blocked"]', 'leaving = ["watchd"]', 23, "Did you mean 'watched'?"),
    ('{ code = "off" }', '"off"', 15, 'Write a table, in curly braces: { code = "off" }.'),
    ("state = [", "states = [", 13, "Is 'states' meant? Write 'state'."),
    (FIVE, '"days_past_due >5"', 18, "Write 'days_past_due > 5'."),
    (FIVE, '"days past due > 5"', 18, "Write 'days_past_due > 5'."),
    (FIVE, '"days past due more than 5 days"', 18, "Write 'days_past_due > 5'."),
    (FIVE, '"reported loan to value over 0.8"', 18, "Write 'reported loan_to_value > 0.8'."),
    (FIVE, '"colour of money > 5"', 18, ""),
    (FIVE, '"days_past_due > 5 days"', 18, "Write the number alone: days have no unit, and 20 % is 0.2."),
    (CURE, '"2 consecutive periods paid"', 25, "Due dates in a row that were paid in time: '2 periods paid since last miss'."),
    (CURE, '"3 months since default"', 25, "The first day of the state that is left is 'entering'."),
    (CURE, '"3 months since cleared"', 25, "Did you mean 'clearing'?"),
    (CURE, f'{CURE}, "found fruad"', 25, "Did you mean 'fraud'?"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "hint"), MISTAKES)
def test_a_slip_is_told_with_its_line_and_how_it_is_written(old, new, line, hint) -> None:
    error = mistake(old, new)
    assert error.where.startswith(f"house.toml, line {line}, "), error
    assert error.hint == hint


def test_a_machine_of_a_file_says_whom_it_judges() -> None:
    name = 'name = "watch list"\n'
    debtor = dq.rulebook.loads(HOUSE.replace(name, f'{name}level = "obligor"\n'))
    assert debtor.versions[0].status[0].level is dq.Level.OBLIGOR
    assert dq.rulebook.loads(HOUSE).versions[0].status[0].level is dq.Level.ACCOUNT
    error = mistake(name, f'{name}level = "borrower"\n')
    assert error.where.startswith("house.toml, line 15, ")
    assert "account, obligor" in error.expected
    error = mistake("penalty_in_waterfall", 'level = "obligor"\npenalty_in_waterfall')
    assert "level" in str(error)


def test_a_trigger_in_single_brackets_twice_is_told_by_the_parser_and_by_us() -> None:
    error = mistake("[[version.status.trigger]]", "[version.status.trigger]", 2)
    assert error.where == "house.toml, line 19"
    assert error.hint.endswith(
        "Several tables of one name: [[version.status.trigger]], in double brackets."
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "meant"),
    [
        ('to = "watched"', "to = watched", 17, '"watched"'),
        ("is_performing = false", "is_performing = no", 15, '"no"'),
        ('leaving = ["watched", "blocked"]', "leaving = [watched]", 23, '"watched"'),
        (f"when = [{FIVE}]", "when = [days_past_due > 5]", 18, '"days_past_due > 5"'),
    ],
)
def test_a_text_without_quotes_is_told_how_it_is_written(old, new, line, meant) -> None:
    error = mistake(old, new)
    assert error.where == f"house.toml, line {line}"
    assert (
        error.hint
        == f"Invalid value. Write texts in quotes: {meant}; of flags there are true and false."
    )


def test_a_key_that_stands_under_the_header_of_another_table_is_found() -> None:
    below = "It belongs to the table above it: write it before the headers of tables within."
    place = 'penalty_in_waterfall = "outside"\n'
    with pytest.raises(dq.PolicyError) as caught:
        dq.rulebook.loads(
            HOUSE.replace(place, "").replace("[[version]]\n", f"[[version]]\n{place}")
        )
    assert caught.value.hint == below.replace("It", "The one on line 4")
    states = 'state = [{ code = "off" }, { code = "watched" }, { code = "blocked", is_performing = false }]\n'
    late = HOUSE.replace(states, "").replace(
        "[[version.status.exit]]", f"{states}[[version.status.exit]]"
    )
    with pytest.raises(dq.PolicyError) as caught:
        dq.rulebook.loads(late)
    assert caught.value.hint == below.replace("It", "The one on line 21")


def test_a_machine_is_named_once_in_the_place_of_a_mistake() -> None:
    error = mistake('to = "watched"', 'to = "nothing"')
    assert error.where == "house.toml, line 17, version 1, status 1, trigger 1, to"
    assert (error.expected, error.found) == ("one of the states off, watched, blocked", "'nothing'")


@pytest.mark.parametrize("to", [3, None, "", ["off"]])
def test_a_rule_leads_to_the_code_of_a_state(to) -> None:
    for kind, noun in ((StatusTrigger, "trigger"), (StatusExit, "exit")):
        with pytest.raises(dq.InvalidTypeError) as caught:
            kind(to=to, when=[], leaving=["off"])
        assert caught.value.where == f"status, {noun}, to"
        assert caught.value.expected == "the code of a state"


def test_rules_given_to_a_timeline_are_sent_to_its_versions() -> None:
    house = dq.rulebook.loads(HOUSE)
    for make in (
        lambda: attrs.evolve(house, provisions=None),
        lambda: dq.PolicyTimeline(name="house-watch", versions=house.versions, provisions=None),
    ):
        with pytest.raises(dq.InvalidTypeError) as caught:
            make()
        assert caught.value.where == "policy 'house-watch', provisions"
        assert "policy.evolve(provisions=...)" in caught.value.hint
    assert house.evolve(provisions=None) == house
    assert attrs.evolve(house, title="Another").title == "Another"


def test_a_wrong_currency_is_corrected_by_that_of_the_account() -> None:
    with pytest.raises(dq.InvalidTypeError) as caught:
        ask([loan("A", 1, currency=USD)], currency="USD")
    assert caught.value.hint == 'Write Currency.of("USD").'
