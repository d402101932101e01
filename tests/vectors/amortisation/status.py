"""What is not compared, and why: cases that do not apply, and figures that are wrong in their source."""

from __future__ import annotations

from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

__all__ = ["DATES_ELSEWHERE", "KNOWN_ERRORS", "NOTES", "NOT_APPLICABLE", "KnownError"]


class KnownError(NamedTuple):
    """A last row that cannot be right: what the source says, and what follows."""

    number: int
    published: dict[str, str]
    ours: dict[str, str]
    missing: Decimal
    """What was lent less what the rows repay with the last as published [currency units]."""


_DRAWDOWNS: Final = "Several drawdowns; terms are of one loan of one amount, and each later drawdown makes new terms."

NOT_APPLICABLE: Final = MappingProxyType(
    {
        "testEMICalculation_multi_disbursedAmt200_2ndOnDueDate_dayInYears360_daysInMonth30_repayEvery1Month": _DRAWDOWNS,
        "testEMICalculation_multiDisbursedAmt300InSamePeriod_dayInYears360_daysInMonth30_repayEvery1Month": _DRAWDOWNS,
        "testEMICalculation_multiDisbursedAmt150InSamePeriod_dayInYears360_daysInMonth30_repayEvery1Month_backdated_disbursement": _DRAWDOWNS,
    }
)
"""By published id; every case that is neither here nor in the table of cases fails the tests."""

KNOWN_ERRORS: Final = MappingProxyType(
    {
        "fhlbb_1935_plan_a_3k_6pct_30_per_mo": KnownError(
            139,
            {"payment": "29.27", "principal": "29.12"},
            {"payment": "29.32", "principal": "29.17"},
            Decimal("0.05"),
        ),
        "goldstein_ch10_3_ex1_563_1200_5mo": KnownError(
            5,
            {"payment": "116.00", "principal": "114.85"},
            {"payment": "116.01", "principal": "114.86"},
            Decimal("0.01"),
        ),
        "hypotheker-216k-30y": KnownError(
            360, {"principal": "1027.79"}, {"principal": "1027.75"}, Decimal("-0.04")
        ),
    }
)
"""Tables of rounded rows over an exact balance, whose principals do not add up to the loan. Here the
last row repays what the rows before it left, as a debtor must."""

DATES_ELSEWHERE: Final = frozenset({"sch-month-end-roll-30-360"})
"""Amounts are compared, due dates are not: the source moves the 31st of a shorter month to the 1st of the
next, where our dates stay in their month."""

NOTES: Final = MappingProxyType(
    {
        "SCH-03": "Only what the source asserts, to whole rupees; whether rows are rounded does not show.",
        "SCH-11": "The payment that the terms give; what an advance payment does is recalculation.",
        "SCH-13": "The days of the first period after a restructuring, as new terms from its day.",
        "hypotheker-216k-30y": "The payment above the table is the exact one truncated to the cent.",
        "hp12c-rule-of-78": "A rebate, in delinquency.returns.",
    }
)
