"""What the money of a card settled in a period: interest, fees and charges, or principal.

The one idea: the ledger says of every amount what it settled and when, so nothing is split by a formula.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from delinquency.component import Component
from delinquency.decimals import exact_sum
from delinquency.revolving.kinds import CreditSource, component_of

if TYPE_CHECKING:
    from decimal import Decimal

    from delinquency.revolving.record import CardLedger

__all__ = ["paid_of_charges_and_principal"]

_MONEY: Final = frozenset((CreditSource.PAYMENT, CreditSource.CREDIT_BALANCE))
"""What the holder paid, now or before; a merchant's refund and what a plan takes over are no payment."""


def paid_of_charges_and_principal(
    ledger: CardLedger, after: date | None
) -> tuple[Decimal, Decimal]:
    """What money settled in ``(after, the close of the ledger]`` of interest and charges, and of principal.

    Money that found nothing to settle counts when it settles something. ``after`` is ``None`` where the
    period begins with the card.
    """
    paid: dict[bool, list[Decimal]] = {True: [], False: []}
    for each in ledger.allocations:
        if each.source in _MONEY and (after is None or each.value_date > after):
            paid[component_of(each.kind) is Component.PRINCIPAL].append(each.amount)
    return exact_sum(paid[False]), exact_sum(paid[True])
