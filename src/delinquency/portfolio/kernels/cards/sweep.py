"""The replay of each card of a book in a compiled loop.

The one idea: the same days in the same order as :mod:`delinquency.revolving.sweep`. Facts are in order of
date already, so a replay is a merge of six queues: transactions, payments, the end of a promotion, a late
fee that waits, the last day of grace, the next statement.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.cards.days import (
    FEE_KIND,
    PLAN_KIND,
    REFUND_KIND,
    begin_card,
    counts,
    end_promotions,
    post_plan,
    take_credit,
    turn_of,
)
from delinquency.portfolio.kernels.cards.interest import (
    accrue_bearing,
    billed_interest,
)
from delinquency.portfolio.kernels.cards.items import add_transaction
from delinquency.portfolio.kernels.cards.layout import (
    CHARGED,
    CLOSING,
    CONVERTED,
    DUE_DAY,
    FEE_DAY,
    FEES,
    FULL_PAYMENT,
    HELD,
    IS_IN_FULL,
    IS_MET,
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
    NEW_FEES,
    NEW_INTEREST,
    NEW_PRINCIPAL,
    NEXT_END,
    OPENING,
    OVER_LIMIT,
    PAID,
    PAST_DUE,
    PAYMENT_DAY_BEARS,
    REFUSED,
    ROW,
    ROW_JUDGED,
    ROW_OPEN,
    ROW_STATEMENT,
    ROW_TOLERANCE,
    ROWS,
    STATEMENT,
    TOTAL_OPEN,
    UNBILLED_PLANS,
    CardArrays,
    CardOutputs,
    CardQuestion,
    CardScratch,
    StatementOutputs,
)
from delinquency.portfolio.kernels.cards.money import (
    offset_held,
    pay,
    statement_day,
)
from delinquency.portfolio.kernels.cards.statements import (
    draw_statement,
    judge_statement,
    limit_on,
    post_late_fee,
)
from delinquency.portfolio.kernels.compiler import compiled

__all__ = ["replay_cards"]


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
        begin_card(numbers, at, state, int(book.originated[account]))
        opening = book.tx_offsets[account]
        row = opening
        rows_end = book.tx_offsets[account + 1]
        payment = book.pay_offsets[account]
        payments_end = book.pay_offsets[account + 1]
        limits = 0
        limits_end = 0
        if len(book.limit_offsets) > 0:
            limits = book.limit_offsets[account]
            limits_end = book.limit_offsets[account + 1]
        if len(slots) > 0:
            for place in range(rows_end - opening):
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
                end_promotions(numbers, at, items, pieces, state, day)
            if day == state[FEE_DAY]:
                post_late_fee(numbers, at, items, state, day)
            of_day = row
            later = 0
            while row < rows_end and book.posted[row] == day:
                if counts(book.posted, book.tx_recorded, book.tx_reversed, row, known, cut):
                    kind = int(book.kind[row])
                    amount = int(book.amount[row])
                    if kind == REFUND_KIND:
                        later += 1
                    elif kind == PLAN_KIND:
                        post_plan(
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
                            row - opening,
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
                        if turn_of(kind, refers) != turn or not counts(
                            book.posted, book.tx_recorded, book.tx_reversed, fact, known, cut
                        ):
                            continue
                        amount = int(book.amount[fact])
                        met = take_credit(
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
                if counts(
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
        told = out.offsets[account]
        late = 0
        late_open = 0
        tolerance = 0
        for place in range(0, state[ROWS], ROW):
            still = rows[place + ROW_OPEN]
            out.requirement_open[told + rows[place + ROW_STATEMENT]] = still
            if still > 0 and rows[place + ROW_JUDGED] <= as_of:
                late += 1
                late_open += still
                tolerance = rows[place + ROW_TOLERANCE]
        more.missed_still_open[account] = late if late_open > tolerance else 0
