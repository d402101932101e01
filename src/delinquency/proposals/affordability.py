"""What a debtor can pay on each due date.

The one idea: an amount holds from its first day to the next; before the first nothing can be paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor

import attrs

from delinquency.amounts import MAX_MINOR, check_amount, from_minor
from delinquency.calendar import Day, day_number
from delinquency.currency import Currency
from delinquency.decimals import exact_decimal, exact_difference
from delinquency.errors import InvalidValueError
from delinquency.sequences import checked_tuple

__all__ = ["Affordability", "DatedAmount"]

_WHERE = "affordability"


@attrs.frozen(slots=True)
class DatedAmount:
    """From a day on, this amount; the day itself has it.

    Parameters
    ----------
    effective_on : date
    amount : Decimal or int
        [currency units], 0 or more.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; a float.
    InvalidValueError
        Below 0, or no number.
    """

    effective_on: date
    amount: Decimal | int

    def __attrs_post_init__(self) -> None:
        day_number(self.effective_on, where="dated amount", field="effective_on")
        check_amount(self.amount, where="dated amount, amount", positive=False)


def _in_order(
    items: Iterable[DatedAmount], where: str, *, least: int = 1
) -> tuple[DatedAmount, ...]:
    """Amounts by their first days, each day once; at least so many.

    Raises
    ------
    InvalidTypeError, InvalidValueError
        Not amounts; too few; two from one day.
    """
    found = sorted(checked_tuple(items, DatedAmount, where), key=lambda each: each.effective_on)
    if len(found) < least:
        raise InvalidValueError.at(where, expected="at least one dated amount", found="none")
    days = [each.effective_on for each in found]
    twice = next((day for day in days if days.count(day) > 1), None)
    if twice is not None:
        raise InvalidValueError.at(
            where, expected="one amount from a day", found=f"two from {twice}"
        )
    return tuple(found)


def _amounts(items: Iterable[DatedAmount]) -> tuple[DatedAmount, ...]:
    return _in_order(items, f"{_WHERE}, amounts")


@attrs.frozen(slots=True)
class Affordability:
    """What a debtor can pay on a due date (还款能力), from each day on.

    Parameters
    ----------
    amounts : sequence of DatedAmount
        [currency units an instalment]. On due dates before the first nothing can be paid.

    Raises
    ------
    InvalidTypeError
        Not dated amounts.
    InvalidValueError
        None, or two from one day.

    Examples
    --------
    2,000 a due date, and 3,000 from July on:

    >>> steps = [DatedAmount(date(2025, 1, 1), 2000), DatedAmount(date(2025, 7, 1), 3000)]
    >>> found = Affordability(steps)
    >>> found.on(date(2025, 6, 30)), found.on(date(2025, 7, 1)), found.on(date(2024, 12, 31))
    (Decimal('2000'), Decimal('3000'), Decimal('0'))
    """

    amounts: tuple[DatedAmount, ...] = attrs.field(converter=_amounts)

    @classmethod
    def of(cls, payment: Decimal | int, *, effective_on: date = date(1970, 1, 1)) -> Affordability:
        """The same payment on every due date from a day on [currency units].

        Raises
        ------
        InvalidTypeError, InvalidValueError
            No amount.
        """
        check_amount(payment, where=f"{_WHERE}, payment", positive=False)
        return cls((DatedAmount(effective_on, payment),))

    @classmethod
    def from_budget(
        cls, income: Iterable[DatedAmount], outgoings: Iterable[DatedAmount]
    ) -> Affordability:
        """Income less essential outgoings, each from its own days on; never below 0.

        Parameters
        ----------
        income, outgoings : sequence of DatedAmount
            For the time between two due dates [currency units]. Outgoings are 0 before the first of them, and
            where there is none, ``[]``.

        Raises
        ------
        InvalidTypeError, InvalidValueError
            Not dated amounts; no income; two from one day.

        Examples
        --------
        >>> earned = [DatedAmount(date(2025, 1, 1), 8000), DatedAmount(date(2025, 4, 1), 6000)]
        >>> spent = [DatedAmount(date(2025, 1, 1), 5500)]
        >>> [str(each.amount) for each in Affordability.from_budget(earned, spent).amounts]
        ['2500', '500']
        >>> [str(each.amount) for each in Affordability.from_budget(earned, []).amounts]
        ['8000', '6000']
        """
        earned = _in_order(income, f"{_WHERE}, income")
        spent = _in_order(outgoings, f"{_WHERE}, outgoings", least=0)
        days = sorted({each.effective_on for each in (*earned, *spent)})
        return cls(
            tuple(
                DatedAmount(
                    day, max(Decimal(0), exact_difference(_on(earned, day), _on(spent, day)))
                )
                for day in days
                if day >= earned[0].effective_on
            )
        )

    def on(self, day: date) -> Decimal:
        """What can be paid on a due date [currency units].

        Raises
        ------
        InvalidTypeError
            A ``datetime`` for a ``date``.
        """
        day_number(day, where=_WHERE, field="day")
        return _on(self.amounts, day)

    def in_minor(self, currency: Currency) -> list[tuple[Day, int]]:
        """First days and amounts, rounded down [minor units].

        Raises
        ------
        InvalidValueError
            Nothing of at least one minor unit; more than an account may owe.
        """
        found = [
            (
                day_number(each.effective_on, where=_WHERE, field="effective_on"),
                _rounded_down(each, currency),
            )
            for each in self.amounts
        ]
        if not any(amount for _, amount in found):
            raise InvalidValueError.at(
                _WHERE,
                expected=f"a payment of at least one minor unit of {currency.code}",
                found="less",
                hint="Who can pay nothing needs a holiday, a settlement or a write-off: say so with a plan.",
            )
        return found


def _rounded_down(each: DatedAmount, currency: Currency) -> int:
    exact = exact_decimal(each.amount, where=_WHERE, field="amount")
    scale: int = 10**currency.minor_unit
    minor = floor(Fraction(exact) * scale)
    if minor > MAX_MINOR:
        raise InvalidValueError.at(
            f"{_WHERE}, amount from {each.effective_on}",
            expected=f"at most {from_minor(MAX_MINOR, currency)} {currency}",
            found=str(each.amount),
        )
    return minor


def _on(amounts: tuple[DatedAmount, ...], day: date) -> Decimal:
    held = [each.amount for each in amounts if each.effective_on <= day]
    return Decimal(held[-1]) if held else Decimal(0)
