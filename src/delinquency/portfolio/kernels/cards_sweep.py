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
    BY_STATEMENT,
    CHARGED,
    CLOSING,
    CONVERTED,
    CYCLE_ANCHOR,
    DAY_FACTOR,
    DEFERRED,
    DUE_DAY,
    FEE_DAY,
    FEES,
    FULL_PAYMENT,
    GRAIN,
    HEAD,
    HELD,
    IS_IN_FULL,
    IS_MET,
    IS_SUMMED,
    ITEM,
    ITEMS,
    JUDGED_DAY,
    KIND_OPEN,
    LINE,
    LINE_CASH,
    LINE_CONVERTED,
    LINE_FEES,
    LINE_INTEREST,
    LINE_LATE_FEES,
    LINE_PAYMENTS,
    LINE_PLANS,
    LINE_PURCHASES,
    LINE_REFUNDS,
    MINIMUM_DUE,
    MISSED_RUN,
    MONTHS,
    MOST,
    NEVER,
    NEW_FEES,
    NEW_INTEREST,
    NEW_PRINCIPAL,
    NEXT_END,
    OF_YEAR,
    OPEN,
    OPENING,
    OVER_LIMIT,
    PAID,
    PAST_DUE,
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
    PLAN_UNBILLED,
    PLANS,
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
    SUMMED_FROM,
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
from delinquency.portfolio.kernels.cards_parts import called, laid_in
from delinquency.portfolio.kernels.cards_statements import (
    draw_statement,
    judge_statement,
    limit_on,
    post_late_fee,
)
from delinquency.portfolio.kernels.compiler import compiled

__all__ = ["fill_sizes", "replay_cards"]

PLAN_KIND, FEE_KIND, REFUND_KIND = 2, 3, 4
"""Places in ``TransactionKind``; purchases are 0, cash is 1."""
MOST_COSTS = 10**15


@called
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
        at = book.starts[book.terms_no[account] if len(book.terms_no) > 0 else 0]
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


@called
def _begin(numbers: Any, at: int, state: Any, originated: int) -> None:
    """The state of a card before anything was posted."""
    for number in range(STATE):
        state[number] = 0
    for of in range(14):
        state[HEAD + of] = -1
    state[FEE_DAY] = NONE_DAY
    state[JUDGED_DAY] = NONE_DAY
    state[NEXT_END] = NONE_DAY
    state[SUMMED_FROM] = originated
    state[ANCHOR] = numbers[at + CYCLE_ANCHOR]
    state[MONTHS] = _first_month(state[ANCHOR], originated)
    if numbers[at + MOST] == 0:
        state[REFUSED] = 1
    for kind in range(6):
        count = numbers[at + RATES + 2 * kind + 1]
        row = numbers[at + RATES + 2 * kind]
        factor = 0
        if count > 0:
            by = numbers[at + PER_DAY] if numbers[row + 2] else numbers[at + OF_YEAR]
            factor = numbers[row + 1] * by if count == 1 and by > 0 else -1
        state[DAY_FACTOR + kind] = factor
        state[IS_SUMMED + kind] = 1 if factor >= 0 and numbers[at + GRAIN] >= BY_STATEMENT else 0


@laid_in
def _counts(days: Any, recorded: Any, taken_back: Any, row: int, known: int, cut: int) -> bool:
    """Whether a fact was known by the cut and not yet taken back; its own day is not looked at."""
    told = int(days[row])
    if len(recorded) > 0 and recorded[row] != NONE_DAY:
        told = int(recorded[row])
    if told > known:
        return False
    return not (len(taken_back) > 0 and taken_back[row] <= cut)


@called
def _post_plan(
    plans: Any, state: Any, amount: int, cost: int, count: int, is_fee: int, first: int
) -> None:
    plan = state[PLANS]
    state[PLANS] = plan + PLAN
    plans[plan + PLAN_AMOUNT] = amount
    plans[plan + PLAN_UNBILLED] = amount
    plans[plan + PLAN_COST] = cost
    plans[plan + PLAN_NUMBER] = 1
    plans[plan + PLAN_COUNT] = count
    plans[plan + PLAN_IS_FEE] = is_fee
    plans[plan + PLAN_FIRST] = first
    state[UNBILLED_PLANS] += amount
    state[CHARGED] += amount
    state[PLAN_COSTS] += cost
    if state[PLAN_COSTS] > MOST_COSTS:
        state[REFUSED] = 1


