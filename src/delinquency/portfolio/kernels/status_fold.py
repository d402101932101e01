"""States through time in a compiled loop: the fold of :mod:`delinquency.status.folding` on whole numbers.

The one idea: as one account is folded, so is each of a book. Every machine is asked on the days on which it
may answer otherwise; the worst of its triggers wins, and what they do not hold may be left by an exit. All
the conditions of a machine are answered together, so that each is laid into the loop once.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.layout import BookArrays
from delinquency.portfolio.kernels.status_layout import (
    ELAPSED,
    EXPOSURE,
    FARTHEST,
    NO,
    NO_RULE,
    NOBODY_KNOWS,
    STATE,
    YES,
    ChangeRows,
    FactArrays,
    MachineNumbers,
    StatusScratch,
)
from delinquency.portfolio.kernels.status_truths import next_fact, truth_and_bend

__all__ = ["ask", "stands_until", "tell", "unknown_worse"]


@inlined
def tell(
    rows: ChangeRows,
    scratch: StatusScratch,
    account: int,
    machine: int,
    day: int,
    state: int,
    rule: int,
) -> None:
    """Add a change; the state of the day of the last one takes its place."""
    row = scratch.told[machine]
    if row < 0 or rows.day[row] != day:
        row = rows.used[0]
        rows.used[0] = row + 1
        if row >= len(rows.day):
            return
        scratch.told[machine] = row
    rows.account[row] = account
    rows.machine[row] = machine
    rows.day[row] = day
    rows.state[row] = state
    rows.rule[row] = rule


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
def _stays(rules: MachineNumbers, scratch: StatusScratch, machine: int, day: int) -> bool:
    """Whether the state that was entered on a day stays on the next one while the answers stand.

    If it does, the triggers that hold for it are marked from the next day on.
    """
    first = machine * rules.widest
    for index in range(first, first + rules.widest):
        if scratch.held[index]:
            scratch.last_trigger[index] = day
            scratch.held[index] = 0
    worst = _worst_trigger(rules, scratch, machine)
    floor = 0
    if worst >= 0:
        floor = rules.trigger_to[worst]
    stays = floor == scratch.state[machine]
    if floor < scratch.state[machine]:
        stays = _best_exit(rules, scratch, machine, floor) == -1
    if not stays:
        for index in range(first, first + rules.widest):
            scratch.held[index] = 0
    return bool(stays)


@inlined
def unknown_worse(rules: MachineNumbers, scratch: StatusScratch, machine: int) -> bool:
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
    until = NONE_DAY
    if scratch.has_facts[0]:
        until = next_fact(facts, account, day)
    waits = False
    if scratch.holds[0]:
        scratch.holds[0] = 0
        for index in range(rules.machines * rules.widest):
            if scratch.held[index]:
                scratch.last_trigger[index] = day - 1
                scratch.held[index] = 0
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
        if scratch.state[machine] != before:
            tell(rows, scratch, account, machine, day, scratch.state[machine], rule)
            # What passes is counted from the day of entering: the day after is asked by itself.
            if waits or day + 1 >= end or not _stays(rules, scratch, machine, day):
                until = min(until, day + 1)
    if waits:
        # What falls due, is paid or cleared moves the days from which time is counted.
        until = min(until, end)
    scratch.nought[0] = _stands_at_nought(rules, scratch)
    return int(until)
