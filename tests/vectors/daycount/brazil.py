"""Settlement days of Brazil, from the rules of the national holidays.

Eight holidays with a date of their own (a ninth since 2024) and four that move with Easter: Monday and
Tuesday of Carnival, Good Friday, Corpus Christi.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

FIXED = ((1, 1), (4, 21), (5, 1), (9, 7), (10, 12), (11, 2), (11, 15), (12, 25))
BLACK_AWARENESS_DAY, SINCE = (11, 20), 2024
DAYS_FROM_EASTER = (-48, -47, -2, 60)


@cache
def holidays(year: int) -> frozenset[date]:
    fixed = [*FIXED, BLACK_AWARENESS_DAY] if year >= SINCE else FIXED
    moving = [easter(year) + timedelta(days=days) for days in DAYS_FROM_EASTER]
    return frozenset([*(date(year, month, day) for month, day in fixed), *moving])


class BrazilianSettlement:
    """Monday to Friday without the national holidays."""

    def business_days_between(self, start: date, end: date) -> int:
        days = (start + timedelta(days=number) for number in range((end - start).days))
        return sum(1 for day in days if day.weekday() < 5 and day not in holidays(day.year))
