"""What becomes of a due date that is no business day.

An instalment due on a Sunday is paid on Monday in one contract and on Friday in the next, and whether
interest runs to the Sunday or to the Monday is a second question. The one idea: both are arguments. A
:class:`BusinessDayConvention` says where the date goes, :class:`AccrueTo` says to which of the two
dates interest is counted, and neither is ever implied by the other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum

from delinquency.calendar import Day, day_number, to_date
from delinquency.errors import InvalidTypeError
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.open_days import OpenDays
from delinquency.roll_days import day_of_month, month_end_day

__all__ = [
    "AccrueTo",
    "BusinessDayConvention",
    "adjust",
    "adjust_day",
    "adjust_days",
    "check_convention",
]


class BusinessDayConvention(Enum):
    """Where a date goes that is no business day; a business day always stays.

    Other names: business day adjustment, rolling convention (a *roll convention* is another thing: the
    day of the month, :mod:`delinquency.rolls`); 节假日顺延规则、营业日准则.

    References
    ----------
    2006 ISDA Definitions, section 4.12 (Following, Modified Following, Preceding); FpML
    ``businessDayConventionScheme``; ACTUS ``businessDayConvention``.

    Examples
    --------
    Saturday 31 May 2025:

    >>> from delinquency.holiday_calendar import WEEKENDS_ONLY
    >>> for convention in BusinessDayConvention:
    ...     day = adjust(date(2025, 5, 31), convention=convention, calendar=WEEKENDS_ONLY)
    ...     print(convention.value, day)
    no_adjust 2025-05-31
    following 2025-06-02
    modified_following 2025-05-30
    preceding 2025-05-30
    modified_preceding 2025-05-30
    nearest 2025-05-30
    modified_following_bi_monthly 2025-05-30
    """

    NO_ADJUST = "no_adjust"
    """Stays where it is (unadjusted; ACTUS NOS; 不调整)."""
    FOLLOWING = "following"
    """The first business day after it (F; 顺延)."""
    MODIFIED_FOLLOWING = "modified_following"
    """The first business day after it; if that is in the next month, the last one before it (MF)."""
    PRECEDING = "preceding"
    """The last business day before it (P; 提前)."""
    MODIFIED_PRECEDING = "modified_preceding"
    """The last business day before it; if that is in the month before, the first one after it (MP)."""
    NEAREST = "nearest"
    """The nearest business day; of two equally near, the one after it.

    Sources differ where holidays stand beside a weekend: one goes forward from Sunday and Monday and
    back from every other day, however far it is. The distance is taken here, as the name says."""
    MODIFIED_FOLLOWING_BI_MONTHLY = "modified_following_bi_monthly"
    """The first business day after it; if that crosses the 15th or the end of the month, the last one
    before it (half-month modified following)."""


class AccrueTo(Enum):
    """To which date of a period interest is counted where the due date was adjusted.

    ``ADJUSTED``: to the business day on which it is paid (shift, then calculate; ACTUS SC…: SCF, SCMF,
    SCP, SCMP). ``UNADJUSTED``: to the nominal date, although it is paid on the business day (calculate,
    then shift; ACTUS CS…).
    """

    ADJUSTED = "adjusted"
    UNADJUSTED = "unadjusted"


def adjust(day: date, *, convention: BusinessDayConvention, calendar: HolidayCalendar) -> date:
    """The business day that takes the place of a day; a business day stays.

    Parameters
    ----------
    day : datetime.date
    convention : BusinessDayConvention
    calendar : HolidayCalendar
        Only the days that decide the answer need be covered: a ``MODIFIED_FOLLOWING`` never asks about
        the next month.

    Returns
    -------
    datetime.date

    Raises
    ------
    InvalidTypeError
        A ``datetime``; a convention or a calendar that is none.
    InvalidValueError
        The answer depends on a day outside the calendar's covered range; no business day there is.

    Examples
    --------
    Sunday 31 August 2025:

    >>> from delinquency.holiday_calendar import WEEKENDS_ONLY
    >>> adjust(date(2025, 8, 31), convention=BusinessDayConvention.FOLLOWING,
    ...     calendar=WEEKENDS_ONLY)
    datetime.date(2025, 9, 1)
    >>> adjust(date(2025, 8, 31), convention=BusinessDayConvention.MODIFIED_FOLLOWING,
    ...     calendar=WEEKENDS_ONLY)
    datetime.date(2025, 8, 29)
    """
    number = day_number(day, where="adjust", field="day")
    return to_date(adjust_days((number,), convention=convention, calendar=calendar)[0])


def adjust_days(
    days: Iterable[Day], *, convention: BusinessDayConvention, calendar: HolidayCalendar
) -> tuple[Day, ...]:
    """:func:`adjust` of day numbers, each alone [days since 1970-01-01].

    Examples
    --------
    Saturday 4 and Monday 6 January 2025:

    >>> from delinquency.holiday_calendar import WEEKENDS_ONLY
    >>> adjust_days([20092, 20094], convention=BusinessDayConvention.PRECEDING,
    ...     calendar=WEEKENDS_ONLY)
    (20091, 20094)
    """
    check_convention(convention, calendar)
    if convention is BusinessDayConvention.NO_ADJUST:
        return tuple(days)
    known = calendar.open_days
    kept = tuple(days)
    # Most days are open: two checks and a look at the table each, no call.
    for day in (min(kept, default=known.first_day), max(kept, default=known.first_day)):
        known.check(day)
    table, first_day = known.table, known.first_day
    return tuple(
        day if table[day - first_day] else adjust_day(day, convention=convention, known=known)
        for day in kept
    )


def adjust_day(day: Day, *, convention: BusinessDayConvention, known: OpenDays) -> Day:
    """:func:`adjust` of one day number that is no business day, or is."""
    match convention:
        case BusinessDayConvention.NO_ADJUST:
            return day
        case BusinessDayConvention.FOLLOWING:
            return known.open_from(day)
        case BusinessDayConvention.PRECEDING:
            return known.open_until(day)
        case BusinessDayConvention.MODIFIED_PRECEDING:
            found = known.last_open(day - day_of_month(day) + 1, day)
            return known.open_from(day) if found is None else found
        case BusinessDayConvention.NEAREST:
            return _nearest(day, known)
        case _:
            found = known.first_open(day, _last_day_to_follow_to(day, convention))
            return known.open_until(day) if found is None else found


def _last_day_to_follow_to(day: Day, convention: BusinessDayConvention) -> Day:
    of_month = day_of_month(day)
    if convention is BusinessDayConvention.MODIFIED_FOLLOWING or of_month > 15:
        return month_end_day(day)
    return day - of_month + 15


def _nearest(day: Day, known: OpenDays) -> Day:
    after = known.first_open(day, known.last_day)
    before = known.last_open(known.first_day, day)
    # Beyond the covered range the first open day may be the very next: that is how near it can be.
    until_after = (known.last_day + 1 if after is None else after) - day
    until_before = day - (known.first_day - 1 if before is None else before)
    nearest = after if until_after <= until_before else before
    if nearest is None:
        known.check(known.last_day + 1 if after is None else known.first_day - 1)
        raise AssertionError
    return nearest


def check_convention(convention: BusinessDayConvention, calendar: HolidayCalendar) -> None:
    """Refuse what is no convention or no calendar."""
    if not isinstance(convention, BusinessDayConvention):
        raise InvalidTypeError.at(
            "convention", expected="a BusinessDayConvention", found=convention
        )
    if not isinstance(calendar, HolidayCalendar):
        raise InvalidTypeError.at(
            "calendar",
            expected="a HolidayCalendar",
            found=calendar,
            hint="For weekends alone write WEEKENDS_ONLY, for none at all NO_HOLIDAYS.",
        )
