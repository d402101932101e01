"""Assessing a tape: files in, the summary and one row an account out, bad rows put aside.

The one idea: whatever can be refused is refused before the first file is written, and no file that is
read is ever written.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar, cast

from delinquency import frames, portfolio, rulebook
from delinquency.cli.files import check_writable, is_same, read_table, write_table
from delinquency.cli.progress import ProgressBar
from delinquency.cli.set_aside import Reading, in_file, reading_of, told_aside, told_of_account
from delinquency.cli.summary import print_summary
from delinquency.cli.words import counted, said
from delinquency.errors import InvalidValueError, PortfolioError
from delinquency.frames.arrow import arrow
from delinquency.frames.tables import TABLES

__all__ = ["assess_tape", "carry_out", "print_written"]

Answers = Mapping[str, portfolio.PortfolioAssessment]
Answer = TypeVar("Answer")


def assess_tape(options: argparse.Namespace) -> bool:
    """Carry out ``assess``; whether anything was quarantined.

    Raises
    ------
    DelinquencyError
        Bad input; with ``--strict`` the first bad row.
    OSError
        A file that cannot be read or written.
    """
    return carry_out(options, portfolio.assess, frames.assessment_to_frame, _print)


def carry_out(
    options: argparse.Namespace,
    judge: Callable[..., Answer],
    to_frame: Callable[[Answer, str], Any],
    tell: Callable[[Mapping[str, Answer], Mapping[str, int], argparse.Namespace], None],
    check: Callable[[Mapping[str, Answer], argparse.Namespace], None] | None = None,
) -> bool:
    """Judge the books of a tape, write the rows of the answers and tell them; whether a row was set aside.

    Raises
    ------
    DelinquencyError
        Bad input; with ``--strict`` the first bad row.
    OSError
        A file that cannot be read or written.
    """
    aside = _check_outputs(options)
    policy = rulebook.load(options.policy)
    with ProgressBar(5, quiet=options.quiet) as bar:
        bar.step("reading files")
        tables = {name: read_table(path) for name, path in _inputs_of(options).items()}
        bar.step("checking rows")
        reading = _read_tape(tables, options)
        explained = _explained_rows(reading, options.explain)
        bar.step("assessing")
        answers = {
            code: judge(book, as_of=options.as_of, policy=policy, known_on=options.known_on)
            for code, book in reading.books.items()
        }
        if check is not None:
            check(answers, options)
        bar.step("writing")
        bad = reading.bad_rows
        if bad is not None:
            write_table(bad, aside)
        if options.out is not None and answers:
            rows = [to_frame(answer, "pyarrow") for answer in answers.values()]
            # Books of several currencies stand one after the other.
            write_table(arrow().concat_tables(rows, promote_options="permissive"), options.out)
        bar.step("summing up")
    tell(answers, explained, options)
    _print_aside(reading, aside, options)
    if not answers:
        print(f"\n{said('nothing_left', options.lang)}")
        raise _no_account(None if bad is None else aside)
    return bad is not None


def _print_aside(reading: Reading, aside: Path, options: argparse.Namespace) -> None:
    """Print which rows were set aside, and why the account was that is to be explained."""
    if reading.bad_rows is not None:
        print()
        for line in told_aside(reading, aside, lang=options.lang):
            print(line)
    if options.explain is not None and reading.reasons_of(options.explain):
        print()
        for line in told_of_account(reading, options.explain, lang=options.lang):
            print(line)


def _print(answers: Answers, explained: Mapping[str, int], options: argparse.Namespace) -> None:
    for number, (code, answer) in enumerate(answers.items()):
        if number:
            print()
        print_summary(answer, lang=options.lang, explain=explained.get(code))
    print_written(sum(map(len, answers.values())), options)


def print_written(accounts: int, options: argparse.Namespace) -> None:
    """Print how many accounts were written and where to, if any were."""
    if options.out is not None and accounts:
        count = counted(accounts, "account", options.lang)
        print("\n" + said("written", options.lang, accounts=count, path=options.out))


def _inputs_of(options: argparse.Namespace) -> dict[str, Path]:
    """The files of a tape by table."""
    return {name: path for name in TABLES if (path := getattr(options, name)) is not None}


def _check_outputs(options: argparse.Namespace) -> Path:
    """Where bad rows go, when no output is a file that is read or the other output."""
    beside: Path = options.out or options.accounts
    aside: Path = options.quarantine or beside.with_name(f"{beside.stem}.quarantine.csv")
    plan: list[Path] = [options.plan] if options.command == "plans" else []
    read = [*_inputs_of(options).values(), Path(options.policy), *plan]
    for flag, path in (("--out", options.out), ("--quarantine", aside)):
        others = read if flag == "--out" else [*read, *([options.out] if options.out else [])]
        if path is not None and any(is_same(path, other) for other in others):
            raise InvalidValueError.at(
                flag,
                expected="a file of its own, that nothing else is read from or written to",
                found=str(path),
            )
    for path in (options.out, options.quarantine):
        if path is not None:
            check_writable(path)
    return aside


def _read_tape(tables: dict[str, Any], options: argparse.Namespace) -> Reading:
    """The books by currency, and the rows that were set aside."""
    how: dict[str, Any] = {
        "currency": options.currency,
        "amounts": options.amounts,
        "floats": options.floats,
        "ignore_extra": options.ignore_extra,
    }
    files = _inputs_of(options)
    if not options.strict:
        result: frames.ReadResult = frames.read(**tables, **how, on_error="quarantine")
        return reading_of(result, files)
    try:
        books = cast(
            "portfolio.Portfolio | dict[str, portfolio.Portfolio]", frames.read(**tables, **how)
        )
    except PortfolioError as error:
        raise in_file(error, files) from None
    return Reading(books if isinstance(books, dict) else {options.currency: books})


def _explained_rows(reading: Reading, account_id: str | None) -> dict[str, int]:
    """The row of the account to be explained, by the currency of its book; none where it is aside.

    Raises
    ------
    PortfolioError
        No file has such an account.
    """
    refused: list[PortfolioError] = []
    if account_id is not None and not reading.reasons_of(account_id):
        for code, book in reading.books.items():
            try:
                return {code: book.row_of(account_id)}
            except PortfolioError as error:
                refused.append(error)
    if refused:
        raise refused[0]
    return {}


def _no_account(aside: Path | None) -> PortfolioError:
    """The error where nothing is left to assess."""
    return PortfolioError.in_rows(
        "accounts",
        (),
        reason="empty_book",
        expected="at least one account" if aside is None else "at least one good account",
        found="none",
        hint="" if aside is None else f"The reasons are in {aside}.",
    )
