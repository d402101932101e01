"""How the days of a delay are counted: the part of a year, measured from the due date.

A payment in the middle of a delay cuts it in two, and the two parts must bear what the whole bore. The one
idea: every part is a difference of two counts from the due date, ``N(due, end) - N(due, start)``, so
cutting changes nothing; and only day counts whose count from the due date grows day by day are admitted.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from delinquency.calendar import Day
from delinquency.choices import checked_member
from delinquency.daycount import DayCount
from delinquency.daycount.formulas import ratio_by_code
from delinquency.errors import InvalidValueError

__all__ = ["checked_day_count", "day_denominator", "days_by_numerator", "numerator_between"]

_UNIFORM: Final = {
    DayCount.ACT_360: 1,
    DayCount.ACT_365F: 1,
    DayCount.ACT_364: 1,
    DayCount.ACT_365_25: 4,
}

_WITHOUT_LEAP_DAY: Final = (DayCount.NL_365, DayCount.NL_360)

_MONTHS_OF_THIRTY: Final = (
    DayCount.THIRTY_360,
    DayCount.THIRTY_360_PSA,
    DayCount.THIRTY_U_360_EOM,
    DayCount.THIRTY_E_360,
    DayCount.THIRTY_E_360_ISDA,
    DayCount.THIRTY_E_PLUS_360,
    DayCount.THIRTY_365,
    DayCount.THIRTY_E_365,
)

_ADMITTED: Final = (*_UNIFORM, *_WITHOUT_LEAP_DAY, DayCount.ACT_ACT_ISDA, *_MONTHS_OF_THIRTY)

_BY_LENGTH: Final = "what a day bears would depend on how long the delay lasts"
_BY_COUPON: Final = "it needs a coupon period, and a delay has none"
_REASONS: Final = {
    DayCount.ONE_ONE: "a delay of one day would bear as much as one of a year",
    DayCount.ACT_365_ACTUAL: _BY_LENGTH,
    DayCount.ACT_ACT_YEAR: _BY_LENGTH,
    DayCount.ACT_ACT_AFB: _BY_LENGTH,
    DayCount.THIRTY_U_360: "it depends on whether the loan keeps to ends of months: name 30/360 or "
    "30U/360 EOM",
    DayCount.TWENTY_EIGHT_336: "the last days of each month would bear nothing",
    DayCount.ACT_365L: _BY_COUPON,
    DayCount.ACT_ACT_ICMA: _BY_COUPON,
    DayCount.BUSINESS_252: "it needs a calendar of business days",
}


def checked_day_count(value: object, where: str) -> DayCount:
    """A day count by which a delay can be counted from the due date, or a refusal with the reason.

    30E/360 ISDA is read without a maturity: what is overdue has passed it.

    Raises
    ------
    InvalidTypeError
        No ``DayCount``.
    InvalidValueError
        A day count whose parts do not add up from the due date.

    Examples
    --------
    >>> checked_day_count(DayCount.ACT_ACT_YEAR, "penalty terms, day_count")
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: penalty terms, day_count: expected a day count of which the \
parts of a delay add up, found Act/Act Year: what a day bears would depend on how long the delay lasts. \
Hint: Admitted are Act/360, Act/365F, Act/364, Act/365.25, NL/365, NL/360, Act/Act ISDA and months of 30 \
days.
    """
    day_count = checked_member(value, DayCount, where)
    if day_count not in _ADMITTED:
        raise InvalidValueError.at(
            where,
            expected="a day count of which the parts of a delay add up",
            found=f"{day_count.label}: {_REASONS[day_count]}",
            hint="Admitted are Act/360, Act/365F, Act/364, Act/365.25, NL/365, NL/360, Act/Act ISDA and "
            "months of 30 days.",
        )
    return day_count


def day_denominator(day_count: DayCount) -> int:
    """The denominator of every part of a year under a day count.

    Examples
    --------
    >>> day_denominator(DayCount.ACT_360), day_denominator(DayCount.ACT_ACT_ISDA)
    (360, 133590)
    """
    return ratio_by_code(0, 0, day_count.code)[1]


def numerator_between(day_count: DayCount, due_day: Day, start: Day, end: Day) -> int:
    """The part of a year that ``[start, end)`` is, counted from the due day; over the denominator.

    Examples
    --------
    Due on 30 January 2025: by 30/360 the 30th bears nothing, 28 February three days:

    >>> [numerator_between(DayCount.THIRTY_360, 20118, day, day + 1) for day in (20118, 20147)]
    [0, 3]
    >>> numerator_between(DayCount.THIRTY_360, 20118, 20118, 20148)
    31
    """
    code = day_count.code
    return ratio_by_code(due_day, end, code)[0] - ratio_by_code(due_day, start, code)[0]


def days_by_numerator(
    day_count: DayCount, due_day: Day, start: Day, end: Day
) -> tuple[tuple[int, int], ...]:
    """How many days of ``[start, end)`` have which part of a year: numerator and count of days.

    Of months of 30 days each day has its own part: a 30th before a 31st 0, the last of February 2 or 3.

    Examples
    --------
    27 December 2023 to 3 January 2024 by Act/Act ISDA: five days of a common year, two of a leap year.

    >>> days_by_numerator(DayCount.ACT_ACT_ISDA, 19718, 19718, 19725)
    ((366, 5), (365, 2))
    """
    days = end - start
    if day_count in _UNIFORM:
        return ((_UNIFORM[day_count], days),)
    if day_count is DayCount.ACT_ACT_ISDA:
        common = numerator_between(day_count, due_day, start, end) - 365 * days
        return (366, common), (365, days - common)
    if day_count in _WITHOUT_LEAP_DAY:
        counted = numerator_between(day_count, due_day, start, end)
        return (1, counted), (0, days - counted)
    each = (numerator_between(day_count, due_day, day, day + 1) for day in range(start, end))
    return tuple(Counter(each).items())
