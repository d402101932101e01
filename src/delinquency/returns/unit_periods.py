"""Unit-periods of Regulation Z: whole ones at compound interest, and a fraction at simple interest.

The United States disclose a nominal rate, and measure time in the interval at which payments are made.
The one idea of Appendix J: full unit-periods are counted back from the payment, and what is left before
the first full one is a fraction of a unit-period, with months of 30 days.
"""

from __future__ import annotations

from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Final

import attrs

from delinquency.calendar import day_number
from delinquency.choices import checked_member
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.returns.exactness import checked_count
from delinquency.returns.intervals import months_back

__all__ = ["PeriodUnit", "UnitPeriod", "check_unit_period", "unit_periods_between"]


class PeriodUnit(Enum):
    """What a unit-period is counted in."""

    DAY = "day"
    WEEK = "week"
    SEMIMONTH = "semimonth"
    MONTH = "month"
    YEAR = "year"


_MOST: Final = {
    PeriodUnit.DAY: 366,
    PeriodUnit.WEEK: 52,
    PeriodUnit.SEMIMONTH: 1,
    PeriodUnit.MONTH: 11,
    PeriodUnit.YEAR: 1,
}
_PER_YEAR: Final = {
    PeriodUnit.DAY: 365,
    PeriodUnit.WEEK: 52,
    PeriodUnit.SEMIMONTH: 24,
    PeriodUnit.MONTH: 12,
    PeriodUnit.YEAR: 1,
}


@attrs.frozen(slots=True)
class UnitPeriod:
    """The interval in which a transaction counts time: its most common payment interval.

    Parameters
    ----------
    unit : PeriodUnit
    units : int
        How many units: 1 to 366 days, 1 to 52 weeks, 1 to 11 months, 1 semimonth, 1 year.

    Raises
    ------
    InvalidTypeError
        Not a ``PeriodUnit``, not an ``int``.
    InvalidValueError
        A units out of bounds.

    References
    ----------
    12 CFR 1026, Appendix J, (b)(4). Which interval is the most common is for the caller to say.

    Examples
    --------
    >>> UnitPeriod(PeriodUnit.WEEK, 4).per_year, UnitPeriod(PeriodUnit.MONTH, 2).per_year
    (Fraction(13, 1), Fraction(6, 1))
    """

    unit: PeriodUnit
    units: int = 1

    def __attrs_post_init__(self) -> None:
        checked_member(self.unit, PeriodUnit, "unit-period, unit")
        checked_count(
            self.units, where="unit-period", field="units", least=1, most=_MOST[self.unit]
        )

    @property
    def per_year(self) -> Fraction:
        """Unit-periods a year: 365 days, 52 weeks, 24 semimonths, 12 months."""
        return Fraction(_PER_YEAR[self.unit], self.units)

    @classmethod
    def of_single_payment(cls, start: date, end: date) -> UnitPeriod:
        """The unit-period of one advance repaid by one payment: its term, and a year at most.

        Whole months where the term is a whole number of months less than twelve, else its days; a
        year where it is a year or more.

        References
        ----------
        12 CFR 1026, Appendix J, (b)(4)(ii), (b)(5)(v) to (vii).

        Examples
        --------
        >>> UnitPeriod.of_single_payment(date(1978, 7, 15), date(1979, 1, 15))
        UnitPeriod(unit=<PeriodUnit.MONTH: 'month'>, units=6)
        >>> UnitPeriod.of_single_payment(date(1978, 7, 15), date(1978, 7, 25)).per_year
        Fraction(73, 2)
        """
        begin = day_number(start, where="unit-period", field="start")
        finish = day_number(end, where="unit-period", field="end")
        if finish <= begin:
            raise InvalidValueError.at(
                "unit-period", expected=f"an end after {start}", found=str(end)
            )
        months, days = months_back(begin, finish, 1)
        if months >= 12:
            return cls(PeriodUnit.YEAR)
        return cls(PeriodUnit.DAY, finish - begin) if days else cls(PeriodUnit.MONTH, months)


