"""Which accounts of a book are meant: row numbers, or a mask with a place for each account."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["as_column", "chosen_rows", "row_numbers"]

Rows = npt.NDArray[np.int64]


def as_column(values: Any) -> npt.NDArray[Any]:
    """What is given as an array; rows of different lengths as one of two dimensions, which is no column."""
    try:
        return np.asarray(values)
    except ValueError:  # rows of different lengths
        return np.empty((0, 0))


def row_numbers(rows: Any, size: int, *, where: str, noun: str = "account") -> Rows:
    """Row numbers as they are given; of a mask, those where it says so.

    Raises
    ------
    InvalidTypeError
        Neither row numbers nor a mask.
    IndexError
        No such row, or a mask of another length.
    """
    given = as_column(rows)
    if given.ndim == 1 and not given.size:
        return np.empty(0, dtype=np.int64)
    if given.ndim != 1 or given.dtype.kind not in "iub":
        expected = f"row numbers, or a mask with a place for each {noun}"
        raise InvalidTypeError.at(where, expected=expected, found=rows)
    if given.dtype.kind == "b":
        if len(given) != size:
            message = f"a mask of {len(given)} places for a book of {size} {noun}s"
            raise IndexError(message)
        return np.flatnonzero(given)
    outside = given[(given < 0) | (given >= size)]
    if len(outside):
        message = f"row {int(outside[0])} of a book of {size} {noun}s"
        raise IndexError(message)
    return given.astype(np.int64)


def chosen_rows(rows: Any, size: int, *, where: str) -> Rows:
    """The same in rising order, each once.

    Raises
    ------
    InvalidTypeError
        As :func:`row_numbers`.
    IndexError
        As :func:`row_numbers`.
    InvalidValueError
        A row twice.
    """
    numbers = np.sort(row_numbers(rows, size, where=where))
    twice = np.flatnonzero(numbers[1:] == numbers[:-1])
    if len(twice):
        found = f"row {int(numbers[twice[0]])} twice"
        raise InvalidValueError.at(where, expected="each row once", found=found)
    return numbers
