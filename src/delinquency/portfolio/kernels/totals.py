"""The as-of answer where totals decide: sum what fell due and what was paid, then walk back.

The one idea: if the oldest instalment is always emptied first, the arrears are the newest part of what
fell due. Two sums an account give the arrears; walking back from the newest late instalment until they
are used up finds the oldest unsettled one.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.counting import formulas
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, Outputs, RuleNumbers

__all__ = ["as_of_totals", "bucket_of", "sum_paid_unreversed", "suspended_days"]

_late_days = inlined(formulas.late_days)
_shared_days = inlined(formulas.shared_days)
_net_of_grace = inlined(formulas.net_of_grace)


@inlined
def suspended_days(
    starts: Any, ends: Any, recorded_days: Any, start: int, end: int, known: int
) -> int:
    """Days of ``[start, end)`` shared with an account's suspensions known by ``known`` [days]."""
    total = 0
    for row in range(len(starts)):
        recorded = starts[row]
        if len(recorded_days) > 0 and recorded_days[row] != NONE_DAY:
            recorded = recorded_days[row]
        if recorded <= known:
            total += _shared_days(start, end, starts[row], ends[row])
    return total


@inlined
def bucket_of(first_days: Any, days: int) -> int:
    """The position of the bucket that contains ``days``."""
    position = 0
    for index in range(1, len(first_days)):
        if days >= first_days[index]:
            position = index
    return position


@inlined
def _sum_due(amounts: Any) -> int:
    total = 0
    for index in range(len(amounts)):
        total += amounts[index]
    return total


@inlined
def _count_before(days: Any, limit: int) -> int:
    count = 0
    for index in range(len(days)):
        count += days[index] < limit
    return count


@inlined
def _sum_paid(amounts: Any, value_days: Any, as_of: int) -> int:
    total = 0
    for index in range(len(amounts)):
        total += amounts[index] if value_days[index] <= as_of else 0
    return total


@inlined
def sum_paid_unreversed(
    amounts: Any, value_days: Any, reversed_days: Any, as_of: int, cut: int
) -> int:
    """Money with a value day up to ``as_of`` that was not reversed on or before ``cut``."""
    total = 0
    for index in range(len(amounts)):
        keep = (value_days[index] <= as_of) & (reversed_days[index] > cut)
        total += amounts[index] if keep else 0
    return total


@inlined
def _sum_paid_known(book: BookArrays, first: int, last: int, rule: RuleNumbers) -> int:
    total = 0
    has_recorded = len(book.recorded) > 0
    has_reversed = len(book.reversed_day) > 0
    for row in range(first, last):
        if book.value_day[row] > rule.as_of:
            break
        recorded = book.value_day[row]
        if has_recorded and book.recorded[row] != NONE_DAY:
            recorded = book.recorded[row]
        if recorded > rule.known:
            continue
        if has_reversed and book.reversed_day[row] <= rule.reversal_cut:
            continue
        total += book.amount[row]
    return total


@inlined
def _oldest_unsettled(
    principal: Any, interest: Any, fees: Any, late: int, deficit: int, tolerance: int
) -> int:
    """The oldest of ``late`` instalments whose open amount exceeds ``tolerance``; -1 if none."""
    index = late - 1
    rest = deficit
    while index > 0:
        amount = principal[index] + interest[index] + fees[index]
        if rest <= amount:
            break
        rest -= amount
        index -= 1
    while rest <= tolerance:
        index += 1
        if index >= late:
            return -1
        rest = principal[index] + interest[index] + fees[index]
    return index


@compiled
def as_of_totals(
    book: BookArrays, rule: RuleNumbers, skip: Any, out: Outputs, first: int, last: int
) -> None:
    """Fill the outputs of accounts ``[first, last)``, but for those marked in ``skip``."""
    limit = rule.as_of + rule.due_date_counts
    has_reversed = len(book.reversed_day) > 0
    has_suspensions = len(book.susp_start) > 0
    skips = len(skip) > 0
    for account in range(first, last):
        if skips and skip[account]:
            continue
        start = book.inst_offsets[account]
        end = book.inst_offsets[account + 1]
        due = book.due[start:end]
        late = _count_before(due, limit)
        principal = book.principal[start : start + late]
        interest = book.interest[start : start + late]
        fees = book.fees[start : start + late]
        owed = _sum_due(principal) + _sum_due(interest) + _sum_due(fees)
        pay_start = book.pay_offsets[account]
        pay_end = book.pay_offsets[account + 1]
        if rule.known != NONE_DAY:
            paid = _sum_paid_known(book, pay_start, pay_end, rule)
        elif has_reversed:
            paid = sum_paid_unreversed(
                book.amount[pay_start:pay_end],
                book.value_day[pay_start:pay_end],
                book.reversed_day[pay_start:pay_end],
                rule.as_of,
                rule.reversal_cut,
            )
        else:
            paid = _sum_paid(
                book.amount[pay_start:pay_end], book.value_day[pay_start:pay_end], rule.as_of
            )
        deficit = owed - paid
        deficit = max(deficit, 0)
        oldest = -1
        if deficit > 0 and not (rule.tolerance_by_account and deficit <= rule.tolerance):
            tolerance = 0 if rule.tolerance_by_account else rule.tolerance
            oldest = _oldest_unsettled(principal, interest, fees, late, deficit, tolerance)
        raw = 0
        delinquent = 0
        oldest_due = NONE_DAY
        if oldest >= 0:
            oldest_due = due[oldest]
            raw = _late_days(oldest_due, rule.as_of, rule.due_date_counts)
            suspended = 0
            if has_suspensions:
                susp_start = book.susp_offsets[account]
                susp_end = book.susp_offsets[account + 1]
                if susp_end > susp_start:
                    suspended = suspended_days(
                        book.susp_start[susp_start:susp_end],
                        book.susp_end[susp_start:susp_end],
                        book.susp_recorded[susp_start:susp_end],
                        oldest_due,
                        limit,
                        rule.known,
                    )
            delinquent = _net_of_grace(raw - suspended, rule.grace, rule.grace_is_trigger)
        out.days_past_due[account] = raw
        out.delinquent_days[account] = delinquent
        out.arrears[account] = deficit
        out.oldest_due[account] = oldest_due
        out.bucket[account] = bucket_of(
            rule.bucket_first_days, raw if rule.reads_raw else delinquent
        )
