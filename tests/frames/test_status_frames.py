"""Frames of a status: the spans, days and month ends of the answers, no more and no less."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames
from tests.status.test_folding import LAST, POLICY, late_loan
from tests.status.test_obligor import CHINA, DAY_91, loan

LATE = dq.assess_status(late_loan(dq.Payment(date(2024, 6, 10), 3600)), as_of=LAST, policy=POLICY)
CHINESE = dq.assess_status(loan("C", 100), as_of=DAY_91, policy=CHINA)
BOTH = [LATE, CHINESE]


def rows(frame) -> list[dict[str, object]]:
    return frame.to_pylist()


def test_every_span_of_every_machine_is_a_row() -> None:
    told = rows(frames.status_spans_to_frame(BOTH, "pyarrow"))
    expected = [
        (answer.account_id, span.machine, span.state.code, span.start, span.end)
        for answer in BOTH
        for name in answer.states
        for span in answer.spans(name)
    ]
    names = ("account_id", "machine", "state", "start", "end")
    assert [tuple(row[name] for name in names) for row in told] == expected
    assert [row["is_performing"] for row in told if row["state"] == "次级"] == [False]


def test_a_span_says_the_conditions_that_led_to_it_and_the_version() -> None:
    begun, fell, left = rows(frames.status_spans_to_frame(LATE, "pyarrow", machine="default"))
    assert (begun["conditions"], fell["conditions"], left["conditions"]) == (
        None,
        (
            "material_days_past_due > 90; not found technical_overdue; not found system_error; "
            "not found payment_not_executed; not found credited_late; not found receivables_within_limit"
        ),
        "3 months since last trigger",
    )
    assert {row["policy"] for row in (begun, fell, left)} == {POLICY.versions[-1].version}


@settings(max_examples=25)
@given(st.integers(-400, 900), st.integers(0, 120))
def test_days_and_month_ends_are_those_of_the_answer(start: int, length: int) -> None:
    """Law: a frame of closes says of each what the answer says, and has no close that was not judged."""
    first = date(2023, 12, 28) + timedelta(days=start)
    last = first + timedelta(days=length)
    begun = max(first, LATE.spans("default")[0].start)
    end = min(last, LAST)
    for make, listed in (
        (frames.status_days_to_frame, LATE.daily),
        (frames.status_months_to_frame, LATE.monthly),
    ):
        told = rows(make(LATE, "pyarrow", first=first, last=last, machine="default"))
        expected = listed(begun, end, "default") if begun <= end else ()
        assert [(row["day"], row["state"]) for row in told] == [
            (day, state.code) for day, state in expected
        ]


def test_no_answer_is_a_frame_without_rows_that_can_be_put_below_another() -> None:
    import pyarrow as pa

    empty = frames.status_spans_to_frame([], "pyarrow")
    assert empty.num_rows == 0
    full = frames.status_spans_to_frame(BOTH, "pyarrow")
    assert pa.concat_tables([full, empty]).num_rows == full.num_rows


@pytest.mark.parametrize("backend", ["pandas", "polars"])
def test_other_backends_have_the_same_rows(backend: str) -> None:
    assert len(frames.status_spans_to_frame(BOTH, backend)) == len(
        frames.status_spans_to_frame(BOTH, "pyarrow")
    )


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (lambda: frames.status_spans_to_frame([1]), dq.InvalidTypeError, "StatusAssessment"),
        (lambda: frames.status_spans_to_frame(3), dq.InvalidTypeError, "StatusAssessment"),
        (lambda: frames.status_spans_to_frame(LATE, "excel"), dq.InvalidValueError, "backend"),
        (
            lambda: frames.status_spans_to_frame(LATE, machine="colour"),
            dq.InvalidValueError,
            "one of default, exposure",
        ),
        (
            lambda: frames.status_days_to_frame(LATE, first=LAST, last=date(2024, 1, 1)),
            dq.InvalidValueError,
            "a day on or after 2025-06-30",
        ),
        (
            lambda: frames.status_months_to_frame(LATE, first="2024", last=LAST),
            dq.InvalidTypeError,
            "first",
        ),
    ],
)
def test_wrong_questions_are_refused(make, error, message) -> None:
    with pytest.raises(error, match=message):
        make()
