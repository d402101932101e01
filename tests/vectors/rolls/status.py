"""What became of the published dates, family by family.

Every case that is read is asked; a case that is not applicable is checked to be refused.
"""

from __future__ import annotations

from typing import Final, NamedTuple

__all__ = ["STATUS", "Status"]


class Status(NamedTuple):
    """A family: the verb that answers it, and why some cases of it are not asked."""

    answered_by: str
    not_applicable: str = ""


STATUS: Final = {
    "business_day_adjustment": Status("adjust"),
    "eom_roll": Status("roll_date, next_roll_date, previous_roll_date"),
    "month_arithmetic": Status("add_months, end_of_month"),
    "quantlib_advance": Status("add_periods; for days HolidayCalendar.add_business_days"),
    "quantlib_eom_schedules": Status("period_dates"),
    "strata_schedule_generation": Status(
        "period_dates",
        not_applicable="A roll on a day of the month with periods of days is refused: the source "
        "skips to the next month whatever the period, so the frequency it was given plays no part. "
        "No such case is marked as relevant for loans.",
    ),
    "actus_eom_bdc": Status("period_dates, PeriodDates.accrual_days"),
}
"""By file of the collection; every case of a file is asked unless ``not_applicable`` says which are not."""
