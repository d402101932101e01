"""Sums of the rows of each account, and the bound that they keep.

The one idea: what an account owes or was paid is bounded, so that no later sum of it can leave 64 bits.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.amounts import MAX_MINOR
from delinquency.portfolio.problems import RowProblem, problem_in

__all__ = ["account_of_rows", "account_sums", "sum_problems"]

Array = npt.NDArray[Any]


def account_of_rows(offsets: Array, rows: Array) -> Array:
    """The account of each row of a ragged table."""
    return np.searchsorted(offsets, rows, side="right") - 1


def account_sums(offsets: Array, amounts: Array) -> Array:
    """The sum of ``amounts`` in each account, exact: no running sum can pass 2**63.

    Blocks of accounts are summed by a running sum where the largest amount times the rows of the
    block stays below 2**63, else account by account.
    """
    sums = np.zeros(len(offsets) - 1, dtype=np.int64)
    step = 65_536
    for first in range(0, len(sums), step):
        last = min(first + step, len(sums))
        bounds = offsets[first : last + 1]
        block = amounts[bounds[0] : bounds[-1]]
        if not len(block):
            continue
        if int(block.max()) * len(block) < 2**63:
            running = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(block)])
            sums[first:last] = np.diff(running[bounds - bounds[0]])
            continue
        for row in range(first, last):
            total = sum(amounts[offsets[row] : offsets[row + 1]].tolist())
            sums[row] = min(total, 2**62 - 1)
    return sums


def sum_problems(table: str, sums: Array) -> Iterator[RowProblem]:
    """Accounts whose amounts sum to more than the bound."""
    yield from problem_in(
        f"{table} (accounts)",
        np.flatnonzero(sums > MAX_MINOR),
        "sum_too_large",
        f"amounts of an account that sum to at most {MAX_MINOR} minor units",
        "more",
        table="accounts",
    )
