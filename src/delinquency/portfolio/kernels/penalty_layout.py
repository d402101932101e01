"""What kernels of penalty interest are given: columns of a book, terms in whole numbers, columns to fill."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = [
    "BY_LINES",
    "BY_LOOP",
    "BY_ONE_RATE",
    "MAKING",
    "MOST",
    "NOT_ASKED",
    "ON_DEMAND",
    "Measure",
    "OneRate",
    "OpenBalances",
    "PenaltyArrays",
    "PenaltyNumbers",
    "PenaltyOutputs",
    "PenaltyScratch",
    "RateArrays",
    "RateNumbers",
    "SpanArrays",
]

NOT_ASKED, BY_ONE_RATE, BY_LINES, ON_DEMAND, MAKING, BY_LOOP = range(-1, 5)
"""Who answers an account: nobody, the loop of one rate, of lines, of penalty on demand, of ledgers that make
debts, or the verb of one account."""


MOST = 2**63 - 1
"""The most that a whole number of a loop can be."""


class SpanArrays(NamedTuple):
    """Waivers of penalty interest and misuse of funds."""

    offsets: Any
    kind: Any
    start: Any
    end: Any
    numerator: Any
    denominator: Any
    recorded: Any


class RateArrays(NamedTuple):
    """The rates agreed in contracts."""

    offsets: Any
    day: Any
    scaled: Any
    period: Any


class PenaltyArrays(NamedTuple):
    """Every column that penalty interest reads; a column that the book lacks has no elements."""

    originated: Any
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
    spans: SpanArrays
    rates: RateArrays


class RateNumbers(NamedTuple):
    """By which rule a day bears."""

    rule: int
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


class Measure(NamedTuple):
    """How days and rates become minor units, and how many at most."""

    grain: int
    """0 day, 1 line, 2 instalment, 3 account."""
    rounding: int
    day_count: int
    day_denominator: int
    cap_numerator: Any
    cap_denominator: Any
    """Shares of the base to which each debt is limited."""
    room: int
    """What the account may bear in all [minor units]; -1 without a limit."""


class OneRate(NamedTuple):
    """What a minor unit bears a day, in lowest terms, where one rate holds for all time; else over 0."""

    numerator: int
    denominator: int
    most: int
    """The most whose product with the numerator has 64 bits."""
    ahead: Any
    """0 or 1 for each column: whether money settles it before the base."""


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
    compounds: int
    grace_days: int
    grace_is_trigger: int
    posts: int
    """Whether penalty stands in the order on demand."""
    phase_state: Any
    phase_offsets: Any
    phase_columns: Any
    """The order of payment: of each phase the due state, and where its columns begin and end."""
    rates: RateNumbers
    measure: Measure
    one: OneRate


class PenaltyScratch(NamedTuple):
    """Working columns of one block, reused from debt to debt."""

    steps: Any
    """What is open of a debt, four numbers a step: from the close of which day, base, interest, overdue."""
    lines: Any
    """Eight numbers a line: first day, end, base, rate, its period, owed parts; and, of the lines in the
    order in which they are told, what is owed before caps, and the kind."""
    figures: Any
    """Running sums of what is owed and of what is waived - whole, remainder, rounded -, and of the account
    penalty, compound, waived, capped and the room that is left."""
    debts: Any
    """What is open of each debt of an account, and what it bore; see ``penalty_of_debts``."""


class PenaltyOutputs(NamedTuple):
    """One row an account [minor units]."""

    penalty: Any
    compound: Any
    waived: Any
    capped: Any
    posted: Any


class OpenBalances(NamedTuple):
    """What is open at the close of the day, one row an account; without elements where nobody asks.

    Of debts due or not [minor units]; unallocated is money that settled nothing yet.
    """

    principal: Any
    interest: Any
    fees: Any
    penalty: Any
    unallocated: Any
