"""The annual percentage rate of European and British law.

Lenders of a dozen countries must tell the same loan by the same number. The one idea: the rule is a way
to measure time; the equation between drawdowns and payments is solved as any rate of return is, and the
answer is rounded to the decimals of a percentage that the rule names.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from delinquency.calendar import to_date
from delinquency.choices import checked_member
from delinquency.returns.cash_flows import CashFlow, checked_flows
from delinquency.returns.discounting import discounted_sum
from delinquency.returns.exactness import share_decimals
from delinquency.returns.intervals import IntervalRule, apr_interval
from delinquency.returns.solving import only_rate

__all__ = ["eu_annual_percentage_rate", "uk_annual_percentage_rate"]


def eu_annual_percentage_rate(
    flows: Iterable[CashFlow], *, interval_rule: IntervalRule, percent_decimals: int = 1
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
    interval_rule : IntervalRule
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
    >>> from datetime import date
    >>> flows = [CashFlow(date(1994, 1, 1), -1000), CashFlow(date(1995, 7, 1), 1200)]
    >>> eu_annual_percentage_rate(flows, interval_rule=IntervalRule.DAYS)
    Decimal('0.130')
    >>> eu_annual_percentage_rate(flows, interval_rule=IntervalRule.MONTHS)
    Decimal('0.129')
    """
    return _compound_rate("eu_annual_percentage_rate", flows, interval_rule, percent_decimals)


def uk_annual_percentage_rate(
    flows: Iterable[CashFlow], *, interval_rule: IntervalRule, percent_decimals: int = 1
) -> Decimal:
    """The annual percentage rate of the United Kingdom's total charge for credit.

    The equation, the arguments and the rounding of :func:`eu_annual_percentage_rate`, from which the
    rules of the Financial Conduct Authority descend. They differ in which unit of time is preferred:
    whole months or whole weeks where every interval is whole in them, otherwise years and days. Name
    it with ``interval_rule``: ``MONTHS``, ``WEEKS``, ``YEARS``, or ``DAYS`` for days over 365.

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
    >>> from datetime import date
    >>> uk_annual_percentage_rate([CashFlow(date(2012, 10, 10), -500), CashFlow(date(2012, 10, 15), 510)],
    ...     interval_rule=IntervalRule.DAYS)
    Decimal('3.244')
    """
    return _compound_rate("uk_annual_percentage_rate", flows, interval_rule, percent_decimals)


def _compound_rate(
    where: str, flows: Iterable[CashFlow], interval_rule: IntervalRule, percent_decimals: int
) -> Decimal:
    kept = checked_flows(flows, where=where)
    checked_member(interval_rule, IntervalRule, f"{where}, interval_rule")
    start = to_date(min(flow.day for flow in kept))
    times = [apr_interval(start, flow.date, interval_rule=interval_rule).years for flow in kept]
    return only_rate(
        discounted_sum([Decimal(flow.amount) for flow in kept], times),
        where=where,
        decimals=share_decimals(percent_decimals, where),
    )
