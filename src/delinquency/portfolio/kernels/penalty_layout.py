"""What kernels of penalty interest are given: columns of a book, terms in whole numbers, columns to fill."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = [
    "BY_LINES",
    "BY_LOOP",
    "BY_ONE_RATE",
    "NOT_ASKED",
    "PenaltyArrays",
    "PenaltyNumbers",
    "PenaltyOutputs",
    "PenaltyScratch",
]

NOT_ASKED, BY_ONE_RATE, BY_LINES, BY_LOOP = range(-1, 3)
"""Who answers an account: nobody, the loop of one rate, the loop of lines, the verb of one account."""


class PenaltyArrays(NamedTuple):
    """Every column that penalty interest reads; a column that the book lacks has no elements."""

    inst_offsets: Any
    due: Any
    principal: Any
    interest: Any
    fees: Any
    pay_offsets: Any
    value_day: Any
    amount: Any
    recorded: Any
    reversed_day: Any
    span_offsets: Any
    span_kind: Any
    span_start: Any
    span_end: Any
    span_numerator: Any
    span_denominator: Any
    span_recorded: Any
    rate_offsets: Any
    rate_day: Any
    rate_scaled: Any
    rate_period: Any


class PenaltyNumbers(NamedTuple):
    """Terms of penalty interest, a day and a cut, in whole numbers."""

    as_of: int
    known: int
    reversal_cut: int
    holds_excess: int
    """Whether money beyond what is due waits: then prepaying lowers no base that falls due."""
    order: Any
    """The columns of components in the order in which money settles them."""
    bears: Any
    """0 or 1 for each column: whether it belongs to the base."""
    late: Any
    """0 or 1 for each column: whether a debt is overdue while it is open."""
    interest: Any
    """0 or 1 for each column: whether it is interest that compounds."""
    compounds: int
    grace_days: int
    grace_is_trigger: int
    grain: int
    """0 day, 1 line, 2 instalment, 3 account."""
    rounding: int
    day_count: int
    day_denominator: int
    rate_rule: int
    """0 a table by day, 1 a multiple of the contract rate, 2 a table by late days."""
    table_day: Any
    table_scaled: Any
    table_period: Any
    """0 year, 1 month, 2 day; -1 for days that the table does not cover."""
    factor_day: Any
    factor_numerator: Any
    factor_denominator: Any
    """0 for days that no factor covers."""
    misuse_numerator: int
    misuse_denominator: int
    """0 where misuse has no factor."""
    cap_numerator: Any
    cap_denominator: Any
    """Shares of the base to which each debt is limited."""
    room: int
    """What the account may bear in all [minor units]; -1 without a limit."""
    one_numerator: int
    one_denominator: int
    """What a minor unit bears a day where one rate holds for all time, in lowest terms; over 0 if none."""


class PenaltyScratch(NamedTuple):
    """Working columns of one block, reused from debt to debt."""

    step_day: Any
    """A day from whose close on other amounts of a debt are open."""
    step_base: Any
    step_interest: Any
    step_late: Any
    line_start: Any
    line_end: Any
    line_base: Any
    line_scaled: Any
    line_period: Any
    line_owed: Any
    kept: Any
    """Lines as they are told: what is owed of each before caps."""
    kept_kind: Any
    sums: Any
    """Running sums of what is owed and of what is waived: whole, remainder, rounded."""
    figures: Any
    """Of the account: penalty, compound, waived, capped, the room that is left."""


class PenaltyOutputs(NamedTuple):
    """One row an account [minor units]."""

    penalty: Any
    compound: Any
    waived: Any
    capped: Any
    posted: Any
