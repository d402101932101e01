"""What early warning observes of a book at one close, from ledgers as the close before left them.

The one idea: from one close to the next a ledger only moves forward, so each account keeps its places in its
columns between two closes. Where money was taken back or recorded late, what was known changes, and the
account begins again.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from delinquency.calendar import NONE_DAY
from delinquency.civil_days import whole_months_between
from delinquency.portfolio.kernels.answer import counts_payment, fill_row
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, Outputs, RuleNumbers
from delinquency.portfolio.kernels.observing_parts import (
    UNKNOWN,
    UNKNOWN_WIDE,
    first_row,
    reversals,
    share,
)
from delinquency.portfolio.kernels.prefixes import (
    advance,
    begin,
    exposure_of,
    late_of,
    open_of,
)

__all__ = ["CloseNumbers", "FlowOutputs", "LedgerPlaces", "observe_close"]

_months_between = inlined(whole_months_between)


class CloseNumbers(NamedTuple):
    """What is asked at one close, in whole numbers."""

    start: int
    """The day after which the period begins."""
    has_start: int
    """Whether anybody knows when the period began."""
    is_told: int
    """Whether the close is told, or only opens the first period."""
    least: int
    """The least payment from which days are counted."""
    first_payment_days: int


class LedgerPlaces(NamedTuple):
    """Where each account of a block was left, one row an account."""

    place: Any
    rest: Any
    payment: Any
    """The next payment; -1 where the account has not begun."""
    due_to: Any
    held: Any
    due_row: Any
    """The first row that fell due in no period yet."""
    paid_row: Any
    """The first payment that came in no period yet."""
    last_paid: Any
    decided: Any
    """Whether the first payment was missed; -1 while nobody knows."""


class FlowOutputs(NamedTuple):
    """One row an account; the least number of the type where nobody knows."""

    exposure: Any
    first_payment_default: Any
    months_on_book: Any
    amount_due: Any
    amount_paid: Any
    payment_ratio: Any
    part_paid_instalments: Any
    payments_reversed: Any
    days_since_payment: Any


@inlined
def _tell_due(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    close: CloseNumbers,
    at: int,
    places: LedgerPlaces,
    out: FlowOutputs,
) -> int:
    """What fell due in the period, and how many rows of it were paid in part; the amount due."""
    end = book.inst_offsets[account + 1]
    row = places.due_row[at]
    due = 0
    partial = 0
    while row < end and book.due[row] <= rule.as_of:
        if book.due[row] > close.start:
            amount = book.principal[row] + book.interest[row] + book.fees[row]
            still_open = open_of(book, places.place[at], places.rest[at], row)
            due += amount
            partial += (still_open > 0) & (still_open < amount)
        row += 1
    places.due_row[at] = row
    out.amount_due[account] = due
    out.part_paid_instalments[account] = partial
    return due


@inlined
def _tell_paid(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    close: CloseNumbers,
    at: int,
    places: LedgerPlaces,
    out: FlowOutputs,
) -> int:
    """What came in the period, and how long ago money last reached the least payment; the amount."""
    end = book.pay_offsets[account + 1]
    row = places.paid_row[at]
    last = places.last_paid[at]
    paid = 0
    while row < end and book.value_day[row] <= rule.as_of:
        day = book.value_day[row]
        money = 0
        while row < end and book.value_day[row] == day:
            if counts_payment(book, row, rule):
                money += book.amount[row]
            row += 1
        if day > close.start:
            paid += money
        if money > 0 and money >= close.least:
            last = day
    places.paid_row[at] = row
    places.last_paid[at] = last
    out.amount_paid[account] = paid
    since = book.originated[account] if last == NONE_DAY else last
    out.days_since_payment[account] = max(0, rule.as_of - since)
    return paid


@inlined
def _tell_nothing(account: int, levels: Outputs, out: FlowOutputs) -> None:
    levels.days_past_due[account] = UNKNOWN
    levels.delinquent_days[account] = UNKNOWN
    levels.arrears[account] = UNKNOWN_WIDE
    out.exposure[account] = UNKNOWN_WIDE
    out.first_payment_default[account] = UNKNOWN
    out.months_on_book[account] = UNKNOWN
    out.days_since_payment[account] = UNKNOWN
    _tell_no_flows(account, out)


@inlined
def _tell_no_flows(account: int, out: FlowOutputs) -> None:
    out.amount_due[account] = UNKNOWN_WIDE
    out.amount_paid[account] = UNKNOWN_WIDE
    out.payment_ratio[account] = UNKNOWN_WIDE
    out.part_paid_instalments[account] = UNKNOWN
    out.payments_reversed[account] = UNKNOWN


@compiled
def observe_close(
    book: BookArrays,
    rule: RuleNumbers,
    close: CloseNumbers,
    skip: Any,
    restarts: Any,
    places: LedgerPlaces,
    levels: Outputs,
    out: FlowOutputs,
    first: int,
    last: int,
) -> None:
    """Fill one close of the accounts ``[first, last)``, but for those marked in ``skip``.

    The block keeps its places from close to close; accounts marked in ``restarts`` begin again at each.
    """
    day = rule.as_of
    counts_reversals = len(book.reversed_day) > 0
    for account in range(first, last):
        if skip[account]:
            continue
        if day < book.originated[account]:
            if close.is_told:
                _tell_nothing(account, levels, out)
            continue
        at = account - first
        place = places.place[at]
        rest = places.rest[at]
        start = book.inst_offsets[account]
        end = book.inst_offsets[account + 1]
        if restarts[account] or places.payment[at] < 0:
            begin(book, start, end, place, rest)
            places.payment[at] = book.pay_offsets[account]
            places.due_to[at] = start
            places.held[at] = 0
            places.due_row[at] = start
            places.paid_row[at] = book.pay_offsets[account]
            places.last_paid[at] = NONE_DAY
            places.decided[at] = -1
        payment = places.payment[at]
        due_to = places.due_to[at]
        held = places.held[at]
        if places.decided[at] < 0:
            asks_first = first_row(book, start, end)
            first_due = book.due[asks_first] if asks_first < end else NONE_DAY
            decides = first_due + close.first_payment_days
            if first_due != NONE_DAY and decides <= day:
                payment, due_to, held = advance(
                    book, account, rule, place, rest, payment, due_to, held, decides
                )
                limit = decides + rule.due_date_counts
                _, _, oldest = late_of(book, rule, place, rest, end, limit)
                places.decided[at] = oldest <= first_due
        payment, due_to, held = advance(
            book, account, rule, place, rest, payment, due_to, held, day
        )
        places.payment[at] = payment
        places.due_to[at] = due_to
        places.held[at] = held
        arrears, _, oldest = late_of(book, rule, place, rest, end, day + rule.due_date_counts)
        fill_row(book, account, rule, levels, arrears, oldest, 0, 0)
        if not close.is_told:
            continue
        out.exposure[account] = exposure_of(book, account, rule, place, rest)
        decided = places.decided[at]
        out.first_payment_default[account] = UNKNOWN if decided < 0 else decided
        out.months_on_book[account] = _months_between(book.originated[account], day)
        due = _tell_due(book, account, rule, close, at, places, out)
        paid = _tell_paid(book, account, rule, close, at, places, out)
        if not close.has_start:
            _tell_no_flows(account, out)
            continue
        out.payment_ratio[account] = UNKNOWN_WIDE if due <= 0 else share(paid, due)
        out.payments_reversed[account] = 0
        if counts_reversals:
            out.payments_reversed[account] = reversals(
                book, account, close.start, rule.known, rule.reversal_cut, day
            )
