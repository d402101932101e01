"""What a borrower who settles early is given back of the charges for credit.

The instalments still to come hold charges for time that will not pass. The one idea: a rebate is those
instalments less what settles the debt on the settlement date; rules differ in how that is found - by
compounding, by the sum of the digits, by statute - and from which date.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Final

from delinquency.errors import InvalidValueError
from delinquency.returns.cash_flows import exact_amounts
from delinquency.returns.compounding import nominal_rate
from delinquency.returns.exactness import (
    MOST_DECIMALS,
    Exact,
    checked_amount,
    checked_count,
    checked_decimals,
    checked_number,
    rounded,
)
from delinquency.returns.valuing import rounded_value

__all__ = ["actuarial_rebate", "rule_of_78_rebate", "uk_early_settlement_rebate"]

_MOST: Final = 10_000


def actuarial_rebate(
    repayments: Iterable[Decimal | int],
    *,
    paid_count: int,
    rate: Exact,
    decimals: int = 2,
) -> Decimal:
    """The rebate by the actuarial method: the repayments to come less their value at the loan's rate.

    Settlement is right after repayment number ``paid_count``; the repayment k periods later is worth
    amount ÷ (1 + rate)^k.

    Parameters
    ----------
    repayments : iterable of Decimal or int
        All of them, one a period, 0 or more [currency units].
    paid_count : int
        How many are paid; all of them leaves a rebate of 0.
    rate : Decimal, int or Fraction
        [share per period], above -1.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [currency units]

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        No repayment, one below 0, a count or a rate out of bounds.

    Examples
    --------
    >>> plan = [100, 100, 100]
    >>> [actuarial_rebate(plan, paid_count=n, rate=Decimal("0.01")) for n in (0, 1, 2, 3)]
    [Decimal('5.90'), Decimal('2.96'), Decimal('0.99'), Decimal('0.00')]
    """
    where = "actuarial_rebate"
    left = _checked_repayments(repayments, where)
    paid = checked_count(paid_count, where=where, field="paid_count", least=0, most=len(left))
    growth = _checked_growth(rate, "rate", where)
    left = left[paid:]
    times = [Fraction(number) for number in range(1, len(left) + 1)]
    return rounded_value(
        [sum(map(Fraction, left), Fraction(0)), *(amount.copy_negate() for amount in left)],
        [Fraction(0), *times],
        growth=growth,
        decimals=checked_decimals(decimals, where=where),
    )


def rule_of_78_rebate(
    total_charge: Decimal | int,
    *,
    instalment_count: int,
    paid_count: int,
    deferred_count: int = 0,
    decimals: int = 2,
) -> Decimal:
    """The rebate by the Rule of 78 (sum of the digits; 七八法则): charge × r(r + 1) ÷ (n(n + 1)).

    r instalments of n are still to come after the settlement date; the first bears n parts of the
    charge, the last one part. Over twelve months the parts are 78. Lenders may not use it everywhere:
    the United States forbid it for loans of more than 61 months.

    Parameters
    ----------
    total_charge : Decimal or int
        All charges for credit of the loan, 0 or more [currency units].
    instalment_count : int
        n, equal and evenly spaced.
    paid_count : int
        How many are due by the settlement, the one of that day included; all of them leave 0.
    deferred_count : int
        By how many instalments the settlement date is put off for the rebate, so that the lender
        recovers the cost of setting up the loan; a rebate is never below 0.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [currency units]

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        A charge below 0; a count out of bounds.

    References
    ----------
    15 U.S.C. 1615(b) for the bar in the United States.

    Examples
    --------
    >>> [rule_of_78_rebate(78, instalment_count=12, paid_count=n) for n in (0, 1, 11, 12)]
    [Decimal('78.00'), Decimal('66.00'), Decimal('1.00'), Decimal('0.00')]
    """
    where = "rule_of_78_rebate"
    charge = checked_amount(total_charge, where=where, field="total_charge")
    if charge < 0:
        raise InvalidValueError.at(where, expected="a total_charge of 0 or more", found=str(charge))
    count = checked_count(
        instalment_count, where=where, field="instalment_count", least=1, most=_MOST
    )
    paid = checked_count(paid_count, where=where, field="paid_count", least=0, most=count)
    deferred = checked_count(
        deferred_count, where=where, field="deferred_count", least=0, most=_MOST
    )
    left = max(0, count - paid - deferred)
    value = Fraction(charge) * left * (left + 1) / (count * (count + 1))
    return rounded(value, decimals=checked_decimals(decimals, where=where))


def uk_early_settlement_rebate(
    principal: Decimal | int,
    repayments: Iterable[Decimal | int],
    *,
    annual_rate: Exact,
    elapsed_periods: int,
    part_period: Exact = 0,
    deferred_periods: int = 0,
    periods_per_year: int = 12,
    rate_decimals: int = 6,
    decimals: int = 2,
) -> Decimal:
    """The least rebate of the United Kingdom's Early Settlement Regulations 2004.

    The repayments that fall due after the settlement date, less Σ A(1 + r)^a - Σ B(1 + r)^b: the credit
    and the repayments up to then, each grown to the settlement date at r, the rate of a period that
    corresponds to the APR: (1 + APR)^(1 ÷ m) - 1, rounded to six decimals as in the worked examples.
    Where nothing falls due after the settlement date, the rebate is 0.

    Parameters
    ----------
    principal : Decimal or int
        Advanced at the start, above 0 [currency units].
    repayments : iterable of Decimal or int
        All of them, one a period, 0 or more [currency units].
    annual_rate : Decimal, int or Fraction
        The APR, effective [share per year].
    elapsed_periods : int
        Whole periods from the start to the settlement date; the repayment of its last day counts as
        made.
    part_period : Decimal, int or Fraction
        What is left to the settlement date, from 0 to below 1 [periods]: 28 days in a month of 30 are
        ``Fraction(28, 30)``.
    deferred_periods : int
        By how much the lender puts the settlement date off: 1 for the month that regulation 6 allows
        where the credit runs for more than a year.
    periods_per_year : int
        12 for months.
    rate_decimals : int
        Decimals of r.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [currency units]

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        A number out of bounds.

    References
    ----------
    The Consumer Credit (Early Settlement) Regulations 2004 (SI 2004/1483), regulations 4 to 6. The
    rounding of r is that of the worked examples; the text does not name it.

    Examples
    --------
    >>> plan = [Decimal("134.57")] * 48
    >>> [uk_early_settlement_rebate(5000, plan, annual_rate=Decimal("0.14"), elapsed_periods=n)
    ...     for n in (12, 48)]
    [Decimal('860.52'), Decimal('0.00')]
    """
    where = "uk_early_settlement_rebate"
    lent = checked_amount(principal, where=where, field="principal")
    if lent <= 0:
        raise InvalidValueError.at(where, expected="a principal above 0", found=str(lent))
    plan = _checked_repayments(repayments, where)
    part = checked_number(part_period, where=where, field="part_period")
    if not 0 <= part < 1:
        raise InvalidValueError.at(
            where, expected="a part_period from 0 to below 1", found=str(part_period)
        )
    elapsed = checked_count(
        elapsed_periods, where=where, field="elapsed_periods", least=0, most=_MOST
    ) + checked_count(deferred_periods, where=where, field="deferred_periods", least=0, most=_MOST)
    places = checked_decimals(decimals, where=where)
    rate = _rate_of_period(annual_rate, periods_per_year, rate_decimals, where)
    if elapsed >= len(plan):
        return rounded(Fraction(0), decimals=places)
    due_later = sum(map(Fraction, plan[elapsed:]), Fraction(0))
    made = plan[:elapsed]
    return rounded_value(
        [due_later, lent.copy_negate(), *made],
        [
            Fraction(0),
            -elapsed - part,
            *(number - elapsed - part for number in range(1, elapsed + 1)),
        ],
        growth=1 + rate,
        decimals=places,
    )


def _rate_of_period(annual: Exact, per_year: int, rate_decimals: int, where: str) -> Fraction:
    _checked_growth(annual, "annual_rate", where)
    places = checked_decimals(rate_decimals, where=where, field="rate_decimals")
    nominal = nominal_rate(annual, periods_per_year=per_year, decimals=MOST_DECIMALS)
    # Forty decimals stand for the exact root; a tie of so few as six cannot hide in the rest.
    return Fraction(rounded(Fraction(nominal) / per_year, decimals=places))


def _checked_repayments(repayments: Iterable[Decimal | int], where: str) -> tuple[Decimal, ...]:
    kept = exact_amounts(repayments, where=where)
    if not 1 <= len(kept) <= _MOST or any(amount < 0 for amount in kept):
        raise InvalidValueError.at(
            where,
            expected=f"from 1 to {_MOST:,} repayments of 0 or more",
            found=f"{len(kept)}, {sum(amount < 0 for amount in kept)} of them below 0",
        )
    return kept


def _checked_growth(rate: Exact, field: str, where: str) -> Fraction:
    growth = 1 + checked_number(rate, where=where, field=field)
    if growth <= 0:
        raise InvalidValueError.at(where, expected=f"{field} above -1", found=str(rate))
    return growth
