"""``python -m delinquency plans``: a plan in JSON put to the late accounts of a tape."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest

import delinquency as dq
from delinquency import serialization
from delinquency.cli.files import write_table
from delinquency.cli.main import EXIT_BAD_INPUT, EXIT_OK, EXIT_QUARANTINED, main
from delinquency.restructuring import RestructuringPlan
from delinquency.sample_book import sample_book

DAY = date(2025, 6, 30)
PLAN = {
    "effective_on": "2025-06-30",
    "day_count": "thirty_e_360",
    "measures": [{"kind": "arrears_spread"}],
}
BOOK = sample_book(60)
POLICY = dq.rulebook.load("cn-loan")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.json").write_text(json.dumps(PLAN), encoding="utf-8")
    for name, table in dq.frames.book_to_frames(BOOK, "pyarrow").items():
        write_table(table, tmp_path / f"{name}.csv")
    return tmp_path


def run(folder: Path, *more: str) -> int:
    tables = [each for each in folder.glob("*.csv") if each.stem != "planned"]
    files = [word for each in tables for word in (f"--{each.stem.replace('_', '-')}", str(each))]
    asked = ["--as-of", "2025-06-30", "--policy", "cn-loan", "--quiet"]
    return main(["plans", str(folder / "plan.json"), *files, *asked, *more])


def done(over_days: int = 0):
    plan = serialization.from_dict(RestructuringPlan, PLAN)
    late = dq.portfolio.days_past_due(BOOK, as_of=DAY, policy=POLICY) > over_days
    return dq.portfolio.restructure(BOOK, plan, chosen=late, as_of=DAY, policy=POLICY)


@pytest.mark.parametrize("over_days", [0, 37])
def test_the_book_before_and_after_is_printed_and_every_account_written(
    folder: Path, capsys: pytest.CaptureFixture[str], over_days: int
) -> None:
    more = ("--out", str(folder / "planned.csv"), "--over-days", str(over_days))
    assert run(folder, *more) == EXIT_OK
    out, expected = capsys.readouterr().out, done(over_days)
    assert dq.portfolio.compare_plans(expected, policy=POLICY).to_text() in out
    put, refused = int(expected.is_put.sum()), len(expected.refusals)
    assert (
        f"{put} with the plan, {60 - put - refused} without it, {refused} that cannot have it"
        in out
    )
    assert all(each.reason in out for each in expected.refusals)
    written = (folder / "planned.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(written.splitlines()))
    assert [row["account_id"] for row in rows] == list(BOOK.account_id)
    assert [row["is_put"].lower() == "true" for row in rows] == expected.is_put.tolist()
    assert all((row["debt_after_principal"] == "") is not has for row, has in zip(rows, expected.is_put.tolist(), strict=True))  # fmt: skip


def test_the_reasons_of_one_account_are_printed_in_chinese(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = done()
    row = answer.is_put.tolist().index(True)
    assert run(folder, "--explain", BOOK.account_id[row], "--lang", "zh") == EXIT_OK
    out = capsys.readouterr().out
    told = answer.explain(row)
    assert told is not None
    assert told.to_text(lang="zh").splitlines()[0] in out
    assert "户，无法实施" in out
    current = answer.chosen.tolist().index(-1)
    assert run(folder, "--explain", BOOK.account_id[current]) == EXIT_OK
    assert f"Account {BOOK.account_id[current]} is not late enough" in capsys.readouterr().out


def test_bad_rows_are_set_aside_and_a_wrong_plan_is_told_by_its_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    payments = folder / "payments.csv"
    lines = payments.read_text(encoding="utf-8-sig").splitlines()
    payments.write_text("\n".join([lines[0], lines[1].replace("2", "x"), *lines[2:]]), "utf-8")
    assert run(folder, "--quarantine", str(folder / "aside.txt.csv")) == EXIT_QUARANTINED
    (folder / "aside.txt.csv").unlink()
    assert run(folder, "--out", str(folder / "plan.json")) == EXIT_BAD_INPUT
    assert "--out: expected a file of its own" in capsys.readouterr().err
    (folder / "plan.json").write_text(json.dumps({**PLAN, "measures": [{"kind": "x"}]}), "utf-8")
    assert run(folder) == EXIT_BAD_INPUT
    assert "plan.json, $.measures[0]: expected the key 'kind'" in capsys.readouterr().err


def test_days_are_a_whole_number(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(folder, "--over-days", "-1")
    assert "expected a number of days from 0 on, found '-1'" in capsys.readouterr().err
