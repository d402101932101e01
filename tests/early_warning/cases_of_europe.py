"""Cases on, before and after each threshold of the European list, and of persistent debt in the United Kingdom."""

from __future__ import annotations

from tests.early_warning.case import SILENT, UNKNOWN, UP, Case, Cases, money
from tests.early_warning.cases_of_sama import flag

EBA: Cases = {
    "past_due_30": [
        Case({"days_past_due": [29]}, SILENT, "29 days"),
        Case({"days_past_due": [30]}, UP, "30 days"),
        Case({"days_past_due": [31]}, UP, "31 days"),
    ],
    "debt_up": [
        Case({"total_debt": money(9, 5000, 9, 9, 9, 9, 9, 5000)}, SILENT, "as 6 months before"),
        Case({"total_debt": money(9000, 5000, 9, 9, 9, 9, 9, "5000.01")}, UP, "a cent more"),
        Case(
            {"total_debt": money(1, 5000, 1, 9, 9, 9, 9, 5000)},
            SILENT,
            "more than 5 or 7 months before alone",
        ),
    ],
    "debt_service_up": [
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
    ],
    "cash_flow_drop": [
        Case({"account_inflow": money(1, 1000000, 1, 1, 800000)}, UP, "20 % below 3 months before"),
        Case({"account_inflow": money(1, 1000000, 1, 1, "800000.01")}, SILENT, "a cent more"),
        Case({"account_inflow": money(1, 1000000, 1, 1, "799999.01")}, UP, "20.0001 % below"),
        Case(
            {"account_inflow": money(9000000, 800000, 9000000, 9000000, 800000)},
            SILENT,
            "2 or 4 months before alone",
        ),
        Case(
            {"account_inflow": money(1, 0, 1, 1, 0)}, UNKNOWN, "nothing was there that could fall"
        ),
    ],
    "income_narrows": [
        Case({"income": money(9, 1000, 9, 9, 1000)}, SILENT, "as 3 months before"),
        Case({"income": money(9, 1000000, 9, 9, "999999.99")}, UP, "a cent less"),
        Case({"income": money(9, 1000000, 9, 9, "999999")}, UP, "a millionth less"),
        Case(
            {"income": money(1000, 10, 1000, 1000, 10)},
            SILENT,
            "less than 2 or 4 months before alone",
        ),
    ],
    "score_decrease": [
        Case({"behavioural_score": [600, 600]}, SILENT, "as a month before"),
        Case({"behavioural_score": [600, 599]}, UP, "a point less"),
        Case({"behavioural_score": [700, 600, 600]}, SILENT, "less than 2 months before alone"),
        Case({"behavioural_score": [599]}, UNKNOWN, "one month end"),
    ],
    "terms_relaxed": flag("forborne"),
    "loan_to_value_up": [
        Case(
            {"collateral_value": money(*[1] * 1, 500000, *[9] * 11, 500000)},
            SILENT,
            "as 12 months before",
        ),
        Case(
            {"collateral_value": money(*[1] * 1, 1000000, *[9] * 11, 999999)},
            UP,
            "a millionth less",
        ),
        Case(
            {"collateral_value": money(900000, 500000, 900000, *[9] * 10, 500000)},
            SILENT,
            "less than 11 or 13 months before alone",
        ),
    ],
    "late_elsewhere": [
        Case({"days_past_due_elsewhere": [0]}, SILENT, "0 days"),
        Case({"days_past_due_elsewhere": [1]}, UP, "1 day"),
    ],
    "support_lost": flag("guarantor_default"),
    "legal_action": flag("legal_proceedings"),
}


def paid(charges: list[object], principal: list[object]) -> dict[str, list[object]]:
    return {"interest_and_charges_paid": charges, "principal_paid": principal}


def even(months: int) -> list[object]:
    return money(*[10] * months)


