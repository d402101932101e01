"""Rows that cannot be part of a book: what a check says of them, and the checks of one column.

The one idea: a check is a generator of problems, each with all its rows. Who wants the first raises it;
who wants them all, as a reader that quarantines does, goes on.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.calendar import FIRST_DAY, LAST_DAY, NONE_DAY, to_date
from delinquency.errors import InvalidTypeError, PortfolioError
from delinquency.portfolio.dtype_hints import dtype_found, dtype_hint
from delinquency.portfolio.text_column import TextColumn

__all__ = [
    "RowProblem",
    "amount_problems",
    "before_origination",
    "code_problems",
    "day_problems",
    "fact_id_problems",
    "id_problems",
    "not_first",
    "order_problems",
    "out_of_order",
    "problem_in",
    "recorded_days",
    "recorded_problems",
    "repeated_ids",
    "require_array",
    "require_offsets",
    "require_row",
    "require_texts",
    "reversal_problems",
    "tied_rows",
]

Array = npt.NDArray[Any]


@attrs.frozen(slots=True, kw_only=True, eq=False)
class RowProblem:
    """Rows of one table that break one rule.

    Attributes
    ----------
    table : str
        The table whose rows are numbered: ``"accounts"``, ``"instalments"``, ...
    column : str
        The place as an error says it, such as ``"instalments.due_date"``.
    rows : int64 array
        All offending rows, zero-based.
    reason : str
        Stable and machine-readable, such as ``"negative_amount"``.
    expected, found, hint : str
        As in :class:`~delinquency.errors.DelinquencyError`.
    """

    table: str
    column: str
    rows: Array
    reason: str
    expected: str
    found: str
    hint: str = ""

    def error(self) -> PortfolioError:
        """The problem as an error."""
        return PortfolioError.in_rows(
            self.column,
            self.rows,
            reason=self.reason,
            expected=self.expected,
            found=self.found,
            hint=self.hint,
        )


def problem_in(
    column: str,
    rows: Array,
    reason: str,
    expected: str,
    found: str,
    *,
    hint: str = "",
    table: str = "",
) -> Iterator[RowProblem]:
    """The problem of these rows, or nothing where there are none."""
    if len(rows):
        yield RowProblem(
            table=table or column.partition(".")[0],
            column=column,
            rows=rows,
            reason=reason,
            expected=expected,
            found=found,
            hint=hint,
        )


def require_row(row: object, size: int, *, where: str, of: str, hint: str = "") -> None:
    """Raise unless it is the number of a row, from 0.

    Raises
    ------
    InvalidTypeError
        Not an int.
    IndexError
        No such row.
    """
    if isinstance(row, bool) or not isinstance(row, (int, np.integer)):
        raise InvalidTypeError.at(f"{where}, row", expected="an int", found=row, hint=hint)
    if not 0 <= row < size:
        message = f"row {row} of {of}"
        raise IndexError(message)


def require_array(column: str, array: Array, dtype: Any, size: int | None = None) -> None:
    """Raise unless it is a one-dimensional array of this type and, where one is given, length."""
    if not isinstance(array, np.ndarray) or array.dtype != dtype or array.ndim != 1:
        raise PortfolioError.in_rows(
            column,
            (),
            reason="wrong_type",
            expected=f"a one-dimensional {np.dtype(dtype).name} array",
            found=dtype_found(array),
            hint=dtype_hint(column, array, dtype),
        )
    if size is not None and len(array) != size:
        raise PortfolioError.in_rows(
            column, (), reason="wrong_length", expected=f"{size:,} rows", found=f"{len(array):,}"
        )


def require_texts(column: str, texts: TextColumn, size: int) -> None:
    """Raise unless it is a column of texts of this length."""
    if not isinstance(texts, TextColumn):
        raise PortfolioError.in_rows(
            column,
            (),
            reason="wrong_type",
            expected="a TextColumn",
            found=type(texts).__name__,
            hint="TextColumn.of(texts) packs them.",
        )
    if len(texts) != size:
        raise PortfolioError.in_rows(
            column,
            (),
            reason="wrong_length",
            expected=f"{size:,} rows",
            found=f"{len(texts):,}",
        )


def require_offsets(table: str, offsets: Array, rows: int, size: int) -> None:
    """Raise unless the offsets of a table lead from 0 to its last row without falling."""
    require_array(f"{table}.offsets", offsets, np.int64, max(size, 0) + 1)
    falling = np.flatnonzero(np.diff(offsets) < 0)
    expected, found = "offsets that do not fall", "a fall"
    if not len(falling) and (offsets[0] != 0 or offsets[-1] != rows):
        falling = np.array([size])
        expected, found = f"offsets from 0 to {rows:,}", f"{int(offsets[0])} to {int(offsets[-1])}"
    for problem in problem_in(f"{table}.offsets", falling, "bad_offsets", expected, found):
        raise problem.error()


def day_problems(column: str, days: Array, *, none: int | None = None) -> Iterator[RowProblem]:
    """Days outside the range of dates, other than ``none``."""
    if not len(days) or (days.min() >= FIRST_DAY and days.max() <= LAST_DAY):
        return
    wrong = (days < FIRST_DAY) | (days > LAST_DAY)
    if none is not None:
        wrong &= days != none
    rows = np.flatnonzero(wrong)
    expected = f"a date from {to_date(FIRST_DAY)} to {to_date(LAST_DAY)}"
    found = f"day number {int(days[rows[0]])}" if len(rows) else ""
    yield from problem_in(
        column,
        rows,
        "date_out_of_range",
        expected,
        found,
    )


def code_problems(
    column: str, codes: Array | None, count: int, size: int, *, least: int = 0
) -> Iterator[RowProblem]:
    """Positions that no member of an enumeration has."""
    if codes is None:
        return
    require_array(column, codes, np.int8, size)
    rows = np.flatnonzero((codes < least) | (codes >= count))
    expected = f"a code from {least} to {count - 1}"
    yield from problem_in(column, rows, "unknown_code", expected, "another")


def amount_problems(column: str, amounts: Array, size: int, *, least: int) -> Iterator[RowProblem]:
    """Amounts below ``least`` or over the bound [minor units]."""
    require_array(column, amounts, np.int64, size)
    if size and (int(amounts.min()) < least or int(amounts.max()) > MAX_MINOR):
        rows = np.flatnonzero(amounts < least)
        reason = "negative_amount" if least == 0 else "amount_not_positive"
        yield from problem_in(column, rows, reason, f"{least} minor units or more", "less")
        rows = np.flatnonzero(amounts > MAX_MINOR)
        expected = f"at most {MAX_MINOR} minor units"
        yield from problem_in(column, rows, "amount_too_large", expected, "more")


def id_problems(column: str, ids: TextColumn, size: int) -> Iterator[RowProblem]:
    """Ids that are empty, or that an earlier row has."""
    require_texts(column, ids, size)
    empty = np.flatnonzero(np.diff(ids.offsets) == 0)
    yield from problem_in(column, empty, "empty_id", "an id that is not empty", "''")
    seen: dict[str, int] = {}
    twice = [row for row, name in enumerate(ids) if seen.setdefault(name, row) != row]
    found = repr(ids[twice[0]]) if twice else ""
    yield from problem_in(
        column, np.array(twice), "duplicate_account", "each account_id once", found
    )


def order_problems(column: str, offsets: Array, values: Array) -> Iterator[RowProblem]:
    """Rows whose value is less than that of the row before, within one account."""
    yield from problem_in(
        column,
        out_of_order(offsets, values),
        "unsorted",
        "rows in order of date within each account",
        "an earlier date after a later one",
    )


def out_of_order(offsets: Array, values: Array) -> Array:
    """Rows whose value is less than that of the row before, within one account."""
    return not_first(np.flatnonzero(values[1:] < values[:-1]) + 1, offsets)


def tied_rows(offsets: Array, values: Array) -> Array:
    """Rows whose value equals that of the row before, within one account."""
    return not_first(np.flatnonzero(values[1:] == values[:-1]) + 1, offsets)


def not_first(rows: Array, offsets: Array) -> Array:
    """The rows that are not the first of their account."""
    if not len(rows):
        return rows
    is_first = np.zeros(int(offsets[-1]) + 1, dtype=np.bool_)
    is_first[offsets] = True
    return rows[~is_first[rows]]


def before_origination(
    originated_on: Array, column: str, offsets: Array, days: Array
) -> Iterator[RowProblem]:
    """Days before the credit of their account began; days are in order within an account."""
    first = offsets[:-1]
    filled = np.flatnonzero(offsets[1:] > first)
    early = filled[days[first[filled]] < originated_on[filled]]
    if not len(early):
        return
    counts = np.diff(offsets)[early]
    steps = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    rows = np.repeat(first[early], counts) + steps
    yield from problem_in(
        column,
        rows[days[rows] < np.repeat(originated_on[early], counts)],
        "before_origination",
        "a date on or after originated_on of the account",
        "an earlier one",
    )


def recorded_days(own: Array, recorded_on: Array | None) -> Array:
    """The day on which each fact was recorded: its own where nobody said."""
    return own if recorded_on is None else np.where(recorded_on == NONE_DAY, own, recorded_on)


def recorded_problems(table: str, days: Array | None, rows: int) -> Iterator[RowProblem]:
    """Days of recording outside the range of dates; the column may be absent."""
    if days is not None:
        require_array(f"{table}.recorded_on", days, np.int32, rows)
        yield from day_problems(f"{table}.recorded_on", days, none=NONE_DAY)


def reversal_problems(
    table: str, noun: str, own: Array, recorded_on: Array | None, reversed_on: Array | None
) -> Iterator[RowProblem]:
    """Reversals out of the range of dates, or before a fact was made and recorded; the column may be absent.

    ``own`` are the days of the facts, ``noun`` what one of them is called.
    """
    if reversed_on is None:
        return
    column = f"{table}.reversed_on"
    require_array(column, reversed_on, np.int32, len(own))
    yield from day_problems(column, reversed_on, none=NONE_DAY)
    known = np.maximum(own, recorded_days(own, recorded_on))
    yield from problem_in(
        column,
        np.flatnonzero(reversed_on < known),
        f"reversal_before_{noun.replace('-', '_')}",
        f"a day on or after the {noun} was made and recorded",
        "an earlier one",
    )


def fact_id_problems(
    column: str, ids: TextColumn, offsets: Array, days: Array
) -> Iterator[RowProblem]:
    """Ids are there, each once in its account, and in order within a day: facts of one day rank by them."""
    require_texts(column, ids, len(days))
    table, _, name = column.partition(".")
    texts = list(ids)
    empty = np.array([row for row, text in enumerate(texts) if not text], dtype=np.int64)
    yield from problem_in(column, empty, "empty_id", "an id that is not empty", "''")
    yield from repeated_ids(column, ids, offsets)
    unsorted = [row for row in tied_rows(offsets, days).tolist() if texts[row] < texts[row - 1]]
    expected = f"{table.replace('_', '-')} of one day in order of {name}"
    yield from problem_in(column, np.array(unsorted), "unsorted", expected, "another order")


def repeated_ids(column: str, ids: TextColumn, offsets: Array) -> Iterator[RowProblem]:
    """Ids that an earlier row of the same account has; one that is empty is none."""
    name = column.partition(".")[2]
    owners = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets)).tolist()
    seen: dict[tuple[int, str], int] = {}
    twice = [
        row
        for row, key in enumerate(zip(owners, ids, strict=True))
        if key[1] and seen.setdefault(key, row) != row
    ]
    expected = f"each {name} once in an account"
    yield from problem_in(column, np.array(twice), f"duplicate_{name}", expected, "it twice")
