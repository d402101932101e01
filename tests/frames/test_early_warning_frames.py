"""Signals and observations of one account as data frames."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

import delinquency as dq
from delinquency import frames
from delinquency.early_warning import load_warning_rules
from tests.early_warning.rows import seen

OBSERVATIONS = seen(
    {
        "days_past_due": [0, 31],
        "arrears": [None, Decimal("100.01")],
        "utilisation": [Decimal("0.8"), None],
        "unemployed": [True, None],
    }
)
BACKENDS = ("pandas", "polars", "pyarrow")


@pytest.mark.parametrize("backend", BACKENDS)
def test_signals_are_one_row_a_rule(backend: str) -> None:
    warning = dq.early_warning_signals(OBSERVATIONS, rules=load_warning_rules("sama"))
    frame = warning.to_frame(backend)
    assert len(frame) == len(warning.signals)
    rows = frames.early_warning_to_frame(warning, "pyarrow").to_pylist()
    for row, signal in zip(rows, warning.signals, strict=True):
        assert (row["account_id"], row["as_of"], row["rules"]) == ("A-1", date(2025, 6, 30), "sama")
        assert row["rule_id"] == signal.rule_id
        assert (row["state"], row["since"]) == (signal.told_state, signal.since)
        assert (row["is_assessed"], row["may_be_up"]) == (signal.is_assessed, signal.may_be_up)
        assert row["severity"] == signal.rule.severity.name.lower()
        assert row["points"] == signal.points
    assert sum(row["points"] for row in rows) == warning.score


@pytest.mark.parametrize("backend", BACKENDS)
def test_observations_are_one_row_a_period_and_the_unknown_is_empty(backend: str) -> None:
    assert len(OBSERVATIONS.to_frame(backend)) == 2
    content = frames.observations_to_frame(OBSERVATIONS, "pyarrow").to_pydict()
    assert content == {
        "account_id": ["A-1", "A-1"],
        "period_end": list(OBSERVATIONS.dates),
        "days_past_due": [0, 31],
        "arrears": [None, Decimal("100.01")],
        "utilisation": [Decimal("0.800000"), None],
        "unemployed": [True, None],
    }
    minor = frames.observations_to_frame(OBSERVATIONS, "pyarrow", amounts="minor").to_pydict()
    assert minor["arrears"] == [None, 10_001]


def test_the_greatest_numbers_fit_their_columns() -> None:
    most = seen(
        {
            "utilisation": [Decimal(10**9), Decimal(-(10**9))],
            "behavioural_score": [10**15, -(10**15)],
        }
    )
    content = frames.observations_to_frame(most, "pyarrow").to_pydict()
    assert content["utilisation"] == [Decimal(10**9), Decimal(-(10**9))]
    assert content["behavioural_score"] == [10**15, -(10**15)]


@pytest.mark.parametrize(
    "verb",
    [frames.early_warning_to_frame, frames.observations_to_frame, frames.signals_to_frame],
)
def test_what_is_no_answer_is_refused(verb) -> None:
    with pytest.raises(dq.InvalidTypeError, match="frames, "):
        verb([1])
    with pytest.raises(dq.InvalidValueError):
        OBSERVATIONS.to_frame("excel")
