"""Which accounts of a book are meant: row numbers, or a mask with a place for each account."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.errors import InvalidTypeError

__all__ = ["chosen_rows"]


def chosen_rows(rows: Any, size: int, *, where: str) -> npt.NDArray[np.int64]:
    """The row numbers that are meant, in the order given; of a mask, where it says so.

    Raises
    ------
    InvalidTypeError
        Neither row numbers nor a mask.
    IndexError
        A mask of another length.
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
        return given.astype(np.int64)
    if len(given) != size:
        message = f"a mask of {len(given)} places for a book of {size} accounts"
        raise IndexError(message)
    return np.flatnonzero(given)
