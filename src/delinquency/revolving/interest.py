"""What a card charges for credit: a rate a balance, and what happens to the days without interest.

A purchase is free if its statement is paid in full. If not, law leaves open what bears interest. The one
idea: the two answers are two named methods, and everything else - rates, days, rounding - is the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

import attrs

from delinquency.choices import checked_member
from delinquency.daycount import DayCount
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rates import Rate, RatePeriod
from delinquency.revolving.dated import Dated, dated
from delinquency.revolving.kinds import BalanceKind
from delinquency.rounding import RoundingMode
from delinquency.sequences import checked_tuple

__all__ = ["BalanceRate", "CardInterest", "InterestGrain", "InterestMethod"]


class InterestMethod(Enum):
    """What bears interest where a statement was not paid in full by its due date, with its grace.

    ``FULL_STATEMENT`` (全额计息): every transaction of the statement, from its day of posting, on what was
    open of it at the close of each day.

    ``UNPAID_PART`` (未偿还部分计息): only what is open at the close of the last day of grace, from the same
    days of posting; what was paid by then has been free.

    Either way a transaction that has begun to bear interest bears it until it is paid.
    """

    FULL_STATEMENT = "full_statement"
    UNPAID_PART = "unpaid_part"


class InterestGrain(Enum):
    """What is rounded.

    ``DAY``: the interest of one day, times the days. ``SEGMENT``: each segment. ``STATEMENT``: the sum of a
    statement. ``ACCOUNT``: all interest of the account so far, less what has been billed, so that fractions
    are carried from one statement to the next.
    """

    DAY = "day"
    SEGMENT = "segment"
    STATEMENT = "statement"
    ACCOUNT = "account"


@attrs.frozen(slots=True)
class BalanceRate:
    """The rate of one balance.

    Parameters
    ----------
    kind : BalanceKind
        Not ``PENALTY``: a late charge never bears interest. ``INTEREST`` means that billed interest that is
        not paid bears interest in turn (复利).
    rate : Rate or Dated of Rate
        A year or a day, 0 or more; dated where it changed.

    Raises
    ------
    InvalidTypeError
        No balance, no rate.
    InvalidValueError
        A rate of the late charges; a rate a month; a rate below 0.

    References
    ----------
    银发〔2016〕111号: no interest on 违约金 and on fees for services.

    Examples
    --------
    >>> BalanceRate(BalanceKind.PURCHASE, Rate.per_day("0.0005")).rate.values[0].scaled
    50000
    """

    kind: BalanceKind
    rate: Dated[Rate] = attrs.field(converter=dated)

    def __attrs_post_init__(self) -> None:
        checked_member(self.kind, BalanceKind, "balance rate, kind")
        where = f"balance rate, {self.kind.value}"
        if self.kind is BalanceKind.PENALTY:
            raise InvalidValueError.at(
                where, expected="a balance that may bear interest", found="the late charges"
            )
        for rate in self.rate.values:
            if not isinstance(rate, Rate):
                raise InvalidTypeError.at(
                    where, expected="a Rate", found=rate, hint='Rate.per_day("0.0005")'
                )
            if rate.period is RatePeriod.MONTH or rate.scaled < 0:
                raise InvalidValueError.at(
                    where, expected="a rate a day or a year, of 0 or more", found=str(rate)
                )


_ALIKE_DAYS: Final = (DayCount.ACT_360, DayCount.ACT_365F, DayCount.ACT_364, DayCount.ACT_365_25)
_ADDITIVE: Final = (*_ALIKE_DAYS, DayCount.NL_365, DayCount.NL_360, DayCount.ACT_ACT_ISDA)
"""Day counts in which the parts of a period add up to the period, whatever the parts."""


def _rates(items: Iterable[BalanceRate]) -> tuple[BalanceRate, ...]:
    return checked_tuple(items, BalanceRate, "card interest, rate")


@attrs.frozen(slots=True, kw_only=True)
class CardInterest:
    """How a card bears interest.

    The balance at the close of a day bears the interest of that day: ``[posting, payment)``. A statement
    bills the days up to its own, itself included. Cash bears from its posting. A purchase, a billed plan
    part and billed interest are free if the statement in which they stand is paid in full by its due
    date, with grace and tolerance, whatever that money settled; a rest within the tolerance stands in
    the next statement, and if it ever bears interest, then from the due date up to which it was free.
    What a statement itself posts - interest, plan parts, fees - bears from the day after it.

    Parameters
    ----------
    rates : iterable of BalanceRate
        One a balance at most. A balance without a rate bears nothing.
    method : InterestMethod
    day_count : DayCount, default Act/365F
        For rates a year; one of those that count actual days.
    rounding : RoundingMode, default HALF_UP
    grain : InterestGrain, default STATEMENT
    fees_bear_interest : bool, default False
        Must be said where ``FEES`` has a rate.
    payment_day_bears : bool, default False
        Whether a payment takes effect for interest on the day after it: ``[posting, payment]``.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        Two rates of a balance; a rate of fees that are not said to bear interest; a day count of months; the
        grain ``DAY`` with a day count in which days differ.

    References
    ----------
    银发〔2016〕111号, interest and fees; 法释〔2021〕10号, Article 2, for the duty to explain either method.

    Examples
    --------
    >>> terms = CardInterest(rates=[BalanceRate(BalanceKind.PURCHASE, Rate.per_day("0.0005"))],
    ...     method=InterestMethod.FULL_STATEMENT)
    >>> terms.compounds
    False
    >>> CardInterest(rates=[BalanceRate(BalanceKind.FEES, Rate.per_day("0.0005"))],
    ...     method=InterestMethod.FULL_STATEMENT)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: card interest, rates: expected no rate of the fees, found one. \
