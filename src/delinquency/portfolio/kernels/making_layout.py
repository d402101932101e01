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
    "OWED",
    "POSTED_PENALTY",
    "SIZE",
    "UNITS",
    "MakingAnswers",
    "MakingNumbers",
    "MakingScratch",
    "PaymentCounts",
]

POSTED_PENALTY = 4
"""The kind of a debt, as :class:`~delinquency.obligations.DebtKind`."""

SIZE, UNITS, OWED = range(3)
"""Places of the counters of an account: its debts, their units, and what it owed in all."""

COUNTERS = OWED + 1


class MakingNumbers(NamedTuple):
    """What a ledger charges itself under a policy."""

    book: PenaltyArrays
    penalty: PenaltyNumbers
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
