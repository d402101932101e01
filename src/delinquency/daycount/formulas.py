"""The arithmetic of the conventions: two day numbers and a code in, a numerator and a denominator out.

A loan that is computed alone and a book that is computed in compiled loops must accrue alike, so the
formulas exist once. The one idea: count years from 1 March. Then 29 February is the last day of its
year, the day of the year survives an anniversary, and every convention is a few whole-number
operations without a table of month lengths.

:func:`ratio_by_code` stands alone and uses builtins only, so that a compiler of numeric Python takes it
as it is. It trusts its arguments: ``start_day <= end_day``, a code of the table below.
:func:`~delinquency.daycount.fractions_of_year.day_ratio` checks them.
"""

__all__ = ["ratio_by_code"]


def ratio_by_code(
    start_day: int, end_day: int, code: int, end_of_month: int = 0, end_is_maturity: int = 0
) -> tuple[int, int]:
    """The year fraction of ``[start, end)`` as numerator and denominator, not in lowest terms.

    The denominator depends on the code alone, so that ``amount * rate * numerator / denominator`` is
    one exact division: 360, 365, 364, 336, 1, 1461 (four years of 365.25 days), or 133590 (365 * 366)
    where days of common and of leap years meet.

    Codes, the ``code`` of :class:`~delinquency.daycount.convention.DayCount`: 0 Act/360, 1 Act/365F,
    2 Act/364, 3 Act/365.25, 4 1/1, 5 NL/365, 6 NL/360, 7 Act/365 Actual, 8 Act/Act ISDA, 9 Act/Act Year,
    10 Act/Act AFB, 11 30/360, 12 30/360 PSA, 13 30U/360, 14 30U/360 EOM, 15 30E/360, 16 30E/360 ISDA,
    17 30E+/360, 18 30/365, 19 30E/365, 20 28/336. A higher code needs a coupon period or a calendar.

    Parameters
    ----------
    start_day, end_day : int
        ``[start, end)``, start not after end [days since 1970-01-01].
    code : int
        0 to 20.
    end_of_month : int
        1 if payments of the loan that stand at the end of a month stay there; read by code 13 only.
    end_is_maturity : int
        1 if ``end_day`` is the day of maturity; read by code 16 only.

    Returns
    -------
    tuple of int
        Zero over the denominator where the period is empty.

    Examples
    --------
    31 January to 28 February 2025: 28 days, or 30, or 28 of the months of 30 days.

    >>> [ratio_by_code(20119, 20147, code) for code in (0, 11, 16)]
    [(28, 360), (28, 360), (30, 360)]
    >>> ratio_by_code(20119, 20119, 8)
    (0, 133590)
    """
    days = end_day - start_day
    if code == 0:
        return days, 360
    if code == 1:
        return days, 365
    if code == 2:
        return days, 364
    if code == 3:
        return 4 * days, 1461
    if code == 4:
        return min(days, 1), 1

    # 719468 days from 0000-03-01 to 1970-01-01; 146097 days in 400 years.
    start = start_day + 719468
    era = start // 146097
    of_era = start - era * 146097
    y = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    start_of_year = of_era - (365 * y + y // 4 - y // 100)
    start_year = 400 * era + y
    end = end_day + 719468
    era = end // 146097
    of_era = end - era * 146097
    y = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    end_of_year = of_era - (365 * y + y // 4 - y // 100)
    end_year = 400 * era + y

    # Leap days before 1 March of a year; 29 February is day 365 of its year.
    leaps_before_start = start_year // 4 - start_year // 100 + start_year // 400
    leaps_before_end = end_year // 4 - end_year // 100 + end_year // 400

    if code <= 7:
        leap_days = leaps_before_end + end_of_year // 365
        leap_days -= leaps_before_start + start_of_year // 365
        if code == 5:
            return days - leap_days, 365
        if code == 6:
            return days - leap_days, 360
        return (days * 365 if leap_days > 0 else days * 366), 133590

    if code == 8:
        # Days of leap years before a day: of whole leap years, and of its own year if that is one.
        y = start_year if start_of_year < 306 else start_year + 1
        leaps = (y - 1) // 4 - (y - 1) // 100 + (y - 1) // 400
        is_leap = y // 4 - y // 100 + y // 400 - leaps
        leap_days = -366 * leaps - is_leap * (start - 365 * (y - 1) - leaps - 306)
        y = end_year if end_of_year < 306 else end_year + 1
        leaps = (y - 1) // 4 - (y - 1) // 100 + (y - 1) // 400
        is_leap = y // 4 - y // 100 + y // 400 - leaps
        leap_days += 366 * leaps + is_leap * (end - 365 * (y - 1) - leaps - 306)
        return days * 366 - leap_days, 133590

    if code == 9:
        # The last anniversary of the start up to the end, then the length of the year from it.
        years = end_year - start_year + 1
        first = following = reached = end + 1
        while reached > end:
            years -= 1
            y = start_year + years
            first = 365 * y + y // 4 - y // 100 + y // 400
            y += 1
            following = 365 * y + y // 4 - y // 100 + y // 400
            reached = min(first + start_of_year, following - 1)
        y = start_year + years + 2
        last = 365 * y + y // 4 - y // 100 + y // 400 - 1
        length = min(following + reached - first, last) - reached
        return years * 133590 + (end - reached) * (731 - length), 133590

    if code == 10:
        # The first anniversary of the end not before the start, and whether what is left has a leap day.
        years = end_year - start_year + 1
        reached = start - 1
        while reached < start:
            years -= 1
            y = end_year - years
            first = 365 * y + y // 4 - y // 100 + y // 400
            y += 1
            following = 365 * y + y // 4 - y // 100 + y // 400
            reached = min(first + end_of_year, following - 1)
        y = end_year - years
        leap_days = y // 4 - y // 100 + y // 400 - leaps_before_start
        length = 366 if leap_days > 0 else 365
        return years * 133590 + (reached - start) * (731 - length), 133590

    month = (5 * start_of_year + 2) // 153
    start_dom = start_of_year - (153 * month + 2) // 5 + 1
    months = -month
    month = (5 * end_of_year + 2) // 153
    end_dom = end_of_year - (153 * month + 2) // 5 + 1
    months += 12 * (end_year - start_year) + month

    if code == 20:
        days = 28 * months + min(end_dom, 28) - min(start_dom, 28) if days > 0 else 0
        return days, 336

    denominator = 365 if code in (18, 19) else 360
    if days == 0:
        return 0, denominator
    if code == 13:
        code = 14 if end_of_month else 11
    y = start_year + 1
    length = 365 + y // 4 - y // 100 + y // 400 - leaps_before_start
    start_ends_february = start_of_year + 1 == length
    y = end_year + 1
    length = 365 + y // 4 - y // 100 + y // 400 - leaps_before_end
    end_ends_february = end_of_year + 1 == length

    if end_ends_february and (
        (code == 14 and start_ends_february) or (code == 16 and not end_is_maturity) or code == 19
    ):
        end_dom = 30
    if start_dom == 31 or (start_ends_february and code in (12, 14, 16, 19)):
        start_dom = 30
    if end_dom == 31 and code != 17 and (code >= 15 or start_dom == 30):
        end_dom = 30
    return 30 * months + end_dom - start_dom, denominator
