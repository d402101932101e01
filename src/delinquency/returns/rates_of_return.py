"""Present values and rates of return: of amounts period by period, and of amounts on dates.

Solvers differ in the day count, in where they start and in what they do when two rates fit. The one idea:
the rate is defined by an equation, and the answer is either its one solution, rounded correctly, or an
error that lists the solutions; the range of rates, where one is meant, is an argument.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.returns.cash_flows import (
    DAYS_PER_YEAR,
    CashFlow,
    checked_amounts,
    checked_flows,
    dated_sum,
    exact_amounts,
    kept_flows,
    periodic_sum,
)
from delinquency.returns.exactness import (
    DEFAULT_DECIMALS,
    Exact,
    checked_count,
    checked_decimals,
    checked_number,
)
from delinquency.returns.forms import LIST_OF_FLOWS
from delinquency.returns.solving import Between, every_rate, only_rate
from delinquency.returns.valuing import rounded_value

__all__ = ["all_rates_of_return", "irr", "npv", "xirr", "xnpv"]

_MOST_PERIODS_AHEAD = 10_000


def npv(
    flows: Iterable[Decimal | int],
    *,
    rate: Exact,
    periods_ahead: int = 0,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The value today of amounts that come one a period (净现值).

    Σ amount ÷ (1 + rate)^k, where k is ``periods_ahead`` for the first amount and one more for each next.
    With ``periods_ahead=0`` the first amount is of today and is not discounted; the spreadsheet function
    NPV counts from 1.

    Parameters
    ----------
    flows : iterable of Decimal or int
        [currency units], positive when received.
    rate : Decimal, int or Fraction
        [share per period], above -1.
    periods_ahead : int
        [periods], 0 or more.
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
        A rate of -1 or less; NaN; more than 40 decimals asked for.

    Examples
    --------
    >>> npv([-10000, 3000, 4200, 6800], rate=Decimal("0.1"), periods_ahead=1, decimals=2)
    Decimal('1188.44')
    >>> npv([-100, 110], rate=Decimal("0.1")), npv([], rate=0, decimals=2)
    (Decimal('0E-10'), Decimal('0.00'))
    """
    where = "npv"
    kept = exact_amounts(flows, where=where, with_dates="xnpv")
    first = checked_count(
        periods_ahead, where=where, field="periods_ahead", least=0, most=_MOST_PERIODS_AHEAD
    )
    times = [Fraction(number) for number in range(first, first + len(kept))]
    growth = _growth(rate, where)
    return rounded_value(
        kept, times, growth=growth, decimals=checked_decimals(decimals, where=where)
    )


