"""How due dates follow each other, read from those that a schedule has.

The one idea: the rule is whole-number arithmetic that books share, :mod:`delinquency.due_rhythms`; here are
its name and its refusal.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from delinquency.calendar import Day
from delinquency.due_rhythms import nth_due, told_rhythm
from delinquency.errors import InvalidValueError

__all__ = ["Rhythm", "rhythm_of"]


@attrs.frozen(slots=True)
class Rhythm:
    """A step from due date to due date.

    Attributes
    ----------
    anchor : int
        A due date that neither a weekend nor the end of a month has moved [days since 1970-01-01].
    months : int
        0 where steps are days.
    days : int
    """

    anchor: Day
    months: int
    days: int

    def after(self, due: Day, count: int) -> Day:
        """The ``count``-th due date after one that may have been moved; 0: where that one belongs."""
        return nth_due(self.anchor, self.months, self.days, due, count)

    def from_anchor(self, anchor: Day) -> Rhythm:
        """The same steps from another due date."""
        return attrs.evolve(self, anchor=anchor)


def rhythm_of(dues: Sequence[Day], where: str) -> Rhythm:
    """The rhythm of due dates in order, each once.

    The last four decide if they agree on a day of the month or on a step of days, and else most of the last
    twelve. A date that a weekend moved counts for the day that it was moved off.

    Raises
    ------
    InvalidValueError
        Fewer than two due dates; no rhythm can be told from them.

    Examples
    --------
    Sunday 15 and Saturday 15 moved to Monday; the next due date is the 15th again:

    >>> from datetime import date
    >>> from delinquency.calendar import to_date
    >>> dates = date(2026, 1, 15), date(2026, 2, 16), date(2026, 3, 16), date(2026, 4, 15), date(2026, 8, 17)
    >>> days = [(day - date(1970, 1, 1)).days for day in dates]
    >>> str(to_date(rhythm_of(days[:4], "plan").after(days[2], 2)))
    '2026-05-15'
    >>> str(to_date(rhythm_of(days, "plan").after(days[4], 1)))
    '2026-09-15'
    """
    anchor, months, days = told_rhythm(dues, len(dues))
    if not months and not days:
        raise InvalidValueError.at(
            where,
            expected="a schedule of at least two due dates, from which more can be told",
            found=str(len(dues)) if len(dues) < 2 else f"{len(dues)} that follow no rule",
            hint="ReAgeing says the first due date, the frequency and the count.",
        )
    return Rhythm(anchor, months, days)
