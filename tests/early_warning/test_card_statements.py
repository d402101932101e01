"""The packaged card rules: beside the same rules written anew in plain arithmetic, by hand, and on real accounts."""

from __future__ import annotations

import gzip
import importlib.util
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import delinquency as dq
from delinquency import frames

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data" / "taiwan-card-default-odd.csv.gz"
if not DATA.exists():
    DATA = ROOT.parents[1] / "shared" / "data" / "taiwan-card-default-odd.csv.gz"
LATEST_FIRST = (
    [f"PAY_{k}" for k in (0, 2, 3, 4, 5, 6)],
    [f"BILL_AMT{k}" for k in range(1, 7)],
    [f"PAY_AMT{k}" for k in range(1, 7)],
)


class Row:
    """One account, the latest month first, as numbers."""

    def __init__(self, limit: int, marks: list[int], bill: list[int], paid: list[int]) -> None:
        self.limit, self.bill, self.paid = limit, bill, paid
        self.late = [max(mark, 0) for mark in marks]
        self.added = [bill[k] - bill[k + 1] + paid[k] for k in range(5)]
        self.carried = [max(bill[k + 1], 0) for k in range(5)]

    def times(self, late: int, over: int) -> int:
        return sum(each >= late for each in self.late[:over])

    def mean_use(self, over: int) -> Fraction:
        return Fraction(sum(self.bill[:over]), over * self.limit)

    def added_of_limit(self, over: int) -> Fraction:
        return Fraction(sum(self.added[:over]), self.limit)

    def largest_added(self, over: int) -> Fraction:
        return Fraction(max(self.added[:over]), self.limit)

    def added_under(self, share: Fraction, over: int) -> bool:
        return sum(self.added[:over]) < share * sum(self.carried[:over])


def percent(number: float) -> Fraction:
    return Fraction(str(number)) / 100


def oracle(row: Row) -> list[int]:
    """The points of each rule: 0 where it is not up."""
    late, paid, bill, limit = row.late, row.paid, row.bill, row.limit
    free = [limit - each for each in bill]
    parts: list[tuple[int, int, list[bool]]] = [
        (9, 3, [late[0] >= 2, min(late[:2]) >= 2, sum(paid[:2]) < percent(90) * sum(row.carried[:2]), bill[0] >= 1000]),
        (7, 2, [max(late[:2]) >= 2, min(late[:2]) >= 1, row.times(2, 4) >= 2, min(free) < 300_000]),
        (4, 4, [row.times(2, 4) >= 3, row.largest_added(3) < percent(3), row.added_of_limit(5) < percent(15), row.added_under(percent(10), 5)]),
        (3, 1, [late[0] >= 2, sum(paid[:3]) < 7500, sum(each < 1500 for each in paid) >= 2, min(free) < 20_000]),
        (3, 1, [max(late[:3]) >= 1, row.times(1, 6) >= 3, sum(each < 1000 for each in paid[:5]) >= 3, sum(paid) < 10_000]),
        (3, 2, [min(late[:3]) >= 1, min(paid) < 1500, row.added_of_limit(5) < percent(0.1), row.added_under(percent(4), 5)]),
        (3, 1, [max(late[:4]) >= 1, max(paid[:3]) < 1500, row.mean_use(2) >= percent(80), limit <= 20_000]),
        (-3, 4, [max(late[:4]) < 2, row.times(2, 6) < 2, not row.added_under(percent(2), 2), bill[0] >= 5000]),
        (3, 1, [max(late) >= 2, max(paid[:5]) < 500, sum(paid) < 5000, row.mean_use(2) >= percent(95)]),
        (3, 2, [max(late) >= 2, max(paid[:5]) <= 0, any(paid[k] < percent(1) * row.carried[k] for k in range(5)), row.added_of_limit(1) < percent(5)]),
        (-2, 4, [late[0] < 2, sum(paid) > 0, limit > 30_000, sum(bill) >= 6 * 2000]),
        (-2, 4, [row.times(2, 3) < 2, row.mean_use(6) < percent(50), limit > 50_000, sum(bill) >= 6 * 10_000]),
        (2, 4, [max(late[:5]) >= 1, paid[0] < 5000, max(paid) < 7500, row.largest_added(2) < percent(2)]),
        (2, 2, [max(paid[:3]) <= 0, row.added_of_limit(1) < percent(2), free[0] < 100_000, min(free) < 50_000]),
        (2, 1, [sum(paid) < 3000, row.mean_use(1) >= percent(60), row.largest_added(3) < percent(3), free[0] < 10_000]),
    ]  # fmt: skip
    return [points if sum(asked) >= needed else 0 for points, needed, asked in parts]


def rows_of(frame: pd.DataFrame) -> list[Row]:
    columns = [frame[names].to_numpy().tolist() for names in LATEST_FIRST]
    limits = frame["LIMIT_BAL"].tolist()
    return [Row(limit, *three) for limit, *three in zip(limits, *columns, strict=True)]


