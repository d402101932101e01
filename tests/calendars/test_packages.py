"""Two packages that follow the State Council agree on every day, but for one at an edge."""

from __future__ import annotations

import sys
from datetime import date, timedelta
from types import ModuleType

import attrs
import pytest

import delinquency as dq
from delinquency.calendars import from_chinesecalendar, from_holidays_package
from delinquency.calendars.years import span_of_years
from delinquency.errors import InvalidTypeError, InvalidValueError, MissingExtraError

DISAGREED = {date(2005, 12, 31)}
"""Worked for the New Year of 2006 by one package, an ordinary Saturday by the other: the arrangement
of 2006 moves a day of the year before."""


@pytest.fixture
def chinesecalendar():
    return pytest.importorskip("chinese_calendar", reason="chinesecalendar is not installed")


@pytest.fixture
def holidays():
    return pytest.importorskip("holidays", reason="holidays is not installed")


def test_the_two_packages_agree_on_every_day_but_one(chinesecalendar, holidays):
    years = range(2004, 2027)
    one, other = from_chinesecalendar(years), from_holidays_package("CN", years)
    assert (one.first, one.last) == (other.first, other.last)
    days = (one.first + timedelta(days=n) for n in range(len(one.entries)))
    differ = {day for day in days if one.is_business_day(day) != other.is_business_day(day)}
    assert differ == DISAGREED


@pytest.mark.parametrize("saturday", [date(2026, 2, 14), date(2026, 2, 28), date(2025, 1, 26)])
def test_make_up_days_are_worked(chinesecalendar, saturday):
    assert from_chinesecalendar(saturday.year).is_business_day(saturday)


@pytest.mark.parametrize("saturday", [date(2026, 2, 14), date(2026, 2, 28), date(2025, 1, 26)])
def test_make_up_days_are_worked_in_the_other_package_too(holidays, saturday):
    assert from_holidays_package("CN", saturday.year).is_business_day(saturday)


def test_the_default_is_every_year_the_package_knows(chinesecalendar):
    calendar = from_chinesecalendar()
    assert calendar.first == date(2004, 1, 1)
    assert calendar.last >= date(2026, 12, 31)
    assert calendar.name == "CN"


def test_a_mortgage_of_360_months_gets_its_business_days(chinesecalendar):
    announced = from_chinesecalendar([2025, 2026])
    longer = announced.with_assumed_weekends(last=date(2056, 12, 31))
    assert longer.assumed_from == date(2027, 1, 1)
    terms = dq.RepaymentTerms(
        currency=dq.Currency.of("CNY"),
        principal=1_000_000,
        annual_rate=dq.Rate.per_year("0.031"),
        disbursed_on=date(2026, 1, 18),
        first_due_date=date(2026, 2, 18),
        instalment_count=360,
        method=dq.AmortisationMethod.ANNUITY,
        convention=dq.BusinessDayConvention.FOLLOWING,
        calendar=longer,
    )
    due = [row.due_date for row in dq.amortisation_table(terms)]
    assert due[0] == date(2026, 2, 24)
    assert all(longer.is_business_day(day) for day in due)
    assert sum(day >= longer.assumed_from for day in due) == 349
    with pytest.raises(InvalidValueError, match="with_assumed_weekends"):
        attrs.evolve(terms, calendar=announced)


def test_what_is_announced_later_replaces_what_was_assumed_and_nothing_before(chinesecalendar):
    last = date(2056, 12, 31)
    before = from_chinesecalendar(2025).with_assumed_weekends(last=last)
    after = from_chinesecalendar([2025, 2026]).with_assumed_weekends(last=last)
    days = (before.first + timedelta(days=n) for n in range(len(before.entries)))
    moved = [day for day in days if before.is_business_day(day) != after.is_business_day(day)]
    assert moved
    assert {day.year for day in moved} == {2026}


def test_two_packages_join_beyond_what_one_of_them_knows(chinesecalendar, holidays):
    china = from_chinesecalendar([2025, 2026]).with_assumed_weekends(last=date(2035, 12, 31))
    both = china | from_holidays_package("US", range(2026, 2031))
    assert (both.first, both.last) == (date(2026, 1, 1), date(2030, 12, 31))
    assert both.assumed_from == date(2027, 1, 1)
    assert not both.is_business_day(date(2030, 7, 4))
    assert not both.is_business_day(date(2026, 2, 17))


@pytest.mark.parametrize("year", [2003, 2100])
def test_a_year_without_an_arrangement_is_refused(chinesecalendar, year):
    with pytest.raises(InvalidValueError, match="expected years from 2004 to"):
        from_chinesecalendar([year])


