"""Cases on, before and after each threshold of what banks in China practise."""

from __future__ import annotations

from tests.early_warning.case import SILENT, UNKNOWN, UP, Case, Cases, money
from tests.early_warning.cases_of_sama import flag
from tests.early_warning.cases_of_the_report import THE_REPORT

CHINA: Cases = {
    "overdue_up_to_30": [
        Case({"days_past_due": [0]}, SILENT, "0 days"),
        Case({"days_past_due": [1]}, UP, "1 day"),
        Case({"days_past_due": [30]}, UP, "30 days"),
        Case({"days_past_due": [31]}, SILENT, "31 days"),
    ],
    "overdue_31_to_90": [
        Case({"days_past_due": [30]}, SILENT, "30 days"),
        Case({"days_past_due": [31]}, UP, "31 days"),
        Case({"days_past_due": [90]}, UP, "90 days"),
        Case({"days_past_due": [91]}, SILENT, "91 days"),
    ],
    "overdue_over_90": [
        Case({"days_past_due": [90]}, SILENT, "90 days"),
        Case({"days_past_due": [91]}, UP, "91 days"),
    ],
    "burden_over_half": [
        Case({"repayment_burden": money("0.5")}, SILENT, "50 %: not more"),
        Case({"repayment_burden": money("0.500001")}, UP, "a millionth more"),
    ],
    "score_fall": [
        Case({"behavioural_score": [1, 600, 1, 1, 600]}, SILENT, "as 3 months before"),
        Case({"behavioural_score": [1, 600, 1, 1, 599]}, UP, "a point less"),
        Case(
            {"behavioural_score": [700, 600, 700, 700, 600]},
            SILENT,
            "less than 2 or 4 months before alone",
        ),
    ],
    "many_enquiries": [
        Case({"enquiries": [9, 2, 2, 1]}, SILENT, "5 in 3 months"),
        Case({"enquiries": [0, 2, 2, 2]}, UP, "6 in 3 months"),
        Case({"enquiries": [0, 6, 0, 0]}, UP, "6 in the first of them"),
        Case({"enquiries": [None, 6]}, UNKNOWN, "a history of 2 months"),
    ],
    "limit_nearly_full": [
        Case({"utilisation": money("0.899999")}, SILENT, "a millionth below 90 %"),
        Case({"utilisation": money("0.9")}, UP, "90 %"),
    ],
    "income_fall": [
        Case({"income": money(1, 1000000, 1, 1, 800000)}, UP, "20 % below 3 months before"),
        Case({"income": money(1, 1000000, 1, 1, "800000.01")}, SILENT, "a cent more"),
        Case({"income": money(1, 1000000, 1, 1, "799999.01")}, UP, "20.0001 % below"),
        Case(
            {"income": money(9000000, 800000, 9000000, 9000000, 800000)},
            SILENT,
            "2 or 4 months before alone",
        ),
    ],
    "job_lost": flag("unemployed"),
    "savings_fall": THE_REPORT["balance_drained"],
    "contact_lost": THE_REPORT["contact_avoided"],
    "litigation": flag("legal_proceedings"),
    "collateral_down": [
        Case(
            {"collateral_value": money(1, 1000000, *[9] * 11, 800000)},
            UP,
            "20 % below 12 months before",
        ),
        Case(
            {"collateral_value": money(1, 1000000, *[9] * 11, "800000.01")}, SILENT, "a cent more"
        ),
        Case(
            {"collateral_value": money(1, 1000000, *[9] * 11, "799999.01")}, UP, "20.0001 % below"
        ),
        Case(
            {"collateral_value": money(9000000, 800000, 9000000, *[9] * 10, 800000)},
            SILENT,
            "11 or 13 months before alone",
        ),
    ],
}
