"""What else happened to an account: a closed union of dated events.

The one idea: an event says what happened, never what follows from it; what follows is the policy's.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

import attrs

from delinquency.calendar import NONE_DAY, day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidValueError

__all__ = ["AccountEvent", "CountingSuspension", "SuspensionReason"]


class SuspensionReason(Enum):
    """Why counting stands still; a regulator's list, so that an auditor can ask for it."""

    UNSPECIFIED = "unspecified"
    CONTRACTUAL_RIGHT = "contractual_right"
    LAW = "law"
    FORMAL_DISPUTE = "formal_dispute"
    OBLIGOR_CHANGE = "obligor_change"


@attrs.frozen(slots=True)
class CountingSuspension:
    """Days that are not counted as delinquent, on ``[start, end)``.

    Money still falls due and the raw days past due still grow; only the delinquent days stand
    still. Suspensions of one account may touch, not overlap.

    Parameters
    ----------
    start : date
        The first day that is not counted.
    end : date, optional
        The first day that is counted again; ``None`` while the suspension is open.
    reason : SuspensionReason
        Why.
    recorded_on : date, optional
        The day on which the lender's books knew it; default ``start``.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``.
    InvalidValueError
        ``end`` not after ``start``.

    References
    ----------
    EBA/GL/2016/07, paragraphs 16-20, for reasons that stop the count.

    Examples
    --------
    >>> from datetime import date
    >>> CountingSuspension(date(2023, 10, 6), date(2023, 10, 25)).days
    19
    """

    start: date
    end: date | None = None
    reason: SuspensionReason = SuspensionReason.UNSPECIFIED
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        where = "counting suspension"
        day_number(self.start, where=where, field="start")
        if self.end is not None:
            day_number(self.end, where=where, field="end")
            if self.end <= self.start:
                raise InvalidValueError.at(
                    f"{where}, end", expected=f"a day after {self.start}", found=str(self.end)
                )
        if self.recorded_on is not None:
            day_number(self.recorded_on, where=where, field="recorded_on")
        checked_member(self.reason, SuspensionReason, f"{where}, reason")

    @property
    def days(self) -> int | None:
        """Length [days], or ``None`` while open."""
        return None if self.end is None else (self.end - self.start).days

    @property
    def end_day(self) -> int:
        """The day number of ``end``; 2**31 - 1 while open."""
        if self.end is None:
            return NONE_DAY
        return day_number(self.end, where="counting suspension", field="end")


AccountEvent = CountingSuspension
"""Every kind of event; a union that grows with the capabilities that read them."""
