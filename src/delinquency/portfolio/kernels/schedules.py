"""Rows of schedules of many loans, in whole numbers.

The one idea: a loan is a walk over its periods with one number, the balance. Ordinary loans walk abreast
(:mod:`delinquency.portfolio.kernels.lanes`), the others one by one; each writes its rows at a place known
beforehand, so that blocks of loans can be filled in any order.

Nothing leaves 64 bits: products of balance and rate are taken as
:mod:`delinquency.portfolio.kernels.whole_products` says, with a balance of at most 10**15, a
denominator of at most 133590 × 10**8 < 2**44, and a rate of at most 400 % a year over at most 301 years; a
walk ends as refused as soon as what fell due exceeds 10**15.
"""

from __future__ import annotations

from typing import Any

from delinquency.amounts import MAX_MINOR
from delinquency.daycount.formulas import ratio_by_code
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.lanes import LANES, enter, walk
from delinquency.portfolio.kernels.layout import ScheduleOutputs, Span, TermArrays
from delinquency.portfolio.kernels.level_payments import period_denominator
from delinquency.portfolio.kernels.whole_products import MOST_PRODUCT, rounded, rounded_product
from delinquency.rates import RATE_SCALE

__all__ = ["fill_schedules"]

day_ratio = compiled(ratio_by_code)


@inlined
def _due(month_starts: Any, month: int, of_month: int, steps: int, months: int) -> int:
    """The day ``steps`` periods of months after the first due date, clamped to the end of its month."""
    later = month + months * steps
    return int(min(month_starts[later] + of_month, month_starts[later + 1] - 1))


@inlined
def _span_due(span: Span, month_starts: Any, place: int) -> int:
    if span.months:
        return _due(month_starts, span.month, span.of_month, place, span.months)
    return span.first_due + span.days * place


@inlined
def _span(terms: TermArrays, loan: int) -> Span:
    months = int(terms.months[loan])
    days = int(terms.days[loan])
    rate = int(terms.annual_rate[loan])
    day_count = int(terms.day_count[loan])
    denominator = 0
    if day_count < 0:
        rate *= max(1, months)
        denominator = period_denominator(months, days)
    return Span(
        int(terms.first_due[loan]),
        int(terms.month[loan]),
        int(terms.of_month[loan]),
        months,
        days,
        rate,
        denominator,
        day_count,
        int(terms.periods[loan]),
    )


@inlined
def _factor(span: Span, place: int, start: int, end: int) -> tuple[int, int]:
    """What ``[start, end)`` bears, as numerator and denominator."""
    if span.denominator:
        return span.rate, span.denominator
    is_last = 1 if place == span.periods - 1 else 0
    numerator, denominator = day_ratio(start, end, span.day_count, 0, is_last)
    return span.rate * numerator, denominator * RATE_SCALE


@inlined
def _dates(span: Span, month_starts: Any, due: Any) -> None:
    """The due dates of a loan; ``due`` are its rows."""
    if span.months == 1:
        starts = month_starts[span.month : span.month + span.periods + 1]
        for place in range(len(due)):
            due[place] = min(starts[place] + span.of_month, starts[place + 1] - 1)
        return
    for place in range(len(due)):
        due[place] = _span_due(span, month_starts, place)


@inlined
def _takes_all(span: Span, month_starts: Any) -> bool:
    """Whether a rate below 0 takes the whole balance, or more, in some period."""
    if span.rate >= 0:
        return False
    if span.denominator:
        return span.rate <= -span.denominator
    start = _span_due(span, month_starts, -1)
    for place in range(span.periods):
        end = _span_due(span, month_starts, place)
        numerator, denominator = _factor(span, place, start, end)
        if numerator <= -denominator:
            return True
        start = end
    return False


@inlined
def _declining(
    span: Span,
    month_starts: Any,
    method: int,
    principal: int,
    part: int,
    balloon: int,
    code: int,
    begin: int,
    out: ScheduleOutputs,
) -> int:
    """Interest on what is open; ``part`` is the payment of an annuity, else the principal of a row.

    Gives 0, or 1 where a row is one that no schedule has.
    """
    most = MOST_PRODUCT // principal
    balance = principal
    due_in_all = principal
    start = 0 if span.denominator else _span_due(span, month_starts, -1)
    for place in range(span.periods):
        end = _span_due(span, month_starts, place)
        numerator, denominator = _factor(span, place, start, end)
        interest = rounded_product(balance, numerator, denominator, most, code)
        repaid = part - interest if method == 0 else part
        if place == span.periods - 1:
            repaid = balance
        elif repaid > balance - balloon:
            repaid = balance - balloon
        elif repaid < 0 and interest > 0:
            return 1
        balance -= repaid
        due_in_all += max(0, interest)
        owed = repaid + min(interest, 0)
        if owed < 0 or due_in_all > MAX_MINOR:
            return 1
        out.principal[begin + place] = owed
        out.interest[begin + place] = max(0, interest)
        if len(out.closing):
            out.closing[begin + place] = balance
        start = end
    return 0


