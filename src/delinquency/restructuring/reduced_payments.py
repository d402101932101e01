"""Agreed payments in place of the next instalments: token payments, and payments that step up.

The one idea: what a debtor can pay for a time is an amount, not a rule; interest comes first out of it, and
what is left of the debt by then is paid with the instalments after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import attrs

from delinquency.amortisation import DeferredInterest
from delinquency.amounts import check_amount
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.restructuring.measure_checks import MOST_INSTALMENTS, check_count
from delinquency.sequences import checked_tuple

__all__ = ["AgreedPayment", "ReducedPayments"]


@attrs.frozen(slots=True)
class AgreedPayment:
    """The same payment on so many due dates.

    Parameters
    ----------
    instalments : int
        1 or more due dates.
    amount : Decimal or int
        What is paid on each [currency units], more than 0.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        No whole number from 1 to 1200; no amount above 0.
    """

    instalments: int
    amount: Decimal | int

    def __attrs_post_init__(self) -> None:
        where = "agreed payment"
        check_count(self.instalments, f"{where}, instalments")
        check_amount(self.amount, where=f"{where}, amount", positive=True)


def _steps(items: Iterable[AgreedPayment]) -> tuple[AgreedPayment, ...]:
    return checked_tuple(
        items, AgreedPayment, "reduced payments, payments", hint="Write AgreedPayment(6, 200)."
    )


@attrs.frozen(slots=True)
class ReducedPayments:
    """On the next due dates agreed amounts are paid, and what is left with those after them (减额还款).

    Of an amount interest is paid first, that of the running period among it, and principal with the rest. On
    such a date nothing else is asked for: arrears that are spread, and fees, wait for the instalments after
    it. Those are made anew from what is left then; at least one must be. Due dates of a payment holiday are
    passed over; it goes before this measure.

    Parameters
    ----------
    payments : sequence of AgreedPayment
        At least one, in order from the next due date on: one step is a token payment, several step up.
    interest : DeferredInterest, optional
        What becomes of interest that a payment does not cover. ``ACCRUED``: it bears none and falls due with
        the first instalment after. ``CAPITALISED``: it becomes principal. ``WAIVED``: it is given up. Default
        ``None``: a payment below the interest is refused.

    Raises
    ------
    InvalidTypeError
        No steps; another kind of interest.
    InvalidValueError
        No step; more than 1200 due dates in all.

    Examples
    --------
    Five a month for half a year, then 100 and 150 for a quarter each:

    >>> found = ReducedPayments([AgreedPayment(6, 5), AgreedPayment(3, 100), AgreedPayment(3, 150)],
    ...     DeferredInterest.CAPITALISED)
    >>> found.instalments
    12
    """

    payments: tuple[AgreedPayment, ...] = attrs.field(converter=_steps)
    interest: DeferredInterest | None = None

    def __attrs_post_init__(self) -> None:
        where = "reduced payments"
        if not self.payments:
            raise InvalidValueError.at(
                f"{where}, payments", expected="at least one step", found="none"
            )
        if self.instalments > MOST_INSTALMENTS:
            raise InvalidValueError.at(
                f"{where}, payments",
                expected=f"at most {MOST_INSTALMENTS} due dates in all",
                found=str(self.instalments),
            )
        if self.interest is not None:
            checked_member(self.interest, DeferredInterest, f"{where}, interest")

    @property
    def instalments(self) -> int:
        """On how many due dates such amounts are paid."""
        return sum(step.instalments for step in self.payments)
