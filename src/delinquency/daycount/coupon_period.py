"""What some conventions ask besides the two dates.

Act/Act ICMA needs to know the coupon period, 30E/360 ISDA the day of maturity, Business/252 a
calendar; a guess would be wrong on one day in February and right all year. The one idea: what is asked
is one record of optional fields; a convention takes those that it needs and refuses to answer without
them, and the others do not look at it.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Protocol

import attrs

from delinquency.calendar import NONE_DAY, day_number
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.whole_numbers import check_int

__all__ = ["COUPONS_PER_YEAR", "BusinessDays", "CouponPeriod"]

_WHERE: Final = "coupon period"

COUPONS_PER_YEAR: Final = (1, 2, 3, 4, 6, 12)
"""How many coupons a year may have: those of whole months."""


class BusinessDays(Protocol):
    """A calendar that counts business days; any object with this method will do."""

    def business_days_between(self, start: date, end: date) -> int:
        """The business days of ``[start, end)``: the start may be one of them, the end not [days]."""
        ...


@attrs.frozen(slots=True, kw_only=True)
class CouponPeriod:
    """The coupon period, and the other facts of a loan that a day count may need.

    Every field may be left out; a convention that needs a missing one says so.

    Parameters
    ----------
    start, end : datetime.date, optional
        The coupon period ``[start, end)``, dates not shifted for business days. Of a stub it is the
        regular period in which, or before or after which, the stub lies. For Act/Act ICMA (both) and
        Act/365L (``end``; from ``start``, if it is given, 29 February is looked for).
    coupons_per_year : int, optional
        Coupons a year: 1, 2, 3, 4, 6 or 12. For Act/Act ICMA and Act/365L.
    end_of_month : bool, optional
        Whether payments that stand at the end of a month stay at ends of months. For 30U/360, and for
        Act/Act ICMA where further periods are counted from the end of a month.
    maturity_date : datetime.date, optional
        The last day of the loan. For 30E/360 ISDA.
    calendar : BusinessDays, optional
        Counts business days. For Business/252.

    Raises
    ------
    InvalidTypeError
        A ``datetime`` for a ``date``, a ``calendar`` that counts no business days, any other wrong
        type.
    InvalidValueError
        An end not after the start, a date outside 1900 to 2200, another number of coupons.

    Examples
    --------
    >>> CouponPeriod(start=date(2025, 1, 15), end=date(2025, 7, 15), coupons_per_year=2).coupons_per_year
    2
    >>> CouponPeriod(coupons_per_year=5)
    Traceback (most recent call last):
    ...
    delinquency.errors.InvalidValueError: coupon period, coupons_per_year: expected 1, 2, 3, 4, 6 or 12, \
found 5. Hint: A coupon is of whole months.
    """

    start: date | None = None
    end: date | None = None
    coupons_per_year: int | None = None
    end_of_month: bool | None = None
    maturity_date: date | None = None
    calendar: BusinessDays | None = None
    start_day: int = attrs.field(init=False, repr=False, eq=False)
    end_day: int = attrs.field(init=False, repr=False, eq=False)
    maturity_day: int = attrs.field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        for field in ("start", "end", "maturity"):
            name = "maturity_date" if field == "maturity" else field
            value = getattr(self, name)
            day = NONE_DAY if value is None else day_number(value, where=_WHERE, field=name)
            object.__setattr__(self, f"{field}_day", day)
        if self.start is not None and self.end_day <= self.start_day:
            raise InvalidValueError.at(
                f"{_WHERE}, end", expected=f"a day after {self.start}", found=str(self.end)
            )
        _refuse_unless_coupons(self.coupons_per_year)
        if self.end_of_month is not None and not isinstance(self.end_of_month, bool):
            raise InvalidTypeError.at(
                f"{_WHERE}, end_of_month", expected="a bool", found=self.end_of_month
            )
        _refuse_unless_counting(self.calendar)


def _refuse_unless_coupons(value: Any) -> None:
    if value is None:
        return
    check_int(value, f"{_WHERE}, coupons_per_year")
    if value not in COUPONS_PER_YEAR:
        raise InvalidValueError.at(
            f"{_WHERE}, coupons_per_year",
            expected="1, 2, 3, 4, 6 or 12",
            found=value,
            hint="A coupon is of whole months.",
        )


def _refuse_unless_counting(value: Any) -> None:
    if value is not None and not callable(getattr(value, "business_days_between", None)):
        raise InvalidTypeError.at(
            f"{_WHERE}, calendar",
            expected="an object with the method business_days_between(start, end)",
            found=value,
        )
