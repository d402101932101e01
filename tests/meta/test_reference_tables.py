"""The tables of the reference name every measure, every choice of an offer and every limit, with its arguments."""

from __future__ import annotations

import re
from pathlib import Path

import attrs
import pytest

from delinquency.proposals import LenderOffer, PlanLimits
from delinquency.restructuring import RestructuringPlan
from delinquency.restructuring.measures import MEASURES

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
RESTRUCTURING = (REFERENCE / "restructuring.md").read_text(encoding="utf-8")
PROPOSALS = (REFERENCE / "proposals.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", [*MEASURES, RestructuringPlan], ids=lambda kind: kind.__name__)
def test_a_measure_has_a_line_with_all_its_arguments(kind) -> None:
    (cell,) = re.findall(rf"^\| \{{py:class\}}`~[\w.]+\.{kind.__name__}` \| ([^|]*) \|", RESTRUCTURING, re.MULTILINE)  # fmt: skip
    told = re.findall(r"`(\w+)[^`]*`", cell)
    assert [name for name in told if name.islower()] == [each.name for each in attrs.fields(kind)]


@pytest.mark.parametrize("kind", [LenderOffer, PlanLimits])
def test_a_choice_of_an_offer_and_a_limit_has_a_line(kind) -> None:
    lines = " ".join(re.findall(r"^\| (`[^|]*) \|", PROPOSALS, re.MULTILINE))
    assert {each.name for each in attrs.fields(kind)} <= set(re.findall(r"`(\w+)`", lines))
