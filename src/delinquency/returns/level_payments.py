"""Level payments and their parts, from exact fractions, as a spreadsheet signs them.

The payment is the same each period, its interest falls and its principal rises. The one idea: received is
positive and paid is negative, and nothing is rounded before the answer, which is rounded once, half away
from zero. The equation behind every verb stands in :mod:`delinquency.returns.time_value`.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.returns.exactness import (
    DEFAULT_DECIMALS,
    Exact,
    checked_amount,
    checked_count,
    checked_decimals,
    checked_number,
    rounded,
)

__all__ = [
    "LevelPlan",
    "PaymentTiming",
    "cumulative_interest",
    "cumulative_principal",
    "interest_part",
    "level_payment",
    "principal_part",
]

MOST_PAYMENTS: Final = 10_000
"""The most payments accepted; itself accepted."""


class PaymentTiming(Enum):
    """When in its period a payment is made: the argument *type* of a spreadsheet, 0 or 1."""

    END = "end"
    """At the end of the period (后付): type 0."""
    START = "start"
    """At its start (先付): type 1."""


def level_payment(
    *,
    rate: Exact,
    instalment_count: int,
    present_value: Decimal | int,
    future_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The payment that is the same each period (等额本息每期还款额); spreadsheet name: PMT.

    Parameters
    ----------
    rate : Decimal, int or Fraction
        [share per period], above -1; a twelfth of 8 % is ``Fraction(8, 1200)``.
    instalment_count : int
        Payments, 1 to 10,000, both accepted.
    present_value : Decimal or int
        [currency units], positive when received: the amount borrowed.
    future_value : Decimal or int
        [currency units] received after the last payment; a balloon to be paid is negative.
    timing : PaymentTiming
    decimals : int
        Decimals of the answer.

    Returns
    -------
    Decimal
        [currency units], negative when paid.

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        A rate of -1 or less, NaN, a number out of bounds.

    Examples
    --------
    >>> level_payment(rate=Fraction(8, 1200), instalment_count=10, present_value=10000, decimals=2)
    Decimal('-1037.03')
    >>> level_payment(rate=0, instalment_count=4, present_value=100, decimals=2)
    Decimal('-25.00')
    """
    plan = LevelPlan("level_payment", rate, instalment_count, timing, decimals)
    payment = plan.payment(present_value, future_value)
    return rounded(payment, decimals=plan.decimals)


