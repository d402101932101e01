"""The annualised rate that Chinese lenders disclose (年化利率), compound or simple.

A plan of "0.5 % a month" on the amount first lent costs about twice what it says. The one idea: all
costs are set against the principal that the borrower really had, and whether interest on interest is
counted is said by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.returns.cash_flows import checked_amounts, exact_amounts
from delinquency.returns.discounting import discounted_sum
from delinquency.returns.exactness import (
    checked_amount,
    checked_periods_per_year,
    rounded,
    share_decimals,
)
from delinquency.returns.solving import only_rate

__all__ = ["Annualisation", "annualised_cost_of_balances", "annualised_rate"]


class Annualisation(Enum):
    """How the rate of a period becomes the rate of a year that Chinese lenders disclose (年化利率)."""

    COMPOUND = "compound"
    """Compound (复利): the internal rate of return with interest on interest, (1 + i)^m - 1."""
    SIMPLE = "simple"
    """Simple (单利): the period's internal rate of return times the periods, i × m; to be named so."""


def annualised_rate(
    flows: Iterable[Decimal | int],
    *,
    periods_per_year: int,
    annualisation: Annualisation,
    percent_decimals: int = 2,
) -> Decimal:
    """The annualised rate of a loan (贷款年化利率) by its internal rate of return (内部收益率法).

    The rate of a period at which the loan paid out and all that is paid back balance, every cost that
    is directly tied to the loan included, made a rate of a year by ``annualisation``.

    Parameters
    ----------
    flows : iterable of Decimal or int
        One a period, the first on the day of the loan [currency units]; fees taken at the start are
        netted with the loan.
    periods_per_year : int
        12 for months.
    annualisation : Annualisation
        Lenders may use either, and say so when the rate is simple.
    percent_decimals : int
        Decimals of the percentage.

    Returns
    -------
    Decimal
        [share per year]

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        Amounts that have no rate, or several.

    References
    ----------
    中国人民银行公告〔2021〕第3号 (annualised rates of loans are to be shown). Compared with a summary by
    others and with the example that it quotes; the announcement itself was not read. What it says of a
    first period of another length is not known here: there is no form with dates, and an
    :func:`~delinquency.returns.rates_of_return.xirr` is not offered as one.

    Examples
    --------
    The quoted example, 100,000 yuan less a fee of 1,000, told there as about 13.58 % and 12.80 %:

    >>> lent = [-99000, *[Decimal("8833.3")] * 12]
    >>> annualised_rate(lent, periods_per_year=12, annualisation=Annualisation.COMPOUND)
    Decimal('0.1358')
    >>> annualised_rate(lent, periods_per_year=12, annualisation=Annualisation.SIMPLE)
    Decimal('0.1280')

    A plan of "0.5 % a month" on the amount first lent:

    >>> plan = [-12000, *[1060] * 12]
    >>> annualised_rate(plan, periods_per_year=12, annualisation=Annualisation.COMPOUND)
    Decimal('0.1146')
    >>> annualised_rate(plan, periods_per_year=12, annualisation=Annualisation.SIMPLE)
    Decimal('0.1090')
    """
    where = "annualised_rate"
    kept = checked_amounts(flows, where=where)
    rule = checked_member(annualisation, Annualisation, f"{where}, annualisation")
    per_year = checked_periods_per_year(periods_per_year, where=where)
    is_compound = rule is Annualisation.COMPOUND
    unit = Fraction(1, per_year) if is_compound else Fraction(1)
    return only_rate(
        discounted_sum(kept, [number * unit for number in range(len(kept))]),
        where=where,
        decimals=share_decimals(percent_decimals, where),
        multiple=Fraction(1) if is_compound else Fraction(per_year),
    )


def annualised_cost_of_balances(
    total_cost: Decimal | int,
    *,
    balances: Iterable[Decimal | int],
    periods_per_year: int,
    percent_decimals: int = 2,
) -> Decimal:
    """All costs of a loan over the principal in use, as a simple rate of a year (单利).

    Cost ÷ Σ principal in use in each period × periods a year: the cost over the principal that the
    borrower actually had, not over the amount first lent.

    Parameters
    ----------
    total_cost : Decimal or int
        Interest and fees of the whole loan, 0 or more [currency units].
    balances : iterable of Decimal or int
        Principal in use during each period [currency units].
    periods_per_year : int
        12 for months.
    percent_decimals : int
        Decimals of the percentage; rounded half away from zero.

    Returns
    -------
    Decimal
        Simple [share per year].

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        No principal in use; a cost or a balance below 0.

    References
    ----------
    As :func:`annualised_rate`.

    Examples
    --------
    A fee of 0.5 % a month on the first amount, the principal repaid in twelve equal parts:

    >>> annualised_cost_of_balances(720, balances=[1000 * n for n in range(12, 0, -1)],
    ...     periods_per_year=12)
    Decimal('0.1108')
    """
    where = "annualised_cost_of_balances"
    cost = checked_amount(total_cost, where=where, field="total_cost")
    in_use = exact_amounts(balances, where=where)
    per_year = checked_periods_per_year(periods_per_year, where=where)
    used = sum((Fraction(balance) for balance in in_use), Fraction(0))
    if cost < 0 or any(balance < 0 for balance in in_use) or not used:
        raise InvalidValueError.at(
            where,
            expected="a cost of 0 or more and principal in use, never below 0",
            found=f"a cost of {cost} and balances of {used} in all",
        )
    value = Fraction(cost) / used * per_year
    return rounded(value, decimals=share_decimals(percent_decimals, where))
