"""Broken promises of the accounts of a book; few debtors promise, so each is followed by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import day_number
from delinquency.early_warning.observing.account_verb import broken_in
from delinquency.early_warning.observing.month_periods import HistoryPeriod
from delinquency.errors import InvalidTypeError, PortfolioError
from delinquency.portfolio.book import Portfolio
from delinquency.restructuring.following.promises import PromiseToPay, checked_promises

__all__ = ["broken_by_account", "checked_by_account"]


def checked_by_account(
    book: Portfolio, promises: Mapping[str, Iterable[PromiseToPay]], as_of: date
) -> dict[int, tuple[PromiseToPay, ...]]:
    """By row of the book its promises, in the order in which they are served.

    Raises
    ------
    InvalidTypeError
        No mapping; not promises.
    InvalidValueError
        As for one account.
    PortfolioError
        An account that is not in the book.
    """
    where = "portfolio.observe, promises"
    if not isinstance(promises, Mapping):
        raise InvalidTypeError.at(
            where,
            expected="a mapping of account ids to promises",
            found=promises,
            hint='Write {"A-17": [promise]}.',
        )
    if not promises:
        return {}
    rows = dict(zip(promises, book.account_id.rows_of(promises).tolist(), strict=True))
    unknown = [account_id for account_id, row in rows.items() if row < 0]
    if unknown:
        raise PortfolioError.in_rows(
            "promises",
            (),
            reason="unknown_account",
            expected="accounts of the book",
            found=repr(unknown[0]),
        )
    found: dict[int, tuple[PromiseToPay, ...]] = {}
    for account_id, kept in promises.items():
        account = book.account(rows[account_id])
        found[rows[account_id]] = checked_promises(
            kept, account, account.originated_on, as_of, f"{where} of {account_id!r}"
        )
    return found


def broken_by_account(
    book: Portfolio,
    promises: Mapping[int, tuple[PromiseToPay, ...]],
    told: Sequence[HistoryPeriod],
    known_on: date | None,
) -> npt.NDArray[Any]:
    """Periods by accounts: promises that were broken in the period, as it was known then."""
    column = np.zeros((len(told), len(book)), dtype=np.int32)
    unknown = np.iinfo(column.dtype).min
    accounts = {row: book.account(row) for row in promises}
    for place, period in enumerate(told):
        if period.start is None:
            column[place] = unknown
            continue
        known = period.end if known_on is None else known_on
        known_day = day_number(known, where="observe", field="known_on")
        for row, kept in promises.items():
            column[place, row] = broken_in(kept, accounts[row], period, known_day)
        end = day_number(period.end, where="observe", field="end")
        column[place, book.originated_on > end] = unknown
    return column
