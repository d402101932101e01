"""A tape of every table: what an account holds goes into files and comes back, and the command reads all."""

from __future__ import annotations

import csv
import random
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

pytest.importorskip("pyarrow")

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import delinquency as dq
from delinquency import frames
from delinquency.cli.files import read_table, write_table
from delinquency.cli.main import EXIT_BAD_INPUT, EXIT_OK, EXIT_QUARANTINED, main
from delinquency.events import AccountEvent
from delinquency.frames.tables import CHILDREN, TABLES
from delinquency.portfolio import Portfolio
from tests.equivalence.books import draw_account
from tests.frames.small_tables import LATER, every_column

AS_OF = date(2023, 12, 31)


def flags_of(folder: Path, suffix: str = ".csv") -> list[str]:
    """One flag for each table that is in the folder."""
    return [
        text
        for name in TABLES
        if (path := folder / f"{name}{suffix}").exists()
        for text in (f"--{name.replace('_', '-')}", str(path))
    ]


def written(book: Portfolio, folder: Path, suffix: str = ".csv") -> dict[str, Any]:
    """The tables of a book as files, and what is read of them."""
    for name, table in frames.book_to_frames(book, "pyarrow").items():
        write_table(table, folder / f"{name}{suffix}")
    return {
        name: read_table(path) for name in TABLES if (path := folder / f"{name}{suffix}").exists()
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(seed=st.integers(0, 2**32), suffix=st.sampled_from([".csv", ".parquet"]))
def test_accounts_go_into_files_and_come_back_equal(
    tmp_path_factory: pytest.TempPathFactory, seed: int, suffix: str
) -> None:
    """Law: Account -> tables -> Account is the identity, whatever happened to the account."""
    rng = random.Random(seed)
    currency = dq.Currency.of(rng.choice(["CNY", "JPY", "KWD"]))
    drawn = [draw_account(rng, number, currency) for number in range(rng.randint(1, 6))]
    tables = written(Portfolio.from_accounts(drawn), tmp_path_factory.mktemp("tape"), suffix)
    assert [*frames.read(**tables, currency=currency)] == drawn


def test_every_kind_of_fact_has_a_table() -> None:
    """One account with a fact of each kind, all of which come back from text."""
    events: list[Any] = [
        dq.CountingSuspension(date(2025, 2, 1), None, dq.SuspensionReason.LAW, date(2025, 2, 2)),
        dq.PenaltyWaiver(date(2025, 2, 1), date(2025, 3, 1), dq.Proportion(1, 3), date(2025, 4, 1)),
        dq.FundsMisuse(date(2025, 2, 1), None, date(2025, 2, 9)),
        dq.OffBalance(date(2025, 5, 1)),
        dq.Waiver(date(2025, 3, 1), dq.Component.FEES, 1, date(2025, 3, 2), date(2025, 4, 1)),
        dq.WriteOff(date(2025, 6, 1)),
        dq.Closure(date(2025, 7, 1)),
        dq.Acceleration(date(2025, 5, 1), 2),
        dq.ChargeBack(charge_back_id="b", value_date=date(2025, 2, 9), interest=1, payment_id="p"),
        dq.Dispute(
            "d",
            date(2025, 2, 1),
            1,
            date(2025, 3, 1),
            1,
            for_debtor=True,
            recorded_on=date(2025, 2, 2),
            reversed_on=date(2025, 2, 3),
        ),
        dq.Finding(dq.FindingKind.EVASION, date(2025, 2, 1), date(2025, 3, 1), date(2025, 4, 1)),
        dq.ReportedFigure(
            dq.FigureName.LOAN_TO_VALUE,
            date(2025, 2, 1),
            dq.Proportion(21, 20),
            date(2025, 2, 2),
            date(2025, 2, 3),
        ),
        dq.Restructuring(
            date(2025, 2, 1),
            date(2025, 2, 28),
            False,
            dq.Proportion(1, 3),
            date(2025, 4, 1),
            date(2025, 2, 2),
            date(2025, 2, 3),
        ),
        dq.ReAge(date(2025, 2, 1), True, date(2025, 2, 2), date(2025, 2, 3)),
        dq.Collateral(
            "c",
            date(2025, 2, 1),
            0,
            dq.CollateralKind.RECEIVABLES,
            1,
            date(2025, 3, 1),
            date(2025, 2, 2),
            date(2025, 2, 3),
        ),
        dq.Guarantee(
            "g",
            date(2025, 2, 1),
            None,
            dq.Proportion(1, 3),
            date(2025, 3, 1),
            date(2025, 2, 2),
            date(2025, 2, 3),
        ),
    ]
    assert {type(event) for event in events} == set(get_args(AccountEvent))
    kinds = [
        dq.Payment(date(2025, 2, 1 + place), 3, kind, f"p{place}")
        for place, kind in enumerate(dq.PaymentKind)
    ]
    account = dq.Account(
        account_id="A-1",
        obligor_id="O-1",
        originated_on=date(2024, 12, 31),
        schedule=dq.Schedule(dq.Currency.of("CNY"), [dq.Instalment(date(2025, 1, 31), 100, 10, 1)]),
        charges=[
            dq.Charge(
                "c",
                dq.Component.PENALTY,
                5,
                date(2025, 3, 1),
                1,
                None,
                AS_OF.replace(year=2025, month=1),
            )
        ],
        payments=kinds,
        events=events,
        contract_rates=[dq.DatedRate(date(2024, 12, 31), dq.Rate.per_month("0.01"))],
    )
    book = Portfolio.from_accounts([account])
    names = [field.name for field in attrs.fields(Portfolio) if getattr(book, field.name) is None]
    assert names == ["product", "segment"]
    tables = frames.book_to_frames(book, "pyarrow")
    assert set(tables) == set(TABLES)
    texts = {
        name: {
            column: [None if cell is None else str(cell) for cell in table[column].to_pylist()]
            for column in table.column_names
        }
        for name, table in tables.items()
    }
    assert [*frames.read(**texts, currency="CNY")] == [account]


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_the_command_assesses_a_tape_of_every_table(tmp_path: Path, suffix: str) -> None:
    rng = random.Random(20_250_720)
    drawn = [draw_account(rng, number, dq.Currency.of("CNY")) for number in range(40)]
    book = Portfolio.from_accounts(drawn)
    assert set(written(book, tmp_path, suffix)) == set(TABLES)
    out = tmp_path / "out.csv"
    command = ["assess", "--as-of", AS_OF.isoformat(), "--policy", "founding-report", "--quiet"]
    assert main([*command, *flags_of(tmp_path, suffix), "--out", str(out)]) == EXIT_OK
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    policy = dq.rulebook.load("founding-report")
    for row, account in zip(rows, drawn, strict=True):
        alone = dq.assess(account, as_of=AS_OF, policy=policy)
        assert row["account_id"] == account.account_id
        assert int(row["delinquent_days"]) == alone.delinquent_days
        assert row["arrears"] == str(alone.arrears)
        assert row["bucket"] == alone.bucket.code


def small_tape(folder: Path, **changed: Any) -> list[str]:
    """The arguments over two accounts with rows in every table, with cells of columns changed."""
    given = every_column()
    for place, cells in changed.items():
        table, column = place.split("__")
        given[table][column] = cells
    for name, columns in given.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows(
                ["" if cell is None else cell for cell in row]
                for row in zip(*columns.values(), strict=True)
            )
    command = ["assess", "--as-of", "2025-04-30", "--policy", "founding-report", "--quiet"]
    return [*command, *flags_of(folder), "--out", str(folder / "out.csv")]


def test_each_table_of_the_reader_is_a_flag_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flags = [text for text in small_tape(tmp_path) if text.startswith("--")]
    assert len([flag for flag in flags if flag[2:].replace("-", "_") in TABLES]) == len(TABLES)
    assert len(TABLES) == len(CHILDREN) + 1
    with pytest.raises(SystemExit):
        main(["assess", "--help"])
    told = capsys.readouterr().out
    assert all(f"--{name.replace('_', '-')}" in told for name in TABLES)


@pytest.mark.parametrize(
    ("place", "cells", "reason"),
    [
        (
            "decisions__kind",
            ["write_off", "forgiveness", "waiver", "acceleration"],
            "unknown_member",
        ),
        ("decisions__component", ["principal", None, "fees", None], "missing_component"),
        ("charge_backs__value_date", ["2024-02-03", "2025-03-01"], "before_origination"),
        ("spans__share_denominator", [None, 2000, None], "bad_share"),
        ("spans__share_numerator", [None, 3, None], "bad_share"),
        ("disputes__amount", ["10.00", "0", "1.25"], "amount_not_positive"),
        ("disputes__charge_id", [None, None, "x"], "unknown_charge"),
        ("contract_rates__rate", ["0.0005", "4.01", "-0.01"], "rate_too_large"),
        ("findings__end", [None, "2025-02-20", "2025-03-02"], "overlapping_spans"),
        ("reported_figures__reversed_on", [None, None, None], "duplicate_figure"),
        ("restructurings__value_date", ["2025-04-01", "2025-03-02"], "due_before_restructuring"),
    ],
)
def test_a_bad_row_of_a_fact_is_put_aside_with_its_account(
    tmp_path: Path, place: str, cells: list[Any], reason: str
) -> None:
    assert main(small_tape(tmp_path)) == EXIT_OK
    arguments = small_tape(tmp_path, **{place: cells})
    assert main(arguments) == EXIT_QUARANTINED
    with (tmp_path / "out.quarantine.csv").open(newline="", encoding="utf-8") as file:
        aside = list(csv.DictReader(file))
    table = place.partition("__")[0]
    (row,) = [row for row in aside if row["reason"] != "account_quarantined"]
    assert (row["table"], row["reason"]) == (table, reason)
    assert row["line"] == str(int(row["row"]) + 2)


@pytest.mark.parametrize("name", LATER)
def test_no_output_may_be_a_table_of_facts(
    tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = small_tape(tmp_path)[:-1]
    before = (tmp_path / f"{name}.csv").read_bytes()
    assert main([*arguments, str(tmp_path / f"{name}.csv")]) == EXIT_BAD_INPUT
    assert "a file of its own" in capsys.readouterr().err
    assert (tmp_path / f"{name}.csv").read_bytes() == before
