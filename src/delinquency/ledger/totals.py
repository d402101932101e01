"""The ledger without a sweep, where the totals alone decide what is open.

The one idea: if the oldest debt is always emptied first, in one order of components, then money fills
the debts like a measuring cup: all before the mark are settled, one may be part-filled, the rest are
untouched. Running sums made with the account turn the sweep into one search. Settlements are replayed
only when somebody looks at them.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from delinquency.ledger.money import total_money
from delinquency.ledger.record import Ledger

if TYPE_CHECKING:
    from delinquency.account import Account
    from delinquency.ledger.rule import LedgerRule

__all__ = ["fills_in_order", "replay_by_totals"]

_SETTLED = (0, 0, 0, 0)


def fills_in_order(account: Account, rule: LedgerRule) -> bool:
    """Whether totals decide every open amount: one order, a loan with nothing beside its schedule."""
    return bool(account.owed_running) and rule.fills_in_order


def replay_by_totals(account: Account, as_of: int, known: int, rule: LedgerRule) -> Ledger:
    """The ledger of an account that fills in order; see :func:`fills_in_order`."""
    running = account.owed_running
    amounts = account.amount_rows
    paid = total_money(account, as_of, known)
    size = len(running)
    order = rule.order
    if order.holds_excess:
        size = bisect_right(account.schedule.due_days, as_of)
    settled = bisect_right(running, paid, 0, size)
    rest = paid - (running[settled - 1] if settled else 0)
    open_rows: list[tuple[int, ...]] = [_SETTLED] * settled
    if rest and settled < size:
        part = list(amounts[settled])
        for column in order.phases[0][1]:
            used = min(part[column], rest)
            part[column] -= used
            rest -= used
        open_rows.append(tuple(part))
    open_rows += amounts[len(open_rows) :]
    return Ledger(account, rule, as_of, known, account.obligations, open_rows, settled, rest, paid)
