"""Rows of a ragged table of facts that no card can have: later days, ids used twice, sums.

The one idea: transactions and payments are facts of one form, so what both must fulfil is said once.
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
from delinquency.portfolio.checks import account_sums
from delinquency.portfolio.problems import (
    RowProblem,
    day_problems,
    problem_in,
    recorded_problems,
    require_array,
)

if TYPE_CHECKING:
    from delinquency.portfolio.text_column import TextColumn

__all__ = ["later_day_problems", "repeated_ids", "sum_problems"]

Array = npt.NDArray[Any]


def later_day_problems(
    table: str, days: Array, recorded_on: Array | None, reversed_on: Array | None, rows: int
) -> Iterator[RowProblem]:
    """Days of recording and of reversal that no fact of these days can have."""
    yield from recorded_problems(table, recorded_on, rows)
    if reversed_on is None:
        return
    column = f"{table}.reversed_on"
    require_array(column, reversed_on, np.int32, rows)
    yield from day_problems(column, reversed_on, none=NONE_DAY)
    known = days
    if recorded_on is not None:
        known = np.maximum(days, np.where(recorded_on == NONE_DAY, days, recorded_on))
    yield from problem_in(
        column,
        np.flatnonzero(reversed_on < known),
        "reversal_before_fact",
        "a day on or after the fact was made and recorded",
        "an earlier one",
    )


def repeated_ids(column: str, offsets: Array, ids: TextColumn) -> Iterator[RowProblem]:
    """Ids that an earlier row of the same card has; one that is empty is none."""
    twice: list[int] = []
    seen: set[str] = set()
    bounds = iter(offsets[1:].tolist())
    end = next(bounds)
    for row, name in enumerate(ids):
        while row >= end:
            end = next(bounds)
            seen.clear()
        if name and name in seen:
            twice.append(row)
        seen.add(name)
    found = repr(ids[twice[0]]) if twice else ""
    yield from problem_in(column, np.array(twice), "duplicate_id", "each id once in a card", found)


def sum_problems(table: str, offsets: Array, amounts: Array) -> Iterator[RowProblem]:
    """Cards whose amounts sum to more than the bound."""
    yield from problem_in(
        f"{table} (accounts)",
        np.flatnonzero(account_sums(offsets, amounts) > MAX_MINOR),
        "sum_too_large",
        f"amounts of a card that sum to at most {MAX_MINOR} minor units",
        "more",
        table="accounts",
    )
