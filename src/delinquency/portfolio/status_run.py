"""Folding the states of a book: in the loop where it knows the ledger, else account by account.

The one idea: an account that the loop does not know is folded as it is alone, slowly and never wrong; whoever
asks sees no difference.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from delinquency.calendar import to_date
from delinquency.policy import Policy
from delinquency.policy_versions import PolicyTimeline
from delinquency.portfolio.account_sums import account_sums
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.kernels.status_layout import NO_RULE
from delinquency.portfolio.run import Engine
from delinquency.portfolio.status_loop import FoundRows, Judged, fold_in_loop
from delinquency.portfolio.status_numbers import fits_the_loop, reads_security
from delinquency.portfolio.sweep_choice import sweep_choice
from delinquency.replaying import known_on_of
from delinquency.status_assessment import assess_status

__all__ = ["beside_the_loop", "fold_book"]

Flags = npt.NDArray[np.bool_]


def fold_book(
    book: Portfolio,
    versions: Sequence[Judged],
    *,
    as_of: int,
    known: int,
    policy: Policy | PolicyTimeline,
    engine: Engine,
    threads: int,
) -> tuple[list[FoundRows], Flags]:
    """By machine its changes in order of account; by account and machine whether a worse one is unknown."""
    alone = beside_the_loop(book, versions)
    told = fold_in_loop(
        book, versions, as_of=as_of, known=known, skip=alone, engine=engine, threads=threads
    )
    few = _one_by_one(book, versions, alone, policy, as_of, known, told.unknown)
    return [
        _put_together([*rows, own]) for rows, own in zip(told.rows, few, strict=True)
    ], told.unknown


def _put_together(parts: Sequence[FoundRows]) -> FoundRows:
    """Rows in order of account, and of one account in that of the parts."""
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    account = columns[0]
    if (account[1:] < account[:-1]).any():
        order = np.argsort(account, kind="stable")
        columns = [column[order] for column in columns]
    return FoundRows(*columns)


def beside_the_loop(book: Portfolio, versions: Sequence[Judged]) -> Flags:
    """Accounts that are folded one by one: under some version the loop does not know their ledger."""
    alone = np.zeros(len(book), dtype=np.bool_)
    for table in (book.re_ages, book.disputes):
        if table is not None:
            alone |= np.diff(table.offsets) > 0
    secured = _have_security(book)
    for version in versions:
        policy = version.policy
        own = np.ones(len(book), dtype=np.bool_)
        if not policy.makes_debts and fits_the_loop(policy.status):
            own = sweep_choice(book, policy).beside_prefixes | _too_large(book, policy)
            if reads_security(policy.status):
                own |= secured
        alone |= own if version.accounts is None else own & version.accounts
    return alone


def _have_security(book: Portfolio) -> Flags:
    """Accounts of which a figure may have to be worked out of collateral or guarantees."""
    found = np.zeros(len(book), dtype=np.bool_)
    for table in (book.collateral, book.guarantees):
        if table is not None:
            found |= np.diff(table.offsets) > 0
    return found


def _too_large(book: Portfolio, policy: Policy) -> Flags | bool:
    """Accounts of which an amount times a term of the share that is material could leave 64 bits."""
    if policy.counting.materiality is None:
        return False
    share = policy.counting.materiality.share
    term = max(share.numerator, share.denominator)
    if term >= 2**63:
        return True
    table = book.instalments
    columns = (table.principal, table.interest, table.fees)
    rows = int(np.diff(table.offsets).max(initial=0))
    if sum(int(column.max(initial=0)) for column in columns) * rows * term < 2**63:
        return False
    most = (2**63 - 1) // term // len(columns)
    over = np.zeros(len(book), dtype=np.bool_)
    for column in columns:
        over |= account_sums(table.offsets, column) > most
    return over


def _one_by_one(
    book: Portfolio,
    versions: Sequence[Judged],
    alone: Flags,
    policy: Policy | PolicyTimeline,
    as_of: int,
    known: int,
    unknown: Flags,
) -> list[FoundRows]:
    """By machine, the changes of the accounts that the loop does not know, each by its own fold."""
    rows: list[list[tuple[int, ...]]] = [[] for _ in versions[-1].policy.status]
    known_on = known_on_of(known)
    policies = [version.policy for version in versions]
    begun = book.originated_on <= as_of
    for row in np.flatnonzero(alone & begun).tolist():
        answer = assess_status(
            book.account(row), as_of=to_date(as_of), policy=policy, known_on=known_on
        )
        numbers = [policies.index(each) for each in answer.policies]
        for place, machine in enumerate(answer.machines):
            for change in answer.folded.changes[place]:
                number = numbers[change.era]
                rules = policies[number].status[place].rules
                rule = NO_RULE if change.rule is None else rules.index(change.rule)
                rows[place].append((row, change.day, change.state, rule, number))
            unknown[row, place] = bool(answer.not_assessed(machine.name))
    return [_in_columns(own) for own in rows]


def _in_columns(rows: Sequence[tuple[int, ...]]) -> FoundRows:
    account, day, state, rule, version = np.array(rows, dtype=np.int32).reshape(len(rows), 5).T
    return FoundRows(account, day, state, rule.astype(np.int16), version.astype(np.int16))
