"""``python -m delinquency status``: the states of the accounts of a tape, and why one is in its."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from delinquency.cli.main import EXIT_BAD_INPUT, EXIT_OK, EXIT_QUARANTINED, main

ACCOUNTS = """account_id,originated_on
L-1,2024-12-31
L-2,2024-12-31
L-3,2025-06-30
"""
INSTALMENTS = """account_id,due_date,principal
L-1,2025-01-31,100.00
L-2,2025-12-31,100.00
L-3,2025-12-31,100.00
"""
DAY_91 = "2025-05-02"


@pytest.fixture
def tape(tmp_path: Path) -> Path:
    (tmp_path / "accounts.csv").write_text(ACCOUNTS, encoding="utf-8")
    (tmp_path / "instalments.csv").write_text(INSTALMENTS, encoding="utf-8")
    return tmp_path


def run(tape: Path, *more: str, policy: str = "cn-loan", as_of: str = DAY_91) -> int:
    files = [f"--{name}={tape / name}.csv" for name in ("accounts", "instalments")]
    return main(["status", *files, "--as-of", as_of, "--policy", policy, "--quiet", *more])


def test_accounts_are_counted_by_state_and_the_worst_is_explained(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tape) == EXIT_OK
    out = capsys.readouterr().out
    lines = [line.split() for line in out.splitlines()]
    assert ["次级", "no", "1"] in lines
    assert ["正常", "yes", "1"] in lines
    assert ["关注", "yes", "0"] in lines
    assert "1 account had not begun by 2025-05-02." in out
    assert "Status of account L-1 on 2025-05-02: 次级." in out
    assert "more than 90 days past due: it was 91." in out


def test_one_account_is_explained_in_chinese(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tape, "--explain", "L-2", "--lang", "zh") == EXIT_OK
    out = capsys.readouterr().out
    assert "账户 L-2 在 2025-05-02 的状态：正常。" in out
    assert "L-1" not in out
    assert "2025-05-02 时尚未发放：1 户。" in out


def test_the_spans_are_written_one_a_row(tape: Path) -> None:
    out = tape / "spans.csv"
    assert run(tape, "--out", str(out)) == EXIT_OK
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    told = [
        (row["state"], row["start"], row["end"], row["conditions"])
        for row in rows
        if (row["account_id"], row["machine"]) == ("L-1", "风险分类")
    ]
    assert told == [
        ("正常", "2024-12-31", "2025-02-01", ""),
        ("关注", "2025-02-01", "2025-05-02", "days_past_due >= 1; not found technical_overdue"),
        ("次级", "2025-05-02", "", "days_past_due > 90"),
    ]
    assert {row["account_id"] for row in rows} == {"L-1", "L-2"}


def test_bad_rows_are_set_aside_and_the_others_judged(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = INSTALMENTS.replace("L-2,2025-12-31,100.00", "L-2,2025-12-31,-1")
    (tape / "instalments.csv").write_text(broken, encoding="utf-8")
    assert run(tape) == EXIT_QUARANTINED
    assert "set aside" in capsys.readouterr().out
    assert (tape / "accounts.quarantine.csv").exists()


@pytest.mark.parametrize(
    ("policy", "told"),
    [("founding-report", "a policy with a status"), ("cn-lone", "cn-loan")],
)
def test_a_policy_that_judges_no_status_is_refused(
    policy: str, told: str, tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tape, policy=policy) == EXIT_BAD_INPUT
    assert told in capsys.readouterr().err


def test_an_account_that_no_file_has_is_refused(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tape, "--explain", "L-9") == EXIT_BAD_INPUT
    assert "L-9" in capsys.readouterr().err


def test_before_the_first_account_begins_nobody_is_judged(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tape, as_of="2024-01-31") == EXIT_OK
    assert capsys.readouterr().out.strip() == "3 accounts had not begun by 2024-01-31."


def test_who_is_judged_with_other_accounts_and_what_is_not_known_is_said(
    tape: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tape, "--currency", "INR", policy="in-sma") == EXIT_OK
    assert "asset class judges a debtor with all accounts" in capsys.readouterr().out
    assert (
        run(tape, "--currency", "USD", policy="us-ffiec-residential", as_of="2025-09-30") == EXIT_OK
    )
    out = capsys.readouterr().out
    assert "of 1 account a figure is not known that a rule for a worse state needs." in out
    assert run(tape, "--lang", "zh", "--currency", "INR", policy="in-sma") == EXIT_OK
    assert "按债务人全部账户判定" in capsys.readouterr().out
