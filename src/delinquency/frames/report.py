"""What a reading did: rows counted, columns copied, tables sorted, and the rows that were set aside.

The one idea: counts add up. For each table, rows read are rows loaded and rows quarantined; and each
quarantined row is handed back once, with the first reason that was found.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from delinquency.errors import PortfolioError
from delinquency.frames.writing import from_arrow
from delinquency.portfolio.book import Portfolio

__all__ = ["ColumnReport", "Quarantine", "ReadReport", "ReadResult", "TableReport"]


@attrs.frozen(slots=True)
class ColumnReport:
    """How one column was read.

    Attributes
    ----------
    column : str
        Table and column.
    source_type : str
        The type in the words of its library; ``"missing"`` where there was no column.
    read_as : str
    copies : int
        How often its cells were copied; 0 where the book uses the memory of the source.
    """

    column: str
    source_type: str
    read_as: str
    copies: int


@attrs.frozen(slots=True)
class TableReport:
    """How one table was read, for the accounts of one currency.

    Attributes
    ----------
    table : str
    currency : str
    order : str
        ``"already"`` where the rows stood in the order of the book, else ``"sorted here"``.
    columns : tuple of ColumnReport
    """

    table: str
    currency: str
    order: str
    columns: tuple[ColumnReport, ...]


@attrs.frozen(slots=True)
class ReadReport:
    """What a reading did.

    Attributes
    ----------
    rows_read, rows_loaded, rows_quarantined : mapping of str to int
        By table; the first is the sum of the other two.
    tables : tuple of TableReport
    """

    rows_read: Mapping[str, int]
    rows_loaded: Mapping[str, int]
    rows_quarantined: Mapping[str, int]
    tables: tuple[TableReport, ...]

    def column(self, name: str) -> ColumnReport:
        """The report of a column, such as ``"payments.amount"``; of the first currency.

        Raises
        ------
        KeyError
            No such column was read.
        """
        for table in self.tables:
            for column in table.columns:
                if column.column == name:
                    return column
        raise KeyError(name)

    def order(self, table: str) -> str:
        """Whether a table stood in order ``"already"`` or was ``"sorted here"``."""
        return next(report.order for report in self.tables if report.table == table)

    def to_text(self) -> str:
        """One line a table and a column."""
        lines = [
            f"{name}: {read:,} read, {self.rows_loaded[name]:,} loaded, "
            f"{self.rows_quarantined[name]:,} quarantined"
            for name, read in self.rows_read.items()
        ]
        for table in self.tables:
            lines.append(f"{table.table} ({table.currency}): order {table.order}")
            lines += [
                f"  {column.column}: {column.source_type} as {column.read_as}, "
                f"{column.copies} copies"
                for column in table.columns
            ]
        return "\n".join(lines)


@attrs.frozen(slots=True, eq=False)
class Quarantine:
    """The rows that were set aside, one line each.

    Attributes
    ----------
    table : pyarrow.Table
        ``account_id``, ``table``, ``row`` (zero-based, in the table as given), ``column``,
        ``reason``, ``found``. Rows that are good in themselves but belong to an account with a bad
        row have the reason ``"account_quarantined"`` and no column.
    """

    table: Any

    def __len__(self) -> int:
        return int(self.table.num_rows)

    @property
    def counts_by_reason(self) -> dict[str, int]:
        """How many rows were set aside for each reason, the most frequent first."""
        counted = self.table["reason"].value_counts().to_pylist()
        counts = {str(entry["values"]): int(entry["counts"]) for entry in counted}
        return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))

    def to_frame(self, backend: str = "pandas") -> Any:
        """The table as a data frame: ``"pandas"``, ``"polars"`` or ``"pyarrow"``."""
        return from_arrow(self.table, backend)


@attrs.frozen(slots=True, eq=False)
class ReadResult:
    """What ``read(..., on_error="quarantine")`` gives.

    Attributes
    ----------
    books : mapping of str to Portfolio
        By currency code; without an entry for a currency none of whose accounts is good.
    quarantine : Quarantine
    report : ReadReport
    """

    books: Mapping[str, Portfolio]
    quarantine: Quarantine
    report: ReadReport

    def __repr__(self) -> str:
        books = ", ".join(map(repr, self.books.values())) or "no good account"
        return f"ReadResult({books}; {len(self.quarantine):,} rows quarantined)"

    @property
    def book(self) -> Portfolio:
        """The book, where there is one.

        Raises
        ------
        PortfolioError
            No account is good, or there are books of several currencies.
        """
        if len(self.books) == 1:
            return next(iter(self.books.values()))
        raise PortfolioError.in_rows(
            "accounts",
            (),
            reason="mixed_currency" if self.books else "empty_book",
            expected="one book",
            found=f"books in {', '.join(self.books)}" if self.books else "no good account",
            hint="Use .books." if self.books else "See .quarantine.counts_by_reason.",
        )
