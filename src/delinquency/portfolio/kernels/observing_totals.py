"""What early warning observes of a book over many closes, where totals decide what is open.

The one idea: as in a history, dues and money are only added from one close to the next, and the pointer to
the oldest instalment that is not whole moves on from where it was. Everything that is open follows from where
it stands.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from delinquency.calendar import NONE_DAY
from delinquency.civil_days import month_and_day
from delinquency.portfolio.kernels.answer import (
    bucket_of,
    counts_at,
    delinquent_known,
    late_days,
    net_of_grace,
)
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.history import beyond_tolerance
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers
from delinquency.portfolio.kernels.observing_parts import (
    UNKNOWN,
    UNKNOWN_WIDE,
    first_row,
    money_by,
    principal_of_part,
    reversals,
    share,
)

__all__ = ["ObservedDays", "PanelOutputs", "observe_totals"]

_month_and_day = inlined(month_and_day)


class ObservedDays(NamedTuple):
    """The closes of one version in whole numbers, and what is asked of all of them."""

    day: Any
    known: Any
    cut: Any
    place: Any
    """The place of the period in the columns; -1 where a close only opens the first period."""
    bucket_place: Any
    month: Any
    """Of each close its month, its place in it, and that of the last day of the month."""
    of_month: Any
    last_of_month: Any
    least: int
    first_payment_days: int


class PanelOutputs(NamedTuple):
    """Periods by accounts; without elements where nobody asks. The least number: nobody knows."""

    days_past_due: Any
    delinquent_days: Any
    arrears: Any
    exposure: Any
    first_payment_default: Any
    months_on_book: Any
    amount_due: Any
    amount_paid: Any
    payment_ratio: Any
    part_paid_instalments: Any
    payments_reversed: Any
    days_since_payment: Any
    bucket: Any


@inlined
def _missed_first(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    days: ObservedDays,
    close: int,
    first_due: int,
) -> bool:
    """Whether the oldest unsettled row of the deciding close is as old as the first."""
    on = first_due + days.first_payment_days
    paid = 0
    for row in range(book.pay_offsets[account], book.pay_offsets[account + 1]):
        if book.value_day[row] > on:
            break
        if counts_at(book, row, days.known[close], days.cut[close]):
            paid += book.amount[row]
    owed = 0
    tolerance = 0 if rule.tolerance_by_account else rule.tolerance
    missed = False
    for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
        if book.due[row] >= on + rule.due_date_counts:
            break
        amount = book.principal[row] + book.interest[row] + book.fees[row]
        owed += amount
        if book.due[row] <= first_due and min(amount, owed - paid) > tolerance:
            missed = True
    if rule.tolerance_by_account and owed - paid <= rule.tolerance:
        return False
    return missed


@inlined
def _put(column: Any, place: int, account: int, number: int) -> None:
    if len(column) > 0:
        column[place, account] = number


@inlined
def _tell_nothing(out: PanelOutputs, place: int, account: int) -> None:
    _put(out.days_past_due, place, account, UNKNOWN)
    _put(out.delinquent_days, place, account, UNKNOWN)
    _put(out.arrears, place, account, UNKNOWN_WIDE)
    _put(out.exposure, place, account, UNKNOWN_WIDE)
    _put(out.first_payment_default, place, account, UNKNOWN)
    _put(out.months_on_book, place, account, UNKNOWN)
    _put(out.days_since_payment, place, account, UNKNOWN)
    _tell_no_flows(out, place, account)


@inlined
def _tell_no_flows(out: PanelOutputs, place: int, account: int) -> None:
    _put(out.amount_due, place, account, UNKNOWN_WIDE)
    _put(out.amount_paid, place, account, UNKNOWN_WIDE)
    _put(out.payment_ratio, place, account, UNKNOWN_WIDE)
    _put(out.part_paid_instalments, place, account, UNKNOWN)
    _put(out.payments_reversed, place, account, UNKNOWN)


@compiled
def observe_totals(
    book: BookArrays,
    rule: RuleNumbers,
    days: ObservedDays,
    skip: Any,
    restarts: Any,
    out: PanelOutputs,
    first: int,
    last: int,
) -> None:
    """Fill every close of the accounts ``[first, last)``, but for those marked in ``skip``.

    The money of accounts marked in ``restarts``, of which some was recorded late or taken back, is summed
    anew at each close.
    """
    first_days = rule.bucket_first_days
    least_arrears = rule.tolerance if rule.tolerance_by_account else 0
    has_suspensions = len(book.susp_start) > 0
    has_reversed = len(book.reversed_day) > 0
    for account in range(first, last):
        if skip[account]:
            continue
        start = book.inst_offsets[account]
        end = book.inst_offsets[account + 1]
        due = book.due[start:end]
        principal = book.principal[start:end]
        interest = book.interest[start:end]
        fees = book.fees[start:end]
        values = book.value_day[book.pay_offsets[account] : book.pay_offsets[account + 1]]
        amounts = book.amount[book.pay_offsets[account] : book.pay_offsets[account + 1]]
        originated = book.originated[account]
        origin_month, origin_of_month = _month_and_day(originated)
        restart = restarts[account]
        suspends = False
        if has_suspensions:
            suspends = book.susp_offsets[account + 1] > book.susp_offsets[account]
        asks_first = first_row(book, start, end) - start
        decides = NONE_DAY
        if asks_first < len(due):
            decides = due[asks_first] + days.first_payment_days
        decided = -1
        open_principal = 0
        for row in range(len(due)):
            open_principal += principal[row]
        all_principal = open_principal
        fallen = 0
        due_all = 0
        due_other = 0
        oldest = 0
        before = 0
        before_other = 0
        paid = 0
        payment = 0
        last_paid = NONE_DAY
        money_day = NONE_DAY
        of_day = 0
        for close in range(len(days.day)):
            day = days.day[close]
            limit = day + rule.due_date_counts
            window_row = fallen
            due_before = due_all
            while fallen < len(due) and due[fallen] <= day:
                other = interest[fallen] + fees[fallen]
                due_all += principal[fallen] + other
                due_other += other
                fallen += 1
            late = fallen
            owed = due_all
            while late > 0 and due[late - 1] >= limit:
                late -= 1
                owed -= principal[late] + interest[late] + fees[late]
            opened = days.day[close - 1] if close > 0 else -NONE_DAY
            came = 0
            if restart:
                paid, came, last_paid = money_by(
                    book, account, opened, day, days.known[close], days.cut[close], days.least
                )
                if paid < before:
                    oldest = 0
                    before = 0
                    before_other = 0
                    open_principal = all_principal
            else:
                until = min(day, days.known[close])
                while payment < len(values) and values[payment] <= until:
                    amount = amounts[payment]
                    of_day = of_day + amount if values[payment] == money_day else amount
                    money_day = values[payment]
                    if of_day >= days.least:
                        last_paid = money_day
                    came += amount
                    payment += 1
                paid += came
            bound = fallen if rule.holds_excess else len(due)
            while oldest < bound:
                other = interest[oldest] + fees[oldest]
                amount = principal[oldest] + other
                if before + amount > paid:
                    break
                before += amount
                before_other += other
                open_principal -= principal[oldest]
                oldest += 1
            place = days.place[close]
            if day < originated:
                if place >= 0:
                    _tell_nothing(out, place, account)
                continue
            deficit = max(0, owed - paid)
            raw = 0
            delinquent = 0
            if deficit > least_arrears:
                found = oldest
                if rule.tolerance > 0 and not rule.tolerance_by_account:
                    amount = principal[oldest] + interest[oldest] + fees[oldest]
                    found = beyond_tolerance(
                        principal,
                        interest,
                        fees,
                        oldest,
                        late,
                        before + amount - paid,
                        rule.tolerance,
                    )
                if found >= 0:
                    raw = late_days(due[found], day, rule.due_date_counts)
                    if suspends:
                        delinquent = delinquent_known(
                            book, account, rule, due[found], limit, raw, days.known[close]
                        )
                    else:
                        delinquent = net_of_grace(raw, rule.grace, rule.grace_is_trigger)
            bucket = days.bucket_place[close]
            if len(out.bucket) > 0 and bucket >= 0:
                position = 0
                if raw > 0:
                    position = bucket_of(first_days, raw if rule.reads_raw else delinquent)
                out.bucket[bucket, account] = position
            if place < 0:
                continue
            _put(out.days_past_due, place, account, raw)
            _put(out.delinquent_days, place, account, delinquent)
            _put(out.arrears, place, account, deficit)
            part = paid - before if oldest < bound else 0
            if len(out.exposure) > 0:
                in_principal = 0
                if part > 0:
                    in_principal = principal_of_part(
                        rule, principal[oldest], interest[oldest], fees[oldest], part
                    )
                exposure = open_principal - in_principal
                if oldest < fallen:
                    exposure += due_other - before_other - (part - in_principal)
                out.exposure[place, account] = exposure
            if len(out.first_payment_default) > 0:
                if decides <= day and (decided < 0 or restart):
                    decided = int(_missed_first(book, account, rule, days, close, due[asks_first]))
                out.first_payment_default[place, account] = UNKNOWN if decided < 0 else decided
            if len(out.months_on_book) > 0:
                months = days.month[close] - origin_month
                anniversary = min(origin_of_month, days.last_of_month[close])
                months -= anniversary > days.of_month[close]
                out.months_on_book[place, account] = months
            since = originated if last_paid == NONE_DAY else last_paid
            _put(out.days_since_payment, place, account, max(0, day - since))
            if close == 0:
                _tell_no_flows(out, place, account)
                continue
            fell_due = due_all - due_before
            _put(out.amount_due, place, account, fell_due)
            _put(out.amount_paid, place, account, came)
            if len(out.payment_ratio) > 0:
                out.payment_ratio[place, account] = (
                    UNKNOWN_WIDE if fell_due <= 0 else share(came, fell_due)
                )
            is_partial = part > 0 and window_row <= oldest < fallen
            _put(out.part_paid_instalments, place, account, is_partial)
            if len(out.payments_reversed) > 0:
                taken_back = 0
                if has_reversed and restart:
                    taken_back = reversals(
                        book, account, opened, days.known[close], days.cut[close], day
                    )
                out.payments_reversed[place, account] = taken_back
