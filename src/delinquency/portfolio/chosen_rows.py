"""Which accounts of a book are meant: row numbers, or a mask with a place for each account."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.errors import InvalidTypeError, InvalidValueError

__all__ = ["chosen_rows"]


def chosen_rows(rows: Any, size: int, *, where: str) -> npt.NDArray[np.int64]:
    """The row numbers that are meant, in rising order; of a mask, where it says so.

    Raises
    ------
    InvalidTypeError
        Neither row numbers nor a mask.
    IndexError
        No such row, or a mask of another length.
    InvalidValueError
        A row twice.
    """
    try:
        given = np.asarray(rows)
    except ValueError:  # rows of different lengths
        given = np.empty((0, 0))
    if given.ndim == 1 and not given.size:
        return np.empty(0, dtype=np.int64)
    if given.ndim != 1 or given.dtype.kind not in "iub":
        raise InvalidTypeError.at(
            where, expected="row numbers, or a mask with a place for each account", found=rows
        )
    if given.dtype.kind != "b":
        return _in_order(np.sort(given), size, where)
    if len(given) != size:
        message = f"a mask of {len(given)} places for a book of {size} accounts"
        raise IndexError(message)
    return np.flatnonzero(given)


def _in_order(rows: npt.NDArray[Any], size: int, where: str) -> npt.NDArray[np.int64]:
    """The sorted row numbers, if each is one of the book and stands once."""
    outside = rows[(rows < 0) | (rows >= size)]
    if len(outside):
        message = f"row {int(outside[0])} of a book of {size} accounts"
        raise IndexError(message)
    twice = np.flatnonzero(rows[1:] == rows[:-1])
    if len(twice):
        found = f"row {int(rows[twice[0]])} twice"
        raise InvalidValueError.at(where, expected="each row once", found=found)
    return rows.astype(np.int64)
