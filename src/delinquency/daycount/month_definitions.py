"""The conventions of months of equal length, in words."""

from __future__ import annotations

from typing import Final

from delinquency.daycount.convention import DayCount
from delinquency.daycount.definition import Definition

__all__ = ["MONTHS"]

_THIRTY: Final = "(360 * (Y2 - Y1) + 30 * (M2 - M1) + (D2 - D1)) / {}, after: {}."

MONTHS: Final = (
    Definition(
        day_count=DayCount.THIRTY_360,
        rule="Months of 30 days over 360; an end on a 31st is a 30th only after a start on a 30th or "
        "31st.",
        computation=_THIRTY.format(
            360, "if D1 is 31, D1 = 30; then if D2 is 31 and D1 is 30, D2 = 30"
        ),
        aliases=(
            "30/360 ISDA",
            "30/360 Bond Basis",
            "bond basis",
            "360/360",
            "30/360 US Municipal",
            "30A/360",
            "A001",
            "30/360（债券基准）",
        ),
        sources=(
            "2006 ISDA Definitions, section 4.16(f)",
            "ISO 20022, A001",
        ),
        reading="February is not touched: from 28 February to 31 March is 33 days. Accounts that give "
        "the name 30/360 to a rule for February mean 30U/360 or 30/360 PSA.",
        use="US bonds and mortgages; contracts in which every month has 30 days (每月按30天).",
    ),
    Definition(
        day_count=DayCount.THIRTY_360_PSA,
        rule="As 30/360, and a start on the last day of February is a 30th.",
        computation=_THIRTY.format(
            360,
            "if D1 is 31 or the last day of February, D1 = 30; then if D2 is 31 and D1 is 30, D2 = 30",
        ),
        aliases=("30/360 PSA US", "30/360 BMA", "30/360 SIFMA", "30/360M"),
        sources=(
            "Public Securities Association, later Bond Market Association and SIFMA, Standard Formulas",
            "FIX 5.0 SP2, CouponDayCount 3 (30/360M)",
        ),
        reading="The start alone is changed: from 29 February 2012 to 29 February 2016 is a day short "
        "of four years.",
        use="US mortgage-backed securities.",
    ),
    Definition(
        day_count=DayCount.THIRTY_U_360,
        rule="As 30U/360 EOM for a loan that pays at the ends of months, else as 30/360.",
        computation="That of 30U/360 EOM if `end_of_month` is true, of 30/360 if it is false.",
        aliases=("30/360 US", "30US/360", "30/360 SIA"),
        sources=(
            "Securities Industry Association, Standard Securities Calculation Methods",
            "OpenGamma Strata, 30U/360",
        ),
        needs=("end_of_month",),
        reading="Some libraries assume that a loan pays at the ends of months when nobody says so; here "
        "it has to be said.",
    ),
    Definition(
        day_count=DayCount.THIRTY_U_360_EOM,
        rule="As 30/360 PSA, and an end on the last day of February is a 30th if the start is one too.",
        computation=_THIRTY.format(
            360,
            "if both are the last day of February, D2 = 30; if the start is the last day of February or "
            "D1 is 31, D1 = 30; then if D2 is 31 and D1 is 30, D2 = 30",
        ),
        aliases=("30/360 US EOM",),
        sources=(
            "Securities Industry Association, Standard Securities Calculation Methods",
            "OpenGamma Strata, 30U/360 EOM",
        ),
    ),
    Definition(
        day_count=DayCount.THIRTY_E_360,
        rule="Months of 30 days over 360; a 31st is a 30th at both ends.",
        computation=_THIRTY.format(360, "if D1 is 31, D1 = 30; if D2 is 31, D2 = 30"),
        aliases=(
            "Eurobond basis",
            "Eurobond",
            "30/360 ISMA",
            "30/360 ICMA",
            "30/360 European",
            "30S/360",
            "30S/360 Special German",
            "A011",
            "30/360（欧洲）",
        ),
        sources=(
            "2006 ISDA Definitions, section 4.16(g)",
            "ICMA Rule 251.1(ii)",
            "ISO 20022, A011",
            "ACTUS, 30E360",
        ),
        reading="The 2000 ISDA Definitions gave the name 30E/360 to what the 2006 Definitions call "
        "30E/360 (ISDA); the later text is followed.",
    ),
    Definition(
        day_count=DayCount.THIRTY_E_360_ISDA,
        rule="Months of 30 days over 360; every last day of a month is a 30th, but not an end that is "
        "the maturity and falls in February.",
        computation=_THIRTY.format(
            360,
            "if D1 is the last day of its month, D1 = 30; if D2 is the last day of its month and not "
            "both in February and the maturity, D2 = 30",
        ),
        aliases=("30E/360 German", "A007"),
        sources=(
            "2006 ISDA Definitions, section 4.16(h)",
            "ISO 20022, A007",
            "ACTUS, 30E360ISDA",
        ),
        needs=("maturity_date",),
    ),
    Definition(
        day_count=DayCount.THIRTY_E_PLUS_360,
        rule="Months of 30 days over 360; a start on a 31st is a 30th, an end on a 31st is the 1st of the "
        "next month.",
        computation=_THIRTY.format(
            360, "if D1 is 31, D1 = 30; if D2 is 31, D2 = 1 and M2 = M2 + 1, which comes to D2 = 31"
        ),
        aliases=("30/360 E+",),
        sources=("OpenGamma Strata, 30E+/360", "FIX 5.0 SP2, CouponDayCount 13"),
    ),
    Definition(
        day_count=DayCount.THIRTY_365,
        rule="Months of 30 days over 365; a 31st is a 30th at both ends.",
        computation=_THIRTY.format(365, "if D1 is 31, D1 = 30; if D2 is 31, D2 = 30"),
        aliases=("360/365", "A002"),
        sources=("ISO 20022, A002",),
        reading="ISO 20022 says that a 31st is a 30th and that February stays as it is; the other 30/365 "
        "in use, which changes the last day of February too, is 30E/365. A year is 360/365.",
    ),
    Definition(
        day_count=DayCount.THIRTY_E_365,
        rule="Months of 30 days over 365; every last day of a month is a 30th.",
        computation=_THIRTY.format(
            365,
            "if D1 is the last day of its month, D1 = 30; if D2 is the last day of its month, D2 = 30",
        ),
        aliases=("30/365 German",),
        sources=("OpenGamma Strata, 30E/365",),
    ),
    Definition(
        day_count=DayCount.TWENTY_EIGHT_336,
        rule="Months of 28 days over 336; a later day is a 28th at both ends.",
        computation="(336 * (Y2 - Y1) + 28 * (M2 - M1) + (D2 - D1)) / 336, after: if D1 is above 28, "
        "D1 = 28; if D2 is above 28, D2 = 28.",
        aliases=("28E/336",),
        sources=("ACTUS, 28E336",),
        reading="The source gives the lengths of month and year; that days after the 28th are a 28th "
        "at both ends follows the E of its name. No published figure is known that could tell.",
    ),
)