@pytest.mark.parametrize("year", [2000, 2100])
def test_a_year_that_the_other_package_only_computes_is_refused(holidays, year):
    with pytest.raises(InvalidValueError, match="Make-up working days are decreed"):
        from_holidays_package("CN", [year])


def test_a_country_without_make_up_days_is_answered_as_far_as_it_is_computed(holidays):
    calendar = from_holidays_package("US", range(2024, 2031), subdivision="NY")
    assert calendar.name == "US-NY"
    assert not calendar.is_business_day(date(2030, 7, 4))
    assert from_holidays_package("US", 2024, name="us").name == "us"
    with pytest.raises(InvalidValueError, match="years from 1900 to 2100"):
        from_holidays_package("US", 2101)


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), ("US", "QQ"), ("", None)])
def test_a_place_that_the_package_does_not_know_is_refused(holidays, country, subdivision):
    with pytest.raises(InvalidValueError, match="a country and a subdivision"):
        from_holidays_package(country, 2024, subdivision=subdivision)


def test_a_country_is_a_text(holidays):
    with pytest.raises(InvalidTypeError, match="country: expected a text"):
        from_holidays_package(86, 2024)


class Entity:
    """A country of a package: new year off, one Saturday worked in each year with a decree."""

    start_year, end_year = 1890, 2300

    def __init__(self, decreed, years) -> None:
        self.special_public_holidays = dict.fromkeys(decreed, ())
        self.weekend_workdays = {date(year, 1, 10) for year in years if year in decreed}

    def is_working_day(self, day: date) -> bool:
        return day in self.weekend_workdays or (day.weekday() < 5 and day.timetuple().tm_yday > 1)


@pytest.fixture
def package(monkeypatch):
    """A stand-in for the package, so that the rule of the years is tested without it."""
    decrees = {"still": (2020, 2023, 2026), "once": (2004, 2016), "never": ()}

    def country_holidays(country, *, subdiv, years, expand):
        if country not in decrees or subdiv:
            raise NotImplementedError
        return Entity(decrees[country], years)

    stand_in = ModuleType("holidays")
    stand_in.country_holidays = country_holidays
    monkeypatch.setitem(sys.modules, "holidays", stand_in)


def test_where_decrees_go_on_only_years_between_decrees_are_known(package):
    calendar = from_holidays_package("still", [2025, 2026])
    assert calendar.is_business_day(date(2026, 1, 10))
    assert not calendar.is_business_day(date(2026, 1, 1))
    for year in (2019, 2027):
        with pytest.raises(InvalidValueError, match="years from 2020 to 2026"):
            from_holidays_package("still", year)


@pytest.mark.parametrize("country", ["once", "never"])
def test_where_decrees_have_ended_every_computed_year_is_known(package, country):
    assert not from_holidays_package(country, 2199).is_business_day(date(2199, 1, 1))
    with pytest.raises(InvalidValueError, match="years from 1900 to 2200"):
        from_holidays_package(country, 2201)


def test_a_country_that_no_package_knows_is_refused(package):
    with pytest.raises(InvalidValueError, match="found still-X"):
        from_holidays_package("still", 2025, subdivision="X")
    with pytest.raises(InvalidTypeError, match="country: expected a text"):
        from_holidays_package(86, 2025)


@pytest.mark.parametrize(
    ("module", "ask"),
    [
        ("holidays", lambda: from_holidays_package("CN", 2026)),
        ("chinese_calendar", lambda: from_chinesecalendar(2026)),
    ],
)
def test_a_package_that_is_not_installed_is_named_with_its_extra(monkeypatch, module, ask):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'delinquency\[calendars\]'"):
        ask()


def span(years) -> range:
    return span_of_years(years, known=range(2004, 2027), where="test", why="because")


def test_years_are_whole_and_without_a_gap():
    assert span(2024) == range(2024, 2025)
    assert span([2025, 2024, 2024]) == range(2024, 2026)
    with pytest.raises(InvalidValueError, match="found none for 2025"):
        span([2024, 2026])
    with pytest.raises(InvalidValueError, match="found none"):
        span([])
    with pytest.raises(InvalidValueError, match="found 2027. Hint: because"):
        span([2026, 2027])


@pytest.mark.parametrize("years", ["2024", None, 2024.0, [2024.0], [True], True])
def test_years_are_whole_numbers(years):
    with pytest.raises(InvalidTypeError):
        span(years)
