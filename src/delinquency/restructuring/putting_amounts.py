"""What measures of amounts do to a draft: each moves or takes, and writes down what that was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from delinquency.calendar import day_number
from delinquency.component import COMPONENTS
from delinquency.restructuring.draft import FEES, INTEREST, PENALTY, PRINCIPAL, MoveKind
from delinquency.restructuring.plan_run import too_much_in_advance
from delinquency.restructuring.rhythm import Rhythm
from delinquency.restructuring.term_measures import ReAgeing, ReAgeInterest

if TYPE_CHECKING:
    from delinquency.restructuring.amount_measures import (
        ArrearsSpread,
        ArrearsWaiver,
        Capitalisation,
        Forgiveness,
        PrincipalDeferral,
    )
    from delinquency.restructuring.plan_run import PlanRun

__all__ = ["capitalise", "defer", "forgive", "re_age", "spread", "waive"]


def capitalise(run: PlanRun, measure: Capitalisation) -> None:
    """What is past due, or earned, of its components becomes principal to come."""
    draft, ids = run.draft, measure.charge_ids
    run.check_charges(measure)
    for component in measure.components:
        column = COMPONENTS.index(component)
        past = draft.past_due(column, ids)
        earned = draft.earned if column == INTEREST else 0
        accrued = draft.unposted if column == PENALTY and ids is None else 0
        amount = run.at_most(measure, measure.amount, past + earned + accrued)
        rest = amount - draft.take_past_due(column, past if measure.amount is None else amount, ids)
        if column == INTEREST:
            draft.earned -= rest
        if column == PENALTY:
            draft.unposted -= rest
        draft.principal += amount
        run.told(MoveKind.CAPITALISED, column, amount)
    run.replan()


def spread(run: PlanRun, measure: ArrearsSpread) -> None:
    """What is past due of its components is paid in parts with the instalments to come."""
    run.need_dues()
    run.draft.multiple = run.multiple(measure.multiple)
    if measure.instalments is not None:
        run.draft.spread_over = measure.instalments
    for component in measure.components:
        _spread(run, COMPONENTS.index(component))


def _spread(run: PlanRun, column: int) -> None:
    draft = run.draft
    amount = draft.take_past_due(column, draft.past_due(column))
    draft.spread[column] += amount
    run.told(MoveKind.SPREAD, column, amount)


def re_age(run: PlanRun, measure: ReAgeing) -> None:
    """All that is open is paid on new due dates."""
    draft, where = run.draft, run.where(measure)
    first = day_number(measure.first_due_on, where=where, field="first_due_on")
    run.check_first(first, where)
    for column in range(4):
        if column != PRINCIPAL:
            _spread(run, column)
    late = draft.take_past_due(PRINCIPAL, draft.past_due(PRINCIPAL))
    draft.principal += late
    run.told(MoveKind.SPREAD, PRINCIPAL, late)
    for _, amount in draft.fees:
        draft.spread[FEES] += amount
    draft.fees = []
    draft.multiple = run.multiple(measure.multiple)
    draft.spread_over = None
    if measure.interest is not ReAgeInterest.AS_AGREED:
        draft.is_flat = True
        if measure.interest is ReAgeInterest.ALL_IN_EQUAL_PARTS:
            draft.agreed = draft.unearned
        draft.spread[INTEREST] += draft.earned + draft.agreed
        draft.earned = 0
        if draft.spread[INTEREST] < 0:
            raise too_much_in_advance(
                where, "at least as much interest as was paid in advance", "less"
            )
    rhythm = Rhythm(first, measure.frequency.months, measure.frequency.days)
    draft.dues = [rhythm.after(first, number) for number in range(measure.instalments)]
    draft.rests = {}
    run.given = rhythm
    run.replan()


def waive(run: PlanRun, measure: ArrearsWaiver) -> None:
    """Penalty that accrued goes first, then what is past due, oldest first."""
    draft, ids = run.draft, measure.charge_ids
    run.check_charges(measure)
    for component in measure.components:
        column = COMPONENTS.index(component)
        accrued = draft.unposted if column == PENALTY and ids is None else 0
        amount = run.part(measure, draft.past_due(column, ids) + accrued)
        from_accrued = min(amount, accrued)
        draft.unposted -= from_accrued
        draft.take_past_due(column, amount - from_accrued, ids)
        run.told(MoveKind.WAIVED, column, amount)


def forgive(run: PlanRun, measure: Forgiveness) -> None:
    """What is past due goes first, oldest first, then what is not."""
    draft, column = run.draft, COMPONENTS.index(measure.component)
    whole = draft.owed()[column] - draft.spread[column] - draft.beside[column]
    amount = run.part(measure, whole)
    left = amount - draft.take_past_due(column, amount)
    if left:
        if column == PRINCIPAL:
            draft.principal -= left
        else:
            draft.earned -= left
        run.replan()
    run.told(MoveKind.FORGIVEN, column, amount, on_completion=measure.on_completion)


def defer(run: PlanRun, measure: PrincipalDeferral) -> None:
    """A part of the principal to come waits for the last due date."""
    run.need_dues()
    run.draft.balloon = run.part(measure, run.draft.principal)
    run.told(MoveKind.DEFERRED, PRINCIPAL, run.draft.balloon)
    run.replan()
