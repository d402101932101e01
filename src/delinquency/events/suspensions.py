"""Spans of time in which a rule of lateness stands still, or holds.

The one idea: a span is half-open, ``[start, end)``, and open as long as it has no end. Spans of one kind
may touch, not overlap, so that no day is ever counted twice.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final, Protocol

import attrs

from delinquency.calendar import NONE_DAY, day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.rounding import Proportion

__all__ = [
    "CountingSuspension",
    "FundsMisuse",
    "OffBalance",
    "PenaltyWaiver",
    "SuspensionReason",
    "check_span",
    "end_day_of",
]


WHOLE: Final = Proportion(1, 1)
FINEST_SHARE: Final = 1_000
"""The largest denominator of a waived share: exact accruals times it stay within their bound."""


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
        check_span(self, "counting suspension")
        checked_member(self.reason, SuspensionReason, "counting suspension, reason")

    @property
    def days(self) -> int | None:
        """Length [days], or ``None`` while open."""
        return None if self.end is None else (self.end - self.start).days

    @property
    def end_day(self) -> int:
        """The day number of ``end``; 2**31 - 1 while open."""
        return end_day_of(self.end)


@attrs.frozen(slots=True)
class PenaltyWaiver:
    """Penalty interest that is not asked for, in whole or in part, on the days of ``[start, end)``.

    The accrual of those days is listed, and the waived share of it is not owed. What accrued before or
    after is untouched; what was posted already is waived by a :class:`~delinquency.events.Waiver`.

    Parameters
    ----------
    start : date
        The first day whose accrual is waived.
    end : date, optional
        The first day that bears penalty interest again; ``None`` while the waiver is open.
    share : Proportion, default 1
        The part that is waived, more than 0 and at most 1, in parts of at most 1,000.
    recorded_on : date, optional
        The day on which the lender's books knew it; default ``start``.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``; a share that is no Proportion.
    InvalidValueError
        ``end`` not after ``start``; a share of 0, or above 1.

    Examples
    --------
    >>> from datetime import date
    >>> PenaltyWaiver(date(2020, 2, 1), date(2020, 7, 1), Proportion(1, 2)).share
    Proportion(numerator=1, denominator=2)
    """

    start: date
    end: date | None = None
    share: Proportion = WHOLE
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        where = "penalty waiver"
        check_span(self, where)
        share: object = self.share
        if not isinstance(share, Proportion):
            raise InvalidTypeError.at(f"{where}, share", expected="a Proportion", found=share)
        if not 0 < share.numerator <= share.denominator <= FINEST_SHARE:
            raise InvalidValueError.at(
                f"{where}, share",
                expected=f"more than 0, at most 1, in parts of at most {FINEST_SHARE:,}",
                found=str(share),
            )

    @property
    def end_day(self) -> int:
        """The day number of ``end``; 2**31 - 1 while open."""
        return end_day_of(self.end)


@attrs.frozen(slots=True)
class FundsMisuse:
    """The borrower uses the money for another purpose than agreed (挪用), on ``[start, end)``.

    Terms of penalty interest must have a rate of their own for such days
    (``ContractMultiple.misuse_factor``): under terms without one the account is
    refused, since the ordinary rate would understate what is owed. A policy without penalty interest reads
    past it.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``.
    InvalidValueError
        ``end`` not after ``start``.
    """

    start: date
    end: date | None = None
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_span(self, "misuse of funds")

    @property
    def end_day(self) -> int:
        """The day number of ``end``; 2**31 - 1 while open."""
        return end_day_of(self.end)


@attrs.frozen(slots=True)
class OffBalance:
    """Interest and penalty of the account are shown off balance (表外) on ``[start, end)``.

    They are owed all the same: a breakdown shows both parts. Principal and fees stay on balance.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``.
    InvalidValueError
        ``end`` not after ``start``.
    """

    start: date
    end: date | None = None
    recorded_on: date | None = None

    def __attrs_post_init__(self) -> None:
        check_span(self, "off balance")

    @property
    def end_day(self) -> int:
        """The day number of ``end``; 2**31 - 1 while open."""
        return end_day_of(self.end)


class Spanning(Protocol):
    """An event that lasts, on ``[start, end)``."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date | None: ...
    @property
    def recorded_on(self) -> date | None: ...


def check_span(span: Spanning, where: str) -> None:
    """Check start, end and day of record of an event that lasts.

    Raises
    ------
    InvalidTypeError
        Not dates.
    InvalidValueError
        An end that is not after the start.
    """
    day_number(span.start, where=where, field="start")
    if span.end is not None:
        day_number(span.end, where=where, field="end")
        if span.end <= span.start:
            raise InvalidValueError.at(
                f"{where}, end", expected=f"a day after {span.start}", found=str(span.end)
            )
    if span.recorded_on is not None:
        day_number(span.recorded_on, where=where, field="recorded_on")


def end_day_of(end: date | None) -> int:
    """The day number of an end; 2**31 - 1 while there is none."""
    return NONE_DAY if end is None else day_number(end, where="event", field="end")
