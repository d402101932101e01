"""Months on day numbers: the calendar as whole-number arithmetic.

A contract says "every month on the 31st", a kernel knows only day numbers. Both need the same
answer, and a compiled kernel cannot build a ``date``. The one idea: count years from March. Then
the leap day is the last day of its year, the first day of the n-th month is a closed formula, and
adding months needs neither a table of month lengths nor a test for leap years.

Each function stands alone and uses builtins only, so that a compiler of numeric Python takes it as
it is; the few repeated lines are the price. Day numbers count from 1970-01-01; the results are
exact for every day of the proleptic Gregorian calendar.
"""

__all__ = ["add_months_day", "month_and_day", "whole_months_between"]


def add_months_day(day: int, months: int) -> int:
    """The day number ``months`` months after ``day``, clamped to the end of the month.

    Parameters
    ----------
    day : int
        The anchor [days since 1970-01-01].
    months : int
        How many months to add [months]; may be negative.

    Returns
    -------
    int
        The same day of the month, or the month's last day where it has no such day [days since
        1970-01-01].

    Notes
    -----
    Add from the anchor each time: adding one month twice to 31 January loses the 31st on the way.

    Examples
    --------
    31 January 2025 plus one and plus two months: 28 February, 31 March.

    >>> add_months_day(20119, 1), add_months_day(20119, 2), add_months_day(20119, 0)
    (20147, 20178, 20119)
    """
    # 719468 days from 0000-03-01 to 1970-01-01; 146097 days in 400 years.
    since = day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    of_month = of_year - (153 * month + 2) // 5

    target = 12 * (400 * era + year) + month + months
    y = target // 12
    first = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (target - 12 * y) + 2) // 5
    y = (target + 1) // 12
    following = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (target + 1 - 12 * y) + 2) // 5
    return min(first + of_month, following - 1) - 719468


def month_and_day(day: int) -> tuple[int, int]:
    """The month of a day, counted without a gap, and its place in the month, from 0.

    Parameters
    ----------
    day : int
        [days since 1970-01-01].

    Returns
    -------
    tuple of int
        Months since March of the year 0, and days since the first of the month.

    Examples
    --------
    31 January and 1 February 2025:

    >>> month_and_day(20119), month_and_day(20120)
    ((24298, 30), (24299, 0))
    """
    since = day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    return 12 * (400 * era + year) + month, of_year - (153 * month + 2) // 5


def whole_months_between(start_day: int, end_day: int) -> int:
    """How many whole months have passed from ``start_day`` to ``end_day``.

    The largest ``m`` for which ``add_months_day(start_day, m) <= end_day``; 0 where the end is
    before the start. The anniversary itself counts as a month passed.

    Parameters
    ----------
    start_day, end_day : int
        The two days [days since 1970-01-01].

    Returns
    -------
    int
        Whole months [months], never negative.

    Examples
    --------
    From 31 January 2025 to 27 and 28 February 2025, and backwards:

    >>> whole_months_between(20119, 20146), whole_months_between(20119, 20147)
    (0, 1)
    >>> whole_months_between(20119, 20118)
    0
    """
    if end_day < start_day:
        return 0
    since = start_day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    start_of_month = of_year - (153 * month + 2) // 5
    start_index = 12 * (400 * era + year) + month

    since = end_day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    end_of_month = of_year - (153 * month + 2) // 5
    end_index = 12 * (400 * era + year) + month

    y = (end_index + 1) // 12
    following = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (end_index + 1 - 12 * y) + 2) // 5
    reached = end_of_month >= start_of_month or since + 1 == following
    return end_index - start_index if reached else end_index - start_index - 1
