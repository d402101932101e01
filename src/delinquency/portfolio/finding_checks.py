"""What makes tables of findings, reported figures, restructurings and re-ages part of a book.

The one idea: of facts that may be corrected, at most one of its place stands at a time. Whether two do is
asked of rows in the order in which they were reversed and recorded, whatever order they are given in.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.event_rows import ALL, FIGURES, FINDINGS
from delinquency.events.reported import LARGEST_PART
from delinquency.portfolio.event_checks import falling_rows
from delinquency.portfolio.overlaps import accounts_of, overlapping, side_by_side
from delinquency.portfolio.problems import (
    RowProblem,
    before_origination,
    code_problems,
    day_problems,
    order_problems,
    problem_in,
    recorded_days,
    recorded_problems,
    require_array,
    require_offsets,
    reversal_problems,
    tied_rows,
)
from delinquency.portfolio.span_checks import empty_span_problems, span_day_problems

if TYPE_CHECKING:
    from delinquency.portfolio.checks import BookColumns
    from delinquency.portfolio.columns import (
        CollateralColumns,
        FindingColumns,
        GuaranteeColumns,
        ReAgeColumns,
        ReportedFigureColumns,
        RestructuringColumns,
    )

    Correctable = (
        ReAgeColumns
        | ReportedFigureColumns
        | RestructuringColumns
        | CollateralColumns
        | GuaranteeColumns
    )

__all__ = [
    "finding_problems",
    "made_problems",
    "re_age_problems",
    "reported_figure_problems",
    "restructuring_problems",
    "standing_twice",
]

Array = npt.NDArray[Any]


def finding_problems(
    book: BookColumns, table: FindingColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``findings`` break; the table may be absent."""
    if table is None:
        return
    require_array("findings.start", table.start, np.int32)
    rows = len(table.start)
    require_offsets("findings", table.offsets, rows, size)
    require_array("findings.end", table.end, np.int32, rows)
    yield from span_day_problems("findings", table.start, table.end)
    require_array("findings.kind", table.kind, np.int8, rows)
    yield from code_problems("findings.kind", table.kind, len(FINDINGS), rows)
    yield from empty_span_problems("findings", table.start, table.end)
    yield from order_problems("findings.start", table.offsets, table.start)
    yield from before_origination(book.originated_on, "findings.start", table.offsets, table.start)
    yield from problem_in(
        "findings.start",
        overlapping(table.offsets, table.kind, table.start, table.end),
        "overlapping_spans",
        "a start on or after the end of the one before",
        "an earlier one",
        hint="Findings of one kind may touch, not overlap.",
    )
    yield from recorded_problems("findings", table.recorded_on, rows)


