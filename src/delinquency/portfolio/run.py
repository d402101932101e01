"""How a book is worked through: which engine, which blocks, how many threads.

The one idea: accounts are independent, so a book is cut into blocks of accounts, and each block is
worked through with its own scratch. Small books run in the caller.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum

from delinquency.call_sites import callers_level
from delinquency.errors import DelinquencyWarning, InvalidTypeError, MissingExtraError

__all__ = [
    "Engine",
    "InterpretedKernelWarning",
    "chosen_engine",
    "in_blocks",
    "is_interpreted",
    "thread_count",
]

ACCOUNTS_OF_A_BLOCK = 16_384
SMALL_BOOK = 32_768
"""Accounts up to which a pool of threads costs more than it gains."""


class InterpretedKernelWarning(DelinquencyWarning):
    """Kernels run uncompiled; the extra ``fast`` compiles them."""


class Engine(Enum):
    """How a book is worked through; the answers are equal.

    ``COMPILED``: loops compiled by numba. ``WHOLE_COLUMNS``: numpy only; answers policies that settle
    by totals. ``INTERPRETED``: the loops uncompiled.
    """

    COMPILED = "compiled"
    WHOLE_COLUMNS = "whole_columns"
    INTERPRETED = "interpreted"


def _default_engine() -> Engine:
    from delinquency.portfolio.kernels.compiler import HAS_COMPILER

    if HAS_COMPILER:
        return Engine.COMPILED
    _warn_once()
    return Engine.WHOLE_COLUMNS


_warned: list[bool] = []


def _warn_once() -> None:
    if not _warned:
        _warned.append(True)
        warnings.warn(
            "kernels are not compiled: pip install 'delinquency[fast]' makes books faster",
            InterpretedKernelWarning,
            stacklevel=callers_level(),
        )


def chosen_engine(engine: Engine | None) -> Engine:
    """The engine asked for, or the fastest there is.

    Raises
    ------
    InvalidTypeError
        Not an engine.
    MissingExtraError
        Compiled kernels without numba.
    """
    from delinquency.portfolio.kernels.compiler import HAS_COMPILER

    if engine is None:
        return _default_engine()
    if not isinstance(engine, Engine):
        raise InvalidTypeError.at("portfolio, engine", expected="an Engine or None", found=engine)
    if engine is Engine.COMPILED and not HAS_COMPILER:
        raise MissingExtraError.for_extra("fast", module="numba", purpose="compiled kernels")
    return engine


def is_interpreted(engine: Engine) -> bool:
    """Whether the loops run uncompiled: asked for, or for want of a compiler."""
    from delinquency.portfolio.kernels.compiler import HAS_COMPILER

    return engine is Engine.INTERPRETED or not HAS_COMPILER


def thread_count(threads: int | None, size: int) -> int:
    """The number of threads for a book: given, or up to two for a large one.

    A kernel is bound by memory, so more threads than two hardly gain anything.
    """
    if threads is not None:
        if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
            raise InvalidTypeError.at("portfolio, threads", expected="an int from 1", found=threads)
        return threads
    return 1 if size <= SMALL_BOOK else min(2, os.cpu_count() or 1)


def in_blocks(
    work: Callable[[int, int], None], size: int, threads: int, step: int = ACCOUNTS_OF_A_BLOCK
) -> None:
    """Call ``work(first, last)`` for every block, on a pool if there is more than one thread."""
    if threads == 1 or size <= step:
        for first in range(0, size, step):
            work(first, min(first + step, size))
        return
    with ThreadPoolExecutor(threads) as pool:
        tasks = [
            pool.submit(work, first, min(first + step, size)) for first in range(0, size, step)
        ]
        for task in tasks:
            task.result()
