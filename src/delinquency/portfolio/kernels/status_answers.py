"""Answers of closes that are kept: what one account was answered stands for every one that is like it.

The one idea: where no fact and no time that passes was asked, an answer follows from the states before and
from the numbers between which the figures are. A book has a few such answers, and each is worked out once.
"""

from __future__ import annotations

from delinquency.calendar import NONE_DAY
from delinquency.portfolio.kernels.compiler import inlined
from delinquency.portfolio.kernels.status_layout import (
    FIGURES,
    NOT_KEPT,
    ChangeRows,
    MachineNumbers,
    StatusScratch,
)

__all__ = ["begin_answer", "find_answer", "give_answer", "keep_answer", "tell"]


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
def find_answer(rules: MachineNumbers, scratch: StatusScratch, start: int, day: int) -> int:
    """The row of the answer at the close of a day of the stretch from ``start``; -1 if it is not kept."""
    answers = scratch.answers
    for row in range(answers.used[0]):
        fits = True
        for machine in range(rules.machines):
            if answers.state[row * rules.machines + machine] != scratch.state[machine]:
                fits = False
        if not fits:
            continue
        for place in range(len(rules.figures)):
            figure = rules.figures[place]
            value = scratch.value[figure] + scratch.growth[figure] * (day - start)
            bound = row * FIGURES + figure
            if value < answers.least[bound] or value > answers.most[bound]:
                fits = False
        if fits:
            return row
    return NOT_KEPT


@inlined
def give_answer(
    rules: MachineNumbers,
    scratch: StatusScratch,
    rows: ChangeRows,
    account: int,
    row: int,
    day: int,
) -> int:
    """Answer a close from a row; until when the answer stands while figures stay between its numbers."""
    answers = scratch.answers
    until = NONE_DAY
    answers.last[0] = row
    scratch.nought[0] = answers.nought[row]
    for machine in range(rules.machines):
        to = answers.to[row * rules.machines + machine]
        if to != scratch.state[machine]:
            scratch.state[machine] = to
            scratch.entered[machine] = day
            rule = answers.rule[row * rules.machines + machine]
            tell(rows, scratch, account, machine, day, to, rule)
            until = day + 1
    for place in range(len(rules.figures)):
        figure = rules.figures[place]
        scratch.least[figure] = answers.least[row * FIGURES + figure]
        scratch.most[figure] = answers.most[row * FIGURES + figure]
    width = rules.machines * rules.widest
    for index in range(width):
        held = answers.held[row * width + index]
        scratch.held[index] = held
        scratch.holds[0] |= held
    return until


@inlined
def begin_answer(rules: MachineNumbers, scratch: StatusScratch) -> bool:
    """Note the states before, in the row of the answer to come; whether there is room for one."""
    answers = scratch.answers
    row = answers.used[0]
    if row == len(answers.nought):
        return False
    for machine in range(rules.machines):
        answers.state[row * rules.machines + machine] = scratch.state[machine]
    return True


@inlined
def keep_answer(rules: MachineNumbers, scratch: StatusScratch) -> None:
    """Keep the answer that was just worked out."""
    answers = scratch.answers
    row = answers.used[0]
    answers.used[0] = row + 1
    answers.nought[row] = scratch.nought[0]
    for machine in range(rules.machines):
        answers.to[row * rules.machines + machine] = scratch.state[machine]
    for place in range(len(rules.figures)):
        figure = rules.figures[place]
        answers.least[row * FIGURES + figure] = scratch.least[figure]
        answers.most[row * FIGURES + figure] = scratch.most[figure]
    width = rules.machines * rules.widest
    for index in range(width):
        answers.held[row * width + index] = scratch.held[index]
