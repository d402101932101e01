"""Frames of labels, and what is refused."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import delinquency as dq
from delinquency import frames
from tests.early_warning.test_card_statements import IN_FULL

UNTIL = date(2025, 6, 30)
DAYS = {"account_id": ["B", "A"], "event_on": [None, date(2025, 4, 15)]}
FLAGS = {"account_id": ["B", "A"], "is_bad": [False, True]}


def read(rows: Any, **more: Any) -> dq.Outcomes:
    return frames.read_outcomes(rows, **{"watched_until": UNTIL, **more})


@pytest.mark.parametrize("made", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_labels_are_days_or_flags(made: Any) -> None:
    days = dq.Outcomes.of([None, date(2025, 4, 15)], watched_until=UNTIL, account_id=["B", "A"])
    flags = dq.Outcomes.of_flags([0, 1], watched_until=UNTIL, account_id=["B", "A"])
    for rows, expected in (
        (DAYS, days),
        (FLAGS, flags),
        ({**FLAGS, "is_bad": [0, 1]}, flags),
        ({**FLAGS, "is_bad": ["false", "true"]}, flags),
        ({"account_id": [7, 8], "is_bad": [0, 1]}, flags),
    ):
        found = read(made(rows))
        assert found.event_day.tolist() == expected.event_day.tolist()
        assert found.watched_until.tolist() == expected.watched_until.tolist()
        assert found.account_id is not None
        assert list(found.account_id) == [str(each) for each in rows["account_id"]]


def test_each_account_may_have_its_own_end() -> None:
    ends = ["2025-05-31", "2025-04-15"]
    found = frames.read_outcomes({**DAYS, "watched_until": ends})
    assert found.watched_until.tolist() == [20239, 20193]
    assert found.event_day[1] == 20193
    flags = frames.read_outcomes({**FLAGS, "watched_until": ends})
    assert flags.event_day[1] == 20193


@pytest.mark.parametrize(
    ("rows", "reason", "words"),
    [
        ({"event_on": [None]}, "missing_column", "account_id"),
        ({"account_id": ["A"]}, "missing_column", "found neither"),
        ({**DAYS, **FLAGS}, "two_columns", "found event_on and is_bad"),
        ({**DAYS, "score": [1, 2]}, "unknown_column", "score"),
        ({"account_id": [], "event_on": []}, "no_outcome", "at least one account"),
        ({**FLAGS, "is_bad": [None, True]}, "missing", "is_bad, row 0"),
        ({**FLAGS, "is_bad": [2, 1]}, "unknown_member", "is_bad, row 0"),
        ({**FLAGS, "is_bad": [0.0, 1.0]}, "wrong_type", "outcomes.is_bad"),
        ({**DAYS, "account_id": ["A", "A"]}, "duplicate_account", "account_id, row 1"),
        ({**DAYS, "account_id": ["A", None]}, "missing", "account_id, row 1"),
        ({**DAYS, "event_on": [None, "2025-07-01"]}, "event_after_watch", "row 1: expected a day up to watched_until, 2025-06-30, found 2025-07-01"),
        ({**DAYS, "event_on": [None, "soon"]}, "not_a_date", "event_on, row 1"),
    ],
)  # fmt: skip
def test_what_is_no_label_is_told(rows: Any, reason: str, words: str) -> None:
    with pytest.raises(dq.PortfolioError) as raised:
        read(rows)
    assert raised.value.reason == reason
    assert words in str(raised.value)


def test_the_end_of_the_watch_is_said_once() -> None:
    for rows, until in (
        (DAYS, None),
        ({**DAYS, "watched_until": [UNTIL, UNTIL]}, UNTIL),
        (DAYS, datetime(2025, 6, 30)),
        (DAYS, "2025-06-30"),
    ):
        with pytest.raises(dq.InvalidTypeError, match="watched_until"):
            frames.read_outcomes(rows, watched_until=until)  # type: ignore[arg-type]
    with pytest.raises(dq.PortfolioError, match=r"outcomes\.watched_until, row 0"):
        frames.read_outcomes({**DAYS, "watched_until": [None, UNTIL]})
    with pytest.raises(dq.InvalidTypeError, match="a data frame"):
        read([1, 2])


def test_statements_are_of_accounts_by_their_ids() -> None:
    rows = {name: column * 2 for name, column in IN_FULL.items()}
    assert list(frames.read_statements(rows).account_id) == ["0", "1"]
    for column in ([7, 5], ["7", "5"]):
        assert list(frames.score_statements({**rows, "ID": column}).panel.account_id) == ["7", "5"]
    named = {**rows, "ID": [7, 5], "loan": ["a", "b"]}
    assert list(frames.read_statements(named, id_column="loan").account_id) == ["a", "b"]
    text = frames.score_statements(named, id_column="loan").explain(1).to_text()
    assert "b" in text.splitlines()[0]
    for more, column, reason, words in (
        ({"id_column": "loan"}, {}, "missing_column", "statements.loan"),
        ({}, {"ID": [7, 7]}, "duplicate_account", "statements.ID, row 1"),
        ({}, {"ID": [7, None]}, "missing", "statements.ID, row 1"),
    ):
        with pytest.raises(dq.PortfolioError) as raised:
            frames.score_statements({**rows, **column}, **more)  # type: ignore[arg-type]
        assert raised.value.reason == reason
        assert words in str(raised.value)
    with pytest.raises(dq.InvalidTypeError, match="id_column"):
        frames.read_statements(rows, id_column=3)  # type: ignore[arg-type]