def drawn(count: int) -> pd.DataFrame:
    """Accounts whose figures lie on the thresholds, and one step beside them, as often as not."""
    rng = np.random.default_rng(7)
    limit = rng.choice(
        [20_000, 20_001, 30_000, 30_001, 50_000, 50_001, 100_000, 350_000, 1_000_000], count
    )
    steps = rng.integers(-1, 2, (count, 6))
    shares = rng.choice([0, 0, 0.02, 0.5, 0.6, 0.8, 0.95, 1], (count, 6))
    of_limit = np.rint(limit[:, np.newaxis] * shares).astype(np.int64)
    fixed = rng.choice([0, 1000, 2000, 5000, 10_000], (count, 6))
    frees = limit[:, np.newaxis] - rng.choice(
        [10_000, 20_000, 50_000, 100_000, 300_000], (count, 6)
    )
    kind = rng.integers(0, 4, (count, 1))
    bill = np.choose(kind, [of_limit, fixed, frees, of_limit[:, :1] + fixed]) + steps
    paid = rng.choice(
        [0, 0, 1, 499, 500, 999, 1000, 1499, 1500, 2500, 4999, 5000, 7499, 7500], (count, 6)
    )
    paid = np.where(
        rng.integers(0, 3, (count, 1)) == 0,
        np.maximum(np.roll(bill, -1, axis=1), 0) * 9 // 10,
        paid,
    )
    marks = rng.choice([-2, -1, 0, 0, 0, 1, 2, 3], (count, 6))
    marks[::3] = np.minimum(marks[::3], 0)
    # Late for long, on a balance to which next to nothing comes.
    marks[1::5] = rng.choice([1, 2, 2, 3], marks[1::5].shape)
    bill[1::5] = bill[1::5, :1] + rng.choice([0, 0, -100, 300], bill[1::5].shape)
    paid[1::5] = rng.choice([0, 0, 1, 500], paid[1::5].shape)
    matrices = zip(LATEST_FIRST, (marks, bill, paid), strict=True)
    columns = {name: matrix[:, k] for names, matrix in matrices for k, name in enumerate(names)}
    return pd.DataFrame({"LIMIT_BAL": limit, **columns})


def points_of(signals: Any) -> Any:
    return signals.is_up * np.array([rule.points for rule in signals.in_force])


def test_every_rule_equals_the_same_rule_written_anew() -> None:
    frame = drawn(1500)
    signals = frames.score_statements(frame)
    expected = np.array([oracle(row) for row in rows_of(frame)])
    assert (points_of(signals) == expected).all()
    assert (signals.score == expected.sum(axis=1)).all()
    assert signals.is_assessed.all()
    up = (expected != 0).mean(axis=0)
    assert ((up > 0.01) & (up < 0.99)).all()
    for row in range(0, 1500, 100):
        assert signals.row(row).score == expected[row].sum()


def test_real_accounts_score_as_the_card_that_was_fitted_on_them() -> None:
    if not DATA.exists():
        pytest.skip("the data set of real card accounts is not here")
    with gzip.open(DATA, "rt") as lines:
        frame = pd.read_csv(lines)
    signals = frames.score_statements(frame)
    assert (points_of(signals) == np.array([oracle(row) for row in rows_of(frame)])).all()
    bad = frame["DEFAULT"].to_numpy() == 1
    # The chance that a bad account scores above a good one, as counted when the card was fitted.
    ranks = pd.Series(signals.score).rank()
    area = (ranks[bad].sum() - bad.sum() * (bad.sum() + 1) / 2) / (bad.sum() * (~bad).sum())
    assert round(area, 4) == 0.7908


def frame_of(
    limit: int, marks: list[int], bill: list[int], paid: list[int]
) -> dict[str, list[Any]]:
    """A frame of one row, the latest month first."""
    columns = {
        name: [number]
        for names, numbers in zip(LATEST_FIRST, (marks, bill, paid), strict=True)
        for name, number in zip(names, numbers, strict=True)
    }
    return {"LIMIT_BAL": [limit], **columns}


IN_FULL = frame_of(500_000, [-1] * 6, [30_000] * 6, [30_000] * 6)
TWO_LATE = frame_of(
    20_000,
    [2, 2, 0, 0, 0, 0],
    [19_800, 19_000, 18_000, 17_000, 16_000, 15_000],
    [0, 0, 1500, 1500, 1500, 1500],
)


def test_rows_by_hand() -> None:
    """Paid in full and in real use: three rules speak for it, none against. Two months late, the limit full: nine do."""
    good = frames.score_statements(IN_FULL)
    assert (good.score.tolist(), good.severity.tolist()) == ([-7], [0])
    names = [name for name, up in zip(good.rule_ids, good.is_up[0], strict=True) if up]
    assert names == ["in_use_1", "in_use_2", "in_use_3"]
    bad = frames.score_statements(TWO_LATE)
    assert bad.score.tolist() == [9 + 7 + 3 + 3 + 3 + 3 + 3 + 2 + 2]
    text = bad.explain(0).to_text()
    assert "At least 3 of these 4 hold: it is 2 or more months late today" in text
    assert "目前逾期2个月及以上" in bad.explain(0).to_text(lang="zh")


