"""What happened to a credit outside its ledger, and is reported.

A guarantor's money is a payment like any other, and a car that was taken back is none. The one idea: such a
fact changes no amount; it says in which state the account is reported, in its month or from a day on.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

import attrs

from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError
from delinquency.policy import Policy
from delinquency.reported_states import ReportedState
from delinquency.sequences import checked_tuple

__all__ = ["CreditEvent", "checked_events"]

OF_A_MONTH: Final = (ReportedState.GUARANTOR_PAID, ReportedState.SETTLED_BY_ASSETS)
"""States of the month in which they came about, and of no other."""

_OF_THE_LEDGER: Final = (
    ReportedState.NOT_OPENED,
    ReportedState.UNKNOWN,
    ReportedState.NOTHING_DUE,
    ReportedState.PAID_LATE,
    ReportedState.SETTLED,
    ReportedState.WRITTEN_OFF,
)


@attrs.frozen(slots=True)
class CreditEvent:
    """A state that the account does not tell by itself.

    What a guarantor paid and what assets settled is of the month of ``value_date``; every other state holds
    on ``[value_date, until)``. A later event overrides an earlier one.

    Parameters
    ----------
    state : ReportedState
        From ``GUARANTOR_PAID`` on.
    value_date : date
    until : date, optional
        The first day on which it holds no longer; ``None`` while it does.
    recorded_on : date, optional
        The day on which the lender's books knew it; default the value date.

    Raises
    ------
    InvalidTypeError
        No state; a ``datetime`` for a ``date``.
    InvalidValueError
        A state that the account tells by itself; an end not after the value date, or of an event that has
        none.

    Examples
    --------
    >>> CreditEvent(ReportedState.REPOSSESSED, date(2025, 6, 3)).until is None
    True
    """

    state: ReportedState
    value_date: date
    until: date | None = None
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        checked_member(self.state, ReportedState, "credit event, state")
        where = f"credit event {self.state.value!r}"
        if self.state in _OF_THE_LEDGER:
            raise InvalidValueError.at(
                f"{where}, state",
                expected="a state that the account does not tell by itself",
                found=self.state.value,
                hint="A write-off or a closure is an event of the account.",
            )
        day_number(self.value_date, where=where, field="value_date")
        if self.recorded_on is not None:
            day_number(self.recorded_on, where=where, field="recorded_on")
        if self.until is None:
            return
        day_number(self.until, where=where, field="until")
        if self.state in OF_A_MONTH:
            raise InvalidValueError.at(
                f"{where}, until", expected="none: it is of its month", found=str(self.until)
            )
        if self.until <= self.value_date:
            raise InvalidValueError.at(
                f"{where}, until", expected=f"a day after {self.value_date}", found=str(self.until)
            )

    def is_known(self, known_on: date | None) -> bool:
        """Whether the books knew it by a day; always, where nothing is cut."""
        return known_on is None or (self.recorded_on or self.value_date) <= known_on

    def holds_on(self, day: date) -> bool:
        """Whether a state that lasts holds at the close of a day."""
        if self.state in OF_A_MONTH:
            return False
        return self.value_date <= day and (self.until is None or day < self.until)


def checked_events(
    events: Iterable[CreditEvent], policy: Policy, known_on: date | None, where: str
) -> tuple[CreditEvent, ...]:
    """The events that were known by ``known_on``, in order of time.

    Raises
    ------
    InvalidTypeError
        What is no ``CreditEvent``.
    InvalidValueError
        A state that the register of the policy has no code for.
    """
    kept = checked_tuple(events, CreditEvent, f"{where}, event")
    for event in kept:
        if policy.state_codes is None or policy.state_codes.of(event.state) is None:
            raise InvalidValueError.at(
                f"{where}, events",
                expected=f"states that policy {policy.name!r} has codes for",
                found=event.state.value,
            )
    known = (event for event in kept if event.is_known(known_on))
    return tuple(sorted(known, key=lambda event: event.value_date))
