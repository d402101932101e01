"""Every published date of the collection, or the reason why it does not apply."""

from __future__ import annotations

from typing import Any, Final

import pytest

from delinquency.errors import InvalidValueError
from delinquency.rolls import DayOfMonth, EndOfMonth
from tests.vectors.published import FOLDER, load, needs_folder
from tests.vectors.rolls import places, readings
from tests.vectors.rolls.status import STATUS

PUBLISHED: Final[dict[str, Any]] = {
    name: load(f"rolls/{name}.json") if FOLDER.is_dir() else {"cases": []} for name in STATUS
}


def cases(name: str) -> list[Any]:
    found = PUBLISHED[name]["cases"]
    return [pytest.param(case, id=f"{name}-{number}") for number, case in enumerate(found, start=1)]


@pytest.mark.parametrize("case", cases("business_day_adjustment"))
def test_a_day_is_adjusted_as_published(case: dict[str, Any]) -> None:
    assert readings.adjusted(case) == case["expected"]


@pytest.mark.parametrize("case", cases("eom_roll"))
def test_the_roll_date_is_the_one_published(case: dict[str, Any]) -> None:
    assert readings.rolled(case) == case["expected"]


@pytest.mark.parametrize("case", cases("month_arithmetic"))
def test_months_are_added_as_spreadsheets_do(case: dict[str, Any]) -> None:
    assert readings.months_later(case) == case["expected"]


@pytest.mark.parametrize("case", cases("quantlib_advance"))
def test_a_period_later_is_the_day_published(case: dict[str, Any]) -> None:
    calendar = places.listed(
        "South Africa",
        PUBLISHED["quantlib_advance"]["calendar_holidays"],
        "2015-01-01",
        "2015-12-31",
    )
    assert readings.advanced(case, calendar) == case["expected"]


@pytest.mark.parametrize("case", cases("quantlib_eom_schedules"))
def test_an_end_of_month_schedule_is_the_one_published(case: dict[str, Any]) -> None:
    assert readings.quantlib_schedule(case) == case["expected"]


@pytest.mark.parametrize("case", cases("strata_schedule_generation"))
def test_a_schedule_is_the_one_published(case: dict[str, Any]) -> None:
    if readings.months_roll_on_days(case):
        assert not case["loan_relevant"], STATUS["strata_schedule_generation"].not_applicable
        with pytest.raises(InvalidValueError, match="a frequency of months"):
            readings.strata_schedule(case)
        return
    dates = readings.strata_schedule(case)
    assert readings.isos(dates.nominal) == case["unadjusted"]
    assert readings.isos(dates.adjusted) == case["adjusted"]
    if dates.roll is not None and case.get("effective_roll"):
        end = EndOfMonth()
        expected = readings.roll_of(case["effective_roll"])
        assert (end if dates.roll == DayOfMonth(31) else dates.roll) == expected


@pytest.mark.parametrize("case", cases("actus_eom_bdc"))
def test_dates_and_interest_of_a_loan_are_those_published(case: dict[str, Any]) -> None:
    dates, accrue_to = readings.actus_schedule(case)
    assert readings.isos(dates.adjusted) == case["interest_dates"]
    payoffs = [0.0, *readings.interest(case, dates, accrue_to)]
    assert payoffs == pytest.approx(case["interest_payoffs"], abs=1e-9)


@needs_folder
@pytest.mark.parametrize("name", STATUS)
def test_each_file_has_the_number_of_cases_it_says(name: str) -> None:
    assert len(PUBLISHED[name]["cases"]) == PUBLISHED[name]["count"] > 0


@needs_folder
def test_every_file_of_dates_is_in_the_table() -> None:
    assert {path.stem for path in (FOLDER / "rolls").glob("*.json")} == set(STATUS)


def test_a_case_is_not_asked_only_in_the_family_that_says_so() -> None:
    passed_over = sum(
        readings.months_roll_on_days(case)
        for case in PUBLISHED["strata_schedule_generation"]["cases"]
    )
    assert passed_over <= 3
    assert [name for name, status in STATUS.items() if status.not_applicable] == [
        "strata_schedule_generation"
    ]
