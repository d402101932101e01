"""What makes rows of a book spans of days: ``[start, end)``, of a day at least, open or not.

The one idea: spans are checked alike, whatever they are spans of.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.problems import RowProblem, day_problems, problem_in

__all__ = ["empty_span_problems", "span_day_problems"]

Array = npt.NDArray[Any]


def span_day_problems(table: str, start: Array, end: Array) -> Iterator[RowProblem]:
    """Days of spans ``[start, end)`` outside the range of dates; an end may be none."""
    yield from day_problems(f"{table}.start", start)
    yield from day_problems(f"{table}.end", end, none=NONE_DAY)


def empty_span_problems(table: str, start: Array, end: Array) -> Iterator[RowProblem]:
    """Spans ``[start, end)`` without a day."""
    empty = np.flatnonzero(end <= start)
    expected = "a day after the start"
    yield from problem_in(f"{table}.end", empty, "empty_span", expected, "an earlier one")
