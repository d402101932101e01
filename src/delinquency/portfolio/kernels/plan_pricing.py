"""Plans put to the accounts of a book, and many plans put to one account.

The one idea: both are the same three steps - put the measures, make the rows, value them - on a draft that is
read from a book, or copied from the one of an account.
"""

from __future__ import annotations

from typing import Any

from delinquency.portfolio.kernels.compiler import called, compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers, Scratch
from delinquency.portfolio.kernels.obligations import lay_out_debts
from delinquency.portfolio.kernels.plan_layout import (
    AGREED,
    BALLOON,
    BY_ACCOUNT,
    DRAFT,
    DUES,
    EARNED,
    FEE_ROWS,
    IS_REPLANNED,
    MOVED,
    NOT_POSSIBLE,
    NOTHING_ASKED,
    NOTHING_OWED,
    PAST,
    PRINCIPAL,
    SPREAD,
    START,
    TOLD,
    UNPOSTED,
    Affordable,
    AskedAccounts,
    DraftColumns,
    PlanAnswers,
    PlanArrays,
    PlannedRows,
    RateArrays,
    RowColumns,
)
from delinquency.portfolio.kernels.plan_measures import put_measures
from delinquency.portfolio.kernels.plan_reading import find_rhythm, read_draft
from delinquency.portfolio.kernels.plan_rows import REFUSED, UNPROVEN, make_rows, rate_on
from delinquency.portfolio.kernels.plan_values import loss_of, value_of
from delinquency.portfolio.kernels.sweep import replay_debts

__all__ = ["plan_accounts", "price_plans"]

ACT_365F = 1


@inlined
def _past_due(draft: DraftColumns, column: int) -> int:
    total = 0
    for debt in range(draft.amounts[PAST]):
        total += draft.past_open[4 * debt + column]
    return total


@inlined
def _owed(draft: DraftColumns, out: Any, begin: int) -> None:
    """What is owed by component, interest as far as it is earned, from the place ``begin`` on."""
    amounts = draft.amounts
    for column in range(4):
        out[begin + column] = _past_due(draft, column) + amounts[SPREAD + column]
    out[begin] += amounts[PRINCIPAL]
    out[begin + 1] += amounts[EARNED] - amounts[AGREED]
    for row in range(amounts[FEE_ROWS]):
        out[begin + 2] += draft.fee_amount[row]
    out[begin + 3] += amounts[UNPOSTED]


@inlined
def _face(draft: DraftColumns) -> int:
    """What is past due, and accrued beside it."""
    total = draft.amounts[UNPOSTED]
    for place in range(4 * draft.amounts[PAST]):
        total += draft.past_open[place]
    return int(total)


@inlined
def _add_up(rows: RowColumns, count: int, asked: Any, side: int) -> None:
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
    out.first_due[answer] = draft.dues[0] if count else draft.amounts[START]
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


