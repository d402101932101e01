"""How each family of cases is asked; every function answers in the words of its case."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import Any, Final

from delinquency.business_days import AccrueTo, BusinessDayConvention, adjust
from delinquency.calendar import add_months, to_date
from delinquency.frequency import Frequency
from delinquency.holiday_calendar import NO_HOLIDAYS, WEEKENDS_ONLY, HolidayCalendar
from delinquency.period_arithmetic import add_periods, end_of_month
from delinquency.periods import PeriodDates, Stub
from delinquency.regular_periods import period_dates
from delinquency.rolls import (
    DayOfMonth,
    DayOfWeek,
    EndOfMonth,
    Roll,
    ThirdWednesday,
    next_roll_date,
    previous_roll_date,
    roll_date,
)
from delinquency.weekdays import Weekday
from tests.vectors.rolls import places

CONVENTIONS: Final = {
    "Unadjusted": BusinessDayConvention.NO_ADJUST,
    "HalfMonthModifiedFollowing": BusinessDayConvention.MODIFIED_FOLLOWING_BI_MONTHLY,
    "Following": BusinessDayConvention.FOLLOWING,
    "ModifiedFollowing": BusinessDayConvention.MODIFIED_FOLLOWING,
    "Preceding": BusinessDayConvention.PRECEDING,
    "ModifiedPreceding": BusinessDayConvention.MODIFIED_PRECEDING,
    "Nearest": BusinessDayConvention.NEAREST,
}
DAYS: Final = {name[:3]: Weekday[name] for name in Weekday.__members__}


def day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def isos(days: Any) -> list[str]:
    return [each.isoformat() for each in days]


def adjusted(case: dict[str, Any]) -> str:
    calendar = HolidayCalendar.from_holidays(
        "case",
        holidays=map(date.fromisoformat, case["holidays"]),
        first=date(2000, 1, 1),
        last=date(2100, 1, 1),
        weekend=[DAYS[name] for name in case["weekend"]],
    )
    convention = BusinessDayConvention[case["convention"]]
    return adjust(
        date.fromisoformat(case["date"]), convention=convention, calendar=calendar
    ).isoformat()


def rolled(case: dict[str, Any]) -> str:
    given, roll = date.fromisoformat(case["date"]), roll_of(case["roll"])
    assert roll is not None
    if case["op"] == "adjust":
        return roll_date(given, roll=roll).isoformat()
    verb = {"next": next_roll_date, "previous": previous_roll_date}[case["op"]]
    return verb(given, roll=roll, frequency=Frequency.of(case["frequency"])).isoformat()


def months_later(case: dict[str, Any]) -> str:
    given, months = date.fromisoformat(case["date"]), case["months"]
    if case["function"] == "EDATE":
        return add_months(given, months).isoformat()
    return end_of_month(given, months=months).isoformat()


def advanced(case: dict[str, Any], calendar: HolidayCalendar) -> str:
    start = date.fromisoformat(case["start"])
    count, unit = int(case["period"][:-1]), case["period"][-1]
    if unit == "D":
        return calendar.add_business_days(start, count).isoformat()
    return add_periods(
        start,
        count,
        frequency=Frequency.of(f"1{unit}"),
        convention=CONVENTIONS[case["convention"]],
        calendar=calendar,
        end_of_month=case["end_of_month"],
    ).isoformat()


def quantlib_schedule(case: dict[str, Any]) -> list[str]:
    calendar = places.target() if "TARGET" in case["calendar"] else places.government_bonds()
    convention = CONVENTIONS[case["convention"]]
    end_convention = CONVENTIONS[case.get("termination_convention", case["convention"])]
    forward = case["direction"].startswith("forward")
    return isos(
        period_dates(
            date.fromisoformat(case["start"]),
            date.fromisoformat(case["end"]),
            frequency=Frequency.of(case["tenor"]),
            stub=Stub.SHORT_FINAL if forward else Stub.SHORT_INITIAL,
            roll=EndOfMonth() if case["end_of_month"] else None,
            first_regular=day(case.get("first_date")),
            last_regular=day(case.get("next_to_last_date")),
            convention=convention,
            calendar=calendar,
            end_convention=end_convention,
        ).adjusted
    )


def roll_of(name: str | None) -> Roll | None:
    if name in (None, "RollConventions.NONE", "ROLL_NONE", "NONE"):
        return None
    if name == "EOM":
        return EndOfMonth()
    if name == "IMM":
        return ThirdWednesday()
    kind = name.removeprefix("DAY_")
    return DayOfWeek(DAYS[kind]) if kind in DAYS else DayOfMonth(int(kind))


def frequency_of(name: str) -> Frequency:
    if made := re.fullmatch(r"Frequency\.of(Days|Weeks|Months|Years)\((\d+)\)", name):
        return getattr(Frequency, f"every_{made[1].lower()}")(int(made[2]))
    return Frequency.of(name)


def strata_schedule(case: dict[str, Any]) -> PeriodDates:
    convention, _, place = case["adjustment"].partition("/")
    calendar = {"SatSun": WEEKENDS_ONLY, "JPTO": places.TOKYO, "": NO_HOLIDAYS}[place]
    stub = case["stub"]
    start_convention = {
        None: None,
        "BDA_NONE": BusinessDayConvention.NO_ADJUST,
        "BDA": CONVENTIONS[convention],
    }[case["start_adjustment"]]
    return period_dates(
        date.fromisoformat(case["start"]),
        date.fromisoformat(case["end"]),
        frequency=frequency_of(case["frequency"]),
        stub=None if stub is None else Stub[stub.removeprefix("STUB_")],
        roll=roll_of(case["roll"]),
        first_regular=day(case["first_regular"]),
        last_regular=day(case["last_regular"]),
        convention=CONVENTIONS[convention],
        calendar=calendar,
        start_convention=start_convention,
    )


def months_roll_on_days(case: dict[str, Any]) -> bool:
    """A day of the month asked of periods of days, which this library refuses."""
    frequency = frequency_of(case["frequency"])
    roll = roll_of(case["roll"])
    return frequency.days > 0 and roll is not None and not isinstance(roll, DayOfWeek)


def actus_schedule(case: dict[str, Any]) -> tuple[PeriodDates, AccrueTo]:
    accrue, convention = case["bdc"][:2], case["bdc"][2:]
    conventions = {
        "F": BusinessDayConvention.FOLLOWING,
        "MF": BusinessDayConvention.MODIFIED_FOLLOWING,
        "P": BusinessDayConvention.PRECEDING,
        "MP": BusinessDayConvention.MODIFIED_PRECEDING,
    }
    dates = period_dates(
        date.fromisoformat(case["anchor"]),
        date.fromisoformat(case["maturity"]),
        frequency=Frequency.of(case["cycle"].partition("L")[0]),
        stub=Stub.LONG_FINAL,
        roll=EndOfMonth() if case["eomc"] == "EOM" else None,
        convention=conventions.get(convention, BusinessDayConvention.NO_ADJUST),
        calendar=WEEKENDS_ONLY if case["calendar"] == "MF" else NO_HOLIDAYS,
    )
    return dates, AccrueTo.ADJUSTED if accrue == "SC" else AccrueTo.UNADJUSTED


def interest(case: dict[str, Any], dates: PeriodDates, accrue_to: AccrueTo) -> list[float]:
    """Interest by 30E/360 of each period: a 31st counts as a 30th."""
    days = [to_date(number) for number in dates.accrual_days(accrue_to)]
    counted = [360 * each.year + 30 * each.month + min(each.day, 30) for each in days]
    return [
        case["notional"] * case["rate"] * (end - start) / 360 for start, end in pairwise(counted)
    ]
