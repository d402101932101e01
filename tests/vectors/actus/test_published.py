"""Every event of every case of the four families, as published."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Any, Final

import pytest

from tests.vectors.actus.events import Event, events_of
from tests.vectors.actus.status import STATUS
from tests.vectors.published import FOLDER, load, needs_folder

WITHIN: Final = Fraction(1, 10**8)
PUBLISHED: Final[dict[str, dict[str, Any]]] = {
    family: load(f"actus/actus-tests-{family}.json") if FOLDER.is_dir() else {} for family in STATUS
}
CASES: Final = [
    pytest.param(case, id=name) for family in PUBLISHED.values() for name, case in family.items()
]


def expected(case: dict[str, Any]) -> list[Event]:
    return [
        Event(
            datetime.fromisoformat(row["eventDate"]).isoformat(),
            row["eventType"],
            *(
                Fraction(str(row[field]))
                for field in (
                    "payoff",
                    "notionalPrincipal",
                    "nominalInterestRate",
                    "accruedInterest",
                )
            ),
        )
        for row in case["results"]
    ]


@needs_folder
@pytest.mark.parametrize("case", CASES)
def test_every_event_is_the_one_published(case: dict[str, Any]) -> None:
    found, published = events_of(case), expected(case)
    assert [each[:2] for each in found] == [each[:2] for each in published]
    for ours, theirs in zip(found, published, strict=True):
        for number, wanted in zip(ours[2:], theirs[2:], strict=True):
            assert abs(number - wanted) <= WITHIN, (ours, theirs)


@needs_folder
@pytest.mark.parametrize("family", STATUS)
def test_every_case_of_a_family_is_asked(family: str) -> None:
    fixed, observed = STATUS[family]
    assert len(PUBLISHED[family]) == fixed + observed
    with_rates = sum(bool(case["dataObserved"]) for case in PUBLISHED[family].values())
    assert with_rates == observed
