"""``python -m delinquency plans``: a plan in JSON put to the late accounts of a tape."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import attrs
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
    assert all(each.error.expected in out for each in expected.refusals)
    assert bool(expected.refusals) is ("The reason of each account is in" in out)
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


def refusing(folder: Path, monkeypatch: pytest.MonkeyPatch, *reasons: tuple[str, str]) -> None:
    """Late accounts that refuse the plan in turn for one of some reasons, each with what was found."""
    real = dq.portfolio.restructure

    def refused(book, plan, *, chosen, **asked):
        told = real(book, plan, chosen=chosen, **asked)
        _, *late = [int(row) for row in chosen.nonzero()[0]]
        rows = []
        for number, row in enumerate(late):
            expected, found = reasons[number % len(reasons)]
            name = book.account_id[row]
            error = dq.InvalidValueError.at(
                f"account {name!r}, restructuring plan", expected=expected, found=found.format(row)
            )
            rows.append(dq.portfolio.PlanRefusal(row, name, str(error), error))
        return attrs.evolve(
            told, is_put=chosen & (chosen.cumsum() == 1), is_refused=chosen, refusals=tuple(rows)
        )

    monkeypatch.setattr(dq.portfolio, "restructure", refused)


def test_reasons_are_told_once_with_the_accounts_that_have_them(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    refusing(folder, monkeypatch, ("at most what there is", "{}.00"), ("a rate", "none"))
    assert run(folder) == EXIT_OK
    out = capsys.readouterr().out
    assert out.count("cannot have it, ") == 2
    assert out.count("at most what there is") == 1
    assert "--out" not in out
    assert "The reason of each account" not in out
    assert run(folder, "--lang", "zh") == EXIT_OK
    assert "restructuring plan：要求 a rate，实际为 none。" in capsys.readouterr().out


def test_one_mistake_for_which_no_account_has_the_plan_is_one_error_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The plan says no day count, and the accounts bear interest."""
    without = {**PLAN, "measures": [{"kind": "term_extension", "instalments": 2}]}
    del without["day_count"]
    (folder / "plan.json").write_text(json.dumps(without), encoding="utf-8")
    assert run(folder, "--out", str(folder / "planned.csv")) == EXIT_BAD_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("error: ") == 1
    assert (
        "plan.json, 5 accounts of the 6 that are late enough for it, restructuring plan, day_count: "
        in told.err
    )
    assert 'Hint: Write "act_360", or another' in told.err
    assert not (folder / "planned.csv").exists()
    assert run(folder, "--lang", "zh") == EXIT_BAD_INPUT
    assert "错误：" in capsys.readouterr().err
