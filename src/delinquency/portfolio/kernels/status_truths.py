"""Whether conditions of status hold at the close of a day, in a compiled loop, and when they next may change.

The one idea: as :mod:`delinquency.status.evaluating`, on whole numbers. A figure that must be over, under or
at a number is one that must lie between two; what grows by a day can be asked on which day it gets there.
"""

from __future__ import annotations

from delinquency import civil_days
from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import called, inlined
from delinquency.portfolio.kernels.layout import BookArrays
from delinquency.portfolio.kernels.status_layout import (
    ARREARS,
    CLEARING,
    DUE_AFTER,
    ELAPSED,
    ENTERING,
    FIGURE,
    FOUND,
    FOUND_FROM,
    GRACE_END,
    LAST_MISSED,
    LAST_TRIGGER,
    MONTHS,
    NO,
    NOBODY_KNOWS,
    PERIODS,
    REPORTED,
    RESTRUCTURED,
    RESTRUCTURING,
    SEGMENT,
    STATE,
    YES,
    FactArrays,
    MachineNumbers,
    StatusScratch,
)
from delinquency.portfolio.kernels.status_live import is_of_segment

__all__ = ["next_fact", "truth_and_bend"]

_add_months = called(civil_days.add_months_day)

NEVER = -NONE_DAY


@inlined
def next_fact(facts: FactArrays, account: int, day: int) -> int:
    """The next day on which a fact begins or ends; a restructuring is over on the day after."""
    found = NONE_DAY
    if len(facts.finding_kind) > 0:
        for row in range(facts.finding_offsets[account], facts.finding_offsets[account + 1]):
            if facts.finding_start[row] > day:
                found = min(found, facts.finding_start[row])
            elif facts.finding_end[row] > day:
                found = min(found, facts.finding_end[row])
    if len(facts.figure_name) > 0:
        for row in range(facts.figure_offsets[account], facts.figure_offsets[account + 1]):
            if facts.figure_day[row] > day:
                found = min(found, facts.figure_day[row])
                break
    if len(facts.change_day) > 0:
        for row in range(facts.change_offsets[account], facts.change_offsets[account + 1]):
            if facts.change_day[row] >= day:
                found = min(found, facts.change_day[row] + (facts.change_day[row] == day))
                break
    return int(found)


@inlined
def _finding_on(facts: FactArrays, account: int, kind: int, day: int) -> int:
    """Since which day a finding holds at the close of a day; 2**31 - 1 if it does not."""
    if len(facts.finding_kind) > 0:
        for row in range(facts.finding_offsets[account], facts.finding_offsets[account + 1]):
            if facts.finding_kind[row] == kind and (
                facts.finding_start[row] <= day < facts.finding_end[row]
            ):
                return int(facts.finding_start[row])
    return NONE_DAY


@inlined
def _figure_on(facts: FactArrays, account: int, name: int, day: int) -> int:
    """The row of the figure reported last by a day; -1 where none was."""
    found = -1
    if len(facts.figure_name) > 0:
        for row in range(facts.figure_offsets[account], facts.figure_offsets[account + 1]):
            if facts.figure_day[row] > day:
                break
            if facts.figure_name[row] == name:
                found = row
    return found


@inlined
def _last_change(facts: FactArrays, account: int, day: int) -> int:
    """The row of the last restructuring on or before a day; -1 where there was none."""
    found = -1
    if len(facts.change_day) > 0:
        for row in range(facts.change_offsets[account], facts.change_offsets[account + 1]):
            if facts.change_day[row] <= day:
                found = row
    return found


@inlined
def _compared(operator: int, left: int, right: int) -> int:
    if operator == 0:
        return YES if left > right else NO
    if operator == 1:
        return YES if left >= right else NO
    if operator == 2:
        return YES if left < right else NO
    if operator == 3:
        return YES if left <= right else NO
    return YES if left == right else NO


@inlined
def _anchor_day(
    facts: FactArrays,
    scratch: StatusScratch,
    account: int,
    machine: int,
    widest: int,
    anchor: int,
    day: int,
    cleared: int,
    last_miss: int,
) -> int:
    """The day of an anchor; 1 - 2**31 where what it speaks of has not happened, or does not last."""
    found = NEVER
    if anchor >= FOUND_FROM:
        start = _finding_on(facts, account, anchor - FOUND_FROM, day)
        found = NEVER if start == NONE_DAY else start
    elif anchor == ENTERING:
        found = scratch.entered[machine]
    elif anchor == LAST_TRIGGER:
        for state in range(scratch.state[machine], widest):
            found = max(found, scratch.last_trigger[machine * widest + state])
        if found != NEVER:
            found += 1
    elif anchor == CLEARING:
        found = NEVER if cleared == NONE_DAY else cleared
    elif anchor == LAST_MISSED:
        found = last_miss
    else:
        row = _last_change(facts, account, day)
        if row >= 0:
            if anchor == RESTRUCTURING:
                found = facts.change_day[row]
            elif anchor == DUE_AFTER:
                found = facts.change_first_due[row]
            elif anchor == GRACE_END:
                found = facts.change_grace_until[row]
    return int(found)


