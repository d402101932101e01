"""What a lender decided about a debt: not to ask for it, to write it off, to close the account.

The one idea: a decision takes open amounts out of the ledger on its day and under its own name, so that
charged = settled + waived + written off + superseded + open always holds. It may be reversed; from that
day on it was never made.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Protocol

import attrs

from delinquency.amounts import check_amount
from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.component import Component
from delinquency.errors import InvalidValueError

__all__ = ["Closure", "Waiver", "WriteOff", "check_dates"]


@attrs.frozen(slots=True)
class Waiver:
    """The lender does not ask for a component (豁免): after the dues of the day, before its payments.

    Without an amount all of the component that has fallen due by the close of the day is waived. With an
    amount, what fell due first is waived first, then what is not due yet, up to it; if less is open, what
    is open.

    Parameters
    ----------
    value_date : date
    component : Component
    amount : Decimal or int, optional
        [currency units], more than 0; default all that has fallen due.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.
    reversed_on : date, optional
        From this day on it was never made.

    Raises
    ------
    InvalidTypeError
        A ``float`` amount; a ``datetime`` for a ``date``; no component.
    InvalidValueError
        An amount of 0 or less; a reversal before the decision.

    Examples
    --------
    >>> from datetime import date
    >>> Waiver(date(2025, 3, 1), Component.PENALTY, Decimal("10.00")).amount
    Decimal('10.00')
    """

    value_date: date
    component: Component
    amount: Decimal | int | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        checked_member(self.component, Component, "waiver, component")
        if self.amount is not None:
            check_amount(self.amount, where="waiver, amount", positive=True)
        check_dates(self, "waiver")


@attrs.frozen(slots=True)
class WriteOff:
    """The lender takes a debt off its books (核销); the claim stands, and money for it is a recovery.

    It comes after the payments of the day. Without component and amount the schedule ends as by an
    :class:`Acceleration` of that day, before its payments, and everything open is written off: interest of
    later days is not earned, and so not claimed. With a component all of it that is open is written off,
    due or not; with an amount too, what fell due first first, up to the amount. Nothing accrues on what was
    written off, and it is no longer counted.

    Parameters
    ----------
    value_date : date
    component : Component, optional
        Needed beside an amount; default all components.
    amount : Decimal or int, optional
        [currency units], more than 0; default all that is open.
    recorded_on, reversed_on : date, optional
        As of a :class:`Waiver`.

    Raises
    ------
    InvalidTypeError
        As :class:`Waiver`.
    InvalidValueError
        As :class:`Waiver`; an amount without a component.
    """

    value_date: date
    component: Component | None = None
    amount: Decimal | int | None = None
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.component is not None:
            checked_member(self.component, Component, "write-off, component")
        if self.amount is not None:
            check_amount(self.amount, where="write-off, amount", positive=True)
            if self.component is None:
                raise InvalidValueError.at(
                    "write-off, component",
                    expected="a component beside an amount",
                    found="none",
                    hint="Say what a part is taken from; without an amount all is written off.",
                )
        check_dates(self, "write-off")


@attrs.frozen(slots=True)
class Closure:
    """The lender takes what was paid in full and final settlement (结清) and closes the account.

    The schedule ends as by an :class:`Acceleration` of that day: interest of later days is not earned. After
    the payments of the day, open principal is written off and open interest, fees and penalty are waived;
    where the payoff was paid, nothing is left to let off. What falls due later - a fee, a charge-back - is
    owed all the same.

    Parameters
    ----------
    value_date : date
    recorded_on, reversed_on : date, optional
        As of a :class:`Waiver`.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``.
    InvalidValueError
        A reversal before the closure.
    """

    value_date: date
    recorded_on: date | None = None
    reversed_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_dates(self, "closure")


class Undoable(Protocol):
    """An event that may be reversed."""

    @property
    def value_date(self) -> date: ...
    @property
    def recorded_on(self) -> date | None: ...
    @property
    def reversed_on(self) -> date | None: ...


def check_dates(event: Undoable, where: str) -> None:
    """Check value date, day of record and day of reversal of an event.

    Raises
    ------
    InvalidTypeError
        Not dates.
    InvalidValueError
        A reversal before the event was made and recorded.
    """
    made, recorded, undone = event.value_date, event.recorded_on, event.reversed_on
    day_number(made, where=where, field="value_date")
    known = made
    if recorded is not None:
        day_number(recorded, where=where, field="recorded_on")
        known = max(made, recorded)
    if undone is not None:
        day_number(undone, where=where, field="reversed_on")
        if undone < known:
            raise InvalidValueError.at(
                f"{where}, reversed_on",
                expected=f"a day on or after {known}, when it was made and recorded",
                found=str(undone),
            )
