"""The memory floor: one flat compiled pass that reads every byte a kernel reads and fills its outputs.

Same dtypes, same threads. Nothing that answers from these columns can be faster but by not reading.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numba
import numpy as np


@numba.njit(nogil=True, cache=True)
def _sum(column: np.ndarray) -> int:
    total = 0
    for index in range(len(column)):
        total += column[index]
    return total


@numba.njit(nogil=True, cache=True)
def _fill(column: np.ndarray) -> None:
    for index in range(len(column)):
        column[index] = index & 7


def floor_pass(inputs: list[np.ndarray], outputs: list[np.ndarray], threads: int) -> int:
    """Read each input whole and fill each output whole, cut evenly over threads."""
    parts = threads * 8

    def work(part: int) -> int:
        total = 0
        for column in inputs:
            size = len(column)
            total += _sum(column[size * part // parts : size * (part + 1) // parts])
        for column in outputs:
            size = len(column)
            _fill(column[size * part // parts : size * (part + 1) // parts])
        return total

    if threads == 1:
        return sum(map(work, range(parts)))
    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(work, range(parts)))