def interest_part(
    *,
    rate: Exact,
    payment_no: int,
    instalment_count: int,
    present_value: Decimal | int,
    future_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The interest in one level payment; spreadsheet name: IPMT.

    The balance before the payment times the rate; with payments at the start, of one period less, so
    that the first bears none. Nothing is rounded before the answer.

    Parameters
    ----------
    rate, instalment_count, present_value, future_value, timing, decimals
        As in :func:`level_payment`.
    payment_no : int
        1 for the first payment.

    Returns
    -------
    Decimal
        [currency units], negative when paid.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`level_payment`; a number that no payment has.

    Examples
    --------
    >>> interest_part(rate=Fraction(1, 10), payment_no=3, instalment_count=3, present_value=8000, decimals=2)
    Decimal('-292.45')
    """
    plan = LevelPlan("interest_part", rate, instalment_count, timing, decimals)
    number = plan.payment_number(payment_no, "payment_no")
    principal, paid = plan.principal(number, number, present_value, future_value)
    return rounded(paid - principal, decimals=plan.decimals)


def principal_part(
    *,
    rate: Exact,
    payment_no: int,
    instalment_count: int,
    present_value: Decimal | int,
    future_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The principal in one level payment; spreadsheet name: PPMT.

    The payment less its interest; arguments as in :func:`interest_part`.

    Returns
    -------
    Decimal
        [currency units], negative when paid.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`interest_part`.

    Examples
    --------
    >>> principal_part(rate=Fraction(8, 100), payment_no=10, instalment_count=10,
    ...     present_value=200000, decimals=2)
    Decimal('-27598.05')
    """
    plan = LevelPlan("principal_part", rate, instalment_count, timing, decimals)
    number = plan.payment_number(payment_no, "payment_no")
    principal, _ = plan.principal(number, number, present_value, future_value)
    return rounded(principal, decimals=plan.decimals)


def cumulative_interest(
    *,
    rate: Exact,
    instalment_count: int,
    present_value: Decimal | int,
    first_payment: int,
    last_payment: int,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The interest in several level payments, both ends included; spreadsheet name: CUMIPMT.

    Parameters
    ----------
    rate, instalment_count, present_value, timing, decimals
        As in :func:`level_payment`.
    first_payment, last_payment : int
        1 for the first payment; both belong to the sum.

    Returns
    -------
    Decimal
        [currency units], negative when paid.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`level_payment`; a last payment before the first.

    Examples
    --------
    >>> cumulative_interest(rate=Fraction(9, 1200), instalment_count=360, present_value=125000,
    ...     first_payment=1, last_payment=1, decimals=2)
    Decimal('-937.50')
    """
    plan = LevelPlan("cumulative_interest", rate, instalment_count, timing, decimals)
    first, last = plan.payment_numbers(first_payment, last_payment)
    principal, paid = plan.principal(first, last, present_value, 0)
    return rounded(paid - principal, decimals=plan.decimals)


def cumulative_principal(
    *,
    rate: Exact,
    instalment_count: int,
    present_value: Decimal | int,
    first_payment: int,
    last_payment: int,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The principal in several level payments, both ends included; spreadsheet name: CUMPRINC.

    Arguments as in :func:`cumulative_interest`.

    Returns
    -------
    Decimal
        [currency units], negative when paid.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`cumulative_interest`.

    Examples
    --------
    >>> cumulative_principal(rate=Fraction(9, 1200), instalment_count=360, present_value=125000,
    ...     first_payment=1, last_payment=1, decimals=8)
    Decimal('-68.27827118')
    """
    plan = LevelPlan("cumulative_principal", rate, instalment_count, timing, decimals)
    first, last = plan.payment_numbers(first_payment, last_payment)
    principal, _ = plan.principal(first, last, present_value, 0)
    return rounded(principal, decimals=plan.decimals)


class LevelPlan:
    """The arguments that all verbs share, checked, and the two factors that follow from them."""

    __slots__ = ("annuity", "count", "decimals", "growth", "rate", "timing", "weight", "where")

    def __init__(
        self, where: str, rate: Exact, count: int, timing: PaymentTiming, decimals: int
    ) -> None:
        self.where = where
        self.rate = checked_number(rate, where=where, field="rate")
        if self.rate <= -1:
            raise InvalidValueError.at(where, expected="a rate above -1", found=str(rate))
        self.timing = checked_member(timing, PaymentTiming, f"{where}, timing")
        self.count = checked_count(
            count, where=where, field="instalment_count", least=1, most=MOST_PAYMENTS
        )
        self.decimals = checked_decimals(decimals, where=where)
        self.weight = 1 + self.rate if timing is PaymentTiming.START else Fraction(1)
        self.growth = (1 + self.rate) ** self.count
        self.annuity = self.payments_grown(self.count)

    def payments_grown(self, count: int) -> Fraction:
        """What ``count`` payments of 1 have grown to."""
        if self.rate == 0:
            return Fraction(count)
        return self.weight * ((1 + self.rate) ** count - 1) / self.rate

    def amount(self, value: Decimal | int, field: str) -> Fraction:
        """An amount, checked."""
        return Fraction(checked_amount(value, where=self.where, field=field))

    def payment_number(self, value: int, field: str) -> int:
        """The number of a payment, checked."""
        return checked_count(value, where=self.where, field=field, least=1, most=self.count)

    def payment_numbers(self, first: int, last: int) -> tuple[int, int]:
        """The numbers of several payments, both ends included, checked."""
        begin = self.payment_number(first, "first_payment")
        end = checked_count(
            last, where=self.where, field="last_payment", least=begin, most=self.count
        )
        return begin, end

    def payment(self, present: Decimal | int, future: Decimal | int) -> Fraction:
        """The level payment, not rounded."""
        now, then = self.amount(present, "present_value"), self.amount(future, "future_value")
        return -(now * self.growth + then) / self.annuity

    def principal(
        self, first: int, last: int, present: Decimal | int, future: Decimal | int
    ) -> tuple[Fraction, Fraction]:
        """The principal in several payments, both ends included, and all of them; not rounded."""
        now, payment = self.amount(present, "present_value"), self.payment(present, future)
        before, after = (self._balance(count, now, payment) for count in (first - 1, last))
        return after - before, (last - first + 1) * payment

    def _balance(self, count: int, now: Fraction, payment: Fraction) -> Fraction:
        """What is owed right after so many payments; at the start of a period it bears none yet."""
        if count == 0:
            return now
        grown = now * (1 + self.rate) ** count + payment * self.payments_grown(count)
        return grown / self.weight
