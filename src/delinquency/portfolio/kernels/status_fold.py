"""States through time in a compiled loop: the fold of :mod:`delinquency.status.folding` on whole numbers.

The one idea: as one account is folded, so is each of a book. Every machine is asked on the days on which it
may answer otherwise; the worst of its triggers wins, and what they do not hold may be left by an exit. All
the conditions of a machine are answered together, so that each is laid into the loop once.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import BookArrays
from delinquency.portfolio.kernels.status_answers import (
    begin_answer,
    find_answer,
    give_answer,
    keep_answer,
    tell,
)
from delinquency.portfolio.kernels.status_layout import (
    ELAPSED,
    EXPOSURE,
    FARTHEST,
    NO,
    NO_RULE,
    NOBODY_KNOWS,
    NOT_KEPT,
    STATE,
    YES,
    ChangeRows,
    FactArrays,
    MachineNumbers,
    StatusScratch,
)
from delinquency.portfolio.kernels.status_truths import next_fact, truth_and_bend

__all__ = ["ask", "stands_until", "unknown_worse_at_close"]


@inlined
def stands_until(
    rules: MachineNumbers, scratch: StatusScratch, start: int, day: int, until: int
) -> int:
    """The first day from ``day`` on, at most ``until``, on which a figure leaves the numbers of its answers.

    The figures are those of the stretch from ``start``.
    """
    for place in range(len(rules.figures)):
        figure = rules.figures[place]
        value = scratch.value[figure] + scratch.growth[figure] * (day - start)
        if value < scratch.least[figure] or value > scratch.most[figure]:
            return day
        if scratch.growth[figure] > 0:
            until = min(until, day + scratch.most[figure] - value + 1)
    return until


@inlined
def _stands_at_nought(rules: MachineNumbers, scratch: StatusScratch) -> bool:
    """Whether no answer changes while every figure but the exposure is 0."""
    for place in range(len(rules.figures)):
        figure = rules.figures[place]
        if figure == EXPOSURE:
            if scratch.least[figure] != -FARTHEST or scratch.most[figure] != FARTHEST:
                return False
        elif scratch.least[figure] > 0 or scratch.most[figure] < 0:
            return False
    return True


@inlined
def _all_of(scratch: StatusScratch, first: int, last: int) -> int:
    """Whether all conditions of a rule hold: not if one does not, nobody knows if nobody knows of one."""
    truth = YES
    for condition in range(first, last):
        if scratch.truth[condition] == NO:
            return NO
        if scratch.truth[condition] == NOBODY_KNOWS:
            truth = NOBODY_KNOWS
    return truth


@inlined
def _worst_trigger(rules: MachineNumbers, scratch: StatusScratch, machine: int) -> int:
    """The first of the triggers that hold and lead to the worst state; -1 if none does. Marks them all."""
    worst = -1
    bit = 1 << scratch.state[machine]
    first = rules.triggers[machine]
    for place in range(first, first + scratch.lives[machine]):
        trigger = scratch.live[place]
        if rules.trigger_from[trigger] & bit == 0:
            continue
        if _all_of(scratch, rules.trigger_when[trigger], rules.trigger_until[trigger]) != YES:
            continue
        scratch.held[machine * rules.widest + rules.trigger_to[trigger]] = 1
        scratch.holds[0] = 1
        if worst < 0 or rules.trigger_to[trigger] > rules.trigger_to[worst]:
            worst = trigger
    return worst


@inlined
def _best_exit(rules: MachineNumbers, scratch: StatusScratch, machine: int, floor: int) -> int:
    """The exit that leads furthest; -1 where none holds, -2 where the state has none."""
    best = -2
    best_to = NONE_DAY
    bit = 1 << scratch.state[machine]
    for way in range(rules.exits[machine], rules.exits[machine + 1]):
        if rules.exit_from[way] & bit == 0:
            continue
        if best == -2:
            best = -1
        to = max(floor, rules.exit_to[way])
        if to < best_to and _all_of(scratch, rules.exit_when[way], rules.exit_until[way]) == YES:
            best = way
            best_to = to
    return best


@inlined
def _unknown_worse(rules: MachineNumbers, scratch: StatusScratch, machine: int) -> bool:
    """Whether nobody knows of a trigger to a worse state, as conditions were answered last."""
    bit = 1 << scratch.state[machine]
    first_live = rules.triggers[machine]
    for place in range(first_live, first_live + scratch.lives[machine]):
        trigger = scratch.live[place]
        if rules.trigger_from[trigger] & bit == 0:
            continue
        if rules.trigger_to[trigger] <= scratch.state[machine]:
            continue
        first, last = rules.trigger_when[trigger], rules.trigger_until[trigger]
        if _all_of(scratch, first, last) == NOBODY_KNOWS:
            return True
    return False


@inlined
def unknown_worse_at_close(rules: MachineNumbers, scratch: StatusScratch, machine: int) -> bool:
    """Whether nobody knew of a trigger to a worse state at the last close asked."""
    row = scratch.answers.last[0]
    if row == NOT_KEPT:
        return bool(_unknown_worse(rules, scratch, machine))
    return bool(scratch.answers.unknown[row * rules.machines + machine])


@inlined
def _release(rules: MachineNumbers, scratch: StatusScratch, day: int) -> None:
    """What held at the close asked last held until the day before this one."""
    if scratch.holds[0]:
        scratch.holds[0] = 0
        for index in range(rules.machines * rules.widest):
            if scratch.held[index]:
                scratch.last_trigger[index] = day - 1
                scratch.held[index] = 0


@inlined
def ask(
    book: BookArrays,
    rules: MachineNumbers,
    facts: FactArrays,
    scratch: StatusScratch,
    rows: ChangeRows,
    account: int,
    start: int,
    end: int,
    day: int,
    unpaid: int,
    cleared: int,
    last_miss: int,
) -> int:
    """Ask every machine at the close of a day of the stretch ``[start, end)``.

    Until when the answers stand while no figure leaves the numbers that ``least`` and ``most`` say: the next
    day where a state changed or where more than figures and facts was asked.
    """
    _release(rules, scratch, day)
    answers = scratch.answers
    answers.last[0] = NOT_KEPT
    keeps = scratch.alike[0] > 0 and scratch.has_facts[0] == 0
    if keeps:
        row = find_answer(rules, scratch, start, day)
        if row >= 0:
            return give_answer(rules, scratch, rows, account, row, day)
        keeps = begin_answer(rules, scratch)
    until = NONE_DAY
    if scratch.has_facts[0]:
        until = next_fact(facts, account, day)
    waits = False
    scratch.closes[0] += 1
    close = scratch.closes[0]
    for place in range(len(rules.figures)):
        figure = rules.figures[place]
        scratch.least[figure] = -FARTHEST
        scratch.most[figure] = FARTHEST
    for machine in range(rules.machines):
        before = scratch.state[machine]
        floor = 0
        rule = NO_RULE
        turn = 0
        while True:
            bit = 1 << scratch.state[machine]
            triggers = rules.triggers[machine]
            lives = scratch.lives[machine]
            ways = 0
            if scratch.state[machine] > 0:
                ways = rules.exits[machine + 1] - rules.exits[machine]
            for place in range(lives + ways):
                # The triggers that may hold, then the exits; those of another state are not asked.
                if place < lives:
                    rule_asked = scratch.live[triggers + place]
                    if rules.trigger_from[rule_asked] & bit == 0:
                        continue
                    when = rules.trigger_when[rule_asked]
                    asked_until = rules.trigger_until[rule_asked]
                else:
                    rule_asked = rules.exits[machine] + place - lives
                    if rules.exit_from[rule_asked] & bit == 0 or not scratch.opens[rule_asked]:
                        continue
                    when = rules.exit_when[rule_asked]
                    asked_until = rules.exit_until[rule_asked]
                for condition in range(when, asked_until):
                    if scratch.is_settled[condition] or scratch.answered[condition] == close:
                        continue
                    if rules.kind[condition] < STATE:
                        # The state that was entered changes nothing of it.
                        scratch.answered[condition] = close
                    truth, bend = truth_and_bend(
                        book,
                        rules,
                        facts,
                        scratch,
                        account,
                        machine,
                        condition,
                        start,
                        day,
                        unpaid,
                        cleared,
                        last_miss,
                    )
                    scratch.truth[condition] = truth
                    until = min(until, bend)
                    waits = waits or rules.kind[condition] >= ELAPSED
            if turn == 0:
                worst = _worst_trigger(rules, scratch, machine)
                if worst >= 0:
                    floor = rules.trigger_to[worst]
                    rule = worst - rules.triggers[machine]
                turn = 1
                if floor > scratch.state[machine]:
                    # Asked once more, so that the last answers are those of the state that was entered.
                    scratch.state[machine] = floor
                    scratch.entered[machine] = day
                    continue
            if floor >= scratch.state[machine]:
                break
            way = _best_exit(rules, scratch, machine, floor)
            if way == -1:
                break
            if way == -2:
                rule = NO_RULE
                scratch.state[machine] = floor
            else:
                rule = rules.triggers[machine + 1] - triggers + way - rules.exits[machine]
                scratch.state[machine] = max(floor, rules.exit_to[way])
            scratch.entered[machine] = day
        if keeps:
            answers.rule[answers.used[0] * rules.machines + machine] = rule
        if scratch.state[machine] != before:
            tell(rows, scratch, account, machine, day, scratch.state[machine], rule)
            # The answers of the new state are those of the day after, and what passes is counted from it.
            until = min(until, day + 1)
    if waits:
        # What falls due, is paid or cleared moves the days from which time is counted.
        until = min(until, end)
    scratch.nought[0] = _stands_at_nought(rules, scratch)
    if keeps and not waits:
        for machine in range(rules.machines):
            unknown = _unknown_worse(rules, scratch, machine)
            answers.unknown[answers.used[0] * rules.machines + machine] = unknown
        keep_answer(rules, scratch)
    return int(until)
