"""What a change of what was agreed does to the present value: the gain or loss, and how large it is.

The one idea: what was to come and what comes now are one sum of discounted amounts with opposite signs, so
that the difference is rounded once, and a share is told so that it reaches a threshold if and only if the
exact one does.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final, NamedTuple

from delinquency.errors import InvalidValueError
from delinquency.returns.cash_flows import CashFlow
from delinquency.returns.diminished_obligation import SMALLEST_PART, ChangeSide, side_of
from delinquency.returns.discounting import discounted_sum, sign_at
from delinquency.returns.exactness import Exact, checked_decimals, checked_number
from delinquency.returns.valuing import rounded_value
from delinquency.rounding import Proportion

__all__ = ["changed_share", "modification_gain"]

_GUESS_DECIMALS: Final = 20


def modification_gain(
    before: Iterable[CashFlow] | Iterable[Decimal | int],
    after: Iterable[CashFlow] | Iterable[Decimal | int],
    *,
    rate: Exact,
    changed_on: date | None = None,
    decimals: int = 2,
) -> Decimal:
    """The modification gain of the lender (合同修改利得), below 0 a loss: the new value less the old one.

    Both are present values at the original effective rate on the day of the change. Costs and fees of the
    change are no part of it: they adjust the carrying amount and are spread over the rest of the term.

    Parameters
    ----------
    before, after, rate, changed_on
        As in :func:`~delinquency.returns.diminished_obligation.diminished_share`.
    decimals : int
        Decimals of the answer; it is rounded once, half away from zero.

    Returns
    -------
    Decimal
        [currency units]

    Raises
    ------
    InvalidTypeError, InvalidValueError
        As in :func:`~delinquency.returns.diminished_obligation.diminished_share`; flows that are worth
        nothing are accepted.

    References
    ----------
    IFRS 9, 5.4.3.

    Examples
    --------
    A bullet of 100 at 5 % for five years, two years later without interest on the delay:

    >>> bullet = [5, 5, 5, 5, 105]
    >>> modification_gain(bullet, [0, 0, *bullet], rate=Decimal("0.05"))
    Decimal('-9.30')
    >>> modification_gain(bullet, bullet, rate=Decimal("0.05"))
    Decimal('0.00')
    """
    where = "modification_gain"
    places = checked_decimals(decimals, where=where)
    change = _change(before, after, rate, changed_on, where)
    amounts = [*change.after.amounts, *(amount.copy_negate() for amount in change.before.amounts)]
    times = [*change.after.times, *change.before.times]
    if not amounts:
        amounts, times = [Decimal(0)], [Fraction(0)]
    return rounded_value(amounts, times, growth=change.growth, decimals=places)


def changed_share(
    before: Iterable[CashFlow] | Iterable[Decimal | int],
    after: Iterable[CashFlow] | Iterable[Decimal | int],
    *,
    rate: Exact,
    changed_on: date | None = None,
) -> Proportion:
    """How far the new present value is from the old one, as a share of the old one; up or down alike.

    Fees that one side pays the other for the change are flows of ``after`` on its day.

    Parameters
    ----------
    before, after, rate, changed_on
        As in :func:`~delinquency.returns.diminished_obligation.diminished_share`.

    Returns
    -------
    Proportion
        In whole parts of 10**9, rounded down: it is at least a threshold of at most nine decimals if and
        only if the exact share is.

    Raises
    ------
    InvalidTypeError
        As in :func:`~delinquency.returns.diminished_obligation.diminished_share`.
    InvalidValueError
        Flows before the change that are worth nothing or less.

    References
    ----------
    IFRS 9, B3.3.6: at least 10 per cent, a test of financial liabilities; of assets a choice of policy.

    Examples
    --------
    A tenth less is a tenth; a minor unit more of what comes is not:

    >>> changed_share([1000], [900], rate=Decimal("0.05"))
    Proportion(numerator=1, denominator=10)
    >>> changed_share([1000], [Decimal("900.01")], rate=Decimal("0.05"))
    Proportion(numerator=9999, denominator=100000)
    >>> changed_share([1000], [1100], rate=Decimal("0.05"))
    Proportion(numerator=1, denominator=10)
    """
    where = "changed_share"
    change = _change(before, after, rate, changed_on, where)
    if change._replace(after=ChangeSide((), ())).compared(0) <= 0:
        raise InvalidValueError.at(
            f"{where}, before", expected="flows worth more than 0", found="0 or less"
        )
    return Proportion(change.parts(), SMALLEST_PART)


def _change(
    before: Iterable[CashFlow] | Iterable[Decimal | int],
    after: Iterable[CashFlow] | Iterable[Decimal | int],
    rate: Exact,
    changed_on: date | None,
    where: str,
) -> _Change:
    growth = 1 + checked_number(rate, where=where, field="rate")
    if growth <= 0:
        raise InvalidValueError.at(where, expected="a rate above -1", found=str(rate))
    return _Change(
        side_of(before, changed_on, verb=where, field="before"),
        side_of(after, changed_on, verb=where, field="after"),
        growth,
    )


class _Change(NamedTuple):
    """Both sides of a change, and 1 + rate."""

    before: ChangeSide
    after: ChangeSide
    growth: Fraction

    def compared(self, parts: int) -> int:
        """The sign of (1 - share) × old value - new value, proven; a share below 0 is a gain."""
        kept = Fraction(SMALLEST_PART - parts, SMALLEST_PART)
        amounts = [Fraction(amount) * kept for amount in self.before.amounts]
        amounts += [-Fraction(amount) for amount in self.after.amounts]
        if not any(amounts):
            return 0
        total = discounted_sum(amounts, [*self.before.times, *self.after.times])
        return sign_at(total, self.growth) if total.amounts else 0

    def parts(self) -> int:
        """The most parts that the share reaches, whether value is lost or gained."""
        side = self.compared(0)
        if not side:
            return 0
        worth, left = (
            rounded_value(each.amounts, each.times, growth=self.growth, decimals=_GUESS_DECIMALS)
            if any(each.amounts)
            else Decimal(0)
            for each in (self.before, self.after)
        )
        # Only a guess: it is put right by comparing.
        share = abs(1 - Fraction(left) / Fraction(worth)) if worth else Fraction(0)
        guess = floor(share * SMALLEST_PART)
        while self.compared(side * guess) * side < 0:
            guess -= 1
        while self.compared(side * (guess + 1)) * side >= 0:
            guess += 1
        return guess
