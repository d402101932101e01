"""What was paid: money with a value date, and what later became of it.

The one idea: a payment is a fact that is never edited. A reversal is a date on it, so that what was
known on an earlier day can still be answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.identifiers import check_id

__all__ = ["Payment", "PaymentKind", "named_payments", "payment_key"]


class PaymentKind(Enum):
    """Why money came: paid by the debtor, refunded by a merchant, given by the lender, recovered."""

    REPAYMENT = "repayment"
    REFUND = "refund"
    GOODWILL = "goodwill"
    RECOVERY = "recovery"


@attrs.frozen(slots=True)
class Payment:
    """Money that reduces what is owed.

    Parameters
    ----------
    value_date : date
        The day from which the money counts; it counts at the close of that day.
    amount : Decimal or int
        Amount [currency units], more than 0.
    kind : PaymentKind, default REPAYMENT
        Why it came.
    payment_id : str, optional
        Not empty; unique within its account.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.
    reversed_on : date, optional
        From this day on the payment was never made. Not before it was made or recorded.

    Raises
    ------
    InvalidTypeError
        A ``float``, ``str`` or ``bool`` amount; a ``datetime`` for a ``date``.
    InvalidValueError
        An amount of 0 or less; a reversal before the payment; a date outside 1900-2200.

    Examples
    --------
    >>> from datetime import date
    >>> Payment(date(2025, 1, 31), Decimal("101.25")).kind
    <PaymentKind.REPAYMENT: 'repayment'>
    """

    value_date: date
    amount: Decimal | int
    kind: PaymentKind = PaymentKind.REPAYMENT
    payment_id: str | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.payment_id is not None:
            check_id(self.payment_id, where="payment, payment_id")
        where = "payment" if self.payment_id is None else f"payment {self.payment_id!r}"
        check_amount(
            self.amount,
            where=f"{where}, amount",
            positive=True,
            hint="A payment taken back is the same payment with reversed_on.",
        )
        checked_member(self.kind, PaymentKind, f"{where}, kind")
        day_number(self.value_date, where=where, field="value_date")
        known = self.value_date
        if self.recorded_on is not None:
            day_number(self.recorded_on, where=where, field="recorded_on")
            known = max(known, self.recorded_on)
        if self.reversed_on is not None:
            day_number(self.reversed_on, where=where, field="reversed_on")
            if self.reversed_on < known:
                raise InvalidValueError.at(
                    f"{where}, reversed_on",
                    expected=f"a day on or after {known}, when the payment was made and recorded",
                    found=str(self.reversed_on),
                )


def named_payments(
    payments: Iterable[Payment], *, within: str = ""
) -> Iterator[tuple[str, Payment]]:
    """Payments with their places for a message, refusing an id that comes twice: money counts once.

    The places begin with ``within``, where it is given.

    Raises
    ------
    InvalidValueError
        A ``payment_id`` used twice; payments without one may be alike.

    Examples
    --------
    >>> from datetime import date
    >>> day = date(2025, 1, 31)
    >>> [where for where, _ in named_payments([Payment(day, 5), Payment(day, 5, payment_id="P")])]
    ['payment 1', "payment 'P'"]
    """
    seen: set[str] = set()
    for number, payment in enumerate(payments, start=1):
        name = payment.payment_id
        where = f"payment {number}" if name is None else f"payment {name!r}"
        where = f"{within}, {where}" if within else where
        if name is not None:
            if name in seen:
                raise InvalidValueError.at(
                    where, expected="a payment_id used once", found="it twice"
                )
            seen.add(name)
        yield where, payment


def payment_key(payment: Payment) -> tuple[object, ...]:
    """The order in which an account keeps its payments.

    By value date and id; what is left makes the order of payments without an id their own.
    """
    return (
        payment.value_date,
        payment.payment_id or "",
        payment.amount,
        payment.kind.value,
        payment.recorded_on or date.min,
        payment.reversed_on or date.max,
    )