@inlined
def _latest(
    rules: MachineNumbers,
    facts: FactArrays,
    scratch: StatusScratch,
    account: int,
    machine: int,
    condition: int,
    day: int,
    cleared: int,
    last_miss: int,
) -> int:
    """The latest of the anchors of a condition; 1 - 2**31 if nothing has begun."""
    latest = NEVER
    for row in range(rules.anchors[condition], rules.anchors[condition + 1]):
        anchor = rules.anchor[row]
        found = _anchor_day(
            facts, scratch, account, machine, rules.widest, anchor, day, cleared, last_miss
        )
        if found == NEVER and (anchor == CLEARING or anchor >= FOUND_FROM):
            return NEVER
        latest = max(latest, found)
    return int(latest)


@inlined
def _paid_periods(book: BookArrays, account: int, start: int, day: int, unpaid: int) -> int:
    """Due days after ``start`` up to ``day``, each once; the day itself if nothing due is unpaid."""
    paid = 0
    counted = NEVER
    for row in range(book.inst_offsets[account], book.inst_offsets[account + 1]):
        due = book.due[row]
        if due > day:
            break
        if due <= start or due == counted or (due == day and unpaid > 0):
            continue
        if book.principal[row] + book.interest[row] + book.fees[row] > 0:
            paid += 1
            counted = due
    return paid


@inlined
def truth_and_bend(
    book: BookArrays,
    rules: MachineNumbers,
    facts: FactArrays,
    scratch: StatusScratch,
    account: int,
    machine: int,
    condition: int,
    start: int,
    day: int,
    unpaid: int,
    cleared: int,
    last_miss: int,
) -> tuple[int, int]:
    """Whether a condition holds at the close of a day of the stretch from ``start``; when it may change.

    The day on which time alone may change it; a figure says between which numbers its answer stands.
    """
    kind = rules.kind[condition]
    which = rules.which[condition]
    low = rules.low[condition]
    high = rules.high[condition]
    truth = NO
    bend = NONE_DAY
    if kind == FIGURE:
        value = scratch.value[which] + scratch.growth[which] * (day - start)
        if value < low:
            scratch.most[which] = min(scratch.most[which], low - 1)
        elif value > high:
            scratch.least[which] = max(scratch.least[which], high + 1)
        else:
            truth = YES
            scratch.least[which] = max(scratch.least[which], low)
            scratch.most[which] = min(scratch.most[which], high)
    elif kind == REPORTED:
        row = _figure_on(facts, account, which, day)
        truth = NOBODY_KNOWS
        if row >= 0:
            truth = _compared(
                rules.operator[condition],
                facts.figure_numerator[row] * high,
                low * facts.figure_denominator[row],
            )
    elif kind == FOUND:
        found = _finding_on(facts, account, which, day)
        truth = YES if (found != NONE_DAY) == (low != 0) else NO
        if truth == YES and rules.anchors[condition] < rules.anchors[condition + 1]:
            latest = _latest(
                rules, facts, scratch, account, machine, condition, day, cleared, last_miss
            )
            truth = YES if NEVER < latest < found else NO
    elif kind == RESTRUCTURED:
        row = _last_change(facts, account, day)
        if row >= 0 and facts.change_day[row] == day:
            truth = YES
            if high > 0:
                given = facts.change_numerator[row]
                truth = _compared(0, given * high, low * facts.change_denominator[row])
                if given < 0:
                    truth = NOBODY_KNOWS
    elif kind == SEGMENT:
        truth = YES if is_of_segment(facts, account, which) else NO
    elif kind == STATE:
        truth = YES if (low >> scratch.state[which]) & 1 else NO
    elif kind in (ELAPSED, PERIODS):
        latest = _latest(
            rules, facts, scratch, account, machine, condition, day, cleared, last_miss
        )
        if kind == PERIODS:
            if latest != NEVER and scratch.value[ARREARS] == 0:
                truth = YES if _paid_periods(book, account, latest, day, unpaid) >= low else NO
        elif latest != NEVER:
            ends = _add_months(latest, low) if which == MONTHS else latest + low
            truth = YES if ends <= day else NO
            if ends > day:
                bend = ends
    return int(truth), int(bend)
