"""Running the sweeps of a book: in blocks, compiled or not, each account by the sweep that is right for it.

The one idea: a sweep is told which accounts to skip, so that several of them fill one answer.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from delinquency.policy import Policy
from delinquency.portfolio.arrays import as_lists, book_arrays, empty_more, empty_outputs
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.disputed import answer_disputed
from delinquency.portfolio.kernels.layout import LedgerOutputs, Outputs, RuleNumbers
from delinquency.portfolio.making import run_making
from delinquency.portfolio.read_only import read_only
from delinquency.portfolio.run import (
    Engine,
    chosen_engine,
    in_blocks,
    is_interpreted,
    thread_count,
)
from delinquency.portfolio.scratch import ACCOUNTS_AS_LISTS, most_rows, new_scratch
from delinquency.portfolio.sweep_choice import sweep_choice

__all__ = ["run_as_of", "run_ledger"]

Flags = npt.NDArray[np.bool_]
Sweep = Callable[..., None]
"""``sweep(arrays, rule, skip, scratch, out, more, first, last)`` fills the rows ``[first, last)``."""


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
    if policy.makes_debts:
        run_making(book, policy, rule, out, more, engine, workers)
        answer_disputed(book, policy, rule, out, more)
        return out
    choice = sweep_choice(book, policy)
    if choice.totals_decide:
        _run_totals(book, rule, choice.beside_totals, out, engine, workers)
        _run_laid_out(book, rule, ~choice.beside_totals, out, more, engine, workers)
    else:
        _run_ledgers(book, rule, choice.beside_prefixes, out, more, engine, workers)
    answer_disputed(book, policy, rule, out, more)
    return out


def run_ledger(
    book: Portfolio,
    policy: Policy,
    rule: RuleNumbers,
    *,
    breakdown: bool = False,
    engine: Engine | None = None,
    threads: int | None = None,
) -> tuple[Outputs, LedgerOutputs]:
    """The as-of answer of every account by its full ledger, with what only a ledger knows.

    With ``breakdown`` also the open amounts past due, due and not due, by component.
    """
    out = empty_outputs(len(book))
    more = empty_more(len(book), breakdown=breakdown)
    workers = thread_count(threads, len(book))
    if policy.makes_debts:
        run_making(book, policy, rule, out, more, chosen_engine(engine), workers)
    else:
        choice = sweep_choice(book, policy)
        _run_ledgers(book, rule, choice.beside_prefixes, out, more, chosen_engine(engine), workers)
    answer_disputed(book, policy, rule, out, more)
    return out, more


def _run_totals(
    book: Portfolio, rule: RuleNumbers, skip: Flags, out: Outputs, engine: Engine, workers: int
) -> None:
    if engine is Engine.WHOLE_COLUMNS:
        from delinquency.portfolio.whole_columns import as_of_whole_columns

        arrays = book_arrays(book)
        in_blocks(lambda a, b: as_of_whole_columns(arrays, rule, out, a, b), len(book), workers)
        return
    from delinquency.portfolio.kernels.totals import as_of_totals

    _run(as_of_totals, book, rule, skip, out, empty_more(0), engine, workers)


def _run_ledgers(
    book: Portfolio,
    rule: RuleNumbers,
    laid_out: Flags,
    out: Outputs,
    more: LedgerOutputs,
    engine: Engine,
    workers: int,
) -> None:
    if not laid_out.all():
        from delinquency.portfolio.kernels.prefixes import as_of_prefixes

        _run(as_of_prefixes, book, rule, laid_out, out, more, engine, workers)
    _run_laid_out(book, rule, ~laid_out, out, more, engine, workers)


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
    told = read_only(skip if skip.any() else np.empty(0, dtype=np.bool_))

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
        told_more = empty_more(size if len(more.exposure) else 0, breakdown=len(more.breakdown) > 0)
        scratch = as_lists(new_scratch(*most_rows(part)))
        arrays = as_lists(book_arrays(part))
        written(arrays, as_lists(rule), [], scratch, told, told_more, 0, size)
        for whole, few in zip((*out, *more), (*told, *told_more), strict=True):
            if len(few):
                whole[chosen] = few
