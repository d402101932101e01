"""The periods of a history: where each begins and ends.

The one idea: a period is ``(start, end]``. What is told of its end needs the end alone; what is counted in
the period needs the start as well, which the first of some given dates does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from delinquency.calendar import add_months, day_number
from delinquency.errors import InvalidValueError
from delinquency.period_arithmetic import end_of_month
from delinquency.sequences import checked_tuple
from delinquency.whole_numbers import check_int

__all__ = ["MOST_PERIODS", "HistoryPeriod", "check_periods", "history_periods"]

MOST_PERIODS = 600
"""The most periods of one history; itself accepted."""


class HistoryPeriod(NamedTuple):
    """``(start, end]``; ``start`` is ``None`` where nobody said when the period began."""

    start: date | None
    end: date


def history_periods(
    as_of: date, periods: int, dates: Iterable[date] | None, where: str
) -> tuple[HistoryPeriod, ...]:
    """The periods up to ``as_of``, oldest first.

    Months that end on ``as_of``: where it is the last day of its month, on the last days of months, else on
    the same day, or the last one of a shorter month. Or those between given dates.

    Raises
    ------
    InvalidTypeError
        ``as_of`` or one of the dates is no date; ``periods`` is no ``int``.
    InvalidValueError
        Fewer than one period or more than 600; no dates; dates out of order; the last one is not ``as_of``.

    Examples
    --------
    >>> [str(each.end) for each in history_periods(date(2025, 3, 31), 3, None, "observe")]
    ['2025-01-31', '2025-02-28', '2025-03-31']
    >>> [str(each.start) for each in history_periods(date(2025, 3, 30), 2, None, "observe")]
    ['2025-01-30', '2025-02-28']
    """
    day_number(as_of, where=where, field="as_of")
    if dates is None:
        check_periods(periods, where)
        ends: tuple[date | None, ...] = tuple(
            _months_before(as_of, count) for count in range(periods, -1, -1)
        )
    else:
        ends = (None, *_checked(dates, as_of, where))
    return tuple(HistoryPeriod(start, end) for start, end in pairwise(ends) if end is not None)


def check_periods(periods: int, where: str) -> None:
    """Refuse what is no number of periods.

    Raises
    ------
    InvalidTypeError
        Not an ``int``.
    InvalidValueError
        Fewer than one, or more than 600.
    """
    check_int(periods, f"{where}, periods")
    if not 1 <= periods <= MOST_PERIODS:
        raise InvalidValueError.at(
            f"{where}, periods", expected=f"from 1 to {MOST_PERIODS}", found=str(periods)
        )


def _months_before(as_of: date, months: int) -> date:
    if end_of_month(as_of) == as_of:
        return end_of_month(as_of, months=-months)
    return add_months(as_of, -months)


def _checked(dates: Iterable[date], as_of: date, where: str) -> tuple[date, ...]:
    ends = checked_tuple(dates, date, f"{where}, dates")
    if not ends:
        raise InvalidValueError.at(f"{where}, dates", expected="at least one date", found="none")
    for place, end in enumerate(ends, start=1):
        day_number(end, where=where, field=f"dates {place}")
    for before, after in pairwise(ends):
        if after <= before:
            raise InvalidValueError.at(
                f"{where}, dates",
                expected=f"a date after {before}",
                found=str(after),
                hint="Dates must be in order, each once.",
            )
    if ends[-1] != as_of:
        raise InvalidValueError.at(
            f"{where}, dates",
            expected=f"as_of {as_of} as the last date",
            found=str(ends[-1]),
            hint="Signals speak of the last period; it must be the one that is asked for.",
        )
    return ends
