"""The reasons of a plan: what each measure did, what falls due now, and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from delinquency.amounts import from_minor
from delinquency.calendar import to_date
from delinquency.component import Component
from delinquency.explanation import Explanation
from delinquency.restructuring.measures import NAMES
from delinquency.rounding import div_half_up

if TYPE_CHECKING:
    from fractions import Fraction

    from delinquency.restructuring.answer import Restructured

__all__ = ["explain_plan"]

_COLUMNS = (Component.PRINCIPAL, Component.INTEREST, Component.FEES, Component.PENALTY)


def explain_plan(done: Restructured) -> Explanation:
    """The tree of reasons of a plan."""
    return Explanation(
        "plan",
        done.present_value_loss,
        {
            "account_id": done.before.account_id,
            "effective_on": done.plan.effective_on,
            "before": done.debt_before.total,
            "after": done.debt_after.total,
            "currency": done.currency.code,
        },
        (),
        (*_moves(done), *_schedule(done), *_worth(done)),
    )


def _moves(done: Restructured) -> Iterator[Explanation]:
    for move in done.draft_after.moved:
        figures: dict[str, object] = {
            "number": move.measure + 1,
            "measure": NAMES[type(done.plan.measures[move.measure])],
            "component": _COLUMNS[move.column].value,
            "currency": done.currency.code,
        }
        if move.on_completion:
            figures["on_completion"] = True
        yield Explanation(
            f"plan_{move.kind.value}", from_minor(move.amount, done.currency), figures
        )


def _schedule(done: Restructured) -> Iterator[Explanation]:
    code = done.currency.code
    rows = done.rows_after
    if rows:
        first, last = (to_date(row.due_day) for row in (rows[0], rows[-1]))
        yield Explanation(
            "plan_schedule",
            len(rows),
            {
                "effective_on": done.plan.effective_on,
                "first_due_on": first,
                "last_due_on": last,
            },
        )
        figures: dict[str, object] = {"currency": code}
        if done.rows_before:
            figures["before"] = from_minor(done.rows_before[0].total, done.currency)
        yield Explanation("plan_first_payment", from_minor(rows[0].total, done.currency), figures)
    yield Explanation("plan_total_cost", done.total_cost_change, {"currency": code})
    if done.arrears_after.total:
        yield Explanation("plan_arrears", done.arrears_after.total, {"currency": code})


def _worth(done: Restructured) -> Iterator[Explanation]:
    def told(value: Fraction) -> object:
        return from_minor(div_half_up(value.numerator, value.denominator), done.currency)

    figures = {
        "before": told(done.value_before),
        "after": told(done.value_after),
        "currency": done.currency.code,
    }
    yield Explanation("plan_value", done.present_value_loss, figures)
