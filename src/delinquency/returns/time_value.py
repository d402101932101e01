"""The time value of money of level payments: what a spreadsheet does, from exact fractions.

Five numbers tie a loan together: rate, number of payments, payment, present value, future value. The
one idea: received is positive and paid is negative, as in a spreadsheet, and the five satisfy

    present × q + payment × (1 + rate × w) × (q - 1) ÷ rate + future = 0,   q = (1 + rate)^count,

where w is 1 for payments at the start of each period and 0 at the end; at a rate of 0,
present + payment × count + future = 0. Each verb solves this for one of them and rounds once, half away
from zero.

=====================================  ============
verb                                   spreadsheet
=====================================  ============
:func:`level_payment`                  PMT
:func:`interest_part`                  IPMT
:func:`principal_part`                 PPMT
:func:`cumulative_interest`            CUMIPMT
:func:`cumulative_principal`           CUMPRINC
:func:`payment_count`                  NPER
:func:`period_rate`                    RATE
:func:`present_value`                  PV
:func:`future_value`                   FV
=====================================  ============
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import log
from typing import Final

from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.returns.cash_flows import refuse_unless_both_signs
from delinquency.returns.discounting import discounted_sum, sign_at
from delinquency.returns.exactness import (
    DEFAULT_DECIMALS,
    Exact,
    checked_amount,
    checked_count,
    checked_decimals,
    checked_number,
    rounded,
    rounded_by_comparison,
)
from delinquency.returns.solving import only_rate

__all__ = [
    "PaymentTiming",
    "cumulative_interest",
    "cumulative_principal",
    "future_value",
    "interest_part",
    "level_payment",
    "payment_count",
    "period_rate",
    "present_value",
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
    count: int,
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
    count : int
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
    >>> level_payment(rate=Fraction(8, 1200), count=10, present_value=10000, decimals=2)
    Decimal('-1037.03')
    >>> level_payment(rate=0, count=4, present_value=100, decimals=2)
    Decimal('-25.00')
    """
    given = _Given("level_payment", rate, count, timing, decimals)
    payment = given.payment(present_value, future_value)
    return rounded(payment, decimals=given.decimals)


