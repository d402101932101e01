"""Days past due and their relatives: how a ledger is counted.

The one idea: counting reads the ledger, never payments. :mod:`~delinquency.counting.rule` says how a
lender or a regulator counts; :mod:`~delinquency.counting.days` counts.
"""

from delinquency.counting.materiality import Materiality
from delinquency.counting.rule import (
    Counting,
    CountName,
    FirstDay,
    GraceKind,
    LostDispute,
    PartialPayments,
    ScheduleChangeRule,
    ToleranceScope,
)

__all__ = [
    "CountName",
    "Counting",
    "FirstDay",
    "GraceKind",
    "LostDispute",
    "Materiality",
    "PartialPayments",
    "ScheduleChangeRule",
    "ToleranceScope",
]
