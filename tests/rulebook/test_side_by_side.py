"""The page that puts the packaged policies side by side says what the library and the files say."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import delinquency as dq
from delinquency import rulebook
from tests.rulebook.page_makers import page_maker

INDIAN = {"in-nbfc-base", "in-sma"}


PAGE = page_maker("side_by_side")
HEADS, *ROWS = PAGE.table()
TEXT = PAGE.to_markdown()
COLUMNS = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADS)}


def test_the_page_has_every_packaged_policy_and_every_day() -> None:
    assert set(HEADS[1:]) == {entry.name for entry in rulebook.available()}
    assert [int(row[0]) for row in ROWS] == [
        0, 1, 7, 29, 30, 31, 59, 60, 61, 89, 90, 91, 120, 121, 150, 180, 181, 270, 271, 360, 361
    ]  # fmt: skip


@pytest.mark.parametrize("name", HEADS[1:])
def test_a_cell_is_the_band_of_its_days_and_a_day_more_in_india(name: str) -> None:
    scheme = PAGE.in_force(name).buckets
    more = int(name in INDIAN)
    assert COLUMNS[name] == [dq.classify(days + more, scheme=scheme).code for days in PAGE.DAYS]


def test_the_due_date_itself_is_late_in_india_alone() -> None:
    late = {
        name
        for name in HEADS[1:]
        for bucket in PAGE.in_force(name).buckets
        if bucket.code == COLUMNS[name][0] and bucket.is_stressed
    }
    assert late == INDIAN
    assert all(f"`{name}`" in TEXT for name in INDIAN)


def test_some_columns_of_other_countries_change_in_the_same_rows() -> None:
    changes = {name: dict(zip(PAGE.DAYS, cells, strict=True)) for name, cells in COLUMNS.items()}
    assert changes["us-metro2"][29] != changes["us-metro2"][30] == changes["us-metro2"][31]
    assert changes["ifrs9"][89] != changes["ifrs9"][90] == changes["ifrs9"][91]
    assert changes["cn-m-levels"][30] != changes["cn-m-levels"][31]
    assert changes["in-sma"][29] != changes["in-sma"][30] == changes["in-sma"][31]


def cell(name: str, days: int) -> str:
    """What the page says of a policy, in the table that has it."""
    heads: list[str] = []
    for line in TEXT.splitlines():
        cells = line.strip("| ").split(" | ")
        if cells[0] == "days":
            heads = cells
        elif cells[0] == str(days) and f"[{name}]({name}.md)" in heads:
            return cells[heads.index(f"[{name}]({name}.md)")]
    raise AssertionError(name)


def test_a_bucket_that_differs_from_the_row_above_is_bold() -> None:
    assert cell("in-sma", 30) == "**SMA-1**"
    assert cell("cn-m-levels", 30) == "M1"


@pytest.mark.parametrize("name", HEADS[1:])
def test_every_policy_is_in_one_of_the_tables(name: str) -> None:
    assert cell(name, 0).strip("*") == COLUMNS[name][0]
    assert TEXT.count(f"[{name}]({name}.md)") == 2


def test_every_account_of_the_page_stands_at_its_date() -> None:
    assert date(2026, 6, 30) == PAGE.AS_OF
    for days in PAGE.DAYS:
        (instalment,) = PAGE.account_due(days).schedule
        assert PAGE.AS_OF - instalment.due_date == timedelta(days=days)
