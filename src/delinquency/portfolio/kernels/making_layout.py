"""What the loop of accounts that are charged while they are replayed is given, besides a book and a rule."""

from __future__ import annotations

from typing import Any, NamedTuple

from delinquency.portfolio.kernels.layout import LateDebtOutputs, LedgerOutputs, Outputs
from delinquency.portfolio.kernels.penalty_layout import (
    OpenBalances,
    PenaltyArrays,
    PenaltyNumbers,
    PenaltyOutputs,
)

__all__ = [
    "COUNTERS",
    "FEES_MADE",
    "HANDED_ON",
    "INSTALMENTS",
    "LATE_FEE",
    "OWED",
    "POSTED_PENALTY",
    "SIZE",
    "TAKEN",
    "UNITS",
    "FeeNumbers",
    "MakingAnswers",
    "MakingNumbers",
    "MakingScratch",
    "PaymentCounts",
]

POSTED_PENALTY, LATE_FEE = 4, 5
"""Kinds of debts, as :class:`~delinquency.obligations.DebtKind`."""

SIZE, INSTALMENTS, UNITS, OWED, FEES_MADE, TAKEN, HANDED_ON = range(7)
"""Places of the counters of an account: its debts, those of the schedule, their units; what it owed in all;
fees that were charged, days on which money settled some, and whether something was beyond the loop."""

COUNTERS = HANDED_ON + 1


class FeeNumbers(NamedTuple):
    """Terms of late fees, one row a fee; amounts in minor units."""

    type_of: Any
    """The first row of the same name: the type of the violation, of which a table asks for earlier ones."""
    wait: Any
    every_days: Any
    every_months: Any
    """0 both where it is charged once."""
    due_in: Any
    with_instalment: Any
    column: Any
    kind: Any
    """0 a sum, 1 a share, 2 by bands, 3 a safe harbour."""
    base: Any
    """0 open principal, 1 interest, 2 both, 3 all that is open, 4 the contractual amount, 5 what is unpaid of
    it, 6 outstanding principal."""
    flat: Any
    numerator: Any
    denominator: Any
    rounding: Any
    minimum: Any
    maximum: Any
    maximum_base: Any
    maximum_numerator: Any
    maximum_denominator: Any
    """0 where the maximum is no share."""
    capped: Any
    """Whether the contractual amount is the most."""
    ignores: Any
    """Whether what earlier fees took is not missed."""
    once: Any
    """Whether an instalment for which any fee was charged bears none."""
    valid_from: Any
    valid_until: Any
    """The days on which a table is in force."""
    window: Any
    table_offsets: Any
    table_from: Any
    """Where each row of a table begins: an amount of bands, a day of a safe harbour."""
    table_first: Any
    table_repeated: Any
    ignores_any: int


class MakingNumbers(NamedTuple):
    """What a ledger charges itself under a policy."""

    book: PenaltyArrays
    penalty: PenaltyNumbers
    fees: FeeNumbers
    accrues: int
    """Whether penalty accrues at all; its numbers mean nothing where it does not."""
    on_demand: int
    on_due_dates: int
    """Whether penalty is posted on the due days of the schedule but the first."""
    statement_days: Any
    """The days on which it is posted, for accounts whose first due day is earlier; else without elements."""


class MakingScratch(NamedTuple):
    """Working columns of one block, reused from account to account."""

    counters: Any
    accruals: Any
    """What each debt bore, in the order in which they were made; see ``penalty_of_debts``."""
    lines: Any
    place_of: Any
    """The place of each instalment among the debts."""
    fee_keys: Any
    """Fees that may be charged, in order: day, place of the terms and instalment, from 0, in one number."""
    charged: Any
    """How many fees of each type were charged for each instalment."""
    taken_day: Any
    taken: Any
    """What money settled of late fees, and on which day."""


class PaymentCounts(NamedTuple):
    """Payments in arrears, one row an account; without elements where nobody asks."""

    count: Any
    share: int
    """Of a payment that counts as full; 0 where the shortfall decides."""
    whole: int


class MakingAnswers(NamedTuple):
    """Columns to fill; those that nobody asks for have no elements."""

    out: Outputs
    more: LedgerOutputs
    late_starts: Any
    """Of each account the place in ``late`` from which its late debts stand."""
    late: LateDebtOutputs
    payments: PaymentCounts
    penalty: PenaltyOutputs
    balances: OpenBalances
