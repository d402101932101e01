"""The rows that a draft of whole numbers asks for, as :mod:`delinquency.restructuring.new_rows` makes them.

The one idea: what bears interest is followed as a balance in whole numbers; only a level payment is found in
floats, and proven.
"""

from __future__ import annotations

from typing import Any

from delinquency.amounts import MAX_MINOR
from delinquency.portfolio.kernels.compiler import called, inlined
from delinquency.portfolio.kernels.plan_layout import (
    BALLOON,
    DUES,
    EARNED,
    FEE_ROWS,
    IS_FLAT,
    IS_REPLANNED,
    MULTIPLE,
    PRINCIPAL,
    REDUCED,
    SPREAD,
    SPREAD_OVER,
    START,
    DraftColumns,
    RateArrays,
    RowColumns,
)
from delinquency.portfolio.kernels.plan_payment import REFUSED, level_payment
from delinquency.portfolio.kernels.plan_rates import factor_of, known_rates, rate_steps
from delinquency.portfolio.kernels.whole_products import MOST_PRODUCT, rounded, rounded_product

__all__ = ["make_rows"]

HALF_UP = 0
HALF_EVEN = 1


@inlined
def _equal_part(amount: int, count: int, multiple: int) -> int:
    return rounded(amount, count * multiple, HALF_EVEN) * multiple


@called
def _follow(
    draft: DraftColumns, rows: RowColumns, steps: int, method: int, code: int, accrued: int
) -> int:
    """Principal and interest of every due date, of a balance that bears interest; 0, or why not."""
    amounts = draft.amounts
    count = amounts[DUES]
    balance = amounts[PRINCIPAL]
    most = MOST_PRODUCT // balance
    balloon = min(amounts[BALLOON], balance)
    is_all_balloon = balloon == balance
    paying = 1
    for place in range(count - 1):
        if draft.rest[place] == 0:
            paying += 1
    equal = -1
    equal_left = balance - balloon
    since = amounts[START]
    solved_with = -1
    payment = 0
    asked = 0
    waiting = 0
    for place in range(count):
        due = draft.dues[place]
        known = known_rates(rows, steps, due)
        numerator, denominator = factor_of(rows, known, since, due, code)
        rest = draft.rest[place] if place < count - 1 else 0
        is_level = place < count - 1 and rest == 0 and method == 0 and not is_all_balloon
        if is_level and known != solved_with:
            payment = level_payment(
                draft, rows, place, since, balance, accrued, balloon, known, code
            )
            solved_with = known
            if payment < 0:
                return -payment
        interest = accrued + rounded_product(balance, numerator, denominator, most, HALF_UP)
        principal = 0
        if rest >= REDUCED:
            accrued = 0
            repaid = min(draft.paid[place] - interest, balance)
            is_refused = repaid < 0 and rest == REDUCED
            if repaid < 0:
                asked -= repaid
                interest += repaid
                if rest == REDUCED + 1:
                    waiting -= repaid
                if rest != REDUCED + 2:
                    repaid = 0
            principal = repaid
            equal_left -= repaid
            balance -= repaid
            if is_refused or balance > MAX_MINOR:
                return REFUSED
            most = MOST_PRODUCT // max(1, balance)
        elif rest == 4:
            interest = 0
        elif rest == 3:
            balance += interest
            interest = 0
            accrued = 0
            if balance > MAX_MINOR:
                return REFUSED
            most = MOST_PRODUCT // max(1, balance)
        else:
            accrued = 0
            if place == count - 1:
                principal = balance
            elif is_level:
                principal = min(payment - interest, balance)
                if principal < 0 and interest > 0:
                    return REFUSED
            elif rest == 0 and not is_all_balloon:
                if equal < 0:
                    equal_left = max(0, equal_left)
                    equal = _equal_part(equal_left, paying, 1)
                part = min(equal, equal_left)
                equal_left -= part
                principal = min(part, balance)
            balance -= principal
        since = due
        asked += abs(principal) + interest
        if asked > MAX_MINOR:
            return REFUSED
        if draft.rest[place] == 2:
            waiting += interest
            interest = 0
        elif draft.rest[place] == 0:
            interest += waiting
            waiting = 0
        rows.principal[place] = max(0, principal)
        rows.interest[place] = interest
    return 0


