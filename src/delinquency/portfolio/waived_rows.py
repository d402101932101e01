"""What was waived of each account of a book, by component.

The one idea: what a replay let off was waived or written off. An account that has no write-off and no closure
was waived all of it; one that has both kinds is asked alone which is which.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.event_rows import Decision
from delinquency.policy import Policy
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.breakdown_rows import (
    accounts_by_version,
    accounts_of,
    breakdowns,
    minor_parts,
)
from delinquency.portfolio.columns import Minor, Places
from delinquency.portfolio.owed_columns import OwedColumns
from delinquency.portfolio.penalty_rows import penalty_by_version
from delinquency.portfolio.rows_to_come import rows_to_come
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, chosen_engine, thread_count

__all__ = ["waived_by_version"]

Flags = npt.NDArray[np.bool_]
_PENALTY = 3


def waived_by_version(
    book: Portfolio,
    policies: tuple[Policy, ...],
    version: Places | None,
    *,
    as_of: date,
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> OwedColumns:
    """What was waived of every account under its own version, of debts and of the accrual of penalty.

    Raises
    ------
    InvalidValueError, PolicyError
        What the verb of one account refuses.
    """
    chosen, workers = chosen_engine(engine), thread_count(threads, len(book))
    cells = np.zeros((len(book), 4), dtype=np.int64)
    for policy, rows, part in accounts_by_version(book, policies, version):
        told = np.zeros((len(part), 4), dtype=np.int64)
        alone = np.ones(len(part), dtype=np.bool_)
        if not policy.makes_debts:
            alone = _let_off_in_two_ways(part, policy)
            _by_columns(part, policy, ~alone, told, as_of, known_on, chosen, workers)
        if alone.any():
            owed = breakdowns(accounts_of(part, np.flatnonzero(alone)), policy, as_of, known_on)
            told[alone] = [minor_parts(one.waived, book.currency) for one in owed]
        cells[rows] = told
    return OwedColumns(*cells.T.copy())


def _let_off_in_two_ways(book: Portfolio, policy: Policy) -> Flags:
    """Accounts of which some may have been waived and some written off."""
    table = book.decisions
    if table is None:
        return np.zeros(len(book), dtype=np.bool_)
    waives = _has(book, (Decision.WAIVER,)) | bool(policy.closing_tolerance)
    return _has(book, (Decision.CLOSURE,)) | (waives & _has(book, (Decision.WRITE_OFF,)))


def _has(book: Portfolio, kinds: tuple[Decision, ...]) -> Flags:
    """Accounts with a decision of any of these kinds."""
    flags = np.zeros(len(book), dtype=np.bool_)
    table = book.decisions
    if table is not None:
        rows = np.flatnonzero(np.isin(table.kind, kinds))
        flags[account_of_rows(table.offsets, rows)] = True
    return flags


def _by_columns(
    book: Portfolio,
    policy: Policy,
    asked: Flags,
    told: Minor,
    as_of: date,
    known_on: date | None,
    engine: Engine,
    workers: int,
) -> None:
    waived = asked & (_has(book, (Decision.WAIVER,)) | bool(policy.closing_tolerance))
    rule: Any = rule_numbers(policy, as_of=as_of, known_on=known_on, currency=book.currency)
    rows = np.flatnonzero(waived)
    if len(rows):
        part = accounts_of(book, rows)
        none_open = np.zeros((len(part), 12), dtype=np.int64)
        found = rows_to_come(part, rule, none_open, engine=engine, workers=workers)
        told[rows] = found.waived
    rows = np.flatnonzero(asked)
    if policy.penalty is not None and len(rows):
        of_accrual, _ = penalty_by_version(
            accounts_of(book, rows),
            (policy,),
            None,
            as_of=as_of,
            known_on=known_on,
            with_balances=False,
            engine=engine,
            threads=workers,
        )
        told[rows, _PENALTY] += of_accrual.waived
