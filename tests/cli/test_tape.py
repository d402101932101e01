"""A tape on the command line: files in, answers out, bad rows aside, exit codes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

pytest.importorskip("pyarrow")

from delinquency.cli.main import EXIT_BAD_INPUT, EXIT_OK, EXIT_QUARANTINED, main

ACCOUNTS = "account_id,originated_on\nA-1,2025-01-01\nA-2,2025-01-01\n"
INSTALMENTS = (
    "account_id,due_date,principal,interest\n"
    "A-1,2025-01-31,100.00,1.25\nA-1,2025-02-28,100.00,1.25\n"
    "A-2,2025-01-31,50.00,0.10\n"
)
PAYMENTS = "account_id,value_date,amount\nA-1,2025-01-31,101.25\nA-2,2025-02-01,20.00\n"


def tape(folder: Path, **changed: str) -> list[str]:
    """The arguments of ``assess`` over files with this content."""
    contents = {"accounts": ACCOUNTS, "instalments": INSTALMENTS, "payments": PAYMENTS, **changed}
    arguments = ["assess", "--as-of", "2025-03-31", "--policy", "founding-report", "--quiet"]
    for name, content in contents.items():
        path = folder / f"{name}.csv"
        path.write_text(content, encoding="utf-8")
        arguments += [f"--{name}", str(path)]
    return [*arguments, "--out", str(folder / "out.csv")]


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_a_good_tape_is_assessed_row_by_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*tape(tmp_path), "--explain", "A-2"]) == EXIT_OK
    out = rows_of(tmp_path / "out.csv")
    assert [(row["account_id"], row["days_past_due"], row["bucket"]) for row in out] == [
        ("A-1", "31", "31-60"),
        ("A-2", "59", "31-60"),
    ]
    assert [row["arrears"] for row in out] == ["101.25", "30.10"]
    printed = capsys.readouterr().out
    assert "Account A-2 on 2025-03-31" in printed
    assert "2 accounts written" in printed
    assert not (tmp_path / "out.quarantine.csv").exists()


def test_parquet_out_and_in(tmp_path: Path) -> None:
    arguments = tape(tmp_path)
    arguments[-1] = str(tmp_path / "out.parquet")
    assert main(arguments) == EXIT_OK
    from delinquency.cli.files import read_table, write_table

    table = read_table(tmp_path / "out.parquet")
    assert table.column("days_past_due").to_pylist() == [31, 59]
    for name in ("accounts", "instalments", "payments"):
        write_table(read_table(tmp_path / f"{name}.csv"), tmp_path / f"{name}.parquet")
    parquet = [text.replace(".csv", ".parquet") for text in arguments]
    assert main(parquet) == EXIT_OK


def test_bad_rows_are_put_aside_with_reasons_and_the_rest_is_assessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = PAYMENTS + "A-2,2025-02-02,-5.00\nX-9,2025-02-02,5.00\n"
    assert main(tape(tmp_path, payments=bad)) == EXIT_QUARANTINED
    assert [row["account_id"] for row in rows_of(tmp_path / "out.csv")] == ["A-1"]
    aside = rows_of(tmp_path / "out.quarantine.csv")
    reasons = {(row["account_id"], row["reason"]) for row in aside}
    assert ("X-9", "unknown_account") in reasons
    assert any(name == "A-2" and reason != "unknown_account" for name, reason in reasons)
    assert "rows quarantined" in capsys.readouterr().out


def test_strict_stops_at_a_bad_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = PAYMENTS + "A-2,2025-02-02,-5.00\n"
    assert main([*tape(tmp_path, payments=bad), "--strict"]) == EXIT_BAD_INPUT
    assert "payments.amount, row 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("founding-report", "founding-reports", "Did you mean 'founding-report'"),
        ("accounts.csv", "nothing.csv", "No such file"),
        ("out.csv", "out.xlsx", ".csv or .parquet"),
    ],
)
def test_what_cannot_be_done_says_so_and_exits_with_two(
    old: str, new: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [text.replace(old, new) for text in tape(tmp_path)]
    assert main(arguments) == EXIT_BAD_INPUT
    assert message in capsys.readouterr().err


def test_an_account_that_is_not_there_cannot_be_explained(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*tape(tmp_path), "--explain", "A-7"]) == EXIT_BAD_INPUT
    assert "found A-7" in capsys.readouterr().err


def test_a_date_that_is_none_is_refused_by_the_parser(tmp_path: Path) -> None:
    arguments = [text.replace("2025-03-31", "31/03/2025") for text in tape(tmp_path)]
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == EXIT_BAD_INPUT
