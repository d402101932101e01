"""Calendars from packages that follow the announcements of governments.

Holidays are facts that change every year, and packages exist whose only work is to keep them. The one
idea: a package is read once, for the years it really knows, into a
:class:`~delinquency.holiday_calendar.HolidayCalendar` that raises outside them; afterwards the package
plays no part. Both need the extra ``calendars``.
"""

from delinquency.calendars.chinese import from_chinesecalendar
from delinquency.calendars.worldwide import from_holidays_package

__all__ = ["from_chinesecalendar", "from_holidays_package"]