PERSISTENT_DEBT: Cases = {
    "persistent_18": [
        Case(paid(even(18), even(18)), SILENT, "as much over 18 months"),
        Case(paid([*even(17), *money("10.01")], even(18)), UP, "a cent more over 18 months"),
        Case(paid([*money(99), *even(18)], even(19)), SILENT, "more over 19 months alone"),
        Case(
            paid([*even(17), *money("10.01")], [*money(99), *even(17)]),
            SILENT,
            "more over 17 months alone",
        ),
        Case(paid([*money("10.01"), *even(17)], even(18)), UP, "more in the first of 18 months"),
        Case(
            paid([*money("10.01"), *even(17)], [*money(10), *even(17)]),
            UP,
            "principal of 18 months, not 17",
        ),
        Case(
            paid([*even(18), *money("10.01")], [*money(99), *even(18)]),
            UP,
            "principal of 18 months, not 19",
        ),
        Case(paid(even(17), even(17)), UNKNOWN, "17 months are too short"),
    ],
    "persistent_27": [
        Case(
            paid([*even(17), *money(11), *even(9)], even(27)),
            UP,
            "at each month end from the 18th to the 27th",
        ),
        Case(paid([*even(18), *money(11), *even(8)], even(27)), SILENT, "not at the 18th"),
        Case(
            paid([*even(17), *money(11), *even(9)], [*even(17), *money(10), *even(9)]),
            UP,
            "a little more all the while",
        ),
        Case(
            paid([*even(18), *money(11), *even(9)], even(28)),
            UP,
            "at the 19th to the 28th, not at the 18th",
        ),
        Case(paid([*money(11), *even(26)], even(27)), SILENT, "at the 18th alone"),
        Case(
            paid([*even(17), *money(11), *even(9)], [*even(17), *money(11), *even(9)]),
            SILENT,
            "as much",
        ),
        Case(
            paid([*even(9), *money("10.01"), *even(17)], even(27)),
            UP,
            "a cent, in the first month that all share",
        ),
        Case(
            paid([*even(8), *money("10.01"), *even(18)], even(27)),
            SILENT,
            "a cent, in the month before: gone at the 27th",
        ),
        Case(
            paid(
                [*money("10.02"), *even(8), *money("10.00"), *even(7), *money("10.01"), *even(9)],
                [*money(10), *even(26)],
            ),
            UP,
            "a cent in the 18th month stays",
        ),
        Case(
            paid([*even(17), *money("10.01"), *even(9)], [*money(99), *even(26)]),
            SILENT,
            "principal of the first month counts at the 18th",
        ),
        Case(
            paid([*even(18), *money("10.01"), *even(9)], [*money(99), *even(27)]),
            UP,
            "and no more at the 19th",
        ),
    ],
    "persistent_36": [
        Case(
            paid([*even(17), *money(11), *even(17), *money(11)], even(36)),
            UP,
            "at each month end from the 18th to the 36th",
        ),
        Case(paid([*even(17), *money(11), *even(18)], even(36)), SILENT, "not at the 36th"),
        Case(
            paid([*even(18), *money(11), *even(16), *money(11)], even(36)),
            SILENT,
            "not at the 18th",
        ),
        Case(
            paid([*even(18), *money(11), *even(17), *money(11)], even(37)),
            UP,
            "at the 19th to the 37th, not at the 18th",
        ),
        Case(
            paid([*even(17), *money("10.01"), *even(17), *money("10.01")], [*money(10), *even(35)]),
            UP,
            "a cent is enough",
        ),
        Case(
            paid([*even(17), *money("10.01"), *even(17), *money("10.01")], [*money(99), *even(35)]),
            SILENT,
            "principal of the first month counts at the 18th",
        ),
        Case(
            paid([*even(18), *money("10.01"), *even(17), *money("10.01")], [*money(99), *even(36)]),
            UP,
            "and no more at the 19th",
        ),
        Case(
            paid(
                [*even(17), *money(11), *even(17), *money(11)],
                [*even(17), *money(11), *even(17), *money(11)],
            ),
            SILENT,
            "as much",
        ),
        Case(
            paid([*even(17), *money(11), *even(16), *money(11)], even(35)),
            UNKNOWN,
            "35 months are too short",
        ),
    ],
}
