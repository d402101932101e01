"""The published examples, as their files state them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

import pytest

from tests.vectors.published import FOLDER, load

__all__ = ["Published", "leaves", "needs_rulebook", "published_examples"]

RULEBOOK = FOLDER.parent / "rulebook.json"
"""The legal facts; they lie beside the collection."""

needs_rulebook = pytest.mark.skipif(
    not (RULEBOOK.is_file() and FOLDER.is_dir()),
    reason="the rulebook with its worked examples is not on this machine; "
    "DELINQUENCY_VECTORS names the folder beside it",
)

STATUS_EXAMPLES = ("lending/npa.json", "lending/restructure.json", "lending/metro2.json")
"""Files of the collection that speak of a status."""


class Published(NamedTuple):
    """Who says it, what is given, and what is said."""

    source: str
    given: Mapping[str, Any]
    expected: Any


def leaves(expected: Mapping[str, Any], within: str = "") -> Iterator[tuple[str, Any]]:
    """Each figure by its name; of a figure within another, both names with a point between them."""
    for name, value in expected.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{within}{name}.")
        else:
            yield f"{within}{name}", value


def published_examples() -> dict[str, Published]:
    """Every example by its id; none where the files are absent."""
    if not (RULEBOOK.is_file() and FOLDER.is_dir()):
        return {}
    rulebook = json.loads(RULEBOOK.read_text(encoding="utf-8"), parse_float=Decimal)
    found = {
        row["id"]: Published(
            row["published_by_regulator"] or ", ".join(row["rule_ids"]),
            row["given"],
            row["expected"],
        )
        for row in rulebook["worked_examples"]
    }
    for file in STATUS_EXAMPLES:
        for case in load(file)["cases"]:
            derived = {"derived": case["derived"]} if "derived" in case else {}
            expected = {**case["expected"], **derived}
            found[case["id"]] = Published(case["source"]["repo"], case["input"], expected)
    for case in load("delinquency/regulatory_examples.json")["cases"]:
        if case["id"] in THROUGH_TIME:
            more = {key: case[key] for key in case if key == "recomputed_percent"}
            expected = {**case["expected"], **more}
            found[case["id"]] = Published(case["source"], case.get("inputs", {}), expected)
    return found


THROUGH_TIME = frozenset(
    {
        "suryoday-upgrade",
        "suryoday-borrower-level",
        "ffiec-rccp-chargeoff",
        "zeb-2y-deferral",
        "eu-2018-171-materiality",
    }
)
"""Examples of the regulators that no single day answers; the others are run as cases of one day."""
