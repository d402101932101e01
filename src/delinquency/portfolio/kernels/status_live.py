"""Which rules of status may ever hold of an account: most need a fact that most accounts never have.

The one idea: what no day can change is answered once for an account, and for all that are like it.
"""

from __future__ import annotations

from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.status_layout import (
    FOUND,
    NO,
    RESTRUCTURED,
    SEGMENT,
    YES,
    FactArrays,
    MachineNumbers,
    StatusScratch,
)

__all__ = ["choose_live", "is_of_segment"]


@inlined
def _was_ever_found(facts: FactArrays, account: int, kind: int) -> bool:
    if len(facts.finding_kind) > 0:
        for row in range(facts.finding_offsets[account], facts.finding_offsets[account + 1]):
            if facts.finding_kind[row] == kind:
                return True
    return False


@inlined
def is_of_segment(facts: FactArrays, account: int, segment: int) -> bool:
    """Whether an account is of a segment, by its place; who says nothing is retail."""
    own = 0
    if len(facts.segment) > 0:
        own = facts.segment[account]
    return own == segment


@inlined
def _settle_truth(
    rules: MachineNumbers, facts: FactArrays, scratch: StatusScratch, account: int, condition: int
) -> bool:
    """Answer a condition for good where no day changes it; whether it may hold on some day."""
    kind = rules.kind[condition]
    which = rules.which[condition]
    is_settled = False
    holds = True
    if kind == FOUND:
        is_settled = not _was_ever_found(facts, account, which)
        holds = rules.low[condition] == 0 or not is_settled
    elif kind == SEGMENT:
        is_settled = True
        holds = is_of_segment(facts, account, which)
    elif kind == RESTRUCTURED:
        is_settled = len(facts.change_day) == 0 or (
            facts.change_offsets[account + 1] == facts.change_offsets[account]
        )
        holds = not is_settled
    scratch.is_settled[condition] = is_settled
    scratch.truth[condition] = YES if holds else NO
    return holds


@inlined
def _has_no_facts(facts: FactArrays, account: int) -> bool:
    rows = 0
    if len(facts.finding_kind) > 0:
        rows += facts.finding_offsets[account + 1] - facts.finding_offsets[account]
    if len(facts.change_day) > 0:
        rows += facts.change_offsets[account + 1] - facts.change_offsets[account]
    return rows == 0


@inlined
def choose_live(
    rules: MachineNumbers, facts: FactArrays, scratch: StatusScratch, account: int
) -> None:
    """List the triggers that may ever hold of an account, and mark the exits that may.

    Of accounts of one segment without such facts it is the same list.
    """
    alike = 0
    if _has_no_facts(facts, account):
        alike = 1
        if len(facts.segment) > 0:
            alike += facts.segment[account]
        if scratch.alike[0] == alike:
            return
    scratch.alike[0] = alike
    scratch.answers.used[0] = 0
    for machine in range(rules.machines):
        first = rules.triggers[machine]
        count = 0
        for trigger in range(first, rules.triggers[machine + 1]):
            live = True
            for condition in range(rules.trigger_when[trigger], rules.trigger_until[trigger]):
                live = _settle_truth(rules, facts, scratch, account, condition) and live
            if live:
                scratch.live[first + count] = trigger
                count += 1
        scratch.lives[machine] = count
        for way in range(rules.exits[machine], rules.exits[machine + 1]):
            opens = True
            for condition in range(rules.exit_when[way], rules.exit_until[way]):
                opens = _settle_truth(rules, facts, scratch, account, condition) and opens
            scratch.opens[way] = opens
