"""Strategies of books."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from delinquency.currency import Currency
from delinquency.portfolio import Portfolio
from delinquency.testing._accounts import accounts
from delinquency.testing._facts import currencies
from delinquency.testing._hypothesis import st

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

    from delinquency.account import Account

__all__ = ["portfolios"]


def portfolios(
    *, currency: Currency | None = None, min_size: int = 1, max_size: int = 10
) -> SearchStrategy[Portfolio]:
    """Books of one currency, their accounts drawn by ``accounts()``.

    Parameters
    ----------
    currency : Currency, optional
        Default: any.
    min_size, max_size : int, default 1 and 10
        Accounts of a book, both ends included.
    """
    chosen = currencies() if currency is None else st.just(currency)
    return chosen.flatmap(
        lambda code: st.lists(accounts(currency=code), min_size=min_size, max_size=max_size).map(
            _numbered
        )
    )


def _numbered(drawn: list[Account]) -> Portfolio:
    """A book of accounts, each with an id of its own."""
    return Portfolio.from_accounts(
        attrs.evolve(account, account_id=f"A-{number}")
        for number, account in enumerate(drawn, start=1)
    )
