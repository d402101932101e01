"""The conventions of actual days, of business days and of no days at all, in words."""

from __future__ import annotations

from typing import Final

from delinquency.daycount.convention import DayCount
from delinquency.daycount.definition import Definition

__all__ = ["ACTUAL"]

_LAST_LEAP_DAY_COUNTS: Final = (
    "The start bears interest, the end does not; 29 February is looked for in (start, end]: after the "
    "start, up to and with the end."
)

ACTUAL: Final = (
    Definition(
        day_count=DayCount.ACT_360,
        rule="Actual days over 360.",
        computation="(end - start) / 360.",
        aliases=("A/360", "French money market", "money market basis", "A004", "实际/360"),
        sources=(
            "2006 ISDA Definitions, section 4.16(e)",
            "ICMA Rule 251.1(i), part 1",
            "ISO 20022, A004",
            "ACTUS, A360",
        ),
        use="Money market loans in euro and US dollars; in China a daily rate is a yearly one over 360 "
        "(日利率 = 年利率 / 360).",
    ),
    Definition(
        day_count=DayCount.ACT_365F,
        rule="Actual days over 365, in leap years too.",
        computation="(end - start) / 365.",
        aliases=(
            "Act/365",
            "Act/365 Fixed",
            "A/365",
            "A/365F",
            "English",
            "A005",
            "实际/365",
            "实际/365固定",
        ),
        sources=(
            "2006 ISDA Definitions, section 4.16(d)",
            "ISO 20022, A005",
            "ACTUS, A365",
        ),
        reading="In older texts of ISDA *Actual/365* without *Fixed* is another name of Act/Act ISDA. "
        "Lenders who write Actual/365 divide by 365 in every year: that reading is taken.",
        use="Loans in sterling; consumer loans of many countries.",
    ),
    Definition(
        day_count=DayCount.ACT_364,
        rule="Actual days over 364, fifty-two weeks.",
        computation="(end - start) / 364.",
        aliases=("A/364", "实际/364"),
        sources=("FIX 5.0 SP2 (EP 200), CouponDayCount 17",),
        use="Loans paid weekly or every two weeks, so that each period is the same part of a year.",
    ),
    Definition(
        day_count=DayCount.ACT_365_25,
        rule="Actual days over 365.25.",
        computation="4 * (end - start) / 1461.",
        aliases=("A/365.25", "实际/365.25"),
        sources=("OpenGamma Strata, Act/365.25", "QuantLib, Actual36525"),
    ),
    Definition(
        day_count=DayCount.ONE_ONE,
        rule="One for every period, whatever its length.",
        computation="1; an empty period is 0.",
        ends="Neither is looked at.",
        aliases=("One/One",),
        sources=("2006 ISDA Definitions, section 4.16(a)",),
        reading="The clause speaks of a calculation period and says nothing of an empty one. Here an "
        "empty period is nothing under every convention, this one too.",
    ),
    Definition(
        day_count=DayCount.NL_365,
        rule="Actual days but 29 February over 365.",
        computation="(end - start - number of 29 February in (start, end]) / 365.",
        ends=_LAST_LEAP_DAY_COUNTS,
        aliases=(
            "Act/365 No Leap",
            "Act/365NL",
            "Act/365 (No Leap Year)",
            "365/365",
            "A014",
            "实际/365（不计闰日）",
        ),
        sources=("ISO 20022, A014", "FIX 5.0 SP2, CouponDayCount 15"),
    ),
    Definition(
        day_count=DayCount.NL_360,
        rule="Actual days but 29 February over 360.",
        computation="(end - start - number of 29 February in (start, end]) / 360.",
        ends=_LAST_LEAP_DAY_COUNTS,
        aliases=("Act/360 No Leap", "Act/360NL", "实际/360（不计闰日）"),
        sources=("FIX 5.0 SP2, CouponDayCount 16",),
    ),
    Definition(
        day_count=DayCount.ACT_365_ACTUAL,
        rule="Actual days over 366 if the period has a 29 February, else over 365.",
        computation="(end - start) / 366 if 29 February is in (start, end], else / 365.",
        ends=_LAST_LEAP_DAY_COUNTS,
        aliases=("Act/365A",),
        sources=("OpenGamma Strata, Act/365 Actual",),
    ),
    Definition(
        day_count=DayCount.ACT_ACT_ISDA,
        rule="Days of leap years over 366 plus days of common years over 365.",
        computation="(days of [start, end) in leap years) / 366 + (the other days) / 365; "
        "1 January belongs to the new year.",
        aliases=(
            "Act/Act",
            "Act/Act Historical",
            "A/A",
            "AA",
            "A/AISDA",
            "A008",
            "实际/实际",
        ),
        sources=(
            "2006 ISDA Definitions, section 4.16(b)",
            "ISDA, EMU and Market Conventions (1998), with the correction of 1999",
            "ISO 20022, A008",
            "ACTUS, AA",
        ),
        reading="The 1998 memorandum misprints one of its examples (long first coupon, second "
        "period); the corrected figure of 1999 is the one that follows from the rule.",
    ),
    Definition(
        day_count=DayCount.ACT_ACT_YEAR,
        rule="Whole years counted from the start, and the days of the year that has begun over its "
        "length.",
        computation="n + (end - anniversary n) / (anniversary n plus a year - anniversary n), where n "
        "is the most years that fit; an anniversary of 29 February in a common year is 28 February.",
        sources=("OpenGamma Strata, Act/Act Year",),
        reading="The year that has begun runs from the anniversary as it fell: after a start on "
        "29 February, the year from 28 February 2015 ends on 28 February 2016, and 29 February 2016 "
        "adds nothing to it.",
    ),
    Definition(
        day_count=DayCount.ACT_ACT_AFB,
        rule="Whole years counted back from the end, and the days that are left over 366 if one of them "
        "is a 29 February, else over 365.",
        computation="n + (end less n years - start) / 366 or 365, where n is the most years that fit; "
        "a year back from 29 February to a common year is 28 February.",
        ends="The start bears interest, the end does not; of the days that are left, 29 February is "
        "looked for in [start, end less n years).",
        aliases=("Act/Act Euro", "Base Exact/Exact"),
        sources=(
            "Association Française des Banques, Définitions Communes (1994), Base Exact/Exact",
            "ISDA, EMU and Market Conventions (1998)",
        ),
        reading="The ISDA account of the rule adds that a year back from 28 February is 29 February "
        "where there is one. Then 28 February 2004 to 28 February 2005 is more than a year, and one "
        "day of 2008 bears two days' interest and the next none. The plain anniversary is taken, as "
        "OpenGamma Strata does; QuantLib and ISO 20022 (A010) take the other.",
    ),
    Definition(
        day_count=DayCount.ACT_365L,
        rule="Actual days over 366 or 365: of a yearly coupon 366 if 29 February falls in it, of any "
        "other 366 if it ends in a leap year.",
        computation="Yearly: (end - start) / 366 if 29 February is in (start of the coupon period, its "
        "end], else / 365. Otherwise: / 366 if the end of the coupon period is in a leap year.",
        ends=_LAST_LEAP_DAY_COUNTS.replace("(start, end]", "(coupon start, coupon end]"),
        aliases=("Act/365 Leap Year", "A009"),
        sources=(
            "2006 ISDA Definitions, section 4.16(i) (supplement 14)",
            "ICMA Rule 251.1(i), part 2",
            "ISO 20022, A009",
        ),
        needs=("end", "coupons_per_year"),
        reading="The sources look for 29 February from the first day of accrual and take that to be "
        "the coupon date. Where accrual begins later in a coupon period whose start is given, the "
        "whole coupon period is looked at, so that a coupon has one denominator and can be divided.",
    ),
    Definition(
        day_count=DayCount.ACT_ACT_ICMA,
        rule="Actual days over the days of the coupon period times the coupons a year.",
        computation="The sum, over regular coupon periods, of (days in the period) / (length of the "
        "period * coupons a year). Before the given period they are counted back from its start, after "
        "it on from its end.",
        aliases=(
            "Act/Act ISMA",
            "Act/Act Bond",
            "ISMA-99",
            "ISMA-Year",
            "A006",
        ),
        sources=(
            "ICMA Rule 251.1(iii) and 251.3",
            "2006 ISDA Definitions, section 4.16(c)",
            "ISDA, EMU and Market Conventions (1998)",
            "ISO 20022, A006",
        ),
        needs=("start", "end", "coupons_per_year"),
        reading="After a period that ends on 29 February the next regular period of a loan that does "
        "not keep to ends of months is counted from that 29 February, as QuantLib does, not from the "
        "day on which the schedule began.",
    ),
    Definition(
        day_count=DayCount.BUSINESS_252,
        rule="Business days over 252.",
        computation="(business days of [start, end)) / 252.",
        ends="The start counts if it is a business day, the end does not.",
        aliases=("BUS/252", "BD/252", "B/252", "252", "工作日/252"),
        sources=(
            "QuantLib, Business252",
            "FIX 5.0 SP2, CouponDayCount 12",
            "ACTUS, B252",
        ),
        needs=("calendar",),
        use="Brazilian loans and bonds.",
    ),
)
