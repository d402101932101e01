"""Every published day count, exactly; what is not applicable says why."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest

from delinquency import DayCount, InvalidValueError, day_difference, year_fraction
from tests.vectors.daycount.cases import BACKWARDS, PUBLISHED, TRANSCRIBED, Case
from tests.vectors.published import load, needs_folder

FILES = {
    "strata": "daycount/strata_daycount.json",
    "isda": "daycount/isda_30_360.json",
    "memo": "daycount/isda_actact_memo.json",
    "business": "daycount/business252.json",
}


def check(case: Case) -> None:
    question = {"day_count": case.day_count, "coupon_period": case.coupon_period}
    found = year_fraction(case.start, case.end, **question)
    if case.fraction is not None:
        assert found == case.fraction
    if case.decimal is not None:
        published, precision = case.decimal
        assert abs(found - Fraction(repr(published))) <= precision
    if case.days is not None:
        assert day_difference(case.start, case.end, **question) == case.days
    assert (case.fraction, case.decimal, case.days) != (None, None, None)


@pytest.mark.parametrize("case", TRANSCRIBED, ids=lambda case: case.id)
def test_the_transcribed_figure_is_found(case: Case) -> None:
    check(case)


@needs_folder
@pytest.mark.parametrize("case", PUBLISHED, ids=lambda case: case.id)
def test_the_published_figure_is_found(case: Case) -> None:
    check(case)
    if case.not_applicable:
        assert case.not_applicable == BACKWARDS
        with pytest.raises(InvalidValueError, match="an end on or after"):
            year_fraction(
                case.end, case.start, day_count=case.day_count, coupon_period=case.coupon_period
            )


@needs_folder
def test_every_case_of_every_file_is_run() -> None:
    run = Counter(case.id.partition("-")[0] for case in PUBLISHED)
    assert run == {name: load(path)["count"] for name, path in FILES.items()}


@needs_folder
def test_the_only_case_that_is_not_applicable_runs_backwards() -> None:
    backwards = {
        f"business-{number}"
        for number, case in enumerate(load(FILES["business"])["cases"])
        if case["end"] < case["start"]
    }
    assert {case.id for case in PUBLISHED if case.not_applicable} == backwards


def test_30_365_differs_by_source_in_february_only() -> None:
    """ISO 20022 leaves 28 February, Strata makes it a 30th; the four figures of QuantLib fit both."""
    period = date(2025, 1, 30), date(2025, 2, 28)
    assert day_difference(*period, day_count=DayCount.THIRTY_365) == 28
    assert day_difference(*period, day_count=DayCount.THIRTY_E_365) == 30
    for case in TRANSCRIBED:
        if case.day_count is DayCount.THIRTY_365:
            assert (
                day_difference(case.start, case.end, day_count=DayCount.THIRTY_E_365) == case.days
            )
