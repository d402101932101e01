"""Dates one period from others, for many loans at once: months clamped to the end of a shorter one."""

# numpy functions of arrays of any type give arrays of unknown type.
# pyright: reportUnknownArgumentType=false, reportUnknownVariableType=false
from __future__ import annotations

import numpy as np

from delinquency.portfolio.columns import Days

__all__ = ["periods_later"]


def periods_later(day: Days, months: Days, days: Days) -> Days:
    """Each day so many months and days later; both may be below 0 [day number].

    Examples
    --------
    >>> dates = np.array(["2025-01-31", "2025-03-31"], dtype="datetime64[D]").astype(np.int32)
    >>> later = periods_later(dates, np.array([1, -1], np.int32), np.array([0, 0], np.int32))
    >>> [str(each) for each in later.astype("datetime64[D]")]
    ['2025-02-28', '2025-02-28']
    """
    from_day = day.astype("datetime64[D]")
    month = from_day.astype("datetime64[M]")
    to_month = month + months.astype("timedelta64[M]")
    first = to_month.astype("datetime64[D]")
    last = (to_month + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    found = np.minimum(first + (from_day - month.astype("datetime64[D]")), last)
    later: Days = (found.astype(np.int64) + days).astype(np.int32)
    return later
