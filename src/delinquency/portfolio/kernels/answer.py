"""From arrears and the oldest due day to the row that is told: the same end for every sweep."""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.counting import formulas
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import BookArrays, Outputs, RuleNumbers

__all__ = [
    "bucket_of",
    "counts_at",
    "counts_payment",
    "delinquent_after",
    "delinquent_known",
    "fill_row",
    "late_days",
    "net_of_grace",
    "recorded_day",
]

late_days = inlined(formulas.late_days)
_shared_days = inlined(formulas.shared_days)
net_of_grace = inlined(formulas.net_of_grace)


@inlined
def recorded_day(book: BookArrays, row: int) -> int:
    """The day on which a payment was known: its value day, where no other is told."""
    if len(book.recorded) > 0 and book.recorded[row] != NONE_DAY:
        return int(book.recorded[row])
    return int(book.value_day[row])


@inlined
def counts_at(book: BookArrays, row: int, known: int, cut: int) -> bool:
    """:func:`counts_payment` at a cut of its own."""
    if recorded_day(book, row) > known:
        return False
    return not (len(book.reversed_day) > 0 and book.reversed_day[row] <= cut)


@inlined
def counts_payment(book: BookArrays, row: int, rule: RuleNumbers) -> bool:
    """Whether a payment was known by the cut and not yet taken back; its value day is not looked at."""
    return counts_at(book, row, rule.known, rule.reversal_cut)


@inlined
def bucket_of(first_days: Any, days: int) -> int:
    """The position of the bucket that contains ``days``."""
    position = 0
    for index in range(1, len(first_days)):
        if days >= first_days[index]:
            position = index
    return position


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
def delinquent_after(
    book: BookArrays, account: int, rule: RuleNumbers, due: int, end: int, raw: int
) -> int:
    """The ``raw`` late days ``[due, end)`` less suspension less grace [days]."""
    return delinquent_known(book, account, rule, due, end, raw, rule.known)


@inlined
def delinquent_known(
    book: BookArrays, account: int, rule: RuleNumbers, due: int, end: int, raw: int, known: int
) -> int:
    """:func:`delinquent_after` at a cut of its own."""
    suspended = 0
    if len(book.susp_start) > 0:
        first = book.susp_offsets[account]
        last = book.susp_offsets[account + 1]
        if last > first:
            suspended = suspended_days(
                book.susp_start[first:last],
                book.susp_end[first:last],
                book.susp_recorded[first:last],
                due,
                end,
                known,
            )
    return int(net_of_grace(raw - suspended, rule.grace, rule.grace_is_trigger))


@inlined
def fill_row(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    out: Outputs,
    arrears: int,
    oldest_due: int,
    least_raw: int,
    least_delinquent: int,
) -> None:
    """Tell an account's row; the carried days of a frozen count are the least it can have."""
    raw = least_raw
    delinquent = least_delinquent
    if oldest_due != NONE_DAY:
        days = late_days(oldest_due, rule.as_of, rule.due_date_counts)
        end = rule.as_of + rule.due_date_counts
        raw = max(raw, days)
        delinquent = max(delinquent, delinquent_after(book, account, rule, oldest_due, end, days))
    out.days_past_due[account] = raw
    out.delinquent_days[account] = delinquent
    out.arrears[account] = arrears
    out.oldest_due[account] = oldest_due
    position = 0
    if raw > 0:
        position = bucket_of(rule.bucket_first_days, raw if rule.reads_raw else delinquent)
    out.bucket[account] = position
