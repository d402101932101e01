"""What the kernel of cards is given, what it fills, and where it keeps one card while it replays it.

The one idea: the moving state of a card is a few columns of whole numbers that are reused from card to
card. A record in such a column is known by its address, the place of its first number; later records have
higher addresses, so that an address is also the place in the order of posting.
"""

from __future__ import annotations

from typing import Any, Final, NamedTuple

__all__ = ["CardArrays", "CardOutputs", "CardQuestion", "CardScratch", "StatementOutputs"]


class CardArrays(NamedTuple):
    """The columns of a book of cards; a column that the book lacks has no elements."""

    originated: Any
    """As 64 bits, unlike the other days: what is told of a day of opening is then compiled once."""
    terms_no: Any
    numbers: Any
    """All terms as whole numbers, one after the other; see :mod:`delinquency.portfolio.cards.terms`."""
    starts: Any
    """Where the numbers of each terms begin."""
    tx_offsets: Any
    posted: Any
    kind: Any
    amount: Any
    refers: Any
    tx_recorded: Any
    tx_reversed: Any
    plan_count: Any
    plan_cost: Any
    plan_is_fee: Any
    plan_is_first: Any
    promo_until: Any
    promo_rate: Any
    promo_is_day: Any
    pay_offsets: Any
    value_day: Any
    paid: Any
    pay_recorded: Any
    pay_reversed: Any
    limit_offsets: Any
    limit_from: Any
    limit_amount: Any
    limit_recorded: Any


class CardQuestion(NamedTuple):
    """A day and a cut, as day numbers."""

    as_of: int
    known: int
    reversal_cut: int


class StatementOutputs(NamedTuple):
    """One column a statement, ragged, in the order in which they are drawn."""

    offsets: Any
    days: Any
    """Four rows, as in the state from ``STATEMENT_DAY`` on."""
    money: Any
    """Twenty-two rows, as in the state from ``OPENING`` on."""
    marks: Any
    """Two rows, whether paid in full and whether the minimum is met: 1 yes, 0 no, -1 while the last day of
    grace has not closed."""


class CardOutputs(NamedTuple):
    """One row a card, but for the last three: what else settled minimums, ragged."""

    money: Any
    """Fifteen rows with a column a card, as in the state from ``UNBILLED_PLANS`` on."""
    missed_consecutive: Any
    missed_still_open: Any
    refused: Any
    """1 where numbers would leave 64 bits."""
    credit_count: Any
    credit_offsets: Any
    """From which place the credits of a card are filled; ``credit_count`` places are."""
    credit_day: Any
    credit_amount: Any


class CardScratch(NamedTuple):
    """Working columns of one block, reused from card to card."""

    state: Any
    items: Any
    pieces: Any
    plans: Any
    rows: Any
    """Minimums that were required."""
    slots: Any
    """The address of the item of each transaction, or -1; without elements where nothing refers."""


# An item: one posted debit.
OPEN: Final = 0
ACCRUED: Final = 1
KIND: Final = 2
STANDING: Final = 3
BILLED: Final = 4
PLACE: Final = 5
UNTIL: Final = 6
PROMO_RATE: Final = 7
PROMO_IS_DAY: Final = 8
PIECE: Final = 9
LAST_PIECE: Final = 10
NEXT: Final = 11
ITEM: Final = 12
"""Numbers of an item."""

# A stretch of days that may bear interest.
START: Final = 0
END: Final = 1
BASE: Final = 2
FOLLOWING: Final = 3
STRETCH: Final = 4
# One that waits to be priced is told what its item was then.
WAITING_KIND: Final = 3
WAITING_RATE: Final = 4
WAITING_IS_DAY: Final = 5
WAITING_UNTIL: Final = 6
WAITING_STRETCH: Final = 7

# A running plan.
PLAN_AMOUNT: Final = 0
PLAN_UNBILLED: Final = 1
PLAN_COST: Final = 2
PLAN_NUMBER: Final = 3
PLAN_COUNT: Final = 4
PLAN_IS_FEE: Final = 5
PLAN_FIRST: Final = 6
PLAN: Final = 7

# A minimum that was required.
ROW_OPEN: Final = 0
ROW_DUE: Final = 1
ROW_JUDGED: Final = 2
ROW_TOLERANCE: Final = 3
ROW_STATEMENT: Final = 4
ROW: Final = 5

# Balances, in the order of ``BALANCE_KINDS``, and the list of items under a promotion.
PURCHASE: Final = 0
CASH: Final = 1
PLAN_PART: Final = 2
INTEREST: Final = 3
FEES: Final = 4
PENALTY: Final = 5
PROMOTED: Final = 6

# How an item stands to interest; see ``revolving.state.Standing``.
NEVER: Final = 0
FREE: Final = 1
BEARING: Final = 2
DEFERRED: Final = 3

