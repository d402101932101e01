"""What was set aside, told by the line of the file where somebody will look for it.

The one idea: who mends a file looks for a line, who mends a table for a row; of a CSV file both are said.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import attrs

from delinquency.cli.files import lines_of_rows
from delinquency.cli.words import counted, said
from delinquency.errors import PortfolioError
from delinquency.frames import Quarantine, ReadResult
from delinquency.frames.arrow import arrow
from delinquency.portfolio import Portfolio

__all__ = ["Reading", "in_file", "reading_of", "told_aside", "told_of_account"]

_OF_THE_ACCOUNT = "account_quarantined"


@attrs.frozen(slots=True, eq=False)
class Reading:
    """The books that were read from files, and what was set aside.

    Attributes
    ----------
    books : mapping of str to Portfolio
        By currency code.
    bad_rows : pyarrow.Table or None
        As :class:`~delinquency.frames.Quarantine`, with a column ``line`` after ``row``: the line of
        the file, from 1, empty for Parquet. None where no row was set aside.
    accounts, accounts_aside : int
        How many accounts the file has, and how many of them were set aside.
    """

    books: Mapping[str, Portfolio]
    bad_rows: Any = None
    accounts: int = 0
    accounts_aside: int = 0

    def counts_by_reason(self) -> dict[str, int]:
        """Rows set aside by reason, the most frequent first."""
        return Quarantine(self.bad_rows).counts_by_reason

    def reasons_of(self, account_id: str) -> list[dict[str, Any]]:
        """The rows that are the reason why an account was set aside."""
        if self.bad_rows is None:
            return []
        compute = arrow().compute
        rows = self.bad_rows.filter(compute.equal(self.bad_rows["account_id"], account_id))
        lines: list[dict[str, Any]] = rows.to_pylist()
        return [line for line in lines if line["reason"] != _OF_THE_ACCOUNT]


def reading_of(result: ReadResult, files: Mapping[str, Path]) -> Reading:
    """What was read with a quarantine, its rows told by the lines of their files."""
    report = result.report
    rows = result.quarantine.table
    return Reading(
        result.books,
        _with_lines(rows, files) if rows.num_rows else None,
        report.rows_read["accounts"],
        report.rows_quarantined["accounts"],
    )


def _with_lines(rows: Any, files: Mapping[str, Path]) -> Any:
    pa = arrow()
    names: list[str] = rows["table"].to_pylist()
    numbers: list[int] = rows["row"].to_pylist()
    by_table = {name: lines_of_rows(files[name]) for name in set(names)}
    lines = [
        None if (known := by_table[name]) is None else known[row]
        for name, row in zip(names, numbers, strict=True)
    ]
    place = rows.column_names.index("row") + 1
    return rows.add_column(place, "line", pa.array(lines, type=pa.int64()))


def in_file(error: PortfolioError, files: Mapping[str, Path]) -> PortfolioError:
    """The same error, told by the line of the file of its first row."""
    path = files.get(error.column.partition(".")[0].partition(" ")[0])
    lines = lines_of_rows(path) if path is not None and error.rows else None
    return error if lines is None else error.within(f"{path}, line {lines[error.rows[0]]}")


def told_aside(reading: Reading, path: Path, *, lang: str) -> list[str]:
    """How many accounts and rows were set aside, and for which reasons."""
    head = said(
        "aside",
        lang,
        aside=f"{reading.accounts_aside:,}",
        accounts=counted(reading.accounts, "account", lang),
        rows=counted(reading.bad_rows.num_rows, "row", lang),
        path=path,
    )
    counts = reading.counts_by_reason().items()
    return [
        head,
        *(
            f"  {said('reason', lang, reason=reason, rows=counted(rows, 'row', lang))}"
            for reason, rows in counts
        ),
    ]


def told_of_account(reading: Reading, account_id: str, *, lang: str) -> list[str]:
    """Why an account was set aside: each bad row with its place, its reason and what was found."""
    lines = [said("was_aside", lang, account=account_id)]
    for bad in reading.reasons_of(account_id):
        column = f"{bad['table']}.{bad['column']}" if bad["column"] else bad["table"]
        line = "" if bad["line"] is None else said("line", lang, line=bad["line"])
        found = "" if bad["found"] is None else said("found", lang, found=bad["found"])
        figures = {"column": column, "row": bad["row"], "line": line, "reason": bad["reason"]}
        lines.append("  " + said("bad_row", lang, found=found, **figures))
    return lines
