"""The time value of money of level payments: what a spreadsheet does, from exact fractions.

Five numbers tie a loan together: rate, number of payments, payment, present value, future value. The
one idea: received is positive and paid is negative, as in a spreadsheet, and the five satisfy

    present × q + payment × (1 + rate × w) × (q - 1) ÷ rate + future = 0,   q = (1 + rate)^count,

where w is 1 for payments at the start of each period and 0 at the end; at a rate of 0,
present + payment × count + future = 0. Each verb solves this for one of them and rounds once, half away
from zero.

=========================================================================  ============
verb                                                                       spreadsheet
=========================================================================  ============
:func:`~delinquency.returns.level_payments.level_payment`                  PMT
:func:`~delinquency.returns.level_payments.interest_part`                  IPMT
:func:`~delinquency.returns.level_payments.principal_part`                 PPMT
:func:`~delinquency.returns.level_payments.cumulative_interest`            CUMIPMT
:func:`~delinquency.returns.level_payments.cumulative_principal`           CUMPRINC
:func:`payment_count`                                                      NPER
:func:`period_rate`                                                        RATE
:func:`present_value`                                                      PV
:func:`future_value`                                                       FV
=========================================================================  ============
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import log

from delinquency.errors import InvalidValueError
from delinquency.returns.cash_flows import refuse_unless_both_signs
from delinquency.returns.discounting import discounted_sum, sign_at
from delinquency.returns.exactness import (
    DEFAULT_DECIMALS,
    Exact,
    checked_periods_per_year,
    rounded,
    rounded_by_comparison,
)
from delinquency.returns.level_payments import LevelPlan, PaymentTiming
from delinquency.returns.solving import only_rate

__all__ = ["future_value", "payment_count", "period_rate", "present_value"]


def present_value(
    *,
    rate: Exact,
    instalment_count: int,
    payment: Decimal | int,
    future_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """What level payments and a final amount are worth today; spreadsheet name: PV.

    Arguments as in :func:`~delinquency.returns.level_payments.level_payment`; ``payment``
    [currency units] is negative when paid. Of amounts that differ, see
    :func:`~delinquency.returns.rates_of_return.npv`.

    Returns
    -------
    Decimal
        [currency units], positive when received.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`~delinquency.returns.level_payments.level_payment`.

    Examples
    --------
    >>> present_value(rate=Fraction(8, 1200), instalment_count=240, payment=500, decimals=2)
    Decimal('-59777.15')
    """
    plan = LevelPlan("present_value", rate, instalment_count, timing, decimals)
    paid = plan.amount(payment, "payment") * plan.annuity
    value = -(paid + plan.amount(future_value, "future_value")) / plan.growth
    return rounded(value, decimals=plan.decimals)


def future_value(
    *,
    rate: Exact,
    instalment_count: int,
    payment: Decimal | int,
    present_value: Decimal | int = 0,
    timing: PaymentTiming = PaymentTiming.END,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """What is left after level payments; spreadsheet name: FV.

    Arguments as in :func:`~delinquency.returns.level_payments.level_payment`; ``payment``
    [currency units] is negative when paid.

    Returns
    -------
    Decimal
        [currency units], positive when received.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`~delinquency.returns.level_payments.level_payment`.

    Examples
    --------
    >>> future_value(rate=Fraction(1, 100), instalment_count=12, payment=-100, decimals=2)
    Decimal('1268.25')
    """
    plan = LevelPlan("future_value", rate, instalment_count, timing, decimals)
    paid = plan.amount(payment, "payment") * plan.annuity
    value = -(plan.amount(present_value, "present_value") * plan.growth + paid)
    return rounded(value, decimals=plan.decimals)


def period_rate(
    *,
    instalment_count: int,
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
    instalment_count, future_value, timing, decimals
        As in :func:`~delinquency.returns.level_payments.level_payment`.
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
        As in :func:`~delinquency.returns.level_payments.level_payment`; no rate, or several, which
        the message lists.

    Examples
    --------
    >>> period_rate(instalment_count=48, payment=-200, present_value=8000, decimals=4)
    Decimal('0.0077')
    """
    plan = LevelPlan("period_rate", 0, instalment_count, timing, decimals)
    multiple = checked_periods_per_year(periods_per_year, where=plan.where)
    shift = timing is PaymentTiming.END
    amounts = [plan.amount(present_value, "present_value")]
    amounts += [plan.amount(payment, "payment")] * plan.count
    amounts += [plan.amount(future_value, "future_value")]
    times = [0, *(number + shift for number in range(plan.count)), plan.count]
    refuse_unless_both_signs(amounts, where=plan.where, noun="present, future value and payments")
    return only_rate(
        discounted_sum(amounts, [Fraction(time) for time in times]),
        where=plan.where,
        decimals=plan.decimals,
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
        As in :func:`~delinquency.returns.level_payments.level_payment`.
    payment, present_value : Decimal or int
        [currency units], negative when paid.

    Returns
    -------
    Decimal
        [periods]

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`~delinquency.returns.level_payments.level_payment`; payments that never repay,
        such as less than the interest.

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
    plan = LevelPlan("payment_count", rate, 1, timing, decimals)
    now = plan.amount(present_value, "present_value")
    then = plan.amount(future_value, "future_value")
    each = plan.amount(payment, "payment")
    if plan.rate == 0:
        if each == 0:
            raise _never(plan.where)
        return rounded(-(now + then) / each, decimals=plan.decimals)
    per_period = each * plan.weight
    below = per_period + now * plan.rate
    ratio = (per_period - then * plan.rate) / below if below else Fraction(0)
    if ratio <= 0:
        raise _never(plan.where)
    growth = 1 + plan.rate
    if ratio == 1:
        return rounded(Fraction(0), decimals=plan.decimals)

    def side(count: Fraction) -> int:
        """How growth to the power of the count compares with the ratio."""
        total = discounted_sum([Fraction(1), -ratio], [-count, Fraction(0)])
        compared = sign_at(total, growth) if total.amounts else 0
        return compared if growth > 1 else -compared

    return rounded_by_comparison(Fraction(log(ratio) / log(growth)), side, decimals=plan.decimals)


def _never(where: str) -> InvalidValueError:
    return InvalidValueError.at(
        where,
        expected="payments that reach the future value",
        found="payments that never do",
        hint="A payment of no more than the interest repays nothing.",
    )
