"""Every figure that law gives stands in a file under its article.

The files are read as TOML, apart from the library: a table with figures names its sources, each source is there,
and says of which article it is.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import delinquency

PACKAGE = Path(delinquency.__file__).parent
FILES = sorted(
    path
    for folder in (
        "rulebook/files",
        "reporting/rules",
        "judgment/rules",
        "late_fees/tables",
        "several_debts/rules",
        "restructuring/review/files",
    )
    for path in (PACKAGE / folder).glob("*.toml")
)

NOT_LAW_ALONE = {
    "early_warning/files": "A rule may be house practice; tests/early_warning holds each to what it cites."
}
"""Folders of files that need not cite, each with the reason."""

WITHOUT_ARTICLES = {
    ("cn-credit-repair-2025", "notice"): "A notice without articles.",
    ("cn-m-levels", "practice"): "A custom of the market.",
    ("cn-bureau-loan", "legend"): "The legend of a report.",
    ("us-ffiec-closed-end", "ffiec"): "A policy statement without articles.",
    ("us-ffiec-residential", "ffiec"): "A policy statement without articles.",
    ("us-ffiec-open-end", "ffiec"): "A policy statement without articles.",
    ("us-card-safe-harbour-30-41", "vacatur"): "An order of a court.",
    ("cn-plan", "card_2022"): "A notice of which the numbers of its parts were not seen.",
    ("cn-plan", "personal_2010"): "The number of its article on extensions was not seen.",
    ("cn-plan", "personal_2024"): "Whether it has an article on extensions was not found.",
    ("eu-plan", "eba_6045"): "An answer to a question, which names the paragraph.",
    ("in-plan", "framework"): "The numbers of its paragraphs were not seen.",
    ("us-asc-326-plan", "disclosure"): "A section of the codification, which its name says.",
    ("us-occ-workout", "guidance"): "Guidance without articles.",
    ("uk-fixed-compensation", "regulations"): "It inserted section 5A, which is cited beside it.",
}
"""Sources that have no article, each with the reason."""


def written(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def cited_tables(data: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each table that must cite, with its place: versions, rules of status, limits, rates, rows."""
    parts = data.get("version", data.get("row", data.get("test", [data])))
    for number, part in enumerate(parts, start=1):
        where = f"part {number}"
        yield where, part
        for kind in ("ordinary", "workout"):
            if kind in part.get("re_ageing", {}):
                yield f"{where}, re_ageing {kind}", part["re_ageing"][kind]
        if "extensions" in part:
            yield f"{where}, extensions", part["extensions"]
        if "penalty_regime" in part:
            yield f"{where}, penalty_regime", part["penalty_regime"]
        for rate in part.get("provisions", {}).get("rate", ()):
            yield f"{where}, provision of {rate['of']}", rate
        for machine in part.get("status", ()):
            yield from rules_of(machine, where)
    if "version" in data:
        for machine in data.get("status", ()):
            yield from rules_of(machine, "status")


def rules_of(machine: dict[str, Any], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for kind in ("trigger", "exit"):
        for rule in machine.get(kind, ()):
            yield f"{where}, {machine['name']}, {kind} to {rule['to']}", rule


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_table_with_figures_cites_a_source_that_is_there(path: Path) -> None:
    data = written(path)
    cited: set[str] = set()
    for where, table in cited_tables(data):
        assert table.get("cites"), (path.stem, where)
        cited.update(table["cites"])
    for part in data.get("status", ()):
        # What rules for plans say of the policies that classify afterwards.
        cited.update(part.get("left_out", ()))
    assert cited == set(data["citation"]), path.stem


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_source_says_its_article(path: Path) -> None:
    for name, source in written(path)["citation"].items():
        has_article = bool(source.get("provision", "").strip())
        assert has_article or (path.stem, name) in WITHOUT_ARTICLES, (path.stem, name)
        assert source["instrument"].strip(), (path.stem, name)


def test_what_has_no_article_is_still_there() -> None:
    there = {
        (path.stem, name)
        for path in FILES
        for name, source in written(path)["citation"].items()
        if not source.get("provision")
    }
    assert there == set(WITHOUT_ARTICLES)


def test_every_folder_of_law_is_looked_at() -> None:
    """A new folder of TOML in the package is law as well, until it is said here not to be."""
    looked_at = {path.parent for path in FILES} | {PACKAGE / folder for folder in NOT_LAW_ALONE}
    assert {path.parent for path in PACKAGE.rglob("*.toml")} == looked_at
