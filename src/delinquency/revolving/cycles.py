"""The days of a card: when a statement is drawn, and when it is to be paid.

The one idea: statement days are counted from one anchor, never from the last statement, so that a cycle
day of 31 is not lost in February.
"""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

import attrs

from delinquency.calendar import EPOCH_ORDINAL, Day, add_months_day, check_days, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.whole_numbers import check_int

__all__ = ["DueAfterDays", "DueDateRule", "DueOnDay", "check_cycle", "due_day", "statement_days"]

_LAST_DAY_OF_MONTH = 31
_SHORTEST_CYCLE = 28
_CONSECUTIVE_MONTHS = ((31, 28), (31, 29), (28, 31), (29, 31), (31, 30), (30, 31), (31, 31))


@attrs.frozen(slots=True)
class DueAfterDays:
    """The payment is due so many days after the statement.

    Parameters
    ----------
    days : int
        1 to 28 [days]: the next statement is never nearer.

    Raises
    ------
    InvalidTypeError
        No ``int``.
    InvalidValueError
        Another number.

    Examples
    --------
    >>> DueAfterDays(18).days
    18
    """

    days: int

    def __attrs_post_init__(self) -> None:
        check_days(self.days, "due date rule, days", least=1)
        if self.days > _SHORTEST_CYCLE:
            raise InvalidValueError.at(
                "due date rule, days", expected="at most 28", found=str(self.days)
            )


@attrs.frozen(slots=True)
class DueOnDay:
    """The payment is due on a day of the month, in the month of the statement or a later one.

    A month that lacks the day has its last day instead.

    Parameters
    ----------
    day : int
        1 to 31.
    months_after : int, default 1
        1 for the month after the statement, 0 for its own month [months].

    Raises
    ------
    InvalidTypeError
        No ``int``.
    InvalidValueError
        A day of 0 or 32; other months.

    Examples
    --------
    >>> DueOnDay(25, months_after=0).day
    25
    """

    day: int
    months_after: int = 1

    def __attrs_post_init__(self) -> None:
        check_day_of_month(self.day, "due date rule, day")
        check_int(self.months_after, "due date rule, months_after")
        if self.months_after not in (0, 1):
            raise InvalidValueError.at(
                "due date rule, months_after", expected="0 or 1", found=str(self.months_after)
            )


DueDateRule: TypeAlias = DueAfterDays | DueOnDay
"""When a statement is to be paid."""


def check_day_of_month(value: int, where: str) -> None:
    """Refuse what is no day of a month, 1 to 31."""
    check_int(value, where)
    if not 1 <= value <= _LAST_DAY_OF_MONTH:
        raise InvalidValueError.at(
            where,
            expected="a day of the month from 1 to 31",
            found=value,
            hint="31 is the last day of a month that has no 31st.",
        )


def check_cycle(cycle_day: int, due: DueDateRule, most_grace: int) -> None:
    """Refuse a cycle in which a payment could be due before its statement, or after the next.

    Every statement is judged at the close of its due date plus grace, and the next statement bills what
    came of it: so that day is on or before the day of the next statement, in every month of the calendar.

    Raises
    ------
    InvalidTypeError
        A cycle day that is no ``int``; no due date rule.
    InvalidValueError
        A cycle day of 0 or 32; a due date that is on or before the statement, or that with its grace is
        after the next.

    Examples
    --------
    >>> check_cycle(5, DueAfterDays(25), 3)
    >>> check_cycle(5, DueAfterDays(26), 3)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: card terms, due: expected a due date that with 3 days of grace \
is not after the next statement, found DueAfterDays(days=26).
    """
    check_day_of_month(cycle_day, "card terms, cycle_day")
    if not isinstance(due, DueAfterDays | DueOnDay):
        raise InvalidTypeError.at(
            "card terms, due",
            expected="DueAfterDays or DueOnDay",
            found=due,
            hint="DueAfterDays(20)",
        )
    for length, following in _CONSECUTIVE_MONTHS:
        drawn = min(cycle_day, length)
        next_drawn = length + min(cycle_day, following)
        to_pay = _due_by_lengths(drawn, due, length, following)
        if to_pay <= drawn:
            raise InvalidValueError.at(
                "card terms, due",
                expected=f"a due date after the statement of day {cycle_day} in every month",
                found=str(due),
            )
        if to_pay + most_grace > next_drawn:
            raise InvalidValueError.at(
                "card terms, due",
                expected=f"a due date that with {most_grace} days of grace is not after the next "
                "statement",
                found=str(due),
            )


def _due_by_lengths(drawn: int, due: DueDateRule, length: int, following: int) -> int:
    """The due day, counted from the first of the month of the statement as 1."""
    if isinstance(due, DueAfterDays):
        return drawn + due.days
    return length + min(due.day, following) if due.months_after else min(due.day, length)


def statement_days(originated_day: Day, cycle_day: int) -> tuple[Day, int]:
    """The anchor of the statement days, and the months from it to the first statement.

    Statement ``n``, from 0, is drawn on ``add_months_day(anchor, first + n)``. The first is drawn on the
    first cycle day on or after the day of origination. The anchor is in January.

    Examples
    --------
    A card of 31 January 2025 with a cycle day of 31: statements on that day and on 28 February.

    >>> anchor, first = statement_days(20119, 31)
    >>> [str(to_date(add_months_day(anchor, first + n))) for n in (0, 1, 2)]
    ['2025-01-31', '2025-02-28', '2025-03-31']
    """
    opened = to_date(originated_day)
    anchor = _january(opened, cycle_day)
    months = opened.month - 1
    if add_months_day(anchor, months) < originated_day:
        months += 1
    return anchor, months


def due_day(statement_day: Day, due: DueDateRule) -> Day:
    """The day by whose close a statement is to be paid.

    Examples
    --------
    Of the statement of 5 January 2025: after 20 days, and on the 31st of the next month.

    >>> str(to_date(due_day(20093, DueAfterDays(20)))), str(to_date(due_day(20093, DueOnDay(31))))
    ('2025-01-25', '2025-02-28')
    """
    if isinstance(due, DueAfterDays):
        return statement_day + due.days
    drawn = to_date(statement_day)
    return add_months_day(_january(drawn, due.day), drawn.month - 1 + due.months_after)


def _january(drawn: date, day_of_month: int) -> Day:
    """A day of the January of a year, which has every day."""
    return drawn.replace(month=1, day=day_of_month).toordinal() - EPOCH_ORDINAL
