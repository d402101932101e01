"""Cases on, before and after each threshold of the three families of the founding report."""

from __future__ import annotations

from tests.early_warning.case import SILENT, UNKNOWN, UP, Case, Cases, money

THE_REPORT: Cases = {
    "promise_broken": [
        Case({"broken_promises": [0, 0, 0, 0]}, SILENT, "none"),
        Case({"broken_promises": [0, 1, 0, 0]}, UP, "one, 3 months ago"),
        Case({"broken_promises": [1, 0, 0, 0]}, SILENT, "one, before that"),
        Case({"broken_promises": [1, None, 0]}, UNKNOWN, "a month is not known"),
    ],
    "late_again": [
        Case({"days_past_due": [0, 0, 0, 0, 0, 0, 1]}, SILENT, "late in 1 of 6 months"),
        Case({"days_past_due": [0, 1, 0, 0, 0, 0, 1]}, UP, "late in 2 of 6 months"),
        Case({"days_past_due": [1, 0, 0, 0, 0, 0, 1]}, SILENT, "the first time is 7 months ago"),
        Case({"days_past_due": [0, 0, 0, 0, 1, 1, 0, 0]}, UP, "2 months without: not yet over"),
        Case(
            {"days_past_due": [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]},
            SILENT,
            "late in 1 of 6 months, and 5 without",
        ),
        Case(
            {"days_past_due": [1, 0, 0, 0, 0, 1, 0, 0]},
            UP,
            "late in 1 of 6 months, and 2 without: not yet over",
        ),
        Case(
            {"days_past_due": [1, 0, 0, 0, 0, 1, 0, 0, 0]},
            SILENT,
            "late in 1 of 6 months, and 3 without",
        ),
        Case(
            {"days_past_due": [0, 0, 0, 1, 0, 0]}, SILENT, "late in 1 of 6 months, the others known"
        ),
        Case({"days_past_due": [0, 0, 0, 1, 0]}, UNKNOWN, "5 month ends: one is missing"),
    ],
    "contact_avoided": [
        Case({"contact_refused": [False, True], "contacts_failed": [0, 0]}, UP, "refused now"),
        Case(
            {"contact_refused": [True, False], "contacts_failed": [0, 0]},
            SILENT,
            "refused a month ago",
        ),
        Case(
            {"contact_refused": [False] * 3, "contacts_failed": [9, 2, 2]},
            SILENT,
            "4 times in 2 months",
        ),
        Case(
            {"contact_refused": [False] * 3, "contacts_failed": [0, 2, 3]},
            UP,
            "5 times in 2 months",
        ),
        Case(
            {"contact_refused": [False] * 3, "contacts_failed": [3, 2, 2]},
            SILENT,
            "5 and more in 3 months",
        ),
        Case(
            {"contact_refused": [None] * 2, "contacts_failed": [3, 2]},
            UP,
            "5 times, whatever was said",
        ),
        Case(
            {"contact_refused": [False] * 2, "contacts_failed": [None, 4]},
            UNKNOWN,
            "a month is not known",
        ),
    ],
    "payment_taken_back": [
        Case({"payments_reversed": [9, 0, 1, 0]}, SILENT, "1 in 3 months"),
        Case({"payments_reversed": [0, 1, 0, 1]}, UP, "2 in 3 months"),
        Case({"payments_reversed": [1, 0, 0, 1]}, SILENT, "one of them 4 months ago"),
    ],
    "burden_high": [
        Case({"repayment_burden": money("0.5")}, SILENT, "50 %: not more"),
        Case({"repayment_burden": money("0.500001")}, UP, "a millionth more"),
        Case(
            {"repayment_burden": money("0.6", "0.450001")}, UP, "back to more than 45 %: not over"
        ),
        Case({"repayment_burden": money("0.6", "0.45")}, SILENT, "back to 45 %: over"),
        Case({"repayment_burden": money("0.6", None)}, UNKNOWN, "up, and nobody knows now"),
    ],
    "income_drop": [
        Case({"income": money(*[1000] * 4, 800, 800)}, UP, "20 % below, 2 months in a row"),
        Case(
            {"income": money(*[1000] * 4, 800, "800.01")}, SILENT, "a cent more in the last month"
        ),
        Case(
            {"income": money(*[1000] * 4, "800.01", 800)}, SILENT, "a cent more in the month before"
        ),
        Case(
            {"income": money(*[1000000] * 4, 800000, "800000.99")},
            SILENT,
            "less than a millionth too little",
        ),
        Case({"income": money(*[1000000] * 4, 799999, 799999)}, UP, "20.0001 % below"),
        Case({"income": money(9999, 9999, 1000, 1000, 1000, 900, 800)}, SILENT, "one month alone"),
        Case({"income": money(1000, 1000, 800, 800, 800, 800)}, SILENT, "4 months before alone"),
        Case({"income": money(800, 1000, 1000, 800, 800, 800)}, UP, "3 months before, not 2"),
        Case({"income": money(1000, 1000, 800, 1000, 800, 800)}, SILENT, "2 months before"),
        Case({"income": money(1000, 1000, 1000, 800)}, UNKNOWN, "too short for 2 months in a row"),
    ],
    "underpaid": [
        Case({"payment_ratio": money("0.5", "0.999999")}, UP, "less, 2 months in a row"),
        Case({"payment_ratio": money("0.5", "1")}, SILENT, "all of it in the last month"),
        Case({"payment_ratio": money("1", "0.5")}, SILENT, "the last month alone"),
        Case({"payment_ratio": money("1", "0.5", "0.5")}, UP, "2 months in a row, not 3"),
        Case({"payment_ratio": money("0.5")}, UNKNOWN, "one month end"),
    ],
    "job_lost": [
        Case({"unemployed": [True]}, UP, "lost"),
        Case({"unemployed": [True, False]}, SILENT, "found again"),
    ],
    "limit_filled": [
        Case({"utilisation": money("0.899999")}, SILENT, "a millionth below 90 %"),
        Case({"utilisation": money("0.9")}, "raised", "90 %, the first month"),
        Case({"utilisation": money("0.9", "0.9")}, "confirmed", "2 months in a row"),
        Case({"utilisation": money("0.9", "0.899999")}, "raised", "a month, and not yet over"),
        Case({"utilisation": money("0.9", "0.9", "0.8")}, "confirmed", "back to 80 %: not over"),
        Case({"utilisation": money("0.9", "0.9", "0.799999")}, SILENT, "below 80 %: over"),
    ],
    "balance_drained": [
        Case(
            {"account_balance": money(9, 1000000, 9, 9, 500000)},
            SILENT,
            "half of 3 months before: not less",
        ),
        Case({"account_balance": money(9, 1000000, 9, 9, "499999.99")}, UP, "a cent less"),
        Case(
            {"account_balance": money(1000000, 100, 1000000, 1000000, 50)},
            SILENT,
            "2 or 4 months before alone",
        ),
        Case(
            {"account_balance": money(1000000, 100, 1000000, 1000000, 49)},
            UP,
            "and 3 months before",
        ),
        Case({"account_balance": money(9, 1000, 9, 9, 600)}, SILENT, "60 % of it is left"),
        Case(
            {"account_balance": money(1, 1000, 1, 1, 400)},
            UP,
            "40 % of 3 months before, more than 2 or 4 before",
        ),
    ],
    "cash_drawn": [
        Case(
            {"cash_advance_share": money("0.500001", "0.500001")},
            UP,
            "a millionth more than half, twice",
        ),
        Case({"cash_advance_share": money("0.500001", "0.5")}, SILENT, "half in the last month"),
        Case(
            {"cash_advance_share": money("0.5", "0.500001", "0.500001")},
            UP,
            "2 months in a row, not 3",
        ),
        Case({"cash_advance_share": money("0.5", "0.6")}, SILENT, "the last month alone"),
        Case(
            {"cash_advance_share": money(None, "0.6")},
            UNKNOWN,
            "nothing was drawn the month before",
        ),
    ],
}
