"""The annual percentage rate that a lender must disclose: the equation is one, its conventions are law.

Europe compounds and counts months backwards, the United States multiply a period's rate, China lets the
lender say which of the two was done. The one idea: each rule is a way to measure time and a way to tell
the rate; the equation between them is solved as any rate of return is, and the answer is rounded to the
decimals of a percentage that the rule names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Final

from delinquency.calendar import day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.returns.cash_flows import (
    CashFlow,
    checked_amounts,
    checked_flows,
    exact_amounts,
)
from delinquency.returns.discounting import discounted_sum, with_simple_parts
from delinquency.returns.exactness import (
    MOST_DECIMALS,
    Exact,
    checked_amount,
    checked_count,
    checked_decimals,
    checked_number,
    rounded,
)
from delinquency.returns.intervals import IntervalRule, apr_interval
from delinquency.returns.solving import only_rate
from delinquency.returns.unit_periods import UnitPeriod, unit_periods_between

__all__ = [
    "AnnualisedMethod",
    "annualised_cost_of_balances",
    "annualised_rate",
    "appendix_j_rate",
    "eu_annual_percentage_rate",
    "uk_annual_percentage_rate",
    "us_annual_percentage_rate",
]

_MOST_PERIODS: Final = 8784


def eu_annual_percentage_rate(
    flows: Iterable[CashFlow], *, intervals: IntervalRule, percent_decimals: int = 1
) -> Decimal:
    """The annual percentage rate of charge of the European directives (APRC, TAEG, effektiver Jahreszins).

    The rate X at which Σ C ÷ (1 + X)^t = Σ D ÷ (1 + X)^s: drawdowns C and payments D, times in years
    from the first drawdown, each measured by
    :func:`~delinquency.returns.intervals.apr_interval`. The result is told to at least one decimal of
    a percentage; a following digit of 5 or more raises it (remark (d)).

    Parameters
    ----------
    flows : iterable of CashFlow
        Drawdowns of one sign, and payments with all charges of the other; the earliest is the initial
        drawdown.
    intervals : IntervalRule
        In what time is counted: ``MONTHS`` for monthly payments.
    percent_decimals : int
        Decimals of the percentage.

    Returns
    -------
    Decimal
        Effective [share per year], with two decimals more: 13.1 % is ``Decimal("0.131")``.

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        Flows that have no rate, or several.

    References
    ----------
    Directive 2008/48/EC, Annex I, part I; Directive (EU) 2023/2225, Annex III, part I (in application
    from 20 November 2026). The examples are those of Directive 98/7/EC, Annex III.

    Examples
    --------
    >>> flows = [CashFlow(date(1994, 1, 1), -1000), CashFlow(date(1995, 7, 1), 1200)]
    >>> eu_annual_percentage_rate(flows, intervals=IntervalRule.DAYS)
    Decimal('0.130')
    >>> eu_annual_percentage_rate(flows, intervals=IntervalRule.MONTHS)
    Decimal('0.129')
    """
    return _compound_rate("eu_annual_percentage_rate", flows, intervals, percent_decimals)


def uk_annual_percentage_rate(
    flows: Iterable[CashFlow], *, intervals: IntervalRule, percent_decimals: int = 1
) -> Decimal:
    """The annual percentage rate of the United Kingdom's total charge for credit.

    The equation, the arguments and the rounding of :func:`eu_annual_percentage_rate`, from which the
    rules of the Financial Conduct Authority descend. They differ in which unit of time is preferred:
    whole months or whole weeks where every interval is whole in them, otherwise years and days. Name
    it with ``intervals``: ``MONTHS``, ``WEEKS``, ``YEARS``, or ``DAYS`` for days over 365.

    Returns
    -------
    Decimal
        Effective [share per year].

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`eu_annual_percentage_rate`.

    References
    ----------
    FCA Handbook, CONC App 1.2 (credit not secured on land), CONC App 1.1 and MCOB 10.3. The Handbook
    was not read again for this version: unverified as to which unit is preferred.

    Examples
    --------
    >>> uk_annual_percentage_rate([CashFlow(date(2012, 10, 10), -500), CashFlow(date(2012, 10, 15), 510)],
    ...     intervals=IntervalRule.DAYS)
    Decimal('3.244')
    """
    return _compound_rate("uk_annual_percentage_rate", flows, intervals, percent_decimals)


def _compound_rate(
    where: str, flows: Iterable[CashFlow], intervals: IntervalRule, percent_decimals: int
) -> Decimal:
    kept = checked_flows(flows, where=where)
    start = to_date(min(flow.day for flow in kept))
    times = [apr_interval(start, flow.date, rule=intervals).years for flow in kept]
    return only_rate(
        discounted_sum([Decimal(flow.amount) for flow in kept], times),
        where=where,
        decimals=_share_decimals(percent_decimals, where),
    )


def us_annual_percentage_rate(
    flows: Iterable[CashFlow],
    *,
    unit_period: UnitPeriod,
    earned_from: date | None = None,
    percent_decimals: int = 2,
) -> Decimal:
    """The annual percentage rate of Regulation Z, Appendix J, by the actuarial method.

    The unit-period rate i at which advances and payments, each divided by (1 + f·i)·(1 + i)^t, balance,
    times the unit-periods of a year: a nominal rate. t and f are those of
    :func:`~delinquency.returns.unit_periods.unit_periods_between`, from the beginning of the term.

    Parameters
    ----------
    flows : iterable of CashFlow
        Advances (the amount financed) of one sign and payments of the other.
    unit_period : UnitPeriod
        The most common interval between payments; of one advance and one payment
        :meth:`UnitPeriod.of_single_payment <delinquency.returns.unit_periods.UnitPeriod>`.
    earned_from : datetime.date, optional
        The date from which the finance charge is earned, where that is not the first flow.
    percent_decimals : int
        Decimals of the percentage.

    Returns
    -------
    Decimal
        Nominal [share per year], with two decimals more: 9.69 % is ``Decimal("0.0969")``.

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        Flows before ``earned_from``; flows that have no rate, or several.

    References
    ----------
    12 CFR 1026, Appendix J, (b) and (c).

    Examples
    --------
    >>> from delinquency.returns.unit_periods import PeriodUnit
    >>> us_annual_percentage_rate([CashFlow(date(1978, 7, 15), -1000), CashFlow(date(1979, 1, 15), 1044)],
    ...     unit_period=UnitPeriod(PeriodUnit.MONTH, 6))
    Decimal('0.0880')
    """
    where = "us_annual_percentage_rate"
    kept = checked_flows(flows, where=where)
    first = min(flow.day for flow in kept)
    begin = first if earned_from is None else day_number(earned_from, where=where, field="earned_from")
    if begin > first:
        raise InvalidValueError.at(
            where, expected=f"flows on or after {earned_from}", found=str(to_date(first))
        )
    nominal = _nominal_day(kept, first)
    placed = [
        unit_periods_between(
            to_date(begin), flow.date, unit_period=unit_period, nominal_day=nominal
        )
        for flow in kept
    ]
    return appendix_j_rate(
        [flow.amount for flow in kept],
        unit_periods=placed,
        periods_per_year=unit_period.per_year,
        percent_decimals=percent_decimals,
    )


def _nominal_day(flows: Sequence[CashFlow], first: int) -> int:
    """The day of the month on which payments fall, where the month has it; 0 if any one says its own."""
    days = [flow.date for flow in flows if flow.day != first]
    ends = [to_date(flow.day + 1).month != flow.date.month for flow in flows if flow.day != first]
    latest = max((day.day for day in days), default=0)
    if len(days) > 1 and all(ends) and latest > 28:
        return latest
    return latest if latest > 28 else 0


def appendix_j_rate(
    amounts: Iterable[Decimal | int],
    *,
    unit_periods: Iterable[tuple[int, Exact]],
    periods_per_year: Exact,
    percent_decimals: int = 2,
) -> Decimal:
    """The rate of Appendix J where the unit-periods are known already.

    Parameters
    ----------
    amounts : iterable of Decimal or int
        Advances of one sign and payments of the other [currency units].
    unit_periods : iterable of tuple
        For each amount the full unit-periods from the beginning of the term, and the fraction, from 0
        to 1.
    periods_per_year : int, Decimal or Fraction
        Unit-periods a year, above 0.
    percent_decimals : int
        Decimals of the percentage.

    Returns
    -------
    Decimal
        Nominal [share per year].

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        As many unit-periods as amounts are needed; amounts that have no rate, or several.

    References
    ----------
    12 CFR 1026, Appendix J, (b)(8): the general equation.

    Examples
    --------
    >>> appendix_j_rate([-1000, 1240], unit_periods=[(0, 0), (2, 0)], periods_per_year=1)
    Decimal('0.1136')
    """
    where = "appendix_j_rate"
    kept = checked_amounts(amounts, where=where)
    placed = [_checked_unit_periods(each, where) for each in unit_periods]
    if len(placed) != len(kept):
        raise InvalidValueError.at(
            where, expected=f"unit-periods of {len(kept)} amounts", found=f"of {len(placed)}"
        )
    per_year = checked_number(periods_per_year, where=where, field="periods_per_year")
    if not 0 < per_year <= _MOST_PERIODS:
        raise InvalidValueError.at(
            where,
            expected=f"periods_per_year above 0 and up to {_MOST_PERIODS}",
            found=str(periods_per_year),
        )
    return only_rate(
        with_simple_parts(kept, placed),
        where=where,
        decimals=_share_decimals(percent_decimals, where),
        multiple=per_year,
    )


def _checked_unit_periods(given: tuple[int, Exact], where: str) -> tuple[int, Fraction]:
    if not isinstance(given, tuple) or len(given) != 2:
        raise InvalidTypeError.at(
            where, expected="whole unit-periods and a fraction, as a tuple", found=given
        )
    whole = checked_count(given[0], where=where, field="unit-periods", least=0, most=100_000)
    part = checked_number(given[1], where=where, field="a fraction of a unit-period")
    if not 0 <= part <= 1:
        raise InvalidValueError.at(where, expected="a fraction from 0 to 1", found=str(given[1]))
    return whole, part


class AnnualisedMethod(Enum):
    """How the rate of a period becomes the rate of a year that Chinese lenders disclose (年化利率)."""

    COMPOUND = "compound"
    """Compound (复利): the internal rate of return with interest on interest, (1 + i)^m - 1."""
    SIMPLE = "simple"
    """Simple (单利): the period's internal rate of return times the periods, i × m; to be named so."""


