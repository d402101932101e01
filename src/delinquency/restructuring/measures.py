"""What lender and borrower may agree on, and what each measure is called."""

from __future__ import annotations

from typing import Final, TypeAlias

from delinquency.amortisation import InterestPause
from delinquency.restructuring.amount_measures import (
    ArrearsSpread,
    ArrearsWaiver,
    Capitalisation,
    Forgiveness,
    PrincipalDeferral,
)
from delinquency.restructuring.reduced_payments import AgreedPayment, ReducedPayments
from delinquency.restructuring.settlement import Settlement, SettlementPayment
from delinquency.restructuring.term_measures import (
    DueDateChange,
    PaymentHoliday,
    RateReduction,
    ReAgeing,
    ReAgeInterest,
    TermExtension,
)

__all__ = [
    "MEASURES",
    "NAMES",
    "AgreedPayment",
    "ArrearsSpread",
    "ArrearsWaiver",
    "Capitalisation",
    "DueDateChange",
    "Forgiveness",
    "InterestPause",
    "Measure",
    "PaymentHoliday",
    "PrincipalDeferral",
    "RateReduction",
    "ReAgeInterest",
    "ReAgeing",
    "ReducedPayments",
    "Settlement",
    "SettlementPayment",
    "TermExtension",
]

Measure: TypeAlias = (
    TermExtension
    | Capitalisation
    | ArrearsSpread
    | ReAgeing
    | PaymentHoliday
    | RateReduction
    | PrincipalDeferral
    | ArrearsWaiver
    | Forgiveness
    | InterestPause
    | DueDateChange
    | Settlement
    | ReducedPayments
)
"""What a plan is made of."""

NAMES: Final[dict[type, str]] = {
    TermExtension: "term_extension",
    Capitalisation: "capitalisation",
    ArrearsSpread: "arrears_spread",
    ReAgeing: "re_ageing",
    PaymentHoliday: "payment_holiday",
    RateReduction: "rate_reduction",
    PrincipalDeferral: "principal_deferral",
    ArrearsWaiver: "arrears_waiver",
    Forgiveness: "forgiveness",
    InterestPause: "interest_pause",
    DueDateChange: "due_date_change",
    Settlement: "settlement",
    ReducedPayments: "reduced_payments",
}
"""What a measure is called in an explanation and in a document."""

MEASURES: Final = tuple(NAMES)
