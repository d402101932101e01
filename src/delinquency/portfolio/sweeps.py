"""Which sweep answers which accounts of a book.

The one idea: three sweeps, of which each account needs the cheapest that is right for it. Totals, where
totals decide; prefixes of columns, where each component is settled oldest first; debts laid out one by
one, where charges or a change of schedule stand between. A sweep is told which accounts to skip.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.policy import Policy, settles_by_totals
from delinquency.portfolio.arrays import as_lists, book_arrays, empty_more, empty_outputs
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.layout import LedgerOutputs, Outputs, RuleNumbers
from delinquency.portfolio.run import (
    Engine,
    chosen_engine,
    in_blocks,
    is_interpreted,
    thread_count,
)

__all__ = ["ACCOUNTS_AS_LISTS", "most_rows", "new_scratch", "run_as_of", "run_ledger"]

Flags = npt.NDArray[np.bool_]
Sweep = Callable[..., None]
"""``sweep(arrays, rule, skip, scratch, out, more, first, last)`` fills the rows ``[first, last)``."""

ACCOUNTS_AS_LISTS = 1_024
"""Accounts turned into plain numbers at a time for loops that run uncompiled."""


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
    out = empty_outputs(len(book))
    more = empty_more(0)
    workers = thread_count(threads, len(book))
    if settles_by_totals(policy):
        _run_totals(book, rule, out, engine, workers)
        _run_laid_out(book, rule, ~book.needs_ledger, out, more, engine, workers)
    else:
        _run_ledgers(book, rule, out, more, engine, workers)
    return out


def run_ledger(
    book: Portfolio,
    rule: RuleNumbers,
    *,
    engine: Engine | None = None,
    threads: int | None = None,
) -> tuple[Outputs, LedgerOutputs]:
    """The as-of answer of every account by its full ledger, with exposure and unallocated money."""
    out = empty_outputs(len(book))
    more = empty_more(len(book))
    workers = thread_count(threads, len(book))
    _run_ledgers(book, rule, out, more, chosen_engine(engine), workers)
    return out, more


def _run_totals(
    book: Portfolio, rule: RuleNumbers, out: Outputs, engine: Engine, workers: int
) -> None:
    if engine is Engine.WHOLE_COLUMNS:
        from delinquency.portfolio.whole_columns import as_of_whole_columns

        arrays = book_arrays(book)
        in_blocks(lambda a, b: as_of_whole_columns(arrays, rule, out, a, b), len(book), workers)
        return
    from delinquency.portfolio.kernels.totals import as_of_totals

    _run(as_of_totals, book, rule, book.needs_ledger, out, empty_more(0), engine, workers)


def _run_ledgers(
    book: Portfolio,
    rule: RuleNumbers,
    out: Outputs,
    more: LedgerOutputs,
    engine: Engine,
    workers: int,
) -> None:
    if not rule.keeps_age_order:
        nobody = np.zeros(len(book), dtype=np.bool_)
        _run_laid_out(book, rule, nobody, out, more, engine, workers)
        return
    from delinquency.portfolio.kernels.prefixes import as_of_prefixes

    _run(as_of_prefixes, book, rule, book.needs_ledger, out, more, engine, workers)
    _run_laid_out(book, rule, ~book.needs_ledger, out, more, engine, workers)


def _run_laid_out(
    book: Portfolio,
    rule: RuleNumbers,
    skip: Flags,
    out: Outputs,
    more: LedgerOutputs,
    engine: Engine,
    workers: int,
) -> None:
    if skip.all():
        return
    from delinquency.portfolio.kernels.ledger import as_of_ledger

    _run(as_of_ledger, book, rule, skip, out, more, engine, workers)


def _run(
    sweep: Sweep,
    book: Portfolio,
    rule: RuleNumbers,
    skip: Flags,
    out: Outputs,
    more: LedgerOutputs,
    engine: Engine,
    workers: int,
) -> None:
    """Sweep the accounts that are not skipped, in blocks."""
    if is_interpreted(engine):
        _run_uncompiled(sweep, book, rule, skip, out, more)
        return
    arrays = book_arrays(book)
    debts, days = most_rows(book)
    told = skip if skip.any() else np.empty(0, dtype=np.bool_)

    def work(first: int, last: int) -> None:
        sweep(arrays, rule, told, new_scratch(debts, days), out, more, first, last)

    in_blocks(work, len(book), workers)


def _run_uncompiled(
    sweep: Sweep,
    book: Portfolio,
    rule: RuleNumbers,
    skip: Flags,
    out: Outputs,
    more: LedgerOutputs,
) -> None:
    """The same sweep on lists: a number of a list is at hand, one of a column is made when asked for."""
    from delinquency.portfolio.kernels.compiler import uncompiled

    written = uncompiled(sweep)
    rows = np.flatnonzero(~skip)
    for first in range(0, len(rows), ACCOUNTS_AS_LISTS):
        chosen = rows[first : first + ACCOUNTS_AS_LISTS]
        part = book.take(chosen)
        size = len(part)
        told = empty_outputs(size)
        told_more = empty_more(size if len(more.exposure) else 0)
        scratch = as_lists(new_scratch(*most_rows(part)))
        arrays = as_lists(book_arrays(part))
        written(arrays, as_lists(rule), [], scratch, told, told_more, 0, size)
        for whole, few in zip((*out, *more), (*told, *told_more), strict=True):
            if len(few):
                whole[chosen] = few


def most_rows(book: Portfolio) -> tuple[int, int]:
    """The most debts, and the most event days, that any account has: the size of scratch."""
    debts = np.diff(book.instalments.offsets)
    if book.charges is not None:
        debts = debts + np.diff(book.charges.offsets)
    payments = np.diff(book.payments.offsets)
    return int(debts.max(initial=0)), int((payments + 3 * debts).max(initial=0))


def new_scratch(debts: int, days: int) -> Any:
    """Working columns for accounts of at most ``debts`` debts and ``days`` event days."""
    from delinquency.portfolio.kernels.layout import Debts, Scratch

    def column(size: int) -> Any:
        return np.zeros(size, dtype=np.int64)

    return Scratch(
        debts=Debts(
            source=column(debts),
            unit=column(debts),
            unit_day=column(debts),
            due=column(debts),
            start=column(debts),
            until=column(debts),
            open=column(4 * debts),
        ),
        days=column(days),
        shadow_due=column(debts),
        shadow_open=column(debts),
        state=column(5),
        place=column(4),
        rest=column(4),
    )
