"""The figures that regulators and their commentators have worked out, as the library answers them."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from delinquency import Proportion, RoundingMode
from tests.vectors.worked_examples.reading import leaves, needs_rulebook, published_examples
from tests.vectors.worked_examples.status import STATUS
from tests.vectors.worked_examples.table import TABLE

PUBLISHED = published_examples()


def stated(value: Any) -> Any:
    """A figure as it is published: a text with one date is that date, and a class that is history is cut off."""
    if isinstance(value, str):
        dates = re.findall(r"\d{4}-\d{2}-\d{2}", value)
        return date.fromisoformat(dates[0]) if len(dates) == 1 else value.removesuffix(" = slow")
    return Decimal(str(value)) if isinstance(value, float) else value


def as_stated(answer: Any, published: Any) -> Any:
    """A share in the decimals in which the source states it; anything else as it is."""
    if isinstance(answer, Proportion):
        places = -Decimal(str(published)).as_tuple().exponent
        return Decimal(answer.of(10**places, RoundingMode.HALF_UP)).scaleb(-places)
    return answer


@pytest.mark.parametrize("name", sorted(set(TABLE) & set(PUBLISHED)))
def test_every_figure_is_the_one_published(name: str) -> None:
    given, expected = PUBLISHED[name].given, dict(leaves(PUBLISHED[name].expected))
    found = TABLE[name].answers(given)
    left_out = STATUS[name].left_out
    assert not set(found) & set(left_out)
    assert set(found) | set(left_out) == set(expected)
    assert {each: as_stated(answer, expected[each]) for each, answer in found.items()} == {
        each: stated(expected[each]) for each in found
    }, TABLE[name].question


@needs_rulebook
class TestTheStatusTable:
    def test_it_names_every_example_and_no_other(self) -> None:
        assert sorted(STATUS) == sorted(PUBLISHED)
        assert {f"WE-{number:02}" for number in range(1, 28)} <= set(STATUS)

    def test_every_example_that_passed_is_in_the_table(self) -> None:
        assert set(TABLE) == {name for name, each in STATUS.items() if each.state == "passed"}

    def test_what_is_not_run_says_why(self) -> None:
        for name, each in STATUS.items():
            assert each.state in ("passed", "elsewhere"), name
            assert each.state == "passed" or each.note.endswith("."), name
            assert all(reason.endswith(".") for reason in each.left_out.values()), name

    def test_every_row_is_a_question(self) -> None:
        for name, row in TABLE.items():
            assert row.question.endswith("?"), name
            assert row.by, name
