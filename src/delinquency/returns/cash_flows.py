"""Cash flows on dates, and what they must be before a rate can be asked of them.

The one idea: an amount is signed from the side of whoever looks - received is positive, paid is negative
- so that lender and borrower hold the same flows with opposite signs and find the same rate.
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
from delinquency.returns.discounting import DiscountedSum, discounted_sum
from delinquency.returns.exactness import checked_amount
from delinquency.returns.forms import LIST_OF_AMOUNTS, LIST_OF_FLOWS, for_amount, for_flow

__all__ = [
    "DAYS_PER_YEAR",
    "CashFlow",
    "checked_amounts",
    "checked_flows",
    "dated_sum",
    "exact_amounts",
    "kept_flows",
    "periodic_sum",
    "refuse_unless_both_signs",
]

DAYS_PER_YEAR: Final = 365
"""The length of every year where amounts on dates are discounted [days]: Act/365 Fixed."""

MOST_FLOWS: Final = 100_000
"""The most flows accepted; itself accepted."""


@attrs.frozen(slots=True)
class CashFlow:
    """One amount of money that changes hands on one day.

    Parameters
    ----------
    date : datetime.date
    amount : Decimal or int
        [currency units]: positive when received, negative when paid, from one side throughout. The
        lender pays the loan out and receives the instalments; the borrower sees the opposite signs.
        0 is accepted and changes nothing.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a date, a ``float`` for an amount, any other wrong type.
    InvalidValueError
        NaN or an infinity, more than 40 digits before or after the point, a date outside 1900 to 2200.

    Examples
    --------
    >>> CashFlow(date(2025, 1, 31), Decimal("-1000.00")).amount
    Decimal('-1000.00')
    >>> CashFlow(date(2025, 1, 31), 1000.0)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidTypeError: cash flow: expected amount to be a Decimal or an int, \
found 1000.0. Hint: Write Decimal("12.34"), from a string: a float holds few amounts exactly.
    """

    date: date
    amount: Decimal | int
    day: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "day", day_number(self.date, where="cash flow", field="date"))
        checked_amount(self.amount, where="cash flow")


def kept_flows(
    flows: Iterable[CashFlow], *, where: str, without_dates: str = ""
) -> tuple[CashFlow, ...]:
    """Cash flows, however many.

    Parameters
    ----------
    flows : iterable of CashFlow
    where : str
    without_dates : str
        The verb for amounts without dates, for the hint.

    Raises
    ------
    InvalidTypeError
        Anything but cash flows.
    """
    if isinstance(flows, str) or not isinstance(flows, Iterable):
        raise InvalidTypeError.at(
            where, expected="an iterable of CashFlow", found=flows, hint=LIST_OF_FLOWS
        )
    kept = tuple(flows)
    for number, flow in enumerate(kept, start=1):
        if not isinstance(flow, CashFlow):
            raise InvalidTypeError.at(
                f"{where}, cash flow {number}",
                expected="a CashFlow",
                found=flow,
                hint=for_flow(flow, without_dates=without_dates),
            )
    return kept


def checked_flows(
    flows: Iterable[CashFlow], *, where: str, without_dates: str = ""
) -> tuple[CashFlow, ...]:
    """At least two flows, of both signs, on more than one date once those of one date are added up.

    Raises
    ------
    InvalidTypeError
        Anything but cash flows.
    InvalidValueError
        Fewer than two flows, or flows that have no rate whatever the rate is.
    """
    kept = kept_flows(flows, where=where, without_dates=without_dates)
    _refuse_count(len(kept), where)
    by_day: dict[int, Fraction] = {}
    for flow in kept:
        by_day[flow.day] = by_day.get(flow.day, Fraction(0)) + Fraction(flow.amount)
    if len(by_day) == 1:
        raise InvalidValueError.at(
            where,
            expected="flows on more than one date",
            found=f"{len(kept)} flows, all on {kept[0].date}",
            hint="Without time between them no rate makes any difference.",
        )
    refuse_unless_both_signs(by_day.values(), where=where, noun="net amounts by date")
    return kept


def checked_amounts(
    amounts: Iterable[Decimal | int], *, where: str, with_dates: str = ""
) -> tuple[Decimal, ...]:
    """At least two amounts, of both signs.

    Raises
    ------
    InvalidTypeError
        Anything but a ``Decimal`` or an ``int``.
    InvalidValueError
        Fewer than two amounts, or amounts that have no rate whatever the rate is.
    """
    kept = exact_amounts(amounts, where=where, with_dates=with_dates)
    _refuse_count(len(kept), where)
    refuse_unless_both_signs(kept, where=where, noun="amounts")
    return kept


def exact_amounts(
    amounts: Iterable[Decimal | int], *, where: str, with_dates: str = ""
) -> tuple[Decimal, ...]:
    """Amounts of any sign, each exact.

    Parameters
    ----------
    amounts : iterable of Decimal or int
    where : str
    with_dates : str
        The verb for cash flows on dates, for the hint.

    Raises
    ------
    InvalidTypeError
        Not an iterable of ``Decimal`` and ``int``.
    """
    if isinstance(amounts, str) or not isinstance(amounts, Iterable):
        raise InvalidTypeError.at(
            where, expected="an iterable of amounts", found=amounts, hint=LIST_OF_AMOUNTS
        )
    kept: list[Decimal] = []
    for number, amount in enumerate(amounts, start=1):
        place = f"{where}, amount {number}"
        if not isinstance(amount, (Decimal, int)) and (
            hint := for_amount(amount, with_dates=with_dates)
        ):
            raise InvalidTypeError.at(
                place, expected="a Decimal or an int", found=amount, hint=hint
            )
        kept.append(checked_amount(amount, where=place))
    return tuple(kept)


def refuse_unless_both_signs(
    amounts: Iterable[Decimal | Fraction], *, where: str, noun: str
) -> None:
    """Refuse amounts of which none is received, or none is paid."""
    signs = {(amount > 0) - (amount < 0) for amount in amounts} - {0}
    if signs != {1, -1}:
        raise InvalidValueError.at(
            where,
            expected=f"{noun} of both signs",
            found={frozenset(): "only zeros", frozenset({1}): "only positive ones"}.get(
                frozenset(signs), "only negative ones"
            ),
            hint="Money received is positive, money paid is negative.",
        )


def periodic_sum(amounts: tuple[Decimal, ...]) -> DiscountedSum:
    """Amounts one a period, the first of today, as a discounted sum."""
    return discounted_sum(amounts, [Fraction(number) for number in range(len(amounts))])


def dated_sum(flows: tuple[CashFlow, ...]) -> DiscountedSum:
    """Cash flows as a discounted sum, days over 365."""
    return discounted_sum(
        [Decimal(flow.amount) for flow in flows],
        [Fraction(flow.day, DAYS_PER_YEAR) for flow in flows],
    )


def _refuse_count(count: int, where: str) -> None:
    if not 2 <= count <= MOST_FLOWS:
        raise InvalidValueError.at(
            where, expected=f"from 2 to {MOST_FLOWS:,} flows", found=str(count)
        )
