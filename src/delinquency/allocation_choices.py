"""Which order of payment applies: by the kind of money, and by the age of the debt.

The one idea: an order is a value, and a choice between orders is one too. Money of a kind that has an
order of its own follows it; other money follows the order of the account's age on its value date, measured
before any money of that day.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from delinquency.allocation import AllocationOrder
from delinquency.calendar import LONGEST_SPAN
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, PolicyError
from delinquency.payments import PaymentKind
from delinquency.sequences import checked_tuple

__all__ = ["AgeSwitch", "KindOrder", "age_switches", "kind_orders"]


@attrs.frozen(slots=True)
class AgeSwitch:
    """From an age on, another order.

    The age is the late days of the oldest unsettled debt at the close of the value date, before the money
    of that day: what a grace or a suspension excuses is not taken off, and an age carried over a change of
    schedule is not read.

    Parameters
    ----------
    at_least : int
        The first age with this order [days], 1 or more.
    order : AllocationOrder

    Raises
    ------
    InvalidTypeError
        Wrong types.
    PolicyError
        An age below 1.

    Examples
    --------
    Chinese cards: principal first from the 91st day.

    >>> switch = AgeSwitch(91, AllocationOrder.oldest_first("principal", "interest", "fees", "penalty"))
    >>> switch.at_least
    91

    References
    ----------
    商业银行信用卡业务监督管理办法 (CBRC Order 2011 No. 2), Art. 57.
    """

    at_least: int
    order: AllocationOrder

    def __attrs_post_init__(self) -> None:
        days: object = self.at_least
        if isinstance(days, bool) or not isinstance(days, int):
            raise InvalidTypeError.at("age switch, at_least", expected="an int [days]", found=days)
        if self.at_least < 1:
            raise PolicyError.at(
                "age switch, at_least",
                expected="an age of 1 day or more",
                found=self.at_least,
                hint="Younger debts follow the order of the policy itself.",
            )
        if self.at_least > LONGEST_SPAN:
            raise PolicyError.at(
                "age switch, at_least",
                expected=f"at most {LONGEST_SPAN:,} days, as many as the calendar has",
                found=self.at_least,
            )
        _check_order(self.order, "age switch, order")


@attrs.frozen(slots=True)
class KindOrder:
    """Money of one kind has an order of its own, at every age.

    Parameters
    ----------
    kind : PaymentKind
    order : AllocationOrder

    Raises
    ------
    InvalidTypeError
        Wrong types.
    """

    kind: PaymentKind
    order: AllocationOrder

    def __attrs_post_init__(self) -> None:
        checked_member(self.kind, PaymentKind, "order of a kind, kind")
        _check_order(self.order, "order of a kind, order")


def _check_order(order: object, where: str) -> None:
    if not isinstance(order, AllocationOrder):
        raise InvalidTypeError.at(where, expected="an AllocationOrder", found=order)


def age_switches(items: Iterable[AgeSwitch]) -> tuple[AgeSwitch, ...]:
    """Switches by rising age.

    Raises
    ------
    InvalidTypeError
        Not switches.
    PolicyError
        Two switches at one age.
    """
    switches = sorted(
        checked_tuple(items, AgeSwitch, "policy, age switch"), key=lambda switch: switch.at_least
    )
    ages = [switch.at_least for switch in switches]
    if len(set(ages)) < len(ages):
        raise PolicyError.at("policy, allocation_by_age", expected="each age once", found=str(ages))
    return tuple(switches)


def kind_orders(items: Iterable[KindOrder]) -> tuple[KindOrder, ...]:
    """Orders by kind of payment, each kind once.

    Raises
    ------
    InvalidTypeError
        Not orders of kinds.
    PolicyError
        A kind twice.
    """
    orders = checked_tuple(items, KindOrder, "policy, order of a kind")
    kinds = [order.kind.value for order in orders]
    if len(set(kinds)) < len(kinds):
        raise PolicyError.at(
            "policy, allocation_by_kind", expected="each kind once", found=", ".join(kinds)
        )
    return orders
