"""Which payments count at a cut, and how much came on each day."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from delinquency.calendar import NONE_DAY
from delinquency.payments import PaymentKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from delinquency.account import Account
    from delinquency.obligations import PaymentRow

__all__ = ["counted_money", "cut_of", "money_by_kind", "total_money"]


def cut_of(as_of: int, known: int) -> int:
    """The day by which a reversal undoes a fact: ``known``, or ``as_of`` if nothing is cut."""
    return as_of if known == NONE_DAY else known


def _counted(account: Account, as_of: int, known: int) -> Iterator[PaymentRow]:
    """The payments that count, in order of time.

    A payment counts if its value day is on or before ``as_of``, it was recorded on or before ``known``,
    and it was not reversed on or before the cut.
    """
    cut = cut_of(as_of, known)
    for row in account.payment_rows:
        if row.value_day > as_of:
            return
        if row.reversed_day > cut and row.recorded_day <= known:
            yield row


def counted_money(account: Account, as_of: int, known: int) -> dict[int, int]:
    """Minor units by value day, in order of time, of the payments that count, those of a day merged."""
    money: dict[int, int] = {}
    for row in _counted(account, as_of, known):
        money[row.value_day] = money.get(row.value_day, 0) + row.amount
    return money


def money_by_kind(account: Account, as_of: int, known: int) -> dict[int, list[int]]:
    """As :func:`counted_money`, of each day the sums by kind of payment."""
    money: dict[int, list[int]] = {}
    for row in _counted(account, as_of, known):
        money.setdefault(row.value_day, [0] * len(PaymentKind))[row.kind] += row.amount
    return money


def total_money(account: Account, as_of: int, known: int) -> int:
    """The sum of :func:`counted_money` [minor units]; one search where every payment stands."""
    if account.paid_running and known == NONE_DAY:
        count = bisect_right(account.payment_days, as_of)
        return account.paid_running[count - 1] if count else 0
    return sum(counted_money(account, as_of, known).values())
