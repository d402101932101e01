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
    assert "1 of 2 accounts set aside (5 rows), with reasons" in capsys.readouterr().out


def test_what_was_set_aside_is_told_by_the_line_of_its_file(tmp_path: Path) -> None:
    bad = PAYMENTS.replace("A-2", "\nA-2") + "A-2,2025-02-02,-5.00\n"
    assert main(tape(tmp_path, payments=bad)) == EXIT_QUARANTINED
    aside = {
        (row["table"], row["row"]): (row["line"], row["reason"])
        for row in rows_of(tmp_path / "out.quarantine.csv")
    }
    assert aside["payments", "2"] == ("5", "amount_not_positive")
    assert aside["payments", "1"] == ("4", "account_quarantined")
    assert aside["accounts", "1"] == ("3", "account_quarantined")


def test_rows_of_parquet_have_no_line(tmp_path: Path) -> None:
    from delinquency.cli.files import read_table, write_table

    arguments = tape(tmp_path, payments=PAYMENTS + "A-2,2025-02-02,-5.00\n")
    for name in ("accounts", "instalments", "payments"):
        write_table(read_table(tmp_path / f"{name}.csv"), tmp_path / f"{name}.parquet")
    parquet = [
        text if "out" in Path(text).name else text.replace(".csv", ".parquet") for text in arguments
    ]
    assert main(parquet) == EXIT_QUARANTINED
    assert {row["line"] for row in rows_of(tmp_path / "out.quarantine.csv")} == {""}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "payments.amount, row 2 (line 4 of the file): amount_not_positive, found -5.00"),
        ("zh", "payments.amount，行号 2（文件第 4 行）：amount_not_positive，实际为 -5.00"),
    ],
)
def test_an_account_that_was_set_aside_is_explained_by_what_is_wrong_with_it(
    lang: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = tape(tmp_path, payments=PAYMENTS + "A-2,2025-02-02,-5.00\n")
    assert main([*arguments, "--explain", "A-2", "--lang", lang]) == EXIT_QUARANTINED
    assert told in capsys.readouterr().out


def test_amounts_below_nought_are_told_in_the_units_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = tape(tmp_path, payments=PAYMENTS + "A-2,2025-02-02,0\n")
    assert main([*arguments, "--strict"]) == EXIT_BAD_INPUT
    assert (
        "payments.csv, line 4, payments.amount, row 2: expected an amount of more than 0, found 0. "
        "Hint: A payment taken back is the same payment with reversed_on."
    ) in capsys.readouterr().err


def test_strict_stops_at_a_bad_row(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = PAYMENTS + "A-2,2025-02-02,-5.00\n"
    assert main([*tape(tmp_path, payments=bad), "--strict"]) == EXIT_BAD_INPUT
    assert "payments.amount, row 2" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("payments", "line"),
    [
        ('A-1,2025-01-31,101.25,"p1\nA-2,2025-02-01,20.00,p2\nA-2,2025-02-02,1.00,p3\n', 2),
        ('A-1,2025-01-31,101.25,p1\nA-2,2025-02-01,20.00,"p2\nA-2,2025-02-02,1.00,"p3\n', 3),
        ('\nA-1,2025-01-31,101.25,"p1\nA-2,2025-02-01,20.00,p2"\n', 3),
        ('A-1,2025-01-31,101.25,"p1"x\n', 2),
        ('A-1,2025-01-31,101.25,"p1\r\nA-2,2025-02-01,20.00,"p2"\r\n', 2),
    ],
)
def test_a_quote_that_nothing_closes_on_its_line_swallows_no_row(
    payments: str, line: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = "account_id,value_date,amount,payment_id\n" + payments
    assert main(tape(tmp_path, payments=content)) == EXIT_BAD_INPUT
    assert f"payments.csv, line {line}: expected every quoted field" in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()


def test_quotes_that_pair_on_their_line_are_read(tmp_path: Path) -> None:
    payments = (
        '"account_id","value_date","amount","payment_id"\r\n'
        '"A-1","2025-01-31","101.25","6"" pipe, 2nd"\r\nA-2,2025-02-01,"20.00",pipe 6"\r\n'
    )
    assert main(tape(tmp_path, payments=payments)) == EXIT_OK
    assert [row["arrears"] for row in rows_of(tmp_path / "out.csv")] == ["101.25", "30.10"]


def test_ids_and_amounts_stay_text_below_an_empty_line(tmp_path: Path) -> None:
    accounts = "\n" + ACCOUNTS.replace("A-", "00")
    changed = [text.replace("A-", "00") for text in (INSTALMENTS, PAYMENTS)]
    arguments = tape(tmp_path, accounts=accounts, instalments=changed[0], payments=changed[1])
    assert main(arguments) == EXIT_OK
    assert [row["account_id"] for row in rows_of(tmp_path / "out.csv")] == ["001", "002"]


@pytest.mark.parametrize(
    ("encoding", "message"),
    [
        ("gbk", "expected text in UTF-8, found the byte 0xD5 in line 2"),
        ("utf-16", "expected text in UTF-8, found UTF-16"),
        ("utf-16-le", "expected text"),
    ],
)
def test_a_file_in_another_encoding_is_refused_by_its_name(
    encoding: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = tape(tmp_path)
    (tmp_path / "accounts.csv").write_bytes(ACCOUNTS.replace("A-", "账户").encode(encoding))
    assert main(arguments) == EXIT_BAD_INPUT
    said = capsys.readouterr().err
    assert f"{tmp_path / 'accounts.csv'}: {message}" in said
    assert "Save the file as UTF-8" in said


def test_a_mark_at_the_beginning_of_a_file_says_nothing(tmp_path: Path) -> None:
    assert main(tape(tmp_path, accounts="\ufeff" + ACCOUNTS)) == EXIT_OK


def test_the_language_is_taken_before_and_after_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["--lang", "zh", *tape(tmp_path)], [*tape(tmp_path), "--lang", "zh"]):
        assert main([*arguments, "--explain", "A-2"]) == EXIT_OK
        assert "逾期天数" in capsys.readouterr().out
    assert main(["policies", "--lang", "zh"]) == EXIT_OK


def test_a_corrupt_file_is_told_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "accounts.parquet").write_bytes(b"PAR1 and nothing else")
    arguments = [text.replace("accounts.csv", "accounts.parquet") for text in tape(tmp_path)]
    assert main(arguments) == EXIT_BAD_INPUT
    assert "accounts.parquet: expected a table in parquet, found" in capsys.readouterr().err
    assert main(tape(tmp_path, accounts="")) == EXIT_BAD_INPUT
    assert "accounts.csv: expected a table in csv, found Empty CSV" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (["--out", "{}/nowhere/out.csv"], "nowhere/out.csv: No such file"),
        (["--quarantine", "{}/nowhere/bad.csv"], "nowhere/bad.csv: No such file"),
        (["--quarantine", "{}/bad.txt"], "a file ending in .csv or .parquet"),
        (["--quarantine", "{}"], "a file ending in .csv or .parquet"),
        (["--explain", "A-7"], "found A-7"),
        (["--out", "{}/accounts.csv"], "--out: expected a file of its own"),
        (["--out", "{}/sub/../payments.csv"], "--out: expected a file of its own"),
        (["--quarantine", "{}/out.csv"], "--quarantine: expected a file of its own"),
        (["--quarantine", "{}/instalments.csv"], "--quarantine: expected a file of its own"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_written(
    more: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = PAYMENTS + "X-9,2025-02-02,5.00\n"
    arguments = tape(tmp_path, payments=bad)
    (tmp_path / "sub").mkdir()
    before = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    assert main([*arguments, *(text.format(tmp_path) for text in more)]) == EXIT_BAD_INPUT
    assert message in capsys.readouterr().err
    assert {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()} == before


def test_an_input_under_another_name_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = tape(tmp_path)
    (tmp_path / "out.csv").hardlink_to(tmp_path / "accounts.csv")
    assert main(arguments) == EXIT_BAD_INPUT
    assert "--out: expected a file of its own" in capsys.readouterr().err
    assert (tmp_path / "accounts.csv").read_text(encoding="utf-8") == ACCOUNTS


def test_the_reasons_are_written_where_no_account_is_good(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = "account_id,due_date,principal\nA-1,2025-01-31,1.005\nA-2,2025-01-31,1.005\n"
    assert main(tape(tmp_path, instalments=bad)) == EXIT_BAD_INPUT
    printed = capsys.readouterr()
    assert "2 of 2 accounts set aside (6 rows), with reasons" in printed.out
    assert "  account_quarantined: 4 rows\n  finer_than_minor_unit: 2 rows\n" in printed.out
    assert "Nothing is left to assess." in printed.out
    assert "bucket" not in printed.out
    aside = tmp_path / "out.quarantine.csv"
    assert len(rows_of(aside)) == 6
    assert f"expected at least one good account, found none. Hint: The reasons are in {aside}" in (
        printed.err
    )
    assert not (tmp_path / "out.csv").exists()


def test_accounts_without_a_row_are_told_with_the_rows_of_unknown_ones(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(tape(tmp_path, accounts="account_id,originated_on\n")) == EXIT_BAD_INPUT
    printed = capsys.readouterr()
    assert "0 of 0 accounts set aside (5 rows)" in printed.out
    assert "  unknown_account: 5 rows\n" in printed.out
    empty = {
        "instalments": "account_id,due_date,principal\n",
        "payments": "account_id,value_date,amount\n",
    }
    nothing = tape(tmp_path, accounts="account_id,originated_on\n", **empty)
    assert main(nothing) == EXIT_BAD_INPUT
    assert "expected at least one account, found none" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["2025-W14-2", "20250331", "２０２５-０３-３１", "2025-02-30"])
def test_a_date_is_written_in_one_way(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for flag in ("--as-of", "--known-on"):
        with pytest.raises(SystemExit) as stopped:
            main([*tape(tmp_path), flag, text])
        assert stopped.value.code == EXIT_BAD_INPUT
        assert "expected a date like 2025-06-30" in capsys.readouterr().err


def test_columns_of_other_names_are_passed_over_where_the_flag_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = "account_id,originated_on,branch\nA-1,2025-01-01,7\nA-2,2025-01-01,8\n"
    arguments = tape(tmp_path, accounts=accounts)
    assert main(arguments) == EXIT_BAD_INPUT
    said = capsys.readouterr().err
    assert "or pass --ignore-extra" in said
    assert "ignore_extra=True" not in said
    assert main([*arguments, "--ignore-extra"]) == EXIT_OK
    misspelt = tape(tmp_path, instalments=INSTALMENTS.replace("principal", "principle"))
    assert main([*misspelt, "--ignore-extra"]) == EXIT_BAD_INPUT
    assert "Did you mean 'principal'? Rename the column" in capsys.readouterr().err


def test_whole_numbers_and_floats_of_parquet_are_read_where_a_flag_says_how(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import pyarrow as pa

    from delinquency.cli.files import write_table

    arguments = tape(tmp_path)
    for name, amounts, flag in (
        ("minor", pa.array([10_125, 2_000]), ["--amounts", "minor"]),
        ("float", pa.array([101.25, 20.0]), ["--floats", "exact"]),
    ):
        rows = {"account_id": ["A-1", "A-2"], "value_date": ["2025-01-31", "2025-02-01"]}
        write_table(pa.table({**rows, "amount": amounts}), tmp_path / f"{name}.parquet")
        dues = {
            "account_id": ["A-1", "A-1", "A-2"],
            "due_date": ["2025-01-31", "2025-02-28", "2025-01-31"],
            "principal": [10_125, 10_125, 5_010] if name == "minor" else [101.25, 101.25, 50.10],
        }
        write_table(pa.table(dues), tmp_path / f"{name}-dues.parquet")
        given = [*arguments, "--payments", str(tmp_path / f"{name}.parquet")]
        given += ["--instalments", str(tmp_path / f"{name}-dues.parquet")]
        assert main(given) == EXIT_BAD_INPUT
        assert " ".join(flag) in capsys.readouterr().err
        assert main([*given, *flag]) == EXIT_OK
        assert [row["arrears"] for row in rows_of(tmp_path / "out.csv")] == ["101.25", "30.10"]


def test_each_currency_of_the_accounts_is_summed_up_by_itself(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = "account_id,originated_on,currency\nA-1,2025-01-01,CNY\nA-2,2025-01-01,JPY\n"
    changed = {
        "accounts": accounts,
        "instalments": "account_id,due_date,principal\nA-1,2025-02-28,100.50\nA-2,2025-01-31,50\n",
        "payments": "account_id,value_date,amount\nA-2,2025-02-01,20\n",
    }
    arguments = [*tape(tmp_path, **changed), "--currency", "column", "--explain", "A-2"]
    for strict in ([], ["--strict"]):
        assert main([*arguments, *strict]) == EXIT_OK
        printed = capsys.readouterr().out
        assert "customers), CNY" in printed
        assert "customers), JPY" in printed
        assert "Account A-2" in printed
        assert "2 accounts written" in printed
        out = rows_of(tmp_path / "out.csv")
        assert [(row["account_id"], row["currency"]) for row in out] == [
            ("A-1", "CNY"),
            ("A-2", "JPY"),
        ]
    assert main([*arguments, "--explain", "A-9"]) == EXIT_BAD_INPUT


def test_a_rule_that_was_never_verified_is_warned_of_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from delinquency import rulebook

    name = next(
        entry.name for entry in rulebook.available() if entry.verification.value == "unverified"
    )
    arguments = [text.replace("founding-report", name) for text in tape(tmp_path)]
    for _ in range(2):
        assert main(arguments) == EXIT_OK
        assert capsys.readouterr().err.count("warning:") == 1


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
