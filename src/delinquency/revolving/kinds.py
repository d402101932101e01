"""What moves on a card, and the balances that it moves.

A card owes many things at once, and law treats them apart: purchases are free for a while, cash is not,
a late charge bears no interest. The one idea: every debit stands in one of six balances, and every rule of
a card - interest, minimum, order of payment - is written by balance.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from delinquency.component import Component

__all__ = ["BALANCE_KINDS", "BalanceKind", "CreditSource", "TransactionKind", "component_of"]


class TransactionKind(Enum):
    """What was posted to a card, other than money paid.

    ``INSTALMENT_PLAN`` is a purchase paid in parts, or a transaction on the card turned into one (分期).
    ``REFUND`` is a credit of a merchant (退货): it takes back a purchase and is no payment.
    """

    PURCHASE = "purchase"
    CASH_ADVANCE = "cash_advance"
    INSTALMENT_PLAN = "instalment_plan"
    FEE = "fee"
    REFUND = "refund"


class BalanceKind(Enum):
    """A balance of a card.

    ``PLAN`` holds the parts of instalment plans that have been billed; what is still to be billed is no
    balance yet. ``INTEREST`` is billed interest, ``FEES`` are fees for services (年费, 取现手续费),
    ``PENALTY`` is what was charged for paying late (违约金).
    """

    PURCHASE = "purchase"
    CASH_ADVANCE = "cash_advance"
    PLAN = "plan"
    INTEREST = "interest"
    FEES = "fees"
    PENALTY = "penalty"


class CreditSource(Enum):
    """Where a credit came from: money, a merchant, a plan that took a debit over, or money held before."""

    PAYMENT = "payment"
    REFUND = "refund"
    CONVERSION = "conversion"
    CREDIT_BALANCE = "credit_balance"


BALANCE_KINDS: Final[tuple[BalanceKind, ...]] = tuple(BalanceKind)
"""All balances, in column order."""

_COMPONENTS: Final = {
    BalanceKind.INTEREST: Component.INTEREST,
    BalanceKind.FEES: Component.FEES,
    BalanceKind.PENALTY: Component.PENALTY,
}


def component_of(kind: BalanceKind) -> Component:
    """The component of what is owed in which a balance stands.

    Purchases, cash and billed plan parts are principal.

    Examples
    --------
    >>> component_of(BalanceKind.CASH_ADVANCE).value, component_of(BalanceKind.PENALTY).value
    ('principal', 'penalty')
    """
    return _COMPONENTS.get(kind, Component.PRINCIPAL)
