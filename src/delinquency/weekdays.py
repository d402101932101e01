"""Days of the week by name, and the weekends of the world as sets of them.

Whether a Friday is a working day is a fact of a country, not of the week. The one idea: a weekend is
data, a set of :class:`Weekday`; nothing in the package knows that Saturday is a day off.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

__all__ = ["FRIDAY_SATURDAY", "NO_WEEKEND", "SATURDAY_SUNDAY", "Weekday"]


class Weekday(Enum):
    """A day of the week; the value is that of ``datetime.date.weekday``.

    Examples
    --------
    >>> from datetime import date
    >>> Weekday(date(2026, 2, 14).weekday())
    <Weekday.SATURDAY: 5>
    """

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


SATURDAY_SUNDAY: Final = frozenset({Weekday.SATURDAY, Weekday.SUNDAY})
"""The weekend of most countries, China among them (双休日)."""

FRIDAY_SATURDAY: Final = frozenset({Weekday.FRIDAY, Weekday.SATURDAY})
"""The weekend of much of the Middle East."""

NO_WEEKEND: Final[frozenset[Weekday]] = frozenset()
"""No day of the week is off."""
