"""Months since something was last seen, for all accounts at once.

The one idea: as :mod:`delinquency.early_warning.observing.months_since`, one period of all accounts after the
other.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.early_warning.observing.months_since import MONTHS_SINCE
from delinquency.portfolio.run import in_blocks, thread_count
from delinquency.portfolio.warnings.panel_checks import unknown_of

__all__ = ["months_since", "months_since_columns"]

CELLS_OF_A_BLOCK = 2**18
"""Accounts by periods that stay near the processor."""


def months_since(column: npt.NDArray[Any], least: int) -> npt.NDArray[np.int32]:
    """Of each period and account, how many periods ago a number was last at least ``least``.

    Parameters
    ----------
    column : int32 or int64 array, periods by accounts
        The least number of its type stands for what nobody knows; here and in the answer.
    least : int
        More than that number.
    """
    unknown, never = unknown_of(column.dtype), unknown_of(np.dtype(np.int32))
    periods, size = column.shape
    found = np.empty(column.shape, dtype=np.int32)

    def work(first: int, last: int) -> None:
        # What was never seen stays below 0, however many periods are counted on.
        since = np.full(last - first, never, dtype=np.int32)
        for numbers, told in zip(column[:, first:last], found[:, first:last], strict=True):
            since += 1
            np.copyto(since, never, where=numbers == unknown)
            np.copyto(since, 0, where=numbers >= least)
            np.copyto(told, np.where(since < 0, never, since))

    in_blocks(work, size, thread_count(None, size), max(1, CELLS_OF_A_BLOCK // max(1, periods)))
    return found


def months_since_columns(given: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[np.int32]]:
    """What follows from the columns that are there, by the name of the observation."""
    return {
        name: months_since(given[seen.name], seen.least)
        for name, seen in MONTHS_SINCE.items()
        if seen.name in given
    }