def xnpv(
    flows: Iterable[CashFlow],
    *,
    rate: Exact,
    valued_on: date | None = None,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The value on one day of amounts on dates, discounted with Act/365 Fixed.

    Σ amount ÷ (1 + rate)^(days ÷ 365), where days run from ``valued_on`` to the date of the flow, the
    first day excluded and the last included; flows before that day earn interest up to it.

    Parameters
    ----------
    flows : iterable of CashFlow
    rate : Decimal, int or Fraction
        Effective [share per year], above -1.
    valued_on : datetime.date, optional
        The earliest date of the flows if not given, as in the spreadsheet function XNPV, which takes the
        first row for it.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [currency units]

    Raises
    ------
    InvalidTypeError
        A ``float``, a ``datetime``, or any other wrong type.
    InvalidValueError
        A rate of -1 or less; NaN; no flow; more than 40 decimals asked for.

    Examples
    --------
    >>> year = [CashFlow(date(2025, 1, 1), -100), CashFlow(date(2026, 1, 1), 110)]
    >>> xnpv(year, rate=Decimal("0.05"), decimals=2)
    Decimal('4.76')
    >>> xnpv(year, rate=Decimal("0.05"), valued_on=date(2026, 1, 1), decimals=2)
    Decimal('5.00')
    """
    where = "xnpv"
    kept = kept_flows(flows, where=where, without_dates="npv")
    if not kept:
        raise InvalidValueError.at(where, expected="at least one flow", found="none")
    start = min(flow.day for flow in kept)
    if valued_on is not None:
        start = day_number(valued_on, where=where, field="valued_on")
    return rounded_value(
        [Decimal(flow.amount) for flow in kept],
        [Fraction(flow.day - start, DAYS_PER_YEAR) for flow in kept],
        growth=_growth(rate, where),
        decimals=checked_decimals(decimals, where=where),
    )


def irr(
    flows: Iterable[Decimal | int],
    *,
    decimals: int = DEFAULT_DECIMALS,
    between: tuple[Exact, Exact] | None = None,
) -> Decimal:
    """The internal rate of return per period of amounts that come one a period (内部收益率).

    The rate above -100 % at which :func:`npv` is zero, if there is exactly one. It is counted, over all
    rates or over those ``between``: where the amounts change sign once there is one; otherwise every
    change of sign of the present value is isolated. The answer is rounded once, half away from zero,
    and proven: the present value, bounded on both sides, has opposite signs half a unit of the last
    decimal below and above it.

    Parameters
    ----------
    flows : iterable of Decimal or int
        [currency units], positive when received, the first one of today; amounts of the opposite signs
        have the same rate.
    decimals : int
        Decimals of the answer, a share: 10 decimals tell a millionth of a basis point.
    between : tuple of two of Decimal, int or Fraction, optional
        The lowest and the highest rate that is meant, both included [share per period].

    Returns
    -------
    Decimal
        [share per period]

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        Amounts of one sign; no rate, or several, which the message lists; a rate above 10**15 or
        nearer to -100 % than 10**-15; more than 40 decimals asked for.

    Examples
    --------
    >>> irr([-70000, 12000, 15000, 18000, 21000], decimals=4)
    Decimal('-0.0212')
    >>> irr([-100, 230, -132])
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: irr: expected exactly one rate at which the present value \
is zero, found 2 rates: 0.1000000000, 0.2000000000. Hint: Name the range that is meant with between=, \
or list them with all_rates_of_return.
    >>> irr([-100, 230, -132], between=(0, Decimal("0.15")))
    Decimal('0.1000000000')
    """
    where = "irr"
    return only_rate(
        periodic_sum(checked_amounts(flows, where=where, with_dates="xirr")),
        where=where,
        decimals=checked_decimals(decimals, where=where),
        between=_checked_between(between, where),
    )


def xirr(
    flows: Iterable[CashFlow],
    *,
    decimals: int = DEFAULT_DECIMALS,
    between: tuple[Exact, Exact] | None = None,
) -> Decimal:
    """The effective annual rate of return of amounts on dates, Act/365 Fixed.

    The rate above -100 % at which :func:`xnpv` is zero, if there is exactly one; found, counted and
    proven as in :func:`irr`. Time runs from the earliest date, in days over 365, leap years included;
    from which day it runs changes nothing.

    Parameters
    ----------
    flows : iterable of CashFlow
        In any order; those of one date are added up.
    decimals : int
        Decimals of the answer, a share.
    between : tuple of two of Decimal, int or Fraction, optional
        The lowest and the highest rate that is meant, both included [share per year].

    Returns
    -------
    Decimal
        Effective [share per year].

    Raises
    ------
    InvalidTypeError
        A ``float``, or any other wrong type.
    InvalidValueError
        Fewer than two flows, one date, one sign; no rate, or several, which the message lists; a rate
        above 10**15 or nearer to -100 % than 10**-15; more than 40 decimals asked for.

    Examples
    --------
    >>> loan = [CashFlow(date(2025, 1, 1), -1000), CashFlow(date(2026, 1, 1), 1080)]
    >>> xirr(loan), xirr(loan, decimals=2)
    (Decimal('0.0800000000'), Decimal('0.08'))
    >>> xirr(loan[:1])
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: xirr: expected from 2 to 100,000 flows, found 1.
    """
    where = "xirr"
    return only_rate(
        dated_sum(checked_flows(flows, where=where, without_dates="irr")),
        where=where,
        decimals=checked_decimals(decimals, where=where),
        between=_checked_between(between, where),
    )


def all_rates_of_return(
    flows: Iterable[CashFlow] | Iterable[Decimal | int],
    *,
    decimals: int = DEFAULT_DECIMALS,
    between: tuple[Exact, Exact] | None = None,
) -> tuple[Decimal, ...]:
    """Every rate of return, in order: of cash flows as :func:`xirr`, of amounts as :func:`irr`.

    Each rate is a change of sign of the present value, proven as there; that there are no others is
    proven as well. A present value that touches zero without crossing is refused.

    Parameters
    ----------
    flows : iterable of CashFlow, or of Decimal or int
    decimals : int
    between : tuple of two of Decimal, int or Fraction, optional
        The lowest and the highest rate to be listed, both included.

    Returns
    -------
    tuple of Decimal
        [share per year, or per period]; empty where there is none.

    Raises
    ------
    InvalidTypeError
        A ``float``, flows mixed with amounts, any other wrong type.
    InvalidValueError
        Fewer than two flows, one sign; a present value that touches zero; two rates that the decimals
        asked for do not tell apart; a rate beyond 10**15, unless it is outside the range.

    Examples
    --------
    >>> all_rates_of_return([-100, 230, -132], decimals=4), all_rates_of_return([100, -200, 150])
    ((Decimal('0.1000'), Decimal('0.2000')), ())
    """
    where = "rates of return"
    if isinstance(flows, str) or not isinstance(flows, Iterable):
        raise InvalidTypeError.at(
            where, expected="an iterable of flows", found=flows, hint=LIST_OF_FLOWS
        )
    kept = tuple(flows)
    if any(isinstance(flow, CashFlow) for flow in kept):
        total = dated_sum(checked_flows(kept, where=where))  # type: ignore[arg-type]
    else:
        amounts = checked_amounts(kept, where=where, with_dates="all_rates_of_return")  # type: ignore[arg-type]
        total = periodic_sum(amounts)
    return every_rate(
        total,
        where=where,
        decimals=checked_decimals(decimals, where=where),
        between=_checked_between(between, where),
    )


def _growth(rate: Exact, where: str) -> Fraction:
    growth = 1 + checked_number(rate, where=where, field="rate")
    if growth <= 0:
        raise InvalidValueError.at(where, expected="a rate above -1", found=str(rate))
    return growth


def _checked_between(between: tuple[Exact, Exact] | None, where: str) -> Between:
    if between is None:
        return None
    if not isinstance(between, tuple) or len(between) != 2:
        raise InvalidTypeError.at(
            where,
            expected="between to be a tuple of two rates",
            found=between,
            hint='Write between=(0, Decimal("0.5")), the lowest and the highest rate that is meant.',
        )
    low, high = (checked_number(rate, where=where, field="between") for rate in between)
    if not low < high:
        raise InvalidValueError.at(
            where, expected="between to be a lower and a higher rate", found=f"{low} and {high}"
        )
    return low, high