def annualised_rate(
    amounts: Iterable[Decimal | int],
    *,
    periods_per_year: int,
    method: AnnualisedMethod,
    percent_decimals: int = 2,
) -> Decimal:
    """The annualised rate of a loan (贷款年化利率) by its internal rate of return (内部收益率法).

    The rate of a period at which the loan paid out and all that is paid back balance, every cost that
    is directly tied to the loan included, made a rate of a year by ``method``.

    Parameters
    ----------
    amounts : iterable of Decimal or int
        One a period, the first on the day of the loan [currency units]; fees taken at the start are
        netted with the loan.
    periods_per_year : int
        12 for months.
    method : AnnualisedMethod
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
    中国人民银行公告〔2021〕第3号 (annualised rates of loans are to be shown). Unverified: the wording is
    recalled, and its annex of formulas was not read.

    Examples
    --------
    >>> plan = [-12000, *[1060] * 12]
    >>> annualised_rate(plan, periods_per_year=12, method=AnnualisedMethod.COMPOUND)
    Decimal('0.1146')
    >>> annualised_rate(plan, periods_per_year=12, method=AnnualisedMethod.SIMPLE)
    Decimal('0.1090')
    """
    where = "annualised_rate"
    kept = checked_amounts(amounts, where=where)
    if not isinstance(method, AnnualisedMethod):
        raise InvalidTypeError.at(where, expected="method to be an AnnualisedMethod", found=method)
    per_year = checked_count(
        periods_per_year, where=where, field="periods_per_year", least=1, most=_MOST_PERIODS
    )
    is_compound = method is AnnualisedMethod.COMPOUND
    unit = Fraction(1, per_year) if is_compound else Fraction(1)
    return only_rate(
        discounted_sum(kept, [number * unit for number in range(len(kept))]),
        where=where,
        decimals=_share_decimals(percent_decimals, where),
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
    per_year = checked_count(
        periods_per_year, where=where, field="periods_per_year", least=1, most=_MOST_PERIODS
    )
    used = sum((Fraction(balance) for balance in in_use), Fraction(0))
    if cost < 0 or any(balance < 0 for balance in in_use) or not used:
        raise InvalidValueError.at(
            where,
            expected="a cost of 0 or more and principal in use, never below 0",
            found=f"a cost of {cost} and balances of {used} in all",
        )
    value = Fraction(cost) / used * per_year
    return rounded(value, decimals=_share_decimals(percent_decimals, where))


def _share_decimals(percent_decimals: int, where: str) -> int:
    checked_decimals(percent_decimals, where=where, field="percent_decimals")
    return min(percent_decimals + 2, MOST_DECIMALS)