@inlined
def _settle_earned(draft: DraftColumns, rows: RowColumns, earned: int) -> int:
    """Ask for interest with the first payment, or take what was paid in advance off the next ones."""
    for place in range(draft.amounts[DUES]):
        if draft.rest[place] == 0:
            part = max(earned, -rows.interest[place])
            rows.interest[place] += part
            earned -= part
    return 1 if earned else 0


@inlined
def _share_out(draft: DraftColumns, column: int, over: int, out: Any) -> None:
    """What is spread of a component, in equal parts over so many dates that pay; the last has the rest."""
    left = draft.amounts[SPREAD + column]
    if left == 0:
        return
    each = _equal_part(left, over, draft.amounts[MULTIPLE])
    number = 0
    for place in range(draft.amounts[DUES]):
        if draft.rest[place] != 0:
            continue
        number += 1
        if number > over:
            break
        part = left if number == over else min(each, left)
        left -= part
        out[place] += part


@inlined
def _share_all(draft: DraftColumns, paying: int, rows: RowColumns) -> bool:
    """What is spread of every component; whether over more instalments than there are."""
    amounts = draft.amounts
    over = amounts[SPREAD_OVER]
    if over == 0:
        over = paying
    spread = 0
    for column in range(4):
        spread |= amounts[SPREAD + column]
    if over > paying:
        return bool(spread != 0)
    _share_out(draft, 0, over, rows.principal)
    _share_out(draft, 1, over, rows.interest)
    _share_out(draft, 2, over, rows.fees)
    _share_out(draft, 3, over, rows.penalty)
    return False


@inlined
def _put_fees(draft: DraftColumns, rows: RowColumns) -> None:
    """Fees of the old rows, each on the first date that pays on or after its own, or on the last."""
    last = draft.amounts[DUES] - 1
    while draft.rest[last] != 0:
        last -= 1
    for row in range(draft.amounts[FEE_ROWS]):
        place = 0
        while place < last and (draft.rest[place] != 0 or draft.dues[place] < draft.fee_due[row]):
            place += 1
        rows.fees[place] += draft.fee_amount[row]


@called
def make_rows(
    draft: DraftColumns,
    rates: RateArrays,
    account: int,
    method: int,
    day_count: int,
    rows: RowColumns,
) -> int:
    """The rows that a draft asks for: 0, or ``REFUSED`` or ``UNPROVEN`` where they are not told.

    Where no row is made anew, ``rows`` have the principal and interest of the old ones.
    """
    amounts = draft.amounts
    count = amounts[DUES]
    paying = 0
    for place in range(count):
        if draft.rest[place] == 0:
            paying += 1
        rows.due[place] = draft.dues[place]
        rows.fees[place] = 0
        rows.penalty[place] = 0
        if amounts[IS_REPLANNED]:
            rows.principal[place] = 0
            rows.interest[place] = 0
    if paying == 0:
        return REFUSED
    if amounts[IS_REPLANNED] and amounts[IS_FLAT]:
        left = amounts[PRINCIPAL]
        each = _equal_part(left, paying, amounts[MULTIPLE])
        number = 0
        for place in range(count):
            if draft.rest[place] == 0:
                number += 1
                part = left if number == paying else min(each, left)
                left -= part
                rows.principal[place] = part
    elif amounts[IS_REPLANNED]:
        earned = amounts[EARNED]
        is_beside = earned < 0 or earned * paying > amounts[PRINCIPAL]
        if amounts[PRINCIPAL] != 0:
            steps = rate_steps(draft, rates, account, rows)
            bears = False
            for step in range(steps):
                bears = bears or rows.step_rate[step] != 0
            if steps == 0 or (bears and day_count < 0):
                return REFUSED
            code = 1 if day_count < 0 else day_count
            refused = _follow(draft, rows, steps, method, code, 0 if is_beside else earned)
            if refused:
                return refused
        if _settle_earned(draft, rows, earned if is_beside else 0):
            return REFUSED
    is_too_many = _share_all(draft, paying, rows)
    _put_fees(draft, rows)
    for place in range(count):
        # Money in advance can be more than a row asks for; no schedule has such a row.
        if min(rows.principal[place], rows.interest[place], rows.fees[place]) < 0:
            is_too_many = True
    return REFUSED if is_too_many else 0
