"""Observations, rules and early warnings in JSON: what is read is what was written, and asked again it is the same."""

from __future__ import annotations

import copy
import json
import warnings
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given, settings

import delinquency as dq
from delinquency import serialization
from delinquency.early_warning import (
    Observations,
    ObservationTerm,
    Unit,
    WarningRules,
    available_warning_rules,
    load_warning_rules,
)
from delinquency.early_warning.conditions import AllOf, AnyOf
from delinquency.serialization import EarlyWarningRecord
from tests.early_warning.drawing import DrawnColumns, columns, drawn, rules
from tests.early_warning.rows import condition, judged, rule_of, rules_of, seen
from tests.early_warning.test_thresholds import TABLES

WRITTEN: dict[str, Any] = {
    "account_id": "A-1",
    "dates": ["2025-05-31", "2025-06-30"],
    "currency": "CNY",
    "observed": [
        {"name": "days_past_due", "values": [0, 31]},
        {"name": "arrears", "values": ["0.00", "100.01"]},
        {"name": "utilisation", "values": [None, "0.8"]},
        {"name": "unemployed", "values": [False, None]},
        {"name": "visits", "values": [1, None]},
    ],
    "own_terms": [{"name": "visits", "unit": "times"}],
}


def fits(value: object, kind: type) -> None:
    jsonschema.Draft202012Validator(serialization.json_schema(kind)).validate(
        serialization.to_dict(value)
    )


def test_observations_that_somebody_wrote_are_those_of_the_class() -> None:
    read = serialization.from_json(Observations, json.dumps(WRITTEN))
    (visits,) = (ObservationTerm("visits", Unit.TIMES),)
    assert read == Observations.of(
        "A-1",
        read.dates,
        {name: [read.value(name, day) for day in read.dates] for name in read.numbers},
        currency=dq.Currency.of("CNY"),
        own_terms=[visits],
    )
    assert read.numbers["utilisation"] == (None, 800_000)
    assert read.numbers["arrears"] == (0, 10_001)
    assert serialization.from_dict(Observations, serialization.to_dict(read)) == read
    fits(read, Observations)


@given(content=columns(), one=rules("one"), two=rules("two"))
@settings(max_examples=15)
def test_a_record_is_read_as_it_was_written_and_gives_the_same_again(
    content: DrawnColumns, one, two
) -> None:
    """Conditions of every kind are written as a line and read back as they were."""
    warning = judged(drawn(content), one, two)
    written = serialization.to_json(warning)
    record = serialization.from_json(EarlyWarningRecord, written)
    assert record == EarlyWarningRecord.of(warning)
    assert (record.observations, record.rules) == (warning.observations, warning.rules)
    assert serialization.to_json(record) == written
    assert record.differences() == ()


@pytest.mark.parametrize("name", available_warning_rules())
def test_packaged_rules_and_what_they_say_are_written_and_fit_their_schemas(name: str) -> None:
    packaged = load_warning_rules(name)
    assert serialization.from_json(WarningRules, serialization.to_json(packaged)) == packaged
    fits(packaged, WarningRules)
    cases = TABLES.get(name)
    observed = {"months_late": [0, 2]} if cases is None else next(iter(cases.values()))[1].seen
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        observations = seen(observed, packaged.own_terms)
        if packaged.currency is not None:
            observations = attrs.evolve(observations, currency=packaged.currency)
        warning = dq.early_warning_signals(observations, rules=packaged)
        record = serialization.from_json(EarlyWarningRecord, serialization.to_json(warning))
        assert record.differences() == ()
    fits(warning, EarlyWarningRecord)
    assert record.texts["zh"] == warning.explanation.to_text(lang="zh")


def test_a_rule_of_many_conditions_is_read_as_it_was_written() -> None:
    """No line that somebody would write, and yet one that the library writes itself."""
    late = condition("highest days_past_due over 6 > 30 for 2 periods")
    rules = rules_of(rule_of(AnyOf([late] * 500), clears=AllOf([late] * 500)))
    written = serialization.to_json(rules)
    assert len(written) > 40_000
    assert serialization.from_json(WarningRules, written) == rules
    record = serialization.to_json(dq.early_warning_signals(seen({"arrears": [1]}), rules=rules))
    assert serialization.from_json(EarlyWarningRecord, record).differences() == ()


