"""Every packaged rule at its thresholds: a table that a lawyer can read, and that notices every step."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import attrs
import pytest

from delinquency.early_warning import (
    DatedRule,
    Signal,
    WarningRule,
    WarningRules,
    available_warning_rules,
    load_warning_rules,
)
from delinquency.early_warning.verb import early_warning_signals
from delinquency.errors import PolicyError
from tests.early_warning.case import SILENT, UNKNOWN, UP, Case, Cases
from tests.early_warning.cases_of_china import CHINA
from tests.early_warning.cases_of_europe import EBA, PERSISTENT_DEBT
from tests.early_warning.cases_of_sama import SAMA
from tests.early_warning.cases_of_the_report import THE_REPORT
from tests.early_warning.moved_rules import moved
from tests.early_warning.rows import seen

TABLES: dict[str, Cases] = {
    "cn-bank-practice": CHINA,
    "eba-2020-06": EBA,
    "founding-report": THE_REPORT,
    "sama": SAMA,
    "uk-persistent-debt": PERSISTENT_DEBT,
}

RULES = {name: load_warning_rules(name) for name in available_warning_rules()}

ALL_CASES = [
    pytest.param(name, rule_id, case, id=f"{name}, {rule_id}: {case.words}")
    for name, table in TABLES.items()
    for rule_id, cases in table.items()
    for case in cases
]


def rule_of(name: str, rule_id: str) -> WarningRule:
    (found,) = (each.rule for each in RULES[name].rules if each.rule.rule_id == rule_id)
    return found


def signal(name: str, rule: WarningRule, case: Case) -> Signal:
    alone = attrs.evolve(RULES[name], rules=[DatedRule(rule)])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return early_warning_signals(seen(case.seen, RULES[name].own_terms), rules=alone).signals[0]


def says(found: Signal, case: Case) -> bool:
    match case.says:
        case "not assessed":
            return not found.is_assessed
        case "not raised":
            return found.is_assessed and not found.is_up
        case "raised or confirmed":
            return found.is_assessed and found.is_up
        case state:
            return found.is_assessed and found.state.name.lower() == state


def test_every_packaged_file_has_a_table_of_cases() -> None:
    # The card that was fitted has an oracle of its own: test_card_statements.
    assert {*TABLES, "card-statements"} == set(available_warning_rules())


@pytest.mark.parametrize("name", TABLES)
def test_every_rule_is_seen_raised_and_silent(name: str) -> None:
    rules = RULES[name]
    assert list(TABLES[name]) == [each.rule.rule_id for each in rules.rules]
    for rule_id, cases in TABLES[name].items():
        told = {case.says for case in cases}
        assert told & {UP, "raised", "confirmed"}, rule_id
        assert SILENT in told, rule_id


@pytest.mark.parametrize(("name", "rule_id", "case"), ALL_CASES)
def test_a_rule_says_what_the_table_says(name: str, rule_id: str, case: Case) -> None:
    found = signal(name, rule_of(name, rule_id), case)
    assert says(found, case), found
    assert found.may_be_up >= (case.says == UNKNOWN)


def is_noticed(name: str, other: WarningRule, cases: Sequence[Case]) -> bool:
    """Whether a case tells a rule from the packaged one; a rule that is refused needs none."""
    try:
        return not all(says(signal(name, other, case), case) for case in cases)
    except PolicyError:
        return True


@pytest.mark.parametrize("name", TABLES)
def test_a_figure_that_is_moved_by_a_step_is_noticed(name: str) -> None:
    rules: WarningRules = RULES[name]
    passed = [
        f"{rule_id}, {what}"
        for rule_id, cases in TABLES[name].items()
        for what, other in moved(rule_of(name, rule_id), rules.terms)
        if not is_noticed(name, other, cases)
    ]
    assert passed == []
