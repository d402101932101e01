"""The replay of each card of a book in a compiled loop.

The one idea: the same days in the same order as :mod:`delinquency.revolving.sweep`. Facts are in order of
date already, so a replay is a merge of six queues: transactions, payments, the end of a promotion, a late
fee that waits, the last day of grace, the next statement.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.cards_interest import (
    accrue_bearing,
    bear,
    billed_interest,
    restart,
)
from delinquency.portfolio.kernels.cards_items import add_transaction
from delinquency.portfolio.kernels.cards_layout import (
    ANCHOR,
    CASH,
    CHARGED,
    CONVERTED,
    CYCLE_ANCHOR,
    DAY_FACTOR,
    DEFERRED,
    FEE_DAY,
    FEES,
    HEAD,
    HELD,
    ITEM,
    ITEMS,
    JUDGED_DAY,
    KIND_OPEN,
    LINE_CASH,
    LINE_CONVERTED,
    LINE_FEES,
    LINE_PAYMENTS,
    LINE_PURCHASES,
    LINE_REFUNDS,
    MISSED_RUN,
    MONTHS,
    MOST,
    NEVER,
    NEXT_END,
    OF_YEAR,
    OPEN,
    PAID,
    PAYMENT_DAY_BEARS,
    PER_DAY,
    PLAN,
    PLAN_AMOUNT,
    PLAN_COST,
    PLAN_COSTS,
    PLAN_COUNT,
    PLAN_FIRST,
    PLAN_IS_FEE,
    PLAN_NUMBER,
    PLAN_PLACE,
    PLAN_UNBILLED,
    PLANS,
    PURCHASE,
    RATES,
    REFUSED,
    ROW,
    ROW_JUDGED,
    ROW_OPEN,
    ROW_STATEMENT,
    ROW_TOLERANCE,
    ROWS,
    STANDING,
    STATE,
    STATEMENT,
    TOTAL_OPEN,
    UNBILLED_PLANS,
    UNTIL,
    CardArrays,
    CardOutputs,
    CardQuestion,
    CardScratch,
    StatementOutputs,
)
from delinquency.portfolio.kernels.cards_money import (
    add_months,
    credit,
    months_between,
    offset_held,
    pay,
    statement_day,
)
from delinquency.portfolio.kernels.cards_statements import (
    draw_statement,
    judge_statement,
    limit_on,
    post_late_fee,
)
from delinquency.portfolio.kernels.compiler import compiled, inlined

__all__ = ["fill_sizes", "replay_cards"]

PLAN_KIND, FEE_KIND, REFUND_KIND = 2, 3, 4
"""Places in ``TransactionKind``; purchases are 0, cash is 1."""
MOST_COSTS = 10**15


@inlined
def _terms_of(book: CardArrays, account: int) -> int:
    number = int(book.terms_no[account]) if len(book.terms_no) > 0 else 0
    return int(book.starts[number])


@inlined
def _first_month(anchor: int, originated: int) -> int:
    """Months from the anchor to the first cycle day on or after the day of origination."""
    months = months_between(anchor, originated)
    if add_months(anchor, months) < originated:
        months += 1
    return int(months)


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
        at = _terms_of(book, account)
        anchor = book.numbers[at + CYCLE_ANCHOR]
        months = _first_month(anchor, int(book.originated[account]))
        count = 0
        if add_months(anchor, months) <= as_of:
            count = months_between(anchor, as_of) - months + 1
        statements[account] = count
        begin = book.tx_offsets[account]
        end = book.tx_offsets[account + 1]
        most = end - begin + 2 * count + 2
        others = 0
        for row in range(begin, end):
            if book.kind[row] == REFUND_KIND:
                others += 1
            elif book.kind[row] == PLAN_KIND:
                most += 2 * min(count, int(book.plan_count[row]))
                others += 1
        credits_met[account] = others
        items[account] = most


@inlined
def _begin(book: CardArrays, account: int, at: int, scratch: CardScratch) -> None:
    """The state of a card before anything was posted."""
    numbers = book.numbers
    state = scratch.state
    for number in range(STATE):
        state[number] = 0
    for of in range(14):
        state[HEAD + of] = -1
    state[FEE_DAY] = NONE_DAY
    state[JUDGED_DAY] = NONE_DAY
    state[NEXT_END] = NONE_DAY
    state[ANCHOR] = numbers[at + CYCLE_ANCHOR]
    state[MONTHS] = _first_month(state[ANCHOR], int(book.originated[account]))
    for kind in range(6):
        count = numbers[at + RATES + 2 * kind + 1]
        row = numbers[at + RATES + 2 * kind]
        factor = 0
        if count > 0:
            by = numbers[at + PER_DAY] if numbers[row + 2] else numbers[at + OF_YEAR]
            factor = numbers[row + 1] * by if count == 1 and by > 0 else -1
        state[DAY_FACTOR + kind] = factor
    if len(scratch.slots) > 0:
        for place in range(book.tx_offsets[account + 1] - book.tx_offsets[account]):
            scratch.slots[place] = -1


@inlined
def _counts(days: Any, recorded: Any, taken_back: Any, row: int, question: CardQuestion) -> bool:
    """Whether a fact was known by the cut and not yet taken back; its own day is not looked at."""
    known = int(days[row])
    if len(recorded) > 0 and recorded[row] != NONE_DAY:
        known = int(recorded[row])
    if known > question.known:
        return False
    return not (len(taken_back) > 0 and taken_back[row] <= question.reversal_cut)


@inlined
def _post_plan(book: CardArrays, row: int, place: int, scratch: CardScratch) -> None:
    state = scratch.state
    plans = scratch.plans
    amount = int(book.amount[row])
    plan = state[PLANS]
    state[PLANS] = plan + PLAN
    plans[plan + PLAN_AMOUNT] = amount
    plans[plan + PLAN_UNBILLED] = amount
    plans[plan + PLAN_COST] = int(book.plan_cost[row])
    plans[plan + PLAN_PLACE] = place
    plans[plan + PLAN_NUMBER] = 1
    plans[plan + PLAN_COUNT] = int(book.plan_count[row])
    plans[plan + PLAN_IS_FEE] = int(book.plan_is_fee[row])
    plans[plan + PLAN_FIRST] = int(book.plan_is_first[row])
    state[UNBILLED_PLANS] += amount
    state[CHARGED] += amount
    state[PLAN_COSTS] += int(book.plan_cost[row])
    if state[PLAN_COSTS] > MOST_COSTS:
        state[REFUSED] = 1


@inlined
def _post(
    book: CardArrays, row: int, begin: int, at: int, scratch: CardScratch
) -> int:
    """Post one transaction; 1 if it is a credit, of a merchant or of a plan, that comes later in the day."""
    state = scratch.state
    kind = book.kind[row]
    amount = int(book.amount[row])
    if kind == REFUND_KIND:
        return 1
    if kind == PLAN_KIND:
        _post_plan(book, row, row - begin, scratch)
        return 1 if len(book.refers) > 0 and book.refers[row] >= 0 else 0
    if kind == PURCHASE:
        state[LINE_PURCHASES] += amount
        add_transaction(book, row, row - begin, at, scratch, PURCHASE)
    elif kind == CASH:
        state[LINE_CASH] += amount
        add_transaction(book, row, row - begin, at, scratch, CASH)
    else:
        state[LINE_FEES] += amount
        add_transaction(book, row, row - begin, at, scratch, FEES)
    return 0


@inlined
def _take_credits(
    book: CardArrays,
    first: int,
    end: int,
    begin: int,
    at: int,
    scratch: CardScratch,
    day: int,
    question: CardQuestion,
    more: CardOutputs,
    filled: int,
) -> int:
    """Conversions of a day, refunds that name a debit, refunds that name none; the credits filled."""
    state = scratch.state
    for turn in range(3):
        for row in range(first, end):
            kind = book.kind[row]
            if kind != PLAN_KIND and kind != REFUND_KIND:
                continue
            refers = int(book.refers[row]) if len(book.refers) > 0 else -1
            if kind == PLAN_KIND:
                is_now = turn == 0 and refers >= 0
            else:
                is_now = turn == (1 if refers >= 0 else 2)
            if not is_now:
                continue
            if not _counts(book.posted, book.tx_recorded, book.tx_reversed, row, question):
                continue
            amount = int(book.amount[row])
            if kind == PLAN_KIND:
                state[CONVERTED] += amount
                state[LINE_CONVERTED] += amount
            else:
                state[PAID] += amount
                state[LINE_REFUNDS] += amount
            named = scratch.slots[refers] if refers >= 0 else -1
            is_refund = 1 if kind == REFUND_KIND else 0
            met = credit(book.numbers, at, scratch, day, amount, named, is_refund)
            if met > 0:
                more.credit_day[filled] = day
                more.credit_amount[filled] = met
                filled += 1
    return filled


@inlined
def _end_promotions(numbers: Any, at: int, scratch: CardScratch, day: int) -> None:
    """Charge what was kept aside of deferred interest, or forget it where all was paid."""
    items = scratch.items
    state = scratch.state
    following = NONE_DAY
    for item in range(0, state[ITEMS], ITEM):
        if items[item + STANDING] != DEFERRED:
            continue
        if items[item + UNTIL] != day:
            following = min(following, items[item + UNTIL])
        elif items[item + OPEN] > 0:
            bear(numbers, at, items, item, scratch.pieces, state)
        else:
            restart(items, item, day)
            items[item + STANDING] = NEVER
    state[NEXT_END] = following


@inlined
def _tell(
    book: CardArrays,
    account: int,
    at: int,
    scratch: CardScratch,
    question: CardQuestion,
    out: StatementOutputs,
    more: CardOutputs,
) -> None:
    """The card at the close of the day asked for."""
    state = scratch.state
    rows = scratch.rows
    numbers = book.numbers
    accrue_bearing(numbers, at, scratch.items, scratch.pieces, state, question.as_of + 1)
    more.accrued_interest[account] = billed_interest(numbers, at, state)
    for kind in range(6):
        more.balances[6 * account + kind] = state[KIND_OPEN + kind]
    held = state[HELD]
    owed = state[TOTAL_OPEN] + state[UNBILLED_PLANS]
    limit = limit_on(book, account, question.as_of, question.known)
    more.unbilled_plans[account] = state[UNBILLED_PLANS]
    more.credit_balance[account] = held
    more.credit_limit[account] = limit
    more.available_credit[account] = max(0, limit - owed + held) if limit >= 0 else -1
    more.charged[account] = state[CHARGED]
    more.settled[account] = state[PAID] + state[CONVERTED] - held
    more.paid[account] = state[PAID]
    more.converted[account] = state[CONVERTED]
    more.missed_consecutive[account] = state[MISSED_RUN]
    begin = out.offsets[account]
    late = 0
    late_open = 0
    tolerance = 0
    for row in range(0, state[ROWS], ROW):
        still = rows[row + ROW_OPEN]
        out.requirement_open[begin + rows[row + ROW_STATEMENT]] = still
        if still > 0 and rows[row + ROW_JUDGED] <= question.as_of:
            late += 1
            late_open += still
            tolerance = rows[row + ROW_TOLERANCE]
    more.missed_still_open[account] = late if late_open > tolerance else 0


@inlined
def _replay(
    book: CardArrays,
    account: int,
    at: int,
    scratch: CardScratch,
    question: CardQuestion,
    out: StatementOutputs,
    more: CardOutputs,
) -> None:
    numbers = book.numbers
    state = scratch.state
    begin = book.tx_offsets[account]
    row = begin
    rows_end = book.tx_offsets[account + 1]
    payment = book.pay_offsets[account]
    payments_end = book.pay_offsets[account + 1]
    told = out.offsets[account]
    filled = more.credit_offsets[account]
    drawn = statement_day(state, 0)
    while state[REFUSED] == 0:
        posted = int(book.posted[row]) if row < rows_end else NONE_DAY
        valued = int(book.value_day[payment]) if payment < payments_end else NONE_DAY
        day = min(posted, valued, drawn, state[JUDGED_DAY], state[FEE_DAY], state[NEXT_END])
        if day > question.as_of:
            break
        if day == state[NEXT_END]:
            _end_promotions(numbers, at, scratch, day)
        if day == state[FEE_DAY]:
            post_late_fee(numbers, at, scratch.items, state, day)
        first = row
        later = 0
        while row < rows_end and book.posted[row] == day:
            if _counts(book.posted, book.tx_recorded, book.tx_reversed, row, question):
                later += _post(book, row, begin, at, scratch)
            row += 1
        offset_held(numbers, at, scratch, day)
        if later > 0:
            filled = _take_credits(
                book, first, row, begin, at, scratch, day, question, more, filled
            )
        amount = 0
        while payment < payments_end and book.value_day[payment] == day:
            if _counts(book.value_day, book.pay_recorded, book.pay_reversed, payment, question):
                amount += int(book.paid[payment])
            payment += 1
        if amount > 0:
            state[PAID] += amount
            state[LINE_PAYMENTS] += amount
            pay(numbers, at, scratch, day, amount, day + numbers[at + PAYMENT_DAY_BEARS])
        if day == state[JUDGED_DAY]:
            judge_statement(
                numbers, at, scratch.items, scratch.pieces, state, out, told - 1
            )
        if day == drawn:
            draw_statement(book, account, at, scratch, day, question, out, told)
            told += 1
            drawn = statement_day(state, state[STATEMENT])
    more.credit_count[account] = filled - more.credit_offsets[account]


@compiled
def replay_cards(
    book: CardArrays,
    question: CardQuestion,
    scratch: CardScratch,
    out: StatementOutputs,
    more: CardOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the answer for cards ``[first, last)``; one whose numbers would leave 64 bits is refused."""
    state = scratch.state
    for account in range(first, last):
        at = _terms_of(book, account)
        _begin(book, account, at, scratch)
        if book.numbers[at + MOST] == 0:
            state[REFUSED] = 1
        _replay(book, account, at, scratch, question, out, more)
        more.refused[account] = state[REFUSED]
        if state[REFUSED] == 0:
            _tell(book, account, at, scratch, question, out, more)
