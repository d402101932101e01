"""``python -m delinquency plan``: a plan in JSON put to an account in JSON."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import delinquency as dq
from delinquency import serialization
from delinquency.cli.main import EXIT_BAD_INPUT, EXIT_FORBIDDEN, EXIT_OK, main
from delinquency.restructuring import RestructuringPlan, load_plan_rules, restructure, review_plan
from delinquency.serialization import PlanRecord, PlanReviewRecord

MONTHS = [{"due_date": f"2025-{month:02d}-15", "principal": "100.00"} for month in range(1, 13)]
ACCOUNT = {
    "account_id": "A-1",
    "originated_on": "2024-12-15",
    "schedule": {"currency": "USD", "instalments": MONTHS},
}
PLAN = {"effective_on": "2025-04-01", "measures": [{"kind": "arrears_spread"}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path / "account.json", ACCOUNT)
    put(tmp_path / "plan.json", PLAN)
    return tmp_path


def put(path: Path, document: object) -> None:
    path.write_text(json.dumps(document), encoding="utf-8")


def run(folder: Path, *more: str, policy: str = "founding-report") -> int:
    files = [str(folder / "account.json"), str(folder / "plan.json")]
    return main(["plan", *files, "--as-of", "2025-04-01", "--policy", policy, *more])


def answer():
    account = serialization.from_dict(dq.Account, ACCOUNT)
    plan = serialization.from_dict(RestructuringPlan, PLAN)
    policy = dq.rulebook.load("founding-report")
    return restructure(account, plan, as_of=date(2025, 4, 1), policy=policy)


def test_the_reasons_and_both_schedules_are_printed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder) == EXIT_OK
    out = capsys.readouterr().out
    assert out.startswith(answer().explanation.to_text())
    lines = [line.split() for line in out.splitlines()]
    assert ["2025-04-15", "100.00", "133.33", "0.00", "0.00", "0.00", "133.33"] in lines
    assert ["2025-12-15", "100.00", "133.36", "0.00", "0.00", "0.00", "133.36"] in lines


def test_the_same_in_chinese(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "--lang", "zh") == EXIT_OK
    out = capsys.readouterr().out
    assert out.startswith(answer().explanation.to_text(lang="zh"))
    assert "应还日" in out
    assert "方案后" in out


def test_a_date_without_an_instalment_is_empty_on_that_side(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    new = {"kind": "re_ageing", "instalments": 1, "first_due_on": "2025-05-01"}
    put(folder / "plan.json", {**PLAN, "measures": [new]})
    assert run(folder) == EXIT_OK
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["2025-04-15", "100.00"] in lines
    assert ["2025-05-01", "1,200.00", "0.00", "0.00", "0.00", "1,200.00"] in lines


def test_json_on_the_terminal_is_the_record(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--json", "--out", str(folder / "record.json")) == EXIT_OK
    record = serialization.from_json(PlanRecord, capsys.readouterr().out)
    assert record == PlanRecord.of(answer())
    written = (folder / "record.json").read_bytes()
    assert serialization.from_json(PlanRecord, written) == record


def test_a_plan_that_keeps_the_limits_is_reviewed(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder / "plan.json", {**PLAN, "effective_on": "2025-07-01"})
    put(folder / "account.json", {**ACCOUNT, "payments": [
        {"value_date": "2025-03-15", "amount": "300.00"}]})  # fmt: skip
    kept = folder / "review.json"
    more = ("--rules", "us-reg-x-plan", "--review-out", str(kept))
    options = [str(folder / "account.json"), str(folder / "plan.json"), "--as-of", "2025-07-01"]
    assert main(["plan", *options, "--policy", "founding-report", *more]) == EXIT_OK
    out = capsys.readouterr().out
    assert "months in which arrears are made up: 6; required: at most 6." in out
    assert f"The audit record is in {kept}" in out
    record = serialization.from_json(PlanReviewRecord, kept.read_bytes())
    assert (record.figures.is_allowed, record.differences()) == (True, ())


def test_a_plan_that_breaks_a_limit_is_told_by_the_exit_code(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(folder, "--rules", "us-reg-x-plan") == EXIT_FORBIDDEN
    review = review_plan(answer(), rules=load_plan_rules("us-reg-x-plan"))
    assert capsys.readouterr().out.endswith(f"{review.to_text()}\n")
    assert [row.test_id for row in review.failed] == ["us_reg_x_arrears_term"]


def test_facts_decide_what_the_account_cannot_know(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(folder / "facts.json", {"is_willing": True, "is_beyond_capacity": False})
    more = ("--rules", "cn-plan", "--facts", str(folder / "facts.json"), "--review-out")
    code = run(folder, *more, str(folder / "review.json"))
    assert "cn-plan" in capsys.readouterr().out
    record = serialization.from_json(PlanReviewRecord, (folder / "review.json").read_bytes())
    assert (record.facts.is_willing, record.facts.is_beyond_capacity) == (True, False)
    assert code == (EXIT_OK if record.figures.is_allowed else EXIT_FORBIDDEN)


WRONG = [
    ({"account": {**ACCOUNT, "account_id": 7}}, (), "account.json, $.account_id: expected a text"),
    ({"plan": {**PLAN, "measures": [{"kind": "none"}]}}, (), "plan.json, $.measures[0]: expected the key 'kind'"),
    ({"plan": {**PLAN, "effective_on": "2025-05-01"}}, (), "restructuring plan"),
    ({}, ("--facts", "facts.json"), "--facts: expected --rules NAME-or-FILE beside it"),
    ({}, ("--review-out", "review.json"), "--review-out: expected --rules NAME-or-FILE beside it"),
    ({}, ("--rules", "cn-plans"), "cn-plan"),
    ({}, ("--out", "account.json"), "--out: expected a file of its own"),
    ({}, ("--rules", "cn-plan", "--out", "x.json", "--review-out", "x.json"), "--review-out: expected a file of its own"),
    ({}, ("--out", "nowhere/record.json"), "nowhere"),
]  # fmt: skip


@pytest.mark.parametrize(("documents", "more", "told"), WRONG)
def test_what_cannot_be_done_is_told_and_nothing_is_written(
    documents, more, told, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, document in documents.items():
        put(folder / f"{name}.json", document)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    placed = [str(folder / each) if each.endswith(".json") else each for each in more]
    assert run(folder, *placed) == EXIT_BAD_INPUT
    captured = capsys.readouterr()
    assert told in captured.err
    assert captured.out == ""
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_a_file_that_is_not_there_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "plan.json").unlink()
    assert run(folder) == EXIT_BAD_INPUT
    assert "plan.json" in capsys.readouterr().err
