"""The same published figures, answered for a book by every engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from delinquency import months_and_days
from delinquency.amounts import from_minor
from delinquency.calendar import NONE_DAY, to_date
from delinquency.portfolio import (
    Engine,
    Portfolio,
    PortfolioAssessment,
    assess,
    instalment_ages,
    next_payment_due,
)
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.vectors.case import FIELDS
from tests.vectors.cases import Case, all_cases

ENGINES = [engine for engine in Engine if HAS_COMPILER or engine is not Engine.COMPILED]


class Asked:
    """A book of one case's account, and what its columns say."""

    def __init__(self, case: Case, engine: Engine) -> None:
        self.policy = case.policy
        self.question: dict[str, Any] = {
            "as_of": case.as_of,
            "policy": case.policy,
            "engine": engine,
        }
        self.book = Portfolio.from_accounts([case.account])
        self.found: PortfolioAssessment = assess(self.book, **self.question)

    def money(self, minor: Any) -> Decimal:
        return from_minor(int(minor), self.book.currency)

    def oldest(self) -> Any:
        day = int(self.found.oldest_due_date[0])
        return None if day == NONE_DAY else to_date(day)

    def delinquent_date(self) -> Any:
        oldest = self.oldest()
        return oldest and oldest + timedelta(days=self.policy.counting.grace_days)

    def instalment_buckets(self) -> dict[str, Decimal]:
        ages = instalment_ages(self.book, **self.question)
        totals: dict[str, Decimal] = {}
        for code, amount in zip(ages.bucket_codes(), ages.open_amount, strict=True):
            bucket = next(b for b in self.found.buckets if b.code == code)
            if bucket.is_stressed:
                totals[bucket.code] = totals.get(bucket.code, Decimal(0)) + self.money(amount)
        return totals


ANSWERS: dict[str, Callable[[Asked], Any]] = {
    "days_past_due": lambda asked: int(asked.found.days_past_due[0]),
    "delinquent_days": lambda asked: int(asked.found.delinquent_days[0]),
    "arrears": lambda asked: asked.money(asked.found.arrears[0]),
    "delinquent_date": Asked.delinquent_date,
    "bucket": lambda asked: asked.found.bucket_of(0).code,
    "reading": lambda asked: int(asked.found.bucket_of(0).code),
    "instalment_buckets": Asked.instalment_buckets,
    "next_payment_date": lambda asked: to_date(
        int(next_payment_due(asked.book, **asked.question).due_date[0])
    ),
    "next_payment_amount": lambda asked: asked.money(
        next_payment_due(asked.book, **asked.question).amount[0]
    ),
    "months_and_days": lambda asked: months_and_days(asked.oldest(), asked.question["as_of"]),
}


def test_every_field_of_a_case_is_asked_of_a_book() -> None:
    assert set(ANSWERS) == FIELDS


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
@pytest.mark.parametrize("case", all_cases(), ids=lambda case: case.id)
def test_the_columns_are_the_figures_that_were_published(case: Case, engine: Engine) -> None:
    asked = Asked(case, engine)
    assert {name: ANSWERS[name](asked) for name in case.expected} == dict(case.expected), (
        case.source
    )
