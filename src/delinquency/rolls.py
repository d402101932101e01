"""On which day of the month, or of the week, periods begin and end.

"Monthly" does not say when. The one idea: a roll is a rule that picks one day of each month, or of each
week; the periods of a schedule run from roll date to roll date, and a date that is none is a stub.

Other names: roll convention, roll day, end-of-month rule (ACTUS ``endOfMonthConvention``); 还款日规则.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import attrs

from delinquency.calendar import Day, day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.frequency import Frequency
from delinquency.period_arithmetic import check_frequency, check_within
from delinquency.roll_days import (
    day_of_month,
    nth_month_day,
    third_wednesday_day,
    weekday_of_day,
)
from delinquency.weekdays import Weekday
from delinquency.whole_numbers import check_int

__all__ = [
    "DayOfMonth",
    "DayOfWeek",
    "EndOfMonth",
    "Roll",
    "ThirdWednesday",
    "check_roll",
    "is_roll_day",
    "neighbours",
    "next_roll_date",
    "previous_roll_date",
    "roll_date",
    "roll_day_in_month",
    "rolled",
]


@attrs.frozen(slots=True)
class DayOfMonth:
    """A fixed day of the month; in a shorter month its last day (固定还款日).

    Attributes
    ----------
    day : int
        1 to 31. Day 31 is always the last day of the month.

    Examples
    --------
    >>> roll_date(date(2025, 2, 10), roll=DayOfMonth(30))
    datetime.date(2025, 2, 28)
    >>> DayOfMonth(32)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: roll, day of the month: expected from 1 to 31, found 32.
    """

    day: int

    def __attrs_post_init__(self) -> None:
        check_int(self.day, "roll, day of the month")
        if not 1 <= self.day <= 31:
            raise InvalidValueError.at(
                "roll, day of the month", expected="from 1 to 31", found=str(self.day)
            )


@attrs.frozen(slots=True)
class EndOfMonth:
    """The last day of the month, if the schedule is counted from one (月末).

    In :func:`~delinquency.regular_periods.period_dates` the rule is a wish, as in ACTUS, FpML and
    QuantLib: it takes hold where the date counted from is the last day, or the last business day, of
    its month; from any other date the periods keep that date's day of the month. The rule that holds
    from any date is ``DayOfMonth(31)``.

    Examples
    --------
    >>> roll_date(date(2025, 2, 10), roll=EndOfMonth())
    datetime.date(2025, 2, 28)
    """


@attrs.frozen(slots=True)
class DayOfWeek:
    """A fixed day of the week, for weekly periods.

    Attributes
    ----------
    weekday : Weekday

    Examples
    --------
    The first Friday on or after Wednesday 1 January 2025:

    >>> roll_date(date(2025, 1, 1), roll=DayOfWeek(Weekday.FRIDAY))
    datetime.date(2025, 1, 3)
    """

    weekday: Weekday

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.weekday, Weekday):
            raise InvalidTypeError.at(
                "roll, weekday", expected="a Weekday", found=self.weekday, hint="Weekday.FRIDAY"
            )


@attrs.frozen(slots=True)
class ThirdWednesday:
    """The third Wednesday of the month, on which money-market futures expire (IMM).

    Examples
    --------
    >>> roll_date(date(2025, 3, 1), roll=ThirdWednesday())
    datetime.date(2025, 3, 19)
    """


Roll: TypeAlias = DayOfMonth | EndOfMonth | DayOfWeek | ThirdWednesday
"""Which day of the month or the week."""


def roll_date(day: date, *, roll: Roll) -> date:
    """The roll date of a day: of its month, or the first of that weekday on or after it.

    A roll date is its own.

    Raises
    ------
    InvalidTypeError
        A ``datetime``; a roll that is none.

    Examples
    --------
    >>> roll_date(date(2025, 9, 1), roll=EndOfMonth()), roll_date(date(2025, 9, 30), roll=EndOfMonth())
    (datetime.date(2025, 9, 30), datetime.date(2025, 9, 30))
    """
    number = day_number(day, where="roll date", field="day")
    check_roll(roll)
    return to_date(rolled(number, roll))


def next_roll_date(day: date, *, roll: Roll, frequency: Frequency) -> date:
    """The roll date of the day one period later; where that is not after the day, the next one.

    Raises
    ------
    InvalidTypeError
        A ``datetime``; a roll or a frequency that is none.
    InvalidValueError
        The frequency ``TERM``; a result after 2200-12-31.

    Examples
    --------
    >>> next_roll_date(date(2025, 1, 1), roll=EndOfMonth(), frequency=Frequency.MONTHLY)
    datetime.date(2025, 2, 28)
    >>> next_roll_date(date(2025, 1, 31), roll=EndOfMonth(), frequency=Frequency.DAILY)
    datetime.date(2025, 2, 28)
    """
    return _neighbour(day, roll, frequency, 1)


def previous_roll_date(day: date, *, roll: Roll, frequency: Frequency) -> date:
    """The roll date of the day one period earlier; where that is not before the day, the last one.

    Otherwise as :func:`next_roll_date`.

    Examples
    --------
    >>> previous_roll_date(date(2025, 3, 1), roll=EndOfMonth(), frequency=Frequency.MONTHLY)
    datetime.date(2025, 2, 28)
    """
    return _neighbour(day, roll, frequency, -1)


def _neighbour(day: date, roll: Roll, frequency: Frequency, sign: int) -> date:
    where = "next roll date" if sign > 0 else "previous roll date"
    number = day_number(day, where=where, field="day")
    check_roll(roll)
    check_frequency(frequency)
    if frequency.is_term:
        raise InvalidValueError.at(where, expected="a period of months or days", found="TERM")
    moved = number + sign * frequency.days
    if frequency.months:
        moved = nth_month_day(number, sign * frequency.months, day_of_month(number))
    found = rolled(moved, roll)
    if (found - number) * sign <= 0:
        found = _step(found, roll, sign)
    check_within(found, where)
    return to_date(found)


def rolled(day: Day, roll: Roll) -> Day:
    """:func:`roll_date` of a day number."""
    match roll:
        case DayOfWeek(weekday):
            return day + (weekday.value - weekday_of_day(day)) % 7
        case ThirdWednesday():
            return third_wednesday_day(day, 0)
        case _:
            return nth_month_day(day, 0, roll_day_in_month(roll))


def neighbours(day: Day, roll: Roll) -> tuple[Day, Day, Day]:
    """The roll day of a day number, the one before that, and the one after it."""
    own = rolled(day, roll)
    return own, _step(own, roll, -1), _step(own, roll, 1)


def is_roll_day(day: Day, roll: Roll) -> bool:
    """Whether a day number is a roll date.

    Examples
    --------
    31 January and 1 February 1970:

    >>> is_roll_day(30, EndOfMonth()), is_roll_day(31, EndOfMonth())
    (True, False)
    """
    return rolled(day, roll) == day


def check_roll(roll: Roll) -> None:
    """Refuse what is no roll."""
    if not isinstance(roll, Roll):
        raise InvalidTypeError.at(
            "roll",
            expected="a DayOfMonth, EndOfMonth, DayOfWeek or ThirdWednesday",
            found=roll,
            hint="Write DayOfMonth(15).",
        )


def roll_day_in_month(roll: DayOfMonth | EndOfMonth) -> int:
    """The day of the month, 1 to 31; the end of the month is 31."""
    return roll.day if isinstance(roll, DayOfMonth) else 31


def _step(day: Day, roll: Roll, sign: int) -> Day:
    match roll:
        case DayOfWeek():
            return day + 7 * sign
        case ThirdWednesday():
            return third_wednesday_day(day, sign)
        case _:
            return nth_month_day(day, sign, roll_day_in_month(roll))
