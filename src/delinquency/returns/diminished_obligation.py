"""The part of a debt's present value that a creditor gives up by a change of what was agreed.

The one idea: both sides are discounted at the original effective rate, whatever rates are now, and the share
is told so that it is above a threshold if and only if the exact one is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Final, NamedTuple

from delinquency.calendar import day_number
from delinquency.errors import InvalidValueError
from delinquency.returns.cash_flows import DAYS_PER_YEAR, CashFlow, exact_amounts, kept_flows
from delinquency.returns.discounting import discounted_sum, sign_at
from delinquency.returns.exactness import Exact, checked_number
from delinquency.returns.valuing import rounded_value
from delinquency.rounding import Proportion

__all__ = ["SMALLEST_PART", "ChangeSide", "diminished_share", "side_of"]

_WHERE: Final = "diminished_share"
SMALLEST_PART: Final = 10**9
"""As many parts has a share that is told; a restructuring keeps no smaller ones."""

_GUESS_DECIMALS: Final = 20


def diminished_share(
    before: Iterable[CashFlow] | Iterable[Decimal | int],
    after: Iterable[CashFlow] | Iterable[Decimal | int],
    *,
    rate: Exact,
    changed_on: date | None = None,
) -> Proportion:
    """The share of the present value that is given up (债务减损比例): (NPV0 - NPV1) / NPV0.

    NPV0 is what the flows before the change are worth, unpaid interest and fees among them, NPV1 what those
    after it are; both on the day of the change. A lower rate counts whatever its cause, also where markets
    ask no more. With amounts, one a period: the first one a period after the change. With cash flows on
    dates: Act/365 Fixed from ``changed_on``.

    Parameters
    ----------
    before, after : iterable of CashFlow, or of Decimal or int
        What the creditor was to receive, and receives now [currency units]; what is past due on the day of
        the change is a flow of that day.
    rate : Decimal, int or Fraction
        The original effective rate [share per period, or per year with dates], above -1.
    changed_on : datetime.date, optional
        Needed with cash flows, none of which is earlier.

    Returns
    -------
    Proportion
        From 0 to 1, in whole parts of 10**9, rounded up: it is above a threshold of at most nine decimals if
        and only if the exact share is. 0 where nothing is given up, or more is received.

    Raises
    ------
    InvalidTypeError
        A ``float``, any other wrong type; cash flows without ``changed_on``, amounts with it.
    InvalidValueError
        Flows before the change that are worth nothing or less; a change that gives up more than all; a flow
        before ``changed_on``; a rate of -1 or less.

    References
    ----------
    EBA/GL/2016/07, paragraph 51; EBA Q&A 2021_6045 (the whole loss counts, whatever its cause).

    Examples
    --------
    A bullet of 100 at 5 % for five years, two years later without interest on the delay, and with it:

    >>> bullet = [5, 5, 5, 5, 105]
    >>> five = Decimal("0.05")
    >>> diminished_share(bullet, [0, 0, *bullet], rate=five)
    Proportion(numerator=46485261, denominator=500000000)
    >>> grown = [amount * Decimal("1.05") ** 2 for amount in bullet]
    >>> diminished_share(bullet, [0, 0, *grown], rate=five)
    Proportion(numerator=0, denominator=1)
    >>> from delinquency import Restructuring
    >>> change = Restructuring(date(2025, 5, 10), date(2025, 5, 31),
    ...     diminished_share=diminished_share(bullet, [0, 0, *bullet], rate=five))
    """
    growth = 1 + checked_number(rate, where=_WHERE, field="rate")
    if growth <= 0:
        raise InvalidValueError.at(_WHERE, expected="a rate above -1", found=str(rate))
    change = _Change(
        side_of(before, changed_on, verb=_WHERE, field="before"),
        side_of(after, changed_on, verb=_WHERE, field="after"),
        growth,
    )
    if not change._replace(after=ChangeSide((), ())).gives_up_more_than(0):
        raise InvalidValueError.at(
            f"{_WHERE}, before", expected="flows worth more than 0", found="0 or less"
        )
    if change.gives_up_more_than(SMALLEST_PART):
        raise InvalidValueError.at(
            f"{_WHERE}, after", expected="flows worth 0 or more", found="less than 0"
        )
    return Proportion(change.parts(), SMALLEST_PART)


class ChangeSide(NamedTuple):
    """Amounts, and how many periods after the change each of them comes."""

    amounts: tuple[Decimal, ...]
    times: tuple[Fraction, ...]


class _Change(NamedTuple):
    """Both sides of a change, and 1 + rate."""

    before: ChangeSide
    after: ChangeSide
    growth: Fraction

    def gives_up_more_than(self, parts: int) -> bool:
        """Whether the share is above so many parts, proven: (1 - share) × NPV0 is above NPV1."""
        kept = Fraction(SMALLEST_PART - parts, SMALLEST_PART)
        amounts = [Fraction(amount) * kept for amount in self.before.amounts]
        amounts += [-Fraction(amount) for amount in self.after.amounts]
        if not any(amounts):
            return False
        total = discounted_sum(amounts, [*self.before.times, *self.after.times])
        return bool(total.amounts) and sign_at(total, self.growth) > 0

    def parts(self) -> int:
        """The fewest parts that the share is not above."""
        if not self.gives_up_more_than(0):
            return 0
        worth, left = (
            rounded_value(side.amounts, side.times, growth=self.growth, decimals=_GUESS_DECIMALS)
            if any(side.amounts)
            else Decimal(0)
            for side in (self.before, self.after)
        )
        # Only a guess: it is put right by comparing.
        guess = 0 if not worth else ceil((1 - Fraction(left) / Fraction(worth)) * SMALLEST_PART)
        while self.gives_up_more_than(guess):
            guess += 1
        while guess and not self.gives_up_more_than(guess - 1):
            guess -= 1
        return guess


def side_of(
    flows: Iterable[CashFlow] | Iterable[Decimal | int],
    changed_on: date | None,
    *,
    verb: str,
    field: str,
) -> ChangeSide:
    """One side of a change: amounts one a period, or cash flows on dates from ``changed_on`` on.

    Raises
    ------
    InvalidTypeError
        Cash flows without ``changed_on``, amounts with it.
    InvalidValueError
        A flow before ``changed_on``.
    """
    where = f"{verb}, {field}"
    if changed_on is None:
        amounts = exact_amounts(flows, where=where, with_dates=f"{verb} with changed_on")  # type: ignore[arg-type]
        return ChangeSide(amounts, tuple(Fraction(number) for number in range(1, len(amounts) + 1)))
    start = day_number(changed_on, where=verb, field="changed_on")
    dated = kept_flows(flows, where=where, without_dates=f"{verb} without changed_on")  # type: ignore[arg-type]
    for number, flow in enumerate(dated, start=1):
        if flow.day < start:
            raise InvalidValueError.at(
                f"{where}, cash flow {number}",
                expected=f"a date on or after {changed_on}",
                found=str(flow.date),
                hint="What is past due on the day of the change is a flow of that day.",
            )
    return ChangeSide(
        tuple(Decimal(flow.amount) for flow in dated),
        tuple(Fraction(flow.day - start, DAYS_PER_YEAR) for flow in dated),
    )
