"""Plans put to the accounts of a book, each the one that was chosen for it."""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers, Scratch
from delinquency.portfolio.kernels.plan_layout import (
    BY_ACCOUNT,
    DUES,
    IS_REPLANNED,
    MOVED,
    NOTHING_OWED,
    PAST,
    REDUCED,
    SPREAD,
    START,
    TOLD,
    AskedAccounts,
    DraftColumns,
    PlanAnswers,
    PlanArrays,
    PlannedRows,
    RateArrays,
    RowColumns,
)
from delinquency.portfolio.kernels.plan_pricing import (
    ACT_365F,
    add_up,
    face_of,
    put_owed,
    put_plan,
)
from delinquency.portfolio.kernels.plan_reading import find_rhythm, read_draft, replay_account
from delinquency.portfolio.kernels.plan_values import value_of

__all__ = ["plan_accounts"]


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
    out.grace_until[account] = NONE_DAY
    for place in range(amounts[DUES] - 1, -1, -1):
        if rows.total[place]:
            out.first_due[account] = rows.due[place]
        if 0 < draft.rest[place] < REDUCED and out.grace_until[account] == NONE_DAY:
            out.grace_until[account] = rows.due[place] + 1
    if (amounts[IS_REPLANNED] != 0 or spread != 0) and amounts[DUES] > 0:
        begin = out.offsets[account]
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
        replay_account(book, account, rule, scratch)
        opened = scratch.debts.open
        day_count = plans.day_count[plan]
        code = ACT_365F if day_count < 0 else day_count
        kept = read_draft(
            book, account, day, day_count, opened, accounts.unposted[account], draft, rows
        )
        find_rhythm(book, account, draft)
        put_owed(draft, out.owed[account], 0)
        owes = 0
        for column in range(4):
            owes += out.owed[account, column]
        if owes <= 0:
            out.state[account] = NOTHING_OWED
            continue
        add_up(rows, kept, out.asked[account], 0)
        value, error = value_of(rates, account, day, rows.due, rows.total, 0, kept, code)
        face = face_of(draft)
        out.asked[account, 4] = face
        if put_plan(
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
