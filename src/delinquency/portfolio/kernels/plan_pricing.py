"""A plan put to a draft, and many plans put to one account.

The one idea: it is always the same three steps - put the measures, make the rows, value them - on a draft
that is read from a book, or copied from the one of an account.
"""

from __future__ import annotations

from typing import Any

from delinquency.amounts import MAX_MINOR
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.plan_layout import (
    AGREED,
    BALLOON,
    BY_ACCOUNT,
    DRAFT,
    DUES,
    EARNED,
    FEE_ROWS,
    MOVED,
    NOT_POSSIBLE,
    NOTHING_ASKED,
    PAST,
    PRINCIPAL,
    SCHEDULED,
    SPREAD,
    START,
    UNPOSTED,
    Affordable,
    DraftColumns,
    PlanAnswers,
    PlanArrays,
    RateArrays,
    RowColumns,
)
from delinquency.portfolio.kernels.plan_measures import past_due, put_measures
from delinquency.portfolio.kernels.plan_payment import REFUSED, UNPROVEN
from delinquency.portfolio.kernels.plan_rates import rate_on
from delinquency.portfolio.kernels.plan_rows import make_rows
from delinquency.portfolio.kernels.plan_values import loss_of, value_of

__all__ = ["ACT_365F", "add_up", "copy_draft", "face_of", "price_plans", "put_owed", "put_plan"]

ACT_365F = 1


@inlined
def put_owed(draft: DraftColumns, out: Any, begin: int) -> None:
    """What is owed by component, interest as far as it is earned, from the place ``begin`` on."""
    amounts = draft.amounts
    for column in range(4):
        out[begin + column] = past_due(draft, column) + amounts[SPREAD + column]
    out[begin] += amounts[PRINCIPAL]
    out[begin + 1] += amounts[EARNED] - amounts[AGREED]
    for row in range(amounts[FEE_ROWS]):
        out[begin + 2] += draft.fee_amount[row]
    out[begin + 3] += amounts[UNPOSTED]


@inlined
def face_of(draft: DraftColumns) -> int:
    """What is past due, and accrued beside it."""
    total = draft.amounts[UNPOSTED]
    for place in range(4 * draft.amounts[PAST]):
        total += draft.past_open[place]
    return int(total)


@inlined
def add_up(rows: RowColumns, count: int, asked: Any, side: int) -> None:
    """The totals of rows; what falls due first that is not nothing, and all of it."""
    asked[side] = 0
    asked[2 + side] = 0
    for place in range(count):
        total = (
            rows.principal[place] + rows.interest[place] + rows.fees[place] + rows.penalty[place]
        )
        rows.total[place] = total
        asked[2 + side] += total
        if asked[side] == 0:
            asked[side] = total


@inlined
def _can_pay(affordable: Affordable, day: int) -> int:
    found = 0
    for row in range(len(affordable.day)):
        if affordable.day[row] > day:
            break
        found = affordable.amount[row]
    return found


@inlined
def _held_against(
    draft: DraftColumns,
    rows: RowColumns,
    count: int,
    affordable: Affordable,
    out: PlanAnswers,
    answer: int,
) -> None:
    """When the last payment falls due, and how large payments are beside what is affordable."""
    out.last_due[answer] = draft.amounts[START]
    payments = 0
    greatest = 0
    excess = NOTHING_ASKED
    for place in range(count):
        total = rows.total[place]
        if total == 0:
            continue
        payments += 1
        out.last_due[answer] = rows.due[place]
        if place == count - 1:
            total -= min(draft.amounts[BALLOON], rows.principal[place])
        greatest = max(greatest, total)
        excess = max(excess, total - _can_pay(affordable, rows.due[place]))
    out.payments[answer] = payments
    out.greatest[answer] = greatest
    out.excess[answer] = excess


@compiled
def put_plan(
    draft: DraftColumns,
    plans: PlanArrays,
    plan: int,
    rates: RateArrays,
    account: int,
    rows: RowColumns,
    face: int,
    value: float,
    error: float,
    affordable: Affordable,
    out: PlanAnswers,
    answer: int,
) -> int:
    """The plan put to a draft that was read, told at the place ``answer``: 0, or why it is not told."""
    amounts = draft.amounts
    day_count = plans.day_count[plan]
    code = ACT_365F if day_count < 0 else day_count
    if put_measures(draft, plans, plan, rate_on(rates, account, amounts[START])):
        return REFUSED
    count = amounts[DUES]
    if count:
        refused = make_rows(draft, rates, account, plans.method[plan], day_count, rows)
        if refused:
            return refused
    asked = out.asked[answer]
    add_up(rows, count, asked, 1)
    after, error_after = value_of(
        rates, account, amounts[START], rows.due, rows.total, 0, count, code
    )
    asked[5] = face_of(draft)
    if amounts[SCHEDULED] + asked[3] + asked[5] > MAX_MINOR:
        return UNPROVEN  # more than an account may ask for, with the rows that end
    loss, share, is_certain = loss_of(face, value, error, asked[5], after, error_after)
    if not is_certain:
        return UNPROVEN
    out.loss[answer] = loss
    out.diminished[answer] = share
    put_owed(draft, out.owed[answer], 4)
    for place in range(20):
        out.moved[answer, place] = amounts[MOVED + place]
    for column in range(4):
        out.arrears_after[answer, column] = past_due(draft, column)
    _held_against(draft, rows, count, affordable, out, answer)
    return 0


@inlined
def copy_draft(
    source: DraftColumns, old: RowColumns, draft: DraftColumns, rows: RowColumns
) -> None:
    """Copy a draft and what is open of its rows to come, to be changed by a plan."""
    amounts = source.amounts
    for place in range(DRAFT):
        draft.amounts[place] = amounts[place]
    for place in range(4 * amounts[PAST]):
        draft.past_open[place] = source.past_open[place]
    for place in range(amounts[DUES]):
        draft.dues[place] = source.dues[place]
        draft.rest[place] = 0
        rows.due[place] = old.due[place]
        rows.principal[place] = old.principal[place]
        rows.interest[place] = old.interest[place]
        rows.fees[place] = old.fees[place]
        rows.penalty[place] = old.penalty[place]
    for row in range(amounts[FEE_ROWS]):
        draft.fee_due[row] = source.fee_due[row]
        draft.fee_amount[row] = source.fee_amount[row]


@compiled
def price_plans(
    source: DraftColumns,
    old: RowColumns,
    plans: PlanArrays,
    rates: RateArrays,
    draft: DraftColumns,
    rows: RowColumns,
    affordable: Affordable,
    out: PlanAnswers,
    first: int,
    last: int,
) -> None:
    """Put each of the plans ``[first, last)`` to the draft of one account."""
    for plan in range(first, last):
        copy_draft(source, old, draft, rows)
        count = draft.amounts[DUES]
        day_count = plans.day_count[plan]
        code = ACT_365F if day_count < 0 else day_count
        put_owed(draft, out.owed[plan], 0)
        add_up(rows, count, out.asked[plan], 0)
        value, error = value_of(
            rates, 0, draft.amounts[START], rows.due, rows.total, 0, count, code
        )
        face = face_of(draft)
        out.asked[plan, 4] = face
        refused = put_plan(
            draft, plans, plan, rates, 0, rows, face, value, error, affordable, out, plan
        )
        if refused:
            out.state[plan] = NOT_POSSIBLE if refused == REFUSED else BY_ACCOUNT
