"""The rows of a recalculation while and after they are swept, in minor units.

The one idea: a row knows what falls due with it and what of it is paid; nothing else moves.
"""

from __future__ import annotations

from typing import NamedTuple

import attrs

from delinquency.calendar import Day

__all__ = ["Swept", "SweptRow"]


@attrs.define(slots=True)
class SweptRow:
    """One row in minor units, while and after it is swept."""

    due_day: Day
    principal: int = 0
    interest: int = 0
    paid_principal: int = 0
    paid_interest: int = 0
    paid_day: Day | None = None

    @property
    def open_principal(self) -> int:
        """Principal not paid yet."""
        return self.principal - self.paid_principal

    @property
    def open_interest(self) -> int:
        """Interest not paid yet."""
        return self.interest - self.paid_interest


class Swept(NamedTuple):
    """What a sweep leaves at the close of a day [minor units].

    ``balance`` is the open principal, ``accrued`` the interest borne that is neither due nor paid,
    ``credit`` money that settled nothing.
    """

    rows: list[SweptRow]
    balance: int
    accrued: int
    credit: int