def reported_figure_problems(
    book: BookColumns, table: ReportedFigureColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``reported_figures`` break; the table may be absent."""
    if table is None:
        return
    column, days = "reported_figures.value_date", table.value_date
    require_array(column, days, np.int32)
    rows = len(days)
    require_offsets("reported_figures", table.offsets, rows, size)
    yield from day_problems(column, days)
    require_array("reported_figures.name", table.name, np.int8, rows)
    yield from code_problems("reported_figures.name", table.name, len(FIGURES), rows)
    yield from _figures(table, rows)
    yield from order_problems(column, table.offsets, days)
    yield from before_origination(book.originated_on, column, table.offsets, days)
    yield from made_problems("reported_figures", "figure", table, rows)
    yield from problem_in(
        "reported_figures.name",
        falling_rows(tied_rows(table.offsets, days), table.name, table.reversed_on),
        "unsorted",
        "figures of one date in order of name and reversed_on",
        "another order",
    )
    yield from problem_in(
        column,
        standing_twice(table, table.name),
        "duplicate_figure",
        "one figure of a name for a date",
        "two that both stand",
    )


def _figures(table: ReportedFigureColumns, rows: int) -> Iterator[RowProblem]:
    part, whole = table.value_numerator, _or_ones(table.value_denominator, rows)
    require_array("reported_figures.value_numerator", part, np.int32, rows)
    require_array("reported_figures.value_denominator", whole, np.int32, rows)
    wrong = (part < 0) | (part > LARGEST_PART) | (whole < 1) | (whole > LARGEST_PART)
    yield from problem_in(
        "reported_figures.value_numerator",
        np.flatnonzero(wrong),
        "bad_figure",
        f"0 or more over 1 or more, both at most {LARGEST_PART:,}",
        "another",
    )


def _or_ones(column: Array | None, rows: int) -> Array:
    return np.ones(rows, dtype=np.int32) if column is None else column


def made_problems(name: str, noun: str, table: Correctable, rows: int) -> Iterator[RowProblem]:
    """When facts were recorded and reversed."""
    recorded, undone = table.recorded_on, table.reversed_on
    yield from recorded_problems(name, recorded, rows)
    yield from reversal_problems(name, noun, table.value_date, recorded, undone)


def standing_twice(table: Correctable, *places: Array) -> Array:
    """Rows that were recorded while another one in their place still stood."""
    days = table.value_date
    recorded = recorded_days(days, table.recorded_on)
    undone = np.full_like(days, NONE_DAY) if table.reversed_on is None else table.reversed_on
    owners = accounts_of(table.offsets)
    order, same = side_by_side(owners, days, *places, then_by=(undone, recorded))
    return np.sort(order[1:][same & (undone[order][:-1] > recorded[order][1:])])


def _one_of_a_date(
    book: BookColumns, name: str, noun: str, table: ReAgeColumns | RestructuringColumns
) -> Iterator[RowProblem]:
    """Order, days of record and corrections of facts of which one stands for a date."""
    column, days = f"{name}.value_date", table.value_date
    yield from order_problems(column, table.offsets, days)
    yield from before_origination(book.originated_on, column, table.offsets, days)
    yield from made_problems(name, noun, table, len(days))
    yield from problem_in(
        column,
        falling_rows(tied_rows(table.offsets, days), table.reversed_on),
        "unsorted",
        f"{name.replace('_', '-')} of one date in order of reversed_on",
        "another order",
    )
    yield from problem_in(
        column,
        standing_twice(table),
        f"duplicate_{noun}",
        f"one {noun.replace('_', '-')} of a date",
        "two that both stand",
    )


def restructuring_problems(
    book: BookColumns, table: RestructuringColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``restructurings`` break; the table may be absent."""
    if table is None:
        return
    column, days = "restructurings.value_date", table.value_date
    require_array(column, days, np.int32)
    rows = len(days)
    require_offsets("restructurings", table.offsets, rows, size)
    yield from day_problems(column, days)
    yield from code_problems("restructurings.in_difficulty", table.in_difficulty, 2, rows)
    yield from _circumstances(table, rows)
    yield from _one_of_a_date(book, "restructurings", "restructuring", table)


def _circumstances(table: RestructuringColumns, rows: int) -> Iterator[RowProblem]:
    """The dates that follow a change, and what the creditor gave up."""
    days, first = table.value_date, table.first_due_on
    column, expected = "restructurings.first_due_on", "a day on or after the value date"
    require_array(column, first, np.int32, rows)
    yield from day_problems(column, first)
    early = np.flatnonzero(first < days)
    yield from problem_in(column, early, "due_before_restructuring", expected, "an earlier one")
    if table.grace_until is not None:
        column = "restructurings.grace_until"
        require_array(column, table.grace_until, np.int32, rows)
        yield from day_problems(column, table.grace_until, none=NONE_DAY)
        early = np.flatnonzero(table.grace_until < days)
        yield from problem_in(
            column, early, "grace_before_restructuring", expected, "an earlier one"
        )
    whole = _or_ones(table.diminished_denominator, rows)
    part = table.diminished_numerator
    part = np.full(rows, ALL, dtype=np.int32) if part is None else part
    require_array("restructurings.diminished_numerator", part, np.int32, rows)
    require_array("restructurings.diminished_denominator", whole, np.int32, rows)
    wrong = (part < ALL) | (part > whole) | (whole < 1) | (whole > LARGEST_PART)
    wrong |= (part == ALL) & (whole != 1)
    yield from problem_in(
        "restructurings.diminished_numerator",
        np.flatnonzero(wrong),
        "bad_share",
        f"a share from 0 to 1 in parts of at most {LARGEST_PART:,}, or -1 over 1 for none",
        "another",
    )


def re_age_problems(
    book: BookColumns, table: ReAgeColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``re_ages`` break; the table may be absent."""
    if table is None:
        return
    column, days = "re_ages.value_date", table.value_date
    require_array(column, days, np.int32)
    rows = len(days)
    require_offsets("re_ages", table.offsets, rows, size)
    yield from day_problems(column, days)
    yield from code_problems("re_ages.in_workout", table.in_workout, 2, rows)
    yield from _one_of_a_date(book, "re_ages", "re_age", table)
