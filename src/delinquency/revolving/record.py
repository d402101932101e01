"""What a replay of a card says: statements, balances, interest, and what money settled.

The one idea: charged = settled + open, and credited = settled + credit balance, to the minor unit. All
amounts here are exact amounts of the currency; nothing is computed in this module.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amounts import from_minor
from delinquency.choices import checked_member
from delinquency.decimals import exact_difference, exact_sum
from delinquency.rates import Rate
from delinquency.revolving.card import CardAccount
from delinquency.revolving.kinds import BALANCE_KINDS, BalanceKind, CreditSource

__all__ = [
    "CardAllocation",
    "CardLedger",
    "CardStatement",
    "CycleCount",
    "InterestSegment",
    "MinimumRequirement",
]


class CycleCount(Enum):
    """What a missed cycle is.

    ``CONSECUTIVE``: the statements in a row whose whole minimum, the part past due included, was not met in
    time, back from the latest that has been judged. A day on which no more than the tolerance is past due
    ends the row. Who pays every minimum one cycle late is one cycle further each month.

    ``STILL_OPEN``: the statements whose newly required part is still open after its last day of grace; what
    a tolerance lets off is not open. Who pays every minimum one cycle late stays at one.
    """

    CONSECUTIVE = "consecutive"
    STILL_OPEN = "still_open"


@attrs.frozen(slots=True)
class InterestSegment:
    """``base`` times ``rate`` on ``[start, end)`` is ``amount``.

    ``amount`` is rounded by the grain of the terms, and the segments of a statement add up to what it bills.
    ``transaction_id`` is ``None`` for what statements post.
    """

    kind: BalanceKind
    transaction_id: str | None
    start: date
    end: date
    base: Decimal
    rate: Rate
    amount: Decimal

    @property
    def days(self) -> int:
        """Calendar days of the segment [days]."""
        return (self.end - self.start).days

    def __str__(self) -> str:
        of = "" if self.transaction_id is None else f", transaction {self.transaction_id}"
        return (
            f"{self.kind.value}{of}: {self.base:,f} at {self.rate} on [{self.start}, {self.end}), "
            f"{self.days} days: {self.amount:,f} by the day count and the rounding of the terms"
        )


@attrs.frozen(slots=True)
class CardAllocation:
    """What a credit settled of one debit.

    ``statement_no``, from 1, is the statement that had billed the debit; ``None`` if none had.
    ``days_past_due`` is the age of the oldest missed minimum before the credit, by which an order may
    switch; 0 while its days of grace run [days].
    """

    value_date: date
    source: CreditSource
    kind: BalanceKind
    transaction_id: str | None
    statement_no: int | None
    days_past_due: int
    amount: Decimal


@attrs.frozen(slots=True)
class MinimumRequirement:
    """The newly required part of a statement, split into components, and what is open of it.

    ``fees`` has the late charges too; ``principal`` has what a floor or a rounding adds. What a tolerance
    lets off is not open.
    """

    statement_no: int
    statement_date: date
    due_date: date
    principal: Decimal
    interest: Decimal
    fees: Decimal
    open_amount: Decimal

    @property
    def amount(self) -> Decimal:
        """What was newly required [currency units]."""
        return exact_sum((self.principal, self.interest, self.fees))


@attrs.frozen(slots=True, kw_only=True)
class CardStatement:
    """One statement (账单), drawn at the close of its day.

    ``opening_balance + purchases + cash_advances + plan_parts + fees + late_fees + interest - payments -
    refunds - converted == closing_balance``, which is negative where the card owes the holder. Principal of
    plans that is still to be billed is in none of them.

    Attributes
    ----------
    number : int
        From 1.
    statement_date, due_date : date
    judged_on : date
        The due date plus grace; at its close the last two attributes are decided.
    converted : Decimal
        What plans took over from other debits.
    interest_and_charges_paid, principal_paid : Decimal
        What money settled in the cycle of interest, fees and late charges, and of purchases, cash and billed
        plan parts, in the order of payment. Money that was held counts when it settles something; refunds and
        conversions never do. Together they are the payments, but for what is held.
    full_payment : Decimal
        What must be paid to have paid in full: the closing balance without deferred-interest balances.
    minimum_due, newly_required, past_due_part : Decimal
        The first is the sum of the others.
    over_limit : Decimal
    missed_cycles : int
        Statements before this one, by ``CycleCount.CONSECUTIVE``, at the close of the statement day.
    segments : tuple of InterestSegment
        Without the cost of plans, which is agreed and not computed.
    is_paid_in_full, is_minimum_met : bool or None
        ``None`` while the last day of grace has not closed.
    """

    number: int
    statement_date: date
    due_date: date
    judged_on: date
    opening_balance: Decimal
    purchases: Decimal
    cash_advances: Decimal
    plan_parts: Decimal
    fees: Decimal
    late_fees: Decimal
    interest: Decimal
    payments: Decimal
    refunds: Decimal
    converted: Decimal
    interest_and_charges_paid: Decimal
    principal_paid: Decimal
    closing_balance: Decimal
    full_payment: Decimal
    minimum_due: Decimal
    newly_required: Decimal
    past_due_part: Decimal
    over_limit: Decimal
    plan_principal_unbilled: Decimal
    missed_cycles: int
    segments: tuple[InterestSegment, ...] = attrs.field(repr=False)
    is_paid_in_full: bool | None
    is_minimum_met: bool | None


@attrs.frozen(slots=True, kw_only=True, eq=False)
class CardLedger:
    """A card replayed to the close of a day.

    Attributes
    ----------
    card : CardAccount
    as_of : date
    known_on : date or None
    statements : tuple of CardStatement
    requirements : tuple of MinimumRequirement
        One a statement that newly required something.
    allocations : tuple of CardAllocation
        What each credit settled, in order of time.
    balances : tuple of tuple of BalanceKind and Decimal
        What is open at the close, in the order of the kinds; billed or not, without interest that is not
        billed.
    plan_principal_unbilled : Decimal
    accrued_segments : tuple of InterestSegment
        Of interest that the next statement will bill, as far as it is decided: to the close of ``as_of``,
        that day counted.
    credit_balance : Decimal
        Money that found nothing to settle.
    credit_limit : Decimal or None
        0 from the day of an agreement on.
    charged, settled, paid, converted : Decimal
        Of all time. ``paid`` is payments and refunds; ``converted`` what plans, or an agreement, took over.
    missed_consecutive, missed_still_open : int
        See :class:`CycleCount`.
    credits_to_minimums : tuple of tuple of date and Decimal
        Refunds and conversions, as far as they settled minimums, and what a tolerance let off of them.
    """

    card: CardAccount
    as_of: date
    known_on: date | None
    statements: tuple[CardStatement, ...] = attrs.field(repr=False)
    requirements: tuple[MinimumRequirement, ...] = attrs.field(repr=False)
    allocations: tuple[CardAllocation, ...] = attrs.field(repr=False)
    balances: tuple[tuple[BalanceKind, Decimal], ...]
    plan_principal_unbilled: Decimal
    accrued_segments: tuple[InterestSegment, ...] = attrs.field(repr=False)
    accrued_interest: Decimal
    credit_balance: Decimal
    credit_limit: Decimal | None
    charged: Decimal
    settled: Decimal
    paid: Decimal
    converted: Decimal
    missed_consecutive: int
    missed_still_open: int
    credits_to_minimums: tuple[tuple[date, Decimal], ...] = attrs.field(repr=False)

    def balance(self, kind: BalanceKind) -> Decimal:
        """What is open of one balance [currency units].

        Raises
        ------
        InvalidTypeError
            No balance.
        """
        checked_member(kind, BalanceKind, "card ledger, kind")
        return self.balances[BALANCE_KINDS.index(kind)][1]

    @property
    def open_amount(self) -> Decimal:
        """All that is owed and billed or posted, with principal of plans to come [currency units].

        ``charged == settled + open_amount``, and ``paid + converted == settled + credit_balance``.
        """
        return exact_sum((self.plan_principal_unbilled, *(amount for _, amount in self.balances)))

    @property
    def available_credit(self) -> Decimal | None:
        """What may still be drawn: the limit less all that is owed, plus the credit balance.

        Not below 0; ``None`` for a card without a limit.
        """
        if self.credit_limit is None:
            return None
        room = exact_sum((self.credit_limit, self.credit_balance))
        left = exact_difference(room, self.open_amount)
        return left if left > 0 else from_minor(0, self.card.currency)

    def missed_cycles(self, count: CycleCount = CycleCount.CONSECUTIVE) -> int:
        """Missed cycles at the close [cycles]; see :class:`CycleCount`.

        Raises
        ------
        InvalidTypeError
            No ``CycleCount``.
        """
        checked_member(count, CycleCount, "missed cycles, count")
        if count is CycleCount.CONSECUTIVE:
            return self.missed_consecutive
        return self.missed_still_open
