"""The late fees that a ledger charged, each with its instalment and its reasons.

The one idea: the ledger keeps what a fee was made of, so that the fee can say why it is what it is, however
much of it was paid meanwhile.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import attrs

from delinquency.amounts import from_minor
from delinquency.calendar import to_date

if TYPE_CHECKING:
    from delinquency.explanation import Explanation
    from delinquency.ledger.charging_late import ChargedFee
    from delinquency.ledger.record import Ledger

__all__ = ["LateFee", "late_fees_of"]


@attrs.frozen(slots=True)
class LateFee:
    """A fee that the ledger charged for paying late (违约金).

    Attributes
    ----------
    name : str
        Of its terms.
    missed_instalment_no : int
        The instalment that was not paid, from 1.
    charge_id : str
        By which entries and reasons name it.
    charged_on : date
        At whose close.
    due_date : date
        From which its own age runs.
    amount, open_amount : Decimal
        What was charged, and what of it is open [currency units].
    explanation : Explanation
        What it was worked out of, and its limits.
    """

    name: str
    missed_instalment_no: int
    charge_id: str
    charged_on: date
    due_date: date
    amount: Decimal
    open_amount: Decimal
    explanation: Explanation


def late_fees_of(ledger: Ledger) -> tuple[LateFee, ...]:
    """The late fees that a ledger charged, in order of time."""
    return tuple(_late_fee(ledger, charged) for charged in ledger.charged_fees)


def _late_fee(ledger: Ledger, charged: ChargedFee) -> LateFee:
    # Loaded where a fee was charged: to settle debts takes none of it.
    from delinquency.late_fees import explain_fee

    currency = ledger.account.currency
    terms, obligation = ledger.rule.late_fees[charged.fee.terms], ledger.obligations[charged.place]
    number = charged.fee.instalment_no
    return LateFee(
        name=terms.name,
        missed_instalment_no=number,
        charge_id=ledger.name_of(obligation) or "",
        charged_on=to_date(charged.fee.day),
        due_date=to_date(obligation.due_day),
        amount=from_minor(charged.amount, currency),
        open_amount=from_minor(sum(ledger.open_rows[charged.place]), currency),
        explanation=explain_fee(terms, charged.facts, currency=currency, instalment_no=number),
    )
