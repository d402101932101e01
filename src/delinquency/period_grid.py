"""The grid of roll dates through an anchor, on which the regular periods of a schedule lie.

Which 30th follows the 28th of February? It depends on whether the contract says the 28th, the 30th or
the end of the month. The one idea: that question is answered once, when the grid is made, from the roll
asked for and the dates given; from then on every boundary is the n-th of the grid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import attrs

from delinquency.business_days import BusinessDayConvention, adjust_day, adjust_days
from delinquency.calendar import Day, to_date
from delinquency.errors import InvalidValueError
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.period_arithmetic import ends_month
from delinquency.roll_days import (
    day_of_month,
    nth_month_day,
    third_wednesday_day,
    weekday_of_day,
)
from delinquency.rolls import (
    DayOfMonth,
    DayOfWeek,
    EndOfMonth,
    Roll,
    ThirdWednesday,
    is_roll_day,
    neighbours,
    roll_day_in_month,
)
from delinquency.weekdays import Weekday

__all__ = ["Adjustment", "Grid", "grid_from", "nominal_day"]


class Adjustment(NamedTuple):
    """A convention and its calendar; no calendar only where nothing is adjusted."""

    convention: BusinessDayConvention
    calendar: HolidayCalendar | None

    @property
    def is_none(self) -> bool:
        """Whether dates stay where they are."""
        return self.convention is BusinessDayConvention.NO_ADJUST

    def days(self, days: Iterable[Day]) -> tuple[Day, ...]:
        """Day numbers, adjusted."""
        if self.calendar is None:
            return tuple(days)
        return adjust_days(days, convention=self.convention, calendar=self.calendar)


@attrs.frozen(slots=True)
class Grid:
    """Roll dates at equal distances, number 0 being the anchor.

    Attributes
    ----------
    anchor_day : int
        [days since 1970-01-01]
    frequency : Frequency
    roll : Roll or None
        None for periods of days that are no weeks.

    Examples
    --------
    Every month on the 31st, from 31 January 2025: 28 February, 31 March.

    >>> grid = Grid(20119, Frequency.MONTHLY, DayOfMonth(31))
    >>> [str(to_date(grid.nth(number))) for number in (0, 1, 2)]
    ['2025-01-31', '2025-02-28', '2025-03-31']
    """

    anchor_day: Day
    frequency: Frequency
    roll: Roll | None

    def nth(self, number: int) -> Day:
        """The roll date ``number`` periods after the anchor; negative before it."""
        return self._counted()(number) if number else self.anchor_day

    def first_days(self, count: int) -> list[Day]:
        """The anchor and the roll dates after it, ``count`` in all."""
        return [self.anchor_day, *map(self._counted(), range(1, count))]

    def days_before(self, end_day: Day) -> list[Day]:
        """The anchor and the roll dates after it, those before ``end_day``, and the first other."""
        days, number, nth = [self.anchor_day], 1, self._counted()
        while days[-1] < end_day:
            days.append(nth(number))
            number += 1
        return days

    def days_after(self, start_day: Day) -> list[Day]:
        """As :meth:`days_before`, backwards from the anchor."""
        days, number, nth = [self.anchor_day], -1, self._counted()
        while days[-1] > start_day:
            days.append(nth(number))
            number -= 1
        return days

    def _counted(self) -> Callable[[int], Day]:
        # The roll is looked at once a schedule, not once a date.
        anchor, months, days = self.anchor_day, self.frequency.months, self.frequency.days
        match self.roll:
            case DayOfMonth() | EndOfMonth():
                of_month = roll_day_in_month(self.roll)
                return lambda number: nth_month_day(anchor, number * months, of_month)
            case ThirdWednesday():
                return lambda number: third_wednesday_day(anchor, number * months)
            case _:
                return lambda number: anchor + number * days

    def is_anniversary(self, day: Day, number: int) -> bool:
        """Whether a day is ``number`` periods after the anchor by its plain day of the month.

        From 30 April, an end of month, 30 October is: a contract that ends on it has no stub.
        """
        months = number * self.frequency.months
        of_month = day_of_month(self.anchor_day)
        return bool(months) and nth_month_day(self.anchor_day, months, of_month) == day


def grid_from(
    anchor_day: Day,
    other_day: Day | None,
    *,
    frequency: Frequency,
    roll: Roll | None,
    calendar: HolidayCalendar | None,
    where: str,
) -> Grid:
    """The grid through an anchor.

    Without a roll, the grid keeps the anchor's day of the month, or of the week. Where a second date
    must lie on the grid, and one of the two is the last of its month, the larger of the two days of the
    month is meant: 30 June and 31 August lie on the 31st, 28 February and 30 May on the 30th.

    Parameters
    ----------
    anchor_day : int
        [days since 1970-01-01]
    other_day : int or None
        A date that must lie on the grid too [days since 1970-01-01]; None where a stub may be left.
    frequency : Frequency
        Not ``TERM``.
    roll : Roll or None
    calendar : HolidayCalendar or None
        By which the last business day of a month counts as its end.
    where : str
        What the anchor is, for messages.

    Raises
    ------
    InvalidValueError
        A roll that does not suit the frequency; an anchor that is no roll date.
    """
    _check_suits(roll, frequency)
    if roll is None or isinstance(roll, EndOfMonth):
        found = _followed(anchor_day, other_day, frequency, roll, calendar)
        return Grid(anchor_day, frequency, found)
    if not is_roll_day(anchor_day, roll):
        raise InvalidValueError.at(
            where,
            expected=f"a roll date of {roll}",
            found=to_date(anchor_day).isoformat(),
            hint="Give the first or last regular date, or a stub at the other end.",
        )
    return Grid(anchor_day, frequency, roll)


def _check_suits(roll: Roll | None, frequency: Frequency) -> None:
    if roll is None:
        return
    if isinstance(roll, DayOfWeek):
        suits, needed = frequency.days > 0 and frequency.days % 7 == 0, "weeks"
    else:
        suits, needed = frequency.months > 0, "months"
    if not suits:
        raise InvalidValueError.at(
            "period dates, roll",
            expected=f"a frequency of {needed} for {roll}",
            found=str(frequency),
            hint="Periods of months roll on a day of the month, periods of weeks on a weekday, "
            "periods of other days on none.",
        )


def _followed(
    anchor_day: Day,
    other_day: Day | None,
    frequency: Frequency,
    roll: EndOfMonth | None,
    calendar: HolidayCalendar | None,
) -> Roll | None:
    if frequency.months:
        if roll is not None and ends_month(anchor_day, calendar):
            return roll
        return DayOfMonth(_day_in_common(anchor_day, other_day))
    if frequency.days % 7 == 0:
        return DayOfWeek(Weekday(weekday_of_day(anchor_day)))
    return None


def _day_in_common(anchor_day: Day, other_day: Day | None) -> int:
    own = day_of_month(anchor_day)
    if other_day is None:
        return own
    larger = DayOfMonth(max(own, day_of_month(other_day)))
    both = is_roll_day(anchor_day, larger) and is_roll_day(other_day, larger)
    return larger.day if both else own


def nominal_day(day: Day, *, roll: Roll | None, adjustment: Adjustment) -> Day:
    """The roll date that was adjusted to ``day``; the day itself if it is one, or if none was.

    A contract often names the business day: the first instalment of "every 17th" is given as Monday
    18 August because the 17th is a Sunday. The schedule is counted from the 17th all the same.
    """
    convention, calendar = adjustment
    if roll is None or calendar is None or adjustment.is_none:
        return day
    known = calendar.open_days
    near = neighbours(day, roll)
    if near[0] == day:
        return day
    for candidate in near:
        if (
            known.covers(candidate)
            and not known.is_open(candidate)
            and adjust_day(candidate, convention=convention, known=known) == day
        ):
            return candidate
    return day