# The state of a card: what is next, what is open, what waits to be billed or judged.
(
    TRANSACTION,
    FIRST_TRANSACTION,
    TRANSACTIONS_END,
    PAYMENT,
    PAYMENTS_END,
    LIMITS,
    LIMITS_END,
    TOLD,
    FILLED,
    DRAWN,
    HELD,
    TOTAL_OPEN,
    BILLED_OPEN,
    BILLED_BEFORE,
    REQUIRED,
    FIRST_ROW,
    ROWS,
    ITEMS,
    FIRST_NEW,
    FIRST_FREE,
    SETTLED,
    PIECES,
    PLANS,
    PLAN_COSTS,
    CREDITED,
    FEE,
    FEE_DAY,
    WHOLE_INTEREST,
    RESTED_INTEREST,
    ROUNDED_BEFORE,
    PENDING,
    NEXT_END,
    HAS_BEARING,
    SUMMED_FROM,
    REFUSED,
    ANCHOR,
    MONTHS,
    STATEMENT,
    TOLERANCE,
    RANKS_RATES,
    RANKS_BILLED,
    IS_IN_FULL,
    IS_MET,
    WAITING,
) = range(44)
# What a statement says: its days and the cycles missed before it, then its amounts.
(
    STATEMENT_DAY,
    DUE_DAY,
    JUDGED_DAY,
    MISSED_RUN,
) = range(44, 48)
STATEMENT_DAYS: Final = 4
(
    OPENING,
    LINE_PURCHASES,
    LINE_CASH,
    LINE_PLANS,
    LINE_FEES,
    LINE_LATE_FEES,
    LINE_INTEREST,
    LINE_PAYMENTS,
    LINE_REFUNDS,
    LINE_CONVERTED,
    LINE_PAID_CHARGES,
    LINE_PAID_PRINCIPAL,
    CLOSING,
    FULL_PAYMENT,
    MINIMUM_DUE,
    PAST_DUE,
    NEW_PRINCIPAL,
    NEW_INTEREST,
    NEW_FEES,
    STILL_REQUIRED,
    OVER_LIMIT,
    UNBILLED_PLANS,
) = range(48, 70)
STATEMENT_MONEY: Final = 22
LINES: Final = 11
"""From ``LINE_PURCHASES`` on: what is counted anew in each cycle."""
# What a card says at the close, from ``UNBILLED_PLANS`` on.
KIND_OPEN: Final = 70
"""Six: what is open of each balance."""
(
    ACCRUED_INTEREST,
    CREDIT_BALANCE,
    CREDIT_LIMIT,
    AVAILABLE_CREDIT,
    CHARGED,
    SETTLED_IN_ALL,
    PAID,
    CONVERTED,
) = range(76, 84)
CARD_MONEY: Final = 15
HEAD: Final = 84
"""Seven: the first item of each list, or -1."""
TAIL: Final = 91
DAY_FACTOR: Final = 98
"""Six: what one day bears of each balance that has one rate for all days; -1 where rates are dated."""
RANK: Final = 104
"""Six: where each balance stands in the order of the money at hand."""
IS_SUMMED: Final = 110
"""Six: whether what bears of a balance is kept as a sum, because nothing is rounded in between."""
BEARS: Final = 116
"""Six: the sum of what is open and bears."""
BORNE_NOT: Final = 122
"""Six: balance times days since ``SUMMED_FROM`` that the sum did not bear."""
STATE: Final = 128
"""Numbers of the state."""

# The terms of a card: what stands at which place of their numbers.
(
    MOST,
    CYCLE_ANCHOR,
    DUE_DAYS,
    DUE_ANCHOR,
    DUE_MONTHS,
    METHOD_IS_FULL,
    DAY_COUNT,
    DENOMINATOR,
    PER_DAY,
    OF_YEAR,
    ROUNDING,
    GRAIN,
    PAYMENT_DAY_BEARS,
    REFUNDS_SETTLE,
    ORDER,
    BILLED_FIRST,
    PLANS_FIRST,
    DEFERRED_CYCLES,
    SWITCH_AT,
    GRACE,
    GRACE_COUNT,
    TOLERANCES,
    TOLERANCES_COUNT,
    MINIMUMS,
    MINIMUMS_COUNT,
    LATE_FEES,
    LATE_FEES_COUNT,
) = range(27)
RATES: Final = 27
"""Six pairs: where the rates of each balance stand, and how many."""
RANKS: Final = 39
"""Six, and six more for the order from ``SWITCH_AT`` days on."""
TERMS: Final = 51

# Rows of dated parts; each begins with its first day.
RATE_ROW: Final = 3
GRACE_ROW: Final = 2
MINIMUM_ROW: Final = 18
"""First day, denominator, floor times it, multiple, rounding, over-limit weight; six weights of what is
open, six of what is newly billed."""
LATE_FEE_ROW: Final = 10
"""First day, whether there is one, numerator, denominator, floor, cap, by the minimum, rounding, after
grace."""

# Grains of interest, and orders of payment.
BY_DAY, BY_SEGMENT, BY_STATEMENT, BY_ACCOUNT = range(4)
BY_KIND, HIGHEST_RATE, MINIMUM_THEN_RATE = range(3)