Hint: By 银发〔2016〕111号 fees bear no interest; where law allows it, say fees_bear_interest=True.
    """

    rates: tuple[BalanceRate, ...] = attrs.field(converter=_rates)
    method: InterestMethod
    day_count: DayCount = DayCount.ACT_365F
    rounding: RoundingMode = RoundingMode.HALF_UP
    grain: InterestGrain = InterestGrain.STATEMENT
    fees_bear_interest: bool = False
    payment_day_bears: bool = False

    def __attrs_post_init__(self) -> None:
        checked_member(self.method, InterestMethod, "card interest, method")
        checked_member(self.day_count, DayCount, "card interest, day_count")
        checked_member(self.rounding, RoundingMode, "card interest, rounding")
        checked_member(self.grain, InterestGrain, "card interest, grain")
        for field in ("fees_bear_interest", "payment_day_bears"):
            if not isinstance(getattr(self, field), bool):
                raise InvalidTypeError.at(
                    f"card interest, {field}", expected="True or False", found=getattr(self, field)
                )
        self._check_rates()
        allowed = _ALIKE_DAYS if self.grain is InterestGrain.DAY else _ADDITIVE
        if self.day_count not in allowed:
            raise InvalidValueError.at(
                "card interest, day_count",
                expected="one of " + ", ".join(map(str, allowed)),
                found=str(self.day_count),
                hint="A balance changes on any day: the parts of a period must add up to it.",
            )

    def _check_rates(self) -> None:
        kinds = [row.kind for row in self.rates]
        for kind in kinds:
            if kinds.count(kind) > 1:
                raise InvalidValueError.at(
                    "card interest, rates",
                    expected="one rate a balance",
                    found=f"two of {kind.value}",
                )
        if BalanceKind.FEES in kinds and not self.fees_bear_interest:
            raise InvalidValueError.at(
                "card interest, rates",
                expected="no rate of the fees",
                found="one",
                hint="By 银发〔2016〕111号 fees bear no interest; where law allows it, say "
                "fees_bear_interest=True.",
            )

    @property
    def compounds(self) -> bool:
        """Whether billed interest that is not paid bears interest."""
        return self.rate_of(BalanceKind.INTEREST) is not None

    def rate_of(self, kind: BalanceKind) -> Dated[Rate] | None:
        """The rate of a balance, or ``None`` if it bears nothing."""
        return next((row.rate for row in self.rates if row.kind is kind), None)
