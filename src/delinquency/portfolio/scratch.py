"""Working columns for the loops, as large as the largest account of a book needs them."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import Any

import numpy as np

from delinquency.portfolio.book import Portfolio

__all__ = ["ACCOUNTS_AS_LISTS", "most_rows", "new_scratch"]

ACCOUNTS_AS_LISTS = 1_024
"""Accounts turned into plain numbers at a time for loops that run uncompiled."""


def most_rows(book: Portfolio) -> tuple[int, int]:
    """The most debts, and the most event days, that any account has: the size of scratch."""
    debts = np.diff(book.instalments.offsets)
    for table in (book.charges, book.charge_backs, book.decisions):
        if table is not None:
            debts = debts + np.diff(table.offsets)
    payments = np.diff(book.payments.offsets)
    return int(debts.max(initial=0)), int((payments + 4 * debts).max(initial=0))


def new_scratch(debts: int, days: int) -> Any:
    """Working columns for accounts of at most ``debts`` debts and ``days`` event days."""
    from delinquency.portfolio.kernels.layout import STATE, Debts, Scratch

    def column(size: int) -> Any:
        return np.zeros(size, dtype=np.int64)

    return Scratch(
        debts=Debts(
            kind=column(debts),
            number=column(debts),
            unit=column(debts),
            unit_day=column(debts),
            due=column(debts),
            start=column(debts),
            until=column(debts),
            open=column(4 * debts),
            written=column(4 * debts),
            let_off=column(4 * debts),
        ),
        days=column(days),
        ranked=column(debts),
        by_due=column(debts),
        asked=column(debts),
        shadow_due=column(debts),
        shadow_open=column(debts),
        state=column(STATE),
        place=column(4),
        rest=column(4),
    )