def check_unit_period(value: object, where: str) -> None:
    """Refuse what is no unit-period, and list the units.

    Raises
    ------
    InvalidTypeError
        A ``PeriodUnit`` alone, a text, anything else.
    """
    if isinstance(value, UnitPeriod):
        return
    meant = PeriodUnit.MONTH
    if isinstance(value, (str, PeriodUnit)):
        meant = next((unit for unit in PeriodUnit if value in (unit, unit.value)), meant)
    names = ", ".join(unit.name for unit in PeriodUnit)
    raise InvalidTypeError.at(
        where,
        expected="unit_period to be a UnitPeriod",
        found=value,
        hint=f"Write UnitPeriod(PeriodUnit.{meant.name}); the members of PeriodUnit are {names}.",
    )


def unit_periods_between(
    start: date, end: date, *, unit_period: UnitPeriod, nominal_day: int = 0
) -> tuple[int, Fraction]:
    """Full unit-periods from ``start`` to ``end``, and the fraction before the first full one.

    Rule: days and weeks divide the days between the dates. A month counts full months back from the
    end, and the days before them over 30. Several months, and semimonths, count 30 days for each full
    month counted back plus the days before them, over 30 or 15 times their number. A year counts full
    years back; what is before them is months over 12 if it is whole months, else days over 365.

    Parameters
    ----------
    start, end : datetime.date
        The day from which the finance charge is earned, and that of an advance or a payment, on or
        after it; the first day is excluded and the last included.
    unit_period : UnitPeriod
    nominal_day : int, optional
        The day of the month on which payments fall where the month has it: 31 for payments on the last
        day of each month, 30 for the 30th. Left out, the day of ``end``, or of ``start`` if that is
        later and ``end`` is the last day of its month.

    Returns
    -------
    tuple of int and Fraction
        The fraction is 0 or more and at most 1.

    Raises
    ------
    InvalidTypeError
        A ``datetime``, or any other wrong type.
    InvalidValueError
        An end before the start; a nominal day outside 0 to 31.

    References
    ----------
    12 CFR 1026, Appendix J, (b)(3) and (b)(5).

    Examples
    --------
    >>> monthly = UnitPeriod(PeriodUnit.MONTH)
    >>> unit_periods_between(date(1978, 2, 10), date(1978, 4, 1), unit_period=monthly)
    (1, Fraction(19, 30))
    >>> unit_periods_between(date(1978, 2, 10), date(1978, 2, 10), unit_period=monthly)
    (0, Fraction(0, 1))
    """
    where = "unit_periods_between"
    check_unit_period(unit_period, where)
    begin = day_number(start, where=where, field="start")
    finish = day_number(end, where=where, field="end")
    nominal = checked_count(nominal_day, where=where, field="nominal_day", least=0, most=31)
    if finish < begin:
        raise InvalidValueError.at(where, expected=f"an end on or after {start}", found=str(end))
    match unit_period.unit:
        case PeriodUnit.DAY:
            return _divided(finish - begin, unit_period.units)
        case PeriodUnit.WEEK:
            return _divided(finish - begin, 7 * unit_period.units)
        case PeriodUnit.YEAR:
            return _years(begin, finish, nominal)
        case _:
            months, days = months_back(begin, finish, 1, nominal)
    if unit_period.unit is PeriodUnit.MONTH and unit_period.units == 1:
        return months, Fraction(days, 30)
    each = 15 if unit_period.unit is PeriodUnit.SEMIMONTH else 30 * unit_period.units
    return _divided(30 * months + days, each)


def _divided(days: int, each: int) -> tuple[int, Fraction]:
    whole, rest = divmod(days, each)
    return whole, Fraction(rest, each)


def _years(begin: int, finish: int, nominal: int) -> tuple[int, Fraction]:
    years, days = months_back(begin, finish, 12, nominal)
    months, rest = months_back(begin, begin + days, 1, nominal)
    return years, Fraction(days, 365) if rest else Fraction(months, 12)
