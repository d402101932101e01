"""The job without arguments, the sample book as files, and what to type next."""

from __future__ import annotations

from pathlib import Path

from delinquency import frames, portfolio, rulebook
from delinquency.cli.files import csv_bytes
from delinquency.cli.interpreter import interpreter
from delinquency.cli.summary import matter_most, print_summary
from delinquency.cli.words import said
from delinquency.errors import InvalidValueError
from delinquency.sample_book import SAMPLE_AS_OF, sample_book

__all__ = ["assess_sample", "write_sample"]

_FOLDER = "sample-book"
_POLICY = "founding-report"
_NEXT = """\
  {next_sample}
  {python} -m delinquency sample --out {folder}
  {next_assess}
  {python} -m delinquency assess --accounts {folder}/accounts.csv \\
      --instalments {folder}/instalments.csv --payments {folder}/payments.csv \\
      --suspensions {folder}/suspensions.csv --as-of {as_of} --policy cn-loan \\
      --out {folder}/assessed.csv
  {next_explain}
  {python} -m delinquency assess --accounts {folder}/accounts.csv \\
      --instalments {folder}/instalments.csv --payments {folder}/payments.csv \\
      --suspensions {folder}/suspensions.csv --as-of {as_of} --policy cn-loan \\
      --explain {account} --lang zh"""


def assess_sample(*, lang: str) -> None:
    """Assess the sample book under the levels of the founding report and print the summary."""
    book = sample_book()
    answer = portfolio.assess(book, as_of=SAMPLE_AS_OF, policy=rulebook.load(_POLICY))
    print(said("sample", lang))
    print_summary(answer, lang=lang)
    print()
    print(said("next", lang))
    comments = {name: said(name, lang) for name in ("next_sample", "next_assess", "next_explain")}
    print(
        _NEXT.format(
            python=interpreter(),
            folder=_FOLDER,
            as_of=SAMPLE_AS_OF,
            account=book.account_id[matter_most(answer)[0]],
            **comments,
        )
    )


def write_sample(folder: Path, *, lang: str) -> None:
    """Write the sample book as CSV: ``accounts.csv``, ``instalments.csv`` and so on.

    Raises
    ------
    InvalidValueError
        A file of one of these names is there and holds something else.
    OSError
        A folder or a file that cannot be written.
    """
    tables = frames.book_to_frames(sample_book(), "pyarrow")
    contents = {folder / f"{name}.csv": csv_bytes(table) for name, table in tables.items()}
    for path, content in contents.items():
        if path.exists() and path.read_bytes() != content:
            raise InvalidValueError.at(
                "--out",
                expected="a folder where nothing else is overwritten",
                found=f"another {path}",
                hint="Name a new folder.",
            )
    folder.mkdir(parents=True, exist_ok=True)
    for path, content in contents.items():
        path.write_bytes(content)
    names = ", ".join(path.name for path in contents)
    print(said("sample_written", lang, folder=folder, files=names))
