"""What was posted to a card: purchases, cash, plans, fees and refunds.

The one idea: a transaction is a fact like a payment. It is never edited; a reversal is a date on it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import checked_member, is_among
from delinquency.component import Component
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.identifiers import check_id
from delinquency.rates import Rate
from delinquency.revolving.kinds import TransactionKind
from delinquency.whole_numbers import check_least

__all__ = ["CardTransaction", "InstalmentPlan", "PlanResidue", "Promotion"]


class PlanResidue(Enum):
    """Which part of a plan takes what is left over when it is divided: the first, or the last."""

    FIRST = "first"
    LAST = "last"


@attrs.frozen(slots=True, kw_only=True)
class InstalmentPlan:
    """How an amount is billed in parts, one a statement, from the first statement on or after its posting.

    Each part is the amount divided by ``instalments``, cut down to the minor unit; what is left over is in
    the part that ``residue`` names.

    Parameters
    ----------
    instalments : int
        Parts, 1 or more.
    cost : Decimal or int, default 0
        Billed with every part [currency units], 0 or more.
    cost_component : Component, default INTEREST
        ``INTEREST`` or ``FEES``: in which balance the cost stands.
    residue : PlanResidue, default LAST

    Raises
    ------
    InvalidTypeError
        A ``float`` cost; a count that is no ``int``.
    InvalidValueError
        No instalment; a negative cost; a cost in another component.

    References
    ----------
    银保监规〔2022〕13号: the cost of a plan is shown as interest.

    Examples
    --------
    >>> InstalmentPlan(instalments=12, cost=Decimal("6.00")).cost_component
    <Component.INTEREST: 'interest'>
    """

    instalments: int
    cost: Decimal | int = Decimal(0)
    cost_component: Component = Component.INTEREST
    residue: PlanResidue = PlanResidue.LAST

    def __attrs_post_init__(self) -> None:
        check_least(self.instalments, "instalment plan, instalments", least=1)
        check_amount(self.cost, where="instalment plan, cost", positive=False)
        checked_member(self.residue, PlanResidue, "instalment plan, residue")
        if not is_among(self.cost_component, (Component.INTEREST, Component.FEES)):
            raise InvalidValueError.at(
                "instalment plan, cost_component",
                expected="Component.INTEREST or Component.FEES",
                found=self.cost_component,
            )


@attrs.frozen(slots=True, kw_only=True)
class Promotion:
    """A rate of its own for one transaction, on ``[posted_on, until)``.

    Parameters
    ----------
    promotion_id : str
    until : date
        The first day without it.
    rate : Rate, optional
        In place of the rate of the balance. Left out only if ``is_deferred``.
    is_deferred : bool, default False
        Deferred interest: interest at the rate of the balance is kept aside from the day of posting, and
        forgotten if the transaction is paid in full before ``until``; if not, all of it is charged.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; no ``Rate``.
    InvalidValueError
        A rate and deferred interest both, or neither; a rate below 0.

    References
    ----------
    12 CFR 1026.53(b), for deferred interest.

    Examples
    --------
    >>> Promotion(promotion_id="SPRING", until=date(2025, 7, 1), rate=Rate.per_year(0)).is_deferred
    False
    """

    promotion_id: str
    until: date
    rate: Rate | None = None
    is_deferred: bool = False

    def __attrs_post_init__(self) -> None:
        check_id(self.promotion_id, where="promotion, promotion_id")
        where = f"promotion {self.promotion_id!r}"
        day_number(self.until, where=where, field="until")
        if not isinstance(self.is_deferred, bool):
            raise InvalidTypeError.at(
                f"{where}, is_deferred", expected="True or False", found=self.is_deferred
            )
        if self.rate is not None and not isinstance(self.rate, Rate):
            raise InvalidTypeError.at(f"{where}, rate", expected="a Rate", found=self.rate)
        if (self.rate is None) is not self.is_deferred:
            raise InvalidValueError.at(
                where,
                expected="either a rate or is_deferred",
                found="neither" if self.rate is None else "both",
            )
        if self.rate is not None and self.rate.scaled < 0:
            raise InvalidValueError.at(
                f"{where}, rate", expected="a rate of 0 or more", found=str(self.rate)
            )


@attrs.frozen(slots=True, kw_only=True)
class CardTransaction:
    """A debit, or the refund of one, on the day on which it was posted (记账日).

    Parameters
    ----------
    kind : TransactionKind
    posted_on : date
        The day from which it counts; on a statement day it is in that statement.
    amount : Decimal or int
        Amount [currency units], more than 0, whatever the kind.
    transaction_id : str
        Unique within its account.
    plan : InstalmentPlan, optional
        Of an ``INSTALMENT_PLAN``, and of no other.
    promotion : Promotion, optional
        Of a purchase or a cash advance.
    refers_to : str, optional
        Of a refund: the purchase, cash advance or fee that it takes back; what exceeds it is a credit to the
        other balances. Of a plan: the purchase or cash advance that it turns into parts; without it the plan
        is a purchase of its own.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the day of posting.
    reversed_on : date, optional
        From this day on the transaction was never made. Not before it was posted or recorded.

    Raises
    ------
    InvalidTypeError
        A ``float``, ``str`` or ``bool`` amount; a ``datetime`` for a ``date``.
    InvalidValueError
        An amount of 0 or less; a plan that has no terms; terms of a plan, a promotion or a reference where
        the kind has none; a reversal before the transaction.

    Examples
    --------
    >>> CardTransaction(kind=TransactionKind.PURCHASE, posted_on=date(2025, 3, 30), amount=1000,
    ...     transaction_id="T-1").kind.value
    'purchase'
    """

    kind: TransactionKind
    posted_on: date
    amount: Decimal | int
    transaction_id: str
    plan: InstalmentPlan | None = None
    promotion: Promotion | None = None
    refers_to: str | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_id(self.transaction_id, where="transaction, transaction_id")
        where = f"transaction {self.transaction_id!r}"
        checked_member(self.kind, TransactionKind, f"{where}, kind")
        check_amount(
            self.amount,
            where=f"{where}, amount",
            positive=True,
            hint="A credit of a merchant is a TransactionKind.REFUND of a positive amount.",
        )
        day_number(self.posted_on, where=where, field="posted_on")
        self._check_parts(where)
        self._check_later_days(where)

    def _check_parts(self, where: str) -> None:
        for field, kind, of in _PARTS:
            value = getattr(self, field)
            if value is not None and not isinstance(value, kind):
                raise InvalidTypeError.at(
                    f"{where}, {field}", expected=f"an instance of {kind.__name__}", found=value
                )
            if value is not None and self.kind not in of:
                raise InvalidValueError.at(
                    f"{where}, {field}", expected=f"none of a {self.kind.value}", found="one"
                )
        if self.kind is TransactionKind.INSTALMENT_PLAN and self.plan is None:
            raise InvalidValueError.at(
                f"{where}, plan",
                expected="the terms of the plan",
                found="none",
                hint="InstalmentPlan(instalments=12)",
            )
        if self.refers_to is not None:
            check_id(self.refers_to, where=f"{where}, refers_to")
        if self.promotion is not None and self.promotion.until <= self.posted_on:
            raise InvalidValueError.at(
                f"{where}, promotion",
                expected=f"until after posted_on {self.posted_on}",
                found=str(self.promotion.until),
            )

    def _check_later_days(self, where: str) -> None:
        known = self.posted_on
        if self.recorded_on is not None:
            day_number(self.recorded_on, where=where, field="recorded_on")
            known = max(known, self.recorded_on)
        if self.reversed_on is None:
            return
        day_number(self.reversed_on, where=where, field="reversed_on")
        if self.reversed_on < known:
            raise InvalidValueError.at(
                f"{where}, reversed_on",
                expected=f"a day on or after {known}, when it was posted and recorded",
                found=str(self.reversed_on),
            )


_PARTS: Final[tuple[tuple[str, type, tuple[TransactionKind, ...]], ...]] = (
    ("plan", InstalmentPlan, (TransactionKind.INSTALMENT_PLAN,)),
    ("promotion", Promotion, (TransactionKind.PURCHASE, TransactionKind.CASH_ADVANCE)),
    ("refers_to", str, (TransactionKind.INSTALMENT_PLAN, TransactionKind.REFUND)),
)
"""A field, its type, and the kinds of transaction that have it."""
