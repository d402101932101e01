"""The year fractions inside ACTUS contracts that are repaid at maturity (PAM).

Interest between two dates of a contract without resets is ``principal * rate * year fraction``; the
source prints about ten decimals and compares to 1e-8. Each interest payment is compared, and the code of
the convention is read by name.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from delinquency import DayCount, year_fraction
from tests.vectors.published import FOLDER, load, needs_folder

SIMPLE = {"premium_discount", "liability_side", "eom_rule"}
"""Features that leave interest as it is: every other one is another capability's business."""

INDEX: dict[str, Any] = load("actus/case_index.json")["cases"] if FOLDER.is_dir() else {}
PAM: dict[str, Any] = load("actus/actus-tests-pam.json") if FOLDER.is_dir() else {}
CASES = [name for name in PAM if set(INDEX[name]["features"]) <= SIMPLE]


@needs_folder
@pytest.mark.parametrize("name", CASES)
def test_interest_between_two_dates_is_principal_times_rate_times_the_fraction(name: str) -> None:
    case = PAM[name]
    day_count = DayCount.of(case["terms"]["dayCountConvention"])
    results = case["results"]
    principal = results[0]["notionalPrincipal"]
    since = date.fromisoformat(results[0]["eventDate"][:10])
    compared = 0
    for result in results[1:]:
        if result["eventType"] != "IP":
            continue
        until = date.fromisoformat(result["eventDate"][:10])
        part = year_fraction(since, until, day_count=day_count)
        interest = Fraction(principal) * Fraction(str(result["nominalInterestRate"])) * part
        assert abs(interest - Fraction(result["payoff"])) < Fraction(1, 10**8)
        since, compared = until, compared + 1
    assert compared


@needs_folder
def test_every_code_of_the_loan_cases_is_a_name() -> None:
    codes = Counter(case["dayCount"] for case in INDEX.values())
    named = {code: DayCount.of(code) for code in codes}
    assert named == {
        "A365": DayCount.ACT_365F,
        "A360": DayCount.ACT_360,
        "AA": DayCount.ACT_ACT_ISDA,
        "30E360": DayCount.THIRTY_E_360,
    }


@pytest.mark.parametrize(
    ("code", "day_count"),
    [
        ("30E360ISDA", DayCount.THIRTY_E_360_ISDA),
        ("28E336", DayCount.TWENTY_EIGHT_336),
        ("B252", DayCount.BUSINESS_252),
    ],
)
def test_codes_that_no_loan_case_uses_are_names_all_the_same(
    code: str, day_count: DayCount
) -> None:
    assert DayCount.of(code) is day_count
