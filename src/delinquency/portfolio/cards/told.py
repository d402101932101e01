"""What the rows of an answer of the kernel are called.

The one idea: a row of the kernel is the attribute of a statement, or of a ledger, of the name that stands at
its place; nothing else knows the order.
"""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from delinquency.portfolio.kernels.cards.layout import CardOutputs, StatementOutputs

__all__ = ["AMOUNTS_OF_CARDS", "card_columns", "statement_columns"]

_DAYS: Final = ("statement_date", "due_date", "judged_on", "missed_cycles")
_AMOUNTS: Final = (
    "opening_balance",
    "purchases",
    "cash_advances",
    "plan_parts",
    "fees",
    "late_fees",
    "interest",
    "payments",
    "refunds",
    "converted",
    "interest_and_charges_paid",
    "principal_paid",
    "closing_balance",
    "full_payment",
    "minimum_due",
    "past_due_part",
    "required_principal",
    "required_interest",
    "required_fees",
    "requirement_open",
    "over_limit",
    "plan_principal_unbilled",
)
_MARKS: Final = ("is_paid_in_full", "is_minimum_met")
AMOUNTS_OF_CARDS: Final = (
    "accrued_interest",
    "credit_balance",
    "credit_limit",
    "available_credit",
    "charged",
    "settled",
    "paid",
    "converted",
)


def statement_columns(out: StatementOutputs) -> dict[str, Any]:
    """The columns of statements by name; they look into the answer, and none is copied."""
    rows = ((_DAYS, out.days), (_AMOUNTS, out.money), (_MARKS, out.marks))
    return {name: row for names, table in rows for name, row in zip(names, table, strict=True)}


def card_columns(more: CardOutputs) -> dict[str, Any]:
    """The columns of cards by name, as :func:`statement_columns`; balances are cards by balances."""
    return {
        "plan_principal_unbilled": more.money[0],
        "balances": more.money[1:7].T,
        **dict(zip(AMOUNTS_OF_CARDS, more.money[7:], strict=True)),
        "missed_consecutive": more.missed_consecutive,
        "missed_still_open": more.missed_still_open,
    }