@pytest.mark.parametrize("when", ["x" * 10**6, "x > 1 and " * 10**5, "all of (" * 10**5])
def test_what_is_wrong_in_a_line_without_end_is_told_at_a_glance(when: str) -> None:
    written = serialization.to_dict(rules_of(rule_of("days_past_due > 30")))
    written["rules"][0]["when"] = when
    with pytest.raises(dq.PolicyError, match="at most 4,000 characters") as caught:
        serialization.from_dict(WarningRules, written)
    assert len(str(caught.value)) < 200


def test_a_record_that_was_changed_tells_what_differs() -> None:
    warning = dq.early_warning_signals(
        seen({"days_past_due": [31]}), rules=load_warning_rules("sama")
    )
    written = serialization.to_dict(warning)
    changed = copy.deepcopy(written)
    changed["observations"]["observed"][0]["values"] = [5]
    record = serialization.from_dict(EarlyWarningRecord, changed)
    assert [each.figure for each in record.differences()][:2] == ["score", "least_score"]
    for path, value, message in (
        (("as_of",), "2025-05-31", "as_of: expected '2025-06-30', found '2025-05-31'"),
        (("texts",), {"en": "x"}, "expected one text for each of en, zh"),
        (
            ("figures", "severity"),
            "amber",
            "$.figures.severity: expected one of none, yellow, orange, red",
        ),
        (
            ("figures", "signals", 0, "state"),
            2,
            "$.figures.signals[0].state: expected one of silent, cleared, raised",
        ),
        (
            ("rules", "rules", 0, "when"),
            "days_past_dew > 3",
            "rule 'early_arrears', when: expected an observation",
        ),
        (("rules", "rules", 0, "points"), "1", "$.rules.rules[0].points: expected an integer"),
        (("rules", "rules", 0, "colour"), "red", "colour"),
    ):
        wrong = copy.deepcopy(written)
        place: Any = wrong
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        with pytest.raises(dq.DelinquencyError) as caught:
            serialization.from_dict(EarlyWarningRecord, wrong)
        assert message in str(caught.value)
    with pytest.raises(dq.InvalidTypeError, match="expected an EarlyWarning"):
        EarlyWarningRecord.of("sama")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"observed": [{"name": "utilisation", "values": [0.8, None]}]}, "$, observed, utilisation 1: expected an exact number as text, found 0.8"),
        ({"observed": [{"name": "utilisation", "values": ["80%", None]}]}, "observed, utilisation 1: expected number in plain decimal notation"),
        ({"observed": [{"name": "arrears", "values": ["1", "0.001"]}]}, "arrears 2: expected an amount in whole minor units"),
        ({"observed": [{"name": "arrears", "values": ["1", "2"]}], "currency": None}, "expected the currency of the amounts"),
        ({"observed": [{"name": "days_past_due", "values": ["8", 1]}]}, "days_past_due 1: expected an int of days or None, found '8'"),
        ({"observed": [{"name": "days_past_due", "values": [1]}]}, "expected 2 values, one for each date, found 1"),
        ({"observed": [{"name": "days_past_due", "values": 8}]}, "$.observed[0].values: expected a list, found 8"),
        ({"observed": {"days_past_due": [1, 2]}}, "$.observed: expected a list"),
        ({"observed": [{"name": "income", "values": [1, 2]}] * 2}, "observed, income 1: expected an exact number as text"),
        ({"observed": [{"name": "enquiries", "values": [1, 2]}] * 2}, "observed: expected each observation once, found 'enquiries' twice"),
        ({"observed": [{"name": "enquirys", "values": [1, 2]}]}, "Did you mean 'enquiries'?"),
        ({"own_terms": [{"name": "income", "unit": "share"}]}, "expected the unit amount, as everywhere, found share"),
        ({"dates": ["2025-06-30", "2025-05-31"]}, "in order, each once"),
        ({"dates": ["2025-06-31", "2025-07-31"]}, "$.dates[0]: expected a date of the calendar"),
        ({"values": {}}, "values"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_a_document_is_told_with_its_path(
    change: dict[str, Any], message: str
) -> None:
    with pytest.raises(dq.DelinquencyError) as caught:
        serialization.from_json(Observations, json.dumps({**WRITTEN, **change}))
    assert str(caught.value).startswith("$")
    assert message in str(caught.value)
