"""Years asked for, as days: whole calendar years without a gap."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from delinquency.calendar import day_number, to_date
from delinquency.errors import InvalidTypeError, InvalidValueError
from delinquency.holiday_calendar import HolidayCalendar
from delinquency.whole_numbers import check_int

__all__ = ["calendar_of_years", "span_of_years"]


def span_of_years(years: Iterable[int] | int, *, known: range, where: str, why: str) -> range:
    """The years as a range, each of which the package knows.

    Raises
    ------
    InvalidTypeError
        Not an ``int`` or an iterable of them.
    InvalidValueError
        No year, a gap between years, or a year that the package does not know.
    """
    given = [years] if isinstance(years, int) else years
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise InvalidTypeError.at(f"{where}, years", expected="years", found=years)
    kept = sorted({_year(year, where) for year in given})
    if not kept:
        raise InvalidValueError.at(f"{where}, years", expected="a year or more", found="none")
    for year in kept:
        if year not in known:
            raise InvalidValueError.at(
                f"{where}, years",
                expected=f"years from {known.start} to {known.stop - 1}",
                found=str(year),
                hint=why,
            )
    span = range(kept[0], kept[-1] + 1)
    if len(span) != len(kept):
        missing = next(year for year in span if year not in kept)
        raise InvalidValueError.at(
            f"{where}, years",
            expected=f"every year from {kept[0]} to {kept[-1]}",
            found=f"none for {missing}",
        )
    return span


def _year(year: int, where: str) -> int:
    check_int(year, f"{where}, years")
    return year


def calendar_of_years(
    name: str, years: range, is_business_day: Callable[[date], bool]
) -> HolidayCalendar:
    """A calendar of whole years, each day asked once."""
    first, last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
    first_day = day_number(first, where=name, field="first")
    last_day = day_number(last, where=name, field="last")
    entries = (is_business_day(to_date(day)) for day in range(first_day, last_day + 1))
    return HolidayCalendar(name, first, bytes(entries))
