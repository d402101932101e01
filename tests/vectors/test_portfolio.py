"""The same published figures, answered for a book by every engine."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from delinquency.amounts import from_minor
from delinquency.calendar import NONE_DAY, to_date
from delinquency.portfolio import Engine, Portfolio, assess
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from tests.vectors.cases import Case, all_cases

OF_ONE_ACCOUNT = {
    "instalment_buckets",
    "next_payment_date",
    "next_payment_amount",
    "months_and_days",
}
"""What is asked of single accounts: a book answers it row by row, through the same verbs."""

CASES = [case for case in all_cases() if case.expected.keys() - OF_ONE_ACCOUNT]
ENGINES = [engine for engine in Engine if HAS_COMPILER or engine is not Engine.COMPILED]


def answer(case: Case, engine: Engine) -> dict[str, Any]:
    """The columns of a book of this one account."""
    book = Portfolio.from_accounts([case.account])
    found = assess(book, as_of=case.as_of, policy=case.policy, engine=engine)
    oldest = int(found.oldest_due_date[0])
    grace = timedelta(days=case.policy.counting.grace_days)
    code = found.bucket_of(0).code
    return {
        "days_past_due": int(found.days_past_due[0]),
        "delinquent_days": int(found.delinquent_days[0]),
        "arrears": from_minor(int(found.arrears[0]), book.currency),
        "delinquent_date": None if oldest == NONE_DAY else to_date(oldest) + grace,
        "bucket": code,
        "reading": int(code) if "reading" in case.expected else None,
    }


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.value)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_the_columns_are_the_figures_that_were_published(case: Case, engine: Engine) -> None:
    found = answer(case, engine)
    expected = {name: case.expected[name] for name in case.expected.keys() - OF_ONE_ACCOUNT}
    assert {name: found[name] for name in expected} == expected, case.source
