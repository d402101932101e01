"""Which payments count at a cut, and how much came on each day."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from delinquency.calendar import NONE_DAY

if TYPE_CHECKING:
    from delinquency.account import Account

__all__ = ["counted_money", "total_money"]


def counted_money(account: Account, as_of: int, known: int) -> dict[int, int]:
    """Minor units by value day, in order of time, of the payments that count.

    A payment counts if its value day is on or before ``as_of``, it was recorded on or before
    ``known``, and it was not reversed on or before the cut: ``known``, or ``as_of`` if ``known`` is
    2**31 - 1. Payments of one day are merged.
    """
    cut = as_of if known == NONE_DAY else known
    money: dict[int, int] = {}
    for value_day, amount, recorded, reversed_day in account.payment_rows:
        if value_day > as_of:
            break
        if reversed_day > cut and recorded <= known:
            money[value_day] = money.get(value_day, 0) + amount
    return money


def total_money(account: Account, as_of: int, known: int) -> int:
    """The sum of :func:`counted_money` [minor units]; one search where every payment stands."""
    if account.paid_running and known == NONE_DAY:
        count = bisect_right(account.payment_days, as_of)
        return account.paid_running[count - 1] if count else 0
    return sum(counted_money(account, as_of, known).values())
