"""The calendars of the sources, as the facts that their cases need."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import MO, TH, relativedelta

from delinquency.holiday_calendar import HolidayCalendar

__all__ = ["TOKYO", "government_bonds", "listed", "target"]


def listed(name: str, holidays: list[str], first: str, last: str) -> HolidayCalendar:
    return HolidayCalendar.from_holidays(
        name,
        holidays=[date.fromisoformat(day) for day in holidays],
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
    )


def spanned(name: str, holidays: set[date], years: range) -> HolidayCalendar:
    first, last = date(years.start, 1, 1), date(years.stop - 1, 12, 31)
    within = [day for day in holidays if first <= day <= last]
    return HolidayCalendar.from_holidays(name, holidays=within, first=first, last=last)


def target(years: range = range(2000, 2101)) -> HolidayCalendar:
    """The euro settlement system: Good Friday, Easter Monday, 1 May, Christmas, Boxing Day, New Year."""
    days: set[date] = set()
    for year in years:
        sunday = easter(year)
        days |= {sunday - timedelta(days=2), sunday + timedelta(days=1), date(year, 1, 1)}
        days |= {date(year, 5, 1), date(year, 12, 25), date(year, 12, 26)}
    return spanned("TARGET", days, years)


def government_bonds(years: range = range(1996, 2022)) -> HolidayCalendar:
    """US government bonds until 2021: federal holidays and Good Friday; a Sunday is kept on Monday."""
    days: set[date] = set()
    for year in years:
        fixed = {date(year, 1, 1), date(year, 7, 4), date(year, 11, 11), date(year, 12, 25)}
        days |= {day + timedelta(days=day.weekday() == 6) for day in fixed}
        days |= {day - timedelta(days=day.weekday() == 5) for day in fixed if day.month > 1}
        days |= {date(year, 1, 1) + relativedelta(weekday=MO(3)), easter(year) - timedelta(days=2)}
        days |= {date(year, 2, 1) + relativedelta(weekday=MO(3))}
        days |= {date(year, 5, 31) + relativedelta(weekday=MO(-1))}
        days |= {date(year, 9, 1) + relativedelta(weekday=MO(1))}
        days |= {date(year, 10, 1) + relativedelta(weekday=MO(2))}
        days |= {date(year, 11, 1) + relativedelta(weekday=TH(4))}
    return spanned("US government bonds", days, years)


TOKYO = listed(
    "JPTO",
    [
        "2018-01-01",
        "2018-01-02",
        "2018-01-03",
        "2018-01-08",
        "2018-02-12",
        "2018-03-21",
        "2018-04-30",
        "2018-05-03",
        "2018-05-04",
        "2018-07-16",
        "2018-09-17",
        "2018-09-24",
        "2018-10-08",
        "2018-11-23",
        "2018-12-24",
        "2018-12-31",
        "2019-01-01",
        "2019-01-02",
        "2019-01-03",
        "2019-01-14",
        "2019-02-11",
        "2019-03-21",
        "2019-04-29",
        "2019-04-30",
        "2019-05-01",
        "2019-05-02",
        "2019-05-03",
        "2019-05-06",
        "2019-07-15",
        "2019-08-12",
        "2019-09-16",
        "2019-09-23",
        "2019-10-14",
        "2019-10-22",
        "2019-11-04",
        "2019-12-31",
        "2020-01-01",
        "2020-01-02",
        "2020-01-03",
        "2020-01-13",
        "2020-02-11",
        "2020-02-24",
        "2020-03-20",
    ],
    "2018-01-01",
    "2020-03-31",
)
"""Bank holidays in Tokyo."""
