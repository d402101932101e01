"""What the loops of status are given: rules and facts in whole numbers, memory, and rows to fill."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = [
    "ARREARS",
    "CLEARING",
    "DAYS_PAST_DUE",
    "DELINQUENT",
    "DUE_AFTER",
    "ELAPSED",
    "ENTERING",
    "EXPOSURE",
    "FARTHEST",
    "FIGURE",
    "FIGURES",
    "FOUND",
    "FOUND_FROM",
    "GRACE_END",
    "LAST_MISSED",
    "LAST_TRIGGER",
    "MATERIAL",
    "MONTHS",
    "NO",
    "NOBODY_KNOWS",
    "NOT_JUDGED",
    "NOT_KEPT",
    "NO_RULE",
    "PERIODS",
    "REPORTED",
    "RESTRUCTURED",
    "RESTRUCTURING",
    "SEGMENT",
    "STATE",
    "YES",
    "AnsweredRows",
    "ChangeRows",
    "FactArrays",
    "MachineNumbers",
    "StatusMemory",
    "StatusRun",
    "StatusScratch",
]

FIGURE, REPORTED, FOUND, RESTRUCTURED, SEGMENT, STATE, ELAPSED, PERIODS = range(8)
"""Kinds of conditions."""

FIGURES = 5
"""How many figures of an account a condition may ask of."""

DAYS_PAST_DUE, DELINQUENT, MATERIAL, ARREARS, EXPOSURE = range(FIGURES)
"""The figures, in the order of :class:`~delinquency.status.conditions.Figure`."""

FARTHEST = 2**62
"""In place of a bound that no figure reaches."""

MONTHS = 1
"""The unit of time that has passed; else days."""

ENTERING, LAST_TRIGGER, CLEARING, LAST_MISSED, RESTRUCTURING, DUE_AFTER, GRACE_END, FOUND_FROM = (
    range(8)
)
"""As ordered in :class:`~delinquency.status.conditions.Anchor`; from the last on findings, by kind."""

NO, YES, NOBODY_KNOWS = range(3)
"""Whether a condition holds."""

NOT_JUDGED = -1
"""The state of an account before it began, or before the first version of law."""

NO_RULE = -1
"""Where an account begins, or where nothing held its state."""


NOT_KEPT = -1
"""In place of the row of an answer that is not kept."""


class MachineNumbers(NamedTuple):
    """The machines of one version in whole numbers; rules and conditions stand one after the other."""

    machines: int
    widest: int
    """States of the machine that has most of them."""
    triggers: Any
    """Offsets of the triggers of each machine."""
    trigger_to: Any
    trigger_from: Any
    """The states for which it is, one bit a state."""
    trigger_when: Any
    """Its first condition."""
    trigger_until: Any
    """The one after its last."""
    exits: Any
    exit_to: Any
    exit_from: Any
    exit_when: Any
    exit_until: Any
    kind: Any
    which: Any
    """The figure, the name, the finding, the segment, the machine, or the unit of time."""
    operator: Any
    """Of a reported figure: over, at least, under, at most, equal."""
    low: Any
    """Of a figure the least number for which it holds; of others the numerator, the states by bits, the
    count, or whether a finding must hold."""
    high: Any
    """Of a figure the greatest number for which it holds; of others the denominator, 0 if there is none."""
    anchors: Any
    """Offsets of the anchors of each condition."""
    anchor: Any
    figures: Any
    """The figures of which any condition asks, each once."""


class FactArrays(NamedTuple):
    """Facts that stand, by account, each in order of time."""

    segment: Any
    """One row an account; without elements where all are retail."""
    finding_offsets: Any
    finding_kind: Any
    finding_start: Any
    finding_end: Any
    figure_offsets: Any
    figure_name: Any
    figure_day: Any
    figure_numerator: Any
    figure_denominator: Any
    change_offsets: Any
    change_day: Any
    change_first_due: Any
    change_grace_until: Any
    change_numerator: Any
    change_denominator: Any


class StatusRun(NamedTuple):
    """One version of law on a book: its days, and what makes arrears material [minor units]."""

    begins: int
    last: int
    is_last: int
    """Whether the close of its last day is the one that is asked for."""
    has_materiality: int
    material_amount: int
    material_numerator: int
    material_denominator: int
    needs_exposure: int
    asks_exposure: int
    """Whether a condition is on it, and not materiality alone: without arrears nothing else asks."""


class StatusMemory(NamedTuple):
    """What goes on from version to version: one row an account of a block."""

    begun: Any
    """Whether a version has judged the account."""
    cleared: Any
    """The first close since when nothing is in arrears; 2**31 - 1 while something is."""
    last_miss: Any
    """The due day of the newest debt that was late; 1 - 2**31 if none was."""
    state: Any
    """By account and machine."""
    entered: Any
    last_trigger: Any
    """By account, machine and state: the last close at which a trigger held that leads to it."""
    unknown: Any
    """By account and machine: whether at the last close nobody knew of a trigger to a worse state."""
    material: Any
    """By account: for how many closes arrears have been material, at the last one."""


class AnsweredRows(NamedTuple):
    """What a close was answered, where nothing but the states and the figures was asked.

    It stands for every account that is like the one that asked; a row an answer.
    """

    used: Any
    """How many rows are filled."""
    last: Any
    """The row of the last answer; -1 where it was worked out."""
    state: Any
    """By row and machine: the state before."""
    least: Any
    """By row and figure: from which number on the answer is this one."""
    most: Any
    to: Any
    """By row and machine: the state after."""
    rule: Any
    unknown: Any
    """By row and machine: whether nobody knows of a trigger to a worse state."""
    held: Any
    """By row, machine and state: as in the scratch."""
    nought: Any
    """As in the scratch."""


class StatusScratch(NamedTuple):
    """Working columns of one account."""

    answers: AnsweredRows

    place: Any
    rest: Any
    value: Any
    """The figures at the first close of a stretch."""
    growth: Any
    """What they grow by a day."""
    state: Any
    entered: Any
    last_trigger: Any
    least: Any
    """Of each figure, from which number on no answer of the last close asked changes."""
    most: Any
    """Of each figure, up to which number."""
    nought: Any
    """Whether the answers stand while nothing is in arrears, whatever the exposure."""
    held: Any
    """By machine and state: whether a trigger that leads to it holds since the last close asked."""
    holds: Any
    """Whether any is marked there."""
    has_facts: Any
    """Whether anything was found, reported or restructured of the account, on whatever day."""
    pauses: Any
    """Whether the counting of the account is ever suspended."""
    told: Any
    """By machine: the row of its last change; -1 if another version told it."""
    truth: Any
    """Of each condition at this close."""
    answered: Any
    """Of each condition the number of the close for which its answer was found."""
    closes: Any
    """How many closes were asked about so far."""
    is_settled: Any
    """Of each condition: whether no day changes its answer for the account."""
    alike: Any
    """For which accounts the lists below were made: 0 for one alone, else by segment, from 1."""
    live: Any
    """The triggers of each machine that may ever hold of the account, from the place of its first on."""
    lives: Any
    """By machine: how many those are."""
    opens: Any
    """Of each exit, whether it may ever hold of the account."""


class ChangeRows(NamedTuple):
    """Changes of state in the order in which they were found."""

    account: Any
    machine: Any
    day: Any
    state: Any
    rule: Any
    """The place of the trigger, or after them of the exit; -1 where none led to it."""
    used: Any
    """How many rows are filled; more than there are where a change found no row."""
