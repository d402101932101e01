"""Debts of one debtor, and what a payment settles of each.

The one idea: a debt is here only what decides its place - when it is due, how it is secured, how heavy it
weighs - and a share says which of these decided.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.citation import Citation
from delinquency.currency import Currency
from delinquency.errors import InvalidValueError
from delinquency.explanation import Explanation
from delinquency.identifiers import check_id
from delinquency.rates import Rate
from delinquency.whole_numbers import check_int

__all__ = ["Debt", "DebtShare", "ShareReason", "SharedPayment"]


class ShareReason(Enum):
    """What decided the share of a debt."""

    SUFFICIENT = "sufficient"
    """The money settles every debt; no order is needed."""
    AGREED = "agreed"
    """The parties agreed on the debt."""
    DESIGNATED = "designated"
    """The debtor designated the debt when paying."""
    MATURED = "matured"
    LEAST_SECURED = "least_secured"
    MOST_BURDENSOME = "most_burdensome"
    EARLIEST_MATURITY = "earliest_maturity"
    PRO_RATA = "pro_rata"
    """Every level left a tie, and the money did not settle all that were tied."""
    ONLY_DEBT = "only_debt"
    """There is no other debt."""


@attrs.frozen(slots=True, kw_only=True)
class Debt:
    """A debt that a payment may settle, as it stands before the payment.

    Parameters
    ----------
    debt_id : str
        Unique among the debts of a payment.
    amount : Decimal or int
        What is owed of it [currency units], more than 0.
    due_date : date
    secured : Decimal or int, default 0
        The amount of security or guarantee for it [currency units]; 0 for none.
    burden : Rate or int, optional
        How heavy it is on the debtor: its rate, or a rank in which a higher number is heavier. ``None``
        where all weigh alike.

    Raises
    ------
    InvalidTypeError
        Wrong types; a ``float`` amount.
    InvalidValueError
        An amount of 0 or less; security below 0.

    Examples
    --------
    >>> Debt(debt_id="card", amount=5000, due_date=date(2025, 3, 1), burden=Rate.per_year("0.18")).secured
    0
    """

    debt_id: str
    amount: Decimal | int
    due_date: date
    secured: Decimal | int = 0
    burden: Rate | int | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.debt_id, where="debt, debt_id")
        where = f"debt {self.debt_id!r}"
        check_amount(self.amount, where=f"{where}, amount", positive=True)
        check_amount(self.secured, where=f"{where}, secured", positive=False)
        day_number(self.due_date, where=where, field="due_date")
        if self.burden is not None and not isinstance(self.burden, Rate):
            check_int(self.burden, f"{where}, burden")


@attrs.frozen(slots=True)
class DebtShare:
    """What a payment settles of one debt.

    Attributes
    ----------
    debt_id : str
    amount : Decimal
        [currency units]; 0 where the money was used up before.
    open_after : Decimal
        What of the debt is still owed [currency units].
    reason : ShareReason
        What put it before the debts that come after it, or, of the last and of those that got nothing,
        behind the ones before.
    """

    debt_id: str
    amount: Decimal
    open_after: Decimal
    reason: ShareReason


@attrs.frozen(slots=True, kw_only=True)
class SharedPayment:
    """A payment, shared out among debts; made by :func:`allocate_among`.

    Attributes
    ----------
    value_date : date
    currency : Currency
    amount : Decimal
        The payment [currency units].
    shares : tuple of DebtShare
        One for each debt, in the order of payment.
    unallocated : Decimal
        What is left when all debts are settled [currency units]. The shares and it sum to the payment.
    citations : tuple of Citation
        Of the order of the law; empty where the parties agreed on another.
    """

    value_date: date
    currency: Currency
    amount: Decimal
    shares: tuple[DebtShare, ...]
    unallocated: Decimal
    citations: tuple[Citation, ...] = ()

    def share_of(self, debt_id: str) -> DebtShare:
        """The share of a debt.

        Raises
        ------
        InvalidTypeError
            Not a text.
        InvalidValueError
            No debt of that id.
        """
        check_id(debt_id, where="shared payment, debt_id")
        found = next((share for share in self.shares if share.debt_id == debt_id), None)
        if found is None:
            known = ", ".join(repr(share.debt_id) for share in self.shares) or "none"
            raise InvalidValueError.at(
                "shared payment, debt_id", expected=f"one of {known}", found=repr(debt_id)
            )
        return found

    @property
    def explanation(self) -> Explanation:
        """The payment and its shares, each with what decided it."""
        figures = {
            "value_date": self.value_date,
            "currency": self.currency.code,
            "unallocated": self.unallocated,
        }
        steps = tuple(
            Explanation(
                "debt_share",
                share.amount,
                {
                    "debt_id": share.debt_id,
                    "open_after": share.open_after,
                    "reason": share.reason.value,
                    "currency": self.currency.code,
                },
            )
            for share in self.shares
        )
        return Explanation("shared_payment", self.amount, figures, self.citations, steps)
