"""The checked-in schemas say what is read, no more and no less."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import serialization
from delinquency.serialization.documents import DOCUMENTS
from delinquency.testing import strategies
from tests.amortisation_strategies import repayment_terms
from tests.laws.test_after_lending_laws import changed_tables
from tests.serialization import loan_strategies as loans
from tests.serialization import write_schema


def validator(kind: type) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        serialization.json_schema(kind),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )


def test_the_checked_in_schema_is_the_one_that_the_classes_give() -> None:
    assert write_schema.FILE.read_text(encoding="utf-8") == write_schema.text(), "make schema"


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_each_schema_is_valid_and_complete_in_itself(kind: type) -> None:
    schema = serialization.json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"urn:delinquency:{kind.__name__}"
    for reference in references(schema):
        assert reference.removeprefix("#/$defs/") in schema["$defs"]


def references(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [ref for below in part.values() for ref in references(below)]
    return [ref for below in part for ref in references(below)] if isinstance(part, list) else []


def test_an_amount_is_described_with_its_unit() -> None:
    amount = serialization.json_schema(dq.Account)["$defs"]["Payment"]["properties"]["amount"]
    assert amount == {
        "description": "Amount [currency units], more than 0.",
        "type": "string",
        "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
    }


@settings(max_examples=30)
@given(st.data())
def test_what_is_written_fits_its_schema(data: st.DataObject) -> None:
    account = data.draw(strategies.accounts())
    policy = data.draw(strategies.policies())
    as_of = data.draw(strategies.as_of_dates(account))
    answer = dq.assess(account, as_of=as_of, policy=policy)
    validator(dq.Account).validate(serialization.to_dict(account))
    validator(dq.Policy).validate(serialization.to_dict(policy))
    validator(serialization.AssessmentRecord).validate(serialization.to_dict(answer))


@settings(max_examples=30)
@given(repayment_terms())
def test_terms_that_are_written_fit_their_schema(terms: dq.RepaymentTerms) -> None:
    validator(dq.RepaymentTerms).validate(serialization.to_dict(terms))


def test_a_sum_is_described_as_its_property_is_and_must_be_there() -> None:
    row = serialization.json_schema(dq.AmortisationTable)["$defs"]["AmortisationRow"]
    assert row["properties"]["payment"] == {
        "description": "What falls due in all [currency units].",
        "type": "string",
        "pattern": r"^-?[0-9]+(\.[0-9]+)?$",
    }
    assert "payment" in row["required"]


def test_an_exact_amount_is_a_decimal_or_a_fraction_and_an_exact_rate_may_be_a_rate() -> None:
    properties = serialization.json_schema(dq.IrregularTerms)["properties"]
    exact = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+|/0*[1-9][0-9]*)?$"}
    assert properties["principal"].items() >= exact.items()
    assert properties["annual_rate"]["anyOf"] == [{"$ref": "#/$defs/Rate"}, exact]
    fee = serialization.json_schema(dq.Prepayment)["properties"]["fee"]["anyOf"]
    assert [list(arm) for arm in fee] == [["type", "pattern"], ["$ref"]]


def test_every_packaged_policy_fits_its_schema() -> None:
    for entry in dq.rulebook.available():
        timeline = dq.rulebook.load(entry.name)
        validator(dq.PolicyTimeline).validate(serialization.to_dict(timeline))


WRONG = [None, 1.5, 3, True, "text", [], {}, [None], {"key": 1}, "2025-02-30", "NaN", "1e3"]


def places(part: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every value of a document, the document itself left out."""
    found: list[tuple[Any, ...]] = []
    items = part.items() if isinstance(part, dict) else enumerate(part)
    for key, below in items:
        found.append((*path, key))
        if isinstance(below, dict | list):
            found += places(below, (*path, key))
    return found


LOAN_DOCUMENTS = st.one_of(
    loans.irregular_terms(),
    loans.prepayments(),
    loans.recalculations(),
    loans.reference_rates(),
    loans.settlement_quotes(),
    loans.recalculated_tables(),
    changed_tables(),
)


@settings(max_examples=300)
@given(strategies.accounts() | LOAN_DOCUMENTS, st.data())
def test_what_the_schema_refuses_the_reader_refuses(value: object, data: st.DataObject) -> None:
    document = copy.deepcopy(serialization.to_dict(value))
    path = data.draw(st.sampled_from(places(document)))
    put(document, path, data.draw(st.sampled_from([*WRONG, "1/30", "1/0"])))
    if validator(type(value)).is_valid(document):
        return
    with pytest.raises(dq.DelinquencyError) as caught:
        serialization.from_dict(type(value), document)
    assert caught.value.where.startswith("$")


def put(document: Any, path: tuple[Any, ...], value: object) -> object:
    """Put a value in its place, and give back the one that was there."""
    for key in path[:-1]:
        document = document[key]
    before = document[path[-1]]
    document[path[-1]] = value
    return before


OTHER_FIGURES = ["0.00", "0.01", "100", "2025-01-31", 0, 1, 2, None]


@settings(max_examples=200)
@given(changed_tables() | loans.recalculated_tables(), st.data())
def test_no_figure_of_a_row_can_be_changed(table: Any, data: st.DataObject) -> None:
    document = copy.deepcopy(serialization.to_dict(table))
    rows = [path for path in places(document) if path[0] == "rows" and len(path) == 3]
    path = data.draw(st.sampled_from(rows))
    value = data.draw(st.sampled_from(OTHER_FIGURES))
    before = put(document, path, value)
    if isinstance(value, str) and isinstance(before, str) and same(value, before):
        assert serialization.from_dict(type(table), document) == table
    elif value != before:
        with pytest.raises(dq.DelinquencyError):
            serialization.from_dict(type(table), document)


def same(one: str, other: str) -> bool:
    """Whether two texts are one number; "100" is also "100.00"."""
    dates = "-" in one[1:] or "-" in other[1:]
    return one == other if dates else Decimal(one) == Decimal(other)


@given(st.data())
def test_a_key_that_nobody_knows_is_refused_everywhere(data: st.DataObject) -> None:
    account = data.draw(strategies.accounts())
    document = copy.deepcopy(serialization.to_dict(account))
    objects = [(), *(path for path in places(document) if isinstance(path[-1], int))]
    part: Any = document
    for key in data.draw(st.sampled_from(objects)):
        part = part[key]
    part["value_dat"] = "2025-01-01"
    assert not validator(dq.Account).is_valid(document)
    with pytest.raises(dq.InvalidValueError, match="'value_dat'"):
        serialization.from_dict(dq.Account, document)