@called
def _take_credit(
    numbers: Any,
    at: int,
    items: Any,
    pieces: Any,
    rows: Any,
    slots: Any,
    state: Any,
    day: int,
    kind: int,
    amount: int,
    refers: int,
) -> int:
    """A conversion, or a refund; how much of it settled minimums."""
    is_refund = 1 if kind == REFUND_KIND else 0
    if is_refund:
        state[PAID] += amount
        state[LINE_REFUNDS] += amount
    else:
        state[CONVERTED] += amount
        state[LINE_CONVERTED] += amount
    named = slots[refers] if refers >= 0 else -1
    return int(credit(numbers, at, items, pieces, rows, state, day, amount, named, is_refund))


@called
def _turn_of(kind: int, refers: int) -> int:
    """Conversions come first, then refunds that name a debit, then the others; 3 is none of them."""
    if kind == PLAN_KIND:
        return 0 if refers >= 0 else 3
    if kind == REFUND_KIND:
        return 1 if refers >= 0 else 2
    return 3


@called
def _end_promotions(numbers: Any, at: int, items: Any, pieces: Any, state: Any, day: int) -> None:
    """Charge what was kept aside of deferred interest, or forget it where all was paid."""
    following = NONE_DAY
    for item in range(0, state[ITEMS], ITEM):
        if items[item + STANDING] != DEFERRED:
            continue
        if items[item + UNTIL] != day:
            following = min(following, items[item + UNTIL])
        elif items[item + OPEN] > 0:
            bear(numbers, at, items, item, pieces, state)
        else:
            restart(items, item, day)
            items[item + STANDING] = NEVER
    state[NEXT_END] = following


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
    numbers = book.numbers
    state = scratch.state
    items = scratch.items
    pieces = scratch.pieces
    rows = scratch.rows
    slots = scratch.slots
    as_of = question.as_of
    known = question.known
    cut = question.reversal_cut
    for account in range(first, last):
        at = book.starts[book.terms_no[account] if len(book.terms_no) > 0 else 0]
        _begin(numbers, at, state, int(book.originated[account]))
        begin = book.tx_offsets[account]
        row = begin
        rows_end = book.tx_offsets[account + 1]
        payment = book.pay_offsets[account]
        payments_end = book.pay_offsets[account + 1]
        limits = 0
        limits_end = 0
        if len(book.limit_offsets) > 0:
            limits = book.limit_offsets[account]
            limits_end = book.limit_offsets[account + 1]
        if len(slots) > 0:
            for place in range(rows_end - begin):
                slots[place] = -1
        told = out.offsets[account]
        filled = more.credit_offsets[account]
        drawn = statement_day(state, 0)
        while state[REFUSED] == 0:
            day = min(drawn, state[JUDGED_DAY], state[FEE_DAY], state[NEXT_END])
            if row < rows_end:
                day = min(day, int(book.posted[row]))
            if payment < payments_end:
                day = min(day, int(book.value_day[payment]))
            if day > as_of:
                break
            if day == state[NEXT_END]:
                _end_promotions(numbers, at, items, pieces, state, day)
            if day == state[FEE_DAY]:
                post_late_fee(numbers, at, items, state, day)
            of_day = row
            later = 0
            while row < rows_end and book.posted[row] == day:
                if _counts(book.posted, book.tx_recorded, book.tx_reversed, row, known, cut):
                    kind = int(book.kind[row])
                    amount = int(book.amount[row])
                    if kind == REFUND_KIND:
                        later += 1
                    elif kind == PLAN_KIND:
                        _post_plan(
                            scratch.plans,
                            state,
                            amount,
                            int(book.plan_cost[row]),
                            int(book.plan_count[row]),
                            int(book.plan_is_fee[row]),
                            int(book.plan_is_first[row]),
                        )
                        later += 1
                    else:
                        until = NONE_DAY
                        promo_rate = -1
                        promo_is_day = 0
                        if len(book.promo_until) > 0:
                            until = int(book.promo_until[row])
                            promo_rate = int(book.promo_rate[row])
                            promo_is_day = int(book.promo_is_day[row])
                        line = LINE_PURCHASES + kind
                        balance = kind
                        if kind == FEE_KIND:
                            line = LINE_FEES
                            balance = FEES
                        state[line] += amount
                        add_transaction(
                            numbers,
                            at,
                            items,
                            slots,
                            state,
                            balance,
                            row - begin,
                            day,
                            amount,
                            until,
                            promo_rate,
                            promo_is_day,
                        )
                row += 1
            if state[HELD] > 0:
                offset_held(numbers, at, items, pieces, rows, state, day)
            if later > 0:
                for turn in range(3):
                    for fact in range(of_day, row):
                        kind = int(book.kind[fact])
                        refers = int(book.refers[fact]) if len(book.refers) > 0 else -1
                        if _turn_of(kind, refers) != turn or not _counts(
                            book.posted, book.tx_recorded, book.tx_reversed, fact, known, cut
                        ):
                            continue
                        amount = int(book.amount[fact])
                        met = _take_credit(
                            numbers,
                            at,
                            items,
                            pieces,
                            rows,
                            slots,
                            state,
                            day,
                            kind,
                            amount,
                            refers,
                        )
                        if met > 0:
                            more.credit_day[filled] = day
                            more.credit_amount[filled] = met
                            filled += 1
            amount = 0
            while payment < payments_end and book.value_day[payment] == day:
                if _counts(
                    book.value_day, book.pay_recorded, book.pay_reversed, payment, known, cut
                ):
                    amount += int(book.paid[payment])
                payment += 1
            if amount > 0:
                state[PAID] += amount
                state[LINE_PAYMENTS] += amount
                effective = day + numbers[at + PAYMENT_DAY_BEARS]
                pay(numbers, at, items, pieces, rows, state, day, amount, effective)
            if day == state[JUDGED_DAY]:
                judge_statement(numbers, at, items, pieces, state)
                out.paid_in_full[told - 1] = state[IS_IN_FULL]
                out.minimum_met[told - 1] = state[IS_MET]
            if day == drawn:
                limit = limit_on(
                    book.limit_from,
                    book.limit_amount,
                    book.limit_recorded,
                    limits,
                    limits_end,
                    day,
                    known,
                )
                draw_statement(
                    numbers, at, items, pieces, scratch.plans, rows, slots, state, day, limit
                )
                out.statement_day[told] = day
                out.due_day[told] = state[DUE_DAY]
                out.judged_day[told] = state[JUDGED_DAY]
                out.opening[told] = state[OPENING]
                out.purchases[told] = state[LINE_PURCHASES]
                out.cash_advances[told] = state[LINE_CASH]
                out.plan_parts[told] = state[LINE_PLANS]
                out.fees[told] = state[LINE_FEES]
                out.late_fees[told] = state[LINE_LATE_FEES]
                out.interest[told] = state[LINE_INTEREST]
                out.payments[told] = state[LINE_PAYMENTS]
                out.refunds[told] = state[LINE_REFUNDS]
                out.converted[told] = state[LINE_CONVERTED]
                out.closing[told] = state[CLOSING]
                out.full_payment[told] = state[FULL_PAYMENT]
                out.minimum_due[told] = state[MINIMUM_DUE]
                out.past_due[told] = state[PAST_DUE]
                out.required_principal[told] = state[NEW_PRINCIPAL]
                out.required_interest[told] = state[NEW_INTEREST]
                out.required_fees[told] = state[NEW_FEES]
                out.requirement_open[told] = 0
                out.over_limit[told] = state[OVER_LIMIT]
                out.unbilled_plans[told] = state[UNBILLED_PLANS]
                out.missed[told] = state[MISSED_RUN]
                out.paid_in_full[told] = -1
                out.minimum_met[told] = -1
                state[OPENING] = state[CLOSING]
                for line in range(LINE, LINE + 9):
                    state[line] = 0
                told += 1
                drawn = statement_day(state, state[STATEMENT])
        accrue_bearing(numbers, at, items, state, as_of + 1)
        more.refused[account] = state[REFUSED]
        if state[REFUSED]:
            continue
        limit = limit_on(
            book.limit_from,
            book.limit_amount,
            book.limit_recorded,
            limits,
            limits_end,
            as_of,
            known,
        )
        held = state[HELD]
        left = limit - state[TOTAL_OPEN] - state[UNBILLED_PLANS] + held
        for kind in range(6):
            more.balances[6 * account + kind] = state[KIND_OPEN + kind]
        more.accrued_interest[account] = billed_interest(numbers, at, state)
        more.unbilled_plans[account] = state[UNBILLED_PLANS]
        more.credit_balance[account] = held
        more.credit_limit[account] = limit
        more.available_credit[account] = max(0, left) if limit >= 0 else -1
        more.charged[account] = state[CHARGED]
        more.settled[account] = state[PAID] + state[CONVERTED] - held
        more.paid[account] = state[PAID]
        more.converted[account] = state[CONVERTED]
        more.missed_consecutive[account] = state[MISSED_RUN]
        more.credit_count[account] = filled - more.credit_offsets[account]
        begin = out.offsets[account]
        late = 0
        late_open = 0
        tolerance = 0
        for place in range(0, state[ROWS], ROW):
            still = rows[place + ROW_OPEN]
            out.requirement_open[begin + rows[place + ROW_STATEMENT]] = still
            if still > 0 and rows[place + ROW_JUDGED] <= as_of:
                late += 1
                late_open += still
                tolerance = rows[place + ROW_TOLERANCE]
        more.missed_still_open[account] = late if late_open > tolerance else 0
