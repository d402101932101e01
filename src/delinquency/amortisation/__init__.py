"""From terms to a schedule: what falls due each period, exactly.

The one idea: a definition and its result are different types. :class:`RepaymentTerms` says what was
agreed; :func:`amortisation_table` makes the rows, in whole minor units, with every rounding named, and
:func:`repayment_schedule` the schedule of an account.
"""

from delinquency.amortisation.accrual import accrued_interest, interest_between
from delinquency.amortisation.accrual_posting import (
    AccrualPosting,
    PostingRhythm,
    accrual_postings,
)
from delinquency.amortisation.changed_table import ChangedTable
from delinquency.amortisation.conventions import (
    AmortisationMethod,
    ByDays,
    Compounded,
    DeferredInterest,
    FirstPeriod,
    InterestBasis,
    LevelPayment,
    Moratorium,
    NominalPeriods,
    PaymentStep,
    Residue,
)
from delinquency.amortisation.irregular_balance import IrregularTableRow
from delinquency.amortisation.irregular_rows import (
    ExactRateChange,
    GivenPayment,
    GivenPrincipal,
    IrregularRow,
    SolvedPayment,
    WholeBalance,
)
from delinquency.amortisation.irregular_table import IrregularTable, irregular_table
from delinquency.amortisation.irregular_terms import IrregularTerms
from delinquency.amortisation.prepaying import prepay
from delinquency.amortisation.prepayment import (
    Prepayment,
    PrepaymentEffect,
    PrepaymentInterest,
    PrepaymentOutcome,
)
from delinquency.amortisation.rate_changes import RateChange, RateChangeEffect
from delinquency.amortisation.rebate_rules import (
    ActuarialRebate,
    NoRebate,
    ProRataRebate,
    RuleOf78Rebate,
    UkRebate,
)
from delinquency.amortisation.recalculation import (
    RecalculatedRow,
    RecalculatedTable,
    recalculate,
)
from delinquency.amortisation.recalculation_rules import (
    InterestPause,
    OverdueBase,
    Recalculation,
    Surplus,
)
from delinquency.amortisation.reference_rates import ReferenceRates, Repricing, reprice
from delinquency.amortisation.settlement import SettlementQuote, settlement_quote
from delinquency.amortisation.table import (
    AmortisationRow,
    AmortisationTable,
    amortisation_table,
    repayment_schedule,
)
from delinquency.amortisation.terms import RepaymentTerms

__all__ = [
    "AccrualPosting",
    "ActuarialRebate",
    "AmortisationMethod",
    "AmortisationRow",
    "AmortisationTable",
    "ByDays",
    "ChangedTable",
    "Compounded",
    "DeferredInterest",
    "ExactRateChange",
    "FirstPeriod",
    "GivenPayment",
    "GivenPrincipal",
    "InterestBasis",
    "InterestPause",
    "IrregularRow",
    "IrregularTable",
    "IrregularTableRow",
    "IrregularTerms",
    "LevelPayment",
    "Moratorium",
    "NoRebate",
    "NominalPeriods",
    "OverdueBase",
    "PaymentStep",
    "PostingRhythm",
    "Prepayment",
    "PrepaymentEffect",
    "PrepaymentInterest",
    "PrepaymentOutcome",
    "ProRataRebate",
    "RateChange",
    "RateChangeEffect",
    "RecalculatedRow",
    "RecalculatedTable",
    "Recalculation",
    "ReferenceRates",
    "RepaymentTerms",
    "Repricing",
    "Residue",
    "RuleOf78Rebate",
    "SettlementQuote",
    "SolvedPayment",
    "Surplus",
    "UkRebate",
    "WholeBalance",
    "accrual_postings",
    "accrued_interest",
    "amortisation_table",
    "interest_between",
    "irregular_table",
    "prepay",
    "recalculate",
    "repayment_schedule",
    "reprice",
    "settlement_quote",
]