@inlined
def _on_the_principal(span: Span, month_starts: Any, principal: int, code: int) -> int:
    """All interest on the original principal, rounded once."""
    total = 0
    denominator = 1
    start = 0 if span.denominator else _span_due(span, month_starts, -1)
    for place in range(span.periods):
        end = _span_due(span, month_starts, place)
        numerator, denominator = _factor(span, place, start, end)
        total += numerator
        start = end
    return rounded_product(principal, total, denominator, MOST_PRODUCT // principal, code)


@inlined
def _bullet(
    span: Span, month_starts: Any, principal: int, code: int, begin: int, out: ScheduleOutputs
) -> int:
    interest = _on_the_principal(span, month_starts, principal, code)
    owed = principal + min(interest, 0)
    if owed < 0 or principal + max(0, interest) > MAX_MINOR:
        return 1
    last = span.periods - 1
    for place in range(span.periods):
        out.principal[begin + place] = 0
        out.interest[begin + place] = 0
        if len(out.closing):
            out.closing[begin + place] = principal
    out.principal[begin + last] = owed
    out.interest[begin + last] = max(0, interest)
    if len(out.closing):
        out.closing[begin + last] = 0
    return 0


@inlined
def _flat(
    span: Span,
    month_starts: Any,
    principal: int,
    code: int,
    multiple: int,
    payment_code: int,
    is_fee: int,
    begin: int,
    out: ScheduleOutputs,
) -> int:
    """Charges on the original principal, rounded once as a whole, and equal principals."""
    left = _on_the_principal(span, month_starts, principal, code)
    if left + principal > MAX_MINOR or left < -MAX_MINOR:
        return 1
    most = MOST_PRODUCT // principal
    count = span.periods
    balance = principal
    each = rounded(principal, count, code)
    start = 0 if span.denominator else _span_due(span, month_starts, -1)
    for place in range(count):
        end = _span_due(span, month_starts, place)
        charge = left
        if place < count - 1:
            numerator, denominator = _factor(span, place, start, end)
            charge = rounded_product(principal, numerator, denominator, most, code)
            charge = min(charge, left) if span.rate >= 0 else max(charge, left)
        left -= charge
        part = each
        if multiple:
            whole = rounded(principal + charge * count, count * multiple, payment_code)
            part = max(whole * multiple - charge, 0)
        repaid = balance if place == count - 1 else min(part, balance)
        balance -= repaid
        owed = repaid if is_fee else repaid + min(charge, 0)
        if owed < 0 or (is_fee and charge < 0):
            return 1
        out.principal[begin + place] = owed
        out.interest[begin + place] = 0 if is_fee else max(0, charge)
        if is_fee:
            out.fees[begin + place] = charge
        if len(out.closing):
            out.closing[begin + place] = balance
        start = end
    return 0


@compiled
def fill_schedules(
    terms: TermArrays,
    payment: Any,
    month_starts: Any,
    state: Any,
    factor: Any,
    out: ScheduleOutputs,
    first: int,
    last: int,
) -> None:
    """Fill the rows of the loans ``[first, last)``, and ``refused`` where a loan has no schedule."""
    used = 0
    for loan in range(first, last):
        span = _span(terms, loan)
        principal = int(terms.principal[loan])
        code = int(terms.rounding[loan])
        method = int(terms.method[loan])
        begin = int(out.offsets[loan])
        _dates(span, month_starts, out.due[begin : begin + span.periods])
        if _takes_all(span, month_starts):
            out.refused[loan] = 1
        elif method <= 2:
            part = int(payment[loan])
            balloon = int(terms.balloon[loan])
            if method == 1:
                part = rounded(principal - balloon, span.periods, code)
            elif method == 2:
                part = 0
            at_once = min(MOST_PRODUCT // principal, span.denominator)
            if span.denominator > 0 and 0 <= span.rate <= at_once and not balloon:
                enter(
                    state,
                    factor,
                    used,
                    loan,
                    begin,
                    span.periods,
                    principal,
                    span.rate,
                    span.denominator,
                    code,
                    method,
                    part,
                )
                used += 1
            else:
                out.refused[loan] = _declining(
                    span, month_starts, method, principal, part, balloon, code, begin, out
                )
            if used == LANES:
                walk(state, factor, used, out)
                used = 0
        elif method == 3:
            out.refused[loan] = _bullet(span, month_starts, principal, code, begin, out)
        else:
            out.refused[loan] = _flat(
                span,
                month_starts,
                principal,
                code,
                int(terms.payment_multiple[loan]),
                int(terms.payment_rounding[loan]),
                int(terms.charges_are_fees[loan]),
                begin,
                out,
            )
    walk(state, factor, used, out)
