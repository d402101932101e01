"""Nominal and effective rates: the same cost of credit, told with and without interest on interest.

The one idea: a nominal annual rate is a period's rate times the periods of a year, an effective one is
what a year of compounding makes of it; both ways are exact, and rounded once.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from delinquency.errors import InvalidValueError
from delinquency.returns.exactness import (
    DEFAULT_DECIMALS,
    Exact,
    checked_decimals,
    checked_number,
    checked_periods_per_year,
    rounded,
    rounded_by_comparison,
)

__all__ = ["effective_rate", "nominal_rate"]


def effective_rate(
    nominal: Exact, *, periods_per_year: int, decimals: int = DEFAULT_DECIMALS
) -> Decimal:
    """The effective annual rate of a nominal one (名义利率 → 有效年利率).

    (1 + nominal ÷ m)^m - 1 with m periods a year, from the exact fraction. Spreadsheet name: EFFECT.

    Parameters
    ----------
    nominal : Decimal, int or Fraction
        [share per year]; a period's part of it above -1.
    periods_per_year : int
        1 to 8784, both accepted.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [share per year]

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        A rate of -100 % a period or less; a number out of bounds.

    Examples
    --------
    >>> effective_rate(Decimal("0.0525"), periods_per_year=4, decimals=7)
    Decimal('0.0535427')
    >>> effective_rate(Decimal("0.12"), periods_per_year=1, decimals=2)
    Decimal('0.12')
    """
    where = "effective_rate"
    count = checked_periods_per_year(periods_per_year, where=where)
    growth = 1 + checked_number(nominal, where=where, field="nominal") / count
    _refuse_unless_above_zero(growth, nominal, where, count)
    value: Fraction = growth**count - 1
    return rounded(value, decimals=checked_decimals(decimals, where=where))


def nominal_rate(
    effective: Exact, *, periods_per_year: int, decimals: int = DEFAULT_DECIMALS
) -> Decimal:
    """The nominal annual rate of an effective one; the inverse of :func:`effective_rate`.

    m × ((1 + effective)^(1 ÷ m) - 1) with m periods a year. Spreadsheet name: NOMINAL. The root is not
    taken but compared: the answer is the one whose power lies on the right side, half a unit of the
    last decimal below and above.

    Parameters
    ----------
    effective : Decimal, int or Fraction
        [share per year], above -1.
    periods_per_year : int
        1 to 8784, both accepted.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [share per year]

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        A rate of -100 % or less; a number out of bounds.

    Examples
    --------
    >>> nominal_rate(Decimal("0.053543"), periods_per_year=4, decimals=7)
    Decimal('0.0525003')
    >>> nominal_rate(Decimal("0.21"), periods_per_year=2, decimals=2)
    Decimal('0.20')
    """
    where = "nominal_rate"
    count = checked_periods_per_year(periods_per_year, where=where)
    growth = 1 + checked_number(effective, where=where, field="effective")
    _refuse_unless_above_zero(growth, effective, where, 1)

    def side(rate: Fraction) -> int:
        period = 1 + rate / count
        power = period**count if period > 0 else Fraction(0)
        return (power > growth) - (power < growth)

    guess = count * (Fraction(float(growth) ** (1 / count)) - 1)
    return rounded_by_comparison(guess, side, decimals=checked_decimals(decimals, where=where))


def _refuse_unless_above_zero(growth: Fraction, rate: Exact, where: str, count: int) -> None:
    if growth <= 0:
        raise InvalidValueError.at(where, expected=f"a rate above -{count}", found=str(rate))
