"""The order in which money settles the balances of a card.

The one idea: every legal order is one of three: by the kind of balance, by the rate, or the minimum in one
way and what exceeds it in the other. The numbers in them - the age at which an order turns round, the last
cycles of a promotion - are fields.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import attrs

from delinquency.calendar import check_days
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.revolving.kinds import BALANCE_KINDS, BalanceKind
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_least

__all__ = ["BalanceOrder", "ByKind", "HighestRateFirst", "KindSwitch", "MinimumThenHighestRate"]


def _kinds(items: Iterable[BalanceKind]) -> tuple[BalanceKind, ...]:
    return checked_tuple(items, BalanceKind, "balance order, kind")


def _check_complete(kinds: tuple[BalanceKind, ...], where: str) -> None:
    if len(kinds) != len(BALANCE_KINDS) or set(kinds) != set(BALANCE_KINDS):
        raise PolicyError.at(
            where,
            expected="each balance exactly once: "
            + ", ".join(kind.value for kind in BALANCE_KINDS),
            found=", ".join(kind.value for kind in kinds) or "none",
            hint="Money must be able to settle every balance.",
        )


def _check_flag(value: object, where: str) -> None:
    if not isinstance(value, bool):
        raise InvalidTypeError.at(where, expected="True or False", found=value)


@attrs.frozen(slots=True, kw_only=True)
class KindSwitch:
    """Another order from an age on.

    The age is that of the oldest unmet minimum before the payment: the late days ``[due, payment)``.

    Parameters
    ----------
    at_least : int
        The first age at which the other order holds [days], 1 or more.
    kinds : iterable of BalanceKind
        Every balance once.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        A first age of less than 1.
    PolicyError
        A balance twice, or missing.

    References
    ----------
    商业银行信用卡业务监督管理办法, Article 57.

    Examples
    --------
    >>> KindSwitch(at_least=91, kinds=BALANCE_KINDS).at_least
    91
    """

    at_least: int
    kinds: tuple[BalanceKind, ...] = attrs.field(converter=_kinds)

    def __attrs_post_init__(self) -> None:
        check_days(self.at_least, "age switch, at_least", least=1)
        _check_complete(self.kinds, "age switch, kinds")


@attrs.frozen(slots=True, kw_only=True)
class ByKind:
    """One balance after the other, the oldest posting of each first.

    Parameters
    ----------
    kinds : iterable of BalanceKind
        Every balance once.
    is_billed_first : bool, default True
        Whether all that a statement has billed comes before what none has (先已出账单).
    switch : KindSwitch, optional
        Another order for debts of some age.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    PolicyError
        A balance twice, or missing.

    References
    ----------
    商业银行信用卡业务监督管理办法, Article 57: to 90 days interest or fees first, from 91 principal first.

    Examples
    --------
    >>> principal = (BalanceKind.PLAN, BalanceKind.CASH_ADVANCE, BalanceKind.PURCHASE)
    >>> costs = (BalanceKind.INTEREST, BalanceKind.FEES, BalanceKind.PENALTY)
    >>> order = ByKind(kinds=costs + principal,
    ...     switch=KindSwitch(at_least=91, kinds=principal + costs))
    >>> order.kinds_at(90)[0].value, order.kinds_at(91)[0].value
    ('interest', 'plan')
    """

    kinds: tuple[BalanceKind, ...] = attrs.field(converter=_kinds)
    is_billed_first: bool = True
    switch: KindSwitch | None = None

    def __attrs_post_init__(self) -> None:
        _check_complete(self.kinds, "order by kind, kinds")
        _check_flag(self.is_billed_first, "order by kind, is_billed_first")
        if self.switch is not None and not isinstance(self.switch, KindSwitch):
            raise InvalidTypeError.at(
                "order by kind, switch", expected="a KindSwitch, or None", found=self.switch
            )

    def kinds_at(self, age: int) -> tuple[BalanceKind, ...]:
        """The order for a debt of an age [days]."""
        if self.switch is None or age < self.switch.at_least:
            return self.kinds
        return self.switch.kinds


@attrs.frozen(slots=True, kw_only=True)
class HighestRateFirst:
    """The highest rate on the day of the payment first; at one rate by kind, then the oldest.

    Parameters
    ----------
    kinds : iterable of BalanceKind
        Every balance once: who comes first where rates are the same, as those of fees, which bear none.
    are_plan_parts_first : bool, default True
        Whether billed parts of plans come before everything else.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    PolicyError
        A balance twice, or missing.

    References
    ----------
    FCA CONC 6.7.4R: the whole payment, but first what the fixed instalments need.

    Examples
    --------
    >>> HighestRateFirst(kinds=BALANCE_KINDS).are_plan_parts_first
    True
    """

    kinds: tuple[BalanceKind, ...] = attrs.field(converter=_kinds)
    are_plan_parts_first: bool = True

    def __attrs_post_init__(self) -> None:
        _check_complete(self.kinds, "order by rate, kinds")
        _check_flag(self.are_plan_parts_first, "order by rate, are_plan_parts_first")


@attrs.frozen(slots=True, kw_only=True)
class MinimumThenHighestRate:
    """Up to the unpaid minimum by kind; what exceeds it by the highest rate.

    A balance under deferred interest has a rate of 0 until its last cycles, in which it comes first: so
    many cycles, the one in which its last day lies counted as the last.

    Parameters
    ----------
    kinds : iterable of BalanceKind
        Every balance once, the issuer's order for the minimum.
    deferred_first_cycles : int
        [cycles]; 0 for never.

    Raises
    ------
    InvalidTypeError
        A wrong type.
    InvalidValueError
        Fewer than 0 cycles.
    PolicyError
        A balance twice, or missing.

    References
    ----------
    12 CFR 1026.53(a) and (b)(1)(i): two billing cycles.

    Examples
    --------
    >>> MinimumThenHighestRate(kinds=BALANCE_KINDS, deferred_first_cycles=2).deferred_first_cycles
    2
    """

    kinds: tuple[BalanceKind, ...] = attrs.field(converter=_kinds)
    deferred_first_cycles: int

    def __attrs_post_init__(self) -> None:
        _check_complete(self.kinds, "order by minimum, kinds")
        check_least(self.deferred_first_cycles, "order by minimum, deferred_first_cycles", least=0)


BalanceOrder: TypeAlias = ByKind | HighestRateFirst | MinimumThenHighestRate
"""How a payment is allocated among the balances of a card."""
