"""The worked example on the page of each packaged policy: what it tells, the policy says."""

from __future__ import annotations

import pytest

from delinquency import rulebook
from tests.rulebook.page_makers import page_maker

NAMES = [entry.name for entry in rulebook.available()]


def rows_of(name: str) -> list[list[str]]:
    """The rows of all tables of an example, without their heads."""
    lines = [
        line
        for line in page_maker("worked_example").to_markdown(name).splitlines()
        if line.startswith("| 2")
    ]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_every_policy_has_an_example_in_which_something_changes(name: str) -> None:
    rows = rows_of(name)
    known = {
        code
        for version in rulebook.load(name).versions
        for code in (
            *(bucket.code for bucket in version.buckets),
            *(state.code for machine in version.status for state in machine.states),
        )
    }
    assert len(rows) >= 2
    assert {cell for row in rows for cell in row[1:]} & known


def test_the_dates_are_those_of_the_law() -> None:
    """The instalment of 31 May 2024 is 91 days past due on 30 August, in China and in the EU."""
    china = {row[1]: row[0] for row in rows_of("cn-loan")}
    assert (china["关注"], china["可疑"], china["损失"]) == (
        "2024-06-01",
        "2025-02-26",
        "2025-05-27",
    )
    assert ["2024-08-30", "次级"] in [row[:2] for row in rows_of("cn-loan")]
    europe = {row[1]: row[0] for row in rows_of("eu-default-retail")}
    assert europe["default"] == "2024-08-30"
    assert europe["not in default"] == "2025-11-20"