@called
def _finish(
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
    _add_up(rows, count, asked, 1)
    after, error_after = value_of(
        rates, account, amounts[START], rows.due, rows.total, 0, count, code
    )
    asked[5] = _face(draft)
    loss, share, is_certain = loss_of(face, value, error, asked[5], after, error_after)
    if not is_certain:
        return UNPROVEN
    out.loss[answer] = loss
    out.diminished[answer] = share
    _owed(draft, out.owed[answer], 4)
    for place in range(20):
        out.moved[answer, place] = amounts[MOVED + place]
    for column in range(4):
        out.arrears_after[answer, column] = _past_due(draft, column)
    _held_against(draft, rows, count, affordable, out, answer)
    return 0


@inlined
def _put_planned(
    book: BookArrays,
    account: int,
    draft: DraftColumns,
    rows: RowColumns,
    opened: Any,
    out: PlannedRows,
) -> None:
    """The rows that the plan asks for, and what is left of those that are past due."""
    amounts = draft.amounts
    spread = 0
    for column in range(4):
        spread |= amounts[SPREAD + column]
    moved = amounts[IS_REPLANNED]
    for place in range(20):
        moved |= amounts[MOVED + place]
    out.is_changed[account] = 1 if moved else 0
    out.first_due[account] = amounts[START]
    if (amounts[IS_REPLANNED] != 0 or spread != 0) and amounts[DUES] > 0:
        begin = out.offsets[account]
        out.first_due[account] = rows.due[0]
        for place in range(amounts[DUES]):
            out.due[begin + place] = rows.due[place]
            out.principal[begin + place] = rows.principal[place]
            out.interest[begin + place] = rows.interest[place]
            out.fees[begin + place] = rows.fees[place]
        out.count[account] = amounts[DUES]
        for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
            if book.due[row] >= amounts[START]:
                out.left[row] = 1
    first = book.inst_offsets[account]
    for debt in range(amounts[PAST]):
        row = draft.past_row[debt]
        same = True
        rest = 0
        for column in range(3):
            rest |= draft.past_open[4 * debt + column]
            if draft.past_open[4 * debt + column] != opened[4 * (row - first) + column]:
                same = False
        if not same:
            out.left[row] = 2 if rest else 1
            out.left_principal[row] = draft.past_open[4 * debt]
            out.left_interest[row] = draft.past_open[4 * debt + 1]
            out.left_fees[row] = draft.past_open[4 * debt + 2]


@compiled
def plan_accounts(
    book: BookArrays,
    rule: RuleNumbers,
    scratch: Scratch,
    plans: PlanArrays,
    accounts: AskedAccounts,
    rates: RateArrays,
    draft: DraftColumns,
    rows: RowColumns,
    out: PlanAnswers,
    planned: PlannedRows,
    first: int,
    last: int,
) -> None:
    """Put to the accounts ``[first, last)`` the plans that are chosen for them.

    Accounts whose ``state`` is not 0 on entry are left alone.
    """
    for account in range(first, last):
        plan = accounts.chosen[account]
        if plan < 0 or out.state[account] != TOLD:
            continue
        day = rule.as_of + 1
        lay_out_debts(book, account, rule, scratch)
        size = book.inst_offsets[account + 1] - book.inst_offsets[account]
        replay_debts(book, account, rule, scratch, size)
        opened = scratch.debts.open
        day_count = plans.day_count[plan]
        code = ACT_365F if day_count < 0 else day_count
        kept = read_draft(
            book, account, day, day_count, opened, accounts.unposted[account], draft, rows
        )
        find_rhythm(book, account, draft)
        _owed(draft, out.owed[account], 0)
        owes = 0
        for column in range(4):
            owes |= out.owed[account, column]
        if owes == 0:
            out.state[account] = NOTHING_OWED
            continue
        _add_up(rows, kept, out.asked[account], 0)
        value, error = value_of(rates, account, day, rows.due, rows.total, 0, kept, code)
        face = _face(draft)
        out.asked[account, 4] = face
        if _finish(
            draft,
            plans,
            plan,
            rates,
            account,
            rows,
            face,
            value,
            error,
            accounts.affordable,
            out,
            account,
        ):
            out.state[account] = BY_ACCOUNT
        elif len(planned.left):
            _put_planned(book, account, draft, rows, opened, planned)


@inlined
def _copy(source: DraftColumns, old: RowColumns, draft: DraftColumns, rows: RowColumns) -> None:
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
        _copy(source, old, draft, rows)
        count = draft.amounts[DUES]
        day_count = plans.day_count[plan]
        code = ACT_365F if day_count < 0 else day_count
        _owed(draft, out.owed[plan], 0)
        _add_up(rows, count, out.asked[plan], 0)
        value, error = value_of(
            rates, 0, draft.amounts[START], rows.due, rows.total, 0, count, code
        )
        face = _face(draft)
        out.asked[plan, 4] = face
        refused = _finish(
            draft, plans, plan, rates, 0, rows, face, value, error, affordable, out, plan
        )
        if refused:
            out.state[plan] = NOT_POSSIBLE if refused == REFUSED else BY_ACCOUNT
