"""A book over many closes: each column is the as-of answer of its date."""

from __future__ import annotations

import pickle
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
    book: Portfolio,
    dates: list[date],
    policy: Any,
    engine: Engine | None,
    *,
    as_known: bool = False,
) -> list[str]:
    told = history(book, dates=dates, policy=policy, engine=engine, as_known=as_known)
    return [
        f"{name} on {day}"
        for place, day in enumerate(dates)
        for answer in (
            assess(
                book,
                as_of=day,
                policy=policy,
                engine=engine,
                known_on=day if as_known else None,
            ),
        )
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
            assert differences(book, dates, policy, engine, as_known=True) == []


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
    assert differences(sample_book(400), ENDS, policy, None, as_known=True) == []


@pytest.mark.parametrize("counting", [{}, {"first_day": dq.FirstDay.DUE_DATE}])
def test_a_history_as_known_then_leaves_out_what_was_recorded_later(counting: Any) -> None:
    policy = attrs.evolve(
        dq.rulebook.load("founding-report").versions[0], counting=dq.Counting(**counting)
    )
    due, paid, found = date(2025, 1, 31), date(2025, 2, 10), date(2025, 3, 5)
    schedule = dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(due, 100)])
    payment = dq.Payment(paid, 100, recorded_on=found)
    suspension = dq.CountingSuspension(date(2025, 2, 1), date(2025, 2, 6), recorded_on=found)
    facts: list[dict[str, Any]] = [
        {"payments": [payment]},
        {"payments": [attrs.evolve(payment, recorded_on=None, reversed_on=found)]},
        {"events": [suspension]},
        {"events": [attrs.evolve(suspension, recorded_on=None)]},
        {},
    ]
    book = Portfolio.from_accounts(
        dq.Account(
            account_id=f"A-{number}", originated_on=date(2024, 12, 31), schedule=schedule, **some
        )
        for number, some in enumerate(facts)
    )
    dates = [due, date(2025, 2, 1), paid, date(2025, 3, 4), found, date(2025, 6, 30)]
    assert differences(book, dates, policy, None, as_known=True) == []
    now, then = (
        history(book, dates=dates, policy=policy, as_known=known) for known in (False, True)
    )
    first = 1 if counting else 0
    assert now.days_past_due[0].tolist() == [first, 1 + first, 0, 0, 0, 0]
    assert then.days_past_due[0].tolist() == [first, 1 + first, 10 + first, 32 + first, 0, 0]
    assert then.delinquent_days[2, 3] == 32 + first
    assert now.delinquent_days[2, 3] == then.delinquent_days[3, 3] == 27 + first


def test_the_whole_answer_of_a_date_keeps_what_was_known_then() -> None:
    told = history(
        sample_book(50), dates=ENDS, policy=dq.rulebook.load("founding-report"), as_known=True
    )
    assert told.at(1).known_on == ENDS[1]
    assert [told.known_on(place) for place in range(len(ENDS))] == ENDS
    assert told.at(1).explain(0).inputs["known_on"] == ENDS[1]
    assert pickle.loads(pickle.dumps(told)).as_known
    plain = history(sample_book(50), dates=ENDS, policy=dq.rulebook.load("founding-report"))
    assert plain.at(1).known_on is None
    assert len(told.to_frame("pyarrow")) == 50 * len(ENDS)


def test_as_known_is_yes_or_no() -> None:
    with pytest.raises(dq.InvalidTypeError, match="as_known: expected True or False"):
        history(
            sample_book(5),
            dates=ENDS,
            policy=dq.rulebook.load("founding-report"),
            as_known=ENDS[0],  # type: ignore[arg-type]
        )


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
