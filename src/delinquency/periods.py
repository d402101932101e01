"""The dates of a schedule before there is any money in it.

A due date that was moved from Sunday to Monday has two dates, and both are asked for: the nominal one
decides where the next period begins, the adjusted one when money is due. The one idea: both are kept,
side by side, for every boundary; nothing downstream has to undo an adjustment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from itertools import pairwise
from operator import lt
from typing import Final

import attrs

from delinquency.business_days import AccrueTo
from delinquency.calendar import Day, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.rolls import Roll

__all__ = ["Period", "PeriodDates", "Stub"]

_TWO_ON_ONE_DAY: Final = (
    "Two dates of short periods can fall on one business day: take a longer frequency, "
    "or NO_ADJUST."
)


class Stub(Enum):
    """Where days go that do not make a whole period (首尾不足期).

    An *initial* stub counts the regular periods backwards from the end, a *final* one forwards from the
    start. A *short* stub is a period of its own, a *long* one is joined with the period beside it, and
    a *smart* one is joined if it has fewer than 7 days. If nothing is left over, there is no stub.

    Other names: stub convention, broken period, odd first period (US), odd days.

    References
    ----------
    FpML ``stubPeriodTypeEnum``; the seven days of a smart stub are those of OpenGamma Strata,
    ``StubConvention.SMART_INITIAL`` and ``SMART_FINAL``.
    """

    NONE = "none"
    """No stub: the term is a whole number of periods, or the request is refused."""
    SHORT_INITIAL = "short_initial"
    LONG_INITIAL = "long_initial"
    SMART_INITIAL = "smart_initial"
    SHORT_FINAL = "short_final"
    LONG_FINAL = "long_final"
    SMART_FINAL = "smart_final"
    BOTH = "both"
    """A stub at each end, which ``first_regular`` and ``last_regular`` must give."""

    @property
    def is_initial(self) -> bool:
        """Whether the regular periods are counted backwards from the end."""
        return self in (Stub.SHORT_INITIAL, Stub.LONG_INITIAL, Stub.SMART_INITIAL)

    def joins(self, days: int) -> bool:
        """Whether a stub of so many days is joined with the period beside it.

        Examples
        --------
        >>> Stub.SMART_FINAL.joins(6), Stub.SMART_FINAL.joins(7)
        (True, False)
        """
        if self in (Stub.SMART_INITIAL, Stub.SMART_FINAL):
            return days < 7
        return self in (Stub.LONG_INITIAL, Stub.LONG_FINAL)


@attrs.frozen(slots=True, kw_only=True)
class Period:
    """One period, ``[start, end)``.

    Attributes
    ----------
    number : int
        From 1.
    start, end : datetime.date
        Adjusted; what falls due for the period is due on its end.
    nominal_start, nominal_end : datetime.date
        Before adjustment.
    is_stub : bool
        Whether it is shorter or longer than a regular period.
    """

    number: int
    start: date
    end: date
    nominal_start: date
    nominal_end: date
    is_stub: bool


@attrs.frozen(slots=True, kw_only=True)
class PeriodDates:
    """The boundaries of consecutive periods; made by :func:`~delinquency.regular_periods.period_dates`.

    Of *n* periods there are *n* + 1 boundaries: the end of one period is the start of the next.

    Attributes
    ----------
    nominal_days : tuple of int
        The boundaries before adjustment, strictly increasing [days since 1970-01-01].
    adjusted_days : tuple of int
        The same boundaries adjusted, strictly increasing [days since 1970-01-01].
    frequency : Frequency
    roll : Roll or None
        The roll in force: what was asked for, or what follows from the dates; None for periods of days
        that are no weeks, and for one period at maturity.
    has_initial_stub, has_final_stub : bool
        Whether the first, and whether the last period is irregular.

    Raises
    ------
    InvalidTypeError
        Anything else than tuples.
    InvalidValueError
        Fewer than two boundaries, tuples of different lengths, boundaries that do not increase.

    Examples
    --------
    >>> from delinquency.regular_periods import period_dates
    >>> dates = period_dates(date(2025, 1, 31), date(2025, 4, 30), frequency=Frequency.MONTHLY)
    >>> len(dates), [str(day) for day in dates.due_dates]
    (3, ['2025-02-28', '2025-03-31', '2025-04-30'])
    """

    nominal_days: tuple[Day, ...]
    adjusted_days: tuple[Day, ...]
    frequency: Frequency
    roll: Roll | None = None
    has_initial_stub: bool = False
    has_final_stub: bool = False

    def __attrs_post_init__(self) -> None:
        for field, days in (("nominal", self.nominal_days), ("adjusted", self.adjusted_days)):
            _check_boundaries(field, days)
        if len(self.nominal_days) != len(self.adjusted_days):
            raise InvalidValueError.at(
                "period dates",
                expected="an adjusted date for each nominal date",
                found=f"{len(self.adjusted_days)} for {len(self.nominal_days)}",
            )

    @property
    def nominal(self) -> tuple[date, ...]:
        """The boundaries before adjustment."""
        return tuple(map(to_date, self.nominal_days))

    @property
    def adjusted(self) -> tuple[date, ...]:
        """The boundaries, adjusted."""
        return tuple(map(to_date, self.adjusted_days))

    @property
    def due_dates(self) -> tuple[date, ...]:
        """The adjusted end of each period."""
        return tuple(map(to_date, self.adjusted_days[1:]))

    @property
    def periods(self) -> tuple[Period, ...]:
        """The periods as records, in order."""
        return tuple(self)

    def accrual_days(self, accrue_to: AccrueTo) -> tuple[Day, ...]:
        """The boundaries between which interest is counted [days since 1970-01-01].

        Raises
        ------
        InvalidTypeError
            Not an ``AccrueTo``.

        Examples
        --------
        The second boundary is Saturday 31 May 2025, paid on Monday 2 June:

        >>> from delinquency.business_days import BusinessDayConvention
        >>> from delinquency.holiday_calendar import WEEKENDS_ONLY
        >>> from delinquency.regular_periods import period_dates
        >>> from delinquency.rolls import EndOfMonth
        >>> dates = period_dates(date(2025, 4, 30), date(2025, 6, 30), frequency=Frequency.MONTHLY,
        ...     roll=EndOfMonth(), convention=BusinessDayConvention.FOLLOWING, calendar=WEEKENDS_ONLY)
        >>> [str(to_date(day)) for day in dates.accrual_days(AccrueTo.UNADJUSTED)]
        ['2025-04-30', '2025-05-31', '2025-06-30']
        >>> [str(to_date(day)) for day in dates.accrual_days(AccrueTo.ADJUSTED)]
        ['2025-04-30', '2025-06-02', '2025-06-30']
        """
        if not isinstance(accrue_to, AccrueTo):
            raise InvalidTypeError.at("accrue_to", expected="an AccrueTo", found=accrue_to)
        return self.adjusted_days if accrue_to is AccrueTo.ADJUSTED else self.nominal_days

    def __len__(self) -> int:
        return len(self.nominal_days) - 1

    def __iter__(self) -> Iterator[Period]:
        nominal, adjusted, last = self.nominal, self.adjusted, len(self)
        for number in range(1, last + 1):
            yield Period(
                number=number,
                start=adjusted[number - 1],
                end=adjusted[number],
                nominal_start=nominal[number - 1],
                nominal_end=nominal[number],
                is_stub=(number == 1 and self.has_initial_stub)
                or (number == last and self.has_final_stub),
            )


def _check_boundaries(field: str, days: tuple[Day, ...]) -> None:
    where = f"period dates, {field}"
    if not isinstance(days, tuple):
        raise InvalidTypeError.at(where, expected="a tuple of day numbers", found=days)
    if not set(map(type, days)) <= {int}:
        odd = next(day for day in days if type(day) is not int)
        raise InvalidTypeError.at(where, expected="day numbers, each an int", found=odd)
    if len(days) < 2:
        raise InvalidValueError.at(where, expected="two boundaries or more", found=str(len(days)))
    if not all(map(lt, days, days[1:])):
        before, after = next(pair for pair in pairwise(days) if pair[0] >= pair[1])
        raise InvalidValueError.at(
            where,
            expected=f"a date after {to_date(before)}",
            found=to_date(after).isoformat(),
            hint=_TWO_ON_ONE_DAY if field == "adjusted" else "",
        )
