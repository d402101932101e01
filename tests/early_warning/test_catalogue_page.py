"""The page of reference lists every observation as the catalogue has it."""

from __future__ import annotations

from pathlib import Path

import delinquency as dq
from delinquency.early_warning.catalogue import ACCOUNT, CATALOGUE, STATEMENT
from delinquency.early_warning.observing.account_verb import ACCOUNT_OBSERVATIONS
from delinquency.early_warning.observing.card_verb import (
    CARD_OBSERVATIONS,
    CARD_OBSERVATIONS_OF_DAYS,
)

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "early-warning.md"


def test_the_page_lists_every_observation_with_its_unit_and_meaning() -> None:
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    for term in CATALOGUE.values():
        row = f"| `{term.name}` | {term.unit.value} | {term.meaning} | {term.meaning_zh} | {term.source} |"
        assert row in lines, f"the page lacks: {row}"


def test_what_comes_from_an_account_or_a_statement_is_told_by_a_verb() -> None:
    by_account = {*ACCOUNT_OBSERVATIONS, "broken_promises"}
    by_card = {*CARD_OBSERVATIONS, *CARD_OBSERVATIONS_OF_DAYS}
    assert {name for name, term in CATALOGUE.items() if term.source == ACCOUNT} == by_account
    assert {name for name, term in CATALOGUE.items() if term.source == STATEMENT} <= by_card
    assert by_card <= {*by_account, *(n for n, t in CATALOGUE.items() if t.source == STATEMENT)}
    assert dq.observe.__doc__ is not None
    assert all(f"``{name}``" in dq.observe.__doc__ for name in by_account)
