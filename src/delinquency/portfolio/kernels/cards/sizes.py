"""How much each card of a book will say, before it is replayed.

The one idea: the statements of a card follow from its opening and the day asked for, and nothing but a plan,
a refund or a tolerance can settle a minimum besides money; so every place of the answer is known beforehand.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.cards.days import first_month
from delinquency.portfolio.kernels.cards.facts import PLAN_KIND, REFUND_KIND
from delinquency.portfolio.kernels.cards.layout import (
    CYCLE_ANCHOR,
    GRACE_ROW,
    TOLERANCES,
    TOLERANCES_COUNT,
    CardArrays,
)
from delinquency.portfolio.kernels.cards.money import add_months, months_between
from delinquency.portfolio.kernels.compiler import compiled

__all__ = ["fill_sizes"]


@compiled
def fill_sizes(
    book: CardArrays,
    as_of: int,
    statements: Any,
    credits_met: Any,
    items: Any,
    first: int,
    last: int,
) -> None:
    """For each card: its statements, what else than money may settle minimums, and its debits at most."""
    for account in range(first, last):
        at = book.starts[book.terms_no[account] if len(book.terms_no) > 0 else 0]
        anchor = book.numbers[at + CYCLE_ANCHOR]
        months = first_month(anchor, book.originated[account])
        count = 0
        if add_months(anchor, months) <= as_of:
            count = months_between(anchor, as_of) - months + 1
        statements[account] = count
        begin = book.tx_offsets[account]
        end = book.tx_offsets[account + 1]
        most = end - begin + 2 * count + 2
        others = 0
        tolerances = book.numbers[at + TOLERANCES]
        for row in range(book.numbers[at + TOLERANCES_COUNT]):
            if book.numbers[tolerances + GRACE_ROW * row + 1] > 0:
                others = count
        for row in range(begin, end):
            if book.kind[row] == REFUND_KIND:
                others += 1
            elif book.kind[row] == PLAN_KIND:
                most += 2 * min(count, int(book.plan_count[row]))
                others += 1
        credits_met[account] = others
        items[account] = most
