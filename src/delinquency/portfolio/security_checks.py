"""What makes tables of collateral and guarantees part of a book.

The one idea: of one name and date one row stands at a time, as of other facts that may be corrected; names
are texts, so they are ranked once, and rows compared by their ranks.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.calendar import NONE_DAY
from delinquency.event_rows import ALL
from delinquency.events import CollateralKind
from delinquency.events.reported import LARGEST_PART
from delinquency.portfolio.event_checks import falling_rows
from delinquency.portfolio.finding_checks import made_problems, standing_twice
from delinquency.portfolio.problems import (
    RowProblem,
    amount_problems,
    before_origination,
    code_problems,
    day_problems,
    order_problems,
    problem_in,
    require_array,
    require_offsets,
    require_texts,
    tied_rows,
)

if TYPE_CHECKING:
    from delinquency.portfolio.checks import BookColumns
    from delinquency.portfolio.columns import CollateralColumns, GuaranteeColumns
    from delinquency.portfolio.text_column import TextColumn

__all__ = ["collateral_problems", "guarantee_problems"]

Array = npt.NDArray[Any]


def collateral_problems(
    book: BookColumns, table: CollateralColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``collateral`` break; the table may be absent."""
    if table is None:
        return
    name = "collateral"
    require_array(f"{name}.value_date", table.value_date, np.int32)
    rows = len(table.value_date)
    require_offsets(name, table.offsets, rows, size)
    yield from amount_problems(f"{name}.value", table.value, rows, least=0)
    yield from code_problems(f"{name}.kind", table.kind, len(CollateralKind), rows)
    if table.assessed_value is not None:
        yield from _optional_amounts(f"{name}.assessed_value", table.assessed_value, rows, ALL)
    yield from _named_facts(book, table, name, "collateral", "collateral_id", table.collateral_id)


def guarantee_problems(
    book: BookColumns, table: GuaranteeColumns | None, size: int
) -> Iterator[RowProblem]:
    """Every rule that rows of the table ``guarantees`` break; the table may be absent."""
    if table is None:
        return
    name = "guarantees"
    require_array(f"{name}.value_date", table.value_date, np.int32)
    rows = len(table.value_date)
    require_offsets(name, table.offsets, rows, size)
    yield from _answered_for(table, rows)
    yield from _named_facts(book, table, name, "guarantee", "guarantor_id", table.guarantor_id)


def _optional_amounts(column: str, amounts: Array, rows: int, none: int) -> Iterator[RowProblem]:
    """Amounts of 0 or less, other than ``none``, or over the bound [minor units]."""
    require_array(column, amounts, np.int64, rows)
    small = np.flatnonzero((amounts < 1) & (amounts != none))
    expected = f"1 minor units or more, or {none} for none"
    yield from problem_in(column, small, "amount_not_positive", expected, "less")
    large = np.flatnonzero(amounts > MAX_MINOR)
    expected = f"at most {MAX_MINOR} minor units"
    yield from problem_in(column, large, "amount_too_large", expected, "more")


def _answered_for(table: GuaranteeColumns, rows: int) -> Iterator[RowProblem]:
    """An amount or a share, and neither of them is out of range."""
    amount = np.zeros(rows, dtype=np.int64) if table.amount is None else table.amount
    yield from _optional_amounts("guarantees.amount", amount, rows, 0)
    nothing, ones = np.zeros(rows, dtype=np.int32), np.ones(rows, dtype=np.int32)
    part = nothing if table.share_numerator is None else table.share_numerator
    whole = ones if table.share_denominator is None else table.share_denominator
    require_array("guarantees.share_numerator", part, np.int32, rows)
    require_array("guarantees.share_denominator", whole, np.int32, rows)
    column = "guarantees.share_numerator"
    wrong = (part < 0) | (part > whole) | (whole > LARGEST_PART) | ((part == 0) & (whole != 1))
    yield from problem_in(
        column,
        np.flatnonzero(wrong),
        "bad_share",
        f"a share of at most 1 in parts of at most {LARGEST_PART:,}, or 0 over 1 for none",
        "another",
    )
    yield from problem_in(
        "guarantees.amount",
        np.flatnonzero(~wrong & ((amount == 0) == (part == 0))),
        "amount_or_share",
        "an amount or a share",
        "neither, or both",
    )


def _named_facts(
    book: BookColumns,
    table: CollateralColumns | GuaranteeColumns,
    name: str,
    noun: str,
    id_name: str,
    ids: TextColumn,
) -> Iterator[RowProblem]:
    """Names, dates, order and corrections of facts of which one stands for a name and date."""
    column, days = f"{name}.value_date", table.value_date
    yield from day_problems(column, days)
    if table.until is not None:
        require_array(f"{name}.until", table.until, np.int32, len(days))
        yield from day_problems(f"{name}.until", table.until, none=NONE_DAY)
        ended = np.flatnonzero(table.until <= days)
        expected = "a day after the value date"
        yield from problem_in(f"{name}.until", ended, "empty_span", expected, "an earlier one")
    require_texts(f"{name}.{id_name}", ids, len(days))
    nameless = np.flatnonzero(np.diff(ids.offsets) == 0)
    yield from problem_in(
        f"{name}.{id_name}", nameless, "empty_id", "an id that is not empty", "''"
    )
    yield from order_problems(column, table.offsets, days)
    yield from before_origination(book.originated_on, column, table.offsets, days)
    yield from made_problems(name, noun, table, len(days))
    ranks = _ranks(ids)
    yield from problem_in(
        f"{name}.{id_name}",
        falling_rows(tied_rows(table.offsets, days), ranks, table.reversed_on),
        "unsorted",
        f"{name} of one date in order of {id_name} and reversed_on",
        "another order",
    )
    yield from problem_in(
        column,
        standing_twice(table, ranks),
        f"duplicate_{noun}",
        f"one row of a {id_name} for a date",
        "two that both stand",
    )


def _ranks(ids: TextColumn) -> Array:
    """For each row the place of its text in order."""
    texts = list(ids)
    places = {text: place for place, text in enumerate(sorted(set(texts)))}
    return np.array([places[text] for text in texts], dtype=np.int64)
