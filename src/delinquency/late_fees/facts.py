"""What a late fee is worked out of, and what came out.

The one idea: the facts of a day are whole numbers that somebody else has at hand - a ledger in its sweep, a
column of a book - and a figure that was not given is ``None``, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final

import attrs

from delinquency.calendar import Day
from delinquency.component import COMPONENTS
from delinquency.errors import InvalidValueError
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int, check_least

__all__ = ["FeeFacts", "FeeOutcome", "FeeReason"]


def _open_amounts(items: Iterable[int]) -> tuple[int, ...]:
    return checked_tuple(items, int, "fee facts, open amount")


def _cycles(items: Iterable[int]) -> tuple[int, ...]:
    return checked_tuple(items, int, "fee facts, fee cycle")


@attrs.frozen(slots=True, kw_only=True)
class FeeFacts:
    """What stands at the close of a day of assessment, in whole numbers.

    Parameters
    ----------
    day : int
        The day of assessment [days since 1970-01-01].
    open_amounts : tuple of four int
        Open principal, interest, fees and penalty of the instalment [minor units].
    contractual_amount : int, optional
        What the instalment was [minor units].
    required_minimum : int, optional
        The full minimum payment that was required immediately before the fee [minor units].
    unpaid_minimum : int, optional
        What of it is unpaid [minor units]. Where it is given it decides whether the payment is late.
    outstanding_principal : int, optional
        Open principal of the account, due or not [minor units].
    cycle : int, optional
        The number of the billing cycle of this violation.
    fee_cycles : tuple of int
        The cycles of earlier violations of the same type for which a fee was charged.
    fees_charged : int, default 0
        How many fees were charged for this due date already, of these terms or for the same event.
    open_late_fees : int, default 0
        The part of what is open here that is earlier late fees [minor units].
    taken_by_late_fees : int, default 0
        Money that came in time for this payment and was put to earlier late fees [minor units].

    Raises
    ------
    InvalidTypeError
        What is no ``int``.
    InvalidValueError
        Not four open amounts; an amount or a count below 0; a fee of a later cycle than this one.

    Examples
    --------
    A minimum payment of 15.00 of which 5.00 is unpaid, on a balance of 1000.00:

    >>> facts = FeeFacts(day=15974, open_amounts=(100000, 0, 0, 0), required_minimum=1500,
    ...     unpaid_minimum=500)
    >>> facts.unpaid, attrs.evolve(facts, unpaid_minimum=None).unpaid
    (500, 100000)
    """

    day: Day
    open_amounts: tuple[int, ...] = attrs.field(converter=_open_amounts)
    contractual_amount: int | None = None
    required_minimum: int | None = None
    unpaid_minimum: int | None = None
    outstanding_principal: int | None = None
    cycle: int | None = None
    fee_cycles: tuple[int, ...] = attrs.field(default=(), converter=_cycles)
    fees_charged: int = 0
    open_late_fees: int = 0
    taken_by_late_fees: int = 0

    def __attrs_post_init__(self) -> None:
        check_int(self.day, "fee facts, day")
        if len(self.open_amounts) != len(COMPONENTS):
            raise InvalidValueError.at(
                "fee facts, open_amounts",
                expected="four amounts: principal, interest, fees, penalty",
                found=repr(self.open_amounts),
            )
        for amount in self.open_amounts:
            check_least(amount, "fee facts, open_amounts", least=0)
        for field in ("fees_charged", "open_late_fees", "taken_by_late_fees"):
            check_least(getattr(self, field), f"fee facts, {field}", least=0)
        for field in (*_OPTIONAL_AMOUNTS, "cycle"):
            if getattr(self, field) is not None:
                check_least(getattr(self, field), f"fee facts, {field}", least=0)
        self._check_cycles()

    def _check_cycles(self) -> None:
        for cycle in self.fee_cycles:
            check_least(cycle, "fee facts, fee_cycles", least=0)
            if self.cycle is not None and cycle > self.cycle:
                raise InvalidValueError.at(
                    "fee facts, fee_cycles",
                    expected=f"cycles up to that of this violation, {self.cycle}",
                    found=cycle,
                )

    @property
    def unpaid(self) -> int:
        """What is late: the unpaid minimum where there is one, else all that is open [minor units]."""
        return sum(self.open_amounts) if self.unpaid_minimum is None else self.unpaid_minimum


_OPTIONAL_AMOUNTS: Final = (
    "contractual_amount",
    "required_minimum",
    "unpaid_minimum",
    "outstanding_principal",
)


class FeeReason(Enum):
    """What decided the amount of a fee, or that there is none."""

    AMOUNT = "amount"
    """The agreed amount as it is."""
    MINIMUM = "minimum"
    """The agreed minimum."""
    MAXIMUM = "maximum"
    """The agreed maximum."""
    REQUIRED_MINIMUM = "required_minimum"
    """The minimum payment that was required before the fee."""
    NOTHING_UNPAID = "nothing_unpaid"
    """No fee: nothing is late, or the base is 0."""
    ALREADY_CHARGED = "already_charged"
    """No fee: one was charged for this due date."""
    ONLY_FEES_UNPAID = "only_fees_unpaid"
    """No fee: the payment is short only by an earlier late fee."""


@attrs.frozen(slots=True)
class FeeOutcome:
    """A fee, and what decided it.

    Attributes
    ----------
    minor : int
        The fee [minor units]; 0 for none.
    agreed_minor : int
        The agreed amount before minimum, maximum and cap [minor units].
    reason : FeeReason
    is_repeated : bool
        Whether the higher amount of a safe harbour was taken.
    """

    minor: int
    agreed_minor: int
    reason: FeeReason
    is_repeated: bool = False
