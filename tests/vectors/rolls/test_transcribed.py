"""The transcribed dates, asked as those of the collection are."""

from __future__ import annotations

from typing import Any

import pytest

from tests.vectors.rolls import readings
from tests.vectors.rolls.transcribed import ADDED, ADJUSTED, ROLLED, SCHEDULES


@pytest.mark.parametrize(("source", "convention", "day", "holidays", "expected"), ADJUSTED)
def test_a_day_is_adjusted_as_published(
    source: str, convention: str, day: str, holidays: list[str], expected: str
) -> None:
    case = {"convention": convention, "date": day, "holidays": holidays, "weekend": ["SAT", "SUN"]}
    assert readings.adjusted(case) == expected, source


@pytest.mark.parametrize(("source", "op", "day", "frequency", "expected"), ROLLED)
def test_the_roll_date_is_the_one_published(
    source: str, op: str, day: str, frequency: str | None, expected: str
) -> None:
    case = {"roll": "EOM", "op": op, "date": day, "frequency": frequency}
    assert readings.rolled(case) == expected, source


@pytest.mark.parametrize(("source", "function", "day", "months", "expected"), ADDED)
def test_months_are_added_as_spreadsheets_do(
    source: str, function: str, day: str, months: int, expected: str
) -> None:
    case = {"function": function, "date": day, "months": months}
    assert readings.months_later(case) == expected, source


@pytest.mark.parametrize("case", SCHEDULES, ids=lambda case: case["start"])
def test_a_schedule_is_the_one_published(case: dict[str, Any]) -> None:
    dates = readings.strata_schedule(case)
    assert readings.isos(dates.nominal) == case["unadjusted"]
    assert readings.isos(dates.adjusted) == case["adjusted"]
