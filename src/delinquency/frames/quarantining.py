"""What a reading that sets bad rows aside hands back: books, one line a row set aside, and counts.

The one idea: a row that was not loaded has one line, with its own reason or that of its account.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.frames.arrow import arrow
from delinquency.frames.findings import Findings
from delinquency.frames.report import Quarantine, ReadReport, ReadResult, TableReport
from delinquency.portfolio.book import Portfolio

__all__ = ["quarantined"]

Loaded = dict[str, npt.NDArray[np.bool_]]


def quarantined(
    books: dict[str, Portfolio],
    reports: list[TableReport],
    loaded: Loaded,
    findings: Findings,
) -> ReadResult:
    """The result of a reading; ``loaded`` says of each row of each table whether it is in a book."""
    sources = findings.originals
    read_rows = {name: source.rows for name, source in sources.items()}
    kept = {name: int(flags.sum()) for name, flags in loaded.items()}
    aside = {name: int((~flags).sum()) for name, flags in loaded.items()}
    report = ReadReport(read_rows, kept, aside, tuple(reports))
    return ReadResult(books, Quarantine(_quarantine(loaded, findings)), report)


def _quarantine(loaded: Loaded, findings: Findings) -> Any:
    """One line for each row that was not loaded: its own reason, or that of its account."""
    pa = arrow()
    lines = [
        _lines(findings, entry.table, entry.column, entry.reason, entry.rows)
        for entry in findings.found
    ]
    for name, source in findings.originals.items():
        rows = np.flatnonzero(~loaded[name] & ~findings.is_bad(source))
        if len(rows):
            lines.append(_lines(findings, name, "", "account_quarantined", rows))
    names = ("account_id", "table", "column", "reason", "found")
    schema = pa.schema([(name, pa.large_string()) for name in names])
    schema = schema.insert(2, pa.field("row", pa.int64()))
    return pa.concat_tables([schema.empty_table(), *lines]).combine_chunks()


def _lines(findings: Findings, table: str, column: str, reason: str, rows: Any) -> Any:
    pa = arrow()
    source = findings.originals[table]
    nothing = pa.nulls(len(rows), type=pa.large_string())
    found = source.columns[column].found_texts(rows) if column in source.columns else nothing

    def same(text: str) -> Any:
        return pa.repeat(pa.scalar(text, type=pa.large_string()), len(rows))

    return pa.table(
        {
            "account_id": source.columns["account_id"].found_texts(rows),
            "table": same(table),
            "row": pa.array(rows, type=pa.int64()),
            "column": same(column),
            "reason": same(reason),
            "found": found,
        }
    )
