"""The figures of a breakdown for the accounts of a book, each under its own version of a policy.

The one idea: the ledger tells what is open, the rows to come what was earned and paid of them, and the
penalty of the book what is not posted. Where a policy makes debts while it replays, the verb of one account
tells all three.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from delinquency.amounts import to_minor
from delinquency.breakdown import Breakdown, OwedParts, breakdown
from delinquency.currency import Currency
from delinquency.errors import DelinquencyError, PolicyError
from delinquency.events import OffBalance
from delinquency.policy import Policy
from delinquency.portfolio.account_sums import account_of_rows
from delinquency.portfolio.book import Portfolio
from delinquency.portfolio.columns import Days, Minor, Places
from delinquency.portfolio.fact_conversion import SPANS
from delinquency.portfolio.kernels.layout import RuleNumbers
from delinquency.portfolio.owed_columns import OwedColumns
from delinquency.portfolio.penalty_rows import penalty_by_version
from delinquency.portfolio.problems import recorded_days
from delinquency.portfolio.rows_to_come import interest_to_come, rows_to_come
from delinquency.portfolio.rule_numbers import rule_numbers
from delinquency.portfolio.run import Engine, chosen_engine, thread_count
from delinquency.portfolio.sweeps import run_ledger

__all__ = ["accounts_by_version", "accounts_of", "breakdowns", "minor_parts", "owed_by_version"]

STATES: Final = ("past_due", "due", "not_due")
AMOUNTS: Final = (
    "accrued_interest",
    "unearned_interest",
    "prepaid_fees",
    "charged_ahead",
    "unposted_penalty",
    "unallocated",
    "written_off",
)
_OFF_BALANCE: Final = SPANS.index(OffBalance)
Flags = npt.NDArray[np.bool_]
Figures = dict[str, Any]


def accounts_of(book: Portfolio, rows: npt.NDArray[np.intp]) -> Portfolio:
    """The book of rows in rising order, each once; itself where that is all of them."""
    return book if len(rows) == len(book) else book.take(rows)


def accounts_by_version(
    book: Portfolio, policies: tuple[Policy, ...], version: Places | None
) -> Iterator[tuple[Policy, npt.NDArray[np.intp], Portfolio]]:
    """Each version, the rows of its accounts, and the book of those rows."""
    if version is None:
        yield policies[0], np.arange(len(book)), book
        return
    for number, policy in enumerate(policies):
        rows = np.flatnonzero(version == number)
        yield policy, rows, accounts_of(book, rows)


def owed_by_version(
    book: Portfolio,
    policies: tuple[Policy, ...],
    version: Places | None,
    *,
    as_of: date,
    known_on: date | None,
    engine: Engine | None,
    threads: int | None,
) -> Figures:
    """What every account owes, by the names of the columns of a breakdown.

    Raises
    ------
    InvalidValueError, PolicyError
        What the verb of one account refuses.
    """
    chosen, workers = chosen_engine(engine), thread_count(threads, len(book))
    size = len(book)
    cells = np.empty((size, 12), dtype=np.int64)
    amounts = {name: np.empty(size, dtype=np.int64) for name in AMOUNTS}
    off_balance = np.empty(size, dtype=np.bool_)
    for policy, rows, part in accounts_by_version(book, policies, version):
        if policy.makes_debts:
            found = _one_by_one(part, policy, as_of, known_on)
        else:
            found = _by_columns(part, policy, as_of, known_on, chosen, workers)
        cells[rows] = found.pop("cells")
        off_balance[rows] = found.pop("is_off_balance")
        for name, column in found.items():
            amounts[name][rows] = column
    states = {
        name: OwedColumns(*cells[:, 4 * place : 4 * place + 4].T.copy())
        for place, name in enumerate(STATES)
    }
    return {**states, **amounts, "is_off_balance": off_balance}


def _by_columns(
    book: Portfolio,
    policy: Policy,
    as_of: date,
    known_on: date | None,
    engine: Engine,
    workers: int,
) -> Figures:
    rule = rule_numbers(policy, as_of=as_of, known_on=known_on, currency=book.currency)
    out, more = run_ledger(book, policy, rule, breakdown=True, engine=engine, threads=workers)
    told = rows_to_come(book, rule, more.breakdown, engine=engine, workers=workers)
    interest = interest_to_come(book, told, rule.as_of)
    return {
        "cells": more.breakdown,
        "accrued_interest": np.maximum(0, interest),
        "unearned_interest": np.maximum(0, -interest),
        "prepaid_fees": told.fees,
        "charged_ahead": told.charged,
        "unposted_penalty": _unposted(book, policy, as_of, known_on, engine, workers),
        "unallocated": more.unallocated,
        "written_off": more.written_off,
        "is_off_balance": _is_off_balance(book, policy, rule, out.days_past_due),
    }


def _unposted(
    book: Portfolio,
    policy: Policy,
    as_of: date,
    known_on: date | None,
    engine: Engine,
    workers: int,
) -> Minor:
    """Penalty interest that accrued and is no debt: all of it, outside the order of payment."""
    if policy.penalty is None:
        return np.zeros(len(book), dtype=np.int64)
    out, _ = penalty_by_version(
        book,
        (policy,),
        None,
        as_of=as_of,
        known_on=known_on,
        with_balances=False,
        engine=engine,
        threads=workers,
    )
    return out.penalty + out.compound - out.posted  # type: ignore[no-any-return]


def _is_off_balance(book: Portfolio, policy: Policy, rule: RuleNumbers, days: Days) -> Flags:
    flags = np.zeros(len(book), dtype=np.bool_)
    if policy.off_balance_from is not None:
        flags |= days >= policy.off_balance_from
    spans = book.spans
    if spans is not None:
        covers = (spans.kind == _OFF_BALANCE) & (spans.start <= rule.as_of)
        recorded = recorded_days(spans.start, spans.recorded_on)
        covers &= (rule.as_of < spans.end) & (recorded <= rule.known)
        flags[account_of_rows(spans.offsets, np.flatnonzero(covers))] = True
    return flags


def _one_by_one(book: Portfolio, policy: Policy, as_of: date, known_on: date | None) -> Figures:
    """The figures as the verb of one account tells them."""
    currency = book.currency
    names = (*AMOUNTS, "is_off_balance")
    rows: list[list[int]] = []
    for owed in breakdowns(book, policy, as_of, known_on):
        parts = (owed.past_due, owed.due, owed.not_due)
        cells = [amount for state in parts for amount in minor_parts(state, currency)]
        amounts = [
            to_minor(getattr(owed, name), currency, where="breakdown", field=name)
            for name in AMOUNTS
        ]
        rows.append([*cells, *amounts, owed.is_off_balance])
    table = np.array(rows, dtype=np.int64).reshape(len(rows), 12 + len(names))
    figures = dict(zip(names, table[:, 12:].T, strict=True))
    return {"cells": table[:, :12], **figures}


def breakdowns(
    book: Portfolio, policy: Policy, as_of: date, known_on: date | None
) -> Iterator[Breakdown]:
    """What each account owes, as its own verb tells it."""
    for row in range(len(book)):
        try:
            yield breakdown(book.account(row), as_of=as_of, policy=policy, known_on=known_on)
        except PolicyError:
            raise
        except DelinquencyError as error:
            raise error.within(f"account {book.account_id[row]!r}") from None


def minor_parts(parts: OwedParts, currency: Currency) -> list[int]:
    """Amounts by component [minor units]."""
    return [
        to_minor(amount, currency, where="breakdown")
        for amount in (parts.principal, parts.interest, parts.fees, parts.penalty)
    ]
