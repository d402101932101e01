"""Money that comes before it is due, and what it changes (提前还款).

The one idea: a prepayment is a fact with a choice in it. That money came is one thing; whether the term
becomes shorter or the payment lower is another, and so is whether the interest of the days so far is paid
with it or with the next instalment. Each choice has a name, and none is hidden.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.rounding import Proportion

__all__ = ["Prepayment", "PrepaymentEffect", "PrepaymentInterest", "PrepaymentOutcome"]

_WHERE = "prepayment"


class PrepaymentEffect(Enum):
    """What a prepayment changes.

    ``SHORTER_TERM``: the payment stays, the loan ends earlier (缩短期限，月供不变).
    ``LOWER_PAYMENT``: the due dates stay, the payment is solved anew (减少月供，期限不变).
    ``NEXT_INSTALMENTS``: the balance falls at once, and the principal of the next instalments is taken
    off, the interest of them stays due.
    ``HELD``: the money is kept as credit and pays the coming instalments when they fall due; no row
    changes, and no interest is saved (预存).
    """

    SHORTER_TERM = "shorter_term"
    LOWER_PAYMENT = "lower_payment"
    NEXT_INSTALMENTS = "next_instalments"
    HELD = "held"


class PrepaymentInterest(Enum):
    """When the interest of the current period up to the day of a prepayment is paid.

    ``WITH_PAYMENT``: on that day, out of the amount; what is left repays principal.
    ``NEXT_INSTALMENT``: with the next instalment; the whole amount repays principal.
    """

    WITH_PAYMENT = "with_payment"
    NEXT_INSTALMENT = "next_instalment"


@attrs.frozen(slots=True, kw_only=True)
class Prepayment:
    """Money that comes before it is due.

    Parameters
    ----------
    paid_on : date
        The day from which the balance is lower; that day bears interest on what is left. On a due date
        the instalment of that day comes first.
    amount : Decimal or int
        What is paid towards the debt on that day, besides any instalment that falls due then
        [currency units], more than 0. A fee is not in it.
    effect : PrepaymentEffect
    interest : PrepaymentInterest, default WITH_PAYMENT
    fee : Decimal, int or Proportion, default 0
        What the lender charges for it, due on the same day besides the amount: an amount
        [currency units], or a share of the principal that is repaid early (违约金).

    Raises
    ------
    InvalidTypeError
        A ``float``; a ``datetime`` for a ``date``; any other wrong type.
    InvalidValueError
        An amount of 0 or less; a fee below 0, or on money that is only held.

    Examples
    --------
    >>> Prepayment(paid_on=date(2025, 3, 15), amount=Decimal("20000.00"),
    ...     effect=PrepaymentEffect.SHORTER_TERM, fee=Proportion(1, 100)).interest
    <PrepaymentInterest.WITH_PAYMENT: 'with_payment'>
    """

    paid_on: date
    amount: Decimal | int
    effect: PrepaymentEffect
    interest: PrepaymentInterest = PrepaymentInterest.WITH_PAYMENT
    fee: Decimal | int | Proportion = Decimal(0)

    def __attrs_post_init__(self) -> None:
        day_number(self.paid_on, where=_WHERE, field="paid_on")
        check_amount(self.amount, where=f"{_WHERE}, amount", positive=True)
        for field, kind in (("effect", PrepaymentEffect), ("interest", PrepaymentInterest)):
            checked_member(getattr(self, field), kind, f"{_WHERE}, {field}")
        if not isinstance(self.fee, Proportion):
            check_amount(self.fee, where=f"{_WHERE}, fee", positive=False)
        if self.effect is PrepaymentEffect.HELD and self.has_fee:
            raise InvalidValueError.at(
                f"{_WHERE}, fee",
                expected="0 with the effect HELD",
                found=str(self.fee),
                hint="Money that is held repays nothing early.",
            )

    @property
    def has_fee(self) -> bool:
        """Whether anything is charged for it."""
        fee = self.fee
        return bool(fee.numerator) if isinstance(fee, Proportion) else bool(fee)


@attrs.frozen(slots=True, kw_only=True)
class PrepaymentOutcome:
    """What became of one prepayment.

    Attributes
    ----------
    prepayment : Prepayment
    principal, interest, fee : Decimal [currency units]
        What it repaid early, what it paid of interest so far, and what was charged for it.
    credit : Decimal [currency units]
        What is kept for coming instalments; below 0, what was kept before and settled the loan with it.
    balance : Decimal [currency units]
        The principal that is open after it.
    instalment_count : int
        The instalments of the whole loan after it.
    interest_saved : Decimal [currency units]
        By how much all interest of the loan is less than before it.
    """

    prepayment: Prepayment
    principal: Decimal
    interest: Decimal
    fee: Decimal
    credit: Decimal
    balance: Decimal
    instalment_count: int
    interest_saved: Decimal
