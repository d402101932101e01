"""The annual percentage rate of Regulation Z, Appendix J, by the actuarial method.

The United States tell a nominal rate: what a unit-period costs, times the unit-periods of a year. The one
idea: whole unit-periods compound and a fraction of one does not, so the equation differs from that of any
other rate in one factor, and is solved and proven by the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from delinquency.calendar import day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.returns.cash_flows import CashFlow, checked_amounts, checked_flows
from delinquency.returns.discounting import with_simple_parts
from delinquency.returns.exactness import (
    MOST_PERIODS_PER_YEAR,
    Exact,
    checked_count,
    checked_number,
    share_decimals,
)
from delinquency.returns.solving import only_rate
from delinquency.returns.unit_periods import (
    UnitPeriod,
    check_unit_period,
    unit_periods_between,
)

__all__ = ["appendix_j_rate", "us_annual_percentage_rate"]

_SHORTEST_MONTH: Final = 28
_PLACED: Final = "Write a tuple for each amount, such as [(0, 0), (1, Fraction(19, 30))]."


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
        The date from which the finance charge is earned, where that is later than the first flow: the
        term begins on it, and what was advanced before counts from it.
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
        ``earned_from`` before the first flow; flows that have no rate, or several.

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
    check_unit_period(unit_period, where)
    first = min(flow.day for flow in kept)
    begin = first
    if earned_from is not None:
        begin = day_number(earned_from, where=where, field="earned_from")
    if begin < first:
        raise InvalidValueError.at(
            where,
            expected=f"earned_from on or after the first flow on {to_date(first)}",
            found=str(earned_from),
        )
    nominal = _nominal_day(kept, first)
    placed = [
        unit_periods_between(
            to_date(begin),
            to_date(max(begin, flow.day)),
            unit_period=unit_period,
            nominal_day=nominal,
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
    """The day of the month that payments fall on where the month has it; 0 where each has it."""
    latest = max(flow.date.day for flow in flows if flow.day != first)
    return latest if latest > _SHORTEST_MONTH else 0


def appendix_j_rate(
    flows: Iterable[Decimal | int],
    *,
    unit_periods: Iterable[tuple[int, Exact]],
    periods_per_year: Exact,
    percent_decimals: int = 2,
) -> Decimal:
    """The rate of Appendix J where the unit-periods are known already.

    Parameters
    ----------
    flows : iterable of Decimal or int
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
    kept = checked_amounts(flows, where=where, with_dates="us_annual_percentage_rate")
    if isinstance(unit_periods, str) or not isinstance(unit_periods, Iterable):
        raise InvalidTypeError.at(
            f"{where}, unit_periods", expected="an iterable", found=unit_periods, hint=_PLACED
        )
    placed = [_checked_unit_periods(each, where) for each in unit_periods]
    if len(placed) != len(kept):
        raise InvalidValueError.at(
            where, expected=f"unit-periods of {len(kept)} amounts", found=f"of {len(placed)}"
        )
    per_year = checked_number(periods_per_year, where=where, field="periods_per_year")
    if not 0 < per_year <= MOST_PERIODS_PER_YEAR:
        raise InvalidValueError.at(
            where,
            expected=f"periods_per_year above 0 and up to {MOST_PERIODS_PER_YEAR}",
            found=str(periods_per_year),
        )
    return only_rate(
        with_simple_parts(kept, placed),
        where=where,
        decimals=share_decimals(percent_decimals, where),
        multiple=per_year,
    )


def _checked_unit_periods(given: tuple[int, Exact], where: str) -> tuple[int, Fraction]:
    if not isinstance(given, tuple) or len(given) != 2:
        raise InvalidTypeError.at(
            where,
            expected="whole unit-periods and a fraction, as a tuple",
            found=given,
            hint=_PLACED,
        )
    whole = checked_count(given[0], where=where, field="unit-periods", least=0, most=100_000)
    part = checked_number(given[1], where=where, field="a fraction of a unit-period")
    if not 0 <= part <= 1:
        raise InvalidValueError.at(where, expected="a fraction from 0 to 1", found=str(given[1]))
    return whole, part
