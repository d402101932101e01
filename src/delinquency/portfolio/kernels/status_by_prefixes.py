"""The figures of accounts through time by prefixes of their columns, and the states that rules make of them.

The one idea: the ledger of :mod:`delinquency.portfolio.kernels.prefixes` moves forward from one day of change
to the next; between two of them amounts stand still and days grow by one, so that rules are asked of a
stretch and never of a day.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import compiled, inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers
from delinquency.portfolio.kernels.prefixes import advance, begin, open_counted, rows_due_by
from delinquency.portfolio.kernels.status_days import (
    NEVER,
    begin_account,
    keep_account,
    live_stretch,
    next_edge,
)
from delinquency.portfolio.kernels.status_layout import (
    ChangeRows,
    FactArrays,
    MachineNumbers,
    StatusMemory,
    StatusRun,
    StatusScratch,
)

__all__ = ["status_by_prefixes"]


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
    place, rest = scratch.place, scratch.rest
    by_account = rule.tolerance_by_account
    tolerance = 0 if by_account else rule.tolerance
    for account in range(first, last):
        begun = book.originated[account]
        judged = max(begun, run.begins)
        if skip[account] or judged > run.last:
            continue
        used = rows.used[0]
        cleared, last_miss = begin_account(
            book, rules, facts, memory, scratch, rows, account, account - block, judged
        )
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
            end = min(run.last + 1, next_edge(book, scratch, account, day))
            if payment < payment_end:
                end = min(end, book.value_day[payment])
            if due_to < inst_end:
                end = min(end, book.due[due_to])
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
            exposure = 0
            if run.asks_exposure or (run.needs_exposure and arrears > run.material_amount):
                while settled_to < place[0]:
                    settled_to += 1
                    if settled_to < inst_end:
                        later -= book.principal[settled_to]
                exposure = _exposure(book, scratch, inst_end, due_to, later)
            day, material, cleared, last_miss, quiet_until = live_stretch(
                book,
                rule,
                run,
                rules,
                facts,
                scratch,
                rows,
                account,
                judged,
                day,
                end,
                arrears,
                exposure,
                unpaid,
                oldest_due,
                newest_due,
                material,
                cleared,
                last_miss,
                quiet_until,
            )
        if rows.used[0] > len(rows.day):
            rows.used[0] = used
            return account
        keep_account(run, rules, memory, scratch, account - block, material, cleared, last_miss)
    return last
