"""Published rows after money arrived, transcribed: principal, interest and what is paid of each row.

Source: Apache Fineract, end-to-end feature files ``Loan.feature``, ``LoanRepayment.feature`` at commit
4198b0bc, and ``LoanDelinquency-Part2.feature`` at commit 09d78858; euro, half to even.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import attrs
import pytest

from delinquency import Currency, DayCount, Payment, Rate, RoundingMode
from delinquency.amortisation import (
    AmortisationMethod,
    ByDays,
    InterestPause,
    LevelPayment,
    Recalculation,
    RepaymentTerms,
    Surplus,
    recalculate,
)

PROGRESSIVE = RepaymentTerms(
    currency=Currency.of("EUR"),
    principal=100,
    annual_rate=Rate.per_year("0.07"),
    first_due_date=date(2024, 2, 1),
    instalment_count=6,
    method=AmortisationMethod.ANNUITY,
    rounding=RoundingMode.HALF_EVEN,
)
CUMULATIVE = RepaymentTerms(
    currency=Currency.of("EUR"),
    principal=5000,
    annual_rate=Rate.per_year("0.12"),
    first_due_date=date(2022, 12, 1),
    instalment_count=6,
    method=AmortisationMethod.ANNUITY,
    rounding=RoundingMode.HALF_EVEN,
    interest_basis=ByDays(DayCount.ACT_365F),
    level_payment=LevelPayment(amount=862),
)
IN_ADVANCE = Recalculation(surplus=Surplus.IN_ADVANCE, principal_first=True)


def of_surplus(surplus: Surplus) -> Recalculation:
    return Recalculation(surplus=surplus, keeps_past_rows=True, rounds_stretches=True)


CASES = {
    "two overdue": (
        PROGRESSIVE,
        [],
        date(2024, 3, 10),
        IN_ADVANCE,
        "16.43 0.58, 16.43 0.58, 16.56 0.45, 16.71 0.30, 16.81 0.20, 17.06 0.10",
    ),
    "paid off within the second period": (
        PROGRESSIVE,
        [(date(2024, 2, 1), "17.01"), (date(2024, 2, 15), "83.81")],
        date(2024, 2, 15),
        IN_ADVANCE,
        "16.43 0.58, 16.77 0.24, 17.01 0, 17.01 0, 17.01 0, 15.77 0",
    ),
    "interest paused from 5 to 10 February": (
        PROGRESSIVE,
        [(date(2024, 2, 1), "17.01")],
        date(2024, 2, 1),
        attrs.evolve(
            IN_ADVANCE,
            pauses=(InterestPause(start=date(2024, 2, 5), end=date(2024, 2, 11)),),
        ),
        "16.43 0.58, 16.62 0.39, 16.62 0.39, 16.72 0.29, 16.81 0.20, 16.80 0.10",
    ),
    "first instalment overpaid early": (
        attrs.evolve(
            PROGRESSIVE, principal=1000, first_due_date=date(2024, 7, 1), instalment_count=3
        ),
        [(date(2024, 6, 25), "400")],
        date(2024, 8, 3),
        IN_ADVANCE,
        "332.56 4.67, 333.00 4.23, 334.44 2.05",
    ),
    "late and in part": (
        CUMULATIVE,
        [(date(2022, 12, 5), "200")],
        date(2022, 12, 5),
        of_surplus(Surplus.LOWER_PAYMENT),
        "812.68 49.32, 818.25 43.75, 827.66 34.34, 838.61 23.39, 844.65 17.35, 858.15 8.46",
    ),
    "fewer instalments": (
        CUMULATIVE,
        [(date(2022, 12, 1), "1000"), (date(2023, 1, 1), "2000")],
        date(2023, 1, 1),
        of_surplus(Surplus.SHORTER_TERM),
        "950.68 49.32, 1958.73 41.27, 840.69 21.31, 850.49 11.51, 399.41 4.07",
    ),
    "next instalments": (
        CUMULATIVE,
        [(date(2022, 12, 1), "1000"), (date(2023, 1, 1), "2000")],
        date(2023, 1, 1),
        of_surplus(Surplus.NEXT_INSTALMENTS),
        "950.68 49.32, 1958.73 41.27, 0 21.31, 407.45 19.24, 844.85 17.15, 838.29 8.27",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_rows_are_those_published(name: str) -> None:
    terms, money, as_of, rule, rows = CASES[name]
    left = recalculate(
        terms,
        payments=[Payment(day, Decimal(amount)) for day, amount in money],
        as_of=as_of,
        recalculation=rule,
    )
    expected = [tuple(map(Decimal, row.split())) for row in rows.split(", ")]
    assert [(row.principal, row.interest) for row in left.rows] == expected
