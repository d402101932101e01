"""Rows in the order of a book: by account, then by date.

The one idea: the order is checked before anything is sorted. A table that already stands in the order of
its accounts and dates keeps its memory; any other is sorted once, by one packed whole number a row.
"""

# numpy and Arrow say little about their own results; mypy strict checks the same lines.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.frames.arrow import arrow, compute
from delinquency.frames.matching import Runs
from delinquency.portfolio.problems import out_of_order, tied_rows

__all__ = ["counted_offsets", "repeated_ids", "row_order"]

Rows = npt.NDArray[np.int64]
_LEAST_DAY = -(2**31)


def counted_offsets(accounts: Rows, size: int) -> Rows:
    """The offsets of a table from the account of each of its rows, in order."""
    offsets = np.zeros(size + 1, dtype=np.int64)
    np.cumsum(np.bincount(accounts, minlength=size), out=offsets[1:])
    return offsets


def row_order(runs: Runs, size: int, days: Any, then_by: Sequence[Any]) -> tuple[Rows, Rows | None]:
    """The offsets of a table, and the order of its rows; ``None`` where they are in it.

    Parameters
    ----------
    runs : Runs
        Every row belongs to an account.
    size : int
        How many accounts there are.
    days : int32 array
        The date of each row.
    then_by : sequence of array
        What orders rows of one account and date: Arrow arrays of texts, or arrays of numbers.
    """
    order: Rows | None = None
    if runs.is_in_order:
        counts = np.zeros(size, dtype=np.int64)
        counts[runs.accounts] = runs.lengths
        offsets = np.zeros(size + 1, dtype=np.int64)
        np.cumsum(counts, out=offsets[1:])
    else:
        accounts = runs.of_rows()
        offsets = counted_offsets(accounts, size)
    if not runs.is_in_order or len(out_of_order(offsets, days)):
        keys = (runs.of_rows() << 32) + (days.astype(np.int64) - _LEAST_DAY)
        order = np.argsort(keys, kind="stable")
    if not then_by:
        return offsets, order
    return offsets, _ties_ordered(offsets, days, then_by, order)


def _ties_ordered(
    offsets: Rows, days: Any, then_by: Sequence[Any], order: Rows | None
) -> Rows | None:
    """The order with rows of one account and date put in the order of ``then_by``."""
    tied = tied_rows(offsets, days if order is None else days[order])
    if not len(tied):
        return order
    rows = np.union1d(tied, tied - 1)
    source = rows if order is None else order[rows]
    groups = np.cumsum(np.isin(rows, tied, invert=True))
    pa = arrow()
    columns = {str(place): values.take(source) for place, values in enumerate(then_by)}
    keys = pa.table({"group": groups, **columns, "row": np.arange(len(rows))})
    by = [(name, "ascending") for name in keys.column_names]
    places = compute().sort_indices(keys, sort_keys=by).to_numpy().astype(np.int64)
    if (places == np.arange(len(places))).all():
        return order
    ordered = np.arange(len(days), dtype=np.int64) if order is None else order.copy()
    ordered[rows] = source[places]
    return ordered


def repeated_ids(accounts: Rows, ids: Any) -> Rows:
    """Rows whose id another row of the same account has before them; an empty id is none."""
    encoded = ids.dictionary_encode()
    codes = encoded.indices.to_numpy().astype(np.int64)
    counts = np.bincount(codes)
    shared = counts[codes] > 1
    named = compute().binary_length(ids).to_numpy() > 0
    rows = np.flatnonzero(shared & named)
    if not len(rows):
        return rows
    keys = (accounts[rows] << 32) + codes[rows]
    order = np.argsort(keys, kind="stable")
    again = np.flatnonzero(keys[order][1:] == keys[order][:-1]) + 1
    return np.sort(rows[order[again]])
