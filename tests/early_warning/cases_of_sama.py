"""Cases on, before and after each threshold of the samples of SAMA's Appendix 1."""

from __future__ import annotations

from tests.early_warning.case import SILENT, UNKNOWN, UP, Case, Cases, money


def flag(name: str) -> list[Case]:
    return [
        Case({name: [True]}, UP, "so it is now"),
        Case({name: [True, False]}, SILENT, "so it was, and is no more"),
        Case({name: [None]}, UNKNOWN, "nobody knows"),
    ]


SAMA: Cases = {
    "early_arrears": [
        Case({"days_past_due": [4]}, SILENT, "4 days"),
        Case({"days_past_due": [5]}, UP, "5 days, the first one"),
        Case({"days_past_due": [30]}, UP, "30 days, the last one"),
        Case({"days_past_due": [31]}, SILENT, "31 days: no more early"),
        Case({"days_past_due": [None]}, UNKNOWN, "nobody knows"),
    ],
    "past_due": [
        Case({"days_past_due": [30]}, SILENT, "30 days"),
        Case({"days_past_due": [31]}, UP, "31 days"),
    ],
    "balance_drop": [
        Case(
            {"account_balance": money(1, 100000, 1, 1, 1, 1, 1, 5000)},
            SILENT,
            "95 % below 6 months before: not more",
        ),
        Case(
            {"account_balance": money(1, 100000, 9, 9, 9, 9, 9, "4999.99")},
            UP,
            "a cent more than 95 %",
        ),
        Case(
            {"account_balance": money(100000, 1, 9, 9, 9, 9, 9, "4999.99")},
            SILENT,
            "the fall is 7 months ago",
        ),
        Case(
            {"account_balance": money(9, 1, 100000, 9, 9, 9, 9, "4999.99")},
            SILENT,
            "it was as low 6 months before",
        ),
        Case(
            {"account_balance": money(9, 0, 9, 9, 9, 9, 9, 1)},
            UNKNOWN,
            "nothing was there that could fall",
        ),
        Case(
            {"account_balance": money(100000, 9, 9, 9, 9, 1)},
            UNKNOWN,
            "a history of 6 month ends is too short",
        ),
        Case(
            {"account_balance": money(100000, 9, None, 9, 9, 9, 1)}, UNKNOWN, "a month is missing"
        ),
    ],
    "thin_buffer": [
        Case(
            {
                "account_balance": money(0, 50, 50, 50, 50, 50, 50),
                "total_debt": money(*[100000] * 7),
            },
            SILENT,
            "0.05 % on average: not less",
        ),
        Case(
            {
                "account_balance": money(0, 50, 50, 50, 50, 50, "49.99"),
                "total_debt": money(*[100000] * 7),
            },
            UP,
            "a cent less in one of 6 months",
        ),
        Case(
            {
                "account_balance": money(*[0] * 5, 60, 50, 50, 50, 50, 40),
                "total_debt": money(*[100000] * 11),
            },
            SILENT,
            "50.00 over 6 months, less over 5 or 7",
        ),
        Case(
            {
                "account_balance": money(*[99] * 5, 30, 50, 50, 50, 50, 69),
                "total_debt": money(*[100000] * 11),
            },
            UP,
            "49.83 over 6 months, more over 5 or 7",
        ),
        Case(
            {
                "account_balance": money(50, 50, 50, 50, 50, 50),
                "total_debt": money(*[100000] * 5, None),
            },
            UNKNOWN,
            "the debt is not known",
        ),
    ],
    "instalment_beyond_balance": [
        Case({"instalment": money(1000), "account_balance": money(1000)}, SILENT, "as much"),
        Case({"instalment": money("1000.01"), "account_balance": money(1000)}, UP, "a cent more"),
        Case(
            {"instalment": money(1), "account_balance": money(-1)}, UP, "the account is overdrawn"
        ),
        Case(
            {"instalment": money(None), "account_balance": money(0)},
            UNKNOWN,
            "no instalment is known",
        ),
    ],
    "payroll_drop": [
        Case({"payroll": money(9, 1000, 9, 9, 1000)}, SILENT, "as 3 months before"),
        Case({"payroll": money(9, 1000, 9, 9, "999.99")}, UP, "a cent less than 3 months before"),
        Case(
            {"payroll": money(1000, 10, 1000, 1000, 10)},
            SILENT,
            "less than 2 or 4 months before alone",
        ),
        Case(
            {"payroll": money(10000000000, 9, 9, "9999999999.99")},
            UP,
            "ten milliards and a cent less",
        ),
        Case({"payroll": money(1000000, 9, 9, "999999")}, UP, "a millionth less"),
        Case({"payroll": money(1000, 1000, 1000)}, UNKNOWN, "3 month ends are too short"),
    ],
    "unemployment": flag("unemployed"),
    "inflow_reduction": [
        Case({"account_inflow": money(9, 1000, 9, 9, 1000)}, SILENT, "as 3 months before"),
        Case(
            {"account_inflow": money(1000000, 9, 9, "999999.99")},
            UP,
            "a cent less, below a millionth",
        ),
        Case(
            {"account_inflow": money(1000, 10, 1000, 1000, 10)},
            SILENT,
            "less than 2 or 4 months before alone",
        ),
        Case({"account_inflow": money(1000000, 9, 9, "999999")}, UP, "a millionth less"),
        Case(
            {"account_inflow": money(None, 10, 1000, 10)}, UNKNOWN, "3 months before is not known"
        ),
    ],
    "burden_rise": [
        Case(
            {"repayment_burden": money("0.9", "0.4", "0.9", "0.9", "0.4")},
            SILENT,
            "as 3 months before",
        ),
        Case(
            {"repayment_burden": money("0.9", "0.4", "0.9", "0.9", "0.400001")},
            UP,
            "a millionth more",
        ),
        Case(
            {"repayment_burden": money("0.1", "0.5", "0.1", "0.1", "0.5")},
            SILENT,
            "more than 2 or 4 months before alone",
        ),
        Case(
            {"repayment_burden": money("0.4", "0.4", "0.5")}, UNKNOWN, "3 month ends are too short"
        ),
    ],
    "overdraft_exceeded": [
        Case({"overdraft_exceeded": [False] * 5 + [True]}, SILENT, "in 1 of 6 months"),
        Case({"overdraft_exceeded": [True, *[False] * 4, True]}, UP, "in 2 of 6 months"),
        Case(
            {"overdraft_exceeded": [True, *[False] * 5, True]},
            SILENT,
            "the first one is 7 months ago",
        ),
        Case({"overdraft_exceeded": [False, True, *[None] * 4]}, UNKNOWN, "4 months are not known"),
        Case(
            {"overdraft_exceeded": [None, True, *[None] * 3, True]},
            UP,
            "in 2 of 6 whatever the others were",
        ),
    ],
    "score_trend": [
        Case({"behavioural_score": [600, 590, 580, 570]}, UP, "3 times in a row"),
        Case({"behavioural_score": [600, 590, 580, 580]}, SILENT, "not the last time"),
        Case({"behavioural_score": [590, 590, 580, 570]}, SILENT, "2 times in a row"),
        Case({"behavioural_score": [590, 580, 570]}, UNKNOWN, "3 month ends are too short"),
    ],
    "forborne": flag("forborne"),
    "debt_elsewhere_rise": [
        Case({"debt_elsewhere": money(9, 5000, 9, 9, 9, 9, 9, 5000)}, SILENT, "as 6 months before"),
        Case({"debt_elsewhere": money(9000, 5000, 9, 9, 9, 9, 9, "5000.01")}, UP, "a cent more"),
        Case(
            {"debt_elsewhere": money(1, 5000, 1, 9, 9, 9, 9, 5000)},
            SILENT,
            "more than 5 or 7 months before alone",
        ),
        Case(
            {"debt_elsewhere": money(1, None, 1, 1, 1, 1, 2)}, UNKNOWN, "a month between is missing"
        ),
    ],
    "past_due_elsewhere": [
        Case({"days_past_due_elsewhere": [0]}, SILENT, "0 days"),
        Case({"days_past_due_elsewhere": [1]}, UP, "1 day"),
    ],
    "guarantor_default": flag("guarantor_default"),
    "legal_proceedings": flag("legal_proceedings"),
    "bankruptcy": flag("bankruptcy"),
}
