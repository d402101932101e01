"""The n-th due day from an anchor, as whole-number arithmetic.

"Every month on the 31st" loses the 31st in the first February when each date is counted from the one
before. The one idea: the n-th day is a function of the anchor and of n alone, never of the day n - 1,
so nothing can be lost on the way and any day can be asked for without the others.

Each function stands alone and uses builtins only, so that a compiler of numeric Python takes it as
it is; the few repeated lines are the price. Years are counted from March, as in
:mod:`delinquency.civil_days`. Day numbers count from 1970-01-01. All trust their arguments.
"""

__all__ = [
    "day_of_month",
    "month_end_day",
    "nth_day",
    "nth_month_day",
    "third_wednesday_day",
    "weekday_of_day",
]


def weekday_of_day(day: int) -> int:
    """The day of the week, 0 for Monday to 6 for Sunday.

    Examples
    --------
    1970-01-01 was a Thursday.

    >>> weekday_of_day(0), weekday_of_day(3), weekday_of_day(4)
    (3, 6, 0)
    """
    return (day + 3) % 7


def day_of_month(day: int) -> int:
    """The day of the month, 1 to 31.

    Examples
    --------
    >>> day_of_month(0), day_of_month(-1)
    (1, 31)
    """
    since = day + 719468
    of_era = since % 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    month = (5 * of_year + 2) // 153
    return of_year - (153 * month + 2) // 5 + 1


def month_end_day(day: int) -> int:
    """The last day of the month that ``day`` is in [days since 1970-01-01].

    Examples
    --------
    31 January 1970, and 28 February 1970:

    >>> month_end_day(0), month_end_day(30), month_end_day(31)
    (30, 30, 58)
    """
    since = day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)
    following = 12 * (400 * era + year) + (5 * of_year + 2) // 153 + 1
    y = following // 12
    first = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (following - 12 * y) + 2) // 5
    return first - 1 - 719468


def nth_month_day(anchor_day: int, months: int, roll_day: int) -> int:
    """Day ``roll_day`` of the month that lies ``months`` months after the anchor's month.

    Parameters
    ----------
    anchor_day : int
        Any day of the anchor's month [days since 1970-01-01].
    months : int
        How many months after it [months]; may be negative.
    roll_day : int
        The day of the month, 1 to 31; a shorter month gives its last day.

    Returns
    -------
    int
        [days since 1970-01-01]

    Examples
    --------
    From 31 January 2025, day 31: 28 February, 31 March; day 15 of February.

    >>> nth_month_day(20119, 1, 31), nth_month_day(20119, 2, 31), nth_month_day(20119, 1, 15)
    (20147, 20178, 20134)
    """
    since = anchor_day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)

    target = 12 * (400 * era + year) + (5 * of_year + 2) // 153 + months
    y = target // 12
    first = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (target - 12 * y) + 2) // 5
    y = (target + 1) // 12
    following = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (target + 1 - 12 * y) + 2) // 5
    return min(first + roll_day - 1, following - 1) - 719468


def third_wednesday_day(anchor_day: int, months: int) -> int:
    """The third Wednesday of the month that lies ``months`` months after the anchor's month.

    Examples
    --------
    From any day of January 1970: the 21st, and 18 February.

    >>> third_wednesday_day(30, 0), third_wednesday_day(0, 1)
    (20, 48)
    """
    since = anchor_day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)

    target = 12 * (400 * era + year) + (5 * of_year + 2) // 153 + months
    y = target // 12
    first = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (target - 12 * y) + 2) // 5 - 719468
    # Monday is 0, so Wednesday is 2; the first of the month is weekday (first + 3) % 7.
    return first + (2 - (first + 3)) % 7 + 14


def nth_day(anchor_day: int, number: int, months: int, days: int, roll_day: int) -> int:
    """The day ``number`` periods after the anchor, where a period is of months or of days.

    The anchor itself is number 0 where it is the roll day of its month.

    Parameters
    ----------
    anchor_day : int
        The day counted from [days since 1970-01-01].
    number : int
        How many periods after it; may be negative.
    months, days : int
        The length of a period; one of the two is 0.
    roll_day : int
        The day of the month on which periods of months begin and end, 1 to 31; not looked at where
        a period is of days.

    Returns
    -------
    int
        [days since 1970-01-01]

    Examples
    --------
    From 31 January 2025: two periods of three months end on 31 July, two of a week on 14 February.

    >>> nth_day(20119, 2, 3, 0, 31), nth_day(20119, 2, 0, 7, 31)
    (20300, 20133)
    """
    if months == 0:
        return anchor_day + number * days
    since = anchor_day + 719468
    era = since // 146097
    of_era = since - era * 146097
    year = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year + year // 4 - year // 100)

    target = 12 * (400 * era + year) + (5 * of_year + 2) // 153 + number * months
    y = target // 12
    first = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (target - 12 * y) + 2) // 5
    y = (target + 1) // 12
    following = 365 * y + y // 4 - y // 100 + y // 400 + (153 * (target + 1 - 12 * y) + 2) // 5
    return min(first + roll_day - 1, following - 1) - 719468
