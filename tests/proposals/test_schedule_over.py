"""Proposals for a schedule that is over: the first new due date is on or after the day of the plans."""

from __future__ import annotations

from datetime import date

import pytest

import delinquency as dq
from delinquency.proposals import Affordability, LenderOffer, propose_plans

DAY = date(2025, 6, 1)


def proposed(first_due_on: date | None):
    rows = [dq.Instalment(date(2025, month, 15), 100) for month in range(1, 5)]
    account = dq.Account(
        account_id="A-1",
        originated_on=date(2024, 12, 15),
        schedule=dq.Schedule(dq.Currency.of("CNY"), rows),
    )
    return propose_plans(
        account,
        as_of=DAY,
        policy=dq.rulebook.load("founding-report"),
        affordability=Affordability.of(100),
        offer=LenderOffer(term_extensions=(4,)),
        first_due_on=first_due_on,
    )


def test_the_first_due_date_before_the_plans_is_refused_on_their_day_it_is_taken() -> None:
    with pytest.raises(
        dq.InvalidValueError, match="first_due_on: expected a day on or after that of the plans"
    ):
        proposed(date(2025, 5, 31))
    assert proposed(DAY)[0].last_due_on == date(2025, 9, 1)
    assert proposed(None)[0].last_due_on == date(2025, 10, 1)
