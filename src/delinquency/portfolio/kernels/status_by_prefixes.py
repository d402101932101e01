"""The figures of accounts through time by prefixes of their columns, and the states that rules make of them.

The one idea: the ledger of :mod:`delinquency.portfolio.kernels.prefixes` moves forward from one day of change
to the next; between two of them amounts stand still and days grow by one, so that rules are asked of a
stretch and never of a day.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import late_days, net_of_grace, suspended_days
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers
from delinquency.portfolio.kernels.prefixes import advance, begin, open_counted, rows_due_by
from delinquency.portfolio.kernels.status_fold import all_best, ask, tell, unknown_worse
from delinquency.portfolio.kernels.status_layout import (
    MATERIAL,
    NO_RULE,
    ChangeRows,
    FactArrays,
    MachineNumbers,
    StatusMemory,
    StatusRun,
    StatusScratch,
)
from delinquency.portfolio.kernels.status_truths import choose_live

__all__ = ["status_by_prefixes"]

NEVER = -NONE_DAY
DAYS_PAST_DUE, DELINQUENT, ARREARS, EXPOSURE = 0, 1, 3, 4


@inlined
def _next_edge(book: BookArrays, account: int, day: int) -> int:
    """The next day on which a suspension may change how days are counted."""
    edge = NONE_DAY
    if len(book.susp_start) > 0:
        for row in range(book.susp_offsets[account], book.susp_offsets[account + 1]):
            for end in (book.susp_start[row], book.susp_end[row]):
                if end - 1 > day:
                    edge = min(edge, end - 1)
                elif end > day:
                    edge = min(edge, end)
    return int(edge)


@inlined
def _suspended(book: BookArrays, account: int, rule: RuleNumbers, start: int, end: int) -> int:
    """Days of ``[start, end)`` on which counting was suspended, as it is known [days]."""
    if len(book.susp_start) == 0:
        return 0
    first = book.susp_offsets[account]
    last = book.susp_offsets[account + 1]
    if first == last:
        return 0
    return int(
        suspended_days(
            book.susp_start[first:last],
            book.susp_end[first:last],
            book.susp_recorded[first:last],
            start,
            end,
            rule.known,
        )
    )


@inlined
def _count_days(
    book: BookArrays,
    account: int,
    rule: RuleNumbers,
    scratch: StatusScratch,
    oldest_due: int,
    day: int,
    end: int,
) -> int:
    """Fill in days past due and delinquent days from ``day`` on; the day on which their lines bend."""
    value, growth = scratch.value, scratch.growth
    for figure in (DAYS_PAST_DUE, DELINQUENT):
        value[figure] = 0
        growth[figure] = 0
    raw = late_days(oldest_due, day, rule.due_date_counts)
    if raw == 0:
        return end
    limit = day + rule.due_date_counts
    counted = raw - _suspended(book, account, rule, oldest_due, limit)
    value[DAYS_PAST_DUE] = raw
    growth[DAYS_PAST_DUE] = 1
    value[DELINQUENT] = net_of_grace(counted, rule.grace, rule.grace_is_trigger)
    grows = 1 - _suspended(book, account, rule, limit, limit + 1)
    if grows > 0 and counted > rule.grace:
        growth[DELINQUENT] = 1
    elif grows > 0:
        return int(min(end, day + rule.grace + 1 - counted))
    return end


@inlined
def _exposure(book: BookArrays, scratch: StatusScratch, end: int, due_to: int, later: int) -> int:
    """Open principal, and interest and fees of the rows before ``due_to``; ``later`` is whole principal."""
    place, rest = scratch.place, scratch.rest
    total = later
    if place[0] < end:
        total += rest[0]
    if place[1] < due_to:
        total += rest[1]
        for row in range(place[1] + 1, due_to):
            total += book.interest[row]
    if place[2] < due_to:
        total += rest[2]
        for row in range(place[2] + 1, due_to):
            total += book.fees[row]
    return int(total)


@inlined
def _load(
    memory: StatusMemory, scratch: StatusScratch, rules: MachineNumbers, row: int, day: int
) -> None:
    """Take up what is remembered of an account, or begin with the best states."""
    begun = memory.begun[row]
    for machine in range(rules.machines):
        scratch.told[machine] = -1
        scratch.state[machine] = 0
        scratch.entered[machine] = day
        if begun:
            scratch.state[machine] = memory.state[row * rules.machines + machine]
            scratch.entered[machine] = memory.entered[row * rules.machines + machine]
    width = rules.machines * rules.widest
    for index in range(width):
        scratch.last_trigger[index] = NEVER
        if begun:
            scratch.last_trigger[index] = memory.last_trigger[row * width + index]


@inlined
def _keep(
    memory: StatusMemory,
    scratch: StatusScratch,
    rules: MachineNumbers,
    row: int,
    cleared: int,
    last_miss: int,
    is_last: int,
) -> None:
    """Remember an account for the next version."""
    memory.begun[row] = 1
    memory.cleared[row] = cleared
    memory.last_miss[row] = last_miss
    for machine in range(rules.machines):
        index = row * rules.machines + machine
        memory.state[index] = scratch.state[machine]
        memory.entered[index] = scratch.entered[machine]
        if is_last:
            memory.unknown[index] = unknown_worse(rules, scratch, machine)
    width = rules.machines * rules.widest
    for index in range(width):
        memory.last_trigger[row * width + index] = scratch.last_trigger[index]


@compiled
def status_by_prefixes(
    book: BookArrays,
    rule: RuleNumbers,
    run: StatusRun,
    rules: MachineNumbers,
    facts: FactArrays,
    skip: Any,
    memory: StatusMemory,
    scratch: StatusScratch,
    rows: ChangeRows,
    block: int,
    first: int,
    last: int,
) -> int:
    """Tell the changes of the accounts ``[first, last)`` that are not skipped, under one version.

    ``block`` is the account of the first row of the memory. The first account for whose changes there were
    not rows enough, as if it had not been looked at; ``last`` if all are told.
    """
    place, rest, value, growth = scratch.place, scratch.rest, scratch.value, scratch.growth
    by_account = rule.tolerance_by_account
    tolerance = 0 if by_account else rule.tolerance
    for account in range(first, last):
        begun = book.originated[account]
        judged = max(begun, run.begins)
        if skip[account] or judged > run.last:
            continue
        used = rows.used[0]
        _load(memory, scratch, rules, account - block, judged)
        choose_live(rules, facts, scratch, account)
        cleared = NONE_DAY
        last_miss = NEVER
        if memory.begun[account - block]:
            cleared = memory.cleared[account - block]
            last_miss = memory.last_miss[account - block]
        else:
            for machine in range(rules.machines):
                tell(rows, scratch, account, machine, judged, 0, NO_RULE)
        inst = book.inst_offsets[account]
        inst_end = book.inst_offsets[account + 1]
        payment = book.pay_offsets[account]
        payment_end = book.pay_offsets[account + 1]
        begin(book, inst, inst_end, place, rest)
        later = 0
        if run.needs_exposure:
            for row in range(inst + 1, inst_end):
                later += book.principal[row]
        settled_to = inst
        due_to = inst
        moved_to = inst
        held = 0
        material = 0
        quiet_until = NEVER
        day = begun
        while day <= run.last:
            payment, moved_to, held = advance(
                book, account, rule, place, rest, payment, moved_to, held, day
            )
            due_to = rows_due_by(book, due_to, inst_end, day)
            end = run.last + 1
            if payment < payment_end:
                end = min(end, book.value_day[payment])
            if due_to < inst_end:
                end = min(end, book.due[due_to])
            end = min(end, _next_edge(book, account, day))

            limit = day + rule.due_date_counts
            row = inst_end
            for column in range(3):
                if rule.counted[column]:
                    row = min(row, place[column])
            arrears = 0
            unpaid = 0
            oldest_due = NONE_DAY
            newest_due = NEVER
            while row < due_to:
                amount = open_counted(book, rule, place, rest, row)
                unpaid += amount
                due = book.due[row]
                if due < limit:
                    arrears += amount
                    if amount > tolerance:
                        oldest_due = min(oldest_due, due)
                        newest_due = due
                row += 1
            if unpaid > arrears:
                # What is due today and unpaid is late from tomorrow on.
                end = min(end, day + 1)
            if by_account and arrears <= rule.tolerance:
                oldest_due = NONE_DAY
                newest_due = NEVER
            value[ARREARS] = arrears
            growth[ARREARS] = 0
            value[EXPOSURE] = 0
            growth[EXPOSURE] = 0
            if run.needs_exposure:
                while settled_to < place[0]:
                    settled_to += 1
                    if settled_to < inst_end:
                        later -= book.principal[settled_to]
                value[EXPOSURE] = _exposure(book, scratch, inst_end, due_to, later)
            end = _count_days(book, account, rule, scratch, oldest_due, day, end)
            grows = 0
            if (
                not run.has_materiality
                or arrears <= run.material_amount
                or arrears * run.material_denominator <= value[EXPOSURE] * run.material_numerator
            ):
                material = 0
            elif _suspended(book, account, rule, day, day + 1) == 0:
                grows = 1
                material += 1
            if end > judged:
                start = max(day, judged)
                value[DAYS_PAST_DUE] += growth[DAYS_PAST_DUE] * (start - day)
                value[DELINQUENT] += growth[DELINQUENT] * (start - day)
                value[MATERIAL] = material + grows * (start - day)
                growth[MATERIAL] = grows
                last_miss = max(last_miss, newest_due)
                if arrears > 0:
                    cleared = NONE_DAY
                elif cleared == NONE_DAY:
                    cleared = start
                asked = start
                if arrears == 0 and quiet_until > start:
                    # Nothing is late, as before: the answers stand.
                    asked = min(quiet_until, end)
                while asked < end:
                    until = ask(
                        book,
                        rules,
                        facts,
                        scratch,
                        rows,
                        account,
                        start,
                        end,
                        asked,
                        unpaid,
                        cleared,
                        last_miss,
                    )
                    quiet_until = NEVER
                    if run.is_quiet_without_arrears and arrears == 0 and all_best(rules, scratch):
                        quiet_until = until
                    asked = min(until, end)
            material += grows * (end - day - 1)
            day = end
        if rows.used[0] > len(rows.day):
            rows.used[0] = used
            return account
        memory.material[account - block] = material
        _keep(memory, scratch, rules, account - block, cleared, last_miss, run.is_last)
    return last
