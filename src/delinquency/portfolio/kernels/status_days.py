"""A stretch of days of one account: its counts, what it remembers, and the states that rules make of it.

The one idea: whatever ledger found the amounts of a close, from there on every account is treated alike.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.answer import late_days, net_of_grace, suspended_days
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import BookArrays, RuleNumbers
from delinquency.portfolio.kernels.status_answers import tell
from delinquency.portfolio.kernels.status_fold import ask, stands_until, unknown_worse_at_close
from delinquency.portfolio.kernels.status_layout import (
    ARREARS,
    DAYS_PAST_DUE,
    DELINQUENT,
    EXPOSURE,
    MATERIAL,
    NO_RULE,
    ChangeRows,
    FactArrays,
    MachineNumbers,
    StatusMemory,
    StatusRun,
    StatusScratch,
)
from delinquency.portfolio.kernels.status_live import choose_live

__all__ = ["NEVER", "begin_account", "keep_account", "live_stretch", "next_edge"]

NEVER = -NONE_DAY


@inlined
def next_edge(book: BookArrays, scratch: StatusScratch, account: int, day: int) -> int:
    """The next day on which a suspension may change how days are counted."""
    edge = NONE_DAY
    if scratch.pauses[0]:
        for row in range(book.susp_offsets[account], book.susp_offsets[account + 1]):
            for end in (book.susp_start[row], book.susp_end[row]):
                if end - 1 > day:
                    edge = min(edge, end - 1)
                elif end > day:
                    edge = min(edge, end)
    return int(edge)


@inlined
def _suspended(
    book: BookArrays, scratch: StatusScratch, account: int, rule: RuleNumbers, start: int, end: int
) -> int:
    """Days of ``[start, end)`` on which counting was suspended, as it is known [days]."""
    if not scratch.pauses[0]:
        return 0
    first = book.susp_offsets[account]
    last = book.susp_offsets[account + 1]
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
    counted = raw - _suspended(book, scratch, account, rule, oldest_due, limit)
    value[DAYS_PAST_DUE] = raw
    growth[DAYS_PAST_DUE] = 1
    value[DELINQUENT] = net_of_grace(counted, rule.grace, rule.grace_is_trigger)
    grows = 1 - _suspended(book, scratch, account, rule, limit, limit + 1)
    if grows > 0 and counted > rule.grace:
        growth[DELINQUENT] = 1
    elif grows > 0:
        return int(min(end, day + rule.grace + 1 - counted))
    return end


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
def keep_account(
    run: StatusRun,
    rules: MachineNumbers,
    memory: StatusMemory,
    scratch: StatusScratch,
    row: int,
    material: int,
    cleared: int,
    last_miss: int,
) -> None:
    """Remember an account for the next version, or for the answer."""
    memory.material[row] = material
    if run.is_last:
        for machine in range(rules.machines):
            index = row * rules.machines + machine
            memory.unknown[index] = unknown_worse_at_close(rules, scratch, machine)
        return
    memory.begun[row] = 1
    memory.cleared[row] = cleared
    memory.last_miss[row] = last_miss
    for index in range(rules.machines * rules.widest):
        if scratch.held[index]:
            scratch.last_trigger[index] = run.last
    for machine in range(rules.machines):
        index = row * rules.machines + machine
        memory.state[index] = scratch.state[machine]
        memory.entered[index] = scratch.entered[machine]
    width = rules.machines * rules.widest
    for index in range(width):
        memory.last_trigger[row * width + index] = scratch.last_trigger[index]


@inlined
def _fact_rows(facts: FactArrays, account: int) -> int:
    """How many findings, reported figures and restructurings an account has."""
    rows = 0
    if len(facts.finding_kind) > 0:
        rows += facts.finding_offsets[account + 1] - facts.finding_offsets[account]
    if len(facts.figure_name) > 0:
        rows += facts.figure_offsets[account + 1] - facts.figure_offsets[account]
    if len(facts.change_day) > 0:
        rows += facts.change_offsets[account + 1] - facts.change_offsets[account]
    return int(rows)


@inlined
def begin_account(
    book: BookArrays,
    rules: MachineNumbers,
    facts: FactArrays,
    memory: StatusMemory,
    scratch: StatusScratch,
    rows: ChangeRows,
    account: int,
    row: int,
    day: int,
) -> tuple[int, int]:
    """Take an account up where the version before left it, or begin it.

    Gives since when nothing is in arrears, and the newest debt that was late.
    """
    for index in range(rules.machines * rules.widest):
        scratch.held[index] = 0
    scratch.holds[0] = 0
    scratch.pauses[0] = 0
    if len(book.susp_start) > 0:
        scratch.pauses[0] = book.susp_offsets[account + 1] - book.susp_offsets[account]
    scratch.has_facts[0] = _fact_rows(facts, account)
    _load(memory, scratch, rules, row, day)
    choose_live(rules, facts, scratch, account)
    if memory.begun[row]:
        return memory.cleared[row], memory.last_miss[row]
    for machine in range(rules.machines):
        tell(rows, scratch, account, machine, day, 0, NO_RULE)
    return NONE_DAY, NEVER


@inlined
def live_stretch(
    book: BookArrays,
    rule: RuleNumbers,
    run: StatusRun,
    rules: MachineNumbers,
    facts: FactArrays,
    scratch: StatusScratch,
    rows: ChangeRows,
    account: int,
    judged: int,
    day: int,
    end: int,
    arrears: int,
    exposure: int,
    unpaid: int,
    oldest_due: int,
    newest_due: int,
    material: int,
    cleared: int,
    last_miss: int,
    quiet_until: int,
) -> tuple[int, int, int, int, int]:
    """Judge the days from ``day`` on whose amounts are those of its close, at most until ``end``.

    Gives the day on which to go on, and material days, clearing, the last miss, and until when the answers
    stand while figures stay between their numbers.
    """
    if arrears == 0 and scratch.nought[0] and day >= judged and end <= quiet_until:
        return end, 0, min(cleared, day), last_miss, quiet_until
    value, growth = scratch.value, scratch.growth
    value[ARREARS] = arrears
    growth[ARREARS] = 0
    value[EXPOSURE] = exposure
    growth[EXPOSURE] = 0
    end = _count_days(book, account, rule, scratch, oldest_due, day, end)
    grows = 0
    if (
        not run.has_materiality
        or arrears <= run.material_amount
        or arrears * run.material_denominator <= exposure * run.material_numerator
    ):
        material = 0
    elif _suspended(book, scratch, account, rule, day, day + 1) == 0:
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
        if quiet_until > start:
            asked = stands_until(rules, scratch, start, start, min(quiet_until, end))
        while asked < end:
            day_asked = asked
            quiet_until = ask(
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
            asked = stands_until(rules, scratch, start, day_asked, min(quiet_until, end))
    material += grows * (end - day - 1)
    return end, material, cleared, last_miss, quiet_until
