"""Rows of one account and kind, side by side: which of them overlap.

The one idea: rows are put in order of account, kind and start once, so that each has to be compared with the
one before it alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["accounts_of", "overlapping", "side_by_side"]

Array = npt.NDArray[Any]


def accounts_of(offsets: Array) -> Array:
    """The place of the account of each row."""
    return np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))


def side_by_side(*places: Array, then_by: tuple[Array, ...]) -> tuple[Array, Array]:
    """The rows in order of their places and then by other columns; which are where the one before is."""
    order = np.lexsort((*reversed(then_by), *reversed(places)))
    same = np.ones(max(len(order) - 1, 0), dtype=np.bool_)
    for values in places:
        same &= values[order][1:] == values[order][:-1]
    return order, same


def overlapping(offsets: Array, kind: Array, start: Array, end: Array) -> Array:
    """Rows that begin before the one before them of their kind and account has ended."""
    order, same = side_by_side(accounts_of(offsets), kind, then_by=(start,))
    return np.sort(order[1:][same & (start[order][1:] < end[order][:-1])])