def interest_part(
    *,
    rate: Exact,
    payment_no: int,
    count: int,
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
    rate, count, present_value, future_value, timing, decimals
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
    >>> interest_part(rate=Fraction(1, 10), payment_no=3, count=3, present_value=8000, decimals=2)
    Decimal('-292.45')
    """
    given = _Given("interest_part", rate, count, timing, decimals)
    number = given.payment_number(payment_no, "payment_no")
    return rounded(given.interest(number, present_value, future_value), decimals=given.decimals)


def principal_part(
    *,
    rate: Exact,
    payment_no: int,
    count: int,
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
    >>> principal_part(rate=Fraction(8, 100), payment_no=10, count=10, present_value=200000, decimals=2)
    Decimal('-27598.05')
    """
    given = _Given("principal_part", rate, count, timing, decimals)
    number = given.payment_number(payment_no, "payment_no")
    interest = given.interest(number, present_value, future_value)
    return rounded(given.payment(present_value, future_value) - interest, decimals=given.decimals)


def cumulative_interest(
    *,
    rate: Exact,
    count: int,
    present_value: Decimal | int,
    first_payment: int,
    last_payment: int,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The interest in several level payments, both ends included; spreadsheet name: CUMIPMT.

    Parameters
    ----------
    rate, count, present_value, timing, decimals
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
    >>> cumulative_interest(rate=Fraction(9, 1200), count=360, present_value=125000,
    ...     first_payment=1, last_payment=1, decimals=2)
    Decimal('-937.50')
    """
    given = _Given("cumulative_interest", rate, count, timing, decimals)
    numbers = given.payment_numbers(first_payment, last_payment)
    value = sum((given.interest(number, present_value, 0) for number in numbers), Fraction(0))
    return rounded(value, decimals=given.decimals)


def cumulative_principal(
    *,
    rate: Exact,
    count: int,
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
    >>> cumulative_principal(rate=Fraction(9, 1200), count=360, present_value=125000,
    ...     first_payment=1, last_payment=1, decimals=8)
    Decimal('-68.27827118')
    """
    given = _Given("cumulative_principal", rate, count, timing, decimals)
    numbers = given.payment_numbers(first_payment, last_payment)
    interest = sum((given.interest(number, present_value, 0) for number in numbers), Fraction(0))
    payment = given.payment(present_value, 0)
    return rounded(len(numbers) * payment - interest, decimals=given.decimals)


def present_value(
    *,
    rate: Exact,
    count: int,
    payment: Decimal | int,
    future_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """What level payments and a final amount are worth today; spreadsheet name: PV.

    Arguments as in :func:`level_payment`; ``payment`` [currency units] is negative when paid. Of
    amounts that differ, see :func:`~delinquency.returns.rates_of_return.npv`.

    Returns
    -------
    Decimal
        [currency units], positive when received.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`level_payment`.

    Examples
    --------
    >>> present_value(rate=Fraction(8, 1200), count=240, payment=500, decimals=2)
    Decimal('-59777.15')
    """
    given = _Given("present_value", rate, count, timing, decimals)
    paid = given.amount(payment, "payment") * given.annuity
    value = -(paid + given.amount(future_value, "future_value")) / given.growth
    return rounded(value, decimals=given.decimals)


def future_value(
    *,
    rate: Exact,
    count: int,
    payment: Decimal | int,
    present_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """What is left after level payments; spreadsheet name: FV.

    Arguments as in :func:`level_payment`; ``payment`` [currency units] is negative when paid.

    Returns
    -------
    Decimal
        [currency units], positive when received.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`level_payment`.

    Examples
    --------
    >>> future_value(rate=Fraction(1, 100), count=12, payment=-100, decimals=2)
    Decimal('1268.25')
    """
    given = _Given("future_value", rate, count, timing, decimals)
    paid = given.amount(payment, "payment") * given.annuity
    value = -(given.amount(present_value, "present_value") * given.growth + paid)
    return rounded(value, decimals=given.decimals)


def period_rate(
    *,
    count: int,
    payment: Decimal | int,
    present_value: Decimal | int,
    future_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    periods_per_year: int = 1,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The rate of level payments, if there is exactly one; spreadsheet name: RATE.

    Found, counted and proven as in :func:`~delinquency.returns.rates_of_return.irr`.

    Parameters
    ----------
    count, future_value, timing, decimals
        As in :func:`level_payment`.
    payment, present_value : Decimal or int
        [currency units], of opposite signs in a loan.
    periods_per_year : int
        The answer is the period's rate times this, rounded once: 12 gives a nominal annual rate.

    Returns
    -------
    Decimal
        [share per period], or nominal [share per year].

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`level_payment`; no rate, or several, which the message lists.

    Examples
    --------
    >>> period_rate(count=48, payment=-200, present_value=8000, decimals=4)
    Decimal('0.0077')
    """
    given = _Given("period_rate", 0, count, timing, decimals)
    multiple = checked_count(
        periods_per_year, where=given.where, field="periods_per_year", least=1, most=8784
    )
    shift = timing is PaymentTiming.END
    amounts = [given.amount(present_value, "present_value")]
    amounts += [given.amount(payment, "payment")] * given.count
    amounts += [given.amount(future_value, "future_value")]
    times = [0, *(number + shift for number in range(given.count)), given.count]
    refuse_unless_both_signs(amounts, where=given.where, noun="present, future value and payments")
    return only_rate(
        discounted_sum(amounts, [Fraction(time) for time in times]),
        where=given.where,
        decimals=given.decimals,
        multiple=Fraction(multiple),
    )


def payment_count(
    *,
    rate: Exact,
    payment: Decimal | int,
    present_value: Decimal | int,
    future_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """How many level payments it takes; spreadsheet name: NPER.

    The count is seldom whole, and negative where it lies in the past. It is rounded once, proven by
    comparing the growth half a unit of the last decimal below and above.

    Parameters
    ----------
    rate, future_value, timing, decimals
        As in :func:`level_payment`.
    payment, present_value : Decimal or int
        [currency units], negative when paid.

    Returns
    -------
    Decimal
        [periods]

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`level_payment`; payments that never repay, such as less than the interest.

    Examples
    --------
    >>> payment_count(rate=Fraction(1, 100), payment=-100, present_value=-1000, future_value=10000,
    ...     timing=PaymentTiming.START, decimals=7)
    Decimal('59.6738657')
    >>> payment_count(rate=Fraction(1, 100), payment=-10, present_value=1000)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: payment_count: expected payments that reach the future value, \
found payments that never do. Hint: A payment of no more than the interest repays nothing.
    """
    given = _Given("payment_count", rate, 1, timing, decimals)
    now = given.amount(present_value, "present_value")
    then = given.amount(future_value, "future_value")
    each = given.amount(payment, "payment")
    if given.rate == 0:
        if each == 0:
            raise _never(given.where)
        return rounded(-(now + then) / each, decimals=given.decimals)
    per_period = each * given.weight
    below = per_period + now * given.rate
    ratio = (per_period - then * given.rate) / below if below else Fraction(0)
    if ratio <= 0:
        raise _never(given.where)
    growth = 1 + given.rate
    if ratio == 1:
        return rounded(Fraction(0), decimals=given.decimals)

    def side(count: Fraction) -> int:
        """How growth to the power of the count compares with the ratio."""
        total = discounted_sum([Fraction(1), -ratio], [-count, Fraction(0)])
        compared = sign_at(total, growth) if total.amounts else 0
        return compared if growth > 1 else -compared

    return rounded_by_comparison(
        Fraction(log(ratio) / log(growth)), side, decimals=given.decimals
    )


def _never(where: str) -> InvalidValueError:
    return InvalidValueError.at(
        where,
        expected="payments that reach the future value",
        found="payments that never do",
        hint="A payment of no more than the interest repays nothing.",
    )


class _Given:
    """The arguments that all verbs share, checked, and the two factors that follow from them."""

    __slots__ = ("annuity", "count", "decimals", "growth", "rate", "timing", "weight", "where")

    def __init__(
        self, where: str, rate: Exact, count: int, timing: PaymentTiming, decimals: int
    ) -> None:
        self.where = where
        self.rate = checked_number(rate, where=where, field="rate")
        if self.rate <= -1:
            raise InvalidValueError.at(where, expected="a rate above -1", found=str(rate))
        if not isinstance(timing, PaymentTiming):
            raise InvalidTypeError.at(where, expected="timing to be a PaymentTiming", found=timing)
        self.count = checked_count(count, where=where, field="count", least=1, most=MOST_PAYMENTS)
        self.decimals = checked_decimals(decimals, where=where)
        self.timing = timing
        self.weight = 1 + self.rate if timing is PaymentTiming.START else Fraction(1)
        self.growth = (1 + self.rate) ** self.count
        self.annuity = self.payments_grown(self.count)

    def payments_grown(self, count: int) -> Fraction:
        """What ``count`` payments of 1 have grown to."""
        if self.rate == 0:
            return Fraction(count)
        return self.weight * ((1 + self.rate) ** count - 1) / self.rate

    def amount(self, value: Decimal | int, field: str) -> Fraction:
        return Fraction(checked_amount(value, where=self.where, field=field))

    def payment_number(self, value: int, field: str) -> int:
        return checked_count(value, where=self.where, field=field, least=1, most=self.count)

    def payment_numbers(self, first: int, last: int) -> range:
        begin = self.payment_number(first, "first_payment")
        end = checked_count(
            last, where=self.where, field="last_payment", least=begin, most=self.count
        )
        return range(begin, end + 1)

    def payment(self, present: Decimal | int, future: Decimal | int) -> Fraction:
        now, then = self.amount(present, "present_value"), self.amount(future, "future_value")
        return -(now * self.growth + then) / self.annuity

    def interest(self, number: int, present: Decimal | int, future: Decimal | int) -> Fraction:
        if self.timing is PaymentTiming.START and number == 1:
            return Fraction(0)
        now = self.amount(present, "present_value")
        paid = self.payment(present, future) * self.payments_grown(number - 1)
        balance = now * (1 + self.rate) ** (number - 1) + paid
        return -balance * self.rate / self.weight
