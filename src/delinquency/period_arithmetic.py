"""A date some periods later, where months are not days and a month may end on a weekend.

The one idea: the period is added to the day that was given, and the result is adjusted once. What was
adjusted is never added to, or each weekend would move all the dates after it.
"""

from __future__ import annotations

from datetime import date

from delinquency.business_days import BusinessDayConvention, adjust_days, check_convention
from delinquency.calendar import FIRST_DAY, LAST_DAY, Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.roll_days import day_of_month, month_end_day, nth_day
from delinquency.whole_numbers import check_int

__all__ = [
    "add_periods",
    "check_frequency",
    "check_within",
    "end_of_month",
    "ends_month",
    "last_business_day_of_month",
    "last_open_of_month",
    "month_ends",
]


def end_of_month(day: date, *, months: int = 0) -> date:
    """The last day of the month that lies ``months`` months after that of the day.

    Other names: ``EOMONTH`` of spreadsheets; 月末.

    Raises
    ------
    InvalidTypeError
        A ``datetime``; months that are no ``int``.
    InvalidValueError
        A result outside 1900 to 2200.

    Examples
    --------
    >>> end_of_month(date(2011, 1, 1), months=1), end_of_month(date(2011, 1, 1), months=-3)
    (datetime.date(2011, 2, 28), datetime.date(2010, 10, 31))
    """
    number = day_number(day, where="end of month", field="day")
    check_int(months, "end of month, months")
    found = nth_day(number, months, 1, 0, 31)
    check_within(found, f"the end of the month {months} months from {day}")
    return to_date(found)


def month_ends(start: date, end: date) -> tuple[date, ...]:
    """The last day of every month from ``start`` to ``end``, in order; both may be among them.

    The dates of a report by month: ``portfolio.history`` takes them as they are. Other names: 各月末.

    Parameters
    ----------
    start, end : datetime.date

    Raises
    ------
    InvalidTypeError
        A ``datetime``, or no date.
    InvalidValueError
        An end before the start; a date outside 1900 to 2200.

    Examples
    --------
    >>> [str(day) for day in month_ends(date(2024, 1, 31), date(2024, 3, 30))]
    ['2024-01-31', '2024-02-29']
    >>> month_ends(date(2024, 2, 1), date(2024, 2, 28))
    ()
    """
    first = day_number(start, where="month ends", field="start")
    last = day_number(end, where="month ends", field="end")
    if last < first:
        raise InvalidValueError.at(
            "month ends, end", expected=f"a date on or after {start}", found=str(end)
        )
    ends: list[date] = []
    day = nth_day(first, 0, 1, 0, 31)
    while day <= last:
        ends.append(to_date(day))
        day = nth_day(first, len(ends), 1, 0, 31)
    return tuple(ends)


def last_business_day_of_month(day: date, *, calendar: HolidayCalendar) -> date:
    """The last business day of the month that the day is in.

    Raises
    ------
    InvalidTypeError
        A ``datetime``; no calendar.
    InvalidValueError
        The end of the month is outside the covered range; the month has no business day.

    Examples
    --------
    >>> from delinquency.holiday_calendar import WEEKENDS_ONLY
    >>> last_business_day_of_month(date(2025, 8, 1), calendar=WEEKENDS_ONLY)
    datetime.date(2025, 8, 29)
    """
    where = "last business day of the month"
    number = day_number(day, where=where, field="day")
    if not isinstance(calendar, HolidayCalendar):
        raise InvalidTypeError.at(
            f"{where}, calendar",
            expected="a HolidayCalendar",
            found=calendar,
            hint="For weekends alone write WEEKENDS_ONLY.",
        )
    return to_date(last_open_of_month(number, calendar))


def last_open_of_month(day: Day, calendar: HolidayCalendar) -> Day:
    """:func:`last_business_day_of_month` of a day number."""
    end = month_end_day(day)
    found = calendar.open_days.last_open(end - day_of_month(end) + 1, end)
    if found is None:
        raise InvalidValueError.at(
            f"calendar {calendar.name!r}",
            expected=f"a business day in the month of {to_date(day)}",
            found="none",
        )
    return found


