"""What is read is what was written, and what is written is JSON."""

from __future__ import annotations

import json
from datetime import date

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.serialization.documents import DOCUMENTS
from delinquency.testing import strategies

RULEBOOK = [entry.name for entry in dq.rulebook.available()]


def read_back(value: object) -> object:
    return serialization.from_json(type(value), serialization.to_json(value))


@given(strategies.accounts())
def test_an_account_is_read_as_it_was_written(account: dq.Account) -> None:
    assert read_back(account) == account


@given(strategies.policies())
def test_a_policy_is_read_as_it_was_written(policy: dq.Policy) -> None:
    assert read_back(policy) == policy


@given(strategies.schedules())
def test_a_schedule_is_read_as_it_was_written(schedule: dq.Schedule) -> None:
    assert read_back(schedule) == schedule


@pytest.mark.parametrize("name", RULEBOOK)
def test_every_packaged_policy_is_read_as_it_was_written(name: str) -> None:
    timeline = dq.rulebook.load(name)
    assert read_back(timeline) == timeline


@settings(max_examples=50)
@given(st.data())
def test_the_audit_record_tells_the_same_story(data: st.DataObject) -> None:
    account = data.draw(strategies.accounts())
    policy = data.draw(strategies.policies())
    as_of = data.draw(strategies.as_of_dates(account))
    known_on = data.draw(st.sampled_from([None, as_of]))
    answer = dq.assess(account, as_of=as_of, policy=policy, known_on=known_on)
    text = serialization.to_json(answer)
    record = serialization.from_json(serialization.AssessmentRecord, text)
    assert record == serialization.AssessmentRecord.of(answer)
    assert record.differences() == ()
    for lang in ("en", "zh"):
        assert record.explanation.to_text(lang=lang) == answer.explanation.to_text(lang=lang)


@given(strategies.accounts())
def test_a_dictionary_of_the_types_of_python_is_read_as_well(account: dq.Account) -> None:
    data = serialization.to_dict(account)
    data["originated_on"] = account.originated_on
    for written, row in zip(data["payments"], account.payments, strict=True):
        written["value_date"], written["amount"] = row.value_date, row.amount
    data["payments"] = tuple(data["payments"])
    assert serialization.from_dict(dq.Account, data) == account


@given(strategies.accounts())
def test_what_is_written_holds_nothing_but_json(account: dq.Account) -> None:
    data = serialization.to_dict(account)
    assert json.loads(json.dumps(data)) == data


def test_a_difference_names_the_figure_and_both_values() -> None:
    rows = (dq.Instalment(date(2025, 1, 31), 100),)
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
    )
    policy = dq.rulebook.load("founding-report")
    record = serialization.AssessmentRecord.of(
        dq.assess(account, as_of=date(2025, 3, 3), policy=policy)
    )
    told = attrs.evolve(record, figures=attrs.evolve(record.figures, days_past_due=30))
    assert [str(difference) for difference in told.differences()] == [
        "days_past_due: recorded 30, recomputed 31"
    ]


def test_every_kind_of_document_is_named_in_the_error() -> None:
    with pytest.raises(dq.InvalidTypeError) as caught:
        serialization.to_dict(3)
    assert all(kind.__name__ in str(caught.value) for kind in DOCUMENTS)


def test_chinese_stays_readable_in_the_text() -> None:
    assert "逾期客户专题报告" in serialization.to_json(dq.rulebook.load("founding-report"))
