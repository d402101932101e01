"""Findings, reported figures, restructurings and re-ages as JSON: what is written, read back and refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.testing import strategies
from tests.serialization.test_bad_documents import put, refused
from tests.serialization.test_round_trip import read_back
from tests.serialization.test_schema import validator


def account() -> dq.Account:
    return dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100)]),
        events=[
            dq.Finding(dq.FindingKind.EVASION, date(2025, 2, 1)),
            dq.ReportedFigure(dq.FigureName.LOAN_TO_VALUE, date(2025, 2, 2), dq.Proportion(21, 20)),
            dq.Restructuring(
                date(2025, 2, 3), date(2025, 2, 28), diminished_share=dq.Proportion(3, 250)
            ),
            dq.ReAge(date(2025, 2, 4), in_workout=True),
            dq.Collateral("house", date(2025, 2, 5), 10, assessed_value=20),
            dq.Guarantee("parent", date(2025, 2, 6), share=dq.Proportion(1, 3)),
        ],
    )


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_an_account_of_all_facts_is_read_as_it_was_written(data: st.DataObject) -> None:
    """Law: what is read is what was written, and the schema knows it, whatever happened."""
    drawn = data.draw(strategies.accounts(all_facts=True))
    assert read_back(drawn) == drawn
    validator(dq.Account).validate(serialization.to_dict(drawn))


def test_each_fact_says_under_event_which_it_is() -> None:
    finding, figure, change, re_age, asset, surety = serialization.to_dict(account())["events"]
    nothing = {"recorded_on": None, "reversed_on": None}
    assert finding == {
        "event": "finding",
        "kind": "evasion",
        "start": "2025-02-01",
        "end": None,
        "recorded_on": None,
    }
    assert figure == {
        "event": "reported_figure",
        "name": "loan_to_value",
        "value_date": "2025-02-02",
        "value": {"numerator": 21, "denominator": 20},
        **nothing,
    }
    assert change == {
        "event": "restructuring",
        "value_date": "2025-02-03",
        "first_due_on": "2025-02-28",
        "in_difficulty": True,
        "diminished_share": {"numerator": 3, "denominator": 250},
        "grace_until": None,
        **nothing,
    }
    assert re_age == {
        "event": "re_age",
        "value_date": "2025-02-04",
        "in_workout": True,
        **nothing,
    }
    assert asset == {
        "event": "collateral",
        "collateral_id": "house",
        "value_date": "2025-02-05",
        "value": "10",
        "kind": "other",
        "assessed_value": "20",
        "until": None,
        **nothing,
    }
    assert surety == {
        "event": "guarantee",
        "guarantor_id": "parent",
        "value_date": "2025-02-06",
        "amount": None,
        "share": {"numerator": 1, "denominator": 3},
        "until": None,
        **nothing,
    }


@pytest.mark.parametrize("number", range(6))
def test_what_says_nothing_may_be_left_out(number: int) -> None:
    written = serialization.to_dict(account())
    written["events"][number] = {
        key: value for key, value in written["events"][number].items() if value is not None
    }
    assert serialization.from_dict(dq.Account, written) == account()


@pytest.mark.parametrize(
    ("number", "key", "value", "where", "expected"),
    [
        (0, "kind", "guilt", "$.events[0].kind", "unlikely_to_pay"),
        (0, "kind", "EVASION", "$.events[0].kind", "unlikely_to_pay"),
        (0, "end", "2025-02-01", "$.events[0], finding, end", "a day after 2025-02-01"),
        (0, "start", "2024-12-30", "$, account 'A-1', finding evasion", "originated_on"),
        (0, "until", "2025-03-01", "$.events[0]", "keys"),
        (1, "name", "score", "$.events[1].name", "loan_to_value"),
        (1, "value", "1.05", "$.events[1].value", "an object"),
        (1, "value", 1.05, "$.events[1].value", "an object"),
        (1, "value", {"numerator": 10**9 + 1, "denominator": 1}, "$.events[1], rep", "at most 1,0"),
        (2, "in_difficulty", "yes", "$.events[2].in_difficulty", "true or false"),
        (2, "in_difficulty", 1, "$.events[2].in_difficulty", "true or false"),
        (
            2,
            "first_due_on",
            "2025-02-02",
            "$.events[2], restr",
            "on or after value_date 2025-02-03",
        ),
        (
            2,
            "diminished_share",
            {"numerator": 2, "denominator": 1},
            "$.events[2], res",
            "at most 1",
        ),
    ],
)
def test_a_wrong_fact_is_refused_where_it_stands(
    number: int, key: str, value: Any, where: str, expected: str
) -> None:
    written = serialization.to_dict(account())
    put("events", number, key, value=value)(written)
    error = refused(dq.Account, written)
    assert error.where.startswith(where), error
    assert expected in str(error)
