"""Running a kernel over a book: which engine, which blocks, how many threads.

The one idea: accounts are independent, so a book is cut into blocks of accounts, and each block is
worked through with its own scratch. Small books run in the caller.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from typing import Any

import numpy as np

from delinquency.calendar import NONE_DAY
from delinquency.errors import DelinquencyWarning, InvalidTypeError, MissingExtraError
from delinquency.policy import Policy, settles_by_totals
from delinquency.portfolio.arrays import book_arrays, empty_outputs
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.layout import BookArrays, LedgerOutputs, Outputs, RuleNumbers

__all__ = [
    "Engine",
    "InterpretedKernelWarning",
    "chosen_engine",
    "in_blocks",
    "run_as_of",
    "run_ledger",
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
            stacklevel=4,
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


def run_as_of(
    book: Portfolio,
    policy: Policy,
    rule: RuleNumbers,
    *,
    engine: Engine | None = None,
    threads: int | None = None,
) -> Outputs:
    """The as-of answer of every account."""
    engine = chosen_engine(engine)
    size = len(book)
    arrays = book_arrays(book)
    out = empty_outputs(size)
    workers = thread_count(threads, size)
    if settles_by_totals(policy):
        if not book.needs_ledger.all():
            _run_totals(arrays, rule, book.needs_ledger, out, engine, size, workers)
        rows = np.flatnonzero(book.needs_ledger)
        _run_rows(arrays, rule, rows, out, _no_more(), engine, workers)
    else:
        _run_ledgers(book, arrays, rule, out, _no_more(), engine, workers)
    return out


def run_ledger(
    book: Portfolio,
    rule: RuleNumbers,
    *,
    engine: Engine | None = None,
    threads: int | None = None,
) -> tuple[Outputs, LedgerOutputs]:
    """The as-of answer of every account by its full ledger, with exposure and unallocated money."""
    engine = chosen_engine(engine)
    size = len(book)
    out = empty_outputs(size)
    more = LedgerOutputs(np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64))
    workers = thread_count(threads, size)
    _run_ledgers(book, book_arrays(book), rule, out, more, engine, workers)
    return out, more


def _run_ledgers(
    book: Portfolio,
    arrays: BookArrays,
    rule: RuleNumbers,
    out: Outputs,
    more: LedgerOutputs,
    engine: Engine,
    workers: int,
) -> None:
    """Prefixes of columns where they are a whole ledger, and debts laid out for the rest."""
    size = len(book)
    if not rule.keeps_age_order:
        _run_rows(arrays, rule, np.arange(size, dtype=np.int64), out, more, engine, workers)
        return
    from delinquency.portfolio.kernels.prefixes import as_of_prefixes

    kernel = _as_run(as_of_prefixes, engine)
    rest = book.needs_ledger
    skip = _none_or(rest)

    def work(first: int, last: int) -> None:
        kernel(
            arrays, rule, skip, np.zeros(4, np.int64), np.zeros(4, np.int64), out, more, first, last
        )

    in_blocks(work, size, workers)
    _run_rows(arrays, rule, np.flatnonzero(rest), out, more, engine, workers)


def _none_or(flags: Any) -> Any:
    """The flags, or no elements where none is set: a kernel then does not look."""
    return flags if flags.any() else np.empty(0, dtype=np.bool_)


def _run_totals(
    arrays: BookArrays,
    rule: RuleNumbers,
    flags: Any,
    out: Outputs,
    engine: Engine,
    size: int,
    workers: int,
) -> None:
    if engine is Engine.WHOLE_COLUMNS:
        from delinquency.portfolio.whole_columns import as_of_whole_columns

        in_blocks(lambda a, b: as_of_whole_columns(arrays, rule, out, a, b), size, workers)
        return
    from delinquency.portfolio.kernels.totals import as_of_totals

    kernel = _as_run(as_of_totals, engine)
    skip = _none_or(flags)
    in_blocks(lambda a, b: kernel(arrays, rule, skip, out, a, b), size, workers)


def _as_run(kernel: Any, engine: Engine) -> Any:
    return getattr(kernel, "py_func", kernel) if engine is Engine.INTERPRETED else kernel


def _no_more() -> LedgerOutputs:
    return LedgerOutputs(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))


def _run_rows(
    arrays: BookArrays,
    rule: RuleNumbers,
    rows: Any,
    out: Outputs,
    more: LedgerOutputs,
    engine: Engine,
    workers: int,
) -> None:
    """The accounts at ``rows``, their debts laid out."""
    if not len(rows):
        return
    from delinquency.portfolio.kernels.ledger import as_of_ledger

    kernel = _as_run(as_of_ledger, engine)
    debts, days = _most_rows(arrays, rows)

    def work(first: int, last: int) -> None:
        kernel(arrays, rule, rows, _scratch(debts, days), out, more, first, last)

    in_blocks(work, len(rows), workers)


def _most_rows(arrays: BookArrays, rows: Any) -> tuple[int, int]:
    """The most debts, and the most event days, that any of the accounts has."""
    debts = np.diff(arrays.inst_offsets)[rows]
    if len(arrays.charge_offsets):
        debts = debts + np.diff(arrays.charge_offsets)[rows]
    payments = np.diff(arrays.pay_offsets)[rows]
    return int(debts.max()), int((payments + 3 * debts).max())


def _scratch(debts: int, days: int) -> Any:
    from delinquency.portfolio.kernels.ledger import Scratch
    from delinquency.portfolio.kernels.obligations import Debts

    def column(size: int) -> Any:
        return np.full(size, NONE_DAY, dtype=np.int64)

    return Scratch(
        Debts(
            column(debts),
            column(debts),
            column(debts),
            column(debts),
            column(debts),
            np.zeros((debts, 4), dtype=np.int64),
        ),
        column(days),
        column(debts),
        column(debts),
        np.zeros(5, dtype=np.int64),
    )
