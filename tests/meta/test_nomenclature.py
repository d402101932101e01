"""Every public parameter is a word of the nomenclature, or plain English."""

from __future__ import annotations

import importlib
import inspect
import re
from collections import Counter
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import delinquency as dq
from delinquency import (
    back_testing,
    calendars,
    early_warning,
    frames,
    judgment,
    late_fees,
    penalty,
    portfolio,
    proposals,
    reporting,
    restructuring,
    returns,
    revolving,
    rulebook,
    serialization,
    several_debts,
    testing,
)
from delinquency.early_warning import Unit
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.describe import observations_to_markdown

NOMENCLATURE = Path(__file__).parents[2] / "docs" / "nomenclature.md"

OWED = [
    importlib.import_module(f"delinquency.{name}")
    for name in ("breakdown", "payment_settlement", "penalty_interest", "policy", "dated_rates")
]
"""Modules under whose names the package has verbs."""

MODULES = (
    *(dq, calendars, portfolio, returns, rulebook, frames, serialization, testing),
    *(
        penalty,
        late_fees,
        judgment,
        several_debts,
        revolving,
        reporting,
        early_warning,
        back_testing,
        proposals,
        restructuring,
        *OWED,
    ),
)

PLAIN_ENGLISH = frozenset(
    {
        "data",
        "day",
        "denominator",
        "field",
        "function",
        "items",
        "name",
        "number",
        "numerator",
        "source",
        "text",
        "texts",
        "where",
    }
)


def rows_of_the_tables() -> list[list[str]]:
    lines = NOMENCLATURE.read_text(encoding="utf-8").splitlines()
    return [re.split(r"(?<!\\)\|", line)[1:-1] for line in lines if line.startswith("| `")]


def words_of_the_tables() -> list[str]:
    return [word for row in rows_of_the_tables() for word in re.findall(r"`(\w+)`", row[0])]


def public_callables() -> Iterator[tuple[str, Any]]:
    for module in MODULES:
        for name in module.__all__:
            found = getattr(module, name)
            if isinstance(found, ModuleType):
                continue
            if not isinstance(found, type):
                if callable(found):
                    yield name, found
                continue
            if issubclass(found, Enum | Exception):
                continue
            yield name, found
            for method, kept in vars(found).items():
                function = getattr(kept, "__func__", kept)
                if not method.startswith("_") and isinstance(function, FunctionType):
                    yield f"{name}.{method}", function


def parameters() -> dict[str, list[str]]:
    """Each public parameter name, and where it stands."""
    places: dict[str, list[str]] = {}
    for where, function in public_callables():
        for name in inspect.signature(function).parameters:
            if name not in ("self", "cls"):
                places.setdefault(name, []).append(where)
    return places


def test_every_public_parameter_is_a_word_of_the_nomenclature() -> None:
    known = PLAIN_ENGLISH.union(words_of_the_tables())
    unknown = {name: where for name, where in parameters().items() if name not in known}
    assert not unknown, f"add to docs/nomenclature.md, or use a word that is there: {unknown}"


def test_the_verbs_are_looked_at() -> None:
    places = parameters()
    assert {"assess", "days_past_due", "replay"} <= set(places["as_of"])
    assert "Portfolio.take" in places["rows"]


def test_plain_english_lists_only_words_in_use_that_no_table_defines() -> None:
    assert set(parameters()) >= PLAIN_ENGLISH
    assert PLAIN_ENGLISH.isdisjoint(words_of_the_tables())


def test_a_word_is_defined_once() -> None:
    twice = [word for word, times in Counter(words_of_the_tables()).items() if times > 1]
    assert not twice


def test_every_row_has_a_meaning_and_a_chinese_term() -> None:
    for row in rows_of_the_tables():
        assert len(row) == 5, row
        assert row[2].strip(), row
        assert row[3].strip(), row


def test_every_kind_of_finding_and_every_reported_figure_has_a_chinese_term() -> None:
    words = {member.value for kind in (dq.FindingKind, dq.FigureName) for member in kind}
    assert words <= set(words_of_the_tables())


UNITS_OF_OBSERVATIONS = {
    Unit.DAYS: "days",
    Unit.MONTHS: "months",
    Unit.TIMES: "number",
    Unit.POINTS: "points",
    Unit.AMOUNT: "currency units",
    Unit.SHARE: "share",
    Unit.FLAG: "",
}


def test_an_observation_has_the_unit_of_the_word() -> None:
    """Every observation is on the page that is made from the catalogue; one that is a word here too has its unit."""
    page = observations_to_markdown()
    units = {
        word: row[1] for row in rows_of_the_tables() for word in re.findall(r"`(\w+)`", row[0])
    }
    for name, term in CATALOGUE.items():
        assert f"| `{name}` | {term.unit.value} |" in page
        # A word without a unit is a choice of the same name, and no figure.
        if units.get(name, "").strip():
            assert units[name].strip() == UNITS_OF_OBSERVATIONS[term.unit], name
    assert "reference/warning-rules/observations.md" in NOMENCLATURE.read_text(encoding="utf-8")
