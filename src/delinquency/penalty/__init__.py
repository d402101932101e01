"""Penalty interest: what money that comes late costs.

The one idea: terms are a frozen clause, law is data against which a clause is checked, and what accrues is
an exact sum of whole numbers that is rounded only when somebody asks, at a grain that has a name.

:class:`PenaltyTerms` is the clause, :func:`check_terms` holds it against a :class:`PenaltyRegime`, and
:class:`PenaltyAccrual` accrues it for one account and lists it, :class:`AccrualSegment` by segment.
"""

from delinquency.penalty.accrual import PenaltyAccrual
from delinquency.penalty.caps import (
    AbsoluteCap,
    AnnualCap,
    PenaltyCap,
    ReferenceMultiple,
    ShareOfBase,
)
from delinquency.penalty.conventions import (
    Compounding,
    PenaltyBase,
    PenaltyGrace,
    Posting,
    RoundingGrain,
)
from delinquency.penalty.rate_rules import (
    ContractMultiple,
    FixedPenaltyRate,
    PenaltyRate,
    RateByAge,
    ReferencePlusMargin,
)
from delinquency.penalty.rate_tables import DatedFactor, RateTier
from delinquency.penalty.regime import FactorBand, PenaltyRegime, check_terms
from delinquency.penalty.segments import AccrualKind, AccrualSegment, BoundCap
from delinquency.penalty.terms import PenaltyTerms

__all__ = [
    "AbsoluteCap",
    "AccrualKind",
    "AccrualSegment",
    "AnnualCap",
    "BoundCap",
    "Compounding",
    "ContractMultiple",
    "DatedFactor",
    "FactorBand",
    "FixedPenaltyRate",
    "PenaltyAccrual",
    "PenaltyBase",
    "PenaltyCap",
    "PenaltyGrace",
    "PenaltyRate",
    "PenaltyRegime",
    "PenaltyTerms",
    "Posting",
    "RateByAge",
    "RateTier",
    "ReferenceMultiple",
    "ReferencePlusMargin",
    "RoundingGrain",
    "ShareOfBase",
    "check_terms",
]
