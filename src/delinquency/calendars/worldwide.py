"""The business days of a country from the package ``holidays``.

The package answers for any year it can compute, also where a government has not spoken yet. The one
idea: where a country decrees its make-up working days year by year, only the years with a decree count
as known.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Final

from delinquency.calendars.years import calendar_of_years, span_of_years
from delinquency.errors import InvalidTypeError, InvalidValueError, MissingExtraError
from delinquency.holiday_calendar import HolidayCalendar

__all__ = ["from_holidays_package"]

_WHERE: Final = "calendar from holidays"

_STILL_DECREED: Final = 2024
"""A country with a make-up working day in this year or a later one still decrees them."""

_WHY_COMPUTED: Final = "The package computes no holidays of this country outside these years."
_WHY_DECREED: Final = (
    "Make-up working days are decreed year by year, and the package has no decree for other years: it "
    "would answer without them. Make a calendar of the announcement with HolidayCalendar.from_holidays, or "
    "go on with weekends alone by with_assumed_weekends(last=...)."
)


def from_holidays_package(
    country: str,
    years: Iterable[int] | int,
    *,
    subdivision: str | None = None,
    name: str | None = None,
) -> HolidayCalendar:
    """The business days of a country, make-up working days among them.

    A business day is what the package calls a working day: no day of the country's weekend unless it is
    worked for another day off, and no public holiday. The weekend is the present one in every year.
    Holidays by the moon that have not been announced are the package's estimates.

    Parameters
    ----------
    country : str
        ISO 3166 code: ``"CN"``, ``"US"``.
    years : int or iterable of int
        Whole years without a gap. Where make-up working days are decreed year by year (China: 2001 to
        the last arrangement in the installed version), only years between the first and the last
        decree; elsewhere what the package computes.
    subdivision : str, optional
        Its state or province, by the code of the package.
    name : str, optional
        By default the code of the country, and of the subdivision: ``"US-NY"``.

    Returns
    -------
    HolidayCalendar

    Raises
    ------
    MissingExtraError
        The package is not installed.
    InvalidTypeError
        A country that is no text, years that are no ``int``.
    InvalidValueError
        An unknown country or subdivision; a year that the package does not know; a gap between years.
    """
    package = _package()
    if not isinstance(country, str):
        raise InvalidTypeError.at(f"{_WHERE}, country", expected="a text", found=country)
    known, why = _known_years(package, country, subdivision)
    span = span_of_years(years, known=known, where=f"{_WHERE}, {country}", why=why)
    found = _entity(package, country, subdivision, span)
    label = country if subdivision is None else f"{country}-{subdivision}"
    return calendar_of_years(label if name is None else name, span, found.is_working_day)


def _known_years(package: Any, country: str, subdivision: str | None) -> tuple[range, str]:
    entity = _entity(package, country, subdivision, ())
    computed = range(max(entity.start_year, 1900), min(entity.end_year, 2200) + 1)
    special: Any = getattr(entity, "special_public_holidays", None) or {}
    tables = [year for year in computed if year in special]
    decreed = {day.year for day in _entity(package, country, subdivision, tables).weekend_workdays}
    if decreed and max(decreed) >= _STILL_DECREED:
        return range(min(decreed), max(decreed) + 1), _WHY_DECREED
    return computed, _WHY_COMPUTED


def _entity(package: Any, country: str, subdivision: str | None, years: Iterable[int]) -> Any:
    try:
        return package.country_holidays(country, subdiv=subdivision, years=years, expand=False)
    except NotImplementedError as error:
        raise InvalidValueError.at(
            f"{_WHERE}, country",
            expected="a country and a subdivision that the package knows",
            found=country if subdivision is None else f"{country}-{subdivision}",
        ) from error


def _package() -> Any:
    try:
        return import_module("holidays")
    except ImportError:
        raise MissingExtraError.for_extra("calendars", module="holidays", purpose=_WHERE) from None
