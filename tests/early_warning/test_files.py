"""Files of rules: what one may say, and what it is told where it is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

import delinquency as dq
from delinquency.early_warning import (
    AllOf,
    AnyOf,
    AtLeastOf,
    Compared,
    How,
    Operator,
    Reading,
    Severity,
    Unit,
    WarningFamily,
    WarningRules,
    available_warning_rules,
    load_warning_rules,
)
from tests.early_warning.rows import condition, seen

HEAD = """
id = "house"
title = "Rules of the house"
notes = "Ours."
[citation.manual]
instrument = "Credit manual"
provision = "7.2"
[observation.visits]
unit = "times"
"""
RULE = """
[[rule]]
id = "late"
when = "days_past_due > 30"
family = "behaviour"
severity = "orange"
says = "It is late."
"""
WHEN = 'when = "days_past_due > 30"'


def loaded(tmp_path: Path, text: str) -> WarningRules:
    path = tmp_path / "house.toml"
    path.write_text(text, encoding="utf-8")
    return load_warning_rules(path)


def when(written: str) -> str:
    return RULE.replace(WHEN, f"when = {written}")


def test_a_file_of_ones_own_is_read_and_judges(tmp_path) -> None:
    rules = loaded(tmp_path, HEAD + RULE)
    (dated,) = rules.rules
    assert (rules.name, rules.title, rules.notes) == ("house", "Rules of the house", "Ours.")
    assert (dated.rule.rule_id, dated.rule.family) == ("late", WarningFamily.BEHAVIOUR)
    assert (dated.rule.severity, dated.rule.points) == (Severity.ORANGE, 0)
    assert dated.rule.when == Compared(Reading("days_past_due"), Operator.OVER, Decimal(30))
    assert dated.rule.is_house_practice
    assert rules.terms["visits"].unit is Unit.TIMES
    assert load_warning_rules(str(tmp_path / "house.toml")) == rules
    for days, up in ((30, False), (31, True)):
        warning = dq.early_warning_signals(seen({"days_past_due": [days]}), rules=rules)
        assert warning.signal("late").is_up is up


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('["days_past_due > 30", "unemployed"]', AllOf([condition("days_past_due > 30"), condition("unemployed")])),
        ('["unemployed"]', condition("unemployed")),
        ('{any = ["unemployed", "forborne"]}', AnyOf([condition("unemployed"), condition("forborne")])),
        (
            '{at_least = 2, of = ["unemployed", "forborne", {all = ["bankruptcy"]}]}',
            AtLeastOf(2, [condition("unemployed"), condition("forborne"), AllOf([condition("bankruptcy")])]),
        ),
        ('"total visits over 3 >= 2"', Compared(Reading("visits", How.TOTAL, 3), Operator.AT_LEAST, Decimal(2))),
        ('"highest days_past_due over 120 > 30"', condition("highest days_past_due over 120 > 30")),
    ],
)  # fmt: skip
def test_conditions_are_put_together(tmp_path, written: str, read: object) -> None:
    assert loaded(tmp_path, HEAD + when(written)).rules[0].rule.when == read


WRONG = [
    (when('"days_past_dew > 30"'), "line 13, rule 1 'late', when: expected an observation, found 'days_past_dew'. Hint: Did you mean 'days_past_due'?"),
    (when('"visitors > 30"'), "expected an observation, found 'visitors'. Hint: Did you mean 'visits'?"),
    (when('"xyzzy > 30"'), "expected an observation, found 'xyzzy'. Hint: Declare it: [observation.xyzzy] in a file"),
    (when('"days_past_due ~ 30"'), "line 13, rule 1 'late', when: expected a condition such as 'utilisation >= 0.8'"),
    (when('"days_past_due == 30"'), "found 'days_past_due == 30'. Hint: Compare by >=, <=, >, < or =, with a space on each side."),
    (when('"days_past_due => 30"'), "Hint: Compare by >=, <=, >, < or ="),
    (when('"days_past_due >30"'), "with a space on each side."),
    (when('"days_past_due ≥ 30"'), "Hint: Compare by >=, <=, >, < or ="),
    (when('"days_past_due > 30 days"'), "Hint: Write the number alone, as in '> 30'"),
    (when('"account_balance < 0.5 total_debt"'), "a multiple is '0.5 of total_debt'."),
    (when('"account_balance < total_debt"'), "found 'total_debt'. Hint: Beside another reading stands a multiple of it: '1 of total_debt'."),
    (when('"unemployed = true"'), "found 'true'. Hint: A flag is written alone: 'paid_in_full', or 'not paid_in_full'."),
    (when('"days_past_due > 0 in 2 of 6 months"'), "Hint: Windows are counted in periods: 'for 3 periods', 'in 2 of 6 periods'."),
    (when('"unemployed for 3 months"'), "Hint: Windows are counted in periods"),
    (when('"2 of (unemployed; forborne)"'), "'at least 2 of (a; b; c)'."),
    (when('"at least 2 of 3 (unemployed; forborne; arrears > 0)"'), "'at least 2 of (a; b; c)'."),
    (when('"max days_past_due over 6 > 30"'), "found 'max days_past_due over 6'. Hint: A window is written one of highest, lowest, total, mean, change, growth, rises, falls, then observation 'over' periods"),
    (when('"max(days_past_due) over 6 > 30"'), "Hint: A window is written 'highest days_past_due over 6 > 30'."),
    (when('"days_past_due over 6 > 30"'), "Hint: A window is written one of highest"),
    (when('"days_past_due > 30d"'), "expected a number in plain decimal notation, found '30d'. Hint: Write the number alone"),
    (when('"utilisation > 80%"'), "expected a number in plain decimal notation, found '80%'"),
    (when('"days_past_due > 30.5"'), "expected a whole number of days, found 30.5"),
    (when('"days_past_due"'), "expected what days_past_due is beside, such as '> 0'"),
    (when('"unemployed > 0"'), "expected a flag alone, such as 'unemployed' or 'not unemployed', found 'unemployed > 0'"),
    (when('"mean unemployed over 3 > 0.5"'), "expected the flag unemployed alone, or its total over some periods"),
    (when('"rises unemployed over 3 >= 1"'), "expected the flag unemployed alone"),
    (when('"highest days_past_due over 0 > 30"'), "line 13, rule 1 'late', when: expected from 1 to 120, found 0"),
    (when('"highest days_past_due over 121 > 30"'), "expected from 1 to 120, found 121"),
    (when('"days_past_due > 30 for 0 periods"'), "expected from 1 to 120, found 0"),
    (when('"days_past_due > 30 for 121 periods"'), "expected from 1 to 120, found 121"),
    (when('"days_past_due > 30 in 4 of 3 periods"'), "expected from 1 to 3, found 4"),
    (when('"days_past_due > 30 in 0 of 3 periods"'), "expected from 1 to 3, found 0"),
    (when('"highest days_past_due over 999999999999 > 30"'), "expected from 1 to 120, found 999999999999"),
    (when('"highest days_past_due over 100 > 30 for 30 periods"'), "line 13, rule 1 'late', when: expected a condition that looks back at most 120 periods, found 128"),
    (when('"days_past_due > 0 for 2 periods in 2 of 3 periods for 2 periods"'), "expected periods within periods at most once"),
    (when('"highest days_past_due > 30"'), "Hint: A window is written 'highest' observation 'over' periods"),
    (when('"rises utilisation over 3 >= 4"'), "expected from 0 to 3: rises utilisation over 3 is never more, found 4"),
    (when('"days_past_due > 30 and unemployed"'), "expected one condition, found 'days_past_due > 30 and unemployed'. Hint: Write each condition as a text of its own"),
    (when('"arrears > 1 of days_past_due"'), "expected a reading in amount beside arrears, found days_past_due, in days"),
    (when('"growth arrears over 3 > 1 of arrears"'), "expected a reading in share beside growth arrears over 3, found arrears, in amount"),
    (when('"unemployed > 1 of forborne"'), "expected yes or no of the flag unemployed"),
    (when('"' + "not " * 1_000 + 'unemployed"'), "expected a line of at most 4,000 characters"),
    (when('""'), "expected a condition such as"),
    (when('"unemployed for 1 periods' + " for 1 periods" * 200 + '"'), "expected at most 8 conditions within one another, found more"),
    (when('"any of (unemployed; )"'), "expected a condition such as"),
    (when('"at least 3 of (unemployed; forborne)"'), "expected from 1 to 2, found 3"),
    (when('"any of unemployed; forborne"'), "expected a condition such as"),
    (when("[]"), "line 13, rule 1 'late', when: expected at least one condition, found none"),
    (when("{any = []}"), "line 13, rule 1 'late', when, any: expected at least one condition, found none"),
    (when('{any = "unemployed"}'), "when, any: expected a list of conditions"),
    (when('{at_least = 3, of = ["unemployed", "forborne"]}'), "when, at_least: expected a whole number from 1 to 2, found 3"),
    (when('{at_least = true, of = ["unemployed"]}'), "when, at_least: expected a whole number from 1 to 1"),
    (when('{at_leest = 1, of = ["unemployed"]}'), "found the keys at_leest, of"),
    (when("30"), "line 13, rule 1 'late', when: expected a condition, a list of conditions, or a table of them, found 30"),
    (when("[" * 10 + '{any = [["unemployed", "forborne"], "forborne"]}' + "]" * 10), None),
    (when("{any = [" * 9 + '"unemployed"' + "]}" * 9), "expected at most 8 conditions within one another"),
    (RULE.replace('severity = "orange"\n', ""), "expected the key 'severity', one of yellow, orange, red, found none"),
    (RULE.replace("when =", "wen ="), "line 11, rule 1 'late': expected the key 'when', found none. Hint: Is 'wen' meant?"),
    (RULE + 'colour = "red"\n', "line 17, rule 1 'late': expected only the keys"),
    (RULE + "cooldown = 2\n", "found 'cooldown'. Hint: Did you mean 'cool_down'?"),
    (RULE + 'points = "3"\n', "line 17, rule 1 'late', points: expected a whole number"),
    (RULE + "points = true\n", "line 17, rule 1 'late', points: expected a whole number"),
    (RULE + "points = 1000001\n", "line 17, rule 1 'late', points: expected at most 1,000,000, found 1000001"),
    (RULE + "confirm_after = 0\n", "line 17, rule 1 'late', confirm_after: expected 1 or more, found 0"),
    (RULE + "clear_after = 0\n", "line 17, rule 1 'late', clear_after: expected 1 or more, found 0"),
    (RULE + "cool_down = -1\n", "line 17, rule 1 'late', cool_down: expected 0 or more, found -1"),
    (RULE.replace('"orange"', '"amber"'), "line 15, rule 1 'late', severity: expected one of yellow, orange, red, found 'amber'"),
    (RULE.replace('"orange"', '"none"'), "line 15, rule 1 'late', severity: expected one of yellow, orange, red"),
    (RULE.replace('"behaviour"', '"behavior"'), "line 14, rule 1 'late', family: expected one of willingness, capacity, liquidity, behaviour, external, found 'behavior'. Hint: Did you mean 'behaviour'?"),
    (RULE + 'clears = "days_past_due > 30"\n', "line 17, rule 1 'late', clears: expected another condition than 'when'"),
    (RULE.replace('says = "It is late."\n', ""), "expected the key 'says'"),
    (RULE + 'clears = "days_past_dew = 0"\n', "line 17, rule 1 'late', clears: expected an observation"),
    (RULE + 'cites = ["book"]\n', "line 17, rule 1 'late', cites: expected one of manual"),
    (RULE + 'verification = "secondary"\n', "line 17, rule 1 'late', verification: expected a citation of what was compared"),
    (RULE + 'cites = ["manual"]\nverification = "read"\n', "line 18, rule 1 'late', verification: expected one of"),
    (RULE + 'modality = "shall"\n', "line 17, rule 1 'late', modality: expected one of"),
    (RULE + RULE, "line 19, rule 2 'late', id: expected an id that no other rule has on the same days, found 'late' twice: always at "),
    (RULE + "effective_until = 2025-02-01\n" + RULE + "effective_from = 2025-01-31\n", "house.toml, line 12, rule 1 'late', id, and here from 2025-01-31. Hint: Give it an id of its own"),
    (RULE + "effective_from = 2025-01-01\neffective_until = 2025-01-01\n", "expected effective_until after 2025-01-01"),
    (RULE + 'effective_from = "2025-01-01"\n', "line 17, rule 1 'late', effective_from: expected a date"),
    ("rule = []\n", "house.toml"),
    ("", "expected the key 'rule'"),
    ('[observation.days]\nunit = "dayz"\n' + RULE, "observation.days, unit: expected one of days"),
    ('[observation.days]\nunit = "count"\n' + RULE, "Did you mean 'times'?"),
    ('[observation.Days]\nunit = "days"\n' + RULE, "expected small letters, digits and underscores"),
    ('[observation.income]\nunit = "share"\n' + RULE, "expected the unit amount, as everywhere, found share. Hint: Give what is something else another name."),
    ('[observation.days]\nunit = "days"\nmeans = "x"\n' + RULE, "expected only the keys"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), WRONG, ids=range(len(WRONG)))
def test_what_is_wrong_in_a_file_is_told_with_its_line_and_key(tmp_path, text, message) -> None:
    if message is None:
        assert loaded(tmp_path, HEAD + text)
        return
    head = HEAD if not text.startswith("rule =") else 'id = "house"\n'
    with pytest.raises(dq.PolicyError) as caught:
        loaded(tmp_path, head + text)
    assert str(caught.value).startswith(str(tmp_path / "house.toml"))
    assert message in str(caught.value)


def test_two_versions_of_a_rule_follow_one_another(tmp_path) -> None:
    text = (
        RULE
        + "effective_until = 2025-02-01\n"
        + when('"days_past_due > 60"')
        + "effective_from = 2025-02-01\n"
    )
    rules = loaded(tmp_path, HEAD + text)
    for day, limit in ((date(2025, 1, 31), 30), (date(2025, 2, 1), 60)):
        (rule,) = rules.in_force(day)
        assert rule.when == condition(f"days_past_due > {limit}")


def test_a_day_on_which_no_rule_is_in_force_is_an_error(tmp_path) -> None:
    rules = loaded(tmp_path, HEAD + RULE + "effective_from = 2025-07-01\n")
    with pytest.raises(dq.PolicyNotInForceError, match="from 2025-07-01, found 2025-06-30"):
        dq.early_warning_signals(seen({"days_past_due": [31]}), rules=rules)
    with pytest.raises(dq.InvalidTypeError):
        rules.in_force("2025-07-01")  # type: ignore[arg-type]


def test_a_name_that_is_no_file_is_told_the_names() -> None:
    with pytest.raises(dq.PolicyError, match=r"found 'samma'. Hint: Did you mean 'sama'\?"):
        load_warning_rules("samma")
    for name in (None, 3, b"sama", ["sama"]):
        with pytest.raises(dq.InvalidTypeError, match="expected a name or a path"):
            load_warning_rules(name)  # type: ignore[arg-type]
    with pytest.raises(dq.PolicyError, match="expected a file that can be read"):
        load_warning_rules("nowhere.toml")


def test_rules_that_were_never_compared_warn_and_name_themselves(tmp_path) -> None:
    text = RULE + 'cites = ["manual"]\nverification = "unverified"\n'
    rules = loaded(tmp_path, HEAD + text)
    with pytest.warns(dq.DelinquencyWarning, match="house, rule late, was never compared"):
        warning = dq.early_warning_signals(seen({"days_past_due": [31]}), rules=rules)
    assert "never compared with the text" in warning.explanation.to_text()
    assert "未与原文核对" in warning.explanation.to_text(lang="zh")


@pytest.mark.parametrize("name", available_warning_rules())
def test_every_packaged_rule_says_what_it_rests_on(name: str) -> None:
    """In both languages what it says and why; cited, or house practice; and what is cited says how far it was compared."""
    for dated in load_warning_rules(name).rules:
        rule = dated.rule
        assert all((rule.says, rule.says_zh, rule.rationale, rule.rationale_zh)), rule.rule_id
        assert rule.is_house_practice or rule.modality is not None or rule.verification is not None
        assert rule.says.endswith("."), rule.rule_id
        assert rule.says_zh.endswith("。"), rule.rule_id


GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "write-warning-rules.md"


@pytest.mark.parametrize(
    "text",
    [
        'x = 1\nid = "house"\n' + RULE,
        HEAD + RULE + "x = 1\n",
        'id = "house"\n[citation.one]\ninstrument = "A"\nx = 1\n' + RULE,
        'id = "house"\n[observation.one]\nunit = "days"\nx = 1\n' + RULE,
    ],
)
def test_every_key_of_a_file_is_in_the_guide(tmp_path, text) -> None:
    if not GUIDE.exists():
        pytest.skip("the pages are in the repository alone")
    guide = GUIDE.read_text(encoding="utf-8").partition("## Every key")[2].partition("\n## ")[0]
    with pytest.raises(dq.PolicyError, match="expected only the keys") as caught:
        loaded(tmp_path, text)
    keys = caught.value.expected.removeprefix("only the keys ").split(", ")
    tables = {"rule": "[[rule]]", "citation": "[citation.key]", "observation": "[observation.name]"}
    assert [key for key in keys if f"`{tables.get(key, key)}`" not in guide] == []