def test_one_month_more_late_never_lowers_a_score() -> None:
    frame = drawn(400)
    before = frames.score_statements(frame).score
    for name in LATEST_FIRST[0]:
        worse = frame.assign(**{name: np.maximum(frame[name], 0) + 1})
        assert (frames.score_statements(worse).score >= before).all()


@pytest.mark.parametrize("made", [dict, pd.DataFrame, pl.DataFrame, pa.table])
def test_any_frame_is_read_and_no_column_that_says_who_somebody_is(made: Any) -> None:
    people = {"SEX": ["x"], "AGE": [None], "EDUCATION": [float("nan")], "MARRIAGE": [object()]}
    extra = people if made in (dict, pd.DataFrame) else {"SEX": ["x"], "AGE": [24.5]}
    assert frames.score_statements(made({**extra, **TWO_LATE})).score.tolist() == [35]
    floats = {name: [float(column[0])] for name, column in TWO_LATE.items()}
    assert frames.score_statements(made(floats)).score.tolist() == [35]


@pytest.mark.parametrize(
    ("change", "reason", "words"),
    [
        ({"PAY_0": None}, "missing_column", "statements.PAY_0"),
        ({"BILL_AMT3": [None]}, "missing", "statements.BILL_AMT3, row 0: expected a number, found an empty cell"),
        ({"PAY_AMT1": [float("nan")]}, "missing", "statements.PAY_AMT1, row 0: expected a number"),
        ({"LIMIT_BAL": ["20000"]}, "wrong_type", "statements.LIMIT_BAL: expected numbers"),
        ({"PAY_AMT6": [-1]}, "out_of_range", "statements.PAY_AMT6, row 0: expected 0 or more, found -1"),
        ({"LIMIT_BAL": [-1]}, "out_of_range", "LIMIT_BAL, row 0: expected 0 or more"),
        ({"PAY_2": [-3]}, "out_of_range", "PAY_2, row 0: expected -2 or more"),
        ({"PAY_2": [1.5]}, "not_whole", "PAY_2, row 0: expected whole numbers, found 1.5"),
        ({"BILL_AMT1": [0.001]}, "not_whole", "BILL_AMT1, row 0: expected floats that are the nearest"),
        ({"BILL_AMT1": [float("inf")]}, "out_of_range", "BILL_AMT1, row 0"),
    ],
)  # fmt: skip
def test_bad_columns_are_named(change: dict[str, Any], reason: str, words: str) -> None:
    frame = {name: column for name, column in {**TWO_LATE, **change}.items() if column is not None}
    with pytest.raises(dq.PortfolioError, match=words) as caught:
        frames.score_statements(frame)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("name", "cells"), [("PAY_2", [1.5, 1]), ("PAY_2", [10**20, 1]), ("LIMIT_BAL", [0.005, 1])]
)
def test_a_cell_among_objects_is_named_by_its_column(name: str, cells: list[Any]) -> None:
    frame = {**{each: column * 2 for each, column in TWO_LATE.items()}, name: cells}
    with pytest.raises(
        (dq.InvalidTypeError, dq.InvalidValueError), match=f"statements.{name}, row 0"
    ):
        frames.score_statements(frame)


def test_what_nobody_knows_is_not_assessed_where_it_is_said_that_nobody_knows() -> None:
    for empty in (None, float("nan")):
        signals = frames.score_statements({**IN_FULL, "PAY_0": [empty]}, nan_is_unknown=True)
        assert not signals.is_assessed[0, signals.place_of("in_use_2")]
        low, high = signals.score_range
        assert low[0] <= -7 < high[0]
    with pytest.raises(dq.InvalidTypeError, match="nan_is_unknown"):
        frames.score_statements(IN_FULL, nan_is_unknown=1)  # type: ignore[arg-type]


def test_cards_in_another_currency_are_refused() -> None:
    panel = frames.read_statements(IN_FULL, currency="CNY")
    rules = dq.load_warning_rules("card-statements")
    with pytest.raises(dq.DelinquencyError, match="expected .*TWD.*found .*CNY"):
        dq.portfolio.early_warning_signals(panel, rules=rules)


def test_other_frames_are_refused() -> None:
    with pytest.raises(dq.InvalidTypeError):
        frames.score_statements([1, 2, 3])
    with pytest.raises(dq.PortfolioError, match="at least one account"):
        frames.score_statements({name: [] for name in IN_FULL})
    with pytest.raises(dq.InvalidTypeError, match="as_of"):
        frames.score_statements(IN_FULL, as_of="2005-09-30")  # type: ignore[arg-type]


def test_the_packaged_file_is_what_its_script_writes() -> None:
    if not (ROOT / "bench").is_dir():
        pytest.skip("the script is in the repository alone")
    sys.path.insert(0, str(ROOT / "bench"))
    try:
        spec = importlib.util.spec_from_file_location(
            "write_card_rules", ROOT / "bench" / "write_card_rules.py"
        )
        assert spec is not None
        assert spec.loader is not None
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
    finally:
        sys.path.remove(str(ROOT / "bench"))
    assert script.text_of_the_file() == script.FILE.read_text(encoding="utf-8")