def add_periods(
    day: date,
    period_count: int,
    *,
    frequency: Frequency,
    convention: BusinessDayConvention,
    calendar: HolidayCalendar,
    end_of_month: bool = False,
) -> date:
    """The day ``period_count`` periods after a day, adjusted.

    The period is added to the day itself, a month being clamped to its last day; the result is
    adjusted. With ``end_of_month``, a day that ends its month goes to the end of the month instead:
    under ``NO_ADJUST`` the last day of the month goes to the last day, under every other convention
    the last business day of the month, or a later day of it, goes to the last business day.

    A period of days counts calendar days here: for business days there is
    :meth:`~delinquency.holiday_calendar.HolidayCalendar.add_business_days`.

    Parameters
    ----------
    day : datetime.date
    period_count : int
        How many periods [periods]; may be negative.
    frequency : Frequency
        Not ``TERM``.
    convention : BusinessDayConvention
    calendar : HolidayCalendar
    end_of_month : bool, default False
        Has no effect on periods of days.

    Raises
    ------
    InvalidTypeError
        A ``datetime``, a count that is no ``int``, any other wrong type.
    InvalidValueError
        The frequency ``TERM``; a result outside 1900 to 2200 or outside the calendar.

    Examples
    --------
    Saturday 31 January 2015 plus a month is Saturday 28 February:

    >>> from delinquency.holiday_calendar import WEEKENDS_ONLY
    >>> following = BusinessDayConvention.FOLLOWING
    >>> add_periods(date(2015, 1, 31), 1, frequency=Frequency.MONTHLY, convention=following,
    ...     calendar=WEEKENDS_ONLY)
    datetime.date(2015, 3, 2)
    >>> add_periods(date(2015, 1, 31), 1, frequency=Frequency.MONTHLY, convention=following,
    ...     calendar=WEEKENDS_ONLY, end_of_month=True)
    datetime.date(2015, 2, 27)
    """
    where = "add_periods"
    check_convention(convention, calendar)
    number = day_number(day, where=where, field="day")
    check_int(period_count, f"{where}, period_count")
    check_frequency(frequency)
    if not isinstance(end_of_month, bool):
        raise InvalidTypeError.at(f"{where}, end_of_month", expected="a bool", found=end_of_month)
    if frequency.is_term:
        raise InvalidValueError.at(
            f"{where}, frequency", expected="a period of months or days", found="TERM"
        )
    roll_day = day_of_month(number)
    later = nth_day(number, period_count, frequency.months, frequency.days, roll_day)
    check_within(later, f"{period_count} times {frequency} from {day}")
    if not (end_of_month and frequency.months):
        return to_date(adjust_days((later,), convention=convention, calendar=calendar)[0])
    return to_date(_end_of_month(number, later, convention, calendar))


def _end_of_month(
    day: Day, later: Day, convention: BusinessDayConvention, calendar: HolidayCalendar
) -> Day:
    if convention is BusinessDayConvention.NO_ADJUST:
        return month_end_day(later) if day == month_end_day(day) else later
    if ends_month(day, calendar):
        return last_open_of_month(later, calendar)
    return adjust_days((later,), convention=convention, calendar=calendar)[0]


def ends_month(day: Day, calendar: HolidayCalendar | None) -> bool:
    """Whether a day number is the last of its month, or no business day of the month follows it."""
    end = month_end_day(day)
    if day == end:
        return True
    return calendar is not None and calendar.open_days.first_open(day + 1, end) is None


def check_within(day: Day, where: str) -> None:
    """Refuse a day number outside 1900 to 2200."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise InvalidValueError.at(
            where,
            expected=f"a date from {to_date(FIRST_DAY)} to {to_date(LAST_DAY)}",
            found="an earlier one" if day < FIRST_DAY else "a later one",
        )


def check_frequency(frequency: Frequency) -> None:
    """Refuse what is no frequency."""
    if not isinstance(frequency, Frequency):
        raise InvalidTypeError.at(
            "frequency",
            expected="a Frequency",
            found=frequency,
            hint='Write Frequency.MONTHLY or Frequency.of("P1M").',
        )
