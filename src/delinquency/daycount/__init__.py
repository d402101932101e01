"""Day counts: what part of a year a period is.

The one idea: a convention is named, never implied, and its answer is an exact fraction.
:class:`DayCount` lists the conventions, :func:`year_fraction` and :func:`day_ratio` answer,
:class:`CouponPeriod` holds what some of them need besides the two dates, and
:func:`definition_of` says in words, with the clause, what each of them means.
"""

from delinquency.daycount.convention import DayCount
from delinquency.daycount.coupon_period import BusinessDays, CouponPeriod
from delinquency.daycount.definition import Definition, definition_of
from delinquency.daycount.fractions_of_year import day_difference, day_ratio, year_fraction

__all__ = [
    "BusinessDays",
    "CouponPeriod",
    "DayCount",
    "Definition",
    "day_difference",
    "day_ratio",
    "definition_of",
    "year_fraction",
]
