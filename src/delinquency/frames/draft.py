"""The accounts of one currency on their way from columns to a book.

The one idea: every row keeps its number in the table as given through conversion, sorting and dropping,
so that whatever is found, at whatever stage, is said of the row that the caller knows.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.frames.amount_columns import Units, read_amounts
from delinquency.frames.arrow import compute
from delinquency.frames.day_columns import read_days
from delinquency.frames.findings import Findings, Place
from delinquency.frames.laying_out import counted_offsets, repeated_ids, row_order
from delinquency.frames.matching import UNKNOWN, Runs, match_accounts, read_account_ids
from delinquency.frames.optional_amounts import read_optional_amounts
from delinquency.frames.rate_columns import read_rates
from delinquency.frames.report import ColumnReport, TableReport
from delinquency.frames.sources import SourceTable
from delinquency.frames.table_columns import Column, Holds
from delinquency.frames.text_columns import (
    read_flags,
    read_members,
    read_numbers,
    read_texts,
    text_copies,
)
from delinquency.portfolio.problems import recorded_days

__all__ = ["TableDraft", "read_accounts", "read_child"]

Rows = npt.NDArray[np.int64]
_READ_AS = {
    Holds.ID: "text",
    Holds.TEXT: "text",
    Holds.DAY: "days",
    Holds.AMOUNT: "minor units",
    Holds.MEMBER: "codes",
    Holds.NUMBER: "numbers",
    Holds.FLAG: "codes",
    Holds.RATE: "1e-8 a period",
}


@attrs.define(slots=True, eq=False)
class TableDraft:
    """One table while it is read.

    Attributes
    ----------
    source : SourceTable
    columns : dict of str to array
        numpy arrays, and Arrow arrays of texts.
    copies : dict of str to int
    runs : Runs or None
        Until the rows are in order.
    offsets : int64 array or None
        From then on.
    rows : int64 array or None
        The row of the source of each row here; ``None`` while they are the same.
    """

    source: SourceTable
    columns: dict[str, Any]
    copies: dict[str, int]
    runs: Runs | None = None
    offsets: Rows | None = None
    rows: Rows | None = None
    is_sorted_here: bool = False

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.source.table.name

    def __len__(self) -> int:
        return self.source.rows if self.rows is None else len(self.rows)

    def source_rows(self, rows: Rows) -> Rows:
        """Rows here as rows of the source."""
        return rows if self.rows is None else self.rows[rows]

    def all_rows(self) -> Rows:
        """The row of the source of each row here."""
        return np.arange(len(self), dtype=np.int64) if self.rows is None else self.rows

    def accounts(self) -> Rows:
        """The account of each row; -1 for none."""
        if self.offsets is not None:
            return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))
        return self.runs.of_rows() if self.runs is not None else np.arange(len(self))

    def take(self, rows: Rows) -> None:
        """Keep the given rows, in their order."""
        for name, values in self.columns.items():
            if values is not None:
                self.columns[name] = values.take(rows)
                self.copies[name] += 1
        self.rows = self.source_rows(rows)

    def lay_out(self, size: int) -> None:
        """Put the rows in the order of the book."""
        assert self.runs is not None  # noqa: S101 - a child has runs until it is laid out
        table = self.source.table
        own = self.columns[table.ordered_by]
        then_by = {name: self.columns.get(name) for name in table.then_by}
        recorded = then_by.get("recorded_on")
        if recorded is not None:
            # What says no day of record comes after what says the same.
            then_by["recorded_on"] = recorded_days(own, recorded)
            then_by["said"] = recorded
        kept = [values for values in then_by.values() if values is not None]
        self.offsets, order = row_order(self.runs, size, own, kept)
        if order is not None:
            self.take(order)
            self.is_sorted_here = True

    def keep(self, kept: npt.NDArray[np.bool_], numbers: Rows) -> None:
        """Keep the rows of the kept accounts; ``numbers`` are their new numbers."""
        accounts = self.accounts()
        rows = np.flatnonzero(accounts != UNKNOWN)
        rows = rows[kept[accounts[rows]]]
        if len(rows) < len(self):
            self.take(rows)
        if self.name == "accounts":
            return
        accounts = numbers[accounts[rows]]
        if self.offsets is not None:
            self.offsets = counted_offsets(accounts, int(kept.sum()))
        else:
            self.runs = _runs_of(accounts)

    def report(self, currency: str) -> TableReport:
        """How the table was read."""
        columns: list[ColumnReport] = []
        for column in self.source.table.columns:
            place = f"{self.name}.{column.name}"
            found = self.source.columns.get(column.name)
            if found is not None:
                copies = self.copies.get(column.name, 0)
                read_as = _READ_AS[column.holds]
                columns.append(ColumnReport(place, found.kind, read_as, copies))
            elif column.holds is Holds.AMOUNT and column.empty is None:
                columns.append(ColumnReport(place, "missing", "0 minor units", 0))
        order = "sorted here" if self.is_sorted_here else "already"
        return TableReport(self.name, currency, order, tuple(columns))


def _runs_of(accounts: Rows) -> Runs:
    starts = np.flatnonzero(np.diff(accounts, prepend=-2))
    return Runs(starts, accounts[starts], len(accounts))


def read_accounts(source: SourceTable, findings: Findings) -> TableDraft:
    """The columns of the table ``accounts``."""
    column = source.columns["account_id"]
    ids = read_account_ids(column, Place(findings, source, "account_id"))
    draft = TableDraft(source, {"account_id": ids}, {"account_id": text_copies(column, ids)})
    for known in source.table.columns:
        if known.holds is not Holds.ID and known.name != "currency":
            _read(draft, known, findings, None)
    return draft


def read_child(source: SourceTable, ids: Any, units: Units, findings: Findings) -> TableDraft:
    """The columns of a table whose rows belong to accounts."""
    place = Place(findings, source, "account_id")
    runs = match_accounts(source.columns["account_id"], place, ids)
    draft = TableDraft(source, {}, {}, runs)
    for known in source.table.columns:
        if known.holds is not Holds.ID:
            _read(draft, known, findings, units)
    name = source.table.ids
    named = draft.columns.get(name)
    if named is not None:
        place = Place(findings, source, name)
        if source.table.column(name).is_required:
            empty = compute().binary_length(named).to_numpy() == 0
            place.rows(empty, "empty_id", "an id that is not empty")
        rows = repeated_ids(runs.of_rows(), named)
        place.rows(rows, f"duplicate_{name}", f"each {name} once in an account")
    return draft


def _read(draft: TableDraft, known: Column, findings: Findings, units: Units | None) -> None:
    """Convert one column; optional columns that say nothing are left out."""
    source, name = draft.source, known.name
    column = source.columns.get(name)
    if column is None:
        if known.holds is Holds.AMOUNT and known.empty is None:
            draft.columns[name], draft.copies[name] = np.zeros(source.rows, np.int64), 0
        return
    place = Place(findings, source, name)
    values: Any
    copies = column.copies + 1
    if known.holds is Holds.DAY:
        values, copies = read_days(column, place, empty=known.empty)
    elif known.holds is Holds.AMOUNT:
        assert units is not None  # noqa: S101 - accounts have no amounts
        if known.empty is None:
            values, copies = read_amounts(column, place, units, least=known.least)
        else:
            values, copies = read_optional_amounts(
                column, place, units, least=known.least, empty=known.empty
            )
    elif known.holds is Holds.RATE:
        assert units is not None  # noqa: S101 - accounts have no rates
        values = read_rates(column, place, units)
    elif known.holds is Holds.MEMBER:
        values = read_members(column, place, known)
    elif known.holds is Holds.FLAG:
        values = read_flags(column, place, known)
    elif known.holds is Holds.NUMBER:
        values = read_numbers(column, place, known)
    else:
        values = read_texts(column, place, may_be_empty=known.empty is not None)
        copies = text_copies(column, values)
    draft.columns[name], draft.copies[name] = values, copies
