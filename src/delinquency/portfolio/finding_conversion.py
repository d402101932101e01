"""Between facts that rules of status read and their columns; those of security stand beside this module.

The one idea: as for the other facts of an account, a table holds one kind in the order in which an account
keeps it, so that what was laid out comes back equal.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from delinquency.account import Account
from delinquency.calendar import to_date
from delinquency.event_rows import ALL, FIGURES, FINDINGS
from delinquency.events import AccountEvent, Finding, ReAge, ReportedFigure, Restructuring
from delinquency.portfolio.columns import (
    FindingColumns,
    ReAgeColumns,
    ReportedFigureColumns,
    RestructuringColumns,
)
from delinquency.portfolio.packing import (
    date_at,
    day_or,
    int32_of,
    offsets_of,
    optional,
    rows_of,
)
from delinquency.portfolio.security_conversion import (
    collateral_records,
    collateral_table,
    guarantee_records,
    guarantee_table,
)
from delinquency.rounding import Proportion

if TYPE_CHECKING:
    from delinquency.portfolio.book import Portfolio

__all__ = ["STATUS_TABLES", "status_records", "status_tables"]

STATUS_TABLES: Final = (
    "findings",
    "reported_figures",
    "restructurings",
    "re_ages",
    "collateral",
    "guarantees",
)
Accounts = Sequence[Account]


def status_tables(accounts: Accounts) -> dict[str, Any]:
    """The tables that rules of status read, ``None`` where no account has a row of one."""
    made = (
        _findings(accounts),
        _reported_figures(accounts),
        _restructurings(accounts),
        _re_ages(accounts),
        collateral_table(accounts),
        guarantee_table(accounts),
    )
    return dict(zip(STATUS_TABLES, made, strict=True))


def status_records(book: Portfolio, row: int) -> Iterator[AccountEvent]:
    """The facts that rules of status read of one account as records, kind by kind."""
    return chain(
        _finding_records(book.findings, row),
        _figure_records(book.reported_figures, row),
        _restructuring_records(book.restructurings, row),
        _re_age_records(book.re_ages, row),
        collateral_records(book.collateral, row, book.currency),
        guarantee_records(book.guarantees, row, book.currency),
    )


def _findings(accounts: Accounts) -> FindingColumns | None:
    rows = _events(accounts, Finding)
    if not rows:
        return None
    minor = [row for account in accounts for row in account.finding_rows]
    return FindingColumns(
        offsets=offsets_of(len(account.finding_rows) for account in accounts),
        start=int32_of(row.start for row in minor),
        end=int32_of(row.end for row in minor),
        kind=np.array([row.kind for row in minor], dtype=np.int8),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
    )


def _events(accounts: Accounts, kind: type) -> list[Any]:
    """The events of a kind of all accounts, as the rows of whole numbers stand."""
    return [event for account in accounts for event in account.events if isinstance(event, kind)]


def _finding_records(table: FindingColumns | None, row: int) -> Iterator[Finding]:
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        yield Finding(
            FINDINGS[int(table.kind[index])],
            to_date(int(table.start[index])),
            date_at(table.end, index),
            date_at(table.recorded_on, index),
        )


def _reported_figures(accounts: Accounts) -> ReportedFigureColumns | None:
    rows = _events(accounts, ReportedFigure)
    if not rows:
        return None
    minor = [row for account in accounts for row in account.figure_rows]
    return ReportedFigureColumns(
        offsets=offsets_of(len(account.figure_rows) for account in accounts),
        value_date=int32_of(row.value_day for row in minor),
        name=np.array([row.name for row in minor], dtype=np.int8),
        value_numerator=int32_of(row.numerator for row in minor),
        value_denominator=optional((row.denominator for row in minor), 1),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
        reversed_on=optional(row.reversed_day for row in minor),
    )


def _figure_records(table: ReportedFigureColumns | None, row: int) -> Iterator[ReportedFigure]:
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        whole = 1 if table.value_denominator is None else int(table.value_denominator[index])
        yield ReportedFigure(
            FIGURES[int(table.name[index])],
            to_date(int(table.value_date[index])),
            Proportion(int(table.value_numerator[index]), whole),
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )


def _restructurings(accounts: Accounts) -> RestructuringColumns | None:
    rows = _events(accounts, Restructuring)
    if not rows:
        return None
    minor = [row for account in accounts for row in account.restructuring_rows]
    difficulty = np.array([row.in_difficulty for row in minor], dtype=np.int8)
    return RestructuringColumns(
        offsets=offsets_of(len(account.restructuring_rows) for account in accounts),
        value_date=int32_of(row.value_day for row in minor),
        first_due_on=int32_of(row.first_due_day for row in minor),
        in_difficulty=None if difficulty.all() else difficulty,
        diminished_numerator=optional((row.numerator for row in minor), ALL),
        diminished_denominator=optional((row.denominator for row in minor), 1),
        grace_until=optional(row.grace_until for row in minor),
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
        reversed_on=optional(row.reversed_day for row in minor),
    )


def _restructuring_records(table: RestructuringColumns | None, row: int) -> Iterator[Restructuring]:
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        yield Restructuring(
            to_date(int(table.value_date[index])),
            to_date(int(table.first_due_on[index])),
            table.in_difficulty is None or bool(table.in_difficulty[index]),
            _diminished(table, index),
            date_at(table.grace_until, index),
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )


def _diminished(table: RestructuringColumns, index: int) -> Proportion | None:
    part = ALL if table.diminished_numerator is None else int(table.diminished_numerator[index])
    if part == ALL:
        return None
    whole = 1 if table.diminished_denominator is None else int(table.diminished_denominator[index])
    return Proportion(part, whole)


def _re_ages(accounts: Accounts) -> ReAgeColumns | None:
    rows = _events(accounts, ReAge)
    if not rows:
        return None
    minor = [row for account in accounts for row in account.re_age_rows]
    workout = np.array([row.in_workout for row in minor], dtype=np.int8)
    return ReAgeColumns(
        offsets=offsets_of(len(account.re_age_rows) for account in accounts),
        value_date=int32_of(row.value_day for row in minor),
        in_workout=workout if workout.any() else None,
        recorded_on=optional(day_or(event.recorded_on) for event in rows),
        reversed_on=optional(row.reversed_day for row in minor),
    )


def _re_age_records(table: ReAgeColumns | None, row: int) -> Iterator[ReAge]:
    if table is None:
        return
    for index in rows_of(table.offsets, row):
        yield ReAge(
            to_date(int(table.value_date[index])),
            table.in_workout is not None and bool(table.in_workout[index]),
            date_at(table.recorded_on, index),
            date_at(table.reversed_on, index),
        )
