"""Every observation of the catalogue is told by a verb, or comes from outside."""

from __future__ import annotations

import delinquency as dq
from delinquency.early_warning.catalogue import CATALOGUE
from delinquency.early_warning.catalogue_rows import ACCOUNT, STATEMENT
from delinquency.early_warning.observing.account_verb import ACCOUNT_OBSERVATIONS
from delinquency.early_warning.observing.card_verb import (
    CARD_OBSERVATIONS,
    CARD_OBSERVATIONS_OF_DAYS,
)


def test_what_comes_from_an_account_or_a_statement_is_told_by_a_verb() -> None:
    by_account = {*ACCOUNT_OBSERVATIONS, "broken_promises"}
    by_card = {*CARD_OBSERVATIONS, *CARD_OBSERVATIONS_OF_DAYS}
    assert {name for name, term in CATALOGUE.items() if term.source == ACCOUNT} == by_account
    assert {name for name, term in CATALOGUE.items() if term.source == STATEMENT} <= by_card
    assert by_card <= {*by_account, *(n for n, t in CATALOGUE.items() if t.source == STATEMENT)}
    assert dq.observe.__doc__ is not None
    assert all(f"``{name}``" in dq.observe.__doc__ for name in by_account)
