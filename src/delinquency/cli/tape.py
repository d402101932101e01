"""Assessing a tape: files in, the summary and one row an account out, bad rows put aside."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, cast

from delinquency import Currency, frames, portfolio, rulebook
from delinquency.cli.files import read_table, write_table
from delinquency.cli.progress import ProgressBar
from delinquency.cli.summary import print_summary

__all__ = ["assess_tape"]

TABLES = ("accounts", "instalments", "payments", "charges", "suspensions")


def assess_tape(options: argparse.Namespace) -> bool:
    """Carry out ``assess``; whether anything was quarantined.

    Raises
    ------
    DelinquencyError
        Bad input; with ``--strict`` the first bad row.
    OSError
        A file that cannot be read or written.
    """
    policy = rulebook.load(options.policy)
    with ProgressBar(5, quiet=options.quiet) as bar:
        bar.step("reading files")
        tables = {
            name: read_table(path)
            for name in TABLES
            if (path := getattr(options, name)) is not None
        }
        bar.step("checking rows")
        book, quarantine = _read(tables, options)
        bar.step("assessing")
        answer = portfolio.assess(
            book, as_of=options.as_of, policy=policy, known_on=options.known_on
        )
        bar.step("writing")
        if options.out is not None:
            write_table(frames.assessment_to_frame(answer, "pyarrow"), options.out)
        aside = _put_aside(quarantine, options)
        bar.step("summing up")
    explain = None if options.explain is None else book.row_of(options.explain)
    print_summary(answer, lang=options.lang, explain=explain)
    if options.out is not None:
        print(f"\n{len(answer):,} accounts written to {options.out}")
    if aside is not None:
        counts = quarantine.counts_by_reason
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in counts.items())
        print(f"\n{len(quarantine):,} rows quarantined ({reasons}), with reasons, in {aside}")
    return aside is not None


def _read(tables: dict[str, Any], options: argparse.Namespace) -> tuple[Any, Any]:
    currency: Currency = Currency.of(options.currency)
    if options.strict:
        return cast("Any", frames.read(**tables, currency=currency)), None
    result = frames.read(**tables, currency=currency, on_error="quarantine")
    return result.book, result.quarantine


def _put_aside(quarantine: Any, options: argparse.Namespace) -> Path | None:
    if quarantine is None or not quarantine:
        return None
    beside: Path = options.out or options.accounts
    path: Path = options.quarantine or beside.with_name(f"{beside.stem}.quarantine.csv")
    write_table(quarantine.to_frame("pyarrow"), path)
    return path
