"""How due dates follow each other, read from those that a schedule has.

The one idea: dates on one day of the month, a month that lacks it on its last day, go on by months; all
others go on by as many days as lie between the last two.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence

import attrs

from delinquency.calendar import Day, add_months_day, to_date
from delinquency.errors import InvalidValueError

__all__ = ["Rhythm", "rhythm_of"]


@attrs.frozen(slots=True)
class Rhythm:
    """A step from due date to due date.

    Attributes
    ----------
    anchor : int
        A due date that no month has clamped [days since 1970-01-01].
    months : int
        0 where steps are days.
    days : int
    """

    anchor: Day
    months: int
    days: int

    def after(self, due: Day, count: int) -> Day:
        """The ``count``-th due date after one of the rhythm."""
        if not self.months:
            return due + self.days * count
        passed = _months(to_date(due).timetuple()[:2], to_date(self.anchor).timetuple()[:2])
        return add_months_day(self.anchor, passed + self.months * count)

    def from_anchor(self, anchor: Day) -> Rhythm:
        """The same steps from another due date."""
        return attrs.evolve(self, anchor=anchor)


def rhythm_of(dues: Sequence[Day], where: str) -> Rhythm:
    """The rhythm of due dates in order, each once.

    Raises
    ------
    InvalidValueError
        Fewer than two due dates.

    Examples
    --------
    >>> from datetime import date
    >>> days = [(day - date(1970, 1, 1)).days for day in (date(2025, 1, 31), date(2025, 2, 28))]
    >>> to_date(rhythm_of(days, "plan").after(days[1], 1))
    datetime.date(2025, 3, 31)
    """
    if len(dues) < 2:
        raise InvalidValueError.at(
            where,
            expected="a schedule of at least two due dates, from which more can be told",
            found=str(len(dues)),
            hint="ReAgeing says the first due date, the frequency and the count.",
        )
    dates = [to_date(due) for due in dues]
    nominal = max(day.day for day in dates)
    anchor = next(due for due, day in zip(dues, dates, strict=True) if day.day == nominal)
    months = _months(dates[-1].timetuple()[:2], dates[-2].timetuple()[:2])
    is_monthly = months > 0 and all(
        day.day == min(nominal, monthrange(day.year, day.month)[1]) for day in dates
    )
    return Rhythm(anchor, months if is_monthly else 0, dues[-1] - dues[-2])


def _months(later: tuple[int, ...], earlier: tuple[int, ...]) -> int:
    return (later[0] - earlier[0]) * 12 + later[1] - earlier[1]
