"""The best of many plans for each account of a book.

The one idea: an account is read once and every plan put to a copy of its draft; only the best so far is kept,
by the order in which proposals are ranked.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers, Scratch
from delinquency.portfolio.kernels.plan_layout import (
    ALLOTTED,
    BY_ACCOUNT,
    DEFERRED,
    FORGIVEN,
    MOVED,
    NOTHING_OWED,
    TOLD,
    WAIVED,
    AskedAccounts,
    BestPlans,
    DraftColumns,
    PlanAnswers,
    PlanArrays,
    PlanBounds,
    RateArrays,
    RowColumns,
)
from delinquency.portfolio.kernels.plan_payment import UNPROVEN
from delinquency.portfolio.kernels.plan_pricing import (
    ACT_365F,
    add_up,
    copy_draft,
    face_of,
    put_owed,
    put_plan,
)
from delinquency.portfolio.kernels.plan_reading import find_rhythm, read_draft, replay_account
from delinquency.portfolio.kernels.plan_values import value_of

__all__ = ["best_plans"]

BALLOON = DEFERRED - MOVED


@inlined
def _fits(one: PlanAnswers, bounds: PlanBounds) -> bool:
    """Whether the plan of the answer keeps to every limit."""
    arrears = 0
    for column in range(4):
        arrears |= one.arrears_after[0, column]
    return bool(
        one.excess[0] <= 0
        and arrears == 0
        and one.last_due[0] <= bounds.last_due
        and one.payments[0] <= bounds.most_payments
        and one.diminished[0] <= bounds.most_loss
    )


@inlined
def _is_better(one: PlanAnswers, size: int, kept: Any, kept_size: int) -> bool:
    """Whether the plan of the answer ranks before the one that was kept; of two alike the fewer measures."""
    loss = 0 if one.loss[0] <= one.payments[0] else one.loss[0]
    if loss != kept[6]:
        return bool(loss < kept[6])
    if one.moved[0, BALLOON] != kept[1]:
        return bool(one.moved[0, BALLOON] < kept[1])
    if one.greatest[0] != kept[2]:
        return bool(one.greatest[0] < kept[2])
    if one.last_due[0] != kept[3]:
        return bool(one.last_due[0] < kept[3])
    return size < kept_size


@inlined
def _keep(one: PlanAnswers, kept: Any, moved: Any) -> None:
    kept[0] = one.loss[0]
    kept[1] = one.moved[0, BALLOON]
    kept[2] = one.greatest[0]
    kept[3] = one.last_due[0]
    kept[4] = one.payments[0]
    kept[5] = one.diminished[0]
    kept[6] = 0 if one.loss[0] <= one.payments[0] else one.loss[0]
    for place in range(3):
        moved[place] = 0
    for column in range(4):
        moved[0] += one.moved[0, WAIVED - MOVED + column]
        moved[1] += one.moved[0, ALLOTTED - MOVED + column]
        moved[2] += one.moved[0, FORGIVEN - MOVED + column]


@compiled
def best_plans(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    plans: PlanArrays,
    accounts: AskedAccounts,
    rates: RateArrays,
    drafts: tuple[DraftColumns, RowColumns, DraftColumns, RowColumns],
    bounds: PlanBounds,
    one: PlanAnswers,
    out: BestPlans,
    first: int,
    last: int,
) -> None:
    """The best plan of each of the accounts ``[first, last)`` whose state is ``TOLD``.

    ``one`` is an answer of one row.
    """
    source, old, draft, rows = drafts
    for account in range(first, last):
        if out.state[account] != TOLD:
            continue
        day = rule.as_of + 1
        replay_account(book, account, rule, scratch)
        day_count = plans.day_count[0]
        kept = read_draft(
            book,
            account,
            day,
            day_count,
            scratch.debts.open,
            accounts.unposted[account],
            source,
            old,
        )
        find_rhythm(book, account, source)
        put_owed(source, one.owed[0], 0)
        owes = 0
        for column in range(4):
            owes += one.owed[0, column]
        if owes <= 0 or kept == 0:
            out.state[account] = NOTHING_OWED if owes <= 0 else BY_ACCOUNT
            continue
        add_up(old, kept, one.asked[0], 0)
        code = ACT_365F if day_count < 0 else day_count
        value, error = value_of(rates, account, day, old.due, old.total, 0, kept, code)
        face = face_of(source)
        can_pay = accounts.affordable
        for plan in range(len(plans.method)):
            copy_draft(source, old, draft, rows)
            refused = put_plan(
                draft, plans, plan, rates, account, rows, face, value, error, can_pay, one, 0
            )
            if refused == UNPROVEN:
                out.state[account] = BY_ACCOUNT
                break
            if refused:
                out.not_possible[account] += 1
                continue
            one.excess[0] = one.greatest[0] - bounds.can_pay[account]
            if not _fits(one, bounds):
                continue
            out.fitting[account] += 1
            measures = plans.offsets[plan + 1] - plans.offsets[plan]
            best = out.place[account]
            before = 0
            if best >= 0:
                before = plans.offsets[best + 1] - plans.offsets[best]
            if best < 0 or _is_better(one, measures, out.figures[account], before):
                out.place[account] = plan
                _keep(one, out.figures[account], out.moved[account])
