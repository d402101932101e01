"""The figures of one answer of the verb for one account, in a row of columns beside those of loops."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from delinquency.portfolio.kernels.plan_layout import NOTHING_ASKED
from delinquency.portfolio.plans.by_account import put_figures

if TYPE_CHECKING:
    from delinquency.calendar import Day
    from delinquency.portfolio.kernels.plan_layout import PlanAnswers
    from delinquency.restructuring.answer import Restructured

__all__ = ["put_row_figures"]


def put_row_figures(
    out: PlanAnswers, place: int, done: Restructured, affordable: Sequence[tuple[Day, int]]
) -> None:
    """All figures of a plan, those that are held against what is affordable among them."""
    put_figures(out, place, done)
    draft, rows = done.draft_after, done.rows_after
    out.last_due[place] = rows[-1].due_day if rows else draft.day
    out.payments[place] = len(rows)
    totals = [row.total for row in rows]
    if rows and rows[-1].due_day == draft.dues[-1]:
        totals[-1] -= min(draft.balloon, rows[-1].principal)
    out.greatest[place] = max(totals, default=0)
    can_pay = (
        max((pair for pair in affordable if pair[0] <= row.due_day), default=(0, 0))[1]
        for row in rows
    )
    excesses = [total - paid for total, paid in zip(totals, can_pay, strict=True)]
    out.excess[place] = max(excesses, default=NOTHING_ASKED)
