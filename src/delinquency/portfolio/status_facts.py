"""The facts of a book that stand at a cut, as the loops of status read them.

The one idea: what was reversed by the cut, or recorded after it, is taken out once for the whole book, so
that no loop asks again.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.event_rows import ALL
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.status_layout import FactArrays
from delinquency.portfolio.problems import recorded_days
from delinquency.status.facts import FINDINGS as NAMES
from delinquency.status.facts import FUNDS_MISUSED

__all__ = ["standing_facts"]

Flags = npt.NDArray[np.bool_]

_MISUSE = 1
"""The kind of a span in which funds were misused."""

_NEVER = -NONE_DAY
_NO_DAYS = np.empty(0, dtype=np.int32)


def standing_facts(book: Portfolio, cut: int, known: int) -> FactArrays:
    """The findings, reported figures and restructurings recorded by ``known`` and not reversed by ``cut``.

    Restructurings of debtors without difficulty are none for a status; of those of one day the last counts.
    """
    return FactArrays(
        segment=_NO_DAYS if book.segment is None else book.segment.astype(np.int32),
        **_findings(book, known),
        **_figures(book, cut, known),
        **_changes(book, cut, known),
    )


def _standing(table: Any, own: Any, cut: int, known: int) -> Flags:
    """The rows of a table that are known and not reversed; ``own`` is the day on which each happened."""
    stands: Flags = recorded_days(own, table.recorded_on) <= known
    reversed_on = getattr(table, "reversed_on", None)
    return stands if reversed_on is None else stands & (reversed_on > cut)


def _offsets(accounts: Any, size: int) -> Any:
    """Offsets of rows that are in order of account."""
    return np.concatenate([[0], np.cumsum(np.bincount(accounts, minlength=size))]).astype(np.int64)


def _findings(book: Portfolio, known: int) -> dict[str, Any]:
    parts: list[tuple[Any, Any, Any, Any]] = []
    if book.findings is not None:
        table = book.findings
        rows = np.flatnonzero(_standing(table, table.start, NONE_DAY - 1, known))
        accounts = account_of_rows(table.offsets, rows)
        parts.append((accounts, table.kind[rows], table.start[rows], table.end[rows]))
    if book.spans is not None:
        spans = book.spans
        stands = _standing(spans, spans.start, NONE_DAY - 1, known)
        rows = np.flatnonzero(stands & (spans.kind == _MISUSE))
        kinds = np.full(len(rows), NAMES.index(FUNDS_MISUSED), dtype=np.int8)
        accounts = account_of_rows(spans.offsets, rows)
        parts.append((accounts, kinds, spans.start[rows], spans.end[rows]))
    if not parts:
        return _none("finding_offsets", "finding_kind", "finding_start", "finding_end")
    account, kind, start, end = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(account, kind="stable")
    return {
        "finding_offsets": _offsets(account, len(book)),
        "finding_kind": kind[order].astype(np.int32),
        "finding_start": start[order],
        "finding_end": end[order],
    }


def _none(offsets: str, *columns: str) -> dict[str, Any]:
    return {offsets: np.empty(0, dtype=np.int64)} | dict.fromkeys(columns, _NO_DAYS)


def _or_ones(column: Any, rows: Any) -> Any:
    return np.ones(len(rows), dtype=np.int32) if column is None else column[rows]


def _figures(book: Portfolio, cut: int, known: int) -> dict[str, Any]:
    table = book.reported_figures
    if table is None:
        return _none(
            "figure_offsets", "figure_name", "figure_day", "figure_numerator", "figure_denominator"
        )
    rows = np.flatnonzero(_standing(table, table.value_date, cut, known))
    return {
        "figure_offsets": _offsets(account_of_rows(table.offsets, rows), len(book)),
        "figure_name": table.name[rows].astype(np.int32),
        "figure_day": table.value_date[rows],
        "figure_numerator": table.value_numerator[rows],
        "figure_denominator": _or_ones(table.value_denominator, rows),
    }


def _changes(book: Portfolio, cut: int, known: int) -> dict[str, Any]:
    table = book.restructurings
    if table is None:
        return _none(
            "change_offsets",
            "change_day",
            "change_first_due",
            "change_grace_until",
            "change_numerator",
            "change_denominator",
        )
    stands = _standing(table, table.value_date, cut, known)
    if table.in_difficulty is not None:
        stands = stands & (table.in_difficulty != 0)
    rows = np.flatnonzero(stands)
    account, day = account_of_rows(table.offsets, rows), table.value_date[rows]
    if len(rows) > 1:
        same = (account[1:] == account[:-1]) & (day[1:] == day[:-1])
        last = np.append(~same, [True])
        rows, account = rows[last], account[last]
    grace = table.grace_until
    part = table.diminished_numerator
    return {
        "change_offsets": _offsets(account, len(book)),
        "change_day": table.value_date[rows],
        "change_first_due": table.first_due_on[rows],
        "change_grace_until": np.full(len(rows), _NEVER, dtype=np.int32)
        if grace is None
        else np.where(grace[rows] == NONE_DAY, _NEVER, grace[rows]).astype(np.int32),
        "change_numerator": np.full(len(rows), ALL, dtype=np.int32) if part is None else part[rows],
        "change_denominator": _or_ones(table.diminished_denominator, rows),
    }
