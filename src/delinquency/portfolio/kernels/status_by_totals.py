"""The figures of accounts through time where totals decide, and the states that rules make of them.

The one idea: where the oldest instalment is always emptied first, what fell due and what was paid are the
whole ledger. While something is in arrears, all that is due and unpaid, and the principal that is not due,
are the exposure.
"""

from __future__ import annotations

from typing import Any

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import counts_payment
from delinquency.portfolio.kernels.compiler import compiled
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers
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

__all__ = ["status_by_totals"]


@compiled
def status_by_totals(
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
    """As :func:`~delinquency.portfolio.kernels.status_by_prefixes.status_by_prefixes`, without tolerance."""
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
        principal_to_come = 0
        if run.needs_exposure:
            for row in range(inst, inst_end):
                principal_to_come += book.principal[row]
        oldest = inst
        late_to = inst
        due_to = inst
        owed_before = 0
        owed_late = 0
        owed = 0
        paid = 0
        arrears = 0
        material = 0
        quiet_until = NEVER
        day = begun
        while day <= run.last:
            calm_until = judged
            if day >= judged and scratch.nought[0]:
                calm_until = quiet_until
            calm_until = min(calm_until, run.last + 1)
            if arrears == 0 and day < calm_until:
                # Debts that are paid before they are late change nothing while nothing else is asked.
                since = day
                day = calm_until
                while late_to < inst_end:
                    late_from = book.due[late_to] + 1 - rule.due_date_counts
                    if late_from >= calm_until:
                        break
                    while payment < payment_end and book.value_day[payment] <= late_from:
                        if counts_payment(book, payment, rule):
                            paid += book.amount[payment]
                        payment += 1
                    amount = book.principal[late_to] + book.interest[late_to] + book.fees[late_to]
                    if owed_late + amount > paid:
                        day = max(since, late_from)
                        break
                    owed_late += amount
                    if late_to == due_to:
                        owed += amount
                        principal_to_come -= book.principal[late_to]
                        due_to += 1
                    late_to += 1
                if day > run.last:
                    break
            while payment < payment_end and book.value_day[payment] <= day:
                if counts_payment(book, payment, rule):
                    paid += book.amount[payment]
                payment += 1
            while due_to < inst_end and book.due[due_to] <= day:
                owed += book.principal[due_to] + book.interest[due_to] + book.fees[due_to]
                principal_to_come -= book.principal[due_to]
                due_to += 1
            limit = day + rule.due_date_counts
            while late_to < due_to and book.due[late_to] < limit:
                owed_late += book.principal[late_to] + book.interest[late_to] + book.fees[late_to]
                late_to += 1
            end = min(run.last + 1, next_edge(book, scratch, account, day))
            if payment < payment_end:
                end = min(end, book.value_day[payment])
            if due_to < inst_end:
                end = min(end, book.due[due_to])
            arrears = max(0, owed_late - paid)
            unpaid = max(0, owed - paid)
            if unpaid > arrears:
                # What is due today and unpaid is late from tomorrow on.
                end = min(end, day + 1)
            oldest_due = NONE_DAY
            newest_due = NEVER
            exposure = 0
            if arrears > 0:
                amount = book.principal[oldest] + book.interest[oldest] + book.fees[oldest]
                while owed_before + amount <= paid:
                    owed_before += amount
                    oldest += 1
                    amount = book.principal[oldest] + book.interest[oldest] + book.fees[oldest]
                oldest_due = book.due[oldest]
                newest = late_to - 1
                while book.principal[newest] + book.interest[newest] + book.fees[newest] == 0:
                    newest -= 1
                newest_due = book.due[newest]
                exposure = unpaid + principal_to_come
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
