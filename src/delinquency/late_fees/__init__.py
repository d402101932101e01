"""Fees for paying late: their terms, the days on which they are charged, and their amounts.

The one idea: :class:`LateFeeTerms` says what was agreed, :func:`assessment_days` and :func:`fee_minor` are
pure functions of it and of whole numbers, and amounts that a law fixes are tables with their sources.
"""

from delinquency.late_fees.assessing import assessed_fee, fee_minor
from delinquency.late_fees.bands import AmountByBand, Band
from delinquency.late_fees.days import assessment_days, fee_due_day
from delinquency.late_fees.explaining import explain_fee
from delinquency.late_fees.facts import FeeFacts, FeeOutcome, FeeReason
from delinquency.late_fees.fee_tables import FeeRow, FeeTable
from delinquency.late_fees.kinds import (
    BandFee,
    EveryDays,
    EveryMonths,
    FeeAmount,
    FeeBase,
    FlatFee,
    Once,
    Recurrence,
    SafeHarbourFee,
    ShareFee,
)
from delinquency.late_fees.table_files import amount_by_band, fee_table, fee_table_names
from delinquency.late_fees.terms import LateFeeTerms

__all__ = [
    "AmountByBand",
    "Band",
    "BandFee",
    "EveryDays",
    "EveryMonths",
    "FeeAmount",
    "FeeBase",
    "FeeFacts",
    "FeeOutcome",
    "FeeReason",
    "FeeRow",
    "FeeTable",
    "FlatFee",
    "LateFeeTerms",
    "Once",
    "Recurrence",
    "SafeHarbourFee",
    "ShareFee",
    "amount_by_band",
    "assessed_fee",
    "assessment_days",
    "explain_fee",
    "fee_due_day",
    "fee_minor",
    "fee_table",
    "fee_table_names",
]
