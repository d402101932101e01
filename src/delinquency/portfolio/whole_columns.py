"""The as-of answer in whole columns of numpy, for where nothing is compiled, and as a third witness.

The one idea: one running sum over a block of accounts is one sorted array, so a single search finds the
oldest unsettled instalment of every account in arrears. Sums of an account are differences of the
running sum at its offsets. Blocks are small enough to stay in cache and for int64 to be exact.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.layout import BookArrays, Outputs, RuleNumbers

__all__ = ["as_of_whole_columns"]

Array = npt.NDArray[Any]

ROWS_OF_A_BLOCK = 150_000
"""Instalments of a block: larger ones leave the cache, smaller ones are all calls."""

LARGEST = 2**62


def as_of_whole_columns(
    book: BookArrays, rule: RuleNumbers, out: Outputs, first: int, last: int
) -> None:
    """Fill the outputs of accounts ``[first, last)``; the policy must settle by totals."""
    start = first
    while start < last:
        limit = book.inst_offsets[start] + ROWS_OF_A_BLOCK
        end = int(book.inst_offsets.searchsorted(limit, side="right")) - 1
        end = min(max(end, start + 1), last)
        _split(book, rule, out, start, end)
        start = end


def _split(book: BookArrays, rule: RuleNumbers, out: Outputs, first: int, last: int) -> None:
    """Answer a block, halved until no running sum in it can pass the bound.

    One account always fits: its amounts sum to at most 10**15 by construction.
    """
    rows = slice(book.inst_offsets[first], book.inst_offsets[last])
    money = slice(book.pay_offsets[first], book.pay_offsets[last])
    largest = 0
    for amounts in (book.principal[rows], book.interest[rows], book.fees[rows]):
        largest += int(amounts.max(initial=0)) * len(amounts)
    paid = book.amount[money]
    largest = max(largest, int(paid.max(initial=0)) * len(paid))
    if largest < LARGEST or last - first == 1:
        _block(book, rule, out, first, last)
        return
    middle = (first + last) // 2
    _split(book, rule, out, first, middle)
    _split(book, rule, out, middle, last)


def _running(values: Array) -> Array:
    running = np.empty(len(values) + 1, dtype=np.int64)
    running[0] = 0
    np.cumsum(values, out=running[1:])
    return running


def _block(book: BookArrays, rule: RuleNumbers, out: Outputs, first: int, last: int) -> None:
    offsets = book.inst_offsets[first : last + 1]
    rows = slice(offsets[0], offsets[-1])
    bounds = offsets - offsets[0]
    due = book.due[rows]
    limit = rule.as_of + rule.due_date_counts
    owed = book.principal[rows] + book.interest[rows]
    owed += book.fees[rows]
    owed *= due < limit
    running = _running(owed)
    ends = running[bounds[1:]]
    deficit = ends - running[bounds[:-1]]
    deficit -= _paid(book, rule, first, last)
    np.maximum(deficit, 0, out=deficit)
    found = np.flatnonzero(deficit > (rule.tolerance if rule.tolerance_by_account else 0))
    targets = ends[found] - deficit[found]
    oldest = np.searchsorted(running[1:], targets, side="right")
    if rule.tolerance and not rule.tolerance_by_account:
        found, oldest = _beyond_tolerance(rule, owed, running, bounds, found, oldest, targets)
    oldest_due = np.full(last - first, NONE_DAY, dtype=np.int32)
    oldest_due[found] = due[oldest]
    raw = np.zeros(last - first, dtype=np.int32)
    raw[found] = limit - due[oldest]
    net = raw - _suspended(book, rule, first, last, oldest_due)
    delinquent = np.where(net <= rule.grace, 0, net if rule.grace_is_trigger else net - rule.grace)
    out.days_past_due[first:last] = raw
    out.delinquent_days[first:last] = delinquent
    out.arrears[first:last] = deficit
    out.oldest_due[first:last] = oldest_due
    days = raw if rule.reads_raw else delinquent
    out.bucket[first:last] = rule.bucket_first_days.searchsorted(days, side="right") - 1


def _paid(book: BookArrays, rule: RuleNumbers, first: int, last: int) -> Array:
    offsets = book.pay_offsets[first : last + 1]
    rows = slice(offsets[0], offsets[-1])
    value = book.value_day[rows]
    counts: Array = value <= rule.as_of
    if len(book.reversed_day):
        counts &= book.reversed_day[rows] > rule.reversal_cut
    if rule.known != NONE_DAY:
        recorded: Array = value
        if len(book.recorded):
            recorded = book.recorded[rows]
            recorded = np.where(recorded == NONE_DAY, value, recorded)
        counts &= recorded <= rule.known
    running = _running(book.amount[rows] * counts)
    return np.diff(running[offsets - offsets[0]])


def _beyond_tolerance(
    rule: RuleNumbers,
    owed: Array,
    running: Array,
    bounds: Array,
    found: Array,
    oldest: Array,
    targets: Array,
) -> tuple[Array, Array]:
    """Move on from instalments that are open by no more than the tolerance."""
    end = bounds[1:][found]
    rest = running[1:][oldest] - targets
    while True:
        within = np.flatnonzero((rest <= rule.tolerance) & (oldest < end))
        if not len(within):
            break
        oldest[within] += 1
        going = within[oldest[within] < end[within]]
        rest[going] = owed[oldest[going]]
    kept = oldest < end
    return found[kept], oldest[kept]


def _suspended(
    book: BookArrays, rule: RuleNumbers, first: int, last: int, oldest_due: Array
) -> Array:
    """Suspended days since the oldest due day of each account."""
    if not len(book.susp_start):
        return np.zeros(last - first, dtype=np.int32)
    offsets = book.susp_offsets[first : last + 1]
    rows = slice(offsets[0], offsets[-1])
    start, end = book.susp_start[rows], book.susp_end[rows]
    since = np.repeat(oldest_due, np.diff(offsets))
    shared = np.minimum(end, rule.as_of + rule.due_date_counts) - np.maximum(start, since)
    np.maximum(shared, 0, out=shared)
    recorded: Array = start
    if len(book.susp_recorded):
        recorded = book.susp_recorded[rows]
        recorded = np.where(recorded == NONE_DAY, start, recorded)
    shared[recorded > rule.known] = 0
    days: Array = np.diff(_running(shared)[offsets - offsets[0]])
    return days.astype(np.int32)
