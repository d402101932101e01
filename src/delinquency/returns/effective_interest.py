"""The effective interest rate of a financial asset, and its amortised cost period by period.

Fees paid at the start belong to the yield of all periods, not to the profit of the first. The one idea
of IFRS 9: the rate that discounts the expected flows exactly to the carrying amount is found once, and
the amortised cost on each later date is what the flows still to come are worth at that rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import attrs

from delinquency.calendar import day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.returns.cash_flows import (
    DAYS_PER_YEAR,
    CashFlow,
    exact_amounts,
    kept_flows,
    refuse_unless_both_signs,
)
from delinquency.returns.discounting import discounted_sum
from delinquency.returns.exactness import (
    DEFAULT_DECIMALS,
    checked_amount,
    checked_decimals,
    point_moved,
    rounded,
)
from delinquency.returns.forms import LIST_OF_FLOWS, for_flow
from delinquency.returns.solving import only_rate
from delinquency.returns.valuing import rounded_value, values_still_to_come

__all__ = ["AmortisedCostRow", "amortised_cost_table", "effective_interest_rate"]

_TABLE_DECIMALS: Final = 40
"""Decimals of the rate behind a table, so that its rounding moves no row."""

_TABLE_DIGITS: Final = 60
"""Digits of the bounds of its rows; what they leave open is asked with more."""


@attrs.frozen(slots=True)
class AmortisedCostRow:
    """One period of an amortised-cost table; ``opening + interest - cash == closing``, always.

    Attributes
    ----------
    period_no : int
        From 1.
    opening : Decimal
        Carrying amount at the start [currency units].
    interest : Decimal
        Interest income of the period at the effective rate [currency units].
    cash : Decimal
        Received at the end [currency units].
    closing : Decimal
        Carrying amount at the end, after the cash [currency units].
    """

    period_no: int
    opening: Decimal
    interest: Decimal
    cash: Decimal
    closing: Decimal


def effective_interest_rate(
    carrying_amount: Decimal | int,
    flows: Iterable[CashFlow] | Iterable[Decimal | int],
    *,
    recognised_on: date | None = None,
    decimals: int = DEFAULT_DECIMALS,
) -> Decimal:
    """The effective interest rate (实际利率) that discounts the flows to the carrying amount.

    With amounts, one a period, the first one a period after recognition: per period. With cash flows on
    dates: per year, Act/365 Fixed from ``recognised_on``. Counted and proven as in
    :func:`~delinquency.returns.rates_of_return.irr`.

    Parameters
    ----------
    carrying_amount : Decimal or int
        Amount at initial recognition, above 0: the price with transaction costs added and fees received
        taken off [currency units].
    flows : iterable of CashFlow, or of Decimal or int
        What is expected to be received over the life, fees that are part of the yield included; amounts
        to be paid out are negative [currency units].
    recognised_on : datetime.date, optional
        Needed with cash flows, all of which come later.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [share per period], or [share per year].

    Raises
    ------
    InvalidTypeError
        A ``float``, any other wrong type; cash flows without ``recognised_on``.
    InvalidValueError
        A carrying amount of 0 or less; no flow that is received; a flow on or before recognition; no
        rate, or several.

    References
    ----------
    IFRS 9, Appendix A (effective interest rate) and B5.4.1-B5.4.5.

    Examples
    --------
    >>> effective_interest_rate(950, [40, 40, 40, 40, 1140], decimals=6)
    Decimal('0.069584')
    >>> effective_interest_rate(1000, [CashFlow(date(2026, 1, 1), 1080)],
    ...     recognised_on=date(2025, 1, 1), decimals=4)
    Decimal('0.0800')
    """
    where = "effective_interest_rate"
    amounts, times = _expected(carrying_amount, flows, recognised_on, where)
    return _rate(amounts, times, where, checked_decimals(decimals, where=where))


def amortised_cost_table(
    carrying_amount: Decimal | int,
    flows: Iterable[CashFlow] | Iterable[Decimal | int],
    *,
    recognised_on: date | None = None,
    decimals: int = 2,
) -> tuple[AmortisedCostRow, ...]:
    """The carrying amount from recognition to the last flow, at the effective interest rate (摊余成本表).

    Each closing amount is the value of the flows still to come at the effective rate, rounded once;
    no rounding is carried from row to row. Interest is what makes the row add up, so the rounded
    interest of all rows sums to the flows less the carrying amount.

    Parameters
    ----------
    carrying_amount, flows, recognised_on
        As in :func:`effective_interest_rate`; the carrying amount and the flows of no more than
        ``decimals`` decimals. Several flows of one date are one row each, the interest in the first.
    decimals : int
        Decimals of the amounts in the table.

    Returns
    -------
    tuple of AmortisedCostRow

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`effective_interest_rate`; amounts finer than the table.

    References
    ----------
    IFRS 9, Appendix A (amortised cost) and 5.4.1.

    Examples
    --------
    >>> for row in amortised_cost_table(950, [40, 40, 1000]):
    ...     print(row.period_no, row.opening, row.interest, row.cash, row.closing)
    1 950.00 43.19 40.00 953.19
    2 953.19 43.33 40.00 956.52
    3 956.52 43.48 1000.00 0.00
    """
    where = "amortised_cost_table"
    places = checked_decimals(decimals, where=where)
    amounts, times = _expected(carrying_amount, flows, recognised_on, where)
    for amount in amounts:
        if rounded(Fraction(amount), decimals=places) != amount:
            raise InvalidValueError.at(
                where, expected=f"amounts of at most {places} decimals", found=str(amount)
            )
    growth = 1 + Fraction(_rate(amounts, times, where, _TABLE_DECIMALS))
    bounds = values_still_to_come(amounts, times, growth=growth, digits=_TABLE_DIGITS)
    opening = -_whole(amounts[0], places)
    rows: list[AmortisedCostRow] = []
    for period in range(1, len(amounts)):
        low, high = (rounded(Fraction(bound), decimals=places) for bound in bounds[period])
        if low != high:
            low = rounded_value(
                amounts[period + 1 :],
                [time - times[period] for time in times[period + 1 :]],
                growth=growth,
                decimals=places,
            )
        cash, closing = _whole(amounts[period], places), _whole(low, places)
        interest = closing - opening + cash
        shown = (point_moved(each, places) for each in (opening, interest, cash, closing))
        rows.append(AmortisedCostRow(period, *shown))
        opening = closing
    return tuple(rows)


def _whole(amount: Decimal, places: int) -> int:
    return int(Fraction(amount) * 10**places)


def _rate(amounts: list[Decimal], times: list[Fraction], where: str, decimals: int) -> Decimal:
    return only_rate(discounted_sum(amounts, times), where=where, decimals=decimals)


def _expected(
    carrying_amount: Decimal | int,
    flows: Iterable[CashFlow] | Iterable[Decimal | int],
    recognised_on: date | None,
    where: str,
) -> tuple[list[Decimal], list[Fraction]]:
    """The carrying amount paid at time 0, then the flows in order of time."""
    carried = checked_amount(carrying_amount, where=where, field="carrying_amount")
    if carried <= 0:
        raise InvalidValueError.at(where, expected="a carrying_amount above 0", found=str(carried))
    if isinstance(flows, str) or not isinstance(flows, Iterable):
        raise InvalidTypeError.at(
            where, expected="an iterable of flows", found=flows, hint=LIST_OF_FLOWS
        )
    kept = tuple(flows)
    if any(isinstance(flow, CashFlow) for flow in kept):
        amounts, times = _dated(kept, recognised_on, where)  # type: ignore[arg-type]
    elif recognised_on is not None:
        form = for_flow(kept[0] if kept else None)
        raise InvalidTypeError.at(
            where,
            expected="cash flows on dates, because recognised_on is given",
            found=kept,
            hint=f"{form} Amounts one a period go without recognised_on.",
        )
    else:
        amounts = list(exact_amounts(kept, where=where, with_dates=where))  # type: ignore[arg-type]
        times = [Fraction(number) for number in range(1, len(amounts) + 1)]
    paid = [carried.copy_negate(), *amounts]
    refuse_unless_both_signs(paid, where=where, noun="the carrying amount and the flows")
    return paid, [Fraction(0), *times]


def _dated(
    flows: Iterable[CashFlow], recognised_on: date | None, where: str
) -> tuple[list[Decimal], list[Fraction]]:
    if recognised_on is None:
        raise InvalidTypeError.at(
            where,
            expected="recognised_on to be a date, because the flows have dates",
            found=recognised_on,
            hint="Write recognised_on=date(2025, 1, 31), the day of the carrying amount.",
        )
    start = day_number(recognised_on, where=where, field="recognised_on")
    ordered: list[CashFlow] = []
    for number, flow in enumerate(kept_flows(flows, where=where), start=1):
        if flow.day <= start:
            raise InvalidValueError.at(
                f"{where}, cash flow {number}",
                expected=f"a date after {recognised_on}",
                found=str(flow.date),
                hint="What is paid or received at recognition belongs to the carrying amount.",
            )
        ordered.append(flow)
    ordered.sort(key=lambda flow: flow.day)
    times = [Fraction(flow.day - start, DAYS_PER_YEAR) for flow in ordered]
    return [Decimal(flow.amount) for flow in ordered], times
