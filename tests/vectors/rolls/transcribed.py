"""The decisive published dates, written out for machines without the collection."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["ADDED", "ADJUSTED", "ROLLED", "SCHEDULES"]

_STRATA: Final = (
    "OpenGamma Strata, BusinessDayConventionTest, RollConventionTest, PeriodicScheduleTest"
)
_SPREADSHEET: Final = "Microsoft Support: EDATE function, EOMONTH function"

ADJUSTED: Final = [
    (_STRATA, convention, day, holidays, expected)
    for convention, day, holidays, expected in (
        ("FOLLOWING", "2014-08-31", [], "2014-09-01"),
        ("MODIFIED_FOLLOWING", "2014-08-31", [], "2014-08-29"),
        ("MODIFIED_FOLLOWING_BI_MONTHLY", "2014-11-16", [], "2014-11-17"),
        ("PRECEDING", "2014-11-02", [], "2014-10-31"),
        ("MODIFIED_PRECEDING", "2014-11-02", [], "2014-11-03"),
        ("NEAREST", "2014-07-13", ["2014-07-14"], "2014-07-15"),
    )
]

ROLLED: Final = [
    (_STRATA, op, day, frequency, expected)
    for op, day, frequency, expected in (
        ("adjust", "2014-02-01", None, "2014-02-28"),
        ("next", "2014-08-30", "P1M", "2014-09-30"),
        ("next", "2014-01-31", "P1D", "2014-02-28"),
        ("previous", "2014-11-30", "P1M", "2014-10-31"),
        ("previous", "2014-10-30", "P1D", "2014-09-30"),
    )
]

ADDED: Final = [
    (_SPREADSHEET, "EDATE", "2011-01-15", 1, "2011-02-15"),
    (_SPREADSHEET, "EDATE", "2011-01-15", -1, "2010-12-15"),
    (_SPREADSHEET, "EOMONTH", "2011-01-01", 1, "2011-02-28"),
    (_SPREADSHEET, "EOMONTH", "2011-01-01", -3, "2010-10-31"),
]

_SCHEDULE: Final[dict[str, Any]] = {
    "source": _STRATA,
    "frequency": "P1M",
    "stub": None,
    "roll": None,
    "adjustment": "ModifiedFollowing/SatSun",
    "first_regular": None,
    "last_regular": None,
    "start_adjustment": None,
}

SCHEDULES: Final = [
    {**_SCHEDULE, **case}
    for case in (
        {
            "start": "2014-06-11",
            "end": "2014-09-17",
            "stub": "SMART_INITIAL",
            "unadjusted": ["2014-06-11", "2014-07-17", "2014-08-17", "2014-09-17"],
            "adjusted": ["2014-06-11", "2014-07-17", "2014-08-18", "2014-09-17"],
        },
        {
            "start": "2014-11-29",
            "end": "2015-09-02",
            "frequency": "P3M",
            "stub": "SHORT_FINAL",
            "unadjusted": ["2014-11-29", "2015-02-28", "2015-05-29", "2015-08-29", "2015-09-02"],
            "adjusted": ["2014-11-28", "2015-02-27", "2015-05-29", "2015-08-31", "2015-09-02"],
        },
        {
            "start": "2014-05-30",
            "end": "2014-11-30",
            "frequency": "P3M",
            "roll": "EOM",
            "unadjusted": ["2014-05-31", "2014-08-31", "2014-11-30"],
            "adjusted": ["2014-05-30", "2014-08-29", "2014-11-28"],
        },
        {
            "start": "2014-08-18",
            "end": "2014-10-17",
            "roll": "DAY_17",
            "start_adjustment": "BDA_NONE",
            "unadjusted": ["2014-08-17", "2014-09-17", "2014-10-17"],
            "adjusted": ["2014-08-18", "2014-09-17", "2014-10-17"],
        },
    )
]
