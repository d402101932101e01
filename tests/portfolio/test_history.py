"""A book over many closes: each column is the as-of answer of its date."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import attrs
import numpy as np
import pytest

import delinquency as dq
from delinquency.portfolio import Engine, Portfolio, assess, history
from delinquency.portfolio.kernels.compiler import HAS_COMPILER
from delinquency.sample_book import sample_book
from tests.equivalence.compare import draw_book

ENDS = [date(2024, 12, 31), date(2025, 1, 31), date(2025, 2, 28), date(2025, 6, 30)]
FIELDS = ("days_past_due", "delinquent_days", "arrears", "bucket")


def differences(
    book: Portfolio, dates: list[date], policy: Any, engine: Engine | None
) -> list[str]:
    told = history(book, dates=dates, policy=policy, engine=engine)
    return [
        f"{name} on {day}"
        for place, day in enumerate(dates)
        for answer in (assess(book, as_of=day, policy=policy, engine=engine),)
        for name in FIELDS
        if not np.array_equal(getattr(told, name)[:, place], getattr(answer, name))
    ]


@pytest.mark.parametrize("part", range(4))
def test_each_column_is_the_answer_of_its_date_for_drawn_books(part: int) -> None:
    rng = random.Random(part)
    for number in range(15):
        accounts, policy, as_of, _ = draw_book(rng)
        book = Portfolio.from_accounts(accounts)
        steps = sorted(rng.sample(range(-200, 200), rng.randint(1, 6)))
        dates = [as_of + timedelta(step) for step in steps]
        engines = (None, Engine.WHOLE_COLUMNS) if number % 5 == 0 else (None,)
        for engine in engines:
            assert differences(book, dates, policy, engine) == []


@pytest.mark.parametrize(
    "counting",
    [
        {},
        {"first_day": dq.FirstDay.DUE_DATE},
        {"grace_days": 3, "grace_kind": dq.GraceKind.TRIGGER},
        {"tolerance": 500, "tolerance_scope": dq.ToleranceScope.INSTALMENT},
        {"tolerance": 500, "tolerance_scope": dq.ToleranceScope.ACCOUNT},
    ],
)
def test_each_column_is_the_answer_of_its_date_where_totals_decide(
    counting: dict[str, Any],
) -> None:
    policy = attrs.evolve(
        dq.rulebook.load("founding-report").versions[0], counting=dq.Counting(**counting)
    )
    assert dq.settles_by_totals(policy)
    assert differences(sample_book(400), ENDS, policy, None) == []


def test_a_policy_changes_version_between_dates() -> None:
    dates = [date(2025, 3, 30), date(2025, 3, 31), date(2025, 6, 30)]
    assert differences(sample_book(200), dates, dq.rulebook.load("in-nbfc-base"), None) == []


def test_versions_by_origination_are_used_row_by_row() -> None:
    old, new = (dq.rulebook.load(name).versions[0] for name in ("founding-report", "cn-loan"))
    day = date(2024, 6, 1)
    policy = dq.PolicyTimeline(
        name="by origination",
        versions=[
            attrs.evolve(old, validity=dq.Validity(None, day, dq.SelectedBy.ORIGINATED_ON)),
            attrs.evolve(new, validity=dq.Validity(day, None, dq.SelectedBy.ORIGINATED_ON)),
        ],
    )
    assert differences(sample_book(100), ENDS, policy, None) == []


def test_one_date_and_the_whole_answer_of_it() -> None:
    book = sample_book(50)
    policy = dq.rulebook.load("founding-report")
    told = history(book, dates=ENDS[-1:], policy=policy)
    assert len(told) == 1
    assert told.bucket_counts().sum() == 50
    assert np.array_equal(told.at(0).bucket, told.bucket[:, 0])
    with pytest.raises(ValueError, match="read-only"):
        told.arrears[0, 0] = 1


@pytest.mark.parametrize(
    ("dates", "kind", "message"),
    [
        ([], dq.InvalidValueError, "expected a date, found none"),
        ([ENDS[1], ENDS[0]], dq.InvalidValueError, "in order, each once"),
        ([ENDS[0], ENDS[0]], dq.InvalidValueError, "in order, each once"),
        (["2025-01-31"], dq.InvalidTypeError, "dates"),
        ([date(1899, 12, 31)], dq.InvalidValueError, "dates"),
    ],
)
def test_dates_that_make_no_history_are_refused(
    dates: list[Any], kind: type[Exception], message: str
) -> None:
    policy = dq.rulebook.load("founding-report")
    with pytest.raises(kind, match=message):
        history(sample_book(5), dates=dates, policy=policy)
    with pytest.raises(dq.InvalidTypeError, match="a Portfolio"):
        history([], dates=ENDS, policy=policy)  # type: ignore[arg-type]


@pytest.mark.skipif(HAS_COMPILER, reason="kernels are compiled here")
def test_compiled_kernels_are_refused_where_there_is_no_compiler() -> None:
    with pytest.raises(dq.MissingExtraError, match="fast"):
        history(
            sample_book(5),
            dates=ENDS,
            policy=dq.rulebook.load("founding-report"),
            engine=Engine.COMPILED,
        )
