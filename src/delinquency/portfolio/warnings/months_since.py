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
from delinquency.portfolio.warnings.panel_checks import unknown_of

__all__ = ["months_since", "months_since_columns"]


def months_since(column: npt.NDArray[Any], least: int) -> npt.NDArray[np.int32]:
    """Of each period and account, how many periods ago a number was last at least ``least``.

    Parameters
    ----------
    column : int32 or int64 array, periods by accounts
        The least number of its type stands for what nobody knows; here and in the answer.
    least : int
        More than that number.
    """
    unknown = unknown_of(column.dtype)
    found = np.empty(column.shape, dtype=np.int32)
    never = unknown_of(found.dtype)
    before = np.full(column.shape[1], never, dtype=np.int32)
    for numbers, since in zip(column, found, strict=True):
        is_seen = numbers >= least
        # One more than before where it was seen before; a period that is unknown ends that.
        np.add(before, 1, out=since, where=before != never)
        since[(before == never) | (numbers == unknown)] = never
        since[is_seen] = 0
        before = since
    return found


def months_since_columns(given: Mapping[str, npt.NDArray[Any]]) -> dict[str, npt.NDArray[np.int32]]:
    """What follows from the columns that are there, by the name of the observation."""
    return {
        name: months_since(given[seen.name], seen.least)
        for name, seen in MONTHS_SINCE.items()
        if seen.name in given
    }
